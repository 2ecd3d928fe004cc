"""The command `sanctionslib`: what lists and the archive answer, from a shell.

`main` is the entry point. It imports without click, which comes with the extra `cli`, so that a
missing extra is one clear line and no traceback.

- `_app`: the group of commands, each loaded when it is used
- `_party` (why, show, related, owned-by, owners-of, counterparts), `_find` (find, find-number,
  search, compare), `_screen` (screen), `_changes` (diff, changes, timeline), `_lists` (fetch, lists,
  audit, formats, template, archive): the commands
- `_help`: what explains them (help, completion)
- `_command`: how a command is made; `_request`: the options that commands share, and reading the
  list that they name; `_options`: how an option is made
- `_output`: answers in each form, printed or written; `_sheets`: the pages that only the command has
- `_errors`: errors, hints and warnings in the terms of the command; `_exit`: the exit codes
- `_resume`: a file of results that an interrupted run left; `_progress`: how far a run has come;
  `_streams`: standard streams that are closed, full or limited
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from typing import NoReturn

from sanctionslib.cli._exit import Exit
from sanctionslib.cli._streams import standard_streams

__all__ = ["main"]


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command.

    Args:
        args: The words behind `sanctionslib`; those of the process by default.

    Raises:
        SystemExit: Always, with the exit code. 1 is an answer, and Python's own code after any
            other exception: so nothing else is raised.
    """
    with standard_streams():
        code = _ended(args)
    sys.exit(int(code))


def _ended(args: Sequence[str] | None) -> int:
    try:
        from sanctionslib.cli._app import run

        return run(args)
    except KeyboardInterrupt:
        # While modules are loaded; later ones are caught in `_app`.
        return Exit.INTERRUPTED
    except SystemExit as end:  # of click, for the completion of shells
        return Exit.USAGE if end.code else Exit.FOUND
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is no answer
        if isinstance(error, ModuleNotFoundError) and error.name == "click":
            sys.stderr.write(
                "error: the command needs the package 'click', which is not installed: "
                "pip install 'sanctionslib[cli]'\n"
            )
            return Exit.USAGE
        _report_fault(error)
        return Exit.FAULT


def _report_fault(error: BaseException) -> None:
    """Say that the program itself failed, and where; also where memory has run out."""
    with contextlib.suppress(Exception):
        import traceback

        # Without the errors that led to it: the text of each may hold what is not to be shown.
        text = "".join(traceback.format_exception(error, chain=False))
        text += (
            "error: this program failed, which says nothing about anybody\n"
            "  what to do: report it with the lines above; the exit code is that of a fault\n"
        )
        # Texts of errors may hold data of others.
        sys.stderr.write(
            "".join(one if one == "\n" or one.isprintable() else repr(one)[1:-1] for one in text)
        )
        sys.stderr.flush()
