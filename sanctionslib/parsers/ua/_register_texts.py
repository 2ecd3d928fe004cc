"""Values of Ukraine's register: statuses, spellings of a name, codes of numbers, keys of attributes.

The register does not document its codes and keys. Those below were found by others, who have read
it for years. Keys are free texts, written with and without a colon.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import attrs

from sanctionslib.answers import Coverage, IssueKind
from sanctionslib.model import (
    Address,
    Birth,
    Country,
    Designation,
    Entity,
    Event,
    EventKind,
    Feature,
    FeatureKind,
    Identifier,
    IdentifierKind,
    LegalBasis,
    Measure,
    Name,
    NameKind,
    Nationality,
    PartialDate,
    Person,
)
from sanctionslib.model import Fact as FactKind
from sanctionslib.parsers._engine.dates import date_in_words
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import FACTS, Fields, Labels
from sanctionslib.parsers.ua import _texts as texts

__all__ = [
    "LABELS",
    "NUMBERS",
    "STATUSES",
    "Attribute",
    "decree",
    "designation",
    "ended",
    "measured",
    "names",
    "numbers",
    "other_names",
    "put_attributes",
    "put_status",
    "registered_in",
]


# ── names and numbers ─────────────────────────────────────────────────────────────────────────

_OF_PLACES = ("м. ", "с. ", "смт ", "вул. ", "АР ")


def _spellings(text: str) -> Sequence[str]:
    """The spellings of a name: three as `a (b, c)`; a name with a place in brackets is one."""
    first, _, rest = text.partition("(")
    inner = rest.removesuffix(")")
    found = [one.strip() for one in (first, *inner.split(","))]
    if len(found) != 3 or not rest.endswith(")") or {"(", ")"} & {*inner} or not all(found):
        return [text]
    for one in found[1:]:
        is_alike = len(found[0]) <= 2 * len(one) <= 4 * len(found[0])
        if not is_alike or one.startswith(_OF_PLACES) or texts.country_in(one):
            return [text]
    return list(dict.fromkeys(found))


def names(given: Mapping[str, str], entry: Entry) -> tuple[Name, ...]:
    """The Ukrainian name; aliases are its transliteration, and the other spellings in `a (b, c)`."""
    spellings = _spellings(given.get("name", ""))
    latin = given.get("translit", "")
    stated = {"name": spellings, "translit": _spellings(latin) if len(spellings) > 1 else [latin]}
    made = [
        Name(text=one, kind=NameKind.AKA, raw_kind=at) for at in given for one in stated[at] if one
    ]
    if "name" in given:
        made[0] = Name(text=made[0].text, language="uk")
    return tuple(made)


def other_names(text: str, entry: Entry) -> tuple[Name, ...]:
    """Aliases; several are separated by semicolons."""
    found = filter(None, map(str.strip, text.split(";")))
    return tuple([Name(text=one, kind=NameKind.AKA, raw_kind="aliases") for one in found])


NUMBERS: Mapping[str, IdentifierKind] = {
    code: kind
    for kind, codes in {
        IdentifierKind.TAX: "tax:inn tax:inn2 tax:ipn tax:rnokpp tax:number",
        IdentifierKind.REGISTRATION: "reg:edrpou reg:odrn reg:odrnip reg:okpo reg:r_n reg:regon "
        "reg:acc_corpo_reg reg:bel3 reg:by reg:by2 reg:ch reg:cn reg:cn_tr reg:cn_tr_hk reg:cw_legal "
        "reg:cy reg:cy_2 reg:ir_pr reg:kz reg:lu reg:nl reg:oae_crn reg:pr_cz reg:ru2 "
        "reg:sw_comm_reg reg:sy reg:ua reg:ua2 reg:uec",
        IdentifierKind.NATIONAL_ID: "reg:unzr reg:unzr_2 reg:person_ro reg:person_il reg:cz_person",
        IdentifierKind.SOCIAL_SECURITY: "reg:chiop reg:reg_snils",
        IdentifierKind.PASSPORT: "doc:passport doc:passport_ua doc:passport_ru doc:passport_il "
        "doc:d_passport doc:f_passport doc:f_passports_ru doc:in_passport doc:s_passport "
        "doc:sm_passport reg:ro_passport",
        IdentifierKind.RESIDENCE: "doc:residence",
    }.items()
    for code in codes.split()
}
"""The kinds of numbers, by code."""


def numbers(fields: Fields, entry: Entry) -> tuple[Identifier, ...]:
    """The numbers of one code, separated by semicolons."""
    text: str = fields.pop("value")
    values = [one for each in text.split(";") if (one := each.strip())] or [text]
    if fields.setdefault("kind", None) is None:
        # The engine already counts one number with an unknown code.
        for value in values[1:] if fields.get("raw_kind") else values:
            entry.unmapped("identifiers/code", "", value)
    return tuple([Identifier(value=value, **fields) for value in values])


def registered_in(text: str, entry: Entry) -> tuple[Country, ...]:
    """Codes of countries; for a firm, where it is registered."""
    return tuple([one.country for one in texts.citizenships(text, entry)])


# ── actions: decrees and statuses ─────────────────────────────────────────────────────────────

STATUSES: Mapping[str, object] = {
    "active": (),
    "expired": EventKind.EXPIRES,
    "excluded": EventKind.DELISTED,
}
"""The register's statuses; an active action needs no event."""
_IN_FORCE = "active"


