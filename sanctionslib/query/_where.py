"""The conditions of `where`: each is met, not met, or undetermined.

A party without a stated nationality is neither Bangladeshi nor not: it is undetermined. A code that
neither our tables nor the list know raises, so that a misspelling is not an empty answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import cast

import attrs

from sanctionslib.catalog import CATEGORIES
from sanctionslib.errors import Hint, InvalidInputError
from sanctionslib.model import (
    Country,
    Designation,
    Edition,
    Entity,
    Fact,
    MeasureKind,
    PartialDate,
    Person,
    Vessel,
)
from sanctionslib.model.facts import COUNTRY_PARTS
from sanctionslib.query._messages import near
from sanctionslib.reference import (
    authorities,
    countries,
    is_known_place,
    named_lists,
    programs,
    read_country,
    with_bureaus,
)

__all__ = ["Condition", "Verdict", "conditions", "known_countries"]

Verdict = bool | None
"""True, False, or None where the party lacks the value."""


@attrs.frozen(kw_only=True)
class Condition:
    """One keyword of `where`."""

    text: str
    """As it was given, for `Selection.criteria`."""
    fact: Fact | None = None
    """What it asks for; None for what is known of every entity."""
    parts: tuple[Fact, ...] = ()
    """The facts that it is made of, where there are several (`country`)."""
    list_ids: frozenset[str] = frozenset()
    """For `list_id`: the lists."""
    named_lists: frozenset[str] = frozenset()
    """For `named_list`: the names of the lists."""
    of_entity: Callable[[Entity], Verdict] | None = None
    of_designation: Callable[[Designation], Verdict] | None = None
    """Exactly one of the two."""


_OF_ENTITY: Mapping[str, Callable[[Entity], str]] = {
    "list_id": lambda one: one.list_id,
    "category": lambda one: "sanctions" if one.edition is None else one.edition.category,
}
"""Keywords → what every entity has."""

_OF_DESIGNATION: Mapping[str, tuple[Fact, Callable[[Designation], Collection[object]]]] = {
    "named_list": (Fact.LIST, lambda one: [each.list_name for each in one.listings]),
    "authority": (
        Fact.AUTHORITY,
        lambda one: (one.authority.code, one.authority.name) if one.authority else (),
    ),
    "program": (Fact.PROGRAM, lambda one: one.programs),
    "measure": (
        Fact.MEASURE,
        lambda one: [value for each in one.measures for value in (each.kind, each.raw)],
    ),
}
"""Keywords → the fact that they ask for, and what a designation states of it."""

_TABLES: Mapping[str, Callable[[], Mapping[str, object]]] = {
    "list_id": dict,
    "category": lambda: {one: one for one in CATEGORIES},
    "named_list": lambda: {
        text: one.name for one in named_lists.values() for text in (one.name, one.code)
    },
    "authority": lambda: {
        text: text for one in authorities.values() for text in (one.code, one.name)
    },
    "program": lambda: {one: one for one in programs},
    "measure": lambda: {one.value: one for one in MeasureKind},
}
"""Keywords → the values that our tables know, and what each stands for."""


def _any_country(one: Entity) -> Sequence[Country | None]:
    return [*one.countries, *(_birth_countries(one) if isinstance(one, Person) else ())]


def _nationalities(one: Person) -> Sequence[Country | None]:
    return [each.country for each in (*one.nationalities, *one.citizenships)]


def _addresses(one: Entity) -> Sequence[Country | None]:
    return [each.country for each in one.addresses]


def _birth_countries(one: Person) -> Sequence[Country | None]:
    return [birth.place.country for birth in one.births if birth.place is not None]


def _flags(one: Vessel) -> Sequence[Country | None]:
    return one.flags


_Countries = Callable[..., "Sequence[Country | None]"]
"""The countries of a party, None for a place without a readable one."""

_BY_COUNTRY: Mapping[str, tuple[Fact, tuple[Fact, ...], type[Entity], _Countries]] = {
    "country": (Fact.COUNTRY, COUNTRY_PARTS, Entity, _any_country),
    "nationality": (
        Fact.NATIONALITY,
        (Fact.NATIONALITY, Fact.CITIZENSHIP),
        Person,
        _nationalities,
    ),
    "address_country": (Fact.ADDRESS, (), Entity, _addresses),
    "birth_country": (Fact.BIRTH_PLACE, (), Person, _birth_countries),
    "flag": (Fact.FLAG, (), Vessel, _flags),
}
"""Keywords → the fact, its parts, the only kind of party that has it, and its countries."""


def conditions(
    given: Mapping[str, object],
    entities: Sequence[Entity],
    editions: Sequence[Edition],
    kinds: tuple[type[Entity], ...] | None,
) -> list[Condition]:
    """The conditions behind the keywords of `where`, in their order; `listed` has both ends.

    Raises:
        InvalidInputError: A value makes no sense, or neither our tables nor the list know it.
    """
    found: list[Condition] = []
    names: frozenset[str] | None = None
    for keyword, value in given.items():
        criterion = f"{keyword}={_written(value)}"
        if value is None:
            continue
        if keyword == "delisted":
            found.append(_delisted(criterion, value))
        elif keyword == "listed":
            found.append(_listed(*cast("tuple[object, object]", value), names))
        elif keyword in _BY_COUNTRY:
            found.append(_by_country(criterion, keyword, value, entities, kinds))
        else:
            wanted = _wanted(keyword, value, entities, editions)
            if keyword == "named_list":
                names = cast("frozenset[str]", wanted)
            found.append(_one_of(criterion, keyword, wanted))
    return found


# ── values ────────────────────────────────────────────────────────────────────────────────────


def _several(keyword: str, value: object) -> tuple[str | MeasureKind, ...]:
    """The value or values of a keyword."""
    is_one = isinstance(value, (str, MeasureKind))
    several = tuple(cast("Collection[object]", value)) if isinstance(value, Collection) else ()
    found = (value,) if is_one else several
    kinds = (str, MeasureKind) if keyword == "measure" else (str,)
    if not found or not all(isinstance(one, kinds) and one for one in found):
        raise InvalidInputError(
            f"{keyword}={value!r} is neither a value nor several",
            argument=keyword,
            hints=(Hint("leave {} out to take all", keyword),),
        )
    return cast("tuple[str | MeasureKind, ...]", found)


def _written(value: object) -> str:
    if isinstance(value, Collection) and not isinstance(value, str):
        return f"({', '.join(map(_written, cast('Collection[object]', value)))})"
    return str(value) if isinstance(value, MeasureKind) else repr(value)


def _wanted(
    keyword: str, value: object, entities: Sequence[Entity], editions: Sequence[Edition]
) -> frozenset[object]:
    """The values that are asked for, each as entities state it."""
    table = _TABLES[keyword]()
    found: set[object] = set()
    for one in _several(keyword, value):
        if isinstance(one, MeasureKind):
            found.add(one)
        elif one in table:
            found.add(table[one])
        elif one in (held := _held(keyword, entities, editions)):
            found.add(one)
        else:
            raise _unknown(keyword, one, held | set(table))
    return with_bureaus(map(str, found)) if keyword == "authority" else frozenset(found)


def _held(keyword: str, entities: Sequence[Entity], editions: Sequence[Edition]) -> set[str]:
    """The values of a keyword that occur in the list."""
    if keyword == "list_id":
        return {one.list_id for one in editions} | {one.list_id for one in entities}
    if keyword in _OF_ENTITY:
        return set()
    _, stated = _OF_DESIGNATION[keyword]
    values = {value for one in entities for each in one.designations for value in stated(each)}
    return {one for one in values if isinstance(one, str) and one}


def _unknown(
    keyword: str,
    value: str,
    known: Collection[str],
    otherwise: str = "codes are compared exactly, upper and lower case included",
) -> InvalidInputError:
    what = f"{keyword}={value!r} is known neither to this library nor to this list"
    if keyword == "list_id":
        what = f"list_id={value!r} is none of the lists here"
        otherwise = f"here are {', '.join(sorted(known)) or 'none'}"
    close = tuple(known) if len(known) == 1 and keyword != "list_id" else near(value, known)
    return InvalidInputError(
        what,
        argument=keyword,
        hint=f"did you mean {' or '.join(map(repr, close))}?" if close else otherwise,
    )


# ── conditions ────────────────────────────────────────────────────────────────────────────────


def _delisted(text: str, wanted: object) -> Condition:
    if not isinstance(wanted, bool):
        raise InvalidInputError(
            f"{text} is neither True nor False", argument="delisted", hint="say one of the two"
        )
    # A list that never prints delisted parties has not delisted those that it prints.
    fact = Fact.DELISTING_DATE if wanted else None
    return Condition(text=text, fact=fact, of_entity=lambda one: one.is_delisted is wanted)


def _one_of(text: str, keyword: str, wanted: frozenset[object]) -> Condition:
    if keyword in _OF_ENTITY:
        value = _OF_ENTITY[keyword]
        return Condition(
            text=text,
            list_ids=cast("frozenset[str]", wanted) if keyword == "list_id" else frozenset(),
            of_entity=lambda one: value(one) in wanted,
        )
    fact, stated = _OF_DESIGNATION[keyword]

    def verdict(designation: Designation) -> Verdict:
        values = stated(designation)
        return not wanted.isdisjoint(values) if values else None

    return Condition(
        text=text,
        fact=fact,
        named_lists=cast("frozenset[str]", wanted) if keyword == "named_list" else frozenset(),
        of_designation=verdict,
    )


def _listed(first: object, last: object, names: frozenset[str] | None) -> Condition:
    """The date of listing, on the named lists that are asked for as well."""
    start, end = _day("listed_from", first), _day("listed_to", last)
    if start is not None and end is not None and start > end:
        raise InvalidInputError(
            f"listed_from={first!r} is after the last day, {last!r}",
            argument="listed_from",
            hint="exchange the two",
        )
    window = PartialDate.between(start, end)

    def verdict(designation: Designation) -> Verdict:
        listings = [one for one in designation.listings if names is None or one.list_name in names]
        dates = [one.listed_since for one in listings] or [designation.listed_since]
        if all(one is None for one in dates) and names is None:
            dates = [designation.listed_since]
        read = [one for one in dates if one is not None and one.is_read]
        if any(one.overlaps(window) for one in read):
            return True
        return False if len(read) == len(dates) else None

    criterion = ", ".join(
        f"{keyword}={str(value)!r}"
        for keyword, value in (("listed_from", first), ("listed_to", last))
        if value is not None
    )
    return Condition(text=criterion, fact=Fact.LISTING_DATE, of_designation=verdict)


def _day(keyword: str, value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str):
        parsed = PartialDate.parse(value)
        day = parsed.earliest if keyword == "listed_from" else parsed.latest
        if day is not None:
            return day
    raise InvalidInputError(
        f"{keyword}={value!r} is not a date",
        argument=keyword,
        hint="write YYYY-MM-DD, YYYY-MM or YYYY",
    )


def _by_country(
    text: str,
    keyword: str,
    value: object,
    entities: Sequence[Entity],
    kinds: tuple[type[Entity], ...] | None,
) -> Condition:
    fact, parts, only, stated = _BY_COUNTRY[keyword]
    if not any(issubclass(only, one) or issubclass(one, only) for one in kinds or (Entity,)):
        names = " or ".join(one.__name__ for one in kinds or ())
        raise InvalidInputError(
            f"{keyword}= cannot be asked of {names}: only a {only.__name__} has one",
            argument=keyword,
            hints=(
                Hint("{} asks for any country of the party", "country"),
                Hint("{} for its addresses", "address_country"),
            ),
        )
    wanted = {_country(str(one), keyword, entities) for one in _several(keyword, value)}

    def verdict(entity: Entity) -> Verdict:
        if not isinstance(entity, only):
            return None if type(entity) is Entity else False
        found = stated(entity)
        if any(one is not None and (one.code in wanted or one.raw in wanted) for one in found):
            return True
        # "Khartoum Sudan", "undetermined", "West Bank": stated, and it could be the one asked for.
        is_decided = bool(found) and all(one is not None and one.code for one in found)
        return False if is_decided else None

    return Condition(text=text, fact=fact, parts=parts, of_entity=verdict)


def _country(text: str, keyword: str, entities: Sequence[Entity]) -> str:
    """The code of a country, or the text itself where the list spells a place without code so."""
    if text in countries:
        return text
    if (code := read_country(text).code) is not None:
        return code  # a name: then every spelling of that country counts
    stated = (each for one in entities for each in one.countries)
    held = {value for one in stated for value in (one.code, one.raw) if value}
    if text in held:
        return text
    similar = {one for one in held if text.casefold() in one.casefold()}
    if is_known_place(text) and not similar:
        raise InvalidInputError(
            f"{keyword}={text!r} has no ISO code, or could be of several states, and this list "
            "does not spell it so",
            argument=keyword,
            hint="give the code that you mean, or the list's own words ('Region: Gaza')",
        )
    # Who writes a name means a name: "Chna" is not CH.
    known = set(countries.values() if len(text) > 3 else countries)
    upper = text.upper()
    raise _unknown(
        keyword,
        text,
        {upper} if upper in countries else similar or known,
        "give its code of ISO 3166, in capitals, or its English name",
    )


def known_countries(
    value: str | Collection[str], entities: Sequence[Entity]
) -> tuple[Country, ...]:
    """The countries that are meant, each once; without a code those that the list spells so."""
    found: dict[str, Country] = {}
    for text in map(str, _several("country", value)):
        known = _country(text, "country", entities)
        found.setdefault(known, Country(code=known if known in countries else None, raw=text))
    return tuple(found.values())
