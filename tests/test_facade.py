"""The public façade: every name, from the right room, for people and for type checkers alike."""

from __future__ import annotations

import ast
import importlib
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import sanctionslib as sl

SOURCE = ast.parse(Path(sl.__file__).read_text("utf-8"))
ROOMS = {name: room for room, names in sl._ROOMS.items() for name in names}


def _static_imports() -> dict[str, str]:
    """The names that a type checker sees, with the room that they come from."""
    (block,) = (
        node
        for node in SOURCE.body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    )
    found: dict[str, str] = {}
    for node in block.body:
        assert isinstance(node, ast.ImportFrom)
        assert node.module is not None
        for alias in node.names:
            assert alias.asname in (None, alias.name), "names keep their names"
            found[alias.name] = node.module.removeprefix("sanctionslib.")
    return found


def test_the_three_lists_agree() -> None:
    """What checkers see, what `import *` gives and what is loaded on demand are the same names."""
    assert _static_imports() == ROOMS
    assert set(sl.__all__) == {*ROOMS, "__version__"}
    assert sum(len(names) for names in sl._ROOMS.values()) == len(ROOMS)


def test_all_is_sorted() -> None:
    """Names stand once and in the linter's order (constants, classes, others), rooms by name."""

    def order(name: str) -> tuple[bool, bool, str]:
        return not name.isupper(), not name[0].isupper(), name

    assert list(sl.__all__) == sorted(set(sl.__all__), key=order)
    assert list(sl._ROOMS) == sorted(sl._ROOMS)
    for names in sl._ROOMS.values():
        assert list(names) == sorted(set(names), key=order)


@pytest.mark.parametrize("name", sl.__all__)
def test_every_name_is_the_object_of_its_room(name: str) -> None:
    """A name of the façade is the very object that its room offers publicly."""
    found = getattr(sl, name)
    if name == "__version__":
        assert found == importlib.import_module("sanctionslib._version").__version__
        return
    room = importlib.import_module(f"sanctionslib.{ROOMS[name]}")
    assert found is getattr(room, name)
    assert name in room.__all__
    assert getattr(sl, name) is found
    assert vars(sl)[name] is found


@pytest.mark.parametrize("room", ["answers", "model", "query"])
def test_rooms_are_offered_whole(room: str) -> None:
    """What these rooms offer, the façade offers."""
    offered = set(importlib.import_module(f"sanctionslib.{room}").__all__)
    assert offered == set(sl._ROOMS[room])


def test_all_errors_are_offered() -> None:
    """Every error and warning can be caught through the façade."""
    assert set(importlib.import_module("sanctionslib.errors").__all__) == set(sl._ROOMS["errors"])


def test_dir() -> None:
    """`dir()` shows the public names and nothing else."""
    assert dir(sl) == sorted(sl.__all__)


def test_star_import() -> None:
    """`import *` gives exactly the public names."""
    names: dict[str, object] = {}
    exec("from sanctionslib import *", names)
    assert set(names) - {"__builtins__"} == set(sl.__all__)


@pytest.mark.parametrize("name", ["raed", "_nothing", "Any", "lxml"])
def test_unknown_names(name: str) -> None:
    """A misspelled name is an AttributeError that says it, as of any module."""
    with pytest.raises(AttributeError, match=f"module 'sanctionslib' has no attribute '{name}'"):
        getattr(sl, name)
    assert not hasattr(sl, name)


def test_classes_pickle_by_name() -> None:
    """A class reached through the façade pickles, and comes back as itself."""
    for one in (sl.Person, sl.SanctionsList, sl.NotFoundError, sl.Scope, sl.errors.Where):
        assert pickle.loads(pickle.dumps(one)) is one


@pytest.mark.parametrize(
    ("name", "not_loaded"),
    [
        ("NotFoundError", {"attrs", "lxml", "rapidfuzz", "cattrs"}),
        ("Person", {"lxml", "rapidfuzz", "cattrs", "requests"}),
        ("programs", {"lxml", "rapidfuzz", "cattrs", "requests"}),
    ],
)
def test_a_name_loads_its_room_alone(name: str, not_loaded: set[str]) -> None:
    """Who catches an error or builds a party does not load the parsers."""
    code = f"import sanctionslib as sl, sys; sl.{name}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "sanctionslib" in loaded
    assert not loaded & not_loaded
