"""Who is designated, by whom, why, and since when: official sanctions lists as typed Python.

>>> import sanctionslib as sl
>>> sdn = sl.sample()
>>> sdn["33951"].name, sdn["33951"].programs
('RAPID ACTION BATTALION', ('GLOMAG',))

`read` reads an official file, `sample` the bundled one; `SanctionsList` is what they give.

This module imports nothing until a name is used, so that `import sanctionslib` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctionslib._version import __version__

if TYPE_CHECKING:
    from sanctionslib.answers import (
        Audit as Audit,
    )
    from sanctionslib.answers import (
        ExplainedProgram as ExplainedProgram,
    )
    from sanctionslib.answers import (
        Explanation as Explanation,
    )
    from sanctionslib.answers import (
        Found as Found,
    )
    from sanctionslib.answers import (
        Inference as Inference,
    )
    from sanctionslib.answers import (
        Issue as Issue,
    )
    from sanctionslib.answers import (
        IssueKind as IssueKind,
    )
    from sanctionslib.answers import (
        Lacking as Lacking,
    )
    from sanctionslib.answers import (
        Link as Link,
    )
    from sanctionslib.answers import (
        Network as Network,
    )
    from sanctionslib.answers import (
        Node as Node,
    )
    from sanctionslib.answers import (
        PathUse as PathUse,
    )
    from sanctionslib.answers import (
        Selection as Selection,
    )
    from sanctionslib.answers import (
        UnknownCode as UnknownCode,
    )
    from sanctionslib.answers import (
        Unmapped as Unmapped,
    )
    from sanctionslib.answers import (
        Unstated as Unstated,
    )
    from sanctionslib.answers import (
        Use as Use,
    )
    from sanctionslib.api import (
        Format as Format,
    )
    from sanctionslib.api import (
        Progress as Progress,
    )
    from sanctionslib.api import (
        formats as formats,
    )
    from sanctionslib.api import (
        read as read,
    )
    from sanctionslib.api import (
        sample as sample,
    )
    from sanctionslib.errors import (
        AmbiguousIdError as AmbiguousIdError,
    )
    from sanctionslib.errors import (
        ArchiveError as ArchiveError,
    )
    from sanctionslib.errors import (
        BlockedError as BlockedError,
    )
    from sanctionslib.errors import (
        CorruptEditionError as CorruptEditionError,
    )
    from sanctionslib.errors import (
        FaultyEntriesWarning as FaultyEntriesWarning,
    )
    from sanctionslib.errors import (
        FetchError as FetchError,
    )
    from sanctionslib.errors import (
        ImplausibleEditionError as ImplausibleEditionError,
    )
    from sanctionslib.errors import (
        IncompleteEditionError as IncompleteEditionError,
    )
    from sanctionslib.errors import (
        InvalidInputError as InvalidInputError,
    )
    from sanctionslib.errors import (
        MissingExtraError as MissingExtraError,
    )
    from sanctionslib.errors import (
        NotFoundError as NotFoundError,
    )
    from sanctionslib.errors import (
        NotStatedError as NotStatedError,
    )
    from sanctionslib.errors import (
        ParseError as ParseError,
    )
    from sanctionslib.errors import (
        SanctionsError as SanctionsError,
    )
    from sanctionslib.errors import (
        SanctionsWarning as SanctionsWarning,
    )
    from sanctionslib.errors import (
        StaleError as StaleError,
    )
    from sanctionslib.errors import (
        StructureChangedError as StructureChangedError,
    )
    from sanctionslib.errors import (
        TruncatedError as TruncatedError,
    )
    from sanctionslib.errors import (
        UnknownFormatError as UnknownFormatError,
    )
    from sanctionslib.errors import (
        UnreadableError as UnreadableError,
    )
    from sanctionslib.errors import (
        Where as Where,
    )
    from sanctionslib.export import (
        JSON as JSON,
    )
    from sanctionslib.export import (
        Row as Row,
    )
    from sanctionslib.export import (
        from_dict as from_dict,
    )
    from sanctionslib.export import (
        json_schema as json_schema,
    )
    from sanctionslib.export import (
        to_dict as to_dict,
    )
    from sanctionslib.model import (
        Address as Address,
    )
    from sanctionslib.model import (
        Aircraft as Aircraft,
    )
    from sanctionslib.model import (
        AliasStrength as AliasStrength,
    )
    from sanctionslib.model import (
        Authority as Authority,
    )
    from sanctionslib.model import (
        Birth as Birth,
    )
    from sanctionslib.model import (
        Calendar as Calendar,
    )
    from sanctionslib.model import (
        Country as Country,
    )
    from sanctionslib.model import (
        Designation as Designation,
    )
    from sanctionslib.model import (
        DocumentFlag as DocumentFlag,
    )
    from sanctionslib.model import (
        Edition as Edition,
    )
    from sanctionslib.model import (
        Entity as Entity,
    )
    from sanctionslib.model import (
        EntityRef as EntityRef,
    )
    from sanctionslib.model import (
        Event as Event,
    )
    from sanctionslib.model import (
        EventKind as EventKind,
    )
    from sanctionslib.model import (
        Fact as Fact,
    )
    from sanctionslib.model import (
        Feature as Feature,
    )
    from sanctionslib.model import (
        FeatureKind as FeatureKind,
    )
    from sanctionslib.model import (
        Gender as Gender,
    )
    from sanctionslib.model import (
        Identifier as Identifier,
    )
    from sanctionslib.model import (
        IdentifierKind as IdentifierKind,
    )
    from sanctionslib.model import (
        LegalBasis as LegalBasis,
    )
    from sanctionslib.model import (
        Listing as Listing,
    )
    from sanctionslib.model import (
        Measure as Measure,
    )
    from sanctionslib.model import (
        MeasureKind as MeasureKind,
    )
    from sanctionslib.model import (
        Name as Name,
    )
    from sanctionslib.model import (
        NameKind as NameKind,
    )
    from sanctionslib.model import (
        NamePart as NamePart,
    )
    from sanctionslib.model import (
        NamePartKind as NamePartKind,
    )
    from sanctionslib.model import (
        Nationality as Nationality,
    )
    from sanctionslib.model import (
        Organization as Organization,
    )
    from sanctionslib.model import (
        Origin as Origin,
    )
    from sanctionslib.model import (
        PartialDate as PartialDate,
    )
    from sanctionslib.model import (
        Person as Person,
    )
    from sanctionslib.model import (
        Place as Place,
    )
    from sanctionslib.model import (
        Precision as Precision,
    )
    from sanctionslib.model import (
        Program as Program,
    )
    from sanctionslib.model import (
        Record as Record,
    )
    from sanctionslib.model import (
        Relation as Relation,
    )
    from sanctionslib.model import (
        RelationKind as RelationKind,
    )
    from sanctionslib.model import (
        Scope as Scope,
    )
    from sanctionslib.model import (
        Vessel as Vessel,
    )
    from sanctionslib.model import (
        identifier_key as identifier_key,
    )
    from sanctionslib.query import (
        SanctionsList as SanctionsList,
    )
    from sanctionslib.reference import (
        NamedList as NamedList,
    )
    from sanctionslib.reference import (
        authorities as authorities,
    )
    from sanctionslib.reference import (
        countries as countries,
    )
    from sanctionslib.reference import (
        named_lists as named_lists,
    )
    from sanctionslib.reference import (
        programs as programs,
    )

__all__ = [
    "JSON",
    "Address",
    "Aircraft",
    "AliasStrength",
    "AmbiguousIdError",
    "ArchiveError",
    "Audit",
    "Authority",
    "Birth",
    "BlockedError",
    "Calendar",
    "CorruptEditionError",
    "Country",
    "Designation",
    "DocumentFlag",
    "Edition",
    "Entity",
    "EntityRef",
    "Event",
    "EventKind",
    "ExplainedProgram",
    "Explanation",
    "Fact",
    "FaultyEntriesWarning",
    "Feature",
    "FeatureKind",
    "FetchError",
    "Format",
    "Found",
    "Gender",
    "Identifier",
    "IdentifierKind",
    "ImplausibleEditionError",
    "IncompleteEditionError",
    "Inference",
    "InvalidInputError",
    "Issue",
    "IssueKind",
    "Lacking",
    "LegalBasis",
    "Link",
    "Listing",
    "Measure",
    "MeasureKind",
    "MissingExtraError",
    "Name",
    "NameKind",
    "NamePart",
    "NamePartKind",
    "NamedList",
    "Nationality",
    "Network",
    "Node",
    "NotFoundError",
    "NotStatedError",
    "Organization",
    "Origin",
    "ParseError",
    "PartialDate",
    "PathUse",
    "Person",
    "Place",
    "Precision",
    "Program",
    "Progress",
    "Record",
    "Relation",
    "RelationKind",
    "Row",
    "SanctionsError",
    "SanctionsList",
    "SanctionsWarning",
    "Scope",
    "Selection",
    "StaleError",
    "StructureChangedError",
    "TruncatedError",
    "UnknownCode",
    "UnknownFormatError",
    "Unmapped",
    "UnreadableError",
    "Unstated",
    "Use",
    "Vessel",
    "Where",
    "__version__",
    "authorities",
    "countries",
    "formats",
    "from_dict",
    "identifier_key",
    "json_schema",
    "named_lists",
    "programs",
    "read",
    "sample",
    "to_dict",
]

_ROOMS = {
    "answers": (
        "Audit",
        "ExplainedProgram",
        "Explanation",
        "Found",
        "Inference",
        "Issue",
        "IssueKind",
        "Lacking",
        "Link",
        "Network",
        "Node",
        "PathUse",
        "Selection",
        "UnknownCode",
        "Unmapped",
        "Unstated",
        "Use",
    ),
    "api": (
        "Format",
        "Progress",
        "formats",
        "read",
        "sample",
    ),
    "errors": (
        "AmbiguousIdError",
        "ArchiveError",
        "BlockedError",
        "CorruptEditionError",
        "FaultyEntriesWarning",
        "FetchError",
        "ImplausibleEditionError",
        "IncompleteEditionError",
        "InvalidInputError",
        "MissingExtraError",
        "NotFoundError",
        "NotStatedError",
        "ParseError",
        "SanctionsError",
        "SanctionsWarning",
        "StaleError",
        "StructureChangedError",
        "TruncatedError",
        "UnknownFormatError",
        "UnreadableError",
        "Where",
    ),
    "export": (
        "JSON",
        "Row",
        "from_dict",
        "json_schema",
        "to_dict",
    ),
    "model": (
        "Address",
        "Aircraft",
        "AliasStrength",
        "Authority",
        "Birth",
        "Calendar",
        "Country",
        "Designation",
        "DocumentFlag",
        "Edition",
        "Entity",
        "EntityRef",
        "Event",
        "EventKind",
        "Fact",
        "Feature",
        "FeatureKind",
        "Gender",
        "Identifier",
        "IdentifierKind",
        "LegalBasis",
        "Listing",
        "Measure",
        "MeasureKind",
        "Name",
        "NameKind",
        "NamePart",
        "NamePartKind",
        "Nationality",
        "Organization",
        "Origin",
        "PartialDate",
        "Person",
        "Place",
        "Precision",
        "Program",
        "Record",
        "Relation",
        "RelationKind",
        "Scope",
        "Vessel",
        "identifier_key",
    ),
    "query": ("SanctionsList",),
    "reference": (
        "NamedList",
        "authorities",
        "countries",
        "named_lists",
        "programs",
    ),
}
"""Which room each public name lives in."""

if not TYPE_CHECKING:
    # Hidden from type checkers, to which any name would seem to exist otherwise.

    def __getattr__(name: str) -> object:
        from importlib import import_module

        for room, names in _ROOMS.items():
            if name in names:
                value = getattr(import_module(f"{__name__}.{room}"), name)
                globals()[name] = value
                return value
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted(__all__)
