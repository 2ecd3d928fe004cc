"""The command as a process of its own: entry points, imports, terminals, closed pipes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from commands import FIRM, SHIP, WATCH, watch
from faulty_server import Answer, FaultyServer

import sanctionslib as sl
from sanctionslib import samples
from sanctionslib.cli import _progress
from sanctionslib.cli._exit import Exit


def _environment(**more: str) -> dict[str, str]:
    """The environment without what would change how things are shown."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in ("NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS", "PYTHONIOENCODING", "LC_ALL")
    }
    return {**kept, "PYTHONWARNINGS": "error", **more}


def _run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sanctionslib", *words],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env=_environment(PYTHONUTF8="1", **environment),
        check=False,
    )


def _code(folder: Path, code: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env=_environment(PYTHONUTF8="1"),
        check=False,
    )


def _on_a_terminal(folder: Path, *command: str, **environment: str) -> tuple[int, str]:
    """Run a command whose three streams are one terminal; its exit code, and what it showed."""
    pty = pytest.importorskip("pty")
    inside, unlisted = pty.openpty()
    process = subprocess.Popen(
        command,
        stdin=unlisted,
        stdout=unlisted,
        stderr=unlisted,
        cwd=folder,
        env=_environment(TERM="xterm-256color", COLUMNS="100", PYTHONUTF8="1") | environment,
    )
    os.close(unlisted)
    shown = b""
    try:
        while data := os.read(inside, 65536):
            shown += data
    except OSError:  # how Linux tells that the other end was closed
        pass
    finally:
        os.close(inside)
    return process.wait(), shown.decode("utf-8").replace("\r\n", "\n")


COMMAND = (sys.executable, "-m", "sanctionslib")


def test_python_m(tmp_path):
    """`python -m sanctionslib` is the command."""
    run = _run(tmp_path, "why", "33951", "--sample")
    assert run.returncode == Exit.FOUND
    assert not run.stderr
    assert "RAPID ACTION BATTALION" in run.stdout


@pytest.mark.parametrize(
    ("words", "needs"),
    [
        (("search", "Benazir Ahmad", "--sample"), {"cattrs", "rapidfuzz", "anyascii"}),
        (("compare", "Benazir Ahmad", "AHMED, Benazir"), {"rapidfuzz", "anyascii"}),
    ],
    ids=["search", "compare"],
)
def test_matching_imports_no_more_than_it_needs(tmp_path, words, needs):
    """A search starts as fast as it can: no network, no archive, no processes, no table of results."""
    code = (
        "import sys\nfrom sanctionslib.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        "sys.stderr.write(' '.join(sys.modules))\n"
    )
    run = _code(tmp_path, code, *words)
    assert run.returncode == 0, run.stderr
    loaded = set(run.stderr.split())
    others = {"requests", "rich", "cattrs", "platformdirs", "rapidfuzz", "anyascii", "filelock"}
    assert loaded & others == needs
    assert not loaded & {
        *("http.client", "multiprocessing", "concurrent.futures", "numpy"),
        *("sanctionslib.archive", "sanctionslib.export.results", "sanctionslib.matching._workers"),
    }


def test_imports_little(tmp_path):
    """Off a terminal, `why` loads neither requests, rich nor the archive; cattrs for JSON and the catalog."""
    code = (
        "import sys\nfrom sanctionslib.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        "sys.stderr.write(' '.join(sys.modules))\n"
    )
    (tmp_path / "SDN.XML").write_bytes(samples.open_sample())
    for words in (("--file", "SDN.XML"), ("--sample",)):
        run = _code(tmp_path, code, "why", "33951", *words)
        assert run.returncode == 0, run.stderr
        loaded = set(run.stderr.split())
        assert "click" in loaded
        others = {"requests", "rich", "cattrs", "platformdirs", "rapidfuzz"}
        assert loaded & others == {"cattrs"}
        assert not loaded & {"http.client", "sanctionslib.archive"}


@pytest.mark.parametrize("missing", ["click", "rich"])
def test_without_an_extra(tmp_path, missing):
    """Without click there is one clear line; rich is never needed off a terminal."""
    code = (
        f"import sys\nsys.modules[{missing!r}] = None\n"
        "from sanctionslib.cli import main\nsys.exit(main())\n"
    )
    run = _code(tmp_path, code, "why", "33951", "--sample")
    if missing == "rich":
        assert run.returncode == Exit.FOUND
        return
    assert run.returncode == Exit.USAGE
    assert run.stderr.count("\n") == 1
    assert "pip install 'sanctionslib[cli]'" in run.stderr


def test_rich_on_a_terminal(tmp_path):
    """On a terminal the answer is drawn by rich; the text of it is the same."""
    code, shown = _on_a_terminal(tmp_path, *COMMAND, "why", "33951", "--sample")
    assert code == Exit.FOUND
    assert "╭" in shown
    assert "\x1b[" in shown
    assert "SAMPLE" in shown


@pytest.mark.parametrize(
    ("words", "environment"), [(("--plain",), {}), ((), {"TERM": "dumb"})], ids=["plain", "dumb"]
)
def test_plain_on_a_terminal(tmp_path, words, environment):
    """`--plain` and a terminal that can do nothing get the same text as a file."""
    _, shown = _on_a_terminal(tmp_path, *COMMAND, "why", "33951", "--sample", *words, **environment)
    assert shown == _run(tmp_path, "why", "33951", "--sample").stdout


def test_without_rich_on_a_terminal(tmp_path):
    """Where rich is missing, a terminal gets text."""
    code = (
        "import sys\nsys.modules['rich'] = None\nfrom sanctionslib.cli import main\n"
        "sys.exit(main(['why', '33951', '--sample']))"
    )
    ended, shown = _on_a_terminal(tmp_path, sys.executable, "-c", code)
    assert ended == Exit.FOUND
    assert shown == _run(tmp_path, "why", "33951", "--sample").stdout


