"""OFAC's enhanced XML: exports over several lists, whose parties say which list they belong to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from enhanced_files import SDN, enhanced, plain

import sanctionslib as sl

SSI_LIST, WRAPPER = "Sectoral Sanctions Identifications List", "Consolidated List"
ALL = ("SDN List", SSI_LIST, WRAPPER)
SSI = SDN.replace("1550", "91507").replace("SDN List", SSI_LIST)
CONS = SDN.replace("1550", "91512").replace("SDN List", WRAPPER)
BOTH = SDN + SSI + CONS
BESIDE = "; who is on the SDN List too is under us_ofac_sdn"


def link(uid: int) -> str:
    return (
        '<addresses/><relationships><relationship id="80"><type refId="1555">Owned or Controlled By'
        f'</type><relatedEntity entityId="{uid}">EXAMPLE {uid}</relatedEntity></relationship>'
        "</relationships>"
    )


def export(
    *entities: str, lists: tuple[str, ...] = ALL, programs: tuple[str, ...] = ("SDGT",)
) -> bytes:
    """An export by program over all lists."""
    data = enhanced(*entities, lists=lists, programs=programs)
    relation = (
        '<referenceValue refId="1555"><type>RELATION TYPE</type><value>Owned or Controlled By'
    )
    return data.replace(
        b"</referenceValues>", f"{relation}</value></referenceValue></referenceValues>".encode()
    )


def ids(found: sl.SanctionsList[sl.Entity]) -> list[str]:
    return [one.id for one in found]


def scopes(found: sl.SanctionsList[sl.Entity]) -> list[tuple[str, sl.Scope, str | None]]:
    return [(one.list_id, one.scope, one.filter) for one in found.editions]


MIXED = export(
    plain(1, link(2), lists=SDN), plain(2, link(3), lists=SSI + CONS), plain(3, lists=BOTH)
)


def test_each_party_is_under_the_id_of_its_list(tmp_path: Path) -> None:
    """One list with two editions, neither of them whole; the SDN List comes before all others."""
    path = tmp_path / "SDN_ENHANCED.XML"
    path.write_bytes(MIXED)
    for source in (MIXED, path):
        found = sl.read(source)
        assert ids(found) == ["us_ofac_sdn:1", "us_ofac_cons:2", "us_ofac_sdn:3"]
        assert scopes(found) == [
            ("us_ofac_sdn", sl.Scope.CUSTOM, "program SDGT"),
            ("us_ofac_cons", sl.Scope.CUSTOM, "program SDGT" + BESIDE),
        ]
        assert {str(one.published) for one in found.editions} == {"2021-12-10"}
        assert all(one.edition in found.editions for one in found)
        assert all(one.edition and one.edition.list_id == one.list_id for one in found)
        assert {one.list_name for one in found["3"].listings} == {"SDN List", SSI_LIST}
        assert (found.audit.editions, found.audit.issues) == (found.editions, ())
        assert (found.audit.read, found.audit.built) == (3, 3)


def test_links_lead_from_one_list_to_the_other(tmp_path: Path) -> None:
    """They go by the publisher's keys, which both lists share; also from what was written."""
    found = sl.read(MIXED)
    found.write(tmp_path / "mixed.json")
    for held in (found, sl.read(tmp_path / "mixed.json")):
        assert ids(held) == ids(found)
        assert scopes(held) == scopes(found)
        (to,) = held.resolve(held["1"].relations[0].to)
        assert to.id == "us_ofac_cons:2"
        assert [one.source.id for one in held.why("3").linked_from] == ["us_ofac_cons:2"]
        assert {node.entity.id for node in held.related("1", depth=2).nodes} == set(ids(found))


def test_the_answers_name_both() -> None:
    """Whatever says what was looked at names the two editions, and that both are parts."""
    found = sl.read(MIXED)
    for text in (str(found), str(found.search("EXAMPLE 2")), str(found.audit), repr(found)):
        assert "us_ofac_sdn" in text
        assert "us_ofac_cons" in text
        assert "PART" in text


