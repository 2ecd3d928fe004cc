"""Stated bounds of reading: what archives unpack to, numbers, streams and paths; all errors are ours."""

from __future__ import annotations

import gzip
import io
import os
import re
import warnings
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from advanced_files import advanced, text_feature
from advanced_files import plain as advanced_plain
from classic_files import classic, plain
from csl_files import as_csv, as_json, rest
from csl_files import row as csl_row
from delimited_files import delimited, party
from dpl_files import as_txt
from dpl_files import row as dpl_row
from enhanced_files import enhanced, feature
from enhanced_files import plain as enhanced_plain
from quick import crossed

import sanctionslib as sl
from sanctionslib.answers import IssueKind
from sanctionslib.parsers import Source
from sanctionslib.parsers._engine.audit import AuditBuilder
from sanctionslib.samples import open_sample

# ── unpacking ─────────────────────────────────────────────────────────────────────────────────


def zipped(content: bytes) -> bytes:
    """A zip of one file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SDN.XML", content)
    return buffer.getvalue()


@pytest.mark.parametrize("pack", [gzip.compress, zipped, bytes], ids=["gzip", "zip", "plain"])
def test_nothing_unpacks_to_more_than_is_said(pack: Any) -> None:
    """A file of exactly that size is read; one byte more is not, and is not read to its end."""
    data = open_sample()
    assert Source(pack(data), largest=len(data)).size == len(data)
    with pytest.raises(sl.StructureChangedError, match="has more than"):
        Source(pack(data), largest=len(data) - 1)


@pytest.mark.parametrize("pack", [gzip.compress, bytes], ids=["gzip", "plain"])
def test_what_the_archive_holds_unpacks_to_what_its_record_says(pack: Any, tmp_path: Path) -> None:
    """A file that was put in the place of a stored one is unpacked no further than that one went."""
    held = sl.add_edition(
        b"id,name\n1,EXAMPLE TRADING LLC\n",
        list_id="my_watch",
        published="2021-12-10",
        home=tmp_path,
    )
    (path,) = (tmp_path / "my_watch").rglob("*.gz")
    path.unlink()
    path.write_bytes(pack(b"\n" * 1_000_000))
    with pytest.raises(sl.CorruptEditionError, match=f"more than {held.files[0].size} bytes"):
        sl.load("my_watch", offline=True, home=tmp_path)


def test_a_file_that_grows_while_it_is_read(tmp_path: Path) -> None:
    """It is read no further than it was when it was measured."""
    path = tmp_path / "a"
    path.write_bytes(b"x" * 10)
    source = Source(path)
    path.write_bytes(b"x" * 1_000_000)
    with pytest.raises(sl.ParseError, match="changed while"), source.open() as stream:
        stream.read(100)


# ── numbers ───────────────────────────────────────────────────────────────────────────────────

DIGITS = (5_000, 4_000)
"""Python makes no number of more than 4,300 digits."""
VESSEL = "<vesselInfo><tonnage>1</tonnage><grossRegisteredTonnage>2</grossRegisteredTonnage></vesselInfo>"
SHIP = party(3, kind="vessel", vessel=("A1", "Cargo", "99,144", "12", "Iran", "OWNER"))
SHIPPED: dict[str, Any] = csl_row(4, "SDN", gross_tonnage="1", gross_registered_tonnage="2")
FILES: dict[str, tuple[Sequence[bytes], dict[str, Any]]] = {
    "classic": ([classic(plain(1, VESSEL), plain(2))], {}),
    "enhanced": ([enhanced(enhanced_plain(1, f"<features>{feature()}</features>"))], {}),
    "advanced": (
        [advanced(advanced_plain(1, text_feature(1, 2, 3, "9187629")))],
        {"list_id": "us_ofac_sdn"},
    ),
    "delimited": (delimited(SHIP), {"list_id": "us_ofac_sdn", "published": "2030-01-02"}),
    "CSL": ([as_csv(SHIPPED, *rest("SDN"))], {"published": "2030-01-02"}),
    "CSL in JSON": (
        [as_json({**SHIPPED, "federal_register_notice": 1, "source_list_url": 2}, total=1)],
        {"published": "2030-01-02", "partial": True},
    ),
    "denied persons": ([as_txt(dpl_row())], {"published": "2030-01-02"}),
    "own CSV": (
        [b"id,name,kind,tonnage,listed,birth_dates\n1,A,vessel,2,2021-12-10,\n2,B,person,,,1970\n"],
        {"list_id": "watch"},
    ),
    "own JSON": (
        [
            (
                b'{"schema":"sanctionslib/entities/1","library":"0.1.0","editions":'
                b'[{"list_id":"w","published":"2021-12-10"}],"count":1,"entities":'
                b'[{"kind":"vessel","id":"w:1","names":[],"tonnage":3,"edition":0}]}'
            )
        ],
        {},
    ),
}


@pytest.mark.parametrize(("name", "count"), crossed([*FILES], DIGITS))
def test_numbers_of_thousands_of_digits(name: str, count: int) -> None:
    """At each place where a number stands: it is kept as a text, or an error of ours is raised."""
    files, words = FILES[name]
    digits = b"9" * count
    places = 0
    for which, data in enumerate(files):
        for number in re.finditer(rb"\d+", data):
            changed = list(files)
            changed[which] = data[: number.start()] + digits + data[number.end() :]
            places += 1
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", sl.SanctionsWarning)
                try:
                    found = sl.read(changed, **words)
                except sl.SanctionsError:
                    continue
                assert str(found)
    assert places > 3


@pytest.mark.parametrize("count", ["9" * 5_000, "9" * 19, "-1", "1.0"])
def test_a_count_that_is_none(count: str) -> None:
    """No file has as many entries."""
    with pytest.raises(sl.StructureChangedError, match="where a number is meant") as caught:
        sl.read(classic(plain(1), declared=count))
    assert len(str(caught.value)) < 400


def test_a_tonnage_that_is_none() -> None:
    """It is kept as it stands."""
    huge = VESSEL.replace("1", "9" * 5_000)
    entry = plain(1, huge).replace("<sdnType>Entity", "<sdnType>Vessel")
    with pytest.warns(sl.FaultyEntriesWarning):
        (ship,) = sl.read(classic(entry))
    assert isinstance(ship, sl.Vessel)
    assert (ship.tonnage, ship.gross_tonnage) == (None, 2)
    assert ship.features[0].value == "9" * 5_000


# ── streams and paths ─────────────────────────────────────────────────────────────────────────


class Odd:
    """A stream that does what it should not."""

    def __init__(self, does: object) -> None:
        self.does = does

    def read(self, size: int = -1, /) -> Any:
        """Raise it, or return it."""
        if isinstance(self.does, Exception):
            raise self.does
        return self.does


class Unnamed(Odd):
    """A stream that cannot even say its name."""

    @property
    def name(self) -> str:
        raise ValueError("I/O operation on closed file")


def closed() -> io.BytesIO:
    """A stream that was closed."""
    stream = io.BytesIO(open_sample())
    stream.close()
    return stream


RAISED = (
    ValueError("closed"),
    RuntimeError("broken"),
    LookupError(),
    FileNotFoundError(2, "gone"),
    PermissionError(13, "no"),
    IsADirectoryError(21, "a folder"),
    EOFError(),
    MemoryError(),
    RecursionError("deep"),
    zipfile.BadZipFile("bad"),
)


@pytest.mark.parametrize(
    "stream", [closed(), Unnamed(b"x"), *map(Odd, RAISED)], ids=lambda one: type(one).__name__
)
def test_streams_that_fail(stream: Any) -> None:
    """Whatever a stream raises becomes ours, with the cause behind it."""
    with pytest.raises(sl.UnreadableError) as caught:
        sl.read(stream)
    assert caught.value.__cause__ is not None
    assert caught.value.hint


@pytest.mark.parametrize(
    ("given", "says"),
    [(None, "NoneType"), ("text", "text"), (3, "int"), (bytearray(b"x"), "bytearray")],
)
def test_streams_that_give_no_bytes(given: object, says: str) -> None:
    """What it gives instead is said."""
    with pytest.raises(sl.InvalidInputError, match=f"this stream gives {says}"):
        sl.read(Odd(given))  # type: ignore[arg-type]


class PathLike(os.PathLike[str]):
    """A path that is what it is given."""

    def __init__(self, does: Any) -> None:
        self.does = does

    def __fspath__(self) -> Any:
        if isinstance(self.does, Exception):
            raise self.does
        return self.does


@pytest.mark.parametrize(
    "path",
    [
        *(PathLike(does) for does in (3, None, RuntimeError("x"), ValueError(), b"\xff", "a\0b")),
        "\ud800",
        "a\0b",
        "x" * 10_000,
        "",
        "/dev/zero",
        "\n" * 3,
    ],
)
def test_odd_paths(path: Any) -> None:
    """What is no path, or leads to no file, is unreadable."""
    with pytest.raises(sl.UnreadableError) as caught:
        sl.read(path)
    assert caught.value.hint


def test_a_path_in_bytes(tmp_path: Path) -> None:
    """Where the object that stands for a path gives bytes, they are one."""
    path = tmp_path / "SDN.XML"
    path.write_bytes(open_sample())
    assert len(sl.read(PathLike(os.fsencode(path)))) == 26


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe(tmp_path: Path) -> None:
    """It is not waited for."""
    os.mkfifo(tmp_path / "SDN.XML")
    for given in (tmp_path / "SDN.XML", tmp_path):
        with pytest.raises(sl.UnreadableError, match="a pipe or a device"):
            sl.read(given)


# ── the share of faults ───────────────────────────────────────────────────────────────────────


def test_faults_beyond_all_measure() -> None:
    """A file of which more is reported than entries can explain is refused; others are read."""
    for read, most in ((0, 10_000), (1_000, 20_000)):
        audit = AuditBuilder("x")
        audit.read = read
        for _ in range(most):
            audit.issue(IssueKind.STRUCTURE, "odd")
        with pytest.raises(sl.StructureChangedError, match=f"no more than {read:,} entries"):
            audit.issue(IssueKind.STRUCTURE, "odd")


def test_rejected_entries_explain_nothing() -> None:
    """Of a file of which no entry can be read, no more than a part is looked at."""
    audit = AuditBuilder("x")
    for _ in range(10_000):
        audit.read += 1
        audit.issue(IssueKind.REJECTED, "no name")
    audit.read += 1
    with pytest.raises(sl.StructureChangedError, match="no more than 0 entries"):
        audit.issue(IssueKind.REJECTED, "no name")


@pytest.mark.parametrize("report", ["unmapped", "unknown"])
def test_values_beyond_all_measure(report: str) -> None:
    """The same for values without a field, and codes that are not known."""
    audit = AuditBuilder("x")
    audit.read = 1
    for at in range(10_100):
        getattr(audit, report)(f"path {at}", "a", "b")
    with pytest.raises(sl.StructureChangedError):
        getattr(audit, report)("path", "a", "b")
