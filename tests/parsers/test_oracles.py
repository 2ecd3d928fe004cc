"""World lists against figures and entries that were made from the files without this library.

`oracles` beside the folder of `SANCTIONSLIB_LISTS` has them: `counts.json`, counted by other programs,
and a table of entries for some lists, checked by eye. What its README says of the columns is what is
computed here, from the entities alone.
"""

from __future__ import annotations

import csv
import json
import os
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import sanctionslib as sl
from sanctionslib.parsers import formats

FILES = (
    "un_sc_sanctions/UN_consolidated_2021-03-12.xml",
    "un_sc_sanctions/UN_consolidated_2025-11-15.xml",
    "eu_fsf/EU_FSF_1_1_2021-03-02.xml",
    "gb_hmt_sanctions/ConList_2020-04-27.csv",
    "gb_hmt_sanctions/ConList_2025-04-10.xlsx",
    "ca_dfatd_sema_sanctions/sema-lmes_2025.xml",
    "au_dfat_sanctions/regulation8_consolidated_2024-11-11.xlsx",
    "au_dfat_sanctions/Australian_Sanctions_Consolidated_List_2026-02.xlsx",
    "jp_mof_sanctions/shisantouketsu20260305.xlsx",
    "ua_nsdc_sanctions/sanctions_2022.xlsx",
    "pl_mswia_sanctions/mswia_2026-02-21.xlsx",
    "ae_local_terrorists/LS1309232025.csv",
    "worldbank_debarred/wb-data_2026-03-15.json",
    "iadb_sanctions/data_2024.xlsx",
    "il_wmd_sanctions/data_2024.xlsx",
    "jp_meti_eul/20250929_4.xlsx",
    "pk_proscribed_persons/source.json",
)
"""The files with figures in `counts.json`; RePET's two are one edition, and have a test below."""
_READABLE = frozenset(list_id for each in formats() for list_id in each.lists)
_PROGRAMS_IN_OTHER_WORDS = ("jp_mof_sanctions", "pl_mswia_sanctions", "ua_nsdc_sanctions")
"""Lists whose files name no program: the tables have the sheet, publisher or decree."""
_CORRECTED = {
    # "バーベキュー（Barbeque）" is a name in katakana and one in Latin letters, as the CSV has them.
    "jp_mof_sanctions 42 | 2022.11.11 | 1": {"original_script": "2"},
}
"""By entry: columns of the tables that a second look at the file corrects, with the reason."""
_KINDS = {"organization": "organisation", "entity": "unstated"}


def counted(name: str) -> list[Any]:
    """Parameters of the files of readable lists."""
    return [one for one in FILES if one.partition("/")[0] in _READABLE and name in one]


