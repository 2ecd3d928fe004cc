"""What holds for every class of the model: values are frozen, comparable, printable, portable."""

from __future__ import annotations

import copy
import datetime
import enum
import functools
import inspect
import pickle
import types
import typing

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from quick import examples

from sanctionslib import model
from sanctionslib.model import (
    Address,
    Aircraft,
    Authority,
    Birth,
    Country,
    Designation,
    Edition,
    Entity,
    EntityRef,
    Event,
    EventKind,
    Fact,
    Feature,
    Identifier,
    IdentifierKind,
    LegalBasis,
    Listing,
    Measure,
    MeasureKind,
    Name,
    NameKind,
    NamePart,
    Nationality,
    Organization,
    Origin,
    PartialDate,
    Person,
    Place,
    Program,
    Relation,
    RelationKind,
    Source,
    Vessel,
)

ENTITIES = (Entity, Person, Organization, Vessel, Aircraft)
CLASSES = tuple(
    one
    for name in model.__all__
    if isinstance(one := getattr(model, name), type) and attrs.has(one)
)
VALUES = tuple(one for one in CLASSES if one not in ENTITIES)

REQUIRED: dict[type, set[str]] = {
    **{one: {"id", "names"} for one in ENTITIES},
    Authority: {"code"},
    Edition: {"list_id"},
    Event: {"kind", "date"},
    Feature: {"label", "value"},
    Identifier: {"value"},
    LegalBasis: {"title"},
    Listing: {"list_name"},
    Measure: {"kind"},
    Name: {"text"},
    NamePart: {"kind", "text"},
    Nationality: {"country"},
    Program: {"code"},
    Relation: {"to"},
}
"""What cannot be left out; of the other classes everything can."""

OUTSIDE: dict[type, set[str]] = {
    **{one: {"edition", "id_space", "origins", "source"} for one in ENTITIES},
    Address: {"source_id", "group_id"},
    Birth: {"source_id"},
    Designation: {"source_id"},
    Edition: {
        "category",
        "id_stability",
        "lists",
        "members",
        "supported_facts",
        "alternative_sources",
    },
    Feature: {"source_id"},
    Identifier: {"source_id", "name_id"},
    LegalBasis: {"source_id"},
    Listing: {"source_id"},
    Name: {"source_id", "group_id"},
    Nationality: {"source_id"},
    Relation: {"source_id"},
}
"""Publishers' keys and provenance: outside equality, always."""


def _outside(one: object) -> set[str]:
    """The fields that do not count when this value is compared: raw text beside a reading too."""
    found = set(OUTSIDE.get(type(one), ()))
    if (
        (isinstance(one, Country) and one.code)
        or (isinstance(one, PartialDate) and one.is_read)
        or (isinstance(one, Measure) and one.kind is not None)
    ):
        found.add("raw")
    elif (isinstance(one, (Name, Identifier, Relation, Event)) and one.kind is not None) or (
        isinstance(one, Entity) and type(one) is not Entity
    ):
        found.add("raw_kind")
    return found


# ── any value of any class ────────────────────────────────────────────────────────────────────

_TEXT = st.text(max_size=4) | st.sampled_from(["Block", "a.k.a.", "Bangladesh"])
_PLAIN: dict[object, st.SearchStrategy[typing.Any]] = {
    str: _TEXT,
    int: st.integers(0, 9999),
    bool: st.booleans(),
    type(None): st.none(),
    datetime.date: st.dates(),
    datetime.datetime: st.datetimes(timezones=st.just(datetime.UTC)),
    PartialDate: st.one_of(
        st.builds(PartialDate.day, st.dates(), circa=st.booleans(), raw=_TEXT),
        st.builds(PartialDate.month, st.integers(1, 9999), st.integers(1, 12), raw=_TEXT),
        st.builds(PartialDate.year, st.integers(1, 9999), raw=_TEXT),
        st.builds(PartialDate.between, st.dates(), st.none(), raw=_TEXT),
        st.builds(PartialDate.parse, st.sampled_from(["unknown", "", "31 Feb 1971"])),
    ),
    Source: st.lists(st.tuples(_TEXT, _TEXT), max_size=2).map(
        lambda pairs: Source(tuple(one for one, _ in pairs), tuple(one for _, one in pairs))
    ),
}


@functools.cache
def _any_of(hint: typing.Any) -> st.SearchStrategy[typing.Any]:
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*map(_any_of, args))
    if origin is typing.Literal:
        return st.sampled_from(args)
    if origin is tuple and args[-1] is ...:
        return st.lists(st.deferred(lambda: _any_of(args[0])), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(_any_of, args))
    if origin is frozenset:
        return st.frozensets(_any_of(args[0]), max_size=3)
    if issubclass(hint, enum.Enum):
        return st.sampled_from(hint)
    hints = typing.get_type_hints(hint)
    return st.builds(
        hint, **{field.name: _any_of(hints[field.name]) for field in attrs.fields(hint)}
    )


