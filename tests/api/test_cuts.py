"""Files that look whole wherever they end: what is gone from the end alone is taken for a cut."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import csl_files
import dpl_files
import pytest
from delimited_files import delimited, party, row
from homes import CONS, SDN, cons, home_of

import sanctionslib as sl

pytestmark = pytest.mark.filterwarnings("ignore::sanctionslib.errors.PartialEditionWarning")

NUMBER = 100
CSL, DPL, OWN = "us_trade_csl", "us_bis_denied", "my_watch"
LIMITS = "\n".join(f"[{one}.limits]\nleast = 1" for one in (CSL, DPL))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive that asks little of small lists."""
    return home_of(tmp_path / "home", more=LIMITS)


def _names(number: int) -> list[str]:
    """In the order of the alphabet, to its end, as the Denied Persons List has them."""
    return [f"{chr(65 + at * 26 // NUMBER)} EXAMPLE {at:03}" for at in range(number)]


def dpl(number: int) -> list[bytes]:
    """The Denied Persons List, which has no key."""
    rest = [dpl_files.row(Name="ZZ EXAMPLE")] if number > NUMBER else []
    return [dpl_files.as_txt(*(dpl_files.row(Name=name) for name in _names(number)), *rest)]


def csl(number: int) -> list[bytes]:
    """The Consolidated Screening List; the keys of the second edition are other ones."""
    shift = 0 if number == NUMBER else 10_000
    rows = [csl_files.row(key + shift, name=f"EXAMPLE {key}") for key in range(1, number + 1)]
    return [csl_files.as_csv(*csl_files.rest("EL"), *rows)]


def own(number: int) -> list[bytes]:
    """A list of one's own."""
    return [b"id,name\n" + b"".join(b"%d,EXAMPLE %d LLC\n" % (key, key) for key in range(number))]


def alone(number: int) -> list[bytes]:
    """SDN.CSV without the files that belong to it."""
    return delimited(*(party(key) for key in range(1, number + 1)))[:1]


def aliases(number: int) -> list[bytes]:
    """The four files; only ALT.CSV is shorter, and ends as the others do."""
    alt = [row(key, key, "aka", f"EXAMPLE ALIAS {key}", None) for key in range(1, number + 1)]
    return delimited(*(party(key) for key in range(1, NUMBER + 1)), alt=alt)


FORMS: dict[str, tuple[str, Callable[[int], list[bytes]]]] = {
    "Denied Persons List": (DPL, dpl),
    "Consolidated Screening List": (CSL, csl),
    "own CSV": (OWN, own),
    "SDN.CSV": (SDN, alone),
    "ALT.CSV": (SDN, aliases),
}


def add(home: Path, list_id: str, files: list[bytes], day: str) -> sl.answers.HeldEdition:
    """Keep an edition of a day."""
    return sl.Archive(home).add(
        files, list_id=list_id, published=day, partial=len(files) == 1 and list_id == SDN
    )


@pytest.mark.parametrize("form", FORMS)
def test_rows_that_are_gone_from_the_end_alone_are_a_cut(home: Path, form: str) -> None:
    """From two parties on, until somebody says otherwise; one may be gone."""
    list_id, files = FORMS[form]
    first = add(home, list_id, files(NUMBER), "2021-12-08")
    assert add(home, list_id, files(NUMBER - 1), "2021-12-09").is_usable
    with pytest.raises(sl.ImplausibleEditionError, match="gone from the end: 2") as caught:
        add(home, list_id, files(NUMBER - 3), "2021-12-10")
    assert len(caught.value.failed) == 1
    assert "the file may have been cut there" in caught.value.failed[0]
    assert ").accept(" in caught.value.hint
    quarantined = sl.Archive(home).editions(list_id)[-1]
    assert [one.value for one in quarantined.failed] == [2]
    sl.Archive(home).accept(list_id, quarantined.sha256, reason="two were delisted")
    assert len(sl.Archive(home).load(list_id, as_of="2021-12-10")) == quarantined.entries
    assert first.checks
    with pytest.raises(sl.ImplausibleEditionError):
        add(home, list_id, files(NUMBER - 5), "2021-12-11")


@pytest.mark.parametrize("form", FORMS)
def test_what_came_at_the_end_and_went_in_the_middle_is_no_cut(home: Path, form: str) -> None:
    list_id, files = FORMS[form]
    add(home, list_id, files(NUMBER - 2), "2021-12-08")
    held = add(home, list_id, files(NUMBER), "2021-12-09")
    assert {one.value for one in held.checks if one.name.endswith("gone from the end")} == {0}


def test_an_end_is_asked_for_where_a_format_may_end_anywhere_alone(home: Path) -> None:
    """XML says itself where it ends, and how many entries there are."""
    sl.Archive(home).add(cons(range(1, 101), "2021-12-09"), list_id=CONS)
    held = sl.Archive(home).add(cons(range(1, 98), "2021-12-10"), list_id=CONS)
    assert not [one for one in held.checks if one.name.endswith("gone from the end")]


def test_a_last_edition_that_is_damaged_keeps_no_other_from_coming_in(home: Path) -> None:
    """What its end was can no longer be known; it is counted all the same."""
    first = add(home, OWN, own(NUMBER), "2021-12-08")
    Path(first.folder, first.files[0].stored).write_bytes(b"rot")
    held = add(home, OWN, own(NUMBER - 3), "2021-12-09")
    assert "entries" in {one.name for one in held.checks}
    assert not [one for one in held.checks if one.name.endswith("gone from the end")]


def test_a_cut_file_of_the_publisher(lists: Path, tmp_path: Path) -> None:
    """The Denied Persons List, 547 parties: cut by so many of its 665 rows."""
    content = (lists / "us_bis_denied" / "dpl_2023-11-30.txt").read_bytes()
    home = tmp_path / "home"
    whole = sl.Archive(home).add(content, list_id=DPL, published="2023-11-30")
    assert whole.entries == 547
    lines = content.splitlines(keepends=True)
    for day, rows in enumerate((3, 7, 20, 32), start=1):
        with pytest.raises(sl.ImplausibleEditionError, match="gone from the end"):
            sl.Archive(home).add(b"".join(lines[:-rows]), list_id=DPL, published=f"2023-12-0{day}")
    assert len(sl.Archive(home).load(DPL, offline=True)) == 547
