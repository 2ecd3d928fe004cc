"""OFAC's flat files: sets that lack a file, are mixed, cut or damaged: refused, or said."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from delimited_files import COLUMNS, DAY, NAMES, delimited, long, partly, party, read, row, text
from faults import kinds

import sanctionslib as sl

# Members


@pytest.mark.parametrize(
    ("without", "fact", "way"),
    [
        ("ADD.CSV", sl.Fact.ADDRESS, "country"),
        ("ALT.CSV", sl.Fact.ALIAS_STRENGTH, None),
        ("SDN_COMMENTS.CSV", None, None),
    ],
)
def test_missing_member(without: str, fact: sl.Fact | None, way: str | None) -> None:
    """It is named; with partial=True, what it could hold is not stated."""
    files = [data for name, data in zip(NAMES, delimited(party(1)), strict=True) if name != without]
    with pytest.raises(sl.IncompleteEditionError, match=f"{without} is not there"):
        read(files)
    found = partly(files)
    (edition,) = found.editions
    assert edition.missing == (without,)
    assert "INCOMPLETE" in edition.label
    whole = read(delimited(party(1))).editions[0].states or frozenset()
    assert whole - (edition.states or frozenset()) == ({fact} if fact else set())
    if way == "country":
        with pytest.raises(sl.NotStatedError, match=r"address|country"):
            found.where(country="CU")
        assert len(found.where(country="CU", unstated="keep")) == 1


def test_missing_comments_of_full_remarks() -> None:
    """Then any fact of the remarks may be missing, so none of them is stated of everybody."""
    files = delimited(party(1, remarks=long(1_000)))[:3]
    edition = partly(files).editions[0]
    for fact in (sl.Fact.BIRTH_DATE, sl.Fact.IDENTIFIER, sl.Fact.RELATION, sl.Fact.NATIONALITY):
        assert not edition.can_state(fact)
    for fact in (sl.Fact.KIND, sl.Fact.PROGRAM, sl.Fact.TITLE, sl.Fact.ADDRESS):
        assert edition.can_state(fact)


def test_what_is_stated_of_some() -> None:
    """Where remarks go on nowhere, others still state their links: no word says "of nobody"."""
    parties = [party(1, remarks=long(1_000)), party(2, remarks="Linked To: EXAMPLE 1.")]
    found = partly(delimited(*parties)[:3])
    (edition,) = found.editions
    assert edition.states_in_part(sl.Fact.RELATION)
    assert not edition.states_in_part(sl.Fact.LISTING_DATE)  # no flat file has it
    assert not edition.states_in_part(sl.Fact.PROGRAM)
    way = "read the whole set: here is missing SDN_COMMENTS.CSV"
    assert edition.way_out(sl.Fact.RELATION) == way
    why = found.why("1")
    assert [one.way_out for one in why.unstated if one.fact is sl.Fact.RELATION] == [way]
    text = " ".join(str(why).split())
    assert "states the following of nobody, and the relation not of everybody." in text
    assert f"LINKED TO not stated of everybody, a part is missing: {way}" in text
    assert "EXAMPLE 2 (us_ofac_sdn:2), linked to this party" in text
    assert "LINKED TO EXAMPLE 1" in " ".join(str(found.why("2")).split())
    with pytest.raises(sl.NotStatedError, match=r"the relation of everybody.* could be") as caught:
        found.related("1")
    assert caught.value.hint == way
    with pytest.raises(sl.NotStatedError, match="the identifier of everybody"):
        found.lookup("X0000001")
    chosen = found.where(address_country="CU", flag="PA", unstated="drop")
    assert "flag is not stated of everybody" in str(chosen.selection)
    assert "a part is missing that could hold the flag of some" in " ".join(str(chosen).split())


def test_nobody_has_a_name_without_the_first_file() -> None:
    """Without SDN.CSV there is nothing to read, partial or not."""
    for partial in (False, True):
        with pytest.raises(sl.IncompleteEditionError, match=r"SDN\.CSV is not there") as caught:
            read(delimited(party(1))[1:], partial=partial)
        assert "nobody has a name" in caught.value.hint
        with pytest.raises(sl.IncompleteEditionError, match=r"SDN\.CSV is not there"):
            read(delimited(party(1))[1:], partial=partial, list_id="un_sc_sanctions")
        with pytest.raises(sl.IncompleteEditionError, match=r"SDN\.CSV"):  # whichever list it is
            read(delimited(party(1))[1:2], partial=partial, list_id=None)


def test_the_same_member_twice() -> None:
    """Two files with the same columns are two editions."""
    files = delimited(party(1))
    with pytest.raises(sl.InvalidInputError, match=r"same columns, those of SDN\.CSV"):
        read([files[0], *files])


def test_both_lists_in_one_folder(tmp_path: Path) -> None:
    """Eight files, as two downloads leave them: each list is to be read on its own."""
    cons = ("CONS_PRIM.CSV", "CONS_ADD.CSV", "CONS_ALT.CSV", "CONS_COMMENTS.CSV")
    for names, program in ((NAMES, "SDGT"), (cons, "NS-PLC")):
        for name, data in zip(names, delimited(party(1, programs=program)), strict=True):
            (tmp_path / name).write_bytes(data)
    with pytest.raises(sl.InvalidInputError, match="of both lists") as caught:
        sl.read(tmp_path, published=DAY)
    assert "as a list of paths" in caught.value.hint
    assert len(sl.read([tmp_path / name for name in cons], published=DAY)) == 1


def test_empty_member() -> None:
    """A member that holds Ctrl-Z alone is known by its name; an edition of nobody is refused."""
    files = delimited(party(1))
    assert files[3] == b"\x1a"
    with pytest.raises(sl.IncompleteEditionError, match="not there"):
        read(files[3:])
    empty = [io.BytesIO(b"\x1a") for _ in NAMES]
    for stream, name in zip(empty, NAMES, strict=True):
        stream.name = name
    with pytest.raises(sl.IncompleteEditionError, match="no entries"):
        sl.read(empty, list_id="us_ofac_sdn", published=DAY)


# Which list, of which day


def test_undated() -> None:
    """No file has a date: the caller says it, or goes without; nothing is at fault."""
    files = delimited(party(1))
    with pytest.warns(sl.UndatedEditionWarning):
        found = read(files, published=None)
    assert (found.editions[0].published, found.editions[0].dated_by) == (None, None)
    assert found.audit.issues == ()
    assert (read(files).editions[0].dated_by, str(read(files).editions[0].published)) == (
        "caller",
        DAY,
    )


def test_which_list(tmp_path: Path) -> None:
    """The names say it, else the programs, else the caller; a contradiction is refused."""
    cons = delimited(*(party(n, programs="NS-PLC") for n in range(1, 31)))
    for name, data in zip(("CONS_PRIM.CSV", "CONS_ADD.CSV", "a.csv", "b.csv"), cons, strict=True):
        (tmp_path / name).write_bytes(data)
    found = sl.read(tmp_path, published=DAY)
    assert found.editions[0].list_id == "us_ofac_cons"
    assert found["1"].listings == ()
    assert not found.editions[0].can_state(sl.Fact.LIST)
    with pytest.raises(sl.InvalidInputError, match=r"SDN\.CSV or CONS_PRIM\.CSV"):
        read(cons, list_id=None)
    assert read(delimited(party(1)), list_id=None).editions[0].list_id == "us_ofac_sdn"
    with pytest.raises(sl.InvalidInputError, match="does not come in this format"):
        read(cons, list_id="un_sc_sanctions")
    (tmp_path / "CONS_PRIM.CSV").rename(tmp_path / "SDN.CSV")
    with pytest.raises(sl.InvalidInputError, match="of both lists"):
        sl.read(tmp_path, published=DAY)
    (tmp_path / "CONS_ADD.CSV").rename(tmp_path / "ADD.CSV")
    with pytest.raises(sl.InvalidInputError, match="by its name this is us_ofac_sdn"):
        sl.read(tmp_path, published=DAY)
    assert len(sl.read(tmp_path, list_id="us_ofac_cons", published=DAY)) == 30


# Files that do not belong together, or are cut


def test_mixed_editions() -> None:
    """Rows of parties that are not there: refused with figures, or kept in the audit."""
    files = delimited(party(1), party(2), alt=[row(7, 71, "aka", "EXAMPLE GONE", None)])
    with pytest.raises(sl.IncompleteEditionError, match=r"1 of the 1 rows of ALT\.CSV.*\(7\)"):
        read(files)
    found = partly(files)
    assert kinds(found) == [sl.IssueKind.EDITION, sl.IssueKind.DANGLING]
    assert found.audit.issues[1].where.entry == "7"
    assert list(found.audit.issues[1].record or ()) == [
        ("ALT/ent_num", "7"),
        ("ALT/alt_num", "71"),
        ("ALT/alt_type", "aka"),
        ("ALT/alt_name", "EXAMPLE GONE"),
    ]
    assert found.editions[0].missing == ("the entries of 1 of the 1 rows of ALT.CSV",)


def test_cut_at_any_line() -> None:
    """A file cut between two rows is found by its end, or by the keys of the others."""
    parties = [party(n, remarks=long(1_000)) for n in range(1, 6)]
    files = delimited(
        *parties,
        alt=[row(n, n, "aka", "EXAMPLE ALIAS", None) for n in range(1, 6)],
        comments=[row(n, "X.") for n in range(1, 6)],
    )
    assert len(read(files)) == 5
    copies = [data.removesuffix(b"\x1a") for data in files]
    for at, data in enumerate(files):
        lines = data.splitlines(keepends=True)
        for keep, whole in ((keep, whole) for keep in range(1, 5) for whole in (files, copies)):
            cut = [*whole[:at], b"".join(lines[:keep]), *whole[at + 1 :]]
            if NAMES[at] == "ALT.CSV" and whole is copies:  # a few rows, and no end to tell by
                assert len(read(cut)) == 5
                continue
            with pytest.raises(sl.IncompleteEditionError, match="is cut"):
                read(cut)


@pytest.mark.parametrize(("at", "fact"), [(1, sl.Fact.ADDRESS), (2, sl.Fact.ALIAS_STRENGTH)])
def test_a_file_without_its_end(at: int, fact: sl.Fact) -> None:
    """Where others end with OFAC's Ctrl-Z, a file without it is cut; what it holds is not stated."""
    files = delimited(*(party(n) for n in range(1, 6)))
    lines = files[at].splitlines(keepends=True)
    cut = [*files[:at], b"".join(lines[:-1]), *files[at + 1 :]]
    says = f"{NAMES[at]} does not end with the byte 0x1A, as SDN.CSV does"
    with pytest.raises(sl.IncompleteEditionError, match=says):
        read(cut)
    (edition,) = partly(cut).editions
    assert edition.missing == (f"the end of {NAMES[at]}",)
    assert not edition.can_state(fact)
    alone = [files[0].removesuffix(b"\x1a"), *files[1:]]
    with pytest.raises(sl.IncompleteEditionError, match=r"SDN\.CSV does not end.*as ADD\.CSV does"):
        read(alone)
    # Then entries are missing, and nothing of those that are there.
    assert partly(alone).editions[0].states == read(files).editions[0].states
    # OFAC's COMMENTS of 7 July 2021 ends without one.
    assert len(read([*files[:3], files[3] + b"\r\n"])) == 5


