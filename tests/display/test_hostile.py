"""Data is untrusted: nothing in it may run, drive a terminal or reorder its surroundings."""

from __future__ import annotations

import unicodedata

import attrs
import lxml.html
import pytest

import sanctionslib as sl
from sanctionslib import answers, display
from sanctionslib.catalog import FileInfo, FormatInfo, ListInfo
from sanctionslib.display.sheet import visible
from sanctionslib.errors import Where
from sanctionslib.model import Origin

from . import held
from .builders import FORMS, printed

EVIL = (
    "<script>alert(1)</script>\"' onload=x&amp; [red]bold[/red] "
    "\x1b[31mred\x07\r\n\t\x00\x85\u202eesrever\u2066\u200f\u2028\ud800"
)


def _evil_person() -> sl.Person:
    return sl.Person(
        id=f"evil:{EVIL}",
        names=(sl.Name(text=EVIL), sl.Name(text=EVIL, kind=None, raw_kind=EVIL, note=EVIL)),
        raw_kind=EVIL,
        titles=(EVIL,),
        addresses=(sl.Address(lines=(EVIL,), country=sl.Country(raw=EVIL)),),
        identifiers=(sl.Identifier(value=EVIL, raw_kind=EVIL),),
        features=(sl.Feature(label=EVIL, value=EVIL),),
        relations=(sl.Relation(to=sl.EntityRef(name=EVIL), raw_kind=EVIL),),
        designations=(
            sl.Designation(
                authority=sl.Authority(code=EVIL),
                listings=(sl.Listing(list_name=EVIL),),
                programs=(EVIL,),
                legal_bases=(sl.LegalBasis(title=EVIL, url=f"https://example.org/{EVIL}"),),
                measures=(sl.Measure(kind=None, raw=EVIL),),
                reason=EVIL,
            ),
        ),
        remarks=EVIL,
        edition=sl.Edition(list_id=EVIL, publisher=EVIL, missing=(EVIL,), sha256="0"),
        origins=(Origin(member=EVIL, path=EVIL),),
    )


def _evil_objects() -> tuple[object, ...]:
    person = _evil_person()
    link = answers.Link(relation=person.relations[0], source=person, targets=(person, person))
    lost = answers.Link(relation=person.relations[0], source=person)
    program = sl.Program(code=EVIL, title=EVIL, note=EVIL, source=EVIL)
    return (
        person,
        answers.Explanation(
            entity=person,
            edition=person.edition,
            designations=person.designations,
            programs=(answers.ExplainedProgram(code=EVIL, program=program),),
            linked_to=(link, lost),
            linked_from=(link, lost),
            inferred=(answers.Inference(about=sl.Fact.LIST, value=EVIL, reason=EVIL),),
            unstated=(answers.Unstated(fact=sl.Fact.REASON, alternative_source=EVIL),),
        ),
        answers.Network(
            center=person,
            depth=1,
            nodes=(answers.Node(entity=person, distance=0),),
            links=(link, lost),
        ),
        answers.Ownership(
            center=person,
            also=(person,),
            question="owned by",
            parties=(answers.OwnershipPath(entity=person, path=(link,)),),
            former=(link,),
            ambiguous=(link,),
            unlisted=(lost,),
            unspecified=(lost,),
            unsupported=(sl.Edition(list_id=EVIL),),
        ),
        answers.Counterparts(
            center=person,
            counterparts=(
                answers.Counterpart(
                    entity=person,
                    evidence=(
                        answers.Evidence(kind=answers.EvidenceKind.SAME_ID, entity_id=EVIL),
                        answers.Evidence(
                            kind=answers.EvidenceKind.SAME_IDENTIFIER,
                            entity_id=EVIL,
                            identifier=person.identifiers[0],
                            theirs=sl.Identifier(value=f"{EVIL}!"),
                        ),
                        answers.Evidence(
                            kind=answers.EvidenceKind.STATED, entity_id=EVIL, link=lost
                        ),
                    ),
                ),
            ),
        ),
        answers.Audit(
            issues=(
                answers.Issue(
                    kind=answers.IssueKind.REJECTED, message=EVIL, where=Where(source=EVIL)
                ),
            ),
            unmapped=(answers.Unmapped(path=EVIL, label=EVIL, count=1, sample=EVIL),),
            unknown_codes=(answers.UnknownCode(vocabulary=EVIL, code=EVIL),),
        ),
        answers.Changes(
            old=(sl.Edition(list_id=EVIL),),
            new=(sl.Edition(list_id=EVIL, filter=EVIL),),
            added=(person,),
            removed=(person,),
            amended=(
                answers.Amended(
                    before=sl.Person(id="evil:1", names=(sl.Name(text=f"{EVIL}."),)),
                    after=person,
                    changes=(
                        answers.Change(field="names", after=person.names[1]),
                        answers.Change(field="identifiers", before=person.identifiers[0]),
                        answers.Change(field="remarks", before=EVIL, after=f"{EVIL}."),
                        answers.Change(field="names"),
                    ),
                ),
                answers.Amended(
                    before=person, after=person, changes=(answers.Change(field="names"),)
                ),
            ),
        ),
        *_evil_archive(person),
        *_evil_hits(person),
    )


