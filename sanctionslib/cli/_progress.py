"""How far a long piece of work has come, on standard error; nothing where nobody watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from sanctionslib.cli._output import visible_lines

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

__all__ = ["LARGE", "Verb", "progress"]

LARGE = 5_000_000
"""Bytes from which on a file is large; smaller ones are read before anybody wonders."""

Verb: TypeAlias = Literal[
    "reading", "fetching", "hashing", "comparing", "screening", "reporting on"
]
"""What is done; of `comparing` editions are counted, of those in `_OF_RECORDS` records, else bytes."""
_OF_RECORDS: tuple[Verb, ...] = ("screening", "reporting on")

_PAUSE = 0.1
"""Seconds between two looks at the same line: a server sends faster than anybody reads."""


class _Watch(Protocol):
    def __call__(self, done: int, total: int) -> None: ...
    def close(self) -> None: ...


class _Line:
    """One line that is written over: `fetching us_ofac_sdn  37 %  2.1 MB/s`."""

    def __init__(self, name: str, verb: Verb) -> None:
        self._name = name
        self._verb = verb
        self._text = ""
        self._first: int | None = None
        self._began = self.displayable = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self._text and now - self.displayable < _PAUSE:
            return
        self.displayable = now
        text = f"{self._verb} {self._name}  {self._how_far(done, total, now)}"
        sys.stderr.write(f"\r{text.ljust(len(self._text))}")
        sys.stderr.flush()
        self._text = text

    def _how_far(self, done: int, total: int, now: float) -> str:
        if self._verb in _OF_RECORDS:
            if self._first is None:
                self._first = done
            return _records(done - self._first, done, total, now - self._began)
        far = f"{done * 100 // total} %" if total else f"{done / 1e6:,.1f} MB"
        if self._verb != "fetching":
            return far
        return f"{far}  {done / 1e6 / max(now - self._began, _PAUSE):.1f} MB/s"

    def close(self) -> None:
        sys.stderr.write(f"\r{' ' * len(self._text)}\r")
        sys.stderr.flush()


def _records(new: int, done: int, total: int, seconds: float) -> str:
    """How many records are done, and how many each second."""
    of = f" of about {total:,}" if total > done else ""
    return f"{done:,}{of} records  {new / max(seconds, _PAUSE):,.0f}/s"


class _Bar:
    """The same as a bar of rich."""

    def __init__(self, name: str, verb: Verb, total: int, bar: RichProgress) -> None:
        self._bar = bar
        self._first: int | None = None
        self._began = time.monotonic()
        self._task = bar.add_task(f"{verb} {name}", total=total or None, records="")
        bar.start()

    def __call__(self, done: int, total: int) -> None:
        if self._first is None:
            self._first = done
        records = _records(done - self._first, done, total, time.monotonic() - self._began)
        self._bar.update(self._task, completed=done, total=total or None, records=records)

    def close(self) -> None:
        self._bar.stop()


def _watch(name: str, verb: Verb, total: int, *, plain: bool) -> _Watch:
    if not plain:
        try:
            from rich.console import Console
            from rich.progress import (
                BarColumn,
                DownloadColumn,
                MofNCompleteColumn,
                Progress,
                TextColumn,
                TransferSpeedColumn,
            )

            return _Bar(
                name,
                verb,
                total,
                Progress(
                    TextColumn("{task.description}", markup=False),
                    BarColumn(),
                    TextColumn("{task.fields[records]}")
                    if verb in _OF_RECORDS
                    else MofNCompleteColumn()
                    if verb == "comparing"
                    else DownloadColumn(),
                    *((TransferSpeedColumn(),) if verb == "fetching" else ()),
                    console=Console(stderr=True),
                    transient=True,
                ),
            )
        except ImportError:
            pass
    return _Line(name, verb)


class _Late:
    """Starts to show something once the work turns out to be long."""

    def __init__(self, name: str, verb: Verb, *, plain: bool) -> None:
        self._name = name
        self._verb: Verb = verb
        self._plain = plain
        self._watch: _Watch | None = None

    def __call__(self, done: int, total: int) -> None:
        if self._verb in ("reading", "hashing") and total < LARGE:
            return
        if self._watch is None:
            self._watch = _watch(self._name, self._verb, total, plain=self._plain)
        self._watch(done, total)

    def close(self) -> None:
        if self._watch is not None:
            self._watch.close()


@contextmanager
def progress(
    name: str, *, verb: Verb = "reading", plain: bool = False
) -> Generator[Callable[[int, int], None] | None, None, None]:
    """Give what the library is to call while it works; None where nobody watches.

    Args:
        name: What is worked on.
        verb: What is done to it.
        plain: Do without rich.
    """
    if not sys.stderr.isatty():
        yield None
        return
    late = _Late(visible_lines(name), verb, plain=plain)
    try:
        yield late
    finally:
        late.close()
