"""fetch: newest editions from a server on loopback; one failure stops no other list. lists."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import FIRM, SHIP, WATCH, put, watch
from faulty_server import HASTY, Answer, FaultyServer

import sanctionslib as sl
from sanctionslib.api import _download
from sanctionslib.cli._exit import Exit

MANY = tuple(f"{n},EXAMPLE {n} LTD,organization," for n in range(1, 101))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultyServer]:
    """A publisher; nobody waits long for it."""
    monkeypatch.setattr(_download, "RETRY_POLICY", HASTY)
    with FaultyServer() as running:
        yield running


@pytest.fixture(autouse=True)
def catalog(home: Path, server: FaultyServer) -> Path:
    """The archive has a catalog with two lists of that publisher."""
    home.mkdir()
    path = home / "lists.toml"
    path.write_text(
        "".join(
            f'[{name}]\ntitle = "EXAMPLE of {name}"\n[{name}.formats.sanctionslib-csv.files]\n'
            f'"{name}.csv" = ["{server.url(f"/{name}.csv")}"]\n'
            for name in (WATCH, "other")
        ),
        "utf-8",
    )
    return path


def _answer(*rows: str, day: str = "Fri, 10 Dec 2021 12:00:00 GMT") -> Answer:
    return Answer(body=watch(*rows), last_modified=day)


def test_text(run, server, home):
    """A new edition is shown with its day, size and hash; the second time nothing is new."""
    server.put("/my_watch.csv", _answer(SHIP, FIRM))
    result = run("fetch", WATCH)
    assert result.exit_code == Exit.FOUND
    assert not result.stderr
    (held,) = sl.Archive().editions(WATCH)
    for said in ("2021-12-10", held.sha256, "2 entries", "new"):
        assert said in result.stdout
    again = run("fetch", WATCH)
    assert again.exit_code == Exit.FOUND
    assert "unchanged" in again.stdout
    assert len(sl.Archive().editions(WATCH)) == 1


def test_json_and_markdown(run, server, home):
    """One list is one document, several are an array; Markdown is the same sheet."""
    for name in (WATCH, "other"):
        server.put(f"/{name}.csv", _answer(SHIP))
    one = json.loads(run("fetch", WATCH, "--json").stdout)
    assert one["schema"] == "sanctionslib/fetched/1"
    assert one["is_new"] is True
    assert sl.from_dict(one).edition.list_id == WATCH
    both = run("fetch", WATCH, "other", WATCH).stdout
    assert both.count(", edition of 2021-12-10 ") == 2
    two = json.loads(run("fetch", WATCH, "other", "--json").stdout)
    assert [each["edition"]["list_id"] for each in two] == [WATCH, "other"]
    result = run("fetch", WATCH, "--format", "markdown")
    assert result.stdout.startswith("# my_watch, edition of 2021-12-10")
    assert run("fetch", WATCH, "--json", "--format", "table").exit_code == Exit.USAGE


def test_force(run, server, home):
    """`--force` asks for all of it, also where nothing has changed."""
    server.put("/my_watch.csv", _answer(SHIP))
    for _ in range(2):
        run("fetch", WATCH)
    assert "if-modified-since" in server.asked("/my_watch.csv")[-1].headers
    run("fetch", WATCH, "--force")
    assert "if-modified-since" not in server.asked("/my_watch.csv")[-1].headers


def test_one_fails_of_several(run, server, home):
    """The others are fetched all the same; what failed is named at the end."""
    server.put("/my_watch.csv", Answer(status=403, body=b"<html>Access denied</html>"))
    server.put("/other.csv", _answer(SHIP))
    result = run("fetch", WATCH, "other")
    assert result.exit_code == Exit.FILE
    assert "other, edition of 2021-12-10" in result.stdout
    assert "Access denied" in result.stderr
    assert result.stderr.endswith("error: 1 of 2 lists failed: my_watch\n")
    document = json.loads(run("fetch", WATCH, "other", "--json").stdout)
    assert [one["edition"]["list_id"] for one in document] == ["other"]
    both = run("fetch", WATCH, "nolist", "--json")
    assert json.loads(both.stdout) == []
    assert both.exit_code == Exit.FILE


def test_one_that_fails_alone(run, server, home):
    """With the last good edition's age; nothing is printed as an answer."""
    put(home, "2021-12-09", SHIP)
    server.put("/my_watch.csv", Answer(status=404))
    for more in ((), ("--json",)):
        result = run("fetch", WATCH, *more)
        assert result.exit_code == Exit.FILE
        assert not result.stdout
        assert "the last good edition, of 2021-12-09" in result.stderr
        assert "lists failed" not in result.stderr


