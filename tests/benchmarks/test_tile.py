"""The large files that the benchmarks read are consistent, as a real list is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

import pytest

import sanctionslib as sl
from sanctionslib.samples import open_sample

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


Tile: TypeAlias = Callable[[Path, Path, int], int]


@pytest.fixture(scope="module")
def tile(module: Callable[[str], ModuleType]) -> Tile:
    """The function of `benchmarks/tile.py`."""
    return module("tile").tile


FILES = {
    "SDN.XML": lambda: open_sample(),
    "SDN_ENHANCED.XML": lambda: open_sample(list_id="us_ofac_sdn"),
    "SDN_ADVANCED.XML": lambda: (
        ROOT / "tests" / "parsers" / "data" / "every_element_advanced.xml"
    ).read_bytes(),
}


@pytest.mark.parametrize("name", FILES)
def test_tiles_are_read_whole(name: str, tile: Tile, tmp_path: Path) -> None:
    """Each tile gives the same parties again: other keys and names, as many facts, no fault."""
    source, target = tmp_path / "one" / name, tmp_path / name
    source.parent.mkdir()
    source.write_bytes(FILES[name]())
    times = tile(source, target, 4 * source.stat().st_size)
    one, many = list(sl.read(source)), sl.read(target)
    assert times >= 3
    assert 0.6 < target.stat().st_size / (4 * source.stat().st_size) < 1.4
    assert len(many) == times * len(one)
    assert not many.audit.issues
    entities = list(many)
    assert len({entity.id for entity in entities}) == len(entities)
    for at, entity in enumerate(entities):
        same = one[at % len(one)]
        assert type(entity) is type(same)
        assert _facts(entity) == _facts(same)
        if at < len(one):
            assert entity == same
        else:
            assert entity.id != same.id
            assert entity.name != same.name


@pytest.mark.parametrize("name", FILES)
def test_references_stay_in_their_tile(name: str, tile: Tile, tmp_path: Path) -> None:
    """A party of a tile is linked to the parties of that tile, as in the file that was tiled."""
    source, target = tmp_path / "one" / name, tmp_path / name
    source.parent.mkdir()
    source.write_bytes(FILES[name]())
    tile(source, target, 4 * source.stat().st_size)
    one, many = sl.read(source), sl.read(target)
    assert _links(one)
    tiles = len(many) // len(one)
    linked = _links(many)
    expected = [
        (number * len(one) + at, number * len(one) + to)
        for number in range(tiles)
        for at, to in _links(one)
    ]
    assert linked == expected


def _facts(entity: sl.Entity) -> tuple[object, ...]:
    """What must be equal in every tile: vocabulary, dates, and how much there is of the rest."""
    return (
        Counter((name.kind, name.strength, len(name.text)) for name in entity.names),
        [address.country for address in entity.addresses],
        [(one.kind, one.raw_kind, one.country) for one in entity.identifiers],
        [(one.kind, one.label, one.date) for one in entity.features],
        [one.kind for one in entity.relations],
        entity.programs,
        entity.listed_since,
    )


def _links(entities: sl.SanctionsList[sl.Entity]) -> list[tuple[int, int]]:
    """From which party to which, by their positions."""
    at = {entity.id: number for number, entity in enumerate(entities)}
    return [
        (at[entity.id], at[found.id])
        for entity in entities
        for relation in entity.relations
        for found in entities.resolve(relation.to)
    ]
