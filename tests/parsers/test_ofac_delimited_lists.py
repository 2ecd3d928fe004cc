"""OFAC's flat files: whole official sets, kept and read, against the classic file and by count."""

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
ALONE = {
    "us_ofac_sdn/SDN_2021-08-18.csv": 9_083,
    "us_ofac_sdn/SDN_2021-12-09.csv": 9_121,
    "us_ofac_sdn/SDN_2021-12-10.csv": 9_146,
}
ALL = (*WHOLE, MIXED, *ALONE)


@cache
def held(path: Path) -> sl.SanctionsList[sl.Entity]:
    day = path.stem[-10:]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sl.FaultyEntriesWarning)
        partial = not any(str(path).endswith(one) for one in WHOLE)
        return sl.read(path, published=day, partial=partial, records=True)


@pytest.fixture(params=ALL)
def path(request: pytest.FixtureRequest, lists: Path) -> Path:
    return lists / str(request.param)


@pytest.mark.parametrize(
    ("name", "count", "unread"),
    [
        (
            WHOLE[0],
            {sl.Person: 4_620, sl.Organization: 3_673, sl.Vessel: 406, sl.Aircraft: 277},
            194,
        ),
        (WHOLE[1], {sl.Person: 79, sl.Organization: 363}, 1),
    ],
)
def test_nothing_is_at_fault(
    lists: Path, name: str, count: dict[type[sl.Entity], int], unread: int
) -> None:
    """The official sets have no entry at fault and no code that we do not know."""
    found = held(lists / name)
    assert Counter(type(one) for one in found) == count
    assert (found.audit.issues, found.audit.unknown_codes) == ((), ())
    assert found.audit.read == found.audit.built == len(found)
    assert sum(one.count for one in found.audit.unmapped) == unread
    (edition,) = found.editions
    assert (edition.missing, edition.scope, edition.dated_by) == ((), sl.Scope.WHOLE, "caller")
    assert len(edition.members) == 4


def test_values(lists: Path) -> None:
    """Counts of the set of 7 July 2021, each that of its rows or segments."""
    sdn = held(lists / WHOLE[0])
    aliases = [name for one in sdn for name in one.aliases]
    assert Counter((name.strength, name.kind) for name in aliases) == {
        (sl.AliasStrength.STRONG, sl.NameKind.AKA): 11_523,
        (sl.AliasStrength.STRONG, sl.NameKind.FKA): 369,
        (sl.AliasStrength.STRONG, sl.NameKind.NKA): 18,
        (sl.AliasStrength.WEAK, sl.NameKind.AKA): 2_417,
        (sl.AliasStrength.WEAK, sl.NameKind.FKA): 24,
    }
    rows = (lists / WHOLE[0] / "ADD.CSV").read_text().count("\n")
    empty = 2_397  # rows that say nothing: parties without an address
    assert sum(len(one.addresses) for one in sdn) == rows - empty == 11_440
    assert sum(len(one.relations) for one in sdn) == 3_408
    people = sdn.where(kind=sl.Person)
    births = [birth for one in people for birth in one.births]
    assert sum(one.date is not None for one in births) == 5_125
    assert all(one.date is None or one.date.is_read for one in births)
    assert sum(len(one.nationalities) for one in people) == 2_133
    assert sum(len(one.citizenships) for one in people) == 919


def test_links(lists: Path) -> None:
    """Of 3,408 links all but seven lead to a party of the file, and those are on the other list."""
    sdn = held(lists / WHOLE[0])
    relations = [relation for one in sdn for relation in one.relations]
    outside = Counter(one.to.name for one in relations if not sdn.resolve(one.to))
    assert outside == {
        "PRESIDENCY OF DEFENSE INDUSTRIES": 4,
        "OPEN JOINT-STOCK COMPANY ROSNEFT OIL COMPANY": 2,
        "ROSTEC": 1,
    }


# The classic file, four months before

CHANGED = {
    # 14 June 2021 and other days: read side by side in the two files.
    "name": {"16689", "24807", "24808", "24809", "24810"},  # a second name; Burmese names in order
    "aliases": {"10138", "20290", "23581", "24808", "26889", "26890"},
    "programs": {"16689", "20290", "24812", "26235"},
    # 10138 got another office; the others have "Title …" in the remarks of both files, which are
    # free text in SDN.XML.
    "titles": {"10138", "15552", "15553"},
}


def quotes(text: str) -> str:
    """As the CSV prints it, where a double quote would end the cell."""
    return text.replace('"', "'")


def test_agrees_with_the_classic_file(lists: Path) -> None:
    """8,762 parties are in SDN.XML of 10 March and in the CSV of 7 July 2021: they are the same."""
    classic = sl.read(lists / "us_ofac_sdn" / "SDN_2021-03-10.xml")
    flat = held(lists / WHOLE[0])
    both = [(one, flat[one.source_id]) for one in classic if one.source_id in flat]
    assert len(both) == 8_762
    changed: dict[str, set[str]] = {"kind": set(), **{one: set() for one in CHANGED}}
    for old, new in both:
        pairs = {
            "kind": (type(old), type(new)),
            "name": (quotes(old.name), new.name),
            "aliases": (aliases(old), aliases(new)),
            "programs": (set(old.programs), set(new.programs)),
            "titles": (
                tuple(map(quotes, getattr(old, "titles", ()))),
                getattr(new, "titles", ()),
            ),
        }
        for what, (before, after) in pairs.items():
            if before != after:
                changed[what].add(old.source_id)
    assert changed == {"kind": set(), **CHANGED}


