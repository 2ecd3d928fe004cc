"""Loggers: `logging.getLogger("sanctionslib")`, and one below it for each package that logs.

INFO: fetched, unchanged, valid, parsed (cached where a copy is used), indexed, with counts and
seconds. WARNING: stale, quarantined, incomplete. A message begins with the ids of the lists; none
says anything of a customer's records. Nothing is printed unless the program sets logging up.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

logging.getLogger("sanctionslib").addHandler(logging.NullHandler())


class Log:
    """The log of one package.

    Args:
        package: Its name, "api".
    """

    def __init__(self, package: str) -> None:
        self._logger = logging.getLogger(f"sanctionslib.{package}")

    def info(self, lists: str | Iterable[str], event: str, *words: object) -> None:
        """Say that something was done; `event` has a %-format for each of the words."""
        self._logger.info(f"%s: {event}", _joined(lists), *words)

    def warning(self, lists: str | Iterable[str], event: str, *words: object) -> None:
        """Say that what is answered from is not all, or not the newest."""
        self._logger.warning(f"%s: {event}", _joined(lists), *words)


def _joined(lists: str | Iterable[str]) -> str:
    return lists if isinstance(lists, str) else ", ".join(lists) or "own list"
