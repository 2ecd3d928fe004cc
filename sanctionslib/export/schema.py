"""The JSON Schema of our own files, generated from the attrs classes that they hold.

`data/entities-1.schema.json` is what `json_schema()` gives, shipped so that others can use it
without Python; a test keeps the two equal.
"""

from __future__ import annotations

import ast
import enum
import functools
import inspect
import sys
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, Union, cast

import attrs

from sanctionslib.model import Edition, Entity, Source
from sanctionslib.serialize import ENTITIES, JSON, KINDS

__all__ = ["json_schema"]


def json_schema() -> dict[str, JSON]:
    """Give the JSON Schema (draft 2020-12) of a `.json` file that `write` makes.

    In a `.jsonl` file the first line is such an envelope without `entities`, and each further line
    is one of `$defs/AnyEntity`. Keys that are left out have the `default` of their schema. Unknown
    keys are allowed, since additive changes keep the number of the schema.

    >>> json_schema()["$defs"]["NamePart"]["required"]
    ['kind', 'text']
    """
    found = _Schemas()
    texts: Mapping[str, JSON] = {"type": "string"}
    envelope: dict[str, JSON] = {
        "schema": {"const": ENTITIES, "description": "The schema and its number."},
        "library": {**texts, "description": "Version of sanctionslib that wrote the file."},
        "editions": {
            "type": "array",
            "items": found.of_class(Edition),
            "description": "What the entities were read from.",
        },
        "count": {"type": "integer", "minimum": 0, "description": "Number of entities."},
        "selection": {
            **texts,
            "description": "By what the entities were selected; left out where they are all.",
        },
        "entities": {"type": "array", "items": {"$ref": "#/$defs/AnyEntity"}},
    }
    required: list[JSON] = [name for name in envelope if name != "selection"]
    refs: list[JSON] = [found.of_class(kind) for kind in KINDS.values()]
    found.definitions["AnyEntity"] = {
        "description": "A listed party; `kind` tells which class it is of.",
        "oneOf": refs,
    }
    definitions: dict[str, JSON] = dict(sorted(found.definitions.items()))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{ENTITIES.replace('/', ':')}",
        "title": "Entities of sanctions lists, as sanctionslib writes them",
        "type": "object",
        "properties": envelope,
        "required": required,
        "$defs": definitions,
    }


class _Schemas:
    """The definitions that are found on the way from class to class."""

    def __init__(self) -> None:
        self.definitions: dict[str, JSON] = {}

    def of_class(self, kind: type[object]) -> dict[str, JSON]:
        if kind.__name__ not in self.definitions:
            self.definitions[kind.__name__] = {}  # so that it is not made twice
            make = self.of_enum if issubclass(kind, enum.Enum) else self.of_attrs
            self.definitions[kind.__name__] = make(kind)
        return {"$ref": f"#/$defs/{kind.__name__}"}

    def of_enum(self, kind: type[object]) -> dict[str, JSON]:
        members: list[JSON] = [one.value for one in cast("type[enum.Enum]", kind)]
        return {"description": _summary(kind), "enum": members}

    def of_attrs(self, kind: type[object]) -> dict[str, JSON]:
        types_of = typing.get_type_hints(kind)
        about = _descriptions(kind)
        properties: dict[str, JSON] = {}
        required: list[JSON] = []
        if issubclass(kind, Entity):
            properties["kind"] = {"const": kind.kind}
            required.append("kind")
        for field in attrs.fields(cast("type[attrs.AttrsInstance]", kind)):
            of_edition = issubclass(kind, Entity) and field.name == "edition"
            one = _POSITION if of_edition else self.of_type(types_of[field.name])
            one = {**one, **({"description": about[field.name]} if field.name in about else {})}
            if field.default is attrs.NOTHING:
                required.append(field.name)
            elif not of_edition:
                one["default"] = _plain_default(field.default)
            properties[field.name] = one
        return {
            "description": _summary(kind),
            "type": "object",
            "properties": properties,
            "required": required,
        }

    def of_type(self, form: object) -> dict[str, JSON]:
        if isinstance(form, type) and form in _SIMPLE:
            return dict(_SIMPLE[form])
        origin, args = typing.get_origin(form), typing.get_args(form)
        if origin is Literal:
            return {"enum": list(args)}
        if origin is Union or origin is types.UnionType:
            return {"anyOf": [self.of_type(one) for one in args]}
        if origin is tuple and args[-1] is not ...:
            elements: list[JSON] = [self.of_type(one) for one in args]
            return {"type": "array", "prefixItems": elements, "items": False}
        if origin in (tuple, frozenset):
            unique: dict[str, JSON] = {"uniqueItems": True} if origin is frozenset else {}
            return {"type": "array", "items": self.of_type(args[0]), **unique}
        return self.of_class(cast("type[object]", form))


_SIMPLE: Mapping[type[object], dict[str, JSON]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    types.NoneType: {"type": "null"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    Source: {
        "type": "array",
        "items": {
            "type": "array",
            "prefixItems": [{"type": "string"}, {"type": "string"}],
            "minItems": 2,
            "items": False,
        },
    },
}

_POSITION: dict[str, JSON] = {"type": ["integer", "null"], "minimum": 0}


def _plain_default(value: object) -> JSON:
    if isinstance(value, enum.Enum):
        value = value.value
    return [] if value == () else cast("JSON", value)


# ── what the classes say of themselves ────────────────────────────────────────────────────────


def _summary(kind: type[object]) -> str:
    return " ".join((inspect.getdoc(kind) or "").partition("\n\n")[0].split())


def _descriptions(kind: type[object]) -> dict[str, str]:
    """The texts under the fields of a class and of those that it inherits from."""
    found: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        if attrs.has(one):
            found |= _of_module(one.__module__).get(one.__name__, {})
    if issubclass(kind, Entity):
        found["edition"] = (
            "Position in `editions`, or null for none; left out where it is the only edition "
            "there that has the entity's list id."
        )
    return found


@functools.cache
def _of_module(name: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for node in ast.parse(inspect.getsource(sys.modules[name])).body:
        if isinstance(node, ast.ClassDef):
            found[node.name] = texts = dict[str, str]()
            for field, after in zip(node.body, node.body[1:], strict=False):
                match field, after:
                    case (
                        ast.AnnAssign(target=ast.Name(id=word)),
                        ast.Expr(value=ast.Constant(value=str(text))),
                    ):
                        texts[word] = " ".join(text.split())
                    case _:
                        pass
    return found
