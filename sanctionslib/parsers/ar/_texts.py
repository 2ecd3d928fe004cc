"""Readers of RePET's texts: dates, births and documents, as Argentina fills the UN's elements."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import attrs

from sanctionslib.model import Birth, DocumentFlag, Identifier, PartialDate
from sanctionslib.parsers._engine.dates import date_in_words
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.values import one_line
from sanctionslib.parsers.un import elements
from sanctionslib.reference import read_country

__all__ = ["birth", "birth_place", "document", "once"]

_NUMBER = r"[^\d\s]*+\d\S*+"
"""A word with a digit."""
_NUMBERED = re.compile(rf"(.{{0,200}}?) ?(?<!\S)({_NUMBER}(?: //? {_NUMBER})*)")
"""The name of a document, and its number or numbers."""
_BETWEEN = re.compile(" //? ")
_STATE = re.compile(r"de la (República [^\d,;]{1,60})", re.IGNORECASE)
_YEAR = re.compile(r"^Año |\.$")
"""Marks around a year."""
_DAYS = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")


def _noted(note: str) -> PartialDate:
    """The date in a note: "Año 1964.", "1977 - 1978", "01/01/1987 a 31/01/1987"; else its text."""
    return attrs.evolve(date_in_words(_YEAR.sub("", note)), raw=note)


def birth(given: Mapping[str, str], entry: Entry) -> tuple[Birth, ...]:
    """The stated days and years; without any, the date in NOTE, or its text."""
    note = given.get("NOTE")
    noted = PartialDate() if note is None else _noted(note)
    dates = [
        elements.day(given[at], entry) for at in ("DATE", "YEAR", "TYPE_OF_DATE") if at in given
    ]
    first, last = given.get("FROM_YEAR"), given.get("TO_YEAR")
    if first and last:
        dates.append(PartialDate.parse(f"{first} to {last}"))
    elif PartialDate.parse(first or last or "") != noted:  # else the note explains the year
        dates += [PartialDate.parse(f"from {first}")] if first else []
        dates += [PartialDate.parse(f"until {last}")] if last else []
    for each in dates:
        if not each.is_read:
            entry.unread(each.raw, "INDIVIDUAL_DATE_OF_BIRTH/DATE", is_kept=True)
    if noted.is_read or not dates:
        dates.append(noted)
    return tuple(Birth(date=each, note=note) for each in dict.fromkeys(dates))


def birth_place(given: Mapping[str, str], entry: Entry) -> tuple[Birth, ...]:
    """A place, and days that NOTE gives as dates of birth."""
    note = given.get("NOTE", "")
    days = _DAYS.findall(note) if note.startswith("FECHA") else []
    births = [Birth(date=elements.day(text, entry), note=note) for text in days]
    return (elements.birth_place(given, entry), *births)


def once(births: Sequence[Birth]) -> list[Birth]:
    """Births without those that the note of a place repeats: the place has that note, too."""
    in_labels = [
        one for one in births if one.place is None and (one.note or "").startswith("FECHA")
    ]
    known = {one.date for one in births if one not in in_labels}
    return [one for one in births if one not in in_labels or one.date not in known]


def document(given: Mapping[str, str], entry: Entry) -> tuple[Identifier, ...]:
    """The documents: TYPE_OF_DOCUMENT2 has a second one, or the numbers of a first without NUMBER.

    Where "/" separates as many countries or kinds, each document has its own.
    """
    found = _NUMBERED.fullmatch(one_line(given.get("TYPE_OF_DOCUMENT2", ""), entry))
    if found is None:
        return (_document(given, entry),)
    rest = {at: text for at, text in given.items() if at != "TYPE_OF_DOCUMENT2"}
    first = [rest] if "NUMBER" in given else []
    if not first:
        rest["TYPE_OF_DOCUMENT"] = " ".join(filter(None, (rest.get("TYPE_OF_DOCUMENT"), found[1])))
    else:
        kind = found[1] or given.get("TYPE_OF_DOCUMENT", "")
        rest = {"TYPE_OF_DOCUMENT": kind, "NOTE": given["TYPE_OF_DOCUMENT2"]}
    several = [*first, *(rest | {"NUMBER": number} for number in _BETWEEN.split(found[2]))]
    for at in ("TYPE_OF_DOCUMENT", "ISSUING_COUNTRY"):
        stated = _BETWEEN.split(one_line(given.get(at, ""), entry))
        if len(stated) == len(several) > 1:
            several = [one | {at: text} for one, text in zip(several, stated, strict=True)]
    return tuple(_document(each, entry) for each in several)


def _document(given: Mapping[str, str], entry: Entry) -> Identifier:
    """A document; its kind can name the state, or call it diplomatic."""
    made = elements.document(given, entry)
    state = _STATE.search(made.raw_kind)
    if made.country is None and state is not None:
        nation = read_country(state[1].split()[-1])  # "República del Paraguay"
        made = attrs.evolve(made, country=nation if nation.code is not None else None)
    is_diplomatic = "diplom" in made.raw_kind.casefold()
    return attrs.evolve(made, flags=(DocumentFlag.DIPLOMATIC,)) if is_diplomatic else made
