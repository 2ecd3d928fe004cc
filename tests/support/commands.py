"""The commands of the command line, also those of its groups, and editions of a small own list."""

from __future__ import annotations

from pathlib import Path

import click

from sanctionslib import Archive
from sanctionslib.answers import HeldEdition

WATCH = "my_watch"
SHIP = "1,EXAMPLE STAR,vessel,"
FIRM = "2,EXAMPLE TRADING LLC,organization,"
PERSON = "3,DOE; Jane,person,"


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
