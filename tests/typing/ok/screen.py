"""Customers are screened, the results are written and read back, and screened again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import sanctionslib as sl


@dataclass
class Customer:
    number: str
    who: str
    born: str


def customers() -> Iterator[Customer]:
    yield Customer("C1", "Benazir Ahmed", "01/10/1963")
    yield Customer("C2", "Nobody At All", "02/11/1964")


old, new = sl.sample("2021-12-09"), sl.sample("2021-12-10")
columns = {"name": "who", "birth_date": "born"}
screening: sl.Screening = old.screen(
    customers(), columns=columns, key="number", kind=sl.Person, dates="dmy", limit=0
)
lines = [json.dumps(sl.to_dict(result)) for result in screening]
assert screening.done == 2

results = [sl.from_dict(json.loads(line), sl.answers.ScreeningResult) for line in lines]
assert old.replay(results[0]) == results[0]

changes = sl.diff(old, new)
for result in sl.rescreen(
    results,
    customers(),
    changes=changes,
    on=new,
    columns={"name": ("who",), "birth_date": "born"},
    key="number",
    kind="person",
    dates="dmy",
):
    best: sl.answers.Hit | None = result.hits[0] if result.hits else None
    skipped: list[str] = [one.what for one in result.problems if one.skipped]
    print(result.key, best and best.score, skipped)
