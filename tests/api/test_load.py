"""`load`, `add`, `accept` from the archive alone: which edition answers, and what is said."""

from __future__ import annotations

import gzip
import re
import warnings
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from classic_files import classic, plain
from delimited_files import delimited, party
from homes import CLASSIC, CONS, DELIMITED, SDN, cons, home_of

import sanctionslib as sl

MORE = [party(key, programs="SDGT") for key in range(1, 31)]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty archive."""
    return home_of(tmp_path / "home")


def add(home: Path, content: bytes, **options: object) -> sl.answers.HeldEdition:
    """Keep an edition of the non-SDN list."""
    return sl.Archive(home).add(content, **{"list_id": CONS} | options)  # type: ignore[arg-type]


def keys(found: sl.SanctionsList[sl.Entity]) -> list[str]:
    """The publisher's keys."""
    return [one.source_id for one in found]


# ── which edition answers ────────────────────────────────────────────────────────────────────────


def test_the_edition_of_a_day_is_the_newest_that_is_not_after_it(home: Path) -> None:
    add(home, cons(range(1, 31), "2021-12-01"))
    add(home, cons(range(1, 32), "2021-12-10"))
    assert len(sl.Archive(home).load(CONS, as_of="2021-12-09")) == 30
    assert len(sl.Archive(home).load(CONS, as_of="2021-12-10")) == 31
    assert len(sl.Archive(home).load(CONS, as_of=date(2022, 1, 1))) == 31
    assert len(sl.Archive(home).load(CONS, offline=True)) == 31
    with pytest.raises(
        sl.NotFoundError,
        match="no edition of us_ofac_cons is held that could answer for 2021-11-30",
    ) as caught:
        sl.Archive(home).load(CONS, as_of="2021-11-30")
    assert "those held that can answer are from 2021-12-01 to 2021-12-10" in caught.value.hint
    assert f"sl.Archive({str(home)!r}).fetch('us_ofac_cons')" in caught.value.hint


def test_what_is_held_reads_as_the_file_does(home: Path) -> None:
    content = cons(range(1, 31), "2021-12-10")
    held = add(home, content)
    found = sl.Archive(home).load(CONS, offline=True)
    read = sl.read(content, list_id=CONS)
    assert list(found) == list(read)
    assert found.editions[0] == read.editions[0]
    assert found.editions[0].sha256 == held.sha256 == read.editions[0].sha256
    assert (held.published, held.dated_by, held.entries) == (date(2021, 12, 10), "file", 30)
    assert held.retrieved_at is None, "nobody downloaded it"
    assert held.status is sl.answers.EditionStatus.VALID


def test_sources_are_kept_where_they_are_asked_for(home: Path) -> None:
    add(home, cons(range(1, 31), "2021-12-10"))
    assert sl.Archive(home).load(CONS, offline=True)["1"].source is None
    kept = sl.Archive(home).load(CONS, offline=True, keep_source=True)
    assert kept["1"].source is not None
    assert kept["1"].source.get("lastName") == ("EXAMPLE 1",)
    assert kept.audit.paths
    assert sl.Archive(home).load(CONS, offline=True)["1"].source is None


def test_of_one_day_a_complete_edition_comes_before_a_partial_one_then_the_preferred_format(
    home: Path,
) -> None:
    files = delimited(*MORE)
    sl.Archive(home).add(files[0], list_id=SDN, published="2021-12-10", partial=True)
    with pytest.warns(
        sl.errors.PartialEditionWarning, match=r"without ADD.CSV, ALT.CSV, SDN_COMMENTS.CSV"
    ) as warned:
        found = sl.Archive(home).load(SDN, as_of="2021-12-10")
    assert len(warned) == 1, "what is missing is reported once"
    assert found.editions[0].missing == ("ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV")
    sl.Archive(home).add(files, list_id=SDN, published="2021-12-10")
    assert sl.Archive(home).load(SDN, as_of="2021-12-10").editions[0].missing == ()
    assert sl.Archive(home).load(SDN, offline=True).editions[0].format == DELIMITED
    # The classic XML of the same day is preferred.

    xml = classic(*(plain(key) for key in range(1, 31)), date="12/10/2021")
    sl.Archive(home).add(xml, list_id=SDN)
    assert sl.Archive(home).load(SDN, as_of="2021-12-10").editions[0].format == CLASSIC
    assert (
        sl.Archive(home).load(SDN, as_of="2021-12-10", format=DELIMITED).editions[0].format
        == DELIMITED
    )


