"""Free texts of Ukraine's list: measures, numbers with their labels, and facts in remarks.

Remarks (Додатково) have labelled facts, separated by semicolons, commas or nothing. Facts of a
person are searched everywhere. Numbers of a firm count only at the start of a segment: the tax
numbers of directors and founders are in the same text, and belong to others.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence

import attrs

from sanctionslib.model import (
    Address,
    Birth,
    Country,
    DocumentFlag,
    EntityRef,
    Event,
    EventKind,
    Feature,
    FeatureKind,
    Identifier,
    IdentifierKind,
    LegalBasis,
    Measure,
    MeasureKind,
    Name,
    NameKind,
    Nationality,
    PartialDate,
    Place,
    Relation,
    RelationKind,
)
from sanctionslib.parsers._engine.dates import DATE, date_in_words
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.values import country
from sanctionslib.reference import read_country

__all__ = [
    "FIRM",
    "TAX",
    "add_facts",
    "address",
    "birth_place",
    "citizen_of",
    "citizenships",
    "country_in",
    "decree",
    "measure",
    "measures",
    "register",
    "tax",
]

_NUMBER = re.compile(r"(?<!\d)\d{1,2}\)\s*|^\)")
_OTHERS = re.compile(r"інші санкції[^(:]*[(:]\s*", re.IGNORECASE)
_MEASURES = {
    kind: re.compile(pattern, re.IGNORECASE)
    for kind, pattern in {
        MeasureKind.ASSET_FREEZE: "блокування ?активів",
        MeasureKind.TRAVEL_BAN: r"відмова [ву] наданні та скасування віз|(застосування інших )?заборон\w? в.їзду",
        MeasureKind.TRADE: r"(повне )?(обмеження|припинення) (\(.*?\) )?торг|припинення видачі дозволів, ліцензій на",
        MeasureKind.ARMS_EMBARGO: "збройне ембарго",
        MeasureKind.PROCUREMENT_BAN: "заборона здійснення (державних|публічних)",
        MeasureKind.PORT_BAN: "(повна )?заборона (або обмеження )?заходження іноземних",
        MeasureKind.INVESTMENT_BAN: "повна (або часткова )?заборона вчинення правочинів щодо ?цінних",
        MeasureKind.SERVICES_BAN: "(обмеження або )?припинення надання телеком",
        MeasureKind.OTHER: "інші санкції|анулювання|запобігання|зупинення|запровадження|позбавлення"
        "|заборона (видачі|встановлення|збільшення|здійснення|інтернет|користування|переда|узгодження"
        "|участі)|обмеження(, часткове| заходження повітряних| транзитних)|(повне )?припинення"
        "|скасування реєстрації",
    }.items()
}
"""The measures of article 4 of the Law on Sanctions, by their first words."""


@functools.lru_cache(4096)  # most cells repeat those of other rows
def measures(text: str) -> Sequence[str]:
    """The measures, without their numbers `1)`."""
    return [one for each in _NUMBER.split(text) if (one := each.strip(" \t\r\n;,"))]


def measure_kind(text: str) -> MeasureKind | None:
    """The kind of a measure, by its first words; for "other measures (…)", of the text in brackets."""
    inner = _OTHERS.match(text)
    for body in [text[inner.end() :], text] if inner is not None else [text]:
        for kind, pattern in _MEASURES.items():
            if pattern.match(body):
                return kind
    return None


def measure(text: str, entry: Entry) -> Measure:
    """A Measure, by its first words in article 4 of the Law on Sanctions."""
    kind = measure_kind(text)
    if kind is None:
        entry.unknown("measure", text)
    return Measure(kind=kind, raw=text)


_COUNTRY_PREFIX = re.compile(r"^(уроджен|громадян)\w+\s+|^проживає:\s*")


def country_in(text: str) -> Country | None:
    """The country between commas or on a line, also after "native of", or as "РФ" at an end."""
    for piece in re.split("[,;\n]", text):
        word = _COUNTRY_PREFIX.sub("", piece.strip())
        word = "РФ" if word.endswith(" РФ") else word
        if len(word) > 2 or word == "РФ":
            found = read_country(word)
            if found.code is not None:
                return found
    return None


# ── numbers with their labels ─────────────────────────────────────────────────────────────────

_TAX_LABELS = ("ІПН", "ІНПП", "ІНН", "ИНН", "ІНП", "ІПГ")
_NOT_ITS_OWN = ("КПП", "Код підстав взяття на облік")
"""Two names of a tax office's code, which many firms share: it identifies none."""
_STUCK = re.compile(r"([^\W\d_]{2,30})?[\s-]{0,9}(\d{6,15})[\s;,)\"]*")


