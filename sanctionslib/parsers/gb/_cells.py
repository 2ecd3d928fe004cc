"""Texts that hold several values, in OFSI's list: numbered values, and labelled Other Information.

`Other Information` begins with references, goes on with text and ends with labelled values:
"(UK Sanctions List Ref):MYA0030. (UN Ref):QDi.001. Text. (Gender):Male (Phone number):(1) … (2) …".
Only these labels count: "(2022):" and "(United States of America):" are words of a text. Until 2021
all of it was a text, in which a few facts are plainly given: "UN Ref QDi.001.", "Gender: male.".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = [
    "LABELS",
    "MEASURE",
    "TEXT",
    "Segment",
    "number_of",
    "numbered",
    "segments",
    "values",
    "values_of",
]

TEXT = "text"
"""Stands for the label of what has none."""
MEASURE = "Financial sanctions imposed"
"""The words before a measure in the text, which serve for its label."""
LABELS = (
    "UK Sanctions List Ref",
    "UN Ref",
    "UK Statement of Reasons",
    "Gender",
    "Phone number",
    "Tel",
    "Fax",
    "Email address",
    "Website",
    "Type of entity",
    "Business Reg No",
    "Parent company",
    "Subsidiaries",
    "IMO number",
    "Hull identification number",
    "Current owners",
    "Previous owners",
    "Flag of ship",
    "Previous flags",
    "Type of ship",
    "Tonnage of ship",
    "Length of ship",
    "Year built",
)
_LABEL = re.compile(rf"\(({'|'.join(LABELS)})\):")
_UK = r"[A-Z]{3}\d{4}"
_UN = r"[A-Z]{2}[A-Za-z]\.?\s?\d{2,3}\b|[QT][IE]\.[A-Z]\.\d+\.\d+|E\.\d+\.[IVX]+\.\d+"
_REFERENCES = re.compile(rf"\s*((?:{_UK}|{_UN})(?:(?:,| and)\s+(?:{_UK}|{_UN}))*)\s*(?:\.\s*|\Z)")
"""One reference or several, and the end of their sentence."""
_MEASURES = re.compile(
    r"Financial sanctions imposed in addition to an (?P<freeze>asset freeze): "
    r"(?P<others>(?:(?:Dealing with transferable securities or money-market instruments"
    r"|Loans and credit arrangements|Correspondent banking relationships etc|Trust services)\.\s*)+)"
    r"(?:(?P<dated>Date trust services sanctions imposed: [\d/]+)\.)?"
)
_PLAIN = {
    "UN Ref": re.compile(rf"\bUN\s*ref(?:erence)?(?: no)?\b[.:]*\s*({_UN})", re.IGNORECASE),
    "Gender": re.compile(r"\bGender: (male|female)\b", re.IGNORECASE),
}
"""What is plainly given in a text without labels."""
_MARK = re.compile(r"(?<![\w(])\(?(\d{1,2}|[a-h])(?:\)?\s*(?:-|to)\s*\(?(\d{1,2}))?\)")
_NUMBER = re.compile(
    r"(?<![\w/-])(?:[A-Z]{1,2} )?(?!(?:19|20)\d\d(?![A-Z\d/-]))(?=(?:[A-Z/-]*\d){4})[A-Z\d/-]+"
)
"""Four digits or more, that are no year."""


_NO_WORDS = ("Phone number", "Tel", "Fax", "Email address", "Website", "Previous flags")


class Segment(NamedTuple):
    """A value under a label."""

    label: str
    value: str


def segments(text: str) -> Iterator[Segment]:
    """The labelled values of Other Information; what has no label has `TEXT`.

    >>> [
    ...     tuple(one)
    ...     for one in segments("(UK Sanctions List Ref):EXA0001. An example. (Gender):Male")
    ... ]
    [('UK Sanctions List Ref', 'EXA0001'), ('text', 'An example.'), ('Gender', 'Male')]
    """
    before, *rest = _LABEL.split(text)
    if said := before.strip():
        yield from _of_text(said, is_labelled=bool(rest))
    for label, part in zip(rest[::2], rest[1::2], strict=True):
        said = part.strip()
        if not label.endswith("Ref"):
            if said:
                yield Segment(label, said)
            continue
        found = _REFERENCES.match(said)
        if found is not None:
            yield Segment(label, found[1])
            said = said[found.end() :]
        if said:
            yield from _of_text(said, is_labelled=True)


def _of_text(text: str, *, is_labelled: bool) -> Iterator[Segment]:
    """What is under no label, and the facts in it."""
    for label, pattern in _PLAIN.items() if not is_labelled else ():
        for value in dict.fromkeys(pattern.findall(text)):
            yield Segment(label, value)
    for found in _MEASURES.finditer(text):
        yield Segment(MEASURE, found["freeze"])
        *others, trust = re.split(r"\.\s*", found["others"].strip(" ."))
        for one in others:
            yield Segment(MEASURE, one)
        yield Segment(MEASURE, f"{trust}. {found['dated']}" if found["dated"] else trust)
    yield Segment(TEXT, text)


def numbered(text: str) -> tuple[str, ...]:
    """The values of "(1) … (2) …", "1) … 2) …" or "(a) … (b) …"; else the text alone.

    A hyphen, or nothing, in the place of one is "". What is said of several is that of each.

    >>> numbered("(1) Mullah (2) - (3) Haji;"), numbered("Law No. 3(2)")
    (('Mullah', '', 'Haji'), ('Law No. 3(2)',))
    >>> numbered("(1)-(2) Tunisia (3) Algeria")
    ('Tunisia', 'Tunisia', 'Algeria')
    """
    before, *rest = _MARK.split(text)
    found: list[str] = []
    for mark, last, value in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        if mark not in (str(len(found) + 1), "abcdefgh"[len(found) :][:1]):
            return (text,)
        found += [value.strip(" ;,-")] * (int(last) - len(found) if last else 1)
    return (text,) if before.strip() or not found else tuple(found)


def values(text: str) -> list[str]:
    """Values that may be numbered: "(1) … (2) …"."""
    return [one for one in numbered(text) if one]


def values_of(segment: Segment) -> tuple[str, ...]:
    """The values of a labelled text: numbered, or joined as sentences where they are no words.

    >>> values_of(Segment("Phone number", "(1) +1 555 0100. +1 555 0101 (2) 0102"))
    ('+1 555 0100', '+1 555 0101', '0102')
    """
    found = numbered(segment.value)
    if segment.label in _NO_WORDS:
        found = tuple([one for each in found for one in re.split(r"[.,]\s+|;\s*", each)])
    return tuple([one for one in found if one])


def number_of(text: str) -> str:
    """The number that a text about a document begins with or tells: "D 000974 (Afghan)".

    >>> number_of("Passport No. 836210029"), number_of("Ration card")
    ('836210029', 'Ration card')
    """
    found = _NUMBER.search(text)
    return text if found is None else found[0]
