"""Measure how names are matched: recall and false-positive rate, of our scorers and others.

    make bench-matching
    python benchmarks/matching.py pairs aliases              some parts alone, in this order
    python benchmarks/matching.py --json figures.json --svg curve.svg

The same cases for every scorer: those of this library, `token_set_ratio`, `token_sort_ratio` and
`WRatio` of rapidfuzz, and, where it is installed, the names of nomenklatura's `logic-v2`.

- pairs: labelled pairs of names; F1 where the threshold was chosen on other pairs.
- aliases: strong aliases of the SDN List, removed one at a time; each must find its owner by the
  owner's other names (recall). Every hit of a synthetic customer is a false positive.
- altered: listed names, altered by class; needs `sanctions-screening-benchmark`.
- scripts: names in other scripts, which must be found by Latin ones.
- parameters: each parameter of the default scorer made less and more.
- speed: over 41,000 and 100,000 names, beside rapidfuzz's `cdist` where numpy is installed.

`SANCTIONSLIB_LISTS` names a folder of whole official lists; pairs and customers lie in `screening`
beside it, or where `--screening` says. `--sample` takes the bundled lists, which are far too small:
it shows that the command works.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs
import matching_cases as cases
import matching_figures as figures
import matching_parameters as numbers
import matching_speed as speed
from matching_classes import CLASSES, class_of
from matching_curve import drawn
from matching_scorers import Matches, ScoredBook, Scorer, scorers
from matching_scripts import british
from rapidfuzz.utils import default_process

import sanctionslib as sl
from sanctionslib.model import Entity

SHARES = (0.01, 0.005)
"""The false-positive rates at which recall is measured."""
QUICK = ("default", "ofac", "token_sort_ratio")
"""Scorers that are asked once more about other books; with all of them it would take hours."""
ROUNDED = 1e-4
"""How much a score is rounded by."""
FLOOR = 0.5
"""Below this score no name is searched."""
SDN = "us_ofac_sdn/SDN_2021-03-10.xml"
OTHERS = ("us_trade_csl/consolidated_2022-05.csv", "us_bis_denied/dpl_2023-11-30.txt")
US = ("us_ofac_sdn", "us_ofac_cons", "us_trade_csl", "us_bis_denied")
"""The lists whose editions are all searched, to say how long it takes."""
SCRIPTS = (
    "us_ofac_cons/CONS_ENHANCED_2025-01-10.xml",
    "us_ofac_sdn/SDN_ENHANCED_program_IRGC_2024-08-28.xml",
    "us_ofac_sdn/SDN_ADVANCED_excerpt_37parties_2024-02-23.xml",
)
BRITISH = "gb_hmt_sanctions/ConList_2025-04-10.xlsx"


@attrs.define
class Run:
    """What the parts need, and what they found."""

    lists: Path | None
    screening: Path | None
    count: int
    scorers: list[Scorer]
    found: dict[str, object] = attrs.field(factory=dict)
    curves: dict[str, list[tuple[float, float, float]]] = attrs.field(factory=dict)
    _screens: dict[str, Screen] = attrs.field(factory=dict)

    def tell(
        self, part: str, title: str, head: Sequence[str], rows: list[Sequence[object]]
    ) -> None:
        """Print a table, and keep it."""
        print(figures.table(title, head, rows), flush=True)
        print()
        kept = self.found.setdefault(part, [])
        assert isinstance(kept, list)
        kept.append({"title": title, "rows": [dict(zip(head, row, strict=True)) for row in rows]})

    def read(self, *names: str) -> list[Entity]:
        """The entities of some lists, or those of the sample."""
        if self.lists is None:
            return list(sl.sample())
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # of parts and faulty entries: the lists are as they are
            return [entity for name in names for entity in sl.read(self.lists / name, partial=True)]

    def file(self, name: str) -> Path:
        """A file of pairs or customers."""
        path = self.screening / name if self.screening else None
        if path is None or not path.is_file():
            raise NothingToMeasureError(f"there is no {name}: say --screening FOLDER")
        return path

    def customers(self) -> list[str]:
        """The synthetic customers."""
        return cases.customers(self.file("synthetic_customers_us.csv"))[: self.count]

    def screens(self) -> dict[str, Screen]:
        """Of each scorer, the SDN List and the scores of the customers; made once."""
        if not self._screens:
            book = cases.Book(self.read(SDN))
            people = self.customers()
            for scorer in self.scorers:
                self._screens[scorer.name] = Screen.of(scorer, book, people)
        return self._screens


class NothingToMeasureError(Exception):
    """A part has nothing to measure."""


@attrs.frozen
class Screen:
    """A scorer over a book, with the highest scores of the customers."""

    book: cases.Book
    asked: ScoredBook
    highest: list[float]
    """The best score of each customer; `FLOOR` where there is none above."""

    @classmethod
    def of(
        cls, scorer: Scorer, book: cases.Book, people: list[str], kind: str | None = None
    ) -> Screen:
        """Screen the customers."""
        asked = scorer.over(book, kind)
        return cls(book, asked, [max(asked.highest(one, FLOOR), FLOOR) for one in people])

    def limits(self) -> list[float]:
        """The thresholds that give the false-positive rates."""
        return [figures.threshold(self.highest, share) for share in SHARES]


# ── labelled pairs ───────────────────────────────────────────────────────────────────────────


def pairs(run: Run) -> None:
    """Labelled pairs: how well the scores separate them, and the errors of each scorer."""
    known = cases.pairs(run.file("name_pairs.csv"))
    labels = [one.match for one in known]
    group = figures.groups([(one.first, one.second) for one in known], default_process)
    rows: list[Sequence[object]] = []
    wrong: dict[str, list[int]] = {}
    for scorer in run.scorers:
        scores = [scorer.pair(one.first, one.second, one.kind) for one in known]
        limit = figures.best_threshold(scores, labels)
        marks, answers = figures.cross_validated(scores, labels, group)

        def crossed(at: list[int], answers: list[list[bool]] = answers) -> float:
            return figures.mean(
                [figures.f1([said[n] for n in at], [labels[n] for n in at]) for said in answers]
            )

        low, high = figures.interval(crossed, group)
        rows.append(
            (
                scorer.name,
                figures.auc(scores, labels),
                figures.f1((score >= limit for score in scores), labels),
                limit,
                figures.mean(marks),
                f"{figures.show(low)} to {figures.show(high)}",
            )
        )
        said = [score >= limit for score in scores]
        wrong[scorer.name] = [at for at, label in enumerate(labels) if said[at] != label]
    run.tell(
        "pairs",
        f"{len(known)} labelled pairs, {sum(labels)} of them matches",
        ("scorer", "AUC", "best F1", "from", "F1 crossed", "95 %"),
        rows,
    )
    kinds = sorted({(one.origin, one.kind or "unknown") for one in known})
    rows = []
    for origin, kind in kinds:
        at = {
            n
            for n, one in enumerate(known)
            if (one.origin, one.kind or "unknown") == (origin, kind)
        }
        missed = [sum(n in at and labels[n] for n in wrong[one.name]) for one in run.scorers]
        taken_in = [sum(n in at and not labels[n] for n in wrong[one.name]) for one in run.scorers]
        both = [f"{a} + {b}" for a, b in zip(missed, taken_in, strict=True)]
        rows.append((origin, kind, sum(labels[n] for n in at), len(at), *both))
    run.tell(
        "pairs",
        "Errors among them at the best threshold: false negatives + false positives",
        ("set", "kind", "matches", "pairs", *(one.name for one in run.scorers)),
        rows,
    )


# ── recall of names that must find their owner ───────────────────────────────────────────────


@attrs.frozen
class Answer:
    """The score of a case."""

    score: float
    """The best score of the names that it may be found by, as the search gives it."""
    lost: float
    """That score where the search does not give the name at all, else 0."""
    rank: int | None
    """The owner's place among all entities; None where the search does not give it."""


