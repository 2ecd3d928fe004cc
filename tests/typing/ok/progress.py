"""A progress callback, as a function and as an object, while reading a large file."""

from __future__ import annotations

from pathlib import Path

import sanctionslib as sl

seen: list[int] = []


def show(done: int, total: int | None) -> None:
    """Called with bytes done and bytes in all."""
    seen.append(done)
    share = "?" if not total else f"{done / total:.0%}"
    print(f"\r{share}", end="")


class Bar:
    """Something with a state of its own."""

    def __init__(self) -> None:
        self.done = 0

    def __call__(self, done: int, total: int | None) -> None:
        self.done = max(self.done, done)


def read(source: Path, progress: sl.parsers.Progress | None = None) -> sl.SanctionsList[sl.Entity]:
    """Hand a callback on."""
    return sl.read(source, list_id="us_ofac_sdn", progress=progress)


path = Path("mine.xml")
path.write_bytes(sl.open_sample())
bar = Bar()
assert len(read(path, show)) == len(read(path, bar)) == len(read(path)) == 26
assert seen[-1] == bar.done == path.stat().st_size
