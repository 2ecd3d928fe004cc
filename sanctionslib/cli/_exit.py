"""The exit codes, and what each means. Standard library alone: also where click is missing."""

from __future__ import annotations

import enum

__all__ = ["MEANINGS", "Exit"]


class Exit(enum.IntEnum):
    """How a run of the command ends. Scripts rely on these numbers: they never change.

    `NOTHING` is an answer: only a search that was carried out ends with it. Python ends with 1 after
    any exception, and click after some; `main` turns those into others. `FAULT` is the number that
    sysexits.h has for errors of the software itself.
    """

    FOUND = 0
    NOTHING = 1
    USAGE = 2
    FILE = 3
    AMBIGUOUS = 4
    NOT_STATED = 5
    CHANGED = 6
    PROBLEMS = 7
    FAULT = 70
    INTERRUPTED = 130
    PIPE_CLOSED = 141


MEANINGS = {
    Exit.FOUND: "found, or done",
    Exit.NOTHING: "nothing found; no party has this id or name",
    Exit.USAGE: "a wrong option or value, or a part of the installation is missing",
    Exit.FILE: "the file or list cannot be fetched, read or written, or is at fault",
    Exit.AMBIGUOUS: "several parties have this id or name",
    Exit.NOT_STATED: "the file never states what was asked for",
    Exit.CHANGED: "there are changes, or hits (`diff`, `changes`, `screen` with --exit-code)",
    Exit.PROBLEMS: "done, but some records have problems, or there are none (`screen`)",
    Exit.FAULT: "this program failed: a fault of its own, which says nothing about anybody",
    Exit.INTERRUPTED: "interrupted (Ctrl-C)",
    Exit.PIPE_CLOSED: "the reader of the output went away (`| head`)",
}
"""What each code means, as `sanctionslib --help` prints it."""
