"""The elements of the UN's schema, for the lists that use them.

NOTE has everything that an element has no other place for: a date of birth ("Nov. 1973"), a part of
it ("Sep." beside 1958), a qualifier ("Approximately" beside a range), the number of a document, its
expiry, a name in its own script. TYPE_OF_DOCUMENT has only two values; the kind of a document is in
TYPE_OF_DOCUMENT2, or before its number ("Pakistani passport number AA3829182").
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from sanctionslib.answers import IssueKind
from sanctionslib.model import (
    Address,
    AliasStrength,
    Birth,
    Country,
    EntityRef,
    Event,
    EventKind,
    Feature,
    FeatureKind,
    Identifier,
    IdentifierKind,
    Name,
    NameKind,
    NamePart,
    NamePartKind,
    Nationality,
    PartialDate,
    Place,
    Relation,
)
from sanctionslib.parsers._engine.dates import DATE, date_in_words, expiry_date, issue_date
from sanctionslib.parsers._engine.documents import (
    document_kind,
    issuing_country,
    name_on_document,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.rules import (
    Build,
    Many,
    Rules,
    Unused,
    many,
    one,
    part,
    parts,
    to,
)
from sanctionslib.parsers._engine.values import country, one_line
from sanctionslib.parsers.un._aliases import FALSE, alias
from sanctionslib.reference import country_at_end, read_country

__all__ = [
    "PARTY",
    "birth_dates",
    "birth_place",
    "birth_places",
    "day",
    "document",
    "documents",
    "nationality",
    "organization_rules",
    "person_rules",
    "place_facts",
    "reviewed",
    "updated",
]

_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_DATES = ("EXACT", "APPROXIMATELY", "BETWEEN")
_SPACE = "un_sc_sanctions"
"""The id space of reference numbers."""
_REFERENCE = re.compile(r"\.(?<=\b[A-Z]{2}[ie]\.)\d{3}\b")
"""The end of a reference number; it is searched by its points, which are fewer than capital
letters."""
_REVIEWED = re.compile(rf"[Rr]eview pursuant to [^.]{{1,80}} concluded on ((?i:{DATE}))")
_NUMBERS = {
    IdentifierKind.IMO: re.compile(r"(IMO [Nn]umber):? (\d{7})\b"),
    IdentifierKind.BIC: re.compile(r"(SWIFT(?:/BIC)?):? ([A-Z]{6}[A-Z\d]{2}(?:[A-Z\d]{3})?)\b"),
}
"""Numbers that remarks state, always in the same words."""
_BEHIND = re.compile(r"\s?\((?:as (?:at|of)|in custody)[^()]*\)\Z| passport\Z")
_ZONE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[+-]\d\d:\d\d|Z)")
_NUMBER = re.compile(
    r"((?i:\D{0,200}\b(?:number|no|passport|card|code|SSN))[\s:.]{1,9})?(?![a-z])"
    r"((?=\S)[^\d\n]{0,200}\d.*?)(?=,| \(| issued| under|$)"
)
"""Words before the number of a document, and the number."""
_OF_COUNTRY = re.compile(r"([^\d\n]{4,60}?)\s((?:[A-Z]{1,3} )?\S*\d.*)")
"""The country before a number, and the number."""


def name(given: Mapping[str, str], entry: Entry) -> Name:
    """The primary name; its parts have an order and no kind."""
    texts = [text for each in given.values() if (text := one_line(each, entry)) != "na"]
    ordinal = [NamePart(kind=NamePartKind.ORDINAL, text=text) for text in texts]
    return Name(text=" ".join(texts), parts=tuple(ordinal))


def whole_name(given: Mapping[str, str], entry: Entry) -> tuple[Name, ...]:
    """The primary name of an organization; after a semicolon, another name of it."""
    (cell,) = (one_line(each, entry) for each in given.values())
    first, *others = [text for each in cell.split(";") if (text := each.strip())] or [cell]
    primary = Name(text=first, parts=(NamePart(kind=NamePartKind.WHOLE, text=first),))
    return (primary, *(Name(text=text, kind=NameKind.AKA) for text in others))


def day(text: str, entry: Entry) -> PartialDate:
    """A day; a time zone after it comes from the publisher's program and is ignored."""
    if len(text) > 10 and (found := _ZONE.fullmatch(text)):
        return attrs.evolve(date_in_words(found[1]), raw=text)
    return date_in_words(text)


