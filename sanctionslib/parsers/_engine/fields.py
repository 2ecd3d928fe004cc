"""The fields that tables fill, the facts that they support, and the coverage of each path."""

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
"""The texts of one element of a group, by path; for a repeated element a list of texts, or of
the texts of each. A join can replace a key by the object that it refers to."""


@attrs.frozen(kw_only=True)
class Labels:
    """Labels that tell what a value is: of a group (OFAC's `idType`), or inside a text (remarks)."""

    path: str = ""
    """Path of the label inside the group; "" for labels inside a text."""
    label_from: Callable[[Mapping[str, Any]], str] | None = None
    """Computes the label from the texts of the group, where no single text is the label."""
    coverage: Callable[[str, str], tuple[Coverage, str] | None] = lambda _label, _path: None
    """The coverage and the field of a value, by its label and its path inside the group; None
    where the rule of the path decides."""
    facts: frozenset[Fact] = frozenset()
    """The facts that the labels support; none where they do not decide about a field."""

    def of(self, texts: Mapping[str, Any]) -> str:
        """The label of the texts of one group."""
        return texts.get(self.path, "") if self.label_from is None else self.label_from(texts)


@attrs.frozen(kw_only=True)
class PathRule:
    """The coverage of one path of an entry, and the fields that hold its values."""

    path: str
    """The path, relative to the entry."""
    coverage: Coverage
    """MAPPED, or STRUCTURAL where no field holds it."""
    note: str
    """The fields that hold the values, or the reason why none does."""
    fields: tuple[str, ...] = ()
    """The same fields, one by one: "Address.city"."""
    how: str = ""
    """How the text is read: the words of a vocabulary, or the first line of the reader's
    docstring."""
    entry_field: str = ""
    """The field of the entry that holds the result: "addresses"."""
    labels: Labels | None = None
    """Decide the coverage further, where values have labels."""
    inner: str = ""
    """The path inside the group that has the label; "" for a text with labels inside."""
    below: bool = False
    """Whether the rule also holds for all paths below."""


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
"""The fact that a value of a field states, whether fixed or from a vocabulary."""


@functools.cache
def field_types(make: Callable[..., object]) -> Mapping[str, object]:
    """The fields that a group can fill, with their types.

    An entry can fill the fields of every kind of entity and of its designation, because they become
    one entity in the end; a field of one kind only is written with the name of the kind,
    "Vessel.types". In addition there are `kind`, the class of the entity, and `facts`: labelled
    values, which the format's `finish` places. Any other group can have `inner`: objects from which
    its `finish` makes something else, for example the forms of a name in two scripts, which become
    two names.
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
# The last class that has a field names it: Entity, for the fields that all kinds have.
_OWNERS = {
    one.name: f"{getattr(holder, '__name__', '')}.{one.name}"
    for holder in _HOLDERS
    for one in attrs.fields(holder)
}


def qualified(make: Callable[..., object], field: str) -> str:
    """The name of a field with its class, `Address.city`; for an entry, the class that declares it."""
    if "." in field:
        return field
    if not is_entity(make):
        return f"{getattr(make, '__name__', '')}.{field}"
    return _OWNERS.get(field, f"Entity.{field}")


def joined(base: str, path: str) -> str:
    """Join a path inside an element to the path of the element.

    A key that begins with "*" names a group of columns; it is not a step of the path.
    """
    if path in ("", ".") or path.startswith("*"):
        return base
    return f"{base}{path}" if path.startswith("@") or not base else f"{base}/{path}"
