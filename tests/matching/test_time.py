"""Names of lists and values of customers that are very long, or very many in one record."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from limited import ends_within, needs_fork
from quick import few

import sanctionslib as sl
from sanctionslib.errors import InvalidInputError
from sanctionslib.matching import _record_values
from sanctionslib.matching.records import Records

LONG = 400_000
"""Characters: time by the square of them is minutes, and by their number a second or so."""
SECONDS = 15


def context(text: str) -> Callable[[], object]:
    """A search of a list that has a name of this text."""
    return lambda: sl.SanctionsList(
        [sl.Organization(id="x:1", names=(sl.Name(text=text),))]
    ).search("EXAMPLE")


@needs_fork
@pytest.mark.parametrize(
    "work",
    few(
        [
            context("a" * LONG),
            context("bk" * (LONG // 2)),
            context("商湯" * (LONG // 8)),
            context("محمد" * (LONG // 4)),
            context("a." * (LONG // 2)),
            context("a" + "\u0301" * LONG),
            lambda: list(_record_values.several("x" + " " * LONG + "x")),
            lambda: _record_values.countries("Iran/" + "Iran" + " " * LONG + "/Iran"),
            lambda: _record_values.countries("Iran," * (LONG // 5) + "Iran"),
        ],
        3,
    ),
    ids=["letter", "letters", "Han", "Arabic", "dots", "marks", "blanks", "country", "countries"],
)
def test_long_texts(work: Callable[[], object]) -> None:
    """A text takes time by its length."""
    assert ends_within(SECONDS, work)


@needs_fork
def test_doubled_columns() -> None:
    """A header that names the same column very often is refused at once."""
    fields = ("name", *["alias"] * 100_000)
    records = Records([{"name": "EXAMPLE"}])

    def check() -> None:
        with pytest.raises(InvalidInputError, match="twice"):
            records._columns_of(fields)

    assert ends_within(SECONDS, check)
