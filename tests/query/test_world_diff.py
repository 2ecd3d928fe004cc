"""Two real editions of lists outside the United States: paired by the publishers' keys."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

import sanctionslib as sl

EDITIONS = {
    "un_sc_sanctions": (
        ("UN_consolidated_2021-03-12.xml", None),
        ("UN_consolidated_2025-11-15.xml", None),
    ),
    "au_dfat_sanctions": (
        ("regulation8_consolidated_2024-11-11.xlsx", "2024-11-11"),
        ("Australian_Sanctions_Consolidated_List_2026-02.xlsx", "2026-02-24"),
    ),
    "gb_hmt_sanctions": (("ConList_2020-04-27.csv", None), ("ConList_2025-04-10.xlsx", None)),
}
FOUND = {
    # added, removed: who is on one list alone, by the keys in the files
    "un_sc_sanctions": (83, 87, {"CDi.037", "CDi.040"}, {"QDi.346", "IQi.043", "MLi.004"}),
    "au_dfat_sanctions": (788, 39, {"7995", "7996", "7998"}, {"273", "299", "312", "313"}),
    "gb_hmt_sanctions": (2_929, 357, {"15672", "15890", "16358"}, {"13349", "13556", "10657"}),
}
AMENDED = {
    # key: a field, what was said before and what is said now
    ("un_sc_sanctions", "KPi.002"): (
        "positions",
        "Minister of Atomic Energy Industry since April 2014.",
        "Former Minister of Atomic Energy Industry.",
    ),
    ("un_sc_sanctions", "KPi.040"): ("names", None, "Jo Chol"),
    ("au_dfat_sanctions", "7"): ("identifiers", None, "TAi.007"),
    ("gb_hmt_sanctions", "6909"): ("identifiers", "TI.A.3.01", "TAi.003"),
}


@pytest.fixture(scope="module", params=EDITIONS)
def compared(
    request: pytest.FixtureRequest, lists: Path
) -> tuple[str, sl.answers.Changes, int, int]:
    """A list, what changed from one edition to the other, and how many parties each has."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sl.SanctionsWarning)
        old, new = (
            sl.read(lists / request.param / name, list_id=request.param, published=day)
            for name, day in EDITIONS[request.param]
        )
        return request.param, sl.diff(old, new), len(old), len(new)


def test_paired_by_key(compared: tuple[str, sl.answers.Changes, int, int]) -> None:
    """Nobody is paired by a name, nobody is lost, and who came and went is who the files say."""
    list_id, changes, before, now = compared
    added, removed, some_added, some_removed = FOUND[list_id]
    assert (len(changes.added), len(changes.removed)) == (added, removed)
    assert before - removed + added == now
    assert {one.paired_by for one in changes.amended} == {sl.answers.PairedBy.ID}
    assert some_added <= {one.source_id for one in changes.added}
    assert some_removed <= {one.source_id for one in changes.removed}


def test_what_an_entry_said_before(compared: tuple[str, sl.answers.Changes, int, int]) -> None:
    """Amended entries show the field, before and after, as both files have it."""
    list_id, changes, _, _ = compared
    by_key = {one.after.source_id: one for one in changes.amended}
    for (of_list, key), (field, before, after) in AMENDED.items():
        if of_list == list_id:
            said = [one for one in by_key[key].changes if one.field == field]
            texts = {(_text(one.before), _text(one.after)) for one in said}
            assert before is None or before in {old for old, _ in texts}
            assert after in {new for _, new in texts}


def _text(value: object) -> str:
    return str(getattr(value, "value", getattr(value, "text", value)))
