"""What changed between two editions: laws over every field, and what a reader learns."""

from __future__ import annotations

from collections import Counter
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quick import examples

import sanctionslib as sl
from sanctionslib.answers import Amended, Change, Changes
from sanctionslib.model import Country, Designation, Entity, IdStability, Name, NameKind, Vessel
from sanctionslib.query import SanctionsList, diff

from ..export.strategies import KINDS, NOT_COMPARED, entities, fields_of, of_class, of_type
from .builders import listed, on, party, several, to, under
from .editions import FIRM, NEXT, WATCH, applied, by_id, diff_of, edition_of, number, said


def _changes(before: Entity, after: Entity) -> tuple[Change, ...]:
    """What is amended of one party."""
    found = diff(edition_of(before), edition_of(after, edition=NEXT))
    (amended,) = found.amended
    assert (amended.before, amended.after) == (before, after)
    return amended.changes


# ── laws ──────────────────────────────────────────────────────────────────────────────────────


@st.composite
def amended(draw: st.DrawFn, one: Entity) -> Entity:
    """The same party with some fields drawn again, or something else under its id."""
    if draw(st.integers(0, 9)) == 0:
        return attrs.evolve(draw(entities()), id=one.id)
    fields = [(field.name, form) for field, form in fields_of(type(one)) if field.name != "id"]
    chosen = draw(st.lists(st.sampled_from(fields), max_size=3))
    return attrs.evolve(one, **{name: draw(of_type(form)) for name, form in chosen})


@st.composite
def two_editions(draw: st.DrawFn) -> tuple[SanctionsList[Entity], SanctionsList[Entity]]:
    """Two editions of one to three lists, with much in common."""
    some = st.lists(entities(), max_size=4, unique_by=lambda one: one.id)
    before, others = draw(some), draw(some)
    after: list[Entity] = []
    for one in before:
        fate = draw(st.sampled_from(("same", "same", "amended", "amended", "removed", "renamed")))
        if fate == "renamed":
            other = draw(entities())
            after.append(attrs.evolve(one, id=f"{one.list_id}:{other.source_id}"))
        elif fate != "removed":
            after.append(one if fate == "same" else draw(amended(one)))
    after = [*{one.id: one for one in (*after, *others)}.values()]
    if draw(st.booleans()):
        after = draw(st.permutations(after))
    editions: dict[str, sl.Edition] = {}
    for list_id in sorted({one.list_id for one in (*before, *after)}):
        one = attrs.evolve(draw(of_class(sl.Edition)), list_id=list_id)
        editions[list_id] = attrs.evolve(one, id_stability=draw(st.sampled_from(IdStability)))
    newer = {key: attrs.evolve(one, generated_at="later") for key, one in editions.items()}
    return (_placed(before, editions), _placed(after, newer))


def _placed(found: list[Entity], editions: dict[str, sl.Edition]) -> SanctionsList[Entity]:
    return several(
        [attrs.evolve(one, edition=editions[one.list_id]) for one in found], *editions.values()
    )


@examples(60)
@given(two_editions())
def test_a_list_has_not_changed_from_itself(
    both: tuple[SanctionsList[Entity], SanctionsList[Entity]],
) -> None:
    """diff(a, a) is empty, whatever its ids are worth."""
    for one in both:
        found = diff(one, one)
        assert found.is_empty
        assert found == Changes(old=one.editions, new=one.editions, unchanged=len(one))


@examples(200)
@given(two_editions())
def test_applying_gives_the_newer_edition(
    both: tuple[SanctionsList[Entity], SanctionsList[Entity]],
) -> None:
    """a with diff(a, b) is b: the same parties, of which it says the same."""
    old, new = both
    found = diff(old, new)
    made = applied(old, found)
    assert made == by_id(new)
    assert {key: type(one) for key, one in made.items()} == {one.id: type(one) for one in new}
    assert len(found.added) + len(found.amended) + found.unchanged == len(new)
    assert len(found.removed) + len(found.amended) + found.unchanged == len(old)


@examples(100)
@given(two_editions())
def test_there_and_back(both: tuple[SanctionsList[Entity], SanctionsList[Entity]]) -> None:
    """diff(b, a) is diff(a, b) with added and removed, before and after changed over."""
    there, back = diff(*both), diff(*reversed(both))
    assert (there.old, there.new) == (back.new, back.old)
    assert (there.added, there.removed) == (back.removed, back.added)
    assert there.unchanged == back.unchanged
    ways = {
        (one.before.id, one.after.id, one.paired_by): Counter(said(one.changes))
        for one in there.amended
    }
    assert ways == {
        (one.after.id, one.before.id, one.paired_by): Counter(
            (field, after, before) for field, before, after in said(one.changes)
        )
        for one in back.amended
    }


def _every_field() -> list[Any]:
    return [
        pytest.param(kind, field.name, form, id=f"{kind.__name__}.{field.name}")
        for kind in KINDS
        for field, form in fields_of(kind)
        if field.name != "id"
    ]


