"""Japan, Ministry of Economy, Trade and Industry: the Foreign End User List, xlsx → entities.

Foreign organizations that may be involved with weapons of mass destruction or conventional ones. It
is a warning for exporters: an export to one of them needs a licence, unless the goods are clearly
for another use. Nothing is frozen. The header describes it. Peculiarities:

* It has no key: `No.` is the row number, and changes with each edition. Ours is country and name.
* It has no dates; its own date is on the page that links it and in the name of the file.
* Country, header and types of weapons are in Japanese and English, mostly on two lines:
  "ミサイル、核⏎M,N", and "ミサイルM" on one.
* Below a name, in brackets, can be the same in Chinese or Japanese characters, or its short form;
  in newer entries the bracket follows it on the line.
* Other names are on lines, most with "・" before them; some in brackets below the one they belong
  to.
* Types of weapons are why an organization is listed: their letters are its programs.
"""

from __future__ import annotations

import re

from sanctionslib.model import Address, Country, Entity, Fact, Name, NameKind, Organization
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.keys import slug
from sanctionslib.parsers._engine.rows import RowsFormat
from sanctionslib.parsers._engine.rules import Group, Unused, to
from sanctionslib.parsers.jp.cells import folded, in_japanese, in_two_scripts
from sanctionslib.reference import read_country

__all__ = ["FORMAT"]

_COUNTRY = "国名、地域名 Country or Region"
_NAME = "企業名､組織名 Company or Organization"
_BRACKET = re.compile(r"\((.*)\)", re.DOTALL)
_LETTERS = re.compile(r"[^A-Z]*([A-Z](?:[,、][A-Z])*)")
_CONVENTIONAL = re.compile(r"通常兵器\s*(CW)")


def _address(text: str, entry: Entry) -> Address:
    """An Address with only the country: its English name, and the code of either name."""
    names = [line.strip() for line in text.splitlines()]
    codes = [code for one in reversed(names) if (code := read_country(one).code) is not None]
    if not codes:
        entry.unknown("country", names[-1])
    return Address(country=Country(code=codes[0] if codes else None, raw=names[-1]))


def _names(text: str, entry: Entry) -> tuple[Name, ...]:
    """The name, and in brackets below it the same in other characters, or a short form."""
    first, *others = _lines(text)
    found = [Name(text=first, raw_kind=_NAME)]
    for one in others:
        kind = NameKind.VARIATION if in_japanese(one) else NameKind.AKA
        found.append(Name(text=one, kind=kind, raw_kind=_NAME))
    return tuple(found)


def _aliases(text: str, entry: Entry) -> tuple[Name, ...]:
    """Names, one on each line."""
    return tuple(Name(text=one, kind=NameKind.AKA) for one in _lines(text))


def _lines(text: str) -> list[str]:
    """The lines of a cell, without bullets and brackets; two for a name in two scripts."""
    found: list[str] = []
    lines = [line.strip() for line in text.splitlines()]
    for line in filter(None, lines):
        bare = line.removeprefix("・").strip()
        is_open = bool(found) and _open_brackets(found[-1])
        if is_open:  # a bracket can span several lines
            found[-1] = f"{found[-1]} {bare}"
        else:
            found.append(bare)
    whole = [one[1:-1].strip() if _BRACKET.fullmatch(folded(one)) else one for one in found if one]
    return [name for one in whole for name in in_two_scripts(one)]


def _open_brackets(text: str) -> bool:
    plain = folded(text)
    return plain.count("(") > plain.count(")")


def _types(text: str, entry: Entry) -> tuple[str, ...] | None:
    """Letters: biological (B), chemical (C), missiles (M), nuclear (N)."""
    found = _LETTERS.fullmatch("".join(folded(text).split()))
    return None if found is None else tuple(re.findall("[A-Z]", found[1]))


def _weapons(text: str, entry: Entry) -> tuple[str, ...] | None:
    """The letters CW."""
    found = _CONVENTIONAL.fullmatch(folded(text))
    return None if found is None else (found[1],)


def _party(fields: Fields, entry: Entry) -> Entity | None:
    """An organization, with a key from its country and name."""
    if "names" in fields:
        country, name = entry.texts.get(_COUNTRY, ""), entry.texts.get(_NAME, "")
        english, text = country.splitlines()[-1:], fields["names"][0].text
        # Four names are in Japanese alone.
        readable = re.sub(r"\W+", "-", text).strip("-") if in_japanese(text) else slug(text)
        wanted = f"~{slug(''.join(english))}.{readable}"
        fields["id"] = entry.reading.generated_key((country, name), wanted)
    return entry.entity(fields)


_ENTRY = Group(
    make=Organization,
    rules={
        "No.": Unused("the row number, which changes with each edition"),
        _COUNTRY: to("addresses", _address),
        _NAME: to("names", _names),
        "別名 Also Known As": to("names", _aliases),
        "懸念区分 Type of WMD": to("programs", _types),
        "通常兵器 Conventional Weapons": to("programs", _weapons),
    },
    finish=_party,
)
_PAGE = "the ministry's page on security export control"
FORMAT = RowsFormat(
    name="jp-meti-xlsx",
    title="Japan's Foreign End User List, workbook",
    files=("end_user_list.xlsx",),
    group=_ENTRY,
    columns=tuple(_ENTRY.rules),
    known_by=frozenset({_COUNTRY, _NAME}),
    in_workbook=True,
    reports_repeats=True,
    alternative_sources={
        Fact.LISTING_DATE: "the first edition with the organization",
        Fact.DELISTING_DATE: "the first edition without it",
        Fact.REASON: "the types of weapons; no more is published",
        Fact.MEASURE: f"{_PAGE}: an export to any of them needs a licence, or a reason why not",
        Fact.LEGAL_BASIS: f"{_PAGE}: the Export Trade Control Order",
        Fact.IDENTIFIER: "none is published",
        Fact.RELATION: "none is published",
    },
)
