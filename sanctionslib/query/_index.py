"""Indexes over a list: by id, by name, by number, and links seen from their target."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sanctionslib.model import (
    Edition,
    Entity,
    EntityRef,
    Identifier,
    IdentifierKind,
    Relation,
    identifier_key,
)

__all__ = ["Index"]


class Index:
    """All indexes of one list, built at once."""

    def __init__(self, entities: Sequence[Entity], editions: Sequence[Edition]) -> None:
        self.spaces = {each.list_id: each.id_space or each.list_id for each in editions}
        self.by_id: dict[str, Entity] = {}
        self.by_source_id: dict[str, list[Entity]] = {}
        self.by_primary_name: dict[str, list[Entity]] = {}
        self.by_any_name: dict[str, list[Entity]] = {}
        self.by_number: dict[str, list[tuple[Entity, Identifier]]] = {}
        self.inbound: dict[str, list[tuple[Entity, Relation]]] = {}
        for entity in entities:
            self.by_id[entity.id] = entity
            self.by_source_id.setdefault(entity.source_id, []).append(entity)
            self.by_primary_name.setdefault(entity.name, []).append(entity)
            for folded in {name.text.casefold() for name in entity.names}:
                self.by_any_name.setdefault(folded, []).append(entity)
            for identifier in entity.identifiers:
                if key := identifier.key:
                    self.by_number.setdefault(key, []).append((entity, identifier))
        for entity in entities:
            for relation in entity.relations:
                for target in self.resolve(relation.to):
                    self.inbound.setdefault(target.id, []).append((entity, relation))

    def space(self, entity: Entity) -> str:
        """Whose keys the entity's source id belongs to."""
        return self.spaces.get(entity.list_id, entity.list_id)

    def resolve(self, ref: EntityRef) -> tuple[Entity, ...]:
        """The parties that a reference can mean; records of one party count once."""
        if ref.source_id is not None:
            found = self.by_source_id.get(ref.source_id, ())
        else:
            found = self.by_primary_name.get(ref.name, ())
        if ref.id_space:
            found = [one for one in found if self.space(one) == ref.id_space]
        return tuple(self._parties(found))

    def numbers(self, text: str) -> list[tuple[Entity, Identifier]]:
        """The identifiers that a number, as it may be printed, can mean; each once."""
        key, printed = identifier_key(text), text.strip()
        found = [*self.by_number.get(key, ()), *self.by_number.get(printed, ())]
        if key.startswith("IMO") and key[3:].isdigit():
            numbers = self.by_number.get(key[3:], ())
            found += [pair for pair in numbers if pair[1].kind is IdentifierKind.IMO]
        # A wallet address is case-sensitive: it counts only as printed.
        wallet = IdentifierKind.DIGITAL_CURRENCY
        hits = {
            (one.id, id(number)): (one, number)
            for one, number in found
            if number.kind is not wallet or number.key == printed
        }
        return list(hits.values())

    def _parties(self, entities: Iterable[Entity]) -> Iterable[Entity]:
        parties: dict[tuple[str, str], Entity] = {}
        for one in entities:
            parties.setdefault((self.space(one), one.source_id), one)
        return parties.values()
