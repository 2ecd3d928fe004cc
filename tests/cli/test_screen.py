"""screen: a customer file against lists, from the command line, to a file of results."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tracemalloc
from pathlib import Path

import pytest
from quick import slow

import sanctionslib as sl
from sanctionslib.cli._exit import Exit

CUSTOMERS = """customer_id,name,type,country,dob,branch
C-1,Rapid Action Batalion,company,Bangladesh,,Dhaka
C-2,Benazir Ahmad,person,BD,1963-10-01,Dhaka
C-3,Example Trading LLC,company,DE,,Bonn
C-4,,person,DE,1980,Bonn
C-5,Anna Example,person,DE,03/10/1980,Bonn
"""
QUIET = "customer_id,name\nC-1,Example Trading LLC\n"


@pytest.fixture
def customers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A customer file in an empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "customers.csv"
    path.write_text(CUSTOMERS, "utf-8")
    return path


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode())))


def _names(path: Path) -> list[str]:
    return sorted(one.name for one in path.parent.iterdir())


def test_jsonl_holds_all_of_each_result(run, customers, tmp_path):
    """Each line is a result of `SanctionsList.screen` as `to_dict` gives it, and can be replayed."""
    result = run("screen", str(customers), "--out", "r.jsonl", "--sample")
    assert result.exit_code == Exit.PROBLEMS
    expected = list(sl.sample().screen(customers))
    lines = (tmp_path / "r.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [sl.to_dict(one) for one in expected]
    read = [sl.from_dict(json.loads(line), sl.answers.ScreeningResult) for line in lines]
    assert read == expected
    assert sl.sample().replay(read[1]) == expected[1]
    assert _names(customers) == ["customers.csv", "r.jsonl"]


def test_csv_has_every_record(run, customers, tmp_path):
    """A row for each hit, one for each record without; problems stand in each row of theirs."""
    run("screen", str(customers), "--out", "r.csv", "--sample")
    rows = _rows(tmp_path / "r.csv")
    assert tuple(rows[0]) == tuple(sl.answers.ResultRow.__annotations__)
    assert [(one["key"], one["status"], one["id"]) for one in rows] == [
        ("C-1", "hit", "us_ofac_sdn:33951"),
        ("C-2", "hit", "us_ofac_sdn:33952"),
        ("C-2", "hit", "us_klepto_hr_visa:~benazir-ahmed"),
        ("C-3", "no hit", ""),
        ("C-4", "not screened", ""),
        ("C-5", "no hit", ""),
    ]
    assert [one["position"] for one in rows] == ["1", "2", "2", "3", "4", "5"]
    assert [bool(one["problems"]) for one in rows] == [False, False, False, False, True, True]
    assert "dob: " in rows[5]["problems"]
    found = rows[1]
    assert found["searched"] == found["query"] == "Benazir Ahmad"
    assert (found["hit_name"], found["name"]) == ("AHMED, Benazir",) * 2
    assert (found["birth_date_verdict"], found["birth_date_listed"]) == ("agrees", "01 Oct 1963")
    assert (found["country_verdict"], found["country_listed"]) == ("agrees", "Bangladesh")
    assert (found["programs"], found["lists"]) == ("GLOMAG", "SDN List")
    assert (rows[2]["birth_date_verdict"], rows[2]["country_verdict"]) == ("unknown", "unknown")
    assert rows[0]["birth_date_verdict"] == ""  # the record states none
    assert all("SAMPLE" in one["looked_at"] and one["method"] for one in rows)
    assert all(one["min_score"] and one["weak_aliases"] == "confirm" for one in rows)


def test_csv_says_what_weak_aliases_and_limits_kept_back(run, tmp_path, monkeypatch):
    """A weak alias alone has a row that says so; what the limit cut off is counted."""
    monkeypatch.chdir(tmp_path)
    weak = sl.Name(text="EL TIGRE", kind=sl.NameKind.AKA, strength=sl.AliasStrength.WEAK)
    same = sl.Name(text="DOE, Jane")
    people = [
        sl.Person(id="my_watch:1", names=(same, weak)),
        sl.Person(id="my_watch:2", names=(same,)),
    ]
    sl.SanctionsList(people).write("mine.jsonl")
    Path("c.csv").write_text('name\nEl Tigre\n"=DOE, Jane"\n', "utf-8")
    result = run("screen", "c.csv", "--out", "r.csv", "--limit", "1", "--file", "mine.jsonl")
    assert result.exit_code == Exit.FOUND
    rows = _rows(tmp_path / "r.csv")
    assert [(one["status"], one["cut_off"], one["hit_strength"]) for one in rows] == [
        ("suppressed", "0", "weak"),
        ("hit", "1", "unstated"),
    ]
    assert rows[1]["searched"] == "'=DOE, Jane"  # which a spreadsheet would run
    assert "weak alias alone  1" in result.stdout
    assert (
        "with hits         1 (1 hit written of 2: at most 1 a record; --limit 0 for all)"
        in result.stdout
    )


def test_md_is_the_report(run, customers, tmp_path):
    """`.md` is what `screening_report` makes of the results, and of the file that they are from."""
    run("screen", str(customers), "--out", "r.md", "--sample")
    data = customers.read_bytes()
    read = f"customers.csv, {len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}"
    screening = sl.sample().screen(customers)
    columns = [f"{what} from {' + '.join(of)}" for what, of in screening.columns.items()]
    source = {"customers": read, "columns": ", ".join(columns)}
    report = "".join(sl.display.screening_report(screening, source=source))
    assert (tmp_path / "r.md").read_text("utf-8") == report
    assert _names(customers) == ["customers.csv", "r.md"]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["--column", "name=name"], {"columns": {"name": "name"}}),
        (
            ["--column", "name=name", "--column", "name=branch", "--key", "branch"],
            {"columns": {"name": ["name", "branch"]}, "key": "branch"},
        ),
        (["--key", "branch"], {"key": "branch"}),
        (["--kind", "vessel"], {"kind": sl.Vessel}),
        (["--dates", "dmy"], {"dates": "dmy"}),
        (["--method", "ofac"], {"method": "ofac"}),
        (["--min-score", ".5"], {"min_score": 0.5}),
        (["--limit", "1"], {"limit": 1}),
        (["--limit", "0"], {"limit": 0}),
        (["--weak-aliases", "exclude"], {"weak_aliases": "exclude"}),
        (["--processes", "2"], {"processes": 2}),
    ],
)
def test_asks_screen(run, customers, tmp_path, words, asked):
    """The options are the keywords of `SanctionsList.screen`, with the same results."""
    result = run("screen", str(customers), "--out", "r.jsonl", "--sample", *words)
    assert result.exit_code in (Exit.FOUND, Exit.PROBLEMS), result.stderr
    lines = (tmp_path / "r.jsonl").read_text("utf-8").splitlines()
    expected = [sl.to_dict(one) for one in sl.sample().screen(customers, **asked)]
    assert [json.loads(line) for line in lines] == expected


def test_reads_json_lines(run, tmp_path, monkeypatch):
    """A customer file may be JSON Lines; half of a character in it ends nothing."""
    monkeypatch.chdir(tmp_path)
    records = ({"id": 1, "name": "Rapid Action Batalion"}, {"id": 2, "name": "\ud800x"})
    Path("c.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    for suffix in ("jsonl", "csv", "md"):
        result = run("screen", "c.jsonl", "--out", f"r.{suffix}", "--sample")
        assert result.exit_code == Exit.PROBLEMS, result.stderr
    assert [one["status"] for one in _rows(tmp_path / "r.csv")] == ["hit", "not screened"]


def test_says_what_is_read_as_what(run, customers):
    """The columns are reported first, guessed or declared, with those that are not read."""
    said = run("screen", str(customers), "--out", "r.csv", "--sample").stderr
    assert said == (
        "columns (guessed: --column corrects it): key from customer_id, name from name, "
        "kind from type, birth_date from dob, country from country; not read: branch\n"
    )
    words = ("--column", "name=name", "--column", "name=branch")
    said = run("screen", str(customers), "--out", "r.csv", "--sample", *words).stderr
    assert said.startswith("columns (as declared): name from name + branch; not read: customer_id")


def test_summary(run, customers):
    """The summary counts, and says what was looked at, by which scorer, from which score on."""
    text = run("screen", str(customers), "--out", "r.csv", "--sample").stdout
    assert "Screening: customers.csv · 5 records\n" in text
    for line in (
        "with hits         2 (3 hits)",
        "weak alias alone  0",
        "with problems     2",
        "not screened      1",
        "no hit            2",
        "written to        r.csv",
    ):
        assert line in text
    context = sl.sample().search("x y").context
    assert f"score {context.min_score:g}+ by {context.method}" in text
    assert "6 lists, 2021-12-10" in text
    explained = run("screen", str(customers), "--out", "r.csv", "--sample", "--explain").stdout
    assert "us_ofac_sdn · 2021-12-10" in explained
    assert "No name reached the threshold" in explained
    assert "SAMPLE" in text
    assert "clear" not in text


def test_summary_as_json(run, customers):
    """`--json` gives the same to programs."""
    result = run("screen", str(customers), "--out", "r.csv", "--sample", "--json")
    document = json.loads(result.stdout)
    assert document["schema"] == "sanctionslib/screen/1"
    counts = {
        name: document[name]
        for name in ("records", "with_hits", "hits", "only_weak", "with_problems", "not_screened")
    }
    assert list(counts.values()) == [5, 2, 3, 0, 2, 1]
    assert document["columns"]["birth_date"] == ["dob"]
    assert document["unused"] == ["branch"]
    assert document["customers"]["bytes"] == len(CUSTOMERS.encode())
    assert document["editions"][0]["list_id"] == "us_ofac_sdn"
    assert document["context"]["method"]
    assert document["output"] == "r.csv"


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        (QUIET, (), Exit.FOUND),
        (QUIET, ("--exit-code",), Exit.FOUND),
        ("name\nRapid Action Batalion\n", (), Exit.FOUND),
        ("name\nRapid Action Batalion\n", ("--exit-code",), Exit.CHANGED),
        (CUSTOMERS, (), Exit.PROBLEMS),
        (CUSTOMERS, ("--exit-code",), Exit.PROBLEMS),
        ("name\n", (), Exit.PROBLEMS),
    ],
)
def test_exit_codes(run, customers, text, words, code):
    """Done is 0, also with hits, unless they are asked for; problems always have their code."""
    customers.write_text(text, "utf-8")
    for suffix in ("csv", "jsonl"):
        result = run("screen", str(customers), "--out", f"r.{suffix}", "--sample", *words)
        assert result.exit_code == code


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("no.csv", "--out", "r.csv"), Exit.FILE, "no.csv cannot be read"),
        ((".", "--out", "r.csv"), Exit.FILE, "cannot be read"),
        (("customers.csv", "--out", "r.xlsx"), Exit.USAGE, "give it one of the suffixes .jsonl"),
        (("customers.csv", "--out", "r"), Exit.USAGE, "give it one of the suffixes .jsonl"),
        (("customers.csv", "--out", "customers.csv"), Exit.USAGE, "cannot be written as well"),
        (("customers.csv", "--out", "no/r.csv"), Exit.FILE, "there is no such folder"),
        (
            ("customers.csv", "--out", "r.csv", "--column", "name"),
            Exit.USAGE,
            "say what a column holds: name=Customer",
        ),
        (
            ("customers.csv", "--out", "r.csv", "--column", "nose=name"),
            Exit.USAGE,
            "--column: 'nose' is nothing that a column can hold",
        ),
        (
            ("customers.csv", "--out", "r.csv", "--column", "name=nom"),
            Exit.USAGE,
            "there is no column 'nom'",
        ),
        (
            ("two.csv", "--out", "r.csv"),
            Exit.USAGE,
            "declare all columns: --column name=customer --column name=client …; each of several",
        ),
        (("customers.csv", "--hits-only"), Exit.USAGE, "are about results: say where, -o FILE"),
    ],
)
def test_what_makes_no_sense(run, customers, words, code, said):
    """What cannot be done is said in the words of the command, and leaves no file behind."""
    Path("two.csv").write_text("customer,client\na,b\n", "utf-8")
    before = _names(customers)
    result = run("screen", *words, "--sample")
    assert result.exit_code == code
    assert said in " ".join(result.stderr.split())
    assert _names(customers) == before


def test_every_keyword_of_screen_is_an_option():
    """A keyword that `screen` gains has to become an option too, but for what the command does."""
    import inspect

    from sanctionslib.cli._screen import screen

    parameters = inspect.signature(sl.SanctionsList.screen).parameters.values()
    keywords = {one.name for one in parameters if one.kind is one.KEYWORD_ONLY}
    assert keywords - {"start", "progress"} <= {param.name for param in screen.params}


@pytest.mark.parametrize("suffix", ["csv", slow("md")])  # .md begins as .jsonl does
def test_memory_does_not_grow_with_the_records(run, customers, suffix):
    """A file ten times as long takes the same memory."""

    def peak(count: int) -> int:
        rows = (f"C-{n},Anna Example {n % 7},person,DE,," for n in range(count))
        customers.write_text("\n".join((CUSTOMERS.rstrip(), *rows, "")), "utf-8")
        tracemalloc.start()
        try:
            result = run("screen", str(customers), "--out", f"r.{suffix}", "--sample")
            assert f"{count + 5:,} records" in result.stdout
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1)  # what is loaded once
    short = peak(40)
    assert peak(400) < short + 300_000  # 400 lines of JSON alone are 1.5 MB


def test_a_file_without_records_is_reported(run, customers, tmp_path):
    """An export that failed must not look like a screening in which nothing was found."""
    customers.write_text("customer_id,name\n", "utf-8")
    result = run("screen", str(customers), "--out", "r.jsonl", "--sample")
    assert result.exit_code == Exit.PROBLEMS
    assert "customers.csv has no record: nothing was screened" in result.stderr
    assert (tmp_path / "r.jsonl").read_bytes() == b""


# ── without a file of results, and through pipes ──────────────────────────────────────────────


def test_without_a_file(run, customers):
    """Without -o the summary has the best hits, and says that nothing was kept."""
    result = run("screen", "customers.csv", "--sample")
    assert result.exit_code == Exit.PROBLEMS
    assert "written to        nothing: -o FILE keeps the results" in result.stdout
    assert _names(customers) == ["customers.csv"]


def test_the_best_hit_of_each_record(run, customers, tmp_path):
    """The summary has a line for each record with hits, the best first; further hits are counted."""
    rows = (f"C-{n},Benazir Ahme{'d' if n == 9 else 'dd'},,,," for n in range(12))
    customers.write_text("\n".join((CUSTOMERS.splitlines()[0], *rows, "")), "utf-8")
    text = run("screen", "customers.csv", "--sample").stdout
    lines = text.splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("C-"))
    assert first < 5
    assert lines[first].split()[0] == "C-9"
    assert lines[first].split()[-2] == "+1"
    assert lines[first].split()[-1].startswith("us_")
    assert sum(line.startswith("C-") for line in lines) == 10
    assert "… and 2 more records with hits" in text
    more = run("screen", "customers.csv", "--sample", "--limit", "11").stdout
    assert "… and 1 more record with hits" in more
    document = json.loads(run("screen", "customers.csv", "--sample", "--json").stdout)
    assert len({one["record"] for one in document["best"]}) == 10
    assert document["best"][0]["record"] == "C-9"


def test_no_record_with_hits_is_hidden_by_another(run, customers, tmp_path):
    """A record with many hits takes one line, as any other."""
    same = sl.Name(text="DOE, Jane")
    people = [sl.Person(id=f"my_watch:{n}", names=(same,)) for n in range(30)]
    other = sl.Person(id="my_watch:x", names=(sl.Name(text="EXAMPLE, Anna Maria"),))
    sl.SanctionsList([*people, other]).write("mine.jsonl")
    customers.write_text("id,name\nC-1,Jane Doe\nC-2,Anna Mariah Example\n", "utf-8")
    words = ("screen", "customers.csv", "mine.jsonl")
    text = run(*words).stdout
    assert [line.split()[0] for line in text.splitlines() if "my_watch:" in line] == ["C-1", "C-2"]
    assert " +29  my_watch:0" in text
    assert "2 (11 hits given of 31: at most 10 a record; --limit 0 for all)" in text
    text = run(*words, "-o", "r.csv").stdout
    assert "2 (11 hits written of 31: at most 10 a record; --limit 0 for all)" in text
    assert sum(one["status"] == "hit" for one in _rows(tmp_path / "r.csv")) == 11
    assert "2 (31 hits)" in run(*words, "-o", "r.csv", "--limit", "0").stdout


@pytest.mark.parametrize("width", [80, 100, 140])
def test_what_tells_hits_apart(run, customers, monkeypatch, width):
    """At each width the table has who was searched, whether a fact conflicts, and weak aliases."""
    monkeypatch.setenv("COLUMNS", str(width))
    born = (sl.Birth(date=sl.PartialDate.parse("1980")),)
    weak = sl.Name(text="MOHAMMED, Ali", kind=sl.NameKind.AKA, strength=sl.AliasStrength.WEAK)
    people = [
        sl.Person(id="my_watch:1", names=(sl.Name(text="KONY, Ali"), weak), births=born),
        sl.Person(id="my_watch:2", names=(sl.Name(text="EXAMPLE, Anna"),), births=born),
    ]
    sl.SanctionsList(people).write("mine.jsonl")
    customers.write_text(
        "id,name,dob\nC-1,Mohammed Ali,1980\nC-2,Anna Example,1950\nC-3,Anna Example,1980\n",
        "utf-8",
    )
    text = run("screen", "customers.csv", "mine.jsonl").stdout
    lines = {one.split()[0]: one for one in text.splitlines() if "my_watch:" in one}
    assert list(lines) == ["C-1", "C-3", "C-2"]
    assert "Mohammed Ali" in lines["C-1"]
    assert "[WEAK]" in lines["C-1"]
    assert "AGREES birth" in lines["C-3"]
    assert "CONFLICTS birth" in lines["C-2"]


def test_weak_aliases_are_counted_where_others_hit(run, customers):
    """A record with hits can have parties that were kept back too: results and summary agree."""
    weak = sl.Name(text="DOE, Jane", kind=sl.NameKind.AKA, strength=sl.AliasStrength.WEAK)
    people = [
        sl.Person(id="my_watch:1", names=(sl.Name(text="EXAMPLE, Anna"), weak)),
        sl.Person(id="my_watch:2", names=(sl.Name(text="DOE, Jane"),)),
    ]
    sl.SanctionsList(people).write("mine.jsonl")
    customers.write_text("id,name\nC-1,Jane Doe\n", "utf-8")
    result = run("screen", "customers.csv", "mine.jsonl", "--format", "csv")
    assert [one["status"] for one in csv.DictReader(io.StringIO(result.stdout))] == [
        "hit",
        "suppressed",
    ]
    assert "weak alias alone  1 (1 of them with hits too)" in result.stderr


def test_the_summary_says_which_records_have_problems(run, customers):
    """The first five, with their keys; the others are counted."""
    text = run("screen", "customers.csv", "--sample").stdout
    assert "with problems     2\n" in text
    assert "C-4: there is neither a name nor a number that could be searched" in text
    assert "C-5: dob: is one of two days: say --dates dmy" in text
    rows = (f"C-{n},,,,," for n in range(7))
    customers.write_text("\n".join((CUSTOMERS.splitlines()[0], *rows, "")), "utf-8")
    result = run("screen", "customers.csv", "--sample", "-o", "-", "--format", "csv")
    assert "C-4:" in result.stderr
    assert "C-5:" not in result.stderr
    assert "… and 2 more records: -o FILE has all" in result.stderr


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_through_pipes(run, customers, tmp_path, form):
    """Records may come from standard input, and results go to standard output: the same ones."""
    run("screen", "customers.csv", "--out", f"r.{form}", "--sample")
    expected = (tmp_path / f"r.{form}").read_bytes().decode().replace("\r\n", "\n")
    data = customers.read_bytes()
    words = ("--format", "csv") if form == "csv" else ()
    for source, stdin in (("customers.csv", None), ("-", data)):
        result = run("screen", source, "-o", "-", "--sample", *words, stdin=stdin)
        assert result.exit_code == Exit.PROBLEMS
        assert result.stdout == expected
        assert "with hits" in result.stderr
        assert "columns (guessed" in result.stderr
    # --format csv and jsonl are the results also without -o.
    assert run("screen", "-", "--format", form, "--sample", stdin=data).stdout == expected
    assert run("screen", "-", "--json", "-o", "-", "--sample", stdin=data).stderr.count("{") > 1
    assert run("screen", "-", "--out", "p.jsonl", "--sample", stdin=data).exit_code == Exit.PROBLEMS


def test_json_lines_from_standard_input(run, customers):
    """JSON Lines are recognised by their content."""
    line = json.dumps({"id": "C-1", "name": "Rapid Action Batalion"}).encode()
    result = run("screen", "-", "-o", "-", "--sample", stdin=line)
    assert json.loads(result.stdout)["key"] == "C-1"
    assert "standard input · 1 record" in result.stderr
    assert run("screen", "-", "-", "--format", "csv", stdin=line).exit_code == Exit.USAGE


@pytest.mark.parametrize("form", ["jsonl", "csv", "md"])
def test_hits_only(run, customers, tmp_path, form):
    """Only records with something to look at are written; the numbers are still those of all."""
    result = run("screen", "customers.csv", "-o", f"r.{form}", "--sample", "--hits-only")
    assert result.exit_code == Exit.PROBLEMS
    assert "customers.csv · 5 records" in result.stdout
    assert "without the 1 records of which there is nothing to look at" in result.stdout
    text = (tmp_path / f"r.{form}").read_bytes().decode()
    match form:
        case "jsonl":
            assert [json.loads(one)["key"] for one in text.splitlines()] == [
                "C-1",
                "C-2",
                "C-4",
                "C-5",
            ]
        case "csv":
            assert {one["key"] for one in _rows(tmp_path / "r.csv")} == {"C-1", "C-2", "C-4", "C-5"}
        case _:
            assert "1 of 5 records" in text


def test_a_file_behind_the_customers(run, customers, tmp_path):
    """The list may be a file behind the customers."""
    (tmp_path / "SDN.XML").write_bytes(sl.samples.open_sample())
    result = run("screen", "customers.csv", "SDN.XML", "-o", "r.csv")
    assert result.exit_code == Exit.PROBLEMS
    assert {one["list_id"] for one in _rows(tmp_path / "r.csv")} == {"us_ofac_sdn", ""}
