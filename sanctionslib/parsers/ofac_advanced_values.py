"""The reference value sets of OFAC's advanced XML, and the other things that entries refer to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from lxml import etree

from sanctionslib.answers import IssueKind
from sanctionslib.model import PartialDate, Record
from sanctionslib.parsers._audit import AuditBuilder
from sanctionslib.parsers._branches import Branch
from sanctionslib.parsers._ofac_dates import from_four_days
from sanctionslib.parsers._xml import attributes_of, local_name, record_of

__all__ = ["Place", "References", "Waiting", "day_of", "period_of"]


class References:
    """`ReferenceValueSets`: number → word, by set ("AliasType" for `AliasTypeValues`)."""

    def __init__(self, audit: AuditBuilder) -> None:
        self._audit = audit
        self._words: dict[str, dict[str, str]] = {}
        self._more: dict[tuple[str, str], Mapping[str, str]] = {}
        self._reported: set[tuple[str, str]] = set()

    def read(self, element: etree._Element) -> None:
        """Read all sets. What is no value with a number is reported."""
        for group in element:
            kind = local_name(group.tag).removesuffix("Values")
            words = self._words.setdefault(kind, {})
            for value in group:
                attributes = {local_name(name): text for name, text in attributes_of(value)}
                key, text = attributes.get("ID", "").strip(), (value.text or "").strip()
                if not key or len(value) or words.get(key, text) != text:
                    self._audit.issue(
                        IssueKind.STRUCTURE,
                        f"a value of {kind}Values has no ID, another one's, or more than a text",
                        path=f"ReferenceValueSets/{kind}Values",
                        line=value.sourceline,
                        record=record_of(value, base=local_name(value.tag)),
                    )
                    continue
                words[key] = text
                self._more[kind, key] = attributes

    def numbers(self, kind: str, words: frozenset[str]) -> frozenset[str]:
        """The numbers of words."""
        return frozenset(key for key, word in self._words.get(kind, {}).items() if word in words)

    def more(self, kind: str, key: str, attribute: str) -> str:
        """An attribute of a value beside its number; "" where it has none."""
        return self._more.get((kind, key), {}).get(attribute, "").strip()

    def word(self, kind: str, key: str | None, path: str, uid: str) -> str:
        """The word of a number; the number itself where the set lacks it, which is reported once."""
        word = self._words.get(kind, {}).get(key or "")
        if word:
            return word
        if (kind, key or "") not in self._reported:
            self._reported.add((kind, key or ""))
            says = f"refers to {key!r}, which {kind}Values lacks" if key else "is not there"
            self._audit.issue(
                IssueKind.DANGLING, f"{path} {says}; others are not reported", entry=uid, path=path
            )
        return key or ""

    def kind_of_party(self, key: str | None, path: str, uid: str) -> str:
        """The word for a kind: that of the subtype, or of its type where the subtype is Unknown."""
        word = self.word("PartySubType", key, path, uid)
        if word != "Unknown":
            return word
        return self.word(
            "PartyType", self.more("PartySubType", key or "", "PartyTypeID"), path, uid
        )

    def legal_basis(self, key: str, path: str, uid: str) -> str:
        """The title of a legal basis; "" where it is "Unknown" (old entries of CUBA).

        The text, as the enhanced file prints it; LegalBasisShortRef is shorter once: "Executive
        Order 13608 (Iran)" for "Executive Order 13608 (Iran/Syria)".
        """
        word = self.word("LegalBasis", key, path, uid)
        return "" if word == "Unknown" else word


_NO_TYPE = "Unknown"
"""The type of the one part of a location that is a country and no address."""


class Place:
    """A `Location` that parties refer to."""

    __slots__ = ("at", "back", "country", "odd", "own", "parts", "record", "uid", "used")

    def __init__(
        self,
        uid: str,
        at: int,
        record: Record,
        back: Sequence[tuple[str, str]],
        odd: list[tuple[str, str]],
    ) -> None:
        self.uid = uid
        self.at = at
        """Position in the file."""
        self.record = record
        self.own = record
        """The same without what it says that it is referred to by."""
        self.odd = odd
        self.parts: tuple[tuple[str, str], ...] = ()
        """(type, value): ("CITY", "Moscow")."""
        self.country: str | None = None
        """As OFAC spells it."""
        self.back = {value.strip(): (path, value) for path, value in back}
        """What it says that it is referred to by: keys of versions of features, and of documents."""
        self.used = False

    @property
    def name(self) -> str:
        """All of it in one line: the name of a country, as nationalities refer to it."""
        pieces = [value for _, value in self.parts]
        return ", ".join(pieces if self.country is None else [*pieces, self.country])

    @property
    def labelled(self) -> tuple[str, ...]:
        """What `name` does not say of its parts: of which type they are, but for "Unknown"."""
        return tuple([f"{label}: {value}" for label, value in self.parts if label != _NO_TYPE])


class Waiting:
    """A document that waits for its party."""

    __slots__ = ("at", "branch", "line", "odd", "record")

    def __init__(
        self,
        at: int,
        branch: Branch,
        odd: list[tuple[str, str]],
        record: Record,
        line: int | None,
    ) -> None:
        self.at = at
        self.branch = branch
        self.odd = odd
        self.record = record
        self.line = line


_UNITS = ("Year", "Month", "Day")
_FLAGS = frozenset({"true", "false"})


def day_of(branch: Branch | None) -> tuple[date | None, str]:
    """A day of its three pieces, and the pieces as text; no day where they make none."""
    if branch is None:
        return None, ""
    pieces = [branch.get(unit) or "" for unit in _UNITS]
    text = "-".join(pieces) if any(pieces) else ""
    if not all(piece.isascii() and piece.isdigit() for piece in pieces):
        return None, text
    try:
        return date(*[int(piece) for piece in pieces]), text
    except (ValueError, OverflowError):
        return None, text


def period_of(branch: Branch | None, path: str, odd: list[tuple[str, str]]) -> PartialDate | None:
    """A `DatePeriod`; None where it has no days, as that of every measure.

    Its own flags (YearFixed …) are all false where it has days and all true where it has none, and
    beginning and end are both approximate or neither; anything else is odd. Days that are none in the calendar give an unread date.
    """
    if branch is None:
        return None
    days: list[date | None] = []
    texts: list[str] = []
    flags: dict[str, str] = {}
    for name in ("Start", "End"):
        end = branch.one(name)
        for side in ("From", "To"):
            day, text = day_of(end.one(side) if end is not None else None)
            days.append(day)
            texts.append(text)
        said = end.get("Approximate") if end is not None else None
        if said is not None:
            flags[f"{path}/{name}@Approximate"] = said
    if len(set(flags.values())) > 1 or not _FLAGS.issuperset(flags.values()):
        odd.extend(flags.items())
    expected = "false" if any(texts) else "true"
    fixed = [(f"{path}@{unit}Fixed", branch.get(f"{unit}Fixed")) for unit in _UNITS]
    odd.extend([(at, flag) for at, flag in fixed if flag is not None and flag != expected])
    if any(text and day is None for day, text in zip(days, texts, strict=True)):
        return PartialDate(raw=" ".join(text or "-" for text in texts))
    first, second, third, fourth = days
    return from_four_days((first, second, third, fourth), approximate="true" in flags.values())
