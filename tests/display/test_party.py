"""What the page of a party and an explanation say: each fact in its row, silence too, nothing mixed up."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import sanctionslib as sl
from sanctionslib import answers

from .builders import CSL, SDN, company, in_full, words_of
from .made import AZAD, EDITION, EVERYBODY, WHOLE, WHY


def event(kind: sl.EventKind | None, date: str, **more: Any) -> sl.Event:
    return sl.Event(kind=kind, date=sl.PartialDate.parse(date), **more)


# ── a party ───────────────────────────────────────────────────────────────────────────────────────


def test_kinds() -> None:
    """The kind is the same word everywhere; the source's own word is among the facts."""
    plain = sl.Entity(id="watch:5", names=(sl.Name(text="X"),))
    for party, told in (
        (plain, "Party: X · kind not stated ·"),
        (attrs.evolve(plain, raw_kind="Body"), 'Kind kind not stated (in the source "Body")'),
        (company(raw_kind="Entity"), 'Kind organization (in the source "Entity")'),
        (company(), "Party: EXAMPLE TRADING LLC · organization ·"),
    ):
        assert told in words_of(party)


# ── an explanation ────────────────────────────────────────────────────────────────────────────────


def why(**given: Any) -> str:
    """The words of an explanation of the battalion, but for what is given."""
    return words_of(attrs.evolve(WHY, **given))


def designated(**given: Any) -> str:
    """The same, with one designation that states what is given."""
    return why(designations=(attrs.evolve(WHY.designations[0], **given),))


def on_the_list(*events: sl.Event) -> tuple[sl.Listing, ...]:
    return (sl.Listing(list_name="SDN List", events=events),)


def test_every_label() -> None:
    """Every question has its row, in this order."""
    labels = ("Authority", "List", "Program", "Legal basis", "Measures", "Listed since", "Reason")
    short, _, full = in_full(WHY).partition("\nIN FULL")
    for text, first, last in (
        (short, ("Other names",), ("Never stated", "NAME ")),
        (full, ("Party",), ("Linked to", "Linked from", "WHERE ELSE IT IS STATED", "Looked at")),
    ):
        places = [text.index(f"\n{label}") for label in (*first, *labels, *last)]
        assert places == sorted(places)


def test_inferred_is_set_apart() -> None:
    """What is inferred has its own part, with its reason, and is called unstated."""
    reason = "the program CMIC-EO13959 leads to this list alone"
    inference = answers.Inference(about=sl.Fact.LIST, value="Non-SDN CMIC List", reason=reason)
    assert (
        "INFERRED: not stated by the file, whose facts suggest it "
        f"list Non-SDN CMIC List because {reason}"
    ) in why(inferred=(inference,))


def test_stated_measures_win() -> None:
    """Where the file states measures, what the program implies is not told beside them."""
    block = sl.Measure(kind=sl.MeasureKind.ASSET_FREEZE, raw="Block")
    assert 'Measures asset freeze (in words: "Block") Listed since' in designated(measures=(block,))


def test_since_and_until_with_events() -> None:
    """The date of listing comes first, its events below; an end has a line of its own."""
    listed = event(sl.EventKind.LISTED, "2021-12-10", act=sl.LegalBasis(title="jy0526"))
    ended = event(sl.EventKind.DELISTED, "2030-01-01")
    text = designated(listings=on_the_list(listed, ended))
    assert "Listed since 2021-12-10 - listed 2021-12-10 (SDN List; by jy0526) Until" in text
    assert "Until delisted 2030-01-01 (SDN List)" in text


def test_events_without_a_date_of_listing() -> None:
    """Where the source has events and no date of listing, no event stands below another."""
    events = (event(sl.EventKind.AMENDED, "2015"), event(sl.EventKind.REVIEWED, "2016"))
    text = designated(listings=on_the_list(*events))
    assert "Listed since amended 2015 (SDN List) reviewed 2016 (SDN List) Reason" in text


