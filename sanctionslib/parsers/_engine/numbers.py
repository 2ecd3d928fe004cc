"""Whole numbers in texts; and kinds of numbers that OFAC's labels leave open, but checksums tell.

* IMO numbers have no label: they are under "Vessel Registration Identification", mostly as "IMO
  9187629", sometimes without the word. The last of the seven digits is a checksum.
* "Legal Entity Number" holds LEIs (ISO 17442, twenty characters with a checksum) and, in older
  entries, national registration numbers.
"""

from __future__ import annotations

from sanctionslib.model import DocumentFlag, IdentifierKind

__all__ = ["DIPLOMATIC", "is_imo", "is_lei", "kind_of_number", "whole_number"]

_DIGITS = 18
"""No number of a list is longer; Python refuses more than 4,300 digits."""

DIPLOMATIC = (DocumentFlag.DIPLOMATIC,)
"""The flags of a diplomatic passport."""


def whole_number(text: str) -> int | None:
    """The whole number in a text, in its usual form; else None.

    >>> whole_number("9647"), whole_number("09647"), whole_number("9" * 5_000)
    (9647, None, None)
    """
    if len(text) <= _DIGITS and text.isascii() and text.isdigit() and str(int(text)) == text:
        return int(text)
    return None


def kind_of_number(kind: IdentifierKind, value: str) -> IdentifierKind:
    """The kind of a number, from the kind of its label and its own form.

    >>> kind_of_number(IdentifierKind.VESSEL_REGISTRATION, "IMO 9187629").value
    'IMO number'
    >>> kind_of_number(IdentifierKind.LEI, "852499097").value
    'company or organization registration'
    """
    if kind is IdentifierKind.VESSEL_REGISTRATION and (value.startswith("IMO ") or is_imo(value)):
        return IdentifierKind.IMO
    if kind is IdentifierKind.LEI and not is_lei(value):
        return IdentifierKind.REGISTRATION
    return kind


def is_imo(value: str) -> bool:
    """Whether seven digits have the checksum of an IMO ship number."""
    if len(value) != 7 or not (value.isascii() and value.isdigit()):
        return False
    digits = [int(char) for char in value]
    weighted = zip(digits, range(7, 1, -1), strict=False)
    return sum(digit * weight for digit, weight in weighted) % 10 == digits[6]


def is_lei(value: str) -> bool:
    """Whether twenty characters have the checksum of a legal entity identifier (mod 97)."""
    if len(value) != 20 or not (value.isascii() and value.isalnum()):
        return False
    return int("".join(str(int(char, 36)) for char in value)) % 97 == 1
