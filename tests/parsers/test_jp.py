"""Japan's lists: their peculiarities, and parties of the complete files, checked by hand."""

from __future__ import annotations

import csv
import io
import warnings
from collections import Counter
from datetime import date
from pathlib import Path

import attrs
import pytest
from sheet_files import workbook

import sanctionslib as sl
from sanctionslib import IdentifierKind as Kind
from sanctionslib.parsers.jp import cells
from sanctionslib.parsers.jp.dates import dates, first_date
from sanctionslib.parsers.jp.mof import CSV

HEADER = ["告示日付", "告示番号", "日本語表記", "英語表記"]
MOF = "jp_mof_sanctions/shisantouketsu20260305.xlsx"
EXCERPT = "jp_mof_sanctions/shisantouketsu20260828_excerpt_head.csv"
METI = "jp_meti_eul/20250929_4.xlsx"


def read(path: Path | bytes, list_id: str | None = None) -> sl.SanctionsList[sl.Entity]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sl.SanctionsWarning)
        return sl.read(path, list_id=list_id)


def sheet(
    *rows: list[str], more: tuple[str, ...] = (), name: str = "2.例示", title: str = "例示"
) -> sl.SanctionsList[sl.Entity]:
    """A workbook of one sheet with these rows."""
    return read(workbook({name: [[title], [*HEADER, *more], *rows]}))


def entry(name: str = "2.例示", title: str = "例示", **cells_by_column: str) -> sl.Entity:
    """The entity of one row."""
    more = tuple(one for one in cells_by_column if one not in HEADER)
    plain = {"告示日付": "2022.3.1", "告示番号": "1", "日本語表記": "例", "英語表記": "EXAMPLE"}
    row = plain | cells_by_column
    (one,) = sheet([row[each] for each in (*HEADER, *more)], more=more, name=name, title=title)
    return one


# ── dates ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1961年3月2日", ["1961-03-02"]),
        ("1952-10-07", ["1952-10-07"]),
        ("1941/8/20", ["1941-08-20"]),
        ("16358", ["1944-10-13"]),  # a cell without the format of a date
        ("1958年9月", ["1958-09"]),
        ("１945年", ["1945"]),
        ("1961年頃", ["circa 1961"]),
        ("おおよそ1964年", ["circa 1964"]),
        ("1968年から1973年までの間", ["1968 to 1973"]),
        ("1937年～1945年", ["1937 to 1945"]),
        ("1970-1973年頃", ["circa 1970 to 1973"]),
        ("1977年8月から9月の間", ["1977-08-01 to 1977-09-30"]),
        ("1961年1月1日から\n1963年12月31日の間", ["1961 to 1963"]),
        ("（a）1966年頃（b）1960年 （c）1953年", ["circa 1966", "1960", "1953"]),
        ("(a)1976年10月5\n日 (b)1976年10月1日", ["1976-10-05", "1976-10-01"]),
        ("1964年；1962年8月28日", ["1964", "1962-08-28"]),
        ("1962年、1960年、\n又は1955年", ["1962", "1960", "1955"]),
        ("1991年7月14日又は6月14日", ["1991-07-14", "1991-06-14"]),
        ("1986年12月13 日又は 31日", ["1986-12-13", "1986-12-31"]),
        ("不明", []),
    ],
)
def test_dates(text: str, expected: list[str]) -> None:
    """All dates of a cell, with the stated precision."""
    assert [str(one.date) for one in dates(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "2000年2月20/29日",
        "1983年2(3)月10日",
        "1958、59又は60年生まれ",
        "10月10日（year unknown）",
        "99",
    ],
)
def test_an_unreadable_date(text: str) -> None:
    """No day is invented; the complete text is kept."""
    (one,) = dates(text)
    assert (one.date.is_read, one.date.raw) == (False, text)


