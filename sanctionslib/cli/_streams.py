"""The standard streams, made so that a closed, full or limited one never changes what is said.

Standard library alone: it is prepared before anything else is loaded.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, TextIO, cast

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


@contextlib.contextmanager
def standard_streams() -> Generator[None]:
    """Have three streams that can be used, whatever the process was started with.

    Standard input and output that are closed raise `OSError` when they are used, as others that
    fail do. What cannot be written to standard error is lost: a message is never the answer, and
    without it the answer and the exit code still are.
    """
    given = sys.stdin, sys.stdout, sys.stderr
    # The next file that is opened gets the lowest descriptor that is free. So they are opened in
    # their order, each for what it is not used for; else a file of ours would be the standard output.
    if sys.stdin is None:
        sys.stdin = _text(io.BufferedReader(_opened("r", os.O_WRONLY, "<stdin>")))
    if sys.stdout is None:
        sys.stdout = _text(io.BufferedWriter(_opened("w", os.O_RDONLY, "<stdout>")))
    if sys.stderr is None:
        sys.stderr = _text(io.BufferedWriter(_opened("w", os.O_WRONLY, "<stderr>")))
    sys.stdout = _whole(sys.stdout)
    sys.stderr = _unfailing(sys.stderr)
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = given


def is_unicode(stream: TextIO) -> bool:
    """Whether the stream can have every letter."""
    return (stream.encoding or "utf-8").lower().startswith("utf")


def _opened(mode: str, flag: int, name: str) -> io.FileIO:
    # It stays open until the process ends, as standard streams do.
    raw = io.FileIO(os.open(os.devnull, flag), mode, closefd=False)
    raw.name = name
    return raw


def _text(buffer: io.BufferedReader | io.BufferedWriter) -> io.TextIOWrapper:
    return io.TextIOWrapper(buffer, "utf-8", "backslashreplace")


def _whole(out: TextIO) -> TextIO:
    """Standard output, which writes all or fails, and fails on no letter.

    Unbuffered (`PYTHONUNBUFFERED`, `python -u`), Python's text layer takes no notice of a write that
    ends early, as on a full disk: a buffer writes on until all is out, or fails. Consoles that lack
    a script, and encodings that lack halves of characters, show them as escapes.
    """
    beneath: object = getattr(out, "buffer", None)
    if isinstance(beneath, io.RawIOBase):
        out = open(out.fileno(), "w", encoding=out.encoding, closefd=False)  # noqa: SIM115
    reconfigure = cast("Callable[..., None] | None", getattr(out, "reconfigure", None))
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
    return out


def _unfailing(err: TextIO) -> TextIO:
    """Standard error, of which what cannot be written is lost."""
    beneath: object = getattr(err, "buffer", None)
    raw: object = getattr(beneath, "raw", beneath)
    if not isinstance(raw, io.RawIOBase):
        return err
    buffer = io.BufferedWriter(_Unfailing(raw, err))
    return io.TextIOWrapper(buffer, err.encoding, "backslashreplace", line_buffering=True)


class _Unfailing(io.RawIOBase):
    def __init__(self, raw: io.RawIOBase, stream: TextIO) -> None:
        self._raw = raw
        self._stream = stream  # which would close what is beneath it when it is collected

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._raw.fileno()

    def isatty(self) -> bool:
        return self._raw.isatty()

    def write(self, data: ReadableBuffer, /) -> int:
        with contextlib.suppress(OSError, ValueError):  # ValueError: it was closed
            written = self._raw.write(data)
            if written is not None:  # else there is no room now, and it is not waited for
                return written
        return memoryview(data).nbytes