def answers(screen: Screen, found: Sequence[cases.Case], *, ranks: bool = False) -> list[Answer]:
    """Let each case find its owner."""
    given = []
    for case in found:
        targets = screen.book.targets(case)
        score = max(screen.asked.scores(case.query, targets), default=0.0)
        loses = screen.asked.loses
        if score < FLOOR or not (ranks or loses):
            given.append(Answer(score, 0.0, None))
            continue
        near = screen.asked.search(case.query, score - ROUNDED)
        rank = _rank(screen.book, screen.book.number[case.owner], targets, near)
        lost = loses and rank is None
        given.append(Answer(0.0 if lost else score, score if lost else 0.0, rank))
    return given


def _rank(book: cases.Book, owner: int, targets: Sequence[int], near: Matches) -> int | None:
    """The place among all entities of one that has a target: names that are no targets are out."""
    before: set[int] = set()
    for _, at in near:
        if at in targets:
            return len(before - {owner}) + 1
        before.add(book.names[at].entity)
    return None


KINDS = {"person": "persons", "organization": "organisations", "vessel": "vessels"}


def recall(
    run: Run,
    part: str,
    title: str,
    screens: dict[str, Screen],
    found: list[cases.Case],
    *,
    ranks: bool = True,
) -> dict[str, list[Answer]]:
    """Recall at the thresholds that give some false-positive rates."""
    kinds = [kind for kind in KINDS if any(case.kind == kind for case in found)]
    places = (1, 10) if ranks else ()
    rows: list[Sequence[object]] = []
    given = {}
    for name, screen in screens.items():
        mine = given[name] = answers(screen, found, ranks=ranks)
        owners = [answer.rank or sys.maxsize for answer in mine]
        scores = [answer.score for answer in mine]
        by_kind = [
            [score for score, case in zip(scores, found, strict=True) if case.kind == kind]
            for kind in kinds
        ]
        for share, limit in zip(SHARES, screen.limits(), strict=True):
            shares = [figures.above(some, limit) for some in (screen.highest, scores, *by_kind)]
            placed = [figures.mean([float(rank <= place) for rank in owners]) for place in places]
            lost = figures.above([answer.lost for answer in mine], limit)
            rows.append((name, f"{share:.1%}", limit, *shares, *placed, lost))
    head = (
        "scorer",
        "at most",
        "threshold",
        "false positives",
        "recall",
        *(KINDS[kind] for kind in kinds),
    )
    run.tell(part, title, (*head, *(f"@{place}" for place in places), "missed"), rows)
    return given


