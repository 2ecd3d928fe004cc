"""Damaged, hostile and mixed files in the advanced format: our error, or the audit."""

from __future__ import annotations

import random
import re
import warnings
from collections import Counter
from copy import deepcopy
from pathlib import Path

import pytest
from advanced_files import advanced, entry, faulty, location, plain, text_feature
from faults import check_read_alike, kinds, other_ways
from lxml import etree
from mutations import outcomes, own
from quick import slow

import sanctionslib as sl
from sanctionslib.parsers._xml import record_of

EVERY = Path(__file__).parent / "data" / "every_element_advanced.xml"
GOOD = advanced(plain(1), plain(2), plain(3))
SHARED = (b"<ReferenceValueSets>", b"<IDRegDocuments>")
"""What stands before the documents may be of several parties: words, and names of countries."""


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
        (GOOD.replace(b"EXAMPLE 2", b"EXAMPL\xc9 2"), sl.ParseError, "encoding"),
        (GOOD.replace(b"</Profile>", b"</Porfile>", 1), sl.ParseError, "well-formed"),
        (GOOD + b"<more/>", sl.ParseError, "well-formed|does not end"),
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


def test_truncated_at_any_byte() -> None:
    """A file cut anywhere raises a parse error; cut within its last blank it is whole."""
    end = GOOD.rindex(b">") + 1
    for cut in (*range(0, end, 97), *range(end - 200, end)):
        with pytest.raises(sl.ParseError):
            sl.read(GOOD[:cut], list_id="us_ofac_sdn")
    assert len(sl.read(GOOD[:end], list_id="us_ofac_sdn")) == 3


def test_truncated_real_list(lists: Path) -> None:
    """So does the whole official file, cut at ten places."""
    data = (lists / "us_ofac_cons" / "CONS_ADVANCED_2020-03-17.xml").read_bytes()
    for part in range(10):
        with pytest.raises(sl.TruncatedError):
            sl.read(data[: len(data) * part // 10 + 100], list_id="us_ofac_cons")


def test_web_page() -> None:
    """A page of the server in place of the file is named as such."""
    with pytest.raises(sl.UnknownFormatError, match="web page"):
        sl.read(b"<html><body>Sanctions: access denied</body></html>", list_id="us_ofac_sdn")


@other_ways
def test_other_ways_to_write_it(old: str, new: str, encoding: str) -> None:
    """Other ways of XML to write the same texts, and other encodings, are read alike."""
    check_read_alike(GOOD, old, new, encoding)


def test_hostile(tmp_path: Path) -> None:
    """External entities, bombs, huge texts and deep trees are refused as in every format."""
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    text = text_feature(1, 11, 14, "&x;")
    external = f'<!DOCTYPE Sanctions [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    with pytest.raises(sl.StructureChangedError, match="document type") as caught:
        sl.read(advanced(plain(1, text), prolog=external), list_id="us_ofac_sdn")
    assert "SECRET" not in str(caught.value)
    with pytest.raises(sl.ParseError):
        sl.read(advanced(plain(1, text)), list_id="us_ofac_sdn")
    for inside in ("x" * 10_485_760, "<a>" * 300 + "x" + "</a>" * 300):
        with pytest.raises(sl.StructureChangedError, match="beyond"):
            sl.read(advanced(plain(1, text_feature(1, 11, 14, inside))), list_id="us_ofac_sdn")


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


def test_what_stands_outside_the_sections() -> None:
    """Unknown sections, texts and attributes around the entries are reported with their values."""
    text = GOOD.decode().replace("<Locations>", '<Extra a="b">c</Extra><Locations d="e">f')
    links = '<SanctionsEntryLinks><SanctionsEntryLink ID="7" /></SanctionsEntryLinks>'
    found = faulty(text.replace("<SanctionsEntryLinks />", links).encode())
    assert set(kinds(found)) == {sl.IssueKind.STRUCTURE}
    held = sorted(value.strip() for one in found.audit.issues for _, value in one.record or ())
    assert held == ["7", "b", "c", "e", "f"]


# Mutations


@pytest.mark.filterwarnings("ignore::sanctionslib.errors.FaultyEntriesWarning")
@pytest.mark.parametrize("count", [50, slow(500)])
def test_mutated_file_with_every_element(count: int) -> None:
    """A changed byte raises our error, is reported, or lies inside the values of one party."""
    found = outcomes(str(EVERY), "us_ofac_sdn", count, 3, shared=SHARED)
    assert set(found) == {"raised", "reported", "read"}


def changed_tree(rng: random.Random) -> tuple[str, etree._Element]:
    """The file with one element or attribute dropped, doubled or altered behind the word lists."""
    root = etree.parse(str(EVERY)).getroot()
    elements = [one for section in list(root)[2:] for one in section.iter()]
    element = rng.choice(elements)
    parent = element.getparent()
    assert parent is not None
    how = rng.choice(("drop", "double", "attribute", "without", "text", "move"))
    attribute = rng.choice(sorted(element.attrib) or [""])
    if how == "drop":
        parent.remove(element)
    elif how == "double":
        parent.append(deepcopy(element))
    elif how == "move":
        rng.choice(elements).append(deepcopy(element))
        parent.remove(element)
    elif how == "text":
        element.text = "altered"
    elif attribute and how == "without":
        del element.attrib[attribute]
    elif attribute:
        element.set(attribute, rng.choice(("1", "2", "3", "true", "false", "77", "x")))
    return f"{how} {etree.QName(element).localname} {attribute}", root


@pytest.mark.parametrize("count", [25, slow(250)])
def test_changed_trees(count: int) -> None:
    """Whatever is dropped, doubled, moved or altered: no value of the file is lost in silence.

    The file raises; or each of its values stands in a record or in an issue, and where there is no
    issue, at most one party says something else.
    """
    whole = [own(entity) for entity in sl.read(EVERY, list_id="us_ofac_sdn")]
    rng = random.Random(11)
    outcome: Counter[str] = Counter()
    for _ in range(count):
        what, root = changed_tree(rng)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", sl.FaultyEntriesWarning)
                read = sl.read(etree.tostring(root), list_id="us_ofac_sdn", records=True)
        except sl.SanctionsError:
            outcome["raised"] += 1
            continue
        held = Counter(value for entity in read for _, value in entity.record or ())
        held += Counter(value for one in read.audit.issues for _, value in one.record or ())
        stated = Counter(
            value
            for section in list(root)[2:]
            for element in section
            for _, value in record_of(element) or ()
        )
        assert not stated - held, (what, stated - held)
        if read.audit.issues:
            outcome["reported"] += 1
            continue
        outcome["read"] += 1
        made = [own(entity) for entity in read]
        assert len(made) == len(whole), what
        different = [one for one, other in zip(made, whole, strict=True) if one != other]
        assert len(different) <= (3 if "Value" in what else 1), what  # a country that three have
    assert set(outcome) == {"raised", "reported", "read"}


def test_mutated_real_list(lists: Path) -> None:
    """The same for copies of the whole official file, none of which hangs."""
    path = str(lists / "us_ofac_cons" / "CONS_ADVANCED_2020-03-17.xml")
    found = outcomes(path, "us_ofac_cons", 25, 5, shared=SHARED)
    assert found.total() == 25
    assert {"raised", "reported"} <= set(found)
