"""A large list from a small one: its parties over and over, each time with fresh keys.

    python benchmarks/tile.py CONS_ADVANCED.XML big.xml 120

makes a file of about 120 MB that hangs together as the official one does: every key occurs once,
and every reference leads into the tile that it stands in. For OFAC's advanced, enhanced and classic
XML. Names repeat, so the file serves to measure how a list is read, and not how it is searched.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

_ATTRIBUTES = (
    "ID|FixedRef|IdentityID|NamePartGroupID|DocumentedNameID|LocationID|IssuedIn-LocationID"
    "|FeatureVersionID|IDRegDocumentID|ProfileID|From-ProfileID|To-ProfileID|SanctionsEntryID"
)
_KEYS = {
    "Sanctions": re.compile(rf'(?<= )((?:{_ATTRIBUTES})=")(\d+)(?=")'),
    "sanctionsData": re.compile(
        r'((?<= )(?:id|entityId|nameId|nameTranslationId)="|<identityId>)(\d+)(?=["<])'
    ),
    "sdnList": re.compile(r"(<uid>)(\d+)(?=<)"),
}
"""Where keys of parties and of their pieces stand, by the root of the format."""

_SECTIONS = {
    "Sanctions": (
        "Locations",
        "IDRegDocuments",
        "DistinctParties",
        "ProfileRelationships",
        "SanctionsEntries",
    ),
    "sanctionsData": ("entities",),
    "sdnList": (),
}
"""What is repeated; in the classic file all entries."""


def tile(source: Path, target: Path, size: int) -> int:
    """Write a file of about `size` bytes; the number of tiles."""
    text = source.read_text(encoding="utf-8")
    root = next(name for name in _KEYS if re.search(rf"<{name}[\s>]", text[:2000]))
    times = max(1, round(size / len(text.encode())))
    if root == "sdnList":
        cuts = [(text.index("<sdnEntry>"), text.index("</sdnList>"))]
        counted = r"(<Record_Count>)(\d+)"
        head = re.sub(counted, lambda at: f"{at[1]}{int(at[2]) * times}", text[: cuts[0][0]])
        text = head + text[cuts[0][0] :]
        cuts = [(text.index("<sdnEntry>"), text.index("</sdnList>"))]
    else:
        cuts = [_inside(text, name) for name in _SECTIONS[root]]
    end = 0
    with target.open("w", encoding="utf-8") as file:
        for start, stop in cuts:
            file.write(text[end:start])
            for number in range(times):
                file.write(_fresh(text[start:stop], _KEYS[root], number))
            end = stop
        file.write(text[end:])
    return times


def _inside(text: str, name: str) -> tuple[int, int]:
    """From where to where a section reaches, without its own tags."""
    start = re.search(rf"<{name}[^>]*(?<!/)>", text)
    if start is None:
        return (0, 0)
    return start.end(), text.index(f"</{name}>")


def _fresh(text: str, keys: re.Pattern[str], number: int) -> str:
    """The same with keys of another tile; longer ones than any key of the file."""
    if not number:
        return text
    return keys.sub(lambda at: f"{at[1]}{number}{at[2]:0>10}", text)


if __name__ == "__main__":
    given, made, megabytes = sys.argv[1:]
    print(f"{tile(Path(given), Path(made), int(megabytes) * 1_000_000)} tiles")