def test_a_date_with_a_remark_or_of_another_calendar() -> None:
    """Text in brackets after a date stays with it."""
    first, second = dates("(a)1979年3月3日（偽造旅券より）\n(b)1402年6月24日（ヒジュラ暦）")
    assert (str(first.date), first.note) == ("1979-03-03", "偽造旅券より")
    assert (second.date.calendar, second.date.is_read) == (sl.model.Calendar.ISLAMIC, False)


def test_the_first_date() -> None:
    """The date of listing precedes those of changes."""
    assert str(first_date("2001年2月23日（2003年9月3日、9月21日に改訂）")) == "2001-02-23"
    assert str(first_date("2022/10/21\n（改訂日 2023年10月20日）")) == "2022-10-21"


@pytest.mark.parametrize("text", ["又は", "、又は、", "（改訂）"])
def test_a_cell_without_any_date(text: str) -> None:
    """Words between dates, and remarks, are kept as text."""
    assert (first_date(text).is_read, first_date(text).raw) == (False, text)
    (found,) = dates(text)
    assert not found.date.is_read


# ── names ─────────────────────────────────────────────────────────────────────────────────────


def names_in_cell(text: str) -> list[str]:
    """The names of a cell, each with its role and its remark."""
    return [
        " | ".join(filter(None, (one["text"], one.get("kind"), one.get("note"))))
        for one in cells.names(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "(a)アルファ(b)ベータ\n (a.k.a.: (a)Alpha (b)Beta)",
            ["アルファ", "ベータ", "Alpha", "Beta"],
        ),
        ("((a)アルファ(b) ベータ)\n(a.k.a.:(a)Alpha (b)Beta)", ["アルファ", "ベータ", "Alpha", "Beta"]),
        ("(a)アルファ（Alpha）、\n(b)ベータ（Beta）", ["アルファ", "ベータ", "Alpha", "Beta"]),
        ("アルファ；ベータ\nAlpha; Beta", ["アルファ", "ベータ", "Alpha", "Beta"]),
        ("アルファ、ベータ\nAlpha, Beta", ["アルファ", "ベータ", "Alpha", "Beta"]),
        ("アルファ、ベータ\n（a.k.a. Alpha, Beta）", ["アルファ", "ベータ", "Alpha", "Beta"]),
        # A comma that may belong to the name divides nothing.
        ("アルファ、ベータ\nALPHA, Beta", ["アルファ、ベータ", "ALPHA, Beta"]),
        ("(a)アルファ、ベータ\n(a)Alpha, Beta", ["アルファ、ベータ", "Alpha, Beta"]),
        ("アルファ\nAlpha Trading, LTD", ["アルファ", "Alpha Trading, LTD"]),
        (
            "（別称、アルファ、ベータ及びガンマ）\n(a.k.a. Alpha; a.k.a. Beta; a.k.a. Gamma)",
            ["アルファ", "ベータ", "ガンマ", "Alpha", "Beta", "Gamma"],
        ),
        (
            "（別称）アルファ\nAlpha\n（旧称）ベータ\nBeta",
            ["アルファ", "ベータ | 旧称", "Alpha", "Beta | 旧称"],
        ),
        (
            "（別称）アルファ\n（旧称）ベータ\nAlpha\nf.k.a. Beta",
            ["アルファ", "ベータ | 旧称", "Alpha", "Beta | 旧称"],
        ),
        (
            "（旧称、アルファ、別称、ベータ、ガンマ）\n(f.k.a. Alpha; a.k.a. Beta)",
            ["アルファ | 旧称", "ベータ", "ガンマ", "Alpha | 旧称", "Beta"],
        ),
        (
            "アルファ、１９７４年３月２１日例示国にて出生\n (a.k.a.: Alpha, born 21 March 1974)",
            ["アルファ | １９７４年３月２１日例示国にて出生", "Alpha | born 21 March 1974"],
        ),
        ("アルファ（Alpha（1948年生まれ）", ["アルファ | 1948年生まれ", "Alpha | 1948年生まれ"]),
        ("アルファ（生年月日1963/4/11； 1964/4/11、国籍例）；ベータ", [
            "アルファ | 生年月日1963/4/11； 1964/4/11、国籍例",
            "ベータ",
        ]),
        ("Alpha (original script: Альфа)", ["Alpha", "Альфа | original script"]),
        ("アルファ Alpha", ["アルファ", "Alpha"]),
        ("不明", []),
        # Remarks on a name are not part of it.
        ("アルファ（戦闘員名）\nAlpha (nom de guerre)", ["アルファ | 戦闘員名", "Alpha | nom de guerre"]),
        ("アルファ（Alpha）（コールサイン）", ["アルファ | コールサイン", "Alpha | コールサイン"]),
        (
            "Alpha, Examplian passport number 1, issued in 2012",
            ["Alpha | Examplian passport number 1, issued in 2012"],
        ),
        ("「アルファ（Alpha）」", ["アルファ", "Alpha"]),
        ("(Sheikh) Alpha", ["(Sheikh) Alpha"]),
        ("アルファ（Dobalpha）", ["アルファ", "Dobalpha"]),
        # Nor is the placeholder for an unprintable name.
        ("(a)アルファ（【ロシア語】）(b)【アラビア語】ベータ(c)【アラビア語】", ["アルファ", "ベータ"]),
        # A bracket can have the same name in its own letters, or Latin ones.
        ("Alpha(Альфа)", ["Alpha", "Альфа | original script"]),
        ("(a)Alpha (b)(Beta; Vita)", ["Alpha", "Beta", "Vita"]),
        (
            "Альфа ((Alpha； Alfa) known by this nom de guerre)",
            [
                "Альфа | original script | known by this nom de guerre",
                "Alpha | known by this nom de guerre",
                "Alfa | known by this nom de guerre",
            ],
        ),
        (
            "Alpha (Previously listed as. In Russian: Альфа )",
            ["Alpha | Previously listed as. In Russian: Альфа", "Альфа | original script"],
        ),
        (
            "（別称、アルファ､ベータ）\na.k.a., the following aliases:\n-Alpha; and\n-Beta",
            ["アルファ", "ベータ", "Alpha", "Beta"],
        ),
    ],
)  # fmt: skip
def test_names(text: str, expected: list[str]) -> None:
    """Names are separated where the cell marks them, at commas only if both languages agree."""
    assert names_in_cell(text) == expected