def test_acts_of_one_day_are_not_multiplied_out() -> None:
    """A day that is stated once per legal authority is shown once; they stand with the legal bases."""
    acts = (sl.LegalBasis(title="ORDER OF 2014"), sl.LegalBasis(title="ORDER OF 2021"))
    events = (event(sl.EventKind.LISTED, "2015-12-22", act=act) for act in acts)
    text = designated(listings=on_the_list(*events), legal_bases=acts)
    assert text.count("listed 2015-12-22 (SDN List)") == 1
    assert "by ORDER" not in text
    assert "ORDER OF 2021" in text


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        (sl.FeatureKind.LISTING_DATE, "Listing Date (CMIC):"),
        (sl.FeatureKind.EFFECTIVE_DATE, "Effective Date (CMIC):"),
        (sl.FeatureKind.DIVESTMENT_DATE, "Purchase/Sales For Divestment Date (CMIC):"),
    ],
)
def test_labelled_dates(kind: sl.FeatureKind, label: str) -> None:
    """A date of the listing that the source gives as a labelled fact is shown as one."""
    fact = sl.Feature(label=label, value="10 Dec 2022", kind=kind)
    text = why(entity=attrs.evolve(WHY.entity, features=(fact,)))
    assert f"Listed since {label} 10 Dec 2022 (a labelled fact of the party)" in text


def test_a_code_means_what_its_authority_means() -> None:
    """Of two authorities that spell a program alike, the other one's legal bases are not shown."""
    ofac, un = sl.authorities["OFAC"], sl.authorities["UN"]
    several = tuple(sl.Designation(authority=one, programs=("DPRK",)) for one in (un, ofac))
    mine = sl.SanctionsList([attrs.evolve(WHY.entity, designations=several, edition=None)])
    text = words_of(mine.why(WHY.entity.id))
    assert text.count("2 not stated DPRK not stated OFAC") == 1
    _, _, text = text.partition("IN FULL")
    of_un, of_ofac = text.split("DESIGNATION 2 OF 2")
    assert "DPRK [not in our reference table]" in of_un
    assert "Executive Order 13551" not in of_un
    assert "Executive Order 13551 [of the program, not stated]" in of_ofac


def test_silence_of_this_party() -> None:
    """What the format could state and this entry does not is distinguished from what it cannot state."""
    text = why(edition=WHOLE, unstated=(), designations=(sl.Designation(),))
    labels = ("Authority", "List", "Program", "Legal basis", "Measures", "Listed since", "Reason")
    for label in labels:
        assert f"{label} not stated for this party" in text


def test_silence_of_the_edition() -> None:
    """The edition's own word on what it cannot state is heard without the explanation's."""
    told = "Reason not stated in this format: the press release of the day"
    assert told in why(unstated=())


def test_silence_on_links() -> None:
    """A format without links does not make a party without links."""
    edition = attrs.evolve(EDITION, supported_facts=frozenset({sl.Fact.KIND}))
    unstated = (answers.Unstated(fact=sl.Fact.RELATION),)
    text = why(edition=edition, linked_from=(), unstated=unstated)
    assert "Linked to not stated in this format Linked from not stated in this format" in text
    assert "relation no other source known to us" in text
    none = "Linked from no link to this party stated in the entries looked at"
    assert none in why(linked_from=())


def test_no_designation() -> None:
    """An entry without a designation, and a list without an edition, say so."""
    text = why(entity=company(), edition=None, designations=(), programs=(), unstated=())
    assert "The list states no designation of this party." in text
    assert "Looked at a list of your own, without an edition" in text


def test_several_designations_stay_apart() -> None:
    """Facts of two designations are never mixed: each has its own part."""
    first = WHY.designations[0]
    second = attrs.evolve(first, programs=("MAGNIT",), reason="line one\nline two")
    programs = (*WHY.programs, answers.ExplainedProgram(code="MAGNIT"))
    one, other = why(designations=(first, second), programs=programs).split("DESIGNATION 2 OF 2")
    assert "DESIGNATION 1 OF 2" in one
    assert "Executive Order 13818" in one
    assert "Executive Order 13818" not in other
    assert "Program MAGNIT [not in our reference table]" in other
    assert "Reason line one line two" in other


