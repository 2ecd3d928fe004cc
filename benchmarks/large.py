"""Measure time and peak memory of every format with large files, compared with a minimal reader.

    make bench-large                 12 MB and 120 MB, about eight minutes on two cores
    python benchmarks/large.py 12    other sizes in MB; this one takes three minutes

Each measurement runs alone in a separate process, so that its peak memory belongs to it; the processes
take turns, and the table has the medians. The minimal reader is the walk of `run.py` for XML,
`csv.reader` over every value for CSV, and for an operation on two lists the reading of both. Seconds are
processor time, which other work on the machine affects least; modules are loaded before the measurement.
The memory "per party" is the peak above the memory in use before, including what is kept only while
reading.

The XML is tiled to the size (see `tile`). `SANCTIONSLIB_LISTS` names a folder of complete official
lists; without it the bundled samples are tiled. There is no sample in the advanced format, and no CSV
large enough: then these are left out, with a message.

Peak memory is the figure of the kernel (`ru_maxrss`), which Windows does not have.
"""

from __future__ import annotations

import csv
import gc
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "sanctionslib" / "samples"
TURNS = {120: 2}
"""Number of runs of each measurement, by the size in MB; five for others."""

# This process stays small and imports neither lxml nor the library: on Linux the peak of a process
# is never below the memory of its parent.


