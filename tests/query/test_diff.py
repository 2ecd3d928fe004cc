"""What changed between two editions: laws over every field, who is paired with whom, refusals."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sanctionslib as sl
from sanctionslib.answers import Amended, Audit, Change, Changes, Issue, IssueKind, PairedBy
from sanctionslib.errors import InvalidInputError, Where
from sanctionslib.model import (
    Address,
    AliasStrength,
    Authority,
    Country,
    Designation,
    Edition,
    Entity,
    Feature,
    Identifier,
    IdentifierKind,
    IdStability,
    Name,
    NameKind,
    Organization,
    Person,
    Record,
    Scope,
    Vessel,
)
from sanctionslib.query import SanctionsList, diff

from ..export.strategies import KINDS, NOT_SAID, entities, fields_of, of_class, of_type
from .builders import listed, on, party, several, to, under

WATCH = Edition(list_id="watch", format="own", published=date(2021, 12, 9))
NEXT = attrs.evolve(WATCH, published=date(2021, 12, 10))


def _of(*parties: Entity, edition: Edition = WATCH) -> SanctionsList[Entity]:
    return several([attrs.evolve(one, edition=edition) for one in parties], edition)


def _diff(old: Iterable[Entity], new: Iterable[Entity], stability: IdStability) -> Changes:
    editions = [attrs.evolve(one, id_stability=stability) for one in (WATCH, NEXT)]
    return diff(_of(*old, edition=editions[0]), _of(*new, edition=editions[1]))


def _changes(before: Entity, after: Entity) -> tuple[Change, ...]:
    """What is amended of one party."""
    found = diff(_of(before), _of(after, edition=NEXT))
    (amended,) = found.amended
    assert (amended.before, amended.after) == (before, after)
    return amended.changes


def _said(changes: Iterable[Change]) -> list[tuple[str, object, object]]:
    return [(one.field, one.before, one.after) for one in changes]


# ── laws ──────────────────────────────────────────────────────────────────────────────────────


@st.composite
def amended(draw: st.DrawFn, one: Entity) -> Entity:
    """The same party with some fields drawn anew, or something else under its id."""
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
        fate = draw(st.sampled_from(("same", "same", "amended", "amended", "gone", "renamed")))
        if fate == "renamed":
            other = draw(entities())
            after.append(attrs.evolve(one, id=f"{one.list_id}:{other.source_id}"))
        elif fate != "gone":
            after.append(one if fate == "same" else draw(amended(one)))
    after = [*{one.id: one for one in (*after, *others)}.values()]
    if draw(st.booleans()):
        after = draw(st.permutations(after))
    editions: dict[str, Edition] = {}
    for list_id in sorted({one.list_id for one in (*before, *after)}):
        one = attrs.evolve(draw(of_class(Edition)), list_id=list_id)
        editions[list_id] = attrs.evolve(one, id_stability=draw(st.sampled_from(IdStability)))
    newer = {key: attrs.evolve(one, generated_at="later") for key, one in editions.items()}
    return (_placed(before, editions), _placed(after, newer))


def _placed(found: list[Entity], editions: dict[str, Edition]) -> SanctionsList[Entity]:
    return several(
        [attrs.evolve(one, edition=editions[one.list_id]) for one in found], *editions.values()
    )


@settings(max_examples=60)
@given(two_editions())
def test_a_list_has_not_changed_from_itself(
    both: tuple[SanctionsList[Entity], SanctionsList[Entity]],
) -> None:
    """diff(a, a) is empty, whatever its ids are worth."""
    for one in both:
        found = diff(one, one)
        assert found.is_empty
        assert found == Changes(old=one.editions, new=one.editions, unchanged=len(one))


@settings(max_examples=200)
@given(two_editions())
def test_applying_gives_the_newer_edition(
    both: tuple[SanctionsList[Entity], SanctionsList[Entity]],
) -> None:
    """a with diff(a, b) is b: the same parties, saying the same, in the same order."""
    old, new = both
    found = diff(old, new)
    made = old.apply(found)
    assert made == new
    assert made.editions == new.editions
    assert [type(one) for one in made] == [type(one) for one in new]
    assert [one.edition for one in made] == [one.edition for one in new]
    assert len(found.added) + len(found.amended) + found.unchanged == len(new)
    assert len(found.removed) + len(found.amended) + found.unchanged == len(old)


@settings(max_examples=100)
@given(two_editions())
def test_there_and_back(both: tuple[SanctionsList[Entity], SanctionsList[Entity]]) -> None:
    """diff(b, a) is diff(a, b) with added and removed, before and after changed over."""
    there, back = diff(*both), diff(*reversed(both))
    assert (there.old, there.new) == (back.new, back.old)
    assert (there.added, there.removed) == (back.removed, back.added)
    assert there.unchanged == back.unchanged
    ways = {
        (one.before.id, one.after.id, one.paired_by): Counter(_said(one.changes))
        for one in there.amended
    }
    assert ways == {
        (one.after.id, one.before.id, one.paired_by): Counter(
            (field, after, before) for field, before, after in _said(one.changes)
        )
        for one in back.amended
    }


@settings(max_examples=60)
@given(two_editions())
def test_changes_travel(both: tuple[SanctionsList[Entity], SanctionsList[Entity]]) -> None:
    """What was found comes back from JSON, and still gives the newer edition."""
    found = diff(*both)
    back = sl.from_dict(json.loads(json.dumps(sl.to_dict(found))), Changes)
    assert back == found
    assert both[0].apply(back) == both[1]


def _every_field() -> list[Any]:
    return [
        pytest.param(kind, field.name, form, id=f"{kind.__name__}.{field.name}")
        for kind in KINDS
        for field, form in fields_of(kind)
        if field.name != "id"
    ]


@pytest.mark.parametrize(("kind", "name", "form"), _every_field())
@settings(max_examples=25)
@given(data=st.data())
def test_every_field(kind: type[Entity], name: str, form: Any, data: st.DataObject) -> None:
    """A field that is said otherwise is a change of that field; where it was read is none."""
    one = data.draw(of_class(kind))
    before, after = (attrs.evolve(one, **{name: data.draw(of_type(form))}) for _ in range(2))
    old = several([before], attrs.evolve(WATCH, list_id=one.list_id))
    new = several([after], attrs.evolve(NEXT, list_id=one.list_id))
    found = diff(old, new)
    assert old.apply(found) == new
    assert (before == after) == found.is_empty
    if name in NOT_SAID:
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
        return  # told from the inside: see below
    if not isinstance(before, tuple):
        assert _said(changes) == [(name, before, after)]
        return
    values = Counter(before)
    values.subtract(each.before for each in changes if each.before is not None)
    values.update(each.after for each in changes if each.after is not None)
    assert +values == Counter(after)
    assert not -values


@settings(max_examples=150)
@given(of_class(Designation), of_class(Designation))
def test_every_field_of_a_designation(one: Designation, other: Designation) -> None:
    """The only designation of a party is told from the inside, field by field."""
    before = party(Person, "1", designations=(one,))
    after = party(Person, "1", designations=(other,))
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


# ── who is who ────────────────────────────────────────────────────────────────────────────────


def _number(value: str, country: str | None = None, **fields: Any) -> Identifier:
    issuer = None if country is None else Country(code=country)
    kind = fields.pop("kind", IdentifierKind.PASSPORT)
    return Identifier(kind=kind, value=value, country=issuer, **fields)


def _pairs(found: Changes) -> list[tuple[str, str, PairedBy]]:
    return [(one.before.source_id, one.after.source_id, one.paired_by) for one in found.amended]


def test_lasting_ids_are_the_parties() -> None:
    """With ids that last, another id is another party, though it has the same name and number."""
    old = party(Person, "1", "EXAMPLE A", identifiers=(_number("X1"),))
    new = attrs.evolve(old, id="watch:2")
    found = _diff([old], [new], IdStability.STABLE)
    assert (found.removed, found.added, found.amended) == ((old,), (new,), ())
    renamed = party(Vessel, "1", "EXAMPLE B")
    found = _diff([old], [renamed], IdStability.STABLE)
    assert _pairs(found) == [("1", "1", PairedBy.ID)]
    assert ("kind", "person", "vessel") in _said(found.amended[0].changes)


@pytest.mark.parametrize("stability", [IdStability.EDITION, IdStability.BUILT])
def test_names_pair_where_ids_do_not_last(stability: IdStability) -> None:
    """Equal primary name and kind pair two entries; their ids are then a field that was amended."""
    old = party(Person, "a1", "EXAMPLE A")
    new = party(Person, "b2", "EXAMPLE A", remarks="More.")
    found = _diff([old], [new], stability)
    assert _pairs(found) == [("a1", "b2", PairedBy.NAME)]
    assert _said(found.amended[0].changes) == [
        ("id", "watch:a1", "watch:b2"),
        ("remarks", None, "More."),
    ]


@pytest.mark.parametrize("stability", [IdStability.EDITION, IdStability.BUILT])
def test_another_kind_is_another_party(stability: IdStability) -> None:
    """A ship is not the person of the same name."""
    old, new = party(Person, "a1", "EXAMPLE A"), party(Vessel, "b2", "EXAMPLE A")
    assert not _diff([old], [new], stability).amended


@pytest.mark.parametrize("stability", [IdStability.EDITION, IdStability.BUILT])
def test_a_name_that_two_have_pairs_nobody(stability: IdStability) -> None:
    """A name pairs only if it is there once on each side; then a number may, by the same rule."""
    old = [
        party(Person, "a1", "EXAMPLE A", identifiers=(_number("X 1"),)),
        party(Person, "a2", "EXAMPLE A", identifiers=(_number("X 2"),)),
        party(Person, "a3", "EXAMPLE A"),
    ]
    new = [
        party(Person, "b1", "EXAMPLE A"),
        party(Person, "b2", "EXAMPLE A", identifiers=(_number("x-2"), _number("X 9"))),
    ]
    found = _diff(old, new, stability)
    assert _pairs(found) == [("a2", "b2", PairedBy.IDENTIFIER)]
    assert [one.source_id for one in found.removed] == ["a1", "a3"]
    assert [one.source_id for one in found.added] == ["b1"]


@pytest.mark.parametrize(
    ("old", "new", "paired"),
    [
        ([_number("X1")], [_number("X1")], True),
        ([_number("X1", "BD")], [_number("X1", "BD")], True),
        ([_number("X1", "BD")], [_number("X1")], True),
        ([_number("X1", "BD")], [_number("X1", "PK")], False),
        ([_number("X1")], [_number("X1", kind=IdentifierKind.TAX)], False),
        ([_number("X1", kind=None)], [_number("X1", kind=None)], False),
        ([_number("--")], [_number("--")], False),
        ([_number("0")], [_number("0")], False),
        ([_number("000-000")], [_number("000000")], False),
        ([_number("UNKNOWN")], [_number("unknown")], False),
        ([_number("12345678")], [_number("12345678")], False),
        ([_number("X1"), _number("X1")], [_number("X1")], True),
    ],
)
def test_which_numbers_pair(old: list[Identifier], new: list[Identifier], paired: bool) -> None:
    """A number pairs by its kind and key, and not where two countries issued it."""
    one = party(Organization, "a1", "EXAMPLE A", identifiers=tuple(old))
    other = party(Organization, "b1", "EXAMPLE B", identifiers=tuple(new))
    found = _diff([one], [other], IdStability.EDITION)
    assert bool(found.amended) is paired


def test_a_number_makes_no_person_of_a_firm() -> None:
    """A person with the tax number of a firm is not that firm; of no stated kind it can be either."""
    tax = (_number("7707083893", kind=IdentifierKind.TAX),)
    firm = party(Organization, "a1", "EXAMPLE A", identifiers=tax)
    owner = party(Person, "b1", "EXAMPLE B", identifiers=tax)
    unsaid = party(Entity, "b1", "EXAMPLE B", identifiers=tax)
    assert not _diff([firm], [owner], IdStability.BUILT).amended
    assert _pairs(_diff([firm], [unsaid], IdStability.BUILT)) == [("a1", "b1", PairedBy.IDENTIFIER)]


def test_who_stays_has_the_name_too() -> None:
    """Of two of one name, one stays and one goes: who comes with that name is not known for either."""
    stays = party(Person, "a1", "EXAMPLE A", identifiers=(_number("X1"),))
    goes = party(Person, "a2", "EXAMPLE A", identifiers=(_number("X2"),))
    comes = party(Person, "b3", "EXAMPLE A", remarks="More.")
    for stability in (IdStability.EDITION, IdStability.BUILT):
        found = _diff([stays, goes], [stays, comes], stability)
        assert (found.removed, found.added, found.unchanged) == ((goes,), (comes,), 1)
        found = _diff([goes], [stays, comes], stability)
        assert (found.removed, found.added) == ((goes,), (stays, comes))
    with_number = attrs.evolve(
        comes, names=(Name(text="EXAMPLE B"),), identifiers=stays.identifiers
    )
    found = _diff([stays, goes], [stays, with_number], IdStability.EDITION)
    assert (found.removed, found.added) == ((goes,), (with_number,))


def test_keys_of_another_publisher_last() -> None:
    """In a list that repeats others, a key of a space that is shared lasts as it does there."""
    old = party(Person, "1", "EXAMPLE A", id_space="ofac")
    new = attrs.evolve(old, id="watch:2")
    found = _diff([old], [new], IdStability.EDITION)
    assert (found.removed, found.added) == ((old,), (new,))


def test_entities_of_ones_own_beside_an_edition() -> None:
    """A list of one's own that only one of two combined lists has would look removed."""
    edition = Edition(list_id="watch")
    with_edition = SanctionsList([party(Person, "1")], edition)
    mine = SanctionsList([sl.Person(id="mine:1", names=(Name(text="EXAMPLE A"),))])
    both = sl.combine(with_edition, mine)
    assert not sl.diff(both, both)
    for old, new in ((both, with_edition), (with_edition, both)):
        with pytest.raises(InvalidInputError, match=r"different lists: .*mine"):
            sl.diff(old, new)


