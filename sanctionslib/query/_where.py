"""The conditions of `SanctionsList.where`: each is yes, no, or not to be decided.

A party without a stated nationality is neither Bangladeshi nor not: it is undecided, counted, and
dropped or kept as the caller says. A condition on something that the edition never states raises,
because "none" would be a false answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

import attrs

from sanctionslib.catalog import CATEGORIES
from sanctionslib.errors import Hint, InvalidInputError
from sanctionslib.model import (
    Country,
    Designation,
    Entity,
    Fact,
    Measure,
    MeasureKind,
    PartialDate,
    Person,
    Vessel,
)
from sanctionslib.model.facts import COUNTRY_PARTS
from sanctionslib.query._near import near
from sanctionslib.reference import (
    authorities,
    countries,
    is_known_place,
    named_lists,
    programs,
    read_country,
    with_bureaus,
)

__all__ = [
    "Condition",
    "Held",
    "Verdict",
    "conditions",
    "designation_verdict",
    "known_countries",
]

Verdict = bool | None
"""True, False, or None where the party lacks the value."""

Texts = str | Collection[str] | None


@attrs.frozen(kw_only=True)
class Condition:
    """One keyword of `where`."""

    text: str
    """As it was given, for `Selection.criteria`."""
    fact: Fact | None
    """What it asks for; None for what each edition says of all of its parties."""
    parts: tuple[Fact, ...] = ()
    """The facts that it is made of, where there are several (`country`)."""
    lists: frozenset[str] = frozenset()
    """For `named_list`: the names of the lists."""
    of_entity: Callable[[Entity], Verdict] | None = None
    of_designation: Callable[[Designation], Verdict] | None = None
    """Exactly one of the two."""


class Held:
    """The codes that occur in a list, collected when first asked for."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._entities = entities

    def programs(self) -> set[str]:
        return {code for each in self._entities for code in each.programs}

    def lists(self) -> set[str]:
        return {one.list_name for each in self._entities for one in each.listings}

    def authorities(self) -> set[str]:
        found = (one.authority for each in self._entities for one in each.designations)
        return {text for one in found if one is not None for text in (one.code, one.name)}

    def measures(self) -> set[str]:
        return {one.raw for each in self._entities for one in each.measures}

    def countries(self) -> set[str]:
        found = (one for each in self._entities for one in each.countries)
        return {text for one in found for text in (one.code, one.raw) if text}


def conditions(
    held: Held,
    *,
    category: Texts = None,
    delisted: bool | None = None,
    named_list: Texts = None,
    authority: Texts = None,
    program: Texts = None,
    measure: str | MeasureKind | Collection[str | MeasureKind] | None = None,
    listed_from: date | str | None = None,
    listed_to: date | str | None = None,
    country: Texts = None,
    nationality: Texts = None,
    address_country: Texts = None,
    birth_country: Texts = None,
    flag: Texts = None,
    kinds: tuple[type[Entity], ...] | None = None,
) -> list[Condition]:
    """The conditions behind the keywords of `where`.

    Raises:
        InvalidInputError: A code that neither our tables nor the list know, or a bad date.
    """
    found: list[Condition] = []
    names: frozenset[str] | None = None
    if category is not None:
        found.append(_category(category))
    if delisted is not None:
        found.append(_delisted(delisted))
    if named_list is not None:
        names = frozenset(_list_name(one, held) for one in _several("named_list", named_list))
        found.append(_on_list(named_list, names))
    if authority is not None:
        found.append(_authority(authority, held))
    if program is not None:
        found.append(_program(program, held))
    if measure is not None:
        found.append(_measure(measure, held))
    if listed_from is not None or listed_to is not None:
        found.append(_listed(listed_from, listed_to, names))
    by_country = {
        "country": (country, Fact.COUNTRY, COUNTRY_PARTS, _any_country),
        "nationality": (nationality, Fact.NATIONALITY, _NATIONALITY_PARTS, _nationalities),
        "address_country": (address_country, Fact.ADDRESS, (), _addresses),
        "birth_country": (birth_country, Fact.BIRTH_PLACE, (), _birth_countries),
        "flag": (flag, Fact.FLAG, (), _flags),
    }
    for keyword, (value, fact, parts, read) in by_country.items():
        if value is not None:
            _check_kinds(keyword, kinds)
            wanted = frozenset(_country(one, keyword, held) for one in _several(keyword, value))
            found.append(
                Condition(
                    text=f"{keyword}={displayable(value)}",
                    fact=fact,
                    parts=parts,
                    of_entity=_is_in(wanted, read),
                )
            )
    return found


def designation_verdict(entity: Entity, all_of: Sequence[Condition]) -> tuple[Verdict, set[Fact]]:
    """Whether one and the same designation meets all conditions, and what was lacking if unsure."""
    best: Verdict = False
    undetermined: set[Fact] = set()
    if not entity.designations:
        return None, {one.fact for one in all_of if one.fact is not None}
    for designation in entity.designations:
        verdicts = [
            (condition.fact, condition.of_designation(designation))
            for condition in all_of
            if condition.of_designation is not None
        ]
        if all(verdict is True for _, verdict in verdicts):
            return True, set()
        if not any(verdict is False for _, verdict in verdicts):
            best = None
            undetermined |= {
                fact for fact, verdict in verdicts if verdict is None and fact is not None
            }
    return best, undetermined