def test_a_sample_and_a_part_answer_for_nothing(home: Path) -> None:
    held = sl.Archive(home).add(sl.open_sample(list_id=SDN), list_id=SDN)
    assert held.scope is sl.Scope.SAMPLE
    with pytest.raises(
        sl.NotFoundError, match="no edition of us_ofac_sdn is held that could answer"
    ):
        sl.Archive(home).load(SDN, offline=True)
    cut = cons(range(1, 31), "2021-12-10").replace(b"<Record_Count>30", b"<Record_Count>40")
    held = add(home, cut, partial=True)
    assert held.lacks_entries
    assert held.missing == ("10 of the 40 entries that it declares",)
    with pytest.raises(sl.NotFoundError, match="could answer for 2021-12-10"):
        sl.Archive(home).load(CONS, as_of="2021-12-10")


def test_undated_files_need_a_day(home: Path) -> None:
    files = delimited(*MORE)
    for partial in (False, True):
        with pytest.raises(sl.InvalidInputError, match="state no date") as caught:
            sl.Archive(home).add(files, list_id=SDN, partial=partial)
        assert "published=" in caught.value.hint
    assert sl.Archive(home).editions(SDN).editions == ()
    held = sl.Archive(home).add(files, list_id=SDN, published="2021-12-10")
    assert (held.published, held.dated_by) == (date(2021, 12, 10), "caller")
    assert sl.Archive(home).load(SDN, offline=True).editions[0].dated_by == "caller"


def test_the_same_bytes_of_one_day_are_one_edition(home: Path) -> None:
    first = add(home, cons(range(1, 31), "2021-12-10"))
    again = add(home, cons(range(1, 31), "2021-12-10"))
    assert again == first
    assert len(sl.Archive(home).load(CONS, offline=True)) == 30


def test_packed_files_are_kept_unpacked_and_named_as_they_are(home: Path, tmp_path: Path) -> None:
    content = cons(range(1, 31), "2021-12-10")
    path = tmp_path / "CONSOLIDATED.XML.gz"
    path.write_bytes(gzip.compress(content))
    held = sl.Archive(home).add(path, list_id=CONS)
    plain_path = tmp_path / "CONSOLIDATED.XML"
    plain_path.write_bytes(content)
    assert sl.Archive(home).add(plain_path, list_id=CONS) == held
    (file,) = held.files
    assert gzip.decompress((Path(held.folder) / file.stored).read_bytes()) == content


def test_several_lists_are_one_collection(home: Path) -> None:
    add(home, cons(range(1, 31), "2021-12-10"))
    sl.Archive(home).add(delimited(*MORE), list_id=SDN, published="2021-12-10")
    both = sl.Archive(home).load(SDN, CONS, offline=True)
    assert [one.list_id for one in both.editions] == [SDN, CONS]
    assert len(both) == 60


def test_a_list_of_ones_own_needs_no_catalog(home: Path) -> None:
    held = sl.Archive(home).add(
        b"id,name\n1,EXAMPLE LLC\n", list_id="my_watch", published="2021-12-10"
    )
    assert held.format == "sanctionslib-csv"
    assert len(sl.Archive(home).load("my_watch", format=held.format)) == 1
    found = sl.Archive(home).load("my_watch")  # no address is known: the archive alone is asked
    assert [one.id for one in found] == ["my_watch:1"]
    with pytest.raises(sl.NotFoundError, match="'my_wach' is known"):
        sl.Archive(home).load("my_wach")


