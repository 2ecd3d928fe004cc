"""The commands about one party: how it is named, and what is no answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import sanctionslib as sl
from sanctionslib.cli._exit import Exit
from sanctionslib.display import to_text

COMMANDS = ("why", "show", "related")
ALL = (
    "us_ofac_sdn, us_ofac_cons, us_klepto_hr_visa, us_trade_csl, gb_hmt_sanctions, "
    "ca_dfatd_sema_sanctions · 2021-12-10 · SAMPLE, not the whole list"
)


def test_show_prints_the_source(run):
    """`--keep-source` adds every value of the source with its path."""
    assert "formattedFullName" not in run("show", "33951", "--sample").stdout
    text = run("show", "33951", "--sample", "--keep-source").stdout
    assert "SOURCE: the source, value by value" in text
    assert "formattedFullName" in text


def test_show_source_as_json(run):
    """In JSON the source is exact, and only there on request."""
    assert "source" not in json.loads(run("show", "33951", "--sample", "--json").stdout)
    document = json.loads(run("show", "33951", "--sample", "--json", "--keep-source").stdout)
    path = "names/name/translations/translation/formattedFullName"
    assert [path, "RAPID ACTION BATTALION"] in document["source"]


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


def test_a_party_of_several_lists(run, tmp_path):
    """A key or name that two lists have of one party is that party; `show` asks which record."""
    rab = sl.Organization(
        id="csl:33951", id_space="ofac", names=(sl.Name(text="RAPID ACTION BATTALION"),)
    )
    both = sl.combine(sl.sample(), sl.SanctionsList([rab], sl.Edition(list_id="csl")))
    path = tmp_path / "both.jsonl"
    both.write(path)
    for words in (("33951",), ("rapid action battalion",), ("us_ofac_sdn:33951",)):
        text = to_text(sl.read(path).why("33951"), more="--explain")
        assert run("why", *words, "--file", str(path)).stdout == f"{text}\n"
        assert run("related", *words, "--file", str(path)).exit_code == Exit.FOUND
    for words in (("33951",), ("rapid action battalion",)):
        result = run("show", *words, "--file", str(path))
        assert result.exit_code == Exit.AMBIGUOUS
        assert "csl:33951" in result.stderr
    assert "csl:33951" in run("show", "csl:33951", "--file", str(path)).stdout


def test_counterparts_of_nobody(run, tmp_path):
    """That there are none is an answer, and no verdict; a key of two parties is none of one party."""
    files: list[str] = []
    for name in ("one", "two"):
        firm = sl.Organization(id=f"{name}:1", names=(sl.Name(text=f"EXAMPLE {name}"),))
        sl.SanctionsList([firm], sl.Edition(list_id=name)).write(tmp_path / f"{name}.jsonl")
        files += ["--file", str(tmp_path / f"{name}.jsonl")]
    nothing = run("counterparts", "one:1", *files)
    assert nothing.exit_code == Exit.NOTHING
    assert "no verdict on anybody" in nothing.stdout
    nothing = run("counterparts", "one:1", *files, "--json")
    assert (nothing.exit_code, "counterparts" in json.loads(nothing.stdout)) == (
        Exit.NOTHING,
        False,
    )
    assert run("counterparts", "1", *files).exit_code == Exit.AMBIGUOUS
    assert run("counterparts", "nobody", *files).exit_code == Exit.NOTHING


@pytest.mark.parametrize("command", ["owned-by", "owners-of"])
def test_a_list_that_never_says_how(run, command):
    """Of SDN.XML, who owns whom is not stated: an exit code of its own, and no answer."""
    result = run(command, "34022", "--sample")
    assert (result.exit_code, result.stdout) == (Exit.NOT_STATED, "")
    assert "linked and never how" in result.stderr


@pytest.mark.parametrize(
    "option", [("--kind", "friend"), ("--direction", "up"), ("--format", "png"), ("--depth", "0")]
)
def test_wrong_values(run, option):
    """A kind, direction, format or depth that makes no sense is a usage error."""
    assert run("related", "34022", "--sample", *option).exit_code == Exit.USAGE
