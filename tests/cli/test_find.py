"""find, find-number and compare, from the command line."""

from __future__ import annotations

import json
import re

import pytest

import sanctionslib as sl
from sanctionslib.cli._exit import Exit
from sanctionslib.cli._find import find

LABEL = "us_ofac_sdn · 2021-12-10 · ofac-enhanced-xml · SAMPLE, not the whole list"
ALL = (
    "us_ofac_sdn, us_ofac_cons, us_klepto_hr_visa, us_trade_csl, gb_hmt_sanctions, "
    "ca_dfatd_sema_sanctions · 2021-12-10 · SAMPLE, not the whole list"
)
OFAC = ("--authority", "OFAC")
"""Canada states no countries: a question about them is asked of those who do."""
WHOLE = len(sl.sample())


def _ids(text: str) -> list[str]:
    return [one["id"].partition(":")[2] for one in json.loads(text)["entities"]]


def test_find_prints_a_table(run):
    """`find` prints the table of the selection."""
    result = run("find", "--program", "GLOMAG", "--sample")
    assert result.exit_code == Exit.FOUND
    table = str(sl.sample().where(program="GLOMAG"))
    assert result.stdout == f"{table.replace('explain=True', '--explain')}\n"
    assert "6 lists, 2021-12-10" in result.stdout
    assert LABEL in run("find", "--program", "GLOMAG", "--sample", "--explain").stdout


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ([], {}),
        (["--kind", "person"], {"kind": sl.Person}),
        (["--kind", "person", "--kind", "vessel"], {"kind": (sl.Person, sl.Vessel)}),
        (["--program", "GLOMAG", "--program", "DPRK3"], {"program": ("GLOMAG", "DPRK3")}),
        (["--named-list", "SDN List"], {"named_list": "SDN List"}),
        (["--category", "sanctions"], {"category": "sanctions"}),
        (["--not-delisted"], {"delisted": False}),
        (["--authority", "OFAC"], {"authority": "OFAC"}),
        (
            [*OFAC, "--country", "BD", "--kind", "person"],
            {"authority": "OFAC", "country": "BD", "kind": sl.Person},
        ),
        ([*OFAC, "--nationality", "BD"], {"authority": "OFAC", "nationality": "BD"}),
        ([*OFAC, "--address-country", "CN"], {"authority": "OFAC", "address_country": "CN"}),
        ([*OFAC, "--birth-country", "BD"], {"authority": "OFAC", "birth_country": "BD"}),
        (["--unstated", "keep", "--nationality", "BD"], {"unstated": "keep", "nationality": "BD"}),
    ],
)
def test_find_asks_where(run, words, where):
    """The options are the keywords of `SanctionsList.where`, with the same answers."""
    result = run("find", "--sample", "--json", *words)
    assert result.exit_code == Exit.FOUND
    assert _ids(result.stdout) == [one.source_id for one in sl.sample().where(**where)]


def test_every_keyword_of_where_is_an_option():
    """A keyword that `where` gains has to become an option too."""
    import inspect

    keywords = {
        name
        for name, one in inspect.signature(sl.SanctionsList.where).parameters.items()
        if one.kind is one.KEYWORD_ONLY
    }
    assert keywords <= {param.name for param in find.params}


def test_find_json_is_a_file_of_ours(run, tmp_path):
    """The JSON of `find` is what `write` puts into a file, and `read` takes it."""
    text = run("find", "--program", "GLOMAG", "--sample", "--json").stdout
    selection = sl.sample().where(program="GLOMAG")
    path = tmp_path / "found.json"
    selection.write(path)
    assert json.loads(text) == json.loads(path.read_text("utf-8"))
    assert list(sl.read(text.encode())) == list(selection)
    document = json.loads(text)
    assert document["schema"] == "sanctionslib/entities/1"
    assert document["selection"] == "program='GLOMAG' (1 without program dropped)"
    assert document["editions"][0]["list_id"] == "us_ofac_sdn"


def test_find_json_of_everything(run):
    """Without conditions it is the whole file, and says so; standard input can be read."""
    text = run("find", "--sample", "--json").stdout
    assert "selection" not in json.loads(text)
    assert sl.read(text.encode()) == sl.sample()
    again = run("find", "--file", "-", "--json", stdin=text.encode())
    assert json.loads(again.stdout)["entities"] == json.loads(text)["entities"]


