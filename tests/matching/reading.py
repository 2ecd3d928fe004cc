"""Records read in few words, for the tests of matching."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sanctionslib.answers import Subject
from sanctionslib.matching.records import Reading, Records


def read(given: Any, **how: Any) -> list[Reading]:
    return list(Records(given, **how))


def one(record: object, **how: Any) -> Reading:
    (found,) = read([record], **how)
    return found


def subject(record: object, **how: Any) -> Subject:
    found = one(record, **how)
    assert found.subject is not None
    assert found.problems == ()
    return found.subject


def whats(reading: Reading) -> list[tuple[str | None, str, bool]]:
    return [(each.field, each.what, each.skipped) for each in reading.problems]


def write(folder: Path, text: str | bytes, name: str = "customers.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def names(readings: list[Reading]) -> list[str | None]:
    return [None if each.subject is None else each.subject.names[0] for each in readings]