def aliases(run: Run) -> None:
    """Recall of held-out aliases: over one list, without weak aliases, …"""
    screens = run.screens()
    book = next(iter(screens.values())).book
    held = cases.aliases(book.entities, run.count)
    names = f"{len(book.names):,} names"
    given = recall(
        run, "aliases", f"{len(held):,} aliases held out of the SDN List ({names})", screens, held
    )
    curves(run, screens, given)
    classes(run, screens, held, given)
    printed = [attrs.evolve(case, query=case.printed) for case in held]
    quick = [one for one in run.scorers if one.name in QUICK]
    some = {one.name: screens[one.name] for one in quick}
    recall(run, "aliases", 'The same, as the list prints them ("LAST, First")', some, printed)
    people = run.customers()
    persons = [one for one in book.entities if one.kind == "person"]
    for title, other, kind in (
        ("without weak aliases", cases.Book(book.entities, weak=False), None),
        ("among persons alone, asked for as persons", cases.Book(persons), "person"),
        ("of three lists together", cases.Book([*book.entities, *run.read(*OTHERS)]), None),
    ):
        mine = [case for case in held if kind in (None, case.kind)]
        some = {one.name: Screen.of(one, other, people, kind) for one in quick}
        heading = f"The same {title} ({len(other.names):,} names)"
        recall(run, "aliases", heading, some, mine, ranks=False)  # one party may stand on two lists


def curves(run: Run, screens: dict[str, Screen], given: dict[str, list[Answer]]) -> None:
    """Recall and false-positive rate along the thresholds."""
    for name, screen in screens.items():
        run.curves[name] = figures.curve([one.score for one in given[name]], screen.highest)
    shares = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1)
    rows: list[Sequence[object]] = []
    for name, screen in screens.items():
        scores = [one.score for one in given[name]]
        limits = [figures.threshold(screen.highest, share) for share in shares]
        rows.append((name, *(figures.above(scores, limit) for limit in limits)))
    head = ("scorer", *(f"{share:.2%}" for share in shares))
    run.tell("aliases", "Recall of these aliases at false-positive rates", head, rows)
    limits = [step / 100 for step in range(60, 100, 5)]
    rows = []
    for name, screen in screens.items():
        scores = [one.score for one in given[name]]
        rows.append(
            (
                name,
                "false positives",
                *(figures.above(screen.highest, one - 1e-9) for one in limits),
            )
        )
        rows.append((name, "recall", *(figures.above(scores, one - 1e-9) for one in limits)))
    run.tell(
        "aliases",
        "Both at thresholds",
        ("scorer", "share", *(f"{one:.2f}" for one in limits)),
        rows,
    )