def test_aliases_that_stop() -> None:
    """A file of aliases that ends long before the entries do is cut, or empty, and is refused."""
    count = 100
    parties = [party(n) for n in range(1, count + 1)]
    for keys, says in (
        (range(1, 40), "the last 61 of the 100 entries have no alias in ALT.CSV"),
        (range(1, 1), "the last 100 of the 100 entries have no alias"),
    ):
        alt = [row(n, n, "aka", "EXAMPLE ALIAS", None) for n in keys]
        files = [*delimited(*parties)[:2], text(alt), b"\x1a"]
        named = [io.BytesIO(data) for data in files]
        for stream, name in zip(named, NAMES, strict=True):
            stream.name = name
        with pytest.raises(sl.IncompleteEditionError, match=says):
            sl.read(named, published=DAY)
        for stream in named:
            stream.seek(0)
        with pytest.warns(sl.FaultyEntriesWarning):
            found = sl.read(named, published=DAY, partial=True)
        assert len(found) == count
        assert found.editions[0].missing == (
            f"the aliases of the last {count - len(keys)} of the 100 entries",
        )
        assert not found.editions[0].can_state(sl.Fact.ALIAS_STRENGTH)
    # As many without one in the midst of others, or at the end, are no sign of anything.
    for keys in (range(1, 41), (*range(1, 10), *range(40, 48))):
        alt = [row(n, n, "aka", "EXAMPLE ALIAS", None) for n in keys]
        assert len(read(delimited(*parties, alt=alt))) == count


