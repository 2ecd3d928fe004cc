"""What is printed as text: whole pages that a person has read, and the rules that hold for all."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quick import examples

import sanctionslib as sl
from sanctionslib import answers, display
from sanctionslib.display._text import WIDTH, broken, columns, wrapped
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Calendar, DocumentFlag, Origin

from .builders import company, entity_table, flat
from .made import EDITION, EVERYBODY, NETWORK, RAB, WHOLE, WHY

# ── whole pages ───────────────────────────────────────────────────────────────────────────────────


# ── rules for all text ────────────────────────────────────────────────────────────────────────────


def test_wide_signs_and_long_words_fit() -> None:
    """Chinese signs count twice, and a word longer than the line is broken."""
    long = company(names=(sl.Name(text="人权" * 80), sl.Name(text="x" * 300, kind=sl.NameKind.AKA)))
    text = display.to_text(long)
    assert all(columns(line) <= WIDTH for line in text.split("\n"))
    assert "".join(text.split()).count("x" * 300) == 1
    assert wrapped("a  b", 10) == ["a  b"]
    assert wrapped("", 10) == [""]
    assert columns("e\u0301 \u200c人") == 4


def test_sample_is_said_loudly() -> None:
    """SAMPLE is the first word on every page made from a sample, however it was reached."""
    pages = [display.to_text(shown) for shown in (WHY, NETWORK, WHY.entity)]
    pages.append(display.to_text(entity_table(EVERYBODY)))
    bare = attrs.evolve(WHY, edition=None)
    pages.append(display.to_text(bare))
    assert all(page.startswith("*** SAMPLE") for page in pages)


def test_whole_editions_are_no_sample() -> None:
    """A whole edition is not called a sample."""
    assert "SAMPLE" not in display.to_text(attrs.evolve(RAB, edition=WHOLE))


def test_parts_and_gaps_are_said() -> None:
    """A part of a list, and an edition with missing files, say so above everything else."""
    part = attrs.evolve(WHOLE, scope=sl.Scope.CUSTOM, filter="program GLOMAG", missing=("ADD.CSV",))
    first, second, *_ = display.to_text(attrs.evolve(RAB, edition=part)).splitlines()
    assert first == "*** PART of us_ofac_sdn · program GLOMAG ***"
    assert second == "*** INCOMPLETE · us_ofac_sdn without ADD.CSV ***"


def test_scripts_are_named_but_for_latin() -> None:
    """That a name is in Latin letters a reader sees; which other script it is, the page says."""
    firm = sl.Organization(
        id="watch:1",
        names=(sl.Name(text="EXAMPLE", script="Latn"), sl.Name(text="ПРИМЕР", script="Cyrl")),
    )
    assert "script Cyrl" in str(firm)
    assert "Latn" not in str(firm)


@pytest.mark.parametrize(
    "form", [display.to_text, display.to_html, display.to_rich, display.to_markdown]
)
@pytest.mark.parametrize("shown", ["text", None, 5, sl.Name(text="A")])
def test_other_objects_are_refused(form: Callable[[object], object], shown: object) -> None:
    """Anything else is a TypeError that names what can be shown."""
    with pytest.raises(TypeError, match="an Entity or an answer"):
        form(shown)


# ── entities ──────────────────────────────────────────────────────────────────────────────────────


def test_names_and_roles() -> None:
    """Each role has its label; WEAK is marked so that it is no part of the name."""
    weak, strong = sl.AliasStrength.WEAK, sl.AliasStrength.STRONG
    names = (
        sl.Name(text="NOW"),
        sl.Name(text="A", kind=sl.NameKind.AKA, strength=weak),
        sl.Name(text="B", kind=sl.NameKind.FKA, strength=strong),
        sl.Name(text="C", kind=sl.NameKind.NKA, raw_strength="Medium"),
        sl.Name(text="D", kind=sl.NameKind.ORIGINAL_SCRIPT, script="Arab", language="ar"),
        sl.Name(text="E", kind=None, raw_kind="nom de guerre", note="until 2010"),
        sl.Name(text="F", kind=sl.NameKind.VARIATION, basis=sl.LegalBasis(title="2016/44")),
    )
    text = flat(display.to_text(company(names=names)))
    assert "Name NOW a.k.a. A [WEAK] f.k.a. B (strong) n.k.a. C (Medium)" in text
    assert "Original script D (script Arab; language ar)" in text
    assert "Nom de guerre E (until 2010) Spelling variation F (stated by 2016/44)" in text


def test_births_as_stated() -> None:
    """Circa, ranges and unread dates keep their form; date and place are tied as in the source."""
    births = (
        sl.Birth(
            date=sl.PartialDate.parse("circa 1955 to 1957"),
            place=sl.Place(city="Aksu", country=sl.Country(code="CN", raw="China")),
        ),
        sl.Birth(date=sl.PartialDate.parse("in the rainy season"), primary=False),
    )
    person = sl.Person(id="watch:2", names=(sl.Name(text="X"),), births=births)
    text = flat(display.to_text(person))
    assert "Birth circa 1955 to 1957 in Aksu, China" in text
    assert "in the rainy season (not readable as a date) (not the main entry)" in text


def test_other_calendars() -> None:
    """A date of another calendar tells what the source says beside our reading."""
    read = sl.PartialDate.year(1971)
    islamic = attrs.evolve(read, calendar=Calendar.ISLAMIC, raw="1391")
    unread = sl.PartialDate(calendar=Calendar.ISLAMIC, raw="1391 AH")
    text = flat(display.to_text(company(established=(islamic, unread))))
    assert "Date of establishment 1971 (source: 1391, islamic calendar)" in text
    assert "1391 AH (not readable as a date, islamic calendar)" in text


def test_identifiers() -> None:
    """A number tells its label, country, dates, issuer, bearer and marks."""
    number = sl.Identifier(
        value="7001",
        kind=sl.IdentifierKind.REGISTRATION,
        raw_kind="Registration ID:",
        country=sl.Country(code="BD"),
        issued=sl.PartialDate.parse("2004-03-26"),
        expires=sl.PartialDate.parse("2024"),
        issuer="the registrar",
        name_id="n1",
        valid=False,
        flags=(DocumentFlag.EXPIRED,),
    )
    wallet = sl.Identifier(value="1abc", kind=sl.IdentifierKind.DIGITAL_CURRENCY, asset="XBT")
    names = (sl.Name(text="EXAMPLE TRADING LLC"), sl.Name(text="EXAMPLE", source_id="n1"))
    text = flat(display.to_text(company(names=names, identifiers=(number, wallet))))
    assert (
        "Registration ID 7001 (Bangladesh; issued 2004-03-26; expires 2024; "
        'issued by the registrar; in the name of "EXAMPLE") '
        "[called invalid by the source, known to be expired]"
    ) in text
    assert "digital currency 1abc (XBT) address" in text  # the label takes two lines


def test_features_without_kind_are_marked() -> None:
    """What no field holds is shown in a part of its own, marked."""
    unmapped = sl.Feature(label="Tarjeta Profesional", value="186785 (Abogado)")
    text = flat(display.to_text(company(features=(unmapped,))))
    assert "UNMAPPED: stated by the source" in text
    assert "Tarjeta Profesional 186785 (Abogado) [unmapped]" in text


def test_vessel_and_aircraft() -> None:
    """Facts of ships and aircraft have their labels."""
    panama = sl.Country(code="PA", raw="Panama")
    ship = sl.Vessel(
        id="watch:3",
        names=(sl.Name(text="SHIP"),),
        types=("Crude Oil Tanker",),
        flags=(panama,),
        former_flags=(sl.Country(raw="None Identified"),),
        owners=("OWNER",),
        former_owners=("FORMER",),
        tonnage=99144,
        gross_tonnage=0,
        length="330 m",
        built=(sl.PartialDate.parse("2000"),),
        registered_in=(panama,),
    )
    text = flat(display.to_text(ship))
    assert (
        "Type Crude Oil Tanker Flag Panama Former flag None Identified Owner OWNER "
        "Former owner FORMER Tonnage 99,144 Gross tonnage 0 Length 330 m Date of build 2000 "
        "Country of Panama registration"
    ) in text
    plane = sl.Aircraft(
        id="watch:4", names=(sl.Name(text="EP-XXX"),), models=("A300",), operators=("OPERATOR",)
    )
    assert "Model A300 Operator OPERATOR" in flat(display.to_text(plane))


def test_kind_in_the_source_word() -> None:
    """The kind stands in the source's word; an unstated one is called unstated."""
    plain = sl.Entity(id="watch:5", names=(sl.Name(text="X"),))
    assert "kind not stated" in display.to_text(plain)
    assert "· Body ·" in display.to_text(attrs.evolve(plain, raw_kind="Body"))
    assert "· Entity (organization) ·" in display.to_text(company(raw_kind="Entity"))
    assert "· organization ·" in display.to_text(company())