def test_quarantined_and_accepted(run, server, home):
    """The error has the figures, the hash, and the very command that accepts."""
    put(home, "2021-12-09", *MANY)
    server.put("/my_watch.csv", _answer(*MANY[:80]))
    result = run("fetch", WATCH, "--home", str(home))
    assert result.exit_code == Exit.FILE
    held = sl.Archive().editions(WATCH)[-1]
    assert "entries: 80, and at least 95 are required (100 before)" in result.stderr
    command = f"`sanctionslib archive accept {WATCH} {held.sha256[:16]} --reason '…' --home {home}`"
    assert command in result.stderr
    assert "sl." not in result.stderr
    words = command.strip("`").replace("'…'", "right").split()[1:]
    assert run(*words).exit_code == Exit.FOUND
    assert run("fetch", WATCH, "--home", str(home)).exit_code == Exit.FOUND
    assert len(sl.Archive().load(WATCH, offline=True)) == 80


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("us_ofac_sdm",), "did you mean 'us_ofac_sdn'"),
        ((WATCH, "--file-format", "pdf"), "does not come in the format 'pdf'"),
        ((), "Missing argument"),
    ],
)
def test_what_cannot_be_asked_for(run, home, words, said):
    """An unknown list or format is a wrong value; near misses are named."""
    result = run("fetch", *words)
    assert result.exit_code == Exit.USAGE
    assert said in result.stderr


def test_load_asks_the_server(run, server, home):
    """`--list` fetches what was not asked for lately, and says how to go by what is held."""
    server.put("/my_watch.csv", _answer(SHIP, FIRM), Answer(status=404))
    words = ("find", "--list", WATCH)
    assert run(*words).exit_code == Exit.FOUND
    assert run(*words).exit_code == Exit.FOUND
    assert len(server.asked("/my_watch.csv")) == 1
    result = run(*words, "--max-age", "0")
    assert result.exit_code == Exit.FILE
    assert "--allow-stale" in result.stderr
    assert "--offline" in result.stderr
    allowed = run(*words, "--max-age", "0", "--allow-stale")
    assert allowed.exit_code == Exit.FOUND
    assert allowed.stderr.startswith("warning: my_watch · 2021-12-10")


def test_what_a_server_says_drives_no_terminal(run, server, home):
    """Control characters of a block page are shown, and do nothing."""
    server.put("/my_watch.csv", Answer(status=403, body=b"<html>\x1b[2J\x1b]0;owned\x07</html>"))
    result = run("fetch", WATCH)
    assert result.exit_code == Exit.FILE
    assert "\x1b" not in result.stderr
    assert "\x07" not in result.stderr


# ── lists ─────────────────────────────────────────────────────────────────────────────────────


def test_lists(run, home):
    """Ours and those of the user's own catalog, as a table or an array."""
    result = run("lists")
    assert result.exit_code == Exit.FOUND
    for name in ("us_ofac_sdn", "un_sc_sanctions", WATCH):
        assert name in result.stdout
    known = sl.Archive().lists()
    document = json.loads(run("lists", "--json").stdout)
    assert document == [sl.to_dict(one) for one in known]
    markdown = run("lists", "--format", "markdown").stdout
    assert markdown.startswith("# ")
    assert "us_ofac_sdn" in markdown


def test_one_list(run, home):
    """All that is known of a list is shown, with its addresses; an unknown one has near misses."""
    result = run("lists", "us_ofac_sdn", WATCH, "--explain")
    assert "sanctionslistservice.ofac.treas.gov" in result.stdout
    assert "EXAMPLE of my_watch" in result.stdout
    document = json.loads(run("lists", WATCH, "--json").stdout)
    assert [one["list_id"] for one in document] == [WATCH]
    wrong = run("lists", "us_ofac_sdm")
    assert wrong.exit_code == Exit.USAGE
    assert "did you mean 'us_ofac_sdn'" in wrong.stderr


def test_a_catalog_at_fault(run, catalog):
    """A user's catalog that cannot be read is named by its path."""
    catalog.write_text("[my_watch\n", "utf-8")
    result = run("lists")
    assert result.exit_code == Exit.USAGE
    assert "lists.toml" in result.stderr