@pytest.mark.parametrize(("kind", "name", "form"), _every_field())
@examples(25)
@given(data=st.data())
def test_every_field(kind: type[Entity], name: str, form: Any, data: st.DataObject) -> None:
    """A field that is said otherwise is a change of that field; where it was read is none."""
    one = data.draw(of_class(kind))
    before, after = (attrs.evolve(one, **{name: data.draw(of_type(form))}) for _ in range(2))
    old = several([before], attrs.evolve(WATCH, list_id=one.list_id))
    new = several([after], attrs.evolve(NEXT, list_id=one.list_id))
    found = diff(old, new)
    assert applied(old, found) == by_id(new)
    assert (before == after) == found.is_empty
    if name in NOT_COMPARED:
        assert found.is_empty
    if found.amended:
        (amended,) = found.amended
        assert amended.changes
        assert {each.field.partition(".")[0] for each in amended.changes} == {name}
        _adds_up(amended, name)


def _adds_up(amended: Amended, name: str) -> None:
    """The changes of a field tell all that is different: the values before, with them, are after."""
    before, after = getattr(amended.before, name), getattr(amended.after, name)
    changes = [each for each in amended.changes if each.field == name]
    if name == "designations":
        return  # compared field by field: see below
    if not isinstance(before, tuple):
        assert said(changes) == [(name, before, after)]
        return
    values = Counter(before)
    values.subtract(each.before for each in changes if each.before is not None)
    values.update(each.after for each in changes if each.after is not None)
    assert +values == Counter(after)
    assert not -values


@examples(150)
@given(of_class(Designation), of_class(Designation))
def test_every_field_of_a_designation(one: Designation, other: Designation) -> None:
    """The only designation of a party is compared field by field."""
    before = party(sl.Person, "1", designations=(one,))
    after = party(sl.Person, "1", designations=(other,))
    if before == after:
        return
    changes = _changes(before, after)
    different = {
        f"designations.{field.name}"
        for field in attrs.fields(Designation)
        if field.name != "source_id" and getattr(one, field.name) != getattr(other, field.name)
    }
    assert {each.field for each in changes} == different
    assert {each.designation for each in changes} == {0}


# ── what a reader learns ──────────────────────────────────────────────────────────────────────


def _names(*names: Name) -> Entity:
    return attrs.evolve(FIRM, names=names)


FIRST, SECOND, THIRD = FIRM.names
WEAK = Name(text="EXAMPLE TRADE", kind=NameKind.AKA, strength=sl.AliasStrength.WEAK)
STRONG = attrs.evolve(WEAK, strength=sl.AliasStrength.STRONG)
NEW = Name(text="SOMETHING", kind=NameKind.AKA)
NOW_FIRST = attrs.evolve(SECOND, kind=NameKind.PRIMARY)
NOW_FORMER = attrs.evolve(FIRST, kind=NameKind.FKA)
REORDERED = ("names", None, None)


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ((FIRST, WEAK), (FIRST, STRONG), [("names", WEAK, STRONG)]),
        ((FIRST, SECOND, THIRD), (SECOND, THIRD, FIRST), [REORDERED]),
        ((FIRST, SECOND, THIRD), (FIRST, NEW, SECOND, THIRD), [("names", None, NEW)]),
        ((FIRST, NEW, SECOND, THIRD), (FIRST, SECOND, THIRD), [("names", NEW, None)]),
        ((FIRST, SECOND), (FIRST, SECOND, SECOND), [("names", None, SECOND)]),
        (
            (FIRST, SECOND),
            (NOW_FIRST, NOW_FORMER),
            [("names", FIRST, NOW_FORMER), ("names", SECOND, NOW_FIRST), REORDERED],
        ),
        ((FIRST, SECOND), (FIRST, NEW), [("names", SECOND, None), ("names", None, NEW)]),
    ],
    ids=["strength", "order", "one more", "one less", "twice", "primary", "nothing in common"],
)
def test_names(before: tuple[Name, ...], after: tuple[Name, ...], changes: list[object]) -> None:
    """The same name altered is one change; names with nothing in common are never one."""
    found = _changes(_names(*before), _names(*after))
    assert said(found) == changes
    assert [one.is_order for one in found] == [one == REORDERED for one in changes]


def test_the_publishers_key_ties_two_spellings() -> None:
    """A name that was respelt under its key is one change, where the keys last."""
    old = Name(text="EXAMPLE TRAD", kind=NameKind.AKA, source_id="54")
    new = attrs.evolve(old, text="EXAMPLE TRADE")
    before, after = _names(FIRM.names[0], old), _names(FIRM.names[0], new)
    assert said(_changes(before, after)) == [("names", old, new)]
    found = diff_of([before], [after], IdStability.BUILT)
    assert said(found.amended[0].changes) == [("names", old, None), ("names", None, new)]


def test_addresses_are_tied_by_text_or_key() -> None:
    """An address with another street is the same one if the publisher says so."""
    first = attrs.evolve(FIRM.addresses[0], lines=("Road 7",))
    after = attrs.evolve(FIRM, addresses=(FIRM.addresses[1], first))
    assert said(_changes(FIRM, after)) == [
        ("addresses", FIRM.addresses[0], first),
        ("addresses", None, None),
    ]


