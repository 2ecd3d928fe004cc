"""diff: two files in, what changed out; exit codes that a nightly script can live with."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import attrs
import pytest

import sanctionslib as sl
from sanctionslib import samples
from sanctionslib.cli._exit import Exit
from sanctionslib.export import columns_of, csv_lines

EDITION = sl.Edition(list_id="watch", format="own", published=date(2021, 12, 9))
SHIP = sl.Vessel(id="watch:1", names=(sl.Name(text="EXAMPLE STAR"),))
FIRM = sl.Organization(id="watch:2", names=(sl.Name(text="EXAMPLE LTD"),))


def _file(path: Path, *parties: sl.Entity, **edition: object) -> str:
    held = attrs.evolve(EDITION, **edition)
    sl.SanctionsList([attrs.evolve(one, edition=held) for one in parties], held).write(path)
    return str(path)


@pytest.fixture
def old(tmp_path: Path) -> str:
    """A list of two parties."""
    return _file(tmp_path / "old.json", SHIP, FIRM)


@pytest.fixture
def new(tmp_path: Path) -> str:
    """The next day: one is gone, one is new, and one has a remark."""
    seen = attrs.evolve(SHIP, remarks="Seen.")
    third = sl.Person(id="watch:3", names=(sl.Name(text="EXAMPLE, A"),))
    return _file(tmp_path / "new.json", seen, third, published=date(2021, 12, 10))


@pytest.mark.parametrize("suffix", ["md", "json", "txt", "MD", "html", "jsonl", "csv", "csv.gz"])
def test_output(run, old, new, tmp_path, suffix):
    """`-o` writes a file by its suffix, and says in one line what there was."""
    path = tmp_path / f"changes.{suffix}"
    result = run("diff", old, new, "-o", str(path))
    assert result.exit_code == Exit.FOUND
    assert result.stdout.count("\n") == 1
    assert "1 added, 1 removed, 1 amended" in result.stdout
    data = path.read_bytes()
    text = (gzip.decompress(data) if suffix.endswith("gz") else data).decode()
    assert text.endswith("\n")
    assert "EXAMPLE STAR" in text
    changes = sl.diff(sl.read(old), sl.read(new))
    match suffix.lower():
        case "json":
            assert json.loads(text) == sl.to_dict(changes)
        case "jsonl":
            rows = [json.loads(line) for line in text.splitlines()]
            assert [one["change"] for one in rows] == [one["change"] for one in changes.rows()]
        case "csv" | "csv.gz":
            assert text == "".join(csv_lines(changes.rows(), columns_of(changes)))
        case _:
            begins = {"md": "# ", "txt": "Changes: 1 added · ", "html": "<!DOCTYPE html>"}
            assert text.startswith(begins[suffix.lower()])


def test_the_form_goes_before_the_suffix(run, old, new, tmp_path):
    """With `--format` any name will do; - is standard output."""
    path = tmp_path / "changes.md"
    run("diff", old, new, "-o", str(path), "--json")
    assert json.loads(path.read_text("utf-8"))["added"]
    run("diff", old, new, "-o", str(tmp_path / "changes"), "--format", "csv")
    assert (tmp_path / "changes").read_text("utf-8").startswith("change,id,")
    assert run("diff", old, new, "-o", "-").stdout == run("diff", old, new).stdout


def test_output_that_cannot_be_written(run, old, new, tmp_path):
    """An unknown suffix is a wrong value, said before anything is read; a missing folder a fault."""
    for name in ("changes.pdf", "changes", "changes.mmd", "changes.gz"):
        result = run("diff", "none.xml", "none.xml", "-o", name)
        assert result.exit_code == Exit.USAGE
        assert ".txt, .csv, .json, " in result.stderr
    assert run("diff", old, new, "-o", str(tmp_path / "no" / "a.md")).exit_code == Exit.FILE


def test_exit_code(run, old, new):
    """With --exit-code a script learns whether there are changes; without it, it need not care."""
    assert run("diff", old, new, "--exit-code").exit_code == Exit.CHANGED
    assert run("diff", old, new, "--exit-code", "--json").exit_code == Exit.CHANGED
    assert run("diff", old, old, "--exit-code").exit_code == Exit.FOUND
    assert run("diff", old, old).exit_code == Exit.FOUND


def test_nothing_changed(run, old):
    """No change is an answer: of how many parties of which edition."""
    result = run("diff", old, old)
    assert "both say the same of 2 parties" in result.stdout
    assert "watch 2021-12-09" in result.stdout


@pytest.mark.parametrize(
    ("limit", "shown"), [((), 50), (("--limit", "3"), 3), (("--limit", "0"), 60)]
)
def test_limit(run, tmp_path, limit, shown):
    """`--limit` says how many of each sort are printed."""
    many = [sl.Person(id=f"watch:{n}", names=(sl.Name(text=f"EXAMPLE {n}"),)) for n in range(60)]
    files = _file(tmp_path / "a.json"), _file(tmp_path / "b.json", *many)
    assert run("diff", *files, *limit).stdout.count("EXAMPLE") == shown


@pytest.mark.parametrize(
    "form", [("--json",), ("--format", "json"), ("--format", "markdown"), ("-o", "a.md")]
)
def test_limit_is_not_ignored(run, old, new, tmp_path, monkeypatch, form):
    """Where all is given in any case, a limit is refused and nothing is written."""
    monkeypatch.chdir(tmp_path)
    result = run("diff", old, new, "--limit", "1", *form)
    assert result.exit_code == Exit.USAGE
    assert "--limit is for rows" in result.stderr
    assert not (tmp_path / "a.md").exists()
    one = run("diff", old, new, "-n", "1", "--format", "csv").stdout
    assert one.splitlines() == run("diff", old, new, "--format", "csv").stdout.splitlines()[:2]


def test_what_cannot_be_compared(run, old, new, tmp_path):
    """New against old, and two different lists, are refused with what to do."""
    result = run("diff", new, old)
    assert result.exit_code == Exit.USAGE
    assert "the older edition comes second" in result.stderr
    assert "give the older one first" in result.stderr
    other = _file(tmp_path / "other.json", list_id="other")
    assert "different lists: watch, and other" in run("diff", old, other).stderr


def test_dates_of_both_files(run, tmp_path):
    """Files that state no date are given one each; a message says which option it means."""
    undated = b"\n".join(
        line for line in samples.open_sample().splitlines() if b"<Publish_Date>" not in line
    )
    paths = [tmp_path / name for name in ("SDN_A.XML", "SDN_B.XML")]
    for path in paths:
        path.write_bytes(undated)
    words = ("diff", *map(str, paths), "--partial")
    result = run(*words, "--old-published", "2021-12-09", "--new-published", "2021-12-10", "--json")
    assert [one["published"] for one in json.loads(result.stdout)["editions"]] == [
        *("2021-12-09", "2021-12-10")
    ]
    assert run(*words, "--old-published", "soon").exit_code == Exit.USAGE
    later = ("--old-published", "2021-12-11", "--new-published", "2021-12-10")
    assert run(*words, *later).exit_code == Exit.USAGE
    dated = tmp_path / "SDN.XML"
    dated.write_bytes(samples.open_sample())
    said = run("diff", str(dated), str(dated), "--old-published", "2020-01-01").stderr
    assert "omit --old-published or --new-published" in said


def test_list_id(run, tmp_path):
    """`--list-id` is said of both files."""
    path = tmp_path / "some.xml"
    path.write_bytes(samples.open_sample())
    result = run("diff", str(path), str(path), "--list-id", "us_ofac_cons", "--json")
    document = json.loads(result.stdout)
    assert [one["list_id"] for one in document["editions"]] == ["us_ofac_cons"]
    assert (document["old"], document["new"], document["unchanged"]) == ([0], [0], 26)


def test_strict(run, faulty):
    """With `--strict` a faulty entry is an error of the file; else a warning names it, and the same of both once."""
    assert run("diff", str(faulty), str(faulty), "--strict").exit_code == Exit.FILE
    result = run("diff", str(faulty), str(faulty))
    assert result.exit_code == Exit.FOUND
    assert result.stderr.count("warning: SDN.XML: faults found: 1") == 1
    other = faulty.with_name("SDN_2.XML")
    other.write_bytes(faulty.read_bytes())
    result = run("diff", str(faulty), str(other), "--list-id", "us_ofac_sdn")
    assert "warning: SDN.XML and SDN_2.XML: faults found: 1" in result.stderr
    assert result.stderr.count("warning: ") == 1


def test_files_at_fault(run, old, tmp_path):
    """A file that is no list, or not there, is named; either may be the one."""
    bad = tmp_path / "bad.xml"
    bad.write_bytes(b"<html>Access denied</html>")
    for files in ((old, str(bad)), (str(bad), old), (old, str(tmp_path / "none.xml"))):
        result = run("diff", *files)
        assert result.exit_code == Exit.FILE
        assert not result.stdout
        assert ".xml" in result.stderr


def test_standard_input(run, old):
    """One of the two may come from standard input."""
    data = Path(old).read_bytes()
    assert run("diff", old, "-", stdin=data).exit_code == Exit.FOUND
    assert run("diff", "-", old, stdin=data).exit_code == Exit.FOUND
    assert run("diff", "-", "-", stdin=data).exit_code == Exit.USAGE
    assert run("diff", old).exit_code == Exit.USAGE


def test_the_days_of_the_sample(run):
    """`--sample` compares the two days; it is no third edition beside files."""
    result = run("diff", "--sample")
    assert result.exit_code == Exit.FOUND
    table = str(sl.diff(sl.sample("2021-12-09"), sl.sample()))
    assert result.stdout == f"{table.replace('explain=True', '--explain')}\n"
    assert "47 added · 0 removed · 0 amended" in result.stdout
    for words in (
        ("SDN.XML", "SDN.XML"),
        ("SDN.XML",),
        ("--list-id", "us_ofac_sdn"),
        ("--old-published", "2021-12-09"),
    ):
        assert run("diff", "--sample", *words).exit_code == Exit.USAGE


@pytest.mark.parametrize("words", [(), ("SDN.XML",)])
def test_two_are_needed(run, words):
    """With less than two files, the message says what is needed."""
    result = run("diff", *words)
    assert result.exit_code == Exit.USAGE
    assert "OLD and NEW" in result.stderr
