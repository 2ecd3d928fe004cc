"""The folder of the archive where nobody names one."""

from __future__ import annotations

import os
from pathlib import Path

from sanctionslib.errors import InvalidInputError

__all__ = ["default_home"]


def default_home() -> Path:
    """The archive's folder: `SANCTIONSLIB_HOME`, else the platform's folder for a user's data.

    An empty `SANCTIONSLIB_HOME` counts as none; `~` is the user's folder.

    Raises:
        InvalidInputError: `SANCTIONSLIB_HOME` is no absolute path: from another folder the archive
            would be another one, and look empty.
    """
    stated = os.environ.get("SANCTIONSLIB_HOME", "")
    if not stated:
        from platformdirs import user_data_path

        return user_data_path("sanctionslib", appauthor=False)
    try:
        home = Path(stated).expanduser()
    except RuntimeError:  # `~` of nobody
        home = Path(stated)
    if not home.is_absolute():
        raise InvalidInputError(
            f"SANCTIONSLIB_HOME is {stated!r}, which is no absolute path",
            hint="write it in full: what it means must not depend on the folder that you are in",
        )
    return home
