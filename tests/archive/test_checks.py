"""Whether an edition may be taken for its list: what is counted, and what may be gone at once."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import pytest
from archives import keep

import sanctionslib as sl
from sanctionslib.archive.checks import (
    check_end,
    check_figures,
    figures_in,
    figures_of,
)
from sanctionslib.archive.store import EditionStore

LIMITS = sl.catalog.Limits()


def person(number: int, **said: object) -> sl.Person:
    """A person with a name, and what else is said of them."""
    return sl.Person(id=f"us_ofac_sdn:{number}", names=(sl.Name(text=f"EXAMPLE {number}"),), **said)


def failed(checks: tuple[sl.answers.Check, ...]) -> dict[str, tuple[int, int | None]]:
    """The checks that failed, with their figures."""
    return {one.name: (one.value, one.least) for one in checks if not one.passed}


def test_what_is_counted() -> None:
    listing = sl.Listing(
        list_name="SDN List",
        events=(sl.Event(kind=sl.EventKind.LISTED, date=sl.PartialDate.parse("2021-12-10")),),
    )
    passport = sl.Identifier(kind=sl.IdentifierKind.PASSPORT, value="X1")
    entities = (
        person(
            1,
            identifiers=(passport, attrs.evolve(passport, value="X2")),
            designations=(sl.Designation(programs=("GLOMAG",), listings=(listing,)),),
        ),
        person(2, titles=("Chief",)),
        sl.Entity(id="us_ofac_sdn:3", names=(sl.Name(text="A"), sl.Name(text="B")), remarks="x"),
    )
    assert figures_of(entities) == {
        "entries": 3,
        "kind person": 2,
        "kind entity": 1,
        "field aliases": 1,
        "field designations": 1,
        "field designations listings": 1,
        "field designations programs": 1,
        "field identifiers": 1,
        "field listings since": 1,
        "field remarks": 1,
        "field titles": 1,
        "identifier passport": 1,
        "list SDN List": 1,
    }


def test_nothing_is_counted_of_nothing() -> None:
    assert figures_of(()) == {"entries": 0}


def test_every_field_of_every_class_is_counted_but_those_that_say_nothing_of_the_list() -> None:
    """A new field of the model is counted from its first day."""
    skipped = {"id", "names", "raw_kind", "id_space", "edition", "origins", "source"}
    for kind in (sl.Entity, sl.Person, sl.Organization, sl.Vessel, sl.Aircraft):
        names = {each.name for each in attrs.fields(kind)} - skipped
        full = kind(
            id="a:1",
            names=(sl.Name(text="A"),),
            **dict.fromkeys(names, ("x",)) | {"identifiers": (), "designations": ()},
        )
        counted = {name for name in figures_of((full,)) if name.startswith("field ")}
        assert counted == {f"field {name}" for name in names - {"identifiers", "designations"}}


@pytest.mark.parametrize(
    ("now", "is_taken"), [(1000, True), (950, True), (949, False), (900, False), (3000, True)]
)
def test_a_twentieth_of_the_entries_may_be_gone(now: int, is_taken: bool) -> None:
    checks = check_figures(
        {"entries": now}, LIMITS, before={"entries": 1000}, against="2021-12-09-00000000"
    )
    assert all(one.passed for one in checks) is is_taken
    assert checks[0] == sl.answers.Check(
        name="entries", value=now, before=1000, least=950, against="2021-12-09-00000000"
    )


@pytest.mark.parametrize(
    "group", ["kind vessel", "list Non-SDN CMIC List", "field births", "identifier IMO number"]
)
def test_a_fifth_of_a_group_may_be_gone_and_never_all(group: str) -> None:
    def judged(now: int, before: int) -> dict[str, tuple[int, int | None]]:
        figures = {"entries": 1000} | ({group: now} if now else {})
        return failed(check_figures(figures, LIMITS, before={"entries": 1000, group: before}))

    assert judged(80, 100) == {}
    assert judged(79, 100) == {group: (79, 80)}
    assert judged(0, 100) == {group: (0, 80)}
    assert judged(15, 20) == {group: (15, 16)}
    assert judged(16, 21) == {group: (16, 17)}, "80 % of 21 are more than 16"
    assert judged(1, 19) == {}, "small groups go up and down"
    assert judged(0, 19) == {group: (0, 1)}, "and do not vanish"
    assert judged(0, 5) == {group: (0, 1)}
    assert judged(0, 4) == {}
    assert judged(500, 100) == {}


def test_a_share_of_one_asks_nothing_of_small_groups_either() -> None:
    limits = sl.catalog.Limits(entries=1, group=1)
    before = {"entries": 15, "kind vessel": 12, "kind person": 100}
    assert failed(check_figures({"entries": 1}, limits, before=before)) == {}


def test_the_least_is_asked_of_every_edition_and_of_the_first_alone() -> None:
    limits = sl.catalog.Limits(least=300)
    short = check_figures({"entries": 295}, limits, before={"entries": 301})
    assert failed(short) == {"entries": (295, 300)}
    assert failed(check_figures({"entries": 300, "kind person": 1}, limits)) == {}
    assert failed(check_figures({"entries": 299}, limits)) == {"entries": (299, 300)}
    assert failed(check_figures({"entries": 0}, LIMITS)) == {"entries": (0, 1)}
    assert failed(check_figures({}, LIMITS)) == {"entries": (0, 1)}, (
        "nothing counted is nothing there"
    )


def test_of_another_format_only_entries_and_kinds_are_compared() -> None:
    before = {"entries": 1000, "kind vessel": 100, "field aliases": 800, "list SDN List": 1000}
    now = {"entries": 890, "kind person": 890}
    checks = check_figures(
        now, LIMITS, before=before, against="2021-12-09-00000000", same_form=False
    )
    assert failed(checks) == {"entries": (890, 950), "kind vessel": (0, 80)}
    compared = {one.name: (one.before, one.against) for one in checks}
    assert compared["kind vessel"] == (100, "2021-12-09-00000000")
    assert compared["field aliases"] == (None, ""), "it was compared with nothing"


def test_every_figure_has_a_check_also_those_without_a_limit() -> None:
    checks = check_figures(
        {"entries": 10, "kind person": 7}, LIMITS, before={"entries": 10, "kind vessel": 3}
    )
    assert [(one.name, one.value, one.before, one.least) for one in checks] == [
        ("entries", 10, 10, 1),
        ("kind person", 7, 0, None),
        ("kind vessel", 0, 3, None),
    ]


def test_the_checks_of_an_edition_have_all_its_figures(archive: EditionStore) -> None:
    """So that the next edition can be compared with it; what is gone already is not counted again."""
    figures = {"entries": 639, "kind person": 200, "list SDN List": 3, "identifier passport": 1}
    checks = (
        *check_figures(figures, LIMITS, before={"entries": 639, "kind vessel": 3}),
        sl.answers.Check(name="rejected", value=1, most=0),
        sl.answers.Check(name="date", value=20211210, most=20211211),
    )
    held, _ = keep(archive, {"SDN.CSV": b"1"}, checks=checks)
    assert figures_in(held) == figures


# ── the end of a file that may end anywhere ───────────────────────────────────────────────────


def ended(
    before: Sequence[int],
    now: Sequence[int],
    *,
    limits: sl.catalog.Limits = LIMITS,
    bare: range = range(0),
) -> dict[str, int]:
    """The figures of two editions with parties of these keys; those in `bare` lost their aliases."""

    def party(key: int, *, names: int = 2) -> sl.Entity:
        return sl.Entity(
            id=f"watch:{key}", names=tuple(sl.Name(text=f"{key}") for _ in range(names))
        )

    checks = check_end(
        [party(key) for key in before],
        [party(key, names=1 if key in bare else 2) for key in now],
        limits,
        key=lambda one: one.id,
        against="2021-12-09-00000000",
    )
    for one in checks:
        assert (one.most, one.against) == (1, "2021-12-09-00000000")
        assert one.passed is (one.value <= 1)
    return {one.name: one.value for one in checks if one.value}


@pytest.mark.parametrize(
    ("now", "figure"),
    [
        (range(1, 101), 0),
        (range(1, 100), 1),
        (range(1, 99), 2),
        (range(1, 76), 25),
        ([*range(2, 40), *range(50, 99)], 2),  # others are gone in the middle too
        ([key for key in range(1, 101) if key not in (98, 99)], 0),  # the last one stays
        ([*range(1, 50), 200, *range(50, 99)], 2),  # a new one in the middle is none at the end
        ([*range(1, 99), 200], 1),
        ([*range(1, 99), 200, 201], 0),  # the file continues behind those that are gone
        ([*range(100, 0, -1)], 0),
        ([*range(98, 0, -1)], 2),  # also in another order
        (range(1001, 1101), 0),  # all keys are new
    ],
)
def test_how_many_are_gone_from_the_end(now: Sequence[int], figure: int) -> None:
    """Counted in the order of the edition before, without the new ones that stand last now."""
    found = ended(range(1, 101), now)
    assert found == ({"gone from the end": figure} if figure else {})


def test_how_many_lost_their_aliases_at_the_end() -> None:
    """Which come in a file of their own; entries that are gone are not counted again."""
    whole = range(1, 101)
    assert ended(whole, whole, bare=range(99, 101)) == {"aliases gone from the end": 2}
    assert ended(whole, whole, bare=range(40, 60)) == {}
    assert ended(whole, range(1, 99)) == {"gone from the end": 2}


def test_the_end_of_what_was_small_or_is_asked_for_nothing() -> None:
    assert ended(range(1, 20), range(1, 16)) == {}
    assert ended(range(1, 21), range(1, 17)) == {"gone from the end": 4}
    assert ended(range(1, 101), range(1, 50), limits=sl.catalog.Limits(entries=1)) == {}
