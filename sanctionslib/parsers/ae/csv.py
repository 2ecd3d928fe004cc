"""The Local Terrorist List of the United Arab Emirates: the sheet of its persons, as CSV.

The Executive Office for Control and Non-proliferation publishes a workbook in the format before
2007 (.xls), which cannot be read; one of its sheets, saved as CSV, can. Peculiarities:

* **It is never the complete list.** The sheet has only the persons: organizations, and delisted
  parties, are on other sheets. So its edition is partial, and never becomes the current one.
* A title line and a line of groups are above the header. Header and cells have meaningless line
  breaks and blanks; "-" and an empty cell both mean no value.
* It has no key (# is an index): ours is the name in Latin letters, "~khalifa-mohd-t-al-subaey".
* The last column is the act, "listed by Cabinet Decision No (18) of 2017": a year and no day.
* Where a passport cell has several numbers, each begins with its nationality.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import attrs

from sanctionslib.model import (
    Address,
    Birth,
    Edition,
    Entity,
    Event,
    EventKind,
    Fact,
    Identifier,
    LegalBasis,
    Name,
    NameKind,
    NamePart,
    NamePartKind,
    Organization,
    PartialDate,
    Person,
    Scope,
)
from sanctionslib.parsers._engine.audit import AuditBuilder
from sanctionslib.parsers._engine.edition import NO_HEADER, Header
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.format import Options
from sanctionslib.parsers._engine.input_file import InputFile
from sanctionslib.parsers._engine.keys import slug
from sanctionslib.parsers._engine.rows import RowsFormat
from sanctionslib.parsers._engine.rules import Group, Unused, one, parts, to
from sanctionslib.parsers.ae import _texts as texts

__all__ = ["FORMAT"]

_LATIN, _ARABIC = "الاسم الكامل (بالحروف اللاتينية)", "الاسم الكامل (بالحروف العربية)"
_LATIN_FAMILY, _ARABIC_FAMILY = "اسم العائلة (بالحروف اللاتينية)", "اسم العائلة (بالحروف العربية)"
_ACT = "معلومات أخرى"
_KINDS = {"شخص إرهابي": Person, "كيان إرهابي": Organization, "تنظيم إرهابي": Organization}
_DECISION = re.compile(r"مدرج بموجب (قرار مجلس الوزراء رقم \(\d+\) لسنة (\d{4}))")


def _family(text: str) -> tuple[NamePart, ...]:
    return () if text == texts.NOTHING else (NamePart(kind=NamePartKind.FAMILY, text=text),)


def _latin(given: Mapping[str, str], entry: Entry) -> tuple[Name, ...] | None:
    """The primary name, in Latin letters, with the family name as its part; then other names."""
    if _LATIN not in given:
        return None
    first, *others = texts.names(given[_LATIN])
    parts = _family(given.get(_LATIN_FAMILY, texts.NOTHING))
    more = (Name(text=one, kind=NameKind.AKA, script="Latn") for one in others)
    return (Name(text=first, parts=parts, script="Latn"), *more)


def _arabic(given: Mapping[str, str], entry: Entry) -> tuple[Name, ...] | None:
    """The name in its original script, with the family name as its part; then other names."""
    if _ARABIC not in given:
        return None
    first, *others = texts.names(given[_ARABIC])
    parts, kind = _family(given.get(_ARABIC_FAMILY, texts.NOTHING)), NameKind.ORIGINAL_SCRIPT
    more = (Name(text=one, kind=NameKind.AKA, script="Arab") for one in others)
    return (Name(text=first, parts=parts, kind=kind, script="Arab"), *more)


def _known_as(text: str, entry: Entry) -> tuple[Name, ...]:
    """Other names of the party (aka); none for "-"."""
    known = (texts.NOTHING, *texts.names(entry.texts.get(_ARABIC, "")))
    return tuple(Name(text=one, kind=NameKind.AKA) for one in texts.names(text) if one not in known)


def _listed(text: str, entry: Entry) -> Event | None:
    """An Event (listed) in the year of the Cabinet's decision, which is its act."""
    if (found := _DECISION.fullmatch(text)) is None:
        return None
    year = PartialDate.year(int(found[2]), raw=found[2])
    act = LegalBasis(title=found[1], published=year)
    return Event(kind=EventKind.LISTED, date=year, act=act, raw_kind=_ACT)


