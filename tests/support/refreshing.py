"""Run as a script: refresh a list in processes that are killed, or that all do it at once.

It forks children that have everything loaded, so that a kill hits the refresh and not the imports;
it has no thread of its own, so that forking is safe. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

import requests  # noqa: F401 - loaded before the children are made
from children import ended, start

import sanctionslib as sl
from sanctionslib.archive.store import EditionStore  # noqa: F401

LIST = "us_ofac_cons"
FORM = "ofac-classic-xml"


def refresh_for_ever() -> int:
    """Fetch repeatedly from the server, which always has something new."""
    while True:
        sl.fetch(LIST, format=FORM, force=True)


def killed(times: int) -> dict[str, int]:
    """Refresh, be killed at any moment, and look at the archive, several times."""
    rng = random.Random(13)
    found = {"kills": 0, "corrupted": 0, "within": 0, "editions": 0}
    sl.fetch(LIST, format=FORM)
    before = temporary_files()
    for number in range(times):
        if number % 10 == 0:  # the machine may have more to do now, or less
            before_it = time.monotonic()
            sl.fetch(LIST, format=FORM, force=True)
            # On a slow or busy machine a refresh takes longer, and none would come to its end.
            longest = max(0.12, 1.5 * (time.monotonic() - before_it))
        made = start(refresh_for_ever)
        time.sleep(rng.uniform(0.005, longest))
        os.kill(made, signal.SIGKILL)
        ended(made)
        found["kills"] += 1
        after = temporary_files()
        found["within"] += after > before
        before = after
        checked = sl.Archive().verify()
        held = sl.load(LIST, format=FORM, offline=True)
        is_sound = not checked.faults and len(held) == 30
        found["corrupted"] += not is_sound
        if number % 10 == 9:
            found["editions"] += len(sl.Archive().prune(LIST, keep=2))
    assert sl.fetch(LIST, format=FORM, force=True).is_new
    return found


def temporary_files() -> int:
    """How many folders were begun and not ended."""
    folder = Path(os.environ["SANCTIONSLIB_HOME"], LIST, FORM)
    return sum(each.name.startswith(".") for each in folder.iterdir())


def at_once(times: int) -> dict[str, int]:
    """Refresh in several processes at the same moment; exit codes show which found it new."""
    begin = time.time() + 0.5

    def refresh() -> int:
        time.sleep(max(0.0, begin - time.time()))
        return 10 if sl.fetch(LIST, format=FORM).is_new else 20

    return counted([start(refresh) for _ in range(times)])


def loaded_at_once(times: int) -> dict[str, int]:
    """Load in several processes at the same moment; one of them asks the server."""
    begin = time.time() + 0.5

    def load() -> int:
        time.sleep(max(0.0, begin - time.time()))
        return 10 if len(sl.load(LIST, format=FORM)) == 30 else 20

    return counted([start(load) for _ in range(times)])


def counted(made: list[int]) -> dict[str, int]:
    """How they ended."""
    codes = [ended(each) for each in made]
    return {str(code): codes.count(code) for code in codes}


if __name__ == "__main__":
    what = {"killed": killed, "at_once": at_once, "loaded_at_once": loaded_at_once}[sys.argv[1]]
    print(json.dumps(what(int(sys.argv[2]))))