def test_rejected_entries_without_a_key() -> None:
    """Entries that could not be read and have no key are the same only if they say the same."""

    def having(*broken: str) -> SanctionsList[Entity]:
        issues = tuple(
            Issue(
                kind=IssueKind.REJECTED,
                message="broken",
                where=Where(line=line),
                record=Record(("Name",), (text,)),
            )
            for line, text in enumerate(broken)
        )
        return SanctionsList.of_editions([], [WATCH], Audit(read=len(broken), issues=issues))

    assert not diff(having("A", "B"), having("B", "A"))
    with pytest.raises(InvalidInputError, match="could not be read"):
        diff(having("A"), having("B"))


def test_numbers_that_lead_to_two_parties_pair_nobody() -> None:
    """Where the numbers of one entry are those of two others, nobody can say which it is."""
    old = [party(Person, "a1", "EXAMPLE A", identifiers=(_number("X1"), _number("X2")))]
    new = [
        party(Person, "b1", "EXAMPLE B", identifiers=(_number("X1"),)),
        party(Person, "b2", "EXAMPLE C", identifiers=(_number("X2"),)),
    ]
    assert not _diff(old, new, IdStability.BUILT).amended
    assert not _diff(new, old, IdStability.BUILT).amended


def test_ids_of_an_edition_that_stay_are_the_party() -> None:
    """An id that is in both editions is the same party, before names are looked at."""
    old = [party(Person, "a1", "EXAMPLE A"), party(Person, "a2", "EXAMPLE B")]
    new = [party(Person, "a1", "EXAMPLE B"), party(Person, "a3", "EXAMPLE A")]
    found = _diff(old, new, IdStability.EDITION)
    assert _pairs(found) == [("a1", "a1", PairedBy.ID)]
    assert [one.source_id for one in found.removed] == ["a2"]


