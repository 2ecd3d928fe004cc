"""The archive with whole official lists: who was on which edition, what changed, and a lawful cut."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from classic_files import classic, plain
from enhanced_files import enhanced
from enhanced_files import plain as enhanced_plain
from homes import CONS, OWN_TAG, SDN

import sanctionslib as sl

THE_25 = [
    "30184",
    "31042",
    "33536",
    "33537",
    "33538",
    "33936",
    "33951",
    "33952",
    "33953",
    "33954",
    "33955",
    "33973",
    "34016",
    "34017",
    "34018",
    "34020",
    "34021",
    "34022",
    "34023",
    "34024",
    "34025",
    "34076",
    "34077",
    "34079",
    "34119",
]
"""What OFAC added on 10 December 2021."""


@pytest.fixture(scope="module")
def sdn_home(lists: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """SDN.CSV of three days; names and remarks alone."""
    home = tmp_path_factory.mktemp("sdn")
    for day in ("2021-12-09", "2021-12-10", "2021-08-18"):  # in whatever order they turn up
        path = lists / SDN / f"SDN_{day}.csv"
        held = sl.Archive(home).add(path, list_id=SDN, published=day, partial=True)
        assert held.status is sl.answers.EditionStatus.VALID
        # 236 parties went and 299 came from August to December: that is no cut.
        assert {one.value for one in held.checks if one.name.endswith("the end")} <= {0}
    return home


@pytest.mark.filterwarnings("ignore::sanctionslib.errors.SanctionsWarning")
def test_the_rapid_action_battalion_comes_with_the_edition_of_its_day(sdn_home: Path) -> None:
    old = sl.Archive(sdn_home).load(SDN, as_of="2021-12-09")
    new = sl.Archive(sdn_home).load(SDN, as_of="2021-12-10")
    assert (len(old), len(new)) == (9_121, 9_146)
    assert "33951" not in old
    assert new["33951"].name == "RAPID ACTION BATTALION"
    changes = sl.diff(old, new)
    assert [one.source_id for one in changes.added] == THE_25
    assert (changes.removed, changes.amended) == ((), ())


@pytest.mark.filterwarnings("ignore::sanctionslib.errors.SanctionsWarning")
def test_a_day_between_is_answered_by_the_edition_before(sdn_home: Path) -> None:
    assert len(sl.Archive(sdn_home).load(SDN, as_of="2021-12-08")) == 9_083
    with pytest.raises(sl.NotFoundError):
        sl.Archive(sdn_home).load(SDN, as_of="2021-08-17")


def test_every_figure_is_in_edition_json(sdn_home: Path) -> None:
    """Each check with its figure, as `grep` finds it in the file."""
    (path,) = sdn_home.glob("us_ofac_sdn/*/2021-12-10-*/edition.json")
    checks = {one["name"]: one for one in json.loads(path.read_text("utf-8"))["checks"]}
    assert checks["entries"]["value"] == 9_146
    assert checks["entries"]["before"] == 9_121
    kinds = {"person": 4_719, "organization": 3_727, "vessel": 420, "aircraft": 280}
    assert {name: checks[f"kind {name}"]["value"] for name in kinds} == kinds
    assert sum(kinds.values()) == 9_146
    assert checks["field nationalities"]["value"] == 2_238
    assert checks["rejected"]["value"] == 0


def test_the_timeline_of_the_rapid_action_battalion(sdn_home: Path) -> None:
    """It is in the edition of 10 December and not in that of the day before; no day of listing."""
    found = sl.Archive(sdn_home).timeline(f"{SDN}:33951")
    (step,) = found.events
    assert step.previous is not None
    assert (step.kind, [str(one.day) for one in (step.previous, step.edition)]) == (
        sl.answers.TimelineEventKind.ADDED,
        ["2021-12-09", "2021-12-10"],
    )
    assert (found.name, found.first_seen) == ("RAPID ACTION BATTALION", date(2021, 12, 10))
    assert found.entity is not None
    assert found.entity.listed_since is None
    assert [str(one.day) for one in found.editions] == ["2021-08-18", "2021-12-09", "2021-12-10"]


def test_the_25_of_the_tenth_of_december(sdn_home: Path, lists: Path) -> None:
    """Those that OFAC's notice of the day names, and nothing else."""
    log = sl.Archive(sdn_home).changes(SDN, start="2021-12-09")
    assert (len(log.added), log.removed, log.amended) == (25, (), ())
    assert {"33951", "34022", "34119"} <= {one.source_id for one in log.added}
    whole = sl.Archive(sdn_home).changes(SDN, start="2021-08-18")
    assert [len(one.added) - len(one.removed) for one in whole.changes] == [9_121 - 9_083, 25]