def test_the_english_name_is_the_primary_one() -> None:
    """The Japanese name is a variation of it, and the first name if there is no English name."""
    one = entry(
        英語表記="EXAMPLE\n（original script: ምሳሌ）（ティグリニャ語）", 別称="例示\nExample"
    )
    assert [(name.text, name.kind, name.language) for name in one.names] == [
        ("EXAMPLE", sl.NameKind.PRIMARY, None),
        ("ምሳሌ", sl.NameKind.ORIGINAL_SCRIPT, None),
        ("例", sl.NameKind.VARIATION, "ja"),
        ("例示", sl.NameKind.AKA, "ja"),
        ("Example", sl.NameKind.AKA, None),
    ]
    assert one.names[1].note == "ティグリニャ語"
    alone = entry(英語表記="", 別名="Example")
    assert [(name.text, name.kind) for name in alone.names] == [
        ("例", sl.NameKind.PRIMARY),
        ("Example", sl.NameKind.AKA),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EXAMPLE (original scipt: Пример)", ["EXAMPLE", "Пример", "例"]),
        ("EXAMPLE\n\u202b (Пример:original script)", ["EXAMPLE", "Пример", "例"]),
        ("EXAMPLE (original script:　　)", ["EXAMPLE", "例"]),
    ],
)
def test_the_name_in_its_original_script(text: str, expected: list[str]) -> None:
    """The bracket of any form is not part of the name, and can be empty."""
    assert [name.text for name in entry(英語表記=text).names] == expected


