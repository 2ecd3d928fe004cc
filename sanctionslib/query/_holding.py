"""Holding: what a list is as a collection: counted, prepared, screened against, written.

The questions that it answers of a party are those of `SanctionsList`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Generic, Literal, Self, TypeVar, cast, overload

from attrs import evolve

from sanctionslib import display, export
from sanctionslib.answers import Audit, ScreeningResult, Selection, WeakAliases
from sanctionslib.errors import NotFoundError
from sanctionslib.export import JSON, Row
from sanctionslib.matching.arguments import Policy, kind_word
from sanctionslib.matching.methods import DEFAULT, check_method
from sanctionslib.matching.search import Searchable
from sanctionslib.model import Edition, Entity
from sanctionslib.query._checks import refuse_number
from sanctionslib.query._index import Index, party_of, spaces_of
from sanctionslib.query._lock import Lock
from sanctionslib.query._near import not_found, several, the_one
from sanctionslib.query._screening import ListSearcher, replayed
from sanctionslib.query._searching import prepared
from sanctionslib.query._words import counted, labels, plural, slice_text

if TYPE_CHECKING:
    from sanctionslib.matching.records import DateOrder
    from sanctionslib.matching.screening import Screening
    from sanctionslib.query.sanctions_list import SanctionsList

__all__ = ["Holding"]

E_co = TypeVar("E_co", bound=Entity, covariant=True)
P = TypeVar("P", bound=Entity)


class Holding(Generic[E_co]):
    """Entities with their editions: sized, iterable, immutable, with indexes built when needed."""

    __slots__ = (
        "_audit",
        "_base",
        "_editions",
        "_entities",
        "_ids",
        "_index",
        "_lock",
        "_searchables",
        "_selection",
    )

    _entities: tuple[E_co, ...]
    _editions: tuple[Edition, ...]
    _audit: Audit
    _base: SanctionsList[Entity] | None
    _selection: Selection
    _ids: frozenset[str] | None
    _index: Index | None
    _lock: Lock
    _searchables: Mapping[str, Searchable]

    def _set(
        self,
        entities: tuple[E_co, ...],
        editions: tuple[Edition, ...],
        audit: Audit,
        base: SanctionsList[Entity] | None = None,
        selection: Selection | None = None,
    ) -> None:
        self._entities = entities
        self._editions = editions
        self._audit = audit
        self._base = base
        self._selection = selection or Selection(of=len(entities))
        self._ids = None
        self._index = None
        self._lock = Lock()
        self._searchables = {}

    def _part(self, entities: Sequence[P], selection: Selection) -> SanctionsList[P]:
        made = cast("SanctionsList[P]", object.__new__(cast("type[object]", type(self))))
        made._set(tuple(entities), self._editions, self._audit, self.base, selection)
        return made

    # What it holds

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions that were read, one per list; empty for entities of your own."""
        return self._editions

    @property
    def audit(self) -> Audit:
        """What was read of the source, what was not, and what was at fault."""
        return self._audit

    @property
    def selection(self) -> Selection:
        """How this selection came about; without criteria for a whole list."""
        return self._selection

    @property
    def base(self) -> SanctionsList[Entity]:
        """The list that this is a selection of; itself for a whole list."""
        # Covariant and immutable: a list of persons is a list of entities.
        return self._base if self._base is not None else cast("SanctionsList[Entity]", self)

    @property
    def parties(self) -> tuple[tuple[E_co, ...], ...]:
        """The records grouped by party: those of lists that share their ids, with the same id.

        A list of one publisher has as many parties as records; in a combined one, where several
        lists have a party, it counts once.

        >>> import sanctionslib as sl
        >>> len(sl.sample().parties)
        54
        """
        spaces = spaces_of(self._editions)
        found: dict[tuple[str, str], list[E_co]] = {}
        for one in self._entities:
            found.setdefault(party_of(one, spaces), []).append(one)
        return tuple(map(tuple, found.values()))

    def party(self, who: str | Entity) -> tuple[Entity, ...]:
        """All records of one party, the one that was asked for first.

        One, but in a combined list: the record of each list that has the party under this id.
        Answered from the base.

        Args:
            who: An id, or an entity of this list.

        Raises:
            NotFoundError: Nobody here has this id.
            AmbiguousIdError: Several parties have it: lists that number each for itself.

        >>> import sanctionslib as sl
        >>> [one.id for one in sl.sample().party("33951")]
        ['us_ofac_sdn:33951']
        """
        key = who.id if isinstance(who, Entity) else who
        if not isinstance(key, str):
            refuse_number(key)
        found: Sequence[Entity] = self._having(key) or self.base._having(key)
        if not found:
            raise self.base._missing(key)
        index = self._indexed()
        if len({index.party(one) for one in found}) > 1:
            raise several(key, found)
        records = index.records(index.party(found[0]))
        return (found[0], *(one for one in records if one is not found[0]))

    def __len__(self) -> int:
        return len(self._entities)

    def __iter__(self) -> Iterator[E_co]:
        return iter(self._entities)

    def __contains__(self, key: object) -> bool:
        if isinstance(key, int):
            refuse_number(key)
        if isinstance(key, Entity):
            key = key.id
        return isinstance(key, str) and bool(self._having(key))

    @overload
    def __getitem__(self, key: str) -> E_co: ...
    @overload
    def __getitem__(self, key: slice) -> SanctionsList[E_co]: ...
    def __getitem__(self, key: str | slice) -> E_co | SanctionsList[E_co]:
        """An entity by id ("33951", "us_ofac_sdn:33951"), or a selection by position."""
        if isinstance(key, slice):
            criteria = (*self._selection.criteria, slice_text(key))
            return self._part(self._entities[key], evolve(self._selection, criteria=criteria))
        return self.get(key)

    @overload
    def get(self, key: str) -> E_co: ...
    @overload
    def get(self, key: str, *, kind: type[P]) -> P: ...
    def get(self, key: str, *, kind: type[Entity] = Entity) -> Entity:
        """The entity with this id.

        Args:
            key: The publisher's key, "33951", or the full id, "us_ofac_sdn:33951".
            kind: The class that it must have; narrows the type for the checker.

        Raises:
            NotFoundError: No entity has this id (near misses are in `suggestions`), or the one
                that has it is of another kind.
            AmbiguousIdError: Several lists have this key.
            TypeError: The key is a number. `1050` is a position as well as an id of someone else.

        >>> import sanctionslib as sl
        >>> sl.sample().get("33951", kind=sl.Organization).addresses[0].city
        'Dhaka'
        """
        if not isinstance(key, str):
            refuse_number(key)
        found = self._having(key)
        if not found:
            raise self._missing(key)
        return the_one(key, found, kind)

    def _having(self, key: str) -> list[E_co]:
        index = self._indexed()
        found = [index.by_id[key]] if key in index.by_id else index.by_source_id.get(key, [])
        return self._mine(found)

    def _missing(self, key: str) -> NotFoundError:
        where = ", ".join(labels(self._editions)) or "this list"
        if self._base is not None and self.base._having(key):
            return NotFoundError(
                f"{key!r} is not in this selection ({self._selection})",
                hint="it is in the list that the selection was made from: use .base",
            )
        named = tuple(one.source_id for one in self._mine(self._indexed().named(key)))
        return not_found(key, where, named, self._indexed())

    # Screening

    def screen(
        self,
        records: Iterable[object] | str | os.PathLike[str],
        *,
        columns: Mapping[str, str | Sequence[str]] | None = None,
        key: str | None = None,
        kind: type[Entity] | str | None = None,
        dates: DateOrder | None = None,
        limit: int | None = 10,
        min_score: float | None = None,
        method: str = DEFAULT,
        weak_aliases: WeakAliases | Literal["confirm", "exclude", "include"] = "confirm",
        start: int = 1,
        processes: int = 1,
        progress: Callable[[int], None] | None = None,
    ) -> Screening:
        """Search every record of a file or of an iterable: one result for each, in their order.

        Also a record that is empty, malformed or raises gives a result, which says so. Nothing
        found is no proof of more than that no name here came near: no result says "clear".

        Args:
            records: Mappings, objects with fields, texts (names), `Subject` objects, entities; or
                the path of a CSV file with a header, or of JSON Lines, which may be gzipped.
            columns: Which columns hold what, as {"name": "customer", "country": ("nat", "res")}:
                name, family, given, middle, alias, birth_date, country, identifier, kind, key.
                Others are not read then. Without it a guess is made: see `Screening.columns`.
            key: The column of the record's key; else its position is its key.
            kind: What the records are, where they do not say it themselves.
            dates: What 03/10/2021 is: "dmy" or "mdy". Without it such a date is a problem.
            limit: See `search`, as for the next three.
            min_score: See `search`.
            method: See `search`.
            weak_aliases: See `search`.
            start: The position of the first record that is searched; those before are only read.
            processes: How many processes search; each has its own memory. The results are the same.
            progress: Called after each result with its position.

        Raises:
            InvalidInputError: An argument makes no sense; no column is known to hold a name, or
                several may. While results are read: the source failed.
            SanctionsError: The file cannot be read.

        >>> import sanctionslib as sl
        >>> records = [{"name": "Rapid Action Batalion", "country": "BD"}, {"name": ""}]
        >>> for result in sl.sample().screen(records):
        ...     print(result.key, result.hits, [one.what for one in result.problems])
        1 (<Hit us_ofac_sdn:33951 'RAPID ACTION BATTALION' by ... country agrees>,) []
        2 () ['there is neither a name nor a number that could be searched']
        """
        how = Policy(min_score=min_score, weak_aliases=weak_aliases, limit=limit)
        from sanctionslib.matching.records import Records  # reading files is for those who screen
        from sanctionslib.matching.screening import Screening, screened

        searcher = ListSearcher(cast("Holding[Entity]", self), method, how)
        read = Records(records, columns=columns, key=key, kind=kind_word(kind), dates=dates)
        results = screened(read, searcher, start=start, processes=processes)
        return Screening(read, results, searcher.context, progress=progress)

    def replay(self, result: ScreeningResult) -> ScreeningResult:
        """Search again whom a result asks about, with its settings: gives an equal result.

        Args:
            result: A result of `screen`, as it came or from its JSON.

        Raises:
            InvalidInputError: It was made from another edition or selection, by another scorer, or
                by another version of this library, so that another result would say nothing of it.

        >>> import sanctionslib as sl
        >>> (result,) = sl.sample().screen(["Rapid Action Batalion"])
        >>> sl.sample().replay(
        ...     sl.from_dict(sl.to_dict(result), sl.answers.ScreeningResult)
        ... ) == result
        True
        """
        return replayed(cast("Holding[Entity]", self), result)

    # Output

    def rows(self) -> list[Row]:
        """Flat rows of plain values, one per entity, for tables and data frames.

        Several values are joined by "; "; an absent value is None. `pandas.DataFrame(sdn.rows())`
        works.

        >>> import sanctionslib as sl
        >>> sl.sample().rows()[0]["name"]
        'XINJIANG PUBLIC SECURITY BUREAU'
        """
        return export.rows(self._entities)

    def write(self, path: str | os.PathLike[str], *, keep_source: bool = False) -> None:
        """Write to a file, by its suffix: `.json`, `.jsonl` (both read back equal), `.csv` (names).

        A selection says in its edition that it is one and is never taken for the whole list.

        Args:
            path: The file; it is replaced at once when all is written.
            keep_source: Also write the raw records, where `read(…, keep_source=True)` kept them.

        Raises:
            InvalidInputError: The suffix is none of these.
            UnwritableError: The file cannot be written.
        """
        export.write(
            self._entities,
            self._editions,
            path,
            selection=self._chosen_by(),
            keep_source=keep_source,
        )

    def to_dict(self, *, keep_source: bool = False) -> dict[str, JSON]:
        """What `write` puts into a `.json` file, as plain values.

        >>> import sanctionslib as sl
        >>> document = sl.sample().where(kind=sl.Person).to_dict()
        >>> document["count"], document["selection"]
        (32, 'kind=Person (1 of unstated kind dropped)')
        """
        return export.document(
            self._entities, self._editions, selection=self._chosen_by(), keep_source=keep_source
        )

    def _chosen_by(self) -> str | None:
        return None if self._base is None else str(self._selection)

    # Indexes and copies

    def prepare(self) -> Self:
        """Build the indexes now, before forking or serving; returns the list itself."""
        self._searchable(DEFAULT)
        return self

    def _indexed(self) -> Index:
        base = self.base
        if base._index is None:
            with base._lock.held():
                if base._index is None:
                    # One assignment of a finished object: readers see all of it or none.
                    base._index = Index(base._entities, base._editions)
        return base._index

    def _searchable(self, method: str) -> Searchable:
        check_method(method)
        made = self._searchables.get(method)
        if made is None:
            self._indexed()  # before the lock, which is the base's own where this is the base
            with self._lock.held():
                made = self._searchables.get(method)
                if made is None:
                    made = prepared(cast("Holding[Entity]", self), method)
                    self._searchables = {**self._searchables, method: made}
        return made

    def _mine(self, entities: Sequence[Entity]) -> list[E_co]:
        """Those of some entities of the base that are in this selection."""
        if self._base is not None and entities:
            if self._ids is None:
                self._ids = frozenset(one.id for one in self._entities)
            entities = [one for one in entities if one.id in self._ids]
        return cast("list[E_co]", list(entities))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Holding):
            return NotImplemented
        them = cast("Holding[Entity]", other)
        return self._entities == them._entities and self._editions == them._editions

    __hash__ = None  # type: ignore[assignment]  # equal by content, so of no use as a key

    def __getstate__(self) -> tuple[object, ...]:
        # Indexes and lock stay behind: they are rebuilt where they are needed.
        return (self._entities, self._editions, self._audit, self._base, self._selection)

    def __setstate__(self, state: tuple[object, ...]) -> None:
        cast("Callable[..., None]", self._set)(*state)

    def __repr__(self) -> str:
        of = None if self._base is None else len(self._base)
        parts = [counted({one.kind for one in self._entities}, len(self), of)]
        if (parties := len(self.parties)) < len(self):
            parts[0] += f" ({parties:,} {plural('party', parties)})"
        parts += labels(self._editions)
        if self._base is not None:
            parts.append(str(self._selection))
        return f"<SanctionsList of {' · '.join(parts)}>"

    def __str__(self) -> str:
        return display.list_to_text(
            self._entities,
            editions=self._editions,
            selection=self._selection,
            parties=len(self.parties),
        )

    def _repr_html_(self) -> str:
        return display.list_to_html(
            self._entities,
            editions=self._editions,
            selection=self._selection,
            parties=len(self.parties),
        )

    def __rich__(self) -> object:
        return display.list_to_rich(
            self._entities,
            editions=self._editions,
            selection=self._selection,
            parties=len(self.parties),
        )