def test_a_later_enhanced_edition(sdn_home: Path, tmp_path: Path) -> None:
    """The history of flat files goes over into it, and what it says more of a party is no change."""
    home = tmp_path / "home"
    shutil.copytree(sdn_home, home)
    content = enhanced(*map(enhanced_plain, [33951, 36]), as_of="2022-02-01T00:00:00")
    with pytest.raises(sl.ImplausibleEditionError) as caught:
        sl.Archive(home).add(content, list_id=SDN)
    sl.Archive(home).accept(SDN, caught.value.sha256, reason="two for a test")
    found = sl.Archive(home).timeline(f"{SDN}:33951")
    assert [(one.kind, str(one.edition.day)) for one in found.events] == [
        (sl.answers.TimelineEventKind.ADDED, "2021-12-10"),
        (sl.answers.TimelineEventKind.FORMAT_CHANGED, "2022-02-01"),
    ]
    log = sl.Archive(home).changes(SDN, start="2021-12-09")
    (change,) = log.format_changes
    assert change.only_before is not None
    assert (len(change.only_before), change.only_after) == (9_146 - 2, ())
    assert "without ADD.CSV" not in change.reason
    assert "ofac-delimited before" in change.reason


@pytest.mark.parametrize(
    ("lose", "said"),
    [
        ("a tenth", "entries: 8,231, and at least 8,689 are required (9,146 before)"),
        ("a kind", "kind aircraft: 0, and at least 224 are required (280 before)"),
        ("a field", "field titles: 2, and at least 797 are required (996 before)"),
    ],
)
def test_what_is_lost_at_once_is_quarantined(
    lists: Path, tmp_path: Path, lose: str, said: str
) -> None:
    """SDN.CSV of 10 December, and the same without some of it on the next day."""
    path = lists / SDN / "SDN_2021-12-10.csv"
    rows = list(csv.reader(io.StringIO(path.read_bytes().rstrip(b"\x1a").decode())))
    if lose == "a tenth":
        rows = [row for number, row in enumerate(rows) if number % 10]  # 915 of 9,146 are gone
    elif lose == "a kind":
        rows = [row for row in rows if row[2] != "aircraft"]
    else:
        rows = [[*row[:4], "-0- ", *row[5:]] for row in rows]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    archive = sl.Archive(tmp_path)
    archive.add(path, list_id=SDN, published="2021-12-10", partial=True)
    rest = text.getvalue().encode()
    with pytest.raises(sl.ImplausibleEditionError) as caught:
        archive.add(rest, list_id=SDN, published="2021-12-11", partial=True)
    assert said in caught.value.failed
    assert said in str(caught.value)


def test_a_lawful_cut_is_quarantined_then_accepted_and_continued_from(
    lists: Path, tmp_path: Path
) -> None:
    """The E.O. 13599 list was dissolved: 639 entries in 2018, 375 in 2020."""
    before = classic(*(plain(key, OWN_TAG) for key in range(1, 640)), date="04/06/2018")
    assert sl.Archive(tmp_path).add(before, list_id=CONS).entries == 639
    path = lists / CONS / "CONSOLIDATED_2020-03-17.xml"
    with pytest.raises(sl.ImplausibleEditionError) as caught:
        sl.Archive(tmp_path).add(path, list_id=CONS)
    assert "entries: 375, and at least 608 are required (639 before)" in caught.value.failed
    assert len(sl.Archive(tmp_path).load(CONS, offline=True)) == 639

    sl.Archive(tmp_path).accept(
        CONS, caught.value.sha256[:8], reason="the E.O. 13599 list is dissolved"
    )
    assert len(sl.Archive(tmp_path).load(CONS, offline=True)) == 375
    newer = sl.Archive(tmp_path).add(lists / CONS / "CONSOLIDATED_2024-05-06.xml", list_id=CONS)
    entries = next(one for one in newer.checks if one.name == "entries")
    assert (entries.value, entries.before, entries.least) == (443, 375, 357)
    assert len(sl.Archive(tmp_path).load(CONS, offline=True)) == 443


@pytest.mark.filterwarnings("ignore::sanctionslib.errors.FaultyEntriesWarning")
@pytest.mark.parametrize(
    ("list_id", "name", "published"),
    [
        (SDN, "SDN_2021-03-10.xml", None),
        (SDN, "delimited_2021-07-07", "2021-07-07"),
        (CONS, "CONSOLIDATED_2020-03-17.xml", None),
        (CONS, "CONS_ADVANCED_2020-03-17.xml", None),
        (CONS, "CONSOLIDATED_2024-05-06.xml", None),
        (CONS, "CONS_ENHANCED_2025-01-10.xml", None),
        (CONS, "delimited_2025-12-19", "2025-12-19"),
        ("us_trade_csl", "consolidated_2022-05.csv", "2022-05-20"),
        ("us_bis_denied", "dpl_2023-11-30.txt", "2023-11-30"),
    ],
)
def test_every_whole_list_is_taken_and_reads_as_its_file_does(
    lists: Path, tmp_path: Path, list_id: str, name: str, published: str | None
) -> None:
    path = lists / list_id / name
    held = sl.Archive(tmp_path).add(path, list_id=list_id, published=published)
    assert held.is_whole
    read = sl.read(path, list_id=list_id, published=published)
    for _ in range(2):  # from the files, then perhaps from a copy
        found = sl.Archive(tmp_path).load(list_id, offline=True)
        assert list(found) == list(read)
        assert found.editions == read.editions
        assert found.audit == read.audit
