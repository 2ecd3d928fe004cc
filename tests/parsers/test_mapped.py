"""What a format calls mapped is kept: each value, changed, changes the entity, or is reported.

A path can hold its value in some surroundings and lose it in others (a text beside a date, a date
beside a word). So three things are done to the mapped values, in all the surroundings that a file
has: each is changed; what it stands in is repeated with another value; and where it is missing, it
is put there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Hashable
from functools import partial
from pathlib import Path

import attrs
import pytest
from csl_files import DAY, as_json
from mapped import (
    Change,
    Document,
    Own,
    changes_of,
    check_values,
    lost,
    other_texts,
    repetitions_of,
    some,
)
from mapped_json import csl_json_document, own_json_document
from mapped_tables import (
    csl_csv_document,
    denied_document,
    flat_document,
    own_csv_document,
)
from mapped_xml import advanced_document, classic_document, enhanced_document
from mutations import own
from quick import all_but

import sanctionslib as sl
from sanctionslib.parsers import (
    ofac_advanced_tables,
    ofac_delimited_tables,
    ofac_enhanced_tables,
)
from sanctionslib.parsers.ofac import classic
from sanctionslib.parsers.own.csv import template_text
from sanctionslib.parsers.us import csl

DATA = Path(__file__).parent / "data"
EVERY = 1 << 30

Files = list[bytes]
Found = sl.SanctionsList[sl.Entity]


@attrs.frozen(kw_only=True)
class Form:
    """A format, for these tests."""

    take_apart: Callable[[Files, str, Found], Document]
    """Takes files apart; what the library reads of them says which row is of which entity."""
    classify: Callable[[str, str], tuple[sl.Use, str]] = lambda _path, _label: (sl.Use.MAPPED, "")
    published: str | None = DAY
    """A date for files that state none."""
    counts: bool = False
    """Whether each value is one for the library too, and no part of a cell."""
    own: Own = lambda one: one

    def read(self, list_id: str, data: bytes | Files, *, records: bool = False) -> Found:
        """Read a file; it may be a part of one."""
        return sl.read(
            data, list_id=list_id, published=self.published, partial=True, records=records
        )


CLASSIC = Form(
    take_apart=lambda files, list_id, _: classic_document(files[0], list_id),
    classify=classic.FORMAT.classify,
    published=None,
    counts=True,
)
ENHANCED = attrs.evolve(
    CLASSIC,
    take_apart=lambda files, list_id, _: enhanced_document(files[0], list_id),
    classify=ofac_enhanced_tables.classify,
)
ADVANCED = attrs.evolve(
    CLASSIC,
    take_apart=lambda files, list_id, _: advanced_document(files[0], list_id),
    classify=ofac_advanced_tables.classify,
    own=own,
)
FLAT = Form(
    take_apart=lambda files, list_id, _: flat_document(files, list_id),
    classify=ofac_delimited_tables.classify,
)
CSL = Form(
    take_apart=lambda files, _, found: csl_csv_document(files[0], found),
    classify=csl.CSV.classify,
)
CSL_JSON = attrs.evolve(
    CSL,
    take_apart=lambda files, _, found: csl_json_document(files[0], found),
    classify=csl.JSON.classify,
)
DENIED = Form(take_apart=lambda files, _, found: denied_document(files[0], found))
OWN_CSV = Form(take_apart=lambda files, list_id, _: own_csv_document(files[0], list_id))


def faults(
    document: Document, form: Form, list_id: str, limit: int = EVERY, at_least: int = 1
) -> list[str]:
    """What is lost of the mapped values of a document.

    Args:
        document: The document.
        form: Its format.
        list_id: Its list.
        limit: How many values of one path, label and surroundings are changed.
        at_least: How many changes there must be, so that none are left out unnoticed.
    """
    read = partial(form.read, list_id)
    values = list(document.values())
    texts = other_texts(values)

    def is_mapped(path: str, label: str) -> bool:
        return form.classify(path, label)[0] is sl.Use.MAPPED

    chosen = some([one for one in values if is_mapped(one.path, one.label)], limit)
    gaps: dict[Hashable, Change] = {}
    for about, change in document.gaps(is_mapped):
        gaps.setdefault(about, change)
    assert len(chosen) >= at_least
    return [
        *lost(document, read, changes_of(chosen, texts), form.own),
        *lost(document, read, repetitions_of(chosen, texts), form.own),
        *lost(document, read, gaps.values(), form.own),
    ]


# ── small files: every value ──────────────────────────────────────────────────────────────────


def csl_results() -> bytes:
    """The rows of the small CSV as JSON, where the parts of addresses and documents have names."""
    plural = set(csl.CSV.split)
    plural -= {"addresses", "ids"}
    parts = ("address", "city", "state", "postal_code", "country")
    made: list[dict[str, object]] = []
    with (DATA / "us_csl.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            entry: dict[str, object] = {}
            for column, cell in row.items():
                if column in plural:
                    entry[column] = cell.split("; ") if cell else []
                elif column == "addresses" and cell:
                    entry[column] = [
                        {part: f"EXAMPLE {part} {at}" for part in parts}
                        for at, _ in enumerate(cell.split("; "))
                    ]
                elif column == "ids" and cell:
                    entry[column] = [
                        {
                            "type": item.split(", ")[-1],
                            "number": item.split(", ")[-2],
                            "country": "JO",
                            "issue_date": "2009-08-31",
                            "expiration_date": "2014-08-30",
                        }
                        for item in cell.split("; ")
                        if ", " in item
                    ]
                else:
                    entry["id" if column == "_id" and len(made) % 2 else column] = cell or None
            # Treasury's rows of one party are one entity, which would say a country once.
            made.append({**entry, "country": None if "Treasury" in row["source"] else "CN"})
    return as_json(*made)


def own_rows() -> bytes:
    """A list of one's own that fills every column."""
    columns = next(csv.reader(io.StringIO(template_text())))
    common = {
        "aliases": "EXAMPLE ONE | EXAMPLE TWO",
        "weak_aliases": "EX | EXA",
        "former_names": "EXAMPLE OLD | EXAMPLE OLDER",
        "addresses": "1 Example Road, Dhaka | 2 Example Road, Herat",
        "address_countries": "BD | AF",
        "identifiers": "passport: X1234567 (BD) | registration: EX-12345",
        "websites": "www.example.org | www.example.com",
        "emails": "a@example.org",
        "phones": "+880 1 | +880 2",
        "related_to": "owned or controlled by: EXAMPLE HOLDING | associate of: #2",
        "authority": "Compliance",
        "list_name": "Watch list",
        "programs": "WATCH | SDGT",
        "legal_bases": "Act 1 | Act 2",
        "measures": "asset freeze | other: ask before any payment",
        "listed": "2021-12-10",
        "expires": "2031-12-10",
        "reason": "An example.",
        "notices": "Minutes of 2021-12-10, no. 3 | Minutes of 2021-12-11",
        "remarks": "An example; nothing else.",
    }
    person = {
        "gender": "female",
        "birth_dates": "1966-03-30 | circa 1970",
        "birth_places": "Herat, Afghanistan | Dhaka",
        "nationalities": "PK | BD",
        "citizenships": "AF",
        "titles": "Director | Chair",
        "positions": "Member | Minister",
    }
    rows = [
        {"kind": "person", **common, **person},
        {"kind": "organization", **common, "registered_in": "BD | AF"},
        {"kind": "vessel", **common, "flags": "BD | PA", "registered_in": "PA"},
        {"kind": "aircraft", **common, "registered_in": "AF", "list_name": ""},
        {"kind": "", "programs": "WATCH", "listed": "2020"},
    ]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    for number, row in enumerate(rows, start=1):
        writer.writerow({"id": str(number), "name": f"EXAMPLE {number}", **row})
    return text.getvalue().encode()


