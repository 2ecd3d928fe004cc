"""Readers of the cells of the Ministry of Finance's list, into values of the model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import attrs

from sanctionslib.model import (
    Address,
    Birth,
    Country,
    Entity,
    Event,
    EventKind,
    Feature,
    FeatureKind,
    Gender,
    Identifier,
    IdentifierKind,
    Nationality,
    PartialDate,
    Place,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.faults import changed
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers.jp import cells, dates
from sanctionslib.reference import read_country

__all__ = [
    "address_in_english",
    "address_in_japanese",
    "addresses",
    "birth_places",
    "births",
    "born",
    "country",
    "day",
    "faxes",
    "key",
    "made_key",
    "marked",
    "nationalities",
    "notices",
    "other_number",
    "phones",
    "phrases",
    "put_labelled",
    "referred",
    "regime",
    "regime_named",
    "regime_of",
    "un_listing",
    "whole_notice",
]

_REGIME = re.compile(r"\d{1,3}", re.ASCII)
_SHEET = re.compile(r"(\d{1,3})[.．]")
_ENTRY_NUMBER = re.compile(
    r"(?P<mark>[*#]?)(?P<number>\d{1,6})\s*(?:\((?P<other>[*#]\d{1,6})\))?", re.ASCII
)
_REVISED = "改訂"
_NOTICE = re.compile(rf"(\d{{4}})\.(\d{{1,2}})\.(\d{{1,2}})(?:{_REVISED})?", re.ASCII)
_BORN = re.compile(
    r"(?P<day>.{0,100}?[年月日])(?P<place>[^年月日]{0,200})生\s{0,9}Born"
    r"(?: at (?P<where>.{0,200}?),)?\s{0,9}(?:on|in)?\s{0,9}(?P<when>[^,]{1,100})",
    re.DOTALL,
)
_GENDERS = {"男": Gender.MALE, "女": Gender.FEMALE}
_NUMBERS = {
    "SWIFT/BIC": IdentifierKind.BIC,
    "SWIFT": IdentifierKind.BIC,
    "IMO番号": IdentifierKind.IMO,
    "船舶登録証明": IdentifierKind.IMO,
    "暗号資産アドレス": IdentifierKind.DIGITAL_CURRENCY,
    "国家登録番号": IdentifierKind.REGISTRATION,
    "登録された会社番号": IdentifierKind.REGISTRATION,
    "国家識別番号": IdentifierKind.REGISTRATION,
    "パスポート番号": IdentifierKind.PASSPORT,
    "旅券": IdentifierKind.PASSPORT,
    "IDカード番号": IdentifierKind.NATIONAL_ID,
    "社会保障番号": IdentifierKind.SOCIAL_SECURITY,
    "納税番号": IdentifierKind.TAX,
    "納税者番号": IdentifierKind.TAX,
}
_DOCUMENTS = ("パスポート番号", "旅券", "IDカード番号", "社会保障番号", "納税番号", "納税者番号")
"""Labels whose numbers are read like the columns of documents."""
_CONTACTS = {
    **dict.fromkeys(("電話番号", "電話"), FeatureKind.PHONE),
    **dict.fromkeys(("FAX番号", "ファックス"), FeatureKind.FAX),
    **dict.fromkeys(("メールアドレス", "メール・アドレス"), FeatureKind.EMAIL),
    "ウェブサイト": FeatureKind.WEBSITE,
}
"""Labels in other information → the kind of contact; a label can be the end of a longer one."""
_PERSONAL = ("性別", "出生地", "生年月日", "国籍")
_LABELLED = re.compile(
    rf"({'|'.join((*_NUMBERS, *_CONTACTS, *_PERSONAL))})\)?(?:[:・]|(?<=性別)は)"
    r"\s*([^\n。]+)"
)
_ADDRESSES = re.compile(
    r"^(?:住所|所在地)[:：]\s*([^\n。]{1,300}(?:\n[^\n。:：]{1,60}(?=\n|\Z))*)", re.MULTILINE
)
"""Addresses, and further ones on short lines below without a label."""
_NEXT_ADDRESS = re.compile("(?<=[)）])、|\n")
_REFERRED = re.compile(r"\((\d{1,6})[.、]?\s?((?:に|で)指定した(?:団体|個人))\)", re.ASCII)
_BEFORE_LABEL = re.compile(r"[\s。:、;(]")
_LONGEST_LABEL = 100
_LINK = re.compile(r"https?://[^\s。、)）]+")


def key(given: Mapping[str, str], entry: Entry) -> str:
    """The CSV's key; in a workbook from the numbers of the sheet and of the entry: "002-000005"."""
    sheet, found = regime_of(entry), _ENTRY_NUMBER.fullmatch(given.get("告示番号", ""))
    made = made_key(sheet, found["number"]) if _REGIME.fullmatch(sheet) and found else ""
    stated = made if entry.origin.path else given.get("番号", "")
    if "告示番号" in given and (not made or stated != made):
        entry.unexpected.append(("告示番号", given["告示番号"]))
    return stated


