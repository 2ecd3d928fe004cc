"""Which of many names are worth scoring for a searched one.

Names are made of few distinct parts (`_vocabulary`), and each part of the searched name has its
neighbours among these. A name comes into question if it has neighbours of two parts that tell
something, or of all that it has; then a cheap estimate decides whether the scorer is asked. Names
that are written together or apart, that are initials, or that are the same but for two letters as
wholes have keys of their own and need no such neighbours.

Everything is kept in arrays of numbers and by check sums (`_keys`). Two keys of one check sum do no
harm, since all that is found is compared.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from operator import attrgetter

import attrs
from rapidfuzz.distance import OSA

from sanctionslib.matching._acronyms import Acronyms, runs
from sanctionslib.matching._keys import Frame, Keys, name_keys, pair_key
from sanctionslib.matching._memo import Memo
from sanctionslib.matching._vocabulary import Vocabulary, as_one, identity
from sanctionslib.matching._wholes import Wholes
from sanctionslib.matching.normalise import Part, PreparedName, Role
from sanctionslib.matching.tuning import PARTS_1

__all__ = ["Candidates"]

_LIGHT = 0.25
"""Parts that weigh less neither lead to a name nor count against it here."""
_HOPE = 0.6
"""What words are taken to count that are no neighbours, before they are compared."""
_WEAK = 0.35
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
_RARE = 250
"""A part that so few names have leads to them even alone …"""
_RARE_BESIDE_INITIALS = 1000
"""… and this if the searched name has initials, which may be words there."""
_ROOM = 800_000
"""Numbers of units and names that are remembered for parts that were searched: some 60 MB."""
_ACRONYM_FROM = 4
"""Letters of the shortest listed acronym that is found by its words, as the scorer has it."""
_NOTHING = (0.0, 0.0)
_INITIAL, _TITLE, _PARTICLE = Role.INITIAL, Role.TITLE, Role.PARTICLE
_NO_UNITS: Mapping[int, float] = {}


@attrs.frozen
class _Neighbours:
    """What a part leads to."""

    units: dict[int, float]
    """Units that are like it, and what they count."""
    names: dict[int, None]
    """Names that have one of them: no set, since Python looks for unused objects in all sets that
    are new, on 3.13 for some 8 ms within one of 150 searches, and in no dictionary of numbers."""
    apart: dict[int, float]
    """Names of which it may be two words in one or the initials of several, and what these weigh."""


_NOBODY = _Neighbours({}, {}, {})


_Like = tuple[float, float, str, float]
"""What a unit counts beside a part of the searched name; bulk, text and weight of that part."""


class _Asked:
    """What the parts of a searched name lead to, all together."""

    def __init__(self) -> None:
        self.telling = 0
        """How many parts tell something, beside initials."""
        self.bulk = 0.0
        """Of these, but for initials."""
        self.initials = ""
        """The initials among them, each of which may stand for a word."""
        self.light = 0.0
        """Weight of the parts that tell hardly anything."""
        self.best: dict[int, _Like] = {}
        """Unit → the part that it is most like."""
        self.joins: dict[int, tuple[float, float]] = {}
        """Names that have in several words what is one here → its bulk, and theirs …"""
        self.joined: dict[int, set[str]] = {}
        """… and what that is."""
        self.near: list[_Neighbours] = []
        """What each part leads to."""

    def add(self, near: _Neighbours, bulk: float, text: str, weight: float) -> None:
        """What a part of this bulk and weight leads to."""
        _merge(self.best, near.units, bulk, text, weight)
        self.near.append(near)
        for at, weight in near.apart.items():
            before, covered = self.joins.get(at, _NOTHING)
            self.joins[at] = (before + bulk, covered + weight)
            self.joined.setdefault(at, set()).add(text)


def _merge(
    best: dict[int, _Like], units: Mapping[int, float], bulk: float, text: str, weight: float
) -> None:
    """Keep for each unit the part that wins most with it."""
    most = weight if weight < 1 else 1.0
    likes: dict[float, _Like] = {}
    for unit, good in units.items():
        like = best.get(unit)
        if like is None or like[0] * (like[3] if like[3] < 1 else 1.0) < good * most:
            mine = likes.get(good)
            if mine is None:
                mine = likes[good] = (good, bulk, text, weight)
            best[unit] = mine


@lru_cache(maxsize=1 << 12)
def _good(how: float) -> float:
    """What a likeness counts."""
    return math.pow((how - _FLOOR) / _ABOVE, _BEND)


_FLOOR, _ABOVE, _BEND = PARTS_1.floor, 1 - PARTS_1.floor, PARTS_1.bend


def _reaches(least: float, agreed: float, paired: float, left_a: float, left_b: float) -> bool:
    """Whether the scorer would give as much (`score`), if these were the weights."""
    torn = paired - agreed
    if left_a < left_b:
        both, more = left_a, (left_b - left_a) * _LISTED_EXTRA
    else:
        both, more = left_b, (left_a - left_b) * _QUERY_EXTRA
    if paired < _EVIDENCE and (missing := min(_EVIDENCE - paired, left_a + torn)) > 0:
        least = math.pow(least, 1 / (1 + _THIN * missing))
    return agreed >= least * (paired + torn * (_CONFLICT - 1) + both * _CONFLICT + more)


_CONFLICT, _EVIDENCE, _THIN = PARTS_1.conflict, PARTS_1.evidence, PARTS_1.thin
_QUERY_EXTRA, _LISTED_EXTRA = PARTS_1.query_extra, PARTS_1.listed_extra


class Candidates:
    """Prepared names, and how to find them."""

    def __init__(self, names: Sequence[PreparedName]) -> None:
        self.names = names
        self._particles: set[str] = set()
        """Those that tell hardly anything; in a name of titles and particles alone they are words."""
        self._singles: set[int] = set()
        """Names of which a single part tells something, beside initials."""
        self._few: set[int] = set()
        """Names of which one or two do."""
        kinds: dict[str | None, int] = {}
        places: dict[Hashable, int] = {}
        distinct: list[Part] = []
        known: dict[Part, int] = {}
        having: list[list[int]] = []
        units: list[int] = []
        weights: list[float] = []
        bulks: list[float] = []
        lights: list[float] = []
        starts = [0]
        for at, name in enumerate(names):
            light, telling = 0.0, 0
            for part in name.parts:
                weight, role = part.weight, part.role
                if weight >= _LIGHT:
                    if role is not _INITIAL:
                        telling += 1
                elif role is not _TITLE:  # which is a name elsewhere
                    light += weight
                    if role is _PARTICLE:
                        self._particles.add(part.text)
                    continue
                unit = known.get(part, -1)
                if unit < 0:
                    unit = known[part] = places.setdefault(identity(part), len(places))
                    if unit == len(having):
                        distinct.append(part)
                        having.append([])
                units.append(unit)
                weights.append(weight)
                bulks.append(part.bulk)
                ours = having[unit]
                if not ours or ours[-1] is not at:
                    ours.append(at)
            lights.append(light)
            if telling < 3:
                self._few.add(at)
                if telling < 2:
                    self._singles.add(at)
            starts.append(len(units))
        self._of_name, self._starts = array("I", units), array("I", starts)
        self._weights, self._bulks, self._lights = (
            array("f", weights),
            array("f", bulks),
            array("f", lights),
        )
        self._kind_of = bytes([kinds.setdefault(name.kind, len(kinds)) for name in names])
        self._having = [tuple(one) for one in having]
        frames: dict[str, Frame] = {}
        self._vocabulary = Vocabulary(distinct, frames)
        self._pairs = Keys((at, name_keys(name, frames)) for at, name in enumerate(names))
        self._acronyms = Acronyms(names)
        self._wholes = Wholes([name.joined for name in names])
        self._own_wholes = Wholes([name.own_joined for name in names])
        self._initials = {
            letter: dict.fromkeys(units, _good(PARTS_1.initial))
            for letter, units in self._vocabulary.initials.items()
        }
        self.kinds = tuple(kinds)
        """The kinds of all names."""
        self._number = kinds
        self._neighbours = Memo[_Neighbours](_ROOM)
        self._torn = Memo[dict[int, float]](_ROOM // 16)
        self._alike = Memo[set[int]](_ROOM // 16)
        self._asked = Memo[_Asked](_ROOM // 16)

    def find(
        self,
        queries: Mapping[str | None, PreparedName],
        least: float,
        *,
        unknown: PreparedName | None = None,
    ) -> Collection[int]:
        """The names that may score `least` or more.

        Args:
            queries: Kinds of names → the searched name, by the rules of the kind.
            least: The less is asked for, the more names come into question (`_ANY_BELOW`,
                `_ALL_BELOW`).
            unknown: The searched name by the rules of unknown kinds. They know the meanings of all
                others, so that it stands for each that has the same words for the same.
        """
        groups: dict[Hashable, tuple[dict[Hashable, PreparedName], list[int]]] = {}
        for kind, query in queries.items():
            same = query if unknown is None or not _is_alike(query, unknown) else unknown
            orders, kinds = groups.setdefault(same.parts, ({same.parts: same}, []))
            if same is not query and query.joined != same.joined:
                orders[query.joined] = query
            kinds.append(self._number[kind])
        found: set[int] = set()
        for orders, kinds in groups.values():
            found.update(self._find([*orders.values()], bytes(kinds), least))
        return found

    def _find(self, orders: Sequence[PreparedName], kinds: bytes, least: float) -> set[int]:
        """The same of some kinds, by whose rules the searched name is one, but for its order."""
        if least < _ALL_BELOW:
            return self._of(kinds, range(len(self.names)))
        query = orders[0]
        key = query.parts if len(orders) == 1 else tuple([one.parts for one in orders])
        asked = self._asked.get(key) or self._asked.put(key, *self._ask(orders))
        if least < _ANY_BELOW:
            names = set(asked.joins).union(*[near.names for near in asked.near])
        else:
            names = self._in_question([near.names for near in asked.near], asked)
            names.update(asked.joins)
        names = self._of(kinds, names)
        sure, perhaps = self._promising(names, asked, least - _SLACK)
        if len(sure) > _MANY:
            sure, _ = self._promising(sure, asked, least - _TIGHT)
        found = set(sure)
        for each in orders:
            found |= self._of(kinds, self._same_but_letters(each))
        if perhaps:
            found.update(self._look_closer(perhaps, query, asked, least - _SLACK))
        return found

    def _of(self, kinds: bytes, names: Iterable[int]) -> set[int]:
        """Those of the names that are of some kinds."""
        kind_of = self._kind_of
        return {at for at in names if kind_of[at] in kinds}

    def _in_question(self, sets: list[dict[int, None]], asked: _Asked) -> set[int]:
        """Names that have something of two parts; or of one, if that may be enough."""
        telling, rare = asked.telling, _RARE_BESIDE_INITIALS if asked.initials else _RARE
        found: set[int] = set()
        seen: set[int] = set()
        sets.sort(key=len)
        for number, names in enumerate(sets, start=1):
            found |= names.keys() & seen
            if telling < 2:
                found.update(names)
            elif len(names) < rare:  # of more parts, one that agrees cannot be enough
                found.update(names if telling == 2 else names.keys() & self._few)
            else:
                found |= names.keys() & self._singles
            if number < len(sets):  # the last one is the largest, and not needed
                seen.update(names)
        return found

    def _ask(self, orders: Sequence[PreparedName]) -> tuple[_Asked, int]:
        """What a searched name leads to, by its parts, neighbours and initials; and how much.

        Args:
            orders: The name; also in other orders, in which other parts are neighbours.
        """
        query = orders[0]
        parts = {identity(one): one for one in query.parts if one.weight >= _LIGHT}
        light = sum([part.weight for part in query.parts if part.weight < _LIGHT])
        asked = _Asked()
        asked.light = light
        for key, part in parts.items():
            skipped = part.role is Role.WORD and part.text in self._particles
            bulk = 0.0 if skipped else part.bulk
            asked.add(self._near(part, key), bulk, part.text, part.weight)
            if part.role is Role.INITIAL:
                asked.initials += part.text
            elif skipped:
                asked.light += part.weight
            else:
                asked.telling += 1
                asked.bulk += part.bulk
                spelled = self._initials.get(part.text[0], _NO_UNITS)
                _merge(asked.best, spelled, part.bulk, part.text, part.weight)
        for part in query.parts:
            if part.role is Role.TITLE:  # which leads nowhere, and may be a word there
                near = self._near(part, identity(part))
                _merge(asked.best, near.units, part.bulk, part.text, part.weight)
        pairs = {
            one.text + other.text: (one, other)
            for each in orders
            for one, other in pairwise(each.parts)
        }
        for whole, (one, other) in pairs.items():
            if len(whole) > 3 and (near := self._near_joined(whole)).units:
                asked.add(near, one.bulk + other.bulk, whole, one.weight + other.weight)
                if len(parts) == 2:  # it is both of them
                    asked.near.append(near)
        for text in {text: None for each in orders for text in runs(each, _ACRONYM_FROM)}:
            if (near := self._near_initials(text)).units:
                asked.add(near, float(len(text)), text, 1.0)
        return asked, len(asked.best) + len(asked.joins) + 10

    def _promising(
        self, names: Iterable[int], asked: _Asked, least: float
    ) -> tuple[list[int], list[int]]:
        """The names that the scorer may give `least`, by a cheap estimate.

        Second those that it may if what is left over on both sides should be alike after all.
        """
        sure: list[int] = []
        perhaps: list[int] = []
        of_name, weights, bulks, starts = self._of_name, self._weights, self._bulks, self._starts
        get, joins = asked.best.get, asked.joins
        lights, texts = self._lights, self._vocabulary.texts
        bulk, light_a, initials = asked.bulk, asked.light, asked.initials
        wanted = least + _SLACK
        for at in names:
            agreed, covered = joins.get(at, _NOTHING)
            hit = agreed
            light = lights[at]
            agreed += light if light < light_a else light_a
            paired = agreed
            left_b, spelled = 0.0 - covered, len(initials)
            for place in range(starts[at], starts[at + 1]):
                like = get(of_name[place])
                if like is None:
                    if spelled and texts[of_name[place]][0] in initials:
                        spelled -= 1
                    else:
                        left_b += bulks[place]
                else:
                    weight = weights[place]
                    if weight < _LIGHT:  # a title, which may be the word, spelled otherwise
                        hit += weight + like[0] * (like[1] - weight)
                        weight += like[0] * (like[3] - weight) / 2
                    else:
                        weight = (weight + like[3]) / 2
                        hit += like[1]
                    paired += weight
                    agreed += like[0] * weight
            left_a = bulk - hit if hit < bulk else 0.0
            if left_b < 0:
                left_b = 0.0
            if left_a < left_b:
                both, more = left_a, (left_b - left_a) * _LISTED_EXTRA
            else:
                both, more = left_b, (left_a - left_b) * _QUERY_EXTRA
            if agreed >= least * (paired + both * _CONFLICT + more) and _reaches(
                least, agreed, paired, left_a, left_b
            ):
                sure.append(at)
            elif hit > bulk:
                if self._is_promising(at, asked, {}, least):
                    sure.append(at)
            elif both:
                hope = agreed + both * _HOPE
                if hope >= wanted * (paired + both + more) and _reaches(
                    wanted, hope, paired + both, left_a - both, left_b - both
                ):
                    perhaps.append(at)
        return sure, perhaps

    def _look_closer(
        self, names: Sequence[int], query: PreparedName, asked: _Asked, least: float
    ) -> list[int]:
        """Which of some names may reach it after all, their other parts compared, one to one."""
        best, of_name, starts = asked.best, self._of_name, self._starts
        units = {unit for at in names for unit in of_name[starts[at] : starts[at + 1]]}
        others = [unit for unit in units if unit not in best]
        closer: dict[int, list[_Like]] = {}
        for part in query.parts:
            if part.role is Role.WORD and part.weight >= _LIGHT:
                near = self._vocabulary.close(part.text, others, _WEAK)
                for unit, how in near.items():
                    closer.setdefault(unit, []).append(
                        (_good(how), part.bulk, part.text, part.weight)
                    )
        return [
            at
            for at in names
            if not closer.keys().isdisjoint(of_name[starts[at] : starts[at + 1]])
            and self._is_promising(at, asked, closer, least)
        ]

    def _is_promising(
        self,
        at: int,
        asked: _Asked,
        closer: Mapping[int, Sequence[_Like]],
        least: float,
    ) -> bool:
        """`_promising`, each part of the one with at most one part of the other."""
        agreed, covered = asked.joins.get(at, _NOTHING)
        hit = agreed
        agreed += min(self._lights[at], asked.light)
        paired = agreed
        left, spelled = 0.0 - covered, len(asked.initials)
        pairs: list[tuple[float, float, str, float, int]] = []
        alone: set[int] = set()
        for place in range(self._starts[at], self._starts[at + 1]):
            unit = self._of_name[place]
            like = asked.best.get(unit)
            if like is not None:
                alone.add(place)
                pairs.append((*like, place))
            elif unit in closer:
                alone.add(place)
                pairs += [(*each, place) for each in closer[unit]]
            elif spelled and self._vocabulary.texts[unit][0] in asked.initials:
                spelled -= 1
            else:
                left += self._bulks[place]
        taken = set(asked.joined.get(at, ()))
        for good, mine, text, weight, place in sorted(pairs, reverse=True):
            if text not in taken and place in alone:
                taken.add(text)
                alone.remove(place)
                theirs = self._weights[place]
                if theirs < _LIGHT:
                    mine = theirs + good * (mine - theirs)
                    weight = theirs + good * (weight - theirs) / 2
                else:
                    weight = (weight + theirs) / 2
                paired += weight
                agreed += good * weight
                hit += mine
        left += sum([self._bulks[place] for place in alone])
        return _reaches(least, agreed, paired, max(asked.bulk - hit, 0.0), max(left, 0.0))

    def _near(self, part: Part, key: Hashable) -> _Neighbours:
        """What a part of the searched name, whose `identity` this is, leads to."""
        found = self._neighbours.get(key)
        if found is None:
            apart = self._apart(part.text) if part.role is Role.WORD else {}
            found = self._remember(key, self._vocabulary.near(part), apart)
        return found

    def _apart(self, text: str) -> dict[int, float]:
        """Names of which a word may be two or the initials of several → what these weigh."""
        found = self._torn.get(text)
        if found is None:
            found = self._written_apart(text)
            for at in self._acronyms.find(text):
                found[at] = float(len(text))
            self._torn.put(text, found, len(found) + 10)
        return found

    def _written_apart(self, text: str) -> dict[int, float]:
        """Names that have two neighbours for a word, written apart → what these weigh."""
        found: dict[int, float] = {}
        known: dict[str, float] = {}
        first, size = text[0], len(text)
        for at in self._pairs.find([pair_key(text)]):
            for one, other in pairwise(self.names[at].parts):
                start = one.text
                if start[0] == first and -3 < size - len(start) - len(other.text) < 3:
                    whole = start + other.text
                    how = known.get(whole)
                    if how is None:
                        how = known[whole] = as_one(whole, text)
                    # Where the first is the word by itself, it is its neighbour: Gustavo A.
                    if how and how > OSA.normalized_similarity(start, text):
                        found[at] = max(found.get(at, 0.0), one.bulk + other.bulk)
        return found

    def _near_joined(self, whole: str) -> _Neighbours:
        """What two neighbours of the searched name lead to, as one word."""
        key = "+" + whole
        return self._neighbours.get(key) or self._remember(key, self._vocabulary.joined(whole), {})

    def _near_initials(self, text: str) -> _Neighbours:
        """What the initials of neighbours of the searched name lead to, as a word."""
        key = "." + text
        return self._neighbours.get(key) or self._remember(key, self._vocabulary.acronyms(text), {})

    def _remember(
        self, key: Hashable, near: Mapping[int, float], apart: dict[int, float]
    ) -> _Neighbours:
        if not near and not apart:
            return self._neighbours.put(key, _NOBODY, 10)
        names = dict.fromkeys(chain.from_iterable([self._having[unit] for unit in near]))
        units = {unit: _good(how) for unit, how in near.items()}
        size = len(units) + len(names) + len(apart) + 10
        return self._neighbours.put(key, _Neighbours(units, names, apart), size)

    def _same_but_letters(self, query: PreparedName) -> set[int]:
        """Names that are the same but for two letters, written as one word."""
        key = (query.joined, query.own_joined)
        found = self._alike.get(key)
        if found is None:
            found = self._wholes.near(query.joined)
            if query.own_joined:
                found |= self._own_wholes.near(query.own_joined)
            self._alike.put(key, found, len(found) + 1)
        return found


def _is_alike(one: PreparedName, other: PreparedName) -> bool:
    """Whether two names are one to `Candidates`, but for order and what parts share with others."""
    if len(one.parts) != len(other.parts):
        return False
    parts: Sequence[Part] = one.parts
    others: Sequence[Part] = other.parts
    if one.joined != other.joined:
        parts, others = sorted(parts, key=_text), sorted(others, key=_text)
    for a, b in zip(parts, others, strict=True):
        if (
            a.text != b.text
            or a.role is not b.role
            or a.bulk != b.bulk
            or a.own != b.own
            or (a.weight < _LIGHT) is not (b.weight < _LIGHT)
        ):
            return False
    return True


_text = attrgetter("text")
