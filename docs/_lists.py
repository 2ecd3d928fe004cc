"""The page that compares all lists, generated from the catalog, the formats' tables and whole files.

    python docs/_lists.py                               writes the parts that need no list files
    SANCTIONSLIB_LISTS=folder python docs/_lists.py     counts the whole files in it, too

The folder has one folder for each list, named by its id; `WHOLE` names the file that is counted.
`tests/docs/test_lists_page.py` fails if the page is out of date.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import sanctionslib as sl
from sanctionslib.parsers import formats
from sanctionslib.parsers._engine.edition import TableFormat

__all__ = ["EXCERPTS", "PAGE", "WHOLE", "figures", "linked", "shown_lists", "with_parts"]

_DOCS = Path(__file__).parent
PAGE = _DOCS / "lists" / "index.md"
_PART = re.compile(r"(<!-- lists: ([a-z]+) -->\n).*?(<!-- end of lists -->)", re.DOTALL)

WHOLE: Mapping[str, tuple[str, str]] = {
    "us_ofac_sdn": ("SDN_2021-03-10.xml", ""),
    "us_ofac_cons": ("CONS_ENHANCED_2025-01-10.xml", ""),
    "us_trade_csl": ("consolidated_2022-05.csv", "2022-05"),
    "us_bis_denied": ("dpl_2023-11-30.txt", "2023-11-30"),
    "un_sc_sanctions": ("UN_consolidated_2025-11-15.xml", ""),
    "eu_fsf": ("EU_FSF_1_1_2021-03-02.xml", ""),
    "gb_hmt_sanctions": ("ConList_2025-04-10.xlsx", ""),
    "ca_dfatd_sema_sanctions": ("sema-lmes_2025.xml", "2025"),
    "au_dfat_sanctions": ("Australian_Sanctions_Consolidated_List_2026-02.xlsx", "2026-02"),
    "ua_nsdc_sanctions": ("sanctions_2022.xlsx", "2022-04"),
    "jp_mof_sanctions": ("shisantouketsu20260305.xlsx", "2026-03-05"),
    "jp_meti_eul": ("20250929_4.xlsx", "2025-09-29"),
    "pl_mswia_sanctions": ("mswia_2026-02-21.xlsx", "2026-02-21"),
    "ar_repet": ("", "2026-07-07"),
    "il_wmd_sanctions": ("data_2024.xlsx", "2024"),
    "pk_proscribed_persons": ("source.json", ""),
    "worldbank_debarred": ("wb-data_2026-03-15.json", ""),
    "iadb_sanctions": ("data_2024.xlsx", "2024"),
}
"""The newest whole file of each list that was available, "" for all files of the folder; and,
where it states no date, the date of the copy, if known."""

EXCERPTS: Mapping[str, str] = {
    "gb_fcdo_sanctions": "an excerpt: 4 designations of August 2026",
    "ch_seco_sanctions": "an excerpt: 4 targets of August 2026",
    "fr_tresor_gels_avoir": "an excerpt: 9 entries of November 2025",
    "nz_russia_sanctions": "no file of it",
    "ae_local_terrorists": "only the sheet of persons, 155 of September 2025",
}
"""The lists without a whole file, with the excerpt that was read instead."""

SHORT: Mapping[str, str] = {
    "us_ofac_sdn": "US: SDN",
    "us_ofac_cons": "US: other OFAC",
    "us_trade_csl": "US: screening list",
    "us_bis_denied": "US: denied persons",
    "un_sc_sanctions": "United Nations",
    "eu_fsf": "European Union",
    "gb_fcdo_sanctions": "United Kingdom",
    "gb_hmt_sanctions": "UK: OFSI, closed",
    "ch_seco_sanctions": "Switzerland",
    "ca_dfatd_sema_sanctions": "Canada",
    "au_dfat_sanctions": "Australia",
    "fr_tresor_gels_avoir": "France",
    "ua_nsdc_sanctions": "Ukraine",
    "jp_mof_sanctions": "Japan",
    "jp_meti_eul": "Japan: end users",
    "nz_russia_sanctions": "New Zealand",
    "pl_mswia_sanctions": "Poland",
    "ar_repet": "Argentina",
    "il_wmd_sanctions": "Israel: WMD",
    "pk_proscribed_persons": "Pakistan",
    "ae_local_terrorists": "UAE",
    "worldbank_debarred": "World Bank",
    "iadb_sanctions": "IADB",
}
"""The names of lists in tables: the first column must fit on a phone."""

_OTHER_PAGES = {
    "us_ofac_sdn": "../formats/ofac-enhanced.md",
    "us_ofac_cons": "../formats/ofac-enhanced.md",
    "us_trade_csl": "../formats/us-csl.md",
    "us_bis_denied": "../formats/us-bis-denied.md",
}
"""Lists whose format has its own page."""

_F = sl.Fact
_GROUPS: Mapping[str, Mapping[str, sl.Fact]] = {
    "designations": {
        "listed since": _F.LISTING_DATE,
        "reason": _F.REASON,
        "program": _F.PROGRAM,
        "legal basis": _F.LEGAL_BASIS,
        "measures": _F.MEASURE,
        "delisted": _F.DELISTING_DATE,
    },
    "persons": {
        "birth date": _F.BIRTH_DATE,
        "birthplace": _F.BIRTH_PLACE,
        "nationality": _F.NATIONALITY,
        "citizenship": _F.CITIZENSHIP,
        "gender": _F.GENDER,
        "position": _F.TITLE,
    },
    "parties": {
        "kind": _F.KIND,
        "name parts": _F.NAME_PARTS,
        "alias strength": _F.ALIAS_STRENGTH,
        "own script": _F.ORIGINAL_SCRIPT,
        "address": _F.ADDRESS,
        "numbers": _F.IDENTIFIER,
        "links": _F.RELATION,
        "flag": _F.FLAG,
        "registered in": _F.REGISTRATION,
    },
}
"""The tables of facts, by column. Authority and list are not among them: the catalog has both for
every list."""

SUPPORTED, ELSEWHERE, NEVER = "●", "○", "–"


_ORDER = ("sanctions", "export control", "debarment")


def shown_lists() -> tuple[sl.catalog.ListInfo, ...]:
    """The lists that can be read: sanctions, then the other categories, in the catalog's order."""
    readable = [one for one in sl.lists() if one.is_readable]
    return tuple(sorted(readable, key=lambda one: _ORDER.index(one.category)))