@pytest.mark.parametrize(
    ("words", "printed", "given"),
    [([], 20, WHOLE), (["--limit", "3"], 3, 3), (["--limit", "0"], WHOLE, WHOLE)],
)
def test_limit(run, words, printed, given):
    """20 are printed by default; JSON and files hold all, unless a limit is given."""
    text = run("find", "--sample", *words).stdout
    assert (
        sum(re.search(r" (us|gb|ca)_\w+:", line) is not None for line in text.splitlines())
        == printed
    )
    assert ("… and" in text) == (printed < WHOLE)
    assert len(_ids(run("find", "--sample", "--json", *words).stdout)) == given


def test_a_limited_answer_says_so(run):
    """JSON that was cut by `--limit` says it in its selection."""
    document = json.loads(run("find", "--sample", "--json", "--limit", "3").stdout)
    assert document["selection"] == "[:3]"


@pytest.mark.parametrize("suffix", ["json", "jsonl"])
def test_output_reads_back(run, tmp_path, suffix):
    """`--output` writes the parties; what was looked at is said on the terminal."""
    path = tmp_path / f"glomag.{suffix}"
    result = run("find", "--program", "GLOMAG", "--sample", "--output", str(path))
    assert result.exit_code == Exit.FOUND
    assert f"12 of {WHOLE} entities of {ALL} written to" in result.stdout
    assert list(sl.read(path)) == list(sl.sample().where(program="GLOMAG"))


def test_output_csv(run, tmp_path):
    """`.csv` is a table of names."""
    path = tmp_path / "glomag.csv"
    run("find", "--program", "GLOMAG", "--sample", "--output", str(path), "--limit", "4")
    text = path.read_text("utf-8")
    assert "RAB FORCES" in text
    assert "ZAKIR" not in text


def test_output_of_unknown_suffix(run, tmp_path):
    """An unknown suffix is a usage error, in words that the command knows."""
    result = run("find", "--sample", "--output", str(tmp_path / "x.docx"))
    assert result.exit_code == Exit.USAGE
    assert "format=" not in result.stderr


def test_output_that_cannot_be_written(run, tmp_path):
    """A folder that is missing is an error of the file."""
    result = run("find", "--sample", "--output", str(tmp_path / "no" / "x.json"))
    assert result.exit_code == Exit.FILE
    assert result.stderr.startswith("error: ")


def test_nothing_found(run):
    """Nothing found has a code of its own, names the edition, and is no verdict."""
    result = run("find", "--sample", *OFAC, "--country", "FR")
    assert result.exit_code == Exit.NOTHING
    assert "6 lists, 2021-12-10" in result.stdout
    assert "no verdict on anybody" in result.stdout
    empty = run("find", "--sample", *OFAC, "--country", "FR", "--json")
    assert empty.exit_code == Exit.NOTHING
    assert json.loads(empty.stdout)["entities"] == []


def test_what_the_file_never_states(run, sdn):
    """A question that the file cannot answer has a code of its own and names an alternative source."""
    words = ("find", "--file", str(sdn), "--listed-from", "2021-12-10")
    result = run(*words)
    assert result.exit_code == Exit.NOT_STATED
    assert "does not state any listing date" in result.stderr
    assert "--unstated drop or keep continues without it" in result.stderr
    dropped = run(*words, "--unstated", "drop")
    assert dropped.exit_code == Exit.NOTHING
    assert "26 without listing date dropped" in dropped.stdout


def test_unknown_codes(run):
    """A code that nobody knows is a usage error with near misses."""
    result = run("find", "--sample", "--program", "GLOMAGG")
    assert result.exit_code == Exit.USAGE
    assert "did you mean 'GLOMAG'?" in result.stderr
    assert run("find", "--sample", "--kind", "spaceship").exit_code == Exit.USAGE
    assert run("find", "--sample", "--flag", "Atlantis").exit_code == Exit.USAGE
    assert run("find", "--sample", "--measure", "tickling").exit_code == Exit.USAGE


def test_number(run):
    """A number is found whatever its punctuation; the table says what number it is."""
    for words in (["1027739267819"], ["1027-7392", "67819"]):
        result = run("find-number", *words, "--sample")
        assert result.exit_code == Exit.FOUND
        assert "us_ofac_sdn:34020" in result.stdout
        assert re.search("1027739267819 +Registration", result.stdout)
        assert "6 lists, 2021-12-10" in result.stdout


def test_number_round_trips(run):
    """Each hit and the editions of the JSON read back equal."""
    document = json.loads(run("find-number", "1027739267819", "--sample", "--json").stdout)
    assert document["schema"] == "sanctionslib/find_number/1"
    assert [sl.from_dict(one, sl.answers.IdentifierMatch) for one in document["matches"]] == list(
        sl.sample().find_number("1027739267819")
    )
    schema = {"schema": "sanctionslib/edition/1"}
    editions = tuple(sl.from_dict(schema | one) for one in document["editions"])
    assert editions == sl.sample().editions


