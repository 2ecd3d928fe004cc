"""Files that are not complete, not dated, or of no format: the error, and `partial`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from classic_files import classic, plain

import sanctionslib as sl

GOOD = classic(plain(1), plain(2), plain(3))
NONSENSE, WIDE = (f'<?xml version="1.0" encoding="{one}"?>' for one in ("nonsense", "UTF-16"))
FLAT = b'36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA",-0- \n'
ADVANCED = b'<Sanctions xmlns="http://www.un.org/sanctions/1.0"/>'


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (b'<?xml version="1.0"?>', sl.errors.TruncatedError, "first element"),
        (
            "id,name\n1,DOE".encode("utf-16"),
            sl.errors.UnknownFormatError,
            "UTF-16.*\n.*\n.*'CSV UTF-8'",
        ),
        (b"<entities/>", sl.errors.UnknownFormatError, "<entities>"),
        (b"uid,name\n1,EXAMPLE\n", sl.errors.UnknownFormatError, "begins with"),
        (FLAT, sl.errors.StructureChangedError, "5 cells"),
        (ADVANCED, sl.errors.StructureChangedError, "version"),
        (b"<LIST/>", sl.errors.UnknownFormatError, "the root <LIST>"),
        (b"<CONSOLIDATED_LIST/>", sl.IncompleteEditionError, "without any entry"),
        (classic(plain(1), prolog=NONSENSE), sl.ParseError, "enc"),
        (classic(plain(1), prolog=WIDE), sl.ParseError, "start"),
        (GOOD.replace(b"</uid>", b"</udi>", 1), sl.ParseError, "well-formed"),
        (classic(plain(1), declared=2), sl.IncompleteEditionError, "declares 2 entries and has 1"),
        (classic(plain(1), declared=0), sl.IncompleteEditionError, "declares 0 entries and has 1"),
        (
            classic(plain(1), declared=None),
            sl.IncompleteEditionError,
            "does not declare its number",
        ),
        *(
            (
                classic(plain(1), declared=count),
                sl.errors.StructureChangedError,
                "a number is meant",
            )
            for count in ("many", "9" * 5_000, "9" * 19, "-1", "1.0")
        ),
        (classic(plain(1), date="2021-03-10"), sl.errors.StructureChangedError, "MM/DD/YYYY"),
        (classic(declared=0), sl.IncompleteEditionError, "declares 0 entries and has 0"),
    ],
)
def test_whole_file_faults(data: bytes, error: type[sl.SanctionsError], message: str) -> None:
    """Each fault of a complete file has its own short error, with fault and remedy."""
    with pytest.raises(error, match=message) as caught:
        sl.read(data)
    assert type(caught.value) is error
    assert caught.value.hint
    assert len(str(caught.value)) < 700


@pytest.mark.parametrize(
    ("entries", "declared", "missing", "filtered"),
    [
        (2, 5, ("3 of the 5 entries that it declares",), None),
        (1, None, ("a declared number of entries",), None),
        (0, 0, (), None),
        (2, 1, (), "2 entries where 1 are declared"),
    ],
)
def test_a_part_never_becomes_the_whole(
    entries: int,
    declared: int | None,
    missing: tuple[str, ...],
    filtered: str | None,
    tmp_path: Path,
) -> None:
    """partial=True marks what was read: in the edition, in every entity, and after a write."""
    data = classic(*map(plain, range(1, entries + 1)), declared=declared)
    with pytest.warns(sl.errors.FaultyEntriesWarning):
        found = sl.read(data, list_id="us_ofac_sdn", partial=True)
    (edition,) = found.editions
    assert (len(found), found.audit.declared) == (entries, declared)
    assert (edition.missing, edition.filter) == (missing, filtered)
    assert edition.scope is (sl.Scope.CUSTOM if filtered else sl.Scope.WHOLE)
    assert [one.kind for one in found.audit.issues] == [sl.answers.IssueKind.EDITION]
    assert found.audit.editions == (edition,)
    assert all(one.edition is edition for one in found)
    if missing:
        assert "INCOMPLETE" in edition.label
        found.write(tmp_path / "part.jsonl")
        again = sl.read(tmp_path / "part.jsonl")
        assert again.editions[0].missing == missing
        assert "INCOMPLETE" in str(again.why("1"))


def test_published() -> None:
    """The caller cannot contradict the date of a file."""
    assert sl.read(GOOD, published="2021-03-10").editions[0].dated_by == "file"
    with pytest.raises(sl.InvalidInputError, match="2021-03-10"):
        sl.read(GOOD, published="2021-03-11")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"published": "March 2021"}, "not a day"),
        ({"published": 20210310}, "not a day"),
        ({"published": datetime(2021, 3, 10)}, "no time of day"),
        ({"list_id": 5}, "no text"),
    ],
)
def test_arguments_of_another_type(words: dict[str, Any], message: str) -> None:
    """No builtin error, and no edition with a date that no diff and no file accepts."""
    with pytest.raises(sl.InvalidInputError, match=message) as caught:
        sl.read(classic(plain(1), date=None), **words)
    assert "what to do" in str(caught.value)
