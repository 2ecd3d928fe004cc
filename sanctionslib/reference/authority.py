"""Short names of designating authorities → `Authority`, with the full name and the country.

The names are those that the publishers use for themselves. The parser of a list decides which
authority it states; `where(authority=…)` takes the codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sanctionslib.model.designations import Authority
from sanctionslib.reference.tables import not_found

__all__ = ["AuthorityTable", "authorities", "with_bureaus"]

_TABLE = {
    code: Authority(code=code, name=name, country=country)
    for code, name, country in (
        ("OFAC", "Office of Foreign Assets Control, US Department of the Treasury", "US"),
        ("State", "Department of State", "US"),
        ("DDTC", "Directorate of Defense Trade Controls, US Department of State", "US"),
        (
            "ISN",
            "Bureau of International Security and Nonproliferation, US Department of State",
            "US",
        ),
        ("BIS", "Bureau of Industry and Security, US Department of Commerce", "US"),
        ("UN", "United Nations Security Council", None),
        ("EU", "Council of the European Union", None),
        ("FCDO", "Foreign, Commonwealth and Development Office", "GB"),
        ("OFSI", "Office of Financial Sanctions Implementation, HM Treasury", "GB"),
        ("SECO", "State Secretariat for Economic Affairs", "CH"),
        ("GAC", "Global Affairs Canada", "CA"),
        ("DFAT", "Department of Foreign Affairs and Trade", "AU"),
        ("DGT", "Direction générale du Trésor", "FR"),
        ("NSDC", "National Security and Defense Council", "UA"),
        ("MOF", "Ministry of Finance", "JP"),
        ("METI", "Ministry of Economy, Trade and Industry", "JP"),
        ("MFAT", "Ministry of Foreign Affairs and Trade", "NZ"),
        ("MSWiA", "Ministry of the Interior and Administration", "PL"),
        ("RePET", "Public Register of Persons and Entities linked to Acts of Terrorism", "AR"),
        ("UAE Cabinet", "Cabinet of the United Arab Emirates", "AE"),
        ("IL", "Government of Israel", "IL"),
        ("NACTA", "National Counter Terrorism Authority", "PK"),
        ("WB", "World Bank Group", None),
        ("IDB", "Inter-American Development Bank", None),
    )
}

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
            if code in given or _TABLE[code].name in given
        )
    )


class AuthorityTable(Mapping[str, Authority]):
    """Authorities by their short name.

    An unknown name raises `NotFoundError` (also a `KeyError`) with near misses.

    >>> from sanctionslib.reference import authorities
    >>> authorities["OFAC"].name
    'Office of Foreign Assets Control, US Department of the Treasury'
    """

    def __getitem__(self, code: str) -> Authority:
        try:
            return _TABLE[code]
        except KeyError:
            raise not_found("an authority", code, _TABLE) from None

    def __contains__(self, code: object) -> bool:
        return code in _TABLE

    def __iter__(self) -> Iterator[str]:
        return iter(_TABLE)

    def __len__(self) -> int:
        return len(_TABLE)

    def __repr__(self) -> str:
        return f"<AuthorityTable of {len(self)} authorities>"


authorities = AuthorityTable()
"""Authorities by short name."""
