"""The group of commands: help, errors as one message, exit codes."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from sanctionslib._version import __version__
from sanctionslib.cli._exit import MEANINGS, Exit, exit_of
from sanctionslib.cli._files import audit, formats
from sanctionslib.cli._find import find, lookup
from sanctionslib.cli._output import error_text
from sanctionslib.cli._party import related, show, why
from sanctionslib.errors import SanctionsError

__all__ = ["app"]

_CODES = "\n".join(f"  {code:<4} {meaning}" for code, meaning in MEANINGS.items())

_EPILOG = f"""\b
Examples, on the bundled sample (26 of the parties that OFAC listed on
10 December 2021):
  sanctionslib why 33951 --sample
  sanctionslib why "rapid action battalion" --sample
  sanctionslib find --program GLOMAG --kind person --sample
  sanctionslib related 34022 --depth 2 --sample
On the whole list, from a file that you downloaded:
  sanctionslib why 33951 --file SDN.XML

\b
Exit codes:
{_CODES}
"""


class _App(click.Group):
    """The group, with one place where errors become messages and exit codes."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except SanctionsError as error:
            click.echo(error_text(error, command=ctx.invoked_subcommand or ""), err=True)
            ctx.exit(exit_of(error))
        except BrokenPipeError:
            _leave_silently(ctx)
        except KeyboardInterrupt:
            click.echo("", err=True)  # the prompt belongs on a line of its own, not behind ^C
            ctx.exit(Exit.INTERRUPTED)


def _leave_silently(ctx: click.Context) -> NoReturn:
    """Nobody reads the output any more; what is still in the buffer must not be an error at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    ctx.exit(Exit.PIPE_CLOSED)


@click.group(
    cls=_App,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="sanctionslib", message="%(prog)s %(version)s")
def app() -> None:
    """Who is designated, by whom, why, and since when: official sanctions lists, read from files.

    Every command but `formats` needs to know what to look at: --file PATH for a file that you
    downloaded from its publisher, or --sample for the small one that comes with this program.
    Nothing is downloaded. What an answer says, it says about that file; what a file does not hold
    says nothing about anybody.
    """


for _command in (why, show, find, lookup, related, audit, formats):
    app.add_command(_command)
