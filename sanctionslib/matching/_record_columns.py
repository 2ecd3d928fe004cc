"""Which column of a customer file holds what: declared by the caller, or guessed from its header.

A guess uses the English headers of `data/columns.tsv` alone, never values, and is made only where it
can mean one thing: of two columns that may both hold the name, the caller has to say which.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TypeAlias, cast

from sanctionslib.errors import Hint, InvalidInputError
from sanctionslib.matching.tables import rows

Columns: TypeAlias = Mapping[str, tuple[str, ...]]
"""Columns by what they hold, see `ROLES`."""

ROLES = (
    *("key", "name", "family", "given", "middle", "alias"),
    *("kind", "birth_date", "country", "identifier"),
)
"""What a column can hold: `name` is a whole name, `family`, `given` and `middle` are parts of one,
`alias` is a further name."""

_ONE = ("kind", "birth_date")
"""Of these a record has one."""
_MAX_LISTED = 30


def _folded(text: str) -> str:
    """A header without case, accents, blanks and punctuation."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text.casefold())))


@cache
def _roles() -> Mapping[str, str]:
    """Folded header → what its column holds."""
    return {
        _folded(header): row["role"]
        for row in rows("columns")
        for header in row["headers"].split("|")
    }


@cache
def is_imo(header: str) -> bool:
    """Whether the header of a column says that the numbers in it are IMO numbers."""
    return _folded(header) in ("imo", "imono", "imonumber")


def guessed_columns(header: Sequence[str], source: str, *, key: str | None = None) -> Columns:
    """What the columns of a source hold, as far as their headers say so; the key may be declared.

    Raises:
        InvalidInputError: No column holds a name or number, or several may hold the same.
    """
    found: dict[str, list[str]] = {}
    for column in header:
        if role := _roles().get(_folded(column)):
            found.setdefault(role, []).append(column)
    if key is not None or "key" in found:
        found["key"] = [key or found["key"][0]]

    def ambiguous(what: str, columns: Sequence[str], role: str) -> InvalidInputError:
        example = {role: tuple(columns) if role == "name" else columns[0]}
        hints = [Hint("declare all columns: {} …", "columns", example)]
        if role == "name":
            hints.append(Hint("each of several is searched"))
        return InvalidInputError(f"{_listed(columns)} of {source} {what}", hints=tuple(hints))

    for role in ("name", "family", "given", *_ONE):
        if len(found.get(role, ())) > 1:
            raise ambiguous(f"may each hold the {role}", found[role], role)
    parts = [role for role in ("family", "given") if role in found]
    if "name" in found and len(parts) == 1:
        both = [*found["name"], *found[parts[0]]]
        raise ambiguous("may be a whole name and a part of it, or two parts", both, "name")
    if found.keys().isdisjoint(("name", "family", "given", "identifier")):
        raise InvalidInputError(
            f"no column of {source} is known to hold a name: {_listed(header)}",
            hints=(
                Hint("say which one does: {}", "columns", {"name": "…"}),
                Hint("a file needs a first row with names of columns; English ones are known"),
            ),
        )
    return _ordered(found)


def declared_columns(columns: object, key: str | None) -> Columns:
    """The columns as a caller declares them, by what they hold; the key may be given apart.

    Raises:
        InvalidInputError: It is no such mapping, or declares no name and no number.
    """
    if not isinstance(columns, Mapping):
        raise InvalidInputError(
            f"columns is {type(columns).__name__}, where a mapping is expected",
            argument="columns",
            hints=(Hint("say {}", "columns", {"name": "customer", "birth_date": "dob"}),),
        )
    found: dict[str, list[str]] = {}
    for role, given in cast("Mapping[object, object]", columns).items():
        if not isinstance(role, str) or role not in ROLES:
            raise InvalidInputError(
                f"columns: {role!r} is nothing that a column can hold",
                argument="columns",
                hint=f"it can hold {', '.join(ROLES)}",
            )
        several = cast("Sequence[object]", given if isinstance(given, (list, tuple)) else [given])
        names = [one for one in several if isinstance(one, str) and one]
        if not names or len(names) < len(several):
            raise InvalidInputError(
                f"columns[{role!r}] is {given!r}, where the name of a column is expected",
                hint="give a text, or several in a tuple",
            )
        if len(names) > 1 and role in ("key", *_ONE):
            raise InvalidInputError(
                f"columns: a record has one {role}, and {_listed(names)} are given",
                argument="columns",
                hint="give one column",
            )
        found[role] = names
    if key is not None:
        found["key"] = [key]
    if found.keys().isdisjoint(("name", "family", "given", "alias", "identifier")):
        raise InvalidInputError(
            "columns declares no column that holds a name or a number",
            argument="columns",
            hints=(
                Hint("say {}", "columns", {"name": "…"}),
                Hint("or family, given and middle where a name has parts"),
            ),
        )
    return _ordered(found)


def _ordered(found: Mapping[str, Sequence[str]]) -> Columns:
    return {role: tuple(found[role]) for role in ROLES if role in found}


def _listed(columns: Sequence[object]) -> str:
    names = ", ".join(map(repr, columns[:_MAX_LISTED]))
    rest = f" and {len(columns) - _MAX_LISTED} more" if len(columns) > _MAX_LISTED else ""
    return names + rest if columns else "there are none"
