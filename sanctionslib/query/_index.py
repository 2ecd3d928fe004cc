"""Indexes over a list: by id, by name, by number, and links seen from their target."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from sanctionslib.model import (
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

__all__ = ["Index", "folded", "is_labelled", "name_keys", "party_of", "spaces_of"]

_Stated = tuple[int, Entity, Relation]
"""Its place among all links, who states it, and the link."""
_IMO = re.compile(r"\s*IMO(?![^\W\d_])", re.IGNORECASE)
_LABELLED = re.compile(r"[^\W\d_]++[.:]*+\s++(?=.*\d)(.*)")
"""A number behind words: "Passport RL0068313", "IMO No. 9187629"."""
_NOTE = re.compile(r"\([^()]*+\)$")
"""OFAC's note behind a number: "7136973 (Delaware)"."""


def folded(text: str) -> str:
    """Text without case and surplus blanks."""
    return " ".join(text.casefold().split())


def name_keys(name: Name) -> tuple[str, ...]:
    """The forms under which a name is found exactly: as printed, and given names first."""
    keys = [folded(name.text)]
    given, family = name.part(NamePartKind.GIVEN), name.part(NamePartKind.FAMILY)
    if given and family:
        keys.append(folded(f"{given} {family}"))
    return tuple(keys)


_OF_THEIR_OWN_FORM = (IdentifierKind.DIGITAL_CURRENCY, IdentifierKind.EU_REFERENCE)
"""Kinds whose numbers are not compared by letters and digits alone, see `identifier_key`."""


def is_labelled(number: str) -> bool:
    """Whether words stand before a number: `Index.numbers` may look it up with and without them."""
    return _LABELLED.fullmatch(number.strip()) is not None


def spaces_of(editions: Iterable[Edition]) -> dict[str, str]:
    """Whose keys the ids of each list are."""
    return {each.list_id: each.id_space or each.list_id for each in editions}


def party_of(entity: Entity, spaces: Mapping[str, str]) -> tuple[str, str]:
    """Whose key and which, as `Entity.party_key`; also for an entity that names no edition."""
    space = entity.id_space or spaces.get(entity.list_id) or entity.party_key[0]
    return space, entity.source_id


def _number_keys(identifier: Identifier) -> set[str]:
    kind = identifier.kind
    value = identifier.value.rstrip()
    texts = (value, _NOTE.sub("", value).rstrip())
    return {key for text in texts if (key := identifier_key(text, kind))}


class Index:
    """All indexes of one list, built at once."""

    def __init__(self, entities: Sequence[Entity], editions: Sequence[Edition]) -> None:
        self.spaces = spaces_of(editions)
        self.by_id: dict[str, Entity] = {}
        self.by_source_id: dict[str, list[Entity]] = {}
        self.by_primary_name: dict[str, list[Entity]] = {}
        self.by_any_name: dict[str, list[Entity]] = {}
        self.by_number: dict[str, list[tuple[Entity, Identifier]]] = {}
        self._stated: dict[tuple[str, str | None, str], list[_Stated]] = {}
        """Links by whose key or name they state, the key and the name: each may mean many parties."""
        self.says_how: dict[str, bool] = {}
        """Of lists that state links: whether one of them says more than "linked to"."""
        for entity in entities:
            self.by_id[entity.id] = entity
            self.by_source_id.setdefault(entity.source_id, []).append(entity)
            self.by_primary_name.setdefault(entity.name, []).append(entity)
            for key in {key for name in entity.names for key in name_keys(name)}:
                self.by_any_name.setdefault(key, []).append(entity)
            for identifier in entity.identifiers:
                for key in _number_keys(identifier):
                    self.by_number.setdefault(key, []).append((entity, identifier))
        places = count()
        for entity in entities:
            for relation in entity.relations:
                how = relation.kind not in (None, RelationKind.LINKED_TO)
                self.says_how[entity.list_id] = how or self.says_how.get(entity.list_id, False)
                stated = self._stated.setdefault(self.meant(relation.to, entity), [])
                stated.append((next(places), entity, relation))

    def party(self, entity: Entity) -> tuple[str, str]:
        """Whose key and which: equal for the records of one party."""
        return party_of(entity, self.spaces)

    def records(self, party: tuple[str, str]) -> list[Entity]:
        """All records of a party, in the order of the list; found by key, to keep no index more."""
        return [one for one in self.by_source_id.get(party[1], ()) if self.party(one) == party]

    def inbound(self, party: tuple[str, str]) -> list[tuple[Entity, Relation]]:
        """The links that others state to a party, and who states them, in the order of the list."""
        space, source_id = party
        names = {one.name for one in self.records(party)}
        said = [(space, source_id, ""), *((space, None, name) for name in names)]
        found = sorted(
            (one for key in said for one in self._stated.get(key, ())), key=lambda one: one[0]
        )
        return [(entity, relation) for _, entity, relation in found]

    def meant(self, ref: EntityRef, source: Entity) -> tuple[str, str | None, str]:
        """Whose key or name a reference states, the key, and the name where there is no key.

        References that are equal in it mean the same parties.
        """
        space = ref.id_space or self.party(source)[0]
        return space, ref.source_id, "" if ref.source_id is not None else ref.name

    def resolve(self, ref: EntityRef, source: Entity | None = None) -> tuple[Entity, ...]:
        """The parties that a reference can mean; of one party the first record.

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
        return self.by_any_name.get(folded(name), [])

    def numbers(self, text: str) -> list[tuple[Entity, Identifier]]:
        """The identifiers that a number, as it may be printed, can mean; each once."""
        as_number = identifier_key(text)
        found = [pair for pair in self._at(as_number) if pair[1].kind not in _OF_THEIR_OWN_FORM]
        for kind in _OF_THEIR_OWN_FORM:
            found += [pair for pair in self._at(identifier_key(text, kind)) if pair[1].kind is kind]
        if len(as_number) == 11:  # it may be a SWIFT/BIC of a head office
            short = self._at(identifier_key(text, IdentifierKind.BIC))
            found += [pair for pair in short if pair[1].kind is IdentifierKind.BIC]
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
