"""Blocking: what is similar mostly shares a key, and is compared; the rest is not compared.

Tokens share their letters or their phonetic key, each also with one letter deleted; how they begin
and end; or a class of the tables. Names share a token that is two tokens elsewhere. A key is a check
sum of 32 bits, which takes half of the memory of a text; the kind of key is part of it.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import Generic, TypeVar, cast
from zlib import crc32

from sanctionslib.matching.phonetic import phonetic_key, unvowelled_skeleton
from sanctionslib.matching.text import is_unvowelled
from sanctionslib.matching.tokens import PLAIN, Token, TokenisedName, initials_of

K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=int | str)


class InvertedIndex(Generic[K, V]):
    """Keys → numbers or texts, many to many.

    Args:
        entries: Values, each with its keys; each value once.
    """

    def __init__(self, entries: Iterable[tuple[V, Iterable[K]]]) -> None:
        # Most keys lead to one value, which needs no list. Several become a tuple: it is smaller,
        # and the garbage collector ignores one of numbers.
        postings = dict[K, V | list[V]]()
        several: dict[K, list[V]] = {}
        add = postings.setdefault
        for value, keys in entries:
            for key in keys:
                first = add(key, value)
                if first is value:
                    continue
                if isinstance(first, list):
                    if first[-1] is not value:
                        first.append(value)
                elif first != value:
                    postings[key] = several[key] = [first, value]
        self._postings = cast("dict[K, V | tuple[V, ...]]", postings)
        for key, values in several.items():
            self._postings[key] = tuple(values)

    def find(self, keys: Iterable[K]) -> list[V]:
        """The values of some keys, as often as they have one of them.

        Where keys are check sums, a value may be among them that has none; this is rare.
        """
        found: list[V] = []
        for values in map(self._postings.get, keys):
            if isinstance(values, tuple):
                found += values
            elif values is not None:
                found.append(values)
        return found


def _key(text: str, kind: int = 0) -> int:
    """The check sum of a text, which continues that of the kind of key."""
    return crc32(text.encode(), kind)


_NAME, _CANONICAL, _VARIANT, _COGNATE = map(_key, "<=*/")
_UNVOWELLED, _JOINED, _BEGIN, _END = map(_key, "-+^$")

# ── letters ───────────────────────────────────────────────────────────────────────────────────

_SPELLED = ("word", "particle", "title")
"""What may be spelled otherwise: a title too may be a word elsewhere, as Ostad is a name."""
_AFFIX = 5
"""Letters of the phonetic key by which words are found that are longer by two or more."""
_MAX_DELETED = 100
"""Letters of a word; a longer text would have as many keys, each of nearly all of it."""
_SINGLE_SOUNDS = bytes.maketrans(b"jcqwoye", b"Jkkvuii")
"""Letters that `phonetic_key` replaces wherever they stand. With these replaced, half of all words
are their phonetic key, and need half of the keys; and a word with one wrong letter still has one."""


def word_key(text: str) -> int:
    """The key of the letters of a token as they are."""
    return crc32(text.encode().translate(_SINGLE_SOUNDS))


def letter_keys(token: Token) -> list[int]:
    """The keys of the letters of a token, listed or searched."""
    text = token.text
    if token.role not in _SPELLED:
        return [word_key(text)]
    phonetic = phonetic_key(text)
    if len(phonetic) > 2 * _AFFIX:  # wherever a letter is wrong, its begin or its end has none
        found = [word_key(text), word_key(phonetic)]
    else:
        found = _deletions(text)
        if phonetic.encode() != text.encode().translate(_SINGLE_SOUNDS):
            found += _deletions(phonetic)
    if len(text) > 5 and text.startswith(("al", "el")):
        found.append(word_key(text[2:]))
    if len(phonetic) > _AFFIX + 1:
        found += (_key(phonetic[:_AFFIX], _BEGIN), _key(phonetic[-_AFFIX:], _END))
    return found


def _deletions(text: str) -> list[int]:
    """The deletion neighbourhood of a text: itself, and each text with one letter deleted."""
    size, word = len(text), text.encode().translate(_SINGLE_SOUNDS)
    found = [crc32(word)]
    if 3 < size <= _MAX_DELETED:
        if len(word) == size:
            found += [crc32(word[:at] + word[at + 1 :]) for at in range(size)]
        else:
            found += [word_key(text[:at] + text[at + 1 :]) for at in range(size)]
    return found


# ── classes ───────────────────────────────────────────────────────────────────────────────────


def class_keys(token: Token) -> list[int]:
    """The keys of what a token shares with tokens of other letters."""
    if token.plainness == PLAIN:
        return []
    found = [_key(name, _NAME) for name in token.nickname_of | token.syllables]
    for name, kind in (
        (token.canonical, _CANONICAL),
        (token.variant_of, _VARIANT),
        (token.cognate_of, _COGNATE),
    ):
        if name:
            found.append(_key(name, kind))
    return found + _deletions(token.original) if token.original else found


def unvowelled_key(text: str) -> int:
    """The key by which a word in Arabic or Hebrew letters is found by one in others."""
    return _key(unvowelled_skeleton(text), _UNVOWELLED)


def listed_keys(token: Token) -> list[int]:
    """All keys of a listed token, but for those of its letters."""
    found = class_keys(token)
    if is_unvowelled(token.original):
        found.append(unvowelled_key(token.text))
    if token.role == "word" and len(token.text) > 3:
        found.append(joined_key(token.text))
    return found


# ── written together ──────────────────────────────────────────────────────────────────────────

_ROUGH = str.maketrans("bfcgqxzjd", "ppkkkksst", "aeiouywhv")
"""Consonants that sound alike as one, and no vowels."""
_DOUBLED = re.compile(r"(.)(?=\1)")


@lru_cache(maxsize=1 << 15)
def _rough(text: str) -> tuple[str, bytes, bytes, str, int]:
    """What a word adds to a `joined_key`, computed once for a word and not for each pair of words.

    As the second word: its first rough consonant, all of them, all but the first. As the first word:
    the last one after its first letter, and the check sum of its first letter and these.
    """
    first, rest = text[0].translate(_ROUGH), _DOUBLED.sub("", text[1:].translate(_ROUGH))
    whole = rest if first == rest[:1] else first + rest
    begun = _key(text[0] + rest, _JOINED)
    return whole[:1], whole.encode(), whole[1:].encode(), rest[-1:], begun


def joined_key(text: str) -> int:
    """The key of a word, or of two that are joined: the first letter and rough consonants.

    Or of all letters, where no consonant follows the first one.
    """
    *_, last, begun = _rough(text)
    return begun if last else _key(text, _JOINED)


def name_keys(name: TokenisedName) -> list[int]:
    """The `joined_key` of each two neighbours: a word that is both finds the listed name by it."""
    found: list[int] = []
    before, last, begun = "", "", 0
    for token in name.tokens:
        text = token.text
        first, whole, tail, next_last, next_begun = _rough(text)
        if before and len(before) + len(text) > 3:
            if first or last:
                found.append(crc32(tail if first == last else whole, begun))
            else:
                found.append(_key(before + text, _JOINED))
        before, last, begun = text, next_last, next_begun
    return found


# ── initials ──────────────────────────────────────────────────────────────────────────────────

_SHORTEST, _LONGEST = 3, 8
"""Letters of an acronym."""


def acronyms_of(name: TokenisedName, least: int = _SHORTEST) -> list[str]:
    """The initials of all words in a row, from `least` of them on."""
    _, initials = initials_of(name.tokens)
    count = len(initials)
    return [
        initials[at : at + size]
        for size in range(least, min(count, _LONGEST) + 1)
        for at in range(count - size + 1)
    ]