def test_addresses_that_are_not_there() -> None:
    """Where entries lack their row of ADD.CSV, a question for addresses raises."""
    files = delimited(party(1), party(2), add=[row(1, 11, "Street 1", "Dhaka", "Bangladesh", None)])
    found = partly(files)
    with pytest.raises(sl.NotStatedError):
        found.where(address_country="BD")
    assert len(found.where(address_country="BD", unstated="drop")) == 1


def test_duplicate_key() -> None:
    """Two rows of one key are one party, or two under different keys; reported either way."""
    files = delimited(party(1), party(1), party(2))
    found = partly(files)
    assert [one.source_id for one in found] == ["1", "2"]
    assert kinds(found) == [sl.IssueKind.DUPLICATE_ID]
    files = delimited(party(1), party(1, "EXAMPLE OTHER"))
    assert [one.source_id for one in partly(files)] == ["1", "~1"]


def test_entries_without_a_name() -> None:
    """With an alias it is kept under that; without any it is rejected with all its values."""
    nameless = party(1).replace('"EXAMPLE 1"', "-0- ")
    found = partly(delimited(nameless))
    assert found["1"].name == "EXAMPLE ALIAS"
    assert kinds(found) == [sl.IssueKind.NO_PRIMARY_NAME]
    other = party(2).replace('"EXAMPLE 2"', "-0- ")
    found = partly(delimited(party(1), other))
    assert (found.audit.read, found.audit.built, found.audit.rejected) == (2, 1, 1)
    assert found.editions[0].missing == ("1 that could not be read",)
    assert [pair for pair in found.audit.issues[0].record or () if pair[0] == "SDN/ent_num"] == [
        ("SDN/ent_num", "2")
    ]


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (party(1) + ",-0- \r\n", sl.StructureChangedError, "13 cells where 12"),
        (party(1)[:-5], sl.TruncatedError, "11 cells where 12"),
        (party(1) + "\r\n" + '2,"EXAMPLE', sl.TruncatedError, "within the quotes"),
        (party(1) + "\r\n\0", sl.ParseError, "NUL"),
        (
            party(1).replace("EXAMPLE", "EX\x1aMPLE").replace("SDGT", 'S"DGT'),
            sl.ParseError,
            "quotes",
        ),
    ],
)
def test_damaged_rows(data: str, error: type[sl.SanctionsError], says: str) -> None:
    """A row that is not one of the format raises, with its line."""
    files = delimited(party(1))
    with pytest.raises(error, match=says) as caught:
        read([data.encode(), *files[1:]])
    assert type(caught.value) is error
    assert caught.value.where.line


def cells(files: Sequence[bytes]) -> Counter[tuple[str, str]]:
    """An independent walk: (member and column, value) of every cell that says something."""
    found: Counter[tuple[str, str]] = Counter()
    for member, data in zip(COLUMNS, files, strict=True):
        for line in csv.reader(data.decode().splitlines()):
            for column, cell in zip(COLUMNS[member], line, strict=True):
                if cell.strip() not in ("", "-0-"):
                    found[f"{member}/{column}", cell] += 1
    return found