@cache
def read(path: Path, list_id: str) -> sl.SanctionsList[sl.Entity]:
    """A complete file; other tests compare its faults."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sl.SanctionsWarning)
        return sl.read(path, list_id=list_id, partial=True)


@pytest.fixture
def oracles(lists: Path) -> Path:
    folder = lists.parent / "oracles"
    if not folder.is_dir():
        pytest.skip(f"no folder {folder}")
    return folder


@pytest.fixture
def figures(oracles: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((oracles / "counts.json").read_text("utf-8"))
    return found


# ── entities in the terms of the oracles ────────────────────────────────────────────


def further(one: sl.Entity) -> Iterator[sl.Name]:
    """Its names except the primary one: each once in any letter case, strong if one of them is.

    What is marked as original script is counted apart, also where no other name is the primary one.
    """
    found: dict[tuple[bool, str], sl.Name] = {}
    for name in one.names:
        stated = (name.kind is sl.NameKind.ORIGINAL_SCRIPT, name.text.casefold())
        if stated not in found or name.strength is sl.AliasStrength.STRONG:
            found[stated] = name
    found.pop((False, one.name.casefold()), None)
    yield from found.values()


def is_original(name: sl.Name) -> bool:
    """Whether a name is in an original script: marked so, or without a Latin letter."""
    if name.kind is sl.NameKind.ORIGINAL_SCRIPT or name.script not in (None, "Latn"):
        return True
    if name.raw_kind.startswith("Назва "):  # Ukraine's are all in Cyrillic, the primary one too
        return False
    return not re.search(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]", name.text)


def dates_of(one: sl.Entity) -> list[sl.PartialDate]:
    """Its distinct dates of birth that can be read."""
    births = one.births if isinstance(one, sl.Person) else ()
    found = dict.fromkeys(each.date for each in births if each.date is not None)
    return [each for each in found if each.is_read]


def strength(name: sl.Name) -> str:
    return "original" if is_original(name) else name.strength.value


def names_by_strength(found: sl.SanctionsList[sl.Entity]) -> Counter[str]:
    return Counter(strength(name) for one in found for name in further(one))


def births_by_form(found: sl.SanctionsList[sl.Entity]) -> Counter[str]:
    dates = [day for one in found for day in dates_of(one)]
    return Counter(day.precision.value for day in dates) + Counter(
        "circa" for day in dates if day.circa
    )


# ── the figures ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", counted(""))
def test_entities(lists: Path, figures: Mapping[str, Any], name: str) -> None:
    """As many parties, of each kind, as were counted."""
    stated = figures["per_entity"][name]
    found = read(lists / name, name.partition("/")[0])
    assert stated["entities"] <= len(found) <= stated.get("entities_max", stated["entities"])
    kinds = Counter(_KINDS.get(one.kind, one.kind) for one in found)
    if stated.get("kinds"):
        assert kinds == {kind: count for kind, count in stated["kinds"].items() if count}


@pytest.mark.parametrize("name", counted(""))
def test_since(lists: Path, figures: Mapping[str, Any], name: str) -> None:
    """As many parties have a day of listing as the file states one for."""
    stated = figures["per_entity"][name].get("listed")
    if stated is None:
        pytest.skip("not counted for this file")
    found = read(lists / name, name.partition("/")[0])
    days = [
        one
        for one in found
        if one.listed_since and one.listed_since.precision is sl.model.Precision.DAY
    ]
    assert stated <= len(days) <= figures["per_entity"][name].get("entities_max", stated)


@pytest.mark.parametrize("name", counted(""))
def test_names(lists: Path, figures: Mapping[str, Any], name: str) -> None:
    """As many further names of each strength as were counted, and more only where cells are split."""
    stated = figures["per_entity"][name].get("names")
    if stated is None:
        pytest.skip("not counted for this file")
    counts = names_by_strength(read(lists / name, name.partition("/")[0]))
    for one in ("strong", "weak", "unstated", "original"):
        assert stated[one] <= counts[one] <= stated[one] + stated["slack"], (one, counts, stated)


@pytest.mark.parametrize("name", counted(""))
def test_births(lists: Path, figures: Mapping[str, Any], name: str) -> None:
    """As many dates of birth of each form as were counted."""
    stated = figures["per_entity"][name].get("births")
    if stated is None:
        pytest.skip("not counted for this file")
    slack = figures["per_entity"][name]["births_slack"]
    counts = births_by_form(read(lists / name, name.partition("/")[0]))
    for form, count in stated.items():
        most = counts[form] if slack is None else count + slack
        assert count <= counts[form] <= most, (form, counts, stated)


# ── entries that were checked by eye ──────────────────────────────────────────────────────────


def rows() -> Iterator[Any]:
    """Each row of the tables, by list and key; empty without the folder."""
    given = os.environ.get("SANCTIONSLIB_LISTS", "")
    for table in sorted((Path(given).parent / "oracles").glob("*.tsv")) if given else ():
        with table.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream, delimiter="\t"):
                if row["list_id"] in _READABLE:
                    name = f"{row['list_id']} {row['source_id']}"
                    yield pytest.param(row | _CORRECTED.get(name, {}), id=name)


def intervals(stated: str) -> list[str]:
    return [] if stated in ("", "?") else [one.strip() for one in stated.split("|")]


@pytest.mark.parametrize("row", list(rows()))
def test_entry(lists: Path, row: Mapping[str, str]) -> None:
    """An entry has the facts read by hand: kind, names, births, program, date of listing."""
    path = lists / row["list_id"] / row["file"]
    found = read(path, row["list_id"])
    by_key = {one.source_id: one for one in found}
    if re.search(r" \| |^\w+: ", row["source_id"]):  # the parts of a key that we built
        names = [one for one in found if one.name == row["primary_name"]]
        assert names, row["primary_name"]
        one = names[0]
    else:
        one = by_key[row["source_id"]]
    assert _KINDS.get(one.kind, one.kind) == row["kind"]
    if not row["primary_name"].startswith("("):
        assert one.name == row["primary_name"]
    names_stated = Counter(strength(name) for name in further(one))
    for column, sort in (
        ("strong", "strong"),
        ("weak", "weak"),
        ("unmarked", "unstated"),
        ("original_script", "original"),
    ):
        if row[column] not in ("", "?"):
            stated = int(row[column].partition(" ")[0])
            assert names_stated[sort] == stated, (column, [*further(one)])
    if row["birth_earliest"] not in ("?", "(text only)") and row["alias_count"] != "?":
        dates = {(str(day.earliest or ""), str(day.latest or "")) for day in dates_of(one)}
        first, last = intervals(row["birth_earliest"]), intervals(row["birth_latest"])
        if first or last:
            width = max(len(first), len(last))
            first, last = first or [""] * width, last or [""] * width
        assert dates == set(zip(first, last, strict=True))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", row["listed_on"]):
        assert str(one.listed_since) == row["listed_on"]
    if row["programs"] not in ("", "?") and row["list_id"] not in _PROGRAMS_IN_OTHER_WORDS:
        assert set(one.programs) == {each.strip() for each in row["programs"].split(";")}
