"""Which of many names are worth scoring for a searched one.

Names are made of few distinct parts. Each distinct part of the listed names (a unit) is found by
keys: its letters and its `sound`, each also with one letter left out, its `bones`, and the classes
that the tables give it; so a part with a typing error, in another romanisation or of the same
meaning has its neighbours after some twenty look-ups. A name comes into question if it has
neighbours of two parts that tell something, or of all that it has; then a cheap estimate decides
whether the scorer is asked. Names that are written together or apart, that are initials, or that
are the same but for two letters as wholes have keys of their own and need no such neighbours.

Everything is kept in arrays of numbers: keys as 32 bits of a check sum beside what they lead to.
Two keys of one check sum do no harm, since all that is found is compared.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Generic, TypeVar
from zlib import crc32

import attrs
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from sanctionslib.matching.likeness import likeness
from sanctionslib.matching.normalise import Part, PreparedName, Role, bones, sound
from sanctionslib.matching.tuning import PARTS_1

__all__ = ["Candidates", "Keys"]

_LIGHT = 0.25
"""Parts that weigh less neither lead to a name nor count against it here."""
_NEAR = 0.6
"""Parts less alike than this are no neighbours."""
_JOINED = 0.8
"""The same for two words that are one in the other name."""
_HOPE = 0.6
"""What words are taken to count that are no neighbours, before they are compared."""
_WEAK = 0.5
"""Words less alike than this are not alike."""
_ALL_BELOW = 0.4
"""Who asks for less than this gets everything scored …"""
_ANY_BELOW = 0.6
"""… and below this, all names that have a neighbour of any part come into question."""
_SLACK = 0.08
"""How far an estimate may stay below what is asked for …"""
_TIGHT = 0.01
"""… and how far where more than so many names come as near as that."""
_MANY = 1000
_RARE = 100
"""A part that so few names have leads to them even alone."""
_ROOM = 400_000
"""Numbers of units and names that are remembered for parts that were searched."""
_NOBODY: frozenset[int] = frozenset()
_NOTHING = (0.0, 0)

_LETTERS = OSA.normalized_similarity

T = TypeVar("T")


class Keys:
    """Text → numbers, many to many, as one sorted array."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        packed = sorted([crc32(key.encode()) << 32 | value for key, value in pairs])
        self._packed = array("Q", packed)
        bits = len(packed).bit_length()
        self._shift = 32 - bits
        counts = array("I", bytes(4 * (2**bits + 1)))
        for each in packed:
            counts[(each >> 64 - bits) + 1] += 1
        self._starts = array("I", accumulate(counts))

    def find(self, key: str) -> list[int]:
        """What the key leads to; seldom something else as well."""
        crc = crc32(key.encode())
        bucket = crc >> self._shift
        start, end = self._starts[bucket], self._starts[bucket + 1]
        if start == end:
            return []
        low = crc << 32
        return [each - low for each in self._packed[start:end] if each >> 32 == crc]


@attrs.frozen
class _Neighbours:
    """What a part leads to."""

    units: dict[int, float]
    """Units that are like it, and what they count."""
    names: Mapping[str | None, frozenset[int]]
    """Kind → names that have one of them."""
    apart: dict[int, int]
    """Names of which it may be two words in one or the initials of several, and how many words."""


class _Memo(Generic[T]):
    """What was made for the last keys, up to a total size; then it begins anew.

    Threads may share it: at worst, something is made twice, or its size forgotten.
    """

    def __init__(self, room: int) -> None:
        self._room = self._left = room
        self._kept: dict[Hashable, T] = {}

    def get(self, key: Hashable) -> T | None:
        return self._kept.get(key)

    def put(self, key: Hashable, value: T, size: int) -> T:
        if self._left < size:
            self._kept, self._left = {}, self._room
        self._left -= size
        self._kept[key] = value
        return value


class _Shelf:
    """The names of one kind: a range of all names."""

    def __init__(self, first: int) -> None:
        self.first = self.end = first
        self.singles: set[int] = set()
        """Names of which a single part tells something."""


