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
    # What type checkers and editors see. `_NAMES` is what Python sees; a test compares the two.
    from sanctionslib import answers as answers
    from sanctionslib import catalog as catalog
    from sanctionslib import display as display
    from sanctionslib import errors as errors
    from sanctionslib import export as export
    from sanctionslib import matching as matching
    from sanctionslib import model as model
    from sanctionslib import parsers as parsers
    from sanctionslib import reference as reference
    from sanctionslib.answers import (
        Subject as Subject,
    )
    from sanctionslib.answers import (
        WeakAliases as WeakAliases,
    )
    from sanctionslib.api import (
        Archive as Archive,
    )
    from sanctionslib.api import (
        fetch as fetch,
    )
    from sanctionslib.api import (
        formats as formats,
    )
    from sanctionslib.api import (
        lists as lists,
    )
    from sanctionslib.api import (
        load as load,
    )
    from sanctionslib.api import (
        read as read,
    )
    from sanctionslib.api import (
        sample as sample,
    )
    from sanctionslib.api import (
        template as template,
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
        UnreadableError as UnreadableError,
    )
    from sanctionslib.export import (
        from_dict as from_dict,
    )
    from sanctionslib.export import (
        to_dict as to_dict,
    )
    from sanctionslib.matching import (
        Screening as Screening,
    )
    from sanctionslib.matching import (
        compare as compare,
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
        Country as Country,
    )
    from sanctionslib.model import (
        Designation as Designation,
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
        PartialDate as PartialDate,
    )
    from sanctionslib.model import (
        Person as Person,
    )
    from sanctionslib.model import (
        Place as Place,
    )
    from sanctionslib.model import (
        Program as Program,
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
    from sanctionslib.query import (
        SanctionsList as SanctionsList,
    )
    from sanctionslib.query import (
        combine as combine,
    )
    from sanctionslib.query import (
        diff as diff,
    )
    from sanctionslib.query import (
        rescreen as rescreen,
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
    from sanctionslib.samples import open_sample as open_sample
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
        "query": "SanctionsList combine diff rescreen",
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
