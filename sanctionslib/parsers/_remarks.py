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

_GROUP = re.compile(r"\(Linked To: (.+?)\)(?=\s*(?:;(?!\s*Linked To:)|\.?\s*$))", re.DOTALL)
_NEXT = re.compile(r"\s*;\s*Linked To:\s*")


def linked_names(remarks: str) -> tuple[str, ...]:
    """The names after "Linked To:", in order.

    >>> linked_names("all offices worldwide; (Linked To: BANK A; Linked To: CORPS (IRGC)-QODS)")
    ('BANK A', 'CORPS (IRGC)-QODS')
    """
    if LINKED_TO not in remarks:
        return ()
    return tuple(name for group in _GROUP.findall(remarks) for name in _NEXT.split(group))


def has_unread_links(remarks: str, names: tuple[str, ...]) -> bool:
    """Whether remarks speak of links that were not read, or not cleanly.

    >>> has_unread_links("(linked to: BANK A)", ())
    True
    """
    said = len(re.findall("linked to", remarks, re.IGNORECASE))
    return said != len(names) or any(";" in name or ") (" in name for name in names)
