"""English for reprs and messages."""

from __future__ import annotations

__all__ = ["a", "plural"]


def a(noun: str) -> str:
    """The noun with its article: "an Organization"."""
    return f"an {noun}" if noun[0] in "AEIOUaeiou" else f"a {noun}"


def plural(word: str, count: int) -> str:
    """The word as it goes with a count: "26 entities", "1 vessel", "2 aircraft"."""
    if count == 1 or word == "aircraft":
        return word
    return word[:-1] + "ies" if word.endswith("y") else word + "s"
