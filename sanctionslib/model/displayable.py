"""How objects are shown: a short repr, and the methods that print them through `display`.

The two mixins are the only inheritance besides Entity and its four kinds. `Displayable` is the one
exception to the order of the layers: it imports `display` when, and only when, something is printed.
"""

from __future__ import annotations

import enum
from typing import cast

from sanctionslib.model.fields import are_equal, fields_of, hash_of


class Value:
    """A small value: its repr is its constructor, with only what differs from the default.

    Its equality is that of attrs, or follows the registry where a field is the raw text of another
    (`about(raw_of=…)`): such a class has `eq=False`.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return are_equal(self, other)

    def __hash__(self) -> int:
        return hash_of(self)

    def __repr__(self) -> str:
        stated = (
            (one.name, content)
            for one in fields_of(type(self))
            if (content := getattr(self, one.name)) != one.default or one.is_required
        )
        fields = ", ".join(f"{name}={_literal(content)}" for name, content in stated)
        return f"{type(self).__name__}({fields})"


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
