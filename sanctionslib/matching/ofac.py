"""Two names → the score that OFAC's own search page gives them (`method="ofac"`).

OFAC describes the score in its FAQ 249: listed names are looked up by first letter and by an edit
distance of 50 % or better, and the higher of two scores is shown: one of the whole texts, one of
the parts of the name. What the FAQ leaves open is set as the page's answers show it:

- **What is compared**: Latin letters and digits without case. Apostrophes count nowhere. The whole
  text is one word without blanks, in the order of the list ("PUTIN, Vladimir": putinvladimir), and
  keeps its hyphens; parts end at them, as at blanks and points.
- **Which names are looked at**: those that have a part like a part of the query, or are like it as
  a whole: the same first letter, and at most half of the letters edited (`_begins_alike`).
- **The whole**: Jaro-Winkler, with the prefix counted up to 5 letters, without the threshold of
  .7 that others have, and a transposition halved without rounding.
- **The parts**: the mean, over the query's parts of three letters or more, of the best
  Jaro-Winkler with a listed part that is like it, 0 where none is; here the prefix counts up to 4
  letters. Several parts of the query may have one and the same partner. What else the listed name
  has costs nothing. A query that has only shorter parts is compared by those.
- **The number**: a whole per cent. That of the whole is rounded, that of the parts rounded up. 100
  is left to what is equal: "an exact match", as FAQ 247 has it.

Soundex, which the FAQ names too, explains no observed score, and has no place here. Beside the
letters nothing counts: no title, no legal form, no kind of party.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import ceil

import attrs
from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import Jaro, Levenshtein

from sanctionslib.answers import Comparison, Reason, TokenPair, UnmatchedToken
from sanctionslib.errors import Hint, InvalidInputError
from sanctionslib.matching.names import ListedName, Near
from sanctionslib.matching.normalise import check
from sanctionslib.model import AliasStrength, Entity

__all__ = ["METHOD", "OfacIndex", "compare", "score"]

METHOD = "ofac-1"
"""The scorer: any change of a number gives it a new name."""

_WHOLE_PREFIX = 5
_PART_PREFIX = 4
_PREFIX_BOOST = 0.1
_SHORTEST_PART = 3
_LEAST_ALIKE = 0.5

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʻʼʽ`´"))
_PART = re.compile("[a-z0-9]+")
_NOT_IN_WHOLE = re.compile("[^a-z0-9-]")


# ── a text, as it is compared ─────────────────────────────────────────────────────────────────


@attrs.frozen
class _Text:
    """A name as it is compared; `whole` is empty where nothing of it can be."""

    whole: str
    parts: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> _Text:
        plain = text.translate(_APOSTROPHES)  # before ´ falls into a blank and a mark
        plain = plain.lower() if plain.isascii() else _ascii(plain)
        parts = tuple(_PART.findall(plain))
        return cls(_NOT_IN_WHOLE.sub("", plain) if parts else "", parts)

    @property
    def counted(self) -> tuple[str, ...]:
        """The parts that count, where this is the query."""
        return tuple(one for one in self.parts if len(one) >= _SHORTEST_PART) or self.parts


def _ascii(text: str) -> str:
    """Small letters without accents; nothing where all letters are of other scripts.

    A number in a name that is otherwise, say, Cyrillic is not that name.
    """
    small = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(_APOSTROPHES)
    plain = "".join(map(_ascii_letter, small))
    has_latin = any(char.isalpha() for char in plain)
    return plain if has_latin or not any(char.isalpha() for char in small) else ""


def _ascii_letter(char: str) -> str:
    """A character as the page may know it: a blank for what ends a part, nothing for marks."""
    if char.isascii():
        return char
    category = unicodedata.category(char)
    if category in ("Mn", "Cf"):
        return ""
    if category == "Pd":
        return "-"
    is_latin = unicodedata.name(char, "").startswith("LATIN ")
    return anyascii(char).lower() if is_latin else " "


# ── the arithmetic ────────────────────────────────────────────────────────────────────────────


def _jaro_winkler(query: str, listed: str, longest_prefix: int) -> float:
    """0 to 1: letters in common near each other, those out of order, and the common beginning."""
    if query == listed:
        return 1.0
    reach = max(max(len(query), len(listed)) // 2 - 1, 0)
    common: list[str] = []
    taken = bytearray(len(listed))
    for at, char in enumerate(query):
        found = listed.find(char, max(at - reach, 0), at + reach + 1)
        while found >= 0 and taken[found]:
            found = listed.find(char, found + 1, at + reach + 1)
        if found >= 0:
            taken[found] = True
            common.append(char)
    if not common:
        return 0.0
    count = len(common)
    others = (char for char, is_common in zip(listed, taken, strict=True) if is_common)
    transposed = sum(one != other for one, other in zip(common, others, strict=True)) / 2
    jaro = (count / len(query) + count / len(listed) + (count - transposed) / count) / 3
    prefix = 0
    for one, other in zip(query[:longest_prefix], listed, strict=False):
        if one != other:
            break
        prefix += 1
    return jaro + prefix * _PREFIX_BOOST * (1 - jaro)


def _begins_alike(query: str, listed: str) -> bool:
    """The first filter: whether the page looks at these two at all."""
    return query[:1] == listed[:1] and (
        Levenshtein.normalized_similarity(query, listed, score_cutoff=_LEAST_ALIKE) > 0
    )


def _looked_at(query: _Text, listed: _Text) -> bool:
    return _begins_alike(query.whole, listed.whole) or any(
        _begins_alike(part, one) for part in query.counted for one in listed.parts
    )


def _best(part: str, listed: Sequence[str]) -> tuple[float, str]:
    """The listed part that goes best with one of the query; "" and 0 where none is like it."""
    found = (
        (_jaro_winkler(part, one, _PART_PREFIX), one) for one in listed if _begins_alike(part, one)
    )
    return max(found, key=lambda one: one[0], default=(0.0, ""))


def _whole_points(query: str, listed: str) -> int:
    if query == listed:
        return 100
    return min(round(100 * _jaro_winkler(query, listed, _WHOLE_PREFIX)), 99)


def _parts_points(scores: float, count: int) -> int:
    """The points of `count` parts that score this together."""
    if scores == count:
        return 100
    return min(ceil(round(100 * scores / count, 6)), 99)


@attrs.frozen
class _Points:
    """What the page would show, in whole per cent, and what each part of the query adds."""

    whole: int
    parts: int
    best: dict[str, tuple[float, str]]

    @classmethod
    def of(cls, query: _Text, listed: _Text) -> _Points:
        counted = query.counted
        best = {part: _best(part, listed.parts) for part in dict.fromkeys(counted)}
        if not _looked_at(query, listed):
            return cls(0, 0, best)
        parts = _parts_points(sum(best[part][0] for part in counted), len(counted))
        return cls(_whole_points(query.whole, listed.whole), parts, best)

    @property
    def score(self) -> float:
        return max(self.whole, self.parts) / 100


def score(query: str, listed: str) -> float:
    """The score of OFAC's search page, 0 to 1 in steps of .01 (the page shows 0 to 100).

    The two are not alike: the mean is over the parts of the query.

    >>> score("POUTINE", "PUTIN, Vladimir"), score("PUTIN, Vladimir", "POUTINE")
    (0.92, 0.73)

    Args:
        query: The name that is searched.
        listed: The name as printed on the list; on OFAC's lists "LAST, First". Without any Latin
            letter or digit in it, or in the query, the score is 0.

    Raises:
        InvalidInputError: One of them cannot be taken for a name.
    """
    return _Points.of(_Text.of(check(query)), _Text.of(check(listed))).score


def compare(query: str, listed: str, kind: str | None = None) -> Comparison:
    """How the two pair, and which of the two scores of the page is the higher one.

    Each part of the query is paired with the best listed one. Parts that do not count have the
    weight 0: short ones of the query, and whatever else the listed name has. `Reason.FULL_STRING` among
    the notes says that the whole texts gave the score, not the pairs.

    >>> compare("VLADIMR PUTIN", "PUTIN, Vladimir Vladimirovich").score
    0.99
    >>> compare("VLADIMIR PUTIN", "VLADIMIR BILIY").notes
    (<Reason.FULL_STRING: 'whole text'>,)

    Args:
        query: The name that is searched.
        listed: The name as printed on the list.
        kind: `Entity.kind`, which the answer repeats: the page has one rule for all.

    Raises:
        InvalidInputError: One of them cannot be taken for a name.
    """
    return _compared(check(query), check(listed), kind)


def _compared(query: str, listed: str, kind: str | None) -> Comparison:
    asked, other = _Text.of(query), _Text.of(listed)
    points = _Points.of(asked, other)
    pairs: list[TokenPair] = []
    alone: list[UnmatchedToken] = []
    for part in asked.parts:
        weight = float(part in points.best)
        value, partner = points.best.get(part) or (1.0, part if part in other.parts else "")
        if partner:
            reason = Reason.EXACT if part == partner else Reason.SPELLING
            alike = round(value, 4)
            pairs.append(
                TokenPair(query=part, listed=partner, score=alike, reason=reason, weight=weight)
            )
        else:
            alone.append(UnmatchedToken(text=part, reason=Reason.MISSING, weight=weight))
    paired = {one.listed for one in pairs}
    return Comparison(
        query=query,
        listed=listed,
        score=points.score,
        method=METHOD,
        kind=kind,
        pairs=tuple(pairs),
        unmatched_query=tuple(alone),
        unmatched_listed=tuple(
            UnmatchedToken(text=part, reason=Reason.MISSING, weight=0.0)
            for part in other.parts
            if part not in paired
        ),
        notes=(Reason.FULL_STRING,) if points.whole > points.parts else (),
    )


# ── many names ────────────────────────────────────────────────────────────────────────────────


class OfacIndex:
    """The names of a collection, as OFAC's search page would score them: a `NameIndex`.

    Names without any Latin letter or digit are not among `names`: the page cannot find them.

    The scores are those of `score`, of every listed name: what is left out beforehand cannot reach
    `min_score`. Equal texts are scored once.
    """

    method = METHOD
    default_min_score = 0.9
    """A compromise, and ours: the page's slider stands at 100, which finds hardly more than what is
    spelled alike. On the SDN list of March 2021, for names that are not on it / for aliases that
    were taken out: 1.0 alerts .2 % and finds 21 %, .95 1 % and 57 %, .9 7 % and 71 %, .85 28 % and
    78 %."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self.entities = entities
        names: list[ListedName] = []
        at: dict[_Text, list[int]] = {}
        for position, entity in enumerate(entities):
            for name in entity.names:
                text = _Text.of(name.text)
                if text.whole:
                    at.setdefault(text, []).append(len(names))
                    names.append(ListedName(position, name))
        self.names: Sequence[ListedName] = tuple(names)
        self._texts = sorted(at, key=lambda text: text.whole)
        self._names_of = [tuple(at[text]) for text in self._texts]
        self._wholes = [text.whole for text in self._texts]
        self._wholes_from = _by_first_letter(self._wholes)
        self._parts = sorted({part for text in self._texts for part in text.parts})
        self._parts_from = _by_first_letter(self._parts)
        self._by_letters: dict[int, list[int]] = {}
        for number, text in enumerate(self._texts):
            self._by_letters.setdefault(_first_letters(text.parts), []).append(number)

    def near(
        self, text: str, *, kind: str | None = None, min_score: float, weak: bool = True
    ) -> list[Near]:
        """All listed names that score `min_score` or more, best first; see `NameIndex`.

        Raises:
            InvalidInputError: The text has nothing that could be compared; here also where none of
                its letters is Latin.
        """
        query = _Text.of(check(text))
        if not query.whole:
            raise InvalidInputError(
                f"{text[:60]!r} has no Latin letter, and OFAC's page knows no others",
                hints=(
                    Hint("write it in Latin letters"),
                    Hint("search by {}", "method", "default"),
                ),
            )
        kinds = None if kind in (None, Entity.kind) else (kind, Entity.kind)
        found: list[Near] = []
        for number, points in self._points(query, ceil(round(100 * min_score, 6))):
            for at in self._names_of[number]:
                listed = self.names[at]
                if kinds is not None and self.entities[listed.entity].kind not in kinds:
                    continue
                if weak or listed.name.strength is not AliasStrength.WEAK:
                    found.append(Near(points / 100, at))
        found.sort(key=lambda near: (-near.score, near.at))
        return found

    def compare(self, text: str, at: int, *, kind: str | None = None) -> Comparison:
        """How the searched name and the listed one pair, part by part."""
        return _compared(check(text), self.names[at].name.text, kind)  # a list may say what it will

    def _points(self, query: _Text, least: int) -> Iterator[tuple[int, int]]:
        """Number and points of all texts that have `least` points or more."""
        by_parts = self._by_parts(query.counted, least)
        by_whole = self._by_whole(query, least)
        for number in range(len(self._texts)) if least <= 0 else by_parts.keys() | by_whole:
            points = max(by_parts.get(number, 0), by_whole.get(number, 0))
            if points >= least:
                yield number, points

    def _by_parts(self, counted: tuple[str, ...], least: int) -> dict[int, int]:
        """The points of the parts of those texts that can have `least`."""
        needed = len(counted) * (least - 1) / 100 - 1e-6
        possible = self._with_letters(counted, needed)
        if not possible:
            return {}
        like = [(self._like(part), times) for part, times in Counter(counted).items()]
        like.sort(key=lambda one: len(one[0]))  # what few texts have leaves few to look at
        found: dict[int, int] = {}
        for number in possible:
            parts = self._texts[number].parts
            reachable = float(len(counted))
            for values, times in like:
                reachable -= times * (1 - max([values.get(part, 0.0) for part in parts]))
                if reachable <= needed:
                    break
            else:
                found[number] = _parts_points(reachable, len(counted))
        return found

    def _with_letters(self, counted: tuple[str, ...], needed: float) -> list[int]:
        """The texts of which enough parts begin as those of the query do."""
        wanted = _first_letters(counted)
        times_of = Counter(1 << ord(part[0]) for part in counted)
        enough: dict[int, bool] = {}
        found: list[int] = []
        for letters, numbers in self._by_letters.items():
            common = letters & wanted
            if common not in enough:
                can_score = sum(times for letter, times in times_of.items() if letter & common)
                enough[common] = can_score > needed
            if enough[common]:
                found += numbers
        return found

    def _like(self, part: str) -> dict[str, float]:
        """The listed parts that are like one of the query, with their scores."""
        first, last = self._parts_from.get(part[0], (0, 0))
        found = process.extract(
            part,
            self._parts[first:last],
            scorer=Levenshtein.normalized_similarity,
            processor=None,
            score_cutoff=_LEAST_ALIKE,
            limit=None,
        )
        return {one: _jaro_winkler(part, one, _PART_PREFIX) for one, _, _ in found}

    def _by_whole(self, query: _Text, least: int) -> dict[int, int]:
        """The points of the whole of those texts that can have `least`.

        rapidfuzz rounds transpositions down, so that its Jaro is never below ours.
        """
        jaro = (least - 0.5) / 100 - 1e-9
        boost = _WHOLE_PREFIX * _PREFIX_BOOST
        first, last = self._wholes_from.get(query.whole[0], (0, 0))
        numbers = [
            *self._with_jaro(query.whole, 0, first, jaro),
            *self._with_jaro(query.whole, first, last, (jaro - boost) / (1 - boost)),
            *self._with_jaro(query.whole, last, len(self._wholes), jaro),
        ]
        found: dict[int, int] = {}
        for number in numbers:
            points = _whole_points(query.whole, self._wholes[number])
            if points >= least and _looked_at(query, self._texts[number]):
                found[number] = points
        return found

    def _with_jaro(self, query: str, first: int, last: int, least: float) -> list[int]:
        found = process.extract(
            query,
            self._wholes[first:last],
            scorer=Jaro.similarity,
            processor=None,
            score_cutoff=max(least, 0.0),
            limit=None,
        )
        return [first + at for _, _, at in found]


def _first_letters(parts: Iterable[str]) -> int:
    """The first letters of parts, a bit for each."""
    bits = 0
    for part in parts:
        bits |= 1 << ord(part[0])
    return bits


def _by_first_letter(texts: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Where the texts of each first letter begin and end, in sorted ones."""
    found: dict[str, tuple[int, int]] = {}
    for at, text in enumerate(texts):
        found[text[0]] = (found.get(text[0], (at, at))[0], at + 1)
    return found
