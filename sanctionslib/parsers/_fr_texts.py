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
from sanctionslib.parsers._engine.values import compiled

__all__ = ["alias", "birth", "birth_date", "designation", "number", "phone", "put_identification"]

_STRENGTHS = {
    "fiable": AliasStrength.STRONG,
    "peu fiable": AliasStrength.WEAK,
    "alias faible": AliasStrength.WEAK,
}
_LANGUAGES = {"en russe": "ru", "en ukrainien": "uk", "en biélorusse": "be", "en arabe": "ar"}
_NUMBERS = compiled(
    {
        "passeport": IdentifierKind.PASSPORT,
        r"fisca|contribuable|\bINN\b|\bKPP\b|\bNIF\b": IdentifierKind.TAX,
        r"enregistrement|immatriculation|\bOGRN\b|\bOKPO\b": IdentifierKind.REGISTRATION,
        "identité|numéro national": IdentifierKind.NATIONAL_ID,
    },
    any_case=True,
)
"""What sort of number it is, by a word of what is said of it; of several words or none, it is another
document: "Numéro de passeport, numéro de carte d'identité nationale, autres numéros"."""
_FEATURES = {
    "type d'entité": FeatureKind.ORGANIZATION_TYPE,
    "lieu d'enregistrement": FeatureKind.REGISTRATION_COUNTRY,
    "date d'enregistrement": FeatureKind.ESTABLISHED,
    "principal établissement": FeatureKind.LOCATION,
    "principal lieu d'activité": FeatureKind.LOCATION,
}
_LABELLED = re.compile(
    r"(?=[^:]*[^\W\d_])(?P<label>[^:\d]*[^:\d\s])\s*:[\s.]*(?P<value>\w.*)", re.DOTALL
)
"""A label, and what it says: "NIF: 010200122926"."""
_FACTS = re.compile(r"(?:\s-|\.)\s+(?=[^:.]{3,40}:)")
"""Between labelled facts in one text."""
_QUALITY = re.compile(r"(?P<name>.*\S)\s*\((?P<word>fiable|peu fiable)\)", re.DOTALL)
_ACT = re.compile(
    r"(?P<act>\S.{0,500}?)"
    r"(?:\s{1,9}(?:du\s{1,9})?(?P<day>\d\d)/(?P<month>\d\d)/(?P<year>\d{4}))?\s{0,9}-?\s{0,9}"
    r"\(\s{0,9}(?P<regime>(?P<whose>UE|ONU|Dispositif national)?\b"
    r"[^()]{0,500}(?:\([^()]{0,500}\)[^()]{0,500}){0,9}?)\)",
    re.IGNORECASE | re.ASCII,
)
_FAX = re.compile(r"(?P<label>Télécopie(?:ur)?|Fax)\s*:\s*(?P<number>\S.*)", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?:[a-z]\)\s*+)?(?P<number>[^,;:\d]*\d[^,;:]*), (?:délivré|émis|expir|valable).*", re.DOTALL
)
"""A number with words about the document behind it, and a letter that counts it."""
_CIRCA = re.compile(r"vers|environ|approximati", re.IGNORECASE)
_BETWEEN = re.compile(r"entre (\d{4}) et (\d{4})", re.IGNORECASE | re.ASCII)


def alias(fields: Fields, entry: Entry) -> Name:
    """An alias; its strength stands behind some or in their comment, where others have a language."""
    note = fields.get("note", "").casefold()
    if (found := _QUALITY.fullmatch(fields["text"])) is not None:
        fields |= {"text": found["name"], "strength": _STRENGTHS[found["word"]]}
    elif note in _STRENGTHS:
        fields["strength"] = _STRENGTHS[note]
    return Name(language=_LANGUAGES.get(note), **fields)


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
    """A number, without the label before it and the words behind it, which can name its sort."""
    note, value, kind = fields.get("note"), fields["value"], fields.pop("kind", None)
    if kind is None and (found := _LABELLED.fullmatch(value)) is not None:
        fields |= {"value": found["value"], "raw_kind": found["label"]}
        kind = _sort_of(found["label"])
    elif (found := _BEHIND.fullmatch(value)) is not None:
        fields |= {"value": found["number"], "note": f"{value}; {note}" if note else value}
    kind = kind or _sort_of(note or "") or IdentifierKind.OTHER_DOCUMENT
    return Identifier(kind=kind, **fields)


def _sort_of(text: str) -> IdentifierKind | None:
    found = [kind for words, kind in _NUMBERS.items() if words.search(text)]
    return found[0] if len(found) == 1 else None


def put_identification(fields: Fields, one: Identifier) -> None:
    """Put an IDENTIFICATION: its number, if it is one, and the labelled facts of its comment."""
    numbers, features = (fields.setdefault(at, []) for at in ("identifiers", "features"))
    is_number = bool(one.value.strip("/- ")) and _feature(one.raw_kind) is None
    if is_number:
        numbers.append(one)
    elif _feature(one.raw_kind) is not None:
        features.append(Feature(label=one.raw_kind, value=one.value, kind=_feature(one.raw_kind)))
    for text in _FACTS.split(one.note or ""):
        if (found := _LABELLED.fullmatch(text.strip())) is None:
            continue
        label, value = found.groups()
        if _feature(label) is None and (sort := _sort_of(label)) is not None:
            numbers.append(Identifier(value=value, kind=sort, raw_kind=label))
        else:
            kind = _feature(label) or FeatureKind.OTHER
            features.append(Feature(label=label, value=value, kind=kind))
    if not is_number and one.note is not None:
        fields["remarks"] = "; ".join(filter(None, (fields.get("remarks"), one.note)))


def _feature(label: str) -> FeatureKind | None:
    """What a labelled fact of an organization is about; None for what is none."""
    return _FEATURES.get(label.casefold().replace("’", "'"))


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
