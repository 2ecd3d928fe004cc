"""Measure a long history: 300 daily editions of the SDN List, kept, followed, and loaded again.

    make bench-history                         some minutes on two cores
    python benchmarks/history.py 30            another number of editions
    python benchmarks/history.py 300 set       all four flat files a day, and not SDN.CSV alone

The editions are made from a real SDN.CSV: each day three entries are new, two are gone, and three
have another name. `SANCTIONSLIB_LISTS` names a folder of whole official lists; without it there is
nothing to measure.

It prints how long adding takes, in thirds, so that one sees whether it grows with the history; how
large the archive is, part by part, beside the plain files; how long `timeline` and `changes` take, the
first time, again, and after everything was deleted that can be made again; and beside them what it
would take to unpack every edition, and to read every edition whole. Then, for each format, the first
`load` of an edition, which parses it, beside the second, which need not.

Seconds are those of the clock, with those of the processor behind them. Each measurement is a process
of its own, with all modules loaded before.
"""

from __future__ import annotations

import gzip
import json
import os
import platform
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

FIRST = date(2022, 1, 1)
LIST = "us_ofac_sdn"
ENHANCED = 110
"""Size in MB of the enhanced file that is loaded: that of the official SDN_ENHANCED.XML."""
SAMPLE = 20
"""How many editions are read whole, to say what reading all would take."""


def main() -> None:
    count = int(sys.argv[1]) if sys.argv[1:] else 300
    named = os.environ.get("SANCTIONSLIB_LISTS")
    if not named:
        sys.exit("set SANCTIONSLIB_LISTS to the folder of whole official lists")
    lists = Path(named)
    source = lists / LIST / ("delimited_2021-07-07" if "set" in sys.argv else "SDN_2021-12-10.csv")
    processor = f"{os.cpu_count()} × {platform.machine()}"
    print(f"Python {platform.python_version()}, {processor}; {count} editions of {source.name}\n")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        os.environ["SANCTIONSLIB_CACHE"] = str(Path(folder, "cache"))
        history(source, count, Path(folder), home)
        shutil.rmtree(home)
        print()
        loads(lists, Path(folder), home)


