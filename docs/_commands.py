"""The pages of the command line: what its help says, as Markdown, and what its examples print.

The examples run while the pages are made, without a network, in a folder with what they name: the
files of the sample, a customer file, and an empty archive.
"""

from __future__ import annotations

import functools
import os
import re
import shlex
import socket
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import click
from click.testing import CliRunner

import sanctionslib as sl
from sanctionslib.cli._app import app
from sanctionslib.cli._command import WHOLE
from sanctionslib.cli._exit import Exit

__all__ = ["command_list", "command_text", "commands_of", "exit_codes", "shared_options"]

_OWN = "Options"
"""The section of the options that one command has; the others are shared by several."""


class _Recorder(click.HelpFormatter):
    """What a command would print as its help, in parts."""

    def __init__(self) -> None:
        super().__init__(width=10_000)
        self.usage = ""
        self.texts: list[str] = []
        self.sections: dict[str, list[tuple[str, str]]] = {}
        self._section = ""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        self.usage = f"{prog} {args}"

    def write_text(self, text: str) -> None:
        self.texts.append(text)

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        self._section = name
        yield
        self._section = ""

    def write_dl(self, rows: object, *_: object, **__: object) -> None:
        self.sections.setdefault(self._section, []).extend(rows)  # type: ignore[arg-type]


def commands_of(group: click.Group = app, before: str = "") -> dict[str, click.Command]:
    """Each command by the words that call it, `archive add`."""
    found: dict[str, click.Command] = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found |= commands_of(command, f"{before}{name} ")
        elif not command.hidden:
            found[f"{before}{name}"] = command
    return found


def _help_of(name: str, command: click.Command) -> _Recorder:
    *parents, own = name.split()
    context = click.Context(app, info_name="sanctionslib", **app.context_settings)
    for parent in parents:
        context = click.Context(app, parent=context, info_name=parent)
    recorder = _Recorder()
    context = click.Context(command, parent=context, info_name=own)
    context.meta[WHOLE] = True
    command.format_help(context, recorder)
    return recorder


def command_text(name: str) -> str:
    """How a command is called, what it does, its options, and examples."""
    command = commands_of()[name]
    told = _help_of(name, command)
    # The texts are those of the help and, behind the options, of the examples.
    parts = [f"```text\n{told.usage}\n```", _paragraphs(command.help or "")]
    if own := [row for row in told.sections.get(_OWN, []) if "--help" not in row[0]]:
        parts += [":::{rubric} Options", ":::", _options(own)]
    shared = {title: rows for title, rows in told.sections.items() if title != _OWN}
    if shared:
        parts += [":::{rubric} Options that many commands share", ":::"]
        parts += [
            f"{title}: {', '.join(f'`{one}`' for spec, _ in rows for one in _names(spec))}\n"
            for title, rows in shared.items()
        ]
        parts.append(
            "[The overview](../command-line.md#options-that-many-commands-share) has them."
        )
    if examples := _examples(command.epilog or ""):
        parts += [":::{rubric} Examples", ":::", *map(_example, examples)]
    return "\n\n".join(parts)


def shared_options() -> str:
    """The options that several commands share, each once."""
    told = [_help_of(name, command).sections for name, command in commands_of().items()]
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for sections in sorted(told, key=len, reverse=True):
        for title, rows in sections.items():
            for row in rows if title != _OWN else []:
                found.setdefault(title, {}).setdefault(_names(row[0])[0], row)
    return "\n\n".join(
        f"### {title}\n\n{_options([*options.values()])}" for title, options in found.items()
    )


def command_list() -> str:
    """A table of the commands, with the first sentence of each."""
    lines = ["| command | gives |", "|---|---|"]
    for name, command in commands_of().items():
        page, _, part = name.partition(" ")
        target = f"commands/{page}.md" + (f"#{page}-{part}" if part else "")
        lines.append(f"| [`{name}`]({target}) | {_cell(command.get_short_help_str(200))} |")
    return "\n".join(lines)