def _evil_hits(person: sl.Person) -> tuple[object, ...]:
    pair = answers.TokenPair(query=EVIL, listed=EVIL, score=0.5, reason=answers.Reason.SPELLING)
    lone = answers.UnmatchedToken(text=EVIL, reason=answers.Reason.MISSING)
    compared = answers.Comparison(
        query=EVIL,
        listed=EVIL,
        score=0.5,
        method=EVIL,
        kind=EVIL,
        pairs=(pair,),
        unmatched_query=(lone,),
        unmatched_listed=(lone,),
    )
    check = answers.FactCheck(
        fact=answers.ComparedFact.COUNTRY,
        verdict=answers.Agreement.CONFLICTS,
        given=EVIL,
        listed=(EVIL,),
    )
    hit = answers.Hit(
        entity=person,
        score=0.5,
        rank=0.5,
        name=person.names[1],
        query=EVIL,
        comparison=compared,
        facts=(check,),
        identifiers=person.identifiers,
        kind_unstated=True,
        also=(person,),
    )
    context = answers.SearchContext(
        editions=(sl.Edition(list_id=EVIL, missing=(EVIL,)),),
        selection=answers.Selection(criteria=(EVIL,)),
        method=EVIL,
        ranking=EVIL,
        library=EVIL,
    )
    subject = answers.Subject(
        names=(EVIL,), kind=EVIL, countries=(sl.Country(raw=EVIL),), identifiers=(EVIL,)
    )
    return (
        compared,
        attrs.evolve(compared, pairs=(pair,) * 20),
        hit,
        answers.Hits(subject=subject, context=context, hits=(hit,), suppressed=(hit,)),
        answers.Hits(subject=subject, context=context),
        answers.ScreeningResult(
            key=EVIL,
            position=1,
            context=context,
            subject=subject,
            hits=(hit,),
            suppressed=(hit,),
            problems=(answers.Problem(what=EVIL, field=EVIL, value=EVIL),),
        ),
    )


def _evil_archive(person: sl.Person) -> tuple[object, ...]:
    evil = attrs.evolve(
        held.CUT,
        list_id=EVIL,
        format=EVIL,
        folder=EVIL,
        publisher=EVIL,
        missing=(EVIL,),
        reason=EVIL,
        checks=(answers.Check(name=EVIL, value=1, least=2, against=EVIL),),
        files=(
            answers.HeldFile(
                **dict.fromkeys(
                    ("name", "stored", "sha256", "packed", "packed_sha256", "etag"), EVIL
                ),
                url=f"https://example.org/{EVIL}",
                last_modified=EVIL,
                published_hash=EVIL,
                size=1,
            ),
        ),
    )
    accepted = attrs.evolve(
        evil, status=answers.EditionStatus.OVERRIDDEN, scope=sl.Scope.CUSTOM, filter=EVIL
    )
    step = answers.TimelineEvent(
        kind=answers.TimelineEventKind.AMENDED,
        edition=evil,
        previous=accepted,
        changes=(answers.Change(field="remarks", before=EVIL, after=f"{EVIL}."),),
        entity=person,
    )
    switched = answers.TimelineEvent(
        kind=answers.TimelineEventKind.FORMAT_CHANGED, edition=evil, previous=held.TENTH
    )
    noted = (answers.EntitySummary(id=EVIL, name=EVIL),)
    edition = sl.Edition(list_id=EVIL, format=EVIL)
    form = FormatInfo(
        name=EVIL,
        files=(FileInfo(name=EVIL, urls=(EVIL, f"https://{EVIL}")),),
        hashes=EVIL,
        note=EVIL,
    )
    return (
        accepted,
        answers.HeldEditions(list_id=EVIL, editions=(evil, accepted)),
        answers.Fetched(edition=evil, is_new=True, notes=(EVIL,)),
        answers.Verification(
            home=EVIL,
            editions=(evil,),
            faults=(answers.ArchiveFault(path=EVIL, what=EVIL, what_to_do=EVIL),),
        ),
        answers.Timeline(
            id=EVIL, name=EVIL, events=(step, switched), editions=(evil,), skipped=(accepted, evil)
        ),
        answers.ChangeLog(
            list_id=EVIL,
            changes=(answers.Changes(old=(edition,), new=(edition,), added=(person,)),),
            editions=(evil, accepted),
            format_changes=(
                answers.FormatChange(
                    before=evil, after=accepted, reason=EVIL, only_before=noted, only_after=noted
                ),
            ),
            skipped=(evil,),
        ),
        ListInfo(
            **dict.fromkeys(
                ("list_id", "title", "publisher", "country", "homepage", "licence"), EVIL
            ),
            rhythm=EVIL,
            id_space=EVIL,
            note=EVIL,
            added_by=EVIL,
            formats=(form,),
        ),
    )


