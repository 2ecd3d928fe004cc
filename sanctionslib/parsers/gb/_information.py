"""`Other Information` of OFSI's list: a text with labelled values.

It begins with references, continues with text and ends with labelled values: "(UK Sanctions List
Ref):MYA0030. (UN Ref):QDi.001. Text. (Gender):Male (Phone number):(1) … (2) …". Only the labels
below count: "(2022):" and "(United States of America):" are words of a text. Before 2022 all of it
was a text, with a few facts in plain form: "UN Ref QDi.001.", "Gender: male.".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, cast

import attrs

from sanctionslib.answers import Coverage
from sanctionslib.model import Entity, Identifier, IdentifierKind, Measure
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields, Labels, Texts
from sanctionslib.parsers._engine.rules import Group, Many, Rules, many, path_rules, to
from sanctionslib.parsers.gb import _rules as rules
from sanctionslib.parsers.gb import _shared as shared
from sanctionslib.parsers.gb._cells import numbered

__all__ = ["COLUMN", "LABELS", "RULES", "put", "segments"]

COLUMN = "Other Information"
_TEXT = "text"
"""Used as the label of text without a label."""
_MEASURE = "Financial sanctions imposed"
"""The words before a measure in the text, used as its label."""


def _measure(text: str, entry: Entry) -> Measure:
    """A measure; the date after it is its note."""
    word, _, note = text.partition(". ")
    return attrs.evolve(shared.measure(word, entry), note=note or None)


def _references(text: str, entry: Entry) -> tuple[Identifier, ...]:
    """References to entries of the UK Sanctions List and of the UN, distinguished by their form."""
    found = re.split(rf"{_JOINT}\s+", text)
    kinds = [_OF_UK if re.fullmatch(r"[A-Z]{3}\d{4}", one) else _OF_UN for one in found]
    return tuple([Identifier(value=one, kind=kind) for one, kind in zip(found, kinds, strict=True)])


_JOINT = "(?:,| and)"
"""The separator of references."""
_OF_UK, _OF_UN = IdentifierKind.UK_REFERENCE, IdentifierKind.UN_REFERENCE
_RULES: Rules = {
    "UK Sanctions List Ref": many("identifiers", convert=_references),
    "UN Ref": many("identifiers", convert=_references),
    _MEASURE: many("measures", convert=_measure),
    "UK Statement of Reasons": to("reason", shared.plain),
    "Tel": rules.PHONES,
    "Fax": rules.FAXES,
    **{
        label: rules.VALUES[column]
        for label, column in {
            "Gender": "Gender",
            "Phone number": "Phone number",
            "Email address": "Email address",
            "Website": "Website",
            "Type of entity": "Type of entity",
            "Business Reg No": "Business registration number (s)",
            "Parent company": "Parent company",
            "Subsidiaries": "Subsidiaries",
            "IMO number": "IMO number",
            "Hull identification number": "Hull identification number (HIN)",
            "Current owners": "Current owner/operator (s)",
            "Previous owners": "Previous owner/operator (s)",
            "Flag of ship": "Current believed flag of ship",
            "Previous flags": "Previous flags",
            "Type of ship": "Type of ship",
            "Tonnage of ship": "Tonnage of ship",
            "Length of ship": "Length of ship",
            "Year built": "Year Built",
        }.items()
    },
}
"""The rule of each label of Other Information: most labels are columns of the UK Sanctions List."""
RULES: Rules = {f"{COLUMN}/{label}": rule for label, rule in _RULES.items()}
"""The same by path."""
_FIELDS = {
    path.partition("/")[2]: ", ".join(rule.fields)
    for path, rule in path_rules(Group(make=Entity, rules=RULES)).items()
}
LABELS = Labels(coverage=lambda label, _: (Coverage.MAPPED, _FIELDS.get(label, "Entity.remarks")))
"""The coverage of each label."""

_LABEL = re.compile(rf"\(({'|'.join(_RULES)})\):")
_UK = r"[A-Z]{3}\d{4}"
_UN = r"[A-Z]{2}[A-Za-z]\.?\s?\d{2,3}\b|[QT][IE]\.[A-Z]\.\d+\.\d+|E\.\d+\.[IVX]+\.\d+"
_REFERENCES = re.compile(rf"\s*((?:{_UK}|{_UN})(?:{_JOINT}\s+(?:{_UK}|{_UN}))*)(?!\w)[\s.]*")
"""One reference or several; until 2021 a text could follow without a full stop."""
_MEASURES = re.compile(
    r"Financial sanctions imposed in addition to an (?P<freeze>asset freeze): "
    r"(?P<others>(?:(?:Dealing with transferable securities or money-market instruments"
    r"|Loans and credit arrangements|Correspondent banking relationships etc|Trust services)\.\s*)+)"
    r"(?:(?P<dated>Date trust services sanctions imposed: [\d/]+)\.)?"
)
_PLAIN = {
    "UN Ref": re.compile(
        rf"(?:\bUN\s*R?ref(?:erence)?(?: no)?\b[.:]*\s*|\bUN listing[.:]\s*|\A(?=[A-Z\w.]+\.\s))({_UN})",
        re.IGNORECASE,
    ),
    "Gender": re.compile(r"\bGender: (male|female)\b", re.IGNORECASE),
    "Email address": re.compile(r"(?<![\w.+-])([\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,9})"),
    "Website": re.compile(r"\b[Ww]eb ?site:? ?((?:https?://|www\.)[^\s,;)]{1,200}[^\s,;).])"),
}
"""Facts in plain form in a text without labels."""
_NO_WORDS = ("Phone number", "Tel", "Fax", "Email address", "Website", "Previous flags")
"""Labels of values that can be joined like sentences: a full stop ends one."""
_NAMES = ("Parent company", "Subsidiaries", "Type of entity")
"""Labels of names and words that are joined likewise: "St. Example Co., Ltd. Example Bank" are
two."""
_JOINED_NAMES = re.compile(
    r";\s++|[^\S\n]{0,9}\n\s*+|(?<!\b[A-Z])(?<!\bSt)(?<!\bNo)(?<!\bDr)\.\.?\s++(?!Ltd|Limited|Inc\b|LLC)(?=[^\W\d_])"
)


class Segment(NamedTuple):
    """A labelled value."""

    label: str
    value: str


def segments(text: str) -> Iterator[Segment]:
    """The labelled values of Other Information; text without a label has the label "text".

    >>> [
    ...     tuple(one)
    ...     for one in segments("(UK Sanctions List Ref):EXA0001. An example. (Gender):Male")
    ... ]
    [('UK Sanctions List Ref', 'EXA0001'), ('text', 'An example.'), ('Gender', 'Male')]
    """
    before, *rest = _LABEL.split(text)
    if stated := before.strip():
        yield from _of_text(stated, is_labelled=bool(rest))
    for label, part in zip(rest[::2], rest[1::2], strict=True):
        stated = part.strip()
        if not label.endswith("Ref"):
            if stated:
                yield Segment(label, stated)
            continue
        found = _REFERENCES.match(stated)
        if found is not None:
            yield Segment(label, found[1])
            stated = stated[found.end() :]
        if stated:
            yield from _of_text(stated, is_labelled=True)


def _of_text(text: str, *, is_labelled: bool) -> Iterator[Segment]:
    """The text without a label, and the facts in it."""
    for label, pattern in _PLAIN.items() if not is_labelled else ():
        for value in dict.fromkeys(pattern.findall(text)):
            yield Segment(label, value)
    for found in _MEASURES.finditer(text):
        yield Segment(_MEASURE, found["freeze"])
        *others, trust = re.split(r"\.\s*", found["others"].strip(" ."))
        for one in others:
            yield Segment(_MEASURE, one)
        yield Segment(_MEASURE, f"{trust}. {found['dated']}" if found["dated"] else trust)
    yield Segment(_TEXT, text)


def _values(segment: Segment) -> tuple[str, ...]:
    """The values of a labelled text: numbered, or joined like sentences where they are not words.

    >>> _values(Segment("Phone number", "(1) +1 555 0100. +1 555 0101 (2) 0102"))
    ('+1 555 0100', '+1 555 0101', '0102')
    """
    found = numbered(segment.value)
    if segment.label in _NO_WORDS:
        found = tuple([one for each in found for one in re.split(r"[.,]\s+|;\s*", each)])
    elif segment.label in _NAMES:
        found = tuple([one.strip(" .") for each in found for one in _JOINED_NAMES.split(each)])
    return tuple([one for one in found if one])


def put(fields: Fields, entry: Entry) -> None:
    """Place the labelled values; the complete text stays in the remarks."""
    found = list(segments(fields.get("remarks", "")))
    labelled: Texts = {}
    for one in found:
        at, rule = f"{COLUMN}/{one.label}", _RULES.get(one.label)
        if isinstance(rule, Many):
            is_text = rule.group is None
            texts = [value if is_text else {".": value} for value in _values(one)]
            labelled.setdefault(at, []).extend(texts)
        elif rule is not None and labelled.setdefault(at, one.value) is not one.value:
            entry.unexpected.append((at, one.value))
    entry.texts |= labelled
    for field, value in entry.table.fields(labelled, entry).items():
        more = cast("list[object]", value)
        fields[field] = [*fields.get(field, ()), *more] if isinstance(value, list) else value
    if entry.kept is not None:
        entry.labelled[COLUMN] = [one.label for one in found]
