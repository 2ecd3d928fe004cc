"""The command, run in this process, and files for it to read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from inspect import signature
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import CliRunner, Result
from commands import stop

from sanctionslib import samples
from sanctionslib.cli import _app
from sanctionslib.cli._exit import Exit

Run = Callable[..., Result]

# The oldest click that we allow mixes standard error into standard output unless it is told.
SEPARATE = {"mix_stderr": False} if "mix_stderr" in signature(CliRunner).parameters else {}


@pytest.fixture
def run() -> Run:
    """Run the command with these words; whatever is not a message and an exit code fails the test."""

    class Entry:
        """What the runner takes for a command of click: all that `main` runs."""

        @staticmethod
        def main(args: Sequence[str], prog_name: str) -> NoReturn:
            sys.exit(int(_app.run(args)))

    def call(*words: str, stdin: bytes | None = None) -> Result:
        result = CliRunner(**SEPARATE).invoke(Entry, words, input=stdin, prog_name="sanctionslib")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


@pytest.fixture(autouse=True)
def _environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive in which nothing is, no usual list, and lines as wide as they are without a terminal."""
    monkeypatch.setenv("SANCTIONSLIB_HOME", str(tmp_path / "no-home"))
    for name in ("SANCTIONSLIB_LIST", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the archive, in which nothing is yet; no command has to name it."""
    home = tmp_path / "home"
    monkeypatch.setenv("SANCTIONSLIB_HOME", str(home))
    return home


@pytest.fixture
def sdn(tmp_path: Path) -> Path:
    """The sample as a file that somebody downloaded."""
    path = tmp_path / "SDN.XML"
    path.write_bytes(samples.open_sample())
    return path


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """The same with one entry whose kind nobody knows."""
    path = tmp_path / "SDN.XML"
    data = samples.open_sample()
    path.write_bytes(data.replace(b"<sdnType>Entity<", b"<sdnType>Spaceship<", 1))
    return path


@pytest.fixture
def interrupted(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Interrupt a screening of c.csv to this file behind five records."""

    def half(out: str) -> None:
        with monkeypatch.context() as patch:
            stop(patch, 6, KeyboardInterrupt())
            words = ("screen", "c.csv", "--out", out, "--sample")
            assert run(*words).exit_code == Exit.INTERRUPTED

    return half