def test_several_numbers(run):
    """Words that are no number together are looked for one by one, and none is left out in silence."""
    first = sl.sample().find_number("1027739267819")[0].entity
    words = ("Registration", "ID", "1027739267819", "Tax", "9999999", "IMO", "8888888")
    result = run("find-number", *words, "--sample")
    assert result.exit_code == Exit.FOUND
    lines = result.stdout.splitlines()
    title = next(one for one in lines if one.startswith("Numbers: "))
    assert "each of Registration ID 1027739267819, Tax 9999999, IMO 8888888" in title
    assert first.id in result.stdout
    assert "has Tax 9999999, nor IMO 8888888." in result.stdout
    document = json.loads(run("find-number", *words, "--sample", "--json").stdout)
    assert document["numbers"] == ["Registration ID 1027739267819", "Tax 9999999", "IMO 8888888"]
    assert document["not_found"] == ["Tax 9999999", "IMO 8888888"]
    result = run("find-number", "A", "12", "345", "--sample")
    assert result.exit_code == Exit.NOTHING
    assert "has A 12, nor 345." in result.stdout


def test_number_by_kind(run):
    """`--kind` takes alternatives; a number of another kind is not found."""
    words = ("find-number", "1027739267819", "--sample")
    assert run(*words, "--kind", "registration", "--kind", "tax").exit_code == Exit.FOUND
    result = run(*words, "--kind", "passport")
    assert result.exit_code == Exit.NOTHING
    assert "1027739267819 as passport" in result.stdout
    assert "No entity of what was looked at has this number." in result.stdout
    assert "no verdict on anybody" in result.stdout
    assert run(*words, "--kind", "shoe-size").exit_code == Exit.USAGE


def test_number_finds_nothing_in_json(run):
    """An empty answer in JSON still says what was looked at."""
    result = run("find-number", "IMO", "9187629", "--sample", "--json")
    assert result.exit_code == Exit.NOTHING
    document = json.loads(result.stdout)
    assert (document["number"], document["matches"]) == ("IMO 9187629", [])
    assert document["editions"]


def test_number_of_no_number(run):
    """Punctuation alone is a usage error."""
    assert run("find-number", "–", "--sample").exit_code == Exit.USAGE


def test_an_empty_value_is_no_condition_left_out(run):
    """`--program ""` is refused, never taken for no condition."""
    assert run("find", "--sample", "--program", "").exit_code == Exit.USAGE
    assert run("find", "--sample", "--listed-from", "").exit_code == Exit.USAGE


def test_kinds_in_any_case(run):
    """`--kind Person` is `--kind person`, as `--kind IMO` is `--kind imo`."""
    assert run("find", "--sample", "--kind", "Person").stdout == (
        run("find", "--sample", "--kind", "person").stdout
    )
    assert run("find-number", "1027739267819", "--sample", "--kind", "TAX").exit_code != Exit.USAGE


def test_one_word_for_the_kind(run):
    """The tables of `find` and `find-number` call a party the same."""
    for words in (("find", "--limit", "0"), ("find-number", "1027739267819")):
        (line,) = (
            one
            for one in run(*words, "--sample").stdout.splitlines()
            if one.endswith("us_ofac_sdn:34020")
        )
        assert " organization " in line


def test_output_into_a_folder(run, tmp_path):
    """A folder in place of a file to write is an error of the file."""
    (tmp_path / "x.json").mkdir()
    result = run("find", "--sample", "--output", str(tmp_path / "x.json"))
    assert result.exit_code == Exit.FILE
    assert result.stderr.startswith("error: ")


# ── compare ───────────────────────────────────────────────────────────────────────────────────


def test_any_score_is_an_answer(run):
    """Names that have nothing in common are compared, too: exit code 0."""
    result = run("compare", "Xyzzy", "Putin")
    assert result.exit_code == Exit.FOUND
    assert "score 0.000" in result.stdout


@pytest.mark.parametrize(
    "names", [("", "Putin"), ("  ", "x"), ("...", "x"), ("\u200b", "x"), ("x",), ("x", "y", "z")]
)
def test_nothing_to_compare(run, names):
    """A name without anything that could be compared, one name, and three, are exit code 2."""
    result = run("compare", *names)
    assert result.exit_code == Exit.USAGE
    assert "rror: " in result.stderr
