"""Short names of designating authorities → `Authority`, with the full name and the country.

The names are those that the publishers use for themselves. The parser of a list decides which
authority it states; `where(authority=…)` takes the codes.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

from sanctionslib.model.designations import Authority
from sanctionslib.reference.tables import Table, rows

__all__ = ["authorities", "with_bureaus"]


@functools.cache
def _authorities() -> Mapping[str, Authority]:
    return {
        row["code"]: Authority(code=row["code"], name=row["name"], country=row["country"] or None)
        for row in rows("authorities.tsv")
    }


authorities = Table("an authority", _authorities)
"""Authorities by short name."""

_BUREAUS = {"State": ("DDTC", "ISN")}
"""Bureaus that have their own code, by their department."""


def with_bureaus(texts: Iterable[str]) -> frozenset[str]:
    """Codes and names of authorities, and for departments the codes of their bureaus.

    Lists name different levels: the Consolidated Screening List the bureau, others the department.

    >>> from sanctionslib.reference import with_bureaus
    >>> sorted(with_bureaus(["Department of State"]))
    ['DDTC', 'Department of State', 'ISN']
    """
    given = frozenset(texts)
    return given.union(
        *(
            bureaus
            for code, bureaus in _BUREAUS.items()
            if code in given or authorities[code].name in given
        )
    )
