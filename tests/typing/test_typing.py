"""What type checkers say of code that uses the library: right code passes, wrong code fails.

`ok/` holds scripts as people write them; they pass mypy and pyright, both strict, and they run.
Each script of `wrong/` has one mistake, on the line that ends with `# error`.
"""

from __future__ import annotations

import functools
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from quick import few

import sanctionslib

HERE = Path(__file__).parent
OK, WRONG = sorted((HERE / "ok").glob("*.py")), sorted((HERE / "wrong").glob("*.py"))
PACKAGES = Path(sanctionslib.__file__).parents[1]
VERSION = "{}.{}".format(*sys.version_info[:2])

Faults = dict[str, dict[int, list[str]]]
"""File name → line → messages."""


def _run(*command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@functools.cache
def _mypy(folder: Path) -> Faults:
    if importlib.util.find_spec("mypy") is None:
        pytest.skip("mypy is not installed: pip install mypy")
    config = folder / "mypy.ini"
    config.write_text("[mypy]\n", "utf-8")
    # A checkout is no installed package; one in site-packages is found there.
    path = {} if PACKAGES.name == "site-packages" else {"MYPYPATH": str(PACKAGES)}
    done = _run(
        *(sys.executable, "-m", "mypy", "--strict", "--config-file", str(config)),
        *("--cache-dir", str(folder / "mypy"), "--no-error-summary", "--no-color-output"),
        *("--hide-error-context", "--no-pretty"),
        *("ok", "wrong"),
        cwd=folder,
        **path,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    found: Faults = defaultdict(lambda: defaultdict(list))
    for line in done.stdout.splitlines():
        if place := re.match(r"(?:ok|wrong)[/\\](\w+\.py):(\d+): error: (.*)", line):
            found[place[1]][int(place[2])].append(place[3])
    return found


@functools.cache
def _pyright(folder: Path) -> Faults:
    if importlib.util.find_spec("pyright") is None:
        pytest.skip("pyright is not installed: pip install 'pyright[nodejs]'")
    started = _run(sys.executable, "-m", "pyright", "--version", cwd=folder)
    if started.returncode:
        pytest.skip(f"pyright does not start here: {started.stderr.strip()[-200:]}")
    config = folder / "pyrightconfig.json"
    settings = {
        "include": ["ok", "wrong"],
        "extraPaths": [str(PACKAGES)],
        "typeCheckingMode": "strict",
        "pythonVersion": VERSION,
    }
    config.write_text(json.dumps(settings), "utf-8")
    done = _run(
        *(sys.executable, "-m", "pyright", "--outputjson", "--project", str(config)),
        *("--pythonpath", sys.executable),
        cwd=folder,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert report["summary"]["filesAnalyzed"] == len(OK) + len(WRONG)
    found: Faults = defaultdict(lambda: defaultdict(list))
    for one in report["generalDiagnostics"]:
        if one["severity"] in ("error", "warning"):
            line = one["range"]["start"]["line"] + 1
            found[Path(one["file"]).name][line].append(one["message"])
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts in a folder outside the project, so that none of its settings count."""
    folder = tmp_path_factory.mktemp("typing")
    for name in ("ok", "wrong"):
        shutil.copytree(HERE / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture(params=[_mypy, _pyright], ids=["mypy", "pyright"])
def faults(request: pytest.FixtureRequest, folder: Path) -> Faults:
    """What one of the checkers says of all scripts; each runs once."""
    found: Faults = request.param(folder)
    return found


def _marked(script: Path) -> list[int]:
    lines = script.read_text("utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if line.endswith("# error")]


def _each(scripts: list[Path], *, quick: int | None = None) -> pytest.MarkDecorator:
    given = few(scripts, len(scripts) if quick is None else quick)
    return pytest.mark.parametrize("script", given, ids=[one.stem for one in scripts])


def test_there_are_scripts() -> None:
    """No script is lost, and each wrong one marks one line, its last."""
    assert (len(OK), len(WRONG)) == (16, 9)
    assert [_marked(one) for one in OK] == [[]] * 16
    for one in WRONG:
        assert _marked(one) == [len(one.read_text("utf-8").splitlines())]


@pytest.mark.slow
@_each(OK)
def test_right_code_passes(script: Path, faults: Faults) -> None:
    """A script as people write it has no error in strict mode."""
    assert dict(faults[script.name]) == {}


@pytest.mark.slow
@_each(WRONG)
def test_wrong_code_fails(script: Path, faults: Faults) -> None:
    """A mistake is an error on its own line, and on no other."""
    assert sorted(faults[script.name]) == _marked(script)


@_each(OK, quick=4)
def test_right_code_runs(script: Path, tmp_path: Path) -> None:
    """The same script runs, warnings being errors, in an empty folder."""
    done = _run(
        *(sys.executable, "-W", "error", str(script)),
        cwd=tmp_path,
        PYTHONPATH=str(PACKAGES),
        PYTHONIOENCODING="utf-8",
    )
    assert done.returncode == 0, done.stderr


@_each(WRONG, quick=2)
def test_wrong_code_does_not_run(script: Path, tmp_path: Path) -> None:
    """Who does not use a checker learns of the same mistake when the line runs."""
    done = _run(sys.executable, str(script), cwd=tmp_path, PYTHONPATH=str(PACKAGES))
    assert done.returncode == 1
    assert f'{script}", line {_marked(script)[0]}' in done.stderr
    assert re.search(
        r"^\S*(TypeError|AttributeError|KeyError|FrozenInstanceError)", done.stderr, re.M
    )
