"""What goes with what inside a designation, where the source does not tie it: inferred, for `why`.

OFAC states the lists, the programs and the legal authorities of a party as sets. Some of them say
themselves where they belong: a tag that is used on one list alone, an order on which one of the
party's programs rests. That is shown as inferred, with its ground, and never stored. What is not
said so is left open; nothing is paired by date or because it is left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sanctionslib.answers import Inference
from sanctionslib.model import Designation, Entity, Fact, MeasureKind
from sanctionslib.reference import lists_suggested_by, named_lists, programs

__all__ = ["ties"]

_ORDER = re.compile(r"Executive Order (\d{5})(?!\d)", re.ASCII)
_PART = re.compile(r"31 CFR (?:part )?(\d{3})(?!\d)", re.ASCII)


def ties(records: Sequence[Entity]) -> tuple[Inference, ...]:
    """What suggests which list and which legal authority goes with which program of a party.

    Where there is only one of a sort, nothing needs to be inferred. A list that blocks property is
    said to do so where the measures of a party leave it out.
    """
    found: dict[Inference, None] = {}
    for entity in records:
        labels = [feature.label for feature in entity.features]
        for one in entity.designations:
            found |= dict.fromkeys((*_lists(one, labels), *_bases(one), *_measures(one)))
    return tuple(found)


def _lists(one: Designation, labels: list[str]) -> Iterator[Inference]:
    """Lists that a tag leads to, alone or together with a label."""
    names = dict.fromkeys(listing.list_name for listing in one.listings)
    codes = dict.fromkeys(one.programs)
    if len(names) < 2 or len(codes) < 2:
        return
    # What labels suggest without the tag says nothing of the tag.
    by_label = {named.name for named, _ in lists_suggested_by("", labels)}
    for code in codes:
        by_tag = dict(_named(code, []))
        for name, ground in _named(code, labels):
            if name in names and (name in by_tag or name not in by_label):
                yield Inference(
                    about=Fact.LIST, value=f"{code} → {name}", reason=by_tag.get(name, ground)
                )


def _named(code: str, labels: list[str]) -> Iterator[tuple[str, str]]:
    for named, ground in lists_suggested_by(code, labels):
        yield named.name, ground


def _bases(one: Designation) -> Iterator[Inference]:
    """Stated legal authorities on which, by our reference table, one of the programs rests."""
    titles = dict.fromkeys(basis.title for basis in one.legal_bases)
    codes = dict.fromkeys(one.programs)
    if len(titles) < 2 and len(codes) < 2:
        return
    rests_on = {code: _instruments(code) for code in codes}
    for title in titles:
        key = _instrument(title)
        behind = [code for code in codes if key is not None and key in rests_on[code]]
        if len(behind) == 1:
            yield Inference(
                about=Fact.LEGAL_BASIS,
                value=f"{behind[0]} → {title}",
                reason=f"our reference table names {key} for this program"
                + (" and for no other of the party" if len(codes) > 1 else ""),
            )


def _measures(one: Designation) -> Iterator[Inference]:
    """That property is blocked, where a party of the SDN List has other measures alone (18669)."""
    blocked = named_lists["SDN"]
    freeze = MeasureKind.ASSET_FREEZE
    is_on_it = any(listing.list_name == blocked.name for listing in one.listings)
    if is_on_it and one.measures and all(each.kind is not freeze for each in one.measures):
        yield Inference(
            about=Fact.MEASURE,
            value=f"{blocked.name} → {freeze.value}",
            reason=f"the file states other measures alone, and this list means: {blocked.what}",
        )


def _instruments(code: str) -> set[str]:
    program = programs.get(code)
    if program is None:
        return set()
    return {key for basis in program.legal_bases if (key := _instrument(basis.title)) is not None}


def _instrument(title: str) -> str | None:
    """An order or a part of the regulations by its number: "Executive Order 13662 (Ukraine)"."""
    if order := _ORDER.match(title):
        return f"Executive Order {order[1]}"
    if part := _PART.match(title):
        return f"31 CFR part {part[1]}"
    return None
