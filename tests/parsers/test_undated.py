"""Files of formats that state no date: their date is unknown, and everything that names them says so."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import advanced_files
import attrs
import classic_files
import csl_files
import delimited_files
import dpl_files
import enhanced_files
import pytest

import sanctionslib as sl
from sanctionslib.parsers.us.csl import CSV

SETS: dict[str, list[bytes]] = {
    "ofac-delimited": list(delimited_files.delimited(delimited_files.party(1))),
    "us-csl-csv": [csl_files.as_csv(csl_files.row(1), *csl_files.rest("EL"))],
    "us-csl-json": [
        csl_files.as_json(
            *(
                {"id": one["_id"], **{name: one.get(name) for name in CSV.columns[1:]}}
                for one in (csl_files.row(1), *csl_files.rest("EL"))
            )
        )
    ],
    "us-bis-denied-txt": [dpl_files.as_txt(dpl_files.row())],
}
"""Small whole files of each format that states no date."""

each_format = pytest.mark.parametrize("name", SETS)


def undated(name: str, **options: bool) -> sl.SanctionsList[sl.Entity]:
    """What `read` gives of the files of a format, and no other warning."""
    list_id = "us_ofac_sdn" if name == "ofac-delimited" else None
    with pytest.warns(sl.UndatedEditionWarning) as told:
        found = sl.read(SETS[name], list_id=list_id, **options)
    assert len(told) == 1, "it is told once"
    return found


@each_format
@pytest.mark.parametrize("strict", [False, True])
def test_the_date_is_unknown_and_nothing_else_is_at_fault(name: str, strict: bool) -> None:
    """They are read whole without `published`: the checks of completeness stay on."""
    found = undated(name, strict=strict)
    (edition,) = found.editions
    assert edition.format == name
    assert (edition.published, edition.dated_by) == (None, None)
    assert (edition.scope, edition.missing) == (sl.Scope.WHOLE, ())
    assert found.audit.issues == ()


@each_format
def test_the_caller_can_say_it(name: str) -> None:
    """With `published` there is no warning, and nothing but the date is otherwise."""
    dated = sl.read(SETS[name], list_id=undated(name).editions[0].list_id, published="2021-12-10")
    (edition,) = dated.editions
    assert (str(edition.published), edition.dated_by) == ("2021-12-10", "caller")
    assert undated(name).editions == (attrs.evolve(edition, published=None, dated_by=None),)


@each_format
def test_whatever_names_the_edition_says_so(name: str) -> None:
    """Labels, answers and reports as text, HTML and Markdown, rows and JSON."""
    found = undated(name)
    first = found[0:1]
    entity = next(iter(found))
    hits = found.search(entity.name)
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
        "hits in Markdown": sl.to_markdown(hits),
        "a screening": repr(found.screen([entity.name])),
        "a report": "".join(sl.screening_report(list(found.screen([entity.name])))),
        "rows": json.dumps([str(row["edition"]) for row in first.rows()]),
        "changes": repr(sl.diff(found, found)),
        "changes as text": str(sl.diff(found, found)),
        "changes in Markdown": sl.to_markdown(sl.diff(found, found)),
    }
    assert [what for what, text in shown.items() if "date unknown" not in text.lower()] == []
    assert [what for what, text in shown.items() if "undated" in text.lower()] == []
    plain = sl.to_dict(found.editions[0])
    assert (plain.get("published"), plain.get("dated_by")) == (None, None)


@each_format
@pytest.mark.parametrize("suffix", ["json", "jsonl"])
def test_written_and_read_again(name: str, suffix: str, tmp_path: Path) -> None:
    """Our own files keep it: the date stays unknown and is told again, and nobody can give another."""
    found = undated(name)
    path = tmp_path / f"list.{suffix}"
    found.write(path)
    with pytest.warns(sl.UndatedEditionWarning, match=f"list.{suffix}: date unknown"):
        again = sl.read(path)
    assert (again.editions, tuple(again)) == (found.editions, tuple(found))
    with pytest.raises(sl.InvalidInputError, match="the file says date unknown"):
        sl.read(path, published="2021-12-10")


@each_format
def test_the_caller_gives_the_order(name: str) -> None:
    """`diff` and `rescreen` go by the order of their arguments; two days that contradict it do not."""
    old = undated(name)
    options = {"list_id": old.editions[0].list_id, "published": "2021-12-10"}
    new = sl.read(SETS[name], **options)  # type: ignore[call-overload]
    names = [one.name for one in old]
    for one, other in ((old, new), (new, old), (old, old)):
        changes = sl.diff(one, other)
        assert changes.is_empty
        assert changes.unchanged == len(old)
        results = list(sl.rescreen(list(one.screen(names)), names, changes=changes, on=other))
        assert results == list(other.screen(names))
        assert results[0].searched.editions == other.editions


def test_beside_other_lists() -> None:
    """Undated lists are combined as any; two of one list are refused, whatever their dates."""
    several = [undated(name) for name in SETS if name != "us-csl-json"]
    both = sl.combine(*several)
    assert [one.published for one in both.editions] == [None] * 3
    entity = next(iter(both))
    assert "date unknown" in str(both.counterparts(entity))
    assert "date unknown" in str(both.why(entity))
    with pytest.raises(sl.InvalidInputError, match="occurs twice"):
        sl.combine(undated("us-csl-csv"), undated("us-csl-json"))


@each_format
def test_the_archive_asks_for_it(name: str, tmp_path: Path) -> None:
    """Order decides there which edition answers, so a file without a date is not kept."""
    list_id = undated(name).editions[0].list_id
    for partial in (False, True):
        with pytest.raises(sl.InvalidInputError, match="state no date") as caught:
            sl.add_edition(SETS[name], list_id=list_id, partial=partial, home=tmp_path)
        assert "published=" in caught.value.hint
    assert sl.history(list_id, home=tmp_path).editions == ()


def test_a_lone_file_of_four() -> None:
    """SDN.CSV alone says what is missing; with `partial` it is read, and its date is unknown."""
    with pytest.raises(sl.IncompleteEditionError, match=r"ADD\.CSV, ALT\.CSV and SDN_COMMENTS"):
        sl.read(SETS["ofac-delimited"][0], list_id="us_ofac_sdn")
    with pytest.warns(sl.UndatedEditionWarning), pytest.warns(sl.FaultyEntriesWarning):
        found = sl.read(SETS["ofac-delimited"][0], list_id="us_ofac_sdn", partial=True)
    assert found.editions[0].published is None
    missing = ("ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV")
    assert found.editions[0].missing == missing
    assert [one.message for one in found.audit.issues] == [
        f"the file is without {name}; read with partial=True" for name in missing
    ]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(
            lambda: csl_files.as_csv(*csl_files.rest("SDN")), id="a list is not there at all"
        ),
        pytest.param(lambda: dpl_files.as_txt(dpl_files.row())[:-1], id="the last line has no end"),
    ],
)
def test_the_checks_of_completeness_stay_on(fault: Callable[[], bytes]) -> None:
    """Without a date nothing is let through that is refused with one."""
    for published in (None, "2021-12-10"):
        with pytest.raises(sl.ParseError, match=r"without any entry of the SDN List|has no end"):
            sl.read(fault(), published=published)


def test_a_list_of_ones_own_is_no_surprise() -> None:
    """Nobody publishes it and no format of it states a date: "date unknown", without a warning."""
    found = sl.read(b"id,name\n1,EXAMPLE TRADING LLC\n", list_id="my_watch")
    assert found.editions[0].label == "my_watch · date unknown · sanctionslib-csv"


STATED = {
    "ofac-classic-xml": (
        classic_files.classic(classic_files.plain(1)),
        classic_files.classic(classic_files.plain(1), date=None),
    ),
    "ofac-advanced-xml": (
        advanced_files.advanced(advanced_files.plain(1)),
        advanced_files.advanced(advanced_files.plain(1), date=None),
    ),
    "ofac-enhanced-xml": (
        enhanced_files.enhanced(enhanced_files.plain(1)),
        enhanced_files.enhanced(enhanced_files.plain(1), as_of=None),
    ),
}
"""Small files of each format that states its date, with it and without."""


@pytest.mark.parametrize("name", STATED)
def test_formats_that_state_a_date_raise_without_it(name: str) -> None:
    """There a file without a date is damaged: only the caller can give it, or go without."""
    dated, bare = STATED[name]
    found = sl.read(dated)
    assert (found.editions[0].format, found.editions[0].dated_by) == (name, "file")
    with pytest.raises(sl.StructureChangedError, match="as every file of its format does") as no:
        sl.read(bare)
    assert "fetch it again" in no.value.hint
    assert sl.read(bare, published="2021-12-10").editions[0].dated_by == "caller"
    with pytest.warns(sl.UndatedEditionWarning), pytest.warns(sl.FaultyEntriesWarning):
        assert sl.read(bare, partial=True).editions[0].published is None
