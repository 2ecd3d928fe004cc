"""The grammar of OFAC's remarks: segments with their exact text, whatever stands in them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quick import examples

import sanctionslib as sl
from sanctionslib.parsers.ofac.remarks import Segment, SegmentKind, segments

HEADS = (
    "DOB ",
    "alt. DOB ",
    "POB ",
    "nationality ",
    "citizen ",
    "a.k.a. '",
    "f.k.a. '",
    "Linked To: ",
    "Passport ",
    "Secondary sanctions risk: ",
    "Executive Order 14024 Directive Information - ",
    "Digital Currency Address - NEW ",
    "Telephone ",
    "",
)
PIECES = st.builds(
    "{}{}".format,
    st.sampled_from(HEADS),
    st.text(st.sampled_from("ABc 12'().;:,-/@"), max_size=12) | st.text(max_size=6),
)


def one(text: str, **options: str) -> Segment:
    (found,) = segments(text, **options)
    return found


def read(text: str) -> list[tuple[str, str]]:
    """(kind, value) of each segment."""
    return [(segment.kind.name, segment.value) for segment in segments(text)]


@examples(400)
@given(
    pieces=st.lists(PIECES, min_size=1, max_size=6),
    end=st.sampled_from(["", ".", "..", ";", "; "]),
    title=st.sampled_from(["", "A; B", "Bc"]),
    names=st.frozensets(st.sampled_from(["AB", "A; B", "AB.", "c"])),
    is_cut=st.booleans(),
)
def test_segments_are_the_remarks(
    pieces: list[str], end: str, title: str, names: frozenset[str], is_cut: bool
) -> None:
    """Nothing raises, and the exact texts joined, each at its place, are the remarks again."""
    remarks = "; ".join(pieces) + end
    found = segments(remarks, title=title, names=names, is_cut=is_cut)
    assert "".join(segment.text for segment in found) == remarks
    for segment in found:
        assert remarks[segment.start : segment.end] == segment.text
        # What was read stands there, but for the full stop that ends all.
        assert segment.value.rstrip(".") in segment.text
        for part in (segment.label, segment.country, segment.issued, segment.expires):
            assert part is None or part in segment.text
    assert sum(segment.pieces for segment in found) == len(remarks.split("; ")) * bool(remarks)


def test_births_and_nationalities() -> None:
    """Each with "alt." before it is an alternative."""
    found = segments(
        "DOB 05 Mar 1970; alt. DOB circa 1971; POB Pyongyang, Korea, North; alt. POB Sacramento, CA; "
        "nationality Burma; citizen Iran."
    )
    assert [(each.kind.value, each.value, each.is_alternative) for each in found] == [
        ("DOB", "05 Mar 1970", False),
        ("DOB", "circa 1971", True),
        ("POB", "Pyongyang, Korea, North", False),
        ("POB", "Sacramento, CA", True),
        ("nationality", "Burma", False),
        ("citizen", "Iran", False),
    ]


@pytest.mark.parametrize(
    ("text", "label", "value", "country", "issued", "expires"),
    [
        ("Passport X1 (Iran)", "Passport", "X1", "Iran", None, None),
        ("alt. Passport X1", "Passport", "X1", None, None, None),
        (
            "Passport X1 (Korea, North) issued 01 Jan 2020 expires 31 Dec 2029",
            "Passport",
            "X1",
            "Korea, North",
            "01 Jan 2020",
            "31 Dec 2029",
        ),
        ("Passport X1 issued 2008", "Passport", "X1", None, "2008", None),
        (
            "Passport X1 expires 01 Jan 2026 to 31 Dec 2026",
            "Passport",
            "X1",
            None,
            None,
            "01 Jan 2026 to 31 Dec 2026",
        ),
        # Brackets that are no country belong to the number.
        (
            "Matricula Mercantil No 121398 (Manizales)",
            "Matricula Mercantil No",
            "121398 (Manizales)",
            None,
            None,
            None,
        ),
        (
            "Folio Mercantil No. 10740 (Jalisco) (Mexico)",
            "Folio Mercantil No.",
            "10740 (Jalisco)",
            "Mexico",
            None,
            None,
        ),
        (
            "National ID No. D489833(9) (Hong Kong)",
            "National ID No.",
            "D489833(9)",
            "Hong Kong",
            None,
            None,
        ),
        ("NIT # Provisional (Colombia)", "NIT #", "Provisional", "Colombia", None, None),
        # The longest label counts, not the first that fits.
        (
            "Registration Certificate Number (Dubai) 77 (United Arab Emirates)",
            "Registration Certificate Number (Dubai)",
            "77",
            "United Arab Emirates",
            None,
            None,
        ),
        (
            "Digital Currency Address - NEW x1",
            "Digital Currency Address - NEW",
            "x1",
            None,
            None,
            None,
        ),
    ],
)
def test_numbers(
    text: str,
    label: str,
    value: str,
    country: str | None,
    issued: str | None,
    expires: str | None,
) -> None:
    """A number with what follows it, as OFAC prints it in SDN.CSV."""
    for end in ("", "."):
        found = one(text + end)
        assert found.kind is SegmentKind.LABELLED
        assert (found.label, found.value) == (label, value)
        assert (found.country, found.issued, found.expires) == (country, issued, expires)
        assert found.known is not None
        assert found.known.identifier is not None


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        (
            (
                "Secondary sanctions risk: section 1(b) of Executive Order 13224, as amended by "
                "Executive Order 13886"
            ),
            "Secondary sanctions risk:",
            "section 1(b) of Executive Order 13224, as amended by Executive Order 13886",
        ),
        (
            "Executive Order 14024 Directive Information - For more information",
            "Executive Order 14024 Directive Information -",
            "For more information",
        ),
        (
            "Executive Order 14024 Directive Information Subject to Directive 3 - All transactions",
            "Executive Order 14024 Directive Information",
            "Subject to Directive 3 - All transactions",
        ),
        (
            "Aircraft Manufacturer’s Serial Number (MSN) 26879",
            "Aircraft Manufacturer’s Serial Number (MSN)",
            "26879",
        ),
        ("Gender Male", "Gender", "Male"),
        ("Italian Fiscal Code: KMM 1", "Italian Fiscal Code:", "KMM 1"),
        # Words of older entries, in no table of OFAC's.
        ("Telephone (357)(22660766)", "Telephone", "(357)(22660766)"),
        ("Alt. Fax: 9221227700019", "Fax:", "9221227700019"),
        ("Position: Director", "Position:", "Director"),
        ("Alternate Title:  Colonel", "Alternate Title:", "Colonel"),
        ("Telephone(04) 710043", "Telephone", "(04) 710043"),
        ("info@example.org (email)", "", "info@example.org"),
        ("http://www.example.org (website)", "", "http://www.example.org"),
    ],
)
def test_labelled_facts(text: str, label: str, value: str) -> None:
    """A fact with its label, with or without the mark at its end."""
    found = one(text + ".")
    assert (found.kind, found.label, found.value) == (SegmentKind.LABELLED, label, value)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a.k.a. 'THE CLERK'", "THE CLERK"),
        ("a.k.a. ''ABD-AL-'IZ'", "'ABD-AL-'IZ"),
        ("f.k.a. 'ABU AL-WAFA''", "ABU AL-WAFA'"),
        ("n.k.a. 'JSC 'SMN''", "JSC 'SMN'"),
        ("a.k.a. 'AL-KARKH', 'Yusuf'", "AL-KARKH', 'Yusuf"),
        ("a.k.a. 'ONE; TWO'", "ONE; TWO"),
    ],
)
def test_weak_aliases(text: str, name: str) -> None:
    """Names in single quotes hold single quotes, at their ends too, and semicolons."""
    for end in ("", ".", "; Linked To: EXAMPLE."):
        found = segments(text + end)[0]
        assert (found.kind, found.value, found.label) == (SegmentKind.ALIAS, name, text[:6])


def test_an_alias_that_is_not_closed() -> None:
    """It is free text: where the name ends, nobody says."""
    assert read("a.k.a. 'ONE; Gender Male.") == [("FREE", "a.k.a. 'ONE"), ("LABELLED", "Male")]


def test_links() -> None:
    """A name with semicolon and brackets is told by the names of the file, or by its brackets."""
    text = "Linked To: FIRM; BRANCH (OFF-SHORE); Linked To: A (B; C); Linked To: D; free."
    known = segments(text, names={"FIRM; BRANCH (OFF-SHORE)"})
    assert [each.value for each in known] == ["FIRM; BRANCH (OFF-SHORE)", "A (B; C)", "D", "free"]
    unknown = segments(text)
    assert [(each.kind.name, each.value) for each in unknown] == [
        ("LINK", "FIRM"),
        ("FREE", "BRANCH (OFF-SHORE)"),
        ("LINK", "A (B; C)"),
        ("LINK", "D"),
        ("FREE", "free"),
    ]


@pytest.mark.parametrize(
    ("text", "names", "value"),
    [
        ("Linked To: EXAMPLE.", {"EXAMPLE"}, "EXAMPLE"),
        ("Linked To: EXAMPLE CO., LTD.", {"EXAMPLE CO., LTD."}, "EXAMPLE CO., LTD."),
        ("Linked To: EXAMPLE CO., LTD.", {"EXAMPLE CO., LTD"}, "EXAMPLE CO., LTD"),
        ("Linked To: EXAMPLE CO., LTD.", set[str](), "EXAMPLE CO., LTD."),
        ("Linked To: EXAMPLE S.A.", set[str](), "EXAMPLE S.A."),
        ("Linked To: EXAMPLE SA.", set[str](), "EXAMPLE SA"),
        ("POB Washington, D.C.", set[str](), "Washington, D.C."),
        ("POB Rome, Italy.", set[str](), "Rome, Italy"),
        ("Issuer Name Example Co., Ltd.", set[str](), "Example Co., Ltd."),
        ("Website www.ab.com.", set[str](), "www.ab.com"),
        ("NIT # 800.123.456.", set[str](), "800.123.456"),
        (
            "Secondary sanctions risk: See Section 11 of Executive Order 14024.",
            set[str](),
            "See Section 11 of Executive Order 14024.",
        ),
    ],
)
def test_the_full_stop_at_the_end(text: str, names: set[str], value: str) -> None:
    """One stop ends all; it is that of the last value too, where that has one."""
    (found,) = segments(text, names=names)
    assert found.value == value


def test_repeated_title() -> None:
    """The title is one segment whatever it holds, and no second fact."""
    title = "Chairman; Director (Acting); Passport Officer 1"
    found = segments(f"DOB 1970; {title}; free.", title=title)
    assert [each.kind.name for each in found] == ["BIRTH_DATE", "TITLE", "FREE"]
    assert found[1].pieces == 3
    assert one(f"{title}.", title=title).kind is SegmentKind.TITLE
    assert one("Director.", title="Director.").kind is SegmentKind.TITLE


@pytest.mark.parametrize(
    "text",
    [
        "juice manufacturer",
        "Passport and National ID were issued in Ulm, Germany",
        "nationality possibly Palestinian;arrested 23 Apr 2002",
        "Position also referred to as Minister",
        "Website www.example.org. Example Offices Worldwide",
        "(Following data derived from a passport: Alt. DOB: 10 October 1969; Gender Male; and so on)",
        "DOB",
        "Linked To:",
        # Words that only begin with one of ours.
        "Ranking member of a committee",
        "Rank and file of a movement",
        "Faxes sent from Dhaka",
        "Telephones were seized",
        "Phone is out of use",
        "Telephone:",
        # A number that would hold what it is not.
        "Passport A1 expires 01 Jan 2020 issued 01 Jan 2010",
        "Passport (Iran)",
    ],
)
def test_free_text(text: str) -> None:
    """Words that only begin like a segment are none."""
    assert read(f"{text}; Gender Male.") == [("FREE", text), ("LABELLED", "Male")]


@pytest.mark.parametrize(
    "text",
    [
        "all offices worldwide",
        "All Branches Worldwide",
        "and all other locations worldwide",
        "ICTY indictee in custody",
        "Member ETA",
        "arrested 30 Sep 2002",
        "HAMAS - Gaza",
        "half-brother of EXAMPLE PERSON",
        "For more information on directives, please visit the following link: http://example.org/#d",
    ],
)
def test_standing_phrases(text: str) -> None:
    """Words that recur and have no field of their own are known as what they are."""
    assert one(f"{text}.").kind is SegmentKind.NOTE


def test_cut_remarks() -> None:
    """The last piece of cut remarks states nothing: nobody knows how it goes on."""
    found = segments("Gender Male; Linked To: EXAMPLE TRA", is_cut=True)
    assert [(each.kind.name, each.value) for each in found] == [
        ("LABELLED", "Male"),
        ("CUT", "Linked To: EXAMPLE TRA"),
    ]
    found = segments("Linked To: A; B", names={"A; B"}, is_cut=True)
    assert [(each.kind.name, each.value) for each in found] == [("LINK", "A"), ("CUT", "B")]


def test_a_piece_that_says_nothing() -> None:
    """Two separators in a row, and a cut right behind one, make no fact."""
    assert read("Gender Male; ; DOB 1970.") == [
        ("LABELLED", "Male"),
        ("NOTE", ""),
        ("BIRTH_DATE", "1970"),
    ]
    (_, last) = segments("Gender Male; ", is_cut=True)
    assert (last.kind, last.text) == (SegmentKind.NOTE, "")


def test_no_remarks() -> None:
    """No text has no segments."""
    assert segments("") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Passport X (" + "a" * 200_000,
        "Passport " + "a b " * 50_000,
        "Passport X" + " (a" * 50_000,
        "Issuer Name " + "A." * 100_000 + "!.",
        "@" * 100_000,
        "x@" * 50_000,
        "(; " * 50_000,
        "a.k.a. 'x; " * 50_000,
        "Linked To: x; " + "y; " * 50_000,
        "www." + "w." * 50_000,
        "All offices" + " in" * 50_000,
    ],
)
def test_hostile_remarks(text: str) -> None:
    """Remarks of any length take time by their length, and not by its square."""
    found = segments(text, title="y; " * 20_000 + "z", names={"x; y"})
    assert "".join(segment.text for segment in found) == text


def test_share_of_a_whole_list(lists: Path) -> None:
    """Of the 56,501 pieces of SDN.CSV of 28 December 2023, 99.5 % and more are recognised."""
    folder = lists / "us_ofac_sdn" / "delimited_2023-12-28"
    with (folder / "SDN_COMMENTS.CSV").open(newline="") as file:
        comments = {cells[0]: cells[1] for cells in csv.reader(file) if len(cells) == 2}
    with (folder / "SDN.CSV").open(newline="") as file:
        rows = [cells for cells in csv.reader(file) if len(cells) == 12]
    names = {cells[1] for cells in rows}
    found: Counter[SegmentKind] = Counter()
    for cells in rows:
        remarks = cells[11]
        if remarks.strip() == "-0-":
            continue
        is_cut = len(remarks) == 1_000 and cells[0] not in comments
        if len(remarks) == 1_000:
            remarks += comments.get(cells[0], "")
        title = "" if cells[4].strip() == "-0-" else cells[4]
        for segment in segments(remarks, title=title, names=names, is_cut=is_cut):
            found[segment.kind] += segment.pieces
    assert found.total() == 56_501
    assert found[SegmentKind.CUT] == 7
    assert found[SegmentKind.TITLE] == 1_790
    assert found[SegmentKind.LINK] == 5_966
    assert found[SegmentKind.BIRTH_DATE] == 7_312
    unread = found[SegmentKind.FREE] / (found.total() - found[SegmentKind.CUT])
    assert unread < 0.0035


def test_every_label_of_the_classic_files(lists: Path) -> None:
    """Each document and fact of SDN.XML, printed as SDN.CSV prints it, is read back the same."""
    sdn = sl.read(lists / "us_ofac_sdn" / "SDN_2021-03-10.xml", records=True)
    count = 0
    for entity in sdn:
        items: list[dict[str, str]] = []
        for path, value in entity.record or ():
            if path == "idList/id/uid":
                items.append({})
            elif path.startswith("idList/id/"):
                items[-1][path.removeprefix("idList/id/")] = value
        for item in items:
            if item["idType"] == "Tarjeta Profesional":  # a label that nobody knows
                continue
            text = f"{item['idType']} {item['idNumber']}"
            for name, before, after in (
                ("idCountry", " (", ")"),
                ("issueDate", " issued ", ""),
                ("expirationDate", " expires ", ""),
            ):
                if name in item:
                    text += before + item[name] + after
            found = segments(f"{text}; alt. {text}; Gender Male")[0]
            assert found.text == f"{text}; "
            assert (found.label, found.value) == (item["idType"], item["idNumber"]), entity
            assert found.country == item.get("idCountry"), entity
            assert found.issued == item.get("issueDate"), entity
            assert found.expires == item.get("expirationDate"), entity
            count += 1
    assert count == 13_494
