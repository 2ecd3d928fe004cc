"""The group of commands, each loaded when it is used, and the exit codes of all that can happen."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

import click

from sanctionslib._version import __version__
from sanctionslib.cli._command import Group
from sanctionslib.cli._exit import Exit

_EPILOG = """\b
Examples, on the bundled sample (who was listed on 10 December 2021, and a few
listed before):
  sanctionslib search "Rapid Action Batalion" --sample
  sanctionslib why rapid action battalion --sample
  sanctionslib find --program GLOMAG --kind person --sample
  sanctionslib related 34022 --depth 2 --sample
On whole lists: a file that you downloaded, or lists of the archive:
  sanctionslib search Ali SDN.XML
  sanctionslib fetch us_ofac_sdn un_sc_sanctions
  sanctionslib screen CUSTOMERS.csv -o results.csv
  sanctionslib why 33951 --list us_ofac_sdn --as-of 2021-12-10

\b
Help:
  sanctionslib COMMAND --help   a command in short
  sanctionslib help COMMAND     the same with every option and word
  sanctionslib help TOPIC       environment, exit-codes, completion
"""

_COMMANDS = {
    "_party": ("why", "show", "related", "owned-by", "owners-of", "counterparts"),
    "_find": ("find", "find-number", "search", "compare"),
    "_screen": ("screen",),
    "_changes": ("diff", "changes", "timeline"),
    "_lists": ("fetch", "lists", "audit", "formats", "template", "archive"),
    "_help": ("help", "completion"),
}
_MODULES = {name: module for module, names in _COMMANDS.items() for name in names}
"""Command → the module that it is imported from when it is used, so that none waits for all."""


class _App(Group):
    """The group, which imports a command when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands and cmd_name in _MODULES:
            module = importlib.import_module(f"sanctionslib.cli.{_MODULES[cmd_name]}")
            self.add_command(getattr(module, cmd_name.replace("-", "_")), cmd_name)
        return self.commands.get(cmd_name)


@click.group(
    cls=_App,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="sanctionslib", message="%(prog)s %(version)s")
def app() -> None:
    """Who is designated, by whom, why, and since when: official sanctions lists.

    What to look at is a file that you downloaded, behind the question (several for several lists);
    a --list ID of the archive, which is downloaded where its publisher was not asked lately; or
    --sample, the small one that comes with this program. Without any, it is the lists of
    SANCTIONSLIB_LIST, else all that the archive holds.
    What an answer says, it says about the edition that it names; what an edition does not hold says
    nothing about anybody.
    """


def run(args: Sequence[str] | None) -> int:
    """Run the command, and give its exit code; what is neither an answer nor our error is raised.

    Click on its own ends with 1, which is an answer here, where Ctrl-C comes, where the reader of
    the output went away, and for errors that are no usage errors.
    """
    out = sys.stdout
    try:
        code: object = app.main(args=args, prog_name="sanctionslib", standalone_mode=False)
        sys.stdout.flush()  # here and not when Python ends, where a failure gives 120
    except click.ClickException as error:
        error.show()
        return Exit.USAGE
    except click.Abort as stop:  # what click makes of these two
        if isinstance(stop.__cause__, EOFError):
            raise stop.__cause__ from None
        return Exit.INTERRUPTED
    except SystemExit:
        # Where the reader of the output went away, click puts another stream in its place.
        if sys.stdout is out:
            raise
        _drop_the_rest()
        return Exit.PIPE_CLOSED
    except BrokenPipeError:
        _drop_the_rest()
        return Exit.PIPE_CLOSED
    except OSError as error:
        # Files are the library's business, and its errors are ours: this is the standard output,
        # unless it names a file.
        _drop_the_rest()
        of = "the answer cannot be written" if error.filename is None else f"{error.filename!r}"
        click.echo(f"error: {of}: {error.strerror or error}", err=True)
        return Exit.FILE
    return code if isinstance(code, int) else Exit.FOUND


def _drop_the_rest() -> None:
    """What is still in the buffer of standard output must not be an error at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