def classes(
    run: Run,
    screens: dict[str, Screen],
    held: list[cases.Case],
    given: dict[str, list[Answer]],
) -> None:
    """Recall by what the alias differs in."""
    book = next(iter(screens.values())).book
    kinds = [
        class_of(case.query, (book.names[at].name.text for at in book.targets(case)))
        for case in held
    ]
    rows = []
    for kind, about in CLASSES.items():
        at = [n for n, one in enumerate(kinds) if one == kind]
        if not at:
            continue
        shares = [
            figures.above([given[name][n].score for n in at], screen.limits()[0])
            for name, screen in screens.items()
        ]
        rows.append((kind, len(at), *shares, about))
    title = f"Recall at {SHARES[0]:.0%} false positives by what the alias differs in"
    run.tell("aliases", title, ("class", "aliases", *screens, "which"), rows)
    name, screen = next(iter(screens.items()))
    limit = screen.limits()[0]
    missed: list[Sequence[object]] = []
    for kind in CLASSES:
        some = [n for n, one in enumerate(kinds) if one == kind and given[name][n].score <= limit]
        for n in some[:4]:
            owner = book.entities[book.number[held[n].owner]]
            missed.append((kind, given[name][n].score, held[n].query, owner.name))
    run.tell("aliases", f"Some that {name} misses", ("class", "score", "alias", "owner"), missed)


