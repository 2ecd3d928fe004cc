"""screen, where somebody else put something in place of its files, or changed what they say."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import records
from quick import few, slow

from sanctionslib.cli._exit import Exit
from sanctionslib.errors import InvalidInputError, UnwritableError
from sanctionslib.export import write
from sanctionslib.export.files import put_text
from sanctionslib.matching import Screening

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has neither FIFOs nor such links")
SUFFIXES = ("jsonl", "csv", "md")
VICTIM = b"what must stay"
PLANTED = {
    "link": lambda path: path.symlink_to("victim"),
    "hard link": lambda path: path.hardlink_to("victim"),
    "link to nothing": lambda path: path.symlink_to("nowhere"),
    "FIFO": os.mkfifo,
    "folder": Path.mkdir,
}
"""What may stand where a file is to be written."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with customers and a file that nobody may change."""
    monkeypatch.chdir(tmp_path)
    Path("c.csv").write_text(records(8), "utf-8")
    Path("victim").write_bytes(VICTIM)
    return tmp_path


@pytest.mark.parametrize("restart", [(), ("--restart",)], ids=["", "restart"])
@pytest.mark.parametrize("name", ["part", "part.json", "part.lock"])
@pytest.mark.parametrize("what", PLANTED)
def test_planted(run, what, name, restart):
    """Whatever stands where a file of a run is to be, the run says so, and changes nothing."""
    path = Path(f"r.csv.{name}")
    PLANTED[what](path)
    before = os.lstat(path)
    result = run("screen", "c.csv", "--out", "r.csv", "--sample", *restart)
    assert result.exit_code == Exit.FILE
    assert f"error: r.csv.{name} is " in result.stderr
    assert "what to do: take it away, or give --out another name" in result.stderr
    assert os.path.samestat(os.lstat(path), before)
    assert Path("victim").read_bytes() == VICTIM
    assert not os.path.lexists("r.csv")
    assert not os.path.lexists("nowhere")


@pytest.mark.parametrize("name", ["part", "part.json"])
@pytest.mark.parametrize("what", PLANTED)
def test_planted_in_place_of_what_an_earlier_run_left(run, interrupted, what, name):
    """The same where a run is to be resumed."""
    interrupted("r.csv")
    path = Path(f"r.csv.{name}")
    path.unlink()
    PLANTED[what](path)
    result = run("screen", "c.csv", "--out", "r.csv", "--sample")
    assert result.exit_code == Exit.FILE
    assert f"error: r.csv.{name} is " in result.stderr
    assert Path("victim").read_bytes() == VICTIM


def test_a_name_that_could_be_known_before(run):
    """State is written by names that nobody knows."""
    Path("r.csv.part.json.tmp").symlink_to("victim")
    assert run("screen", "c.csv", "--out", "r.csv", "--sample").exit_code == Exit.PROBLEMS
    assert Path("victim").read_bytes() == VICTIM


def test_replaced_while_it_is_written(run, monkeypatch):
    """Another file of its name is never taken for the results."""
    given = Screening.__next__

    def planting(screening: Screening) -> object:
        if screening.done == 5:
            Path("r.csv.part").unlink()
            Path("r.csv.part").symlink_to("victim")
        return given(screening)

    monkeypatch.setattr(Screening, "__next__", planting)
    result = run("screen", "c.csv", "--out", "r.csv", "--sample")
    assert result.exit_code == Exit.FILE
    assert "r.csv.part is no longer the file that was written" in result.stderr
    assert not os.path.lexists("r.csv")
    assert Path("victim").read_bytes() == VICTIM


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_link_of_ones_own(run, suffix):
    """A link as FILE is the user's choice: it stays, and the file that it leads to is written."""
    out = Path(f"r.{suffix}")
    Path("elsewhere").mkdir()
    out.symlink_to(f"elsewhere/r.{suffix}")
    assert run("screen", "c.csv", "--out", str(out), "--sample").exit_code == Exit.PROBLEMS
    assert out.is_symlink()
    assert [one.name for one in Path("elsewhere").iterdir()] == [f"r.{suffix}"]


WRITERS: dict[str, Callable[[Path], object]] = {
    "write": lambda path: write([], [], path, format="jsonl"),
    "put_text": lambda path: put_text(path, "x"),
}


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("what", ["FIFO", "folder", "link to a FIFO"])
def test_no_file_is_replaced_by_one(run, folder, writer, what):
    """What is no file, as a FIFO, is not replaced by one: root would replace /dev/null so."""
    path = folder / "out.csv"
    if what == "link to a FIFO":
        os.mkfifo(folder / "fifo")
        path.symlink_to("fifo")
    else:
        PLANTED[what](path)
    before = path.stat()
    with pytest.raises(UnwritableError, match="what is there is no file"):
        WRITERS[writer](path)
    for words in (
        ("screen", "c.csv", "--out", "out.csv", "--sample"),
        ("find", "--sample", "--output", "out.csv"),
    ):
        result = run(*words)
        assert result.exit_code == Exit.FILE
        assert "the file cannot be written: what is there is no file" in result.stderr
    assert os.path.samestat(path.stat(), before)


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize(("mode", "is_refused"), [(0o1777, True), (0o777, False), (0o755, False)])
def test_links_that_others_made(folder, writer, mode, is_refused):
    """In a folder where everybody may write, as /tmp, a link of another user is not followed."""
    if os.geteuid():
        pytest.skip("only root can make files of others")
    shared = folder / "shared"
    shared.mkdir()
    shared.chmod(mode)
    link = shared / "out.jsonl"
    link.symlink_to(folder / "victim")
    WRITERS[writer](link)
    (folder / "victim").write_bytes(VICTIM)
    os.lchown(link, 12345, 12345)
    if is_refused:
        with pytest.raises(UnwritableError, match="a link that another user made"):
            WRITERS[writer](link)
        assert (folder / "victim").read_bytes() == VICTIM
    else:
        WRITERS[writer](link)