class _Asked:
    """What the parts of a searched name lead to, all together."""

    def __init__(self) -> None:
        self.bulk = 0.0
        """Of its parts, but for initials."""
        self.initials = 0
        """How many of its parts are initials."""
        self.light = 0.0
        """Weight of its parts that tell hardly anything."""
        self.best: dict[int, tuple[float, float]] = {}
        """Unit → what it counts beside the part that it is most like, and the bulk of that."""
        self.joins: dict[int, tuple[float, int]] = {}
        """Names that have in several words what is one here → its bulk, and how many words."""

    def add(self, units: Mapping[int, float], bulk: float) -> None:
        """Units, with what they count beside a part of this bulk."""
        best = self.best
        for unit, good in units.items():
            if unit not in best or best[unit][0] < good:
                best[unit] = (good, bulk)


def _root(number: float, degree: float) -> float:
    return math.pow(number, 1 / degree)


def _good(how: float) -> float:
    """What a likeness counts."""
    floor = PARTS_1.floor
    return math.pow((how - floor) / (1 - floor), PARTS_1.bend)


class Candidates:
    """Prepared names, those of a kind side by side, and how to find them."""

    def __init__(self, names: Sequence[PreparedName]) -> None:
        self.names = names
        self._units: list[Part] = []
        self._of_name = array("I")
        self._weights = array("f")
        self._bulks = array("f")
        self._lights = array("f")
        self._starts = array("I", [0])
        self._shelves: dict[str | None, _Shelf] = {}
        units: dict[Hashable, int] = {}
        for at, name in enumerate(names):
            shelf = self._shelves.get(name.kind)
            if shelf is None:
                shelf = self._shelves[name.kind] = _Shelf(at)
            shelf.end = at + 1
            light = 0.0
            for part in name.parts:
                if part.weight < _LIGHT:
                    light += part.weight
                    continue
                unit = units.setdefault(_identity(part), len(units))
                if unit == len(self._units):
                    self._units.append(part)
                self._of_name.append(unit)
                self._weights.append(part.weight)
                self._bulks.append(part.bulk)
            self._lights.append(light)
            if len(self._of_name) == self._starts[-1] + 1:
                shelf.singles.add(at)
            self._starts.append(len(self._of_name))
        self._having = [array("I") for _ in self._units]
        for at in range(len(names)):
            for unit in set(self._of_name[self._starts[at] : self._starts[at + 1]]):
                self._having[unit].append(at)
        self._by_part = Keys(
            (key, unit)
            for unit, part in enumerate(self._units)
            for key in letter_keys(part) | class_keys(part)
        )
        self._by_name = Keys((key, at) for at, name in enumerate(names) for key in name_keys(name))
        self._initials: dict[str, dict[int, float]] = {}
        for unit, part in enumerate(self._units):
            if part.role is Role.INITIAL:
                of_letter = self._initials.setdefault(part.text, {})
                of_letter[unit] = _good(PARTS_1.initial)
        self._neighbours = _Memo[_Neighbours](_ROOM)
        self._wholes = _Memo[list[int]](_ROOM // 10)

    @property
    def kinds(self) -> tuple[str | None, ...]:
        """The kinds of all names."""
        return tuple(self._shelves)

    def find(self, query: PreparedName, kind: str | None, least: float) -> set[int]:
        """The names of a kind that may score `least` or more.

        The less is asked for, the more names come into question (`_ANY_BELOW`, `_ALL_BELOW`).
        """
        shelf = self._shelves[kind]
        if least < _ALL_BELOW:
            return set(range(shelf.first, shelf.end))
        found = {at for at in self._same_but_letters(query) if shelf.first <= at < shelf.end}
        asked = _Asked()
        sets: list[frozenset[int]] = []
        parts = list({_identity(one): one for one in query.parts if one.weight >= _LIGHT}.values())
        for part in parts:
            near = self._near(part)
            asked.add(near.units, part.bulk)
            sets.append(near.names[kind])
            for at, words in near.apart.items():
                if shelf.first <= at < shelf.end:
                    bulk, covered = asked.joins.get(at, _NOTHING)
                    asked.joins[at] = (bulk + part.bulk, covered + words)
        for part in parts:
            if part.role is Role.INITIAL:
                asked.initials += 1
            else:
                asked.bulk += part.bulk
                if initial := self._initials.get(part.text[0]):
                    asked.add(initial, part.bulk)
        asked.light = sum([part.weight for part in query.parts if part.weight < _LIGHT])
        for one, other in pairwise(query.parts):
            if len(one.text) + len(other.text) > 3:
                near = self._near_joined(one.text + other.text)
                if near.units:
                    asked.add(near.units, one.bulk + other.bulk)
                    sets.append(near.names[kind])
                    if len(parts) == 2:
                        sets.append(near.names[kind])
        for text in _initials(query, 4):
            near = self._near_initials(text)
            if near.units:
                asked.add(near.units, float(len(text)))
                sets.append(near.names[kind])
        if least < _ANY_BELOW:
            names = set[int]().union(asked.joins, *sets)
        else:
            names = _in_question(sets, shelf, len(parts)).union(asked.joins)
        sure, perhaps = self._promising(names, asked, least - _SLACK)
        if perhaps:
            self._look_closer(perhaps, parts, asked)
            sure += self._promising(perhaps, asked, least - _SLACK)[0]
        if len(sure) > _MANY:
            sure, _ = self._promising(sure, asked, least - _TIGHT)
        found.update(sure)
        return found

    def _promising(
        self, names: Iterable[int], asked: _Asked, least: float
    ) -> tuple[list[int], list[int]]:
        """The names that the scorer may give `least`, by a cheap estimate.

        Second those that it may, if what is left over on both sides should be alike after all.
        """
        sure: list[int] = []
        perhaps: list[int] = []
        of_name, weights, bulks, starts = self._of_name, self._weights, self._bulks, self._starts
        get, joins, bulk, lights = asked.best.get, asked.joins, asked.bulk, self._lights
        conflict, torn_cost = PARTS_1.conflict, PARTS_1.conflict - 1
        extra_a, extra_b = PARTS_1.query_extra, PARTS_1.listed_extra

        def thinned(paired: float, missing: float) -> float:
            """What must be reached: of names that agree in little, less is left (`score`)."""
            if paired >= PARTS_1.evidence or missing <= 0:
                return least
            return _root(least, 1 + PARTS_1.thin * min(PARTS_1.evidence - paired, missing))

        for at in names:
            agreed, covered = joins.get(at, _NOTHING)
            hit = paired = agreed
            left_b = -float(covered + asked.initials)
            light = lights[at] if lights[at] < asked.light else asked.light
            agreed += light
            paired += light
            start, end = starts[at], starts[at + 1]
            for place in range(start, end):
                like = get(of_name[place])
                if like is None:
                    left_b += bulks[place]
                else:
                    weight = weights[place]
                    paired += weight
                    agreed += like[0] * weight
                    hit += like[1]
            left_a = bulk - hit if hit < bulk else 0.0
            if left_b < 0:
                left_b = 0.0
            if left_a < left_b:
                both, more = left_a, (left_b - left_a) * extra_b
            else:
                both, more = left_b, (left_a - left_b) * extra_a
            torn = paired - agreed
            whole = paired + torn * torn_cost + more
            if agreed >= thinned(paired, left_a + torn) * (whole + both * conflict):
                sure.append(at)
            elif both:
                hope = agreed + both * _HOPE
                torn = both * (1 - _HOPE)
                if hope >= thinned(paired + both, left_a - both + torn) * (
                    whole + both + torn * torn_cost
                ):
                    perhaps.append(at)
        return sure, perhaps

    def _look_closer(self, names: Iterable[int], parts: Sequence[Part], asked: _Asked) -> None:
        """Compare the units of some names that are no neighbours of what is searched with it."""
        known, best = self._units, asked.best
        of_name, starts = self._of_name, self._starts
        texts = {
            unit: known[unit].text
            for at in names
            for unit in of_name[starts[at] : starts[at + 1]]
            if unit not in best
        }
        for part in parts:
            if part.role is Role.WORD:
                near = _close(part.text, texts, _WEAK)
                asked.add({unit: _good(how) for unit, how in near.items()}, part.bulk)

    def _near(self, part: Part) -> _Neighbours:
        """What a part of the searched name leads to."""
        key = _identity(part)
        found = self._neighbours.get(key)
        if found is None:
            near = self._close_to(part.text, letter_keys(part), _NEAR)
            for unit in self._units_at(class_keys(part)):
                how, _ = likeness(part, self._units[unit], PARTS_1)
                if how >= _NEAR:
                    near[unit] = max(how, near.get(unit, 0.0))
            units = {unit: _good(how) for unit, how in near.items()}
            apart: dict[int, int] = {}
            if part.role is Role.WORD:
                apart.update(dict.fromkeys(self._by_name.find(_pair_key(part.text)), 2))
                initials = self._by_name.find("." + part.text)
                apart.update(dict.fromkeys(initials, len(part.text)))
            found = self._remember(key, units, apart)
        return found

    def _near_joined(self, whole: str) -> _Neighbours:
        """What two neighbours of the searched name lead to, as one word."""
        found = self._neighbours.get(whole)
        if found is None:
            near = self._close_to(whole, _word_keys(whole), _JOINED)
            units = {unit: _good(how * PARTS_1.joined) for unit, how in near.items()}
            found = self._remember(whole, units, {})
        return found

    def _close_to(self, text: str, keys: Iterable[str], least: float) -> dict[int, float]:
        units = self._units_at(keys)
        return _close(text, {unit: self._units[unit].text for unit in units}, least)

    def _near_initials(self, text: str) -> _Neighbours:
        """What the initials of neighbours of the searched name lead to, as a word."""
        key = "." + text
        found = self._neighbours.get(key)
        if found is None:
            is_it = [unit for unit in self._by_part.find(text) if self._units[unit].text == text]
            found = self._remember(key, dict.fromkeys(is_it, _good(PARTS_1.acronym)), {})
        return found

    def _units_at(self, keys: Iterable[str]) -> set[int]:
        return {unit for each in keys for unit in self._by_part.find(each)}

    def _remember(
        self, key: Hashable, units: dict[int, float], apart: dict[int, int]
    ) -> _Neighbours:
        names = dict.fromkeys(self._shelves, _NOBODY)
        having = sorted(set[int]().union(*(self._having[unit] for unit in units)))
        start = 0
        for kind, shelf in self._shelves.items():
            end = bisect_left(having, shelf.end, start)
            if start < end:
                names[kind] = frozenset(having[start:end])
            start = end
        size = len(units) + len(having) + len(apart) + 10
        return self._neighbours.put(key, _Neighbours(units, names, apart), size)

    def _same_but_letters(self, query: PreparedName) -> list[int]:
        """Names that are the same but for two letters, written as one word."""
        key = (query.joined, query.own_joined)
        found = self._wholes.get(key)
        if found is None:
            near: set[int] = set()
            for mine, which in zip(key, ("joined", "own_joined"), strict=True):
                for at in {at for each in _near_segments(mine) for at in self._by_name.find(each)}:
                    if OSA.distance(mine, getattr(self.names[at], which), score_cutoff=2) <= 2:
                        near.add(at)
            found = self._wholes.put(key, list(near), len(near) + 1)
        return found


def _in_question(sets: list[frozenset[int]], shelf: _Shelf, telling: int) -> set[int]:
    """Names that have something of two parts; or of one, if that may be enough."""
    found: set[int] = set()
    seen: set[int] = set()
    sets.sort(key=len)
    for number, names in enumerate(sets, start=1):
        found |= seen & names
        if telling == 1 or len(names) < _RARE:
            found |= names
        else:
            found |= shelf.singles & names
        if number < len(sets):  # the last one is the largest, and not needed
            seen |= names
    return found


def _identity(part: Part) -> Hashable:
    return (
        part.text,
        part.own,
        part.role,
        part.group,
        part.spelling,
        part.kin,
        part.sister,
        part.syllables,
    )


# ── keys ──────────────────────────────────────────────────────────────────────────────────────


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
    if part.role in _WORDS and len(frame := bones(part.text)) > 2:
        found.add("^" + frame)
    if part.own:
        found |= _shorter(part.own)
    return found


_WORDS = (Role.WORD, Role.PARTICLE)


def _word_keys(text: str) -> set[str]:
    """Letters and sound of a word, both also without one of them."""
    return _shorter(text) | _shorter(sound(text))


def _close(text: str, others: Mapping[int, str], least: float) -> dict[int, float]:
    """Which words are like a word by letters or by sound, and how much."""
    found: dict[int, float] = {}
    sounds = {unit: sound(other) for unit, other in others.items()}
    for mine, theirs in ((text, others), (sound(text), sounds)):
        for _, how, unit in extract(mine, theirs, scorer=_LETTERS, score_cutoff=least, limit=None):
            if how > found.get(unit, 0.0):
                found[unit] = how
    return found


def _shorter(text: str) -> set[str]:
    """A text, and what is left of it without one letter."""
    found = {text}
    if len(text) > 3:
        found.update([text[:at] + text[at + 1 :] for at in range(len(text))])
    return found


def name_keys(name: PreparedName) -> Iterator[str]:
    """Where a name is looked up beside its parts."""
    for whole in (name.joined, name.own_joined):
        yield from _segments(whole)
    for one, other in pairwise(name.parts):
        whole = one.text + other.text
        if len(whole) > 3 and Role.LEGAL_FORM not in (one.role, other.role):
            yield _pair_key(whole)
    yield from ["." + text for text in _initials(name, 3)]


def _initials(name: PreparedName, least: int) -> Iterator[str]:
    """The initials of all runs of words, from `least` of them on, that an acronym may be of."""
    starts = "".join([part.text[0] for part in name.parts if part.role in _SPELLED])
    for size in range(least, min(len(starts), _ACRONYM) + 1):
        for at in range(len(starts) - size + 1):
            yield starts[at : at + size]


_ACRONYM = 8
"""Letters of the longest acronym."""
_SPELLED = (Role.WORD, Role.NUMBER, Role.INITIAL)


def _pair_key(whole: str) -> str:
    frame = bones(whole)
    return "+" + (frame if len(frame) > 2 else whole)


def _cut(length: int) -> tuple[tuple[int, int], ...]:
    """Start and end of the three parts of a text: with two errors, one of them stays whole."""
    third, most = length // 3, length - length // 3
    middle = (third + most) // 2 if third else 0
    return ((0, third), (third, middle), (middle, length))


def _segments(whole: str) -> Iterator[str]:
    length = len(whole)
    if length >= _WHOLE:
        for number, (start, end) in enumerate(_cut(length)):
            yield f"{number}{length} {whole[start:end]}"


def _near_segments(whole: str) -> Iterator[str]:
    """The keys under which texts stand that differ in two letters at most."""
    size = len(whole)
    for length in range(max(_WHOLE, size - 2), size + 3):
        if size < 4:
            break
        more = size - length
        for number, (start, end) in enumerate(_cut(length)):
            first = max(start - number, start + more - (2 - number), 0)
            last = min(start + number, start + more + (2 - number), size - (end - start))
            for at in range(first, last + 1):
                yield f"{number}{length} {whole[at : at + end - start]}"


_WHOLE = 5
"""Letters from which on names are compared as wholes."""
