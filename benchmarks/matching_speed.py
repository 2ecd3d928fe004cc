"""The time of a search, the memory of the index, and the time of rapidfuzz over all names."""

from __future__ import annotations

import contextlib
import gc
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

import sanctionslib as sl
from sanctionslib.matching.methods import DEFAULT, index_for
from sanctionslib.model import Entity, Name

MANY = 100_000
"""How many distinct names the larger collection has."""
BRUTE = ("token_sort_ratio", "token_set_ratio", "WRatio")


def distinct(entities: Iterable[Entity]) -> list[Entity]:
    """The entities with each name once: of several editions, each name at the first that has it."""
    seen: set[str] = set()
    found = []
    for number, entity in enumerate(entities):
        names = []
        for name in entity.names:
            text = default_process(name.text)
            if text not in seen:
                seen.add(text)
                names.append(name)
        if names:
            found.append(attrs.evolve(entity, id=f"{entity.id}/{number}", names=tuple(names)))
    return found


def tiled(entities: Sequence[Entity], count: int, *, seed: int = 1) -> list[Entity]:
    """As many entities as have so many names: after all of these, altered copies of them.

    In every word of four letters or more two letters are others, so that copies have as many words
    of their own as a list of that size would.
    """
    chance = random.Random(seed)
    found = list(entities)
    left = count - sum(len(one.names) for one in entities)
    tile = 0
    while left > 0:
        tile += 1
        words: dict[str, str] = {}
        for entity in entities:
            if left <= 0:
                break
            names = tuple(_altered(name, words, chance) for name in entity.names)
            found.append(attrs.evolve(entity, id=f"{entity.id}/{tile}", names=names))
            left -= len(names)
    return found


def _altered(name: Name, words: dict[str, str], chance: random.Random) -> Name:
    def other(text: str) -> str:
        return " ".join(_other(word, words, chance) for word in text.split(" "))

    parts = tuple(attrs.evolve(part, text=other(part.text)) for part in name.parts)
    return attrs.evolve(name, text=other(name.text), parts=parts)


def _other(word: str, words: dict[str, str], chance: random.Random) -> str:
    """The same word becomes the same other word throughout a copy."""
    if word not in words:
        letters = list(word)
        places = [at for at, letter in enumerate(letters) if letter.isalpha()]
        if len(places) >= 4:
            for at in chance.sample(places, 2):
                letter = chance.choice("abcdefghiklmnoprstuvz")
                letters[at] = letter.upper() if letters[at].isupper() else letter
        words[word] = "".join(letters)
    return words[word]


def asked(entities: Sequence[Entity], people: Sequence[str], *, seed: int = 1) -> list[str]:
    """What is searched: customers, and as many listed names with one letter wrong."""
    chance = random.Random(seed)
    texts = [name.text for entity in entities for name in entity.names if len(name.text) > 4]
    found = list(people)
    for text in chance.sample(texts, min(len(people), len(texts))):
        at = chance.randrange(1, len(text) - 1)
        found.append(text[:at] + chance.choice("aeionrst") + text[at + 1 :])
    chance.shuffle(found)
    return found


@attrs.frozen
class Speed:
    """What one collection takes."""

    names: int
    seconds: float
    """To build the index."""
    size: int
    """Bytes that it holds, beside the list itself."""
    queries: list[float]
    """Seconds of each search, warm, in order of length."""
    records: float
    """Records screened in a second, of people who were not searched before."""
    brute: dict[str, float]
    """Seconds of each query by rapidfuzz's `cdist`; empty without numpy."""

    def at(self, share: float) -> float:
        """Seconds within which this share of the searches is done."""
        return self.queries[min(int(share * len(self.queries)), len(self.queries) - 1)]


