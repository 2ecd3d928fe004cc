"""Measure the library and other programs in one run, and print a table of ratios.

    make bench

Times are medians of several runs that take turns, so that a change of speed of the machine affects both
sides equally; compare the ratios. `SANCTIONSLIB_LISTS` names a folder of complete official lists;
without it the bundled sample is tiled to the size of the real SDN.XML. `large.py` measures the other
formats, and files ten times as large.
"""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from lxml import etree
from tile import tile

import sanctionslib as sl
from sanctionslib.samples import open_sample

RUNS = 7


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = real_list() or tiled_sample(Path(folder))
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, Python {sys.version.split()[0]}\n")
        print(f"{'what':<58}{'measured':>12}{'baseline':>12}{'ratio':>8}{'target':>10}")
        parsing(path)
        memory(path)
        processes()


def real_list() -> Path | None:
    lists = os.environ.get("SANCTIONSLIB_LISTS")
    found = sorted(Path(lists).glob("us_ofac_sdn/SDN_*.xml")) if lists else []
    classic = [one for one in found if b"<sdnList" in one.read_bytes()[:400]]
    return classic[0] if classic else None


def tiled_sample(folder: Path) -> Path:
    """The repeated sample, with the size of SDN.XML of 2021."""
    sample, path = folder / "sample.xml", folder / "SDN.XML"
    sample.write_bytes(open_sample())
    tile(sample, path, 11_800_000)
    return path


def walk(path: Path) -> None:
    """The least that a reader does: every tag and text once."""
    for _, element in etree.iterparse(str(path)):
        _ = element.tag, element.text
        element.clear()


def parsing(path: Path) -> None:
    bare, plain, kept = in_turn(
        lambda: walk(path), lambda: sl.read(path), lambda: sl.read(path, keep_source=True)
    )
    row("parse into objects, against an lxml walk", plain, bare, "≤ 4")
    row("the same with records", kept, bare, "")
    entities, editions = tuple(sl.read(path)), sl.read(path).editions
    build, bare = in_turn(
        lambda: sl.SanctionsList(entities, editions[0]).prepare(), lambda: walk(path)
    )
    row(f"checks and indexes over {len(entities):,} entities, against the walk", build, bare, "")

    with tempfile.TemporaryDirectory() as folder:
        ours = Path(folder, "list.jsonl")
        sl.read(path).write(ours)
        again, bare = in_turn(lambda: sl.read(ours), lambda: walk(path))
    row("read it back from our JSON Lines, against the walk", again, bare, "")


def memory(path: Path) -> None:
    for records, target in ((False, ""), (True, "≤ 6 kB")):
        gc.collect()
        tracemalloc.start()
        held = sl.read(path, keep_source=records)
        gc.collect()
        size, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        what = f"memory per entity, records {'on' if records else 'off'} (peak {peak / 1e6:.0f} MB)"
        print(f"{what:<58}{size / len(held) / 1000:>9.2f} kB{'':>12}{'':>8}{target:>10}")
        del held


def processes() -> None:
    python = [sys.executable, "-I"]
    bare, imported = in_turn(
        lambda: run([*python, "-c", "pass"]),
        lambda: run([*python, "-c", "import sanctionslib"]),
        runs=15,
    )
    row("import sanctionslib, against the bare interpreter", imported, bare, "")
    print(f"{'  the difference':<58}{(imported - bare) * 1000:>9.1f} ms{'':>20}{'≤ 25 ms':>10}")
    command = [*python, "-m", "sanctionslib", "why", "33951", "--sample"]
    row(
        "sanctionslib why 33951 --sample, the whole process",
        median(lambda: run(command)),
        bare,
        "≤ 0.6 s",
    )


def in_turn(*sides: Callable[[], object], runs: int = RUNS) -> list[float]:
    for side in sides:
        side()
    times: list[list[float]] = [[] for _ in sides]
    for _ in range(runs):
        for side, taken in zip(sides, times, strict=True):
            taken.append(timed(side))
    return [statistics.median(taken) for taken in times]


def median(side: Callable[[], object]) -> float:
    return in_turn(side)[0]


def timed(side: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    side()
    return time.perf_counter() - start


def run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def row(what: str, measured: float, baseline: float, target: str) -> None:
    ratio = f"{measured / baseline:>8.2f}"
    print(f"{what:<58}{measured * 1000:>9.0f} ms{baseline * 1000:>9.0f} ms{ratio}{target:>10}")


if __name__ == "__main__":
    main()