def _numbers(text: str, column: str, kind: IdentifierKind) -> tuple[Identifier, ...]:
    """The numbers of a cell, usually joined to their label: ЄДРПОУ00039002."""
    found = list(_STUCK.finditer(text))
    if "".join(one[0] for one in found) != text or (found and found[0][1] in ("НЕ", "HE")):
        # A number of another state's register, such as С123456.
        return (Identifier(value=text, kind=kind, raw_kind=column),)
    return tuple(
        Identifier(value=one[2], kind=_register(one[1]) or kind, raw_kind=one[1] or column)
        for one in found
    )


def _register(label: str | None) -> IdentifierKind | None:
    if not label:
        return None
    return IdentifierKind.TAX if label in _TAX_LABELS else IdentifierKind.REGISTRATION


# ── cells ─────────────────────────────────────────────────────────────────────────────────────

FIRM, TAX = "ОКПО/ЄДРПОУ", "ІПН"
"""The columns with numbers."""
_LATIN = str.maketrans("АВЕКМНОРСТХ", "ABEKMHOPCTX")
_CITIZEN = re.compile(r"громадян(?:ин|ка) (РФ|Російської Федерації)")


def citizenships(text: str, entry: Entry) -> tuple[Nationality, ...]:
    """Codes of countries, separated by commas; some have Cyrillic letters that look Latin."""
    found: list[Nationality] = []
    for each in filter(None, map(str.strip, text.split(","))):
        stated = country(each.translate(_LATIN) if len(each) == 2 else each, entry)
        found.append(Nationality(country=attrs.evolve(stated, raw=each)))
    return tuple(found)


def citizen_of(text: str) -> list[Nationality]:
    """Citizenships in an address or a place of birth: "громадянка РФ"."""
    return [
        Nationality(country=read_country(one[1]), note=one[0]) for one in _CITIZEN.finditer(text)
    ]


def birth_place(text: str, entry: Entry) -> Place:
    """A place in words, with the country between commas."""
    return Place(text=text, country=country_in(text))


def address(text: str, entry: Entry) -> tuple[Address, ...]:
    """Lines, with the country between commas; "громадянин РФ" is a citizenship."""
    if _CITIZEN.fullmatch(text):
        return ()
    lines = tuple([line for each in text.splitlines() if (line := each.strip())])
    return (Address(lines=lines, country=country_in(text)),)


def register(text: str, entry: Entry) -> tuple[Identifier, ...]:
    """Numbers joined to their label; else the number of a register, by the column."""
    return _numbers(text, FIRM, IdentifierKind.REGISTRATION)


def tax(text: str, entry: Entry) -> tuple[Identifier, ...]:
    """Numbers joined to their label; else a tax number, by the column."""
    return _numbers(text, TAX, IdentifierKind.TAX)


