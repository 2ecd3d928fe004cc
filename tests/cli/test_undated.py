"""The command and files without a date: one warning on standard error, and the answer says it."""

from __future__ import annotations

import dpl_files
import pytest

from sanctionslib.cli._exit import Exit

SAYS = "warning: dpl.txt: date unknown: "


@pytest.fixture
def denied(tmp_path):
    """A Denied Persons List, which states no date."""
    path = tmp_path / "dpl.txt"
    path.write_bytes(dpl_files.as_txt(dpl_files.row()))
    return str(path)


@pytest.mark.parametrize(
    "words", [("why", "EXAMPLE TRADING"), ("search", "EXAMPLE TRADING"), ("audit",), ("find",)]
)
def test_warned_once(run, denied, words):
    """One line, with the option that says the date; the answer names the edition so."""
    result = run(*words, "--file", denied)
    assert result.exit_code == Exit.FOUND
    (warned,) = result.stderr.splitlines()
    assert warned.startswith(SAYS)
    assert "--published YYYY-MM-DD" in warned
    assert "date unknown" in result.stdout
    plain = run(*words, "--file", denied, "--json")
    assert plain.stderr.count(SAYS) == 1
    assert '"published"' not in plain.stdout or '"published": null' in plain.stdout
    dated = run(*words, "--file", denied, "--published", "2021-12-10")
    assert dated.stderr == ""
    assert "us_bis_denied 2021-12-10" in dated.stdout


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "md"])
def test_screen(run, denied, tmp_path, suffix):
    """A screening goes through; its results name the edition without a date, in every format."""
    customers = tmp_path / "customers.csv"
    customers.write_text("name\nExample Trading\n", encoding="utf-8")
    out = tmp_path / f"results.{suffix}"
    result = run("screen", str(customers), "--file", denied, "--out", str(out))
    assert result.exit_code == Exit.FOUND
    assert result.stderr.count(SAYS) == 1
    text = out.read_text(encoding="utf-8")
    if suffix == "jsonl":
        assert '"list_id": "us_bis_denied"' in text.replace('":"', '": "')
        assert '"published": "' not in text.replace('":"', '": "')
    else:
        assert "us_bis_denied · date unknown" in text


def test_diff(run, denied):
    """Two undated files are compared in the order in which they are given, and warned of once."""
    result = run("diff", denied, denied)
    assert result.exit_code == Exit.FOUND
    assert result.stderr.count(SAYS) == 1
    assert "say --old-published and --new-published YYYY-MM-DD" in result.stderr
    assert "date unknown to date unknown" in result.stdout.lower()
    result = run("diff", denied, denied, "--old-published", "2021-12-09")
    assert result.stderr.count(SAYS) == 1
    assert "say --new-published YYYY-MM-DD" in result.stderr


def test_archive_add(run, denied, tmp_path):
    """The archive asks for the date."""
    home = str(tmp_path / "home")
    result = run("archive", "add", denied, "--list-id", "us_bis_denied", "--home", home)
    assert result.exit_code == Exit.USAGE
    assert "--published 2021-12-10" in result.stderr
