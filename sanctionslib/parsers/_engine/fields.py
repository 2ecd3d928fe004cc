"""The fields that tables fill, the facts that they state, and what is known of each path."""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import attrs

from sanctionslib.answers import Coverage
from sanctionslib.model import (
    Aircraft,
    Birth,
    Designation,
    Entity,
    EventKind,
    Fact,
    Listing,
    Name,
    NameKind,
    Organization,
    Person,
    Vessel,
)
from sanctionslib.model.fields import fields_of

__all__ = [
    "FACTS",
    "FACTS_OF_VALUES",
    "KINDS",
    "Fields",
    "Labels",
    "PathRule",
    "Texts",
    "field_types",
    "holds_several",
    "joined",
    "qualified",
]

Fields: TypeAlias = dict[str, Any]
"""Values of the fields of one object, by name, before it is made."""
Texts: TypeAlias = dict[str, Any]
"""What stands in one element of a group, by path: a text; of what is repeated a list of texts, or
of the texts of each. A join can put what a key leads to in place of the key."""


@attrs.frozen(kw_only=True)
class Labels:
    """Labels that say what a value is: of a group (OFAC's `idType`), or inside a text (remarks)."""

    path: str = ""
    """Where the label stands, inside the group; "" for a text."""
    tell: Callable[[Mapping[str, Any]], str] | None = None
    """Makes the label of the texts of the group, where no text alone is it."""
    use: Callable[[str, str], tuple[Coverage, str] | None] = lambda _label, _path: None
    """What becomes of a value, by its label and its path inside the group, and in which field; None
    where the rule of the path says it."""
    states: frozenset[Fact] = frozenset()
    """The facts that the labels can state; none where they decide about no field."""

    def of(self, texts: Mapping[str, Any]) -> str:
        """The label of the texts of one group."""
        return texts.get(self.path, "") if self.tell is None else self.tell(texts)


@attrs.frozen(kw_only=True)
class PathRule:
    """What becomes of the values at one path of an entry."""

    path: str
    """The path, from the entry."""
    use: Coverage
    """MAPPED, or STRUCTURAL where no field holds it."""
    note: str
    """The fields that hold it, or the reason why none does."""
    fields: tuple[str, ...] = ()
    """The same fields, one by one: "Address.city"."""
    how: str = ""
    """How the text is read: the words of a vocabulary, or the first line about what reads it."""
    entry_field: str = ""
    """The field of the entry that it ends in: "addresses"."""
    labels: Labels | None = None
    """Says more, where a label decides."""
    inner: str = ""
    """The path inside the group that has the label; "" for a text that holds values under labels."""
    below: bool = False
    """Whether it is the rule of all paths below it, too."""


KINDS: tuple[type[Entity], ...] = (Person, Organization, Vessel, Aircraft, Entity)

FACTS: Mapping[str, Fact] = {
    f"{cls.__name__}.{one.name}": one.fact
    for cls in (*KINDS, Designation, Listing, Name, Birth)
    for one in fields_of(cls)
    if one.fact is not None
} | {"Entity.kind": Fact.KIND, "Designation.until": Fact.DELISTING_DATE}  # these are no fields
"""The fact that a field of the model states."""


FACTS_OF_VALUES: Mapping[object, Fact] = {
    EventKind.DELISTED: Fact.DELISTING_DATE,
    NameKind.ORIGINAL_SCRIPT: Fact.ORIGINAL_SCRIPT,
}
"""The fact that a value of some field states: a fixed one, or that of a word."""


@functools.cache
def field_types(make: Callable[..., object]) -> Mapping[str, object]:
    """The fields that a group can fill, with their types.

    An entry can fill those of all kinds of entity and of its designation, for they become one
    entity when all is known; those of one kind alone by the name of the kind, "Vessel.types". Beside
    them `kind`, its class, and `facts`: values under a label, which the format's `finish` places. Any
    other group can have `inner`: objects that its `finish` makes something else of, as the forms of
    a name in two scripts, which become two names.
    """
    hints = typing.get_type_hints(make)
    if not is_entity(make):
        return hints | {"inner": tuple[object, ...]}
    hints |= typing.get_type_hints(Designation)
    for each in KINDS:
        own = typing.get_type_hints(each)
        hints |= own | {f"{each.__name__}.{name}": hint for name, hint in own.items()}
    return hints | {"kind": type[Entity], "facts": tuple[object, ...]}


def is_entity(make: Callable[..., object]) -> bool:
    return make in KINDS


@functools.cache
def holds_several(hint: object) -> bool:
    """Whether a field of this type holds several values.

    >>> holds_several(tuple[str, ...]), holds_several(str | None)
    (True, False)
    """
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return any(holds_several(each) for each in typing.get_args(hint))
    return typing.get_origin(hint) is tuple


_HOLDERS: tuple[type[attrs.AttrsInstance], ...] = (
    *(Designation, Aircraft, Vessel, Organization, Person, Entity),
)
# The last that has a field gives it its name: Entity for what all kinds have.
_OWNERS = {
    one.name: f"{getattr(holder, '__name__', '')}.{one.name}"
    for holder in _HOLDERS
    for one in attrs.fields(holder)
}


def qualified(make: Callable[..., object], field: str) -> str:
    """The name of a field with its class: `Address.city`; of an entry, that which has the field."""
    if "." in field:
        return field
    if not is_entity(make):
        return f"{getattr(make, '__name__', '')}.{field}"
    return _OWNERS.get(field, f"Entity.{field}")


def joined(base: str, path: str) -> str:
    """A path inside an element, from where that element's own path begins.

    A key of a table with "*" is the name of columns that make one object, and no step of a path.
    """
    if path in ("", ".") or path.startswith("*"):
        return base
    return f"{base}{path}" if path.startswith("@") or not base else f"{base}/{path}"