def _party(fields: Fields, entry: Entry) -> Entity | None:
    """A row, with our key, and the act as its basis."""
    name = entry.texts.get(_LATIN, "")
    if name:
        fields["id"] = entry.reading.generated_key(name, f"~{slug(name)}")
    fields["legal_bases"] = [each.act for each in fields.get("events", ())]
    return entry.entity(fields)


_BORN = {"تاريخ الميلاد": to("date", texts.date), "مكان الميلاد": to("place", texts.place)}
_LIVES = {
    "الشارع": to("lines", texts.stated_text),
    "المدينة": to("city", texts.stated_text),
    "الدولة": to("country", texts.a_country),
}
_DOCUMENT = {
    texts.KIND_OF_DOCUMENT: to("raw_kind", texts.stated_text),
    "رقم الوثيقة": to("value", texts.stated_text),
    "جهة الإصدار": to("issuer", texts.stated_text),
    "تاريخ الإصدار": to("issued", texts.date),
    "تاريخ الانتهاء": to("expires", texts.date),
}


_ALSO = ("Name.parts", "Name.script")

_ROW = Group(
    make=Person,
    rules={
        "#": Unused("an index of the sheet"),
        "التصنيف": to("kind", _KINDS, raw="raw_kind"),
        "الجنسية": to("nationalities", texts.nationalities),
        **parts("names", _arabic, _ARABIC_FAMILY, _ARABIC, also=_ALSO),
        **parts("names", _latin, _LATIN_FAMILY, _LATIN, also=_ALSO),
        **one("births", Birth, _BORN, finish=texts.birth),
        "الاسم": to("names", _known_as),
        **one("addresses", Address, _LIVES, finish=texts.address),
        **one("identifiers", Identifier, _DOCUMENT, finish=texts.documents),
        _ACT: to("events", _listed, also=("Designation.legal_bases", "Event.act")),
    },
    finish=_party,
)
_COLUMNS = (
    *("#", "التصنيف", "الجنسية", _ARABIC_FAMILY, _LATIN_FAMILY, _ARABIC, _LATIN),
    *(*_BORN, "الاسم", *_LIVES, *_DOCUMENT, _ACT),
)


class _Persons(RowsFormat):
    """The sheet of persons, which is never the complete list."""

    def edition(
        self,
        list_id: str,
        sources: Sequence[InputFile],
        options: Options,
        audit: AuditBuilder,
        header: Header = NO_HEADER,
        *,
        is_sample: bool = False,
    ) -> Edition:
        """The edition, marked as partial."""
        edition = super().edition(list_id, sources, options, audit, header, is_sample=is_sample)
        return attrs.evolve(edition, scope=Scope.CUSTOM, filter="its persons alone")


_DECISIONS = "the decisions of the Cabinet"

FORMAT = _Persons(
    name="ae-local-csv",
    title="United Arab Emirates, Local Terrorist List, persons, CSV",
    files=("local_terrorist_list_persons.csv",),
    group=_ROW,
    columns=_COLUMNS,
    known_by=frozenset({_LATIN, _ACT}),
    spellings={"الاسم الكامل (باللغة العربية)": _ARABIC},
    has_titles=True,
    has_no_end_mark=True,
    alternative_sources={
        Fact.ALIAS_STRENGTH: "nowhere: the list does not rate names",
        Fact.PROGRAM: "the list has one: terrorism",
        Fact.MEASURE: "the list has one: assets are frozen",
        Fact.REASON: _DECISIONS,
        Fact.DELISTING_DATE: "other sheets of the workbook",
    },
)
