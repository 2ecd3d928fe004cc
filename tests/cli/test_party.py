"""why, show, related: the commands about one party."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import sanctionslib as sl
from sanctionslib.cli._exit import Exit

COMMANDS = ("why", "show", "related")
LABEL = "us_ofac_sdn · 2021-12-10 · ofac-enhanced-xml · SAMPLE, not the whole list"
ALL = (
    "us_ofac_sdn, us_ofac_cons, us_klepto_hr_visa, us_trade_csl, gb_hmt_sanctions, "
    "ca_dfatd_sema_sanctions · 2021-12-10 · SAMPLE, not the whole list"
)


def test_why_prints_the_explanation(run):
    """`why` prints what `str()` of the library's own answer gives (`looked at` included)."""
    result = run("why", "33951", "--sample")
    assert result.exit_code == Exit.FOUND
    assert result.stdout == f"{sl.sample().why('33951')}\n"
    assert "GLOMAG" in result.stdout
    assert LABEL in result.stdout


def test_show_prints_the_entity(run):
    """`show` prints what `str()` of the entity gives."""
    result = run("show", "33951", "--sample")
    assert result.exit_code == Exit.FOUND
    assert result.stdout == f"{sl.sample()['33951']}\n"
    assert LABEL in result.stdout


def test_show_prints_the_record(run):
    """`--record` adds every value of the source with its path."""
    assert "formattedFullName" not in run("show", "33951", "--sample").stdout
    text = run("show", "33951", "--sample", "--keep-source").stdout
    assert "SOURCE: the source, value by value" in text
    assert "formattedFullName" in text


def test_show_record_as_json(run):
    """In JSON the record is exact, and only there on request."""
    assert "source" not in json.loads(run("show", "33951", "--sample", "--json").stdout)
    document = json.loads(run("show", "33951", "--sample", "--json", "--keep-source").stdout)
    path = "names/name/translations/translation/formattedFullName"
    assert [path, "RAPID ACTION BATTALION"] in document["source"]


def test_related_follows_links(run):
    """`--depth` says how many links are followed."""
    near = run("related", "34022", "--sample").stdout
    far = run("related", "34022", "--sample", "--depth", "2").stdout
    assert "SHANGHAI HONGMAN" not in near
    assert "SHANGHAI HONGMAN" in far
    assert far == f"{sl.sample().related('34022', depth=2)}\n"


def test_related_refuses_depth_0(run):
    """A depth of 0 is a usage error."""
    assert run("related", "34022", "--sample", "--depth", "0").exit_code == Exit.USAGE


@pytest.mark.parametrize(
    "words",
    [
        ["33951"],
        ["us_ofac_sdn:33951"],
        ["RAPID ACTION BATTALION"],
        ["rapid", "action", "battalion"],
        [" rab  forces "],
    ],
)
@pytest.mark.parametrize("command", COMMANDS)
def test_ids_names_and_aliases(run, command, words):
    """A party is found by id, full id, name and alias in any case, quoted or not."""
    result = run(command, *words, "--sample", "--json")
    assert result.exit_code == Exit.FOUND
    document = json.loads(result.stdout)
    entity = document.get("entity") or document.get("center") or document
    assert entity["id"] == "us_ofac_sdn:33951"


@pytest.mark.parametrize(
    ("command", "kind"), [("why", sl.answers.Explanation), ("related", sl.answers.Network)]
)
def test_answers_round_trip(run, command, kind):
    """The JSON of an answer reads back equal."""
    document = json.loads(run(command, "33951", "--sample", "--json").stdout)
    answer = getattr(sl.sample(), command)("33951")
    assert sl.from_dict(document, kind) == answer
    assert document == sl.to_dict(answer)


def test_entity_round_trips(run):
    """The JSON of an entity reads back equal."""
    document = json.loads(run("show", "33952", "--sample", "--json").stdout)
    assert sl.from_dict(document, sl.Person) == sl.sample()["33952"]


@pytest.mark.parametrize("command", COMMANDS)
def test_unknown_name(run, command):
    """An unknown name is an error that names the edition, near misses, and no verdict."""
    result = run(command, "Rapid Action Batalion", "--sample")
    assert result.exit_code == Exit.NOTHING
    assert not result.stdout
    assert f"error: no entity of {ALL} has the id or the name" in result.stderr
    assert "did you mean 'RAPID ACTION BATTALION'?" in result.stderr
    assert "no verdict on anybody" in result.stderr


def test_unknown_id(run):
    """For an unknown id, near ids are suggested; for something else, nothing is."""
    assert "33951" in run("why", "3395", "--sample").stderr
    result = run("why", "qqqqqqqq", "--sample")
    assert result.exit_code == Exit.NOTHING
    assert "did you mean" not in result.stderr


def test_empty_name(run):
    """An empty name is a usage error, not a search."""
    assert run("why", " ", "--sample").exit_code == Exit.USAGE


@pytest.mark.parametrize("command", COMMANDS)
def test_several_parties_of_one_name(run, tmp_path: Path, command):
    """Several parties of one name are listed with their ids, and the exit code is its own."""
    twins = [
        sl.Person(id="watch:1", names=(sl.Name(text="DOE, J"),)),
        sl.Vessel(id="watch:2", names=(sl.Name(text="X"), sl.Name(text="Doe, J"))),
    ]
    path = tmp_path / "twins.json"
    sl.SanctionsList(twins, sl.Edition(list_id="watch")).write(path)
    result = run(command, "doe, j", "--file", str(path))
    assert result.exit_code == Exit.AMBIGUOUS
    assert "watch:1  person" in result.stderr
    assert "watch:2  vessel" in result.stderr


def test_names_cannot_drive_a_terminal(run, tmp_path: Path):
    """Control characters of a hostile file are shown, in answers and in errors."""
    path = tmp_path / "bad.json"
    bad = [sl.Person(id=f"watch:{n}", names=(sl.Name(text="A\x1b[2J"),)) for n in (1, 2)]
    sl.SanctionsList(bad, sl.Edition(list_id="watch")).write(path)
    for words in (("show", "watch:1"), ("why", "a\x1b[2j"), ("find",)):
        result = run(*words, "--file", str(path))
        assert "\x1b" not in result.stdout + result.stderr
