"""Which numbers can tell who somebody is, and which never do, whoever states them."""

from __future__ import annotations

from sanctionslib.model import Entity, Identifier, IdentifierKind, Vessel

__all__ = ["can_be_one", "is_placeholder"]

_RUNS = ("0123456789" * 2, "9876543210" * 2)
_OF_LETTERS = frozenset({IdentifierKind.BIC})
"""Kinds of which a number can be letters alone."""
_OF_LISTS = frozenset(
    {
        IdentifierKind.UN_REFERENCE,
        IdentifierKind.EU_REFERENCE,
        IdentifierKind.UK_REFERENCE,
        IdentifierKind.OFSI_GROUP,
    }
)
"""Keys that publishers of lists give: short numbers too, and each to one party."""


def is_placeholder(number: Identifier) -> bool:
    """Whether something stands there so that the cell is not empty, which many can have.

    That is what has no digit ("UNKNOWN"), one character alone ("0000000"), or the digits in their
    order ("123456789").

    >>> from sanctionslib.model import Identifier, IdentifierKind
    >>> tax = IdentifierKind.TAX
    >>> [is_placeholder(Identifier(value=text, kind=tax)) for text in ("0000", "N/A", "7707083893")]
    [True, True, False]
    """
    if number.kind in _OF_LISTS:
        return False
    key = number.key.removeprefix("0x")
    if len(set(key)) < 2 or any(key in run for run in _RUNS):
        return True
    return number.kind not in _OF_LETTERS and not any(one.isdigit() for one in key)


def can_be_one(one: Entity, other: Entity, kind: IdentifierKind | None) -> bool:
    """Whether two records with the same number of this kind can be of one party.

    A person and a ship are not one; nor are a ship and the company with its IMO number.
    """
    kinds = {type(one), type(other)}
    if kind is IdentifierKind.IMO and Entity not in kinds:
        return isinstance(one, Vessel) == isinstance(other, Vessel)
    return len(kinds - {Entity}) <= 1