def alias_birth(given: Mapping[str, str], entry: Entry) -> Birth:
    """A Birth of the person; the note names the alias."""
    where = {at: text for at, text in given.items() if at != "DATE_OF_BIRTH"}
    stated = given.get("DATE_OF_BIRTH")
    date = None if stated is None else day(stated, entry)
    if date is not None and not date.is_read:
        entry.unread(date.raw, "INDIVIDUAL_ALIAS/DATE_OF_BIRTH", is_kept=True)
    return Birth(
        date=date,
        place=birth_place(where, entry).place if where else None,
    )


def birth(given: Mapping[str, str], entry: Entry) -> tuple[Birth, ...]:
    """A day, month, year or range, exact or approximate, from TYPE_OF_DATE and NOTE; else the note."""
    what, note = given.get("TYPE_OF_DATE", ""), one_line(given.get("NOTE", ""), entry)
    ends = [given[at] for at in ("FROM_YEAR", "TO_YEAR") if at in given]
    text = " ".join([given[at] for at in ("DATE", "YEAR") if at in given]) or " to ".join(ends)
    fits = what in _DATES and (what == "BETWEEN") == (len(ends) == 2) and bool(note or text)
    if what and not fits:
        entry.unread(what, "INDIVIDUAL_DATE_OF_BIRTH/TYPE_OF_DATE")
    if not note and not text:
        return ()
    date = date_in_words(f"{note} {text}".strip(), entry) if note else day(text, entry)
    if note and text and not date.is_read:  # then the note is not part of the date
        date = day(text, entry)
    if text and not date.is_read:
        entry.unread(text, "INDIVIDUAL_DATE_OF_BIRTH/DATE", is_kept=True)
    if date.is_read and what == "APPROXIMATELY":
        date = attrs.evolve(date, circa=True)
    return (Birth(date=date, note=(note or None) if text else None),)


def birth_place(given: Mapping[str, str], entry: Entry) -> Birth:
    """A place, from its parts, with NOTE as the note; NOTE alone is the place."""
    note = given.get("NOTE")
    texts = [text for at, text in given.items() if at != "NOTE"]
    nations = [nation(text, entry) for at, text in given.items() if at.startswith("COUNTRY")]
    place = Place(
        text=", ".join(texts) or note or "",
        city=given.get("CITY", given.get("CITY_OF_BIRTH")),
        state=given.get("STATE_PROVINCE"),
        country=nations[0] if nations else None,
    )
    return Birth(place=place, note=note if texts else None)


def listed(text: str, entry: Entry) -> Event:
    """An Event (listed)."""
    return _event(EventKind.LISTED, "LISTED_ON", text, entry)


def updated(text: str, entry: Entry) -> Event:
    """An Event (amended)."""
    return _event(EventKind.AMENDED, "LAST_DAY_UPDATED", text, entry)


def reviewed(text: str, entry: Entry) -> Event:
    """An Event (reviewed)."""
    return _event(EventKind.REVIEWED, "LAST_REVIEWED_ON", text, entry)


def _event(kind: EventKind, name: str, text: str, entry: Entry) -> Event:
    date = day(text, entry)
    if not date.is_read:
        entry.unread(text, name, is_kept=True)
    return Event(kind=kind, date=date, raw_kind=name)


def nation(text: str, entry: Entry) -> Country:
    """A country; `raw` keeps words after it: "Mali (as at Dec. 2003)", "Mali passport"."""
    found = read_country(_BEHIND.sub("", text))
    return country(text, entry) if found.code is None else attrs.evolve(found, raw=text)


def nationality(text: str, entry: Entry) -> tuple[Nationality, ...]:
    """A nationality; none for "na"."""
    return () if text == "na" else (Nationality(country=nation(text, entry)),)


