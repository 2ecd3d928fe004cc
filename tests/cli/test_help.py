"""The help says everything: each option, each exit code, examples that run."""

from __future__ import annotations

import re
import shlex

import click
import pytest
from commands import commands_of

import sanctionslib as sl
from sanctionslib.cli._app import app
from sanctionslib.cli._errors import exit_of
from sanctionslib.cli._exit import Exit
from sanctionslib.samples import open_sample

ALL = commands_of(app)
COMMANDS = sorted(ALL)
ABOUT_LISTS = {
    *("audit", "counterparts", "diff", "find", "find-number", "owned-by", "owners-of", "related"),
    *("screen", "search", "show", "why"),
}
OF_NO_LIST = {"compare", "completion", "formats", "help", "template"}


def test_commands():
    """These are the commands."""
    archive = {f"archive {name}" for name in ("accept", "add", "list", "prune", "verify")}
    editions = {"changes", "fetch", "lists", "timeline"}
    assert set(COMMANDS) == ABOUT_LISTS | archive | editions | OF_NO_LIST


def test_help_documents_every_exit_code(run):
    """`sanctionslib help exit-codes` lists every exit code with its meaning."""
    text = run("help", "exit-codes").stdout
    for code in Exit:
        assert re.search(rf"^{code:d} +{re.escape(code.meaning)}$", text, re.MULTILINE)
    assert "..." not in run("--help").stdout.partition("Commands:")[2]


def test_every_error_has_an_exit_code():
    """Each error of the library gives one of the documented codes, and never success."""
    errors = [getattr(sl, name) for name in sl.__all__ if name.endswith("Error")]
    assert errors
    for error in errors:
        made = error("click", extra="cli") if error is sl.MissingExtraError else error("what")
        assert exit_of(made) in (1, 2, 3, 4, 5)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_help(name):
    """Every option is described, and -h is --help."""
    for param in ALL[name].params:
        if isinstance(param, click.Option):
            assert param.help, param.name


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command(run, name):
    """The short help names every option, and `help` explains each of them, on lines of 80 columns."""
    short, whole = run(*name.split(), "-h").stdout, run("help", *name.split()).stdout
    said = "".join(whole.split())
    for param in ALL[name].params:
        if isinstance(param, click.Option):
            assert all(option in short for option in param.opts)
            assert all(option in whole for option in param.opts)
            assert "".join((param.help or "").split()) in said
    assert ("\n  FILE, --file PATH  " in short) == (name in ABOUT_LISTS - {"diff"})
    assert ("--home" in short) == (name not in OF_NO_LIST)
    options = short.partition("\nOptions:")[2].partition("Example")[0]
    assert len(options.splitlines()) <= 50
    assert all(len(line) <= 80 for line in options.splitlines())


@pytest.mark.parametrize("words", [("wy",), ("archive", "ad"), ("exit-code",), ("why", "not")])
def test_help_on_nothing(run, words):
    """There is no help on what there is not; what is near is named."""
    result = run("help", *words)
    assert result.exit_code == Exit.USAGE
    assert "there is no help on" in result.stderr
    assert ("did you mean" in result.stderr) == (words != ("why", "not"))


@pytest.mark.parametrize("topic", ["environment", "exit-codes", "completion"])
def test_topics(run, topic):
    """What no single command is about is a topic, which the first help names."""
    assert topic in run("--help").stdout
    assert run("help", topic).stdout.count("\n") > 3
    assert run("help").stdout == run("--help").stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_of_the_help_run(run, name, tmp_path, monkeypatch):
    """Every example on the sample, or on a file that is here, can be typed as it stands."""
    monkeypatch.chdir(tmp_path)
    for file in ("SDN.XML", "SDN_OLD.XML", "SDN_NEW.XML"):
        (tmp_path / file).write_bytes(open_sample())
    # What the examples of `screen` read.
    (tmp_path / "CUSTOMERS.csv").write_text(
        "No,Customer,Nat\nC-1,Example Trading LLC,DE\n", "utf-8"
    )
    text = (ALL[name].epilog or "").replace("\\\n", " ")
    examples = re.findall(r"^ +sanctionslib (.+)$", text, re.MULTILINE)
    examples += re.findall(rf"^ +sanctionslib ({name} [^A-Z].+)$", app.epilog or "", re.MULTILINE)
    assert examples
    for example in examples:
        words = shlex.split(example)
        assert example.startswith(name) or (name, words[0]) == ("template", "find")
        is_here = name in OF_NO_LIST | {"lists"} or "--sample" in words
        if name != words[0] and " " not in name:
            continue
        if is_here or any(one.startswith("SDN") and one.endswith(".XML") for one in words):
            assert run(*words).exit_code in (Exit.FOUND, Exit.NOTHING), example
        elif example.startswith(name):  # of files and editions that are not here
            ALL[name].make_context(name, words[len(name.split()) :])


def test_version(run):
    """`--version` gives the version of the library."""
    assert run("--version").stdout == f"sanctionslib {sl.__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        ("why", "33951"),
        ("show", "33951", "--keep-source"),
        ("find",),
        ("find", "--country", "FR"),
        ("find-number", "9187629"),
        ("related", "33951"),
        ("audit",),
        ("counterparts", "33951"),
        ("diff",),
        ("why", "nobody at all"),
        ("search", "Rapid Action Batalion"),
        ("search", "Nobody Whoever"),
    ],
)
def test_no_answer_absolves(run, words):
    """No answer ever says "clear"; every one says that this is a sample."""
    result = run(*words, "--sample")
    said = result.stdout + result.stderr
    assert not re.search(r"\bclear", said, re.IGNORECASE)
    assert "SAMPLE" in said


def test_help_says_what_the_sample_is(run):
    """The parties of that day and a few of before, as the sample itself is described."""
    assert len(sl.sample()) == (25 + 1 + 12 + 5 + 4) + 7
    said = " ".join(run("--help").stdout.split())
    assert "who was listed on 10 December 2021, and a few listed before" in said
    assert "54 entries of six lists" in " ".join(run("help", "why").stdout.split())
