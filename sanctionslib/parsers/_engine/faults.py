"""Errors for files that cannot be read: each kind of fault with what to do about it."""

from __future__ import annotations

from sanctionslib.errors import Hint, ParseError, StructureChangedError, TruncatedError, Where

__all__ = [
    "changed",
    "check_length",
    "damaged",
    "limit_exceeded",
    "repairable",
    "truncated",
    "undecodable",
]


def truncated(what: str, where: Where) -> TruncatedError:
    """The error for a truncated file."""
    return TruncatedError(
        what, where=where, hint="the download was truncated: fetch the file again"
    )


def damaged(what: str, where: Where) -> ParseError:
    """The error for a file that is not well-formed."""
    return ParseError(
        what,
        where=where,
        hint="the file is damaged, or its encoding is not the one that it states: fetch it again",
    )


def repairable(what: str, where: Where) -> ParseError:
    """The error for a file that is not well-formed because of a fault that can be repaired."""
    return ParseError(
        what,
        where=where,
        hints=(
            Hint("fetch the file again"),
            Hint(
                "if its publisher ships it like this, {} reads it and reports each repair",
                "repair",
                True,
            ),
            Hint("the archive does not accept such a file"),
        ),
    )


def undecodable(error: UnicodeDecodeError, where: Where) -> ParseError:
    """The error for bytes that are not text in the encoding."""
    if error.reason == "unexpected end of data" and error.end == len(error.object):
        return truncated("the file ends inside a character", where)
    byte, encoding = error.object[error.start], error.encoding.upper()
    return damaged(f"the byte 0x{byte:02X} is not valid in {encoding}", where)


def changed(what: str, where: Where) -> StructureChangedError:
    """The error for a file whose structure is not that of the format."""
    return StructureChangedError(
        what,
        where=where,
        hint="the file is damaged, was merged from two, or the format has changed: fetch it again",
    )


def limit_exceeded(what: str, where: Where) -> StructureChangedError:
    """The error for a file that exceeds every limit, and can only be an attack."""
    return StructureChangedError(
        f"the file exceeds the limits of a list: {what}",
        where=where,
        hint="do not trust this file: fetch it again from the publisher",
    )


_LONGEST = 1_000
"""Characters of a path or a namespace; no format has a tenth of it. Every value below repeats
them: a few names of many thousand characters would take gigabytes."""


def check_length(what: str, text: str, where: Where) -> None:
    """Refuse a path or a namespace that is too long.

    Raises:
        StructureChangedError: It is too long.
    """
    if len(text) > _LONGEST:
        message = f"{what} has {len(text):,} characters; the limit is {_LONGEST:,}"
        raise limit_exceeded(message, where._replace(path=f"{text[:80]}…"))