def of_data(name: str) -> Callable[[], Files]:
    """A file or folder of the test data, when it is asked for."""
    return lambda: files_of(DATA / name, "us_ofac_sdn")


SMALL = {
    "classic": (CLASSIC, "us_ofac_sdn", of_data("every_element.xml")),
    "enhanced": (ENHANCED, "us_ofac_sdn", of_data("ofac_enhanced.xml")),
    "advanced": (ADVANCED, "us_ofac_sdn", of_data("every_element_advanced.xml")),
    "flat": (FLAT, "us_ofac_sdn", of_data("same_day")),
    "csl-csv": (CSL, "us_trade_csl", of_data("us_csl.csv")),
    "csl-json": (CSL_JSON, "us_trade_csl", lambda: [csl_results()]),
    "denied": (DENIED, "us_bis_denied", of_data("us_bis_denied.txt")),
    "own-csv": (OWN_CSV, "watch", lambda: [own_rows()]),
}


@pytest.mark.filterwarnings("ignore::sanctionslib.FaultyEntriesWarning")
@pytest.mark.parametrize("name", all_but(SMALL, "enhanced", "advanced"))
def test_every_value_of_a_small_file(name: str) -> None:
    """Of each format's small file no mapped value can change, come twice or appear unnoticed."""
    form, list_id, make = SMALL[name]
    files = make()
    found = form.read(list_id, files if len(files) > 1 else files[0], records=True)
    document = form.take_apart(files, list_id, found)
    check_values(document.values(), found, counts=form.counts)
    assert faults(document, form, list_id, at_least=40) == []


