"""The criteria of `where`: one table, from a keyword to what is stated of it and what is known.

A condition is met, not met, or undetermined: a party without a stated nationality is neither
Bangladeshi nor not. A code that neither our tables nor the list know raises, so that a misspelling is
not an empty answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

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
from sanctionslib.model.words import folded
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

Verdict = bool | None
"""True, False, or None where the party lacks the value."""


@attrs.frozen
class Criterion:
    """What a keyword looks at."""

    of: type[Entity | Designation]
    """What states it; a party of another kind cannot meet it."""
    fact: Fact | None
    """What it asks for; None for what is known of every entity."""
    stated: Callable[[Any], Collection[object]]
    """The values that are stated; None among them for one that could be any."""
    known: Callable[[], Mapping[str, object]] | None = None
    """The values of our tables, and what each stands for; None for countries."""
    parts: tuple[Fact, ...] = ()
    """The facts that it is made of, where there are several."""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that answer it, each in part."""
        return self.parts or ((self.fact,) if self.fact else ())


@attrs.frozen
class Condition:
    """A keyword of `where` with the values that are asked for."""

    keyword: str
    text: str
    """As it was given, for `Selection.criteria`."""
    criterion: Criterion
    wanted: frozenset[object]

    def meets(self, one: Entity | Designation) -> Verdict:
        """Whether one of the values is stated."""
        criterion = self.criterion
        if not isinstance(one, criterion.of):
            return None if type(one) is Entity else False
        values = criterion.stated(one)
        if not self.wanted.isdisjoint(values):
            return True
        return None if not values or None in values else False


def _category(one: Entity) -> tuple[str]:
    return ("sanctions" if one.edition is None else one.edition.category,)


def _list_names(one: Designation) -> list[str]:
    return [each.list_name for each in one.listings]


def _authority(one: Designation) -> tuple[str, ...]:
    return (one.authority.code, one.authority.name) if one.authority else ()


def _measures(one: Designation) -> list[MeasureKind | str]:
    return [value for each in one.measures for value in (each.kind or each.raw, each.raw)]


def _all_countries(one: Entity) -> list[str | None]:
    return _places([*one.countries, *(_births(one) if isinstance(one, Person) else ())])


def _nationalities(one: Person) -> list[str | None]:
    return _places([each.country for each in (*one.nationalities, *one.citizenships)])


def _addresses(one: Entity) -> list[str | None]:
    return _places([each.country for each in one.addresses])


def _births(one: Person) -> list[Country | None]:
    return [birth.place.country for birth in one.births if birth.place is not None]


def _places(stated: Iterable[Country | None]) -> list[str | None]:
    """Codes and texts of countries; None for a place that could be in the one asked for.

    Such are "Khartoum Sudan", "undetermined", "West Bank": stated, and without a code.
    """
    return [text for one in stated for text in ((one.code, one.raw) if one else (None,))]


def _known_lists() -> dict[str, object]:
    return {text: one.name for one in named_lists.values() for text in (one.name, one.code)}


def _known_authorities() -> dict[str, object]:
    return {text: text for one in authorities.values() for text in (one.code, one.name)}


_CRITERIA: Mapping[str, Criterion] = {
    "list_id": Criterion(Entity, None, lambda one: (one.list_id,), dict),
    "category": Criterion(Entity, None, _category, lambda: {one: one for one in CATEGORIES}),
    "named_list": Criterion(Designation, Fact.LIST, _list_names, _known_lists),
    "authority": Criterion(Designation, Fact.AUTHORITY, _authority, _known_authorities),
    "program": Criterion(
        Designation, Fact.PROGRAM, lambda one: one.programs, lambda: {one: one for one in programs}
    ),
    "measure": Criterion(
        Designation, Fact.MEASURE, _measures, lambda: {one.value: one for one in MeasureKind}
    ),
    "country": Criterion(Entity, Fact.COUNTRY, _all_countries, parts=COUNTRY_PARTS),
    "nationality": Criterion(
        Person, Fact.NATIONALITY, _nationalities, parts=(Fact.NATIONALITY, Fact.CITIZENSHIP)
    ),
    "address_country": Criterion(Entity, Fact.ADDRESS, _addresses),
    "birth_country": Criterion(Person, Fact.BIRTH_PLACE, lambda one: _places(_births(one))),
    "flag": Criterion(Vessel, Fact.FLAG, lambda one: _places(one.flags)),
}


def conditions(
    given: Mapping[str, object],
    entities: Sequence[Entity],
    editions: Sequence[Edition],
    kinds: tuple[type[Entity], ...] | None,
) -> list[Condition]:
    """The conditions behind the keywords of `where`, in their order; `listed` has both ends."""
    found: list[Condition] = []
    names: frozenset[object] = frozenset()
    for keyword, value in given.items():
        if value is None:
            continue
        if keyword == "delisted":
            found.append(_delisted(value))
        elif keyword == "listed":
            found.append(_listed(*cast("tuple[object, object]", value), names))
        else:
            criterion = _CRITERIA[keyword]
            _check_kinds(keyword, criterion.of, kinds)
            wanted = _wanted(keyword, _several(keyword, value), entities, editions)
            names = wanted if keyword == "named_list" else names
            found.append(Condition(keyword, f"{keyword}={_written(value)}", criterion, wanted))
    return found


def _delisted(wanted: object) -> Condition:
    text = f"delisted={wanted!r}"
    if not isinstance(wanted, bool):
        raise InvalidInputError(
            f"{text} is neither True nor False", argument="delisted", hint="say one of the two"
        )
    # A list that never prints delisted parties has not delisted those that it prints.
    fact = Fact.DELISTING_DATE if wanted else None
    criterion = Criterion(Entity, fact, lambda one: (one.is_delisted,))
    return Condition("delisted", text, criterion, frozenset({wanted}))


