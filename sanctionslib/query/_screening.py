"""`screen` and `replay`: what searches one subject of many, and an earlier result repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from sanctionslib.answers import Hits, ScreeningResult, SearchContext, Subject
from sanctionslib.errors import InvalidInputError
from sanctionslib.matching.arguments import Policy
from sanctionslib.matching.methods import METHODS, index_for
from sanctionslib.matching.search import search
from sanctionslib.model import Edition, Entity

if TYPE_CHECKING:
    from sanctionslib.query._collection import EntityCollection

__all__ = [
    "ListSearcher",
    "differences",
    "method_of",
    "named",
    "replayed",
    "same_content",
]


@attrs.frozen
class ListSearcher:
    """Searches a list, always in the same way; is sent to another process without the indexes."""

    held: EntityCollection[Entity]
    method: str
    policy: Policy

    @property
    def context(self) -> SearchContext:
        """What is searched, and how."""
        return self.held._searchable(self.method).context(self.policy)

    @property
    def entities(self) -> Sequence[Entity]:
        """All entities that a hit can name."""
        return self.held._whole()._entities

    def __call__(self, subject: Subject) -> Hits:
        """The hits of a subject."""
        return search(self.held._searchable(self.method), subject, self.policy)


def replayed(held: EntityCollection[Entity], result: ScreeningResult) -> ScreeningResult:
    """The result of the same subject and settings.

    Raises:
        InvalidInputError: It was made from something else, or by other means.
    """
    if not isinstance(result, ScreeningResult):
        raise InvalidInputError(
            f"{type(result).__name__} is no result of a screening",
            hint="from JSON: sanctionslib.from_dict(data, ScreeningResult)",
        )
    then = result.context
    policy = Policy(min_score=then.min_score, weak_aliases=then.weak_aliases, limit=then.limit)
    searcher = ListSearcher(held, method_of(then.method), policy)
    now = searcher.context
    if faults := list(differences(then, now)):
        raise InvalidInputError(
            f"this result cannot be replayed here: {'; '.join(faults)}",
            hint="replay it against the edition that it names, with the version that made it",
        )
    skipped = any(one.skipped for one in result.problems)
    hits = None if result.subject is None or skipped else searcher(result.subject)
    return attrs.evolve(
        result,
        context=now,
        hits=() if hits is None else hits.hits,
        suppressed=() if hits is None else hits.suppressed,
        more=0 if hits is None else hits.more,
    )


def method_of(name: str) -> str:
    """The method whose scorer, with its version, has this name.

    Raises:
        InvalidInputError: None has.
    """
    known = {index_for(method, ()).method: method for method in METHODS}
    if name not in known:
        raise InvalidInputError(
            f"this was made by the scorer {name!r}, which this version does not have",
            hint=f"it has {' and '.join(known)}; screen anew, or use the version that made it",
        )
    return known[name]


def differences(then: SearchContext, now: SearchContext) -> Iterator[str]:
    """What differs, in words; settings that a caller chooses are not compared."""
    for what, was, is_now in (
        ("the version of the library", then.library, now.library),
        ("the scorer", then.method, now.method),
        ("the rule of ranking", then.ranking, now.ranking),
        ("the selection", str(then.selection), str(now.selection)),
        ("the number of parties", then.entities, now.entities),
        ("the number of names", then.names, now.names),
    ):
        if was != is_now:
            yield f"{what} was {was}, and is {is_now}"
    if not same_content(then.editions, now.editions):
        yield f"the editions were {named(then.editions)}, and are {named(now.editions)}"


def same_content(some: Sequence[Edition], others: Sequence[Edition]) -> bool:
    """Whether these are the same editions: by their hashes, where they are known."""

    def content(edition: Edition) -> object:
        if edition.sha256 is None:
            return edition
        return edition.list_id, edition.format, edition.sha256

    return list(map(content, some)) == list(map(content, others))


def named(editions: Sequence[Edition]) -> str:
    """Editions with their hashes, for messages."""
    labels = [f"{one.label} ({(one.sha256 or 'no hash')[:12]})" for one in editions]
    return ", ".join(labels) or "a list without edition"
