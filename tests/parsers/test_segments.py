"""The grammar of OFAC's remarks: segments with their exact text, for any remarks."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quick import examples

import sanctionslib as sl
from sanctionslib.parsers.ofac.remarks import (
    ALIAS,
    CUT,
    FREE,
    LINK,
    NOTE,
    TITLE,
    has_unread_links,
    linked_names,
    segments,
)

HEADS = (
    *("DOB ", "alt. DOB ", "POB ", "nationality ", "citizen ", "a.k.a. '", "f.k.a. '"),
    *("Linked To: ", "Passport ", "Secondary sanctions risk: ", "Telephone ", ""),
    *("Executive Order 14024 Directive Information - ", "Digital Currency Address - NEW "),
)
PIECES = st.builds(
    "{}{}".format,
    st.sampled_from(HEADS),
    st.text(st.sampled_from("ABc 12'().;:,-/@"), max_size=12) | st.text(max_size=6),
)


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
    assert "".join(one.text for one in found) == remarks
    for one in found:
        assert remarks.startswith(one.text, one.start)
        # The text is there, except the full stop at the end.
        assert one.value.rstrip(".") in one.text
        assert all(part in one.text for part in (one.label, *one.beside.values()))
    assert bool(found) == bool(remarks)


LABELLED: dict[str, tuple[str, str] | tuple[str, str, dict[str, str]]] = {
    "DOB circa 1971": ("DOB", "circa 1971"),
    "POB Pyongyang, Korea, North": ("POB", "Pyongyang, Korea, North"),
    "citizen Iran": ("citizen", "Iran"),
    # A number with what follows it.
    "Passport X1 (Iran)": ("Passport", "X1", {"country": "Iran"}),
    "Passport (X1)": ("Passport", "(X1)", {}),
    "Passport X1 (Korea, North) issued 01 Jan 2020 expires 31 Dec 2029": (
        "Passport",
        "X1",
        {"country": "Korea, North", "issued": "01 Jan 2020", "expires": "31 Dec 2029"},
    ),
    "Passport X1 issued 2008": ("Passport", "X1", {"issued": "2008"}),
    "Passport X1 expires 01 Jan 2026 to 31 Dec 2026": (
        "Passport",
        "X1",
        {"expires": "01 Jan 2026 to 31 Dec 2026"},
    ),
    # Brackets that are no country belong to the number.
    "Matricula Mercantil No 1 (Manizales)": ("Matricula Mercantil No", "1 (Manizales)"),
    "Folio Mercantil No. 10740 (Jalisco) (Mexico)": (
        "Folio Mercantil No.",
        "10740 (Jalisco)",
        {"country": "Mexico"},
    ),
    "National ID No. D489833(9) (Hong Kong)": (
        "National ID No.",
        "D489833(9)",
        {"country": "Hong Kong"},
    ),
    "NIT # Provisional (Colombia)": ("NIT #", "Provisional", {"country": "Colombia"}),
    # The longest label counts, not the first that fits.
    "Registration Certificate Number (Dubai) 77": ("Registration Certificate Number (Dubai)", "77"),
    "Digital Currency Address - NEW x1": ("Digital Currency Address - NEW", "x1"),
    # Labels with and without a mark.
    "Secondary sanctions risk: section 1(b) of Executive Order 13224, as amended": (
        "Secondary sanctions risk:",
        "section 1(b) of Executive Order 13224, as amended",
    ),
    "Executive Order 14024 Directive Information - For more information": (
        "Executive Order 14024 Directive Information -",
        "For more information",
    ),
    "Executive Order 14024 Directive Information Subject to Directive 3 - All transactions": (
        "Executive Order 14024 Directive Information",
        "Subject to Directive 3 - All transactions",
    ),
    "Aircraft Manufacturer’s Serial Number (MSN) 26879": (
        "Aircraft Manufacturer’s Serial Number (MSN)",
        "26879",
    ),
    "Website:  www.example.org": ("Website:", "www.example.org"),
    # Words of older entries, in no table of OFAC's.
    "Telephone (357)(22660766)": ("Telephone", "(357)(22660766)"),
    "Alt. Fax: 9221227700019": ("Fax:", "9221227700019"),
    "Position: Director": ("Position:", "Director"),
    "Alternate Title:  Colonel": ("Alternate Title:", "Colonel"),
    "Telephone(04) 710043": ("Telephone", "(04) 710043"),
    "info@example.org (email)": ("", "info@example.org"),
    "http://www.example.org (website)": ("", "http://www.example.org"),
}


@pytest.mark.parametrize("text", LABELLED)
def test_labelled(text: str) -> None:
    """A value under its label, with what follows it, and with "alt." or without."""
    label, value, *beside = LABELLED[text]
    for end in ("", ".", "; Gender Male."):
        one = segments(text + end)[0]
        assert (one.label, one.value, [one.beside]) == (label, value, beside or [{}])
        assert one.name not in (ALIAS, CUT, FREE, LINK, NOTE, TITLE)
        assert one.is_alternative is False
        if one.feature is None:
            (other,) = segments(f"alt. {text}")
            assert (other.label, other.value, other.is_alternative) == (label, value, True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a.k.a. 'THE CLERK'", "THE CLERK"),
        # Names in single quotes hold single quotes, at their ends too, and semicolons.
        ("a.k.a. ''ABD-AL-'IZ'", "'ABD-AL-'IZ"),
        ("f.k.a. 'ABU AL-WAFA''", "ABU AL-WAFA'"),
        ("n.k.a. 'JSC 'SMN''", "JSC 'SMN'"),
        ("a.k.a. 'AL-KARKH', 'Yusuf'", "AL-KARKH', 'Yusuf"),
        ("a.k.a. 'ONE; TWO'", "ONE; TWO"),
    ],
)
def test_weak_aliases(text: str, value: str) -> None:
    """A name ends at the quote before the next segment."""
    for end in ("", ".", "; Linked To: EXAMPLE."):
        one = segments(text + end)[0]
        assert (one.name, one.value, one.label) == (ALIAS, value, text[:6])


@pytest.mark.parametrize(
    ("remarks", "names", "is_unread"),
    [
        ("all offices worldwide; (Linked To: A; Linked To: B).", ("A", "B"), False),
        ("(Linked To: A (OFF-SHORE)); free", ("A (OFF-SHORE)",), False),
        ("(Linked To: A); (Linked To: B)", ("A", "B"), False),
        ("(Linked To: A); free (Linked To: B)", ("A", "B"), False),
        ("(Linked To: A) (Linked To: B)", ("A) (Linked To: B",), True),
        ("(Linked To: A", (), True),
        ("(linked to: A)", (), True),
    ],
)
def test_links_of_the_xml(remarks: str, names: tuple[str, ...], is_unread: bool) -> None:
    """All links in brackets are read; text about others is reported."""
    assert linked_names(remarks) == names
    assert has_unread_links(remarks, names) is is_unread


LINKS = "Linked To: FIRM; BRANCH (OFF-SHORE); Linked To: A (B; C); Linked To: D; free."


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        # The names of the file, or the brackets, delimit a name with semicolon and brackets.
        (
            LINKS,
            {"names": {"FIRM; BRANCH (OFF-SHORE)"}},
            [(LINK, "FIRM; BRANCH (OFF-SHORE)"), (LINK, "A (B; C)"), (LINK, "D"), (FREE, "free")],
        ),
        (LINKS[:35], {}, [(LINK, "FIRM"), (FREE, "BRANCH (OFF-SHORE)")]),
        # The text does not mark the end of the name of an alias.
        ("a.k.a. 'ONE; Gender Male.", {}, [(FREE, "a.k.a. 'ONE"), ("Gender", "Male")]),
        # The title is one segment with any content, and not a second fact.
        (
            "DOB 1970; Director (Acting); Passport Officer 1; free.",
            {"title": "Director (Acting); Passport Officer 1"},
            [("DOB", "1970"), (TITLE, "Director (Acting); Passport Officer 1"), (FREE, "free")],
        ),
        ("Director.", {"title": "Director."}, [(TITLE, "Director.")]),
        ("Director.", {"title": "Director"}, [(TITLE, "Director")]),
        # The last piece of cut remarks states nothing: its end is unknown.
        (
            "Gender Male; Linked To: EXAMPLE TRA",
            {"is_cut": True},
            [("Gender", "Male"), (CUT, "Linked To: EXAMPLE TRA")],
        ),
        ("Linked To: A; B", {"names": {"A; B"}, "is_cut": True}, [(LINK, "A"), (CUT, "B")]),
        # Two separators in a row, and a cut right behind one, make no fact.
        ("Gender Male; ; DOB 1970.", {}, [("Gender", "Male"), (NOTE, ""), ("DOB", "1970")]),
        ("Gender Male; ", {"is_cut": True}, [("Gender", "Male"), (NOTE, "")]),
        # One stop ends all; it is that of the last value too, where that has one.
        ("Linked To: EXAMPLE.", {"names": {"EXAMPLE"}}, [(LINK, "EXAMPLE")]),
        ("Linked To: CO., LTD.", {"names": {"CO., LTD."}}, [(LINK, "CO., LTD.")]),
        ("Linked To: CO., LTD.", {"names": {"CO., LTD"}}, [(LINK, "CO., LTD")]),
        ("Linked To: CO., LTD.", {}, [(LINK, "CO., LTD.")]),
        ("Linked To: EXAMPLE S.A.", {}, [(LINK, "EXAMPLE S.A.")]),
        ("Linked To: EXAMPLE SA.", {}, [(LINK, "EXAMPLE SA")]),
        ("POB Washington, D.C.", {}, [("POB", "Washington, D.C.")]),
        ("POB Rome, Italy.", {}, [("POB", "Rome, Italy")]),
        ("Issuer Name Example Co., Ltd.", {}, [("Issuer Name", "Example Co., Ltd.")]),
        ("Website www.ab.co.", {}, [("Website", "www.ab.co")]),
        ("NIT # A.B.C.", {}, [("NIT #", "A.B.C")]),
        (
            "Secondary sanctions risk: See Section 11 of Executive Order 14024.",
            {},
            [("Secondary sanctions risk:", "See Section 11 of Executive Order 14024.")],
        ),
    ],
)
def test_where_a_value_ends(
    text: str, options: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    """What tells it: names of the file, brackets, quotes, the title, the full stop."""
    found = segments(text, **options)  # type: ignore[arg-type]
    assert [(one.name, one.value) for one in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "juice manufacturer",
        # Words that only begin like a segment.
        "Passport and National ID were issued in Ulm, Germany",
        "nationality possibly Palestinian;arrested 23 Apr 2002",
        "Position also referred to as Minister",
        "Website www.example.org. Example Offices Worldwide",
        "(Following data derived from a passport: Alt. DOB: 10 October 1969; Gender Male; and so on)",
        "DOB",
        "Linked To:",
        "Ranking member of a committee",
        "Rank and file of a movement",
        "Faxes sent from Dhaka",
        "Phone is out of use",
        "Telephone:",
        # A number that would hold what it is not.
        "Passport A1 expires 01 Jan 2020 issued 01 Jan 2010",
        "Passport (Iran)",
    ],
)
def test_free_text(text: str) -> None:
    """Other text is kept, and the text after it is read."""
    found = segments(f"{text}; Gender Male.")
    assert [(one.name, one.value) for one in found] == [(FREE, text), ("Gender", "Male")]


@pytest.mark.parametrize(
    "text",
    [
        "all offices worldwide",
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
    assert [one.name for one in segments(f"{text}.")] == [NOTE]


@pytest.mark.parametrize(
    "text",
    [
        "Passport X (" + "a" * 200_000,
        "Passport " + "a b " * 50_000,
        "Passport X" + " (a" * 50_000,
        "Issuer Name " + "A." * 100_000 + "!.",
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
    assert "".join(one.text for one in found) == text


def test_share_of_a_whole_list(lists: Path) -> None:
    """Of the 56,501 pieces of SDN.CSV of 28 December 2023, 99.65 % are recognised."""
    folder = lists / "us_ofac_sdn" / "delimited_2023-12-28"
    with (folder / "SDN_COMMENTS.CSV").open(newline="") as file:
        comments = {cells[0]: cells[1] for cells in csv.reader(file) if len(cells) == 2}
    with (folder / "SDN.CSV").open(newline="") as file:
        rows = [cells for cells in csv.reader(file) if len(cells) == 12]
    names = {cells[1] for cells in rows}
    found: Counter[str] = Counter()
    for cells in rows:
        key, title, remarks = cells[0], cells[4].replace("-0- ", ""), cells[11]
        is_full = len(remarks) == 1_000
        whole = remarks.replace("-0- ", "") + (comments.get(key, "") if is_full else "")
        is_cut = is_full and key not in comments
        for one in segments(whole, title=title, names=names, is_cut=is_cut):
            found[one.name] += one.text.removesuffix("; ").count("; ") + 1
    assert found.total() == 56_501
    assert {name: found[name] for name in (CUT, TITLE, LINK, "DOB", FREE)} == {
        CUT: 7,
        TITLE: 1_790,
        LINK: 5_966,
        "DOB": 7_312,
        FREE: 194,
    }


BESIDE = {"idCountry": (" (", ")"), "issueDate": (" issued ", ""), "expirationDate": (" expires ", "")}  # fmt: skip


def test_every_label_of_the_classic_files(lists: Path) -> None:
    """Each document and fact of SDN.XML, printed as SDN.CSV prints it, is read back the same."""
    sdn = sl.read(lists / "us_ofac_sdn" / "SDN_2021-03-10.xml", keep_source=True)
    items: list[dict[str, str]] = []
    for entity in sdn:
        for path, value in entity.source or ():
            if path == "idList/id/uid":
                items.append({})
            elif path.startswith("idList/id/"):
                items[-1][path.removeprefix("idList/id/")] = value
    known = [one for one in items if one["idType"] != "Tarjeta Profesional"]
    assert len(known) == 13_494
    for item in known:
        stated = {name: item[name] for name in BESIDE if name in item}
        after = "".join(value.join(BESIDE[name]) for name, value in stated.items())
        text = f"{item['idType']} {item['idNumber']}{after}"
        one = segments(f"{text}; alt. {text}; Gender Male")[0]
        assert (one.text, one.label, one.value) == (f"{text}; ", item["idType"], item["idNumber"])
        assert list(one.beside.values()) == list(stated.values())
