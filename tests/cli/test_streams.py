"""Exit codes of the command as a process: 1 is an answer, and no fault of the run ends with it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from quick import few

from sanctionslib.cli._exit import Exit

pytestmark = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="this system has neither /dev/full nor a POSIX shell"
)

COMMAND = (sys.executable, "-m", "sanctionslib")
FOUND = ("why", "33951", "--sample")
COMMANDS = {
    FOUND: Exit.FOUND,
    ("find", "--sample", "--json"): Exit.FOUND,
    ("screen", "c.csv", "--out", "r.csv", "--sample", "--processes", "2"): Exit.FOUND,
    ("--help",): Exit.FOUND,
    ("why", "EXAMPLE NOBODY", "--sample"): Exit.NOTHING,
    ("find", "--program", "GLOMAG", "--country", "DE", "--sample"): Exit.NOTHING,
    ("archive", "list", "--home", "."): Exit.NOTHING,
    ("why",): Exit.USAGE,
}
"""Words, and the exit code when nothing is wrong with the streams."""
ERRORS = ("2>/dev/full", "<&- 2>&-")
OUTPUTS = (">&-", ">/dev/full", ">&- 2>&- <&-")
CANNOT = "error: the answer cannot be written: "


@pytest.fixture(autouse=True)
def customers(tmp_path: Path) -> None:
    """A customer file in the folder in which each command is run."""
    (tmp_path / "c.csv").write_text("id,name\n1,Anna Example\n", "utf-8")


def _run(
    folder: Path, *words: str, streams: str = "", **more: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command with streams as a shell makes them."""
    environment = {
        key: value
        for key, value in os.environ.items()
        if key not in ("PYTHONIOENCODING", "FORCE_COLOR", "COLUMNS", "SANCTIONSLIB_HOME")
    }
    return subprocess.run(
        ["sh", "-c", f'exec "$@" {streams}', "sh", *words],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        cwd=folder,
        env={**environment, "PYTHONWARNINGS": "error", "PYTHONUTF8": "1", **more},
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("words", few(COMMANDS, 2), ids=" ".join)
def test_without_standard_error_or_input(tmp_path, words):
    """What nobody asked for may be closed or full: answer and exit code are the same."""
    usual = _run(tmp_path, *COMMAND, *words)
    assert usual.returncode == COMMANDS[words], usual.stderr
    for streams in ERRORS:
        (tmp_path / "r.csv").unlink(missing_ok=True)
        run = _run(tmp_path, *COMMAND, *words, streams=streams)
        assert (run.returncode, run.stdout) == (usual.returncode, usual.stdout), streams
        assert not run.stderr


@pytest.mark.parametrize("words", few(COMMANDS, 2), ids=" ".join)
def test_without_standard_output(tmp_path, words):
    """An answer that cannot be written is exit code 3, whether the output is closed or full."""
    usual = _run(tmp_path, *COMMAND, *words)
    for streams in OUTPUTS:
        run = _run(tmp_path, *COMMAND, *words, streams=streams)
        assert run.returncode == (Exit.FILE if usual.stdout else usual.returncode), streams
        if "2>" not in streams:
            assert (CANNOT in run.stderr.decode()) == bool(usual.stdout), streams


def test_unbuffered_and_in_poor_encodings(tmp_path):
    """Neither `python -u` nor an encoding that lacks letters makes another exit code."""
    for more in ({"PYTHONUNBUFFERED": "1"}, {"PYTHONIOENCODING": "ascii"}):
        for streams, code in (("2>&-", Exit.FOUND), (">&-", Exit.FILE), (">/dev/full", Exit.FILE)):
            assert _run(tmp_path, *COMMAND, *FOUND, streams=streams, **more).returncode == code


def test_bytes_that_are_no_text(tmp_path):
    """A word that is no text in the encoding of the shell comes back escaped, also in JSON."""
    word = os.fsdecode(b"RAPID \xff BATTALION")
    words = ("screen", "c.csv", "--out", f"{word}.csv", "--sample")
    run = _run(tmp_path, *COMMAND, *words, "--json")
    assert run.returncode == Exit.FOUND, run.stderr
    assert json.loads(run.stdout)["output"] == f"{word}.csv"


def test_standard_input_that_is_closed(tmp_path):
    """A list or an edition that should come from a closed standard input is a file that fails."""
    for words in (
        ("why", "33951", "--file", "-"),
        ("archive", "add", "-", "--list-id", "us_ofac_sdn", "--home", "."),
    ):
        run = _run(tmp_path, *COMMAND, *words, streams="<&-")
        assert run.returncode == Exit.FILE, run.stderr
        assert run.stderr.startswith(b"error: the file cannot be read: ")


def test_no_file_takes_the_place_of_a_closed_stream(tmp_path):
    """What goes to a closed stream never lands in a file that is opened later."""
    words = ("screen", "c.csv", "--out", "r.csv", "--sample")
    assert _run(tmp_path, *COMMAND, *words).returncode == Exit.FOUND
    expected = (tmp_path / "r.csv").read_bytes()
    for closed in (">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"):
        (tmp_path / "r.csv").unlink()
        _run(tmp_path, *COMMAND, *words, streams=closed)
        assert (tmp_path / "r.csv").read_bytes() == expected, closed


FAULTS = {
    "ValueError('x\\x1b[31m')": Exit.FAULT,
    "MemoryError()": Exit.FAULT,
    "RecursionError()": Exit.FAULT,
    "EOFError()": Exit.FAULT,
    "BaseException()": Exit.FAULT,
    "GeneratorExit()": Exit.FAULT,
    "ModuleNotFoundError('no lxml', name='lxml')": Exit.FAULT,
    "SystemExit(1)": Exit.USAGE,
    "OSError(5, 'Input/output error')": Exit.FILE,
    "PermissionError(13, 'Permission denied', 'some.file')": Exit.FILE,
    "BrokenPipeError()": Exit.PIPE_CLOSED,
    "KeyboardInterrupt()": Exit.INTERRUPTED,
    "__import__('click').Abort()": Exit.INTERRUPTED,
    "__import__('click').ClickException('x')": Exit.USAGE,
}
"""What may be raised anywhere, and the exit code."""
DROPPING = (Exit.FILE, Exit.PIPE_CLOSED)
"""After these, standard output is given up."""
RAISED = """
import os, sys
from sanctionslib.cli import main
import {module}
for error in {errors!r}:
    def fail(*args, **named):
        raise eval(error)
    {module}.{name} = fail
    try:
        main(['why', '33951', '--sample'])
    except SystemExit as end:
        code = end.code
    sys.stderr and sys.stderr.flush()
    os.write(1, b'%d ' % code)
    os.write({channel}, b'\\0')
"""


@pytest.mark.parametrize("streams", ["", "2>&-"])
@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("sanctionslib.api", "sample"),
        ("sanctionslib.cli._app", "_App.get_command"),
        ("click", "Group.make_context"),
    ],
    ids=["command", "command line", "click"],
)
def test_no_exception_ends_as_an_answer(tmp_path, module, name, streams):
    """Whatever is raised, in the library or while words are read, the exit code is not 1."""
    errors = [one for one in FAULTS if FAULTS[one] not in DROPPING]
    code = RAISED.format(errors=errors, module=module, name=name, channel=2)
    run = _run(tmp_path, sys.executable, "-c", code, streams=streams)
    assert dict(zip(errors, map(int, run.stdout.split()), strict=True)) == {
        one: FAULTS[one] for one in errors
    }
    said = run.stderr.decode().split("\0")[:-1]
    if not streams:
        faults = ["error: this program failed" in one for one in said]
        assert faults == [FAULTS[one] == Exit.FAULT for one in errors]
    assert "\x1b" not in run.stderr.decode()


