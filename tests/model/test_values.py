"""What holds for every class of the model and of the answers: values are frozen, comparable, portable."""

from __future__ import annotations

import copy
import datetime
import inspect
import pickle
import typing

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from quick import examples

from sanctionslib import answers, errors, model
from sanctionslib.model import (
    Country,
    Edition,
    Entity,
    Fact,
    Identifier,
    Measure,
    Name,
    NameKind,
    Origin,
    PartialDate,
    Place,
    Source,
)
from sanctionslib.model.displayable import Displayable, Value
from sanctionslib.model.fields import fields_of

from ..export.strategies import CLASSES, KINDS, of_class, of_type

CLASSES = tuple(one for one in CLASSES if not one.__module__.startswith("sanctionslib.catalog"))

REQUIRED: dict[str, set[str]] = {
    **{one.__name__: {"id", "names"} for one in KINDS},
    "Authority": {"code"},
    "Edition": {"list_id"},
    "Event": {"kind", "date"},
    "Feature": {"label", "value"},
    "Identifier": {"value"},
    "LegalBasis": {"title"},
    "Listing": {"list_name"},
    "Measure": {"kind"},
    "Name": {"text"},
    "NamePart": {"kind", "text"},
    "Nationality": {"country"},
    "Program": {"code"},
    "Relation": {"to"},
    "Counterpart": {"entity", "evidence"},
    "Counterparts": {"center"},
    "Evidence": {"kind", "entity_id"},
    "Amended": {"before", "after"},
    "ArchiveFault": {"path", "what"},
    "ChangeLog": {"list_id"},
    "Check": {"name", "value"},
    "Fetched": {"edition", "is_new"},
    "HeldEdition": {"list_id", "format", "sha256", "folder", "added_at"},
    "HeldFile": {"name", "stored", "size", "sha256"},
    "HeldEditions": {"list_id"},
    "EntitySummary": {"id"},
    "TimelineEvent": {"kind", "edition"},
    "FormatChange": {"before", "after"},
    "Timeline": {"id"},
    "Verification": {"home"},
    "Change": {"field"},
    "ExplainedProgram": {"code"},
    "Explanation": {"entity"},
    "IdentifierMatch": {"entity", "identifier"},
    "Inference": {"about", "value", "reason"},
    "Issue": {"kind", "message"},
    "Undetermined": {"fact", "count", "kept"},
    "Link": {"relation", "source"},
    "Network": {"center", "depth"},
    "Node": {"entity", "distance"},
    "Ownership": {"center", "question"},
    "OwnershipPath": {"entity", "path"},
    "PathCoverage": {"path"},
    "UnknownCode": {"vocabulary", "code"},
    "Omitted": {"reason"},
    "Unmapped": {"path"},
    "Unstated": {"fact"},
    "TokenPair": {"query", "listed", "score", "reason"},
    "UnmatchedToken": {"text", "reason"},
    "Comparison": {"query", "listed", "score", "method"},
    "FactCheck": {"fact", "verdict", "given"},
    "Hit": {"entity", "score", "rank"},
    "Hits": {"subject", "context"},
    "Problem": {"what"},
    "ScreeningResult": {"key", "position", "context"},
}
"""What cannot be left out; of the other classes everything can."""

OUTSIDE: dict[str, set[str]] = {
    **{one.__name__: {"edition", "id_space", "origins", "source"} for one in KINDS},
    "Address": {"source_id", "group_id"},
    "Birth": {"source_id"},
    "Designation": {"source_id"},
    "Edition": {
        "category",
        "id_stability",
        "lists",
        "members",
        "supported_facts",
        "alternative_sources",
    },
    "Feature": {"source_id"},
    "Identifier": {"source_id", "name_id"},
    "LegalBasis": {"source_id"},
    "Listing": {"source_id"},
    "Name": {"source_id", "group_id"},
    "Nationality": {"source_id"},
    "Relation": {"source_id"},
}
"""Publishers' keys and provenance: outside equality, always."""


def _outside(one: object) -> set[str]:
    """The fields that do not count when this value is compared: raw text beside a reading too."""
    raw = {each.name for each in fields_of(type(one)) if each.raw_of and getattr(one, each.raw_of)}
    return OUTSIDE.get(type(one).__name__, set()) | raw


FEW = examples(12)
"""Each law runs for each class, and most fields are of the same sorts."""


