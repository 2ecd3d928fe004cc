"""The top level: every name, from the right package, for people and for type checkers alike."""

from __future__ import annotations

import ast
import importlib
import inspect
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import sanctionslib as sl

MODULES = (
    *("answers", "catalog", "display", "errors", "export"),
    *("matching", "model", "parsers", "reference"),
)


def _static_imports() -> dict[str, str]:
    """The names that a type checker sees, with the package that each comes from; "" for a package."""
    tree = ast.parse(Path(sl.__file__).read_text("utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    assert ast.unparse(block.test) == "TYPE_CHECKING"
    found: dict[str, str] = {}
    for node in block.body:
        assert isinstance(node, ast.ImportFrom)
        assert node.module is not None
        for alias in node.names:
            assert alias.asname == alias.name, (
                "without it, checkers take the name for a private one"
            )
            found[alias.name] = node.module.removeprefix("sanctionslib").removeprefix(".")
    return found


STATIC = _static_imports()
HOMES = {name: module for name, module in STATIC.items() if module}


def test_checkers_see_what_python_sees() -> None:
    """The names of `import *` and `dir` are those of the block for type checkers, each once."""
    assert STATIC == sl._HOMES
    assert sl.__all__ == [*sorted(HOMES), "__version__"]
    assert {name for name, module in STATIC.items() if not module} == set(MODULES)
    assert dir(sl) == sorted([*HOMES, *MODULES, "__version__"])
    assert len(HOMES) <= 75


@pytest.mark.parametrize("name", HOMES)
def test_every_name_is_the_object_of_its_package(name: str) -> None:
    """A name of the top level is the very object that its package offers publicly."""
    found = getattr(sl, name)
    package = importlib.import_module(f"sanctionslib.{HOMES[name]}")
    assert found is getattr(package, name)
    assert name in package.__all__
    assert vars(sl)[name] is found


def test_packages_are_attributes() -> None:
    """After `import sanctionslib`, without another import."""
    code = f"import sanctionslib as sl; print(*(getattr(sl, name).__name__ for name in {MODULES}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == [f"sanctionslib.{name}" for name in MODULES]


def test_what_is_not_offered_is_in_a_package() -> None:
    """Every error, class of the model and answer can be had from its package."""
    for name in ("answers", "errors", "model"):
        package = getattr(sl, name)
        assert {one for one in HOMES if HOMES[one] == name} <= set(package.__all__)
        assert all(hasattr(package, one) for one in package.__all__)


def test_star_import() -> None:
    """`import *` gives exactly the public names."""
    names: dict[str, object] = {}
    exec("from sanctionslib import *", names)
    assert set(names) - {"__builtins__"} == set(sl.__all__)


@pytest.mark.parametrize("name", ["raed", "_nothing", "Any", "lxml", "Hits"])
def test_unknown_names(name: str) -> None:
    """A misspelled name is an AttributeError that says it, as of any module."""
    with pytest.raises(AttributeError, match=f"module 'sanctionslib' has no attribute '{name}'"):
        getattr(sl, name)
    assert not hasattr(sl, name)


def test_classes_pickle_by_name() -> None:
    """A class reached through the top level pickles, and comes back as itself."""
    for one in (sl.Person, sl.SanctionsList, sl.NotFoundError, sl.Scope, sl.errors.Where):
        assert pickle.loads(pickle.dumps(one)) is one


@pytest.mark.parametrize("name", ["load", "fetch", "lists"])
def test_shortcuts_are_methods_of_the_default_archive(name: str) -> None:
    """Their signature and documentation are written once."""
    function = getattr(sl, name)
    assert function.__self__ == sl.Archive()
    assert inspect.getdoc(function) == inspect.getdoc(getattr(sl.Archive, name))
    assert "self" not in inspect.signature(function).parameters


@pytest.mark.parametrize(
    ("name", "not_loaded"),
    [
        ("NotFoundError", {"attrs", "lxml", "rapidfuzz", "cattrs"}),
        ("Person", {"lxml", "rapidfuzz", "cattrs", "requests"}),
        ("programs", {"lxml", "rapidfuzz", "cattrs", "requests"}),
        ("Archive", {"requests"}),
    ],
)
def test_a_name_loads_its_package_alone(name: str, not_loaded: set[str]) -> None:
    """Who catches an error or builds an entity does not load the parsers."""
    code = f"import sanctionslib as sl, sys; sl.{name}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "sanctionslib" in loaded
    assert not loaded & not_loaded


def test_what_we_wrote_is_read_and_searched_without_lxml_and_requests(tmp_path: Path) -> None:
    """As in a browser, where they cannot be installed."""
    path = tmp_path / "sample.jsonl"
    sl.sample().write(path)
    code = (
        "import sys; sys.modules.update(dict.fromkeys(['lxml', 'requests', 'filelock', 'platformdirs']));"
        f"import sanctionslib as sl; sdn = sl.read({str(path)!r});"
        "hit = sdn.search('Rapid Action Batalion')[0]; sdn.why(hit.entity)._repr_html_(); print(hit.entity.id)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "us_ofac_sdn:33951"
