"""Japan, Ministry of Finance: persons and organizations whose assets are frozen, as xlsx and CSV.

A translation of the notices in the gazette, which the ministry itself calls provisional. The first
sheet of the workbook describes it; for the CSV, which exists since 2026, only header and first rows
were available. Peculiarities:

* The workbook has a sheet for each regime, in 45 spellings of headers, below titles and notes. A
  sheet 【解除】 is the remains of a lifted regime; 一覧 is an index.
* There is no key in the workbook. The CSV has one, 番号: the number of the regime and that of the
  entry in its notice, "002-000005". A sheet has both, in its name and as 告示番号.
* A mark at a number ("*12") means that the party is also on another sheet, and a bracket there
  gives the marked number ("1(*12)"). Notes above the header name the sheet in words.
* A number whose entry was deleted stays, with 削除 as its date. Rows without a number continue the
  entry above.
* A sheet states the kind of its parties in its name or its title, or not at all; then a party with
  a birth, a nationality, a title or an office is a person, and for others the remarks state on whom
  INTERPOL has a notice, "the person" or "the organization", and link it.
* Remarks refer to other entries of the regime by number, "（459．に指定した団体）", without the kind of
  relation.
* 告示日付 has the date of the notice, then those of its revisions.
* Japanese and English are in one cell (see `cells`), dates in many forms (see `dates`). The
  Japanese form of a name is another spelling of it, not its original script.
* The CSV has only the number of the regime. The numbers are those of the sheets, which change when
  a regime is inserted: so no name is looked up for them, and keys are valid in one edition.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from sanctionslib.model import (
    AliasStrength,
    Entity,
    EntityRef,
    Fact,
    Identifier,
    IdentifierKind,
    Name,
    NameKind,
    Organization,
    Person,
    Relation,
    RelationKind,
)
from sanctionslib.parsers._engine.entry import Entry, Reading
from sanctionslib.parsers._engine.fields import Fields, Labels
from sanctionslib.parsers._engine.format import Options
from sanctionslib.parsers._engine.rows import Cells, RowsFormat, Split
from sanctionslib.parsers._engine.rules import Group, Many, Rules, many, part, parts, to
from sanctionslib.parsers.jp import cells, values

__all__ = ["CSV", "XLSX"]

_KINDS = {"個人": Person, "団体": Organization}
_ROLES = {"旧称": NameKind.FKA, cells.ORIGINAL: NameKind.ORIGINAL_SCRIPT}
_NAME: Rules = {
    "text": to("text"),
    "language": to("language"),
    "kind": to("kind", _ROLES, raw="raw_kind", also=("Name.script",)),
    "note": to("note"),
}
_DOCUMENT: Rules = {
    "value": to("value"),
    "kind": to("kind", cells.DOCUMENTS),
    "label": to("raw_kind"),
    "country": to("country", values.country),
    "issued": to("issued", values.day),
    "expires": to("expires", values.day),
    "note": to("note"),
}


def _names(
    column: str,
    kind: NameKind = NameKind.AKA,
    strength: AliasStrength = AliasStrength.UNSTATED,
) -> Many:
    """Names of a column, in Japanese and in Latin letters."""
    return many("names", Name, _NAME, kind=kind, strength=strength, raw_kind=column)


def _line(text: str) -> str:
    """A text; rows that continue an entry add further ones."""
    return text


_WEAK = AliasStrength.WEAK
_NUMBER = many(
    "identifiers",
    Identifier,
    {".": to("value")},
    kind=IdentifierKind.UN_REFERENCE,
    raw_kind="国連参照番号",
)
_PASSPORT = many(
    "identifiers", Identifier, _DOCUMENT, kind=IdentifierKind.PASSPORT, raw_kind="旅券番号"
)
_CARD = many(
    "identifiers", Identifier, _DOCUMENT, kind=IdentifierKind.NATIONAL_ID, raw_kind="身分証番号"
)
_REMARKS = many(
    "remarks",
    _line,
    {".": to("text")},
    labels=Labels(
        facts=frozenset(
            {
                *(Fact.GENDER, Fact.BIRTH_DATE, Fact.BIRTH_PLACE, Fact.NATIONALITY),
                *(Fact.ADDRESS, Fact.IDENTIFIER, Fact.KIND, Fact.RELATION),
            }
        )
    ),
)
_SHEETS: Rules = {
    "告示日付": to("events", values.notices),
    "告示番号": part("id", values.key, also=("relations", "Entity.kind", "programs")),
    "英語表記": _names("英語表記", NameKind.PRIMARY),
    "日本語表記": _names("日本語表記", NameKind.VARIATION),
    "別名": _names("別名"),
    "確定可能な別名": _names("確定可能な別名", strength=AliasStrength.STRONG),
    "旧称": _names("旧称", NameKind.FKA),
    "確定に十分でない別名": _names("確定に十分でない別名", strength=_WEAK),
    "称号": to("titles", values.phrases),
    "肩書": to("positions", values.phrases),
    "役職": to("positions", values.phrases),
    "生年月日": to("births", values.births, also=("Birth.date",)),
    "生年月日・出生地": to("births", values.born, also=("Birth.date", "Birth.place")),
    "出生地": to("births", values.birth_places, also=("Birth.place",)),
    "国籍": to("nationalities", values.nationalities),
    "旅券番号": _PASSPORT,
    "身分証番号": _CARD,
    "住所": to("addresses", values.addresses),
    "電話": to("features", values.phones),
    "FAX": to("features", values.faxes),
    "リスト掲載日": to("features", values.un_listing),
    "国連参照番号": _NUMBER,
    "その他の情報": _REMARKS,
    "指定の根拠": to("reason"),
}
_SPELLINGS = {
    **dict.fromkeys(("別称", "別名・別称", "別称・別名", "別称・旧称"), "別名"),
    **dict.fromkeys(("旧称・以前の呼称", "過去の別名", "以前の別名"), "旧称"),
    "肩書等": "肩書",
    "出生地・出身地": "出生地",
    **dict.fromkeys(("ID番号", "身分登録番号"), "身分証番号"),
    **dict.fromkeys(
        (
            "所在地",
            "住所・所在地",
            "住所等",
            "活動地域・住所",
            "所在地・住所 登録された事務所の住所",
        ),
        "住所",
    ),
    "電話番号": "電話",
    **dict.fromkeys(("国連制裁員会による指定日", "国連制裁委員会による指定日"), "リスト掲載日"),
    "詳細": "その他の情報",
    "決議1483上の根拠": "指定の根拠",
}
_TOWN = "（都市その他の情報）"
_ROWS: Rules = {
    "区分": to("programs", values.regime),
    "告示日付": to("events", values.notices),
    **parts("id", values.key, "番号", "告示番号", also=("relations",)),
    "個人・団体": to("kind", _KINDS, raw="raw_kind"),
    "氏名（英語）": _names("英語表記", NameKind.PRIMARY),
    "氏名（日本語）": _names("日本語表記", NameKind.VARIATION),
    "別名・別称（日本語）": _names("別名"),
    "別名・別称（英語）": _names("別名"),
    "旧称（日本語）": _names("旧称", NameKind.FKA),
    "旧称（英語）": _names("旧称", NameKind.FKA),
    "確定に十分でない別名（日本語）": _names("確定に十分でない別名", strength=_WEAK),
    "確定に十分でない別名（英語）": _names("確定に十分でない別名", strength=_WEAK),
    "称号（日本語）": to("titles", values.phrases),
    "称号（英語）": to("titles", values.phrases),
    "役職（日本語）": to("positions", values.phrases),
    "役職（英語）": to("positions", values.phrases),
    "生年月日": to("births", values.births, also=("Birth.date",)),
    "出生地（日本語）": to("births", values.birth_places, also=("Birth.place",)),
    "出生地（英語）": to("births", values.birth_places, also=("Birth.place",)),
    "国籍（日本語）": to("nationalities", values.nationalities),
    "国籍（英語）": to("nationalities", values.nationalities),
    "旅券番号": _PASSPORT,
    "身分証番号": _CARD,
    **parts(
        "addresses",
        values.address_in_japanese,
        "住所・所在地（国）（日本語）",
        f"住所・所在地{_TOWN}（日本語）",
    ),
    **parts(
        "addresses",
        values.address_in_english,
        "住所・所在地（国）（英語）",
        f"住所・所在地{_TOWN}（英語）",
    ),
    "国連参照番号": _NUMBER,
    "リスト掲載日": to("features", values.un_listing),
    "その他の情報": _REMARKS,
    "外務省告示情報": to("features", values.whole_notice),
}


def _party(fields: Fields, entry: Entry) -> Entity | None:
    """A row, with its regime, its kind if the sheet states it, and labelled facts in its remarks."""
    for field in [one for one, value in fields.items() if value == []]:
        del fields[field]  # the cell was "unknown"
    if "remarks" in fields:
        fields["remarks"] = "\n".join(fields["remarks"])
    values.put_labelled(fields, entry)
    if entry.origin.path:
        fields["programs"] = [values.regime_named(entry.origin.path)]
        fields["kind"] = _kind_of(entry)
    if fields.get("kind") is None:
        is_person = any(fields.get(one) for one in _PERSONAL)
        notice = None if is_person else _NOTICE.search(fields.get("remarks") or "")
        fields["kind"] = Person if is_person else notice and _NOTICES_ON.get(notice[1] + notice[2])
    if "nationalities" in fields:  # in Japanese and in English
        fields["nationalities"] = list(dict.fromkeys(fields["nationalities"]))
    fields["features"] = [*fields.get("features", ()), *values.marked(entry)]
    names: list[Name] = fields.get("names", [])
    if names and all(one.kind is not NameKind.PRIMARY for one in names):
        names[0] = attrs.evolve(names[0], kind=NameKind.PRIMARY)  # it has no English name
    return entry.entity(fields)


def _relate(reading: Reading, options: Options) -> None:
    """Relate an entry to the one on another sheet, where both numbers state it.

    Also relate it to entries of its regime that its remarks refer to by number.
    """
    by_key = {one.source_id: one for one in reading.entities}
    marked: dict[str, list[Entity]] = {}
    for one in reading.entities:
        if own := values.other_number(one)[1]:
            marked.setdefault(own, []).append(one)
    for at, one in enumerate(reading.entities):
        number = values.other_number(one)[0]
        kinds = (Entity, type(one))
        found = [
            each for each in marked.get(number, ()) if type(one) is Entity or type(each) in kinds
        ]
        relations: list[Relation] = []
        if len(found) == 1:
            same = RelationKind.SAME_AS
            relations.append(Relation(to=_ref(found[0]), kind=same, raw_kind=f"告示番号 {number}"))
        regime = one.source_id.partition("-")[0]
        for number, words in values.referred(one.remarks or "").items():
            key = values.made_key(regime, number) if regime.isdecimal() else ""
            if key in by_key and key != one.source_id:
                relations.append(Relation(to=_ref(by_key[key]), raw_kind=words))
        if relations:
            reading.entities[at] = attrs.evolve(one, relations=tuple(relations))


def _ref(one: Entity) -> EntityRef:
    return EntityRef(name=one.name, source_id=one.source_id)


_NOTICES_ON = {"人Individuals": Person, "団体Entities": Organization}
_NOTICE = re.compile(
    r"同(人|団体)に対するインターポール.{0,99}?View-UN-Notices-(Individuals|Entities)", re.DOTALL
)
"""Words and address of an INTERPOL notice; for two organizations the words are "the person"."""


_PERSONAL = ("births", "nationalities", "titles", "positions", "genders")
"""Fields that only a person has."""


def _kind_of(entry: Entry) -> type[Entity] | None:
    """The kind of party in the name of a sheet, or in the titles above its header."""
    titles = " ".join(cell for row in entry.reading.titles for cell in row.cells)
    for text in (entry.origin.path, titles):
        found = {kind for words, kind in _IN_TITLES for word in words if word in text}
        if len(found) == 1:
            return found.pop()
    return None


_IN_TITLES = ((("個人",), Person), (("団体", "特定銀行"), Organization))


def _deleted(row: Cells) -> str | None:
    """The reason why a row is not a party."""
    return "the number of a deleted entry" if "削除" in row.get("告示日付", "") else None


def _omitted(row: Cells) -> str | None:
    """The reason why a row of a sheet is not a party."""
    is_empty = set(row) == {"告示日付", "告示番号"}
    return "a number without an entry" if is_empty and _deleted(row) is None else _deleted(row)


def _no_table(sheet: str) -> str | None:
    """The reason why a sheet has no table."""
    if sheet == "一覧":
        return "an index of the sheets"
    return "a regime that was lifted" if "【解除】" in sheet else None


def _split(*names: str) -> Mapping[str, Split]:
    """The functions that split cells, for these columns of names."""
    documents = dict.fromkeys(("旅券番号", "身分証番号"), cells.documents)
    first = {one: cells.japanese_name for one in ("日本語表記", "氏名（日本語）") if one in names}
    also = {one: cells.primary_names for one in ("英語表記", "氏名（英語）") if one in names}
    return dict.fromkeys(names, cells.names) | first | also | documents


_NOTICES = "the notice in the gazette"
_BOTH: Fields = {
    "alternative_sources": {
        Fact.NAME_PARTS: _NOTICES,
        Fact.MEASURE: "the same for all entries: payments and capital transactions need a licence",
        Fact.LEGAL_BASIS: _NOTICES,
        Fact.DELISTING_DATE: "the numbers of deleted entries, in the audit",
        Fact.CITIZENSHIP: "nationality is stated",
        Fact.FLAG: _NOTICES,
        Fact.REGISTRATION: _NOTICES,
    },
    "at_end": _relate,
}
XLSX = RowsFormat(
    name="jp-mof-xlsx",
    title="Japan's list of asset freezes, workbook",
    files=("shisantouketsu.xlsx",),
    group=Group(make=Entity, rules=_SHEETS, finish=_party),
    columns=tuple(_SHEETS),
    required=frozenset({"告示日付", "告示番号", "日本語表記", "英語表記"}),
    spellings=_SPELLINGS,
    known_by=frozenset({"告示日付", "告示番号", "日本語表記", "英語表記"}),
    split=_split(*(name for name in _SHEETS if name.endswith(("表記", "名", "旧称")))),
    in_workbook=True,
    party=lambda row: row.get("告示番号"),
    no_table=_no_table,
    omitted=_omitted,
    **_BOTH,
)
CSV = RowsFormat(
    name="jp-mof-csv",
    title="Japan's list of asset freezes, CSV",
    files=("shisantouketsu.csv",),
    group=Group(make=Entity, rules=_ROWS, finish=_party),
    columns=tuple(_ROWS),
    known_by=frozenset({"区分", "番号", "告示日付", "告示番号"}),
    split=_split(*(name for name in _ROWS if name.startswith(("氏名", "別名", "旧称", "確定")))),
    omitted=_deleted,
    has_no_end_mark=True,
    **_BOTH,
)
