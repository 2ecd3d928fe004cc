"""Japan's lists, for the contract. The small workbooks are text; the tests make them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

import attrs
from case import Case, book, data, json_of
from nodes import Span
from table_containers import Book, Table

from sanctionslib.parsers.jp.mof import XLSX


def _is_party(cells: Mapping[str, str]) -> bool:
    """Whether a row is not the number of a deleted entry."""
    names = ("日本語表記", "英語表記", "その他の情報")
    return "削除" not in cells.get("告示日付", "") and any(name in cells for name in names)


_NAMES = "英語表記|日本語表記|氏名|別名|旧称|確定"
_TEXTS = re.compile(f"(?:{_NAMES}|称号|役職|肩書|企業名).*")
_PLACES = re.compile("(?:出生地|住所|電話|FAX).*")
_NO_VALUE = re.compile(
    r"[a-zａ-ｚ\u202b]|original sc\w+|and|the following .*|(?:アラビア|ロシア)語(?:表記)?|別[称名]\d*|旧称|不明|及び.*|.*(?:出生|年|born\b|DOB\b).*"
)
_RUN = r"[^()（）【】;；:：、､,，・\s](?:(?!及び|(?<=[ァ-ヶー]) +[A-Z]|[af]\.k\.a)[^()（）【】;；:：、､,，\n])*"
"""A name, a phrase, or a piece of one."""
_MARK = re.compile(r"^\s*(?:[af]\.k\.a\.?|also known as)\s*", re.IGNORECASE)


def _spans(path: str, text: str) -> Sequence[Span] | None:
    """The values of a cell that can have several."""
    if path in ("旅券番号", "身分証番号"):
        return _found(r"[A-Z]*[0-9０-９]{6,}", text)
    if _PLACES.fullmatch(path):
        return _found(r"[^;；\n()（）]*[^;；\n()（）\s、]", text)
    if _TEXTS.fullmatch(path):
        return _found(_RUN, text)
    return None


def _found(pattern: str, text: str) -> list[Span]:
    made: list[Span] = []
    for one in re.finditer(pattern, text):
        bare = _MARK.sub("", re.split(r"[,\s]+(?:born|DOB)\b", one[0])[0]).strip(" \u3000、,「」-")
        if bare and not _NO_VALUE.fullmatch(bare):
            start = text.index(bare, one.start())
            made.append((start, start + len(bare), "later" if made else "first"))
    return made


_METI = (
    "国名、地域名 Country or Region",
    "企業名､組織名 Company or Organization",
)
_CODED = "告示日付|番号|生年月日|生年月日・出生地|国籍.*|個人・団体|旅券番号|身分証番号|（国）.*"

CASES: tuple[Case, ...] = (
    Case(
        format="jp-mof-xlsx",
        list_id="jp_mof_sanctions",
        open=lambda files: Book(
            files,
            header=("告示日付", "告示番号", "日本語表記", "英語表記"),
            names=XLSX.spellings,
            is_party=_is_party,
        ),
        small=book(partial(json_of, "jp_mof.json")),
        files=("shisantouketsu.xlsx",),
        whole=("jp_mof_sanctions/shisantouketsu20260305.xlsx",),
        published="2026-03-05",
        keys=frozenset({"告示番号"}),
        nothing=frozenset({"不明"}),
        own=lambda one: attrs.evolve(one, relations=()),
        names=_NAMES,
        spans=_spans,
        coded=_CODED,
    ),
    Case(
        format="jp-mof-csv",
        list_id="jp_mof_sanctions",
        open=lambda files: Table(files),
        small=data("jp_mof.csv"),
        files=("shisantouketsu.csv",),
        whole=("jp_mof_sanctions/shisantouketsu20260828_excerpt_head.csv",),
        published="2026-08-28",
        names=_NAMES,
        uid="番号",
        own=lambda one: attrs.evolve(one, relations=()),
        spans=_spans,
        coded=_CODED,
    ),
    Case(
        format="jp-meti-xlsx",
        list_id="jp_meti_eul",
        open=lambda files: Book(files, header=_METI),
        small=book(partial(json_of, "jp_meti.json")),
        files=("end_user_list.xlsx",),
        whole=("jp_meti_eul/20250929_4.xlsx",),
        published="2025-09-29",
        names="企業名|別名",
        spans=_spans,
        coded="国名、地域名.*|懸念区分.*|通常兵器.*",
    ),
)
