"""A name is searched with what else is known, and its hits are read."""

from __future__ import annotations

from datetime import date

import sanctionslib as sl

sdn = sl.sample()
hits = sdn.search(
    "Mohammad Anwar Latif Khan",
    kind=sl.Person,
    birth_date=date(1971, 1, 1),
    country=("BD", "Bangladesh"),
    identifiers="Passport A1",
    weak_aliases="include",
    limit=3,
)
for hit in hits:
    score: float = hit.score
    name: str = hit.name.text if hit.name is not None else "number"
    verdicts: list[sl.answers.Agreement] = [one.verdict for one in hit.facts]
best: sl.Entity = hits[0].entity
day = hits.context.editions[0].published
asked = sl.Subject(names=("Benazir Ahmed",), kind="person", birth_date=sl.PartialDate.year(1963))
assert len(sdn.search(asked, weak_aliases=sl.WeakAliases.CONFIRM)) >= 1
assert len(sdn.search(["Benazir Ahmed", "Ahmed Benazir"], birth_date=1963, limit=0)) >= 1
