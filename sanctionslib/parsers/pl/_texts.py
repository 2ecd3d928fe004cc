"""Texts of Poland's list: names in brackets, births and numbers in sentences, lettered measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sanctionslib.model import (
    Address,
    Birth,
    Country,
    Identifier,
    IdentifierKind,
    Measure,
    MeasureKind,
    Name,
    NameKind,
    Nationality,
    Place,
)
from sanctionslib.parsers._engine.dates import DATE, date_in_words
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.values import country_at_edge
from sanctionslib.reference import read_country

__all__ = ["addresses", "births", "citizenships", "identifiers", "measures", "names"]


def _plain(text: str) -> str:
    """The text in one line; blanks inside a line are kept."""
    lines = (line.strip() for line in text.split("\n"))
    return " ".join(filter(None, lines)).strip(" \xa0,")


# ── names ─────────────────────────────────────────────────────────────────────────────────────

_LABELS: Mapping[str, tuple[NameKind, str | None]] = {
    "obecnie": (NameKind.NKA, None),
    "poprzednio": (NameKind.FKA, None),
    "do": (NameKind.FKA, None),
    "inaczej": (NameKind.AKA, None),
    "w zapisie także": (NameKind.AKA, None),
    "w języku rosyjskim": (NameKind.ORIGINAL_SCRIPT, "ru"),
    "pełna nazwa w języku rosyjskim": (NameKind.ORIGINAL_SCRIPT, "ru"),
    "skrócona nazwa w języku rosyjskim": (NameKind.ORIGINAL_SCRIPT, "ru"),
    "nazwa w języku rosyjskim": (NameKind.ORIGINAL_SCRIPT, "ru"),
    "nazwa rosyjskojęzyczna": (NameKind.ORIGINAL_SCRIPT, "ru"),
    "nazwa arabska": (NameKind.ORIGINAL_SCRIPT, "ar"),
}
_NAME_LABEL = re.compile(
    rf"(?:\A|(?<=[,\s]))({'|'.join(sorted(_LABELS, key=len, reverse=True))})(?P<until>\s[\d.]+\sr\.)?"
    r"(?:\s*[:–]\s*|(?<=także)\s)"
)
_BRACKETS = re.compile(r"\(((?:[^()]|\([^()]*\))*)(?:\)|\Z)")
_QUOTED = re.compile(r"„[^„”]*”?(?:(?:,|\s+lub)\s+„[^„”]*”?)*")


def names(text: str, entry: Entry) -> tuple[Name, ...]:
    """The name; names in brackets are other (AKA), present (obecnie) or former (do, poprzednio) names.

    With the language where it is stated.
    """
    primary = _BRACKETS.sub("\n", text)
    inside = [_plain(one) for one in _BRACKETS.findall(text)]
    if found := _NAME_LABEL.search(primary):  # one entry has it without brackets
        inside.append(_plain(primary[found.start() :]))
        primary = primary[: found.start()]
    others = [name for one in inside for name in _others(one)]
    return (Name(text=_plain(primary)), *others)


def _others(text: str) -> Iterator[Name]:
    """The names in a bracket."""
    before, *rest = _parted(text)
    for label, value in [("", before), *zip(rest[::2], rest[1::2], strict=True)]:
        word = re.sub(r"\s[\d.]+\sr\.\Z", "", label)
        kind, language = _LABELS.get(word, (NameKind.AKA, None))
        several = re.findall("„([^„”]*)", value) if _QUOTED.fullmatch(value) else [value]
        for one in filter(None, map(_plain, several)):
            note = label if label != word else None
            yield Name(text=one, kind=kind, language=language, note=note, raw_kind=word)


def _parted(text: str) -> list[str]:
    """The text before the first label, then labels and texts alternately."""
    found = [""]
    end = 0
    for one in _NAME_LABEL.finditer(text):
        found[-1] = text[end : one.start()]
        found += [one[1] + (one["until"] or ""), ""]
        end = one.end()
    found[-1] = text[end:]
    return found


# ── persons ───────────────────────────────────────────────────────────────────────────────────

_BORN = re.compile(
    rf"urodzon\w{{0,9}}\s{{1,9}}(?:w\s{{1,9}})?(?P<date>{DATE})\s{{0,9}}(?:r\b\.?|roku)?"
    r"(?:\s{1,9}we?\s{1,9}(?P<place>[^\n]{1,200}?)\s{0,20}(?=\n\(?obywatel|\n|\Z))?"
)
_CITIZEN = re.compile(r"\b(?:obywatel\w{0,9}|ob\.)\s{1,9}((?:\w+\s?){1,6})")


def births(text: str, entry: Entry) -> list[Birth]:
    """The birth after "urodzony" or "urodzona": day, month in Polish and year, with the place."""
    made: list[Birth] = []
    for found in _BORN.finditer(text):
        day = date_in_words(found["date"], entry)
        if not day.is_read:
            entry.unread(day.raw, "Dane identyfikacyjne osoby", is_kept=True)
        stated = found["place"]
        place = Place(text=stated, country=_at_end(stated)) if stated else None
        made.append(Birth(date=day, place=place))
    return made


def citizenships(text: str) -> list[Nationality]:
    """The countries after "obywatel", for example of Moldova and Israel."""
    stated = [one for each in _CITIZEN.findall(text) for one in re.split(r"\s(?:i|oraz)\s", each)]
    return [
        Nationality(country=found)
        for one in stated
        if (found := country_at_edge(one, at_end=False)) is not None
    ]


# ── organizations ─────────────────────────────────────────────────────────────────────────────

_NUMBERS: Mapping[str, IdentifierKind] = {
    "PESEL": IdentifierKind.NATIONAL_ID,
    "KRS": IdentifierKind.REGISTRATION,
    "REGON": IdentifierKind.REGISTRATION,
    "NIP": IdentifierKind.TAX,
    "TIN": IdentifierKind.TAX,
    "INN": IdentifierKind.TAX,
    "OGRN": IdentifierKind.REGISTRATION,
    "OKPO": IdentifierKind.REGISTRATION,
    "BIN": IdentifierKind.REGISTRATION,
    "DUNS": IdentifierKind.DUNS,
    "KSH NUMBER (KRS)": IdentifierKind.REGISTRATION,
    "Busines Registration Number": IdentifierKind.REGISTRATION,
    "Krajowy numer identyfikacyjny": IdentifierKind.REGISTRATION,
    "numer rejestrowy": IdentifierKind.REGISTRATION,
    "nr rejestru": IdentifierKind.REGISTRATION,
    "rejestr handlowy nr": IdentifierKind.REGISTRATION,
    "rejestr handlowy": IdentifierKind.REGISTRATION,
    "rejestrze spółek pod numerem": IdentifierKind.REGISTRATION,
}
"""Registers of Poland, Russia, Kazakhstan and others, as the list names them."""
_NUMBER = re.compile(
    rf"(?P<kind>{'|'.join(map(re.escape, sorted(_NUMBERS, key=len, reverse=True)))})"
    r"\s{0,9}(?:nr\s{0,9})?:?\s{0,9}(?P<value>(?:[A-Z\u0391-\u03a9]{1,2}\s?)?\d[\d-]*)"
)
_NOT_ITS_OWN = ("KPP",)
"""A code of Russia's tax offices, which many firms share: it identifies none."""
_REGISTERS = "|".join(map(re.escape, (*_NUMBERS, *_NOT_ITS_OWN)))
_END = re.compile(
    rf"\b(?:(?i:nr|numer)\b[^\n\d]{{0,40}}?\s)?(?:{_REGISTERS})(?!\w)"
    r"|zarejestrowany|\b(?i:nr|numer)\s+(?:identyfikacyjny|KRS|NIP)|Numer identyfikacyjny"
)
_SEAT = re.compile(
    r"\A\s*(?:siedziba|adres|prowadzący działalność gospodarczą pod adresem)\s*:?\s*"
)
_ADDRESS_LABEL = re.compile(r"(?P<label>[a-z][\w.\s]*):\s*")


