"""changes and timeline: what the editions held say over time; diff of two days of the archive."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from commands import FIRM, PERSON, SHIP, WATCH, put, watch

import sanctionslib as sl
from sanctionslib.cli._exit import Exit


@pytest.fixture
def days(home: Path) -> None:
    """Three days: a person comes, then a remark of the ship, and the firm goes."""
    put(home, "2021-12-09", SHIP, FIRM)
    put(home, "2021-12-10", SHIP, FIRM, PERSON)
    put(home, "2021-12-14", f"{SHIP}Seen.", PERSON)


# ── changes ───────────────────────────────────────────────────────────────────────────────────


def test_changes_in_markdown_and_files(run, days, tmp_path):
    """A report can be printed, and be written beside another answer."""
    words = ("changes", WATCH, "--start", "2021-12-09")
    printed = run(*words, "--format", "markdown").stdout
    for suffix in ("md", "json", "txt"):
        path = tmp_path / f"changes.{suffix}"
        result = run(*words, "--output", str(path))
        assert result.exit_code == Exit.FOUND
        assert result.stdout.count("\n") == 1
        assert "EXAMPLE TRADING LLC" in path.read_text("utf-8")
    assert (tmp_path / "changes.md").read_text("utf-8") == printed
    assert run(*words, "--output", "a.pdf").exit_code == Exit.USAGE


def test_exit_code_of_changes(run, days):
    """As of `diff`: 6 only where it is asked for and there are changes."""
    words = ("changes", WATCH)
    assert run(*words, "--start", "2021-12-09").exit_code == Exit.FOUND
    assert run(*words, "--start", "2021-12-09", "--exit-code").exit_code == Exit.CHANGED
    assert run(*words, "--start", "2021-12-14", "--exit-code").exit_code == Exit.FOUND
    compared = run("diff", "--list", WATCH, "--from", "2021-12-09", "--exit-code")
    assert compared.exit_code == Exit.CHANGED


def test_limit_of_changes(run, home):
    """`--limit` says how many of each sort are printed; 0 prints all."""
    put(home, "2021-12-09", SHIP)
    put(home, "2021-12-10", SHIP, *(f"{n},FIRM {n} LTD,organization," for n in range(100, 170)))
    words = ("changes", WATCH, "--start", "2021-12-09")
    for more, shown in (((), 50), (("--limit", "3"), 3), (("--limit", "0"), 70)):
        assert run(*words, *more).stdout.count("FIRM") == shown
    assert run(*words, "--limit", "3", "--json").exit_code == Exit.USAGE


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((WATCH,), "--start"),
        ((WATCH, "--start", "soon"), "--start 'soon' is not a day"),
        (
            (WATCH, "--start", "2021-12-10", "--end", "2021-12-09"),
            "--start 2021-12-10 is after the last day",
        ),
        (("us_ofac_sdm", "--start", "2021-12-10"), "did you mean 'us_ofac_sdn'"),
        (("us_ofac_sdn", "--start", "2021-12-10"), "us_ofac_sdn"),
    ],
)
def test_changes_of_what_is_not_there(run, days, words, said):
    """A list or a day that is not held is a wrong value."""
    result = run("changes", *words)
    assert result.exit_code == Exit.USAGE
    assert said in result.stderr
    assert not result.stdout


# ── timeline ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_timeline_of_nobody(run, days, more):
    """No edition held has the party: nothing found, which is no verdict."""
    result = run("timeline", "my_watch:99", *more)
    assert result.exit_code == Exit.NOTHING
    if not more:
        assert "no verdict on anybody" in result.stdout + result.stderr


@pytest.mark.parametrize("who", ["33951", "us_ofac_sdm:33951", "us_ofac_sdn:33951", ""])
def test_timeline_of_no_list(run, days, who):
    """An id without a list, and a list that is not held, are wrong values, and no answer."""
    result = run("timeline", who)
    assert result.exit_code == Exit.USAGE
    assert not result.stdout


@pytest.mark.parametrize("more", [(), ("--json",), ("--format", "markdown")])
def test_names_drive_no_terminal(run, home, more):
    """Control characters in what editions say are shown, in JSON as escapes."""
    put(home, "2021-12-09", SHIP)
    put(home, "2021-12-10", SHIP, "9,EVIL \x9b2J LTD,organization,so \x9d0;owned")
    for words in (
        ("timeline", "my_watch:9"),
        ("changes", WATCH, "--start", "2021-12-09"),
        ("diff", "--list", WATCH, "--from", "2021-12-09"),
        ("archive", "list", WATCH),
    ):
        result = run(*words, *more)
        assert result.exit_code == Exit.FOUND, result.stderr
        assert not set("\x1b\x9b\x9d") & set(result.stdout)
    assert "EVIL" in run("timeline", "my_watch:9", *more).stdout


def test_no_answer_absolves(run, days):
    """No answer about editions says "clear" or "up to date"."""
    for words in (
        ("changes", WATCH, "--start", "2021-12-14"),
        ("timeline", "my_watch:2"),
        ("timeline", "my_watch:99"),
        ("archive", "list"),
        ("archive", "list", WATCH),
        ("archive", "verify"),
        ("find", "--list", WATCH, "--program", "GLOMAG", "--unstated", "drop"),
    ):
        result = run(*words)
        said = result.stdout + result.stderr
        assert said
        assert not re.search(r"\bclear|up to date|up-to-date", said, re.IGNORECASE)


# ── diff ──────────────────────────────────────────────────────────────────────────────────────


def test_diff_of_several_lists(run, days):
    """Several lists are compared as one collection."""
    for day, row in (("2021-12-09", SHIP), ("2021-12-10", FIRM)):
        sl.Archive().add(watch(row), list_id="other", published=day)
    words = ("--list", WATCH, "--list", "other", "--from", "2021-12-09", "--to", "2021-12-10")
    document = json.loads(run("diff", *words, "--json").stdout)
    assert [one["id"] for one in document["added"]] == ["my_watch:3", "other:2"]
    assert [one["id"] for one in document["removed"]] == ["other:1"]


@pytest.mark.parametrize(
    "words",
    [
        ("--list", WATCH),
        ("--list", WATCH, "--to", "2021-12-10"),
        ("--from", "2021-12-09", "SDN.XML", "SDN.XML"),
        ("--list", WATCH, "--from", "2021-12-09", "SDN.XML", "SDN.XML"),
        ("--list", WATCH, "--from", "2021-12-09", "--sample"),
        ("--list", WATCH, "--from", "2021-12-09", "--list-id", "x"),
        ("--list", WATCH, "--from", "2021-12-08"),
        ("--list", WATCH, "--from", "2021-12-10", "--to", "2021-12-09"),
        ("--home", "here", "SDN.XML", "SDN.XML"),
    ],
    ids=" ".join,
)
def test_diff_of_what_makes_no_sense(run, days, words):
    """A first day is needed, held, before the second; files and days are not mixed."""
    result = run("diff", *words)
    assert result.exit_code == Exit.USAGE
    assert not result.stdout
