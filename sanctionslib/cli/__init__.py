"""The command `sanctionslib`: what lists and the archive answer, from a shell.

`main` is the entry point. It imports without click, which comes with the extra `cli`, so that a
missing extra is one clear line and no traceback.

- `_app`: the group of commands; turns our errors into one message and an exit code
- `_party` (why, show), `_related` (related, owned-by, owners-of, counterparts), `_find` (find,
  lookup), `_diff` (diff), `_files` (audit, formats, template): the commands about lists
- `_search` (search, compare), `_screen` (screen, with `_unfinished`: files that are gone on with):
  the commands that match names
- `_fetch` (fetch, lists), `_archive` (archive add, list, verify, prune, accept), `_history`
  (changes, timeline): the commands about editions
- `_request`: the options that say which list is meant, and reading it
- `_output`: text, rich or JSON; `_report`: Markdown too, and what `diff` and `changes` share
- `_progress`: how far a long piece of work has come
- `_words`: what the library says to programmers, in the words of the command
- `_exit`: the exit codes
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(args: Sequence[str] | None = None) -> int:
    """Run the command; ends with `SystemExit`, or returns the exit code.

    Args:
        args: The words behind `sanctionslib`; those of the process by default.
    """
    try:
        from sanctionslib.cli._app import app
        from sanctionslib.cli._output import prepare_streams

        prepare_streams()
        app.main(args=args, prog_name="sanctionslib")
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        sys.stderr.write(
            "error: the command needs the package 'click', which is not installed: "
            "pip install 'sanctionslib[cli]'\n"
        )
        return 2
    except KeyboardInterrupt:
        # While modules are loaded; later ones are caught in `_app`.
        return 130
