"""What belongs together, where the source does not say it: inferred with a reason, or left open."""

from __future__ import annotations

from pathlib import Path

import pytest

import sanctionslib as sl


def party(
    *,
    lists: tuple[str, ...] = (),
    programs: tuple[str, ...] = (),
    legal_bases: tuple[str, ...] = (),
    labels: tuple[str, ...] = (),
    measures: tuple[sl.MeasureKind, ...] = (),
) -> sl.answers.Explanation:
    """The explanation of a party with one designation."""
    entity = sl.Organization(
        id="us_ofac_cons:1",
        names=(sl.Name(text="EXAMPLE TRADING LLC"),),
        features=tuple(sl.Feature(label=label, value="x") for label in labels),
        designations=(
            sl.Designation(
                listings=tuple(sl.Listing(list_name=name) for name in lists),
                programs=programs,
                legal_bases=tuple(sl.LegalBasis(title=title) for title in legal_bases),
                measures=tuple(sl.Measure(kind=kind) for kind in measures),
            ),
        ),
    )
    return sl.SanctionsList([entity]).why("1")


def inferred(why: sl.answers.Explanation) -> list[tuple[sl.Fact, str]]:
    return [(one.about, one.value) for one in why.inferred]


SSI = "Sectoral Sanctions Identifications List"
DIRECTIVE = "Executive Order 13662 Directive Determination -"


def test_lists_and_orders_of_two_programs() -> None:
    """A tag with its label leads to a list, an order to the one program that rests on it."""
    why = party(
        lists=(SSI, "SDN List"),
        programs=("UKRAINE-EO13662", "RUSSIA-EO14024"),
        legal_bases=("Executive Order 13662 (Ukraine)", "Executive Order 14024 (Russia)"),
        labels=(DIRECTIVE,),
    )
    assert inferred(why) == [
        (sl.Fact.LIST, f"UKRAINE-EO13662 → {SSI}"),
        (sl.Fact.LEGAL_BASIS, "UKRAINE-EO13662 → Executive Order 13662 (Ukraine)"),
        (sl.Fact.LEGAL_BASIS, "RUSSIA-EO14024 → Executive Order 14024 (Russia)"),
    ]
    assert "directive determination" in why.inferred[0].reason
    assert "Executive Order 14024" in why.inferred[2].reason


def test_what_is_left_over_is_not_paired() -> None:
    """Without the label the tag does not tell the list, and nothing is paired by elimination."""
    why = party(lists=(SSI, "SDN List"), programs=("UKRAINE-EO13662", "RUSSIA-EO14024"))
    assert inferred(why) == []
    tag = party(lists=("Non-SDN CMIC List", "SDN List"), programs=("CMIC-EO13959", "SDGT"))
    assert inferred(tag) == [(sl.Fact.LIST, "CMIC-EO13959 → Non-SDN CMIC List")]


def test_nothing_to_infer() -> None:
    """With one list, one program and one authority all go together as stated."""
    one = party(
        lists=("Non-SDN CMIC List",),
        programs=("CMIC-EO13959",),
        legal_bases=("Executive Order 14032 (CMIC)",),
    )
    assert inferred(one) == []
    assert inferred(party(lists=(SSI, "SDN List"), programs=("UKRAINE-EO13662",))) == []


def test_a_list_that_the_party_is_not_on() -> None:
    """A tag that leads to a list which the file does not state ties nothing to it."""
    why = party(lists=(SSI, "SDN List"), programs=("NS-PLC", "SDGT"), labels=(DIRECTIVE,))
    assert inferred(why) == []


def test_a_label_alone_says_nothing_of_a_program() -> None:
    """What a label suggests whatever the tag is, is tied to no tag."""
    why = party(
        lists=("Non-SDN CMIC List", "SDN List"),
        programs=("SDGT", "CUBA"),
        labels=("Listing Date (CMIC)",),
    )
    assert inferred(why) == []