def test_ids_that_are_built_mean_nothing() -> None:
    """Where entries are numbered anew, the same number may be someone else; names tell."""
    old = [party(Person, "1", "EXAMPLE A"), party(Person, "2", "EXAMPLE B")]
    new = [party(Person, "1", "EXAMPLE B"), party(Person, "2", "EXAMPLE C")]
    found = _diff(old, new, IdStability.BUILT)
    assert _pairs(found) == [("2", "1", PairedBy.NAME)]
    assert [one.name for one in found.removed] == ["EXAMPLE A"]
    assert [one.name for one in found.added] == ["EXAMPLE C"]
    assert _of(*old, edition=found.old[0]).apply(found) == _of(*new, edition=found.new[0])


def test_keys_of_ours_are_built_in_any_list() -> None:
    """A key that starts with "~" is ours, also where the publisher's own keys last."""
    old = [party(Person, "~a", "EXAMPLE A"), party(Person, "~b", "EXAMPLE B")]
    new = [party(Person, "~b", "EXAMPLE A"), party(Person, "7", "EXAMPLE B")]
    found = _diff(old, new, IdStability.STABLE)
    assert _pairs(found) == [("~a", "~b", PairedBy.NAME), ("~b", "7", PairedBy.NAME)]


def test_pairs_stay_within_their_list() -> None:
    """Parties of two lists are never paired."""
    lists = [
        [attrs.evolve(one, list_id=key, id_stability=IdStability.BUILT) for key in ("a", "b")]
        for one in (WATCH, NEXT)
    ]
    old = several([party(Person, "a:1", "EXAMPLE A")], *lists[0])
    new = several([party(Person, "b:1", "EXAMPLE A")], *lists[1])
    found = diff(old, new)
    assert (len(found.added), len(found.removed)) == (1, 1)


