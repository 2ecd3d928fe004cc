"""archive: add, list, verify, prune, accept; in text, JSON and Markdown, and what goes wrong."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from commands import FIRM, PERSON, SHIP, WATCH, put, watch

import sanctionslib as sl
from sanctionslib.cli._exit import Exit

MANY = tuple(f"{n},EXAMPLE {n} LTD,organization," for n in range(1, 101))


@pytest.fixture
def two(home: Path) -> Path:
    """An archive with two editions of a list."""
    put(home, "2021-12-09", SHIP, FIRM)
    put(home, "2021-12-10", SHIP, FIRM, PERSON)
    return home


@pytest.fixture
def quarantined(home: Path) -> sl.answers.HeldEdition:
    """An edition that lost a fifth of its entries."""
    put(home, "2021-12-09", *MANY)
    with pytest.raises(sl.ImplausibleEditionError):
        put(home, "2021-12-10", *MANY[:80])
    return sl.Archive().editions(WATCH)[-1]


# ── add ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("how", ["file", "folder", "zip", "stdin"])
def test_add(run, home, tmp_path, how):
    """A file, a folder, a zip or standard input is an edition; its hash is that of the file."""
    data = watch(SHIP, FIRM)
    path = tmp_path / "given"
    if how == "folder":
        path.mkdir()
        (path / "watch.csv").write_bytes(data)
    elif how == "zip":
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("watch.csv", data)
    else:
        path.write_bytes(data)
    words = ("archive", "add", "-" if how == "stdin" else str(path), "--list-id", WATCH)
    more = ("--published", "2021-12-10")
    result = run(*words, *more, stdin=data if how == "stdin" else None)
    assert result.exit_code == Exit.FOUND, result.stderr
    (held,) = sl.Archive().editions(WATCH)
    assert held.sha256 in result.stdout
    assert held.entries == 2
    assert str(held.published) == "2021-12-10"


def test_add_what_is_held(run, home, tmp_path):
    """Adding the same file again says so, and gives the edition that is held."""
    path = tmp_path / "watch.csv"
    path.write_bytes(watch(SHIP, FIRM))
    words = ("archive", "add", str(path), "--list-id", WATCH, "--json")
    first = run(*words, "--published", "2021-12-10")
    assert first.stderr == f"ask it: sanctionslib search NAME --list {WATCH} --offline\n"
    again = run(*words, "--published", "2021-12-10")
    assert again.exit_code == Exit.FOUND
    assert json.loads(again.stdout) == json.loads(first.stdout)
    assert again.stderr == "the same bytes of the same day were held already\n"
    another = run(*words, "--published", "2021-12-11")
    assert another.stderr == first.stderr, "another day is another edition"


def test_add_several_files(run, home, lists):
    """Several paths are the files of one edition; without one of them it is refused."""
    folder = lists / "us_ofac_cons" / "delimited_2025-12-19"
    if not folder.is_dir():
        pytest.skip("no set of delimited files")
    paths = [str(one) for one in sorted(folder.iterdir())]
    words = ("--list-id", "us_ofac_cons", "--published", "2025-12-19")
    short = run("archive", "add", *paths[1:], *words)
    assert short.exit_code == Exit.FILE
    assert Path(paths[0]).name in short.stderr
    assert run("archive", "add", *paths, *words).exit_code == Exit.FOUND
    (held,) = sl.Archive().editions("us_ofac_cons")
    assert len(held.files) == len(paths)


def test_add_in_json_and_markdown(run, home, tmp_path):
    """`--json` is what `to_dict` gives of the edition; added twice it is the same."""
    path = tmp_path / "watch.csv"
    path.write_bytes(watch(SHIP))
    words = ("archive", "add", str(path), "--list-id", WATCH, "--published", "2021-12-10")
    document = json.loads(run(*words, "--json").stdout)
    assert document["schema"] == "sanctionslib/held_edition/1"
    assert document == sl.to_dict(sl.Archive().editions(WATCH)[0])
    markdown = run(*words, "--format", "markdown").stdout
    assert markdown.startswith("# ")
    assert len(sl.Archive().editions(WATCH)) == 1


def test_add_incomplete(run, home, sdn):
    """A file that declares more than it has needs --partial, and the message says --partial."""
    short = sdn.with_name("short.xml")
    short.write_bytes(sdn.read_bytes().replace(b"<Record_Count>26<", b"<Record_Count>27<"))
    words = ("archive", "add", str(short), "--list-id", "us_ofac_sdn")
    result = run(*words)
    assert result.exit_code == Exit.FILE
    assert "--partial" in result.stderr
    assert run(*words, "--partial").exit_code == Exit.FOUND
    assert sl.Archive().editions("us_ofac_sdn").current is None


def test_add_to_the_wrong_list(run, home, sdn):
    """An edition of another list is refused; the message says the option."""
    result = run("archive", "add", str(sdn), "--list-id", "us_ofac_cons")
    assert result.exit_code in (Exit.USAGE, Exit.FILE)
    assert "--list-id us_ofac_sdn" in result.stderr
    assert not list(home.rglob("edition.json"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-",), "Missing option '--list-id'"),
        (("--list-id", WATCH), "Missing argument 'PATH...'"),
        (("-", "-", "--list-id", WATCH), "only one file can be standard input"),
        (("-", "--list-id", "../up"), "'../up' cannot be a list id"),
    ],
)
def test_add_what_makes_no_sense(run, home, words, said):
    """A list is needed, a file, and a name that a folder can have."""
    result = run("archive", "add", *words, stdin=watch(SHIP))
    assert result.exit_code == Exit.USAGE
    assert said in result.stderr
    assert not list(home.rglob("edition.json"))


def test_quarantine_names_the_command(run, home, tmp_path, quarantined):
    """The message has the figures, the hash and the command that accepts."""
    path = tmp_path / "watch.csv"
    path.write_bytes(watch(*MANY[:80]))
    words = ("archive", "add", str(path), "--list-id", WATCH, "--published", "2021-12-10")
    result = run(*words, "--home", str(home))
    assert result.exit_code == Exit.FILE
    assert "entries: 80" in result.stderr
    command = (
        f"sanctionslib archive accept {WATCH} {quarantined.sha256[:16]} --reason '…' --home {home}"
    )
    assert f"`{command}`" in result.stderr


# ── list ──────────────────────────────────────────────────────────────────────────────────────


def test_list_all(run, two):
    """One line for each list: editions, first and last day, the current one, the room it takes."""
    put(two, "2021-12-10", SHIP)
    sl.Archive().add(watch(FIRM), list_id="other", published="2020-02-29")
    result = run("archive", "list")
    assert result.exit_code == Exit.FOUND
    assert str(two) in result.stdout
    lines = [line.split() for line in result.stdout.splitlines() if line[:5] in ("my_wa", "other")]
    assert [line[:5] for line in lines] == [
        [WATCH, "3", "—", "2021-12-09", "2021-12-10"],
        ["other", "1", "—", "2020-02-29", "2020-02-29"],
    ]
    assert lines[0][5:8] == ["2021-12-10", "·", "sanctionslib-csv"]
    markdown = run("archive", "list", "--format", "markdown").stdout
    assert "| other |" in markdown


def test_list_all_in_json(run, two):
    """The histories, as an array, also where there is but one."""
    document = json.loads(run("archive", "list", "--json").stdout)
    assert document == [sl.to_dict(sl.Archive().editions(WATCH))]


def test_list_shows_what_is_quarantined(run, home, quarantined):
    """A quarantined edition is counted and marked; the current one is the last good one."""
    line = next(one for one in run("archive", "list").stdout.splitlines() if one.startswith(WATCH))
    assert line.split()[:6] == [WATCH, "2", "1", "2021-12-09", "2021-12-10", "2021-12-09"]
    assert quarantined.sha256[:8] in run("archive", "list", WATCH).stdout


def test_nothing_held(run, home):
    """An empty archive says so, with its folder; no command names Python."""
    result = run("archive", "list")
    assert result.exit_code == Exit.NOTHING
    assert "Nothing is held here." in result.stdout
    assert str(home) in result.stdout
    assert not home.exists()
    assert json.loads(run("archive", "list", "--json").stdout) == []
    one = run("archive", "list", "us_ofac_sdn")
    assert one.exit_code == Exit.NOTHING
    assert "`sanctionslib fetch" in one.stdout
    assert "sanctionslib.fetch" not in one.stdout


# ── verify ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("more", [(), ("--json",), ("--format", "markdown")])
def test_verify_finds_a_fault(run, two, more):
    """A file with other bytes is named, with what to do, and the exit code is that of a fault."""
    (path,) = two.glob("my_watch/*/2021-12-09-*/*.gz")
    data = bytearray(path.read_bytes())
    data[-6] ^= 255
    path.write_bytes(data)
    result = run("archive", "verify", *more)
    assert result.exit_code == Exit.FILE
    assert path.parent.name in result.stdout


# ── prune ─────────────────────────────────────────────────────────────────────────────────────


def test_prune(run, two):
    """`--dry-run` says what would go; without it that goes, and the current edition stays."""
    words = ("archive", "prune", WATCH, "--before", "2022-01-01")
    result = run(*words, "--dry-run")
    assert "1 edition of my_watch would be removed" in result.stdout
    assert "2021-12-09" in result.stdout
    assert len(sl.Archive().editions(WATCH)) == 2
    assert "1 edition of my_watch removed" in run(*words).stdout
    assert [str(one.day) for one in sl.Archive().editions(WATCH)] == ["2021-12-10"]
    again = run(*words)
    assert again.exit_code == Exit.FOUND
    assert "No edition of my_watch" in again.stdout


def test_prune_in_json_and_markdown(run, two):
    """The editions, as an array; none is an empty one."""
    words = ("archive", "prune", WATCH, "--keep", "1")
    assert run(*words, "--dry-run", "--format", "markdown").stdout.startswith("# 1 edition of my")
    oldest = sl.to_dict(sl.Archive().editions(WATCH)[0])
    assert json.loads(run(*words, "--json").stdout) == [oldest]
    assert json.loads(run(*words, "--json").stdout) == []


def test_prune_what_is_quarantined(run, home, quarantined):
    """`--quarantined` removes those alone."""
    run("archive", "prune", WATCH, "--quarantined")
    assert quarantined.sha256 not in [one.sha256 for one in sl.Archive().editions(WATCH)]
    assert len(sl.Archive().editions(WATCH)) == 1


def test_prune_what_is_no_longer_there(run, two):
    """`--gone` lets older editions answer for it; a message before says so."""
    newest = sl.Archive().editions(WATCH)[-1]
    shutil.rmtree(newest.folder)
    find = ("find", "--list", WATCH, "--offline", "--home", str(two))
    result = run(*find)
    assert result.exit_code not in (Exit.FOUND, Exit.NOTHING)
    assert f"`sanctionslib archive prune {WATCH} --gone --home {two}`" in result.stderr
    prune = ("archive", "prune", WATCH, "--gone", "--home", str(two))
    assert "No edition of my_watch" in run(*prune, "--dry-run").stdout
    assert run(*find).exit_code == result.exit_code
    assert "is not asked for any more" in run(*prune).stdout
    assert run(*find).exit_code in (Exit.FOUND, Exit.NOTHING)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((WATCH,), "say at least one of --before; --keep; --quarantined; --gone"),
        ((WATCH, "--keep", "0"), "--keep"),
        ((WATCH, "--before", "soon"), "--before 'soon' is not a day"),
        (("us_ofac_sdm", "--keep", "1"), "did you mean 'us_ofac_sdn'"),
    ],
)
def test_prune_what_makes_no_sense(run, two, words, said):
    """It has to be said which; nothing is removed by accident."""
    result = run("archive", "prune", *words)
    assert result.exit_code == Exit.USAGE
    assert said in result.stderr
    assert len(sl.Archive().editions(WATCH)) == 2


# ── accept ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("more", [(), ("--json",), ("--format", "markdown")])
def test_accept(run, home, quarantined, more):
    """The reason is kept, and the edition answers from then on."""
    words = ("archive", "accept", WATCH, quarantined.sha256[:8], "--reason", "a lawful cut")
    result = run(*words, *more)
    assert result.exit_code == Exit.FOUND
    assert "a lawful cut" in result.stdout
    assert len(sl.Archive().load(WATCH)) == 80
    assert run(*words).exit_code == Exit.USAGE  # there is nothing to accept


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("0" * 8, "--reason", "x"), "no edition of my_watch that is held has the hash"),
        (("0123", "--reason", "x"), "at least its first 8 characters"),
        (("0" * 8, "--reason", " "), "for a reason"),
        (("0" * 8,), "--reason"),
    ],
)
def test_accept_what_makes_no_sense(run, home, quarantined, words, said):
    """A hash that is none, and no reason, are wrong values."""
    result = run("archive", "accept", WATCH, *words)
    assert result.exit_code == Exit.USAGE
    assert said in result.stderr
    assert sl.Archive().editions(WATCH)[-1].sha256 == quarantined.sha256


def test_a_reason_drives_no_terminal(run, home, quarantined):
    """Control characters in what a person wrote are shown, and do nothing."""
    words = ("archive", "accept", WATCH, quarantined.sha256[:8], "--reason", "so\x1b[2J it is")
    for more in ((), ("--json",)):
        assert "\x1b" not in run(*words, *more).stdout
    for more in ((WATCH,), ()):
        assert "\x1b" not in run("archive", "list", *more).stdout


@pytest.mark.parametrize(
    "words",
    [
        ("lists",),
        ("archive", "list"),
        ("archive", "list", WATCH),
        ("archive", "verify"),
        ("archive", "prune", WATCH, "--quarantined"),
        ("archive", "accept", WATCH, "0" * 8, "--reason", "x"),
        ("archive", "add", "-", "--list-id", WATCH),
        ("changes", WATCH, "--start", "2021-12-09"),
        ("timeline", "my_watch:1"),
        ("find", "--list", WATCH),
    ],
    ids=" ".join,
)
def test_a_home_that_is_none(run, tmp_path, words):
    """A folder that is a file is an error of the file, an empty name a wrong value."""
    path = tmp_path / "file"
    path.write_text("no folder", "utf-8")
    result = run(*words, "--home", str(path), stdin=watch(SHIP))
    assert result.exit_code == Exit.FILE
    assert result.stderr.startswith("error: ")
    assert run(*words, "--home", "", stdin=watch(SHIP)).exit_code == Exit.USAGE


def test_help_of_the_group(run):
    """`archive` alone tells its commands."""
    text = run("archive", "--help").stdout
    for name in ("accept", "add", "list", "prune", "verify"):
        assert f"\n  {name} " in text
    assert "..." not in text.partition("Commands:")[2]
    assert io.StringIO(text).readline().startswith("Usage: sanctionslib archive")
