"""How far a long piece of work has come: a bar on standard error; nothing off a terminal."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, TypeAlias

from sanctionslib.cli._errors import visible

if TYPE_CHECKING:
    from rich.progress import Progress

LARGE = 5_000_000
"""Bytes from which on a file is large; smaller ones are read at once."""

Verb: TypeAlias = Literal[
    "reading", "fetching", "hashing", "comparing", "screening", "reporting on"
]
"""What is done. Of `comparing` editions are counted, of the last two records, of others bytes."""

_PAUSE = 0.1
"""Seconds between two looks at the line: a server sends faster than people read."""


@contextmanager
def progress(name: str, verb: Verb = "reading") -> Generator[Callable[[int, int], None] | None]:
    """Give what the library is to call while it works; None off a terminal.

    Args:
        name: What is worked on.
        verb: What is done to it.
    """
    if not sys.stderr.isatty():
        yield None
        return
    line = _Line(visible(name), verb)
    try:
        yield line
    finally:
        line.clear()


class _Line:
    """The line, which is written over, from the time when the work is long; a bar of rich if it is there."""

    def __init__(self, name: str, verb: Verb) -> None:
        self._name, self._verb = f"{verb} {name}", verb
        self._first: int | None = None
        self._began = self._written = 0.0
        self._width = 0
        self._bar: Progress | None = None

    def __call__(self, done: int, total: int) -> None:
        if self._verb in ("reading", "hashing") and total < LARGE:
            return
        now = time.monotonic()
        if self._first is None:
            self._first, self._began = done, now
            self._bar = _bar(self._name)
        elif now - self._written < _PAUSE and done != total:
            return
        self._written = now
        since = max(now - self._began, _PAUSE)
        words = self._words(done, total, (done - self._first) / since)
        if self._bar is None:
            self._write(f"{self._name}  {words}")
        else:
            (task,) = self._bar.task_ids
            self._bar.update(task, completed=done, total=total or None, words=words)
            self._bar.refresh()

    def _words(self, done: int, total: int, each_second: float) -> str:
        if self._verb in ("screening", "reporting on"):
            of = f" of about {total:,}" if total > done else ""
            return f"{done:,}{of} records  {each_second:,.0f}/s"
        words = f"{done * 100 // total} %" if total else f"{done / 1e6:,.1f} MB"
        return f"{words}  {each_second / 1e6:.1f} MB/s" if self._verb == "fetching" else words

    def clear(self) -> None:
        """Take it away, where it was written."""
        if self._bar is not None:
            self._bar.stop()
        elif self._width:
            self._write("")
            sys.stderr.write("\r")
            sys.stderr.flush()

    def _write(self, text: str) -> None:
        # A line that is too long would begin another one.
        text = text[: shutil.get_terminal_size().columns - 1]
        sys.stderr.write(f"\r{text.ljust(self._width)}")
        sys.stderr.flush()
        self._width = len(text)


def _bar(name: str) -> Progress | None:
    """A bar with one task, where rich is installed and the terminal can draw."""
    if os.environ.get("TERM") == "dumb":
        return None
    try:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn
    except ImportError:
        return None
    texts = (
        TextColumn(f"{{task.{one}}}", markup=False) for one in ("description", "fields[words]")
    )
    console = Console(stderr=True)
    bar = Progress(*texts, BarColumn(), console=console, transient=True, auto_refresh=False)
    bar.add_task(name, words="")
    bar.start()
    return bar