_NATIONALITY_PARTS = (Fact.NATIONALITY, Fact.CITIZENSHIP)


_ONLY_OF = {"nationality": Person, "birth_country": Person, "flag": Vessel}
"""Conditions that only one kind of party can meet."""


def _check_kinds(keyword: str, kinds: tuple[type[Entity], ...] | None) -> None:
    only = _ONLY_OF.get(keyword)
    if only is None or kinds is None:
        return
    if not any(issubclass(only, one) or issubclass(one, only) for one in kinds):
        names = " or ".join(one.__name__ for one in kinds)
        raise InvalidInputError(
            f"{keyword}= cannot be asked of {names}: only a {only.__name__} has one",
            argument=keyword,
            hints=(
                Hint("{} asks for any country of the party", "country"),
                Hint("{} for its addresses", "address_country"),
            ),
        )


def _several(keyword: str, value: str | Collection[str]) -> tuple[str, ...]:
    if not isinstance(value, Collection):
        raise _no_value(keyword, value)
    values = (value,) if isinstance(value, str) else tuple(value)
    if not values or not all(isinstance(one, str) and one for one in values):
        raise _no_value(keyword, value)
    return values


def _no_value(keyword: str, value: object) -> InvalidInputError:
    return InvalidInputError(
        f"{keyword}={value!r} is neither a value nor several",
        argument=keyword,
        hints=(Hint("leave {} out to take all", keyword),),
    )


def displayable(value: str | MeasureKind | Collection[str | MeasureKind]) -> str:
    if isinstance(value, MeasureKind):
        return str(value)
    if isinstance(value, str):
        return repr(value)
    return "(" + ", ".join(displayable(one) for one in value) + ")"


def _unknown(
    keyword: str,
    value: str,
    known: Collection[str],
    otherwise: str = "codes are compared exactly, upper and lower case included",
) -> InvalidInputError:
    close = tuple(known) if len(known) == 1 else near(value, set(known))
    return InvalidInputError(
        f"{keyword}={value!r} is known neither to this library nor to this list",
        argument=keyword,
        hint="did you mean " + " or ".join(repr(one) for one in close) + "?"
        if close
        else otherwise,
    )


def _category(given: str | Collection[str]) -> Condition:
    wanted = _several("category", given)
    for text in wanted:
        if text not in CATEGORIES:
            raise _unknown("category", text, CATEGORIES)

    def verdict(entity: Entity) -> Verdict:
        edition = entity.edition
        return ("sanctions" if edition is None else edition.category) in wanted

    return Condition(text=f"category={displayable(given)}", fact=None, of_entity=verdict)


def _delisted(wanted: bool) -> Condition:
    def verdict(entity: Entity) -> Verdict:
        return entity.is_delisted is wanted

    # Whoever stands on a list that prints nobody else is not taken off it.
    fact = Fact.DELISTING_DATE if wanted else None
    return Condition(text=f"delisted={wanted}", fact=fact, of_entity=verdict)


def _on_list(given: str | Collection[str], names: frozenset[str]) -> Condition:
    def verdict(designation: Designation) -> Verdict:
        if not designation.listings:
            return None
        return any(one.list_name in names for one in designation.listings)

    return Condition(
        text=f"named_list={displayable(given)}", fact=Fact.LIST, lists=names, of_designation=verdict
    )


def _list_name(text: str, held: Held) -> str:
    if text in named_lists:
        return named_lists[text].name
    lists = held.lists()
    if text not in lists:
        raise _unknown("named_list", text, lists | set(named_lists))
    return text


def _authority(given: str | Collection[str], held: Held) -> Condition:
    wanted = _several("authority", given)
    known = set(authorities) | {one.name for one in authorities.values()}
    for text in wanted:
        if text not in known and text not in held.authorities():
            raise _unknown("authority", text, known | held.authorities())
    of_all = with_bureaus(wanted)

    def verdict(designation: Designation) -> Verdict:
        found = designation.authority
        return None if found is None else found.code in of_all or found.name in of_all

    return Condition(
        text=f"authority={displayable(given)}", fact=Fact.AUTHORITY, of_designation=verdict
    )


def _program(given: str | Collection[str], held: Held) -> Condition:
    wanted = frozenset(_several("program", given))
    if unknown := [code for code in wanted if code not in programs]:
        codes = held.programs()
        for code in unknown:
            if code not in codes:
                raise _unknown("program", code, codes | set(programs))

    def verdict(designation: Designation) -> Verdict:
        if not designation.programs:
            return None
        return not wanted.isdisjoint(designation.programs)

    return Condition(
        text=f"program={displayable(given)}", fact=Fact.PROGRAM, of_designation=verdict
    )


