"""How the texts of France's register are read: dates in parts, numbers with their sort, acts."""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from sanctionslib.model import (
    AliasStrength,
    Birth,
    Designation,
    Feature,
    FeatureKind,
    Identifier,
    IdentifierKind,
    LegalBasis,
    Name,
    PartialDate,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.rules import Fields

__all__ = ["alias", "birth", "birth_date", "designation", "number", "phone", "put_identification"]

_STRENGTHS = {"fiable": AliasStrength.STRONG, "peu fiable": AliasStrength.WEAK}
_LANGUAGES = {"en russe": "ru", "en ukrainien": "uk", "en biélorusse": "be", "en arabe": "ar"}
_NUMBERS: Mapping[str, IdentifierKind] = {
    "passeport": IdentifierKind.PASSPORT,
    "fiscal|contribuable|INN|KPP": IdentifierKind.TAX,
    "enregistrement|immatriculation|OGRN|OKPO": IdentifierKind.REGISTRATION,
    "identité|national": IdentifierKind.NATIONAL_ID,
}
"""What sort of number it is, by a word of what is said of it; any other is another document."""
_FEATURES = {
    "type d'entité": FeatureKind.ORGANIZATION_TYPE,
    "lieu d'enregistrement": FeatureKind.REGISTRATION_COUNTRY,
    "date d'enregistrement": FeatureKind.ESTABLISHED,
    "principal établissement": FeatureKind.LOCATION,
    "principal lieu d'activité": FeatureKind.LOCATION,
}
_QUALITY = re.compile(r"(?P<name>.*\S)\s*\((?P<word>fiable|peu fiable)\)", re.DOTALL)
_ACT = re.compile(
    r"(?P<act>\S.*?)(?:\s+du\s+(?P<day>\d\d)/(?P<month>\d\d)/(?P<year>\d{4}))?\s*-?\s*"
    r"\(\s*(?P<regime>(?P<whose>UE|ONU|Dispositif national)?\b[^()]*(?:\([^()]*\)[^()]*)*?)\s*\)",
    re.IGNORECASE | re.ASCII,
)
_FAX = re.compile(r"(?P<label>Télécopie(?:ur)?|Fax)\s*:\s*(?P<number>.+)", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?:[a-z]\)\s*)?(?P<number>[^,;:]*\d[^,;:]*), (?:délivré|émis|expir|valable).*", re.DOTALL
)
"""A number with words about the document behind it, and a letter that counts it."""
_CIRCA = re.compile(r"vers|environ|approximati", re.IGNORECASE)
_BETWEEN = re.compile(r"entre (\d{4}) et (\d{4})", re.IGNORECASE | re.ASCII)


def alias(fields: Fields, entry: Entry) -> Name:
    """An alias; its strength stands behind some, and a language in the comment of some."""
    if (found := _QUALITY.fullmatch(fields["text"])) is not None:
        fields |= {"text": found["name"], "strength": _STRENGTHS[found["word"]]}
    return Name(language=_LANGUAGES.get(fields.get("note", "").casefold()), **fields)


def birth_date(given: Mapping[str, str], entry: Entry) -> PartialDate | None:
    """A day, a month or a year, as far as its parts are filled."""
    said = [given.get(at, "").lstrip("0") for at in ("Annee", "Mois", "Jour")]
    if not any(said):
        return None
    printed = "/".join(given[at] for at in ("Jour", "Mois", "Annee") if at in given)
    text = "-".join(one.zfill(2) for one in said).removesuffix("-00").removesuffix("-00")
    read = PartialDate.parse(text)
    if not read.is_read:
        entry.unread(printed, "DATE_DE_NAISSANCE/Annee", is_kept=True)
    return attrs.evolve(read, raw=printed)


def birth(fields: Fields, entry: Entry) -> Birth:
    """A birth; the comment can say that the date is not exact, or has two years alone."""
    date, note = fields.get("date"), fields.get("note", "")
    if date is not None and date.is_read and _CIRCA.match(note):
        fields["date"] = attrs.evolve(date, circa=True)
    elif date is None and (years := _BETWEEN.search(note)) is not None:
        fields["date"] = attrs.evolve(PartialDate.parse(" to ".join(years.groups())), raw=note)
    return Birth(**fields)


def phone(text: str, entry: Entry) -> Feature:
    """A Feature (phone), or fax where the text says so."""
    if (found := _FAX.fullmatch(text)) is not None:
        return Feature(label=found["label"], value=found["number"], kind=FeatureKind.FAX)
    return Feature(label="TELEPHONE", value=text, kind=FeatureKind.PHONE)


def number(fields: Fields, entry: Entry) -> Identifier:
    """A number of the sort that its label or its comment names, without the words behind it."""
    note, value = fields.get("note"), fields["value"]
    if (found := _BEHIND.fullmatch(value)) is not None:
        fields |= {"value": found["number"], "note": f"{value}; {note}" if note else value}
    kind = fields.pop("kind", None) or _sort_of(f"{note or ''} {value}")
    return Identifier(kind=kind or IdentifierKind.OTHER_DOCUMENT, **fields)


def _sort_of(text: str) -> IdentifierKind | None:
    found = (kind for words, kind in _NUMBERS.items() if re.search(words, text, re.IGNORECASE))
    return next(found, None)


def put_identification(fields: Fields, one: Identifier) -> None:
    """Put the number of an IDENTIFICATION; that of "/" is none, and its comment has labelled facts."""
    if one.value.strip("/- ") or one.note is None:
        fields.setdefault("identifiers", []).append(one)
        return
    fields["remarks"] = "; ".join(filter(None, (fields.get("remarks"), one.note)))
    for text in re.split(r"\s+-\s+", one.note):
        label, _, value = (piece.strip() for piece in text.partition(":"))
        kind = _FEATURES.get(label.casefold().replace("’", "'"))
        if kind is None and value and (sort := _sort_of(label)) is not None:
            made = Identifier(value=value, kind=sort, raw_kind=label)
            fields.setdefault("identifiers", []).append(made)
        elif value:
            feature = Feature(label=label, value=value, kind=kind or FeatureKind.OTHER)
            fields.setdefault("features", []).append(feature)


def designation(fields: Fields, entry: Entry) -> Designation:
    """A designation by the regime in brackets, with the act and its date before it."""
    if (found := _ACT.fullmatch(fields["title"])) is None:
        path = "FONDEMENT_JURIDIQUE/FondementJuridiqueLabel"
        entry.unread(fields["title"], path, is_kept=True)
        return Designation(bases=(LegalBasis(**fields),))
    act, day, month, year, regime, whose = found.groups()
    fields["title"] = act
    if day is not None:
        read = PartialDate.parse(f"{year}-{month}-{day}")
        fields["published"] = attrs.evolve(read, raw=f"{day}/{month}/{year}")
    return Designation(
        programs=(regime.strip(),), bases=(LegalBasis(**fields),), sources=(whose,) if whose else ()
    )
