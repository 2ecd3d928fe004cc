"""Cells of Japanese lists → their values: items by letters, names in two languages, documents.

Peculiarities:

* The values of a cell are marked by letters, "(a)… (b)…", in half or full width, or separated by
  semicolons, lines, or (names) commas. A comma can also be part of a name; so it separates names
  only where that gives as many Japanese names as Latin ones.
* The Japanese and the Latin form of a value are on two lines, or one in brackets after the other.
* "不明" ("unknown") is not a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from string import ascii_letters, whitespace
from typing import NamedTuple

from sanctionslib.model import Country, IdentifierKind
from sanctionslib.reference import country_at_end, read_country

__all__ = [
    "DOCUMENTS",
    "ORIGINAL",
    "addresses",
    "country_in",
    "documents",
    "folded",
    "in_japanese",
    "in_two_scripts",
    "items",
    "japanese_name",
    "joined",
    "names",
    "nationality",
    "parted",
    "phrases",
    "primary_names",
]

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_JAPANESE = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff]")
_LOWER = re.compile(r"[a-z\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff]")
_LETTER = re.compile(r"\(\s*([A-Za-z])\1?\s?\)|([⒜-⒵])|(©)")
"""(a), and (aa) after (z); the copyright sign is how word processors replace "(c)"."""
_MARK_SIGNS = frozenset("(（©" + "".join(map(chr, range(0x249C, 0x24B6))))
_UNKNOWN = frozenset({"不明", "-", "―", "－", "なし", ""})
_ENDS = " \t\n\u3000\xa0、,;；，･"
_DIRECTIONS = " \u200e\u200f" + "".join(map(chr, range(0x202A, 0x202F)))
"""Blanks, and marks of writing direction."""
_MARKED = re.compile(r"\s*[(（]\s*(?:a\.k\.a|original)")
_ROLE = re.compile(
    r"(?:\(\s*)?(?:(?P<former>旧称(?=\s*[)、:])|f\.\s?k\.?\s?a\b|formerly known as)"
    r"|(?:別名\d*|別称)(?=\s*[)、:])|a\.\s?k\.?\s?a\b|also known as)"
    r"[\s.]*\)?(?P<list>[、:,]?)[\s.:]*",
    re.IGNORECASE,
)
"""Marks another or a former name."""
_ABOUT = re.compile(
    r"\d年|DOB\b|生年月日|国籍|番号|氏名|生まれ|出生|時点|旅券|記載|参加|コールサイン|イニシャル|名$|名で"
    r"|[Ll]isted as|formerly listed|nom de guerre|(?:combat|birth) name|identity|initials|^born "
)
"""Distinguishes a remark in brackets from a part of a name."""
_NOT_PRINTED = re.compile(r"[(（]【[^】]{0,50}】[)）]|【[^】]{0,50}】")
"""The placeholder for a name in letters that could not be printed: 【アラビア語】 ("in Arabic")."""
_NO_NAME = re.compile(r"and|or|及び|又は|.{0,50}[:：]", re.IGNORECASE | re.DOTALL)
"""Words between names, or before all of them: "the following aliases:"."""
_BESIDE = re.compile(r"phone|fax|tel\b|電話", re.IGNORECASE)
"""Words after an address that are part of it."""
_BORN = re.compile(
    r"(?:[,、]\s*|\s)((?:born |DOB\b).*|[0-9０-９]{4}年.{0,200}?(?:出生|生まれ).*)$"
    r"|[,、]\s*([A-Z][a-z]{1,30} passport .*)$",
    re.DOTALL,
)
"""The birth or a document of the person, after a name."""
_COMMA = re.compile(r"[,，](?!\s*(?i:ltd|inc|llc|iii)\b)")
_AND = re.compile("[、､]|及び")
_COMMA_BELOW = re.compile("[、､]")
_FAMILY_FIRST = re.compile(r"[^a-z,\s]+,[^,]*$")
"""A family name in capitals, and given names: one name with a comma."""
_BOTH = re.compile(
    r"([\u30a0-\u30ff\s]+[\u30a0-\u30ff])[ \u3000]+([A-Z][A-Za-z' .-]*[a-z][A-Za-z' .-]*)"
)
"""A name in katakana and the same in Latin letters, on one line."""
_ORIGINAL = re.compile(
    r"[(（]\s{0,9}(?:original sc\w{0,9}\s{0,9}[:：](?P<text>[^)）]{0,300})"
    r"|(?P<before>[^()（）:：]{1,300})[:：]\s{0,9}original sc\w{0,9}\s{0,9})[)）]"
    r"(?:\s{0,9}[(（](?P<language>[^)）]{0,30}語)[)）])?"
)
_IN_SCRIPT = re.compile(
    r"\bIn [A-Z][a-z]{1,20}\s?[:：]\s*([^\x00-\u024f][^A-Za-z()（）]{0,300})", re.IGNORECASE
)
"""The name in its original script, in a remark: "In Arabic: …"."""
_REMARK_BEHIND = re.compile(r"[(（]([^()（）]{1,300})[)）]\s*([^()（）]{1,300})")
_QUOTED = re.compile(r"「([^「」]{1,300}[)）])」")
ORIGINAL = "original script"
"""The role of a name in its original script."""


def folded(text: str) -> str:
    """The text with full-width letters, digits, signs and blanks in half width, one to one."""
    return text if text.isascii() else text.translate(_WIDE)


def _script(text: str) -> str:
    """The script of a text: Japanese ("ja"), Latin ("en"), or another one ("")."""
    if in_japanese(text):
        return "ja"
    is_other = re.search("[A-Za-z]", folded(text)) is None and any(map(str.isalpha, text))
    return "" if is_other else "en"


def joined(text: str) -> str:
    """The lines of a text as one."""
    return " ".join(map(str.strip, text.split("\n"))).strip(_DIRECTIONS)


def in_japanese(text: str) -> bool:
    """Whether any part of the text is in Japanese script."""
    return _JAPANESE.search(text) is not None


def parted(text: str) -> list[str]:
    """Countries, separated by commas."""
    return [one.strip(_ENDS) for one in text.split("、")]


def addresses(text: str) -> list[str]:
    """Addresses; the lines of one in Latin letters belong together."""
    found: list[str] = []
    for one in items(text):
        is_more = bool(found) and not (in_japanese(one) or in_japanese(found[-1]))
        if found and (_BESIDE.match(one) or not _peeled(one)[0]):
            found[-1] = f"{found[-1]}; {one}"
        elif is_more and len(_lettered(text)) == 1 and country_in(found[-1]) is None:
            found[-1] = f"{found[-1]} {one}"
        else:
            found.append(one)
    return found


def items(text: str) -> list[str]:
    """The values of a cell: by letters, semicolons and lines; never divided inside a bracket."""
    found: list[str] = []
    for at, one in enumerate(_lettered(text)):
        before, is_first = "", at > 0  # a letter begins a value, even inside an open bracket
        for part in re.split(r"([;；\n])", one):
            bare = part.strip(_ENDS)
            if part in (";", "；"):
                before = part
            elif found and _depth(found[-1]) > 0 and not (is_first or _MARKED.match(part)):
                found[-1] = f"{found[-1]}{before} {bare}".rstrip()
            elif bare not in ("", "(", "（"):  # a bracket around all values
                found.append(bare)
            is_first = False
    found = [_balanced(one) for one in found]
    return [one for one in found if one and one not in _UNKNOWN]


def _lettered(text: str) -> list[str]:
    """The items of a text that are marked by letters; the complete text where there are none."""
    starts: list[tuple[int, int]] = []
    if not _MARK_SIGNS.intersection(text):
        return [text]
    last = 0
    for mark in _LETTER.finditer(folded(text)):
        letter = (mark[1] or "").lower() or (chr(ord(mark[2]) - 0x249C + 97) if mark[2] else "c")
        number = ord(letter) - 96
        number += 26 if last >= 26 and number < 25 else 0
        # Letters ascend, or begin again in another language; any other letter is not a mark.
        if number == 1 or last < number <= last + 2:
            starts.append(mark.span())
            last = number
    ends = [start for start, _ in starts] + [len(text)]
    begins = [0, *(end for _, end in starts)]
    return [text[begin:end] for begin, end in zip(begins, ends, strict=True)]


def _depth(text: str) -> int:
    """The number of brackets that are open at the end."""
    return sum(map(text.count, "(（")) - sum(map(text.count, ")）"))


def _balanced(text: str) -> str:
    """The text without unbalanced brackets at its ends."""
    depth = _depth(text)
    while depth < 0 and text[-1:] in ")）":
        text, depth = text[:-1].rstrip(_ENDS), depth + 1
    while depth > 0 and text[-1:] in "(（":
        text, depth = text[:-1].rstrip(_ENDS), depth - 1
    if depth > 0 and text[:1] in "(（":
        text, depth = text[1:].lstrip(_ENDS), depth - 1
    return text + ")" * max(depth, 0)


# ── two languages ─────────────────────────────────────────────────────────────────────────────


def _peeled(text: str) -> tuple[str, str]:
    """The text before a bracket at its end, and the content of the bracket; "" for none."""
    if text[-1:] not in (")", "）"):
        return text, ""
    plain, depth = folded(text), 0
    for at in range(len(plain) - 1, -1, -1):
        depth += (plain[at] == ")") - (plain[at] == "(")
        if not depth:
            break
    else:
        return text, ""
    return (text[:at].rstrip(_ENDS), text[at + 1 : -1].strip()) if plain[-1] == ")" else (text, "")


def in_two_scripts(text: str) -> list[str]:
    """The text, and the content of a bracket after it in the other script: "Example（例）"."""
    outer, inside = _peeled(text)
    both = outer and in_japanese(inside) and not in_japanese(outer)
    return [outer, inside] if both else [text]


def _first_japanese(found: Iterable[str]) -> list[str]:
    return sorted(dict.fromkeys(found), key=lambda one: not in_japanese(one))


def phrases(text: str) -> list[str]:
    """Values in Japanese, then those in another language: "Mullah（ムラー）" is two."""
    found: list[str] = []
    for one in items(text):
        outer, inside = _peeled(one)
        is_translation = in_japanese(outer) != in_japanese(inside) and _LOWER.search(inside)
        found += [outer, inside] if is_translation else [one]
    return _first_japanese(found)


# ── names ─────────────────────────────────────────────────────────────────────────────────────


class _Value(NamedTuple):
    """A value of a cell with names: one name, or several separated by commas."""

    text: str
    role: str
    """"旧称" for former names; "" for others."""
    is_list: bool
    """Whether commas always separate names: "（別称、…、…）"."""
    is_marked: bool
    """Whether it is marked by a letter: then commas are part of it."""


def names(text: str) -> list[dict[str, str]]:
    """Names, Japanese ones first, each with its role and remark."""
    found: list[dict[str, str]] = []
    values = _values(text)
    at = 0
    while at < len(values):  # Japanese names, and the Latin ones below them
        split = end = at
        while split < len(values) and in_japanese(values[split].text):
            split += 1
        end = split
        while end < len(values) and not in_japanese(values[end].text):
            end += 1
        for one in _divided(values[at:split], values[split:end]):
            _add_names(found, one)
        at = end
    found.sort(key=lambda name: "language" not in name)
    distinct: dict[tuple[str, str], dict[str, str]] = {}
    for name in found:
        first = distinct.setdefault((name["text"], name.get("kind", "")), name)
        if (note := name.get("note", "")) not in first.get("note", ""):
            first["note"] = "; ".join(filter(None, [first.get("note"), note]))
    return list(distinct.values())


def _values(text: str) -> list[_Value]:
    plain = folded(text)
    marks = list(_ROLE.finditer(plain))
    is_stated_twice = any(not in_japanese(mark[0]) for mark in marks)
    """Whether Latin names state their role; else it is that of the Japanese ones above them."""
    begins = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(text)]
    found: list[_Value] = []
    for mark, begin, end in zip([None, *marks], begins, ends, strict=True):
        role = "旧称" if mark is not None and mark["former"] else ""
        is_of_japanese = mark is not None and in_japanese(mark[0]) and is_stated_twice
        is_list = mark is not None and mark["list"] != ""
        is_marked = len(_lettered(text[begin:end])) > 1
        for one in items(text[begin:end]):
            printed = _NOT_PRINTED.sub("", one).strip(_ENDS)
            if not printed or _NO_NAME.fullmatch(printed):
                continue
            outer, inside = _peeled(printed)
            is_alone = not outer and (printed != one or not in_japanese(inside))
            for value in re.split("[;；]", inside) if is_alone else [printed]:
                is_stated = role if in_japanese(value) or not is_of_japanese else ""
                found.append(_Value(value.strip(), is_stated, is_list, is_marked))
    return found


def _divided(japanese: Sequence[_Value], latin: Sequence[_Value]) -> Iterator[_Value]:
    """The values; one with several names is split at commas, if that is certain."""
    first = [_apart(one, _COMMA_BELOW) if one.is_list else [one] for one in japanese]
    second = [[one] for one in latin]
    if len(japanese) == 1 and not japanese[0].is_marked and not _BORN.search(japanese[0].text):
        first = [_apart(japanese[0], _COMMA_BELOW)]
        also = _apart(japanese[0], _AND)
        if len(latin) == 1 and not latin[0].is_marked and not _FAMILY_FIRST.match(latin[0].text):
            second = [_apart(latin[0], _COMMA)]
        count = sum(map(len, second))
        if len(also) == count:
            first = [also]
        elif len(first[0]) != count:
            first = first if japanese[0].is_list else [[japanese[0]]]
            second = [[one] for one in latin]
    yield from chain(*first, *second)


def _apart(value: _Value, mark: re.Pattern[str]) -> list[_Value]:
    return [value._replace(text=one) for one in mark.split(value.text)]


def _add_names(found: list[dict[str, str]], value: _Value) -> None:
    """Add the names of one value: "ムタ（Muta）（1984年生まれ）" is two names with a remark."""
    text, texts, notes = value.text.removeprefix("-"), list[str](), list[str]()
    originals = _originals(text)[0]
    text = _ORIGINAL.sub("", text).strip(_ENDS)
    while True:
        if quoted := _QUOTED.fullmatch(text):
            text = quoted[1]
        text, remarks = _without_remark(text)
        notes = [*remarks, *notes]
        if born := _BORN.search(text):
            text, notes = text[: born.start()], [born[1] or born[2], *notes]
        outer, inside = _peeled(text)
        within, about = _peeled(inside)
        if within and _ABOUT.search(folded(about)) and not in_japanese(within):
            inside, notes = within, [about, *notes]
        inside, remarks = _without_remark(inside)
        notes = [*remarks, *notes]
        is_japanese = in_japanese(inside)
        if inside and (_ABOUT.search(folded(inside)) or (is_japanese and not outer)):
            notes.insert(0, inside)
        elif inside and (not outer or _script(outer) != _script(inside)):
            texts = [*([inside] if is_japanese else re.split("[;；]", inside)), *texts]
        else:
            break
        text = outer
    if (both := _BOTH.fullmatch(text)) and not texts:
        text, texts = both[1], [both[2]]
    stated = [one.strip() for one in (text, *texts) if re.search(r"\w", one)]
    if not stated and notes and found:  # a remark on its own line
        found[-1]["note"] = "; ".join(filter(None, [found[-1].get("note"), *notes]))
        return
    for one in stated:
        is_original = _script(one) == "" and len(stated) > 1
        name = {"text": joined(one)}
        name |= {"language": "ja"} if in_japanese(one) else {}
        name |= {"kind": value.role} if value.role else {}
        name |= {"kind": ORIGINAL} if is_original else {}
        name |= {"note": "; ".join(notes)} if notes else {}
        found.append(name)
    originals += [one[1].strip(_ENDS + ".") for note in notes for one in _IN_SCRIPT.finditer(note)]
    found += [{"text": joined(one), "kind": ORIGINAL} for one in originals]


def _without_remark(text: str) -> tuple[str, list[str]]:
    """The text before a remark in brackets, and the remark: "((X; Y) known by this name)"."""
    found = _REMARK_BEHIND.fullmatch(text)
    is_remark = found is not None and _ABOUT.search(folded(found[2])) is not None
    return (found[1], [found[2]]) if found is not None and is_remark else (text, [])


def _originals(text: str) -> tuple[list[str], str]:
    """The names in their original script in brackets, and their language."""
    marks = list(_ORIGINAL.finditer(text))
    names = [(one["text"] or one["before"] or "").strip() for one in marks]
    languages = [one["language"] for one in marks if one["language"]]
    return [one for one in names if one not in _UNKNOWN], "; ".join(languages)


def japanese_name(text: str) -> list[dict[str, str]]:
    """The name, unchanged, in Japanese."""
    return [{"text": joined(text), "language": "ja"}]


def primary_names(text: str) -> list[dict[str, str]]:
    """The name, and the one in its original script in brackets."""
    found: list[dict[str, str]] = []
    originals, language = _originals(text)
    if bare := joined(_ORIGINAL.sub("", text)):
        found.append({"text": bare})
    note = {"note": language} if language else {}
    return found + [{"text": joined(one), "kind": ORIGINAL} | note for one in originals]


# ── countries and places ──────────────────────────────────────────────────────────────────────

_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]")
_LATIN = ascii_letters + whitespace + "\u3000\xa0"
_SAID = re.compile(r"(.+?)(人|国籍|と思われる)")


def country_in(text: str) -> Country | None:
    """The country of a place: the text, or its end in brackets or after a comma, or its start."""
    outer, inside = _peeled(text.strip(_ENDS))
    for one in (text, inside, re.split("[、,､，]", outer)[-1]):
        if (found := _country(one)).code is not None:
            return found
    # A name in katakana ends where another script begins: マリ is not in マリウポリ.
    for end in range(len(text) - 1, 1, -1):
        is_within = _KATAKANA.match(text[end]) and _KATAKANA.match(text[end - 1])
        if not is_within and in_japanese(text[:end]) and (found := _country(text[:end])).code:
            return found
    return country_at_end(text)


def _country(text: str) -> Country:
    """A country; its Latin name can follow the Japanese one: "エジプトEgypt"."""
    plain = text.strip(_ENDS)
    bare = plain.rstrip(_LATIN) if in_japanese(plain) else plain
    return Country(code=read_country(bare).code, raw=plain)


def nationality(text: str) -> tuple[Country, str]:
    """The country of a nationality, and further words about it."""
    outer, inside = _peeled(text)
    name, note = (outer, inside) if inside else (text, "")
    if (found := _country(name)).code is None and (stated := _SAID.fullmatch(name)):
        found, note = _country(stated[1]), note or stated[2].replace("人", "").replace("国籍", "")
    return (found, note) if found.code is not None else (read_country(text), "")


# ── documents ─────────────────────────────────────────────────────────────────────────────────

_NUMBER = re.compile(
    r"(?P<label>(?:[^0-9A-Za-z(]|\([^()]*\)|(?:ID|SSN|FACA|No|N°)(?![A-Za-z])"
    r"|(?<![A-Za-z])(?=[A-Z]{0,9}[a-z]{2})[A-Za-z]++\.?)*?)"
    r"(?P<number>(?!SSN|ID)(?:No\.|N°)?[A-Z]{0,4}[ /ー-]?[A-Z]*[ ー]?\d[0-9A-Z]*+"
    r"(?:[ ./-]++(?:No\.)?[A-Z]*+\d[0-9A-Z]*+)*(?:\(\d\))?)"
    r"(?![0-9A-Z年月])(?P<rest>.*)",
    re.DOTALL,
)
_DAY = r"(\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?頃?)"
_ISSUED = re.compile(
    rf"(?:発行|発効)日:?\s*{_DAY}"
    rf"|{_DAY}(?:(?!\d{{4}}年|失効|有効|生まれ|出生|取消)[^。;]){{0,200}}?(?:発行|発効)"
)
_EXPIRES = re.compile(rf"(?:失効日|有効期限)は?:?\s*{_DAY}|{_DAY}(?:に)?(?:失効|まで有効)")
_ANOTHER = re.compile(
    r"、(?=[^、()年月日]{0,40}?(?:番号|証明書|旅券)[^、()年月日0-9]{0,20}[A-Z]{0,3}\d{3})"
)
"""The separator of two documents in one item."""
_SAYS_NOTHING = ("号", "番", "又は")
_INSIDE = re.compile(r"\(([^()0-9]+)\)")
_GOES_ON = re.compile(r"旅券(?:発行|発効|失効)日|発行[日地]|有効期限|\((?![^()]*旅券[A-Z]*\d)")
DOCUMENTS: Mapping[str, IdentifierKind] = {
    "社会保障": IdentifierKind.SOCIAL_SECURITY,
    "SSN": IdentifierKind.SOCIAL_SECURITY,
    "Fiscal Code": IdentifierKind.TAX,
    "納税": IdentifierKind.TAX,
    "出生証明": IdentifierKind.BIRTH_CERTIFICATE,
    "運転免許": IdentifierKind.DRIVING_LICENCE,
    "有権者": IdentifierKind.VOTER,
    "軍": IdentifierKind.MILITARY,
    "外国人登録": IdentifierKind.RESIDENCE,
    "渡航": IdentifierKind.TRAVEL_DOCUMENT,
    "ライセンス": IdentifierKind.LICENCE,
    "配給": IdentifierKind.OTHER_DOCUMENT,
    "国籍証明": IdentifierKind.OTHER_DOCUMENT,
    "住民票": IdentifierKind.OTHER_DOCUMENT,
    "学生": IdentifierKind.OTHER_DOCUMENT,
}
"""A word of a label → the kind of the document; by default the kind of the column."""


def documents(text: str) -> list[dict[str, str]]:
    """Numbers of documents, each with its label, its country, its dates and further words."""
    found: list[dict[str, str]] = []
    before = ""
    whole = _whole_documents(_apart_documents(items(text)))
    for at, one in enumerate(whole, start=1):
        plain = folded(one)
        if not re.search(r"\d", plain) and at < len(whole):
            before = plain.strip(_ENDS + ":")  # the label of the following numbers
            continue
        match = _NUMBER.fullmatch(plain)
        if match is None:
            found.append({"value": joined(one)})
            continue
        label = match["label"].strip(_ENDS + ":") or before
        rest = match["rest"]
        number = one[match.start("number") : match.end("number")].strip()
        made = {"value": number.replace("ー", "-")}
        made |= {"label": label} if label else {}
        for where in (label, *_INSIDE.findall(rest)):
            if country := country_in(re.sub("(?:外交|公用)?旅券.*$", "", where)):
                is_japanese = in_japanese(country.raw)  # the country, not "クウェートID"
                made["country"] = country.raw.rstrip(_LATIN) if is_japanese else country.raw
                break
        for key, pattern in (("issued", _ISSUED), ("expires", _EXPIRES)):
            if day := pattern.search(rest):
                made[key] = day[1] or day[2]
        stated = f"{label} {made['value']}"
        for word in DOCUMENTS:
            if word in stated:
                made.setdefault("kind", word)
        if (note := _balanced(joined(rest).strip(_ENDS))) not in ("", *_SAYS_NOTHING):
            made["note"] = _peeled(note)[1] if not _peeled(note)[0] else note
        found.append(made)
    return found


def _apart_documents(found: Iterable[str]) -> Iterator[str]:
    """The items; a second document after a comma becomes its own item."""
    for one in found:
        begin = 0
        for mark in _ANOTHER.finditer(plain := folded(one)):
            if not _depth(plain[: mark.start()]):
                yield one[begin : mark.start()]
                begin = mark.end()
        yield one[begin:]


def _whole_documents(found: Iterable[str]) -> list[str]:
    """The items; a line about a document is joined to its number."""
    whole: list[str] = []
    for one in found:
        plain = folded(one)
        if whole and _GOES_ON.match(plain):
            whole[-1] += f"、{one}"
        else:
            outer, inside = _peeled(one)
            whole.append(one if outer else inside)
    return whole
