"""What stands very often in one file, or is very long, takes time by its size and not by its square."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable

import advanced_files as advanced
import classic_files as classic
import csl_files as csl
import delimited_files as delimited
import dpl_files as dpl
import enhanced_files as enhanced
import pytest
from limited import ends_within, needs_fork
from quick import all_but

import sanctionslib as sl
from sanctionslib.parsers._engine.csv_rows import header_faults
from sanctionslib.parsers._engine.keys import FreeKeys
from sanctionslib.parsers.ofac.remarks import linked_names
from sanctionslib.parsers.us.csl import CSV
from sanctionslib.parsers.us.notices import citations
from sanctionslib.reference import country_at_end

MANY = 30_000
"""Time by the square of it is minutes, and time by itself a second or so."""
LONG = 400_000
"""The same of characters."""
SECONDS = 15


def read(data: bytes) -> None:
    """Read a file of which something may be at fault, with all that is kept of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with contextlib.suppress(sl.StructureChangedError):  # a stated limit refuses it
            sl.read(data, list_id="us_ofac_sdn", partial=True, records=True)


def each(text: str, count: int = MANY) -> str:
    """The text, with a number in place of "#"."""
    return "".join([text.replace("#", str(at)) for at in range(count)])


# ── XML ───────────────────────────────────────────────────────────────────────────────────────

PERSON = (
    "<sdnEntry><uid>1</uid><lastName>EXAMPLE</lastName><sdnType>Individual</sdnType>{}</sdnEntry>"
)
CLASSIC = {
    "attributes": PERSON.format("").replace("<sdnEntry", "<sdnEntry " + each('a#="1" ')),
    "same stray attributes": PERSON.format("<akaList>" + each('<aka x="1"/>') + "</akaList>"),
    "unknown elements": PERSON.format(each("<x#>1</x#>")),
    "texts beside elements": PERSON.format(each("<programList/>t")),
    "entries without uid": PERSON.replace("<uid>1</uid>", "").format("") * MANY,
    "entries of one uid": PERSON.format("<remarks>r</remarks>") * MANY,
    "names": PERSON.format(f"<akaList>{each('<aka><lastName>A #</lastName></aka>')}</akaList>"),
    "programs": PERSON.format(f"<programList>{each('<program>P#</program>')}</programList>"),
    "ids": PERSON.format(
        f"<idList>{each('<id><idType>Passport</idType><idNumber>#</idNumber></id>')}</idList>"
    ),
    "addresses": PERSON.format(
        f"<addressList>{each('<address><city>#</city><country>C#</country></address>')}</addressList>"
    ),
    "blanks in a birth date": PERSON.format(
        "<dateOfBirthList><dateOfBirthItem><dateOfBirth>1"
        + " " * LONG
        + "x</dateOfBirth></dateOfBirthItem></dateOfBirthList>"
    ),
    "commas in a place": PERSON.format(
        "<placeOfBirthList><placeOfBirthItem><placeOfBirth>x"
        + "," * LONG
        + "x</placeOfBirth></placeOfBirthItem></placeOfBirthList>"
    ),
    "links in remarks": PERSON.format(f"<remarks>{'(Linked To: ' * MANY}</remarks>"),
}


def translation(inside: str) -> str:
    """A name in one script."""
    return (
        '<name id="1"><isPrimary>true</isPrimary><translations><translation id="2"><isPrimary>true'
        f"</isPrimary><formattedFullName>EXAMPLE</formattedFullName>{inside}</translation>"
        "</translations></name>"
    )


