"""Keys under which parts and names are found, and the array that holds them.

Parts that are alike mostly have a key in common: their letters and their `sound`, each also with one
letter left out, how they begin and end, their `bones`, and the classes that the tables give them.
Names that are alike as wholes have keys of their own: pieces of all their letters, two neighbours
as one word, initials.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from functools import cache
from itertools import accumulate
from sys import byteorder
from zlib import crc32

from sanctionslib.matching.letters import bones, consonants, is_unvowelled, sound
from sanctionslib.matching.normalise import Part, PreparedName, Role

__all__ = [
    "Keys",
    "bare_key",
    "bones_keys",
    "class_keys",
    "initials",
    "letter_keys",
    "name_keys",
    "near_whole_keys",
    "pair_key",
    "part_keys",
]


class Keys:
    """Text → numbers, many to many, as one sorted array."""

    def __init__(self, given: Iterable[tuple[int, Iterable[str]]]) -> None:
        packed = [crc32(key.encode()) << 32 | value for value, keys in given for key in keys]
        packed.sort()
        halves = array("I", array("Q", packed).tobytes())
        if byteorder == "little":
            self._values, self._sums = halves[::2], halves[1::2]
        else:
            self._sums, self._values = halves[::2], halves[1::2]
        bits = len(packed).bit_length()
        self._shift = 32 - bits
        counts = array("I", bytes(4 * (2**bits + 1)))
        for each in self._sums:
            counts[(each >> self._shift) + 1] += 1
        self._starts = array("I", accumulate(counts))

    def find(self, keys: Iterable[str]) -> set[int]:
        """What the keys lead to; seldom something else as well."""
        sums, values, starts, shift = self._sums, self._values, self._starts, self._shift
        found: set[int] = set()
        for key in keys:
            it = crc32(key.encode())
            bucket = it >> shift
            start, end = starts[bucket], starts[bucket + 1]
            if start < end:
                if sums[start] == it == sums[end - 1]:  # mostly: a bucket has few sums
                    found.update(values[start:end])
                else:
                    for place in range(start, end):
                        if sums[place] == it:
                            found.add(values[place])
        return found


def part_keys(part: Part) -> set[str]:
    """Where a part stands."""
    found = class_keys(part)
    found |= letter_keys(part)
    found |= bones_keys(part)
    found.add(bare_key(part))
    if part.role is Role.WORD and len(part.text) > 3:
        found.add(pair_key(part.text))
    return found


def letter_keys(part: Part) -> set[str]:
    """Where a part is looked up by its letters; parts that are alike mostly share one of them."""
    return _word_keys(part.text) if part.role in _WORDS else {part.text}


def class_keys(part: Part) -> set[str]:
    """Where a part is looked up by what it has in common with parts of other letters."""
    found = {"<" + name for name in part.kin | part.syllables}
    if part.group:
        found.add("=" + part.group)
    if part.spelling:
        found.add("*" + part.spelling)
    if part.sister:
        found.add("/" + part.sister)
    if part.own:
        found |= _shorter(part.own)
    return found


def bare_key(part: Part, *, across: bool = False) -> str:
    """Where a part is found by its consonants from the letters that leave vowels out, and back.

    Args:
        part: The part.
        across: Where its like in the other letters are, instead of where it is itself.
    """
    return ("-" if is_unvowelled(part.own) is across else "~") + consonants(part.text)


def bones_keys(part: Part) -> set[str]:
    """Where a word is looked up by its `bones`, if they are three or more."""
    frame = bones(part.text) if part.role in _WORDS else ""
    return {"^" + frame} if len(frame) > 2 else set()


_WORDS = (Role.WORD, Role.PARTICLE)


def _word_keys(text: str) -> set[str]:
    """Letters and sound of a word, both also without one of them; and without an article.

    And how a long one begins and ends, which stays where two letters at its other end are wrong.
    """
    heard = sound(text)
    found = _shorter(text) | _shorter(heard)
    if len(text) > 5 and text.startswith(("al", "el")):
        found.add(text[2:])
    if len(heard) > _END + 1:
        found.add(heard[:_END] + ">")
        found.add("<" + heard[-_END:])
    return found


_END = 5
"""Sounds by which a word is found that is longer by two or more."""


def _shorter(text: str) -> set[str]:
    """A text, and what is left of it without one letter."""
    found = {text}
    if len(text) > 3:
        found.update([text[:at] + text[at + 1 :] for at in range(len(text))])
    return found


def name_keys(name: PreparedName) -> list[str]:
    """Where a name is looked up beside its parts."""
    found = _segments(name.joined)
    if name.own_joined:
        found += _segments(name.own_joined)
    before = ""
    for part in name.parts:
        text = part.text
        if before and len(before) + len(text) > 3:
            found.append(pair_key(before + text))
        before = text
    if name.kind not in _NO_ACRONYMS:
        found += ["." + text for text in initials(name, 3)]
    return found


def initials(name: PreparedName, least: int) -> list[str]:
    """The initials of all runs of words, from `least` of them on, that an acronym may be of."""
    starts = ""
    for part in name.parts:
        if part.role in _SPELLED or (part.role is Role.LEGAL_FORM and len(part.text) > 4):
            starts += part.text[0]
    count = len(starts)
    return [
        starts[at : at + size]
        for size in range(least, min(count, _ACRONYM) + 1)
        for at in range(count - size + 1)
    ]


_NO_ACRONYMS = ("person", "vessel", "aircraft")
"""Kinds whose words the scorer pairs with no acronym of three letters or more."""
_ACRONYM = 8
"""Letters of the longest acronym."""
_SPELLED = (Role.WORD, Role.NUMBER, Role.INITIAL)


def pair_key(whole: str) -> str:
    """Where two neighbours are found by the one word that they are elsewhere: rough consonants.

    Made letter by letter, so that it does not matter where the one word ends.
    """
    frame = whole[1:].translate(_ROUGH)
    if _DOUBLE.search(frame):
        frame = _DOUBLE.sub(r"\1", frame)
    return "+" + (whole[0] + frame if frame else whole)


_ROUGH = str.maketrans("bfcgqxzjd", "ppkkkksst", "aeiouywhv")
_DOUBLE = re.compile(r"(.)\1+")


def _cut(length: int) -> tuple[tuple[int, int], ...]:
    """Start and end of the three parts of a text: with two errors, one of them stays whole."""
    third, most = length // 3, length - length // 3
    middle = (third + most) // 2 if third else 0
    return ((0, third), (third, middle), (middle, length))


def _segments(whole: str) -> list[str]:
    if len(whole) < _WHOLE:
        return []
    return [label + whole[start:end] for label, start, end in _pieces(len(whole))]


@cache
def _pieces(length: int) -> tuple[tuple[str, int, int], ...]:
    """Label, start and end of the three pieces of a text."""
    return tuple((f"{number}{length} ", *cut) for number, cut in enumerate(_cut(length)))


def near_whole_keys(whole: str) -> list[str]:
    """The keys under which texts stand that differ in two letters at most."""
    return [label + whole[start:end] for label, start, end in _windows(len(whole))]


@cache
def _windows(size: int) -> tuple[tuple[str, int, int], ...]:
    """Where the pieces of near texts may stand in one of this size: label, start and end."""
    found: list[tuple[str, int, int]] = []
    for length in range(max(_WHOLE, size - 2), size + 3):
        if size < 4:
            break
        more = size - length
        for number, (start, end) in enumerate(_cut(length)):
            first = max(start - number, start + more - (2 - number), 0)
            last = min(start + number, start + more + (2 - number), size - (end - start))
            found += [(f"{number}{length} ", at, at + end - start) for at in range(first, last + 1)]
    return tuple(found)


_WHOLE = 5
"""Letters from which on names are compared as wholes."""