@pytest.mark.parametrize("error", [one for one in FAULTS if FAULTS[one] in DROPPING])
def test_no_fault_of_the_system_ends_as_an_answer(tmp_path, error):
    """What the system raises is not 1 either; nothing is written to standard output behind it."""
    code = RAISED.format(
        errors=[error], module="sanctionslib.api", name="sample", channel=1
    ).replace("os.write(1, b'%d ' % code)", "os._exit(code)")
    run = _run(tmp_path, sys.executable, "-c", code)
    assert run.returncode == FAULTS[error], run.stderr
    assert not run.stdout


@pytest.mark.parametrize("error", ["ValueError()", "KeyboardInterrupt()", "ImportError('no')"])
def test_no_exception_at_import_ends_as_an_answer(tmp_path, error):
    """Where a module cannot be loaded, the exit code is not 1 either."""
    code = (
        "import sys\n"
        "class Failing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name in ('sanctionslib.cli._app', 'lxml'):\n"
        f"            raise {error}\n"
        "sys.meta_path.insert(0, Failing())\n"
        "from sanctionslib.cli import main\n"
        "main(['why', '33951', '--sample'])\n"
    )
    expected = Exit.INTERRUPTED if "Keyboard" in error else Exit.FAULT
    for streams in ("", "2>&-", "2>/dev/full"):
        run = _run(tmp_path, sys.executable, "-c", code, streams=streams)
        assert run.returncode == expected, run.stderr


def test_ctrl_c(tmp_path):
    """Ctrl-C, whenever it comes, is 130, or the signal itself before this program has begun."""
    codes = set()
    for wait in (0.1, 0.4, 0.8):
        process = subprocess.Popen(
            [*COMMAND, "why", "33951", "--file", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=tmp_path,
        )
        time.sleep(wait)
        while process.poll() is None:  # one that comes within a callback of Python's is lost
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(5)
        codes.add(process.returncode)
        assert process.stdin is not None
        process.stdin.close()
    assert codes <= {Exit.INTERRUPTED, -signal.SIGINT}


def test_completion_of_a_shell_that_is_not_known(tmp_path):
    """What click ends by itself with 1 is a usage error."""
    run = _run(
        tmp_path, *COMMAND, *FOUND, _PYTHON_M_SANCTIONSLIB_COMPLETE="x", _SANCTIONSLIB_COMPLETE="x"
    )
    assert run.returncode == Exit.USAGE