def _measure(given: str | MeasureKind | Collection[str | MeasureKind], held: Held) -> Condition:
    if not isinstance(given, (MeasureKind, Collection)):
        raise _no_value("measure", given)
    several = (given,) if isinstance(given, (str, MeasureKind)) else tuple(given)
    if not several or not all(isinstance(one, MeasureKind) or one for one in several):
        raise _no_value("measure", given)
    wanted: set[MeasureKind | str] = set()
    for one in several:
        if isinstance(one, MeasureKind):
            wanted.add(one)
        elif one in {kind.value for kind in MeasureKind}:
            wanted.add(MeasureKind(one))
        elif one in held.measures():
            wanted.add(one)
        else:
            raise _unknown("measure", one, {kind.value for kind in MeasureKind} | held.measures())

    def meets(measure: Measure) -> bool:
        return measure.kind in wanted or measure.raw in wanted

    def verdict(designation: Designation) -> Verdict:
        if not designation.measures:
            return None
        return any(meets(one) for one in designation.measures)

    return Condition(
        text=f"measure={displayable(given)}", fact=Fact.MEASURE, of_designation=verdict
    )


def _listed(
    first: date | str | None, last: date | str | None, names: frozenset[str] | None
) -> Condition:
    start, end = _day("listed_from", first, last=False), _day("listed_to", last, last=True)
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

    given = [
        f"{keyword}={str(value)!r}"
        for keyword, value in (("listed_from", first), ("listed_to", last))
        if value is not None
    ]
    return Condition(text=", ".join(given), fact=Fact.LISTING_DATE, of_designation=verdict)


def _day(keyword: str, value: date | str | None, *, last: bool) -> date | None:
    if value is None or isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise InvalidInputError(
            f"{keyword}={value!r} is not a date",
            argument=keyword,
            hint="write YYYY-MM-DD, YYYY-MM or YYYY",
        )
    parsed = PartialDate.parse(value)
    day = parsed.latest if last else parsed.earliest
    if day is None:
        raise InvalidInputError(
            f"{keyword}={value!r} is not a date",
            argument=keyword,
            hint="write YYYY-MM-DD, YYYY-MM or YYYY",
        )
    return day


def _country(text: str, keyword: str, held: Held) -> str:
    if text in countries:
        return text
    if (code := read_country(text).code) is not None:
        return code  # a name: then every spelling of that country counts
    found = held.countries()
    if text in found:
        return text
    upper = text.upper()
    near_it = {one for one in found if text.casefold() in one.casefold()}
    if is_known_place(text) and not near_it:
        raise InvalidInputError(
            f"{keyword}={text!r} has no ISO code, or could be of several states, and this list "
            "does not spell it so",
            argument=keyword,
            hint="give the code that you mean, or the list's own words ('Region: Gaza')",
        )
    # Who writes a name means a name: "Chna" is not CH.
    known = set(countries.values() if len(text) > 3 else countries)
    raise _unknown(
        keyword,
        text,
        {upper} if upper in countries else near_it or known,
        "give its code of ISO 3166, in capitals, or its English name",
    )


def known_countries(
    value: str | Collection[str], held: Held, keyword: str = "country"
) -> tuple[Country, ...]:
    """The countries that are meant, each once; without a code those that the list spells so.

    Raises:
        InvalidInputError: One is known neither to our tables nor to the list.
    """
    found: dict[str, Country] = {}
    for text in _several(keyword, value):
        known = _country(text, keyword, held)
        found.setdefault(known, Country(code=known if known in countries else None, raw=text))
    return tuple(found.values())


_Read = Callable[[Entity], "tuple[Country | None, ...] | None"]
"""The countries of a party, None for a place without a readable one; None where it has no such."""


def _is_in(wanted: frozenset[str], read: _Read) -> Callable[[Entity], Verdict]:
    def verdict(entity: Entity) -> Verdict:
        found = read(entity)
        if found is None:
            return False
        stated = [one for one in found if one is not None]
        if any(one.code in wanted or one.raw in wanted for one in stated):
            return True
        # "Khartoum Sudan", "undetermined", "West Bank": stated, and it could be the one asked for.
        decided = bool(found) and all(one is not None and one.code for one in found)
        return False if decided else None

    return verdict


def _any_country(entity: Entity) -> tuple[Country | None, ...] | None:
    return (*entity.countries, *(_birth_countries(entity) or ()))


def _nationalities(entity: Entity) -> tuple[Country | None, ...] | None:
    if isinstance(entity, Person):
        return tuple(one.country for one in (*entity.nationalities, *entity.citizenships))
    return () if type(entity) is Entity else None


def _addresses(entity: Entity) -> tuple[Country | None, ...] | None:
    return tuple(one.country for one in entity.addresses)


def _birth_countries(entity: Entity) -> tuple[Country | None, ...] | None:
    if isinstance(entity, Person):
        return tuple(one.place.country for one in entity.births if one.place is not None)
    return () if type(entity) is Entity else None


def _flags(entity: Entity) -> tuple[Country | None, ...] | None:
    if isinstance(entity, Vessel):
        return entity.flags
    return () if type(entity) is Entity else None