# ── documents, sheets and rows ────────────────────────────────────────────────────────────────


def test_documents() -> None:
    """A number with its label, country, dates; other text stays in the note."""
    one = entry(
        生年月日="1970年",
        旅券番号="(a)アフガニスタン旅券番号：OR000001（2003年2月4日に発行、2006年2月失効）\n"
        "(b)000002（北朝鮮旅券）、旅券失効日：2017年9月26日",
        身分登録番号="SSN　000-00-0003 (米国)",
    )
    assert [
        (each.value, each.kind, each.country and each.country.code) for each in one.identifiers
    ] == [
        ("OR000001", Kind.PASSPORT, "AF"),
        ("000002", Kind.PASSPORT, "KP"),
        ("000-00-0003", Kind.SOCIAL_SECURITY, "US"),
    ]
    first, second, _ = one.identifiers
    assert (str(first.issued), str(first.expires)) == ("2003-02-04", "2006-02")
    assert (second.issued, str(second.expires)) == (None, "2017-09-26")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The country is not called "クウェートID".
        ("クウェートID番号 000001", [("000001", "KW", None)]),
        # A day of another event is not the date of issue.
        ("000001（1985年3月4日に例示市生まれのEXAMPLEとして発行）", [("000001", None, None)]),
        (
            "000001（2019年6月16日失効予定で例示局より2009年6月16日発行）",
            [("000001", None, "2009-06-16")],
        ),
        ("000001（2011年5月3日、例示市にて発行）", [("000001", None, "2011-05-03")]),
        ("(a)000001 (米国(発行日 1992年6月21日\n(b)イラク旅券EX000002", [
            ("000001", None, "1992-06-21"),
            ("EX000002", "IQ", None),
        ]),
        ("000001号、パスポート冊子番号 A000002", [("000001", None, None), ("A000002", None, None)]),
        ("アフガニスタン旅券：SEー000001", [("SE-000001", "AF", None)]),
        ("トルコ旅券 TR-P 000 001", [("TR-P 000 001", "TR", None)]),
        ("ロシア旅券番号0001 No.000002", [("0001 No.000002", "RU", None)]),
        ('Example document ("Beispielausweis") 000001', [("000001", None, None)]),
    ],
)  # fmt: skip
def test_numbers_of_documents(
    text: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    """The number alone is the value, and each document is one identifier."""
    found = entry(生年月日="1970年", 旅券番号=text).identifiers
    assert [
        (one.value, one.country and one.country.code, one.issued and str(one.issued))
        for one in found
    ] == expected


def test_a_document_without_a_number() -> None:
    """A label alone is a value where no number follows it."""
    one = entry(
        生年月日="1970年", 旅券番号="外交旅券", ID番号="例示カード番号: (a)0000001 (b)0000002"
    )
    assert [(each.value, each.raw_kind) for each in one.identifiers] == [
        ("外交旅券", "旅券番号"),
        ("0000001", "例示カード番号"),
        ("0000002", "例示カード番号"),
    ]


@pytest.mark.parametrize(
    ("name", "title", "more", "kind"),
    [
        ("29.例示(個人)", "例示の団体及び個人（個人）", {}, sl.Person),
        ("28.例示(団体(特定銀行を除く))", "例示の団体及び個人（団体）", {}, sl.Organization),
        ("30.例示(特定銀行） ", "例示", {}, sl.Organization),
        ("5.例示（Ⅰ）", "例示（Ⅰ．対象となる個人）", {}, sl.Person),
        ("3.例示", "例示の個人及び団体", {}, sl.Entity),
        ("3.例示", "例示の個人及び団体", {"国籍": "ソマリア"}, sl.Person),
        ("2.例示", "例示", {"生年月日": "1961年"}, sl.Person),
        ("2.例示", "例示", {"生年月日": "不明", "役職": "不明"}, sl.Entity),
    ],
)
def test_the_kind(name: str, title: str, more: dict[str, str], kind: type[sl.Entity]) -> None:
    """The name or the title of a sheet states it; otherwise facts do that only a person has."""
    one = entry(name, title, **more)
    assert type(one) is kind
    assert one.programs == (name.partition(".")[2].strip(),)


def test_dates_of_the_notice() -> None:
    """The notice is the listing, its revisions change it; one that is misprinted stays as text."""
    one = entry(告示日付="2002.4.20\n200812.19改訂\n2012.9.28改訂\n")
    kinds = [(each.kind, str(each.date)) for each in one.designations[0].events]
    assert kinds == [
        (sl.EventKind.LISTED, "2002-04-20"),
        (sl.EventKind.AMENDED, "200812.19改訂"),
        (sl.EventKind.AMENDED, "2012-09-28"),
    ]
    assert str(one.listed_since) == "2002-04-20"


def test_rows_that_are_no_party() -> None:
    """Numbers of deleted entries are reported with their text; so are other sheets."""
    found = read(
        workbook(
            {
                "一覧": [["1", "例示"]],
                "2.例示": [
                    ["例示"],
                    HEADER,
                    ["2008.6.25削除\n（3．と同一人物）", "1"],
                    ["2012.10.25", "2"],
                    ["2012.10.25", "3", "例", "EXAMPLE"],
                ],
                "8.【解除】例示": [["例示"], ["【2015年12月18日告示廃止】"]],
            }
        )
    )
    assert ([one.source_id for one in found], found.audit.issues) == (["002-000003"], ())
    assert [(one.where.path, one.reason) for one in found.audit.omitted] == [
        ("一覧", "an index of the sheets"),
        ("2.例示", "the number of a deleted entry"),
        ("2.例示", "a number without an entry"),
        ("8.【解除】例示", "a regime that was lifted"),
    ]
    assert ("告示日付", "2008.6.25削除\n（3．と同一人物）") in list(
        found.audit.omitted[1].source or ()
    )


def test_a_relation_needs_both_numbers() -> None:
    """A number in brackets is that of an entry with the mark, and of no other one."""
    found = read(
        workbook(
            {
                "2.例示": [
                    HEADER,
                    ["2001.1.1", "*5", "例", "EXAMPLE"],
                    ["2001.1.1", "6", "列", "OTHER"],
                ],
                "3.例示": [
                    HEADER,
                    ["2002.1.1", "1(*5)", "例", "EXAMPLE"],
                    ["2002.1.1", "2(*6)", "列", "OTHER"],
                ],
            }
        )
    )
    related, other = found["003-000001"], found["003-000002"]
    assert [found.resolve(each.to) for each in related.relations] == [(found["002-000005"],)]
    assert (other.relations, other.features[0].value) == ((), "2(*6)")


def test_a_number_that_is_none() -> None:
    """An entry with an unreadable number has no key of the publisher; it is reported."""
    found = sheet(["2001.1.1", "甲", "例", "EXAMPLE"])
    assert next(iter(found)).source_id.startswith("~")
    kinds = {one.kind for one in found.audit.issues}
    assert kinds == {sl.answers.IssueKind.STRUCTURE, sl.answers.IssueKind.NO_ID}


def test_facts_in_other_information() -> None:
    """The text under a label is a fact; the whole text stays."""
    text = "性別・男性。ロシア国家登録番号：0000001\n暗号資産アドレス：0xA0；0xB0\n船舶登録証明：IMO0000002"
    one = entry(その他の情報=text)
    assert isinstance(one, sl.Person)
    assert (one.genders, one.remarks) == ((sl.Gender.MALE,), text)
    assert [(each.value, each.kind) for each in one.identifiers] == [
        ("0000001", Kind.REGISTRATION),
        ("0xA0", Kind.DIGITAL_CURRENCY),
        ("0xB0", Kind.DIGITAL_CURRENCY),
        ("IMO0000002", Kind.IMO),
    ]


def test_addresses_and_documents_in_other_information() -> None:
    """Addresses go on below without a label; documents are read as in their columns."""
    text = (
        "住所：例示町（シリア）、ドバイ（アラブ首長国連邦）\nイエメン\n"
        "旅券：No.000001、2005年8月21日まで有効（イラク）\n"
        "Italian Fiscal Code（イタリア納税者番号）：ＥＸ０００２。性別は女性。\n"
        "パスポート番号：000003（ケニア）\n生年月日：1941年4月27日\n別の国籍：スウェーデン\n"
        "電話：000-4\nＥメール・アドレス：example@example.org\nウェブサイト：http://example.org/"
    )
    one = entry(その他の情報=text)
    assert isinstance(one, sl.Person)
    assert [(each.lines, each.country and each.country.code) for each in one.addresses] == [
        (("例示町（シリア）",), "SY"),
        (("ドバイ（アラブ首長国連邦）",), "AE"),
        ((), "YE"),
    ]
    assert [
        (each.value, each.kind, each.country and each.country.code, str(each.expires or ""))
        for each in one.identifiers
    ] == [
        ("No.000001", Kind.PASSPORT, "IQ", "2005-08-21"),
        ("ＥＸ０００２", Kind.TAX, None, ""),
        ("000003", Kind.PASSPORT, "KE", ""),
    ]
    assert one.genders == (sl.Gender.FEMALE,)
    assert [str(each.date) for each in one.births] == ["1941-04-27"]
    assert [each.country.code for each in one.nationalities] == ["SE"]
    assert [(each.kind, each.value) for each in one.features] == [
        (sl.FeatureKind.PHONE, "000-4"),
        (sl.FeatureKind.EMAIL, "example@example.org"),
        (sl.FeatureKind.WEBSITE, "http://example.org/"),
    ]
    assert one.remarks == text


def test_prose_below_an_address() -> None:
    """A sentence, or the text under another label, is not an address."""
    one = entry(その他の情報="住所：ソマリア\nこれは例示である。\nその他の所在地：ケニア")
    assert [each.country and each.country.code for each in one.addresses] == ["SO"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("同団体に対するインターポール特別手配書：https://example.org/View-UN-Notices-Entities", sl.Organization),
        ("同人に対するインターポール特別手配書：https://example.org/View-UN-Notices-Individuals", sl.Person),
        ("同人に対するインターポール特別手配書：https://example.org/View-UN-Notices-Entities", sl.Entity),
        ("同団体と関係がある。", sl.Entity),
    ],
)  # fmt: skip
def test_the_kind_by_the_notice_of_interpol(text: str, kind: type[sl.Entity]) -> None:
    """A notice is on "the person" or "the organization"; if its address contradicts, on neither."""
    assert type(entry(その他の情報=text)) is kind


