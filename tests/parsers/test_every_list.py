"""Every whole file of a format that we read opens with `sl.read(path)` alone, and says what it is."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

import sanctionslib as sl

READ: dict[str, tuple[str, int, str | None]] = {
    "us_bis_denied/dpl_2023-11-30.txt": ("us_bis_denied", 547, None),
    "us_ofac_cons/CONSOLIDATED_2020-03-17.xml": ("us_ofac_cons", 375, "2020-03-17"),
    "us_ofac_cons/CONSOLIDATED_2024-05-06.xml": ("us_ofac_cons", 443, "2024-05-06"),
    "us_ofac_cons/CONS_ADVANCED_2020-03-17.xml": ("us_ofac_cons", 375, "2020-03-17"),
    "us_ofac_cons/CONS_ENHANCED_2025-01-10.xml": ("us_ofac_cons", 443, "2025-01-10"),
    "us_ofac_cons/delimited_2025-12-19": ("us_ofac_cons", 442, None),
    "us_ofac_sdn/SDN_2021-03-10.xml": ("us_ofac_sdn", 8_832, "2021-03-10"),
    "us_ofac_sdn/SDN_ENHANCED_program_IRGC_2024-08-28.xml": ("us_ofac_sdn", 293, "2024-08-28"),
    "us_ofac_sdn/delimited_2021-07-07": ("us_ofac_sdn", 8_976, None),
    "us_trade_csl/consolidated_2022-05.csv": ("us_trade_csl", 14_048, None),
}
"""What each gives: the list, the number of entities, and the date that it states."""

_ALONE = r"ADD\.CSV, ALT\.CSV and SDN_COMMENTS\.CSV are not there"
REFUSED: dict[str, str] = {
    # Of two days, an excerpt, and files without the three that belong to them.
    "us_ofac_sdn/delimited_2023-12-28": "the entries of 3 of the 13 rows of SDN_COMMENTS.CSV",
    "us_ofac_sdn/SDN_ADVANCED_excerpt_37parties_2024-02-23.xml": "67 parties that have sanctions",
    "us_ofac_sdn/SDN_2021-08-18.csv": _ALONE,
    "us_ofac_sdn/SDN_2021-12-09.csv": _ALONE,
    "us_ofac_sdn/SDN_2021-12-10.csv": _ALONE,
}
"""Those that are not whole, and what the error says of it."""

FOLDERS = ("us_ofac_sdn", "us_ofac_cons", "us_trade_csl", "us_bis_denied")


def test_all_are_named(lists: Path) -> None:
    """No file of these lists is left out here."""
    held = {f"{name}/{one.name}" for name in FOLDERS for one in (lists / name).iterdir()}
    assert held == {*READ, *REFUSED}


@pytest.mark.parametrize("name", READ)
def test_read(lists: Path, name: str) -> None:
    """The path is enough; a date that the format does not state is unknown, with one warning."""
    list_id, entities, published = READ[name]
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        found = sl.read(lists / name)
    (edition,) = found.editions
    assert (edition.list_id, len(found), edition.missing) == (list_id, entities, ())
    assert found.audit.issues == ()
    if published is None:
        assert (edition.published, edition.dated_by) == (None, None)
        assert [one.category for one in told] == [sl.UndatedEditionWarning]
        assert "date unknown" in edition.label
    else:
        assert (str(edition.published), edition.dated_by) == (published, "file")
        assert told == []


@pytest.mark.parametrize("name", REFUSED)
def test_refused(lists: Path, name: str) -> None:
    """What is not whole says why, and with `partial` it is read and stays marked."""
    with pytest.raises(sl.IncompleteEditionError, match=REFUSED[name]) as caught:
        sl.read(lists / name)
    assert "partial=True" in caught.value.hint
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sl.SanctionsWarning)
        found = sl.read(lists / name, partial=True)
    assert found.editions[0].missing
    assert (found.editions[0].published is None) == ("ADVANCED" not in name)
