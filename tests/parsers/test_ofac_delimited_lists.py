"""OFAC's flat files: complete official sets, compared with the classic file and by count."""

from __future__ import annotations

import warnings
from collections import Counter
from functools import cache
from pathlib import Path

import attrs
import pytest

import sanctionslib as sl

WHOLE = ("us_ofac_sdn/delimited_2021-07-07", "us_ofac_cons/delimited_2025-12-19")
MIXED = "us_ofac_sdn/delimited_2023-12-28"


@cache
def held(path: Path, *, partial: bool = False) -> sl.SanctionsList[sl.Entity]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sl.errors.FaultyEntriesWarning)
        return sl.read(path, published=path.stem[-10:], partial=partial)


def test_values(lists: Path) -> None:
    """Counts of the set of 7 July 2021, each the number of its rows or segments."""
    sdn = held(lists / WHOLE[0])
    assert Counter(type(one) for one in sdn) == {
        sl.Person: 4_620,
        sl.Organization: 3_673,
        sl.Vessel: 406,
        sl.Aircraft: 277,
    }
    assert sum(one.count for one in sdn.audit.unmapped) == 194
    assert sdn.audit.unknown_codes == ()
    aliases = [name for one in sdn for name in one.aliases]
    assert Counter((name.strength, name.kind) for name in aliases) == {
        (sl.AliasStrength.STRONG, sl.NameKind.AKA): 11_523,
        (sl.AliasStrength.STRONG, sl.NameKind.FKA): 369,
        (sl.AliasStrength.STRONG, sl.NameKind.NKA): 18,
        (sl.AliasStrength.WEAK, sl.NameKind.AKA): 2_417,
        (sl.AliasStrength.WEAK, sl.NameKind.FKA): 24,
    }
    rows = (lists / WHOLE[0] / "ADD.CSV").read_text().count("\n")
    empty = 2_397  # rows without values: parties without an address
    assert sum(len(one.addresses) for one in sdn) == rows - empty == 11_440
    people = sdn.where(kind=sl.Person)
    births = [birth for one in people for birth in one.births]
    assert sum(one.date is not None for one in births) == 5_125
    assert all(one.date is None or one.date.is_read for one in births)
    assert sum(len(one.nationalities) for one in people) == 2_133
    assert sum(len(one.citizenships) for one in people) == 919
    # All but seven of the links lead to a party of the file, and those are on the other list.
    relations = [relation for one in sdn for relation in one.relations]
    assert len(relations) == 3_408
    assert Counter(one.to.name for one in relations if not sdn.resolve(one.to)) == {
        "PRESIDENCY OF DEFENSE INDUSTRIES": 4,
        "OPEN JOINT-STOCK COMPANY ROSNEFT OIL COMPANY": 2,
        "ROSTEC": 1,
    }


AMENDED = {"10138", "16689", "20290", "23581", "24807", "24808", "24809", "24810", "24812",
           "26235", "26889", "26890", "31373"}  # fmt: skip
"""Parties that OFAC changed between the two files: names, offices, programs; read side by side."""
READ_FURTHER = {"7255", "8200", "11748", "15552", "15553"}
"""Parties with free text in SDN.XML that the CSV prints, and the parser reads, as a value."""


def test_agrees_with_the_classic_file(lists: Path) -> None:
    """8,762 parties are in SDN.XML of 10 March and in the CSV of 7 July 2021: they are equal."""
    classic = sl.read(lists / "us_ofac_sdn" / "SDN_2021-03-10.xml")
    flat = held(lists / WHOLE[0])
    both = [(one, flat[one.source_id]) for one in classic if one.source_id in flat]
    assert len(both) == 8_762
    differ = {old.source_id for old, new in both if stated(old) != stated(new)}
    assert differ == AMENDED | READ_FURTHER
    for old, new in both:
        assert type(old) is type(new)
        # The CSV has more features: free text that is read there.
        known = {one for one in old.features if one.kind is not None}
        more = known - {attrs.evolve(one, source_id=None) for one in new.features}
        assert not more or old.source_id in differ


def stated(entity: sl.Entity) -> dict[str, object]:
    """What both formats state, without the order of values."""

    def of(field: str) -> Counter[object]:
        values = getattr(entity, field, ()) or ()
        return Counter(values if isinstance(values, tuple) else (values,))

    names = Counter((quotes(one.text), one.kind, one.strength) for one in entity.names)
    fields = (
        *("programs", "identifiers", "genders", "tonnage", "gross_tonnage", "owners", "models"),
        *("operators", "types", "flags", "former_flags", "registered_in", "built", "established"),
    )
    return {
        "names": names,
        "addresses": Counter(quotes(one.text) for one in entity.addresses),
        "links": [one.to.name for one in entity.relations],
        "titles": [quotes(one) for one in getattr(entity, "titles", ())],
        # "alt." marks an alternative value; nothing marks the main one.
        **{
            field: Counter(attrs.evolve(one, primary=None) for one in of(field).elements())
            for field in ("births", "nationalities", "citizenships")
        },
        **{field: of(field) for field in fields},
    }


def quotes(text: str) -> str:
    """As the CSV prints it, where a double quote would end the cell."""
    return text.replace('"', "'")


# ── sets that are not complete ────────────────────────────────────────────────────────────────


def test_mixed_set(lists: Path) -> None:
    """The set of 28 December 2023 is of two days: three comments have no entry, seven rows no end."""
    found = held(lists / MIXED, partial=True)
    assert len(found) == 13_821
    assert found.editions[0].missing == (
        "the entries of 3 of the 13 rows of SDN_COMMENTS.CSV",
        "the end of 7 remarks",
    )
    orphans = [one for one in found.audit.issues if one.source is not None]
    assert [one.where.entry for one in orphans] == ["12300", "15599", "15600"]
    cut = {one.where.entry for one in found.audit.issues if one.where.path == "SDN/Remarks"}
    assert cut == {"29703", "30518", "31212", "33151", "37070", "39585", "39593"}
    # 36216 is complete: its remarks go on for 7,000 characters of wallet addresses.
    assert sum(one.asset == "XBT" for one in found["36216"].identifiers) > 50


@pytest.mark.parametrize("name", WHOLE)
def test_aliases_cut_between_two_rows(lists: Path, name: str) -> None:
    """ALT.CSV cut at four fifths is refused, also where no file has its last byte any more."""
    files = {one.name: one.read_bytes() for one in sorted((lists / name).iterdir())}
    (cut,) = [name for name in files if "ALT" in name]
    lines = files[cut].splitlines(keepends=True)
    files[cut] = b"".join(lines[: len(lines) * 4 // 5])
    copies = [data.removesuffix(b"\x1a") for data in files.values()]
    with pytest.raises(sl.IncompleteEditionError, match="without the aliases of the last"):
        sl.read(copies, list_id=name.partition("/")[0], published="2030-01-02")
