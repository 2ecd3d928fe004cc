"""What an explanation says as text: each question has its line, silence too, nothing is mixed up."""

from __future__ import annotations

import attrs

import sanctionslib as sl
from sanctionslib import answers, display

from .builders import company, entity_table, flat
from .made import AZAD, EDITION, EVERYBODY, WHOLE, WHY


def test_never_clear() -> None:
    """No page says that anybody is "clear", not even where nothing was found."""
    selection = answers.Selection(criteria=("x",), of=26)
    nothing = display.to_text(entity_table((), EDITION, selection=selection))
    assert "No entity of what was looked at fits." in nothing
    assert "0 of 26 entities" in nothing
    listed = display.to_text(entity_table(EVERYBODY, EDITION))
    for text in (display.to_text(WHY), nothing, listed):
        assert "clear" not in text.lower()


def test_every_label() -> None:
    """Every question has its row, in this order."""
    labels = (
        *("Party", "Authority", "List", "Program", "Legal basis", "Measures", "Listed since"),
        *("Reason", "Linked to", "Linked from", "NOT STATED", "Looked at"),
    )
    text = display.to_text(WHY)
    places = [text.index(f"\n{label}") for label in labels]
    assert places == sorted(places)


def test_inferred_is_set_apart() -> None:
    """What is inferred has its own part, with its ground, and is called unstated."""
    inference = answers.Inference(
        about=sl.Fact.LIST,
        value="Non-SDN CMIC List",
        reason="the program CMIC-EO13959 leads to this list alone",
    )
    text = flat(display.to_text(attrs.evolve(WHY, inferred=(inference,))))
    assert (
        "INFERRED: The facts of the file suggest this; the file does not state it. "
        "list Non-SDN CMIC List because the program CMIC-EO13959 leads to this list alone"
    ) in text


def test_stated_measures_win() -> None:
    """Where the file states measures, what the program implies is not told beside them."""
    stated = attrs.evolve(
        WHY.designations[0], measures=(sl.Measure(kind=sl.MeasureKind.ASSET_FREEZE, raw="Block"),)
    )
    text = flat(display.to_text(attrs.evolve(WHY, designations=(stated,))))
    assert 'Measures asset freeze (in words: "Block") Listed since' in text


def test_since_and_until_with_events() -> None:
    """The date of listing comes first, its events below; an end has a line of its own."""
    listing = sl.Listing(
        list_name="SDN List",
        events=(
            sl.Event(
                kind=sl.EventKind.LISTED,
                date=sl.PartialDate.parse("2021-12-10"),
                act=sl.LegalBasis(title="jy0526"),
            ),
            sl.Event(kind=sl.EventKind.DELISTED, date=sl.PartialDate.parse("2030-01-01")),
        ),
    )
    dated = attrs.evolve(WHY.designations[0], listings=(listing,))
    text = flat(display.to_text(attrs.evolve(WHY, designations=(dated,))))
    assert "Listed since 2021-12-10 - listed 2021-12-10 (SDN List; by jy0526) Until" in text
    assert "Until delisted 2030-01-01 (SDN List)" in text


def test_acts_of_one_day_are_not_multiplied_out() -> None:
    """A day that is stated once per legal authority is shown once; they stand with the legal bases."""
    acts = (sl.LegalBasis(title="ORDER OF 2014"), sl.LegalBasis(title="ORDER OF 2021"))
    day = sl.PartialDate.parse("2015-12-22")
    events = tuple(sl.Event(kind=sl.EventKind.LISTED, date=day, act=act) for act in acts)
    listing = sl.Listing(list_name="SDN List", events=events)
    dated = attrs.evolve(WHY.designations[0], listings=(listing,), legal_bases=acts)
    text = flat(display.to_text(attrs.evolve(WHY, designations=(dated,))))
    assert text.count("listed 2015-12-22 (SDN List)") == 1
    assert "by ORDER" not in text
    assert "ORDER OF 2021" in text


def test_labelled_listing_date() -> None:
    """A listing date that the source gives as a labelled fact is shown as one."""
    fact = sl.Feature(
        label="Listing Date (CMIC):", value="10 Dec 2021", kind=sl.FeatureKind.LISTING_DATE
    )
    dated = attrs.evolve(WHY, entity=attrs.evolve(WHY.entity, features=(fact,)))
    text = flat(display.to_text(dated))
    assert "Listed since Listing Date (CMIC): 10 Dec 2021 (a labelled fact of the party)" in text


def test_silence_of_this_party() -> None:
    """What the format could state and this entry does not is distinguished from what it cannot state."""
    bare = attrs.evolve(WHY, edition=WHOLE, unstated=(), designations=(sl.Designation(),))
    text = flat(display.to_text(bare))
    labels = ("Authority", "List", "Program", "Legal basis", "Measures", "Listed since", "Reason")
    for label in labels:
        assert f"{label} the file does not say of this party" in text