# ── what a reader is told ─────────────────────────────────────────────────────────────────────

FIRM = party(
    Organization,
    "1",
    "EXAMPLE TRADING LLC",
    "EXAMPLE TRADE",
    "EXAMPLE LTD",
    addresses=(Address(city="Dhaka", source_id="a1"), Address(city="Sylhet", source_id="a2")),
    designations=(under("GLOMAG"),),
)


def _names(*names: Name) -> Entity:
    return attrs.evolve(FIRM, names=names)


def test_an_alias_that_became_strong_is_one_change() -> None:
    """The same name told otherwise is one change, with both."""
    weak = Name(text="EXAMPLE TRADE", kind=NameKind.AKA, strength=AliasStrength.WEAK)
    strong = attrs.evolve(weak, strength=AliasStrength.STRONG)
    first = FIRM.names[0]
    assert _said(_changes(_names(first, weak), _names(first, strong))) == [("names", weak, strong)]


def test_names_in_another_order_are_none_gone_and_none_new() -> None:
    """Another order is said as such."""
    (change,) = _changes(FIRM, attrs.evolve(FIRM, names=(*FIRM.names[1:], FIRM.names[0])))
    assert change == Change(field="names")
    assert change.is_order


def test_a_name_more_does_not_move_the_others() -> None:
    """What was put in between or taken out is that alone."""
    other = Name(text="EXAMPLE NEW", kind=NameKind.AKA)
    longer = _names(FIRM.names[0], other, *FIRM.names[1:])
    assert _said(_changes(FIRM, longer)) == [("names", None, other)]
    assert _said(_changes(longer, FIRM)) == [("names", other, None)]