def test_lists_and_programs_are_not_paired() -> None:
    """Several lists and programs of one designation are two sets, and the page says so."""
    listings = (*on_the_list(), sl.Listing(list_name="Non-SDN MBS List"))
    text = designated(programs=("GLOMAG", "MAGNIT"), listings=listings)
    assert "The file does not say which list goes with which program." in text
    assert "[implied by the program, not stated] (GLOMAG)" in text


def test_what_else_a_designation_states() -> None:
    """Bases of the file, decisions, licences, notices, links and notes have their lines."""
    text = designated(
        legal_bases=(
            sl.LegalBasis(title="SOR/2021-237", published=sl.PartialDate.parse("2021-12-09")),
        ),
        sources=("UN",),
        licence_requirement="All items",
        licence_policy="Case by case",
        notices=("86 FR 71000",),
        note="see the notice",
    )
    assert "SOR/2021-237 (published 2021-12-09)" in text
    assert (
        "Decided by UN Licence requirement All items Licence policy Case by case "
        "Official notice 86 FR 71000 Note see the notice"
    ) in text


def test_unresolved_link() -> None:
    """A link to somebody who is not in the list says so, with the number that the source gives."""
    ref = sl.EntityRef(name="RAPID ACTION BATTALION", id_space="ofac", source_id="33951")
    relation = sl.Relation(to=ref, kind=sl.RelationKind.ACTS_FOR, former=True, quality="High")
    text = why(entity=AZAD, linked_to=(answers.Link(relation=relation, source=AZAD),))
    assert (
        "Linked to acts for or on behalf of RAPID ACTION BATTALION (ofac:33951) "
        "[not in this list] (former; quality High)"
    ) in text


def test_ambiguous_links() -> None:
    """A name that fits several entries lists them all, in both directions."""
    rab, first, other, *_ = EVERYBODY
    link = answers.Link(relation=first.relations[0], source=first, targets=(rab, other))
    text = why(linked_to=(link,), linked_from=(link,))
    assert text.count("fits 2 entries of this list]") == 2
    assert text.count("- RAPID ACTION BATTALION (us_ofac_sdn:33951) organization") == 2
    candidate = "- AL-MAMUN, Chowdhury Abdullah (us_ofac_sdn:33953) person"
    assert text.count(candidate) == 2


def test_many_links_are_counted() -> None:
    """In full a page shows the first hundred links and says how many there are beside them."""
    text = why(linked_from=WHY.linked_from[:1] * 108).partition("IN FULL")[2]
    assert text.count("is linked to it") == 100
    assert "… and 8 more lines, in `linked_from`" in text


def test_what_two_entries_say_alike_is_told_once() -> None:
    """Names that an entry above has are counted, and what our table adds to a program stands once."""
    aka = sl.NameKind.AKA
    names = ("EXAMPLE BANK", "EXAMPLE BANK PAO", "EXAMPLE BANK OAO")
    weak = sl.Name(text="EX BANK", kind=aka, strength=sl.AliasStrength.WEAK)
    said = (sl.Designation(programs=("GLOMAG",)), sl.Designation(programs=("GLOMAG",)))
    first = sl.Organization(
        id="us_ofac_sdn:1",
        names=(*(sl.Name(text=one, kind=aka) for one in names), weak),
        designations=said[:1],
        edition=SDN,
    )
    other = attrs.evolve(
        first,
        id="us_trade_csl:1",
        id_space="ofac",
        names=(*first.names, sl.Name(text="EXAMPLE BANK LLC", kind=aka)),
        designations=said,
        edition=CSL,
    )
    both = sl.combine(sl.SanctionsList([first], SDN), sl.SanctionsList([other], CSL))
    text = in_full(both.why("us_ofac_sdn:1")).partition("IN FULL")[2]
    assert text.count("a.k.a.: EXAMPLE BANK PAO") == text.count("a.k.a.: EXAMPLE BANK OAO") == 1
    assert text.count("2 further names, each also in an entry above") == 1
    assert "a.k.a.: EXAMPLE BANK LLC" in text
    # A weak alias is marked in each record that has it.
    assert text.count("EX BANK [WEAK]") == 2
    assert text.count("Program       GLOMAG: Global Magnitsky") == 3
    assert text.count("Executive Order 13818 [of the program, not stated]") == 1
