"""EntityCollection: entities with their editions, counted, looked up, grouped by party, written.

What they answer is in `SanctionsList`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from time import perf_counter
from typing import Generic, Self, TypeVar, cast, overload

import attrs

from sanctionslib import display, export
from sanctionslib._log import Log
from sanctionslib.answers import Audit, Selection
from sanctionslib.display.sheet import counted
from sanctionslib.errors import Hint, NotFoundError
from sanctionslib.export import JSON, Row
from sanctionslib.matching.arguments import Policy
from sanctionslib.matching.methods import DEFAULT, index_for
from sanctionslib.matching.name_index import NameIndex
from sanctionslib.matching.search import Searchable
from sanctionslib.model import Edition, Entity, EntityRef, Identifier
from sanctionslib.query._checks import refuse_key, text
from sanctionslib.query._index import Index, id_spaces, party_of
from sanctionslib.query._lock import Lock
from sanctionslib.query._messages import (
    ambiguous,
    counted_entities,
    edition_labels,
    near,
    no_party,
    not_found,
    several_parties,
)

E_co = TypeVar("E_co", bound=Entity, covariant=True)
P = TypeVar("P", bound=Entity)
T = TypeVar("T")
_LOG = Log("query")
_SMALL = 4
"""A selection is small where its base has more than this many times its size."""


@attrs.define(eq=False, repr=False, weakref_slot=False)
class EntityCollection(Generic[E_co]):
    """Entities with their editions: sized, iterable, immutable, with indexes built when needed."""

    _entities: tuple[E_co, ...]
    editions: tuple[Edition, ...] = attrs.field(on_setattr=attrs.setters.frozen)
    """The editions that were read, one per list; empty for entities of your own."""
    audit: Audit = attrs.field(on_setattr=attrs.setters.frozen)
    """What was read of the source, what was not, and what was at fault."""
    selection: Selection = attrs.field(on_setattr=attrs.setters.frozen)
    """How this selection came about; without criteria for a whole list."""
    _base: EntityCollection[Entity] | None = None
    _ids: frozenset[str] | None = attrs.field(init=False, default=None)
    _index: Index | None = attrs.field(init=False, default=None)
    _lock: Lock = attrs.field(init=False, factory=Lock)
    _searchables: Mapping[str, Searchable] = attrs.field(init=False, factory=dict[str, Searchable])

    @classmethod
    def _of(
        cls,
        entities: Sequence[Entity],
        editions: Sequence[Edition],
        audit: Audit,
        selection: Selection | None = None,
        base: EntityCollection[Entity] | None = None,
    ) -> Self:
        made = object.__new__(cls)
        how = selection or Selection(of=len(entities))
        made.__setstate__((tuple(entities), tuple(editions), audit, how, base))
        return made

    def _part(self, entities: Sequence[Entity], chosen: Selection) -> Self:
        """A selection of these entities, chosen by further criteria; the base stays the same."""
        before, base = self.selection, self._whole()
        selection = Selection(
            criteria=(*before.criteria, *chosen.criteria),
            of=len(base),
            undetermined=(*before.undetermined, *chosen.undetermined),
            kind_unstated=before.kind_unstated + chosen.kind_unstated,
        )
        return self._of(entities, self.editions, self.audit, selection, base)

    def _whole(self) -> EntityCollection[Entity]:
        # Covariant and immutable: a list of persons is a list of entities.
        return self if self._base is None else self._base

    @property
    def parties(self) -> tuple[tuple[E_co, ...], ...]:
        """The entities grouped by party: on lists that share their ids, those with the same id.

        >>> import sanctionslib as sl
        >>> len(sl.sample().parties)
        54
        """
        spaces = id_spaces(self.editions)
        found: dict[tuple[str, str], list[E_co]] = {}
        for one in self._entities:
            found.setdefault(party_of(one, spaces), []).append(one)
        return tuple(map(tuple, found.values()))

    def entities_of(self, who: str | Entity) -> tuple[Entity, ...]:
        """All entities of one party: in a combined list, one per list that has it under its id.

        Args:
            who: An id; an exact name or alias in any case (see `named`), where nobody has it as
                id; or an entity of this list: it comes first. Answered from the base, where this
                selection does not have it.

        Raises:
            NotFoundError: Nobody here has this id or name; near misses are in `suggestions`.
            AmbiguousIdError: Several parties have it; their ids are in `candidates`.

        >>> import sanctionslib as sl
        >>> [one.id for one in sl.sample().entities_of("rab forces")]
        ['us_ofac_sdn:33951']
        """
        base, index = self._whole(), self._indexed()
        key = who.id if isinstance(who, Entity) else text(who, "an id or a name").strip()
        found: Sequence[Entity] = self._with_id(key) or base._with_id(key)
        is_name = not found and not isinstance(who, Entity)
        if is_name:
            found = self.named(key) or index.named(key)
        if not found:
            raise no_party(key, edition_labels(base.editions), index)
        if len({index.party(one) for one in found}) > 1:
            raise several_parties(key, found) if is_name else ambiguous(key, found)
        entities = index.entities(index.party(found[0]))
        return (found[0], *(one for one in entities if one is not found[0]))

    def named(self, name: str) -> tuple[E_co, ...]:
        """All entities that have exactly this name, as primary name or alias.

        Case and blanks do not count, and persons are found as "LAST, First" and "First LAST". Other
        spellings are for `search`.

        >>> import sanctionslib as sl
        >>> sl.sample().named("rab forces")
        (<Organization us_ofac_sdn:33951 'RAPID ACTION BATTALION' GLOMAG (sample)>,)
        """
        return tuple(self._mine(self._indexed().named(text(name, "a name"))))

    def suggest(self, name: str, *, limit: int | None = 5) -> tuple[str, ...]:
        """Names of this list that look most like a text, at most `limit`; 0 for all of them.

        These are near misses, not a search.

        Raises:
            InvalidInputError: `limit` is less than 0.

        >>> import sanctionslib as sl
        >>> sl.sample().suggest("Rapid Action Batalion")[0]
        'RAPID ACTION BATTALION'
        """
        return near(
            name,
            {each.text for one in self for each in one.names},
            limit=5 if limit is None else Policy(limit=limit or None).limit,
        )

    def resolve(self, ref: EntityRef) -> tuple[Entity, ...]:
        """The entities that a reference can mean: none (outside this list), one, or several.

        A name counts only if it is exactly a primary name. Answered from the base.

        >>> import sanctionslib as sl
        >>> sdn = sl.sample()
        >>> [one.id for one in sdn.resolve(sdn["34024"].relations[0].to)]
        ['us_ofac_sdn:34022']
        """
        if not isinstance(ref, EntityRef):
            raise TypeError(f"a reference is an EntityRef, not {type(ref).__name__}: see named()")
        return self._indexed().resolve(ref)

    def __len__(self) -> int:
        return len(self._entities)

    def __iter__(self) -> Iterator[E_co]:
        return iter(self._entities)

    def __contains__(self, key: object) -> bool:
        if isinstance(key, Entity):
            key = key.id
        if isinstance(key, int):
            refuse_key(key)
        return isinstance(key, str) and bool(self._with_id(key))

    @overload
    def __getitem__(self, key: str) -> E_co: ...
    @overload
    def __getitem__(self, key: slice) -> Self: ...
    def __getitem__(self, key: str | slice) -> E_co | Self:
        """An entity by id ("33951", "us_ofac_sdn:33951"), or a selection by position.

        Raises:
            NotFoundError: No entity has this id; near misses are in `suggestions`.
            AmbiguousIdError: Several lists have this key.
            TypeError: The key is a number. `1050` is a position as well as an id of someone else.
        """
        if isinstance(key, slice):
            ends = (key.start, key.stop) if key.step is None else (key.start, key.stop, key.step)
            text = f"[{':'.join('' if one is None else str(one) for one in ends)}]"
            return self._part(self._entities[key], Selection(criteria=(text,)))
        found = self._one(key)
        if found is None:
            raise self._missing(key)
        return found

    @overload
    def get(self, key: str, default: None = None, *, kind: None = None) -> E_co | None: ...
    @overload
    def get(self, key: str, default: T, *, kind: None = None) -> E_co | T: ...
    @overload
    def get(self, key: str, default: None = None, *, kind: type[P]) -> P | None: ...
    @overload
    def get(self, key: str, default: T, *, kind: type[P]) -> P | T: ...
    def get(self, key: str, default: object = None, *, kind: type[Entity] | None = None) -> object:
        """The entity with this id, or `default` where nobody here has it.

        Args:
            key: The publisher's key, "33951", or the full id, "us_ofac_sdn:33951".
            default: What is given where no entity has this id.
            kind: The class that it must have; narrows the type for the checker.

        Raises:
            NotFoundError: The entity with this id is of another kind.
            AmbiguousIdError: Several lists have this key.
            TypeError: The key is a number, see `[]`.

        >>> import sanctionslib as sl
        >>> rab = sl.sample().get("33951", kind=sl.Organization)
        >>> rab and rab.addresses[0].city
        'Dhaka'
        >>> sl.sample().get("1") is None
        True
        """
        found = self._one(key)
        if found is not None and kind is not None and not isinstance(found, kind):
            its_kind = type(found).__name__
            raise NotFoundError(
                f"{found.id} is of kind {its_kind}, not {kind.__name__}",
                hints=(Hint("leave {} out", "kind"), Hint(f"ask for kind={its_kind}")),
            )
        return default if found is None else found

    def _one(self, key: str) -> E_co | None:
        found = self._with_id(key)
        if len(found) > 1:
            raise ambiguous(key, found)
        return found[0] if found else None

    def _with_id(self, key: str) -> list[E_co]:
        if not isinstance(key, str):
            refuse_key(key)
        index = self._indexed()
        found = [index.by_id[key]] if key in index.by_id else index.by_source_id.get(key, [])
        return self._mine(found)

    def _missing(self, key: str) -> NotFoundError:
        where = ", ".join(edition_labels(self.editions)) or "this list"
        if self._base is not None and self._base._with_id(key):
            return NotFoundError(
                f"{key!r} is not in this selection ({self.selection})",
                hint="it is in the list that the selection was made from: use .base",
            )
        named = tuple(one.source_id for one in self._mine(self._indexed().named(key)))
        return not_found(key, where, named, self._indexed())

    # Indexes and copies

    def prepare(self) -> Self:
        """Build the indexes now, before forking or serving; returns the list itself."""
        self._searchable(DEFAULT)
        return self

    def _indexed(self) -> Index:
        base = self._whole()
        if base._index is None:
            with base._lock.held():
                if base._index is None:
                    # One assignment of a finished object: readers see all of it or none.
                    base._index = Index(base._entities, base.editions)
        return base._index

    def _searchable(self, method: str) -> Searchable:
        """The list, prepared to be searched by a method."""
        made = self._searchables.get(method)
        if made is None:
            self._indexed()  # before the lock, which is the base's own for a whole list
            with self._lock.held():
                made = self._searchables.get(method) or self._new_searchable(method)
                self._searchables = {**self._searchables, method: made}
        return made

    def _new_searchable(self, method: str) -> Searchable:
        """The names of this list, or those of its base.

        A score is a function of two names, so the index of the base, without the names of others,
        finds what an index of the selection would. Only a small selection gets an index of its own:
        it is built in a fraction of the time, and no names of others can crowd out its own among the
        best that are scored.
        """
        base, ids, index = self._base, self._selected_ids(), self._indexed()
        if base is not None and len(self) * _SMALL < len(base):
            base = None
        together = {each.id: party for party in self.parties if len(party) > 1 for each in party}

        def numbers(text: str) -> Sequence[tuple[Entity, Identifier]]:
            return [one for one in index.numbers(text) if ids is None or one[0].id in ids]

        def party(entity: Entity) -> Sequence[Entity]:
            return together.get(entity.id, (entity,))

        return Searchable(
            self._names(method) if base is None else base._searchable(method).index,
            editions=self.editions,
            selection=self.selection,
            only=None if base is None else ids,
            numbers=numbers,
            party=party,
        )

    def _names(self, method: str) -> NameIndex:
        """The index of the names of this list."""
        start = perf_counter()
        found = index_for(method, self._entities)
        _LOG.info(
            [one.list_id for one in self.editions],
            "indexed: %d names of %d entities by %s, %.2f s",
            len(found.names),
            len(self),
            found.method,
            perf_counter() - start,
        )
        return found

    def _selected_ids(self) -> frozenset[str] | None:
        """The ids of a selection; None for a whole list."""
        if self._base is not None and self._ids is None:
            self._ids = frozenset(one.id for one in self._entities)
        return self._ids

    def _mine(self, entities: Sequence[Entity]) -> list[E_co]:
        """Those of some entities of the base that are in this selection."""
        if entities and (ids := self._selected_ids()) is not None:
            entities = [one for one in entities if one.id in ids]
        return cast("list[E_co]", list(entities))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, EntityCollection):
            return NotImplemented
        them = cast("EntityCollection[Entity]", other)
        return self._entities == them._entities and self.editions == them.editions

    __hash__ = None  # type: ignore[assignment]  # equal by content, so of no use as a key

    def __getstate__(self) -> tuple[object, ...]:
        # Indexes and lock stay behind: they are rebuilt where they are needed.
        return (self._entities, self.editions, self.audit, self.selection, self._base)

    def __setstate__(self, state: tuple[object, ...]) -> None:
        init = cast("Callable[..., None]", EntityCollection.__init__)  # pyright: ignore[reportUnknownMemberType]
        init(self, *state)

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

    def write(self, path: str | os.PathLike[str], *, keep_source: bool | None = False) -> None:
        """Write to a file, by its suffix: `.json`, `.jsonl` (both read back equal), `.csv` (names).

        A selection says in its edition that it is one and is never taken for the whole list.

        Args:
            path: The file; it is replaced at once when all is written.
            keep_source: Also write the sources, where `read(…, keep_source=True)` kept them.

        Raises:
            InvalidInputError: The suffix is none of these.
            UnwritableError: The file cannot be written.
        """
        export.write(
            self._entities,
            self.editions,
            path,
            selection=self._chosen_by(),
            keep_source=keep_source,
        )

    def to_dict(self, *, keep_source: bool | None = False) -> dict[str, JSON]:
        """What `write` puts into a `.json` file, as plain values.

        >>> import sanctionslib as sl
        >>> document = sl.sample().where(kind=sl.Person).to_dict()
        >>> document["count"], document["selection"]
        (32, 'kind=Person (1 of unstated kind dropped)')
        """
        return export.document(
            self._entities, self.editions, selection=self._chosen_by(), keep_source=keep_source
        )

    def _chosen_by(self) -> str | None:
        return None if self._base is None else str(self.selection)

    # Printing

    def __repr__(self) -> str:
        of = None if self._base is None else len(self._base)
        parts = [counted_entities(self._entities, of)]
        if (parties := self._party_count()) < len(self):
            parts[0] += f" ({counted(parties, 'party', 'parties')})"
        parts += edition_labels(self.editions)
        if self._base is not None:
            parts.append(str(self.selection))
        return f"<{type(self).__name__} of {' · '.join(parts)}>"

    def __str__(self) -> str:
        return display.to_text(self._table())

    def _repr_html_(self) -> str:
        return display.to_html(self._table())

    def __rich__(self) -> object:
        return display.to_rich(self._table())

    def _table(self) -> display.EntityTable:
        return display.EntityTable(
            entities=self._entities,
            editions=self.editions,
            selection=self.selection,
            parties=self._party_count(),
        )

    def _party_count(self) -> int:
        """How many parties: as many as entities where all keys differ, which is quickly seen."""
        keys = {one.id.partition(":")[2] for one in self._entities}
        return len(self) if len(keys) == len(self) else len(self.parties)