def linked(info: sl.catalog.ListInfo) -> str:
    """Its short name, linked to its page."""
    name = SHORT.get(info.list_id, info.list_id)
    page = _OTHER_PAGES.get(info.list_id, f"{info.list_id}.md")
    return f"[{name}]({page})" if (PAGE.parent / page).exists() else name


def _table(title: tuple[str, ...], align: str, rows: Iterator[tuple[str, ...]]) -> str:
    rule = "|".join({"l": "---", "r": "--:", "c": ":-:"}[each] for each in align)
    lines = [f"| {' | '.join(title)} |", f"|{rule}|"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines)


def _categories() -> str:
    """The lists that can be read, by category."""
    lists: dict[str, list[str]] = {}
    for one in shown_lists():
        lists.setdefault(one.category, []).append(linked(one))
    return "\n".join(f"- **{key}**: {', '.join(names)}" for key, names in lists.items())


def _keys() -> str:
    """The ids and the formats of each list."""
    return _table(
        ("list", "list id", "its own ids", "formats, the preferred one first"),
        "llll",
        (
            (
                linked(one),
                f"`{one.list_id}`",
                _IDS[one.id_stability],
                ", ".join(f"`{each.name}`" for each in one.formats if each.is_readable),
            )
            for one in shown_lists()
        ),
    )


_IDS = {
    sl.model.IdStability.STABLE: "stay",
    sl.model.IdStability.EDITION: "change",
    sl.model.IdStability.BUILT: "none",
}


