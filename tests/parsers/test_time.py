"""Time is linear in the size of a file for parts that are very many or very long."""

from __future__ import annotations

import contextlib
import re
import warnings
from collections.abc import Callable, Collection, Sequence

import advanced_files as advanced
import attrs
import classic_files as classic
import csl_files as csl
import delimited_files as delimited
import dpl_files as dpl
import enhanced_files as enhanced
import pytest
from contract import BY_FORMAT, KEEPING, opened
from limited import ends_within, needs_fork
from nodes import walk
from quick import all_but, few

import sanctionslib as sl
from sanctionslib.parsers._engine.keys import FreeKeys
from sanctionslib.parsers._engine.table_rows import header_faults
from sanctionslib.parsers.ofac.remarks import linked_names
from sanctionslib.parsers.us.notices import citations
from sanctionslib.reference import country_at_end

MANY = 30_000
"""Time by the square of it is minutes, and time by itself a second or so."""
LONG = 400_000
"""The same of characters."""
CELL = 120_000
"""The same of the characters of a cell: one with more is refused."""
ENTRY = 1_500_000
"""The same of all text in an entry."""
SECONDS = 15


def each(text: str, count: int = MANY) -> str:
    """The text, with a number in place of "#"."""
    return "".join([text.replace("#", str(at)) for at in range(count)])


def ends(work: Callable[[], object], seconds: int = SECONDS) -> bool:
    """Whether it ends in time; the result is not compared."""

    def quietly() -> None:
        warnings.simplefilter("ignore")
        work()

    return ends_within(seconds, quietly)


# ── what can occur several times in an entry ──────────────────────────────────────────────────

SEVERAL = [
    (name, path) for name in KEEPING for path in sorted(opened(f"{name} small").shape.several)
]


