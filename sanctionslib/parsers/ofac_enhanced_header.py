"""What stands before the entities of OFAC's enhanced XML: what the file is, and its own tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from lxml import etree

from sanctionslib.answers import IssueKind
from sanctionslib.errors import StructureChangedError
from sanctionslib.model import Record
from sanctionslib.parsers._audit import AuditBuilder
from sanctionslib.parsers._branches import Branch, Shape, grow
from sanctionslib.parsers._ofac_dates import iso_day
from sanctionslib.parsers._ofac_party import Party
from sanctionslib.parsers._ofac_tables import SDN_LIST, WRAPPER
from sanctionslib.parsers.ofac_enhanced_tables import FEATURE, WHOLE_OF
from sanctionslib.reference import named_lists

__all__ = ["CHANGED", "Header", "References", "known_name"]

CHANGED = "the file is damaged, put together of two, or the format has changed: fetch it again"

_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(.+))?", re.ASCII)
_LIST_TYPE = "ENTITY LISTING TYPE"
"""The set of reference values that holds the named lists."""


class Header:
    """`publicationInfo`: of which day the file is, and which filters made it."""

    def __init__(self, audit: AuditBuilder) -> None:
        self.audit = audit
        self.is_there = False
        self.published: date | None = None
        self.generated_at: str | None = None
        self.lists: frozenset[str] = frozenset()
        """The named lists that the file says it is made of, as it prints them."""
        self.known: frozenset[str] = frozenset()
        """The same by the names that we know: a list can be renamed under its number."""
        self.programs: tuple[str, ...] = ()
        """The programs that it was narrowed to."""

    def read(self, element: etree._Element, shape: Shape) -> None:
        """Read it; what it has beyond the format is reported."""
        self.is_there = True
        odd: list[tuple[str, str]] = []
        node = grow(element, shape, odd)
        where = self.audit.where(path="publicationInfo/dataAsOf", line=element.sourceline)
        if (text := node.get("dataAsOf")) is not None:
            found = _TIME.fullmatch(text)
            self.published = None if found is None else iso_day(found[1])
            if found is None or self.published is None:
                raise StructureChangedError(
                    f"dataAsOf is {text!r}, where a day or a time is meant",
                    where=where,
                    hint=CHANGED,
                )
            # Midnight without a time zone is a day that was written as a time.
            if found[2] not in (None, "00:00:00"):
                self.generated_at = text
        filters = node.one("filters") or Branch({}, None)
        lists = _words(filters, "sanctionsLists", "sanctionsList")
        self.lists = frozenset(text for text, _ in lists)
        self.known = frozenset(known_name(text, number) for text, number in lists)
        programs = _words(filters, "sanctionsPrograms", "sanctionsProgram")
        self.programs = tuple(text for text, _ in programs)
        self.audit.foreign(odd)

    @property
    def list_id(self) -> str | None:
        """The list that the file says it is; None where it says none, or nothing that we know."""
        if not self.known or not all(name in named_lists for name in self.known):
            return None
        if self.known == frozenset({SDN_LIST}):
            return "us_ofac_sdn"
        return None if SDN_LIST in self.known else "us_ofac_cons"

    def narrowed(self, all_lists: frozenset[str]) -> str | None:
        """The filter behind the file, in words; None for a whole list.

        Args:
            all_lists: Names of all lists that the file knows.
        """
        parts: list[str] = []
        if not self.lists:
            parts.append("the file does not say of what")
        elif self.known not in WHOLE_OF and not self._has_all(all_lists):
            parts.append(_count("list", sorted(self.lists)))
        if self.programs:
            parts.append(_count("program", self.programs))
        return "; ".join(parts) or None

    def _has_all(self, all_lists: frozenset[str]) -> bool:
        """Whether it is made of all lists, or of all that the wrapper stands around."""
        inner = all_lists - {SDN_LIST, WRAPPER}
        if SDN_LIST in self.known:
            return all_lists <= self.known
        return len(inner) > 1 and inner <= self.known

    def may_hold_all(self, list_name: str) -> bool:
        """Whether the file can hold all parties of a list beside others, by what it says of itself.

        A file that says nothing of lists or programs was not narrowed, as far as it says.
        """
        return self.is_there and not self.programs and (not self.lists or list_name in self.known)


class References:
    """The file's own tables of words and their numbers, and what the entities say against them."""

    def __init__(self, audit: AuditBuilder) -> None:
        self.audit = audit
        self.values: dict[str, str] = {}
        """refId → word."""
        self.lists: set[str] = set()
        """Names of all lists."""
        self.features: dict[str, str] = {}
        """featureTypeId → label."""
        self._reported: set[tuple[str, str, str]] = set()

    def check(self, party: Party, number: str | None, text: str | None, path: str) -> str | None:
        """The word for a number: as it stands there, or the file's own where nothing stands there."""
        if number is None or not self.values:  # the service's answer for one id has no tables
            return text
        return self._check(party, self.values.get(number), number, text, path)

    def check_label(self, party: Party, number: str | None, text: str) -> str:
        """The same for the label of a feature."""
        if number is None or not self.features:
            return text
        path = f"{FEATURE}/type@featureTypeId"
        return self._check(party, self.features.get(number), number, text, path) or ""

    def _check(
        self, party: Party, known: str | None, number: str, text: str | None, path: str
    ) -> str | None:
        if known == text:
            return text
        if known is None:
            said = f"{number} at {path} is in no table of the file"
        elif text is None:
            said = f"{number} at {path} has no word; {known!r} is what the file's own table says"
        else:
            said = (
                f"{text!r} at {path} is {known!r} in the file's own table; it is kept as {text!r}"
            )
        key = (path, number, text or "")
        if key not in self._reported:
            self._reported.add(key)
            self.audit.issue(
                IssueKind.DANGLING,
                said,
                entry=party.uid,
                path=path,
                line=party.line,
                record=Record((path,), (number,)),
            )
        return known if text is None else text

    def add(self, element: etree._Element, shape: Shape) -> None:
        """One `referenceValue` or `featureType`."""
        odd: list[tuple[str, str]] = []
        node = grow(element, shape, odd)
        is_label = "featureTypeId" in shape.attributes
        number = node.get("featureTypeId" if is_label else "refId")
        word = node.get("type" if is_label else "value")
        table = self.features if is_label else self.values
        if number is None or word is None or table.get(number, word) != word:
            odd.append((f"{shape.path}@{number}", word or ""))
        else:
            table[number] = word
            if node.get("type") == _LIST_TYPE:
                self.lists.add(word)
        self.audit.foreign(odd, ", or is given twice", element.sourceline)


def _words(node: Branch, group: str, name: str) -> list[tuple[str, str | None]]:
    found = node.one(group)
    several = [] if found is None else found.all(name)
    return [(text, one.get("refId")) for one in several if (text := one.get(""))]


def known_name(text: str, number: str | None) -> str:
    """The name that we know a list by; the text where we know neither text nor number."""
    if text in named_lists or not number:
        return text
    return next((one.name for one in named_lists.values() if one.ref_id == number), text)


def _count(what: str, names: Sequence[str]) -> str:
    return f"{what if len(names) == 1 else what + 's'} {', '.join(names)}"
