"""Whether others can write in a folder, and whether a path leads through a symbolic link.

Whoever can write in an archive can change what a list says: its hashes show accidents, and can be
made anew with the files. So an archive is trusted as far as those who can write there are.
"""

from __future__ import annotations

import os
from os.path import islink
from pathlib import Path
from stat import S_IWGRP, S_IWOTH

from sanctionslib.errors import ArchiveError, Hint, Where

__all__ = ["link_error", "others_can_write", "refuse_links"]


def others_can_write(path: Path) -> bool:
    """Whether somebody else than this user and the administrator can write a file or folder.

    False where it is not there, and on systems whose permissions have no mode (Windows).
    """
    if os.name != "posix":
        return False
    try:
        found = path.stat()  # the archive as a whole may be a link
    except OSError:
        return False
    return (
        found.st_uid not in (0, os.geteuid())
        or bool(found.st_mode & S_IWOTH)
        or (bool(found.st_mode & S_IWGRP) and not _is_private(found.st_gid))
    )


def _is_private(group: int) -> bool:
    """Whether a group is this user's own: many systems give each user one, and let it write."""
    import grp
    import pwd

    try:
        user = pwd.getpwuid(os.geteuid())
        known = grp.getgrgid(group)
    except KeyError:
        return False
    return (
        user.pw_gid == group
        and known.gr_name == user.pw_name
        and set(known.gr_mem) <= {user.pw_name}
    )


def refuse_links(home: Path, path: Path) -> None:
    """Make sure that no part of a path below the archive's folder is a symbolic link.

    Raises:
        ArchiveError: One is.
    """
    # Unlike Path.is_symlink, islink gives False where a folder may not be entered: whoever opens the
    # path next says so.
    for each in (path, *path.parents):
        if each == home:
            return
        if islink(each):  # noqa: PTH114
            raise link_error(each)


def link_error(path: Path) -> ArchiveError:
    """The error for a symbolic link below the archive's folder."""
    return ArchiveError(
        "a symbolic link lies in the archive, and is not followed",
        where=Where(source=str(path)),
        hints=(
            Hint("remove it, and put the folder or file itself there"),
            Hint(
                "the archive's folder as a whole may be a link, or be named by "
                "SANCTIONSLIB_HOME or {}",
                "home",
            ),
        ),
    )
