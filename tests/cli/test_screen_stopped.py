"""screen, interrupted and resumed: the same file in the end, and never that of something else."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import FIRM, SHIP, WATCH, put, records, stop
from filelock import FileLock
from quick import few

import sanctionslib as sl
from sanctionslib.cli import _resume, _screen
from sanctionslib.cli._exit import Exit
from sanctionslib.errors import Hint

SUFFIXES = ("jsonl", "csv", "md")


@pytest.fixture(autouse=True)
def customers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A customer file in an empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "c.csv"
    path.write_text(records(8), "utf-8")
    return path


def _files(but: str = "c.csv") -> list[str]:
    return sorted(one.name for one in Path().iterdir() if one.name != but)


@pytest.fixture
def half(interrupted) -> None:
    """A run that was interrupted behind five of eight records."""
    interrupted("r.csv")
    assert _files() == ["r.csv.part", "r.csv.part.json"]


@pytest.mark.slow
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_killed_at_random(run, suffix):
    """Killed again and again, wherever it is, the same command ends with the same bytes."""
    Path("c.csv").write_text(records(600), "utf-8")
    words = ["screen", "c.csv", "--sample", "--out", f"r.{suffix}"]
    assert run(*words[:-1], f"whole.{suffix}").exit_code == Exit.PROBLEMS
    part = Path(f"r.{suffix}.part")
    code = f"from sanctionslib.cli import _resume, main\n_resume._RECORDS = 40\nmain({words!r})\n"
    dice, step = random.Random(suffix), 70_000 if suffix == "csv" else 700_000
    kills, ended, reached = 0, None, 0
    while ended is None:
        # A bit further each time, and at last to the end.
        end = reached + dice.randrange(1, step) if kills < 3 else 1 << 60
        process = subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while process.poll() is None:
            with contextlib.suppress(FileNotFoundError):
                reached = part.stat().st_size
            if reached >= end:
                process.kill()
                process.wait()
                kills += 1
                break
            time.sleep(0.001)
        else:
            ended = process.returncode
    assert ended == Exit.PROBLEMS
    assert kills
    assert Path(f"r.{suffix}").read_bytes() == Path(f"whole.{suffix}").read_bytes()
    assert not [one for one in _files() if "part" in one]


@pytest.mark.slow
def test_killed_with_its_processes():
    """A killed run leaves no process behind, and one process resumes what several did."""
    Path("c.csv").write_text(records(3000), "utf-8")
    code = (
        "from sanctionslib.cli import _resume, main\n_resume._RECORDS = 40\n"
        "main('screen c.csv --sample --out r.csv --processes 2'.split())\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    state = Path("r.csv.part.json")
    while not (state.exists() and json.loads(state.read_text("utf-8"))["counts"]["records"]):
        assert process.poll() is None
        time.sleep(0.001)
    process.kill()
    # Its processes have the pipe too: it ends when the last of them does.
    process.communicate(timeout=60)
    assert process.returncode != Exit.PROBLEMS
    assert not Path("r.csv").exists()


@pytest.mark.parametrize("suffix", few(SUFFIXES, 1))
def test_resumes_from_every_record(run, monkeypatch, suffix):
    """Wherever a run was killed, with whatever behind what is certain, the end is the same."""
    saved = _resume.ResultFile.save
    snapshots: list[Path] = []

    def save(self: _resume.ResultFile) -> None:
        saved(self)
        folder = Path("..", f"{Path().resolve().name}-{suffix}-{len(snapshots)}")
        folder.mkdir()
        for name in _files():
            shutil.copy(name, folder)
        snapshots.append(folder)

    with monkeypatch.context() as patch:
        patch.setattr(_resume, "_RECORDS", 1)
        patch.setattr(_resume.ResultFile, "save", save)
        whole = run("screen", "c.csv", "--out", f"r.{suffix}", "--sample")
    expected = Path(f"r.{suffix}").read_bytes()
    assert len(snapshots) >= 8
    for number, folder in enumerate(snapshots):
        for name in _files():
            Path(name).unlink()
        for file in folder.glob("*.part*"):
            shutil.copy(file, file.name)
        part = Path(f"r.{suffix}.part")
        behind = (b"", b'{"schema": "sanc', b"a whole line\n\n", b"\0" * 50, b"1,C-1,\n")[
            number % 5
        ]
        part.write_bytes(part.read_bytes() + behind)
        again = run("screen", "c.csv", "--out", f"r.{suffix}", "--sample")
        assert again.exit_code == whole.exit_code
        assert again.stdout == whole.stdout
        assert Path(f"r.{suffix}").read_bytes() == expected
        assert _files() == [f"r.{suffix}"]


def test_interrupted(run, half, monkeypatch):
    """Ctrl-C keeps what is done, says so, and the same command resumes it."""
    with monkeypatch.context() as patch:
        stop(patch, 7, KeyboardInterrupt())
        again = run("screen", "c.csv", "--out", "r.csv", "--sample")
    assert again.exit_code == Exit.INTERRUPTED
    assert "resuming behind record 5, where r.csv.part ends" in again.stderr
    assert "interrupted near record 6: the same command resumes from there" in again.stderr
    whole = run("screen", "c.csv", "--out", "whole.csv", "--sample")
    context: list[str] = []
    given = sl.SanctionsList.screen

    def screen(*args: object, **asked: object) -> object:
        context.append(str(asked["start"]))
        return given(*args, **asked)

    monkeypatch.setattr(sl.SanctionsList, "screen", screen)
    last = run("screen", "c.csv", "--out", "r.csv", "--sample", "--processes", "2")
    assert last.exit_code == Exit.PROBLEMS
    assert context == ["7"]
    assert Path("r.csv").read_bytes() == Path("whole.csv").read_bytes()
    assert last.stdout == whole.stdout.replace("whole.csv", "r.csv")


def test_an_earlier_file_stays_until_all_is_written(run, half):
    """A file of results is replaced at once, at the end."""
    Path("r.csv").write_text("of yesterday", "utf-8")
    assert (
        run("screen", "c.csv", "--out", "r.csv", "--sample", "--key", "id").exit_code == Exit.USAGE
    )
    assert Path("r.csv").read_text("utf-8") == "of yesterday"
    run("screen", "c.csv", "--out", "r.csv", "--sample")
    assert Path("r.csv").read_text("utf-8").startswith("position,")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--sample", "--limit", "3"), "--limit was 10, and is 3"),
        (("--sample", "--limit", "0"), "--limit was 10, and is not given"),
        (("--sample", "--min-score", ".9"), ", and is 0.9"),
        (("--sample", "--weak-aliases", "include"), "--weak-aliases was confirm, and is include"),
        (("--sample", "--method", "ofac"), "the scorer was "),
        (("--sample", "--hits-only"), "--hits-only was not given, and is given"),
        (("--sample", "--kind", "vessel"), "--kind was not given, and is vessel"),
        (("--sample", "--dates", "mdy"), "--dates was not given, and is mdy"),
        (("--sample", "--key", "name"), "--key was not given, and is name"),
        (
            ("--sample", "--column", "name=name", "--column", "key=id"),
            "--column was not given, and is name=name key=id",
        ),
        (("--sample", "--day", "2021-12-09"), "the editions were us_ofac_sdn · 2021-12-10"),
    ],
)
def test_resumes_nothing_else(run, half, words, said):
    """Of another setting or edition it is refused, saying which; the run as it was can be resumed."""
    part = Path("r.csv.part").read_bytes()
    result = run("screen", "c.csv", "--out", "r.csv", *words)
    assert result.exit_code == Exit.USAGE
    assert "an interrupted run cannot be resumed: " in result.stderr
    assert said in result.stderr
    assert "--restart begins anew" in result.stderr
    assert Path("r.csv.part").read_bytes() == part
    assert _files() == ["r.csv.part", "r.csv.part.json"]
    assert run("screen", "c.csv", "--out", "r.csv", "--sample").exit_code == Exit.PROBLEMS


def test_resumes_with_the_edition_as_it_was(run, monkeypatch, tmp_path):
    """Where a newer edition came into the archive, the run is resumed with the earlier one alone."""
    home = tmp_path.parent / f"{tmp_path.name}-home"
    put(home, "2021-12-09", FIRM)
    words = ("screen", "c.csv", "--list", WATCH, "--home", str(home))
    now, then = (*words, "--offline"), (*words, "--as-of", "2021-12-09")
    whole = run(*now, "--out", "whole.jsonl")
    with monkeypatch.context() as patch:
        stop(patch, 6, KeyboardInterrupt())
        assert run(*now, "--out", "r.jsonl").exit_code == Exit.INTERRUPTED
    put(home, "2021-12-10", FIRM, SHIP)
    refused = run(*now, "--out", "r.jsonl")
    assert refused.exit_code == Exit.USAGE
    assert "the editions were my_watch · 2021-12-09" in refused.stderr
    assert "and are my_watch · 2021-12-10" in refused.stderr
    assert run(*then, "--out", "r.jsonl").exit_code == whole.exit_code
    assert Path("r.jsonl").read_bytes() == Path("whole.jsonl").read_bytes()


def test_resumes_with_no_other_customers(run, half):
    """Another customer file is refused, also one of the same size; `--restart` begins anew."""
    text = Path("c.csv").read_text("utf-8")
    Path("c.csv").write_text(text.replace("C-1", "C-9"), "utf-8")
    result = run("screen", "c.csv", "--out", "r.csv", "--sample")
    assert result.exit_code == Exit.USAGE
    assert f"the customer file was {len(text):,} bytes (sha256 " in result.stderr
    assert run("screen", "c.csv", "--out", "r.csv", "--sample", "--restart").exit_code == 7
    assert Path("r.csv").read_text("utf-8").splitlines()[2].startswith("2,C-9,")
    assert _files() == ["r.csv"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_resumes_by_no_other_version(run, interrupted, suffix):
    """What another version of the library began is not resumed, and the message says so."""
    interrupted(f"r.{suffix}")
    part, state = Path(f"r.{suffix}.part"), Path(f"r.{suffix}.part.json")
    now, then = (f'"library": "{one}"'.encode() for one in (sl.__version__, "0.0.7"))
    data = part.read_bytes().replace(now, then)
    part.write_bytes(data)
    document = json.loads(state.read_bytes().replace(now, then))
    counts = _resume.Counts(**document["counts"])
    written = _resume._Written(len(data), counts, hashlib.sha256(data))
    document |= {"bytes": len(data), "sha256": written.seal(document["about"])}
    state.write_text(json.dumps(document), "utf-8")
    said = run("screen", "c.csv", "--out", f"r.{suffix}", "--sample").stderr
    assert f"the version of the library was 0.0.7, and is {sl.__version__}" in said


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("r.csv.part.json", b"", "r.csv.part.json is not what it was"),
        ("r.csv.part.json", b"\xff", "r.csv.part.json is not what it was"),
        ("r.csv.part.json", b"[1]", "r.csv.part.json is not what it was"),
        ("r.csv.part.json", b'{"schema": "x/2"}', "is of another version of this program"),
        ("r.csv.part", b"position", "r.csv.part is shorter than it was"),
    ],
)
def test_what_cannot_be_resumed(run, half, name, content, said):
    """Where the files of an unfinished run are not as they were, nothing is made of them."""
    Path(name).write_bytes(content)
    result = run("screen", "c.csv", "--out", "r.csv", "--sample")
    assert result.exit_code == Exit.USAGE
    assert said in result.stderr
    assert run("screen", "c.csv", "--out", "r.csv", "--sample", "--restart").exit_code == 7


@pytest.mark.parametrize("name", ["r.csv.part", "r.csv.part.json"])
def test_one_of_the_two_alone_is_nothing(run, half, name):
    """Without one of its two files there is no unfinished run: it begins anew."""
    Path(name).unlink()
    result = run("screen", "c.csv", "--out", "r.csv", "--sample")
    assert result.exit_code == Exit.PROBLEMS
    assert "resuming" not in result.stderr
    assert _files() == ["r.csv"]


@pytest.mark.parametrize("kind", [sl.SanctionsError, sl.UnreadableError])
def test_a_source_that_fails_is_resumed(run, monkeypatch, kind):
    """Where the source fails midway, the message leads on, and nothing that was done is lost."""
    error = kind("it is gone", hints=(Hint("{} resumes behind it", "start", 6), Hint("look at it")))
    with monkeypatch.context() as patch:
        stop(patch, 6, error)
        result = run("screen", "c.csv", "--out", "r.csv", "--sample")
    assert result.exit_code == Exit.FILE
    assert "error: it is gone\n" in result.stderr
    assert "what to do: look at it; the same command resumes from there" in result.stderr
    again = run("screen", "c.csv", "--out", "r.csv", "--sample")
    assert "resuming behind record 5" in again.stderr


def test_begun_anew_and_killed_at_once(run, half, monkeypatch):
    """Nothing that was said of the earlier run is taken for something said of the one after."""
    with monkeypatch.context() as patch:
        stop(patch, 8, KeyboardInterrupt())
        patch.setattr(_resume.ResultFile, "save", lambda _: None)
        run("screen", "c.csv", "--out", "r.csv", "--sample", "--restart", "--limit", "1")
    assert _files() == ["r.csv.part"]
    result = run("screen", "c.csv", "--out", "r.csv", "--sample")
    assert "resuming" not in result.stderr
    run("screen", "c.csv", "--out", "whole.csv", "--sample")
    assert Path("r.csv").read_bytes() == Path("whole.csv").read_bytes()


def test_customers_that_change_meanwhile(run, monkeypatch):
    """A customer file that was written to while it was screened gives no results."""
    given = _screen._run

    def screened(*args: object) -> None:
        given(*args)
        with Path("c.csv").open("a") as file:
            file.write("C-9,Example,\n")

    monkeypatch.setattr(_screen, "_run", screened)
    result = run("screen", "c.csv", "--out", "r.csv", "--sample")
    assert result.exit_code == Exit.FILE
    assert "c.csv was changed while it was screened" in result.stderr
    assert "r.csv" not in _files()


def test_one_run_at_a_time(run, half):
    """Two runs never write one file: the second one says so."""
    with FileLock("r.csv.part.lock"):
        result = run("screen", "c.csv", "--out", "r.csv", "--sample")
    assert result.exit_code == Exit.FILE
    assert "another run is writing this file" in result.stderr
    assert run("screen", "c.csv", "--out", "other.csv", "--sample").exit_code == Exit.PROBLEMS


def test_full_disk(run, monkeypatch):
    """An error about a full disk names the file, and what was certain before stays certain."""
    calls: list[int] = []

    def fsync(number: int) -> None:
        calls.append(number)
        if len(calls) >= 7:  # results and state are made certain, each in its turn
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(_resume, "_RECORDS", 1)
        patch.setattr(os, "fsync", fsync)
        result = run("screen", "c.csv", "--out", "r.jsonl", "--sample")
    assert result.exit_code == Exit.FILE
    assert "the file cannot be written: No space left on device" in result.stderr
    assert "r.jsonl.part" in result.stderr
    again = run("screen", "c.csv", "--out", "r.jsonl", "--sample")
    assert "resuming behind record 3" in again.stderr


def test_a_report_needsrecords(run):
    """A report about no record is none; the other files say as much by being empty."""
    Path("c.csv").write_text("id,name\n", "utf-8")
    result = run("screen", "c.csv", "--out", "r.md", "--sample")
    assert result.exit_code == Exit.USAGE
    assert "c.csv has no record that a report could be about" in result.stderr
    assert _files() == []
