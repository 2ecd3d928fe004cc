"""Damaged, hostile and foreign files: an error of ours that says what to do, never a short list."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from classic_files import classic, plain

import sanctionslib as sl
from sanctionslib.samples import open_sample

GOOD = classic(plain(1), plain(2), plain(3))


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b'<?xml version="1.0"?>', sl.TruncatedError, "first element"),
        ("id,name\n1,DOE".encode("utf-16"), sl.UnknownFormatError, "UTF-16.*\n.*\n.*'CSV UTF-8'"),
        (b"<entities/>", sl.UnknownFormatError, "<entities>"),
        (b"uid,name\n1,EXAMPLE\n", sl.UnknownFormatError, "begins with"),
        (b'36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA",-0- \n', sl.StructureChangedError, "5 cells"),
        (
            b'<Sanctions xmlns="http://www.un.org/sanctions/1.0"/>',
            sl.StructureChangedError,
            "version",
        ),
        (b"<CONSOLIDATED_LIST/>", sl.UnknownFormatError, "Security Council"),
        (
            classic(plain(1), prolog='<?xml version="1.0" encoding="nonsense"?>'),
            sl.ParseError,
            "enc",
        ),
        (
            classic(plain(1), prolog='<?xml version="1.0" encoding="UTF-16"?>'),
            sl.ParseError,
            "start",
        ),
        (GOOD.replace(b"</uid>", b"</udi>", 1), sl.ParseError, "well-formed"),
        (classic(plain(1), declared=2), sl.IncompleteEditionError, "declares 2 entries and has 1"),
        (classic(plain(1), declared=0), sl.IncompleteEditionError, "declares 0 entries and has 1"),
        (classic(plain(1), declared=None), sl.IncompleteEditionError, "does not say how many"),
        (classic(plain(1), declared="many"), sl.StructureChangedError, "Record_Count"),
        (classic(plain(1), date="2021-03-10"), sl.StructureChangedError, "MM/DD/YYYY"),
        (classic(plain(1), date=None), sl.StructureChangedError, "date"),
        (classic(declared=0), sl.IncompleteEditionError, "declares 0 entries and has 0"),
    ],
)
def test_whole_file_faults(data: bytes, error: type[sl.SanctionsError], says: str) -> None:
    """Each fault of a whole file has its own error, which names it and says what to do."""
    with pytest.raises(error, match=says) as caught:
        sl.read(data)
    assert type(caught.value) is error
    assert caught.value.hint


def test_header_after_the_entries() -> None:
    """A header that does not come first is another format, or two files in one."""
    text = classic(plain(1)).decode()
    start, end = text.index("<publshInformation>"), text.index("<sdnEntry>")
    moved = text[:start] + text[end:].replace("</sdnList>", text[start:end] + "</sdnList>")
    with pytest.raises(sl.StructureChangedError):
        sl.read(moved.encode())
    with pytest.raises(sl.StructureChangedError, match="after the first entry"):
        sl.read(text.replace("</sdnList>", text[start:end] + "</sdnList>").encode())


def test_partial() -> None:
    """partial=True reads an incomplete or undated file, and the audit says what is wrong."""
    with pytest.warns(sl.UndatedEditionWarning), pytest.warns(sl.FaultyEntriesWarning):
        found = sl.read(classic(plain(1), declared=2, date=None), partial=True)
    assert [issue.kind for issue in found.audit.issues] == [sl.IssueKind.EDITION] * 2
    assert found.editions[0].published is None
    assert (len(found), found.audit.declared) == (1, 2)


def test_published() -> None:
    """The caller may date a file that has no date, and not contradict one that has."""
    found = sl.read(classic(plain(1), date=None), published="2021-03-10")
    assert (str(found.editions[0].published), found.editions[0].dated_by) == (
        "2021-03-10",
        "caller",
    )
    assert sl.read(GOOD, published="2021-03-10").editions[0].dated_by == "file"
    with pytest.raises(sl.InvalidInputError, match="2021-03-10"):
        sl.read(GOOD, published="2021-03-11")
    with pytest.raises(sl.InvalidInputError, match="not a day"):
        sl.read(GOOD, published="March 2021")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"published": 20210310}, "not a day"),
        ({"published": datetime(2021, 3, 10)}, "no time of day"),
        ({"list_id": 5}, "no text"),
    ],
)
def test_arguments_of_another_type(words: dict[str, Any], says: str) -> None:
    """Neither a builtin error, nor an edition whose date no diff and no file can hold."""
    with pytest.raises(sl.InvalidInputError, match=says) as caught:
        sl.read(classic(plain(1), date=None), **words)
    assert "what to do" in str(caught.value)


def test_a_workbook(tmp_path: Path) -> None:
    """Inside it is a zip of XML: said as what it is, with the way to a file that is read."""
    with zipfile.ZipFile(tmp_path / "watch.xlsx", "w") as packed:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            packed.writestr(name, "<Types/>")
    with pytest.raises(sl.UnknownFormatError, match="workbook") as caught:
        sl.read(tmp_path / "watch.xlsx")
    assert "CSV UTF-8" in caught.value.hint


def test_a_part_never_becomes_the_whole(tmp_path: Path) -> None:
    """What was read with partial=True says so in its edition, in every entity, and after a write."""
    with pytest.warns(sl.FaultyEntriesWarning):
        found = sl.read(classic(plain(1), plain(2), declared=5), partial=True)
    (edition,) = found.editions
    assert edition.missing == ("3 of the 5 entries that it declares",)
    assert "INCOMPLETE" in edition.label
    assert found["1"].edition is edition
    assert found.audit.editions == (edition,)
    found.write(tmp_path / "part.jsonl")
    again = sl.read(tmp_path / "part.jsonl")
    assert again.editions[0].missing == edition.missing
    assert "INCOMPLETE" in str(again.why("1"))
    with pytest.warns(sl.FaultyEntriesWarning):
        uncounted = sl.read(classic(plain(1), declared=None), partial=True)
    assert uncounted.editions[0].missing == ("the number of entries that it should have",)
    with pytest.warns(sl.FaultyEntriesWarning):
        empty = sl.read(classic(declared=0), list_id="us_ofac_sdn", partial=True)
    assert (len(empty), len(empty.audit.issues)) == (0, 1)
    with pytest.warns(sl.FaultyEntriesWarning):
        more = sl.read(classic(plain(1), plain(2), declared=1), partial=True)
    assert (more.editions[0].scope, more.editions[0].filter) == (
        sl.Scope.CUSTOM,
        "2 entries where 1 are declared",
    )


# Hostile XML


def test_entry_inside_an_entry() -> None:
    """A nested entry is a value in the wrong place, and makes no party of its own."""
    with pytest.warns(sl.FaultyEntriesWarning):
        found = sl.read(classic(plain(1, plain(2))))
    assert [one.source_id for one in found] == ["1"]
    assert ("sdnEntry/lastName", "EXAMPLE 2") in [
        (one.label, one.value) for one in found["1"].features
    ]


# Where it lies


def test_missing_folder_and_nonsense(tmp_path: Path) -> None:
    """A path that cannot be read says so, in our words."""
    with pytest.raises(sl.UnreadableError, match="no file"):
        sl.read(tmp_path / "SDN.XML")
    with pytest.raises(sl.UnreadableError) as caught:
        sl.read("https://example.org/SDN.XML")
    assert "never the network" in caught.value.hint
    with pytest.raises(sl.UnreadableError, match="folder"):
        sl.read(tmp_path)
    with pytest.raises(sl.UnreadableError, match="path"):
        sl.read("a\0b")
    with pytest.raises(sl.InvalidInputError, match="text of a file"):
        sl.read("<sdnList/>")
    with pytest.raises(sl.InvalidInputError, match="cannot read from int"):
        sl.read(3)  # type: ignore[arg-type]
    with (tmp_path / "x").open("w+") as text, pytest.raises(sl.InvalidInputError, match="binary"):
        sl.read(text)  # type: ignore[arg-type]
    assert issubclass(sl.UnreadableError, OSError)


def test_without_permission(tmp_path: Path) -> None:
    """A file that this user may not read gives UnreadableError."""
    path = tmp_path / "SDN.XML"
    path.write_bytes(GOOD)
    path.chmod(0)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.getuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    # root may read everything: as root the child becomes nobody after its imports.
    script = (
        "import os, sys, sanctionslib as sl\n"
        "sl.sample()\n"
        "if os.getuid() == 0: os.setuid(65534)\n"
        "try: sl.read(sys.argv[1])\n"
        "except sl.UnreadableError as error: print(error.what)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert "may not be read" in done.stdout


def test_damaged_archives(tmp_path: Path) -> None:
    """Cut gzip and zip files are truncated; in a zip of several files each has to be of the list."""
    packed = gzip.compress(open_sample())
    for cut in (len(packed) // 2, len(packed) - 4, 12):
        with pytest.raises(sl.TruncatedError):
            sl.read(packed[:cut])
    zipped = tmp_path / "SDN_XML.ZIP"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("sdn.xml", GOOD)
    with pytest.raises(sl.TruncatedError):
        sl.read(zipped.read_bytes()[:-30])
    with zipfile.ZipFile(zipped, "a") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(
        sl.UnknownFormatError, match=r"2 files are given, and readme\.txt is no list"
    ):
        sl.read(zipped)
    with pytest.raises(sl.TruncatedError, match="empty"):
        sl.read(gzip.compress(b""))


def test_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    """A download that is still being written is noticed."""
    path = tmp_path / "SDN.XML"
    path.write_bytes(GOOD)

    def rewrite(done: int, total: int) -> None:
        if not changed:
            changed.append(True)
            with path.open("ab") as file:
                file.write(b"\n")

    changed: list[bool] = []
    with pytest.raises(sl.ParseError, match="changed while"):
        sl.read(path, progress=rewrite)


# Mutations
