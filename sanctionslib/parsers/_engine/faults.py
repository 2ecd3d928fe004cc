"""Errors of files that cannot be read: each sort of fault with what to do about it."""

from __future__ import annotations

from sanctionslib.errors import Hint, ParseError, StructureChangedError, TruncatedError, Where

__all__ = ["beyond", "changed", "check_length", "cut", "damaged", "mendable", "undecodable"]


def cut(what: str, where: Where) -> TruncatedError:
    """The error of a file that ends too early."""
    return TruncatedError(what, where=where, hint="the download was cut: fetch the file again")


def damaged(what: str, where: Where) -> ParseError:
    """The error of a file that is not well-formed."""
    return ParseError(
        what,
        where=where,
        hint="the file is damaged, or in another encoding than it says: fetch it again",
    )


def mendable(what: str, where: Where) -> ParseError:
    """The error of a file that is not well-formed by a fault that can be mended."""
    return ParseError(
        what,
        where=where,
        hints=(
            Hint("fetch the file again"),
            Hint(
                "where its publisher ships it so, {} reads it and reports each repair",
                "repair",
                True,
            ),
            Hint("the archive takes no such file"),
        ),
    )


def undecodable(error: UnicodeDecodeError, where: Where) -> ParseError:
    """The error of bytes that are no text."""
    if error.reason == "unexpected end of data" and error.end == len(error.object):
        return cut("the file ends within a character", where)
    byte, encoding = error.object[error.start], error.encoding.upper()
    return damaged(f"the byte 0x{byte:02X} is no text in {encoding}", where)


def changed(what: str, where: Where) -> StructureChangedError:
    """The error of a file whose parts do not stand as the format has them."""
    return StructureChangedError(
        what,
        where=where,
        hint="the file is damaged, put together of two, or the format has changed: fetch it again",
    )


def beyond(what: str, where: Where) -> StructureChangedError:
    """The error of a file that can only be an attack: it goes beyond every limit."""
    return StructureChangedError(
        f"the file goes beyond what a list can look like: {what}",
        where=where,
        hint="do not trust this file: fetch it again from the publisher",
    )


_LONGEST = 1_000
"""Characters of a path or a namespace; no format has a tenth. Every value below repeats them: a few
names of many thousand characters would take gigabytes."""


def check_length(what: str, text: str, where: Where) -> None:
    """Refuse a path, or the address of a namespace, that is longer than any can be.

    Raises:
        StructureChangedError: It is.
    """
    if len(text) > _LONGEST:
        says = f"{what} has {len(text):,} characters, and {_LONGEST:,} are the most"
        raise beyond(says, where._replace(path=f"{text[:80]}…"))