@pytest.mark.parametrize(
    ("legal_bases", "programs"),
    [
        # both programs rest on it, by our table
        (("Executive Order 13694 (Cyber)",), ("CYBER", "CYBER2")),
        # an order under which none of them stands, words without a number, a longer number
        (("Executive Order 13818",), ("SDGT", "CUBA")),
        (("CISADA", "General License 4 Under EO 13224 (Terrorism)"), ("SDGT",)),
        (("Executive Order 132245", "TRA"), ("SDGT",)),
        (("Executive Order 13224",), ("NO SUCH TAG", "CUBA")),
    ],
)
def test_an_order_that_tells_no_program(
    legal_bases: tuple[str, ...], programs: tuple[str, ...]
) -> None:
    """Where several programs rest on an authority, or none, it is left open."""
    assert inferred(party(legal_bases=legal_bases, programs=programs)) == []


def test_a_part_of_the_regulations() -> None:
    """A section of the regulations goes with the program of their part."""
    why = party(legal_bases=("31 CFR 594.201(a)(5)", "INA"), programs=("SDGT", "CUBA"))
    expected = "31 CFR part 594" in {one.title for one in sl.programs["SDGT"].legal_bases}
    assert expected
    assert inferred(why) == [(sl.Fact.LEGAL_BASIS, "SDGT → 31 CFR 594.201(a)(5)")]


@pytest.mark.parametrize(
    ("lists", "measures", "blocked"),
    [
        ((SSI, "SDN List"), (sl.MeasureKind.DEBT_EQUITY,), True),
        ((SSI, "SDN List"), (sl.MeasureKind.DEBT_EQUITY, sl.MeasureKind.ASSET_FREEZE), False),
        ((SSI,), (sl.MeasureKind.DEBT_EQUITY,), False),
        (("SDN List",), (), False),
    ],
)
def test_blocked_by_the_list(
    lists: tuple[str, ...], measures: tuple[sl.MeasureKind, ...], blocked: bool
) -> None:
    """A party of the SDN List whose measures leave the asset freeze out is blocked all the same."""
    why = party(lists=lists, measures=measures)
    assert inferred(why) == ([(sl.Fact.MEASURE, "SDN List → asset freeze")] if blocked else [])
    assert all("all property is blocked" in one.reason for one in why.inferred)


def test_never_across_designations() -> None:
    """What stands in two designations is apart in the source, and nothing ties it."""
    entity = sl.Organization(
        id="us_ofac_cons:1",
        names=(sl.Name(text="EXAMPLE TRADING LLC"),),
        designations=(
            sl.Designation(programs=("SDGT",), legal_bases=(sl.LegalBasis(title="TRA"),)),
            sl.Designation(
                programs=("CUBA",), legal_bases=(sl.LegalBasis(title="Executive Order 13224"),)
            ),
        ),
    )
    assert sl.SanctionsList([entity]).why("1").inferred == ()


def test_of_a_whole_list(lists: Path) -> None:
    """80 parties of the non-SDN list have something inferred, and none of it is in an entity."""
    cons = sl.read(lists / "us_ofac_cons" / "CONS_ENHANCED_2025-01-10.xml")
    why = cons.why("17016")
    assert inferred(why) == [
        (sl.Fact.LIST, f"UKRAINE-EO13662 → {SSI}"),
        (sl.Fact.LEGAL_BASIS, "UKRAINE-EO13662 → Executive Order 13662 (Ukraine)"),
        (sl.Fact.LEGAL_BASIS, "RUSSIA-EO14024 → Executive Order 14024 (Russia)"),
    ]
    assert "→" not in str(sl.to_dict(cons["17016"]))
    assert sum(bool(cons.why(one).inferred) for one in cons) == 80
    assert cons.why("33114").inferred == ()
    assert "INFERRED" in str(why)
    assert "listed 2024-11-21 (SDN List)" in sl.display.to_text(why, explain=True)