def document(given: Mapping[str, str], entry: Entry) -> Identifier:
    """A document; its kind and dates can also be in words around its number and in NOTE."""
    texts = {at: one_line(text, entry) for at, text in given.items()}
    what, more = texts.get("TYPE_OF_DOCUMENT", ""), texts.get("TYPE_OF_DOCUMENT2", "")
    note, printed = texts.get("NOTE", ""), texts.get("NUMBER", "")
    called = more if re.search(r"\d", more) else ""
    if not printed:  # then it is in the document's type, or the note is the value
        printed, note = (called, note) if called else (note, "")
    found = _NUMBER.match(printed)
    label, value = (found[1] or "", found[2]) if found else ("", printed)
    if not label and (found := _OF_COUNTRY.fullmatch(value)) and issuing_country(found[1]):
        label, value = found[1], found[2]
    notes = dict.fromkeys(text for text in (printed, called, note) if text not in ("", value))
    remark, stated = "; ".join(notes), texts.get("DATE_OF_ISSUE")
    kind = document_kind(f"{more} {label}") or _unlike_passport(remark) or document_kind(what)
    if not what and not more:
        kind = kind or IdentifierKind.OTHER_DOCUMENT
    elif kind is None:
        path = "INDIVIDUAL_DOCUMENT/TYPE_OF_DOCUMENT"
        entry.unknown_word("Identifier.kind", what, path, words=(), is_kept=True)
    issued = None if stated is None else day(stated, entry)
    if remark and issued is None:
        issued = issue_date(remark, entry)
    if issued is not None and not issued.is_read:
        entry.unread(issued.raw, "INDIVIDUAL_DOCUMENT/DATE_OF_ISSUE", is_kept=True)
    issuer = texts.get("ISSUING_COUNTRY", texts.get("COUNTRY_OF_ISSUE"))
    words = (more, label, remark.removeprefix(value))
    from_text = next((each for text in words if (each := issuing_country(text))), None)
    where = [texts[at] for at in ("CITY_OF_ISSUE", "COUNTRY_OF_ISSUE") if at in texts]
    return Identifier(
        value=value,
        kind=kind,
        country=from_text if issuer is None else nation(issuer, entry),
        name_text=name_on_document(remark),
        issued=issued,
        expires=expiry_date(remark, entry) if remark else None,
        valid=False if FALSE.search(remark) else None,
        issuer=", ".join(where) or None,
        note=remark or None,
        raw_kind=", ".join(text for text in (what, more) if text),
    )


def _unlike_passport(remark: str) -> IdentifierKind | None:
    """The kind of a document in a remark, other than a passport.

    A remark with a number can be about another document.
    """
    kind = None if re.search(r"\d", remark) else document_kind(remark)
    return None if kind is IdentifierKind.PASSPORT else kind


def place_facts(fields: Fields, entry: Entry, reference: str) -> None:
    """Place the facts of aliases, and find the facts that remarks state.

    Args:
        fields: The fields of the entry.
        entry: The entry.
        reference: Its own reference number.
    """
    of = {Birth: "births", Name: "names", Identifier: "identifiers"}
    for each in fields.pop("facts", ()):
        if type(each) not in of:
            continue
        there = fields.setdefault(of[type(each)], [])
        if not isinstance(each, Identifier) or each.key not in {one.key for one in there}:
            there.append(each)
    names = fields.get("names", ())
    if names and all(each.kind is not NameKind.PRIMARY for each in names):
        message = f"the entry has no primary name: it is kept as {names[0].text!r}"
        entry.issue(IssueKind.NO_PRIMARY_NAME, message)
    remarks = fields.get("remarks", "")
    texts = " ".join([remarks, *fields.get("positions", ())])
    others = dict.fromkeys(
        texts[found.start() - 3 : found.end()] for found in _REFERENCE.finditer(texts)
    )
    fields["relations"] = [
        Relation(to=EntityRef(id_space=_SPACE, source_id=other))
        for other in others
        if other != reference
    ]
    events: list[Event] = fields.setdefault("events", [])
    known = {each.date for each in events if each.kind is EventKind.REVIEWED}
    reviews = [date_in_words(found[1]) for found in _REVIEWED.finditer(remarks)]
    events += [
        Event(kind=EventKind.REVIEWED, date=date, raw_kind="COMMENTS1")
        for date in dict.fromkeys(reviews)
        if date.is_read and date not in known
    ]
    numbers: list[Identifier] = fields.setdefault("identifiers", [])
    numbers += [
        Identifier(value=found[2], kind=kind, raw_kind=found[1])
        for kind, pattern in _NUMBERS.items()
        for found in pattern.finditer(remarks)
    ]


def _made(fields: Fields, entry: Entry) -> object:
    return tuple(fields["inner"])


def _address(fields: Fields, entry: Entry) -> Address:
    """An address; its country can be at its end, or at the end of a note that is the whole address."""
    lines = tuple(fields.pop("lines", ()))
    stated = [*lines, *(fields[at] for at in ("city", "state") if at in fields)]
    if "country" not in fields and (text := stated[-1] if stated else fields.get("note")):
        fields["country"] = country_at_end(text.rstrip("; "))
    return Address(lines=lines, **fields)


_ADDRESS = many(
    "addresses",
    Address,
    {
        "STREET": to("lines", one_line),
        "CITY": to("city", one_line),
        "STATE_PROVINCE": to("state", one_line),
        "ZIP_CODE": to("postal_code"),
        "COUNTRY": to("country", nation),
        "NOTE": to("note", one_line),
    },
    finish=_address,
)
_DATE = ("TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE")
_PLACE = ("STREET", "CITY", "STATE_PROVINCE", "COUNTRY", "NOTE")