def test_relations_and_remarks() -> None:
    """Links stand under the source's label; remarks keep their lines."""
    relations = (
        sl.Relation(to=sl.EntityRef(name="SEK STUDIO"), raw_kind="Linked To:"),
        sl.Relation(
            to=sl.EntityRef(id_space="ofac", source_id="9"),
            kind=sl.RelationKind.FAMILY_OF,
            former=True,
        ),
    )
    text = display.to_text(company(relations=relations, remarks="one\r\n\r\ntwo"))
    assert "Linked To SEK STUDIO family member of ofac:9 (former)" in flat(text)
    assert "Remarks           one\n                  two\n" in text


def test_designation_on_the_entity() -> None:
    """An entity's page tells its designations, each in a part of its own."""
    made = sl.Designation(
        programs=("MYA",),
        measures=(sl.Measure(kind=None, raw="Directive 1a"),),
        events=(sl.Event(kind=None, raw_kind="gazetted", date=sl.PartialDate.parse("2021")),),
        reason="for the coup",
    )
    text = flat(display.to_text(company(designations=(made, sl.Designation(programs=("B",))))))
    assert "DESIGNATION 1 OF 2 Program MYA Measures Directive 1a Listed since gazetted 2021" in text
    assert "Reason for the coup DESIGNATION 2 OF 2 Program B" in text


