"""Who is designated, by whom, why, and since when: official sanctions lists as typed Python.

>>> import sanctionslib as sl
>>> sdn = sl.sample()
>>> sdn["33951"].name, sdn["33951"].programs
('RAPID ACTION BATTALION', ('GLOMAG',))

`read` reads an official file, `load` a list from the archive, `sample` the bundled one; each gives a
`SanctionsList`. What people only receive is in `sanctionslib.answers`, the finer errors in
`sanctionslib.errors`, everything else in `catalog`, `display`, `export`, `matching` and `model`.

This module imports nothing until a name is used, so that `import sanctionslib` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctionslib._version import __version__ as __version__

if TYPE_CHECKING:
    # The linter would give each of these names a statement of its own.
    # isort: off
    # What type checkers and editors see. `_NAMES` is what Python sees; a test compares the two.
    from sanctionslib import (
        answers as answers,
        catalog as catalog,
        display as display,
        errors as errors,
        export as export,
        matching as matching,
        model as model,
        parsers as parsers,
        reference as reference,
    )
    from sanctionslib.answers import (
        Subject as Subject,
        WeakAliases as WeakAliases,
    )
    from sanctionslib.api import (
        Archive as Archive,
        fetch as fetch,
        formats as formats,
        lists as lists,
        load as load,
        read as read,
        sample as sample,
        template as template,
    )
    from sanctionslib.errors import (
        AmbiguousIdError as AmbiguousIdError,
        ArchiveError as ArchiveError,
        BlockedError as BlockedError,
        FetchError as FetchError,
        ImplausibleEditionError as ImplausibleEditionError,
        IncompleteEditionError as IncompleteEditionError,
        InvalidInputError as InvalidInputError,
        MissingExtraError as MissingExtraError,
        NotFoundError as NotFoundError,
        NotStatedError as NotStatedError,
        ParseError as ParseError,
        SanctionsError as SanctionsError,
        SanctionsWarning as SanctionsWarning,
        StaleError as StaleError,
        UnreadableError as UnreadableError,
    )
    from sanctionslib.export import (
        from_dict as from_dict,
        to_dict as to_dict,
    )
    from sanctionslib.matching import (
        Screening as Screening,
        compare as compare,
    )
    from sanctionslib.model import (
        Address as Address,
        Aircraft as Aircraft,
        AliasStrength as AliasStrength,
        Authority as Authority,
        Birth as Birth,
        Country as Country,
        Designation as Designation,
        Edition as Edition,
        Entity as Entity,
        EntityRef as EntityRef,
        Event as Event,
        EventKind as EventKind,
        Fact as Fact,
        Feature as Feature,
        FeatureKind as FeatureKind,
        Gender as Gender,
        Identifier as Identifier,
        IdentifierKind as IdentifierKind,
        LegalBasis as LegalBasis,
        Listing as Listing,
        Measure as Measure,
        MeasureKind as MeasureKind,
        Name as Name,
        NameKind as NameKind,
        NamePart as NamePart,
        NamePartKind as NamePartKind,
        Nationality as Nationality,
        Organization as Organization,
        PartialDate as PartialDate,
        Person as Person,
        Place as Place,
        Program as Program,
        Relation as Relation,
        RelationKind as RelationKind,
        Scope as Scope,
        Vessel as Vessel,
    )
    from sanctionslib.query import (
        SanctionsList as SanctionsList,
        combine as combine,
        diff as diff,
    )
    from sanctionslib.query.rescreening import rescreen as rescreen
    from sanctionslib.reference import (
        authorities as authorities,
        countries as countries,
        named_lists as named_lists,
        programs as programs,
    )
    from sanctionslib.samples import open_sample as open_sample
    # isort: on
else:
    _NAMES = {
        "": "answers catalog display errors export matching model parsers reference",
        "answers": "Subject WeakAliases",
        "api": "Archive fetch formats lists load read sample template",
        "errors": (
            "AmbiguousIdError ArchiveError BlockedError FetchError ImplausibleEditionError "
            "IncompleteEditionError InvalidInputError MissingExtraError NotFoundError NotStatedError "
            "ParseError SanctionsError SanctionsWarning StaleError UnreadableError"
        ),
        "export": "from_dict to_dict",
        "matching": "Screening compare",
        "model": (
            "Address Aircraft AliasStrength Authority Birth Country Designation Edition Entity "
            "EntityRef Event EventKind Fact Feature FeatureKind Gender Identifier IdentifierKind "
            "LegalBasis Listing Measure MeasureKind Name NameKind NamePart NamePartKind Nationality "
            "Organization PartialDate Person Place Program Relation RelationKind Scope Vessel"
        ),
        "query": "SanctionsList combine diff",
        "query.rescreening": "rescreen",
        "reference": "authorities countries named_lists programs",
        "samples": "open_sample",
    }
    _HOMES = {name: module for module, names in _NAMES.items() for name in names.split()}
    __all__ = [*sorted(name for name, module in _HOMES.items() if module), "__version__"]

    def __getattr__(name):
        from importlib import import_module

        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module = _HOMES[name]
        value = import_module(f"{__name__}.{module or name}")
        globals()[name] = value = getattr(value, name) if module else value
        return value

    def __dir__():
        return sorted([*_HOMES, "__version__"])