def identifiers(text: str) -> list[Identifier]:
    """The numbers after the name of a register."""
    found = [
        Identifier(value=one["value"], kind=_NUMBERS[one["kind"]], raw_kind=one["kind"])
        for one in _NUMBER.finditer(text)
    ]
    return list(dict.fromkeys(found))


def addresses(text: str) -> list[Address]:
    """The seat, and the addresses in brackets after it, with the word before each as a note."""
    found: list[Address | None] = []

    def apart(bracket: re.Match[str]) -> str:
        if (label := _ADDRESS_LABEL.match(bracket[1])) is None:
            return bracket[0]
        note = " ".join(label["label"].split())
        found.append(_address(bracket[1][label.end() :], note))
        return " "

    plain = _BRACKETS.sub(apart, text)
    end = _END.search(plain)
    seat = _address(_SEAT.sub("", plain[: end.start()] if end else plain), None)
    return [one for one in (seat, *found) if one is not None]


def _address(text: str, note: str | None) -> Address | None:
    stated = re.sub(r" {2,}", "\n", text.replace("\xa0", " ")).split("\n")
    lines = tuple([line for one in stated if (line := one.strip(" ,"))])
    if lines and "(" not in lines[-1]:  # an unbalanced bracket
        lines = (*lines[:-1], lines[-1].rstrip(")"))
    if not lines:
        return None
    first = read_country(lines[0].partition(",")[0])  # "Republika Białorusi, 220137, Mińsk"
    return Address(
        lines=lines,
        country=_at_end(lines[-1]) or (first if first.code is not None else None),
        note=note,
    )


def _at_end(text: str) -> Country | None:
    """The country at the end of a text, also before a postal code."""
    bare = re.sub(r"(?<![\W\d])[\W\d]+\Z", "", text).replace("(", " ")
    return country_at_edge(bare, at_end=True)


# ── measures ──────────────────────────────────────────────────────────────────────────────────

_MEASURES: Sequence[tuple[str, MeasureKind]] = (
    ("zamrożenie", MeasureKind.ASSET_FREEZE),
    ("wpis do wykazu cudzoziemców", MeasureKind.TRAVEL_BAN),
    ("wykluczenie", MeasureKind.PROCUREMENT_BAN),
)


def measures(text: str, entry: Entry) -> tuple[Measure, ...]:
    """One for each letter: a freeze, an exclusion from tenders, an entry ban; else other."""
    starts: list[int] = []
    for one in re.finditer(r"(?:\A|\s)([a-z])\.\s", text):
        if ord(one[1]) == ord("a") + len(starts):
            starts.append(one.end())
    ends = [*(start - 3 for start in starts[1:]), len(text)]
    parts = [text[start:end] for start, end in zip(starts, ends, strict=False)] or [text]
    stated = [part.strip(" \n\xa0,.") for part in parts]
    return tuple(Measure(kind=_measure(one), raw=one) for one in stated if one)


def _measure(text: str) -> MeasureKind:
    return next((kind for word, kind in _MEASURES if text.startswith(word)), MeasureKind.OTHER)
