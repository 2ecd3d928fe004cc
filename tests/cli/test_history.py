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
def home(tmp_path: Path) -> Path:
    """Three days: a person comes, then a remark of the ship, and the firm goes."""
    folder = tmp_path / "home"
    put(folder, "2021-12-09", SHIP, FIRM)
    put(folder, "2021-12-10", SHIP, FIRM, PERSON)
    put(folder, "2021-12-14", f"{SHIP}Seen.", PERSON)
    return folder


# ── changes ───────────────────────────────────────────────────────────────────────────────────


def test_changes_in_markdown_and_files(run, home, tmp_path):
    """A report can be printed, and be written beside another answer."""
    words = ("changes", WATCH, "--start", "2021-12-09", "--home", str(home))
    printed = run(*words, "--format", "markdown").stdout
    assert (
        printed
        == f"{sl.display.to_markdown(sl.Archive(home).changes(WATCH, start='2021-12-09'))}\n"
    )
    for suffix in ("md", "json", "txt"):
        path = tmp_path / f"changes.{suffix}"
        result = run(*words, "--output", str(path))
        assert result.exit_code == Exit.FOUND
        assert result.stdout.count("\n") == 1
        assert "EXAMPLE TRADING LLC" in path.read_text("utf-8")
    assert (tmp_path / "changes.md").read_text("utf-8") == printed
    assert run(*words, "--output", "a.pdf").exit_code == Exit.USAGE


def test_exit_code_of_changes(run, home):
    """As of `diff`: 6 only where it is asked for and there are changes."""
    words = ("changes", WATCH, "--home", str(home))
    assert run(*words, "--start", "2021-12-09").exit_code == Exit.FOUND
    assert run(*words, "--start", "2021-12-09", "--exit-code").exit_code == Exit.CHANGED
    assert run(*words, "--start", "2021-12-14", "--exit-code").exit_code == Exit.FOUND


def test_limit_of_changes(run, tmp_path):
    """`--limit` says how many of each sort are printed; 0 prints all."""
    home = tmp_path / "many"
    put(home, "2021-12-09", SHIP)
    put(home, "2021-12-10", SHIP, *(f"{n},FIRM {n} LTD,organization," for n in range(100, 170)))
    words = ("changes", WATCH, "--start", "2021-12-09", "--home", str(home))
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
def test_changes_of_what_is_not_there(run, home, words, said):
    """A list or a day that is not held is a wrong value."""
    result = run("changes", *words, "--home", str(home))
    assert result.exit_code == Exit.USAGE
    assert said in result.stderr
    assert not result.stdout


# ── timeline ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_timeline_of_nobody(run, home, more):
    """No edition held has the party: nothing found, which is no verdict."""
    result = run("timeline", "my_watch:99", "--home", str(home), *more)
    assert result.exit_code == Exit.NOTHING
    if not more:
        assert "no verdict on anybody" in result.stdout + result.stderr


@pytest.mark.parametrize("who", ["33951", "us_ofac_sdm:33951", "us_ofac_sdn:33951", ""])
def test_timeline_of_no_list(run, home, who):
    """An id without a list, and a list that is not held, are wrong values, and no answer."""
    result = run("timeline", who, "--home", str(home))
    assert result.exit_code == Exit.USAGE
    assert not result.stdout


@pytest.mark.parametrize("more", [(), ("--json",), ("--format", "markdown")])
def test_names_drive_no_terminal(run, tmp_path, more):
    """Control characters in what editions say are shown, in JSON as escapes."""
    home = tmp_path / "evil"
    put(home, "2021-12-09", SHIP)
    put(home, "2021-12-10", SHIP, "9,EVIL \x9b2J LTD,organization,so \x9d0;owned")
    for words in (
        ("timeline", "my_watch:9"),
        ("changes", WATCH, "--start", "2021-12-09"),
        ("diff", "--list", WATCH, "--from", "2021-12-09"),
        ("archive", "list", WATCH),
    ):
        result = run(*words, "--home", str(home), *more)
        assert result.exit_code == Exit.FOUND, result.stderr
        assert not set("\x1b\x9b\x9d") & set(result.stdout)
    assert "EVIL" in run("timeline", "my_watch:9", "--home", str(home), *more).stdout


def test_no_answer_absolves(run, home):
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
        result = run(*words, "--home", str(home))
        said = result.stdout + result.stderr
        assert said
        assert not re.search(r"\bclear|up to date|up-to-date", said, re.IGNORECASE)


# ── diff ──────────────────────────────────────────────────────────────────────────────────────


def test_diff_of_two_days(run, home):
    """`diff --list` compares what answers for two days, whatever lies between."""
    words = ("diff", "--list", WATCH, "--home", str(home), "--from", "2021-12-09")
    result = run(*words, "--to", "2021-12-11")
    old, new = (sl.Archive(home).load(WATCH, as_of=day) for day in ("2021-12-09", "2021-12-11"))
    assert result.stdout == f"{sl.diff(old, new)}\n"
    document = json.loads(run(*words, "--json").stdout)  # to the newest
    assert [one["published"] for one in document["editions"]] == ["2021-12-09", "2021-12-14"]
    assert run(*words, "--exit-code").exit_code == Exit.CHANGED


def test_diff_of_several_lists(run, home):
    """Several lists are compared as one collection."""
    for day, row in (("2021-12-09", SHIP), ("2021-12-10", FIRM)):
        sl.Archive(home).add(watch(row), list_id="other", published=day)
    words = ("--list", WATCH, "--list", "other", "--from", "2021-12-09", "--to", "2021-12-10")
    document = json.loads(run("diff", *words, "--home", str(home), "--json").stdout)
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
def test_diff_of_what_makes_no_sense(run, home, words):
    """A first day is needed, held, before the second; files and days are not mixed."""
    result = run("diff", *words, *(() if "--home" in words else ("--home", str(home))))
    assert result.exit_code == Exit.USAGE
    assert not result.stdout
