"""search: parties with similar names, from the command line."""

from __future__ import annotations

import inspect
import json
import re

import pytest

import sanctionslib as sl
from sanctionslib.cli._exit import Exit
from sanctionslib.cli._find import search
from sanctionslib.matching.arguments import KINDS
from sanctionslib.matching.methods import DEFAULT, METHODS

NAME = "Rapid Action Batalion"


def _asked(run, *words: str) -> sl.answers.Hits:
    result = run("search", "--sample", "--json", *words)
    assert result.exit_code == Exit.FOUND, result.stderr
    return sl.from_dict(json.loads(result.stdout), sl.answers.Hits)


@pytest.mark.parametrize(
    ("words", "asked", "query"),
    [
        ([NAME], {}, NAME),
        (["Rapid", "Action", "Batalion"], {}, NAME),
        ([NAME, "--also", "RAB"], {}, [NAME, "RAB"]),
        (["--also", "RAB", "--also", NAME], {}, ["RAB", NAME]),
        ([NAME, "--kind", "Organization"], {"kind": "organization"}, NAME),
        ([NAME, "--min-score", ".9"], {"min_score": 0.9}, NAME),
        ([NAME, "--method", "ofac"], {"method": "ofac"}, NAME),
        ([NAME, "--weak-aliases", "include"], {"weak_aliases": "include"}, NAME),
        ([NAME, "--country", "BD", "--country", "India"], {"country": ["BD", "India"]}, NAME),
        (["Benazir Ahmad", "--birth-date", "1963-10"], {"birth_date": "1963-10"}, "Benazir Ahmad"),
        (["Benazir Ahmad", "--limit", "1"], {"limit": 1}, "Benazir Ahmad"),
        (["Benazir Ahmad", "--limit", "0"], {"limit": 0}, "Benazir Ahmad"),
        (
            [NAME, "--identifier", "7706101758", "--identifier", "1027739267819"],
            {"identifiers": ["7706101758", "1027739267819"]},
            NAME,
        ),
        (["--identifier", "7706101758"], {"identifiers": "7706101758"}, []),
    ],
)
def test_asks_search(run, words, asked, query):
    """The options are the keywords of `SanctionsList.search`, with the same answers."""
    found = sl.sample().search(query, **asked)
    assert len(found)
    assert _asked(run, *words) == found


def test_every_keyword_of_search_is_an_option():
    """A keyword that `search` gains has to become an option too."""
    parameters = inspect.signature(sl.SanctionsList.search).parameters.values()
    keywords = {one.name for one in parameters if one.kind is one.KEYWORD_ONLY}
    assert keywords <= {param.name for param in search.params}


def test_the_words_of_options_are_those_of_the_library():
    """What an option offers is spelled out in it, and no more and no less is known."""
    offered = {param.name: getattr(param.type, "choices", None) for param in search.params}
    assert tuple(offered["kind"]) == KINDS
    assert tuple(offered["method"]) == METHODS
    assert list(offered["weak_aliases"]) == [one.value for one in sl.WeakAliases]
    defaults = {param.name: param.default for param in search.params}
    assert defaults["method"] == DEFAULT
    signature = inspect.signature(sl.SanctionsList.search)
    assert defaults["weak_aliases"] == signature.parameters["weak_aliases"].default


def test_no_hit(run):
    """No hit is exit code 1, names the editions, and is no verdict."""
    result = run("search", "Nobody Whoever", "--sample")
    assert result.exit_code == Exit.NOTHING
    assert "No name reached the threshold" in result.stdout
    assert "6 lists, 2021-12-10" in result.stdout
    assert "A hit is no verdict, nor is no hit" in result.stdout
    assert not re.search(r"\bclear", result.stdout, re.IGNORECASE)
    document = run("search", "Nobody Whoever", "--sample", "--json")
    assert document.exit_code == Exit.NOTHING
    assert sl.from_dict(json.loads(document.stdout), sl.answers.Hits) == sl.sample().search(
        "Nobody Whoever"
    )


def test_a_weak_alias_alone_is_no_hit(run, tmp_path):
    """A party that only a weak alias finds is shown, and the exit code is that of no hit."""
    weak = sl.Name(text="EL TIGRE", kind=sl.NameKind.AKA, strength=sl.AliasStrength.WEAK)
    mine = sl.Person(id="my_watch:1", names=(sl.Name(text="DOE, Jane"), weak))
    sl.SanctionsList([mine]).write(tmp_path / "mine.jsonl")
    words = ("search", "El Tigre", "--file", str(tmp_path / "mine.jsonl"))
    result = run(*words)
    assert result.exit_code == Exit.NOTHING
    assert "EL TIGRE" in result.stdout
    assert run(*words, "--weak-aliases", "include").exit_code == Exit.FOUND


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say whom to search: NAME, or --identifier NUMBER"),
        (("   ",), "is blank"),
        ((" ", "--also", " "), "is blank"),
        (("x", "--birth-date", "soon"), "--birth-date 'soon' is no date"),
        (("x", "--birth-date", "3/10/63"), "what to do: write YYYY-MM-DD, YYYY-MM or YYYY\n"),
        (("x", "--country", "Atlantis"), "Atlantis"),
        (("x", "--min-score", "2"), "--min-score 2.0"),
        (("x", "--min-score", "nan"), "--min-score nan"),
        (("x", "--identifier", "-"), "neither letters nor digits"),
        (("x", "--method", "best"), "'best' is not one of"),
        (("x", "--kind", "spaceship"), "'spaceship' is not one of"),
        (("...",), "has no letter and no digit"),
        (
            ("7706101758",),
            "look numbers up: `sanctionslib find-number '…'`; give it as --identifier of a search",
        ),
        (("Mr",), "if it is the name of a person, say --kind person"),
    ],
)
def test_what_makes_no_sense(run, words, said):
    """A question that makes no sense is exit code 2, in the words of the command."""
    result = run("search", "--sample", *words)
    assert result.exit_code == Exit.USAGE
    assert said in result.stderr
    assert not result.stdout


def test_needs_a_list(run):
    """Nothing is searched by default."""
    result = run("search", NAME)
    assert result.exit_code == Exit.USAGE
    assert "say what to look at" in result.stderr
