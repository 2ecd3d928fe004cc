"""Commands about lists of the archive: --list, of a day, offline, beside files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import FIRM, PERSON, SHIP, put, watch

import sanctionslib as sl
from sanctionslib.cli._exit import Exit


@pytest.fixture
def home(tmp_path: Path) -> str:
    """An archive with two days of a list."""
    folder = tmp_path / "home"
    put(folder, "2021-12-09", SHIP, FIRM)
    put(folder, "2021-12-10", SHIP, FIRM, PERSON)
    return str(folder)


def _ids(result) -> list[str]:
    return [one["id"] for one in json.loads(result.stdout)["entities"]]


def test_as_of(run, home):
    """`--as-of` asks the edition of that day, or the last one before."""
    words = ("find", "--list", "my_watch", "--home", home, "--json")
    assert _ids(run(*words)) == ["my_watch:1", "my_watch:2", "my_watch:3"]
    assert _ids(run(*words, "--as-of", "2021-12-09")) == ["my_watch:1", "my_watch:2"]
    assert _ids(run(*words, "--as-of", "2022-01-01")) == ["my_watch:1", "my_watch:2", "my_watch:3"]


def test_the_home_of_the_environment(run, home, monkeypatch):
    """Without --home it is the archive of SANCTIONSLIB_HOME."""
    monkeypatch.setenv("SANCTIONSLIB_HOME", home)
    assert run("show", "3", "--list", "my_watch").exit_code == Exit.FOUND


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--list", "us_ofac_sdm"), "did you mean 'us_ofac_sdn'"),
        (("--list", "my_wotch"), "no list with the id 'my_wotch' is known"),
        (("--list", "my_watch", "--as-of", "2021-12-08"), "no edition of my_watch is held"),
        (("--list", "my_watch", "--as-of", "soon"), "--as-of 'soon' is not a day"),
        (("--list", "my_watch", "--as-of", "9999-01-01"), "is in the future"),
        (("--list", "my_watch", "--list", "my_watch"), "'my_watch' is given twice"),
        (("--list", ""), "no list"),
    ],
)
def test_what_is_not_there(run, home, words, said):
    """A list or a day that is not held is a wrong value, never the answer "nothing found"."""
    result = run("why", "1", "--home", home, *words)
    assert result.exit_code == Exit.USAGE
    assert said in result.stderr
    assert not result.stdout


def test_what_to_do_where_nothing_is_held(run, home):
    """What to do is said as commands, with the folder that was given."""
    said = run("why", "1", "--list", "us_ofac_sdn", "--offline", "--home", home).stderr
    assert f"`sanctionslib fetch us_ofac_sdn --home {home}`" in said
    assert f"`sanctionslib archive add '…' --list-id us_ofac_sdn --home {home}`" in said


@pytest.mark.parametrize(
    "words",
    [
        ("--as-of", "2021-12-09"),
        ("--offline",),
        ("--max-age", "1"),
        ("--allow-stale",),
        ("--file-format", "sanctionslib-csv"),
        ("--home", "here"),
    ],
    ids=lambda words: words[0],
)
def test_options_of_the_archive_need_a_list(run, sdn, words):
    """What only the archive understands is not ignored beside a file or the sample."""
    for source in (("--sample",), ("--file", str(sdn))):
        result = run("find", *source, *words)
        assert result.exit_code == Exit.USAGE
        assert f"{words[0]} is about lists of the archive" in result.stderr


def test_what_contradicts_itself(run, home):
    """Two sources that exclude each other, and ages of a day that is past, are refused."""
    for words in (
        ("--sample", "--list", "my_watch"),
        ("--list", "my_watch", "--list-id", "x"),
        ("--list", "my_watch", "--published", "2021-12-10"),
        ("--list", "my_watch", "--day", "2021-12-09"),
        ("--list", "my_watch", "--as-of", "2021-12-09", "--allow-stale"),
        ("--list", "my_watch", "--as-of", "2021-12-09", "--max-age", "1"),
        (),
    ):
        assert run("find", *words).exit_code == Exit.USAGE


@pytest.mark.parametrize("hours", ["soon", "-1", "nan", "inf", "1e300", ""])
def test_hours(run, home, hours):
    """An age is a number of hours, and nothing else."""
    result = run("find", "--list", "my_watch", "--home", home, "--max-age", hours)
    assert result.exit_code == Exit.USAGE
    assert "--max-age" in result.stderr


def test_stale(run, home):
    """Offline, an age that nobody can vouch for is refused, or warned of where it is allowed."""
    words = ("find", "--list", "my_watch", "--home", home, "--offline", "--max-age", "0.5")
    result = run(*words)
    assert result.exit_code == Exit.FILE
    assert "--max-age" in result.stderr
    assert "--allow-stale" in result.stderr
    allowed = run(*words, "--allow-stale", "--json")
    assert len(_ids(allowed)) == 3
    assert allowed.stderr.startswith("warning: my_watch · 2021-12-10")


def test_beside_a_file(run, home, tmp_path):
    """A list of the archive and a file are combined; the same list twice is refused."""
    other = tmp_path / "other.csv"
    other.write_bytes(watch(SHIP))
    words = ("find", "--list", "my_watch", "--home", home, "--file", str(other), "--json")
    assert _ids(run(*words, "--list-id", "other"))[-1] == "other:1"
    result = run(*words, "--list-id", "my_watch")
    assert result.exit_code == Exit.USAGE
    assert "are of the same list, my_watch" in result.stderr


def test_two_lists(run, home, tmp_path):
    """Several lists of the archive are one collection."""
    sl.Archive(home).add(watch(FIRM), list_id="other", published="2021-12-10")
    words = ("find", "--list", "my_watch", "--list", "other", "--home", home, "--json")
    assert _ids(run(*words)) == ["my_watch:1", "my_watch:2", "my_watch:3", "other:2"]


def test_a_damaged_edition(run, home):
    """An edition that is not as it was stored is an error of the file, with a command to mend it."""
    (path,) = Path(home).glob("my_watch/*/2021-12-10-*/*.gz")
    path.write_bytes(path.read_bytes()[:-20])
    result = run("find", "--list", "my_watch", "--home", home)
    assert result.exit_code == Exit.FILE
    assert "sl." not in result.stderr
    assert "`sanctionslib archive verify --home" in result.stderr


def test_every_command_about_parties_asks_the_archive(run, home):
    """Each command that takes a file takes a list."""
    for words in (
        ("why", "1"),
        ("show", "1"),
        ("find",),
        ("related", "1"),
        ("owned-by", "1"),
        ("owners-of", "1"),
        ("audit",),
    ):
        result = run(*words, "--list", "my_watch", "--home", home)
        assert result.exit_code == Exit.FOUND, words
        assert "2021-12-10" in result.stdout
    for words in (("find-number", "4711"), ("counterparts", "1")):
        assert run(*words, "--list", "my_watch", "--home", home).exit_code == Exit.NOTHING