@pytest.mark.parametrize("given", ["us_ofac_sdn", "us_ofac_cons"])
def test_the_caller_cannot_make_one_list_of_it(given: str, tmp_path: Path) -> None:
    """A list id would leave parties out, or give them the id of a list that they are not on."""
    with pytest.raises(sl.InvalidInputError, match="2 of us_ofac_sdn and 1 of us_ofac_cons") as no:
        sl.read(MIXED, list_id=given)
    assert "leave `list_id` out" in no.value.hint
    with pytest.raises(sl.InvalidInputError, match="2 of us_ofac_sdn and 1 of us_ofac_cons") as no:
        sl.add_edition(MIXED, list_id=given, home=tmp_path)
    assert "the archive keeps files of one list" in no.value.hint
    assert sl.history(given, home=tmp_path).editions == ()


@pytest.mark.parametrize(
    ("listed", "list_id"),
    [(SDN, "us_ofac_sdn"), (BOTH, "us_ofac_sdn"), (SSI + CONS, "us_ofac_cons")],
)
@pytest.mark.parametrize("name", ["SDN_ENHANCED.XML", "CONS_ENHANCED.XML", "export.xml"])
def test_parties_of_one_list_make_one_edition(
    listed: str, list_id: str, name: str, tmp_path: Path
) -> None:
    """Then the caller may say that list, and no other; the name of the file says nothing."""
    path = tmp_path / name
    path.write_bytes(export(plain(1, lists=listed), plain(2, lists=listed)))
    by_caller = sl.read(path, list_id=list_id)
    assert by_caller.editions == sl.read(path).editions
    (edition,) = by_caller.editions
    assert (edition.list_id, edition.scope) == (list_id, sl.Scope.CUSTOM)
    other = {"us_ofac_sdn": "us_ofac_cons", "us_ofac_cons": "us_ofac_sdn"}[list_id]
    with pytest.raises(sl.InvalidInputError, match=f"2 of {list_id}, and you say that it is"):
        sl.read(path, list_id=other)
    with pytest.raises(sl.InvalidInputError, match="eu_fsf"):
        sl.read(path, list_id="eu_fsf")


@pytest.mark.parametrize(
    ("lists", "programs", "narrowed"),
    [
        (ALL, (), "export over all lists"),
        (ALL[:2], (), f"lists SDN List, {SSI_LIST}"),
        ((), (), "the file does not say of what"),
    ],
)
def test_never_whole(lists: tuple[str, ...], programs: tuple[str, ...], narrowed: str) -> None:
    """The two lists in one file are parts, however long, whether or not it says of what it is."""
    entities = [plain(uid, lists=SDN) for uid in range(1, 301)]
    found = sl.read(export(*entities, plain(301, lists=SSI + CONS), lists=lists, programs=programs))
    assert scopes(found) == [
        ("us_ofac_sdn", sl.Scope.CUSTOM, narrowed),
        ("us_ofac_cons", sl.Scope.CUSTOM, narrowed + BESIDE),
    ]


def test_the_whole_non_sdn_file_has_parties_of_both() -> None:
    """A file of all lists and no program, all of whose parties the wrapper has, is that file."""
    data = export(plain(1, link(2), lists=BOTH), plain(2, lists=SSI + CONS), programs=())
    found = sl.read(data)
    assert ids(found) == ["us_ofac_cons:1", "us_ofac_cons:2"]
    assert scopes(found) == [("us_ofac_cons", sl.Scope.WHOLE, None)]
    assert {one.edition for one in found} == set(found.editions)


def test_a_party_on_no_list() -> None:
    """The file is refused, unless somebody says its list; the party is reported then."""
    data = export(plain(1, lists=SDN), plain(2, lists=""))
    for partial in (False, True):
        with pytest.raises(sl.InvalidInputError, match="this party is on none") as caught:
            sl.read(data, partial=partial)
        assert caught.value.where.entry == "2"
        assert "list_id=" in caught.value.hint
    with pytest.warns(sl.FaultyEntriesWarning, match="this party has none"):
        said = sl.read(data, list_id="us_ofac_sdn")
    assert ids(said) == ["us_ofac_sdn:1", "us_ofac_sdn:2"]
    with pytest.raises(sl.InvalidInputError, match="no party of it is on one"):
        sl.read(export(plain(2, names="")), partial=True)
    with pytest.raises(sl.InvalidInputError, match="no party of it is on one"):
        sl.read(export(), partial=True)


