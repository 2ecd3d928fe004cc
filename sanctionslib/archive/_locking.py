"""The lock of a list, which one thread of one process holds."""

from __future__ import annotations

import os
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sanctionslib.archive._files import OTHER_FOLDER, make_folder, unwritable
from sanctionslib.archive._trust import refuse_links
from sanctionslib.errors import ArchiveError, Where

__all__ = ["locked"]


class _Mine(threading.local):
    """The locks that this thread holds, each with the process that took it."""

    def __init__(self) -> None:
        self.held: dict[Path, int] = {}


_mine = _Mine()


@contextmanager
def locked(path: Path, *, home: Path, list_id: str, timeout: float) -> Generator[None]:
    """Hold a lock; it is let go when the process ends, however it ends.

    The thread that holds it may take it again. A process that it forks may not: it does not hold it.

    Args:
        path: The file of the lock.
        home: The archive's folder.
        list_id: The list, for errors.
        timeout: Seconds to wait for it.

    Raises:
        ArchiveError: Another process or thread holds it for longer, or something else lies in its
            place.
        UnwritableError: The folder may not be written.
    """
    from filelock import FileLock, Timeout

    process = os.getpid()
    if _mine.held.get(path) == process:
        yield
        return
    where = Where(source=str(path), list_id=list_id)
    try:
        refuse_links(home, path)
        make_folder(path.parent)
        # Locking empties the file: what has another name too is somebody else's.
        if path.exists() and not (path.is_file() and path.stat().st_nlink == 1):
            raise ArchiveError(
                "something else lies in the place of the list's lock",
                where=where,
                hint="see who put it there, and remove it",
            )
        lock = FileLock(path)
        lock.acquire(timeout=timeout)
    except Timeout as error:
        raise ArchiveError(
            f"another process has been working on {list_id} for more than {timeout:g} seconds",
            where=where,
            hint="wait until it is done, or end it: a lock ends with its process",
        ) from error
    except OSError as error:
        raise unwritable(error, path, "the list cannot be locked") from error
    except NotImplementedError as error:
        raise ArchiveError(
            "the file system of the archive has no locks",
            where=where,
            hints=OTHER_FOLDER,
        ) from error
    _mine.held[path] = process
    try:
        yield
    finally:
        if os.getpid() == process:  # a forked process would let go the lock of the first
            del _mine.held[path]
            lock.release()