def altered(run: Run) -> None:
    """Altered names, by class."""
    screens = run.screens()
    book = next(iter(screens.values())).book
    found = cases.altered(book.entities, run.count // 4)
    if found is None:
        raise NothingToMeasureError("sanctions-screening-benchmark is not installed")
    by_class(run, "altered", "altered names", screens, found)


def by_class(
    run: Run, part: str, title: str, screens: dict[str, Screen], found: list[cases.Case]
) -> None:
    """Recall of each scorer at the first false-positive rate, and what its index misses."""
    rows: list[Sequence[object]] = []
    given = {name: answers(screen, found) for name, screen in screens.items()}
    counts = Counter(case.group or case.script for case in found)
    groups: dict[str, list[int]] = {}
    for at, case in enumerate(found):
        group = case.group or case.script
        groups.setdefault(group if counts[group] >= 5 else "others", []).append(at)
    groups["all"] = list(range(len(found)))
    for group, positions in groups.items():
        shares = [
            figures.above([given[name][at].score for at in positions], screen.limits()[0])
            for name, screen in screens.items()
        ]
        rows.append((group, len(positions), *shares))
    lost = [
        figures.above([one.lost for one in given[name]], screen.limits()[0])
        for name, screen in screens.items()
    ]
    rows.append(("missed by the index", len(found), *lost))
    title = f"Recall at {SHARES[0]:.0%} false positives of {len(found):,} {title}"
    run.tell(part, title, ("class", "names", *screens), rows)


def scripts(run: Run) -> None:
    """Names in other scripts, at the thresholds of the SDN List."""
    entities = run.read(*SCRIPTS)
    if run.lists is not None:
        try:
            entities += british(run.lists / BRITISH)
        except ImportError as error:
            print(f"the UK's list is left out of the scripts: {error}\n")
    found = cases.in_scripts(entities, run.count // 5)
    book = cases.Book(entities)
    screens = {
        scorer.name: attrs.evolve(run.screens()[scorer.name], book=book, asked=scorer.over(book))
        for scorer in run.scorers
    }
    by_class(run, "scripts", "names in other scripts, by Latin ones", screens, found)


# ── the parameters of the default scorer ─────────────────────────────────────────────────────


def parameters(run: Run) -> None:
    """Each parameter of the default scorer made less and more."""
    screen = run.screens()["default"]
    held = cases.aliases(screen.book.entities, run.count)
    known = cases.pairs(run.file("name_pairs.csv"))
    given = numbers.Cases(known, held, run.customers(), screen.book, screen.asked)
    rows = [
        (one.name, one.value, one.auc, one.f1, one.recall, one.strict)
        for one in numbers.moved(given)
    ]
    first, *rest = rows
    last = ("the most that any of them moves", "", *_spread(rows))
    title = f"Each parameter of the default scorer {numbers.STEP:.0%} less and more"
    head = ("parameter", "value", "AUC", "best F1", "recall at 1%", "at 0.5%")
    run.tell("parameters", title, head, [first, *rest, last])


def _spread(rows: Sequence[Sequence[object]]) -> list[float]:
    columns = [[float(str(row[at])) for row in rows] for at in range(2, 6)]
    return [max(abs(one - column[0]) for one in column) for column in columns]


# ── speed ────────────────────────────────────────────────────────────────────────────────────


def timing(run: Run) -> None:
    """Search, screening and index over all names of the US lists, and over more names like them."""
    names = [SDN]
    if run.lists is not None:
        names = [
            path.relative_to(run.lists).as_posix()
            for one in US
            for path in sorted((run.lists / one).iterdir())
        ]
    entities = speed.distinct(run.read(*names))
    customers = run.customers()
    half = min((len(customers) + 1) // 2, 1000)  # of a single one, nobody is left to screen
    people, others = customers[:half], customers[half : 2 * half]
    rows: list[Sequence[object]] = []
    brute: list[Sequence[object]] = []
    for some in (entities, speed.tiled(entities, speed.MANY if run.lists else 500)):
        found = speed.measure(some, people, others)
        middle = found.at(0.5)
        rows.append(
            (
                found.names,
                f"{middle * 1000:.2f} ms",
                f"{found.at(0.99) * 1000:.1f} ms",
                f"{found.queries[-1] * 1000:.0f} ms",
                f"{found.records:,.0f}",
                f"{found.seconds:.1f} s",
                f"{found.size / 1e6:.0f} MB",
            )
        )
        for name, taken in found.brute.items():
            brute.append((found.names, name, f"{taken * 1000:.1f} ms", f"{taken / middle:.0f}"))
    run.tell(
        "speed",
        "Search by default, warm",
        ("names", "median", "99 %", "longest", "records/s", "index built in", "memory"),
        rows,
    )
    if brute:
        head = ("names", "scorer", "a query", "times ours")
        run.tell("speed", "rapidfuzz's cdist through the same names, one core", head, brute)
    else:
        print("rapidfuzz's cdist is not measured: there is no numpy\n")
    rows = [("compare, two listed names that are new", f"{speed.pairs(entities) * 1e6:.0f} µs")]
    if run.screening is not None:
        known = [
            (one.first, one.second)
            for one in cases.pairs(run.file("name_pairs.csv"))
            if one.kind == "person"
        ]
        rows.append(
            ("compare, names seen before, best of three", f"{speed.labelled(known) * 1e6:.0f} µs")
        )
    rows += [
        (what, "–" if taken != taken else f"{taken * 1000:.0f} ms")
        for what, taken in speed.processes().items()
    ]
    run.tell("speed", "Single calls", ("what", "taken"), rows)


# ── the command ──────────────────────────────────────────────────────────────────────────────

PARTS: dict[str, Callable[[Run], None]] = {
    "pairs": pairs,
    "aliases": aliases,
    "altered": altered,
    "scripts": scripts,
    "parameters": parameters,
    "speed": timing,
}


def main(words: Sequence[str] | None = None) -> None:
    lists = os.environ.get("SANCTIONSLIB_LISTS")
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which (all)")
    parser.add_argument("--sample", action="store_true", help="the bundled lists")
    parser.add_argument("--screening", type=Path, help="folder of the pairs and customers")
    parser.add_argument("--count", type=int, default=2000, help="how many cases (2000)")
    parser.add_argument("--scorers", help="names of some scorers, with commas between")
    parser.add_argument("--json", type=Path, help="write the figures there")
    parser.add_argument("--svg", type=Path, help="draw recall over the false-positive rate there")
    asked = parser.parse_args(words)
    if not lists and not asked.sample:
        sys.exit("set SANCTIONSLIB_LISTS to the folder of whole official lists, or say --sample")
    home = None if asked.sample or not lists else Path(lists)
    screening = asked.screening or (home.parent / "screening" if home else None)
    found, missing = scorers()
    if asked.scorers:
        found = [one for one in found if one.name in asked.scorers.split(",")]
    print(f"Python {' '.join(sys.version.split())}, sanctionslib {sl.__version__}\n")
    for sentence in missing:
        print(f"{sentence}\n")
    run = Run(home, screening, asked.count, found)
    for part in asked.parts or PARTS:
        try:
            PARTS[part](run)
        except NothingToMeasureError as error:
            print(f"{part}: {error}\n")
        if asked.json:
            text = json.dumps(run.found, indent=1, ensure_ascii=False)
            asked.json.write_text(text, encoding="utf-8")
        if asked.svg and run.curves:
            asked.svg.write_text(drawn(run.curves), encoding="utf-8")


if __name__ == "__main__":
    main()
