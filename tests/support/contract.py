"""The files that the contract is held against, and what their sources have to hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

import pytest
from cases import CASES, Case, File, excerpts_of
from changes import Opened
from nodes import pairs
from zips import zipped  # noqa: F401 - for the tests of parsers

import sanctionslib as sl

Found = sl.SanctionsList[sl.Entity]
Pairs = Counter[tuple[str, str]]

BY_FORMAT = {case.format: case for case in CASES}
each_format = pytest.mark.parametrize("case", CASES, ids=list(BY_FORMAT))
"""For what needs one file of each format: the small one."""
KEEPING = {name: case for name, case in BY_FORMAT.items() if not case.key}
"""Formats that keep the source of an entity: all but our own, which is one already."""


@cache
def quick() -> dict[str, File]:
    """The files that are part of the project: a small one, the sample, the official excerpts."""
    found: dict[str, File] = {}
    for case in CASES:
        found[f"{case.format} small"] = File(case, tuple(case.small()))
        if case.sample is not None:
            found[f"{case.format} sample"] = File(case, (case.sample,))
        for name, file in excerpts_of(case):
            found[f"{case.format} {name}"] = file
    return found


WHOLE = {name: case for case in CASES for name in case.whole}


@cache
def opened(name: str) -> Opened:
    file = quick()[name]
    return Opened(file.case, file.files)


def two_each() -> Iterator[str]:
    """For what takes long: the small file of each format, and its first official excerpt."""
    for format_name in BY_FORMAT:
        names = [name for name in quick() if name.startswith(f"{format_name} ")]
        yield from [name for name in names if not name.endswith(" sample")][:2]


def walked(one: Opened, *, shared: bool = True) -> Pairs:
    """The expected values of the sources, by our own walk: shared elements once for each owner."""
    found: Pairs = Counter()
    for at, entry in enumerate(one.entries):
        times = max(1, len(one.owners[at])) if shared and entry.owners is not None else 1
        for pair, count in pairs(entry).items():
            found[pair] += count * (1 if pair[0] in one.case.once else times)
    return found


def held(found: Found) -> Pairs:
    """The values in the sources of all entities, and in those of the audit."""
    made = Counter(pair for one in found for pair in one.source or ())
    made.update(pair for issue in found.audit.issues for pair in issue.source or ())
    return made


def good(case: Case) -> tuple[bytes, ...]:
    """A complete file, as the small ones of the formats are."""
    files = quick()[f"{case.format} small"].files
    assert case.read(files).audit.issues == ()
    return files


def replaced(files: Sequence[bytes], at: int, data: bytes) -> list[bytes]:
    return [*files[:at], data, *files[at + 1 :]]
