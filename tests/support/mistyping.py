"""Typing errors, for laws."""

from __future__ import annotations

from hypothesis import strategies as st

WRONG = st.sampled_from(["drop", "other", "more", "swap"])
"""What may be wrong with a letter."""


def mistyped(text: str, at: int, how: str, letter: str) -> str:
    """A word with one letter wrong."""
    if how == "drop":
        return text[:at] + text[at + 1 :]
    if how == "more":
        return text[:at] + letter + text[at:]
    if how == "other":
        return text[:at] + letter + text[at + 1 :]
    return text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]