def test_other_entries_in_other_information() -> None:
    """A number in a remark refers to an entry of the same regime; deleted entries do not count."""
    found = sheet(
        [
            "2001.1.1",
            "1",
            "例",
            "EXAMPLE",
            "例示（２．に指定した団体）、(１)に指定した個人、(9.に指定した個人)",
        ],
        ["2001.1.1", "2", "列", "OTHER", ""],
        more=("その他の情報",),
    )
    (relation,) = found["002-000001"].relations
    assert (found.resolve(relation.to), relation.kind) == ((found["002-000002"],), None)
    assert relation.raw_kind == "に指定した団体"


# ── the CSV ───────────────────────────────────────────────────────────────────────────────────


def rows(**cells_by_column: str) -> bytes:
    """The CSV with one row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(CSV.columns)
    writer.writerow([cells_by_column.get(one, "") for one in CSV.columns])
    return out.getvalue().encode("utf-8-sig")


_IN_A_SHEET = {
    "告示日付": "2001.9.22\n2008.6.25改訂",
    "告示番号": "5",
    "日本語表記": "例示",
    "英語表記": "EXAMPLE\n(original script: مثال)",
    "別名・別称": "(a)エグザンプル(b)イグザンプル\n (a.k.a.: (a)Example (b)Ixample)",
    "旧称": "オールド\nOld",
    "確定に十分でない別名": "エグ（Ex）",
    "称号": "(a)Mullah（ムラー） (b)Haji（ハッジ）",
    "役職": "例示大臣\nMinister of Examples",
    "生年月日": "(a)22511\n(b)1961年頃",
    "出生地・出身地": "Zurmat District, Afghanistan",
    "国籍": "アフガニスタン",
    "旅券番号": "不明",
    "ID番号": "000-1",
    "住所・所在地": "イラン",
    "国連制裁員会による指定日": "2001年2月23日（2003年9月3日に改訂）",
    "国連参照番号": "QDi.901",
    "その他の情報": "例示部族に属する。",
}
_IN_A_ROW = {
    "区分": "2",
    "番号": "002-000005",
    "告示日付": "2001.9.22 2008.6.25改訂",
    "告示番号": "5",
    "個人・団体": "個人",
    "氏名（日本語）": "例示",
    "氏名（英語）": "EXAMPLE (original script: مثال)",
    "別名・別称（日本語）": "エグザンプル; イグザンプル",
    "別名・別称（英語）": "Example； Ixample",
    "旧称（日本語）": "オールド",
    "旧称（英語）": "Old",
    "確定に十分でない別名（日本語）": "エグ",
    "確定に十分でない別名（英語）": "Ex",
    "称号（日本語）": "ムラー; ハッジ",
    "称号（英語）": "Mullah; Haji",
    "役職（日本語）": "例示大臣",
    "役職（英語）": "Minister of Examples",
    "生年月日": "1961/8/18; 1961年頃",
    "出生地（英語）": "Zurmat District, Afghanistan",
    "国籍（日本語）": "アフガニスタン",
    "身分証番号": "000-1",
    "住所・所在地（国）（日本語）": "イラン",
    "国連参照番号": "QDi.901",
    "リスト掲載日": "2001年2月23日（2003年9月3日に改訂）",
    "その他の情報": "例示部族に属する。",
}
"""The same party in both formats."""


def test_both_formats_say_the_same() -> None:
    """The common facts are equal, except the regime: the CSV has only its number."""
    sheet_of = entry(**_IN_A_SHEET)
    (row_of,) = read(rows(**_IN_A_ROW))
    (of_sheet,), (of_row,) = sheet_of.designations, row_of.designations
    assert (of_sheet.programs, of_row.programs) == (("例示",), ("2",))
    same = attrs.evolve(row_of, designations=(attrs.evolve(of_row, programs=("例示",)),))
    assert same == sheet_of
    assert same.id == sheet_of.id == "jp_mof_sanctions:002-000005"


def test_a_row_of_another_table() -> None:
    """A row without the number of a regime does not belong to this list."""
    with pytest.raises(sl.errors.StructureChangedError, match="区分"):
        read(rows(**{**_IN_A_ROW, "区分": "EXAMPLE"}))


# ── parties of the complete files ─────────────────────────────────────────────────────────────


def test_the_whole_list(lists: Path) -> None:
    """As many as were counted by hand, and no more issues than the file has misprints."""
    found = read(lists / MOF)
    assert len(found) == 2862
    reasons = [one.reason for one in found.audit.omitted]
    assert reasons.count("the number of a deleted entry") == 598
    kinds = Counter(each.kind for one in found for each in one.relations)
    assert kinds == {sl.RelationKind.SAME_AS: 67, None: 457}
    assert Counter(type(one) for one in found) == {
        sl.Person: 2011,
        sl.Organization: 796,
        sl.Entity: 55,
    }
    weak = [one for one in found if any(n.strength is sl.AliasStrength.WEAK for n in one.names)]
    assert len(weak) == 49
    assert {one.kind for one in found.audit.issues} == {sl.answers.IssueKind.UNREAD_VALUE}


def test_parties_of_the_whole_list(lists: Path) -> None:
    """Checked in the workbook by eye."""
    found = read(lists / MOF)
    somali = found["021-000001"]
    assert (somali.name, str(somali.listed_since), len(somali.origins)) == (
        "AL-SHABAAB",
        "2010-06-25",
        13,
    )
    assert somali.remarks is not None
    assert len(somali.remarks.split("\n")) > 12
    bank = found["016-000001"]
    assert [(one.value, one.kind) for one in bank.identifiers] == [("FTBDKPPY", Kind.BIC)]
    assert [one.to.source_id for one in bank.relations] == ["014-000047"]
    gang = found["044-000001"]
    assert (gang.name, gang.identifiers[0].value) == ("GRAN GRIF", "HTe.001")
    assert gang.features[0].date == sl.PartialDate.day(date(2025, 7, 8))
    former = found["001-000001"]
    assert isinstance(former, sl.Person)
    assert [str(one.date or (one.place and one.place.text)) for one in former.births] == [
        "1941-08-20",
        "セルビア共和国ポジャレヴァッツ",
        "Pozarevac, Republic of Serbia",
    ]


def test_the_rows_of_the_csv(lists: Path) -> None:
    """Four parties are in both official files, with the same facts."""
    workbook_of, csv_of = read(lists / MOF), read(lists / EXCERPT)
    assert len(csv_of) == 4
    for one in csv_of:
        other = workbook_of[one.source_id]
        assert isinstance(one, sl.Person)
        assert isinstance(other, sl.Person)
        assert (one.names, one.births, one.titles, one.positions, one.nationalities) == (
            *(other.names, other.births, other.titles, other.positions, other.nationalities),
        )
        assert one.designations[0].events == other.designations[0].events
        # Line breaks of the workbook are blanks in the CSV.
        assert (one.remarks or "").split() == (other.remarks or "").split()


def test_an_end_user_in_two_scripts_on_one_line() -> None:
    """The bracket behind a name is the same in other characters, and no part of it or of the key."""
    header = [
        *("No.", "国名、地域名\nCountry or Region", "企業名､組織名\nCompany or Organization"),
        *("別名\nAlso Known As", "懸念区分\nType of WMD", "通常兵器\nConventional Weapons"),
    ]
    row = ["1", "香港\nHong Kong", "EXAMPLE LTD. (EXA)（例示有限公司）", "・Example（例示）"]
    (one,) = read(workbook({"ユーザーリスト": [header, row]}), "jp_meti_eul")
    assert [(name.text, name.kind) for name in one.names] == [
        ("EXAMPLE LTD. (EXA)", sl.NameKind.PRIMARY),
        ("例示有限公司", sl.NameKind.VARIATION),
        ("Example", sl.NameKind.AKA),
        ("例示", sl.NameKind.AKA),
    ]
    assert one.source_id == "~hong-kong.example-ltd-exa"


def test_end_users(lists: Path) -> None:
    """Kinds of weapons are the programs; names in other characters are names."""
    found = read(lists / METI)
    one = found["~north-korea.green-pine-associated-corporation"]
    assert one.programs == ("B", "C", "M", "N", "CW")
    assert [name.text for name in one.names][:3] == [
        "Green Pine Associated Corporation",
        "青松連合",
        "Ch'o'ngsong Yo'nhap",
    ]
    assert (one.listed_since, one.addresses[0].country) == (
        None,
        sl.Country(code="KP", raw="North Korea"),
    )
    assert "~north-korea.民族経済協力連合会" in {each.source_id for each in found}
    assert found.audit.issues == ()
