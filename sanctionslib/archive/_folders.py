"""The folders of archive and cache: where they lie, who may write there, and the locks of lists.

Whoever can write in an archive can change what a list says: its hashes show accidents, and can be
made anew with the files. So an archive is trusted as far as those who can write there are, and no
symbolic link below its folder is followed.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Generator
from contextlib import contextmanager
from os.path import expanduser, islink
from pathlib import Path
from stat import S_IWGRP, S_IWOTH

from sanctionslib.archive._files import OTHER_FOLDER, make_folder, writing
from sanctionslib.errors import ArchiveError, Hint, InvalidInputError, Where


def default_home() -> Path:
    """The archive's folder: `SANCTIONSLIB_HOME`, else the platform's folder for a user's data."""
    from platformdirs import user_data_path

    return _stated("SANCTIONSLIB_HOME") or user_data_path("sanctionslib", appauthor=False)


def default_cache() -> Path:
    """The cache folder: `SANCTIONSLIB_CACHE`, else the platform's folder for a user's caches."""
    from platformdirs import user_cache_path

    return _stated("SANCTIONSLIB_CACHE") or user_cache_path("sanctionslib", appauthor=False)


def _stated(variable: str) -> Path | None:
    """The folder that an environment variable names; None where it is not set, or empty.

    Raises:
        InvalidInputError: It is no absolute path.
    """
    stated = os.environ.get(variable, "")
    if not stated:
        return None
    folder = Path(expanduser(stated))  # noqa: PTH111 - Path.expanduser raises for `~` of nobody
    if not folder.is_absolute():
        raise InvalidInputError(
            f"{variable} is {stated!r}, which is no absolute path",
            hint="write it in full: what it means must not depend on the folder that you are in",
        )
    return folder


# ── trust ─────────────────────────────────────────────────────────────────────────────────────


def others_can_write(path: Path) -> bool:
    """Whether anybody but this user and the administrator can write a file or folder.

    False where it does not exist, and on systems whose permissions have no mode (Windows).
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
    """Raise `ArchiveError` where a part of a path below the archive's folder is a symbolic link."""
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
        "there is a symbolic link in the archive, and it is not followed",
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


# ── locks ─────────────────────────────────────────────────────────────────────────────────────


_OF_THREAD = threading.local()
"""The locks that this thread holds, each with the process that took it."""


@contextmanager
def locked(home: Path, list_id: str, *, timeout: float) -> Generator[None]:
    """Hold the lock of a list; the system releases it when the process ends, however it ends.

    The thread that holds it may take it again. A process that it forks may not. `timeout` are the
    seconds to wait.

    Raises:
        ArchiveError: Another process or thread holds it for longer, or something else has its name.
        UnwritableError: The folder may not be written.
    """
    from filelock import FileLock, Timeout

    path = home / ".locks" / f"{list_id}.lock"
    process = os.getpid()
    held: dict[str, int] = vars(_OF_THREAD)
    if held.get(str(path)) == process:
        yield
        return

    def error(what: str, hint: Hint) -> ArchiveError:
        return ArchiveError(what, where=Where(source=str(path), list_id=list_id), hints=(hint,))

    with writing(path, "the list cannot be locked"):
        refuse_links(home, path)
        make_folder(path.parent)
        # Locking empties the file: what has another name too is somebody else's.
        if path.exists() and not (path.is_file() and path.stat().st_nlink == 1):
            raise error(
                "the name of the list's lock is taken by something else",
                Hint("see who put it there, and remove it"),
            )
        lock = FileLock(path)
        try:
            lock.acquire(timeout=timeout)
        except Timeout as late:
            raise error(
                f"another process has been working on {list_id} for more than {timeout:g} seconds",
                Hint("wait until it is done, or end it: a lock ends with its process"),
            ) from late
        except NotImplementedError as none:
            raise error("the file system of the archive has no locks", OTHER_FOLDER) from none
    held[str(path)] = process
    try:
        yield
    finally:
        if os.getpid() == process:  # a forked process would release the lock of the first
            del held[str(path)]
            lock.release()