def test_a_name_given_twice() -> None:
    """Repetition counts."""
    twice = _names(*FIRM.names, FIRM.names[1])
    assert _said(_changes(FIRM, twice)) == [("names", None, FIRM.names[1])]


def test_names_that_changed_places_with_the_primary_one() -> None:
    """Each name keeps its text and changes its role."""
    first, second = FIRM.names[:2]
    found = _said(
        _changes(
            _names(first, second),
            _names(
                attrs.evolve(second, kind=NameKind.PRIMARY),
                attrs.evolve(first, kind=NameKind.FKA),
            ),
        )
    )
    assert found[:2] == [
        ("names", first, attrs.evolve(first, kind=NameKind.FKA)),
        ("names", second, attrs.evolve(second, kind=NameKind.PRIMARY)),
    ]
    assert found[2:] == [("names", None, None)]


def test_what_nothing_ties_is_gone_and_new() -> None:
    """Two names without anything in common are not said to be one, though each is the only one."""
    old, new = (Name(text=text, kind=NameKind.AKA) for text in ("EXAMPLE A", "SOMETHING"))
    first = FIRM.names[0]
    assert _said(_changes(_names(first, old), _names(first, new))) == [
        ("names", old, None),
        ("names", None, new),
    ]


def test_the_publishers_key_ties_two_spellings() -> None:
    """A name that was spelt anew under its key is one change, where the keys last."""
    old = Name(text="EXAMPLE TRAD", kind=NameKind.AKA, source_id="54")
    new = attrs.evolve(old, text="EXAMPLE TRADE")
    before, after = _names(FIRM.names[0], old), _names(FIRM.names[0], new)
    assert _said(_changes(before, after)) == [("names", old, new)]
    found = _diff([before], [after], IdStability.BUILT)
    assert _said(found.amended[0].changes) == [("names", old, None), ("names", None, new)]