def birth_dates(build: Build) -> Many:
    """The rule for dates of birth; `build` makes the births."""
    rules = parts("inner", build, *_DATE, also=("date", "note"))
    return many("births", Birth, rules, finish=_made)


def birth_places(build: Build) -> Many:
    """The rule for places of birth; `build` makes the births."""
    rules = parts("inner", build, *_PLACE, also=("place", "note"))
    return many("births", Birth, rules, finish=_made)


def documents(build: Build) -> Many:
    """The rule for documents; `build` makes them."""
    also = {
        "TYPE_OF_DOCUMENT": ("kind", "raw_kind"),
        "TYPE_OF_DOCUMENT2": ("kind", "raw_kind", "country"),
        "NUMBER": ("value", "kind", "country", "note"),
        "ISSUING_COUNTRY": ("country",),
        "DATE_OF_ISSUE": ("issued",),
        "CITY_OF_ISSUE": ("issuer",),
        "COUNTRY_OF_ISSUE": ("issuer", "country"),
        "NOTE": ("note", "kind", "country", "name_text", "issued", "expires", "valid"),
    }
    rules = {at: part("inner", build, also=fields) for at, fields in also.items()}
    return many("identifiers", Identifier, rules, finish=_made)


def _labelled(path: str) -> Rules:
    """The rule for a text that becomes a Feature with the name of its element."""
    return one("features", Feature, {path: to("value")}, kind=FeatureKind.OTHER, label=path)


_SCRIPT, _DELISTED = "NAME_ORIGINAL_SCRIPT", "DELISTED_ON"
_IN_SCRIPT = {_SCRIPT: to("text", one_line)}
_UNTIL = {_DELISTED: to("date", day)}
PARTY: Rules = {
    **one("names", Name, _IN_SCRIPT, kind=NameKind.ORIGINAL_SCRIPT, raw_kind=_SCRIPT),
    "LISTED_ON": to("events", listed),
    **one("events", Event, _UNTIL, kind=EventKind.DELISTED, raw_kind=_DELISTED),
    "COMMENTS1": to("remarks", one_line, also=("relations", "identifiers", "events")),
    **_labelled("SUBMITTED_BY"),
    **_labelled("SUBMITTED_ON"),
    "SORT_KEY": Unused("always empty"),
    "SORT_KEY_LAST_MOD": Unused("always empty"),
}
"""The rules for any party."""


def person_rules(qualities: Mapping[str, AliasStrength]) -> Rules:
    """The rules for persons, with the words for the strength of an alias."""
    alias_rules: Rules = {
        "QUALITY": to("strength", qualities, raw="raw_strength"),
        "ALIAS_NAME": to("text", also=("note", "Birth.date")),
        "DATE_OF_BIRTH": part("inner", alias_birth, also=("Birth.date",)),
        "CITY_OF_BIRTH": part("inner", alias_birth, also=("Birth.place",)),
        "COUNTRY_OF_BIRTH": part("inner", alias_birth, also=("Birth.place",)),
        "NOTE": to("note", also=("text", "Birth.date", "Identifier.value")),
    }
    aka = NameKind.AKA
    return {
        **parts("names", name, *_NAMES, also=("Name.parts",)),
        "NATIONALITY2": to("nationalities", nationality),
        "INDIVIDUAL_ADDRESS": _ADDRESS,
        "INDIVIDUAL_ALIAS": many(
            "facts", Name, alias_rules, needs=("text",), finish=alias, kind=aka
        ),
        "INDIVIDUAL_DATE_OF_BIRTH": birth_dates(birth),
        "INDIVIDUAL_PLACE_OF_BIRTH": birth_places(birth_place),
        "INDIVIDUAL_DOCUMENT": documents(document),
    }


def organization_rules(kind: NameKind | None = None) -> Rules:
    """The rules for organizations, with the kind of an alias that states none."""
    alias_rules: Rules = {
        "QUALITY": to("kind", {"a.k.a.": NameKind.AKA, "f.k.a.": NameKind.FKA}, raw="raw_kind"),
        "ALIAS_NAME": to("text"),
        "NOTE": to("note"),
    }
    return {
        **parts("names", whole_name, "FIRST_NAME", also=("Name.parts",)),
        "ENTITY_ADDRESS": _ADDRESS,
        "ENTITY_ALIAS": many("names", Name, alias_rules, needs=("text",), finish=alias, kind=kind),
    }