FEW = examples(20)
"""Each law runs for each class, and most fields are of the same sorts."""


def _each(classes: tuple[type, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("cls", classes, ids=[one.__name__ for one in classes])


def _all_fields(one: typing.Any) -> dict[str, object]:
    return {field.name: getattr(one, field.name) for field in attrs.fields(type(one))}


# ── the shape of the classes ──────────────────────────────────────────────────────────────────


def test_all_classes_are_covered() -> None:
    """Every class that the package exports is an attrs class of these tests, an enum, or `Source`."""
    others = {
        name
        for name in model.__all__
        if (one := getattr(model, name)) not in CLASSES
        and not (isinstance(one, type) and issubclass(one, enum.Enum))
    }
    assert others == {"Source", "identifier_key"}
    assert {*REQUIRED, *OUTSIDE} <= set(CLASSES)


@_each(CLASSES)
def test_only_the_essential_is_required(cls: type) -> None:
    """Everything but ids, names and what makes a value a value has a default."""
    required = {one.name for one in attrs.fields(cls) if one.default is attrs.NOTHING}
    assert required == REQUIRED.get(cls, set())


@_each(CLASSES)
def test_values_are_made_with_keywords(cls: type) -> None:
    """Every class takes keywords alone, so that fields can be added."""
    kinds = {one.kind for one in inspect.signature(cls).parameters.values()}
    assert kinds == {inspect.Parameter.KEYWORD_ONLY}
    with pytest.raises(TypeError):
        cls(*["x"] * len(REQUIRED.get(cls, "x")))


@_each(CLASSES)
def test_values_hold_values(cls: type) -> None:
    """Fields are texts, numbers, days, enums, other values, and tuples of them: never a list."""

    def check(hint: object) -> None:
        for arg in typing.get_args(hint):
            check(arg)
        assert (typing.get_origin(hint) or hint) not in (list, dict, set, object, typing.Any)

    for hint in typing.get_type_hints(cls).values():
        check(hint)


@_each(CLASSES)
@FEW
@given(data=st.data())
def test_values_are_frozen(cls: type, data: st.DataObject) -> None:
    """No field can be set or deleted, and no other attribute added: there is no `__dict__`."""
    one = data.draw(_any_of(cls))
    for name, content in _all_fields(one).items():
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(one, name, content)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            delattr(one, name)
    with pytest.raises(AttributeError):
        one.nickname = "x"
    assert not hasattr(one, "__dict__")


def test_record_is_frozen() -> None:
    """A record, which is hashed by its content, cannot be changed either."""
    record = Source(("uid",), ("1",))
    with pytest.raises(AttributeError):
        record.values = ("2",)
    with pytest.raises(AttributeError):
        record.note = "x"  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        del record.paths
    assert record.values == ("1",)


# ── laws ──────────────────────────────────────────────────────────────────────────────────────


@_each((*CLASSES, Source))
@FEW
@given(data=st.data())
def test_values_travel(cls: type, data: st.DataObject) -> None:
    """A value survives pickling (each protocol that can) and copying, with every field."""
    one = data.draw(_any_of(cls))
    protocol = data.draw(st.integers(2, pickle.HIGHEST_PROTOCOL))
    for twin in (pickle.loads(pickle.dumps(one, protocol)), copy.copy(one), copy.deepcopy(one)):
        assert type(twin) is cls
        assert twin == one
        assert hash(twin) == hash(one)
        if cls is not Source:
            assert _all_fields(twin) == _all_fields(one)


@_each(VALUES)
@FEW
@given(data=st.data())
def test_repr_is_the_constructor(cls: type, data: st.DataObject) -> None:
    """The repr of a value, evaluated, gives an equal value."""
    one = data.draw(_any_of(cls))
    assert eval(repr(one), {**vars(model), "datetime": datetime}) == one


@_each(CLASSES)
@FEW
@given(data=st.data())
def test_what_counts_in_equality(cls: type, data: st.DataObject) -> None:
    """Two values that differ in one field are equal exactly where that field does not count."""
    one, other = data.draw(_any_of(cls)), data.draw(_any_of(cls))
    names = [field.name for field in attrs.fields(cls) if cls is not PartialDate]
    name = data.draw(st.sampled_from(names or ["raw"]))
    assume(getattr(one, name) != getattr(other, name))
    changed = attrs.evolve(one, **{name: getattr(other, name)})
    assert (changed == one) == (name in _outside(one) & _outside(changed))
    assert (changed != one) is not (changed == one)
    if changed == one:
        assert hash(changed) == hash(one)


@_each(CLASSES)
@FEW
@given(data=st.data())
def test_values_equal_only_their_own_kind(cls: type, data: st.DataObject) -> None:
    """A value equals no text, no tuple of its fields and no value of another class."""
    one = data.draw(_any_of(cls))
    assert one != str(one.id if isinstance(one, Entity) else "")
    assert one != attrs.astuple(one, recurse=False)
    assert one.__eq__(object()) is NotImplemented


@pytest.mark.parametrize("cls", [Person, Organization, Vessel, Aircraft])
def test_kinds_never_equal_each_other(cls: type[Entity]) -> None:
    """The same id and name as another kind is another statement."""
    fields = {"id": "watch:1", "names": (Name(text="X"),)}
    kinds = [kind(**fields) for kind in ENTITIES]
    assert [one == cls(**fields) for one in kinds] == [kind is cls for kind in ENTITIES]
    assert {one.kind for one in kinds} == {"entity", "person", "organization", "vessel", "aircraft"}


# ── raw text beside a reading, said once more in plain words ──────────────────────────────────

_TO = EntityRef(name="SEK STUDIO")
_DAY = PartialDate.year(1971)


@pytest.mark.parametrize(
    ("one", "same"),
    [
        (Country(code="MM", raw="Burma"), Country(code="MM", raw="Myanmar")),
        (Name(text="X", kind=NameKind.AKA, raw_kind="a.k.a."), Name(text="X", kind=NameKind.AKA)),
        (
            Identifier(value="1", kind=IdentifierKind.TAX, raw_kind="Tax ID No."),
            Identifier(value="1", kind=IdentifierKind.TAX, raw_kind="R.F.C."),
        ),
        (
            Relation(to=_TO, kind=RelationKind.LINKED_TO, raw_kind="Linked To"),
            Relation(to=_TO, kind=RelationKind.LINKED_TO, raw_kind="linked to:"),
        ),
        (
            Event(kind=EventKind.LISTED, date=_DAY, raw_kind="Listed on"),
            Event(kind=EventKind.LISTED, date=_DAY),
        ),
        (
            Measure(kind=MeasureKind.ASSET_FREEZE, raw="Block"),
            Measure(kind=MeasureKind.ASSET_FREEZE, raw="asset freeze"),
        ),
        (PartialDate.parse("Mar 1971"), PartialDate.parse("1971-03")),
    ],
)
def test_raw_text_beside_a_reading_does_not_count(one: object, same: object) -> None:
    """Two spellings of what we read alike are one statement."""
    assert one == same
    assert hash(one) == hash(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Country(raw="Region: Crimea"), Country(raw="undetermined")),
        (Name(text="X", kind=None, raw_kind="alt."), Name(text="X", kind=None, raw_kind="nom")),
        (Identifier(value="1", raw_kind="Kat. No."), Identifier(value="1", raw_kind="Lot No.")),
        (Relation(to=_TO, raw_kind="Cousin of"), Relation(to=_TO, raw_kind="Owner of")),
        (
            Event(kind=None, date=_DAY, raw_kind="paused"),
            Event(kind=None, date=_DAY, raw_kind="resumed"),
        ),
        (Measure(kind=None, raw="Directive 5"), Measure(kind=None, raw="Directive 6")),
        (PartialDate.parse("31 Feb 1971"), PartialDate.parse("30 Feb 1971")),
        (
            Entity(id="a:1", names=(), raw_kind="Group"),
            Entity(id="a:1", names=(), raw_kind="Unknown"),
        ),
    ],
)
def test_two_unread_values_are_two_values(one: object, other: object) -> None:
    """Where we have no reading the text counts, so that nothing is equal by accident."""
    assert one != other