def test_a_file_written_by_this_library_is_not_what_was_published(
    home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "cons.jsonl"
    sl.read(cons(range(1, 31), "2021-12-10"), list_id=CONS).write(path)
    with pytest.raises(sl.InvalidInputError, match="an archive holds what was published"):
        sl.Archive(home).add(path, list_id=CONS)


@pytest.mark.parametrize("list_id", [SDN, "us_trade_csl"])
def test_a_file_of_another_list_is_not_taken(home: Path, list_id: str) -> None:
    with pytest.raises(sl.InvalidInputError):
        add(home, cons(range(1, 31), "2021-12-10"), list_id=list_id)
    assert not list(home.rglob("edition.json"))


# ── what is quarantined ──────────────────────────────────────────────────────────────────────────────


def test_a_list_that_loses_a_tenth_is_quarantined_and_the_last_good_one_stays(home: Path) -> None:
    add(home, cons(range(1, 101), "2021-12-09"))
    lost = cons(range(1, 91), "2021-12-10")
    with pytest.raises(sl.ImplausibleEditionError) as caught:
        add(home, lost)
    error = caught.value
    assert error.failed == ("entries: 90, and at least 95 are required (100 before)",)
    assert "entries: 90, and at least 95 are required (100 before)" in str(error)
    accept = f"accept('us_ofac_cons', '{error.sha256[:16]}', reason='…')"
    assert f"sl.Archive({str(home)!r}).{accept}" in error.hint
    days = (datetime.now(UTC).date() - date(2021, 12, 9)).days
    assert (
        f"the last good edition, of 2021-12-09 ({days:,} days old), stays the current one"
        in error.hint
    )
    assert len(sl.Archive(home).load(CONS, offline=True)) == 100
    assert len(sl.Archive(home).load(CONS, as_of="2021-12-10")) == 100

    with pytest.raises(sl.ImplausibleEditionError, match="entries: 90"):
        add(home, lost)  # again

    accepted = sl.Archive(home).accept(CONS, error.sha256[:16], reason="the publisher said so")
    assert accepted.status is sl.answers.EditionStatus.OVERRIDDEN
    assert accepted.reason == "the publisher said so"
    assert accepted.overridden_at is not None
    assert len(sl.Archive(home).load(CONS, offline=True)) == 90
    # The next one is compared with it.
    add(home, cons(range(1, 88), "2021-12-11"))
    assert len(sl.Archive(home).load(CONS, offline=True)) == 87


def test_a_list_that_grows_is_taken(home: Path) -> None:
    add(home, cons(range(1, 101), "2021-12-09"))
    assert add(home, cons(range(1, 300), "2021-12-10")).status is sl.answers.EditionStatus.VALID


_ADDRESS = "<addressList><address><uid>7</uid><city>Example</city></address></addressList>"
_ALL = range(1, 101)


@pytest.mark.parametrize(
    ("before", "lost"),
    [
        (
            cons(_ALL, "2021-12-09").replace(b"Entity</sdnType>", b"Vessel</sdnType>", 5),
            "kind vessel: 0, and at least 1 are required (5 before)",
        ),
        (
            cons(_ALL, "2021-12-09", rest=_ADDRESS),
            "field addresses: 0, and at least 80 are required (100 before)",
        ),
    ],
    ids=["kind", "field"],
)
def test_a_list_that_loses_a_group_is_quarantined(home: Path, before: bytes, lost: str) -> None:
    assert add(home, before).entries == 100
    with pytest.raises(sl.ImplausibleEditionError, match=re.escape(lost)):
        add(home, cons(_ALL, "2021-12-10"))


def test_an_entry_that_cannot_be_read_is_one_too_many(home: Path) -> None:
    content = cons(range(1, 101), "2021-12-09").replace(b"<lastName>EXAMPLE 7</lastName>", b"")
    with pytest.raises(
        sl.ImplausibleEditionError, match="rejected: 1, and at most 0 are allowed"
    ) as caught:
        add(home, content)
    held = sl.Archive(home).accept(CONS, caught.value.sha256, reason="one entry has no name")
    assert held.is_whole
    assert held.entries == 99
    with pytest.warns(sl.errors.FaultyEntriesWarning):
        assert len(sl.Archive(home).load(CONS, offline=True)) == 99


def test_the_first_edition_must_have_the_least_of_its_list(tmp_path: Path) -> None:
    home = home_of(tmp_path / "home", least=50)
    with pytest.raises(
        sl.ImplausibleEditionError, match="entries: 30, and at least 50 are required"
    ) as caught:
        add(home, cons(range(1, 31), "2021-12-10"))
    assert "is so unlike the list that it was quarantined" in str(caught.value)
    assert "no edition is held that could answer in its place" in caught.value.hint


def test_an_old_edition_is_held_against_those_of_before_its_day(home: Path) -> None:
    add(home, cons(range(1, 101), "2021-12-10"))
    assert add(home, cons(range(1, 41), "2019-01-01")).status is sl.answers.EditionStatus.VALID
    with pytest.raises(sl.ImplausibleEditionError, match="40 before"):
        add(home, cons(range(1, 31), "2020-01-01"))


def test_a_day_in_the_future_is_quarantined(home: Path) -> None:
    """A slip of the pen would be the current edition for decades, and no download newer than it."""
    add(home, cons(range(1, 31), "2021-12-10"))
    rows = b"id,name\n1,EXAMPLE LLC\n"
    archive = sl.Archive(home)
    archive.add(rows, list_id="my_watch", published="2021-12-10")
    with pytest.raises(sl.ImplausibleEditionError, match="date: 2062-01-01, a day in the future"):
        archive.add(rows + b"2,OTHER LLC\n", list_id="my_watch", published="2062-01-01")
    with pytest.raises(sl.ImplausibleEditionError, match="date: 2062-12-10, a day in the future"):
        add(home, cons(range(1, 32), "2062-12-10"))
    assert [len(sl.Archive(home).load(each, offline=True)) for each in (CONS, "my_watch")] == [
        30,
        1,
    ]


def test_of_another_format_entries_and_kinds_are_compared(home: Path) -> None:
    sl.Archive(home).add(delimited(*MORE), list_id=SDN, published="2021-12-09")

    xml = classic(*(plain(key) for key in range(1, 21)), date="12/10/2021")
    with pytest.raises(sl.ImplausibleEditionError) as caught:
        sl.Archive(home).add(xml, list_id=SDN)
    assert caught.value.failed == (
        "entries: 20, and at least 29 are required (30 before)",
        "kind organization: 20, and at least 24 are required (30 before)",
    )


# ── how old it may be ────────────────────────────────────────────────────────────────────────────


def test_offline_within_an_age_that_nobody_can_tell(home: Path) -> None:
    add(home, cons(range(1, 31), "2021-12-10"))
    with pytest.raises(
        sl.StaleError, match="its server was never asked about it, which is more than 24 h ago"
    ) as caught:
        sl.Archive(home).load(CONS, offline=True, max_age=timedelta(days=1))
    assert "allow_stale=True" in caught.value.hint
    with pytest.warns(sl.errors.StaleEditionWarning, match="it is used all the same"):
        found = sl.Archive(home).load(
            CONS, offline=True, max_age=timedelta(days=1), allow_stale=True
        )
    assert len(found) == 30


# ── what is no question ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((), "no list is named"),
        ((CONS, CONS), "'us_ofac_cons' is named twice"),
        ((5,), "5 is no list id"),
        (([CONS, SDN],), r"\['us_ofac_cons', 'us_ofac_sdn'\] is no list id"),
    ],
)
def test_lists_that_are_none(home: Path, asked: tuple[str, ...], said: str) -> None:
    with pytest.raises(sl.InvalidInputError, match=said):
        sl.Archive(home).load(*asked)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"as_of": "yesterday"}, "as_of='yesterday' is not a day"),
        ({"as_of": 20211210}, "as_of=20211210 is not a day"),
        ({"as_of": "2999-01-01"}, "as_of=2999-01-01 is in the future"),
        (
            {"as_of": "2021-12-10", "max_age": timedelta(1)},
            "max_age and allow_stale have no meaning",
        ),
        ({"as_of": "2021-12-10", "allow_stale": True}, "max_age and allow_stale have no meaning"),
        ({"max_age": 6}, "max_age=6 is no duration"),
        ({"max_age": timedelta(-1)}, "is below zero"),
        ({"format": "pdf"}, "us_ofac_cons does not come in the format 'pdf'"),
        ({"format": "pdf", "offline": True}, "us_ofac_cons does not come in the format 'pdf'"),
        ({"format": "pdf", "as_of": "2021-12-10"}, "does not come in the format 'pdf'"),
    ],
)
def test_questions_that_make_no_sense(home: Path, options: dict[str, object], said: str) -> None:
    with pytest.raises(sl.InvalidInputError, match=said):
        sl.Archive(home).load(CONS, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("home", ["", 5, "a\0b"])
def test_homes_that_are_none(home: object) -> None:
    with pytest.raises(sl.InvalidInputError):
        sl.Archive(home).lists()  # type: ignore[arg-type]


def test_nothing_held(home: Path) -> None:
    with pytest.raises(
        sl.NotFoundError, match="no edition of us_ofac_cons is held that could answer"
    ) as caught:
        sl.Archive(home).load(CONS, offline=True)
    assert caught.value.where.source == str(home)
    add(home, cons(range(1, 31), "2021-12-01"))
    with pytest.raises(
        sl.NotFoundError, match="for 2021-12-10 in the format 'ofac-delimited'"
    ) as caught:
        sl.Archive(home).load(CONS, as_of="2021-12-10", format="ofac-delimited")
    assert "from 2021-12-01 to 2021-12-01, in ofac-classic-xml" in caught.value.hint
    with pytest.raises(sl.NotFoundError, match="'us_ofac_sdm' is known") as caught:
        sl.Archive(home).load("us_ofac_sdm")
    assert SDN in caught.value.suggestions


def test_a_damaged_file_raises_and_adding_it_again_mends_it(home: Path) -> None:
    content = cons(range(1, 31), "2021-12-10")
    held = add(home, content)
    path = Path(held.folder) / held.files[0].stored
    good = path.read_bytes()
    for bad, said in (
        (gzip.compress(content.replace(b"EXAMPLE 7", b"EXAMPLE 8")), "no longer has the hash"),
        (good[:-20], "can no longer be read"),
        (b"", "can no longer be read"),
    ):
        path.write_bytes(bad)
        with pytest.raises(sl.errors.CorruptEditionError, match=said) as caught:
            sl.Archive(home).load(CONS, offline=True)
        assert caught.value.where.source == str(path)
        assert "add its files again, of the same day" in caught.value.hint
    path.unlink()
    with pytest.raises(sl.errors.CorruptEditionError, match="is not there"):
        sl.Archive(home).load(CONS, offline=True)
    add(home, content)
    assert len(sl.Archive(home).load(CONS, offline=True)) == 30


def test_warnings_point_at_the_line_that_asked(home: Path) -> None:
    # A day that is none is a fault of its own, beside the files that are missing.
    faulty = party(31, kind="individual", remarks="DOB 31 Feb 1970.")
    files = delimited(*MORE, faulty)
    sl.Archive(home).add(files[0], list_id=SDN, published="2021-12-10", partial=True)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        sl.Archive(home).load(SDN, offline=True)
    assert {Path(one.filename).name for one in caught} == {"test_load.py"}
    assert {one.category for one in caught} == {
        sl.errors.PartialEditionWarning,
        sl.errors.FaultyEntriesWarning,
    }
