"""Which of many names are candidates for a searched one, and are scored.

Names are made of few distinct tokens, the units (`_similar`), and each token of the searched
name has similar ones among them. A name is examined if it has units that are similar to two
distinctive tokens, or to all that it has; then a cheap estimate decides whether it is a candidate. Names
that are written together or apart, that are initials, or whose full strings differ in two letters
are found by keys of their own.

Everything is kept in arrays of numbers. Two keys of one check sum do no harm, since all that is found
is compared.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence, Sized
from functools import lru_cache, partial
from itertools import chain, pairwise
from operator import attrgetter
from typing import Generic, TypeVar

import attrs
from rapidfuzz.distance import OSA

from sanctionslib.matching._blocking import InvertedIndex, acronyms_of, joined_key, name_keys
from sanctionslib.matching._similar import (
    SimilarStrings,
    SimilarTokens,
    identity,
    joined_similarity,
)
from sanctionslib.matching.parameters import PARAMETERS
from sanctionslib.matching.tokens import Token, TokenisedName

_LIGHT = 0.25
"""Tokens of a lower match weight neither lead to a name nor count against it here."""
_HOPED = 0.6
"""What unmatched words may count, before they are compared."""
_MIN_SIMILAR = 0.35
"""Words less similar than this stay unmatched then."""
_ALL_BELOW = 0.4
"""For a threshold below this everything is scored …"""
_ANY_BELOW = 0.6
"""… and below this, all names that have a unit similar to any token are examined."""
_SLACK = 0.08
"""How far an estimate may be below the threshold …"""
_LITTLE_SLACK = 0.01
"""… and how far where more than so many names are."""
_MANY = 1000
_RARE = 250
"""A token that leads to so few names leads to them even alone …"""
_RARE_BESIDE_INITIALS = 1000
"""… and this if the searched name has initials, which may be words there."""
_CACHE = 800_000
"""Numbers of units and names that are cached for tokens that were searched: some 60 MB."""
_MIN_ACRONYM = 4
"""Letters of the shortest listed acronym that is found by its words, as the scorer has it."""
_NO_ACRONYMS = ("person", "vessel", "aircraft")
"""Kinds whose words the scorer pairs with no acronym of three letters or more."""
_NOTHING = (0.0, 0.0)

_CONFLICT, _EVIDENCE, _THIN = PARAMETERS.conflict, PARAMETERS.evidence, PARAMETERS.thin_evidence
_QUERY, _LISTED = PARAMETERS.unmatched_query, PARAMETERS.unmatched_listed
_FLOOR, _ABOVE, _EXPONENT = PARAMETERS.floor, 1 - PARAMETERS.floor, PARAMETERS.exponent

_Match = tuple[float, float, str, float]
"""What a unit counts with a token of the query; mismatch weight, text and match weight of that."""


_T = TypeVar("_T", bound=Sized)


class _SizedCache(Generic[_T]):
    """What was computed for the last keys, up to a total size.

    When half of it is full, what was not used since the last time is dropped. Threads may share it:
    at worst, something is computed twice, or its size forgotten.
    """

    def __init__(self, max_size: int) -> None:
        self._half = self._left = max_size // 2
        self._recent: dict[Hashable, _T] = {}
        self._older: dict[Hashable, _T] = {}

    def get(self, key: Hashable, compute: Callable[[], _T]) -> _T:
        found = self._recent.get(key)
        if found is None:
            found = self._older.get(key)
            if found is None:
                found = compute()
            size = len(found) + 10
            if self._left < size:
                self._recent, self._older, self._left = {}, self._recent, self._half
            self._left -= size
            self._recent[key] = found
        return found


@attrs.frozen
class _Similar:
    """What a token leads to."""

    units: Mapping[int, float]
    """Units that are similar to it → what this counts."""
    names: Mapping[int, None]
    """Names that have one of them: no set, since the garbage collector traverses sets that are new,
    on 3.13 for some 8 ms within one of 150 searches, and no dictionary of numbers."""
    apart: Mapping[int, float]
    """Names of which it may be two words in one or the initials of several → their weight."""

    def __len__(self) -> int:
        return len(self.units) + len(self.names) + len(self.apart)


@attrs.define(eq=False)
class _Query:
    """What the tokens of a searched name lead to, all together."""

    distinctive: int = 0
    """How many tokens are distinctive, beside initials."""
    weight: float = 0.0
    """Mismatch weight of these."""
    initials: str = ""
    """The initials, each of which may stand for a word."""
    light: float = 0.0
    """Match weight of the tokens that are light."""
    best: dict[int, _Match] = attrs.Factory(dict[int, _Match])
    """Unit → its best match."""
    apart: dict[int, tuple[float, float]] = attrs.Factory(dict[int, tuple[float, float]])
    """Names that have several words where the query has one → its weight, and theirs …"""
    texts_apart: defaultdict[int, set[str]] = attrs.Factory(lambda: defaultdict(set))
    """… and these words of the query."""
    similar: list[_Similar] = attrs.Factory(list[_Similar])
    """What each token leads to."""
    full_strings: set[int] = attrs.Factory(set[int])
    """Names whose full strings differ in few letters."""

    def __len__(self) -> int:
        return len(self.best) + len(self.apart) + len(self.full_strings)

    def add(self, similar: _Similar, weight: float, text: str, match_weight: float) -> None:
        """Add what a token of these weights leads to."""
        self.match(similar.units, weight, text, match_weight)
        self.similar.append(similar)
        for at, covered in similar.apart.items():
            before, covered_before = self.apart.get(at, _NOTHING)
            self.apart[at] = (before + weight, covered_before + covered)
            self.texts_apart[at].add(text)

    def match(
        self, units: Mapping[int, float], weight: float, text: str, match_weight: float
    ) -> None:
        """Keep for each unit the token that gains most with it."""
        best, most = self.best, min(match_weight, 1.0)
        shared: dict[float, _Match] = {}  # many units have the same match
        for unit, counted in units.items():
            match = best.get(unit)
            if match is None or match[0] * (match[3] if match[3] < 1 else 1.0) < counted * most:
                mine = shared.get(counted)
                if mine is None:
                    mine = shared[counted] = (counted, weight, text, match_weight)
                best[unit] = mine


@lru_cache(maxsize=1 << 12)
def _counted(similarity: float) -> float:
    """What a similarity counts."""
    return math.pow((similarity - _FLOOR) / _ABOVE, _EXPONENT)


def _reaches(least: float, agreed: float, paired: float, left_a: float, left_b: float) -> bool:
    """Whether the scorer would give as much (`scorer`), if these were the weights."""
    lost = paired - agreed
    both = min(left_a, left_b)
    more = (left_a - both) * _QUERY + (left_b - both) * _LISTED
    if paired < _EVIDENCE and (missing := min(_EVIDENCE - paired, left_a + lost)) > 0:
        least = math.pow(least, 1 / (1 + _THIN * missing))
    return agreed >= least * (paired + lost * (_CONFLICT - 1) + both * _CONFLICT + more)


class Candidates:
    """Tokenised names, and the candidates among them for a searched one."""

    def __init__(self, names: Sequence[TokenisedName]) -> None:
        self.names = names
        self.kinds = tuple(dict.fromkeys([one.kind for one in names]))
        """The kinds of all names."""
        self._kinds_of_names = bytes([self.kinds.index(one.kind) for one in names])
        self._similar_tokens = SimilarTokens(self._index_tokens(names))
        self._joined = InvertedIndex((at, name_keys(name)) for at, name in enumerate(names))
        self._acronyms = InvertedIndex(
            (at, acronyms_of(name))
            for at, name in enumerate(names)
            if name.kind not in _NO_ACRONYMS
        )
        self._full_strings = SimilarStrings([name.joined for name in names])
        self._original_strings = SimilarStrings([name.original_joined for name in names])
        self._units_of_initials = {
            letter: dict.fromkeys(units, _counted(PARAMETERS.initial))
            for letter, units in self._similar_tokens.initials.items()
        }
        self._similar = _SizedCache[_Similar](_CACHE)
        self._queries = _SizedCache[_Query](_CACHE // 16)
        self._names = _SizedCache[set[int]](_CACHE // 16)

    def _index_tokens(self, names: Sequence[TokenisedName]) -> list[Token]:
        """Note the units of each name and the names of each unit; gives the units."""
        self._particles: set[str] = set()
        """Light particles; in a name of titles and particles alone they are words."""
        self._with_one: set[int] = set()
        """Names of which a single token is distinctive, beside initials."""
        self._with_few: set[int] = set()
        """Names of which one or two are."""
        places: dict[Hashable, int] = {}
        known: dict[Token, int] = {}
        tokens: list[Token] = []
        names_of: list[list[int]] = []
        # Lists are filled faster than arrays.
        units: list[int] = []
        match_weights: list[float] = []
        mismatch_weights: list[float] = []
        lights: list[float] = []
        starts = [0]
        for at, name in enumerate(names):
            light, distinctive = 0.0, 0
            for token in name.tokens:
                weight, role = token.match_weight, token.role
                if weight >= _LIGHT:
                    if role != "initial":
                        distinctive += 1
                elif role != "title":  # which is a name elsewhere
                    light += weight
                    if role == "particle":
                        self._particles.add(token.text)
                    continue
                unit = known.get(token, -1)
                if unit < 0:
                    unit = known[token] = places.setdefault(identity(token), len(places))
                    if unit == len(tokens):
                        tokens.append(token)
                        names_of.append([])
                units.append(unit)
                match_weights.append(weight)
                mismatch_weights.append(token.mismatch_weight)
                having = names_of[unit]
                if not having or having[-1] is not at:
                    having.append(at)
            lights.append(light)
            starts.append(len(units))
            if distinctive < 3:
                self._with_few.add(at)
            if distinctive < 2:
                self._with_one.add(at)
        self._units, self._starts = array("I", units), array("I", starts)
        self._lights = array("f", lights)
        self._match_weights = array("f", match_weights)
        self._mismatch_weights = array("f", mismatch_weights)
        self._names_of = [tuple(one) for one in names_of]
        return tokens

    def find(
        self, queries: Mapping[str | None, TokenisedName], least: float, *, unknown: TokenisedName
    ) -> set[int]:
        """The names that may score `least` or more.

        Args:
            queries: Kinds of names → the searched name, by the rules of the kind.
            least: The threshold; the lower, the more names are examined (`_ANY_BELOW`,
                `_ALL_BELOW`).
            unknown: The searched name by the rules of unknown kinds. They know the meanings of all
                others, so that it stands for each that has the same words for the same.
        """
        groups: dict[tuple[Token, ...], tuple[list[TokenisedName], list[int]]] = {}
        for kind, query in queries.items():
            same = unknown if _are_same(query, unknown) else query
            orders, kinds = groups.setdefault(same.tokens, ([same], []))
            if query.joined not in [one.joined for one in orders]:
                orders.append(query)
            kinds.append(self.kinds.index(kind))
        found: set[int] = set()
        for orders, kinds in groups.values():
            found |= self._find(orders, bytes(kinds), least)
        return found

    def _find(self, orders: Sequence[TokenisedName], kinds: bytes, least: float) -> set[int]:
        """The candidates of some kinds, by whose rules the searched name has the same tokens.

        Only their order may differ, as that of "STAR, Bob" does: the name is given once for each.
        """
        if least < _ALL_BELOW:
            return self._of_kinds(kinds, range(len(self.names)))
        key = tuple([one.tokens for one in orders])
        query = self._queries.get(key, lambda: self._query(orders))
        if least < _ANY_BELOW:
            names = set(query.apart).union(*[similar.names for similar in query.similar])
        else:
            names = self._examined(query)
            names.update(query.apart)
        sure, perhaps = self._promising(self._of_kinds(kinds, names), query, least - _SLACK)
        if len(sure) > _MANY:
            sure, _ = self._promising(sure, query, least - _LITTLE_SLACK)
        found = self._of_kinds(kinds, query.full_strings).union(sure)
        if perhaps:
            found.update(self._promising_after_all(perhaps, orders[0], query, least - _SLACK))
        return found

    def _of_kinds(self, kinds: bytes, names: Iterable[int]) -> set[int]:
        of_name = self._kinds_of_names
        return {at for at in names if of_name[at] in kinds}

    # What the query leads to

    def _query(self, orders: Sequence[TokenisedName]) -> _Query:
        """What a searched name leads to; in other orders of it, other tokens are neighbours."""
        tokens = orders[0].tokens
        query = _Query()
        query.light = sum([token.match_weight for token in tokens if token.match_weight < _LIGHT])
        heavy = {identity(one): one for one in tokens if one.match_weight >= _LIGHT}
        for key, token in heavy.items():
            is_particle = token.role == "word" and token.text in self._particles
            weight = 0.0 if is_particle else token.mismatch_weight
            query.add(self._similar_to(token, key), weight, token.text, token.match_weight)
            if token.role == "initial":
                query.initials += token.text
            elif is_particle:
                query.light += token.match_weight
            else:
                query.distinctive += 1
                query.weight += weight
                initials = self._units_of_initials.get(token.text[0], {})
                query.match(initials, weight, token.text, token.match_weight)
        for token in tokens:
            if token.role == "title":  # which leads nowhere, and may be a word there
                units = self._similar_to(token, identity(token)).units
                query.match(units, token.mismatch_weight, token.text, token.match_weight)
        pairs = {
            one.text + other.text: (one, other)
            for each in orders
            for one, other in pairwise(each.tokens)
        }
        for joined, (one, other) in pairs.items():
            if len(joined) <= 3:
                continue
            similar = self._similar.get("+" + joined, partial(self._joined_to, joined))
            if similar.units:
                weight = one.mismatch_weight + other.mismatch_weight
                query.add(similar, weight, joined, one.match_weight + other.match_weight)
                if len(heavy) == 2:  # it is both of them
                    query.similar.append(similar)
        for text in {text: None for each in orders for text in acronyms_of(each, _MIN_ACRONYM)}:
            if units := self._similar_tokens.acronyms(text):
                query.add(self._names_with(units, {}), float(len(text)), text, 1.0)
        for each in orders:
            query.full_strings |= self._similar_to_name(each)
        return query

    def _similar_to(self, token: Token, key: Hashable) -> _Similar:
        """What a token, whose `identity` is given, leads to."""

        def compute() -> _Similar:
            apart = self._written_apart(token.text) if token.role == "word" else {}
            return self._names_with(self._similar_tokens.find(token), apart)

        return self._similar.get(key, compute)

    def _joined_to(self, text: str) -> _Similar:
        return self._names_with(self._similar_tokens.joined(text), {})

    def _similar_to_name(self, name: TokenisedName) -> set[int]:
        """Names whose full strings differ in few letters: the same by the rules of most kinds."""

        def compute() -> set[int]:
            found = self._full_strings.find(name.joined)
            if name.original_joined:
                found |= self._original_strings.find(name.original_joined)
            return found

        return self._names.get((name.joined, name.original_joined), compute)

    def _names_with(self, similar: Mapping[int, float], apart: Mapping[int, float]) -> _Similar:
        names = dict.fromkeys(chain.from_iterable([self._names_of[unit] for unit in similar]))
        return _Similar({unit: _counted(how) for unit, how in similar.items()}, names, apart)

    def _written_apart(self, text: str) -> dict[int, float]:
        """Names of which a word may be two or the initials of several → the weight of these."""
        found: dict[int, float] = {}
        known: dict[str, float] = {}
        first, size = text[0], len(text)
        for at in {*self._joined.find([joined_key(text)])}:
            for one, other in pairwise(self.names[at].tokens):
                start = one.text
                if start[0] != first or abs(size - len(start) - len(other.text)) > 2:
                    continue
                joined = start + other.text
                how = known.get(joined)
                if how is None:
                    how = known[joined] = joined_similarity(joined, text)
                # Where the first is the word by itself, it is similar: Gustavo A.
                if how and how > OSA.normalized_similarity(start, text):
                    weight = one.mismatch_weight + other.mismatch_weight
                    found[at] = max(found.get(at, 0.0), weight)
        return found | dict.fromkeys(self._acronyms.find([text]), float(size))

    # Which names may reach the threshold

    def _examined(self, query: _Query) -> set[int]:
        """Names that have units similar to two tokens; or to one, if that may be enough."""
        distinctive = query.distinctive
        rare = _RARE_BESIDE_INITIALS if query.initials else _RARE
        found: set[int] = set()
        seen: set[int] = set()
        several = sorted([similar.names for similar in query.similar], key=len)
        for number, names in enumerate(several, start=1):
            found |= names.keys() & seen
            if distinctive < 2:
                found.update(names)
            elif len(names) < rare:  # of more tokens, one that agrees cannot be enough
                found.update(names if distinctive == 2 else names.keys() & self._with_few)
            else:
                found |= names.keys() & self._with_one
            if number < len(several):  # the last one is the largest, and not needed
                seen.update(names)
        return found

    def _promising(
        self, names: Iterable[int], query: _Query, least: float
    ) -> tuple[list[int], list[int]]:
        """The names that the scorer may give `least`, by a cheap estimate.

        And those that it may if tokens that are unmatched on both sides turn out to be similar.
        """
        # This loop runs over thousands of names in each search, so it calls nothing that it need not.
        sure: list[int] = []
        perhaps: list[int] = []
        units, starts, lights = self._units, self._starts, self._lights
        match_weights, mismatch_weights = self._match_weights, self._mismatch_weights
        texts = self._similar_tokens.texts
        get, apart = query.best.get, query.apart
        weight_a, light_a, initials = query.weight, query.light, query.initials
        wanted = least + _SLACK
        for at in names:
            agreed, covered = apart.get(at, _NOTHING)
            matched = agreed
            light = lights[at]
            agreed += light if light < light_a else light_a
            paired = agreed
            left_b, spelled = 0.0 - covered, len(initials)
            for place in range(starts[at], starts[at + 1]):
                match = get(units[place])
                if match is None:
                    if spelled and texts[units[place]][0] in initials:
                        spelled -= 1
                    else:
                        left_b += mismatch_weights[place]
                else:
                    weight = match_weights[place]
                    if weight < _LIGHT:  # a title, which may be the word, spelled otherwise
                        matched += weight + match[0] * (match[1] - weight)
                        weight += match[0] * (match[3] - weight) / 2
                    else:
                        matched += match[1]
                        weight = (weight + match[3]) / 2
                    paired += weight
                    agreed += match[0] * weight
            left_a = weight_a - matched if matched < weight_a else 0.0
            if left_b < 0:
                left_b = 0.0
            if left_a < left_b:
                both, more = left_a, (left_b - left_a) * _LISTED
            else:
                both, more = left_b, (left_a - left_b) * _QUERY
            if agreed >= least * (paired + both * _CONFLICT + more) and _reaches(
                least, agreed, paired, left_a, left_b
            ):
                sure.append(at)
            elif matched > weight_a:
                if self._is_promising(at, query, {}, least):
                    sure.append(at)
            elif both:
                hoped = agreed + both * _HOPED
                if hoped >= wanted * (paired + both + more) and _reaches(
                    wanted, hoped, paired + both, left_a - both, left_b - both
                ):
                    perhaps.append(at)
        return sure, perhaps

    def _promising_after_all(
        self, names: Sequence[int], name: TokenisedName, query: _Query, least: float
    ) -> list[int]:
        """Which of some names may reach it after all, their other tokens compared, one to one."""
        best, all_units, starts = query.best, self._units, self._starts
        units = {unit for at in names for unit in all_units[starts[at] : starts[at + 1]]}
        others = [unit for unit in units if unit not in best]
        more: defaultdict[int, list[_Match]] = defaultdict(list)
        for token in name.tokens:
            if token.role == "word" and token.match_weight >= _LIGHT:
                close = self._similar_tokens.closest(token.text, others, _MIN_SIMILAR)
                for unit, how in close.items():
                    more[unit].append(
                        (_counted(how), token.mismatch_weight, token.text, token.match_weight)
                    )
        return [
            at
            for at in names
            if not more.keys().isdisjoint(all_units[starts[at] : starts[at + 1]])
            and self._is_promising(at, query, more, least)
        ]

    def _is_promising(
        self, at: int, query: _Query, more: Mapping[int, Sequence[_Match]], least: float
    ) -> bool:
        """The estimate of `_promising`, where each token of either name counts once."""
        agreed, covered = query.apart.get(at, _NOTHING)
        matched = agreed
        agreed += min(self._lights[at], query.light)
        paired = agreed
        left, spelled = 0.0 - covered, len(query.initials)
        pairs: list[tuple[float, float, str, float, int]] = []
        alone: set[int] = set()
        for place in range(self._starts[at], self._starts[at + 1]):
            unit = self._units[place]
            if unit in query.best:
                alone.add(place)
                pairs.append((*query.best[unit], place))
            elif unit in more:
                alone.add(place)
                pairs += [(*each, place) for each in more[unit]]
            elif spelled and self._similar_tokens.texts[unit][0] in query.initials:
                spelled -= 1
            else:
                left += self._mismatch_weights[place]
        taken = set(query.texts_apart.get(at, ()))
        for counted, weight, text, match_weight, place in sorted(pairs, reverse=True):
            if text not in taken and place in alone:
                taken.add(text)
                alone.remove(place)
                theirs = self._match_weights[place]
                if theirs < _LIGHT:
                    matched += theirs + counted * (weight - theirs)
                    theirs += counted * (match_weight - theirs) / 2
                else:
                    matched += weight
                    theirs = (theirs + match_weight) / 2
                paired += theirs
                agreed += counted * theirs
        left += sum([self._mismatch_weights[place] for place in alone])
        return _reaches(least, agreed, paired, max(query.weight - matched, 0.0), max(left, 0.0))


def _are_same(one: TokenisedName, other: TokenisedName) -> bool:
    """Whether two names have the same candidates: the order of tokens and their meaning may differ."""
    tokens: Sequence[Token] = one.tokens
    others: Sequence[Token] = other.tokens
    if len(tokens) != len(others):
        return False
    if one.joined != other.joined:
        tokens, others = sorted(tokens, key=_text), sorted(others, key=_text)
    return all(
        a.text == b.text
        and a.role == b.role
        and a.mismatch_weight == b.mismatch_weight
        and a.original == b.original
        and (a.match_weight < _LIGHT) is (b.match_weight < _LIGHT)
        for a, b in zip(tokens, others, strict=True)
    )


_text = attrgetter("text")
