"""The ways of matching by name, and the index of each."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import cast

from sanctionslib.errors import InvalidInputError
from sanctionslib.matching.names import NameIndex
from sanctionslib.model import Entity

__all__ = ["DEFAULT", "METHODS", "index_for"]

DEFAULT = "default"
"""The scorer of this library that is meant unless another one is named."""

_INDEXES = {
    DEFAULT: ("sanctionslib.matching.index", "PartsIndex"),
    "ofac": ("sanctionslib.matching.ofac", "OfacIndex"),
}
"""Module and class of each index; loaded when first asked for."""

METHODS = tuple(_INDEXES)
"""All that can be asked for."""


def index_for(method: str, entities: Sequence[Entity]) -> NameIndex:
    """The names of a collection, prepared for one way of matching.

    Raises:
        InvalidInputError: There is no such way.
    """
    if not isinstance(method, str) or method not in _INDEXES:
        known = " or ".join(repr(one) for one in METHODS)
        raise InvalidInputError(f"method={method!r} is unknown", hint=f"say {known}")
    module, name = _INDEXES[method]
    return cast("NameIndex", getattr(import_module(module), name)(entities))
