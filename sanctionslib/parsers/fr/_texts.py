"""Readers of texts of France's register: dates in parts, numbers with their kind, acts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

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
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.values import compiled

__all__ = [
    "alias",
    "birth",
    "birth_date",
    "designation",
    "number",
    "phone",
    "put_identification",
    "ranges",
]

_STRENGTHS = {
    "fiable": AliasStrength.STRONG,
    "peu fiable": AliasStrength.WEAK,
    "alias faible": AliasStrength.WEAK,
}
_LANGUAGES = {"en russe": "ru", "en ukrainien": "uk", "en biélorusse": "be", "en arabe": "ar"}
_NUMBERS = compiled(
    {
        "passeport": IdentifierKind.PASSPORT,
        r"fisca|contribuable|\btaxe\b|Employer Identification|\b(INN|ИНН|KPP|NIF)\b": IdentifierKind.TAX,
        r"(?<!date d')(?<!lieu d')\benregist|immatriculation|registre d[ue] commerce"
        r"|d'entreprise\b|\b(OGRN|ОГРН|OKPO|PSRN)\b": IdentifierKind.REGISTRATION,
        r"identité|numéro (personnel )?national": IdentifierKind.NATIONAL_ID,
        r"\b(OMI|IMO)\b": IdentifierKind.IMO,
        r"\b(SWIFT|BIC)\b": IdentifierKind.BIC,
        "crédit social": IdentifierKind.USCC,
        "journal officiel": IdentifierKind.GAZETTE,
        "licence": IdentifierKind.LICENCE,
    },
    any_case=True,
)
"""The kind of a number, by words about it; if words of several kinds or none match, it is
another document: "Numéro de passeport, numéro de carte d'identité nationale, autres numéros"."""
_FEATURES = {
    "type d'entité": FeatureKind.ORGANIZATION_TYPE,
    "lieu d'enregistrement": FeatureKind.REGISTRATION_COUNTRY,
    "date d'enregistrement": FeatureKind.ESTABLISHED,
    "principal établissement": FeatureKind.LOCATION,
    "principaux établissements": FeatureKind.LOCATION,
    "établissement principal": FeatureKind.LOCATION,
    "principal lieu d'activité": FeatureKind.LOCATION,
}
_LABELLED = re.compile(
    r"(?=[^:]*[^\W\d_])(?P<label>[^:\d]*[^:\d\s])\s*:[\s.:]*(?P<value>\w.*)"
    r"|(?P<short>INN|KPP|OGRN|OKPO|PSRN|OMI|SWIFT|BIC)\s(?P<number>.+)",
    re.DOTALL,
)
"""A label, and its value: "NIF: 010200122926", "INN 7730239877"."""
_LABELS = "|".join([*_FEATURES, "(?:num[ée]ro|n°|no) d'(?:enregist|immatric|identific|inscri)"])
_FACTS = re.compile(
    r"(?:\s-|[.;])\s+(?=(?:(?!\s-\s)[^:.;]){3,40}:)"
    rf"|[\s.,;/]{{0,9}}(?:-\s{{1,9}})?(?=\b(?:{_LABELS})[^:.;]{{0,30}}(?::|\Z))".replace(
        "'", "['’]"
    ),
    re.IGNORECASE,
)
"""The separators of labelled facts in one text; before known labels it can be missing."""
_CLEAN = re.compile(r"(?:\w{1,20}\s?:\s?)?(\S{0,40}\d\S{0,40}?)[\s.,;/]{0,9}(?:\s\D*)?")
"""A number, with a label before it or words after it."""
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{4,}")
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
"""A number with words about the document after it, and a letter that numbers it."""
_CIRCA = re.compile(r"vers|environ|approximati", re.IGNORECASE)
_BETWEEN = re.compile(r"entre (\d{4}) et (\d{4})", re.IGNORECASE | re.ASCII)


def alias(fields: Fields, entry: Entry) -> Name:
    """An alias; its strength is after some names or in the comment, where others have a language."""
    note = fields.get("note", "").casefold()
    if (found := _QUALITY.fullmatch(fields["text"])) is not None:
        fields |= {"text": found["name"], "strength": _STRENGTHS[found["word"]]}
    elif note in _STRENGTHS:
        fields["strength"] = _STRENGTHS[note]
    return Name(language=_LANGUAGES.get(note), **fields)


def birth_date(given: Mapping[str, str], entry: Entry) -> PartialDate | None:
    """A day, a month or a year, depending on the parts that are filled."""
    stated = [given.get(at, "").lstrip("0") for at in ("Annee", "Mois", "Jour")]
    if not any(stated):
        return None
    printed = "/".join(given[at] for at in ("Jour", "Mois", "Annee") if at in given)
    text = "-".join(one.zfill(2) for one in stated).removesuffix("-00").removesuffix("-00")
    read = PartialDate.parse(text)
    if not read.is_read:
        entry.unread(printed, "DATE_DE_NAISSANCE/Annee", is_kept=True)
    return attrs.evolve(read, raw=printed)


def birth(fields: Fields, entry: Entry) -> Birth:
    """A birth; the comment can mark the date as approximate, or have two years alone."""
    date, note = fields.get("date"), fields.get("note", "")
    if date is not None and date.is_read and _CIRCA.match(note):
        fields["date"] = attrs.evolve(date, circa=True)
    elif date is None and (years := _BETWEEN.search(note)) is not None:
        fields["date"] = attrs.evolve(PartialDate.parse(" to ".join(years.groups())), raw=note)
    return Birth(**fields)


def ranges(births: Sequence[Birth]) -> list[Birth]:
    """The births; two with the comments "entre" and "et" become one range."""
    found: list[Birth] = []
    for one in births:
        first, last = found[-1].date if found else None, one.date
        pair = (found[-1].note or "", one.note or "") if found else ()
        if [each.strip().casefold() for each in pair] == ["entre", "et"] and first and last:
            ends = first.earliest, last.latest
            if ends[0] is not None and ends[1] is not None and ends[0] <= ends[1]:
                date = PartialDate.between(ends[0], ends[1])
                raw = f"entre {first.raw} et {last.raw}"
                one = attrs.evolve(found.pop(), date=attrs.evolve(date, raw=raw), note=raw)
        found.append(one)
    return found


def phone(text: str, entry: Entry) -> Feature:
    """A Feature (phone), or fax where the text says so."""
    if (found := _FAX.fullmatch(text)) is not None:
        return Feature(label=found["label"], value=found["number"], kind=FeatureKind.FAX)
    return Feature(label="TELEPHONE", value=text, kind=FeatureKind.PHONE)


def number(fields: Fields, entry: Entry) -> Identifier:
    """A number, without the label before it and the words after it, which can tell its kind."""
    note, value, kind = fields.get("note"), fields["value"], fields.pop("kind", None)
    if kind is None and (found := _labelled(value)) is not None:
        fields |= {"raw_kind": found[0], "value": found[1]}
        kind = _kind_of(found[0])
    elif (behind := _BEHIND.fullmatch(value)) is not None:
        fields |= {"value": behind["number"], "note": f"{value}; {note}" if note else value}
    # A labelled fact in the comment is not about this number.
    stated = [each for each in _FACTS.split(note or "") if _labelled(each) is None]
    kind = kind or _kind_of(" ".join(stated)) or _kind_of(value) or IdentifierKind.OTHER_DOCUMENT
    return Identifier(kind=kind, **fields)


def _labelled(text: str) -> tuple[str, str] | None:
    """The label and the value of a fact."""
    if (found := _LABELLED.fullmatch(text.strip())) is None:
        return None
    return found["label"] or found["short"], found["value"] or found["number"]


def _kind_of(text: str) -> IdentifierKind | None:
    plain = text.replace("’", "'")
    found = [kind for words, kind in _NUMBERS.items() if words.search(plain)]
    return found[0] if len(found) == 1 else None


def put_identification(fields: Fields, one: Identifier) -> None:
    """Place an IDENTIFICATION: its number, if it is one, and the labelled facts of its comment."""
    numbers, features = (fields.setdefault(at, []) for at in ("identifiers", "features"))
    facts = list(filter(None, map(_labelled, _FACTS.split(one.note or ""))))
    kinds = {_bare(value): _kind_of(label) for label, value in facts if _feature(label) is None}
    is_number = _is_number(one.kind, one.value) and _feature(one.raw_kind) is None
    if is_number:
        value, kind = _bare(one.value), one.kind
        if kind is IdentifierKind.OTHER_DOCUMENT:
            kind = kinds.get(value) or kind
        stated = one.value if _LETTER.search(one.value.replace(value, "")) else None
        note = "; ".join(filter(None, (stated, one.note))) or None
        numbers.append(attrs.evolve(one, value=value, kind=kind, note=note))
    elif one.value.strip("/- "):
        features.append(_fact(one.raw_kind, one.value))
    for label, value in facts:
        fact_kind = _kind_of(label)
        if _feature(label) is not None or not _is_number(fact_kind, value):
            features.append(_fact(label, value))
        elif _bare(value) not in [each.value for each in numbers]:
            numbers.append(Identifier(value=_bare(value), kind=fact_kind, raw_kind=label))
    if not is_number and one.note is not None:
        fields["remarks"] = "; ".join(filter(None, (fields.get("remarks"), one.note)))


def _is_number(kind: IdentifierKind | None, text: str) -> bool:
    """Whether a text is a number: it has a digit, or is a SWIFT code, and no words."""
    if kind is IdentifierKind.BIC:
        return True
    is_sentence = len(_WORD.findall(text)) > 1 and _CLEAN.fullmatch(text) is None
    return kind is not None and re.search(r"\d", text) is not None and not is_sentence


def _bare(text: str) -> str:
    found = _CLEAN.fullmatch(text)
    return found[1] if found is not None else text.strip(" .,;/")


def _fact(label: str, value: str) -> Feature:
    """A labelled fact of an organization; a date without the words after it."""
    kind = _feature(label) or FeatureKind.OTHER
    if kind is FeatureKind.ESTABLISHED:
        value = value.partition(" - ")[0].strip()
    return Feature(label=label, value=value, kind=kind)


def _feature(label: str) -> FeatureKind | None:
    """The kind of an organization's labelled fact; None for any other label."""
    return _FEATURES.get(label.casefold().replace("’", "'"))


def designation(fields: Fields, entry: Entry) -> Designation:
    """A designation, from the regime in brackets, the act and its date."""
    if (found := _ACT.fullmatch(fields["title"])) is None:
        path = "FONDEMENT_JURIDIQUE/FondementJuridiqueLabel"
        entry.unread(fields["title"], path, is_kept=True)
        return Designation(legal_bases=(LegalBasis(**fields),))
    act, day, month, year, regime, whose = found.groups()
    fields["title"] = act
    if day is not None:
        read = PartialDate.parse(f"{year}-{month}-{day}")
        fields["published"] = attrs.evolve(read, raw=f"{day}/{month}/{year}")
    return Designation(
        programs=(regime.strip(),),
        legal_bases=(LegalBasis(**fields),),
        sources=(whose,) if whose else (),
    )
