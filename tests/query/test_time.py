"""Lists in which very many parties share a name or a number, and numbers that are very long."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from limited import ends_within, needs_fork
from quick import few

import sanctionslib as sl
from sanctionslib.query._index import is_labelled

MANY = 20_000
"""Time by the square of it is minutes, and time by itself a second or so."""
LONG = 300_000
"""The same of characters."""
SECONDS = 15


NUMBERED = sl.Organization(
    id="x:1",
    names=(sl.Name(text="EXAMPLE"),),
    identifiers=(sl.Identifier(value="1" + " " * LONG + "x"),),
)


def parties(**fields: object) -> sl.SanctionsList[sl.Organization]:
    """Very many organizations that say the same."""
    return sl.SanctionsList(
        [
            sl.Organization(id=f"x:{at}", **{"names": (sl.Name(text="EXAMPLE"),), **fields})  # type: ignore[arg-type]
            for at in range(MANY)
        ]
    )


def test_all_links_by_one_name_are_found() -> None:
    """A link by name leads to every party of that name, in the order of the list."""
    linked = sl.Relation(to=sl.EntityRef(name="EXAMPLE"), kind=sl.RelationKind.LINKED_TO)
    here = sl.SanctionsList(
        [
            sl.Organization(id=f"x:{at}", names=(sl.Name(text="EXAMPLE"),), relations=(linked,))
            for at in range(3)
        ]
    )
    found = here.why("x:1").linked_from
    assert [link.source.id for link in found] == ["x:0", "x:1", "x:2"]
    assert {tuple(one.id for one in link.targets) for link in found} == {("x:0", "x:1", "x:2")}


@needs_fork
@pytest.mark.parametrize(
    "ask",
    few(
        [
            lambda: parties(
                relations=(
                    sl.Relation(to=sl.EntityRef(name="EXAMPLE"), kind=sl.RelationKind.LINKED_TO),
                )
            ).why("x:1"),
            lambda: parties(identifiers=(sl.Identifier(value="A1"),)).find_number("A1"),
            lambda: sl.SanctionsList([NUMBERED]).find_number("A1"),
            lambda: is_labelled("No. " + "1" * LONG + "\n1"),
            lambda: is_labelled("No." + " " * LONG + "x"),
        ],
        2,
    ),
    ids=["links by name", "one number", "blanks of a number", "digits", "blanks"],
)
def test_linear(ask: Callable[[], object]) -> None:
    """A question takes time by the size of the list, also of a hostile one."""
    assert ends_within(SECONDS, ask)