def test_origins() -> None:
    """Where in the file the entry stands."""
    text = flat(display.to_text(company(origins=(Origin(member="SDN.XML", line=1272),))))
    assert text.endswith("Entry at SDN.XML line 1272")


# ── networks, audits, lists ───────────────────────────────────────────────────────────────────────


def test_network_directions() -> None:
    """A link that leads away from the center stands with its far end, as incoming."""
    sek, lu = NETWORK.nodes[0].entity, NETWORK.nodes[3].entity
    outward = answers.Link(
        relation=sl.Relation(
            to=sl.EntityRef(name="LU, Hezheng"), kind=sl.RelationKind.OWNS_OR_CONTROLS
        ),
        source=sek,
        targets=(lu,),
    )
    nowhere = answers.Link(relation=sl.Relation(to=sl.EntityRef(name="GONE")), source=sek)
    text = display.to_text(attrs.evolve(NETWORK, links=(outward, nowhere)))
    incoming = "<- SEK STUDIO (us_ofac_sdn:34022), owns, controls or operates this party"
    assert incoming in text
    assert "-> linked with GONE [not in this list]" in text
    assert text.index("GONE") < text.index("DISTANCE 1") < text.index(incoming)


def test_network_without_its_nodes() -> None:
    """A link whose ends are not among the parties is shown all the same."""
    alone = attrs.evolve(NETWORK, nodes=NETWORK.nodes[:1], links=NETWORK.links[-1:], editions=())
    text = flat(display.to_text(alone))
    assert "OTHER LINKS links SHANGHAI HONGMAN CARTOON AND ANIMATION DESIGN STUDIO" in text


def test_empty_audit() -> None:
    """An audit of a list of one's own."""
    text = flat(display.to_text(answers.Audit(read=2, converted=1)))
    assert "declared not declared read 2 entries converted 1 entity rejected 0 entries" in text
    assert "SHARES" not in text


def test_audit_disagreement() -> None:
    """A file that holds fewer entries than it declares says so."""
    text = display.to_text(answers.Audit(declared=3, read=2, converted=2))
    assert "The source declares 3 entries, and 2 were found." in text


