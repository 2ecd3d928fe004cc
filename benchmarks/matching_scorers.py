"""The scorers that the matching benchmark compares, with one interface.

Each gives the scores of the names at some positions of a book, and the names of the book that reach
a threshold. Ours search by their index, so that what the index misses counts; rapidfuzz scores all
names; nomenklatura scores the names that rapidfuzz finds likely, for it takes a fifth of a
millisecond a pair: its recall is complete, but its false-positive rate may be higher than measured.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from matching_cases import Book
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

import sanctionslib as sl
from sanctionslib.matching.methods import index_for
from sanctionslib.matching.name_index import NameIndex

Matches = list[tuple[float, int]]


class ScoredBook(Protocol):
    """A scorer over the names of a book."""

    loses: bool
    """Whether a name that `search` does not give counts as missed; not where all names are scored,
    here or by a user with more time."""

    def scores(self, query: str, positions: Sequence[int]) -> list[float]:
        """The scores of the names at these positions, 0 to 1."""
        ...

    def search(self, query: str, floor: float) -> Matches:
        """All names that score `floor` or more, with their positions, best first."""
        ...

    def highest(self, query: str, floor: float) -> float:
        """The best score of all names; 0 where none reaches `floor`."""
        ...


class Scorer(Protocol):
    """A way of comparing names."""

    name: str

    def pair(self, first: str, second: str, kind: str | None) -> float:
        """The score of two names, 0 to 1."""
        ...

    def over(self, book: Book, kind: str | None = None) -> ScoredBook:
        """The scorer over the names of a book.

        Args:
            book: The names.
            kind: What is searched, where that is known; else every name is compared by the rules
                of its own kind.
        """
        ...


# ── ours ─────────────────────────────────────────────────────────────────────────────────────


class Ours:
    """A method of this library."""

    def __init__(self, name: str) -> None:
        self.name = name

    def pair(self, first: str, second: str, kind: str | None) -> float:
        try:
            return sl.compare(first, second, kind=kind, method=self.name).score
        except sl.InvalidInputError:  # nothing of it can be compared
            return 0.0

    def over(self, book: Book, kind: str | None = None) -> ScoredBook:
        return _OurBook(index_for(self.name, book.entities), book, kind)


class _OurBook:
    loses = True

    def __init__(self, index: NameIndex, book: Book, kind: str | None) -> None:
        self._index, self._weak, self._kind = index, book.weak, kind
        own = {(one.entity.id, id(one.name)): at for at, one in enumerate(index.names)}
        ids = [one.id for one in book.entities]
        self._own = [own.get((ids[one.entity], id(one.name))) for one in book.names]
        self._book = {at: number for number, at in enumerate(self._own) if at is not None}

    def scores(self, query: str, positions: Sequence[int]) -> list[float]:
        return [self._score(query, self._own[at]) for at in positions]

    def _score(self, query: str, at: int | None) -> float:
        if at is None:  # a name that the method cannot read is not in its index
            return 0.0
        try:
            return self._index.compare(query, at, kind=self._kind).score
        except sl.InvalidInputError:
            return 0.0

    def search(self, query: str, floor: float) -> Matches:
        try:
            found = self._index.search(query, kind=self._kind, min_score=floor, weak=self._weak)
        except sl.InvalidInputError:
            return []
        return [(one.score, self._book[one.at]) for one in found]

    def highest(self, query: str, floor: float) -> float:
        for least in (0.9, 0.75, floor):  # a higher one is sooner done
            found = self.search(query, max(least, floor))
            if found:
                return found[0][0]
        return 0.0


# ── rapidfuzz ────────────────────────────────────────────────────────────────────────────────


class Rapid:
    """A scorer of rapidfuzz, on what its `default_process` makes of the names."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._scorer: Callable[..., float] = getattr(fuzz, name)

    def pair(self, first: str, second: str, kind: str | None) -> float:
        return self._scorer(default_process(first), default_process(second)) / 100

    def over(self, book: Book, kind: str | None = None) -> ScoredBook:
        return _RapidBook(self._scorer, [default_process(one.name.text) for one in book.names])


_SLACK = 1.0
"""How far below it `score_cutoff` must stand, in points, to lose nothing that is exactly there."""