def ended(fields: Fields, entry: Entry) -> Event | tuple[Event, ...]:
    """The end that a status states, without a date."""
    if "kind" not in fields:
        return ()
    return Event(kind=fields["kind"], date=PartialDate(), raw_kind=fields["raw_kind"])


def decree(given: Mapping[str, str], entry: Entry) -> LegalBasis:
    """The decree, its day and the address of its text."""
    when = None
    if (text := given.get("decree/date")) is not None:
        when = date_in_words(text)
        if not when.is_read:
            entry.unread(text, "actions/decree/date", is_kept=True)
    made = texts.decree(given.get("decree/number", ""), when)
    return attrs.evolve(made, url=given.get("decree/link"))


def measured(fields: Fields, entry: Entry) -> tuple[Measure, ...]:
    """The measures of a text, usually one."""
    raw: str = fields["raw"]
    return tuple([texts.measure(one, entry) for one in texts.measures(raw) or (raw,)])


def designation(fields: Fields, entry: Entry) -> Designation:
    """One action: a party in one decree, which lists it on the day of the decree."""
    events = [
        Event(kind=EventKind.LISTED, date=one.published, act=one, raw_kind="decree/date")
        for one in fields.get("legal_bases", ())
        if one.published is not None
    ]
    for one in fields.get("events", ()):
        _end(events, one)
    fields["events"] = events
    for at in _SEVERAL & fields.keys():
        fields[at] = tuple(fields[at])
    return Designation(**fields)


_SEVERAL = frozenset({"legal_bases", "events", "measures", "sources"})


def _end(events: list[Event], end: Event) -> None:
    """Add an end; for an end that already has a date, the status only confirms it."""
    for at, one in enumerate(events):
        if one.kind is end.kind is not None:
            events[at] = attrs.evolve(one, note=f"status: {end.raw_kind}")
            return
    events.append(end)


def put_status(fields: Fields, entry: Entry) -> None:
    """Place the status of a party where its actions do not state it; it is also a Feature."""
    if "status" not in entry.texts:
        message = "the register does not state whether the sanctions on the party are in force"
        entry.issue(IssueKind.STRUCTURE, message, "status")
    for end in fields.pop("events", ()):
        status = Feature(label="status", value=end.raw_kind, kind=FeatureKind.OTHER)
        fields.setdefault("features", []).append(status)
        if end.kind is None:
            continue
        if "designations" not in fields:
            fields["events"] = [end]
            continue
        made: list[Designation] = []
        for one, stated in zip(fields["designations"], entry.texts["actions"], strict=True):
            ends = {EventKind.DELISTED, end.kind} & {each.kind for each in one.events}
            if stated.get("status") == _IN_FORCE:
                message = f"the party is {end.raw_kind}, and one of its actions is {_IN_FORCE}"
                entry.issue(IssueKind.STRUCTURE, message, "actions/status")
            elif not ends:
                one = attrs.evolve(one, events=(*one.events, end))
            made.append(one)
        fields["designations"] = made


# ── attributes: values under a key ────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class Attribute:
    """A value with a key."""

    key: str = ""
    value: str


@attrs.frozen
class _Place:
    """The field for the value of a key."""

    field: str
    make: Callable[[Attribute, Entry], object]
    part: str = ""
    """The field of the object, where that states the fact: "Birth.date"."""


def _text(one: Attribute, entry: Entry) -> str:
    return one.value


def _address(one: Attribute, entry: Entry) -> tuple[Address, ...]:
    return texts.address(one.value, entry)


def _citizenships(one: Attribute, entry: Entry) -> tuple[Nationality, ...]:
    return texts.citizenships(one.value, entry)


def _born(one: Attribute, entry: Entry) -> Birth:
    when = date_in_words(one.value)
    if not when.is_read:
        entry.unread(one.value, "attributes/value", is_kept=True)
    return Birth(date=when)


def _dated(one: Attribute, entry: Entry) -> Feature:
    when = date_in_words(one.value)
    return Feature(label=one.key, value=one.value, kind=FeatureKind.OTHER, date=when)


def _feature(kind: FeatureKind) -> _Place:
    return _Place(
        "Entity.features",
        lambda one, _: Feature(label=one.key, value=one.value, kind=kind),
    )


def _number(kind: IdentifierKind) -> _Place:
    return _Place(
        "Entity.identifiers",
        lambda one, _: Identifier(value=one.value, kind=kind, raw_kind=one.key),
    )


def _name(kind: NameKind) -> _Place:
    return _Place("Entity.names", lambda one, _: Name(text=one.value, kind=kind, raw_kind=one.key))


