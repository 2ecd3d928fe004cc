"""The report of a screening: what is counted, what is said of each record, and what it proves."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Iterable
from typing import Any

import attrs
import lxml.html
import pytest

from sanctionslib.answers import Hit, Problem, ScreeningResult, SearchContext, Subject
from sanctionslib.display import _report as report_module
from sanctionslib.display import screening_report
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Edition, Name, Person

from . import found
from .made import GOLDEN

markdown_it = pytest.importorskip("markdown_it")
READER = markdown_it.MarkdownIt("commonmark", {"html": True}).enable("table")


def _report(results: Iterable[ScreeningResult]) -> str:
    return "".join(screening_report(results))


def _at(*positions: int) -> list[ScreeningResult]:
    return [attrs.evolve(found.QUIET, position=one, key=str(one)) for one in positions]


def test_whole_report() -> None:
    """A report of four records that a person has read."""
    report = _report(found.RUN)
    path = GOLDEN / "screening.md"
    if os.environ.get("SANCTIONSLIB_GOLDEN") == "write":
        path.write_text(report, "utf-8")
    assert report == path.read_text("utf-8")


@pytest.mark.parametrize("source", ["book.csv", {"customers": ("book.csv",)}, ["book.csv"]])
def test_a_source_that_is_no_mapping_of_texts(source: Any) -> None:
    """A name of a file in place of a mapping is an error that says what to give."""
    with pytest.raises(InvalidInputError, match="no mapping of texts"):
        list(screening_report(found.RUN, source=source))


def test_the_source_of_the_records() -> None:
    """Results hold no word of the file that they are from: whoever signs must know which."""
    source = {"customers": "book | 2021.csv, sha256 12ab", "columns": "name from *Name*"}
    report = "".join(screening_report(found.RUN, source=source))
    read = report[report.index("\n## Read\n") : report.index("\n## Looked at")]
    assert read == (
        "\n## Read\n\n- **customers**: book \\| 2021.csv, sha256 12ab\n"
        "- **columns**: name from \\*Name\\*\n"
    )
    assert report.replace(read, "") == _report(found.RUN)


def test_what_is_counted() -> None:
    """Each record is in one of the counts of hits, weak aliases, silence and skipping."""
    report = _report(found.RUN)
    head = report[: report.index("## Looked at")]
    assert head.startswith("# Screening of 4 records\n\n> **SAMPLE ")
    for line in (
        "- **records**: **4**",
        "- **with hits**: **1** (3 hits)",
        "- **suppressed: weak alias alone**: **1**",
        "- **with problems**: **2**",
        "- **not screened**: **1**",
        "- **no name reached the threshold**: **1** No name reached the threshold, a score of 0.8 or more by parts-1",
    ):
        assert f"\n{line}" in head
    assert "MISSING" not in head
    assert "ORDER" not in head


def test_editions_have_their_whole_hashes() -> None:
    """A hash that is cut short proves nothing."""
    assert found.EDITION.sha256 is not None
    assert f"sha256 {found.EDITION.sha256}" in _report(found.RUN)
    own = attrs.evolve(found.SEARCHED, editions=())
    assert "a list of your own, without an edition" in _report(
        [attrs.evolve(found.QUIET, context=own)]
    )


def test_each_hit_has_a_line_for_the_decision() -> None:
    """Every hit of every record is there by its id, with boxes and space for a name and a date."""
    page = lxml.html.fromstring(f"<div>{READER.render(_report(found.RUN))}</div>")
    heads = ["hit", "id", "true match", "false positive", "open", "reasons", "reviewer", "date"]
    tables = [
        table
        for table in page.iter("table")
        if [cell.text_content() for cell in table.iter("th")] == heads
    ]
    (table,) = tables
    rows = [[cell.text_content() for cell in row] for row in table.find("tbody").iter("tr")]
    assert [row[:5] for row in rows] == [
        ["1", "us_ofac_sdn:34076", "☐", "☐", "☐"],
        ["2", "us_ofac_sdn:33954", "☐", "☐", "☐"],
    ]
    assert {cell for row in rows for cell in row[5:]} == {"_" * 12}


def test_conflicts_stand_in_the_report() -> None:
    """A conflicting fact stands with the hit, with both values."""
    report = _report(found.RUN)
    assert r"- **birth date**: **\[CONFLICTS\]** given: 1991; listed: 15 Oct 1974" in report


def test_weak_aliases_and_problems_are_told_of_all_records() -> None:
    """Also of a record that has hits, and of one that was skipped without a word."""
    unsupported = ScreeningResult(key="5", position=5, context=found.SEARCHED)
    report = _report([*found.RUN, unsupported])
    weak = report[report.index("## Suppressed") : report.index("## Records with problems")]
    for key in ("C-17", "C-18"):
        assert f"\n- **Record {key} (no. " in weak
    problems = report[report.index("## Records with problems") : report.index("## What this")]
    for each in ("C-17 (no. 2)**: born:", r"3 (no. 3)**: **\[not screened\]**", "5 (no. 5)**:"):
        assert f"\n- **Record {each}" in problems


def test_parts_without_records_are_left_out() -> None:
    """Where no name reached the threshold, the report says how much was looked at, and still what it proves."""
    report = _report([found.QUIET])
    assert "## Records with" not in report
    assert "## Suppressed" not in report
    assert "112 names of 26 entities" in report
    assert "it does not prove" in report
    said = report.casefold()
    for word in ("clear", "passed", "no match", "safe"):
        assert word not in said


@pytest.mark.parametrize(
    ("positions", "told"),
    [
        ((1, 2, 5, 9), "- **MISSING**: **5** not among the results; the first is no. 3"),
        ((4,), "- **MISSING**: **3** not among the results; the first is no. 1"),
        ((2, 1), "- **ORDER**: **the results are not in the order of the records**"),
        ((1, 1), "- **ORDER**: "),
    ],
)
def test_missing_results_are_told(positions: tuple[int, ...], told: str) -> None:
    """A report of some of the records is none of all, and says so where it can be seen."""
    assert f"\n{told}" in _report(_at(*positions))


def test_there_must_be_results_of_one_search() -> None:
    """Nothing, something else, and results of two searches are refused before a word is written."""
    with pytest.raises(InvalidInputError, match="no result to report on"):
        next(screening_report([]))
    with pytest.raises(InvalidInputError, match="a dict is no result of a screening"):
        next(screening_report([{"key": 1}]))  # type: ignore[list-item]
    first, second = _at(1, 2)
    for change, told in (
        ({"method": "parts-2"}, r"record '2' was .*: its `method` is 'parts-2', and .* 'parts-1'"),
        ({"min_score": 0.7}, r"its `min_score` is 0.7, and theirs 0.8"),
        (
            {"editions": (Edition(list_id="watch"),)},
            r"`editions` is watch · date unknown, and theirs us_",
        ),
        ({"editions": ()}, r"its `editions` is empty"),
    ):
        other = attrs.evolve(second, context=attrs.evolve(found.SEARCHED, **change))  # type: ignore[arg-type]
        with pytest.raises(InvalidInputError, match=told):
            next(screening_report([first, other]))


def test_names_of_strangers_stay_text() -> None:
    """Keys, names, problems and banners cannot add a heading, a table, a tag or a link."""
    evil = "x\n# A <script>alert(1)</script> | [b](https://evil.example) \u202e"
    person = Person(id="watch:1", names=(Name(text=evil),))
    hit = Hit(entity=person, score=0.9, rank=0.9, name=person.names[0], query=evil)
    context = SearchContext(editions=(Edition(list_id=evil, missing=(evil,)),), method=evil)
    result = ScreeningResult(
        key=evil,
        position=1,
        context=context,
        subject=Subject(names=(evil,)),
        hits=(hit,),
        suppressed=(hit,),
        problems=(Problem(what=evil, field=evil, value=evil),),
    )
    report = _report([result])
    assert "\u202e" not in report
    page = lxml.html.fromstring(f"<div>{READER.render(report)}</div>")
    assert not page.xpath("//script|//a")
    assert len(page.xpath("//h1")) == 1
    assert [each.text_content() for each in page.xpath("//h2")] == [
        "Summary",
        "Looked at",
        "Records with hits",
        "Suppressed: weak alias alone",
        "Records with problems",
        "What this report proves, and what it does not",
        "Signed",
    ]


def test_memory_does_not_grow_with_the_records(monkeypatch: pytest.MonkeyPatch) -> None:
    """Results are taken one by one, and what is written of them waits in files."""
    monkeypatch.setattr(report_module, "_IN_MEMORY", 10_000)
    monkeypatch.setattr(report_module, "_PIECE", 4_000)
    size, peak = _size_and_peak(100)
    more, higher = _size_and_peak(1000)
    assert more - size > 1_800_000
    # Python itself keeps up to 2,000 tuples of each length for later.
    assert higher - peak < 500_000


def _size_and_peak(count: int) -> tuple[int, int]:
    key = "x" * 2_000
    results = (attrs.evolve(found.NEAR, position=n, key=key) for n in range(1, count + 1))
    tracemalloc.start()
    try:
        size = sum(map(len, screening_report(results)))
        return size, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