def _listed(first: object, last: object, names: frozenset[object]) -> Condition:
    """The date of listing, on the named lists that are asked for as well."""
    start, end = _day("listed_from", first), _day("listed_to", last)
    if start is not None and end is not None and start > end:
        raise InvalidInputError(
            f"listed_from={first!r} is after the last day, {last!r}",
            argument="listed_from",
            hint="exchange the two",
        )
    window = PartialDate.between(start, end)

    def is_within(one: Designation) -> list[bool | None]:
        """Of each day of listing whether it can be in the time; None for one that was not read."""
        listings = [each for each in one.listings if not names or each.list_name in names]
        days = [each.listed_since for each in listings]
        if not listings or (not names and not any(days)):
            days = [one.listed_since]
        return [day.overlaps(window) if day and day.is_read else None for day in days]

    ends = {"listed_from": first, "listed_to": last}
    text = ", ".join(f"{key}={str(one)!r}" for key, one in ends.items() if one is not None)
    criterion = Criterion(Designation, Fact.LISTING_DATE, is_within)
    return Condition("listed", text, criterion, frozenset({True}))


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


# ── values ────────────────────────────────────────────────────────────────────────────────────


def _check_kinds(keyword: str, of: type, kinds: tuple[type[Entity], ...] | None) -> None:
    """Raise where no party of the kinds that are asked for can have it."""
    if not kinds or of is Designation:
        return
    if not any(issubclass(of, one) or issubclass(one, of) for one in kinds):
        names = " or ".join(one.__name__ for one in kinds)
        raise InvalidInputError(
            f"{keyword}= cannot be asked of {names}: only a {of.__name__} has one",
            argument=keyword,
            hints=(
                Hint("{} asks for any country of the party", "country"),
                Hint("{} for its addresses", "address_country"),
            ),
        )


def _several(keyword: str, value: object) -> tuple[object, ...]:
    """The value or values of a keyword."""
    kinds = (str, MeasureKind) if keyword == "measure" else (str,)
    found: tuple[object, ...] = (value,)
    if isinstance(value, Collection) and not isinstance(value, str):
        found = tuple(cast("Collection[object]", value))
    if not found or not all(isinstance(one, kinds) and one for one in found):
        raise InvalidInputError(
            f"{keyword}={value!r} is neither a value nor several",
            argument=keyword,
            hints=(Hint("leave {} out to take all", keyword),),
        )
    return found


def _written(value: object) -> str:
    if isinstance(value, Collection) and not isinstance(value, str):
        return f"({', '.join(map(_written, cast('Collection[object]', value)))})"
    return str(value) if isinstance(value, MeasureKind) else repr(value)


def _wanted(
    keyword: str,
    several: tuple[object, ...],
    entities: Sequence[Entity],
    editions: Sequence[Edition],
) -> frozenset[object]:
    """The values that are asked for, each as it is stated."""
    known_values = _CRITERIA[keyword].known
    if known_values is None:
        return frozenset(
            each for one in several for each in _countries(str(one), keyword, entities)
        )
    known = known_values()
    found: set[object] = set()
    for one in several:
        if isinstance(one, MeasureKind):
            found.add(one)
        elif one in known:
            found.add(known[str(one)])
        elif one in (held := _held(keyword, entities, editions)):
            found.add(one)
        elif alike := _alike(str(one), (*known, *held)):
            found.update(known.get(each, each) for each in alike)
        else:
            raise _unknown(keyword, str(one), held | set(known))
    return frozenset(with_bureaus(map(str, found)) if keyword == "authority" else found)


def _alike(value: str, known: Iterable[str]) -> list[str]:
    """The known values that differ in case, blanks and hyphens alone."""
    text = folded(value)
    return [one for one in known if folded(one) == text]


def _held(keyword: str, entities: Sequence[Entity], editions: Sequence[Edition]) -> set[str]:
    """The values of a keyword that occur in the list."""
    criterion = _CRITERIA[keyword]
    found = {one.list_id for one in editions} if keyword == "list_id" else set[str]()
    for entity in entities:
        for one in entity.designations if criterion.of is Designation else (entity,):
            found.update(each for each in criterion.stated(one) if isinstance(each, str) and each)
    return found


def _unknown(
    keyword: str,
    value: str,
    known: Collection[str],
    otherwise: str = "codes are compared whole, in upper or lower case",
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


def _countries(text: str, keyword: str, entities: Sequence[Entity]) -> Sequence[str]:
    """The code of a country, or the texts with which the list spells a place without code so."""
    if (code := text.upper()) in countries:
        return (code,)
    if (named := read_country(text).code) is not None:
        return (named,)  # a name: then every spelling of that country counts
    stated = (each for one in entities for each in one.countries)
    held = {value for one in stated for value in (one.code, one.raw) if value}
    if found := [text] if text in held else _alike(text, held):
        return found
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
    raise _unknown(
        keyword, text, similar or known, "give its code of ISO 3166, or its English name"
    )


def known_countries(
    value: str | Collection[str], entities: Sequence[Entity]
) -> tuple[Country, ...]:
    """The countries that are meant, each once; without a code those that the list spells so."""
    found: dict[str, Country] = {}
    for text in map(str, _several("country", value)):
        for known in _countries(text, "country", entities):
            code = known if known in countries else None
            found.setdefault(known, Country(code=code, raw=text if code else known))
    return tuple(found.values())