def aliases(entity: sl.Entity) -> Counter[tuple[object, ...]]:
    return Counter((quotes(one.text), one.kind, one.strength) for one in entity.aliases)


def test_values_agree_with_the_classic_file(lists: Path) -> None:
    """So are numbers, addresses, births and links, but for a dozen parties that OFAC changed."""
    classic = sl.read(lists / "us_ofac_sdn" / "SDN_2021-03-10.xml")
    flat = held(lists / WHOLE[0])
    amended = {"10138", "16689", "20290", "23581", "26235", "26889", "26890", "31373"}
    # Free text of SDN.XML that the CSV prints where such values stand, and is read there.
    read_further = {"7255", "8200", "11748"}
    for old in classic:
        if old.source_id not in flat or old.source_id in amended | read_further:
            continue
        new = flat[old.source_id]
        assert Counter(old.identifiers) == Counter(new.identifiers), old
        assert [one.to.name for one in old.relations] == [one.to.name for one in new.relations]
        assert Counter(quotes(one.text) for one in old.addresses) == Counter(
            one.text for one in new.addresses
        ), old
        for field in ("births", "nationalities", "citizenships"):
            assert stated(old, field) == stated(new, field), old
        for field in ("genders", "tonnage", "gross_tonnage", "owners", "models", "operators"):
            assert getattr(old, field, ()) == getattr(new, field, ()), old
        for field in ("types", "flags", "former_flags", "registered_in", "built", "established"):
            assert Counter(getattr(old, field, ())) == Counter(getattr(new, field, ())), old
        # The CSV has more features: free text that is read there.
        more = Counter(attrs.evolve(one, source_id=None) for one in new.features)
        assert not {one for one in old.features if one.kind is not None} - set(more), old


def stated(entity: sl.Entity, field: str) -> Counter[object]:
    """Without `primary`: "alt." says that one is not the main one, and nothing that one is."""
    return Counter(attrs.evolve(one, primary=None) for one in getattr(entity, field, ()))


# Sets that are not whole


def test_mixed_set_is_refused(lists: Path) -> None:
    """The set of 28 December 2023 is of two days: three comments have no entry, seven rows no end."""
    with pytest.raises(sl.IncompleteEditionError) as caught:
        sl.read(lists / MIXED, published="2023-12-28")
    assert "3 of the 13 rows of SDN_COMMENTS.CSV" in caught.value.what
    assert "(12300, 15599, 15600)" in caught.value.what
    assert "7 remarks fill their 1,000 characters" in caught.value.what


def test_mixed_set_on_request(lists: Path) -> None:
    """With partial=True it is read, and says what is missing, in the audit and in its edition."""
    found = held(lists / MIXED)
    assert len(found) == 13_821
    assert found.audit.unknown_codes == ()
    assert Counter(one.kind for one in found.audit.issues) == {
        sl.IssueKind.EDITION: 2,
        sl.IssueKind.DANGLING: 10,
    }
    orphans = [one for one in found.audit.issues if one.record is not None]
    assert [one.where.entry for one in orphans] == ["12300", "15599", "15600"]
    assert found.editions[0].missing == (
        "the entries of 3 of the 13 rows of SDN_COMMENTS.CSV",
        "the end of 7 remarks",
    )
    cut = {one.where.entry for one in found.audit.issues if one.where.path == "SDN/Remarks"}
    assert cut == {"29703", "30518", "31212", "33151", "37070", "39585", "39593"}
    # 36216 is whole: its remarks go on for 7,000 characters of wallet addresses.
    assert len(found["36216"].remarks or "") > 5_000
    assert sum(one.asset == "XBT" for one in found["36216"].identifiers) > 50


@pytest.mark.parametrize("name", WHOLE)
def test_aliases_cut_between_two_rows(lists: Path, name: str) -> None:
    """ALT.CSV cut at four fifths is refused, by its last byte and by the entries without an alias."""
    files = {one.name: one.read_bytes() for one in sorted((lists / name).iterdir())}
    (cut,) = [name for name in files if "ALT" in name]
    lines = files[cut].splitlines(keepends=True)
    files[cut] = b"".join(lines[: len(lines) * 4 // 5])
    list_id = name.partition("/")[0]
    with pytest.raises(sl.IncompleteEditionError, match="does not end with the byte 0x1A"):
        sl.read(list(files.values()), list_id=list_id, published="2030-01-02")
    copies = [data.removesuffix(b"\x1a") for data in files.values()]
    with pytest.raises(sl.IncompleteEditionError, match=r"have no alias in .*ALT") as caught:
        sl.read(copies, list_id=list_id, published="2030-01-02")
    assert "0x1A" not in caught.value.what


@pytest.mark.parametrize("name", ALONE)
def test_file_alone(lists: Path, name: str) -> None:
    """SDN.CSV alone is refused by name of what is missing, and read with partial=True."""
    with pytest.raises(sl.IncompleteEditionError, match=r"ADD\.CSV, ALT\.CSV and SDN_COMMENTS"):
        sl.read(lists / name, published=name[-14:-4])
    found = held(lists / name)
    assert len(found) == ALONE[name]
    assert found.editions[0].missing == ("ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV")
    with pytest.raises(sl.NotStatedError):
        found.where(country="BD")
    assert not found.editions[0].can_state(sl.Fact.ADDRESS)


def test_the_day_between_two_files(lists: Path) -> None:
    """Between 9 and 10 December 2021 exactly 25 entries came, and none went or changed."""
    before, after = (held(lists / f"us_ofac_sdn/SDN_2021-12-{day}.csv") for day in ("09", "10"))
    assert len([one for one in after if one.source_id not in before]) == 25
    assert all(after[one.source_id] == one for one in before)