def regime_of(entry: Entry) -> str:
    """The number of the regime: in the name of the sheet, and in the CSV in 区分."""
    found = _SHEET.match(entry.origin.path)
    return found[1] if found is not None else entry.texts.get("区分", "")


def regime(text: str, entry: Entry) -> str:
    """The number of the regime; a row without one does not belong to this list."""
    if not _REGIME.fullmatch(text):
        raise changed(
            f"区分 is {text[:40]!r}, which is not the number of a regime", entry.where("区分")
        )
    return text


def regime_named(sheet: str) -> str:
    """The name of a regime: the name of its sheet after the number."""
    return _SHEET.sub("", sheet, count=1).strip()


def marked(entry: Entry) -> list[Feature]:
    """The number of an entry as a Feature, if it means that the party is also on another sheet."""
    text = entry.texts.get("告示番号", "")
    found = _ENTRY_NUMBER.fullmatch(text)
    if found is None or not (found["mark"] or found["other"]):
        return []
    return [Feature(label="告示番号", value=text, kind=FeatureKind.OTHER)]


def other_number(one: Entity) -> tuple[str, str]:
    """The marked number of an entity on another sheet, and its own number with a mark."""
    for each in one.features:
        if each.label == "告示番号" and (found := _ENTRY_NUMBER.fullmatch(each.value)) is not None:
            own = f"{found['mark']}{found['number']}" if found["mark"] else ""
            return found["other"] or "", own
    return "", ""


def referred(text: str) -> dict[str, str]:
    """Numbers of entries in remarks, each with the words: "（459．に指定した団体）"."""
    return {found[1]: found[2] for found in _REFERRED.finditer(cells.folded(text))}


def made_key(regime: str, number: str) -> str:
    """The key of an entry: "002-000005"."""
    return f"{int(regime):03}-{int(number):06}"


def notices(text: str, entry: Entry) -> tuple[Event, ...] | None:
    """Events: listed on the day of the notice, amended on those of its revisions."""
    found = tuple(_event(one, entry) for one in text.split())
    return found if any(one.date.is_read for one in found) else None


def _event(text: str, entry: Entry) -> Event:
    kind = EventKind.AMENDED if text.endswith(_REVISED) else EventKind.LISTED
    date = PartialDate(raw=text)
    if found := _NOTICE.fullmatch(text):
        year, month, day_of = found.groups()
        date = attrs.evolve(PartialDate.parse(f"{year}-{month:0>2}-{day_of:0>2}"), raw=text)
    if not date.is_read:
        entry.unread(text, "告示日付", is_kept=True)
    return Event(kind=kind, date=date, raw_kind=_REVISED if kind is EventKind.AMENDED else "")


def births(text: str, entry: Entry) -> tuple[Birth, ...]:
    """Dates, all of a cell."""
    found = dates.dates(text)
    for one in found:
        if not one.date.is_read:
            entry.unread(one.date.raw, "生年月日", is_kept=True)
    return tuple(Birth(date=one.date, note=one.note or None) for one in found)


def birth_places(text: str, entry: Entry) -> tuple[Birth, ...]:
    """Places, with their country."""
    return tuple(
        Birth(place=Place(text=one, country=cells.country_in(one))) for one in cells.items(text)
    )


def born(text: str, entry: Entry) -> tuple[Birth, ...]:
    """Dates and places, from a sentence in Japanese and the same in English."""
    found = _BORN.fullmatch(text)
    if found is None:
        return births(text, entry)
    stated = dict.fromkeys((*births(found["day"], entry), *_english(found["when"], entry)))
    places = [found[one] for one in ("place", "where") if found[one]]
    return (*stated, *(one for each in places for one in birth_places(each, entry)))


def _english(text: str, entry: Entry) -> tuple[Birth, ...]:
    day_of = PartialDate.parse(text)
    if not day_of.is_read:
        entry.unread(text, "生年月日・出生地", is_kept=True)
    return (Birth(date=day_of),)


def nationalities(text: str, entry: Entry) -> tuple[Nationality, ...]:
    """Countries, with the text in brackets after them."""
    found: dict[Nationality, None] = {}
    for item in cells.items(text):
        read = [cells.nationality(one) for one in cells.parted(item)]
        if any(of.code is None for of, _ in read):  # a sentence
            entry.unknown("country", item)
            read = [(read_country(item), "")]
        found |= dict.fromkeys(Nationality(country=of, note=note or None) for of, note in read)
    return tuple(found)


def addresses(text: str, entry: Entry) -> tuple[Address, ...]:
    """Addresses, unchanged, with their country."""
    whole = cells.country_in(line := " ".join(text.split()))
    if whole is not None and whole.raw == line:  # "イラン⏎Iran"
        return (Address(country=whole),)
    found: list[Address] = []
    for one in cells.addresses(text):
        of = cells.country_in(one.partition("; ")[0])
        is_country = of is not None and of.raw == one
        found.append(Address(lines=() if is_country else (one,), country=of))
    return tuple(found)