def test_addresses_are_tied_by_text_or_key() -> None:
    """An address with another street is the same one if the publisher says so."""
    first = attrs.evolve(FIRM.addresses[0], lines=("Road 7",))
    after = attrs.evolve(FIRM, addresses=(FIRM.addresses[1], first))
    assert _said(_changes(FIRM, after)) == [
        ("addresses", FIRM.addresses[0], first),
        ("addresses", None, None),
    ]


def test_numbers_are_tied_by_kind_and_key() -> None:
    """A passport with a date of expiry is the same passport."""
    old, new = _number("X 1"), _number("X1", note="expired")
    other = _number("X1", kind=IdentifierKind.NATIONAL_ID)
    before = attrs.evolve(FIRM, identifiers=(old,))
    after = attrs.evolve(FIRM, identifiers=(other, new))
    assert _said(_changes(before, after)) == [
        ("identifiers", old, new),
        ("identifiers", None, other),
    ]


def test_links_and_facts() -> None:
    """A link whose kind is told otherwise is one change; a fact is its label and value."""
    site = Feature(label="Website", value="www.example.org")
    before = attrs.evolve(FIRM, relations=(to("EXAMPLE STAR"),), features=(site,))
    owned = attrs.evolve(to("EXAMPLE STAR"), kind=sl.RelationKind.OWNS_OR_CONTROLS)
    other = attrs.evolve(site, value="www.example.com")
    after = attrs.evolve(FIRM, relations=(owned,), features=(other,))
    assert _said(_changes(before, after)) == [
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
    found = diff(_of(before, star, moon), _of(after, sun, moon, edition=NEXT))
    assert _said(found.amended[0].changes) == [
        ("relations", to("EXAMPLE STAR"), to("EXAMPLE SUN")),
        ("relations", to("EXAMPLE MOON"), None),
        ("relations", None, to("NOBODY")),
    ]
    twin = party(Vessel, "4", "EXAMPLE SUN")
    found = diff(_of(before, star, moon), _of(after, sun, twin, moon, edition=NEXT))
    assert all(not one.is_altered for one in found.amended[0].changes)


def test_a_program_more_is_that_alone() -> None:
    """The one designation of a party is told field by field, with its place."""
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
    assert _said(_changes(before, after)) == [
        ("designations.listings", on("SDN List"), dated),
        ("designations.listings", None, on("NS-PLC")),
    ]


def test_several_designations() -> None:
    """Of several designations, those that the same authority made for the same list are the same."""
    ours, theirs = (Authority(code=code) for code in ("OFAC", "EU"))
    first = Designation(authority=ours, listings=(on("SDN List"),), programs=("GLOMAG",))
    second = Designation(authority=theirs, programs=("BDI",))
    gone = Designation(authority=theirs, programs=("MMR",))
    before = attrs.evolve(FIRM, designations=(gone, first, second))
    told = attrs.evolve(second, events=(listed("2021-12-10"),))
    more = attrs.evolve(first, programs=("GLOMAG", "SDGT"))
    after = attrs.evolve(FIRM, designations=(told, more))
    assert _changes(before, after) == (
        Change(field="designations", before=gone),
        Change(field="designations.events", after=listed("2021-12-10"), designation=0),
        Change(field="designations.programs", after="SDGT", designation=1),
        Change(field="designations"),
    )


def test_raw_text_counts_where_it_is_all_we_have() -> None:
    """Two spellings of one country are no change; two regions without a code are one."""
    before, after = (
        attrs.evolve(FIRM, addresses=(Address(country=Country(code="MM", raw=raw)),))
        for raw in ("Burma", "Myanmar")
    )
    assert diff(_of(before), _of(after, edition=NEXT)).is_empty
    before, after = (
        attrs.evolve(FIRM, registered_in=(Country(raw=raw),)) for raw in ("Gaza", "Region: Gaza")
    )
    assert len(_changes(before, after)) == 2


def test_a_kind_that_was_told() -> None:
    """A party whose kind is stated now keeps its values; fields that only a kind has are its own."""
    before = party(Entity, "1", raw_kind="Ship")
    after = party(Vessel, "1", tonnage=7, flags=(Country(code="PA"),))
    assert _said(_changes(before, after)) == [
        ("kind", "entity", "vessel"),
        ("flags", None, Country(code="PA")),
        ("tonnage", None, 7),
    ]
    assert _said(_changes(before, attrs.evolve(before, raw_kind="Boat"))) == [
        ("raw_kind", "Ship", "Boat")
    ]


def test_where_it_was_read_is_no_change() -> None:
    """Another line, another raw record, another key of a value: the list says the same."""
    after = attrs.evolve(
        FIRM,
        origins=(sl.Origin(line=7),),
        id_space="other",
        record=sl.Record(("a",), ("b",)),
        addresses=tuple(attrs.evolve(one, source_id="x") for one in FIRM.addresses),
    )
    found = diff(_of(FIRM), _of(after, edition=NEXT))
    assert found.is_empty
    assert found.unchanged == 1


def test_moved_parties_are_as_few_as_can_be() -> None:
    """One party that stands elsewhere is one that has moved, not all that it passed."""
    old = [party(Person, str(number), f"EXAMPLE {number}") for number in range(9)]
    new = [*old[1:5], old[0], *old[5:]]
    assert diff(_of(*old), _of(*new, edition=NEXT)).positions == (("watch:0", 4),)


# ── refusals ──────────────────────────────────────────────────────────────────────────────────


def _refused(old: object, new: object, what: str) -> InvalidInputError:
    with pytest.raises(InvalidInputError, match=what) as caught:
        diff(old, new)  # type: ignore[arg-type]
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize("what", [None, [], "SDN.XML", [FIRM]])
def test_only_lists_are_compared(what: object) -> None:
    """Something that is no list is refused, on either side."""
    _refused(what, _of(FIRM), "is no list that can be compared")
    _refused(_of(FIRM), what, "is no list that can be compared")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"list_id": "other"}, "different lists: watch, and other"),
        ({"format": "xml"}, "the formats differ"),
        ({"scope": Scope.SAMPLE}, "not the same part of the list"),
        ({"scope": Scope.CUSTOM, "filter": "program=A"}, "not the same part of the list"),
        ({"filter": "program=A"}, "not the same part of the list"),
        ({"missing": ("ADD.CSV",)}, "different things are missing"),
        ({"published": date(2021, 12, 8)}, "the older edition comes second"),
    ],
)
def test_editions_that_do_not_agree(change: dict[str, Any], what: str) -> None:
    """A part against a whole, one format against another, or new against old is no comparison."""
    other = attrs.evolve(WATCH, **change)
    _refused(_of(FIRM), several([], other), what)
    if "published" not in change:
        _refused(several([], other), _of(FIRM), what.partition(":")[0])