DOCUMENT = (
    '<identityDocument id="#"><type>Passport</type><name nameTranslationId="2#">E</name>'
    "<documentNumber>#</documentNumber></identityDocument>"
)
ENHANCED = {
    "attributes": enhanced.plain(1, attributes=each(' a#="1"')),
    "unknown elements": enhanced.plain(1, each("<x#>1</x#>")),
    "names, and documents that bear them": enhanced.plain(
        1,
        f"<identityDocuments>{each(DOCUMENT)}</identityDocuments>",
        names=each(enhanced.NAME.replace("{uid}", "#"), MANY // 3),
    ),
    "parts of a name": enhanced.plain(
        1,
        names=translation(
            f"<nameParts>{each('<namePart><type>T#</type><value>#</value></namePart>')}</nameParts>"
        ),
    ),
    "lists": enhanced.plain(1, lists=each("<sanctionsList>L#</sanctionsList>")),
    "features": enhanced.plain(1, f"<features>{each(enhanced.feature(value='#'))}</features>"),
    "entities of one id": enhanced.plain(1) * (MANY // 3),
}

PLACED = '<VersionLocation LocationID="70" />'
ADVANCED: dict[str, Callable[[], bytes]] = {
    "unknown elements": lambda: advanced.advanced(advanced.plain(1, each("<x#>1</x#>"))),
    "facts at one location": lambda: advanced.advanced(
        advanced.plain(
            1, "".join([advanced.feature(1, at, 25, PLACED) for at in range(MANY // 3)])
        ),
        locations=advanced.location(70, *[(1454, str(at)) for at in range(20)]),
    ),
    "facts at many locations": lambda: advanced.advanced(
        advanced.plain(
            1,
            "".join(
                advanced.feature(1, at, 25, f'<VersionLocation LocationID="{at}" />')
                for at in range(MANY // 3)
            ),
        ),
        locations="".join(
            f'<Location ID="{at}" odd="{at}"><LocationPart LocPartTypeID="1454" /></Location>'
            for at in range(MANY // 3)
        ),
    ),
    "documents and names": lambda: advanced.advanced(
        advanced.plain(1).replace(
            "<NamePartGroups>",
            each(
                '<Alias FixedRef="1" AliasTypeID="1400" Primary="false" LowQuality="false">'
                '<DocumentedName ID="b#" FixedRef="1" DocNameStatusID="1"><DocumentedNamePart>'
                '<NamePartValue NamePartGroupID="71" ScriptID="215">A#</NamePartValue>'
                "</DocumentedNamePart></DocumentedName></Alias>",
                MANY // 3,
            )
            + "<NamePartGroups>",
        ),
        documents="".join(
            advanced.document(f"d{at}", 1, str(at)).replace(
                'NameID="81"', f'NameID="b{MANY // 3 - 1}"'
            )
            for at in range(MANY // 3)
        ),
    ),
    "entries, programs and measures": lambda: advanced.advanced(
        advanced.plain(1),
        entries="".join(
            advanced.entry(1, at, 50_000 + at, program=f"P{at}").replace(
                'SanctionsTypeID="1705">', f'SanctionsTypeID="1705"><Comment>{at}</Comment>'
            )
            for at in range(MANY // 3)
        ),
        relations="".join(
            advanced.relation(f"r{at}", 1, 2, MANY // 3 - 1) for at in range(MANY // 3)
        ),
    ),
}


@needs_fork
@pytest.mark.parametrize("what", all_but(CLASSIC, "entries of one uid", "entries without uid"))
def test_classic(what: str) -> None:
    """The classic format, with very many of one thing."""
    data = classic.classic(CLASSIC[what])
    assert ends_within(SECONDS, lambda: read(data))


@needs_fork
@pytest.mark.parametrize("what", all_but(ENHANCED, "entities of one id"))
def test_enhanced(what: str) -> None:
    """The enhanced format, with very many of one thing."""
    data = enhanced.enhanced(ENHANCED[what])
    assert ends_within(SECONDS, lambda: read(data))


@needs_fork
@pytest.mark.slow
def test_enhanced_filter() -> None:
    """A file that says it was made for very many programs, of which no party has one."""
    several = "".join([enhanced.plain(at) for at in range(3_000)])
    data = enhanced.enhanced(several, programs=[f"P{at}" for at in range(MANY)])
    assert ends_within(SECONDS, lambda: read(data))


@needs_fork
@pytest.mark.parametrize("what", all_but(ADVANCED, "entries, programs and measures"))
def test_advanced(what: str) -> None:
    """The advanced format, with very many of one thing."""
    data = ADVANCED[what]()
    assert ends_within(SECONDS, lambda: read(data))


def test_attributes_are_kept() -> None:
    """Very many attributes are read another way than a few, and say the same."""
    entry = PERSON.format("").replace("<sdnEntry", "<sdnEntry " + each('a#=" v#" ', 500))
    with pytest.warns(sl.FaultyEntriesWarning):
        found = sl.read(classic.classic(entry), list_id="us_ofac_sdn", records=True)["1"]
    stray = [(f"@a{at}", f" v{at}") for at in range(500)]
    assert [(one.label, one.value) for one in found.features] == stray
    assert found.record is not None
    assert [*found.record][:500] == stray


def test_equal_stray_values_are_all_kept() -> None:
    """A value that stands twice beside the format is two Features."""
    entry = PERSON.format('<akaList><aka x="1"/><aka x="1"/></akaList>')
    with pytest.warns(sl.FaultyEntriesWarning):
        found = sl.read(classic.classic(entry), list_id="us_ofac_sdn")["1"]
    assert [(one.label, one.value) for one in found.features] == [("akaList/aka@x", "1")] * 2


@pytest.mark.parametrize("depth", [1, 3])
def test_long_paths_are_refused(depth: int) -> None:
    """Every value below names of many letters would repeat them; the file is refused."""
    name = "x" * (3_000 // depth)
    inside = f"<{name}>" * depth + each("<y>1</y>", 10) + f"</{name}>" * depth
    with pytest.raises(sl.StructureChangedError, match="1,000 are the most"):
        sl.read(classic.classic(PERSON.format(inside)), list_id="us_ofac_sdn")


def test_long_namespaces_are_refused() -> None:
    """Every tag and attribute would repeat the address of its namespace."""
    entry = PERSON.format(f'<p:x xmlns:p="urn:{"x" * 3_000}" p:a="1" />')
    with pytest.raises(sl.StructureChangedError, match="1,000 are the most"):
        sl.read(classic.classic(entry), list_id="us_ofac_sdn")


def test_long_keys_are_refused() -> None:
    """The same of the keys of JSON."""
    result = RESULT | {"x" * 3_000: {str(at): at for at in range(10)}}
    with pytest.raises(sl.StructureChangedError, match="1,000 are the most"):
        sl.read(csl.as_json(result), published=csl.DAY, partial=True)


def test_large_locations_are_refused() -> None:
    """Any number of parties can refer to one location, and each gets all that it says."""
    data = advanced.advanced(
        advanced.plain(1), locations=advanced.location(70, *[(1454, str(at)) for at in range(100)])
    )
    with pytest.raises(sl.StructureChangedError, match="values, and 200 are the most"):
        sl.read(data, list_id="us_ofac_sdn")


# ── tables and JSON ───────────────────────────────────────────────────────────────────────────

CELL = 120_000
"""Characters: a cell with more is refused."""
RESULT: dict[str, object] = {
    **csl.row(1),
    "source_list_url": "www.example.org",
    "federal_register_notice": "82 FR 1",
}
TABLES: dict[str, Callable[[], bytes]] = {
    "rows of one key": lambda: csl.as_csv(*[csl.row(1, remarks=f"{at}") for at in range(MANY)]),
    "rows without a key": lambda: csl.as_csv(*[csl.row(1, _id="", name="X")] * MANY),
    "columns": lambda: csl.as_csv(
        csl.row(1), columns=(*CSV.columns, *[f"c{at}" for at in range(2 * MANY)])
    ),
    "pieces of an id": lambda: csl.as_csv(csl.row(1, "SDN", ids=", " * (CELL // 2))),
    "blanks of a notice": lambda: csl.as_csv(
        csl.row(1, federal_register_notice="1" + " " * CELL + "x")
    ),
    "rows of one denied person": lambda: dpl.as_txt(
        *[dpl.row(Street_Address=str(at)) for at in range(MANY)]
    ),
    "denied persons of one key": lambda: dpl.as_txt(
        *[dpl.row(Name="A" + "-" * (at % 200) + " " * (at // 200) + "B") for at in range(MANY)]
    ),
    "ends of aliases": lambda: csl.as_json(RESULT | {"alt_names": ["and"] * 3 * MANY}),
    "keys": lambda: csl.as_json(RESULT | {f"k{at}": at for at in range(MANY)}),
}
ROWS = (
    "rows of one key",
    "rows without a key",
    "rows of one denied person",
    "denied persons of one key",
)
"""Those that take seconds."""


@needs_fork
@pytest.mark.parametrize("what", all_but(TABLES, *ROWS))
def test_tables(what: str) -> None:
    """The other lists, with very many of one thing."""
    data = TABLES[what]()

    def read_it() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                sl.read(data, partial=True, records=True)
            except sl.StructureChangedError:
                assert what in ("columns", "keys")  # beyond a limit on what is unexpected

    assert ends_within(SECONDS, read_it)


@needs_fork
@pytest.mark.parametrize("member", all_but(range(4), 0, 1, 2))
def test_flat_files(member: int) -> None:
    """OFAC's flat files, with very many rows of one party in one of them."""
    rows = (
        [delimited.party(1, remarks=f"{at}") for at in range(MANY)],
        [delimited.row(1, at, f"a {at}", None, None, None) for at in range(MANY)],
        [delimited.row(1, at, "aka", f"A {at}", None) for at in range(MANY)],
        [delimited.row(1, f"c {at}") for at in range(MANY)],
    )
    files = delimited.delimited(delimited.party(1))
    files[member] = delimited.text(rows[member])

    def read_them() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                delimited.read(files, partial=True, records=True)
            except sl.StructureChangedError:
                assert member == 3  # a row of remarks too many is a fault, and faults have a limit

    assert ends_within(SECONDS, read_them)


@needs_fork
@pytest.mark.parametrize(
    "data",
    [
        ("id,name,identifiers\n1,X,passport: 1" + " " * CELL + "x\n").encode(),
        ("id,name," + ",".join(f"{at:x}" for at in range(13_000)) + "\n1,2\n").encode(),
        b'{"schema":"sanctionslib/entities/1","library":"0.1.0","editions":[],"count":0,"entities":['
        b"{" + each('"k#":1,', 2 * MANY).encode() + b'"z":1,"z":2}]}',
    ],
    ids=["blanks of a number", "columns", "keys"],
)
def test_own_lists(data: bytes) -> None:
    """Lists of one's own, and what this library wrote."""

    def read_it() -> None:
        with contextlib.suppress(sl.ParseError, sl.InvalidInputError):
            sl.read(data, list_id="watch")

    assert ends_within(SECONDS, read_it)


# ── the pieces ────────────────────────────────────────────────────────────────────────────────


@needs_fork
@pytest.mark.parametrize(
    "work",
    [
        lambda: linked_names("(Linked To: " * MANY),
        lambda: linked_names("(Linked To: x" + ")" * LONG + "x"),
        lambda: linked_names("(Linked To: x) " + " " * LONG + "x"),
        lambda: linked_names("(Linked To: x);" * MANY),
        lambda: citations(" " * LONG),
        lambda: citations("1 " * LONG),
        lambda: citations("and " * LONG),
        lambda: country_at_end("," * LONG),
        lambda: country_at_end(" , x" * LONG),
        lambda: sl.PartialDate.parse("1" + " " * LONG + "x"),
        lambda: sl.PartialDate.parse("from" + " " * LONG + "x\nx"),
        lambda: sl.PartialDate.parse("1971 to " * MANY),
    ],
)
def test_pieces(work: Callable[[], object]) -> None:
    """What reads a single text does so in time that grows with its length alone."""
    assert ends_within(SECONDS, work)


def test_free_keys() -> None:
    """A key that is wanted again gets the next number, and those that are taken are passed over."""
    taken = {"~a", "~a-2", "~a-4"}
    keys = FreeKeys(taken)
    found: list[str] = []
    for _ in range(3):
        found.append(keys.find("~a"))
        taken.add(found[-1])
    assert found == ["~a-3", "~a-5", "~a-6"]
    assert keys.find("~b") == "~b"


def test_header_faults() -> None:
    """A header with thousands of unknown columns is told of in a message that can be read."""
    said = header_faults([f"c{at}" for at in range(9_999)], required=["id"], known=["id"])
    assert said.startswith("without 'id'; with the unknown 'c0', 'c1'")
    assert said.endswith(" and 9,959 more")
    assert not header_faults(["id"], required=["id"], known=["id"])
