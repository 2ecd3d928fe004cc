"""Child processes of a test: without privileges, with little disk space, or killed while they work.

A forked process has all that the test has, and shares nothing with it after that.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import filelock  # noqa: F401 - loaded while the process has its privileges
import pytest

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")

NOBODY = 65534
STEPS = ("mkdir", "rename", "replace", "link", "fsync", "unlink", "rmdir")
"""What changes a disk, as `os` calls it; opening for writing comes to it."""


def start(work: Callable[[], int | None]) -> int:
    """Start a process that does this and ends with the number it gives; its id."""
    with warnings.catch_warnings():
        # Python warns where threads of other tests still run; the process needs none of them.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        return child
    code = 99
    try:
        code = work() or 0
    except BaseException:  # noqa: BLE001 - it must not continue with the tests
        with contextlib.suppress(OSError):
            os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)


def ended(child: int) -> int:
    """Wait for a process; the number that it gave, or less than 0 where it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def run(work: Callable[[], None]) -> None:
    """Do something in a separate process, which must succeed."""
    assert ended(start(work)) == 0, "see what it wrote to stderr"


def run_as_nobody(work: Callable[[], None]) -> None:
    """Do something without the rights of root; a user who is not root has none."""

    def as_nobody() -> None:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        work()

    run(as_nobody)


def run_with_room(size: int, work: Callable[[], None]) -> None:
    """Do something where no file can become larger than `size` bytes."""
    import resource

    def with_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        work()

    run(with_room)


@contextlib.contextmanager
def stopped_at(number: int, stop: Callable[[], None]) -> Iterator[list[str]]:
    """Call `stop` in place of the step of this number that changes the disk; gives the steps so far."""
    steps: list[str] = []
    real_open = Path.open

    def step(name: str) -> None:
        steps.append(name)
        if len(steps) == number:
            stop()

    def opened(path: Path, mode: str = "r", *args: int, **kwargs: str) -> IO[bytes]:
        writes = mode[0] in "xwa" or "+" in mode
        if writes:
            step("open")
        file = real_open(path, mode, *args, **kwargs)
        try:
            if writes:  # what was in it is gone now, and nothing is in it yet
                step("write")
        except OSError:
            file.close()
            raise
        return file

    def before(name: str, real: Callable[..., None]) -> Callable[..., None]:
        def called(*args: object, **kwargs: object) -> None:
            step(name)
            real(*args, **kwargs)

        return called

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "open", opened)
        for name in STEPS:
            patch.setattr(os, name, before(name, getattr(os, name)))
        yield steps


def disk_full() -> None:
    """The error of the system where nothing more can be written."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def kill_me() -> None:
    """End this process as a kill does: nothing is tidied."""
    sys.stderr.flush()
    os.kill(os.getpid(), signal.SIGKILL)
