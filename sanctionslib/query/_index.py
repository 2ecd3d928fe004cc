"""Indexes over a list: by id, by name, by number, and links by their target."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count

from sanctionslib.model import (
    Aircraft,
    Edition,
    Entity,
    EntityRef,
    Identifier,
    IdentifierKind,
    Name,
    NamePartKind,
    Relation,
    RelationKind,
    identifier_key,
)

RefKey = tuple[str, str | None, str]
"""What a reference means: an id space, a key, and a name where there is no key."""

_IMO = re.compile(r"\s*IMO(?![^\W\d_])", re.IGNORECASE)
_LABELLED = re.compile(r"[^\W\d_]++[.:]*+\s++(?=.*\d)(.*)")
"""A number after words: "Passport RL0068313", "IMO No. 9187629"."""
_NOTE = re.compile(r"\([^()]*+\)$")
"""OFAC's note after a number: "7136973 (Delaware)"."""
_MARK = re.compile(r"[A-Z0-9]{1,3}-[A-Z0-9]{2,5}|(?=.*\d)[A-Z0-9]{4,7}")
"""A registration mark of an aircraft: "EP-GOM", "N12345"."""
_OWN_KEY = (IdentifierKind.DIGITAL_CURRENCY, IdentifierKind.EU_REFERENCE)
"""Kinds whose numbers are not compared by letters and digits alone, see `identifier_key`."""


def is_labelled(number: str) -> bool:
    """Whether words stand before a number: `Index.numbers` may look it up with and without them."""
    return _LABELLED.fullmatch(number.strip()) is not None


def id_spaces(editions: Iterable[Edition]) -> dict[str, str]:
    """Whose keys the ids of each list are."""
    return {each.list_id: each.id_space or each.list_id for each in editions}


def party_of(entity: Entity, spaces: Mapping[str, str]) -> tuple[str, str]:
    """Whose key and which, as `Entity.party_key`; also for an entity that names no edition."""
    space = entity.id_space or spaces.get(entity.list_id) or entity.party_key[0]
    return space, entity.source_id


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _name_keys(name: Name) -> set[str]:
    """The forms under which a name is found exactly: as printed, and given names first."""
    family = [one.text for one in name.parts if one.kind is NamePartKind.FAMILY]
    others = [one.text for one in name.parts if one.kind is not NamePartKind.FAMILY]
    first_last = {_folded(" ".join((*others, *family)))} if family and others else set[str]()
    return {_folded(name.text), *first_last}


def _number_keys(identifier: Identifier) -> set[str]:
    value = identifier.value.rstrip()
    texts = (value, _NOTE.sub("", value).rstrip())
    return {key for text in texts if (key := identifier_key(text, identifier.kind))}


def _identifiers(entity: Entity) -> Iterator[Identifier]:
    """The numbers of an entity; of an aircraft also a name that is its registration mark."""
    yield from entity.identifiers
    if isinstance(entity, Aircraft):
        known = {key for one in entity.identifiers for key in _number_keys(one)}
        for name in entity.names:
            made = Identifier(value=name.text, kind=IdentifierKind.AIRCRAFT_TAIL)
            if _MARK.fullmatch(name.text.strip()) and made.key not in known:
                yield made


