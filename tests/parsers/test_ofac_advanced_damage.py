"""Damaged, hostile and mixed files in the advanced format: our error, or the audit."""

from __future__ import annotations

import re

import pytest
from advanced_files import advanced, entry, faulty, location, plain
from faults import kinds

import sanctionslib as sl

GOOD = advanced(plain(1), plain(2), plain(3))


# Whole files


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (GOOD.replace(b' Version="3"', b""), sl.StructureChangedError, "version None"),
        (GOOD.replace(b'"3"', b'"4"', 1), sl.StructureChangedError, "version '4'"),
        (
            advanced(plain(1), root='Version="3" DeltaBaseVersion="17"'),
            sl.StructureChangedError,
            "changes since version 17",
        ),
        (advanced(plain(1), date=None), sl.StructureChangedError, "does not state its date"),
        (
            GOOD.replace(b"<Day>23<", b"<Day>32<"),
            sl.StructureChangedError,
            "DateOfIssue is 2024-2-32",
        ),
        (
            GOOD.replace(b'CalendarTypeID="1"', b'CalendarTypeID="2"', 1),
            sl.StructureChangedError,
            "calendar",
        ),
        (advanced(), sl.IncompleteEditionError, "any entry"),
        (
            advanced(plain(1), plain(2), entries=entry(1)),
            sl.IncompleteEditionError,
            "without the sanctions entries of 1 parties",
        ),
        (
            advanced(plain(1), entries=entry(1) + entry(2)),
            sl.IncompleteEditionError,
            "without 1 parties that have sanctions entries",
        ),
        (
            re.sub(rb"<ProfileRelationships>.*</ProfileRelationships>", b"", GOOD, flags=re.DOTALL),
            sl.IncompleteEditionError,
            "without the section ProfileRelationships",
        ),
        (
            re.sub(rb"<ReferenceValueSets>.*</ReferenceValueSets>", b"", GOOD, flags=re.DOTALL),
            sl.StructureChangedError,
            "before ReferenceValueSets",
        ),
        (
            b'<Sanctions xmlns="http://www.un.org/sanctions/1.0" Version="3"/>',
            sl.StructureChangedError,
            "no ReferenceValueSets",
        ),
    ],
)
def test_whole_file_faults(data: bytes, error: type[sl.SanctionsError], says: str) -> None:
    """Each fault of a whole file has its own error, which names it and says what to do."""
    with pytest.raises(error, match=says) as caught:
        sl.read(data, list_id="us_ofac_sdn")
    assert type(caught.value) is error
    assert caught.value.hint


@pytest.mark.parametrize(
    ("section", "after"),
    [
        ("DateOfIssue", "ReferenceValueSets"),
        ("ReferenceValueSets", "Locations"),
        ("Locations", "DistinctParties"),
        ("DistinctParties", "SanctionsEntries"),
        ("DistinctParties", "DistinctParties"),
        ("SanctionsEntries", "SanctionsEntries"),
    ],
)
def test_sections_of_two_files(section: str, after: str) -> None:
    """A section that comes again, at once or later, is that of another file."""
    text = advanced(plain(1), locations=location(5, (1454, "Moscow"))).decode()
    found = re.search(rf"<{section}[ >].*</{section}>", text, re.DOTALL)
    assert found is not None
    other = found[0].replace('"1"', '"2"') if section == "DistinctParties" else found[0]
    mixed = text.replace(f"</{after}>", f"</{after}>{other}")
    with pytest.raises(sl.StructureChangedError, match=r"comes (after|a second time)"):
        sl.read(mixed.encode(), list_id="us_ofac_sdn")


def test_entries_of_another_file() -> None:
    """Parties of one day with the entries of another are no list."""
    with pytest.raises(sl.IncompleteEditionError):
        sl.read(advanced(plain(1), plain(2), entries=entry(1) + entry(3)), list_id="us_ofac_sdn")


def test_few_parties_without_an_entry() -> None:
    """One party of two hundred may be without an entry: it is reported; two are a gap."""
    parties = [plain(uid) for uid in range(1, 201)]
    entries = [entry(uid) for uid in range(1, 201)]
    found = faulty(advanced(*parties, entries="".join(entries[1:])))
    assert [(one.kind, one.where.entry) for one in found.audit.issues] == [
        (sl.IssueKind.DANGLING, "1")
    ]
    assert (len(found), found["1"].listings, found.editions[0].missing) == (200, (), ())
    with pytest.raises(sl.IncompleteEditionError, match="entries of 2 parties"):
        sl.read(advanced(*parties, entries="".join(entries[2:])), list_id="us_ofac_sdn")


def test_partial() -> None:
    """partial=True reads what is not whole; the edition and every entity say what is missing."""
    data = advanced(plain(1), plain(2), entries=entry(1) + entry(3), date=None)
    with pytest.warns(sl.UndatedEditionWarning):
        found = faulty(data, partial=True)
    (edition,) = found.editions
    assert edition.missing == (
        "1 parties that have sanctions entries",
        "the sanctions entries of 1 parties",
    )
    assert found["2"].edition is edition
    assert (found["1"].programs, found["2"].programs) == (("SDGT",), ())
    orphan = next(one for one in found.audit.issues if one.record is not None)
    assert (orphan.kind, orphan.record.get("SanctionsEntry@ProfileID")) == (
        sl.IssueKind.DANGLING,
        ("3",),
    )
    assert kinds(found).count(sl.IssueKind.EDITION) == 3  # with the date


# Mutations
