"""The JSON Schema that is shipped is the one of the classes, and files are as it says."""

from __future__ import annotations

import json
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from quick import examples

from sanctionslib.export import json_schema, write
from sanctionslib.model import Edition, Entity, Name, NameKind, Vessel

from .strategies import lists

SHIPPED = files("sanctionslib.export").joinpath("data", "entities-1.schema.json")


def _closed(value: Any) -> Any:
    """The schema, refusing keys that it does not name."""
    if isinstance(value, list):
        return [_closed(one) for one in value]
    if not isinstance(value, dict):
        return value
    found = {name: _closed(one) for name, one in value.items()}
    return found | {"additionalProperties": False} if "properties" in value else found


def test_the_shipped_schema_is_the_generated_one() -> None:
    """After a change of the model, write the file again and look at what has changed.

    The text is `json.dumps(json_schema(), ensure_ascii=False, indent=2)` and a line break.
    """
    assert json.loads(SHIPPED.read_text("utf-8")) == json_schema()


def test_the_schema_says_what_the_classes_say() -> None:
    """Types, defaults and descriptions are those of the attrs fields."""
    kind = json_schema()["$defs"]["Name"]["properties"]["kind"]  # type: ignore[index,call-overload]
    assert kind == {
        "anyOf": [{"$ref": "#/$defs/NameKind"}, {"type": "null"}],
        "default": "primary",
        "description": "Its role; None where the source says something that we do not know "
        "(see `raw_kind`).",
    }


def test_it_is_a_schema() -> None:
    """It is valid itself, and refuses what is no list of ours."""
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(json_schema())
    validator = jsonschema.Draft202012Validator(json_schema())
    good = {"schema": "sanctionslib/entities/1", "library": "0", "editions": [], "count": 1}
    vessel = {"kind": "vessel", "id": "a:1", "names": []}
    assert validator.is_valid(good | {"entities": [vessel]})
    assert not validator.is_valid(good)
    assert not validator.is_valid(good | {"entities": [vessel | {"kind": "ship"}]})
    assert not validator.is_valid(good | {"entities": [vessel | {"tonnage": "7"}]})
    assert not validator.is_valid(good | {"entities": [vessel | {"names": [{}]}]})


@examples(50)
@given(made=lists(keep_source=True))
def test_written_files_are_valid(made: tuple[list[Entity], list[Edition]]) -> None:
    """What `write` writes is what the schema says, with no key that it does not name."""
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(_closed(json_schema()))
    with tempfile.TemporaryDirectory() as folder:
        write(*made, Path(folder, "a.json"), selection="a part", keep_source=True)
        validator.validate(json.loads(Path(folder, "a.json").read_bytes()))


def test_defaults_are_left_out(tmp_path: Path) -> None:
    """A primary name is written as its text alone; another role is said."""
    names = (Name(text="A"), Name(text="B", kind=NameKind.AKA), Name(text="C", kind=None))
    write([Vessel(id="a:1", names=names)], [], tmp_path / "a.json")
    written = json.loads((tmp_path / "a.json").read_bytes())["entities"][0]["names"]
    assert written == [{"text": "A"}, {"text": "B", "kind": "aka"}, {"text": "C", "kind": None}]
