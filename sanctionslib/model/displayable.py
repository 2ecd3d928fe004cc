"""How model objects are shown: one short repr, and a door to `display` for everything longer.

The two mixins are the only inheritance besides Entity and its four kinds. `Displayable` holds the one
named exception to the order of the rooms: it imports `display` when (and only when) something is
printed.
"""

from __future__ import annotations

import enum
from typing import cast

import attrs

__all__ = ["Displayable", "Value"]


class Value:
    """A small value: its repr is its constructor, with only what differs from the default.

    A class that keeps `raw` text beside a reading defines `_equality_key`: what takes part in equality.
    """

    __slots__ = ()

    def _equality_key(self) -> tuple[object, ...]:
        raise NotImplementedError  # only called where a class opts out of attrs' own equality

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._equality_key() == other._equality_key()

    def __hash__(self) -> int:
        return hash((type(self), self._equality_key()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(_stated(self))})"


def _stated(value: Value) -> list[str]:
    found: list[str] = []
    for field in attrs.fields(cast("type[attrs.AttrsInstance]", type(value))):
        content: object = getattr(value, field.name)
        if content != field.default:
            found.append(f"{field.name}={_literal(content)}")
    return found


def _literal(content: object) -> str:
    """The expression that gives the content: enums by name, also inside tuples and sets."""
    if isinstance(content, enum.Enum):
        return str(content)
    if isinstance(content, tuple):
        parts = [_literal(one) for one in cast("tuple[object, ...]", content)]
        return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"
    if isinstance(content, frozenset):
        parts = sorted(_literal(one) for one in cast("frozenset[object]", content))
        return f"frozenset({{{', '.join(parts)}}})" if parts else "frozenset()"
    return repr(content)


class Displayable:
    """Printing, notebook cards and rich tables for the larger objects."""

    __slots__ = ()

    def __str__(self) -> str:
        from sanctionslib import display

        return display.to_text(self)

    def _repr_html_(self) -> str:
        from sanctionslib import display

        return display.to_html(self)

    def __rich__(self) -> object:
        from sanctionslib import display

        return display.to_rich(self)
