"""What each command prints at 80 and 120 columns: the answer first, in few lines, no id in two pieces."""

from __future__ import annotations

import os
import re
import shlex
import unicodedata
from pathlib import Path

import pytest
from commands import FIRM, PERSON, SHIP, put

from sanctionslib.cli._exit import Exit

GOLDEN = Path(__file__).with_name("golden")
WIDTHS = (80, 120)
EXCERPT = 30
"""Lines that are kept of an answer about a whole list."""
RESULT = re.compile(r"^\d{4}-\d\d-\d\d |\b(?:[a-z]{2}_[a-z_]+|my_watch):\S")
"""A line with a result: it has an id, or begins with the day of an event."""
ID = re.compile(r"\b(?:[a-z]{2}_[a-z_]+|my_watch):[^\s),;]+")
SHORT = ("search", "find", "find-number", "related", "diff", "changes", "screen", "timeline")
"""Commands whose answer is at most 15 lines, and one for each result."""

SAMPLE = {
    "search": "search Rapid Action Batalion --country BD --sample",
    "search_several": "search Benazir Ahmad --sample",
    "search_nobody": "search Nobody Whoever --sample",
    "search_explained": "search Rapid Action Batalion --sample --explain",
    "find": "find --program GLOMAG --sample",
    "find_nobody": "find --kind aircraft --sample",
    "find_fields": "find --program GLOMAG --fields id,name,listed_since --sample",
    "find-number": "find-number 1027739267819 --sample",
    "find-number_of_nobody": "find-number IMO 9187629 --sample",
    "why": "why 33951 --sample",
    "show": "show 33952 --sample",
    "related": "related 34022 --sample",
    "related_2": "related 33951 --depth 2 --sample",
    "owned-by": "owned-by 17013 CONS.json",
    "owners-of": "owners-of 17017 CONS.json",
    "counterparts": "counterparts 33951 --sample",
    "compare": "compare 'Vladimr Putin' 'PUTIN, Vladimir Vladimirovich'",
    "diff": "diff --sample",
    "audit": "audit --sample",
    "screen": "screen CUSTOMERS.csv --sample -o results.csv",
    "changes": "changes my_watch --start 2021-12-09",
    "timeline": "timeline my_watch:1",
    "archive-list": "archive list my_watch",
    "archive-verify": "archive verify",
    "lists": "lists",
    "lists_one": "lists us_ofac_sdn",
    "formats": "formats",
}
WHOLE = {
    "search": "search Ali us_ofac_sdn/SDN_2021-03-10.xml",
    "search_un": "search Mohammed Omar un_sc_sanctions/UN_consolidated_2025-11-15.xml",
    "search_two": "search Rosneft us_ofac_cons/CONS_ENHANCED_2025-01-10.xml "
    "us_trade_csl/consolidated_2022-05.csv --published consolidated_2022-05.csv=2022-05-01",
    "find": "find --program SDGT --kind vessel us_ofac_sdn/SDN_2021-03-10.xml",
    "find-number": "find-number IMO 9187629 us_ofac_sdn/SDN_2021-03-10.xml",
    "why": "why 17016 us_ofac_cons/CONS_ENHANCED_2025-01-10.xml",
    "related": "related islamic revolutionary guard corps us_ofac_sdn/SDN_ENHANCED_program_IRGC_2024-08-28.xml",
    "owned-by": "owned-by 17013 us_ofac_cons/CONS_ENHANCED_2025-01-10.xml",
    "diff": "diff un_sc_sanctions/UN_consolidated_2021-03-12.xml "
    "un_sc_sanctions/UN_consolidated_2025-11-15.xml",
    "screen": "screen {here}/CUSTOMERS.csv us_ofac_sdn/SDN_2021-03-10.xml",
}
"""Of whole lists, by their paths below SANCTIONSLIB_LISTS."""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with customers and a list that says who owns whom, and an archive of three days."""
    import sanctionslib as sl

    monkeypatch.chdir(tmp_path)
    names = ("Rapid Action Batalion", "Benazir Ahmad", "Example Trading LLC", "Ali Hassan")
    rows = (f"C-{n},{name}" for n, name in enumerate(names, 1))
    Path("CUSTOMERS.csv").write_text("\n".join(("id,name", *rows, "")), "utf-8")
    owned = sl.Relation(
        to=sl.EntityRef(source_id="17013"), kind=sl.RelationKind.OWNED_OR_CONTROLLED_BY
    )
    parties = (
        sl.Organization(id="us_ofac_cons:17013", names=(sl.Name(text="EXAMPLE HOLDING"),)),
        sl.Organization(
            id="us_ofac_cons:17017", names=(sl.Name(text="EXAMPLE BANK"),), relations=(owned,)
        ),
    )
    sl.SanctionsList(parties, sl.Edition(list_id="us_ofac_cons")).write("CONS.json")
    put(home, "2021-12-09", SHIP, FIRM)
    put(home, "2021-12-10", SHIP, FIRM, PERSON)
    put(home, "2021-12-14", f"{SHIP}Seen.", PERSON)
    return tmp_path


def _columns(line: str) -> int:
    wide = sum(unicodedata.east_asian_width(one) in "WF" for one in line)
    return len(line) + wide - sum(unicodedata.combining(one) > 0 for one in line)


def _check(run, words: list[str], name: str, width: int, *, excerpt: int | None) -> None:
    result = run(*words)
    assert result.exit_code in (Exit.FOUND, Exit.NOTHING, Exit.PROBLEMS), result.stderr
    text = re.sub(r"/\S+/(?=home)", "", result.stdout)
    lines = text.splitlines()
    # In the full answer: whatever is printed of an id is all of it.
    whole = run(*words, "--json").stdout + "".join(words)
    printed = [one.group() for one in ID.finditer(text)]
    assert not [one for one in printed if one not in whole]
    assert all(_columns(line) <= width for line in lines)
    if words[0] in SHORT and "--explain" not in words:
        if result.exit_code == Exit.FOUND:
            assert any(RESULT.search(line) for line in lines[:5])
        assert sum(not RESULT.search(line) for line in lines) <= 15
    kept = "".join(f"{line}\n" for line in lines[:excerpt])
    path = GOLDEN / f"{name}_{width}.txt"
    if os.environ.get("SANCTIONSLIB_GOLDEN") == "write":
        path.write_text(kept, "utf-8")
    assert kept == path.read_text("utf-8")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", SAMPLE)
def test_of_the_sample(run, monkeypatch, name, width):
    """Each command prints what a person has read."""
    monkeypatch.setenv("COLUMNS", str(width))
    _check(run, shlex.split(SAMPLE[name]), name, width, excerpt=None)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", WHOLE)
def test_of_whole_lists(run, monkeypatch, lists, here, name, width):
    """The same of whole lists, of which the first lines are kept."""
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.chdir(lists)
    words = shlex.split(WHOLE[name].format(here=here))
    _check(run, words, f"whole_{name}", width, excerpt=EXCERPT)


def test_no_golden_is_left_over():
    """Each file is that of a case."""
    names = (*SAMPLE, *(f"whole_{name}" for name in WHOLE))
    expected = {f"{name}_{width}.txt" for name in names for width in WIDTHS}
    assert {one.name for one in GOLDEN.iterdir()} == expected
