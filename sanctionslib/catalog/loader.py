"""The catalog as objects: ours, and on top of it a file of the user's."""

from __future__ import annotations

from pathlib import Path

from sanctionslib.catalog.list_info import ListInfo

__all__ = ["all_lists", "list_info"]


def all_lists(own: Path | None = None) -> tuple[ListInfo, ...]:
    """All lists that are known: ours, then those that the user's file adds.

    Args:
        own: The user's file (`<home>/lists.toml`); it need not exist.

    Raises:
        InvalidInputError: The user's file is not of the form that it should be.
    """
    raise NotImplementedError


def list_info(list_id: str, own: Path | None = None) -> ListInfo:
    """What is known of one list.

    Raises:
        NotFoundError: No such list is known; with near misses.
        InvalidInputError: The user's file is not of the form that it should be.
    """
    raise NotImplementedError
