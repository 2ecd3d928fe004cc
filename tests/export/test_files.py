"""Files of entities: what `write` puts there, and that it reads back equal."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from quick import examples

import sanctionslib as sl
from sanctionslib.errors import InvalidInputError, UnwritableError
from sanctionslib.export import name_lines, to_dict, write
from sanctionslib.export.tables import NAME_COLUMNS, guarded
from sanctionslib.model import (
    AliasStrength,
    Edition,
    Entity,
    Fact,
    Name,
    NameKind,
    Organization,
    Person,
    Scope,
    Source,
    Vessel,
)
from sanctionslib.parsers._engine.format import Parsed
from sanctionslib.parsers.own.json import read_json, read_jsonl

from .strategies import lists

EDITION = Edition(list_id="watch", format="own")
PARTIES = (
    Organization(id="watch:1", names=(Name(text="EXAMPLE TRADING LLC"),), edition=EDITION),
    Person(
        id="watch:2",
        names=(
            Name(text="EXAMPLE PERSON"),
            Name(text="=EXAMPLE", kind=NameKind.AKA, strength=AliasStrength.WEAK),
        ),
        edition=EDITION,
    ),
)


def _read(path: Path) -> Parsed:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return (read_json if ".json" in path.suffixes else read_jsonl)(data, name=path.name)


def _stated(entities: Sequence[Entity | Edition]) -> list[object]:
    return [to_dict(one, keep_source=True) for one in entities]


@pytest.mark.parametrize("suffix", [".json", ".jsonl", ".ndjson", ".json.gz", ".JSONL.GZ"])
@examples(25)
@given(made=lists())
def test_files_read_back_equal(suffix: str, made: tuple[list[Entity], list[Edition]]) -> None:
    """Entities come back in their order, with their editions, and the count is in the audit."""
    entities, editions = made
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"list{suffix.lower()}")
        write(entities, editions, path)
        found = _read(path)
        assert list(found.entities) == entities
        assert _stated(found.entities) == _stated(entities)
        assert _stated(found.editions) == _stated(editions)
        assert found.audit.declared == found.audit.read == found.audit.converted == len(entities)
        first = path.read_bytes()
        write(found.entities, found.editions, path)
        assert path.read_bytes() == first, "the same entities give the same bytes"
        assert [one.name for one in Path(folder).iterdir()] == [path.name], (
            "nothing else is left there"
        )


@examples(25)
@given(made=lists(keep_source=True))
def test_sources_are_written_on_request(made: tuple[list[Entity], list[Edition]]) -> None:
    """Sources are written when they are asked for, and come back exact."""
    entities, editions = made
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "list.jsonl")
        write(entities, editions, path, keep_source=True)
        assert [one.source for one in _read(path).entities] == [one.source for one in entities]
        write(entities, editions, path)
        assert all(one.source is None for one in _read(path).entities)


def test_the_text_of_a_file(tmp_path: Path) -> None:
    """One line per entity in both formats, short, in UTF-8, ended by a newline."""
    party = Organization(id="watch:3", names=(Name(text="商湯集團有限公司\u2028"),))
    write([party], [], tmp_path / "a.jsonl")
    line = '{"kind":"organization","id":"watch:3","names":[{"text":"商湯集團有限公司\u2028"}]}'
    head, rest = (tmp_path / "a.jsonl").read_text("utf-8").split("\n", 1)
    assert rest == line + "\n"
    assert json.loads(head)["count"] == 1
    write([party], [], tmp_path / "a.json")
    whole = (tmp_path / "a.json").read_text("utf-8")
    assert whole == head.removesuffix("}") + f',"entities":[\n{line}\n]}}\n'
    assert json.loads(whole)["entities"] == [json.loads(line)]
    assert (_read(tmp_path / "a.jsonl").entities, _read(tmp_path / "a.json").entities) == (
        (party,),
        (party,),
    )


def test_a_selection_is_never_whole(tmp_path: Path) -> None:
    """What was selected is written as a part, with its filter; a sample stays a sample."""
    write(PARTIES, [EDITION], tmp_path / "a.json", selection="kind=Person")
    found = _read(tmp_path / "a.json")
    assert found.editions == (attrs.evolve(EDITION, scope=Scope.CUSTOM, filter="kind=Person"),)
    assert found.entities[0].edition is found.editions[0]
    assert json.loads((tmp_path / "a.json").read_bytes())["selection"] == "kind=Person"

    again = [one for one in found.entities if one.id == "watch:1"]
    write(again, found.editions, tmp_path / "b.jsonl", selection="[0:1]")
    assert _read(tmp_path / "b.jsonl").editions[0].filter == "kind=Person; [0:1]"

    sample = attrs.evolve(EDITION, scope=Scope.SAMPLE)
    party = attrs.evolve(PARTIES[0], edition=sample)
    write([party], [sample], tmp_path / "c.json", selection="kind=Organization")
    assert _read(tmp_path / "c.json").editions[0].scope is Scope.SAMPLE


PARTS = [
    attrs.evolve(EDITION, missing=("ADD.CSV", "3 of the 28 entries that it declares")),
    attrs.evolve(EDITION, scope=Scope.CUSTOM),
    attrs.evolve(EDITION, scope=Scope.CUSTOM, filter="program='GLOMAG'", missing=("ALT.CSV",)),
    attrs.evolve(EDITION, scope=Scope.SAMPLE, missing=("ALT.CSV",)),
]


@pytest.mark.parametrize("suffix", [".json", ".jsonl", ".jsonl.gz"])
@pytest.mark.parametrize("part", PARTS, ids=lambda one: one.label)
@pytest.mark.parametrize("is_of_entities", [True, False])
def test_a_part_stays_a_part(
    tmp_path: Path, suffix: str, part: Edition, is_of_entities: bool
) -> None:
    """What is missing, and a scope that is not whole, stay through any number of files."""
    own = part if is_of_entities else None
    parties: list[Entity] = [attrs.evolve(one, edition=own) for one in PARTIES]
    made = sl.SanctionsList(parties, part)
    path = tmp_path / f"a{suffix}"
    for _ in range(2):
        made.write(path)
        made = sl.read(path)
        assert made.editions == (part,)
        assert [one.edition for one in made] == [part, part]
        assert made.editions[0].label == part.label

    scope = Scope.SAMPLE if part.is_sample else Scope.CUSTOM
    for _ in range(2):
        made = made.where(kind=Person)
        made.write(path)
        made = sl.read(path)
        (found,) = made.editions
        assert (found.scope, found.missing) == (scope, part.missing)
        assert found.filter is not None
        assert found.filter.startswith(part.filter or "kind=Person")
        assert [one.edition for one in made] == [found]

    made = sl.SanctionsList(made)  # its editions are those of the entities only
    made.write(path)
    (found,) = sl.read(path).editions
    assert (found.scope, found.missing) == (scope, part.missing)


@pytest.mark.parametrize("part", PARTS, ids=lambda one: one.label)
def test_a_part_beside_the_whole_list(tmp_path: Path, part: Edition) -> None:
    """An entity of a part stays one of the part, also where the whole list is written with it."""
    mixed = [attrs.evolve(PARTIES[0], edition=part), PARTIES[1]]
    for name in ("a.json", "a.jsonl"):
        write(mixed, [EDITION], tmp_path / name)
        first, second = sl.read(tmp_path / name)
        assert second.edition == EDITION
        assert first.edition is not None
        assert first.edition.scope is (Scope.SAMPLE if part.is_sample else Scope.CUSTOM)
        assert first.edition.missing == part.missing


@pytest.mark.parametrize(
    "change",
    [
        {"supported_facts": frozenset({Fact.LIST})},
        {"alternative_sources": ((Fact.LIST, "ask"),)},
        {"lists": ("SDN",)},
    ],
    ids=str,
)
def test_an_edition_that_is_only_equal_was_not_given(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    """What an edition can state tells it from one that equals it: it is added, as a part."""
    own = attrs.evolve(EDITION, **change)
    assert own == EDITION
    write([attrs.evolve(PARTIES[0], edition=own)], [EDITION], tmp_path / "a.json")
    whole, part = _read(tmp_path / "a.json").editions
    assert _stated([whole]) == _stated([EDITION])
    assert part.scope is Scope.CUSTOM
    for name, value in change.items():
        assert getattr(part, name) == value


def test_editions_that_are_not_given(tmp_path: Path) -> None:
    """An edition that only the entities know is written, too, and as a part of its list."""
    write(PARTIES, [], tmp_path / "a.json")
    found = _read(tmp_path / "a.json")
    assert [(one.list_id, one.scope) for one in found.editions] == [("watch", Scope.CUSTOM)]
    other = attrs.evolve(EDITION, generated_at="later")
    without = attrs.evolve(PARTIES[1], edition=None)
    write((PARTIES[0], without), [other], tmp_path / "b.json")
    found = _read(tmp_path / "b.json")
    assert [one.scope for one in found.editions] == [Scope.WHOLE, Scope.CUSTOM]
    assert [one.edition and one.edition.scope for one in found.entities] == [Scope.CUSTOM, None]


def test_entities_without_an_edition_get_that_of_their_list(tmp_path: Path) -> None:
    """Entities of one's own, written with an edition, are of that edition when they are read."""
    own = [attrs.evolve(one, edition=None) for one in PARTIES]
    write(own, [EDITION], tmp_path / "a.jsonl")
    assert {one.edition for one in _read(tmp_path / "a.jsonl").entities} == {EDITION}


