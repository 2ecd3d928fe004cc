"""Errors and warnings as the command tells them: options and commands in place of Python."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from commands import commands_of

from sanctionslib.cli._app import app
from sanctionslib.cli._errors import HOME, advice, error_text
from sanctionslib.errors import Call, Hint, InvalidInputError

PACKAGE = Path(str(importlib.util.find_spec("sanctionslib").origin)).parent
ALL = commands_of(app)

OF_OBJECTS = re.compile(
    # Said of objects that a program made, or by functions that are no commands.
    r"names=\(Name|give a tuple|timedelta\(|`earliest`|on=new|sanctionslib\.from_dict"
    r"|`SanctionsList\.screen`|ask for kind="
)


def _texts(node: ast.AST, names: dict[str, list[ast.expr]]) -> Iterator[str]:
    """The texts that an expression can give; what is filled in is X."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            str(one.value) if isinstance(one, ast.Constant) else "X" for one in node.values
        )
    elif isinstance(node, ast.Name):
        for found in names.pop(node.id, []):
            yield from _texts(found, names)
    elif not isinstance(node, ast.Call) or ast.unparse(node.func).endswith(".join"):
        for child in ast.iter_child_nodes(node):
            yield from _texts(child, names)


def _advice() -> Iterator[tuple[str, str]]:
    """Every text of a hint in the library, but for what stands there as data."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.is_relative_to(PACKAGE / "cli") or path.name == "errors.py":
            continue
        tree = ast.parse(path.read_text("utf-8"))
        names: dict[str, list[ast.expr]] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                names.setdefault(node.targets[0].id, []).append(node.value)
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            given = [one.value for one in node.keywords if one.arg in ("hint", "hints")]
            if ast.unparse(node.func) == "Hint":
                given.append(node.args[0])
            for one in given:
                for text in _texts(one, dict(names)):
                    yield f"{path.name}:{node.lineno}", text


ADVICE = sorted(set(_advice()))


def test_no_advice_speaks_python():
    """No advice that the command can give names a keyword, an attribute or a function, but as data."""
    assert len(ADVICE) > 200
    assert not [
        (at, text)
        for at, text in ADVICE
        if not OF_OBJECTS.search(text)
        and re.search(r"\w=|=\w|audit\.|\bsl\.|`(?!sanctionslib)[a-z_.]+`|list of paths", text)
    ]


@pytest.mark.parametrize(
    ("command", "hint", "said"),
    [
        ("find", Hint("fetch {} again"), "fetch {} again"),
        (
            "find",
            Hint("{} reads it all the same", "partial", True),
            "--partial reads it all the same",
        ),
        ("find", Hint("say {}", "list_id", ("a", "b c")), "say --list-id a or 'b c'"),
        ("find", Hint("omit {}", "published"), "omit --published"),
        ("diff", Hint("omit {}", "published"), "omit --old-published or --new-published"),
        (
            "find",
            Hint("{} continues", "unstated", ("drop", "keep")),
            "--unstated drop or keep continues",
        ),
        ("why", Hint("{} continues", "unstated", ("drop", "keep")), ""),
        ("find", Hint("say {}", "format", "ofac-delimited"), "say --file-format ofac-delimited"),
        ("search", Hint("give it as {}", "identifiers"), "give it as --identifier"),
        (
            "screen",
            Hint("say {}", "columns", {"name": ("Full Name", "b"), "key": "x"}),
            "say --column 'name=Full Name' --column name=b --column key=x",
        ),
        (
            "fetch",
            Hint("accept it: {}", call=Call("accept", ("a", "3f6a"), {"reason": "two left"})),
            "accept it: `sanctionslib archive accept a 3f6a --reason 'two left'`",
        ),
        (
            "why",
            Hint("{} gives it", call=Call("fetch", ("a",), {"force": True}, home="it's")),
            "`sanctionslib fetch a --force --home 'it'\"'\"'s'` gives it",
        ),
        ("why", Hint("{} puts lists together", call=Call("combine")), ""),
    ],
)
def test_hints_in_the_terms_of_a_command(command, hint, said):
    """An argument is the option of the command that runs, a call a command; others are left out."""
    with click.Context(ALL[command]):
        assert advice(hint) == said


def test_commands_name_the_home_that_was_given():
    """What is to be done next is done in the same archive, as it was named."""
    with click.Context(ALL["why"]) as ctx:
        ctx.meta[HOME] = "lists"
        hint = Hint("{}", call=Call("verify", home="/in/full/lists"))
        assert advice(hint) == "`sanctionslib archive verify --home lists`"


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("listed_from='x' is not a date", "--listed-from 'x' is not a date"),
        ("listed_from is a date", "--listed-from is a date"),
    ],
)
def test_the_argument_is_an_option(what, said):
    """The argument that an error begins with is named as its option; data stays as it is."""
    error = InvalidInputError(
        what, argument="listed_from", hints=(Hint("say {}", "depth", 2), Hint("or 'depth=2'"))
    )
    with click.Context(ALL["find"]):
        assert error_text(error) == f"error: {said}\n  what to do: or 'depth=2'"


def test_errors_warnings_and_audits(run, sdn, faulty):
    """The words of options stand in errors and in warnings."""
    said = run("find", "--file", str(sdn), "--published", "2020-01-01").stderr
    assert re.search("(leave|omit) --published", said)
    assert "the audit" in run("find", "--file", str(faulty)).stderr
    short = sdn.with_name("short.xml")
    short.write_bytes(sdn.read_bytes().replace(b"<Record_Count>26<", b"<Record_Count>27<"))
    words = ("--file", str(short), "--list-id", "us_ofac_sdn")
    assert "--partial reads it" in run("audit", *words).stderr
    result = run("audit", *words, "--partial")
    assert "partial=True" not in result.stdout + result.stderr