def _acts(text: str) -> set[str]:
    return {
        char
        for char in text
        if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    }


@pytest.mark.parametrize("shown", _evil_objects(), ids=lambda shown: type(shown).__name__)
def test_nothing_acts(shown: object) -> None:
    """In every form, control characters and overrides are shown, not obeyed."""
    for text in (*(form(shown) for form in FORMS), printed(display.to_rich(shown), 100)):
        assert not _acts(text)
        text.encode()
        joined = "".join(text.replace("│", "").split())
        assert "\\x1b" in joined
        assert "[U+202E" in joined


@pytest.mark.parametrize("shown", _evil_objects(), ids=lambda shown: type(shown).__name__)
def test_html_is_escaped(shown: object) -> None:
    """The card holds the hostile text as text, and no element or attribute that came from it."""
    card = lxml.html.fromstring(display.to_html(shown))
    known = {"article", "style", "div", "span", "bdi", "table", "thead", "tbody", "tr", "th", "td"}
    known |= {"wbr"}  # where a long id may be broken
    drawing = card.find(".//svg")
    if drawing is not None:
        _drawing_is_escaped(drawing)
        drawing.getparent().remove(drawing)
    assert {element.tag for element in card.iter()} <= {*known, "a"}
    names = {name for element in card.iter() for name in element.attrib}
    assert names <= {
        *("class", "lang", "dir", "role", "scope", "tabindex", "style", "href", "rel"),
        *("aria-label", "aria-level", "aria-hidden"),
    }
    assert "<script>alert(1)</script>\"' onload=x&amp;" in card.text_content()


def _drawing_is_escaped(drawing: lxml.html.HtmlElement) -> None:
    """A picture has nothing but lines, areas and texts, and attributes that say how to draw them."""
    known = {"svg", "title", "desc", "style", "rect", "path", "text"}
    assert {element.tag for element in drawing.iter()} <= known
    assert {name for element in drawing.iter() for name in element.attrib} <= {
        *("class", "role", "lang", "width", "height", "viewbox", "direction", "x", "y", "d"),
        *("font-family", "font-size", "font-weight", "text-anchor", "fill", "stroke"),
        *("stroke-width", "stroke-dasharray", "transform"),
    }
    assert "<script>alert(1)</script>\"' onload=x&amp;" in drawing.text_content()


def test_rich_markup_is_no_markup() -> None:
    """`[red]` in a name is printed, not interpreted."""
    person = sl.Person(id="a:1", names=(sl.Name(text="[red]X[/red] :smile:"),))
    assert "[red]X[/red] :smile:" in printed(display.to_rich(person))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x", "https://a b", "https://a\x1b"]
)
def test_only_web_addresses_are_links(url: str) -> None:
    """A legal basis links to http and https addresses, and to nothing else."""
    person = attrs.evolve(
        _evil_person(),
        designations=(sl.Designation(legal_bases=(sl.LegalBasis(title="x", url=url),)),),
    )
    assert not lxml.html.fromstring(display.to_html(person)).xpath("//a")


def test_web_addresses_are_links() -> None:
    """The address of an act is a link that tells its target nothing about us."""
    basis = sl.LegalBasis(title="2016/44", url='https://eur-lex.europa.eu/?a=1&b="2"')
    person = attrs.evolve(_evil_person(), designations=(sl.Designation(legal_bases=(basis,)),))
    links = lxml.html.fromstring(display.to_html(person)).xpath("//a")
    assert {link.get("href") for link in links} == {basis.url}
    assert {link.get("rel") for link in links} == {"noopener noreferrer nofollow"}


def test_letters_of_all_scripts_stay() -> None:
    """What is hidden or acts is shown; joiners that Persian and Indic spelling needs stay."""
    text = "می\u200cخواهم क्\u200dष 人权 é e\u0301 \u06dd"
    assert visible(text) == text
    assert visible("a\u200bb\ufeffc\u00add\x7f") == "a[U+200B]b[U+FEFF]c[U+00AD]d\\x7f"


def test_hostile_lists() -> None:
    """The table of a list holds hostile text as text too."""
    args = {"editions": (), "selection": answers.Selection(criteria=(EVIL,), of=1)}
    person = _evil_person()
    table = display.EntityTable(entities=(person,), **args)  # type: ignore[arg-type]
    text, html = display.to_text(table), display.to_html(table)
    assert not _acts(text)
    assert not _acts(html)
    assert "<script" not in html