def test_what_cannot_be_written(tmp_path: Path) -> None:
    """Each mistake says what works instead, and leaves no file behind."""
    with pytest.raises(InvalidInputError, match=r"\.json, \.jsonl, \.ndjson, \.csv"):
        write(PARTIES, [], tmp_path / "a.xlsx")
    with pytest.raises(InvalidInputError, match="given twice"):
        write([PARTIES[0]] * 2, [], tmp_path / "a.json")
    with pytest.raises(InvalidInputError, match="holds no source"):
        write(PARTIES, [], tmp_path / "a.csv", keep_source=True)
    with pytest.raises(InvalidInputError, match="surrogate"):
        write([Vessel(id="watch:1", names=(Name(text="\ud800"),))], [], tmp_path / "a.json")
    with pytest.raises(InvalidInputError, match="digits"):
        write([Vessel(id="watch:1", names=(), tonnage=10**5000)], [], tmp_path / "a.json")
    with pytest.raises(InvalidInputError, match="bytes"):
        write([Vessel(id="watch:1", names=(b"A",))], [], tmp_path / "a.json")  # type: ignore[arg-type]
    with pytest.raises(InvalidInputError, match="NUL"):
        write(PARTIES, [], f"{tmp_path}/\0.json")
    with pytest.raises(UnwritableError, match="cannot be written"):
        write(PARTIES, [], tmp_path / "missing" / "a.json")
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(UnwritableError, match="cannot be written"):
        write(PARTIES, [], tmp_path / "folder.json")
    assert [one.name for one in tmp_path.iterdir()] == ["folder.json"]


