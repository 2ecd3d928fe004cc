"""Where the archive and the cache lie: what the environment says, else the platform's folders."""

from __future__ import annotations

import os
from pathlib import Path

from sanctionslib.errors import InvalidInputError

__all__ = ["default_cache", "default_home"]


def default_home() -> Path:
    """The archive's folder: `SANCTIONSLIB_HOME`, else the platform's folder for a user's data.

    An empty `SANCTIONSLIB_HOME` counts as none; `~` is the user's folder.

    Raises:
        InvalidInputError: `SANCTIONSLIB_HOME` is no absolute path: from another folder the archive
            would be another one, and look empty.
    """
    from platformdirs import user_data_path

    return _stated("SANCTIONSLIB_HOME") or user_data_path("sanctionslib", appauthor=False)


def default_cache() -> Path:
    """The cache folder: `SANCTIONSLIB_CACHE`, else the platform's folder for a user's caches.

    An empty `SANCTIONSLIB_CACHE` counts as none; `~` is the user's folder.

    Raises:
        InvalidInputError: `SANCTIONSLIB_CACHE` is no absolute path.
    """
    from platformdirs import user_cache_path

    return _stated("SANCTIONSLIB_CACHE") or user_cache_path("sanctionslib", appauthor=False)


def _stated(variable: str) -> Path | None:
    """The folder that an environment variable names; None where it is not set, or empty.

    `~` is the user's folder.

    Raises:
        InvalidInputError: It is no absolute path: from another folder it would be another one.
    """
    stated = os.environ.get(variable, "")
    if not stated:
        return None
    try:
        folder = Path(stated).expanduser()
    except RuntimeError:  # `~` of nobody
        folder = Path(stated)
    if not folder.is_absolute():
        raise InvalidInputError(
            f"{variable} is {stated!r}, which is no absolute path",
            hint="write it in full: what it means must not depend on the folder that you are in",
        )
    return folder