def test_the_list_of_ones_own_fills_every_column() -> None:
    """So that no column of the template goes untested."""
    found = OWN_CSV.read("watch", own_rows(), records=True)
    columns = next(csv.reader(io.StringIO(template_text())))
    assert {one.path for one in found.audit.paths} == set(columns)


@pytest.mark.parametrize("source", all_but(("sample", "every element"), "sample"))
def test_every_value_of_our_own_json(source: str, tmp_path: Path) -> None:
    """No value of a file that we wrote can change or appear unnoticed, or it is refused."""
    found: Found = sl.sample()
    if source != "sample":
        found = sl.read(DATA / "every_element_advanced.xml", list_id="us_ofac_sdn")
    found.write(tmp_path / "own.json")
    document = own_json_document((tmp_path / "own.json").read_bytes())
    not_said = ("edition", "origins")  # not what the list says: equality leaves it out too
    values = [one for one in document.values() if not one.path.startswith(not_said)]
    chosen = some(values, 1)
    assert len(chosen) > 200
    gaps = dict(document.gaps(lambda path, _: not path.startswith(not_said)))
    assert lost(document, sl.read, changes_of(chosen, other_texts(values))) == []
    assert lost(document, sl.read, gaps.values()) == []


def test_a_reader_that_forgets_a_value_is_found_out() -> None:
    """Whoever leaves out a field is told each value of it."""
    document = classic_document((DATA / "every_element.xml").read_bytes(), "us_ofac_sdn")
    forgets = attrs.evolve(CLASSIC, own=lambda one: attrs.evolve(one, addresses=()))
    found = faults(document, forgets, "us_ofac_sdn")
    assert found
    assert all("address" in one for one in found)


# ── whole files: values of all sorts ──────────────────────────────────────────────────────────

WHOLE = {
    "us_ofac_cons/CONSOLIDATED_2024-05-06.xml": CLASSIC,
    "us_ofac_sdn/SDN_2021-03-10.xml": CLASSIC,
    "us_ofac_cons/CONS_ENHANCED_2025-01-10.xml": ENHANCED,
    "us_ofac_sdn/SDN_ENHANCED_program_IRGC_2024-08-28.xml": ENHANCED,
    "us_ofac_cons/CONS_ADVANCED_2020-03-17.xml": ADVANCED,
    "us_ofac_sdn/SDN_ADVANCED_excerpt_37parties_2024-02-23.xml": ADVANCED,
    "us_ofac_cons/delimited_2025-12-19": FLAT,
    "us_ofac_sdn/delimited_2021-07-07": FLAT,
    "us_trade_csl/consolidated_2022-05.csv": CSL,
    "us_bis_denied/dpl_2023-11-30.txt": DENIED,
}

MEMBERS = {
    "us_ofac_sdn": ("SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV"),
    "us_ofac_cons": ("CONS_PRIM.CSV", "CONS_ADD.CSV", "CONS_ALT.CSV", "CONS_COMMENTS.CSV"),
}


def files_of(path: Path, list_id: str) -> Files:
    """A file, or the four of a folder: SDN, ADD, ALT, COMMENTS."""
    paths = [path / name for name in MEMBERS[list_id]] if path.is_dir() else [path]
    return [one.read_bytes() for one in paths]


@pytest.mark.filterwarnings("ignore::sanctionslib.FaultyEntriesWarning")
@pytest.mark.parametrize("name", WHOLE)
def test_values_of_a_whole_file(name: str, lists: Path) -> None:
    """Of each path and label of an official file, in each of its surroundings, none is lost."""
    form, list_id = WHOLE[name], name.partition("/")[0]
    files = files_of(lists / name, list_id)
    whole = form.read(list_id, files if len(files) > 1 else files[0], records=True)
    document = form.take_apart(files, list_id, whole)
    document.thin(1)
    found = form.read(list_id, document.data(document.owners()), records=True)
    check_values(document.values(), found, counts=form.counts)
    kept = {(one.path, one.label) for one in found.audit.paths}
    assert kept == {(one.path, one.label) for one in whole.audit.paths}
    assert faults(document, form, list_id, limit=1) == []
