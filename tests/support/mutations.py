"""Damaging a file at random, and what must hold for any result."""

from __future__ import annotations

import random
from pathlib import Path


def open_files() -> int:
    folder = Path("/proc/self/fd")  # not on every system
    return len(list(folder.iterdir())) if folder.is_dir() else 0


def mutate(data: bytes, rng: random.Random) -> bytes:
    """One byte changed, dropped or doubled, or a run of them."""
    at = rng.randrange(len(data))
    how = rng.randrange(4)
    if how == 0:
        return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
    if how == 1:
        return data[:at] + data[at + 1 :]
    if how == 2:
        return data[: at + 1] + data[at:]
    length = rng.randrange(1, 2_000)
    return data[:at] + data[at + length :]