def test_what_could_not_be_read_is_missing_from_both() -> None:
    """Nobody knows of which of the two editions an entry without a name would be."""
    data = export(plain(1, lists=SDN), plain(2, lists=SSI), plain(3, names=""))
    with pytest.warns(sl.FaultyEntriesWarning):
        found = sl.read(data)
    assert [one.missing for one in found.editions] == [("1 that could not be read",)] * 2
    assert all(one.edition in found.editions for one in found)


def test_keys_that_we_build_and_keys_that_occur_twice() -> None:
    """The id of each names the list of its party, and no two are the same."""
    nameless = [plain("", lists=one) for one in (SDN, SSI)]
    again = plain(1, lists=SSI, names="").replace("<names></names>", "<names>{}</names>")
    other = re.search(r"<names>(.*)</names>", plain(7))
    assert other is not None
    data = export(plain(1, lists=SDN), again.format(other[1]), *nameless)
    with pytest.warns(sl.FaultyEntriesWarning):
        found = sl.read(data)
    assert ids(found) == [
        *("us_ofac_sdn:1", "us_ofac_cons:~1"),
        *("us_ofac_sdn:~example", "us_ofac_cons:~example-2"),
    ]
    assert all(one.edition and one.edition.list_id == one.list_id for one in found)


def test_two_of_them_can_be_compared() -> None:
    """Exports by the same filter of two days, list by list."""
    old = sl.read(MIXED)
    new = sl.read(
        MIXED.replace(b"2021-12-10T", b"2021-12-13T").replace(b"Example 2", b"Example Two")
    )
    changes = sl.diff(old, new)
    assert [one.after.id for one in changes.amended] == ["us_ofac_cons:2"]
    assert (len(changes.added), len(changes.removed), changes.unchanged) == (0, 0, 2)


def test_a_sample_stays_one() -> None:
    """The mark of a sample counts for each of its lists."""
    marked = MIXED.replace(b"?>", b'?><?sanctionslib scope="sample"?>', 1)
    found = sl.read(marked)
    assert [(one.scope, one.filter) for one in found.editions] == [(sl.Scope.SAMPLE, None)] * 2


def test_the_real_export_with_parties_of_other_lists(lists: Path) -> None:
    """A real export by program of which some parties are on another list, or on both."""
    path = lists / "us_ofac_sdn" / "SDN_ENHANCED_program_IRGC_2024-08-28.xml"
    data = path.read_bytes()
    whole = sl.read(data)
    assert scopes(whole) == [("us_ofac_sdn", sl.Scope.CUSTOM, "program IRGC")]
    assert len(whole) == 293
    entry = re.compile(rb'<sanctionsList refId="1550"([^>]*)>SDN List</sanctionsList>')
    body, at = data.split(b"<entities>"), 0

    def other(found: re.Match[bytes]) -> bytes:
        nonlocal at
        at += 1
        listed = b'<sanctionsList refId="92052"%b>Non-SDN CMIC List</sanctionsList>' % found[1]
        return found[0] if at % 3 else listed if at % 2 else found[0] + listed

    found = sl.read(b"<entities>".join((body[0], entry.sub(other, body[1]))))
    moved = {one.source_id for n, one in enumerate(whole, 1) if n % 6 == 3}
    assert len(moved) == 49
    assert ids(found) == [
        f"us_ofac_{'cons' if one.source_id in moved else 'sdn'}:{one.source_id}" for one in whole
    ]
    assert scopes(found) == [
        ("us_ofac_sdn", sl.Scope.CUSTOM, "program IRGC"),
        ("us_ofac_cons", sl.Scope.CUSTOM, "program IRGC" + BESIDE),
    ]
    resolved = [
        [[to.source_id for to in held.resolve(link.to)] for one in held for link in one.relations]
        for held in (whole, found)
    ]
    assert resolved[0] == resolved[1]
    assert sum(map(bool, resolved[1])) == 201