@pytest.mark.parametrize(
    ("limit", "end"), [(0, "… and 7 more"), (6, "… and 1 more"), (7, "—"), (20, "—")]
)
def test_list_limit(limit: int, end: str) -> None:
    """The table ends with how many more there are, or with its last row."""
    text = display.to_text(entity_table(EVERYBODY, EDITION), limit=limit)
    assert text.endswith(end)


def test_list_refuses_a_negative_limit() -> None:
    """A negative limit is an error of ours, with a hint."""
    with pytest.raises(InvalidInputError, match="a limit of -1 entities"):
        display.to_text(entity_table(()), limit=-1)


def test_list_of_several_editions() -> None:
    """Each edition that was looked at has its line; only those that never state a date say so."""
    text = display.to_text(entity_table((RAB,), EDITION, WHOLE))
    assert text.count("us_ofac_sdn · 2021-12-10 · ofac-classic-xml") == 2
    assert text.count("never stated in") == 1


def test_list_since() -> None:
    """A date of listing stands in the table; then nothing is said of dashes."""
    listing = sl.Listing(
        list_name="SDN List",
        events=(sl.Event(kind=sl.EventKind.LISTED, date=sl.PartialDate.parse("2021-12-10")),),
    )
    dated = company(designations=(sl.Designation(listings=(listing,)),))
    text = display.to_text(entity_table((dated,)))
    assert text.endswith("2021-12-10")
    assert "never" not in text


LONG_IDS = (
    "us_trade_csl:caeb24bb901171744f7b376b17c4ad98a782c827",
    "us_klepto_hr_visa:~mario-plutarco-marin-torres",
    "us_ofac_sdn:33951",
)


def test_long_ids_leave_room_for_names() -> None:
    """Long ids stand in several lines, whole, before a name or a code is broken into pieces."""
    names = (sl.Name(text="DIRECTORATE OF DEFENSE INDUSTRIES OF AN EXAMPLE COUNTRY"),)
    program = (sl.Designation(programs=("EXAMPLE-EO12345",)),)
    rows = [company(id=one, names=names, designations=program) for one in LONG_IDS]
    text = display.to_text(entity_table(rows))
    assert all(columns(line) <= WIDTH for line in text.splitlines())
    words = text.split()
    assert words.count("EXAMPLE-EO12345") == len(rows)
    assert words.count("INDUSTRIES") == len(rows)
    for piece in ("us_trade_csl:", "caeb24bb901171744f7b", "376b17c4ad98a782c827"):
        assert words.count(piece) == 1
    for piece in ("us_klepto_hr_visa:", "~mario-plutarco-marin-", "torres", "us_ofac_sdn:33951"):
        assert words.count(piece) == 1


def test_long_ids_stay_whole_where_there_is_room() -> None:
    """A table that fits is not broken for its ids."""
    rows = [company(id=one, names=(sl.Name(text="EXAMPLE"),)) for one in LONG_IDS[1:]]
    text = display.to_text(entity_table(rows))
    assert set(LONG_IDS[1:]) <= set(text.split())


@given(st.text(max_size=60), st.integers(min_value=2, max_value=60))
@examples(100)
def test_pieces_of_a_key_are_the_key(key: str, width: int) -> None:
    """A broken key is the key and nothing else, in pieces that fit, none of them empty."""
    pieces = broken(key, width, key=True)
    assert "".join(pieces) == key
    assert all(columns(one) <= width for one in pieces)
    assert all(pieces) or key == ""


def test_countries_of_a_table_are_names() -> None:
    """The table has the name of a country; the code that the source has is on the party's page."""
    party = company(registered_in=(sl.Country(code="BY", raw="BY"),))
    assert "Belarus" in (table := display.to_text(entity_table((party,))))
    assert "(BY)" not in table
    assert "Belarus (BY)" in display.to_text(party)


def test_a_party_that_is_only_perhaps_there() -> None:
    """A party that only an ambiguous link leads to says so in its line."""
    unsure = tuple(attrs.evolve(one, certain=one.distance == 0) for one in NETWORK.nodes)
    text = flat(display.to_text(attrs.evolve(NETWORK, nodes=unsure)))
    assert text.count("only perhaps") == len(unsure) - 1
    assert "only perhaps" not in flat(display.to_text(NETWORK))
