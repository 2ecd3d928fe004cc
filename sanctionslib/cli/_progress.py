"""How far a long piece of work has come, on standard error; nothing off a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, TypeAlias

from sanctionslib.cli._errors import visible

if TYPE_CHECKING:
    from rich.progress import Progress

__all__ = ["LARGE", "Verb", "progress"]

LARGE = 5_000_000
"""Bytes from which on a file is large; smaller ones are read at once."""

Verb: TypeAlias = Literal[
    "reading", "fetching", "hashing", "comparing", "screening", "reporting on"
]
"""What is done. Of `comparing` editions are counted, of the last two records, of others bytes."""

_PAUSE = 0.1
"""Seconds between two looks at the same line: a server sends faster than people read."""


class _Watch:
    """A bar of rich, or one line that is written over; from the time when the work is long."""

    def __init__(self, name: str, verb: Verb, *, plain: bool) -> None:
        self._name, self._verb, self._plain = f"{verb} {name}", verb, plain
        self._first: int | None = None
        self._began = self._shown = 0.0
        self._text = ""
        self._bar: Progress | None = None

    def __call__(self, done: int, total: int) -> None:
        if self._verb in ("reading", "hashing") and total < LARGE:
            return
        now = time.monotonic()
        if self._first is None:
            self._first, self._began = done, now
            self._bar = None if self._plain else _bar(self._name, total)
        elif now - self._shown < _PAUSE and done != total:
            return
        self._shown = now
        words = self._words(done, total, max(now - self._began, _PAUSE))
        if self._bar is not None:
            task = self._bar.task_ids[0]
            self._bar.update(task, completed=done, total=total or None, words=words)
        else:
            text = f"{self._name}  {words}"
            sys.stderr.write(f"\r{text.ljust(len(self._text))}")
            sys.stderr.flush()
            self._text = text

    def _words(self, done: int, total: int, seconds: float) -> str:
        assert self._first is not None
        if self._verb in ("screening", "reporting on"):
            of = f" of about {total:,}" if total > done else ""
            return f"{done:,}{of} records  {(done - self._first) / seconds:,.0f}/s"
        words = f"{done * 100 // total} %" if total else f"{done / 1e6:,.1f} MB"
        return f"{words}  {done / 1e6 / seconds:.1f} MB/s" if self._verb == "fetching" else words

    def close(self) -> None:
        if self._bar is not None:
            self._bar.stop()
        elif self._text:
            sys.stderr.write(f"\r{' ' * len(self._text)}\r")
            sys.stderr.flush()


def _bar(name: str, total: int) -> Progress | None:
    try:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn
    except ImportError:
        return None
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[words]}", markup=False),
        console=Console(stderr=True),
        transient=True,
    )
    bar.add_task(name, total=total or None, words="")
    bar.start()
    return bar


@contextmanager
def progress(
    name: str, *, verb: Verb = "reading", plain: bool = False
) -> Generator[Callable[[int, int], None] | None]:
    """Give what the library is to call while it works; None off a terminal.

    Args:
        name: What is worked on.
        verb: What is done to it.
        plain: Do without rich.
    """
    if not sys.stderr.isatty():
        yield None
        return
    watch = _Watch(visible(name), verb, plain=plain)
    try:
        yield watch
    finally:
        watch.close()