_OF_FIRMS = re.compile(
    r"[,\s]*(КПП|З?ОКПО|ЗКПО|ОГРН|ОДРН|[ИІ]НН|ІПН|Код підстав взяття на облік|НЕ|HE|код|номер"
    r"|(?:основний державний )?реєстраційний (?:номер|№)|інший ідентифікаційний номер"
    r"|[Cc]ompany number|Registration(?: ID)?)[\s:/–—-]*([A-ZА-ЯЄІЇ]{0,2} ?\d[\d.]*\d[A-ZА-Я]?)\b"
)
_OF_PERSONS = re.compile(
    r"(?P<national>національний ідентифікаційний номер)"
    r"|(?P<passport>((дипломатичн|закордонн|службов)\w{1,9} )?паспорт[иау]?\b"
    r"( (громадян\w{1,9} |гр\. )?(?P<state>України|РФ|Російської ?Федерації|Держави Ізраїль"
    r"|Китайської Народної Республіки))?( ?для ?виїзду за кордон)?)"
    r"|(?P<tax>\b(ІНПП|ІПН|ІНН|ИНН|РНОКПП)(?!\w*[а-яєії])"
    r"|(ідентифікаційний|індивідуальний)\s*(податковий\s*)?(номер|код)( платника податків)?"
    r"( Російської Федерації)?|(№ )?ДРФО( України)?"
    r"|реєстраційний номер облікової картки платника податків)",
    re.IGNORECASE,
)
_KINDS = {
    "national": IdentifierKind.NATIONAL_ID,
    "passport": IdentifierKind.PASSPORT,
    "tax": IdentifierKind.TAX,
}
_NEXT = re.compile(
    r"[\s:,–—№-]*+(?:та\s++|сері[яї]\s*+)*+[№\s]*+"
    r"(\d{4},?\s*№\s*\d{6}|(?:[A-ZА-ЯЄІЇ]{1,3}[№\s]*)?(?:\d{9,}|\d[\d /-]*\d)[A-ZА-ЯЄІЇ]?(?![\dA-ZА-ЯЄІЇ])"
    r"|(?=[A-ZА-ЯЄІЇ]*\d)[A-ZА-ЯЄІЇ\d]{6,})"
)
_BEARER = re.compile(r"\s*\(([A-Z ,'-]+)\)")
_ISSUED = re.compile(r"[\s,]*((?:вида|термін|станом)[^;\r\n]*)")


def _documents(text: str) -> Iterator[Identifier]:
    """Passports and tax numbers of a person: a label, and one or several numbers."""
    labels = list(_OF_PERSONS.finditer(text))
    for at, label in enumerate(labels):
        end = labels[at + 1].start() if at + 1 < len(labels) else len(text)
        place, values = label.end(), list[str]()
        while (found := _NEXT.match(text, place, end)) is not None:
            place = found.end()
            values.append(found[1])
        kind = next(kind for name, kind in _KINDS.items() if label[name])
        bearer, issued = _BEARER.match(text, place, end), _ISSUED.match(text, place, end)
        for value in values:
            if len(re.sub(r"\W", "", value)) < _SHORTEST:
                continue
            is_last = value is values[-1]
            yield Identifier(
                value=value,
                kind=kind,
                raw_kind=label[0],
                country=read_country(label["state"]) if label["state"] else None,
                flags=(DocumentFlag.DIPLOMATIC,) if "дипломатич" in label[0] else (),
                name_text=bearer[1] if bearer else None,
                note=issued[1].strip(" ,") if issued and is_last else None,
            )


_SHORTEST = 5
"""Characters of a number; a shorter one is a series or a part of one."""


def _registrations(text: str) -> Iterator[Identifier | Feature]:
    """Numbers of a firm, at the beginning of a segment."""
    for segment in re.split(r"[;\r\n]", text):
        place = 0
        while (found := _OF_FIRMS.match(segment, place)) is not None:
            place = found.end()
            if found[1] in _NOT_ITS_OWN:
                yield Feature(label=found[1], value=found[2], kind=FeatureKind.OTHER)
            else:
                yield Identifier(value=found[2], kind=_register(found[1]), raw_kind=found[1])


# ── other facts of remarks ────────────────────────────────────────────────────────────────────

_ACTS = {
    "Скасовано": EventKind.DELISTED,
    "Виключено": EventKind.DELISTED,
    "Змінено": EventKind.AMENDED,
    "Внесено зміни": EventKind.AMENDED,
}


