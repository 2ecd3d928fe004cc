"""What the library says to programmers, as the command says it."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import commands_of

from sanctionslib.cli._app import app
from sanctionslib.cli._words import OPTIONS, in_options, option_of

PACKAGE = Path(str(importlib.util.find_spec("sanctionslib").origin)).parent
ROOMS = (
    "api",
    "archive",
    "parsers",
    "query",
    "export",
    "catalog",
    "samples",
    "answers",
    "matching",
)
"""Where the errors and warnings that the command can meet are made."""

OF_OBJECTS = re.compile(
    # Said of objects that a program made, or of members of our own JSON.
    r"names=\(Name|give a tuple|timedelta\(|say which: sl|neither true nor false|sha256=|the session does not|PartialDate|sdn\[|`kind` must be|in `editions`|opened in binary mode"
    r"|write it in quotes"
    # Said by `rescreen`, which is no command.
    r"|as well: on=new|each by sanctionslib.from_dict"
)


def _constant(node: ast.AST, names: dict[str, list[ast.expr]]) -> Iterator[str]:
    """The texts that an expression can give; what is filled in is a keyword, or some value."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        for keyword in sorted(OPTIONS):
            yield "".join(
                one.value
                if isinstance(one, ast.Constant)
                else keyword
                if ast.unparse(one.value) in ("keyword", "name", "word")
                else "'x y'"
                if one.conversion == ord("r")
                else "X"
                for one in node.values
            )
    elif isinstance(node, ast.Name):
        for found in names.pop(node.id, []):
            yield from _constant(found, names)
    else:
        for child in ast.iter_child_nodes(node):
            yield from _constant(child, names)


def _messages() -> Iterator[tuple[str, str]]:
    """Every text that is given to an error, a warning, an issue or a hint."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0] not in ROOMS:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        names: dict[str, list[ast.expr]] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        names.setdefault(target.id, []).append(node.value)
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
            if not (called.endswith(("Error", "Warning")) or called in ("warn", "issue")):
                continue
            for given in (*node.args, *(one.value for one in node.keywords)):
                for text in _constant(given, dict(names)):
                    yield f"{path.name}:{node.lineno}", text


MESSAGES = sorted(set(_messages()))


def test_hints_are_found():
    """The test sees the hints that it is about, also those behind names."""
    texts = " ".join(text for _, text in MESSAGES)
    for one in ("list_id='us_ofac_sdn'", "partial=True", "unstated='drop'", "audit.issues"):
        assert one in texts


def test_no_message_speaks_python():
    """No message that the command can give names a keyword, an attribute or a function."""
    left = [
        (at, said)
        for at, text in MESSAGES
        if not OF_OBJECTS.search(text)
        and re.search(
            r"\w=|=\w|=True|audit\.|\bsl\.|`[a-z_]+`|\w\(\[|as a list\b|list of paths",
            re.sub(r"--column \w+=", "", said := in_options(text)),
        )
    ]
    assert not left


def test_the_options_are_there():
    """Every option that a message can be turned into is one of the command."""
    there = {
        one for each in commands_of(app).values() for param in each.params for one in param.opts
    }
    assert {option_of(one) for one in OPTIONS} <= there


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("say list_id='us_ofac_sdn' or list_id='x'", "say --list-id us_ofac_sdn or --list-id x"),
        ("say published='YYYY-MM-DD'", "say --published YYYY-MM-DD"),
        ("partial=True reads it", "--partial reads it"),
        ("leave `published` out: it", "leave --published out: it"),
        ("leave list_id out", "leave --list-id out"),
        ("program='' is nothing", "--program '' is nothing"),
        ("measure='asset freeze' is", "--measure 'asset freeze' is"),
        ("flag= is asked of kind=Person or X", "--flag is asked of --kind Person or X"),
        ("faults found: 2 (see audit.issues)", "faults found: 2 (see `sanctionslib audit`)"),
        ("say before=, keep= or refused=True", "say --before, --keep or --refused"),
        ("max_age and allow_stale=True", "--max-age and --allow-stale"),
        ("say format=… or format='x'", "say --file-format … or --file-format x"),
        # Functions are commands.
        ("with sl.fetch('a', force=True).", "with `sanctionslib fetch a --force`."),
        (
            "accept it: sl.Archive().accept('a', '3f6a', reason='…'); or",
            "accept it: `sanctionslib archive accept a 3f6a --reason '…'`; or",
        ),
        (
            "sl.Archive().add(…, list_id='a b')",
            "`sanctionslib archive add … --list 'a b'`",
        ),
        (
            "`sanctionslib.verify_archive` and sl.lists()",
            "`sanctionslib archive verify` and `sanctionslib lists`",
        ),
        ("'sl.fetch(1)' and sl.fetched", "'sl.fetch(1)' and sl.fetched"),
        # Columns are options, each by itself.
        (
            "say so: columns={'name': ['Full Name', 'b'], 'key': 'x', …}; or columns={'name': '…'}",
            "say so: --column 'name=Full Name' --column name=b --column key=x; or --column name=…",
        ),
        ("identifiers=3 of weak_aliases='x'", "--identifier 3 of --weak-aliases x"),
        ("start=12 goes on behind it", "the same command goes on from there"),
        # What others wrote is not ours to change.
        ("the name 'partial=True' of kind='x'", "the name 'partial=True' of --kind x"),
        ("the list's words ('a') or kind='x'", "the list's words ('a') or --kind x"),
        ("a subkind='x', the kind is 'x'", "a subkind='x', the kind is 'x'"),
    ],
)
def test_in_options(ours, theirs):
    """Keywords become options; quoted data stays as it is."""
    assert in_options(ours) == theirs


def test_commands_name_the_home_that_was_given():
    """What is to be done next is done in the same archive."""
    said = in_options("sl.fetch('a'), or offline=True", home="my files/it's")
    assert said == "`sanctionslib fetch a --home 'my files/it'\"'\"'s'`, or --offline"


def test_words_of_a_command_of_its_own():
    """`archive add` takes no --file, and two editions of the archive are taken by their format."""
    each = (
        "read each on its own, then put the lists together with sl.combine; of an edition of "
        "several files, give these alone, as a list"
    )
    alone = "; of an edition of several files, put these alone into a folder or zip"
    assert in_options(each) == f"give each by a --file of its own{alone}"
    assert in_options(each, command="archive") == f"add each on its own{alone}"
    same = "read both from files of the same format"
    assert "--file-format" in in_options(same, command="diff")
    assert in_options(same) == same


def test_unstated_is_of_find_alone():
    """--unstated is offered where it can be given."""
    hint = "look elsewhere; unstated='drop' or 'keep' goes on without it"
    assert in_options(hint) == "look elsewhere"
    assert "; --unstated drop (or keep)" in in_options(hint, command="find")


def test_errors_warnings_and_audits(run, sdn, faulty):
    """The words of options stand in errors, in warnings and in the audit."""
    said = run("find", "--file", str(sdn), "--published", "2020-01-01").stderr
    assert "leave --published out" in said
    assert "see `sanctionslib audit`" in run("find", "--file", str(faulty)).stderr
    short = sdn.with_name("short.xml")
    short.write_bytes(sdn.read_bytes().replace(b"<Record_Count>26<", b"<Record_Count>27<"))
    words = ("--file", str(short), "--list-id", "us_ofac_sdn")
    assert "--partial reads it" in run("audit", *words).stderr
    result = run("audit", *words, "--partial")
    assert "partial=True" not in result.stdout + result.stderr
    assert "--partial" in result.stdout
