"""The grammar of OFAC's remarks, as far as SDN.XML needs it: the links.

In SDN.XML structured remarks have moved into elements; what stays is free text and one pair of
brackets with all links of the entry: `all offices worldwide; (Linked To: A; Linked To: B)`.
A link names its target by primary name and not by uid. Names hold brackets themselves, also at
their end ("NASCO POLYMERS & CHEMICALS CO SAL (OFF-SHORE)"), so brackets are not counted: a link
ends where the next one begins, and the last one at the bracket that ends the remarks or stands
before "; " and something that is no link.
"""

from __future__ import annotations

import re

__all__ = ["LINKED_TO", "has_unread_links", "linked_names"]

LINKED_TO = "Linked To"
"""OFAC's words for a link; the source does not say of what sort it is."""

_OPENS = "(Linked To: "
_BLANKS = re.compile(r"\s*+")
_GOES_ON = re.compile(r";\s*+Linked To:")


def linked_names(remarks: str) -> tuple[str, ...]:
    """The names after "Linked To:", in order.

    >>> linked_names("all offices worldwide; (Linked To: BANK A; Linked To: CORPS (IRGC)-QODS)")
    ('BANK A', 'CORPS (IRGC)-QODS')
    """
    names: list[str] = []
    text, end = remarks.rstrip(), 0
    while (start := text.find(_OPENS, end)) >= 0:
        start += len(_OPENS)
        end = _closes(text, start)
        if end < 0:  # nor is there a bracket that ends later ones
            break
        names += [name.strip() for name in _GOES_ON.split(text[start:end])]
    return tuple(names)


def _closes(text: str, start: int) -> int:
    """Where the bracket stands that ends the links which begin at `start`; -1 where none does."""
    at = text.find(")", start + 1)
    while at >= 0:
        blanks = _BLANKS.match(text, at + 1)
        after = blanks.end() if blanks is not None else at + 1
        is_last = text[after:] in ("", ".") if after >= len(text) - 1 else False
        if is_last or (text[after] == ";" and _GOES_ON.match(text, after) is None):
            break
        at = text.find(")", at + 1)
    return at


def has_unread_links(remarks: str, names: tuple[str, ...]) -> bool:
    """Whether remarks speak of links that were not read, or not cleanly.

    >>> has_unread_links("(linked to: BANK A)", ())
    True
    """
    said = len(re.findall("linked to", remarks, re.IGNORECASE))
    return said != len(names) or any(";" in name or ") (" in name for name in names)