def _facts(group: str) -> str:
    """The facts that each list states: in its preferred format, in another one, or never."""
    columns = _GROUPS[group]
    known = {each.name: each for each in formats() if isinstance(each, TableFormat)}

    def row(info: sl.catalog.ListInfo) -> tuple[str, ...]:
        stated = [known[each.name].supported(info) for each in info.formats if each.is_readable]
        return (linked(info), *(_mark(fact, stated) for fact in columns.values()))

    title = ("list", *columns)
    return _table(title, "l" + "c" * len(columns), map(row, shown_lists()))


def _mark(fact: sl.Fact, stated: list[frozenset[sl.Fact]]) -> str:
    if fact in stated[0]:
        return SUPPORTED
    return ELSEWHERE if any(fact in each for each in stated) else NEVER


def _unread() -> str:
    """The lists of the catalog that cannot be read."""
    return "\n".join(
        f"- `{one.list_id}`, {one.title}. {one.note}" for one in sl.lists() if not one.is_readable
    )


# ── whole files ───────────────────────────────────────────────────────────────────────────────


def figures(folder: Path) -> str:
    """The counts of each whole file; lists without one follow below the table."""
    title = ("list, file of", "parties", "names", "births", "numbers", "listed since")
    found = (_counted(one, folder) for one in shown_lists() if one.list_id in WHOLE)
    table = _table(title, "lrrrrr", found)
    others = "\n".join(
        f"- {linked(one)}: {EXCERPTS.get(one.list_id, 'no file of it')}"
        for one in shown_lists()
        if one.list_id not in WHOLE
    )
    return f"{table}\n\nNo whole file was available of these; what was read instead:\n\n{others}"


def _counted(info: sl.catalog.ListInfo, folder: Path) -> tuple[str, ...]:
    name, copied = WHOLE[info.list_id]
    place = folder / info.list_id
    given = place / name if name else sorted(place.glob("*.json"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sl.SanctionsWarning)
        held = sl.read(given, list_id=info.list_id)
    edition = held.editions[0]

    def said(fact: sl.Fact, text: str) -> str:
        return text if edition.supports(fact) else NEVER

    births = sum(
        birth.date is not None and birth.date.is_read
        for one in held
        if isinstance(one, sl.Person)
        for birth in one.births
    )
    kinds = [each.kind for one in held for each in one.identifiers]
    numbers = sum(kind is None or kind.value != info.reference for kind in kinds)
    listed_since = sum(one.listed_since is not None for one in held)
    day = str(edition.published) if edition.published else f"{copied}†" if copied else "not known"
    return (
        f"{linked(info)}<br>{day}",
        f"{len(held):,}",
        f"{sum(len(one.names) for one in held):,}",
        said(sl.Fact.BIRTH_DATE, f"{births:,}"),
        said(sl.Fact.IDENTIFIER, f"{numbers:,}"),
        said(sl.Fact.LISTING_DATE, f"{listed_since / len(held):.0%}"),
    )


# ── the page ──────────────────────────────────────────────────────────────────────────────────


def with_parts(text: str, folder: Path | None = None) -> str:
    """The text of the page with up-to-date parts; figures only with a folder of lists."""
    parts: dict[str, Callable[[], str]] = {
        "categories": _categories,
        "keys": _keys,
        "unread": _unread,
    }
    parts |= {group: lambda group=group: _facts(group) for group in _GROUPS}
    if folder is not None:
        parts["figures"] = lambda: figures(folder)

    def part(found: re.Match[str]) -> str:
        make = parts.get(found[2])
        return f"{found[1]}\n{make()}\n\n{found[3]}" if make else found[0]

    return _PART.sub(part, text)


def main() -> None:
    given = os.environ.get("SANCTIONSLIB_LISTS")
    folder = Path(given) if given else None
    PAGE.write_text(with_parts(PAGE.read_text("utf-8"), folder), "utf-8")


if __name__ == "__main__":
    main()
