"""Make a large list of a small one: repeat its parties, each time with new keys and names.

    python benchmarks/tile.py CONS_ADVANCED.XML big.xml 120

makes a consistent file of about 120 MB: every key occurs once, and every reference refers to its own
tile. It works for OFAC's advanced, enhanced and classic XML.

Names, addresses and numbers get other letters and digits in each tile, so that a reader cannot save
memory by keeping equal texts once where the official file has different ones. They repeat after
105 tiles, and in other scripts; words of a vocabulary (countries, programs, types) do not change. Use
such a file to measure reading, not searching.
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
"""The places of keys of parties and of their parts, by the root of the format."""

_TEXTS = {
    "Sanctions": re.compile(
        r'(<LocationPart LocPartTypeID="\d{2,}">\s*<LocationPartValue [^>]*>\s*<Comment[^>]*>\s*<Value>'
        r"|<NamePartValue [^>]*>|<IDRegistrationNo>)([^<]+)"
    ),
    "sanctionsData": re.compile(
        r"(<formatted(?:First|Last|Full)Name>|</type>\s*<value>|<documentNumber>"
        r"|<name nameId=[^>]*>|<relatedEntity [^>]*>)([^<]+)"
    ),
    "sdnList": re.compile(
        r"(<(?:lastName|firstName|address[123])>|<idNumber>(?=[^<\s]*\d[^<\s]*<)|Linked To: )"
        r"((?:[^<;&]|&#?\w+;)+)"
    ),
}
"""The places of texts of a single party: without countries (location parts of type 1 in the advanced
format), and without dates and other words, which classic numbers can be."""

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
"""The repeated section; in the classic file all entries."""


def tile(source: Path, target: Path, size: int) -> int:
    """Write a file of about `size` bytes and return the number of tiles."""
    text = source.read_text(encoding="utf-8")
    root = next(name for name in _KEYS if re.search(rf"<{name}[\s>]", text[:2000]))
    cuts = [_inside(text, name) for name in _SECTIONS[root]]
    if root == "sdnList":
        cuts = [(text.index("<sdnEntry>"), text.index("</sdnList>"))]
    again = sum(len(_fresh(text[start:stop], root, 1).encode()) for start, stop in cuts)
    times = max(1, 1 + round((size - len(text.encode())) / again))
    end = 0
    with target.open("w", encoding="utf-8", newline="") as file:
        for start, stop in cuts:
            file.write(_counted(text[end:start], times))
            for number in range(times):
                file.write(_fresh(text[start:stop], root, number))
            end = stop
        file.write(text[end:])
    return times


def _inside(text: str, name: str) -> tuple[int, int]:
    """The start and the end of a section, without its own tags."""
    start = re.search(rf"<{name}(?:\s[^>]*)?(?<!/)>", text)
    if start is None:
        return (0, 0)
    return start.end(), text.index(f"</{name}>")


def _counted(head: str, times: int) -> str:
    """The start of a file, with the number of entries that the classic format declares."""
    counted = r"(<Record_Count>)(\d+)"
    return re.sub(counted, lambda at: f"{at[1]}{int(at[2]) * times}", head)


def _fresh(text: str, root: str, number: int) -> str:
    """The same with keys and texts of another tile; keys are longer than any key of the file."""
    if not number:
        return text
    table = _letters(number)
    text = _KEYS[root].sub(lambda at: f"{at[1]}{number}{at[2]:0>10}", text)
    return _TEXTS[root].sub(lambda at: at[1] + _other(at[2], table), text)


def _other(text: str, table: dict[int, str]) -> str:
    """A text in other letters and digits, except `&amp;` and "IMO", which identifies a vessel."""
    pieces = re.split(r"(&#?\w+;|\bIMO (?=\d))", text)
    return "".join(
        one if one.startswith("&") or one == "IMO " else one.translate(table) for one in pieces
    )


def _letters(number: int) -> dict[int, str]:
    """Vowels for vowels, consonants for consonants, digits for digits: a name keeps its shape."""
    table: dict[int, str] = {}
    for circle in (
        "aeiou",
        "AEIOU",
        "bcdfghjklmnpqrstvwxyz",
        "BCDFGHJKLMNPQRSTVWXYZ",
        "0123456789",
    ):
        shift = number % len(circle)
        table |= str.maketrans(circle, circle[shift:] + circle[:shift])  # type: ignore[arg-type]
    return table


if __name__ == "__main__":
    given, made, megabytes = sys.argv[1:]
    print(f"{tile(Path(given), Path(made), int(megabytes) * 1_000_000)} tiles")