def test_a_failure_keeps_what_was_there(tmp_path: Path) -> None:
    """A file is replaced as a whole: when writing fails, the old one stays as it was."""
    path = tmp_path / "a.json"
    write(PARTIES, [EDITION], path)
    path.chmod(0o600)
    before = path.read_bytes()
    with pytest.raises(InvalidInputError):
        write([*PARTIES, Vessel(id="watch:9", names=(Name(text="\ud800"),))], [EDITION], path)
    assert path.read_bytes() == before
    (tmp_path / "link.json").symlink_to(path)
    write(PARTIES[:1], [EDITION], tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert len(_read(path).entities) == 1
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_format_for_any_name(tmp_path: Path) -> None:
    """`format` says what to write where the suffix does not."""
    write(PARTIES, [EDITION], tmp_path / "export.txt", format="jsonl")
    assert read_jsonl((tmp_path / "export.txt").read_bytes()).entities == PARTIES
    write(PARTIES, [EDITION], tmp_path / "export.gz", format="json")
    assert read_json(gzip.decompress((tmp_path / "export.gz").read_bytes())).entities == PARTIES


def test_names_as_csv(tmp_path: Path) -> None:
    """One row per name under a header, and the edition says that this is a part."""
    write(PARTIES, [EDITION], tmp_path / "a.csv", selection="kind=Person")
    assert not (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert list(found[0]) == list(NAME_COLUMNS)
    assert [(row["id"], row["name"], row["is_primary"]) for row in found] == [
        ("watch:1", "EXAMPLE TRADING LLC", "true"),
        ("watch:2", "EXAMPLE PERSON", "true"),
        ("watch:2", "'=EXAMPLE", "false"),
    ]
    assert (found[2]["name_kind"], found[2]["strength"]) == ("aka", "weak")
    assert {row["edition"] for row in found} == {
        "watch · date unknown · own · PART of the list: kind=Person"
    }


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_formulas_are_guarded(start: str) -> None:
    """A cell that a spreadsheet would run gets a ' before it, unless that is switched off."""
    party = Vessel(id="watch:1", names=(Name(text=f"{start}HYPERLINK(1)"),))
    for guard in (True, False):
        text = "".join(name_lines([party], guard_formulas=guard))
        (row,) = csv.DictReader(text.splitlines(keepends=True))
        assert row["name"] == ("'" if guard else "") + party.name


SIGNS = "=+-@﹢﹣﹦﹫＝＋－＠"


def _run_as_formulas(cell: str, divides: str) -> list[str]:
    """What a program runs that divides at this character and takes no notice of quotes inside."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(["watch:1", cell, "end"])
    pieces = re.split(f"[{divides}\\r\\n]", buffer.getvalue())
    over = {*' "\xa0\u200b\u202e\ufeff\0'}
    starts = ("".join(one for one in piece if one not in over)[:1] for piece in pieces)
    return [one for one in starts if one and one in SIGNS]


@pytest.mark.parametrize(
    "over", ["", " ", "  ", '"', ' "', "\xa0", "\u200b", "\u202e", "\ufeff", "\0"]
)
@pytest.mark.parametrize("before", [";", "|", "\t", "\n", "\r", "\r\n", ";;", "\x85", "\u2028"])
def test_formulas_inside_of_a_cell_are_guarded(before: str, over: str) -> None:
    """Neither does a program that begins another cell within one, or passes over what is blank."""
    for sign in SIGNS:
        for cell in (f"EXAMPLE{before}{over}{sign}1", f"{over}{sign}1", f"{before}{over}{sign}1"):
            for divides in (";", "|", "\t", ";|\t", "\x85\u2028"):
                assert not _run_as_formulas(guarded(cell), divides)
            assert guarded(cell).replace("'", "") == cell  # nothing else is changed
    divides = {"\x85": "\x85", "\u2028": "\u2028"}.get(before, ";|\\t")
    assert _run_as_formulas(f"EXAMPLE{before}{over}=1", divides)


@pytest.mark.parametrize(
    "cell",
    [
        "AL-EXAMPLE, Jane; EXAMPLE-DOE",
        "EXAMPLE + SONS; A=B; x@example.org",
        "1999-12-31; 2000-01-01",
        'O\'EXAMPLE; EXAMPLE (a.k.a. "EXAMPLE"); Example',
        "us_ofac_sdn · 2021-12-10 · SAMPLE, not the whole list; us_ofac_cons · 2021-12-10",
    ],
)
def test_what_is_no_formula_stays(cell: str) -> None:
    """Signs within names and dates are left alone."""
    assert guarded(cell) == cell


def test_guarding_is_linear() -> None:
    """A text of a million separators, blanks or quotes is guarded without going back over it."""
    for piece in (" ", ";", "; ", "\t", '"', ";\xa0", "\0"):
        assert guarded(piece * 1_000_000 + "x").endswith("x")


def test_a_party_without_names_has_a_row() -> None:
    """No party vanishes from the table because it has no name; an unread word stands as it is."""
    nameless = Vessel(id="watch:1", names=(), source=Source((), ()))
    unread = Vessel(id="watch:2", names=(Name(text="A", kind=None, raw_kind="n.n."),))
    found = list(csv.DictReader(name_lines([nameless, unread])))
    assert [(row["id"], row["name"], row["name_kind"]) for row in found] == [
        ("watch:1", "", ""),
        ("watch:2", "A", "n.n."),
    ]