def test_numbers_are_tied_by_kind_and_key() -> None:
    """A passport with a date of expiry is the same passport."""
    old, new = number("X 1"), number("X1", note="expired")
    other = number("X1", kind=sl.IdentifierKind.NATIONAL_ID)
    before = attrs.evolve(FIRM, identifiers=(old,))
    after = attrs.evolve(FIRM, identifiers=(other, new))
    assert said(_changes(before, after)) == [
        ("identifiers", old, new),
        ("identifiers", None, other),
    ]


def test_links_and_facts() -> None:
    """A link of another kind is one change; a fact is its label and value."""
    site = sl.Feature(label="Website", value="www.example.org")
    before = attrs.evolve(FIRM, relations=(to("EXAMPLE STAR"),), features=(site,))
    owned = attrs.evolve(to("EXAMPLE STAR"), kind=sl.RelationKind.OWNS_OR_CONTROLS)
    other = attrs.evolve(site, value="www.example.com")
    after = attrs.evolve(FIRM, relations=(owned,), features=(other,))
    assert said(_changes(before, after)) == [
        ("features", site, None),
        ("features", None, other),
        ("relations", to("EXAMPLE STAR"), owned),
    ]


def test_a_link_to_a_party_that_has_another_name() -> None:
    """A link is the same where the party that it leads to is, under whatever name it stands."""
    before = attrs.evolve(FIRM, relations=(to("EXAMPLE STAR"), to("EXAMPLE MOON")))
    after = attrs.evolve(FIRM, relations=(to("EXAMPLE SUN"), to("NOBODY")))
    star, moon = party(Vessel, "2", "EXAMPLE STAR"), party(Vessel, "3", "EXAMPLE MOON")
    sun = party(Vessel, "2", "EXAMPLE SUN")
    found = diff(edition_of(before, star, moon), edition_of(after, sun, moon, edition=NEXT))
    assert said(found.amended[0].changes) == [
        ("relations", to("EXAMPLE STAR"), to("EXAMPLE SUN")),
        ("relations", to("EXAMPLE MOON"), None),
        ("relations", None, to("NOBODY")),
    ]
    twin = party(Vessel, "4", "EXAMPLE SUN")
    found = diff(edition_of(before, star, moon), edition_of(after, sun, twin, moon, edition=NEXT))
    assert all(not one.is_altered for one in found.amended[0].changes)


def test_a_program_more_is_that_alone() -> None:
    """The one designation of a party is compared field by field, with its place."""
    after = attrs.evolve(FIRM, designations=(under("GLOMAG", "SDGT", reason="Why."),))
    assert _changes(FIRM, after) == (
        Change(field="designations.programs", after="SDGT", designation=0),
        Change(field="designations.reason", after="Why.", designation=0),
    )


def test_listings_are_tied_by_their_list() -> None:
    """A date of listing that is new is said of its list."""
    before = attrs.evolve(FIRM, designations=(Designation(listings=(on("SDN List"),)),))
    dated = on("SDN List", "2021-12-10")
    after = attrs.evolve(FIRM, designations=(Designation(listings=(dated, on("NS-PLC"))),))
    assert said(_changes(before, after)) == [
        ("designations.listings", on("SDN List"), dated),
        ("designations.listings", None, on("NS-PLC")),
    ]


def test_several_designations() -> None:
    """Of several designations, those that the same authority made for the same list are the same."""
    ours, theirs = (sl.Authority(code=code) for code in ("OFAC", "EU"))
    first = Designation(authority=ours, listings=(on("SDN List"),), programs=("GLOMAG",))
    second = Designation(authority=theirs, programs=("BDI",))
    removed = Designation(authority=theirs, programs=("MMR",))
    before = attrs.evolve(FIRM, designations=(removed, first, second))
    dated = attrs.evolve(second, events=(listed("2021-12-10"),))
    more = attrs.evolve(first, programs=("GLOMAG", "SDGT"))
    after = attrs.evolve(FIRM, designations=(dated, more))
    assert _changes(before, after) == (
        Change(field="designations", before=removed),
        Change(field="designations.events", after=listed("2021-12-10"), designation=0),
        Change(field="designations.programs", after="SDGT", designation=1),
        Change(field="designations"),
    )


def test_a_kind_that_was_told() -> None:
    """A party whose kind is stated now keeps its values; fields that only a kind has are its own."""
    before = party(Entity, "1", raw_kind="Ship")
    after = party(Vessel, "1", tonnage=7, flags=(Country(code="PA"),))
    assert said(_changes(before, after)) == [
        ("kind", "entity", "vessel"),
        ("flags", None, Country(code="PA")),
        ("tonnage", None, 7),
    ]
    assert said(_changes(before, attrs.evolve(before, raw_kind="Boat"))) == [
        ("raw_kind", "Ship", "Boat")
    ]
