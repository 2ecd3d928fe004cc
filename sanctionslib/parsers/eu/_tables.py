"""The tables of the EU's values, for both files: each file spells the attributes differently."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps

import attrs

from sanctionslib.model import LegalBasis
from sanctionslib.parsers._engine.dates import partial_date
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.rules import Build, Rule, Rules, Unused, constant, one, parts, to
from sanctionslib.parsers.eu import _values as eu

__all__ = [
    "ACT",
    "FROM_REMARK",
    "Spelling",
    "address",
    "birth",
    "citizenship",
    "identification",
    "name",
]

_COUNTRY = ("countryIso2Code", "countryDescription")
FROM_REMARK = ("kind", "country", "name_text", "issued", "expires")
"""Fields that the remark on a document can fill."""
ACT: Rules = {
    "numberTitle": to("title"),
    "regulationType": to("kind"),
    "organisationType": to("issuer"),
    "publicationDate": to("published", partial_date),
    "entryIntoForceDate": to("in_force", partial_date),
    "publicationUrl": to("url"),
}


@attrs.frozen
class Spelling:
    """The spelling of a value's attributes in a file."""

    path: Callable[[str], str]
    """The path of an attribute."""
    act: Rules
    """The act of a value: the rules of `LegalBasis`, by path."""
    more: Rules
    """The rules of what every value has in addition to its attributes."""

    def rules(self, rules: Rules, *made: Mapping[str, Rule]) -> Rules:
        """The rules of a value: of single attributes, and of those that make one value together."""
        found: dict[str, Rule] = {
            **one("basis", LegalBasis, self.act, shared=True),
            self.path("regulationLanguage"): constant("en"),
            self.path("logicalId"): to("source_id"),
            **self.more,
        }
        for each in made:
            found |= each
        return found | {self.path(name): rule for name, rule in rules.items()}

    def parts(
        self, field: str, build: Build, *names: str, also: tuple[str, ...] = ()
    ) -> Mapping[str, Rule]:
        """The rules of attributes that make one value; `build` gets them by their names."""
        paths = {self.path(name): name for name in names}

        @wraps(build)
        def by_name(given: Mapping[str, str], entry: Entry) -> object:
            return build({paths[at]: text for at, text in given.items()}, entry)

        return parts(field, by_name, *paths, also=also)


def name(of: Spelling) -> Rules:
    """A name, with facts about the party."""
    return of.rules(
        {
            "nameLanguage": to("language", eu.language),
            "function": to("inner", eu.function, also=("Person.positions",)),
            "title": to("inner", eu.title, also=("Person.titles",)),
            "gender": to("inner", eu.GENDERS, also=("Person.genders",)),
        },
        of.parts("parts", eu.name_parts, *eu.PARTS, also=("text",)),
    )


def birth(of: Spelling) -> Rules:
    """A birth."""
    day = ("birthdate", "year", "monthOfYear", "dayOfMonth")
    return of.rules(
        {
            "circa": to("inner", eu.CIRCA, also=("date",)),
            "calendarType": to("inner", eu.CALENDARS, also=("date",)),
        },
        of.parts("date", eu.birth_date, *day, "yearRangeFrom", "yearRangeTo"),
        of.parts("place", eu.birth_place, "place", "city", "zipCode", "region", *_COUNTRY),
    )


def citizenship(of: Spelling) -> Rules:
    """A citizenship."""
    country = of.parts("country", eu.named_country, *_COUNTRY)
    return of.rules({"region": to("inner", eu.stated, also=("note",))}, country)


def address(of: Spelling) -> Rules:
    """An address."""
    return of.rules(
        {
            "street": to("lines"),
            "poBox": to("po_box"),
            "city": to("city", eu.stated),
            "place": to("place", eu.stated),
            "region": to("region"),
            "zipCode": to("postal_code"),
            "asAtListingTime": to("inner", eu.AT_LISTING, also=("note",)),
        },
        of.parts("country", eu.named_country, *_COUNTRY),
    )


def identification(of: Spelling) -> Rules:
    """A document or another number."""
    flags = {at: to("flags", {"true": flag, "false": ()}) for at, flag in eu.FLAGS.items()}
    return of.rules(
        {
            "identificationTypeCode": to("kind", eu.DOCUMENTS, raw="raw_kind"),
            "identificationTypeDescription": Unused("the code in words"),
            "number": to("value"),
            "latinNumber": to("inner", eu.latin_number, also=("note",)),
            "nameOnDocument": to("name_text"),
            "issueDate": to("issued", partial_date),
            "validFrom": to("inner", eu.valid_from, also=("note",)),
            "validTo": to("expires", partial_date),
            **flags,
        },
        of.parts("country", eu.named_country, *_COUNTRY),
        of.parts("issuer", eu.issuer, "issuedBy", "region"),
    )
