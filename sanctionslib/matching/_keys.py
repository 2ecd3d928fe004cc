"""Keys under which parts and names are found, and the dictionary that holds them.

Parts that are alike mostly have a key in common: their letters and their `sound`, each also with one
left out; how they begin and end; their `consonants`; and the classes that the tables give them.
Names that are alike as wholes have keys of their own: pieces of all their letters, two neighbours
as one word, initials.

A key is a check sum of 32 bits, which takes half of the room of a text. What a key is of begins the
sum (`_sum`), so that a piece of letters is not taken for initials.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from zlib import crc32

from sanctionslib.matching.letters import consonants, is_unvowelled, sound
from sanctionslib.matching.normalise import Part, PreparedName, Role

__all__ = [
    "Frames",
    "Keys",
    "Shelved",
    "Shelves",
    "acronym_key",
    "bare_key",
    "class_keys",
    "consonants_key",
    "initials",
    "letter_keys",
    "name_keys",
    "near_whole_keys",
    "pair_key",
    "part_keys",
    "whole_keys",
    "word_key",
]


Frames = tuple[str, str]
"""The `_rough` frame of a text, and of what follows its first letter."""
Shelved = tuple[int, list[int]]
"""The shelf where keys stand, and these: by their length, or what else tells them from all others."""


class Keys:
    """Keys → numbers, many to many."""

    def __init__(self, given: Iterable[tuple[int, Iterable[int]]]) -> None:
        found: dict[int, int | list[int] | tuple[int, ...]] = {}
        """Key → its number, or all of them: most keys have one, and need no more room."""
        several: list[tuple[int, list[int]]] = []
        add = found.setdefault
        for value, keys in given:
            for key in keys:
                first = add(key, value)
                if first is value:
                    continue
                if isinstance(first, list):
                    if first[-1] is not value:
                        first.append(value)
                elif isinstance(first, int) and first != value:
                    found[key] = both = [first, value]
                    several.append((key, both))
        for key, values in several:
            found[key] = tuple(values)
        self._found = found

    def find(self, keys: Iterable[int]) -> set[int]:
        """What the keys lead to; seldom something else as well."""
        get = self._found.get
        found: set[int] = set()
        for key in keys:
            values = get(key)
            if isinstance(values, int):
                found.add(values)
            elif values is not None:
                found.update(values)
        return found


class Shelves:
    """The same in many small dictionaries, which are filled and asked faster than a large one."""

    def __init__(self, given: Iterable[tuple[int, Iterable[Shelved]]]) -> None:
        shelves: dict[int, list[tuple[int, list[int]]]] = {}
        for value, shelved in given:
            for shelf, keys in shelved:
                shelves.setdefault(shelf, []).append((value, keys))
        self._shelves = {shelf: Keys(given) for shelf, given in shelves.items()}

    def find(self, shelved: Iterable[Shelved]) -> set[int]:
        """As that of `Keys`."""
        found: set[int] = set()
        for shelf, keys in shelved:
            if shelf in self._shelves:
                found |= self._shelves[shelf].find(keys)
        return found


def _sum(text: str, of: int = 0) -> int:
    """The check sum of a text, going on from that of what it is of."""
    return crc32(text.encode(), of)


_CLASS, _GROUP, _SPELLING, _SISTER = map(_sum, "<=*/")
_CONSONANTS, _UNVOWELLED, _PAIR, _INITIALS = map(_sum, "~-+.")


def part_keys(part: Part, known: dict[str, Frames]) -> list[int]:
    """Where a part stands, beside its letters.

    Args:
        part: The part.
        known: As for `name_keys`.
    """
    found = class_keys(part)
    found.append(bare_key(part))
    text = part.text
    if part.role is Role.WORD and len(text) > 3:
        _, start = known.get(text) or known.setdefault(text, _frames(text))
        found.append(_pair_key(text, "", start, ""))
    return found


def word_key(text: str) -> Shelved:
    """Where a part stands by its letters as they are."""
    return len(text), [_sum(text)]


def letter_keys(part: Part) -> list[Shelved]:
    """Where a part stands, and is looked up, by its letters: parts that are alike mostly share a key."""
    return _word_keys(part.text) if part.role in _WORDS else [word_key(part.text)]


def class_keys(part: Part) -> list[int]:
    """Where a part is looked up by what it has in common with parts of other letters."""
    if part.plainness == _PLAIN:
        return []
    found = [_sum(name, _CLASS) for name in part.kin | part.syllables]
    if part.group:
        found.append(_sum(part.group, _GROUP))
    if part.spelling:
        found.append(_sum(part.spelling, _SPELLING))
    if part.sister:
        found.append(_sum(part.sister, _SISTER))
    if part.own:
        found += [key for _, keys in _shorter(part.own) for key in keys]
    return found


_PLAIN = 2
"""`Part.plainness` of a word that has nothing but letters."""


def consonants_key(text: str) -> int:
    """Where all words of these consonants stand, of letters that write vowels."""
    return _sum(consonants(text), _CONSONANTS)


def bare_key(part: Part, *, across: bool = False) -> int:
    """Where a part is found by its consonants from the letters that leave vowels out, and back.

    Args:
        part: The part.
        across: Where its like in the other letters are, instead of where it is itself.
    """
    if is_unvowelled(part.own) is not across:
        return _sum(consonants(part.text), _UNVOWELLED)
    return consonants_key(part.text)


_WORDS = (Role.WORD, Role.PARTICLE)


def _word_keys(text: str) -> list[Shelved]:
    """Letters and sound of a word, both also without one of them; and without an article.

    And how a long one begins and ends, which stays where two letters at its other end are wrong. Of
    the longest, one or the other stays wherever a letter is wrong, and they need no more.
    """
    heard = sound(text)
    if len(heard) > 2 * _END:
        found = [word_key(text), word_key(heard)]
    else:
        found = _shorter(text)
        if heard != text:
            found += _shorter(heard)
    if len(text) > 5 and text.startswith(("al", "el")):
        found.append(word_key(text[2:]))
    if len(heard) > _END + 1:
        found.append((_BEGIN, [_sum(heard[:_END])]))
        found.append((_FINISH, [_sum(heard[-_END:])]))
    return found


_END = 5
"""Sounds by which a word is found that is longer by two or more."""
_BEGIN, _FINISH = -1, -2
"""Shelves of those."""


def _shorter(text: str) -> list[Shelved]:
    """The keys of a text, and of what is left of it without one letter."""
    size, word = len(text), text.encode()
    found = [(size, [crc32(word)])]
    if size > 3:
        if len(word) == size:
            less = [crc32(word[:at] + word[at + 1 :]) for at in range(size)]
        else:
            less = [_sum(text[:at] + text[at + 1 :]) for at in range(size)]
        found.append((size - 1, less))
    return found


def name_keys(name: PreparedName, known: dict[str, Frames]) -> list[int]:
    """Where a name is looked up by neighbours that are one word elsewhere, and by initials.

    Args:
        name: The name.
        known: What is remembered of the parts of other names; those of this one are added.
    """
    found: list[int] = []
    before, start = "", ""
    for part in name.parts:
        text = part.text
        whole, after = known.get(text) or known.setdefault(text, _frames(text))
        if before and len(before) + len(text) > 3:
            found.append(_pair_key(before, text, start, whole))
        before, start = text, after
    if name.kind not in _NO_ACRONYMS:
        found += [acronym_key(text) for text in initials(name, 3)]
    return found


def acronym_key(text: str) -> int:
    """Where names stand that have words of these initials."""
    return _sum(text, _INITIALS)


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


def _rough(text: str) -> str:
    """The consonants of a text, those that are heard alike as one, and none twice in a row."""
    return _DOUBLED.sub("", text.translate(_ROUGH))


_ROUGH = str.maketrans("bfcgqxzjd", "ppkkkksst", "aeiouywhv")
_DOUBLED = re.compile(r"(.)(?=\1)")


def pair_key(whole: str) -> int:
    """Where two neighbours are found by the one word that they are elsewhere: rough consonants.

    Made letter by letter, so that it does not matter where the one word ends.
    """
    return _pair_key(whole, "", _rough(whole[1:]), "")


def _pair_key(one: str, other: str, start: str, end: str) -> int:
    """The same of two words, from the frames of the first (but for its first letter) and second."""
    frame = _one_after_other(start, end)
    return _sum(one[0] + frame if frame else one + other, _PAIR)


def _frames(text: str) -> Frames:
    after = _rough(text[1:])
    return _one_after_other(text[0].translate(_ROUGH), after), after


def _one_after_other(start: str, end: str) -> str:
    return start + end[1:] if start and start[-1] == end[:1] else start + end


# ── names as wholes ───────────────────────────────────────────────────────────────────────────


_WHOLE = 5
"""Letters from which on names are compared as wholes, as the scorer has it: the longer one has more …"""
_TWO_WRONG = 8
"""… and this many if two letters differ."""
_Piece = tuple[int, int, int]
"""What the sum of a piece of a text begins with, its start and its end."""


def whole_keys(name: PreparedName) -> list[Shelved]:
    """Where a name stands as a whole."""
    return [
        (len(whole), _sums(whole, _pieces(len(whole))))
        for whole in (name.joined, name.own_joined)
        if len(whole) >= _WHOLE
    ]


def near_whole_keys(whole: str) -> list[Shelved]:
    """The keys under which texts stand that differ in two letters at most; short ones in one."""
    return [(length, _sums(whole, pieces)) for length, pieces in _windows(len(whole)).items()]


def _sums(whole: str, pieces: Iterable[_Piece]) -> list[int]:
    if whole.isascii():
        text = whole.encode()
        return [crc32(text[start:end], of) for of, start, end in pieces]
    return [_sum(whole[start:end], of) for of, start, end in pieces]


@cache
def _pieces(length: int) -> tuple[_Piece, ...]:
    """The pieces of a text of this length by which it is found."""
    return _thirds(length) + _ends(length)


def _thirds(length: int) -> tuple[_Piece, ...]:
    """Three parts: with two letters wrong, one of them stays whole."""
    if length + 2 < _TWO_WRONG:
        return ()
    third, most = length // 3, length - length // 3
    middle = (third + most) // 2
    return ((0, 0, third), (1, third, middle), (2, middle, length))


def _ends(length: int) -> tuple[_Piece, ...]:
    """Beginning and end, with a letter or two between: with one wrong, one of them stays whole."""
    if length >= _TWO_WRONG:
        return ()
    size = (length - 1) // 2
    return ((3, 0, size), (4, length - size, length))


@cache
def _windows(size: int) -> Mapping[int, tuple[_Piece, ...]]:
    """Lengths of texts → where their pieces may stand in a near one of this size."""
    found: dict[int, tuple[_Piece, ...]] = {}
    for length in range(max(_WHOLE, size - 2), size + 3):
        more = size - length
        longer = max(size, length)
        if longer < _TWO_WRONG:
            if abs(more) < 2 and longer > _WHOLE:
                found[length] = tuple(
                    (number, at, at + end - start)
                    for number, start, end in _ends(length)
                    for at in [start if number == 3 else start + more]
                )
            continue
        pieces: list[_Piece] = []
        for number, start, end in _thirds(length):
            first = max(start - number, start + more - (2 - number), 0)
            last = min(start + number, start + more + (2 - number), size - (end - start))
            pieces += [(number, at, at + end - start) for at in range(first, last + 1)]
        found[length] = tuple(pieces)
    return found