def _each(classes: tuple[type, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("cls", classes, ids=[one.__name__ for one in classes])


def _any(cls: type) -> st.SearchStrategy[typing.Any]:
    """Values of exactly this class."""
    return of_class(cls) if attrs.has(cls) and cls is not PartialDate else of_type(cls)


def _all_fields(one: typing.Any) -> dict[str, object]:
    return {field.name: getattr(one, field.name) for field in attrs.fields(type(one))}


# ── the shape of the classes ──────────────────────────────────────────────────────────────────


@_each(CLASSES)
def test_values_are_made_with_keywords(cls: type) -> None:
    """Every class takes keywords alone, so that fields can be added; few of them are required."""
    parameters = inspect.signature(cls).parameters.values()
    assert {one.kind for one in parameters} == {inspect.Parameter.KEYWORD_ONLY}
    required = {one.name for one in parameters if one.default is inspect.Parameter.empty}
    assert required == REQUIRED.get(cls.__name__, set())


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
    one = data.draw(_any(cls))
    for name, content in _all_fields(one).items():
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(one, name, content)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            delattr(one, name)
    with pytest.raises(AttributeError):
        one.nickname = "x"
    assert not hasattr(one, "__dict__")


def test_a_source_is_frozen() -> None:
    """A source, which is hashed by its content, cannot be changed either."""
    source = Source(("uid",), ("1",))
    with pytest.raises(AttributeError):
        source.values = ("2",)  # type: ignore[misc]
    with pytest.raises(AttributeError):
        source.note = "x"  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        del source.paths
    assert source.values == ("1",)


# ── laws ──────────────────────────────────────────────────────────────────────────────────────


@_each((*CLASSES, Source))
@FEW
@given(data=st.data())
def test_values_travel(cls: type, data: st.DataObject) -> None:
    """A value survives pickling (each protocol that can) and copying, with every field."""
    one = data.draw(_any(cls))
    protocol = data.draw(st.integers(2, pickle.HIGHEST_PROTOCOL))
    for twin in (pickle.loads(pickle.dumps(one, protocol)), copy.copy(one), copy.deepcopy(one)):
        assert type(twin) is cls
        assert twin == one
        assert hash(twin) == hash(one)
        assert repr(twin) == repr(one)
        if cls is not Source:
            assert _all_fields(twin) == _all_fields(one)


@_each(tuple(one for one in CLASSES if issubclass(one, Value)))
@FEW
@given(data=st.data())
def test_repr_is_the_constructor(cls: type, data: st.DataObject) -> None:
    """The repr of a value, evaluated, gives an equal value; answers may hold what has a short repr."""
    one = data.draw(_any(cls))
    names = {**vars(model), **vars(answers), "Where": errors.Where, "datetime": datetime}
    if "<" not in repr(one):
        assert eval(repr(one), names) == one


@_each(CLASSES)
@FEW
@given(data=st.data())
def test_what_counts_in_equality(cls: type, data: st.DataObject) -> None:
    """Two values that differ in one field are equal exactly where that field does not count."""
    one = data.draw(_any(cls))
    hints = typing.get_type_hints(cls)
    names = ["raw"] if cls is PartialDate else [field.name for field in attrs.fields(cls)]
    name = data.draw(st.sampled_from(names))
    if cls is answers.Change:  # its values have the type of the field that it names
        changed = attrs.evolve(one, **{name: getattr(data.draw(_any(cls)), name)})
    else:
        changed = attrs.evolve(one, **{name: data.draw(of_type(hints[name]))})
    assume(getattr(one, name) != getattr(changed, name))
    assert (changed == one) == (name in _outside(one) & _outside(changed))
    assert (changed != one) is not (changed == one)
    if changed == one:
        assert hash(changed) == hash(one)


@_each(CLASSES)
@FEW
@given(data=st.data())
def test_values_equal_only_their_own_kind(cls: type, data: st.DataObject) -> None:
    """A value equals no text, no tuple of its fields and no value of another class."""
    one = data.draw(_any(cls))
    assert one != str(one.id if isinstance(one, Entity) else "")
    assert one != attrs.astuple(one, recurse=False)
    assert one.__eq__(object()) is NotImplemented


@_each(tuple(one for one in CLASSES if issubclass(one, Displayable)))
@FEW
@given(data=st.data())
def test_large_objects_print(cls: type, data: st.DataObject) -> None:
    """Whatever they hold, the larger objects have a text and a notebook card."""
    one = data.draw(_any(cls))
    assume(all(each.path for each in getattr(one, "parties", ())))  # a path has a link
    assert str(one)
    assert one._repr_html_().strip().startswith("<")


@pytest.mark.parametrize("cls", KINDS)
def test_kinds_never_equal_each_other(cls: type[Entity]) -> None:
    """The same id and name as another kind is another statement."""
    fields = {"id": "watch:1", "names": (Name(text="X"),)}
    kinds = [kind(**fields) for kind in KINDS]
    assert [one == cls(**fields) for one in kinds] == [kind is cls for kind in KINDS]
    assert {one.kind for one in kinds} == {"entity", "person", "organization", "vessel", "aircraft"}


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
