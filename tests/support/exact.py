"""Whether two objects are the same in everything, also in what their equality leaves out."""

from __future__ import annotations

import attrs

from sanctionslib.model import Source


def unlike(one: object, other: object) -> str:
    """The path to the first difference; "" where there is none."""
    return _unlike(one, other, "", set())


def _unlike(one: object, other: object, path: str, seen: set[tuple[int, int]]) -> str:
    pair = (id(one), id(other))
    if pair in seen:
        return ""
    if type(one) is not type(other) and not (isinstance(one, str) and isinstance(other, str)):
        return f"{path}: {type(one).__name__}, {type(other).__name__}"
    if isinstance(one, Source):
        parts = [("paths", one.paths, other.paths), ("values", one.values, other.values)]  # type: ignore[attr-defined]
    elif attrs.has(type(one)):
        names = [field.name for field in attrs.fields(type(one))]  # type: ignore[arg-type]
        parts = [(name, getattr(one, name), getattr(other, name)) for name in names]
    elif isinstance(one, tuple):
        if len(one) != len(other):  # type: ignore[arg-type]
            return f"{path}: {len(one)} and {len(other)} values"  # type: ignore[arg-type]
        parts = [(str(at), *each) for at, each in enumerate(zip(one, other, strict=True))]  # type: ignore[arg-type]
    else:
        return "" if one == other else f"{path}: {one!r}, {other!r}"
    seen.add(pair)
    return next(filter(None, (_unlike(a, b, f"{path}.{name}", seen) for name, a, b in parts)), "")
