"""Read our JSON Lines and parsed copies, and compare entities, with two versions of the library.

    python benchmarks/reading_json.py OLD NEW [FILE ...]

OLD and NEW are checkouts. Each version reads an official file, writes it as JSON Lines and as a
parsed copy, and reads both back, in a process of its own; the processes take turns. What is printed
is the least time of all turns, in microseconds for one entity, side by side. Equality is that of
20,000 entities with others that were read apart from them. Memory is what the entities take.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

TURNS = 3
LISTS = Path(os.environ.get("SANCTIONSLIB_LISTS", "lists"))
FILES = (
    LISTS / "us_ofac_sdn/SDN_2021-03-10.xml",
    LISTS / "us_ofac_cons/CONS_ENHANCED_2025-01-10.xml",
)
WORK = r"""
import gc, json, sys, tempfile, time, tracemalloc, warnings
from pathlib import Path
warnings.simplefilter("ignore")
import sanctionslib as sl
from sanctionslib.export import write
from sanctionslib.parsers import Options, parse, parsed_copy, sources_of

path, key = Path(sys.argv[1]), {"made": "here"}
options = Options(list_id="us_ofac_sdn" if "SDN" in path.name else None, partial=True)
parsed = parse(sources_of(path), options)
others = parse(sources_of(path), options).entities
count = len(parsed.entities)
lines = Path(tempfile.mkdtemp(), "a.jsonl")
found = {}

def timed(name, work, size=count):
    gc.collect()
    start = time.process_time()
    result = work()
    taken = (time.process_time() - start) / size * 1e6
    found[name] = min(taken, found.get(name, taken))
    return result

times = 20_000 // count + 1
pairs = list(zip(parsed.entities * times, others * times))[:20_000]
for _ in range(2):
    timed("write JSON Lines", lambda: write(parsed.entities, parsed.editions, lines))
    copy = timed("write copy", lambda: parsed_copy.to_bytes(parsed, key))
    back = timed("read JSON Lines", lambda: parse(sources_of(lines), Options()))
    again = timed("read copy", lambda: parsed_copy.from_bytes(copy, key, largest=1 << 32))
    assert back.entities == again.entities == parsed.entities
    timed("equality", lambda: all(one == other for one, other in pairs), len(pairs))
    timed("hashes", lambda: {each for one in parsed.entities for each in one.names})
del back, again
tracemalloc.start()
again = parsed_copy.from_bytes(copy, key, largest=1 << 32)
found["memory of copy, bytes"] = tracemalloc.get_traced_memory()[0] / count
found["size of copy, bytes"] = len(copy) / count
print(json.dumps(found))
"""


def measured(checkout: Path, path: Path) -> dict[str, float]:
    """The figures of one version, in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-c", WORK, str(path)],
        env={**os.environ, "PYTHONPATH": str(checkout)},
        cwd=checkout,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return found


def main(old: Path, new: Path, files: tuple[Path, ...]) -> None:
    """Print the figures of both."""
    for path in files:
        least: list[dict[str, float]] = [{}, {}]
        for _ in range(TURNS):
            for known, checkout in zip(least, (old, new), strict=True):
                for name, value in measured(checkout, path).items():
                    known[name] = min(value, known.get(name, value))
        print(f"\n{path.name}\n{'':24}{'old':>10}{'new':>10}{'old / new':>12}")
        for name, before in least[0].items():
            after = least[1][name]
            print(f"{name:24}{before:10.2f}{after:10.2f}{before / after:12.2f}")


if __name__ == "__main__":
    arguments = [Path(one).resolve() for one in sys.argv[1:]]
    if len(arguments) < 2:
        sys.exit(__doc__)
    main(arguments[0], arguments[1], tuple(arguments[2:]) or FILES)