_ADDRESS = _Place("Entity.addresses", _address)
_BIRTH_PLACE = _Place(
    "Person.births",
    lambda one, entry: Birth(place=texts.birth_place(one.value, entry)),
    "Birth.place",
)
_REMARK = _Place("Entity.remarks", _text)
_PLACES: Mapping[str, _Place] = {
    "місце проживання, місце реєстрації, місце реєстрації юридичної особи, місце розташування, "
    "місце діяльності, місцезнаходження, місцезнаходження офісу, місцезнаходження юридичної особи, "
    "фізична адреса, юридична адреса, поштова адреса": _ADDRESS,
    "дата народження, дата нродження": _Place("Person.births", _born, "Birth.date"),
    "місце народження, уродженець, уродженка": _BIRTH_PLACE,
    "громадянство": _Place("Person.citizenships", _citizenships),
    "зайнятість": _Place("Person.positions", _text),
    "звання, військове звання, науковий ступінь": _Place("Person.titles", _text),
    "назва, вигадана назва": _name(NameKind.AKA),
    "колишня назва, стара назва": _name(NameKind.FKA),
    "додатково, примітка, інша інформація, інші відомості": _REMARK,
    "податковий номер": _number(IdentifierKind.TAX),
    "номер посвідчення особи": _number(IdentifierKind.NATIONAL_ID),
    "одрн, krs (krajowy rejestr sądowy), номер індивідуального підприємця": _number(
        IdentifierKind.REGISTRATION
    ),
    "imo": _number(IdentifierKind.IMO),
    "мфо": _number(IdentifierKind.BANK_CODE),
    "сніор": _number(IdentifierKind.SOCIAL_SECURITY),
    "особистий номер офіцера": _number(IdentifierKind.MILITARY),
    "водійське посвідчення": _number(IdentifierKind.DRIVING_LICENCE),
    "permanent residence permit - посвідка на постійне проживання": _number(
        IdentifierKind.RESIDENCE
    ),
    "email, email: e-mail": _feature(FeatureKind.EMAIL),
    "номер телефону": _feature(FeatureKind.PHONE),
    "дата реєстрації": _Place("Entity.features", _dated),
    "кпп, окато, окоду, партійність, відповідальний орган": _feature(FeatureKind.OTHER),
}
"""By key, in lower case; several keys are separated by commas. КПП is the code of a tax office, ОКАТО
that of a place: they do not identify a party."""
_BY_KEY = {key: place for keys, place in _PLACES.items() for key in keys.split(", ")}
_FROM_REMARKS = ("Entity.relations", "Organization.registered_in", "Designation.events")


def _place(key: str) -> _Place | None:
    return _BY_KEY.get(" ".join(key.split()).rstrip(" :").casefold())


def _coverage(key: str, at: str) -> tuple[Coverage, str]:
    place = _place(key)
    if place is None:
        return Coverage.UNMAPPED, "a Feature without kind: the key is unknown"
    if at == "key" and place.field not in ("Entity.features", "Entity.identifiers", "Entity.names"):
        return Coverage.STRUCTURAL, "the key is the name of the field that holds the value"
    return Coverage.MAPPED, place.field


LABELS = Labels(
    path="key",
    coverage=_coverage,
    facts=frozenset(
        FACTS[name]
        for place in _PLACES.values()
        for name in (place.field, place.part, *_FROM_REMARKS)
        if name in FACTS
    )
    - {FactKind.LISTING_DATE},
)
"""The keys of attributes."""


def put_attributes(fields: Fields, entry: Entry, kind: type[Entity]) -> None:
    """Put attributes into fields of that kind of party; the others become Features."""
    for one in fields.pop("facts", ()):
        place = _place(one.key)
        owner, _, field = ("" if place is None else place.field).partition(".")
        if place is None:
            entry.unmapped("attributes/value", one.key, one.value)
            made: object = Feature(label=one.key or "attributes", value=one.value)
            field = "features"
        elif owner not in ("Entity", kind.__name__):
            made = Feature(label=one.key, value=one.value, kind=FeatureKind.OTHER)
            field = "features"
        else:
            made = place.make(one, entry)
        if made == () and kind is not Person:  # "громадянка РФ" as the address of an organization
            made, field = (
                Feature(label=one.key, value=one.value, kind=FeatureKind.OTHER),
                "features",
            )
        if place is _REMARK:
            before = fields.get("remarks")
            fields["remarks"] = f"{before}\n{made}" if before else made
            texts.add_facts(fields, one.value, is_person=kind is Person)
        elif isinstance(made, tuple):
            fields.setdefault(field, []).extend(made)
        else:
            fields.setdefault(field, []).append(made)
        if place in (_ADDRESS, _BIRTH_PLACE) and kind is Person:
            fields.setdefault("citizenships", []).extend(texts.citizen_of(one.value))
    _tie_births(fields)


def _tie_births(fields: Fields) -> None:
    """Join the only date and the only place to one birth: they belong to one person."""
    births: list[Birth] = fields.get("births", [])
    if len(births) == 2:
        dates = [one.date for one in births if one.date is not None]
        places = [one.place for one in births if one.place is not None]
        if len(dates) == len(places) == 1:
            fields["births"] = [Birth(date=dates[0], place=places[0])]