@pytest.mark.parametrize("published", [None, WATCH.published, NEXT.published])
def test_editions_that_agree(published: date | None) -> None:
    """An undated edition, one of the same day, or the same edition itself can be compared."""
    other = attrs.evolve(WATCH, published=published)
    assert diff(_of(FIRM), _of(FIRM, edition=other)).is_empty


def test_equal_parts_can_be_compared() -> None:
    """Two exports by the same filter, and two sets without the same file, are alike."""
    part = attrs.evolve(WATCH, scope=Scope.CUSTOM, filter="program=A", missing=("ADD.CSV",))
    newer = attrs.evolve(part, published=NEXT.published)
    assert diff(_of(FIRM, edition=part), _of(FIRM, edition=newer)).unchanged == 1


def test_selections_are_refused(sdn: SanctionsList[Entity]) -> None:
    """Who no longer meets a condition would look removed: also two equal selections are refused."""
    for part in (sdn.where(program="GLOMAG"), sdn[:3]):
        error = _refused(part, part, "would look removed")
        assert ".base" in error.hint
    assert diff(sdn.where(program="GLOMAG").base, sdn).is_empty


def test_fewer_entries_than_declared_are_refused() -> None:
    """A file that was cut is never compared, not even with another one of the same length."""
    short = SanctionsList.of_editions([FIRM], [WATCH], Audit(declared=7, read=1, built=1))
    _refused(short, short, "1 of the 7 entries that it declares")