class _RapidBook:
    loses = False

    def __init__(self, scorer: Callable[..., float], texts: list[str]) -> None:
        self._scorer, self._texts = scorer, texts

    def scores(self, query: str, positions: Sequence[int]) -> list[float]:
        text = default_process(query)
        return [self._scorer(text, self._texts[at]) / 100 for at in positions]

    def search(self, query: str, floor: float) -> Matches:
        found = process.extract(
            default_process(query),
            self._texts,
            scorer=self._scorer,
            processor=None,
            score_cutoff=floor * 100 - _SLACK,
            limit=None,
        )
        return [(score / 100, at) for _, score, at in found if score / 100 >= floor]

    def highest(self, query: str, floor: float) -> float:
        found = process.extractOne(
            default_process(query),
            self._texts,
            scorer=self._scorer,
            processor=None,
            score_cutoff=floor * 100,
        )
        return found[1] / 100 if found else 0.0


# ── nomenklatura ─────────────────────────────────────────────────────────────────────────────


_SCHEMAS = {"person": "Person", "organization": "Organization", "vessel": "Vessel"}


class LogicV2:
    """The names of nomenklatura's `logic-v2`, each pair by the rules of the listed party's kind."""

    name = "nomenklatura logic-v2"

    def __init__(self) -> None:
        from followthemoney import model
        from nomenklatura.matching.logic_v2.model import LogicV2 as Algorithm
        from nomenklatura.matching.logic_v2.names.match import name_match

        self._model, self._match = model, name_match
        self._config = Algorithm.default_config()
        self._made = 0

    def entity(self, text: str, kind: str | None) -> object:
        """An entity that has this name and nothing else."""
        found = self._model.make_entity(_SCHEMAS.get(kind or "", "LegalEntity"))
        self._made += 1
        found.id = str(self._made)  # the cache of names goes by the id
        found.add("name", text)
        return found

    def score(self, first: object, second: object) -> float:
        return float(self._match(first, second, self._config).score)

    def pair(self, first: str, second: str, kind: str | None) -> float:
        return self.score(self.entity(first, kind), self.entity(second, kind))

    def over(self, book: Book, kind: str | None = None) -> ScoredBook:
        return _LogicBook(self, book)


class _LogicBook:
    loses = False
    LIKELY = 50

    def __init__(self, scorer: LogicV2, book: Book) -> None:
        self._scorer, self._book = scorer, book
        self._texts = [default_process(one.name.text) for one in book.names]
        self._entities: dict[int, object] = {}

    def scores(self, query: str, positions: Sequence[int]) -> list[float]:
        asked: dict[str, object] = {}
        found = []
        for at in positions:
            listed = self._book.names[at]
            if listed.kind not in asked:
                asked[listed.kind] = self._scorer.entity(query, listed.kind)
            if at not in self._entities:
                self._entities[at] = self._scorer.entity(listed.name.text, listed.kind)
            found.append(self._scorer.score(asked[listed.kind], self._entities[at]))
        return found

    def search(self, query: str, floor: float) -> Matches:
        likely = {
            at
            for scorer in (fuzz.token_set_ratio, fuzz.token_sort_ratio)
            for _, _, at in process.extract(
                default_process(query),
                self._texts,
                scorer=scorer,
                processor=None,
                score_cutoff=50,
                limit=self.LIKELY,
            )
        }
        positions = sorted(likely)
        scored = zip(self.scores(query, positions), positions, strict=True)
        return sorted(
            ((score, at) for score, at in scored if score >= floor),
            key=lambda one: (-one[0], one[1]),
        )

    def highest(self, query: str, floor: float) -> float:
        found = self.search(query, floor)
        return found[0][0] if found else 0.0


# ── all of them ──────────────────────────────────────────────────────────────────────────────


def scorers() -> tuple[list[Scorer], list[str]]:
    """Those that can be had here, ours first; and a sentence for each that can't."""
    found: list[Scorer] = [Ours("default"), Ours("ofac")]
    found += [Rapid(name) for name in ("token_set_ratio", "token_sort_ratio", "WRatio")]
    try:
        return [*found, LogicV2()], []
    except ImportError as error:
        return found, [f"nomenklatura logic-v2 is not measured: {error}"]