def test_a_reading_never_equals_raw_text() -> None:
    """A value without a reading is not equal to one whose reading has the same word."""
    assert Measure(kind=None, raw="asset freeze") != Measure(kind=MeasureKind.ASSET_FREEZE)
    assert Country(raw="BD") != Country(code="BD")
    assert Name(text="X", kind=None, raw_kind="aka") != Name(text="X", kind=NameKind.AKA)


def test_repr_shows_what_differs_from_the_default() -> None:
    """What has its default is left out of the repr, and enums are named."""
    assert repr(Country(code="BD")) == "Country(code='BD')"
    assert repr(Name(text="X", kind=NameKind.AKA)) == "Name(text='X', kind=NameKind.AKA)"
    assert repr(Name(text="X", kind=None)) == "Name(text='X', kind=None)"
    assert repr(Place()) == "Place()"
    assert repr(Origin(line=0)) == "Origin(line=0)"
    assert repr(Measure(kind=None)) == "Measure(kind=None)"


def test_repr_of_several_enums() -> None:
    """Enums inside tuples and sets are named too, and sets print in one order."""
    flags = (model.DocumentFlag.LOST, model.DocumentFlag.FALSE)
    shown = repr(Identifier(value="1", flags=flags))
    assert shown == "Identifier(value='1', flags=(DocumentFlag.LOST, DocumentFlag.FALSE))"
    assert "<Fact" not in repr(Edition(list_id="a", supported_facts=frozenset(Fact)))
