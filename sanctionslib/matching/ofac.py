"""Two names → the score that OFAC's own search page gives them (`method="ofac"`).

OFAC describes the score in its FAQ 249; what that leaves open is set as the page's answers show it.
`docs/guide/ofac-score.md` has all rules: which names are candidates, how full strings and tokens are
compared, and that the higher of the two scores is shown. Not there: a transposition is halved
without rounding, and Jaro-Winkler has no threshold of .7; several tokens of the query may be paired
with one listed token; the per cent of the full strings is rounded, that of the tokens rounded up, and
100 is left to what is equal ("an exact match", as FAQ 247 has it).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from math import ceil
from operator import itemgetter

import attrs
from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import Jaro, Levenshtein, Prefix

from sanctionslib.answers import Comparison, Reason, TokenPair, UnmatchedToken
from sanctionslib.errors import Hint, InvalidInputError
from sanctionslib.matching.name_index import ListedName, NameIndex
from sanctionslib.matching.tokens import check_name
from sanctionslib.model import Entity

__all__ = ["METHOD", "OfacIndex", "compare"]

METHOD = "ofac-1"
"""The scorer: any change of a number gives it a new name."""

_FULL_PREFIX = 5
_TOKEN_PREFIX = 4
_PREFIX_BOOST = 0.1
_SHORTEST_TOKEN = 3
_LEAST_LIKE = 0.5
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʻʼʽ`´"))
_TOKEN = re.compile("[a-z0-9]+")
_NOT_IN_FULL = re.compile("[^a-z0-9-]")


# ── a text, as it is compared ─────────────────────────────────────────────────────────────────


@attrs.frozen
class _Text:
    """A name as it is compared; `full` is empty where nothing of it can be."""

    full: str
    tokens: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> _Text:
        plain = text.translate(_APOSTROPHES)  # before ´ falls into a blank and a mark
        plain = plain.lower() if plain.isascii() else _ascii(plain)
        tokens = tuple(_TOKEN.findall(plain))
        return cls(_NOT_IN_FULL.sub("", plain) if tokens else "", tokens)

    @property
    def counted(self) -> tuple[str, ...]:
        """The tokens that count, where this is the query."""
        return tuple(one for one in self.tokens if len(one) >= _SHORTEST_TOKEN) or self.tokens


def _ascii(text: str) -> str:
    """Small letters without accents; nothing where all letters are of other scripts.

    A number in a name that is otherwise, say, Cyrillic is not that name.
    """
    small = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(_APOSTROPHES)
    plain = "".join(map(_ascii_letter, small))
    has_latin = any(map(str.isalpha, plain))
    return plain if has_latin or not any(map(str.isalpha, small)) else ""


def _ascii_letter(char: str) -> str:
    """A character as the page may know it: a blank for what ends a token, nothing for marks."""
    if char.isascii():
        return char
    category = unicodedata.category(char)
    if category in ("Mn", "Cf"):
        return ""
    if category == "Pd":
        return "-"
    is_latin = unicodedata.name(char, "").startswith("LATIN ")
    return anyascii(char).lower() if is_latin else " "


# ── the score ─────────────────────────────────────────────────────────────────────────────────


def _jaro_winkler(query: str, listed: str, longest_prefix: int) -> float:
    """0 to 1: letters in common near each other, those transposed, and the common beginning."""
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
    others = compress(listed, taken)
    transposed = sum(one != other for one, other in zip(common, others, strict=True)) / 2
    jaro = (count / len(query) + count / len(listed) + (count - transposed) / count) / 3
    prefix = Prefix.similarity(query[:longest_prefix], listed)
    return jaro + prefix * _PREFIX_BOOST * (1 - jaro)


def _is_like(query: str, listed: str) -> bool:
    """The first filter: whether the page compares these two at all."""
    return query[:1] == listed[:1] and (
        Levenshtein.normalized_similarity(query, listed, score_cutoff=_LEAST_LIKE) > 0
    )


def _is_candidate(query: _Text, listed: _Text) -> bool:
    return _is_like(query.full, listed.full) or any(
        _is_like(token, one) for token in query.counted for one in listed.tokens
    )


def _full_points(query: str, listed: str) -> int:
    if query == listed:
        return 100
    return min(round(100 * _jaro_winkler(query, listed, _FULL_PREFIX)), 99)


def _token_points(scores: float, count: int) -> int:
    """The points of `count` tokens that score this together."""
    return 100 if scores == count else min(ceil(round(100 * scores / count, 6)), 99)


def compare(query: str, listed: str, kind: str | None = None) -> Comparison:
    """The comparison of two names by the score of OFAC's page, 0 to 1 in steps of .01.

    It is not symmetric: the mean is over the tokens of the query. Where a name has no Latin letter
    or digit, the score is 0.

    Each token of the query is paired with the best listed one. Tokens that do not count have the
    weight 0: short ones of the query, and whatever else the listed name has. `Reason.FULL_STRING`
    among the notes says that the full strings gave the score, not the pairs.

    >>> compare("POUTINE", "PUTIN, Vladimir").score, compare("PUTIN, Vladimir", "POUTINE").score
    (0.92, 0.73)
    >>> compare("VLADIMIR PUTIN", "VLADIMIR BILIY").notes
    (<Reason.FULL_STRING: 'full string'>,)

    Args:
        query: The name that is searched.
        listed: The name as printed on the list, any text; on OFAC's lists "LAST, First".
        kind: `Entity.kind`, which the answer repeats: the page has one rule for all.

    Raises:
        InvalidInputError: What is searched cannot be a name.
    """
    a, b = _Text.of(check_name(query)), _Text.of(listed)
    counted = a.counted
    pairs: list[TokenPair] = []
    alone: list[UnmatchedToken] = []
    scores = 0.0
    for token in a.tokens:
        counts = token in counted
        value, other = (1.0, token) if token in b.tokens else (0.0, "")
        if counts:
            like = [one for one in b.tokens if _is_like(token, one)]
            pairs_of_token = [(_jaro_winkler(token, one, _TOKEN_PREFIX), one) for one in like]
            value, other = max(pairs_of_token, key=itemgetter(0), default=(0.0, ""))
            scores += value
        weight = float(counts)
        if not other:
            alone.append(UnmatchedToken(text=token, reason=Reason.MISSING, weight=weight))
            continue
        reason = Reason.EXACT if token == other else Reason.SPELLING
        value = round(value, 4)
        pairs.append(
            TokenPair(query=token, listed=other, score=value, reason=reason, weight=weight)
        )
    full = tokens = 0
    if _is_candidate(a, b):
        full, tokens = _full_points(a.full, b.full), _token_points(scores, len(counted))
    paired = {one.listed for one in pairs}
    return Comparison(
        query=query,
        listed=listed,
        score=max(full, tokens) / 100,
        method=METHOD,
        kind=kind,
        pairs=tuple(pairs),
        unmatched_query=tuple(alone),
        unmatched_listed=tuple(
            UnmatchedToken(text=token, reason=Reason.MISSING, weight=0.0)
            for token in b.tokens
            if token not in paired
        ),
        notes=(Reason.FULL_STRING,) if full > tokens else (),
    )


# ── many names ────────────────────────────────────────────────────────────────────────────────


class OfacIndex(NameIndex):
    """The names of a collection, as OFAC's search page would score them.

    Names without any Latin letter or digit are not among `names`: the page cannot find them.

    The scores are those of `compare`, for every listed name: what is not compared cannot reach
    `min_score`. Equal texts are scored once.
    """

    method = METHOD
    default_min_score = 0.9
    """A compromise, and ours: the slider of the page stands at 100. `docs/guide/ofac-score.md` has recall
    and false-positive rate at each threshold."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self.entities = entities
        names: list[ListedName] = []
        names_of: defaultdict[_Text, list[int]] = defaultdict(list)
        for entity in entities:
            for name in entity.names:
                text = _Text.of(name.text)
                if text.full:
                    names_of[text].append(len(names))
                    names.append(ListedName(entity, name))
        self.names: Sequence[ListedName] = tuple(names)
        self._texts = [*names_of]
        self._names_of = [*names_of.values()]
        self._full_strings: defaultdict[str, dict[int, str]] = defaultdict(dict)
        """First letter → texts, by number, and their full strings."""
        self._postings: defaultdict[str, list[int]] = defaultdict(list)
        """Token → the texts that have it, by number."""
        self._tokens: defaultdict[str, list[str]] = defaultdict(list)
        """First letter → tokens."""
        for number, text in enumerate(self._texts):
            self._full_strings[text.full[0]][number] = text.full
            for token in {*text.tokens}:
                self._postings[token].append(number)
        for token in self._postings:
            self._tokens[token[0]].append(token)

    def _matches(
        self, text: str, kind: str | None, min_score: float
    ) -> Iterator[tuple[float, Sequence[int]]]:
        query = _Text.of(check_name(text))
        if not query.full:
            raise InvalidInputError(
                f"{text[:60]!r} has no Latin letter, and OFAC's page knows no others",
                hints=(
                    Hint("write it in Latin letters"),
                    Hint("search with {}", "method", "default"),
                ),
            )
        least = ceil(round(100 * min_score, 6))
        by_tokens = self._by_tokens(query.counted, least)
        by_full = self._by_full_string(query, least)
        numbers: Iterable[int] = by_tokens.keys() | by_full
        for number in range(len(self._texts)) if least <= 0 else numbers:
            points = max(by_tokens.get(number, 0), by_full.get(number, 0))
            if points >= least:
                yield points / 100, self._names_of[number]

    def compare(self, text: str, at: int, *, kind: str | None = None) -> Comparison:
        """See `NameIndex.compare`."""
        return compare(text, self.names[at].name.text, kind)

    def _by_tokens(self, counted: Sequence[str], least: int) -> dict[int, int]:
        """The points of the tokens of those texts that can have `least`."""
        scores: defaultdict[int, float] = defaultdict(float)
        for token, times in Counter(counted).items():
            best: dict[int, float] = {}
            for one, _, _ in process.extract(
                token,
                self._tokens.get(token[0], ()),
                scorer=Levenshtein.normalized_similarity,
                score_cutoff=_LEAST_LIKE,
                limit=None,
            ):
                value = _jaro_winkler(token, one, _TOKEN_PREFIX)
                for number in self._postings[one]:
                    if value > best.get(number, 0.0):
                        best[number] = value
            for number, value in best.items():
                scores[number] += times * value
        needed = len(counted) * (least - 1) / 100 - 1e-6
        return {
            number: _token_points(value, len(counted))
            for number, value in scores.items()
            if value > needed
        }

    def _by_full_string(self, query: _Text, least: int) -> dict[int, int]:
        """The points of the full strings of those texts that can have `least`.

        rapidfuzz rounds transpositions down, so that its Jaro is never below ours.
        """
        jaro = (least - 0.5) / 100 - 1e-9
        boost = _FULL_PREFIX * _PREFIX_BOOST
        found: dict[int, int] = {}
        for letter, texts in self._full_strings.items():
            cutoff = (jaro - boost) / (1 - boost) if letter == query.full[0] else jaro
            for text, _, number in process.extract(
                query.full, texts, scorer=Jaro.similarity, score_cutoff=max(cutoff, 0), limit=None
            ):
                points = _full_points(query.full, text)
                if points >= least and _is_candidate(query, self._texts[number]):
                    found[number] = points
        return found
