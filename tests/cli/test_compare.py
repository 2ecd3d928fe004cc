"""compare: how two names pair, from the command line."""

from __future__ import annotations

import json

import pytest

import sanctionslib as sl
from sanctionslib.cli._exit import Exit

A, B = "Vladimr Putin", "PUTIN, Vladimir Vladimirovich"


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ((), {}),
        (("--kind", "person"), {"kind": "person"}),
        (("--kind", "Vessel"), {"kind": sl.Vessel}),
        (("--method", "ofac"), {"method": "ofac"}),
    ],
)
def test_compares(run, words, asked):
    """The table, the JSON and the Markdown are those of `sl.compare`."""
    found = sl.compare(A, B, **asked)
    assert run("compare", A, B, *words).stdout == f"{found}\n"
    document = json.loads(run("compare", A, B, *words, "--json").stdout)
    assert sl.from_dict(document, sl.answers.Comparison) == found
    markdown = run("compare", A, B, *words, "--format", "markdown").stdout
    assert markdown == f"{sl.display.to_markdown(found)}\n"


def test_shows_each_part(run):
    """Each token pair and each unmatched token has its score and its reason."""
    text = run("compare", A, B, "--kind", "person").stdout
    for part in ("vladimr", "spelling", "putin", "exact", "vladimirovich", "missing token"):
        assert part in text
    assert "nothing about whose names they are" in text


def test_any_score_is_an_answer(run):
    """Names that have nothing in common are compared, too: exit code 0."""
    result = run("compare", "Xyzzy", "Putin")
    assert result.exit_code == Exit.FOUND
    assert "score 0.000" in result.stdout


@pytest.mark.parametrize("name", ["", "  ", "...", "\u200b"])
def test_nothing_to_compare(run, name):
    """A name without anything that could be compared is exit code 2."""
    result = run("compare", name, B)
    assert result.exit_code == Exit.USAGE
    assert result.stderr.startswith("error: ")


def test_takes_two_names(run):
    """One name is compared with nothing, and three are no two."""
    assert run("compare", A).exit_code == Exit.USAGE
    assert run("compare", A, B, "x").exit_code == Exit.USAGE
