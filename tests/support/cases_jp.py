"""Japan's lists, for the contract. The small workbooks stand as text; the tests make them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from case import Case, data
from containers import Book, Table
from sheet_files import workbook

from sanctionslib.parsers.jp.mof import XLSX

__all__ = ["CASES", "sheets"]


def sheets(name: str) -> dict[str, list[list[str]]]:
    """The rows of a small file, by sheet."""
    (text,) = data(name)()
    made: dict[str, list[list[str]]] = json.loads(text)
    return made


def _small(name: str) -> Callable[[], Sequence[bytes]]:
    return lambda: [workbook(sheets(name))]


def _is_party(cells: Mapping[str, str]) -> bool:
    """Whether a row is no number of a deleted entry."""
    names = ("日本語表記", "英語表記", "その他の情報")
    return "削除" not in cells.get("告示日付", "") and any(name in cells for name in names)


_METI = (
    "国名、地域名 Country or Region",
    "企業名､組織名 Company or Organization",
)

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
        small=_small("jp_mof.json"),
        files=("shisantouketsu.xlsx",),
        whole=("jp_mof_sanctions/shisantouketsu20260305.xlsx",),
        published="2026-03-05",
        keys=frozenset({"告示番号"}),
        names="英語表記|日本語表記",
    ),
    Case(
        format="jp-mof-csv",
        list_id="jp_mof_sanctions",
        open=lambda files: Table(files),
        small=data("jp_mof.csv"),
        files=("shisantouketsu.csv",),
        whole=("jp_mof_sanctions/shisantouketsu20260828_excerpt_head.csv",),
        published="2026-08-28",
        names="氏名",
        uid="番号",
    ),
    Case(
        format="jp-meti-xlsx",
        list_id="jp_meti_eul",
        open=lambda files: Book(files, header=_METI),
        small=_small("jp_meti.json"),
        files=("end_user_list.xlsx",),
        whole=("jp_meti_eul/20250929_4.xlsx",),
        published="2025-09-29",
        names="企業名",
    ),
)
"""The cases of these publishers."""
