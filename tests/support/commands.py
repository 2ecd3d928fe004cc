"""The commands of the command line, also those of its groups; small lists and customers to ask about."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from sanctionslib import Archive
from sanctionslib.answers import HeldEdition, ScreeningResult
from sanctionslib.matching import Screening

WATCH = "my_watch"
SHIP = "1,EXAMPLE STAR,vessel,"
FIRM = "2,EXAMPLE TRADING LLC,organization,"
PERSON = "3,DOE; Jane,person,"
CUSTOMERS = ("Rapid Action Batalion", "Benazir Ahmad", "Example Trading LLC", "", "Anna; Example")
"""Names of customers, again and again; two of them are those of parties in the sample."""


def commands_of(group: click.Group, before: str = "") -> dict[str, click.Command]:
    """Each command by the words that call it, `archive add`."""
    found: dict[str, click.Command] = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found |= commands_of(command, f"{before}{name} ")
        else:
            found[f"{before}{name}"] = command
    return found


def watch(*rows: str) -> bytes:
    """An own list, as CSV."""
    return "\n".join(("id,name,kind,remarks", *rows, "")).encode()


def put(home: Path, day: str, *rows: str) -> HeldEdition:
    """Keep an edition of it."""
    return Archive(home).add(watch(*rows), list_id=WATCH, published=day)


def records(count: int) -> str:
    """A customer file."""
    names = (CUSTOMERS[n % len(CUSTOMERS)] for n in range(count))
    rows = (f'C-{n},"{name}",0{1 + n % 9}/02/1980' for n, name in enumerate(names))
    return "\n".join(("id,name,dob", *rows, ""))


def stop(monkeypatch: pytest.MonkeyPatch, at: int, error: BaseException) -> None:
    """Let a screening end with an error in place of the result of this record."""
    given = Screening.__next__

    def stopped(screening: Screening) -> ScreeningResult:
        if screening.done == at - 1:
            raise error
        return given(screening)

    monkeypatch.setattr(Screening, "__next__", stopped)
