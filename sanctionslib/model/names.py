"""Names: what a party is called, in which role and script, and how far an alias can be trusted."""

from __future__ import annotations

import enum

import attrs

from sanctionslib.model.displayable import Value
from sanctionslib.model.facts import Fact
from sanctionslib.model.fields import about
from sanctionslib.model.legal import LegalBasis


class NameKind(enum.Enum):
    """The role of a name."""

    PRIMARY = "primary"
    AKA = "aka"
    """Also known as."""
    FKA = "fka"
    """Formerly known as."""
    NKA = "nka"
    """Now known as."""
    VARIATION = "variation"
    """Another spelling of the primary name (UK "Primary Name Variation")."""
    ORIGINAL_SCRIPT = "original script"
    """The name in the script of its language (UN NAME_ORIGINAL_SCRIPT)."""


class AliasStrength(enum.Enum):
    """The publisher's own word on an alias. A weak one is broad or generic and hits too much.

    OFAC category and LowQuality; UN QUALITY; EU strong; UK alias strength; SECO quality.
    """

    STRONG = "strong"
    WEAK = "weak"
    UNSTATED = "unstated"


class NamePartKind(enum.Enum):
    """What a part of a name is."""

    FAMILY = "family"
    GIVEN = "given"
    MIDDLE = "middle"
    MAIDEN = "maiden"
    PATRONYMIC = "patronymic"
    MATRONYMIC = "matronymic"
    FATHER = "father"
    GRANDFATHER = "grandfather"
    TRIBAL = "tribal"
    NICKNAME = "nickname"
    TITLE = "title"
    SUFFIX = "suffix"
    WHOLE = "whole"
    """The whole name of an organization, vessel or aircraft, or of a person without parts."""
    ORDINAL = "ordinal"
    """A part known by its position alone (UN FIRST_NAME .. FOURTH_NAME, UK Name1 .. Name5)."""

    __hash__ = object.__hash__  # of Enum's own, a call in Python, an index asks for each word


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class NamePart(Value):
    """One part of a name, in the source's order."""

    kind: NamePartKind
    """What the part is."""
    text: str
    """The part as printed."""


@attrs.frozen(kw_only=True, eq=False, repr=False, weakref_slot=False)
class Name(Value):
    """One name of a party.

    >>> import sanctionslib as sl
    >>> sl.sample()["33954"].names[1]
    Name(text='KHAN, Anwar Latif', parts=(NamePart(kind=NamePartKind.GIVEN, text='Anwar Latif'), \
NamePart(kind=NamePartKind.FAMILY, text='KHAN')), kind=NameKind.AKA, \
strength=AliasStrength.STRONG, script='Latn', group_id='53209', raw_kind='A.K.A.', source_id='257')
    """

    text: str
    """The whole name; for persons on OFAC's lists "LAST, First" as printed."""
    parts: tuple[NamePart, ...] = attrs.field(
        default=(), metadata=about("part", fact=Fact.NAME_PARTS)
    )
    """Its parts, where the source tells them apart: OFAC `firstName`, UN FIRST_NAME, UK Name1."""
    kind: NameKind | None = attrs.field(default=NameKind.PRIMARY, metadata=about("role"))
    """Its role; None where the source says something that we do not know (see `raw_kind`)."""
    strength: AliasStrength = attrs.field(
        default=AliasStrength.UNSTATED, metadata=about(fact=Fact.ALIAS_STRENGTH)
    )
    """How far the publisher trusts the alias; primary names are UNSTATED."""
    script: str | None = attrs.field(default=None, metadata=about(fact=Fact.ORIGINAL_SCRIPT))
    """ISO 15924 code of the script, as "Latn"; None where the source does not say."""
    language: str | None = None
    """ISO 639 code of the language (SECO `lang`); None where the source does not say."""
    group_id: str | None = attrs.field(default=None, eq=False)
    """Equal for one name in several scripts or spellings; outside equality."""
    note: str | None = None
    """The source's remark on this name."""
    basis: LegalBasis | None = None
    """The act that states this name (EU)."""
    raw_kind: str = attrs.field(default="", metadata=about("role", raw_of="kind"))
    """The source's word for the role, "a.k.a."; "" for a primary name that has none."""
    raw_strength: str = attrs.field(default="", metadata=about("strength"))
    """The source's word for the strength, kept where we have no reading of it."""
    source_id: str | None = attrs.field(default=None, eq=False)
    """The publisher's key of this name; outside equality."""

    def part(self, kind: NamePartKind) -> str | None:
        """All parts of one kind joined by blanks; None where the name has none."""
        found = [part.text for part in self.parts if part.kind is kind]
        return " ".join(found) if found else None

    def __str__(self) -> str:
        return self.text