def un_listing(text: str, entry: Entry) -> Feature:
    """A Feature (listing date): when the Security Council listed the party, and changed its entry."""
    day = dates.first_date(text)
    value = str(day) if day.is_read and text.isascii() else text
    return Feature(label="リスト掲載日", value=value, kind=FeatureKind.LISTING_DATE, date=day)


def day(text: str, entry: Entry) -> PartialDate:
    """A date in the Japanese form."""
    return dates.first_date(text)


def put_labelled(fields: Fields, entry: Entry) -> None:
    """Put labelled facts of other information into their fields."""
    text = fields.get("remarks") or ""
    for found in _ADDRESSES.finditer(text):
        for one in _NEXT_ADDRESS.split(found[1]):
            fields.setdefault("addresses", []).extend(addresses(one, entry))
    for label, word, stated in _labelled(text):
        if word in _PERSONAL:
            _put_personal(fields, word, stated, entry)
        elif (kind := _NUMBERS.get(word)) is not None:
            fields.setdefault("identifiers", []).extend(_numbers(label, word, kind, stated))
        else:
            for one in _several(stated):
                contact = Feature(label=label, value=one, kind=_CONTACTS[word])
                fields.setdefault("features", []).append(contact)
    if links := dict.fromkeys(_LINK.findall(text)):
        fields["links"] = list(links)


def _put_personal(fields: Fields, word: str, stated: str, entry: Entry) -> None:
    if word == "性別":
        fields.setdefault("genders", []).extend(
            gender for name, gender in _GENDERS.items() if stated.startswith(name)
        )
    elif word == "国籍":
        fields.setdefault("nationalities", []).extend(nationalities(stated, entry))
    else:
        found = births(stated, entry) if word == "生年月日" else birth_places(stated, entry)
        fields.setdefault("births", []).extend(found)


def _numbers(label: str, word: str, kind: IdentifierKind, text: str) -> Iterator[Identifier]:
    """The numbers under a label; those of documents with their country and dates."""
    if word not in _DOCUMENTS:
        yield from (Identifier(value=one, kind=kind, raw_kind=label) for one in _several(text))
        return
    for made in cells.documents(text):
        own = made.get("kind")
        days = [dates.first_date(made[at]) if at in made else None for at in ("issued", "expires")]
        yield Identifier(
            value=made["value"],
            kind=cells.DOCUMENTS[own] if own else kind,
            raw_kind=made.get("label", label),
            country=read_country(made["country"]) if "country" in made else None,
            issued=days[0],
            expires=days[1],
            note=made.get("note"),
        )


def _labelled(text: str) -> Iterator[tuple[str, str, str]]:
    """Labels with their last word, and the values after them."""
    plain = cells.folded(text)
    for found in _LABELLED.finditer(plain):
        before = plain[max(0, found.start() - _LONGEST_LABEL) : found.start()]
        label = _BEFORE_LABEL.split(before)[-1] + found[1]
        yield label, found[1], text[found.start(2) : found.end(2)].strip()


def _several(text: str) -> list[str]:
    return [one.strip() for one in re.split("[;；、]", text) if one.strip()]


def country(text: str, entry: Entry) -> Country:
    """A country, in Japanese or English."""
    return read_country(text)


def phrases(text: str, entry: Entry) -> tuple[str, ...]:
    """Texts, Japanese ones first."""
    return tuple(cells.phrases(text))


def phones(text: str, entry: Entry) -> tuple[Feature, ...]:
    """Features (phone)."""
    return _contacts(text, "電話", FeatureKind.PHONE)


def faxes(text: str, entry: Entry) -> tuple[Feature, ...]:
    """Features (fax)."""
    return _contacts(text, "FAX", FeatureKind.FAX)


def _contacts(text: str, label: str, kind: FeatureKind) -> tuple[Feature, ...]:
    return tuple(Feature(label=label, value=one, kind=kind) for one in cells.items(text))


def whole_notice(text: str, entry: Entry) -> Feature:
    """A Feature (other): the entry as in the notice."""
    return Feature(label="外務省告示情報", value=text, kind=FeatureKind.OTHER)


def address_in_japanese(given: Mapping[str, str], entry: Entry) -> tuple[Address, ...]:
    """Addresses in Japanese."""
    return _paired(given, entry)


def address_in_english(given: Mapping[str, str], entry: Entry) -> tuple[Address, ...]:
    """Addresses in English."""
    return _paired(given, entry)


def _paired(given: Mapping[str, str], entry: Entry) -> tuple[Address, ...]:
    """Countries and the rest of addresses: in pairs if there are as many, else separately."""
    stated = {"（国）" in at: cells.items(text) for at, text in given.items()}
    of, rest = stated.get(True, []), stated.get(False, [])
    if len(of) == len(rest):
        return tuple(
            Address(lines=(line,), country=country(name, entry))
            for name, line in zip(of, rest, strict=True)
        )
    apart = [Address(country=country(name, entry)) for name in of]
    return (*apart, *(Address(lines=(line,), country=cells.country_in(line)) for line in rest))
