"""Whether an edition may be taken for its list: its figures, compared with the last good edition's.

A list fails in whole-list ways: a namespace changes and 15,000 rows are gone, a column is empty from
one day to the next, one kind of party is left out. Each leaves a file that is well formed. So what
was found is counted (`figures_of`) and checked (`check_figures`) before an edition becomes current.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile

import attrs

from sanctionslib.answers import Check, HeldEdition
from sanctionslib.catalog import Limits
from sanctionslib.model import AliasStrength, Designation, Entity

__all__ = ["check_end", "check_figures", "figures_in", "figures_of"]

_NOT_COUNTED = frozenset({"id", "names", "raw_kind", "id_space", "edition", "origins", "source"})
"""What every entity has, or what is not said by the list."""
_ANY_FORM = ("entries", "kind ")
"""How the figures begin by which editions of two formats can be compared."""
_FIGURES = (*_ANY_FORM, "list ", "field ", "identifier ")
"""How the names of all figures begin; other checks are of something else."""
_VANISHED = 5
"""A group of so many may not vanish at once, however small it is."""
_AT_END = 1
"""So many of the last entries may be gone at once."""


def figures_of(entities: Iterable[Entity]) -> dict[str, int]:
    """What is counted of an edition: `entries`, `kind …`, `list …`, `field …`, `identifier …`.

    Each is a number of entries: those of a kind, those on a named list, those that have at least
    one value in a field, those that have an identifier of a kind.

    >>> import sanctionslib as sl
    >>> from sanctionslib.archive.checks import figures_of
    >>> figures = figures_of(sl.sample().where(named_list="SDN List"))
    >>> figures["entries"], figures["kind person"], figures["field addresses"]
    (28, 17, 28)
    """
    counted: Counter[str] = Counter()
    for one in entities:
        counted["entries"] += 1
        counted.update(set(_groups(one)))
    return {"entries": counted.pop("entries", 0), **dict(sorted(counted.items()))}


def _groups(one: Entity) -> Iterator[str]:
    yield f"kind {one.kind}"
    if one.aliases:
        yield "field aliases"
    yield from (f"field {name}" for name in _filled(one))
    for each in one.identifiers:
        if each.kind is not None:
            yield f"identifier {each.kind.value}"
    for designation in one.designations:
        yield from (f"field designations {name}" for name in _filled(designation))
        for listing in designation.listings:
            yield f"list {listing.list_name}"
            if listing.listed_since is not None:
                yield "field listings since"


def _filled(one: Entity | Designation) -> Iterator[str]:
    names = _fields(type(one))  # type: ignore[arg-type]  # mypy takes a class of two for unhashable
    return (name for name in names if getattr(one, name) not in (None, "", ()))


@cache
def _fields(kind: type[Entity] | type[Designation]) -> tuple[str, ...]:
    return tuple(each.name for each in attrs.fields(kind) if each.name not in _NOT_COUNTED)


def figures_in(held: HeldEdition) -> dict[str, int]:
    """The figures that were counted of a stored edition: there is a check for each."""
    checks = [one for one in held.checks if one.name.startswith(_FIGURES)]
    return {one.name: one.value for one in checks if one.value}


def check_figures(
    figures: Mapping[str, int],
    limits: Limits,
    *,
    before: Mapping[str, int] | None = None,
    against: str = "",
    same_form: bool = True,
) -> tuple[Check, ...]:
    """One check for each figure that was counted now or before.

    Args:
        figures: Those of the new edition.
        limits: What may be gone at once, and from which size on.
        before: Those of the last good edition; None where there is none: then only the number of
            entries has a limit.
        against: Which edition that is, for the checks.
        same_form: Whether both are of one format and the same files; of others, fields say nothing,
            and only entries and kinds are compared.

    >>> from sanctionslib.catalog import Limits
    >>> from sanctionslib.archive.checks import check_figures
    >>> (one,) = check_figures({"entries": 375}, Limits(), before={"entries": 639})
    >>> one.passed, one.least
    (False, 608)
    """
    checks: list[Check] = []
    known = before or {}
    for name in dict.fromkeys(("entries", *figures, *known)):
        can_compare = before is not None and (same_form or name.startswith(_ANY_FORM))
        was = known.get(name, 0) if can_compare else None
        checks.append(
            Check(
                name=name,
                value=figures.get(name, 0),
                before=was,
                least=_least(name, was, limits),
                against=against if was is not None else "",
            )
        )
    return tuple(checks)


def _least(name: str, before: int | None, limits: Limits) -> int | None:
    """The smallest figure that passes."""
    share = limits.entries if name == "entries" else limits.group
    least: int | None = None
    if before is not None and before >= limits.small:
        least = math.ceil(before * (1 - share))
    elif before is not None and before >= _VANISHED and share < 1:
        least = 1
    return max(least or 0, limits.least) if name == "entries" else least


def check_end(
    before: Sequence[Entity],
    now: Sequence[Entity],
    limits: Limits,
    *,
    key: Callable[[Entity], object],
    against: str,
) -> tuple[Check, ...]:
    """The checks of the end of files that may end anywhere: they may have been cut there.

    The figure of `gone from the end` is the number of entries at the end of the edition before that
    are all gone, less the number of new entries at the end now. That of
    `aliases gone from the end` is the same for the entries that have aliases, which may come in a
    file of their own (weak ones, which OFAC writes into the remarks, do not); entries that are gone
    are not counted again. Of what was small before, or where the limits ask nothing, there is no
    check.

    One may be gone: it is as likely to be removed as any other. Two or more quarantine the edition,
    although a publisher may remove them. That is rare: between real editions of OFAC's lists, one to
    nine months apart, 0 to 1.8 % of all entries were the second or a later one of such a row. So
    often would a file that ends anywhere end in one.

    Args:
        before: The entries of the edition before, in the order of its file.
        now: Those of the new edition.
        limits: What may be gone at once, and from which size on.
        key: What identifies an entry in both editions.
        against: Which edition the one before is, for the checks.
    """
    there = {key(one) for one in now}
    pairs = {
        "gone from the end": (before, now),
        "aliases gone from the end": (
            [one for one in before if _has_aliases(one) and key(one) in there],
            [one for one in now if _has_aliases(one)],
        ),
    }
    checks: list[Check] = []
    for name, (old, new) in pairs.items():
        if len(old) >= limits.small and limits.entries < 1:
            olds, news = [key(one) for one in old], [key(one) for one in new]
            fewer = _others_at_end(olds, set(news)) - _others_at_end(news, set(olds))
            checks.append(Check(name=name, value=max(fewer, 0), most=_AT_END, against=against))
    return tuple(checks)


def _has_aliases(one: Entity) -> bool:
    return any(each.strength is not AliasStrength.WEAK for each in one.aliases)


def _others_at_end(keys: Sequence[object], known: Collection[object]) -> int:
    """How many keys stand at the end that are not known."""
    return sum(1 for _ in takewhile(lambda key: key not in known, reversed(keys)))