def history(source: Path, count: int, folder: Path, home: Path) -> None:
    """A long history: added, weighed, followed."""
    third = max(count // 3, 1)
    plain = 0
    days = Days(source)
    for start in range(0, count, third):
        numbers = range(start, min(start + third, count))
        paths = []
        for number in numbers:
            paths.append(folder / "plain" / (FIRST + timedelta(days=number)).isoformat())
            plain += days.write(paths[-1])
        found = child("add", home, *paths)
        row(f"add editions {numbers[0] + 1} to {numbers[-1] + 1}", found, each=len(numbers))
        shutil.rmtree(folder / "plain")
    print()
    weigh(home, plain)
    print()
    party = f"{LIST}:{days.touched}"
    for what, words in (("timeline", (party,)), ("changes", (FIRST,))):
        row(f"{what}, the first time", child(what, home, *words))
        row(f"{what}, again", child(what, home, *words))
    shutil.rmtree(cached())
    row("timeline, nothing cached", child("timeline", home, party))
    row("timeline of another, then", child("timeline", home, f"{LIST}:36"))
    row("changes, then", child("changes", home, FIRST))
    row("beside: unpack every edition", child("unpack", home))
    found = child("read", home)
    row(f"beside: read {SAMPLE} editions whole", found, each=SAMPLE)
    print(f"  so {count} of them: {found['seconds'] / SAMPLE * count:.0f} seconds")


class Days:
    """The files of one day after the other, each a little unlike those of the day before."""

    def __init__(self, source: Path) -> None:
        paths = sorted(source.iterdir()) if source.is_dir() else [source]
        self.files = {
            "SDN.CSV" if len(paths) == 1 else one.name.upper(): one.read_bytes()
            .rstrip(b"\x1a\r\n")
            .split(b"\r\n")
            for one in paths
        }
        self.random = random.Random(1)
        self.next = 900_000
        self.touched = 0
        """A party whose name is changed again and again."""

    def write(self, folder: Path) -> int:
        """Write the files of the next day; their size."""
        sdn = self.files["SDN.CSV"]
        gone = set(self.random.sample(range(10, len(sdn)), 2))
        removed = {_key(sdn[at]) for at in gone} - {str(self.touched).encode()}
        for name, rows in self.files.items():
            self.files[name] = [one for one in rows if _key(one) not in removed]
        sdn = self.files["SDN.CSV"]
        for one in self.random.sample(sdn, 3):
            self._double(_key(one))
        for at in {5, *self.random.sample(range(10, len(sdn)), 2)}:
            sdn[at] = re.sub(rb'^(\d+,"[^"]*)', rb"\1 %d" % self.random.randrange(10), sdn[at])
        self.touched = int(_key(sdn[5]))
        folder.mkdir(parents=True)
        for name, rows in self.files.items():
            (folder / name).write_bytes(b"\r\n".join(rows) + b"\r\n\x1a\r\n")
        return sum(one.stat().st_size for one in folder.iterdir())

    def _double(self, key: bytes) -> None:
        """A new party like another one, with a number of its own, at the end of each file."""
        self.next += 1
        number = b"%d" % self.next
        for name, rows in self.files.items():
            like = [one for one in rows if _key(one) == key]
            if name == "SDN.CSV":
                rows += [re.sub(rb'^\d+,"', number + b',"NEW ', one) for one in like]
            elif "COMMENTS" not in name:
                # The second number is that of the address or alias, which occurs once.
                rows += [re.sub(rb"^\d+,", number + b",%d" % (self.next), one) for one in like]


def _key(row: bytes) -> bytes:
    return row.partition(b",")[0]


def cached() -> Path:
    """What is cached of the archive."""
    return Path(os.environ["SANCTIONSLIB_CACHE"])


def weigh(home: Path, plain: int) -> None:
    """How large the archive is, beside the plain files."""
    parts: dict[str, int] = {}
    seen: set[int] = set()
    blocks = 0
    for path in (*home.rglob("*"), *cached().rglob("*")):
        found = path.lstat()
        if not path.is_file() or found.st_ino in seen:
            continue
        seen.add(found.st_ino)
        blocks += getattr(found, "st_blocks", 0) * 512
        part = path.suffix or "other"
        if path.is_relative_to(cached()):
            part = f"cached, {path.relative_to(cached()).parts[0]}"
        parts[part] = parts.get(part, 0) + found.st_size
    for name, size in sorted(parts.items(), key=lambda one: -one[1]):
        print(f"  {name:<30}{size / 1e6:>9.2f} MB{size / plain:>9.2%} of the plain files")
    total = sum(parts.values())
    print(f"  {'together':<30}{total / 1e6:>9.2f} MB{total / plain:>9.2%} of {plain / 1e6:,.1f} MB")
    print(f"  {'with whole blocks of the disk':<30}{blocks / 1e6:>9.2f} MB{blocks / plain:>9.2%}")


def loads(lists: Path, folder: Path, home: Path) -> None:
    """The first and the second load of an edition, by format."""
    print(f"{'load':<34}{'parties':>9}{'MB':>7}{'first':>8}{'second':>8}{'ratio':>7}{'copy MB':>9}")
    for source, list_id in editions(lists, folder):
        plain = sum(
            one.stat().st_size for one in ([source] if source.is_file() else source.iterdir())
        )
        child("add", home, source, list_id)
        for sources in ("", "sources"):
            shutil.rmtree(cached(), ignore_errors=True)
            first, second = (child("load", home, list_id, sources) for _ in range(2))
            size = sum(one.stat().st_size for one in cached().rglob("*") if one.is_file())
            print(
                f"{source.name[:20] + (sources and ', with sources'):<34}{first['count']:>9,.0f}"
                f"{plain / 1e6:>7.1f}{first['seconds']:>8.2f}{second['seconds']:>8.2f}"
                f"{first['seconds'] / second['seconds']:>7.1f}{size / 1e6:>9.1f}",
                flush=True,
            )
        shutil.rmtree(home)


def editions(lists: Path, folder: Path) -> Iterator[tuple[Path, str]]:
    """One edition in each format, and the list that it is of."""
    large = folder / "CONS_ENHANCED.XML"
    child("tile", lists / "us_ofac_cons" / "CONS_ENHANCED_2025-01-10.xml", large, ENHANCED)
    yield large, "us_ofac_cons"
    yield lists / "us_ofac_cons" / "CONS_ADVANCED_2020-03-17.xml", "us_ofac_cons"
    yield lists / LIST / "SDN_2021-03-10.xml", LIST
    yield lists / LIST / "delimited_2021-07-07", LIST
    yield lists / LIST / "SDN_2021-12-10.csv", LIST
    yield lists / "us_trade_csl" / "consolidated_2022-05.csv", "us_trade_csl"
    yield lists / "us_bis_denied" / "dpl_2023-11-30.txt", "us_bis_denied"


def row(name: str, found: dict[str, float], *, each: int = 0) -> None:
    share = f"{found['seconds'] / each:>8.2f} each" if each else f"{'':>13}"
    print(
        f"{name:<34}{found['seconds']:>8.2f} s{share}{found['processor']:>9.2f} of the processor"
        f"{found['count']:>9,.0f}",
        flush=True,
    )


def child(*words: object) -> dict[str, float]:
    """Do one thing in a process of its own; its figures."""
    command = [sys.executable, __file__, "--child", *map(str, words)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


# ── in the process of its own ────────────────────────────────────────────────────────────────


def measure(what: str, *words: str) -> dict[str, float]:
    if what == "tile":
        from tile import tile

        return {"tiles": tile(Path(words[0]), Path(words[1]), int(words[2]) * 1_000_000)}
    warnings.simplefilter("ignore")  # of parts and faulty entries: the lists are as they are
    import sanctionslib as sl

    sl.sample().prepare()  # all modules are loaded, and the tables of the lists
    started, worked = time.perf_counter(), time.process_time()
    count = WHAT[what](*words)
    return {
        "seconds": time.perf_counter() - started,
        "processor": time.process_time() - worked,
        "count": count,
    }


def add(home: str, *words: str) -> int:
    """Editions of the list, each a folder or file; of another list where the last word names it."""
    import sanctionslib as sl

    list_id = LIST if Path(words[-1]).exists() else words[-1]
    paths = [Path(word) for word in words if word != list_id]
    for path in paths:
        is_flat = path.is_dir() or path.suffix in (".csv", ".txt")
        day = re.search(r"\d{4}-\d\d(-\d\d)?", path.name)
        published = f"{day[0]}-01"[:10] if is_flat and day is not None else None
        alone = next(path.iterdir()) if path.is_dir() and len(list(path.iterdir())) == 1 else path
        partial = alone.name.startswith("SDN") and alone.suffix.lower() == ".csv"
        sl.Archive(home).add(alone, list_id=list_id, published=published, partial=partial)
    return len(paths)


def timeline(home: str, party: str) -> int:
    import sanctionslib as sl

    return len(sl.Archive(home).timeline(party).events)


def changes(home: str, start: str) -> int:
    import sanctionslib as sl

    found = sl.Archive(home).changes(LIST, start=start)
    return len(found.added) + len(found.removed) + len(found.amended)


def unpack(home: str) -> int:
    paths = [*Path(home, LIST).rglob("*.gz")]
    for path in paths:
        with gzip.open(path) as stream:
            while stream.read(1 << 20):
                pass
    return len(paths)


def read(home: str) -> int:
    import sanctionslib as sl

    paths = sorted(one.parent for one in Path(home, LIST).rglob("edition.json"))[:SAMPLE]
    return sum(
        len(sl.read(sorted(path.glob("*.gz")), list_id=LIST, published="2022-01-01", partial=True))
        for path in paths
    )


def load(home: str, list_id: str, sources: str) -> int:
    import sanctionslib as sl

    return len(sl.Archive(home).load(list_id, as_of=date.today(), keep_source=bool(sources)))


WHAT: dict[str, Callable[..., int]] = {
    "add": add,
    "timeline": timeline,
    "changes": changes,
    "unpack": unpack,
    "read": read,
    "load": load,
}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        print(json.dumps(measure(*sys.argv[2:])))
    else:
        main()