_HYPHENATED = re.compile(r"(\d{1,5})-(\d{4})")


def decree(number: str, published: PartialDate | None) -> LegalBasis:
    """A decree of the President, which puts a decision of the Council into force.

    Its number is 176/2018; in the column of the workbook it is written 176-2018.
    """
    written = _HYPHENATED.sub(r"\1/\2", number) if _HYPHENATED.fullmatch(number) else number
    return LegalBasis(title=f"Указ № {written}".rstrip(" №"), kind="указ", published=published)


def _act(found: re.Match[str]) -> Event:
    when = date_in_words(found[2])
    act = decree(found[3].rstrip(".,;"), when)
    return Event(kind=_ACTS[found[1]], date=when, act=act, raw_kind=found[1])


def _feature(label: str, kind: FeatureKind) -> Callable[[re.Match[str]], Feature]:
    return lambda found: Feature(label=label, value=found[1], kind=kind)


def _name(kind: NameKind) -> Callable[[re.Match[str]], Name]:
    return lambda found: Name(text=found[2].strip(" ."), kind=kind, raw_kind=found[1])


def _ship(found: re.Match[str]) -> Relation:
    ship = EntityRef(name=found[1])
    kind = RelationKind.OWNS_OR_CONTROLS
    return Relation(to=ship, kind=kind, note=found[2], raw_kind="володіє судном")


_FACTS: Sequence[tuple[str, str, Callable[[re.Match[str]], object]]] = (
    (
        "events",
        rf"({'|'.join(_ACTS)})[^\r\n]*?Указом Президента України від ({DATE}) року №\s*(\S+)",
        _act,
    ),
    (
        "legal_bases",
        r"((?:резолюція|рішення Комітету) Ради Безпеки ООН.*?(?:№ \d+|\d{4} р\.(?! №)))",
        lambda found: LegalBasis(title=found[1]),
    ),
    ("names", r"(також відом\w+ як):?\s*([^;.\r\n]+)", _name(NameKind.AKA)),
    ("names", r"(раніше|колишня назва) [–-] ([^;\r\n]+)", _name(NameKind.FKA)),
    (
        "Person.births",
        rf"(альтернативна дата народження)\s*-\s*({DATE})",
        lambda found: Birth(date=date_in_words(found[2]), note=found[1]),
    ),
    (
        "features",
        rf"(дата ?реєстрації|incorporation date)[\s:–—-]*({DATE})",
        lambda found: Feature(
            label=found[1], value=found[2], kind=FeatureKind.OTHER, date=date_in_words(found[2])
        ),
    ),
    (
        "Organization.registered_in",
        r"[Дд]ержава реєстрації - ([^;\r\n]+)",
        lambda found: read_country(found[1].strip()),
    ),
    ("relations", r'володіє судном "([^"]+)";? \(((?:ІМО|IMO) \d{7})\)', _ship),
    ("features", r"(https?:\s?//[^\s;,]+)", _feature("Сайт", FeatureKind.WEBSITE)),
    ("features", r"([\w.+-]+@[\w-]+(?:\.\w+)+)", _feature("e-mail", FeatureKind.EMAIL)),
    ("features", r"номер телефону (\+?\d+)", _feature("номер телефону", FeatureKind.PHONE)),
)
_PATTERNS = tuple((field, re.compile(pattern), make) for field, pattern, make in _FACTS)


def add_facts(fields: Fields, text: str, *, is_person: bool) -> None:
    """Add the labelled facts of a remark to the fields; the complete remark is kept."""
    found = _documents(text) if is_person else _registrations(text)
    for one in found:
        at = "identifiers" if isinstance(one, Identifier) else "features"
        fields.setdefault(at, []).append(one)
    for field, pattern, make in _PATTERNS:
        for each in pattern.finditer(text):
            fields.setdefault(field, []).append(make(each))
