"""Forms of answers, fields of rows, files as arguments, the usual lists, near misses, completion."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from commands import FIRM, SHIP, put, watch

import sanctionslib as sl
from sanctionslib.cli._app import app
from sanctionslib.cli._exit import Exit
from sanctionslib.errors import FetchError
from sanctionslib.export import columns_of, csv_lines

NAME = ("Rapid", "Action", "Batalion")
SAMPLE = "--sample"


# ── forms and fields ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("find", "--program", "GLOMAG"), sl.sample().where(program="GLOMAG")),
        (("find", "--program", "GLOMAG", "--kind", "vessel"), []),
        (("search", *NAME), sl.sample().search("Rapid Action Batalion")),
        (("search", "Nobody Whoever"), sl.sample().search("Nobody Whoever")),
        (("related", "33951"), sl.sample().related("33951")),
        (("diff",), sl.diff(sl.sample("2021-12-09"), sl.sample())),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_csv_is_the_rows(run, words, answer):
    """`--format csv` is `rows()` of the answer; without a row it still has the header."""
    rows = answer.rows() if answer else []
    text = run(*words, SAMPLE, "--format", "csv").stdout
    assert text == "".join(csv_lines(rows, columns_of(answer))).replace("\r\n", "\n")
    few = run(*words, SAMPLE, "--format", "csv", "--fields", "name, id", "-n", "2").stdout
    assert [*csv.reader(io.StringIO(few))] == [
        ["name", "id"],
        *([one["name"], one["id"]] for one in rows[:2]),
    ]


def test_fields(run):
    """`--fields` picks columns in a table, CSV, JSON and JSON Lines, in the order given."""
    words = ("find", "--program", "DPRK3", SAMPLE, "--fields", "name,listed_since")
    rows = [
        {"name": one["name"], "listed_since": str(one["listed_since"])}
        for one in sl.sample().where(program="DPRK3").rows()
    ]
    assert json.loads(run(*words, "--json").stdout) == rows
    lines = run(*words, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == rows
    table = run(*words).stdout
    assert "SAMPLE" in table
    assert all(one["name"] in table for one in rows)
    assert "| name | listed_since |" in run(*words, "--format", "markdown").stdout.lower()


def test_show_and_numbers_are_rows_too(run):
    """A party is one row, and so is each one that has a number, with the number."""
    (row,) = csv.DictReader(io.StringIO(run("show", "33951", SAMPLE, "--format", "csv").stdout))
    assert row["name"] == "RAPID ACTION BATTALION"
    words = ("find-number", "1027739267819", SAMPLE, "--fields", "id,number,number_kind")
    assert json.loads(run(*words, "--json").stdout) == [
        {
            "id": "us_ofac_sdn:34020",
            "number": "1027739267819",
            "number_kind": "company or organization registration",
        }
    ]


@pytest.mark.parametrize(("field", "near"), [("nmae", "; did you mean 'name'?"), ("zzz", "")])
def test_an_unknown_field(run, field, near):
    """A field that is not there is a wrong value that names all that are, and what is near."""
    result = run("find", SAMPLE, "--fields", f"id,{field}", "--kind", "aircraft")
    assert result.exit_code == Exit.USAGE
    assert f"error: --fields {field}: there is no such field{near}\n" in result.stderr
    assert f"the fields are {', '.join(columns_of([]))}\n" in result.stderr


def test_no_cell_is_a_formula(run, tmp_path):
    """CSV is guarded, on standard output and in a file."""
    mine = sl.Vessel(id="watch:1", names=(sl.Name(text="=EXAMPLE"),))
    sl.SanctionsList([mine], sl.Edition(list_id="watch")).write(tmp_path / "mine.json")
    words = ("find", str(tmp_path / "mine.json"), "--fields", "name")
    assert run(*words, "--format", "csv").stdout == "name\n'=EXAMPLE\n"
    run(*words, "-o", str(tmp_path / "x.csv"))
    assert (tmp_path / "x.csv").read_bytes() == b"name\r\n'=EXAMPLE\r\n"


def test_json_lines_hold_everything(run):
    """Lines of parties can be read again; lines of hits say which are hits."""
    text = run("find", "--program", "GLOMAG", SAMPLE, "--format", "jsonl").stdout
    assert list(sl.read(text.encode())) == list(sl.sample().where(program="GLOMAG"))
    (line,) = run("search", *NAME, SAMPLE, "--format", "jsonl").stdout.splitlines()
    hit = json.loads(line)
    assert hit.pop("status") == "hit"
    assert sl.from_dict(hit) == sl.sample().search("Rapid Action Batalion")[0]
    (line,) = run("why", "33951", SAMPLE, "--format", "jsonl").stdout.splitlines()
    assert json.loads(line) == json.loads(run("why", "33951", SAMPLE, "--json").stdout)
    lines = run("formats", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(one)["name"] for one in lines] == [one.name for one in sl.formats()]


def test_a_limit_of_links(run):
    """`-n` shows the first links, and counts the others; JSON holds all."""
    words = ("related", "33951", SAMPLE, "-n", "2")
    text = run(*words).stdout
    assert text.count("linked to RAPID ACTION BATTALION") == 2
    assert "… and 4 more" in text
    assert "… and 4 more" in run(*words, "--format", "html").stdout
    assert len(run(*words, "--format", "jsonl").stdout.splitlines()) == 2
    assert "--limit is for rows" in run(*words, "--json").stderr
    assert "--limit is for rows" in run("owned-by", "1", "-n", "2", "--json").stderr


@pytest.mark.parametrize("words", [("why", "33951"), ("audit",), ("compare", "a b", "a c")])
def test_no_rows(run, words):
    """What has no rows has no CSV and no fields."""
    assert run(*words, "--format", "csv").exit_code == Exit.USAGE
    assert run(*words, "--fields", "id").exit_code == Exit.USAGE


# ── files as arguments ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "words",
    [
        ("search", "Rapid Action Batalion"),
        ("why", "33951"),
        ("why", "rapid", "action", "battalion"),
        ("show", "33951"),
        ("related", "33951"),
        ("find", "--program", "GLOMAG"),
        ("find-number", "1027739267819"),
        ("counterparts", "33951"),
        ("audit",),
    ],
    ids=" ".join,
)
def test_a_file_behind_the_question(run, sdn, monkeypatch, words):
    """A file behind the words is what --file gives, by its suffix or as a path, also several."""
    monkeypatch.chdir(sdn.parent)
    expected = run(*words, "--file", "SDN.XML")
    for name in ("SDN.XML", "./SDN.XML", str(sdn)):
        result = run(*words, name)
        assert (result.exit_code, result.stdout) == (expected.exit_code, expected.stdout)
    Path("watch.csv").write_bytes(watch(SHIP))
    both = run(*words, "SDN.XML", "watch.csv", "--list-id", "watch.csv=my_watch")
    assert both.exit_code == expected.exit_code
    data = sdn.read_bytes()
    assert run(*words, "-", stdin=data).exit_code == expected.exit_code


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("search", "Ali", "SDM.XML"), "there is no file 'SDM.XML'"),
        (("search", "Ali", "./sdn.xm"), "there is no file './sdn.xm'"),
        (("search", "Ali", "SDN.XLM", SAMPLE), "there is no file 'SDN.XLM'"),
        (("search", "Ali", "sdn.cvs", SAMPLE), "behind --"),
        (("search", "Ali", "SDN", SAMPLE), "there is no file 'SDN'"),
        (("find-number", "9187629", "SDN.XM", "--list", "us_ofac_sdn"), "no file 'SDN.XM'"),
        (("find", "SDNXML"), "there is no file 'SDNXML'"),
        (("audit", "sdn.XLM"), "there is no file 'sdn.XLM'"),
    ],
)
def test_a_file_that_is_not_there(run, sdn, monkeypatch, words, said):
    """What looks like a file and is none is an error of the file, with a name that is near."""
    monkeypatch.chdir(sdn.parent)
    result = run(*words)
    assert result.exit_code == Exit.FILE
    assert said in result.stderr
    assert "did you mean 'SDN.XML'?" in result.stderr
    assert run("find", "glomag").stderr.endswith("looked for by `sanctionslib search`\n")


@pytest.mark.parametrize(
    "name",
    [
        *("A/S Example", "Example Trading", "folder", "c/o Example", "x" * 300),
        *("Nobody Co.", "Nobody J.R.", "Whoever.com", "NOBODY SDN"),
    ],
)
def test_a_name_that_is_no_file(run, tmp_path, monkeypatch, name):
    """A name with a slash, or of a folder that is there, is a name."""
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    assert run("search", name, SAMPLE).exit_code == Exit.NOTHING
    assert run("why", name, SAMPLE).exit_code == Exit.NOTHING
    assert run("find-number", "12/345", SAMPLE).exit_code == Exit.NOTHING


def test_a_name_that_looks_like_a_file(run, sdn, monkeypatch):
    """Behind -- it is a name."""
    monkeypatch.chdir(sdn.parent)
    assert run("search", SAMPLE, "--", "Nobody", "Whoever.xml").exit_code == Exit.NOTHING
    result = run("why", "--file", "SDN.XML", "--", "RAPID ACTION BATTALION")
    assert result.exit_code == Exit.FOUND


def test_a_file_is_no_question(run, sdn):
    """With a file alone it is not said whom to look for."""
    for command in ("why", "show", "related", "find-number"):
        result = run(command, str(sdn))
        assert result.exit_code == Exit.USAGE
        assert "Missing argument" in result.stderr
    assert "say whom to search" in run("search", str(sdn)).stderr


# ── the usual lists ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def kept(home, monkeypatch) -> Path:
    """An archive with two lists."""
    put(home, "2021-12-09", SHIP)
    put(home, "2021-12-10", SHIP, FIRM)
    sl.Archive().add(watch(FIRM), list_id="other", published="2021-12-10")
    return home


def _ids(result) -> list[str]:
    assert result.exit_code == Exit.FOUND, result.stderr
    return [json.loads(line)["id"] for line in result.stdout.splitlines()[1:]]


def test_without_a_list(run, kept, monkeypatch):
    """All lists that are held are looked at, or those that the environment names."""
    words = ("find", "--format", "jsonl")
    assert _ids(run(*words)) == ["my_watch:1", "my_watch:2", "other:2"]
    assert _ids(run(*words, "--offline", "--as-of", "2021-12-10"))[-1] == "other:2"
    for named in ("other", " other,", "other other"):
        monkeypatch.setenv("SANCTIONSLIB_LIST", named)
        assert _ids(run(*words)) == ["other:2"]
    monkeypatch.setenv("SANCTIONSLIB_LIST", "other, my_watch")
    assert _ids(run(*words, "--home", str(kept))) == ["other:2", "my_watch:1", "my_watch:2"]
    assert _ids(run(*words, "--list", "my_watch")) == ["my_watch:1", "my_watch:2"]
    monkeypatch.setenv("SANCTIONSLIB_LIST", " ")
    assert len(_ids(run(*words))) == 3


def test_a_list_that_cannot_answer_is_named(run, kept):
    """A list of which nothing held can answer is left out, and said to be."""
    result = run("find", "--format", "jsonl", "--as-of", "2021-12-09")
    assert _ids(result) == ["my_watch:1"]
    assert result.stderr == "warning: not looked at: other: no edition held can answer\n"
    assert run("find", "--as-of", "soon").exit_code == Exit.USAGE
    nothing = run("find", "--as-of", "2021-12-08")
    assert nothing.exit_code == Exit.USAGE
    assert "none that can answer" in nothing.stderr


def test_nothing_to_look_at(run, home):
    """Without anything, the error says how to get a list."""
    result = run("search", *NAME)
    assert result.exit_code == Exit.USAGE
    said = " ".join(result.stderr.split())
    assert "say what to look at" in said
    assert "`sanctionslib fetch us_ofac_sdn` gets one" in said
    assert "--sample" in said


# ── near misses ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("serach", "x"), "'search'"),
        (("owner-of", "x"), "'owners-of'"),
        (("archive", "lst"), "'list'"),
        (("find", "--formt", "csv"), "--format"),
        (("find", "--format", "josn"), "'json'"),
        (("find", "--kind", "Persn"), "'person'"),
        (("find", "--kind", "individual"), "'person'"),
        (("find", "--kind", "company"), "'organization'"),
        (("find", "--list", "us_ofac_sdm"), "'us_ofac_sdn'"),
        (("find", "--list", "sdn"), "'us_ofac_sdn'"),
        (("find", "--list", "UN"), "'un_sc_sanctions'"),
        (("find", "--list", "SDN List"), "'us_ofac_sdn'"),
        (("find", "--fields", "since", SAMPLE), "'listed_since'"),
        (("find", "--program", "GLOMAGG", SAMPLE), "'GLOMAG'"),
    ],
    ids=" ".join,
)
def test_did_you_mean(run, words, near):
    """Commands, options, their words and lists that are not there are answered with what is near."""
    result = run(*words)
    assert result.exit_code == Exit.USAGE
    # The oldest click that we allow calls options possible.
    assert re.search("did you mean|possible options", result.stderr, re.IGNORECASE)
    assert near in result.stderr
    assert "did you mean" not in run("zzzzzz").stderr.lower()


# ── completion ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(run, shell):
    """The script of each shell calls the command, which knows its words and the ids of lists."""
    assert "_SANCTIONSLIB_COMPLETE" in run("completion", shell).stdout
    assert run("completion", "tcsh").exit_code == Exit.USAGE

    def completed(*words: str) -> str:
        asked = {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
        if shell == "fish":
            asked["COMP_CWORD"] = words[-1]
        return subprocess.run(
            [sys.executable, "-m", "sanctionslib"],
            env={**os.environ, **asked, "_SANCTIONSLIB_COMPLETE": f"{shell}_complete"},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout

    assert "search" in completed("sanctionslib", "sea")
    assert "us_ofac_sdn" in completed("sanctionslib", "find", "--list", "us_ofac")
    assert "aircraft" in completed("sanctionslib", "find", "--kind", "air")


@pytest.mark.parametrize(
    ("words", "begun", "found"),
    [
        (["fetch"], "un_", "un_sc_sanctions"),
        (["changes"], "us_ofac_s", "us_ofac_sdn"),
        (["archive", "list"], "us_ofac_s", "us_ofac_sdn"),
        (["archive", "add", "SDN.XML", "--list-id"], "us_ofac_s", "us_ofac_sdn"),
        (["help"], "find-", "find-number"),
        (["help"], "exit", "exit-codes"),
        (["help", "archive"], "pr", "prune"),
        (["search", "--fields"], "id,sco", "id,score"),
        (["diff", "--fields"], "change", "change"),
        (["search", "Ali"], "SD", ("file", "SD")),
        (["why", "Ali"], "SD", ("file", "SD")),
        (["find-number", "1"], "SD", ("file", "SD")),
        (["audit"], "SD", ("file", "SD")),
    ],
)
def test_what_is_completed(words, begun, found):
    """Ids of lists, commands, topics, fields, and files behind a question."""
    made = ShellComplete(app, {}, "sanctionslib", "_SANCTIONSLIB_COMPLETE")
    items = made.get_completions(words, begun)
    assert found in [
        one.value if isinstance(found, str) else (one.type, one.value) for one in items
    ]


def test_the_help_names_all_fields(run):
    """Those that --fields takes, which are the columns of csv."""
    assert "Fields: id, list_id, name" in " ".join(run("help", "owned-by").stdout.split())
    for words in (
        ("search", "Ali"),
        ("find",),
        ("find-number", "1027739267819"),
        ("diff",),
        ("related", "34022"),
        ("show", "33951"),
    ):
        head = run(*words, SAMPLE, "--format", "csv").stdout.splitlines()[0]
        text = " ".join(run("help", words[0]).stdout.split())
        assert f"Fields: {head.replace(',', ', ')}" in text


# ── words ─────────────────────────────────────────────────────────────────────────────────────


def test_the_environment_names_a_list_that_is_not_known(run, monkeypatch):
    """The error says where the name is from."""
    monkeypatch.setenv("SANCTIONSLIB_LIST", "sdn")
    result = run("find")
    assert result.exit_code == Exit.USAGE
    assert "SANCTIONSLIB_LIST" in result.stderr
    assert "did you mean 'us_ofac_sdn'" in result.stderr


def test_a_score_in_percent(run):
    """It is answered with the score that is meant."""
    result = run("search", "Ali Hassan", "--min-score", "85", SAMPLE)
    assert result.exit_code == Exit.USAGE
    assert "scores go from 0 to 1: 0.85" in result.stderr


def test_a_birth_date_as_customers_write_it(run):
    """A day in one of the forms that a customer file may have; one that may be two days is refused."""
    words = ("search", "Benazir Ahmad", SAMPLE, "--json", "--birth-date")
    assert run(*words, "01.10.1963").exit_code == Exit.USAGE
    for text in ("24.06.1990", "24/6/1990", "6/24/1990", "19900624"):
        document = json.loads(run(*words, text).stdout)
        assert document["subject"]["birth_date"]["earliest"] == "1990-06-24"


def test_hidden_items_are_told_in_words_of_the_command(run, home):
    """What a table leaves out is counted, with the option that shows it."""
    text = run("diff", SAMPLE, "--limit", "3").stdout
    assert re.search(r"… and \d+ more added: --limit 0 shows all", text)
    assert "`" not in text


def test_the_message_has_the_banners(run, sdn, monkeypatch, tmp_path):
    """What is written may not show that it is a sample, or incomplete: the message says it."""
    monkeypatch.chdir(tmp_path)
    result = run("related", "34022", SAMPLE, "-o", "sek.svg")
    assert "written to sek.svg" in result.stdout
    assert "SAMPLE" in result.stdout
    assert run("related", "34022", SAMPLE, "-o", "sek.csv").stdout.count("SAMPLE") == 1


def test_columns_that_were_asked_about_stay(run, monkeypatch):
    """A narrow table omits other columns first."""
    monkeypatch.setenv("COLUMNS", "80")
    text = run("find", SAMPLE, "--listed-from", "2021-12-10", "--unstated", "drop").stdout
    assert "SINCE" in text
    assert "SINCE" not in run("find", SAMPLE).stdout


def test_no_network(run, kept, monkeypatch):
    """What cannot be fetched is answered with the edition that is held, or a file by hand."""

    def load(*_: object, **__: object) -> None:
        raise FetchError("no connection", hint="look at the network")

    monkeypatch.setattr("sanctionslib.api.Archive.load", load)
    result = run("find", "--list", "my_watch")
    assert result.exit_code == Exit.FILE
    assert (
        "what to do: --offline answers from the edition that is held: my_watch of 2021-12-10;"
        in (result.stderr)
    )
    said = run("find", "--list", "us_ofac_sdn").stderr
    assert "what to do: download the file by hand (`sanctionslib lists us_ofac_sdn` has" in said
    assert "`sanctionslib search NAME SDN.XML`" in said


def test_what_was_added_can_be_asked(run, home, sdn):
    """`archive add` says how."""
    result = run("archive", "add", str(sdn), "--list-id", "us_ofac_sdn")
    assert "ask it: sanctionslib search NAME --list us_ofac_sdn --offline" in result.stderr


def test_the_list_before_the_customers(run, sdn, monkeypatch):
    """The two files of a screening in the wrong order are told apart."""
    monkeypatch.chdir(sdn.parent)
    Path("customers.csv").write_text("name\nAli\n", "utf-8")
    result = run("screen", "SDN.XML", "customers.csv")
    assert result.exit_code == Exit.USAGE
    assert "SDN.XML looks like a list, and customers.csv like a customer file" in result.stderr
    assert "`sanctionslib screen customers.csv SDN.XML`" in result.stderr
