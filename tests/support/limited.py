"""Work in a separate process with a limit on processor time.

Work that takes time by the square of its size would run for minutes at the sizes of the tests, and
work that takes time by its size for a second or so: a bound between them says which it is, on any
computer and however busy it is, for the time of the processor is counted and not that of the clock.
"""

from __future__ import annotations

import math
import signal
import time
from collections.abc import Callable

import pytest
from children import ended, needs_fork, start  # noqa: F401 - needs_fork for the tests

resource = pytest.importorskip("resource", reason="the system cannot limit a process")


def allow(seconds: int) -> None:
    """Let this process use that many seconds of the processor from now on; then it is killed."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + seconds, most))


def ends_within(seconds: int, work: Callable[[], object]) -> bool:
    """Whether the work ends before it has used that many seconds of the processor.

    An exception in the work is shown on stderr, and is an error of the test.
    """

    def limited() -> None:
        allow(seconds)
        work()

    code = ended(start(limited))
    assert code in (0, -signal.SIGXCPU), f"the process ended with {code}: see what it wrote"
    return code == 0
