"""Conventions that no linter knows. (Who may import whom is held by `make lint`.)"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from quick import all_but, crossed, few

import sanctionslib

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "sanctionslib"
CI = ROOT / ".ci" / "run"
PUBLIC_PACKAGES = ("model", "answers", "query", "api", "catalog", "archive")


def _modules(*packages: str) -> Iterator[Path]:
    for package in packages:
        path = SOURCE / package
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def _names(paths: Iterator[Path]) -> list[object]:
    return [pytest.param(p, id=str(p.relative_to(ROOT))) for p in paths]


def test_the_installed_wheel_is_tested() -> None:
    """What is tested is what users get: the wheel in site-packages, not the checkout."""
    installed = Path(sanctionslib.__file__).resolve()
    assert "site-packages" in installed.parts, f"{installed} is the checkout: run `make test`"


@pytest.mark.parametrize("path", _names(_modules(".")))
def test_no_module_is_too_long(path: Path) -> None:
    """A module over 600 lines is divided."""
    assert len(path.read_text("utf-8").splitlines()) <= 600


def _says_any(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in ("typing", "typing_extensions"):
            yield from (node.lineno for alias in node.names if alias.name == "Any")
        elif isinstance(node, ast.Attribute) and node.attr == "Any":
            yield node.lineno


def _public_modules() -> Iterator[Path]:
    for path in _modules(*PUBLIC_PACKAGES):
        if path.name == "__init__.py" or not path.name.startswith("_"):
            yield path


@pytest.mark.parametrize("path", _names(_public_modules()))
def test_no_any_in_public_packages(path: Path) -> None:
    """The packages whose classes and functions users meet never say `Any`."""
    lines = list(_says_any(ast.parse(path.read_text("utf-8"))))
    assert not lines, f"{path.relative_to(ROOT)} says Any in lines {lines}"


def test_no_open_keywords_in_public_signatures() -> None:
    """No public function or method takes `**kwargs`: a misspelled keyword is an error.

    Overloads are not called; there a `TypedDict` may say the keywords for the type checkers.
    """
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in _public_modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.args.kwarg
        and not node.name.startswith("_")
        and not any(ast.unparse(one) == "overload" for one in node.decorator_list)
    ]
    assert not found


_ADDRESS = re.compile(r"https?://([\w.-]+\w)")
_NO_SERVERS = {
    ("parsers/_engine/xml_entries.py", "www.w3.org"): "the name of an XML namespace",
    ("display/svg.py", "www.w3.org"): "the name of the XML namespace of SVG",
    ("export/schema.py", "json-schema.org"): "the name of the dialect of JSON Schema",
}
"""Addresses outside the catalog that are names, with what they name: nothing is fetched there."""


def test_only_the_catalog_has_addresses() -> None:
    """Whatever is asked for over the network stands in `catalog/data`; `.example` is nowhere."""
    found = {
        (path.relative_to(SOURCE).as_posix(), host)
        for path in _modules(".")
        for host in _ADDRESS.findall(path.read_text("utf-8"))
        if not host.endswith(".example")
    }
    assert found == set(_NO_SERVERS)


def test_bare_import_loads_nothing_else() -> None:
    """`import sanctionslib` loads its own `__init__` and `_version`, and no third-party module."""
    code = (
        "import sys; before = set(sys.modules); import sanctionslib, json;"
        "print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    run = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    )
    loaded = json.loads(run.stdout)
    ours = {name for name in loaded if name.partition(".")[0] == "sanctionslib"}
    assert "sanctionslib" in ours
    assert ours <= {"sanctionslib", "sanctionslib._version"}
    others = {name.partition(".")[0] for name in loaded} - sys.stdlib_module_names
    assert others <= {"sanctionslib"}


# ── the suite ─────────────────────────────────────────────────────────────────────────────────


def test_what_reads_whole_lists_is_slow(request: pytest.FixtureRequest) -> None:
    """No test of this run has the fixture `lists` without the mark that `make test` leaves out."""
    quick = [
        one.nodeid
        for one in request.session.items
        if "lists" in getattr(one, "fixturenames", ()) and not one.get_closest_marker("slow")
    ]
    assert quick == []


def test_the_mark_comes_with_the_fixture(request: pytest.FixtureRequest, lists: Path) -> None:
    """Also where a test has no mark of its own."""
    assert request.node.get_closest_marker("slow")


def test_make_test_is_quick_and_test_all_is_everything() -> None:
    """One leaves out what is slow, the other nothing, and `make help` names both."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = dict(re.findall(r"^([a-z-]+):.*## .*\n((?:[^.\n].*\n)*)", makefile, re.MULTILINE))
    assert '$(SUITE) -m "not slow"' in targets["test"]
    assert targets["test-all"].startswith("\t$(SUITE) --cov --cov-report=\n")
    for target in ("test", "test-all"):
        assert "check_bare_wheel.py" in targets[target]


@pytest.mark.skipif(not CI.is_file(), reason="a source distribution does not have it")
def test_ci_runs_everything() -> None:
    """What `make test` leaves out is run before a change comes in."""
    (targets,) = re.findall(r"^make (.+)", CI.read_text("utf-8"), re.MULTILINE)
    assert targets.split() == ["lint", "types", "docs", "test-all", "demo"]


def _quick(parameters: list[Any]) -> list[Any]:
    return [one for one in parameters if not getattr(one, "marks", ())]


def test_what_stays_quick() -> None:
    """Of a long matrix each value is in a pair, and of a long row the first and the last."""
    pairs: list[Any] = crossed("abc", "vwxyz")
    assert [one.values for one in pairs] == list(product("abc", "vwxyz"))
    quick = [one.values for one in _quick(pairs)]
    assert len(quick) == 5
    assert set("".join(map("".join, quick))) == set("abcvwxyz")
    assert _quick(few(range(10), 3)) == [0, 4, 9]
    assert _quick(few(range(10), 1)) == [0]
    assert len(few(range(10), 3)) == 10
    assert _quick(all_but("abc", "b")) == ["a", "c"]
    assert len(all_but("abc", "b")) == 3
