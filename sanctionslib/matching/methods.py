"""The ways of matching by name, and the index of each."""

from __future__ import annotations

from collections.abc import Sequence

from sanctionslib.errors import InvalidInputError
from sanctionslib.matching.names import NameIndex
from sanctionslib.model import Entity

__all__ = ["DEFAULT", "METHODS", "check_method", "index_for"]

DEFAULT = "default"
"""The scorer of this library that is meant unless another one is named."""

METHODS = (DEFAULT, "ofac")
"""All that can be asked for."""


def check_method(method: str) -> None:
    """Refuse what is no way of matching.

    Raises:
        InvalidInputError: There is no such way.
    """
    if method not in METHODS:
        known = " or ".join(repr(one) for one in METHODS)
        raise InvalidInputError(f"method={method!r} is unknown", hint=f"say {known}")


def index_for(method: str, entities: Sequence[Entity]) -> NameIndex:
    """The names of a collection, prepared for one way of matching.

    Raises:
        InvalidInputError: There is no such way.
    """
    check_method(method)
    if method == DEFAULT:
        from sanctionslib.matching.index import PartsIndex

        return PartsIndex(entities)
    from sanctionslib.matching.ofac import OfacIndex

    return OfacIndex(entities)
