"""Stated bounds of reading: digits of numbers, letters of names, values of a place, the share of faults."""

from __future__ import annotations

import re

import pytest
from advanced_files import advanced, location
from advanced_files import plain as advanced_plain
from contract import BY_FORMAT, good

import sanctionslib as sl
from sanctionslib.answers import IssueKind
from sanctionslib.parsers._engine.audit import AuditBuilder

DIGITS = b"9" * 5_000
"""Python makes no number of more than 4,300 digits."""
NUMBERS = {
    "ofac-advanced-xml": rb"(?<=<Year>)\d+|(?<=<Month>)\d+|(?<=<Day>)\d+",
    "ofac-enhanced-xml": rb"(?<=<dataAsOf>)\d+",
    "us-csl-json": rb'(?<=_tonnage": )"\d+"',
    "sanctionslib-json": rb'(?<=":)\d+',
}
"""Numbers before the entries, and numbers of JSON."""


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_of_thousands_of_digits(name: str) -> None:
    """They are kept as a text, or an error of ours is raised."""
    case = BY_FORMAT[name]
    (data,) = good(case)
    places = list(re.finditer(NUMBERS[name], data))
    assert places
    for number in places[:9]:
        changed = data[: number.start()] + DIGITS + data[number.end() :]
        try:
            found = case.read([changed])
        except sl.SanctionsError:
            continue
        assert DIGITS.decode() in str([sl.to_dict(one) for one in found])


DEEP = "x" * 1_000
BELOW = "<y>1</y>" * 10
LONGER: dict[str, tuple[str, str, str, str]] = {
    "a name": ("ofac-classic-xml", "<uid>", f"<x{DEEP}>{BELOW}</x{DEEP}>", "the limit is 1,000"),
    "names": (
        "ofac-classic-xml",
        "<uid>",
        f"<{DEEP}><{DEEP}>{BELOW}</{DEEP}></{DEEP}>",
        "the limit is 1,000",
    ),
    "a namespace": (
        "ofac-classic-xml",
        "<uid>",
        f'<p:x xmlns:p="urn:{DEEP}" p:a="1" />',
        "the limit is 1,000",
    ),
    "a key": ("us-csl-json", '"name"', f'"x{DEEP}": {{"y": 1}}, ', "the limit is 1,000"),
}


@pytest.mark.parametrize("what", LONGER)
def test_what_is_longer(what: str) -> None:
    """Every value below a name, and every tag in a namespace, repeats all of it."""
    name, mark, text, message = LONGER[what]
    (data,) = good(BY_FORMAT[name])
    changed = data.decode().replace(mark, text + mark, 1).encode()
    assert len(changed) > len(data)
    with pytest.raises(sl.errors.StructureChangedError, match=message):
        BY_FORMAT[name].read([changed], partial=True)


def test_large_locations() -> None:
    """Any number of parties can refer to one location, and each gets all of its values."""
    parts = [(1454, str(at)) for at in range(100)]
    data = advanced(advanced_plain(1), locations=location(70, *parts))
    with pytest.raises(sl.errors.StructureChangedError, match="values; the limit is 200"):
        sl.read(data, list_id="us_ofac_sdn")


@pytest.mark.parametrize("report", ["issue", "rejected", "unmapped", "unknown"])
@pytest.mark.parametrize("read", [0, 1, 1_000])
def test_too_many_faults(report: str, read: int) -> None:
    """A file of which more is reported than entries can explain is refused; others are read.

    Rejected entries explain nothing: of a file of which no entry can be read, a part is looked at.
    """
    audit = AuditBuilder("x")
    audit.read = read
    each = 10 if report in ("issue", "rejected") else 100

    def tell(at: int) -> None:
        if report == "issue":
            audit.issue(IssueKind.STRUCTURE, "unexpected")
        elif report == "rejected":
            audit.read += 1
            audit.issue(IssueKind.REJECTED, "no name")
        else:
            getattr(audit, report)(f"path {at}", "a", "b")

    most = 10_000 + each * read
    for at in range(most):
        tell(at)
    with pytest.raises(sl.errors.StructureChangedError, match=f"only {read:,} entries"):
        tell(most)