class Index:
    """All indexes of one list, built at once."""

    def __init__(self, entities: Sequence[Entity], editions: Sequence[Edition]) -> None:
        self.editions = tuple(editions)
        self.spaces = id_spaces(editions)
        self.by_id: dict[str, Entity] = {}
        self.by_source_id: dict[str, list[Entity]] = {}
        self.by_primary_name: dict[str, list[Entity]] = {}
        self.by_any_name: dict[str, list[Entity]] = {}
        self.by_number: dict[str, list[tuple[Entity, Identifier]]] = {}
        self._by_target: dict[RefKey, list[tuple[int, Entity, Relation]]] = {}
        """Links by what their reference means: their place among all links, who states them."""
        self.specifies_relations: dict[str, bool] = {}
        """Of lists that state links: whether one of their links says more than "linked to"."""
        for entity in entities:
            self.by_id[entity.id] = entity
            self.by_source_id.setdefault(entity.source_id, []).append(entity)
            self.by_primary_name.setdefault(entity.name, []).append(entity)
            for key in {key for name in entity.names for key in _name_keys(name)}:
                self.by_any_name.setdefault(key, []).append(entity)
            for identifier in _identifiers(entity):
                for key in _number_keys(identifier):
                    self.by_number.setdefault(key, []).append((entity, identifier))
        places = count()
        for entity in entities:
            for relation in entity.relations:
                if relation.kind not in (None, RelationKind.LINKED_TO):
                    self.specifies_relations[entity.list_id] = True
                self.specifies_relations.setdefault(entity.list_id, False)
                links = self._by_target.setdefault(self.ref_key(relation.to, entity), [])
                links.append((next(places), entity, relation))

    def party(self, entity: Entity) -> tuple[str, str]:
        """Whose key and which: equal for the entities of one party."""
        return party_of(entity, self.spaces)

    def edition(self, entity: Entity) -> Edition | None:
        """What an entity was read from; None for one of the caller's own without an edition."""
        of_list = (one for one in self.editions if one.list_id == entity.list_id)
        return entity.edition or next(of_list, None)

    def entities(self, party: tuple[str, str]) -> list[Entity]:
        """All entities of a party, in the order of the list."""
        return [one for one in self.by_source_id.get(party[1], ()) if self.party(one) == party]

    def inbound(self, party: tuple[str, str]) -> list[tuple[Entity, Relation]]:
        """The links that others state to a party, and who states them, in the order of the list."""
        space, source_id = party
        names = {one.name for one in self.entities(party)}
        keys = [(space, source_id, ""), *((space, None, name) for name in names)]
        found = sorted(
            (one for key in keys for one in self._by_target.get(key, ())), key=lambda one: one[0]
        )
        return [(entity, relation) for _, entity, relation in found]

    def ref_key(self, ref: EntityRef, source: Entity) -> RefKey:
        """What a reference of `source` means: equal for references that mean the same parties."""
        space = ref.id_space or self.party(source)[0]
        return space, ref.source_id, "" if ref.source_id is not None else ref.name

    def resolve(self, ref: EntityRef, source: Entity | None = None) -> tuple[Entity, ...]:
        """The parties that a reference can mean; of one party the first entity.

        Args:
            ref: The reference.
            source: Who states it. Where a reference does not say whose key or name it has, it
                means the source's own list, never somebody of that key on another one.
        """
        if ref.source_id is not None:
            found = self.by_source_id.get(ref.source_id, ())
        else:
            found = self.by_primary_name.get(ref.name, ())
        space = ref.id_space or (self.party(source)[0] if source is not None else "")
        parties: dict[tuple[str, str], Entity] = {}
        for one in found:
            if not space or self.party(one)[0] == space:
                parties.setdefault(self.party(one), one)
        return tuple(parties.values())

    def named(self, name: str) -> list[Entity]:
        """The entities that bear exactly this name; case and blanks do not count."""
        return self.by_any_name.get(_folded(name), [])

    def numbers(self, text: str) -> list[tuple[Entity, Identifier]]:
        """The identifiers that a number, as it may be printed, can mean; each once."""
        found = [pair for pair in self._at(identifier_key(text)) if pair[1].kind not in _OWN_KEY]
        for kind in (*_OWN_KEY, IdentifierKind.BIC):
            found += [pair for pair in self._at(identifier_key(text, kind)) if pair[1].kind is kind]
        if not found and (labelled := _LABELLED.fullmatch(text.strip())):
            found = self.numbers(labelled[1])
        if _IMO.match(text):  # numbers of that name alone
            found = [
                pair
                for pair in found
                if pair[1].kind is IdentifierKind.IMO or _IMO.match(pair[1].value)
            ]
        return list({(one.id, id(number)): (one, number) for one, number in found}.values())

    def _at(self, key: str) -> list[tuple[Entity, Identifier]]:
        return self.by_number.get(key, []) if key else []
