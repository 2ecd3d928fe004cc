"""Files of formats that state no date: their date is unknown, and every display states that."""

from __future__ import annotations

import json
import re
from pathlib import Path

import attrs
import csl_files
import pytest
from cases import CASES
from contract import BY_FORMAT, good

import sanctionslib as sl

UNDATED = {one.format: one for one in CASES if one.published is not None}
"""Formats that state no date."""

each_format = pytest.mark.parametrize("name", UNDATED)


def undated(name: str, **options: bool) -> sl.SanctionsList[sl.Entity]:
    """What `read` gives of the files of a format, and no other warning."""
    case = UNDATED[name]
    with pytest.warns(sl.errors.UndatedEditionWarning) as caught:
        found = sl.read(list(good(case)), list_id=case.list_id, **options)
    assert len(caught) == 1, "there is one warning"
    return found


@each_format
@pytest.mark.parametrize("strict", [False, True])
def test_the_date_is_unknown_and_nothing_else_is_at_fault(name: str, strict: bool) -> None:
    """Without `published` they are read as with it, except the date."""
    found = undated(name, strict=strict)
    dated = UNDATED[name].read(good(UNDATED[name])).editions[0]
    assert found.editions == (attrs.evolve(dated, published=None, dated_by=None),)
    assert (str(dated.published), dated.dated_by) == (UNDATED[name].published, "caller")
    assert (dated.missing, found.audit.issues) == ((), ())


@each_format
def test_undated_editions_in_all_displays(name: str) -> None:
    """Labels, answers and reports as text, HTML and Markdown, rows and JSON."""
    found = undated(name)
    first = found[0:1]
    entity = next(iter(found))
    hits = found.search(entity.name)
    changes = sl.diff(found, found)
    shown = {
        "label": found.editions[0].label,
        "repr": repr(found),
        "text": str(found),
        "html": found._repr_html_(),
        "a selection": str(first),
        "an entity": str(entity),
        "why": str(found.why(entity)),
        "the audit": str(found.audit),
        "hits": str(hits),
        "hits in Markdown": sl.display.to_markdown(hits),
        "a screening": repr(found.screen([entity.name])),
        "a report": "".join(sl.display.screening_report(list(found.screen([entity.name])))),
        "rows": json.dumps([str(row["edition"]) for row in first.rows()]),
        "changes": repr(changes),
        "changes as text": str(changes),
        "changes in Markdown": sl.display.to_markdown(changes),
    }
    assert [what for what, text in shown.items() if "date unknown" not in text.lower()] == []
    assert [what for what, text in shown.items() if "undated" in text.lower()] == []
    plain = sl.to_dict(found.editions[0])
    assert (plain.get("published"), plain.get("dated_by")) == (None, None)


@each_format
@pytest.mark.parametrize("suffix", ["json", "jsonl"])
def test_written_and_read_again(name: str, suffix: str, tmp_path: Path) -> None:
    """Our own files keep it: the date stays unknown, with the warning; no caller can give another."""
    found = undated(name)
    path = tmp_path / f"list.{suffix}"
    found.write(path)
    with pytest.warns(sl.errors.UndatedEditionWarning, match=f"list.{suffix}: date unknown"):
        again = sl.read(path)
    assert (again.editions, tuple(again)) == (found.editions, tuple(found))
    with pytest.raises(sl.InvalidInputError, match="the file says date unknown"):
        sl.read(path, published="2021-12-10")


def test_the_caller_gives_the_order() -> None:
    """`diff` and `rescreen` go by the order of their arguments, also where one has a day."""
    old, case = undated("us-bis-denied-txt"), UNDATED["us-bis-denied-txt"]
    new, names = case.read(good(case)), [one.name for one in old]
    for one, other in ((old, new), (new, old), (old, old)):
        changes = sl.diff(one, other)
        assert (changes.is_empty, changes.unchanged) == (True, len(old))
        results = list(sl.rescreen(list(one.screen(names)), names, changes=changes, on=other))
        assert results == list(other.screen(names))
        assert results[0].context.editions == other.editions


def test_together_with_other_lists() -> None:
    """Undated lists are combined like any; two of one list are rejected, with any dates."""
    by_list = {UNDATED[name].list_id: name for name in UNDATED}
    several = [undated(name) for name in by_list.values()]
    both = sl.combine(*several)
    assert [one.published for one in both.editions] == [None] * len(several)
    entity = next(iter(both))
    assert "date unknown" in str(both.counterparts(entity))
    assert "date unknown" in str(both.why(entity))
    with pytest.raises(sl.InvalidInputError, match="occurs twice"):
        sl.combine(undated("us-csl-csv"), undated("us-csl-json"))


def test_the_checks_of_completeness_stay_on() -> None:
    """Files rejected with a date are rejected without one, except with `partial`."""
    for data, message in (
        (csl_files.as_csv(*csl_files.rest("SDN")), "without any entry of the SDN List"),
        (good(UNDATED["us-bis-denied-txt"])[0][:-1], "no line end"),
    ):
        with pytest.raises(sl.ParseError, match=message):
            sl.read(data)
    alone = good(UNDATED["ofac-delimited"])[0]
    with pytest.raises(sl.IncompleteEditionError, match=r"ADD\.CSV, ALT\.CSV and SDN_COMMENTS"):
        sl.read(alone, list_id="us_ofac_sdn")
    with (
        pytest.warns(sl.errors.UndatedEditionWarning),
        pytest.warns(sl.errors.FaultyEntriesWarning),
    ):
        found = sl.read(alone, list_id="us_ofac_sdn", partial=True)
    missing = ("ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV")
    assert (found.editions[0].published, found.editions[0].missing) == (None, missing)
    assert {f"the file is without {name}; read as partial" for name in missing} <= {
        one.message for one in found.audit.issues
    }


def test_a_list_of_ones_own_is_no_surprise() -> None:
    """No publisher dates it and its format has no date: "date unknown", without a warning."""
    found = sl.read(b"id,name\n1,EXAMPLE TRADING LLC\n", list_id="my_watch")
    assert found.editions[0].label == "my_watch · date unknown · sanctionslib-csv"


STATED = {
    "ofac-classic-xml": rb"<Publish_Date>.*?</Publish_Date>",
    "ofac-advanced-xml": rb"<DateOfIssue.*?</DateOfIssue>",
    "ofac-enhanced-xml": rb"<dataAsOf>.*?</dataAsOf>",
}
"""Where a format states its date."""


@pytest.mark.parametrize("name", STATED)
def test_formats_that_state_a_date_raise_without_it(name: str) -> None:
    """There a file without a date is damaged: only the caller can give it, or go without."""
    case = BY_FORMAT[name]
    (dated,) = good(case)
    bare = re.sub(STATED[name], b"", dated, flags=re.DOTALL)
    assert case.read([dated]).editions[0].dated_by == "file"
    with pytest.raises(
        sl.errors.StructureChangedError, match="as every file of its format does"
    ) as no:
        sl.read(bare)
    assert "fetch it again" in no.value.hint
    assert sl.read(bare, published="2021-12-10").editions[0].dated_by == "caller"
    with (
        pytest.warns(sl.errors.UndatedEditionWarning),
        pytest.warns(sl.errors.FaultyEntriesWarning),
    ):
        assert sl.read(bare, partial=True).editions[0].published is None
