"""Reading needs memory for one entry, with any content between, around or in the entries."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from quick import few

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
    sl.read(sys.argv[1], list_id=sys.argv[2] or None, partial=True)
    found = "read"
except sl.SanctionsError as error:
    found = type(error).__name__
print(found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


DATA = Path(__file__).parent / "data"
CSV = (DATA / "us_csl.csv").read_bytes() + b"#"
OWN = (
    b'{"schema":"sanctionslib/entities/1","library":"0.1.0","editions":[],"count":1,"entities":[]}'
)
LINES = OWN.replace(b',"entities":[]', b"") + b"\n"
# These two names in the first bytes identify the format.
JSON = b'{"source_list_url": "", "federal_register_notice": "", "results": [{"name": "A"}]}'

FILES: dict[str, tuple[str, bytes]] = {
    "classic": ("SDN.XML", (DATA / "every_element.xml").read_bytes()),
    "enhanced": ("SDN_ENHANCED.XML", (DATA / "ofac_enhanced.xml").read_bytes()),
    "advanced": ("SDN_ADVANCED.XML", (DATA / "every_element_advanced.xml").read_bytes()),
    "CSV": ("consolidated.csv", CSV),
    "flat files": (
        "SDN_COMMENTS.CSV",
        (DATA / "same_day" / "SDN.CSV").read_bytes().rstrip(b"\x1a") + b"#",
    ),
    "denied persons": ("dpl.txt", (DATA / "us_bis_denied.txt").read_bytes() + b"#"),
    "own CSV": ("x.csv", b"id,name\n1,A\n#"),
    "JSON": ("x.json", JSON + b"#"),
    "own JSON": ("x.json", OWN),
    "JSON Lines": ("x.jsonl", LINES + b"#"),
}
"""Small files: what they are called, and what they hold."""
LISTS = {"flat files": "us_ofac_sdn", "own CSV": "watch"}

ENTRY = b"<sdnEntry>"
COMMAS = b"," * CSV.partition(b"\n")[0].count(b",")
HOSTILE: dict[str, tuple[bytes, bytes, bytes]] = {
    # The repeated text precedes a mark in the file, after a text of its own.
    "classic: empty": (ENTRY, b"", b"<a/>"),
    "classic: filled": (ENTRY, b"", b"<a>x</a>"),
    "classic: named": (ENTRY, b"", b"<a%d/>"),
    "classic: attributes": (ENTRY, b"", b'<a b="x" c="y"/>'),
    "classic: after the last": (b"</sdnList>", b"", b"<a/>"),
    "classic: one child": (ENTRY, b"<b>", b"<a/>"),
    "classic: nested names": (ENTRY, b"", b"<b><sdnEntry/></b>"),
    "classic: nothing in entries": (ENTRY, b"", b"<sdnEntry/>"),
    "classic: inside an entry": (b"</sdnEntry>", b"", b"<a/>"),
    "classic: values in an entry": (b"</sdnEntry>", b"", b"<a>x</a>"),
    "classic: aliases": (b"</sdnEntry>", b"", b"<akaList/>"),
    "classic: header": (b"</publshInf", b"", b"<a>x</a>"),
    "enhanced: sections": (b"</entities>", b"", b"<a/>"),
    "enhanced: tables": (b"</referenceValues>", b"", b"<a>x</a>"),
    "enhanced: header": (b"</publicationInfo>", b"", b"<a/>"),
    "enhanced: an entry": (b"</entity>", b"", b"<a>x</a>"),
    "advanced: locations": (b"</Locations>", b"", b"<a/>"),
    "advanced: sets": (b"</ReferenceValueSets>", b"", b"<a/>"),
    "advanced: values": (b"</ReferenceValueSets>", b"", b"<a>x</a>"),
    "advanced: wrappers": (b"<Locations", b"", b"<a><b/></a>"),
    "CSV: a field without end": (b"#", b"", b"x"),
    "CSV: a quote without end": (b"#", b'"', b"x\n"),
    "CSV: a row without end": (b"#", b"", b'"\n",'),
    "CSV: cells without end": (b"#", b"", b","),
    "CSV: rows of nothing": (b"#", b"", COMMAS + b"\n"),
    "CSV: short rows": (b"#", b"", b",\n"),
    "CSV: after the end mark": (b"#", b"\x1a\n", b"\n"),
    "flat files: rows of nothing": (b"#", b"", b"," * 11 + b"\n"),
    "denied persons: rows": (b"#", b"", b"\t\n"),
    "own CSV: faults": (b"#", b"", b"x\n"),
    "JSON: an unknown key": (b'"results"', b'"a": [0', b",[]"),
    "JSON: unknown keys": (b'"results"', b"", b'"a": "",'),
    "JSON: a string": (b'"results"', b'"a": "', b"x"),
    "JSON: depth": (b"{", b"", b"["),
    "JSON: no objects": (b"]}#", b"", b",[]"),
    "JSON: empty objects": (b"]}#", b"", b",{}"),
    "JSON: in an entry": (b'"name"', b'"a":[', b'"x",'),
    "own JSON: no objects": (b"]}", b"[]", b",[]"),
    "own JSON: beside": (b'"entities"', b'"a":[0', b",[]"),
    "own JSON: in an entry": (b"]}", b'{"names":[0', b",[]"),
    "JSON Lines: a line": (b"#", b"[0", b",[]"),
    "JSON Lines: lines": (b"#", b"", b"[]\n"),
}


def pieces(name: str) -> Iterator[bytes]:
    """The file with the repeated part."""
    mark, once, again = HOSTILE[name]
    data = FILES[name.partition(":")[0]][1]
    at = data.rindex(mark)
    yield data[:at] + once
    # Of a single letter the file needs more to fill the memory; packed it is as small.
    size = 10 * SIZE if again == b"x" else SIZE
    for block in range(size // 100_000):
        many = range(block * 10_000, (block + 1) * 10_000)
        yield (
            b"".join([again % number for number in many])
            if b"%" in again
            else again * (100_000 // len(again))
        )
    yield data[at:]


@pytest.mark.skipif(sys.platform != "linux", reason="the unit of the figure differs by system")
@pytest.mark.parametrize("name", few(HOSTILE, 2))
def test_memory_is_that_of_one_entry(name: str, tmp_path: Path) -> None:
    """A small zip with millions of repetitions ends early, with our error, in little memory."""
    kind = name.partition(":")[0]
    path = tmp_path / "x.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open(FILES[kind][0], "w", force_zip64=True) as opened,
    ):
        for piece in pieces(name):
            opened.write(piece)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(path), LISTS.get(kind, "")],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    found, grown = done.stdout.split()
    assert found.endswith("Error"), found
    assert int(grown) < MOST