def main() -> None:
    sizes = [int(one) for one in sys.argv[1:]] or [12, 120]
    named = os.environ.get("SANCTIONSLIB_LISTS")
    lists = Path(named) if named else None
    processor = f"{os.cpu_count()} × {platform.machine()}"
    print(f"Python {platform.python_version()}, {processor}; files: {lists or 'bundled samples'}\n")
    print(
        f"{'file':<26}{'MB':>6}{'parties':>9}{'what':>10}{'seconds':>9}{'baseline':>10}{'ratio':>7}"
        f"{'peak MB':>9}{'baseline':>10}{'per party':>11}{'':>9}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            for name, source in xml_sources(lists):
                path = Path(folder, name)
                child("tile", source, path, size * 1_000_000)
                compare("walk", path, turns=TURNS.get(size, 5))
                path.unlink()
            print()
    if lists is None:
        print("advanced XML, delimited set, CSL: no sample of a size to measure; left out")
    else:
        compare("rows", lists / "us_ofac_sdn" / "delimited_2021-07-07")
        compare("rows", lists / "us_trade_csl" / "consolidated_2022-05.csv")
    print()
    for what, old, new in pairs(lists):
        together(what, old, new)


def xml_sources(lists: Path | None) -> Iterator[tuple[str, Path]]:
    """The files to tile, each with a name that identifies its list."""
    if lists is None:
        yield "SDN_ENHANCED.XML", SAMPLES / "us_ofac_sdn_2021-12-10_enhanced.xml"
        yield "SDN.XML", SAMPLES / "us_ofac_sdn_2021-12-10.xml"
    else:
        yield "CONS_ADVANCED.XML", lists / "us_ofac_cons" / "CONS_ADVANCED_2020-03-17.xml"
        yield "CONS_ENHANCED.XML", lists / "us_ofac_cons" / "CONS_ENHANCED_2025-01-10.xml"
        yield "SDN.XML", lists / "us_ofac_sdn" / "SDN_2021-03-10.xml"


def pairs(lists: Path | None) -> Iterator[tuple[str, Path, Path]]:
    """The operations on two lists, and the lists."""
    if lists is None:
        one, other = (SAMPLES / f"us_ofac_sdn_2021-12-{day}_enhanced.xml" for day in ("09", "10"))
        yield "diff", one, other
        yield "combine", SAMPLES / "us_ofac_cons_2021-12-10_enhanced.xml", other
    else:
        sdn = lists / "us_ofac_sdn"
        yield "diff", sdn / "SDN_2021-12-09.csv", sdn / "SDN_2021-12-10.csv"
        yield (
            "combine",
            sdn / "SDN_2021-12-10.csv",
            lists / "us_trade_csl" / "consolidated_2022-05.csv",
        )


def compare(baseline: str, path: Path, *, turns: int = 5) -> None:
    """Rows of the table for one file: read, and read with sources, compared with a walk."""
    sides = (baseline, "read", "sources")
    runs: dict[str, list[dict[str, float]]] = {side: [] for side in sides}
    for _ in range(turns):
        for side in sides:
            runs[side].append(child(side, path))
    bare = middle(runs[baseline])
    size = sum(one.stat().st_size for one in files_of(path)) / 1e6
    for side in sides[1:]:
        ours = middle(runs[side])
        ratios = [
            one["seconds"] / other["seconds"]
            for one, other in zip(runs[side], runs[baseline], strict=True)
        ]
        count = ours["count"]
        row(
            f"{path.name[:25]:<26}{size:>6.1f}{count:>9,.0f}{side:>10}{ours['seconds']:>9.2f}"
            f"{bare['seconds']:>10.2f}{statistics.median(ratios):>7.2f}{ours['peak']:>9.0f}"
            f"{bare['peak']:>10.0f}{(ours['peak'] - ours['start']) * 1000 / count:>8.1f} kB"
            f"{ours['seconds'] * 1e6 / count:>6.0f} µs"
            f"   {min(ratios):.2f} to {max(ratios):.2f}"
        )


def together(what: str, old: Path, new: Path, *, turns: int = 5) -> None:
    """One row for an operation on two lists, compared with reading the two."""
    runs = [child(what, old, new) for _ in range(turns)]
    ours = middle(runs)
    row(
        f"{what + ' of two lists':<26}{'':>6}{ours['count']:>9,.0f}{'':>10}{ours['seconds']:>9.2f}"
        f"{ours['reading']:>10.2f}{ours['seconds'] / ours['reading']:>7.2f}{ours['peak']:>9.0f}"
        f"   {old.name} and {new.name}"
    )


def row(text: str) -> None:
    print(text, flush=True)


def middle(runs: list[dict[str, float]]) -> dict[str, float]:
    """The median of each figure."""
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def child(*words: object) -> dict[str, float]:
    """Run one operation in a separate process; its figures."""
    command = [sys.executable, __file__, "--child", *map(str, words)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


# ── in the separate process ────────────────────────────────────────────────────────────────


def measure(what: str, *words: str) -> dict[str, float]:
    if what == "tile":
        from tile import tile

        return {"tiles": tile(Path(words[0]), Path(words[1]), int(words[2]))}
    warnings.simplefilter("ignore")  # of faulty entries: the lists have some
    paths = [Path(word) for word in words]
    figures: dict[str, float] = {}
    if what not in ("walk", "rows"):
        import sanctionslib as sl

        sl.sample().prepare()  # all modules are loaded, and the tables of the lists
    else:
        from lxml import etree as _  # noqa: F401
    gc.collect()
    figures["start"] = peak()
    started = time.process_time()
    if what == "walk":
        figures["count"] = walk(paths[0])
    elif what == "rows":
        figures["count"] = rows(paths[0])
    elif what in ("read", "sources"):
        held = read(paths[0], keep_source=what == "sources")
        figures["count"] = len(held)
    else:
        both = [read(path) for path in paths]
        figures["reading"] = time.process_time() - started
        for one in both:
            one.prepare()
        started = time.process_time()
        if what == "diff":
            found = sl.diff(*both)
            figures["count"] = len(found.added) + len(found.removed) + len(found.amended)
        else:
            figures["count"] = len(sl.combine(*both).prepare())
    figures["seconds"] = time.process_time() - started
    figures["peak"] = peak()
    return figures


def walk(path: Path) -> int:
    """The least that a reader of XML does: every tag and text once."""
    from lxml import etree

    count = 0
    for _, element in etree.iterparse(str(path)):
        _ = element.tag, element.text
        count += 1
        element.clear()
    return count


def rows(path: Path) -> int:
    """The least that a reader of CSV does: every value once."""
    count = 0
    for one in files_of(path):
        with one.open(encoding="utf-8", errors="replace", newline="") as stream:
            for values in csv.reader(stream):
                count += len([value for value in values if value])
    return count


def read(path: Path, *, keep_source: bool = False):
    import sanctionslib as sl

    # Flat files state no date. SDN.CSV alone is a part of its edition.
    is_flat = path.is_dir() or path.suffix == ".csv"
    return sl.read(
        path,
        keep_source=keep_source,
        published="2021-12-10" if is_flat else None,
        partial=path.name.startswith("SDN_2021-12"),
    )


def files_of(path: Path) -> list[Path]:
    return sorted(path.iterdir()) if path.is_dir() else [path]


def peak() -> float:
    """The peak memory of this process, in MB."""
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        print(json.dumps(measure(*sys.argv[2:])))
    else:
        main()
