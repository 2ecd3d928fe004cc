"""In what a name differs from another one of its owner: the classes of the matching benchmark.

They are read off the letters alone, by rules of this file and by no scorer's, so that all scorers
are compared by the same classes.
"""

from __future__ import annotations

from collections.abc import Iterable

from anyascii import anyascii
from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

CLASSES = {
    "order": "the same words, maybe in another order",
    "joined": "the same letters, parted otherwise",
    "left out": "the same words, some left out on one side",
    "left out, spelling": "some left out on one side, the others spelled otherwise",
    "spelling": "as many words, some spelled otherwise",
    "some alike": "at least one word alike, others on both sides",
    "acronym": "the first letters of the words",
    "nothing": "no word alike: a translation, another name, a renamed ship",
}
"""The classes from the easy to the hard, with what they hold."""

_ALIKE = 70


def words(text: str) -> list[str]:
    """The words of a name, in Latin letters without signs."""
    return default_process(anyascii(text.replace("'", ""))).split()


def class_of(query: str, others: Iterable[str]) -> str:
    """The easiest class of those that a name makes with each of its owner's other names.

    >>> class_of("Jo Ann Doe", ["DOE, Joann"]), class_of("John Doe", ["DOE, John Henry", "X"])
    ('joined', 'left out')
    """
    order = list(CLASSES)
    return min((_class(words(query), words(other)) for other in others), key=order.index)


def _class(one: list[str], other: list[str]) -> str:
    if sorted(one) == sorted(other):
        return "order"
    first, second = "".join(one), "".join(other)
    if len(first) == len(second) and first in second * 2:  # "LAST, First" begins elsewhere
        return "joined"
    few, many = sorted((one, other), key=len)
    if set(few) < set(many):
        return "left out"
    left = list(many)
    alike = 0
    for word in sorted(few, key=len, reverse=True):
        best = max(left, key=lambda listed: fuzz.ratio(word, listed), default="")
        if fuzz.ratio(word, best) >= _ALIKE:
            left.remove(best)
            alike += 1
    if alike and alike == len(few):
        return "spelling" if len(few) == len(many) else "left out, spelling"
    if alike:
        return "some alike"
    return "acronym" if _acronym(one, other) or _acronym(other, one) else "nothing"


def _acronym(short: list[str], long: list[str]) -> bool:
    letters = "".join(short)
    first = "".join(word[0] for word in long)
    return len(short) <= 2 and 2 <= len(letters) <= 8 and letters in (first, first[:-1])
