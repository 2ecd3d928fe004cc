"""The registry of fields: whatever needs to know of a field takes it from its declaration."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

import sanctionslib
from sanctionslib import model
from sanctionslib.model import (
    Country,
    Entity,
    Event,
    EventKind,
    Identifier,
    IdentifierKind,
    Measure,
    MeasureKind,
    Name,
    NameKind,
    PartialDate,
    Person,
    Relation,
    RelationKind,
)
from sanctionslib.model.fields import fields_of

from ..export.strategies import CLASSES

FIELD = '''
    missions: tuple[Country, ...] = attrs.field(
        default=(), metadata=about("mission", fact=Fact.TITLE, column="missions")
    )
    """Countries where the person was accredited."""
'''
CHECK = """
import json, sys, tempfile
from pathlib import Path
import sanctionslib as sl
from sanctionslib.answers import Audit
from sanctionslib.archive.checks import figures_of
from sanctionslib.export import json_schema
from sanctionslib.model.fields import fields_of
from sanctionslib.parsers import Parsed
from sanctionslib.parsers._engine.fields import FACTS
from sanctionslib.parsers.parsed_copy import from_bytes, to_bytes

plain = sl.Person(id="watch:1", names=(sl.Name(text="A"),))
one = sl.Person(id="watch:1", names=(sl.Name(text="A"),), missions=(sl.Country(code="BD"),))
assert one != plain
assert one == sl.Person(id="watch:1", names=(sl.Name(text="A"),), missions=one.missions)
assert fields_of(sl.Person)[-1].label == "mission"
assert sl.from_dict(json.loads(json.dumps(sl.to_dict(one)))).missions == one.missions
for form in ("json", "jsonl"):
    path = Path(tempfile.mkdtemp(), f"a.{form}")
    sl.SanctionsList([one]).write(path)
    assert sl.read(path)["1"].missions == one.missions
copy = from_bytes(
    to_bytes(Parsed(entities=(one,), editions=(), audit=Audit()), {}), {}, largest=1 << 20
)
assert copy.entities[0].missions == one.missions
assert sl.SanctionsList([one]).rows()[0]["missions"] == "BD"
assert sl.SanctionsList([plain]).rows()[0]["missions"] is None
schema = json_schema()["$defs"]["Person"]["properties"]["missions"]
assert schema["description"] == "Countries where the person was accredited."
assert figures_of([one])["field missions"] == 1
assert FACTS["Person.missions"] is sl.Fact.TITLE
(amended,) = sl.diff(sl.SanctionsList([plain]), sl.SanctionsList([one])).amended
assert [(each.field, each.after) for each in amended.changes] == [("missions", one.missions[0])]
assert sl.from_dict(sl.to_dict(amended)) == amended
print("written once")
"""


def test_a_new_field_is_written_once(tmp_path: Path) -> None:
    """A field is added to `Person` in a copy of the library: nothing else need be written.

    Equality, label, JSON and JSON Lines, parsed copies, columns, schema, fill rates, facts and diffs
    have it.
    """
    shutil.copytree(Path(sanctionslib.__file__).parent, tmp_path / "sanctionslib")
    module = tmp_path / "sanctionslib" / "model" / "entity.py"
    before, positions, after = module.read_text("utf-8").partition("    positions: tuple[str, ...]")
    described, end, rest = after.partition('"""\n')
    assert positions
    module.write_text(before + positions + described + end + FIELD + rest, "utf-8")
    run = subprocess.run(
        [sys.executable, "-c", CHECK], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (run.stderr, run.stdout) == ("", "written once\n")


@pytest.mark.parametrize(
    ("unread", "read"),
    [
        (Country(raw="Crimea"), Country(raw="Crimea", code="UA")),
        (PartialDate(raw="1971?"), PartialDate.year(1971, raw="1971?")),
        (Name(text="A", kind=None, raw_kind="x"), Name(text="A", kind=NameKind.AKA, raw_kind="x")),
        (
            Identifier(value="1", raw_kind="x"),
            Identifier(value="1", raw_kind="x", kind=IdentifierKind.TAX),
        ),
        (Measure(kind=None, raw="x"), Measure(kind=MeasureKind.OTHER, raw="x")),
        (
            Event(kind=None, raw_kind="x", date=PartialDate.year(1)),
            Event(kind=EventKind.LISTED, raw_kind="x", date=PartialDate.year(1)),
        ),
        (
            Relation(to=model.EntityRef(name="A"), raw_kind="x"),
            Relation(to=model.EntityRef(name="A"), raw_kind="x", kind=RelationKind.FAMILY_OF),
        ),
        (
            Entity(id="a:1", names=(), raw_kind="x"),
            Person(id="a:1", names=(), raw_kind="x"),
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_classes_with_raw_text(unread: object, read: object) -> None:
    """Another raw text makes another value where there is no reading, and the same beside one."""
    (raw,) = (one.name for one in fields_of(type(unread)) if one.raw_of)
    assert attrs.evolve(unread, **{raw: "y"}) != unread  # type: ignore[type-var]
    assert attrs.evolve(read, **{raw: "y"}) == read  # type: ignore[type-var]
    assert unread != read


def test_labels_are_words() -> None:
    """One value in words: in the singular where a field holds several, without underscores."""
    labels = {one.name: one.label for one in fields_of(model.Designation)}
    assert labels["legal_bases"] == "legal basis"
    assert labels["listings"] == "list"
    assert labels["licence_policy"] == "licence policy"
    for kind in CLASSES:
        for one in fields_of(kind):
            assert one.label == one.label.lower().strip() != "", (kind, one.name)
            assert "_" not in one.label
