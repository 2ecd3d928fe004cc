"""Memory while reading is that of one entry, whatever stands between, beside or inside the entries."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from advanced_files import advanced
from advanced_files import plain as advanced_plain
from classic_files import classic, plain
from csl_files import as_csv, as_json, row
from delimited_files import delimited, party
from dpl_files import as_txt
from enhanced_files import enhanced
from enhanced_files import plain as enhanced_plain
from quick import few

from sanctionslib.parsers.us.csl import CSV

Pieces = Iterator[bytes]

UNDATED = ("CSV", "flat files", "denied persons", "JSON:")
"""Formats that state no date."""

SIZE = 24_000_000
"""Bytes of a file, unpacked; packed it has some 30 thousand."""
MOST = 150_000
"""Kilobytes that may be added while it is read. Kept whole, such a file takes 400,000 to 2,000,000."""

SCRIPT = """
import resource, sys, warnings
import sanctionslib as sl
from sanctionslib.parsers import formats
warnings.simplefilter("ignore", sl.SanctionsWarning)
formats()
sl.sample()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    sl.read(sys.argv[1], list_id=sys.argv[2] or None, published=sys.argv[3] or None, partial=True)
    found = "read"
except sl.SanctionsError as error:
    found = type(error).__name__
print(found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def amid(data: bytes, mark: bytes, *again: bytes, size: int = SIZE) -> Pieces:
    """The file with something that is said again and again before a mark in it."""
    at = data.index(mark)
    yield data[:at]
    block = again[-1] * (100_000 // len(again[-1]))
    yield b"".join(again[:-1])
    for _ in range(size // len(block)):
        yield block
    yield data[at:]


def numbered(data: bytes, mark: bytes, text: str, count: int) -> Pieces:
    """The same with a number in each."""
    at = data.index(mark)
    yield data[:at]
    for first in range(0, count, 1_000):
        yield "".join(text.format(number) for number in range(first, first + 1_000)).encode()
    yield data[at:]


CLASSIC = classic(plain(1), plain(2))
ENHANCED = enhanced(enhanced_plain(1))
ADVANCED = advanced(advanced_plain(1))
CSL = as_csv(row(1))
FLAT = delimited(party(1))[0].removesuffix(b"\x1a")
ENTRY = b"<sdnEntry>"
OWN = (
    b'{"schema":"sanctionslib/entities/1","library":"0.1.0","editions":[],"count":1,"entities":[]}'
)
LINES = OWN.replace(b',"entities":[]', b"") + b"\n"
KEYED = b'"results":'
# The format is known by these two names, which stand in the first bytes here.
CSL_JSON = as_json(row(1), source_list_url="x", federal_register_notice="x")

HOSTILE: dict[str, tuple[str, Callable[[], Pieces], str]] = {
    "classic: empty": ("CONSOLIDATED.XML", partial(amid, CLASSIC, ENTRY, b"<a/>"), ""),
    "classic: filled": ("SDN.XML", partial(amid, CLASSIC, ENTRY, b"<a>x</a>"), ""),
    "classic: named": ("SDN.XML", partial(numbered, CLASSIC, ENTRY, "<a{}/>", 2_000_000), ""),
    "classic: attributes": ("SDN.XML", partial(amid, CLASSIC, ENTRY, b'<a b="x" c="y"/>'), ""),
    "classic: after the last": ("SDN.XML", partial(amid, CLASSIC, b"</sdnList>", b"<a/>"), ""),
    "classic: one child": (
        "SDN.XML",
        partial(amid, CLASSIC.replace(ENTRY, b"<b></b>" + ENTRY, 1), b"</b>", b"<a/>"),
        "",
    ),
    "classic: nested names": ("SDN.XML", partial(amid, CLASSIC, ENTRY, b"<b><sdnEntry/></b>"), ""),
    "classic: nothing in entries": ("SDN.XML", partial(amid, CLASSIC, ENTRY, b"<sdnEntry/>"), ""),
    "classic: inside an entry": ("SDN.XML", partial(amid, CLASSIC, b"</sdnEntry>", b"<a/>"), ""),
    "classic: values in an entry": (
        "SDN.XML",
        partial(amid, CLASSIC, b"</sdnEntry>", b"<a>x</a>"),
        "",
    ),
    "classic: aliases": ("SDN.XML", partial(amid, CLASSIC, b"</sdnEntry>", b"<akaList/>"), ""),
    "classic: header": ("SDN.XML", partial(amid, CLASSIC, b"</publshInf", b"<a>x</a>"), ""),
    "enhanced: sections": (
        "SDN_ENHANCED.XML",
        partial(amid, ENHANCED, b"</entities>", b"<a/>"),
        "",
    ),
    "enhanced: tables": (
        "SDN_ENHANCED.XML",
        partial(amid, ENHANCED, b"</referenceValues>", b"<a>x</a>"),
        "",
    ),
    "enhanced: header": (
        "SDN_ENHANCED.XML",
        partial(amid, ENHANCED, b"</publicationInfo>", b"<a/>"),
        "",
    ),
    "enhanced: an entry": (
        "SDN_ENHANCED.XML",
        partial(amid, ENHANCED, b"</entity>", b"<a>x</a>"),
        "",
    ),
    "advanced: locations": (
        "SDN_ADVANCED.XML",
        partial(amid, ADVANCED, b"</Locations>", b"<a/>"),
        "",
    ),
    "advanced: sets": (
        "SDN_ADVANCED.XML",
        partial(amid, ADVANCED, b"</ReferenceValueSets>", b"<a/>"),
        "",
    ),
    "advanced: values": (
        "SDN_ADVANCED.XML",
        partial(amid, ADVANCED, b"</ReferenceValueSets>", b"<a>x</a>"),
        "",
    ),
    "advanced: wrappers": (
        "SDN_ADVANCED.XML",
        partial(amid, ADVANCED, b"<Locations", b"<a><b/></a>"),
        "",
    ),
    "CSV: a field without end": (
        "x.csv",
        partial(amid, CSL + b"#", b"#", b"x", size=10 * SIZE),
        "",
    ),
    "CSV: a quote without end": ("x.csv", partial(amid, CSL + b"#", b"#", b'"', b"x\n"), ""),
    "CSV: a row without end": ("x.csv", partial(amid, CSL + b"#", b"#", b'"\n",'), ""),
    "CSV: cells without end": ("x.csv", partial(amid, CSL + b"#", b"#", b","), ""),
    "CSV: rows of nothing": (
        "x.csv",
        partial(amid, CSL + b"#", b"#", b"," * (len(CSV.columns) - 1) + b"\n"),
        "",
    ),
    "CSV: short rows": ("x.csv", partial(amid, CSL + b"#", b"#", b",\n"), ""),
    "CSV: after the end mark": ("x.csv", partial(amid, CSL + b"#", b"#", b"\x1a\n", b"\n"), ""),
    "flat files: rows of nothing": (
        "SDN_COMMENTS.CSV",
        partial(amid, FLAT + b"#", b"#", b"," * 11 + b"\n"),
        "us_ofac_sdn",
    ),
    "denied persons: rows": ("dpl.txt", partial(amid, as_txt() + b"#", b"#", b"\t\n"), ""),
    "own CSV: faults": ("x.csv", partial(amid, b"id,name\n1,A\n#", b"#", b"x\n"), "watch"),
    "JSON: an unknown key": (
        "x.json",
        partial(amid, CSL_JSON.replace(KEYED, b'"a": [0],' + KEYED), b"0],", b"[],"),
        "",
    ),
    "JSON: unknown keys": ("x.json", partial(amid, CSL_JSON, KEYED, b'"a": "",'), ""),
    "JSON: a string": (
        "x.json",
        partial(amid, CSL_JSON.replace(KEYED, b'"a": "#",' + KEYED), b"#", b"x", size=10 * SIZE),
        "",
    ),
    "JSON: depth": ("x.json", partial(amid, CSL_JSON, b'"results": [', b'"results":', b"["), ""),
    "JSON: no objects": ("x.json", partial(amid, CSL_JSON + b"#", b"]\n}#", b",[]"), ""),
    "JSON: empty objects": ("x.json", partial(amid, CSL_JSON + b"#", b"]\n}#", b",{}"), ""),
    "JSON: in an entry": (
        "x.json",
        partial(amid, CSL_JSON.replace(b'"name"', b'"a":[0],"name"'), b"0],", b'"x",'),
        "",
    ),
    "own JSON: no objects": ("x.json", partial(amid, OWN, b"]}", b"[]", b",[]"), ""),
    "own JSON: beside": (
        "x.json",
        partial(amid, OWN.replace(b'"entities"', b'"a":[0],"entities"'), b"0],", b"[],"),
        "",
    ),
    "own JSON: in an entry": (
        "x.json",
        partial(amid, OWN.replace(b'"entities":[', b'"entities":[{"names":[0]}'), b"0]", b"[],"),
        "",
    ),
    "JSON Lines: a line": ("x.jsonl", partial(amid, LINES + b"[0]\n", b"0]", b"[],"), ""),
    "JSON Lines: lines": ("x.jsonl", partial(amid, LINES + b"#", b"#", b"[]\n"), ""),
}


@pytest.mark.skipif(sys.platform != "linux", reason="the unit of the figure differs by system")
@pytest.mark.parametrize("name", few(HOSTILE, 2))
def test_memory_is_that_of_one_entry(name: str, tmp_path: Path) -> None:
    """A small zip with one thing said millions of times ends early, with our error, in little memory."""
    member, pieces, list_id = HOSTILE[name]
    path = tmp_path / "x.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open(member, "w", force_zip64=True) as opened,
    ):
        for piece in pieces():
            opened.write(piece)
    published = "2030-01-02" if name.startswith(UNDATED) else ""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(path), list_id, published],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    found, grown = done.stdout.split()
    assert found.endswith("Error"), found
    assert int(grown) < MOST
