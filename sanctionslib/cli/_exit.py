"""The exit codes, and what each means. Standard library alone: also where click is missing."""

from __future__ import annotations

import enum


class Exit(enum.IntEnum):
    """How a run of the command ends. Scripts rely on these numbers: they never change.

    `NOTHING` is an answer: only a search that was carried out ends with it. Python ends with 1 after
    any exception, and click after some; `main` turns those into others. `FAULT` is the number that
    sysexits.h has for errors of the software itself.
    """

    meaning: str
    """What it means, as `sanctionslib --help` prints it."""

    def __new__(cls, code: int, meaning: str) -> Exit:
        made = int.__new__(cls, code)
        made._value_ = code
        made.meaning = meaning
        return made

    FOUND = 0, "found, or done"
    NOTHING = 1, "nothing found; no party has this id or name"
    USAGE = 2, "a wrong option or value, or a part of the installation is missing"
    FILE = 3, "the file or list cannot be fetched, read or written, or is at fault"
    AMBIGUOUS = 4, "several parties have this id or name"
    NOT_STATED = 5, "the file never states what was asked for"
    CHANGED = 6, "there are changes, or hits (`diff`, `changes`, `screen` with --exit-code)"
    PROBLEMS = 7, "done, but some records have problems, or there are none (`screen`)"
    FAULT = 70, "this program failed: a fault of its own, which says nothing about anybody"
    INTERRUPTED = 130, "interrupted (Ctrl-C)"
    PIPE_CLOSED = 141, "the reader of the output went away (`| head`)"
