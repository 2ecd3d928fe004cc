"""Named lists, and what tags and labels suggest; authorities."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from sanctionslib.errors import NotFoundError
from sanctionslib.reference import (
    Table,
    authorities,
    countries,
    lists_suggested_by,
    named_lists,
    ofac_label,
    programs,
)
from sanctionslib.reference.tables import rows

DIRECTIVE = "Executive Order 13662 Directive Determination -"


def _codes(program: str, *features: str) -> list[str]:
    return [named.code for named, _ in lists_suggested_by(program, features)]


def test_named_lists() -> None:
    """Fourteen names, OFAC's seven lists and wrapper and six of others, by name and by code."""
    assert {each.code: each.ref_id for each in named_lists.values() if each.ref_id} == {
        "SDN": "1550",
        "NS-PLC": "91243",
        "FSE": "91469",
        "SSI": "91507",
        "CONS": "91512",
        "CAPTA": "91763",
        "NS-MBS": "91868",
        "NS-CMIC": "92052",
    }
    assert [each.name for each in named_lists.values() if each.is_wrapper] == ["Consolidated List"]
    assert named_lists["SSI"] is named_lists["Sectoral Sanctions Identifications List"]
    assert {each.code: each.authority for each in named_lists.values() if not each.ref_id} == {
        "EL": "BIS",
        "DPL": "BIS",
        "UVL": "BIS",
        "MEU": "BIS",
        "ISN": "ISN",
        "DTC": "DDTC",
    }
    assert len(named_lists) == len(list(named_lists)) == 14
    assert all(each.authority in authorities for each in named_lists.values())
    assert all(each.what for each in named_lists.values())
    assert repr(named_lists) == "<Table of 14: Entity List, Denied Persons List, Unverified List …>"


def test_near_misses() -> None:
    """A name that is not there suggests one that is."""
    with pytest.raises(NotFoundError) as caught:
        named_lists["sdn list"]
    assert caught.value.suggestions[0] == "SDN List"
    with pytest.raises(KeyError, match="OFAC"):
        authorities["ofac"]
    assert "NS-SDN" not in named_lists


@pytest.mark.parametrize(
    ("program", "features", "codes"),
    [
        ("NS-PLC", (), ["NS-PLC"]),
        ("FSE-IR", (), ["FSE"]),
        ("FSE-SY", (), ["FSE"]),
        ("561-Related", (), ["CAPTA"]),
        ("CMIC-EO13959", (), ["NS-CMIC"]),
        ("CMIC-EO13959", ("Listing Date (CMIC)",), ["NS-CMIC"]),
        ("MBS", (), ["NS-MBS"]),
        ("UKRAINE-EO13662", (), []),
        ("UKRAINE-EO13662", ("Website", DIRECTIVE), ["SSI"]),
        ("UKRAINE-EO13662", (DIRECTIVE.removesuffix(" -"),), ["SSI"]),
        ("SDGT", (DIRECTIVE,), []),
        ("RUSSIA-EO14024", (), []),
        ("RUSSIA-EO14024", ("Executive Order 14024 Directive Information -",), []),
        ("RUSSIA-EO14024", ("Listing Date (EO 14024 Directive 2):",), []),
        ("RUSSIA-EO14024", ("Listing Date (EO 14024 Directive 3):",), ["NS-MBS"]),
        ("RUSSIA-EO14024", ("Executive Order 14024 Directive Information",), ["NS-MBS"]),
        ("BURMA-EO14014", ("Listing Date (EO 14014 Directive 1):",), ["NS-MBS"]),
        ("ILLICIT-DRUGS-EO14059", ("Executive Order 14059 information:",), ["NS-MBS"]),
        ("CAATSA - RUSSIA", ("CAATSA Section 235 Information:",), ["NS-MBS"]),
        ("SDGT", ("Website",), []),
        ("NO SUCH TAG", (), []),
    ],
)
def test_suggestions(program: str, features: tuple[str, ...], codes: list[str]) -> None:
    """The lists that a tag and the labels suggest; a tag of several lists suggests none alone."""
    assert _codes(program, *features) == codes


def test_reasons_in_words() -> None:
    """Each suggestion says why, and the reasons for one list stand together."""
    ((named, reason),) = lists_suggested_by("CMIC-EO13959", ["Listing Date (CMIC)"])
    assert named.name == "Non-SDN CMIC List"
    assert reason == (
        "the tag CMIC-EO13959 is used on this list alone (OFAC); "
        'its date labels name the list ("CMIC")'
    )


def test_reasons_use_known_words() -> None:
    """Rules name lists, tags and labels that the other tables hold, and never the wrapper."""
    for row in rows("ofac_list_suggestions.tsv"):
        assert not named_lists[row["list_name"]].is_wrapper
        assert row["program"] == "" or row["program"] in programs
        assert row["program"] or row["labels"]
        for text in filter(None, row["labels"].split("|")):
            label = ofac_label(text)
            assert label is not None
            assert label.label == text


def test_tags_and_rules_agree() -> None:
    """A program that names a list suggests that list."""
    for code, program in programs.items():
        if program.list_name:
            assert program.list_name in [named.name for named, _ in lists_suggested_by(code, ())]


def test_suggestions_against_stated_lists(lists: Path) -> None:
    """In a file that states the lists, suggestions are right, but for three parties blocked since."""
    wrong = []
    missed = []
    tree = etree.parse(lists / "us_ofac_cons/CONS_ENHANCED_2025-01-10.xml")
    for entity in tree.iter("{*}entity"):
        stated = {node.text for node in entity.iter("{*}sanctionsList")}
        labels = {feature.findtext("{*}type") for feature in entity.iter("{*}feature")}
        suggested = {
            named.name
            for program in entity.iter("{*}sanctionsProgram")
            for named, _ in lists_suggested_by(program.text, labels)
        }
        wrong += [(entity.get("id"), name) for name in suggested - stated]
        if not suggested & stated:
            missed.append(entity.get("id"))
    assert not missed
    assert {name for _, name in wrong} == {"Non-SDN Menu-Based Sanctions List"}
    assert len(wrong) == 3


def test_authorities() -> None:
    """Authorities by their short names; those of several states have no state."""
    assert authorities["OFAC"].name == (
        "Office of Foreign Assets Control, US Department of the Treasury"
    )
    assert authorities["OFAC"].country == authorities["State"].country == "US"
    stateless = [code for code, each in authorities.items() if each.country is None]
    assert stateless == ["UN", "EU", "WB", "IDB"]
    assert all(code == each.code and each.name for code, each in authorities.items())
    assert "SECO" in authorities
    assert repr(authorities) == "<Table of 24: OFAC, State, DDTC …>"


@pytest.mark.parametrize("table", [authorities, countries, named_lists, programs], ids=repr)
def test_tables_go_to_other_processes(table: Table[object]) -> None:
    """A table is found again by its name, and reads its values there."""
    assert dict(pickle.loads(pickle.dumps(table))) == dict(table)


def test_nothing_is_read_at_import() -> None:
    """Importing the package opens no table and loads nothing that finds or compares them."""
    code = (
        "import sys, attrs; before = set(sys.modules);"
        "from sanctionslib.reference.country import _tables;"
        "from sanctionslib.reference.label import _table;"
        "assert not {'importlib.resources', 'difflib'} & (set(sys.modules) - before);"
        "assert _tables.cache_info().currsize == _table.cache_info().currsize == 0"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
