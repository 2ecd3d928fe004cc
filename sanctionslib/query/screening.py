"""`search`, `screen` and `replay`: who is searched, what searches, and an earlier result repeated."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import attrs

from sanctionslib.answers import Hits, Problem, ScreeningResult, SearchContext, Subject
from sanctionslib.errors import InvalidInputError
from sanctionslib.matching import arguments
from sanctionslib.matching.arguments import Policy
from sanctionslib.matching.methods import METHODS, index_for
from sanctionslib.matching.search import search
from sanctionslib.model import Edition, Entity, PartialDate
from sanctionslib.query._where import known_countries

if TYPE_CHECKING:
    from sanctionslib.query._collection import EntityCollection

__all__ = [
    "ListSearcher",
    "differences",
    "method_of",
    "named",
    "replayed",
    "same_content",
    "subject_of",
]


def subject_of(
    query: str | Sequence[str] | Subject,
    entities: Sequence[Entity],
    *,
    kind: type[Entity] | str | Collection[type[Entity] | str] | None,
    birth_date: PartialDate | date | str | int | None,
    country: str | Collection[str] | None,
    identifiers: str | Collection[str] | None,
) -> tuple[Subject, tuple[Problem, ...]]:
    """Whom the arguments of `search` ask about, in a list of these entities.

    With what cannot be compared: a date that nobody could read has nothing that a caller could correct.
    """
    if isinstance(query, Subject):
        if not (kind is birth_date is country is None and not identifiers):
            raise InvalidInputError(
                "a Subject has its own kind, birth date, countries and identifiers",
                hint="give them there, or give the name alone",
            )
        kind = query.kinds or query.kind
        birth_date, identifiers = query.birth_date, query.identifiers
        country = tuple(one.code or one.raw for one in query.countries) or None
        query = query.names
    one_kind, kinds = arguments.kind_words(kind)
    problems = arguments.unread_date(birth_date)
    subject = Subject(
        names=arguments.names(query),
        kind=one_kind,
        kinds=kinds,
        birth_date=None if problems else arguments.birth_date(birth_date),
        countries=() if country is None else known_countries(country, entities),
        identifiers=arguments.numbers(identifiers),
    )
    return subject, problems


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
    """The result of the same subject and settings."""
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
    subject = None if any(one.skipped for one in result.problems) else result.subject
    hits = Hits(subject=Subject(), context=now) if subject is None else searcher(subject)
    return attrs.evolve(
        result, context=now, hits=hits.hits, suppressed=hits.suppressed, more=hits.more
    )


def method_of(name: str) -> str:
    """The method whose scorer, with its version, has this name."""
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