def test_no_color(tmp_path):
    """`NO_COLOR` is honoured: no escape sequence sets a colour."""
    _, shown = _on_a_terminal(tmp_path, *COMMAND, "show", "33951", "--sample", NO_COLOR="1")
    assert "╭" in shown
    assert not re.search(r"\x1b\[[0-9;]*\b[349][0-7]\b", shown)


def test_json_on_a_terminal(tmp_path):
    """JSON is JSON on a terminal too."""
    _, shown = _on_a_terminal(tmp_path, *COMMAND, "find", "--sample", "--json")
    assert len(json.loads(shown)["entities"]) == len(sl.sample())


def test_progress_of_a_large_file(tmp_path):
    """Reading a large file is shown on a terminal, and what was shown is taken away again."""
    data = samples.open_sample()
    end = b"</sdnEntry>"
    padding = b"<!--" + b"x" * (_progress.LARGE // data.count(end)) + b"-->"
    (tmp_path / "SDN.XML").write_bytes(data.replace(end, end + padding))
    words = ["find", "--file", "SDN.XML"]
    ended, shown = _on_a_terminal(tmp_path, *COMMAND, *words)
    assert ended == Exit.FOUND, shown
    assert "reading SDN.XML" in shown
    assert "%" in shown
    assert "/?" not in shown
    assert "reading" not in _run(tmp_path, *words).stderr


@pytest.mark.parametrize(
    ("answer", "code"),
    [(Answer(body=watch(SHIP, FIRM)), Exit.FOUND), (Answer(status=404), Exit.FILE)],
)
def test_progress_of_a_download(tmp_path, answer, code):
    """A terminal shows that it is asked for, also where nothing comes, and how fast; a pipe nothing."""
    with FaultyServer() as server:
        url = server.put("/watch.csv", answer)
        (tmp_path / "lists.toml").write_text(
            f'[{WATCH}]\ntitle = "EXAMPLE"\n[{WATCH}.formats.sanctionslib-csv.files]\n'
            f'"watch.csv" = ["{url}"]\n',
            "utf-8",
        )
        words = ["fetch", WATCH, "--home", str(tmp_path), "--force"]
        ended, shown = _on_a_terminal(tmp_path, *COMMAND, *words)
        quiet = _run(tmp_path, *words)
    assert ended == quiet.returncode == code
    assert f"fetching {WATCH} 0.0 MB" in shown
    assert "MB/s" in shown
    assert "fetching" not in quiet.stdout + quiet.stderr


def test_progress_of_a_screening(tmp_path):
    """How many records are done, of about how many, and how many each second."""
    names = (f"Anna Example {n}" for n in range(60))
    (tmp_path / "c.csv").write_text("\n".join(("name", *names, "")), "utf-8")
    words = ["screen", "c.csv", "--out", "r.md", "--sample"]
    ended, shown = _on_a_terminal(tmp_path, *COMMAND, *words)
    assert ended == Exit.FOUND, shown
    assert "screening c.csv" in shown
    assert "reporting on c.csv" in shown
    assert re.search(r"\d of about 61 records +[\d,]+/s", shown)
    quiet = _run(tmp_path, *words)
    assert "screening" not in quiet.stderr


def test_small_files_show_no_progress(tmp_path):
    """A small file is read without a word."""
    (tmp_path / "SDN.XML").write_bytes(samples.open_sample())
    _, shown = _on_a_terminal(tmp_path, *COMMAND, "find", "--file", "SDN.XML", "--plain")
    assert "reading" not in shown


@pytest.mark.skipif(os.name == "nt", reason="Windows has no broken pipes of this kind")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_closed_pipe(tmp_path, unbuffered):
    """A reader that goes away ends the command without a word."""
    process = subprocess.Popen(
        [*COMMAND, "find", "--sample", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=_environment(PYTHONUNBUFFERED=unbuffered),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.read(1) == b"{"  # as `head` does: the rest is more than a pipe holds
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait() == Exit.PIPE_CLOSED
    assert said == b""


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_no_answer_is_cut(tmp_path, unbuffered):
    """Where only the start of an answer has room, the run fails, buffered or not."""
    resource = pytest.importorskip("resource")
    code = (
        "import resource\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (5000, resource.RLIM_INFINITY))\n"
        "from sanctionslib.cli import main\nmain(['find', '--sample', '--json'])\n"
    )
    assert resource.RLIMIT_FSIZE is not None
    path = tmp_path / "answer.json"
    with path.open("wb") as file:
        run = subprocess.run(
            [sys.executable, "-B", "-c", code],
            stdout=file,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=tmp_path,
            env=_environment(PYTHONUNBUFFERED=unbuffered, PYTHONUTF8="1"),
            check=False,
        )
    assert path.stat().st_size == 5000
    assert run.returncode == Exit.FILE, run.stderr
    assert run.stderr.startswith("error: the answer cannot be written: ")


def test_poor_consoles(tmp_path):
    """A console that lacks letters shows escapes, in text and in JSON, and JSON stays JSON."""
    environment = _environment(PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    for more in ((), ("--json",)):
        run = subprocess.run(
            [*COMMAND, "find", "--sample", *more],
            capture_output=True,
            cwd=tmp_path,
            env=environment,
            check=False,
        )
        assert run.returncode == Exit.FOUND, run.stderr
        text = run.stdout.decode("latin-1")
        if more:
            assert len(json.loads(text)["entities"]) == len(sl.sample())
        else:
            assert f"\\u2026 and {len(sl.sample()) - 20} more" in text