def test_entries_that_could_not_be_read() -> None:
    """An entry that is rejected in one file alone would look removed; the same one in both does not."""

    def held(edition: Edition, *entries: str) -> SanctionsList[Entity]:
        issues = tuple(
            Issue(kind=IssueKind.REJECTED, message="no name", where=Where(entry=entry))
            for entry in entries
        )
        read = 1 + len(entries)
        return SanctionsList.of_editions([FIRM], [edition], Audit(read=read, issues=issues))

    assert diff(held(WATCH, "7"), held(NEXT, "7")).unchanged == 1
    for ours, theirs in ((("7",), ()), ((), ("7",)), (("7",), ("8",))):
        _refused(held(WATCH, *ours), held(NEXT, *theirs), "other entries could not be read")


def test_lists_of_ones_own() -> None:
    """Without editions, the ids say which list it is; an empty one may be of any."""
    mine, other = sl.SanctionsList([FIRM]), sl.SanctionsList([party(Person, "other:1")])
    assert diff(mine, mine).unchanged == 1
    assert diff(sl.SanctionsList([]), mine).added == (FIRM,)
    assert diff(mine, sl.SanctionsList([])).removed == (FIRM,)
    _refused(mine, other, "different lists: watch, and other")
    _refused(mine, _of(FIRM), "only one of the two lists of watch says which edition")


def test_the_same_list_twice_is_refused() -> None:
    """A side that holds two editions of a list says two things of one party."""
    twice = several([FIRM], WATCH, NEXT)
    _refused(twice, twice, "several editions of watch")
    doubled = several([FIRM, FIRM], WATCH)
    _refused(doubled, doubled, "an id occurs twice")


# ── applying ──────────────────────────────────────────────────────────────────────────────────


def test_changes_of_another_list_are_not_applied() -> None:
    """Changes fit the list that they were made from, and no other."""
    after = attrs.evolve(FIRM, remarks="More.")
    found = diff(_of(FIRM), _of(after, edition=NEXT))
    assert _of(FIRM).apply(found) == _of(after, edition=NEXT)
    with pytest.raises(InvalidInputError, match="the changes are those of"):
        _of(FIRM, edition=NEXT).apply(found)
    for other in ([after], [], [FIRM, party(Person, "2")], [party(Person, "2")]):
        with pytest.raises(InvalidInputError, match="do not fit this list"):
            _of(*other).apply(found)


def test_changes_that_were_tampered_with_are_not_applied() -> None:
    """A position of nobody, or none for somebody who was added, is found out."""
    new = _of(FIRM, party(Person, "2"), edition=NEXT)
    found = diff(_of(FIRM), new)
    assert found.positions == (("watch:2", 1),)
    for positions in (
        (),
        (("watch:2", 9),),
        (("watch:3", 1),),
        (*found.positions, ("watch:9", 0)),
        (*found.positions, ("watch:1", 1)),
    ):
        with pytest.raises(InvalidInputError, match="do not fit this list"):
            _of(FIRM).apply(attrs.evolve(found, positions=positions))


def test_the_newer_edition_is_of_its_own_file() -> None:
    """What is unchanged is of the newer edition, without the place that it had in the older file."""
    read = attrs.evolve(FIRM, origins=(sl.Origin(line=7),), record=sl.Record(("a",), ("b",)))
    (made,) = _of(read).apply(diff(_of(read), _of(FIRM, edition=NEXT)))
    assert (made.edition, made.origins, made.record) == (NEXT, (), None)
