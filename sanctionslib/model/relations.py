"""Relation: a link from one party to another, as the source states it."""

from __future__ import annotations

import enum

import attrs

from sanctionslib.model.displayable import Value
from sanctionslib.model.fields import about


class RelationKind(enum.Enum):
    """How the party that states the relation is related to the other: "this … that"."""

    LINKED_TO = "linked to"
    """OFAC's remark "Linked To:", which says no more."""
    ASSOCIATE_OF = "associate of"
    PROVIDES_SUPPORT_TO = "provides support to"
    ACTS_FOR = "acts for or on behalf of"
    OWNED_OR_CONTROLLED_BY = "owned or controlled by"
    OWNS_OR_CONTROLS = "owns, controls or operates"
    FAMILY_OF = "family member of"
    LEADER_OF = "leader or official of"
    PRINCIPAL_OFFICER_OF = "principal executive officer of"
    SIGNIFICANT_ROLE_IN = "plays a significant role in"
    PROPERTY_OF = "property in the interest of"
    SUBSIDIARY_OF = "subsidiary of"
    PARENT_OF = "parent of"
    OPERATED_BY = "owned or operated by"
    FORMERLY_OPERATED_BY = "formerly owned or operated by"
    SAME_AS = "same as"


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class EntityRef(Value):
    """What a source says of another party: its id, or its name alone. It may be outside the file.

    `SanctionsList.resolve` gives the entities that it can mean: one, none or several.
    """

    name: str = ""
    """The name that the source gives, exactly."""
    id_space: str = ""
    """Whose ids `source_id` belongs to, as `ofac`."""
    source_id: str | None = None
    """The publisher's key, where the source gives one."""

    def __str__(self) -> str:
        return self.name or f"{self.id_space}:{self.source_id}"


@attrs.frozen(kw_only=True, eq=False, repr=False, weakref_slot=False)
class Relation(Value):
    """One stated link.

    >>> import sanctionslib as sl
    >>> sl.sample()["34024"].relations
    (Relation(to=EntityRef(name='SEK STUDIO', id_space='ofac', source_id='34022'), \
kind=RelationKind.LINKED_TO, raw_kind='Linked To', source_id='527'),)
    """

    to: EntityRef
    """The other party."""
    kind: RelationKind | None = None
    """How this party is related to it; None where we do not know the source's word."""
    former: bool | None = None
    """True where the source says that it has ended; None where it does not say."""
    quality: str | None = None
    """The source's word on how sure it is (OFAC "High", "Low")."""
    note: str | None = None
    """The source's remark."""
    raw_kind: str = attrs.field(default="", metadata=about("kind", raw_of="kind"))
    """The source's word, "Linked To"."""
    source_id: str | None = attrs.field(default=None, eq=False)
    """The publisher's key; outside equality."""