def test_silence_of_the_edition() -> None:
    """The edition's own word on what it cannot state is heard without the explanation's."""
    text = flat(display.to_text(attrs.evolve(WHY, unstated=())))
    assert "Reason not stated in this format: the press release of the day" in text


def test_silence_on_links() -> None:
    """A format without links does not make a party without links."""
    unspecified = attrs.evolve(WHY.unstated[0], fact=sl.Fact.RELATION, alternative_source="")
    text = flat(display.to_text(attrs.evolve(WHY, linked_from=(), unstated=(unspecified,))))
    assert "Linked to not stated in this format Linked from not stated in this format" in text
    assert "relation no other source known to us" in text


def test_no_links() -> None:
    """A party without links in a format that has them."""
    text = flat(display.to_text(attrs.evolve(WHY, linked_from=())))
    assert "Linked from no link to this party stated in the entries looked at" in text


def test_no_designation() -> None:
    """An entry without a designation, and a list without an edition, say so."""
    own = attrs.evolve(
        WHY, entity=company(), edition=None, designations=(), programs=(), unstated=()
    )
    text = flat(display.to_text(own))
    assert "The list states no designation of this party." in text
    assert "Looked at a list of your own, without an edition" in text


def test_several_designations_stay_apart() -> None:
    """Facts of two designations are never mixed: each has its own part."""
    second = attrs.evolve(WHY.designations[0], programs=("MAGNIT",), reason="line one\nline two")
    two = attrs.evolve(
        WHY,
        designations=(WHY.designations[0], second),
        programs=(*WHY.programs, answers.ExplainedProgram(code="MAGNIT")),
    )
    text = display.to_text(two)
    first, other = text.split("DESIGNATION 2 OF 2")
    assert "DESIGNATION 1 OF 2" in first
    assert "Executive Order 13818" in first
    assert "Executive Order 13818" not in other
    assert "Program MAGNIT [not in our reference table]" in flat(other)
    assert "Reason line one line two" in flat(other)


def test_lists_and_programs_are_not_paired() -> None:
    """Several lists and programs of one designation are two sets, and the page says so."""
    both = attrs.evolve(
        WHY.designations[0],
        programs=("GLOMAG", "MAGNIT"),
        listings=(sl.Listing(list_name="SDN List"), sl.Listing(list_name="Non-SDN MBS List")),
    )
    text = flat(display.to_text(attrs.evolve(WHY, designations=(both,))))
    assert "The file does not say which list goes with which program." in text
    assert "[implied by the program, not stated] (GLOMAG)" in text


def test_what_else_a_designation_states() -> None:
    """Bases of the file, decisions, licences, notices, links and notes have their lines."""
    full = attrs.evolve(
        WHY.designations[0],
        legal_bases=(
            sl.LegalBasis(title="SOR/2021-237", published=sl.PartialDate.parse("2021-12-09")),
        ),
        sources=("UN",),
        licence_requirement="All items",
        licence_policy="Case by case",
        notices=("86 FR 71000",),
        note="see the notice",
    )
    text = flat(display.to_text(attrs.evolve(WHY, designations=(full,))))
    assert "SOR/2021-237 (published 2021-12-09)" in text
    for label, value in (
        ("Decided by", "UN"),
        ("Licence requirement", "All items"),
        ("Licence policy", "Case by case"),
        ("Official notice", "86 FR 71000"),
        ("Note", "see the notice"),
    ):
        assert f"{label} {value}" in text


def test_unresolved_link() -> None:
    """A link to somebody who is not in the list says so, with the number that the source gives."""
    ref = sl.EntityRef(name="RAPID ACTION BATTALION", id_space="ofac", source_id="33951")
    link = answers.Link(
        relation=sl.Relation(to=ref, kind=sl.RelationKind.ACTS_FOR, former=True, quality="High"),
        source=AZAD,
    )
    text = flat(display.to_text(attrs.evolve(WHY, entity=AZAD, linked_to=(link,))))
    assert (
        "Linked to acts for or on behalf of RAPID ACTION BATTALION (ofac:33951) "
        "[not in this list] (former; quality High)"
    ) in text


def test_ambiguous_links() -> None:
    """A name that fits several entries lists them all, in both directions."""
    rab, *others = EVERYBODY
    link = answers.Link(relation=others[0].relations[0], source=others[0], targets=(rab, others[1]))
    text = flat(display.to_text(attrs.evolve(WHY, linked_to=(link,), linked_from=(link,))))
    assert text.count("fits 2 entries of this list]") == 2
    assert text.count("- RAPID ACTION BATTALION (us_ofac_sdn:33951) Entity (organization)") == 2
    candidate = "- AL-MAMUN, Chowdhury Abdullah (us_ofac_sdn:33953) Individual (person)"
    assert text.count(candidate) == 2


def test_many_links_are_counted() -> None:
    """A page shows the first hundred links and says how many there are beside them."""
    text = display.to_text(attrs.evolve(WHY, linked_from=WHY.linked_from[:1] * 108))
    assert text.count("linked to this party") == 100
    assert "… and 8 more lines, in `linked_from`" in text