def exit_codes() -> str:
    """A table of the exit codes."""
    lines = ["| code | means |", "|--:|---|"]
    return "\n".join([*lines, *(f"| {code:d} | {_cell(code.meaning)} |" for code in Exit)])


def _paragraphs(text: str) -> str:
    return "\n\n".join(
        _escaped(" ".join(part.split())) for part in text.replace("\b", "").split("\n\n")
    )


def _options(rows: list[tuple[str, str]]) -> str:
    return "\n\n".join(f"`{spec}`\n: {_escaped(text)}" for spec, text in rows)


def _names(spec: str) -> list[str]:
    return re.findall(r"--?[a-z][\w-]*", spec)


def _examples(epilog: str) -> list[str]:
    """The commands of an epilog, as they are typed."""
    text = re.sub(r"\\\n +", "", epilog)
    return re.findall(r"^ +(sanctionslib .+)$", text, re.MULTILINE)


def _example(line: str) -> str:
    """A command with what it prints; alone, where it needs what is not here."""
    run = _printed(line)
    if run is None:
        return f"```console\n$ {line}\n```"
    lines = run.splitlines()
    shown = lines if len(lines) <= MOST_LINES + 3 else [*lines[:MOST_LINES], "[…]"]
    return "\n".join(["```console", f"$ {line}", *shown, "```"])


MOST_LINES = 30
"""How much of what an example prints is shown."""
_SHOWN = (Exit.FOUND, Exit.CHANGED, Exit.PROBLEMS)
_OFFLINE = {"connect": mock.Mock(side_effect=OSError("no network while pages are made"))}


def _printed(line: str) -> str | None:
    folder = _folder()
    with (
        TemporaryDirectory(dir=folder) as home,
        chdir(folder),
        mock.patch.dict(
            os.environ,
            SANCTIONSLIB_HOME=home,
            SANCTIONSLIB_CACHE=f"{home}/cache",
            COLUMNS="100",
        ),
        mock.patch.multiple(socket.socket, **_OFFLINE),
    ):
        run = CliRunner().invoke(app, shlex.split(line)[1:], prog_name="sanctionslib")
    if run.exit_code == Exit.FAULT:
        raise RuntimeError(f"{line}: {run.output}") from run.exception
    if run.exit_code not in _SHOWN:
        return None
    code = f"(exit code {run.exit_code})\n" if run.exit_code else ""
    return (run.output + code).replace(home, "~/lists").replace(folder, "~")


@functools.cache
def _folder() -> str:
    """A folder that stays until this process ends."""
    holder = TemporaryDirectory()
    _HOLDERS.append(holder)
    folder = Path(holder.name)
    for day, name in (("2021-12-09", "SDN_OLD.XML"), ("2021-12-10", "SDN_NEW.XML")):
        (folder / name).write_bytes(sl.open_sample(day, list_id="us_ofac_sdn"))
    (folder / "SDN.XML").write_bytes(sl.open_sample())
    for name in ("CONS.XML", "CONS_ENHANCED.XML"):
        (folder / name).write_bytes(sl.open_sample(list_id="us_ofac_cons"))
    (folder / "consolidated.csv").write_bytes(sl.open_sample(list_id="us_trade_csl"))
    (folder / "CUSTOMERS.csv").write_text(_CUSTOMERS, "utf-8")
    return str(folder)


_HOLDERS: list[TemporaryDirectory[str]] = []
_CUSTOMERS = """No,Customer,Nat
C-1,Rapid Action Batalion,BD
C-2,Example Trading LLC,DE
"""


def _escaped(text: str) -> str:
    """Plain text as Markdown, but for the words in backquotes; options are code."""
    parts = re.split(r"(`[^`]*`)", text)
    parts[::2] = [_plain(part) for part in parts[::2]]
    return "".join(parts)


def _cell(text: str) -> str:
    return _escaped(text).replace("|", "\\|")


def _plain(text: str) -> str:
    text = re.sub(r"([\\*_{}\[\]<>|#])", r"\\\1", text)
    return re.sub(r"(?<![\w-])(--[a-z][\w-]*(?:…)?)", r"`\1`", text.replace("\\|", "&#124;"))
