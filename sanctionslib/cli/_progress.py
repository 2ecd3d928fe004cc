"""How far reading a large file has come, on standard error; nothing where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

__all__ = ["LARGE", "progress"]

LARGE = 5_000_000
"""Bytes from which on a file is large; smaller ones are read before anybody wonders."""


class _Watch(Protocol):
    def __call__(self, done: int, total: int) -> None: ...
    def close(self) -> None: ...


class _Line:
    """One line that is written over: `reading SDN.XML  37 %`."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._percent = -1
        self._width = 0

    def __call__(self, done: int, total: int) -> None:
        percent = done * 100 // total
        if percent != self._percent:
            text = f"reading {self._name}  {percent} %"
            self._percent, self._width = percent, len(text)
            sys.stderr.write(f"\r{text}")
            sys.stderr.flush()

    def close(self) -> None:
        sys.stderr.write(f"\r{' ' * self._width}\r")
        sys.stderr.flush()


class _Bar:
    """The same as a bar of rich."""

    def __init__(self, name: str, total: int, bar: RichProgress) -> None:
        self._bar = bar
        self._task = bar.add_task(f"reading {name}", total=total)
        bar.start()

    def __call__(self, done: int, total: int) -> None:
        self._bar.update(self._task, completed=done, total=total)

    def close(self) -> None:
        self._bar.stop()


def _watch(name: str, total: int, *, plain: bool) -> _Watch:
    if not plain:
        try:
            from rich.console import Console
            from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

            return _Bar(
                name,
                total,
                Progress(
                    TextColumn("{task.description}", markup=False),
                    BarColumn(),
                    DownloadColumn(),
                    console=Console(stderr=True),
                    transient=True,
                ),
            )
        except ImportError:
            pass
    return _Line(name)


class _Late:
    """Starts to show something once the file turns out to be large."""

    def __init__(self, name: str, *, plain: bool) -> None:
        self._name = name
        self._plain = plain
        self._watch: _Watch | None = None

    def __call__(self, done: int, total: int) -> None:
        if total < LARGE:
            return
        if self._watch is None:
            self._watch = _watch(self._name, total, plain=self._plain)
        self._watch(done, total)

    def close(self) -> None:
        if self._watch is not None:
            self._watch.close()


@contextmanager
def progress(
    file: str, *, plain: bool = False
) -> Generator[Callable[[int, int], None] | None, None, None]:
    """Give what `sanctionslib.read` is to call while it reads; None where nobody watches.

    Args:
        file: The path, for its name.
        plain: Do without rich.
    """
    if not sys.stderr.isatty():
        yield None
        return
    late = _Late(PurePath(file).name, plain=plain)
    try:
        yield late
    finally:
        late.close()
