"""Keys under which parts and names are found, and the dictionary that holds them.

Parts that are alike mostly have a key in common: their letters and their `sound`, each also with one
left out; how they begin and end; and the classes that the tables give them.
Names have keys of their own: two neighbours as one word. Those of names as wholes are in `_wholes`,
initials in `_acronyms`.

A key is a check sum of 32 bits, which takes half of the room of a text. What a key is of begins the
sum (`_sum`), so that consonants are not taken for two words in one.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from typing import Generic, TypeVar
from zlib import crc32

from sanctionslib.matching.letters import consonants, is_unvowelled
from sanctionslib.matching.normalise import PLAIN, Part, PreparedName, Role

__all__ = [
    "Frame",
    "Keys",
    "Shelved",
    "Shelves",
    "class_keys",
    "letter_keys",
    "name_keys",
    "pair_key",
    "part_keys",
    "unvowelled_key",
    "word_key",
]


Frame = tuple[str, bytes, str, int]
"""What a word gives to a `pair_key`. As the second of two: the first of its `_rough` letters, and all
of them; as the first of two: the last one, but for that with which the word begins, and the sum so
far."""
Shelved = tuple[int, list[int]]
"""The shelf where keys stand, and these: by their length, or what else tells them from all others."""


K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=int | str)


class Keys(Generic[K, V]):
    """Keys → numbers or texts, many to many."""

    def __init__(self, given: Iterable[tuple[V, Iterable[K]]]) -> None:
        self._found = found = dict[K, V | list[V] | tuple[V, ...]]()
        """Key → what it leads to, or all of it: most lead to one, and need no more room."""
        several: list[tuple[K, list[V]]] = []
        add = found.setdefault
        for value, keys in given:
            for key in keys:
                first = add(key, value)
                if first is value:
                    continue
                if isinstance(first, list):
                    if first[-1] is not value:
                        first.append(value)
                elif not isinstance(first, tuple) and first != value:
                    found[key] = both = [first, value]
                    several.append((key, both))
        for key, values in several:
            found[key] = tuple(values)

    def __iter__(self) -> Iterator[K]:
        return iter(self._found)

    def find(self, keys: Iterable[K]) -> set[V]:
        """What the keys lead to; seldom something else as well, if they are check sums."""
        found: set[V] = set()
        for values in map(self._found.get, keys):
            if values is None:
                continue
            if isinstance(values, (tuple, list)):
                found.update(values)
            else:
                found.add(values)
        return found

    def listed(self, keys: Iterable[K]) -> list[V]:
        """The same as often as it was put in, which takes less time."""
        found: list[V] = []
        for values in map(self._found.get, keys):
            if values is None:
                continue
            if isinstance(values, (tuple, list)):
                found += values
            else:
                found.append(values)
        return found


class Shelves(Generic[V]):
    """The same in many small dictionaries, which are filled and asked faster than a large one."""

    def __init__(self, given: Iterable[tuple[V, Iterable[Shelved]]]) -> None:
        shelves: dict[int, list[tuple[V, list[int]]]] = {}
        for value, shelved in given:
            for shelf, keys in shelved:
                if shelf in shelves:
                    shelves[shelf].append((value, keys))
                else:
                    shelves[shelf] = [(value, keys)]
        self._shelves = {shelf: Keys(given) for shelf, given in shelves.items()}

    def find(self, shelved: Iterable[Shelved]) -> set[V]:
        """As that of `Keys`."""
        return {*self.listed(shelved)}

    def listed(self, shelved: Iterable[Shelved]) -> list[V]:
        """As that of `Keys`."""
        found: list[V] = []
        for shelf, keys in shelved:
            if shelf in self._shelves:
                found += self._shelves[shelf].listed(keys)
        return found


def _sum(text: str, of: int = 0) -> int:
    """The check sum of a text, going on from that of what it is of."""
    return crc32(text.encode(), of)


_CLASS, _GROUP, _SPELLING, _SISTER = map(_sum, "<=*/")
_UNVOWELLED, _PAIR = map(_sum, "-+")


def part_keys(part: Part, known: dict[str, Frame]) -> list[int]:
    """Where a part stands, beside its letters.

    Args:
        part: The part.
        known: As for `name_keys`.
    """
    found = class_keys(part)
    text = part.text
    if is_unvowelled(part.own):
        found.append(unvowelled_key(text))
    if part.role is Role.WORD and len(text) > 3:
        _, _, last, begins = known.get(text) or known.setdefault(text, _frame(text))
        found.append(begins if last else _sum(text, _PAIR))
    return found


def word_key(text: str) -> Shelved:
    """Where a part stands by its letters as they are."""
    return len(text), [crc32(text.encode().translate(_HEARD))]


def letter_keys(part: Part, heard: str) -> list[Shelved]:
    """Where a part of this `sound` stands, and is looked up, by its letters.

    Parts that are alike mostly share a key.
    """
    return _word_keys(part.text, heard) if part.role in _SPELLINGS else [word_key(part.text)]


def class_keys(part: Part) -> list[int]:
    """Where a part is looked up by what it has in common with parts of other letters."""
    if part.plainness == PLAIN:
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


def unvowelled_key(text: str) -> int:
    """Where a word of letters that leave vowels out is found, by its consonants in other letters."""
    return _sum(consonants(text), _UNVOWELLED)


_SPELLINGS = (Role.WORD, Role.PARTICLE, Role.TITLE)
"""What may be spelled otherwise: a title too may be a word elsewhere, as Ostad is a name."""


def _word_keys(text: str, heard: str) -> list[Shelved]:
    """Letters and sound of a word, both also without one of them; and without an article.

    And how a long one begins and ends, which stays where two letters at its other end are wrong. Of
    the longest, one or the other stays wherever a letter is wrong, and they need no more.
    """
    if len(heard) > 2 * _END:
        found = [word_key(text), word_key(heard)]
    else:
        found = _shorter(text)
        if heard.encode() != text.encode().translate(_HEARD):
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
    """The keys of a text, and of what is left of it without one letter, where it may be a word."""
    size, word = len(text), text.encode().translate(_HEARD)
    found = [(size, [crc32(word)])]
    if 3 < size <= _LONGEST:
        if len(word) != size:
            return [*found, *(word_key(text[:at] + text[at + 1 :]) for at in range(size))]
        found.append((size - 1, [crc32(word[:at] + word[at + 1 :]) for at in range(size)]))
    return found


_LONGEST = 100
"""Letters of a word; a text of more would have as many keys, each of nearly all of it."""
_HEARD = bytes.maketrans(b"jcqwoye", b"Jkkvuii")
"""Letters that `sound` has for others wherever they stand. With these, half of all words are their
sound, and need half of the keys; and a word with one wrong letter still is like that one."""


def name_keys(name: PreparedName, known: dict[str, Frame]) -> list[int]:
    """Where a name is looked up by neighbours that are one word elsewhere.

    Args:
        name: The name.
        known: What is remembered of the parts of other names; those of this one are added.
    """
    found: list[int] = []
    before, last, begun = "", "", 0
    for part in name.parts:
        text = part.text
        first, whole, end, begins = known.get(text) or known.setdefault(text, _frame(text))
        if before and len(before) + len(text) > 3:
            if first != last:
                found.append(crc32(whole, begun))
            elif last:  # which two words in one have once
                found.append(crc32(whole[len(last.encode()) :], begun))
            else:
                found.append(_sum(before + text, _PAIR))
        before, last, begun = text, end, begins
    return found


def _rough(text: str) -> str:
    """The consonants of a text, those that are heard alike as one, and none twice in a row."""
    return _DOUBLED.sub("", text.translate(_ROUGH))


_ROUGH = str.maketrans("bfcgqxzjd", "ppkkkksst", "aeiouywhv")
_DOUBLED = re.compile(r"(.)(?=\1)")
_FIRST = {letter: letter.translate(_ROUGH) for letter in map(chr, _ROUGH)}


def pair_key(whole: str) -> int:
    """Where two neighbours are found by the one word that they are elsewhere: rough consonants.

    After a first letter that is as it is, and made letter by letter, so that it does not matter
    where the one word ends; or all letters, where no consonant follows.
    """
    _, _, last, begins = _frame(whole)
    return begins if last else _sum(whole, _PAIR)


def _frame(text: str) -> Frame:
    after = _rough(text[1:])
    first = _FIRST.get(text[0], text[0])
    whole = after if first == after[:1] else first + after
    return whole[:1], whole.encode(), after[-1:], crc32((text[0] + after).encode(), _PAIR)