def measure(entities: Sequence[Entity], people: Sequence[str], others: Sequence[str]) -> Speed:
    """Build, search, screen others; and go through the same names with rapidfuzz."""
    index_for(DEFAULT, entities[:10]).search("Anna Example", min_score=0.9)  # tables are loaded
    gc.collect()
    seconds = _worked(lambda: index_for(DEFAULT, entities))
    gc.collect()
    tracemalloc.start()
    held = index_for(DEFAULT, entities)
    held.search("Anna Example", min_score=0.9)
    gc.collect()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del held
    listed = sl.SanctionsList(entities).prepare()

    def search(query: str) -> None:
        with contextlib.suppress(sl.InvalidInputError):  # a name that tells nobody: "5", "LLC"
            listed.search(query)

    queries = asked(entities, people)
    warm, rest = queries[: len(queries) // 2], queries[len(queries) // 2 :]
    with settled():
        for query in warm:
            search(query)
        times = sorted(_worked(lambda query=query: search(query)) for query in rest)
        records = len(others) / _worked(lambda: [*listed.screen({"name": one} for one in others)])
    names = sum(len(one.names) for one in entities)
    return Speed(names, seconds, size, times, records, _brute(entities, rest))


@contextlib.contextmanager
def settled() -> Iterator[None]:
    """As in a long-running program: the garbage collector need not traverse the list any more.

    Else it looks through all objects once they are a quarter more, a third of a second for all
    names of the US lists.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()  # what is built next is built in a process like anybody's


def _brute(entities: Sequence[Entity], queries: Sequence[str]) -> dict[str, float]:
    try:
        import numpy  # noqa: F401
    except ImportError:
        return {}
    texts = [default_process(name.text) for entity in entities for name in entity.names]
    found = {}
    for name in BRUTE:
        scorer = getattr(fuzz, name)
        found[name] = statistics.median(
            _worked(
                lambda query=query, scorer=scorer: process.cdist(
                    [default_process(query)], texts, scorer=scorer, workers=1
                )
            )
            for query in queries[:20]
        )
    return found


def pairs(entities: Sequence[Entity], count: int = 2000, *, seed: int = 1) -> float:
    """Seconds of `compare` for two names of a list that it has not seen before."""
    chance = random.Random(seed)
    names = [(one.kind, name.text) for one in entities for name in one.names]
    some = [(chance.choice(names), chance.choice(names)[1]) for _ in range(count)]

    def compare() -> None:
        for (kind, first), second in some:
            with contextlib.suppress(sl.InvalidInputError):
                sl.compare(first, second, kind=kind)

    with settled():
        return _worked(compare) / count


def labelled(people: Sequence[tuple[str, str]]) -> float:
    """Seconds of `compare` for pairs of names, each seen once before; the best of three rounds."""

    def compare() -> None:
        for first, second in people:
            with contextlib.suppress(sl.InvalidInputError):
                sl.compare(first, second, kind=sl.Person)

    compare()
    with settled():
        return min(_worked(compare) for _ in range(3)) / len(people)


def processes() -> dict[str, float]:
    """Seconds of whole processes: the bare interpreter, a first comparison, a first search.

    As installed, with modules that were compiled before.
    """
    first = "import sanctionslib as sl; sl.compare('Anna Example', 'EXAMPLE, Ana')"
    sides = {
        "the bare interpreter": ["-c", "pass"],
        "a first compare": ["-c", first],
        "sanctionslib search --sample": ["-m", "sanctionslib", "search", _LISTED, "--sample"],
    }
    environment = {
        key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"
    }
    with tempfile.TemporaryDirectory() as compiled:
        environment["PYTHONPYCACHEPREFIX"] = compiled
        return {what: _process(words, environment) for what, words in sides.items()}


_LISTED = "Benazir Ahmed"
"""Somebody on the lists of the sample."""


def _process(words: list[str], environment: dict[str, str]) -> float:
    times = []
    for _ in range(8):
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, *words], capture_output=True, check=False, env=environment
        )
        times.append(time.perf_counter() - start)
        if done.returncode > 1 or b"Traceback" in done.stderr:
            return float("nan")  # the command line is an extra
    return statistics.median(times[1:])  # the first one compiles


def _worked(side: Callable[[], object]) -> float:
    start = time.process_time()
    made = side()
    taken = time.process_time() - start
    del made  # only now: who builds something keeps it
    return taken