@needs_fork
@pytest.mark.parametrize("which", few(SEVERAL, 8), ids=" ".join)
def test_as_many_as_an_entry_can_have(which: tuple[str, str]) -> None:
    """Every repeatable part of a format is repeated up to the largest entry."""
    files = filled(*which)

    def work() -> None:
        with contextlib.suppress(sl.errors.StructureChangedError):  # so much cannot be at fault
            KEEPING[which[0]].read(files, partial=True, keep_source=True)

    assert ends(work, SECONDS // 5)  # so much is read in half a second


def filled(name: str, path: str) -> list[bytes]:
    """The small file of a format with copies of the text at a path, each with texts of its own."""
    case, one = KEEPING[name], opened(f"{name} small")
    at, node, parent = next(
        (at, node, around[-1])
        for at, entry in enumerate(one.entries)
        for _, node, found, _, around in walk(entry, {})
        if found == path and node.has_text
    )
    entry, others = one.entries[at], [*one.entries[:at], *one.entries[at + 1 :]]

    def with_copies(places: Collection[int], count: int) -> list[bytes]:
        made = entry.top.copy()
        copies = [node.copy() for _ in range(count)]
        for number, copied in enumerate(copies):
            for place, below in enumerate(copied.all()):
                if place in places:
                    below.text += str(number)
        list(made.all())[parent].children += copies
        # JSON is known by its first entries.
        return one.container.write([*others, attrs.evolve(entry, top=made)])

    def faults(places: Collection[int]) -> int:
        audit = case.read(with_copies(places, 1), partial=True).audit
        values = sum(each.count for each in (*audit.unmapped, *audit.unknown_codes))
        return len(audit.issues) + values

    texts = [place for place, below in enumerate(node.all()) if below.text.strip()]
    fewest = faults(())
    free = [place for place in texts if faults((place,)) == fewest]
    none, ten = (sum(map(len, with_copies((), count))) for count in (0, 10))
    return with_copies(free or texts, min(MANY, 10 * ENTRY // (ten - none)))


# ── parts outside the entries, and parts of many entries ────────────────────────────────────────

PERSON = (
    "<sdnEntry{}><uid>1</uid><lastName>EXAMPLE</lastName><sdnType>Individual</sdnType>{}</sdnEntry>"
)
RESULT: dict[str, object] = {
    **csl.row(1),
    "source_list_url": "www.example.org",
    "federal_register_notice": "82 FR 1",
}
PLACED = [
    advanced.feature(1, at, 25, f'<VersionLocation LocationID="{at}" />') for at in range(5_000)
]
PLACE = advanced.location("#", (1454, "City #"))


def entry(inside: str = "", attributes: str = "") -> bytes:
    """A file of the classic format with one entry."""
    return classic.classic(PERSON.format(attributes, inside))


def rows(data: bytes) -> bytes:
    """A table with its first row very often."""
    header, _, first = data.decode().partition("\n")
    return f"{header}\n{each(first)}".encode()


def flat(member: int, first: str) -> list[bytes]:
    """Flat files of which one has a row very often."""
    files = delimited.delimited(delimited.party(1))
    return [*files[:member], each(f"{first}\r\n").encode(), *files[member + 1 :]]


FILES: dict[str, Callable[[], bytes | Sequence[bytes]]] = {
    "ofac-classic-xml attributes": lambda: entry(attributes=each(' a#="1"', 4 * MANY)),
    "ofac-classic-xml unknown elements": lambda: entry(each("<x#>1</x#>")),
    "ofac-classic-xml texts beside elements": lambda: entry(each("<programList/>t")),
    "ofac-classic-xml blanks in a day": lambda: entry(
        f"<dateOfBirthList><dateOfBirthItem><dateOfBirth>1{' ' * LONG}x</dateOfBirth>"
        "</dateOfBirthItem></dateOfBirthList>"
    ),
    "ofac-classic-xml commas in a place": lambda: entry(
        f"<placeOfBirthList><placeOfBirthItem><placeOfBirth>x{',' * LONG}x</placeOfBirth>"
        "</placeOfBirthItem></placeOfBirthList>"
    ),
    "ofac-classic-xml links": lambda: entry(f"<remarks>{'(Linked To: ' * MANY}</remarks>"),
    "ofac-classic-xml entries without uid": lambda: classic.classic(
        PERSON.replace("<uid>1</uid>", "").format("", "") * MANY
    ),
    "ofac-classic-xml entries of one uid": lambda: classic.classic(
        PERSON.format("", "<remarks>r</remarks>") * MANY
    ),
    "ofac-enhanced-xml entities of one id": lambda: enhanced.enhanced(
        enhanced.plain(1) * (MANY // 3)
    ),
    "ofac-enhanced-xml programs of a filter": lambda: enhanced.enhanced(
        *map(enhanced.plain, range(3_000)), programs=[f"P{at}" for at in range(MANY)]
    ),
    "ofac-advanced-xml facts and places": lambda: advanced.advanced(
        advanced.plain(1, "".join(PLACED)), locations=each(PLACE, 9_000)
    ),
    "ofac-advanced-xml documents": lambda: advanced.advanced(
        advanced.plain(1), documents=each(advanced.document("d#", 1, "#"), MANY // 3)
    ),
    "ofac-advanced-xml sanctions entries and relations": lambda: advanced.advanced(
        advanced.plain(1),
        entries=each(advanced.entry(1, "#"), MANY // 3),
        relations=each(advanced.relation("r#", 1, 2, MANY // 3 - 1), MANY // 3),
    ),
    "us-csl-csv rows of one key": lambda: rows(csl.as_csv(csl.row(1, remarks="#"))),
    "us-csl-csv rows without a key": lambda: rows(csl.as_csv(csl.row(1, _id="", name="X"))),
    "us-csl-csv columns": lambda: csl.as_csv(
        csl.row(1), columns=(*csl.CSV.columns, *[f"c{at}" for at in range(2 * MANY)])
    ),
    "us-csl-csv pieces of an id": lambda: csl.as_csv(csl.row(1, "SDN", ids=", " * (CELL // 2))),
    "us-csl-json ends of aliases": lambda: csl.as_json(RESULT | {"alt_names": ["and"] * 3 * MANY}),
    "us-csl-json keys": lambda: csl.as_json(RESULT | {f"k{at}": at for at in range(MANY)}),
    "us-bis-denied-txt rows": lambda: rows(dpl.as_txt(dpl.row(Street_Address="#"))),
    "ofac-delimited parties": lambda: flat(0, delimited.party(1, remarks="#")),
    "ofac-delimited addresses": lambda: flat(1, '1,#,"a #",-0- ,-0- ,-0- '),
    "ofac-delimited aliases": lambda: flat(2, '1,#,"aka","A #",-0- '),
    "ofac-delimited comments": lambda: flat(3, '1,"c #"'),
    "sanctionslib-csv columns": lambda: f"id,name,{each('#,', 13_000)}\n1,2\n".encode(),
    "sanctionslib-csv blanks of a number": lambda: (
        f"id,name,identifiers\n1,X,passport: 1{' ' * CELL}x\n".encode()
    ),
    "sanctionslib-json keys": lambda: (
        b'{"schema":"sanctionslib/entities/1","library":"0.1.0","editions":[],"count":0,"entities":['
        b"{" + each('"k#":1,', 2 * MANY).encode() + b'"z":1,"z":2}]}'
    ),
}
QUARANTINED = re.compile(".*(attributes|elements|comments|columns|keys)")
"""Those of which so much is at fault that the file is refused, after the greater part of it."""
SLOW = re.compile(".*(rows|parties|addresses|aliases|without uid|of one|filter|relations)")
"""Those that take seconds."""


@needs_fork
@pytest.mark.parametrize("what", all_but(FILES, *filter(SLOW.match, FILES)))
def test_very_many(what: str) -> None:
    """Unexpected parts, equal entries, and parts of several entries."""
    files = FILES[what]()
    given = [files] if isinstance(files, bytes) else files
    refused = pytest.raises(sl.ParseError) if QUARANTINED.match(what) else contextlib.nullcontext()

    def work() -> None:
        with refused:
            BY_FORMAT[what.split()[0]].read(given, partial=True, keep_source=True)

    assert ends(work)


def test_attributes_are_kept() -> None:
    """Very many are read in another way, with the same result; repeated ones are kept."""
    data = entry('<akaList><aka x="1"/><aka x="1"/></akaList>', each(' a#=" v#" ', 500))
    with pytest.warns(sl.errors.FaultyEntriesWarning):
        found = sl.read(data, list_id="us_ofac_sdn", keep_source=True)["1"]
    stray = [(f"@a{at}", f" v{at}") for at in range(500)]
    twice = [("akaList/aka@x", "1")] * 2
    assert [(one.label, one.value) for one in found.features] == [*stray, *twice]
    assert found.source is not None
    assert [*found.source][:500] == stray
    assert [*found.source][-2:] == twice


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
        lambda: citations("1" + " " * LONG + "x"),
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
    """The message about a header with thousands of unknown columns is readable."""
    stated = header_faults([f"c{at}" for at in range(9_999)], required=["id"], known=["id"])
    assert stated.startswith("without 'id'; with the unknown 'c0', 'c1'")
    assert stated.endswith(" and 9,959 more")
    assert not header_faults(["id"], required=["id"], known=["id"])