# ── what the state says ───────────────────────────────────────────────────────────────────────


def _deep(depth: int = 100_000) -> str:
    return "[" * depth + "]" * depth


def _altered(name: str, value: str, text: str) -> bytes:
    """The state with another value of one name, given as JSON."""
    document = json.loads(text)
    parent, names = document, name.split(".")
    for one in names[:-1]:
        parent = parent[one]
    assert names[-1] in parent
    parent[names[-1]] = "THE VALUE"
    return json.dumps(document).replace('"THE VALUE"', value).encode()


NAMES = (
    "schema",
    "bytes",
    "counts",
    "counts.with_hits",
    "about",
    "about.customers.bytes",
    "about.dates",
    "about.context.context.min_score",
    "sha256",
)
VALUES = {
    "more": "7",
    "huge": "9" * 5000,
    "large": "9" * 4000,
    "infinite": "1e999",
    "negative": "-1",
    "fraction": "5.5",
    "text": '"x"',
    "half a character": '"\\ud800"',
    "long": f'"{"x" * 100_000}"',
    "list": '[{"bytes": {}}]',
    "object": '{"x": [1]}',
    "deep": _deep(),
    "not so deep": _deep(200),
}


@pytest.mark.parametrize("suffix", ["jsonl", slow("csv")])
@pytest.mark.parametrize("name", few(NAMES, 2))
def test_altered_state(run, interrupted, suffix, name):
    """A state in which anything was altered is refused with a message, and the run can restart."""
    interrupted(f"r.{suffix}")
    state, part = Path(f"r.{suffix}.part.json"), Path(f"r.{suffix}.part")
    text, written = state.read_text("utf-8"), part.read_bytes()
    words = ("screen", "c.csv", "--out", f"r.{suffix}", "--sample")
    for value in VALUES.values():
        state.write_bytes(_altered(name, value, text))
        result = run(*words)
        assert result.exit_code == Exit.USAGE, value[:20]
        assert "an interrupted run cannot be resumed: " in result.stderr
        assert "--restart begins anew" in result.stderr
        assert len(result.stderr) < 5000
        assert part.read_bytes() == written
    document = json.loads(text)
    if "." not in name:
        del document[name]
        state.write_text(json.dumps(document), "utf-8")
        assert run(*words).exit_code == Exit.USAGE
    state.write_text(text, "utf-8")
    assert run(*words).exit_code == Exit.PROBLEMS


@pytest.mark.parametrize("suffix", few(SUFFIXES, 1))
def test_altered_results(run, interrupted, suffix):
    """Results that are missing, altered or given twice are missed, also where their number fits."""
    assert run("screen", "c.csv", "--out", f"whole.{suffix}", "--sample").exit_code == 7
    interrupted(f"r.{suffix}")
    state, part = Path(f"r.{suffix}.part.json"), Path(f"r.{suffix}.part")
    text, written = state.read_text("utf-8"), part.read_bytes()
    lines = written.splitlines(keepends=True)
    cases = {
        "the last is gone": lines[:-1],
        "one in the middle is gone": [*lines[:2], *lines[3:]],
        "one is there twice": [*lines, lines[-1]],
        "half a line": [*lines[:-1], lines[-1][:40]],
        "no text": [*lines[:-1], b"\xff\xfe\n"],
        "nothing": [],
    }
    for case, kept in cases.items():
        data = b"".join(kept)
        part.write_bytes(data)
        state.write_text(json.dumps(json.loads(text) | {"bytes": len(data)}), "utf-8")
        result = run("screen", "c.csv", "--out", f"r.{suffix}", "--sample")
        assert result.exit_code == Exit.USAGE, (case, result.stderr)
        assert f"r.{suffix}.part is not what it was" in result.stderr, case
    part.write_bytes(written[:-9] + b"\n" * 9)
    state.write_text(text, "utf-8")
    assert run("screen", "c.csv", "--out", f"r.{suffix}", "--sample").exit_code == Exit.USAGE
    part.write_bytes(written)
    assert run("screen", "c.csv", "--out", f"r.{suffix}", "--sample").exit_code == 7
    if suffix != "md":  # of which the time of its making is a part
        assert Path(f"r.{suffix}").read_bytes() == Path(f"whole.{suffix}").read_bytes()


def test_a_state_without_end(run, interrupted):
    """A state that is far too large is not read to its end."""
    interrupted("r.csv")
    with Path("r.csv.part.json").open("r+b") as file:
        file.truncate(1 << 40)
    result = run("screen", "c.csv", "--out", "r.csv", "--sample")
    assert result.exit_code == Exit.USAGE
    assert "it is larger than 16,777,216 bytes: 'r.csv.part.json'" in result.stderr.replace(
        str(Path.cwd()) + "/", ""
    )


def test_a_path_of_no_file():
    """A path that no system has is an error that says so."""
    with pytest.raises(InvalidInputError, match="NUL"):
        write([], [], "a\0.jsonl")
