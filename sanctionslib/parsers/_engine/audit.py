"""Collects the audit while a file is parsed: issues, values without a field, unknown codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from sanctionslib.answers import (
    Audit,
    Coverage,
    Issue,
    IssueKind,
    Omitted,
    PathCoverage,
    UnknownCode,
    Unmapped,
)
from sanctionslib.errors import StructureChangedError, Where
from sanctionslib.model import Edition, Source

__all__ = ["AuditBuilder", "Classify", "Pairs", "source_of"]

Pairs: TypeAlias = Sequence[tuple[str, str]]
"""Values of the source with their paths, in document order."""

Classify = Callable[[str, str], tuple[Coverage, str]]
"""Gives the coverage of a path under a label, and the field or the reason."""


def source_of(pairs: Iterable[tuple[str, str]]) -> Source | None:
    """The source that an entity or an issue keeps; None for no values."""
    found = list(pairs)
    return Source(*map(tuple, zip(*found, strict=True))) if found else None


_MOST = 10_000
"""Issues that a file may have, and likewise values without a field or unknown codes …"""
_FAULTS = 10
"""… and as many more issues for each entry that could be read …"""
_VALUES = 100
"""… and as many more values. Whole lists have less than one for each entry."""


class AuditBuilder:
    """Collects the findings of a parser.

    Everything reported is kept, so a file with far more findings than entries is refused: `issue`,
    `unmapped` and `unknown` raise StructureChangedError.
    """

    def __init__(self, source: str, list_id: str = "", edition: str = "") -> None:
        self.source = source
        self.list_id = list_id
        self.edition = edition
        self.declared: int | None = None
        self.read = 0
        self.converted = 0
        self.united = 0
        self.repairs = 0
        self._values = 0
        self._rejected = 0
        self._issues: list[Issue] = []
        self._omitted: list[Omitted] = []
        self._unmapped: Counter[tuple[str, str]] = Counter()
        self._codes: Counter[tuple[str, str]] = Counter()
        self._samples: dict[tuple[str, str], str] = {}
        self._paths: Counter[tuple[str, str]] = Counter()

    def where(self, entry: str = "", path: str = "", line: int | None = None) -> Where:
        """A place in this file."""
        return Where(
            source=self.source,
            list_id=self.list_id,
            edition=self.edition,
            entry=entry,
            path=path,
            line=line,
        )

    def issue(
        self,
        kind: IssueKind,
        message: str,
        *,
        entry: str = "",
        path: str = "",
        line: int | None = None,
        source: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Report an issue, with the values concerned."""
        self._rejected += kind is IssueKind.REJECTED
        self.repairs += kind is IssueKind.REPAIRED
        self._check_share(len(self._issues) + 1, _FAULTS, "issues", path, line)
        self._issues.append(
            Issue(
                kind=kind,
                message=message,
                where=self.where(entry, path, line),
                source=source_of(source),
            )
        )

    def unexpected(self, unexpected: Iterable[tuple[str, Pairs]], where: str) -> None:
        """Report unexpected values in the header or around the entries."""
        for path, source in unexpected:
            message = f"{path} {where} is unexpected: the format has no such value"
            self.issue(IssueKind.STRUCTURE, message, path=path, source=source)

    def omit(self, reason: str, path: str, line: int, source: Pairs) -> None:
        """Count a row that is not a party."""
        self._omitted.append(
            Omitted(reason=reason, where=self.where("", path, line), source=source_of(source))
        )

    @property
    def omitted(self) -> Sequence[Omitted]:
        """The rows that are not parties, so far."""
        return self._omitted

    def unmapped(self, path: str, label: str, value: str) -> None:
        """Report a value that no field holds."""
        self._values += 1
        self._check_share(self._values, _VALUES, "values without a field", path)
        key = (path, label)
        self._unmapped[key] += 1
        self._samples.setdefault(key, value)

    def unknown(self, vocabulary: str, code: str, entry: str) -> None:
        """Report a code that the reference tables lack."""
        self._values += 1
        self._check_share(self._values, _VALUES, "unknown codes", vocabulary)
        key = (vocabulary, code)
        self._codes[key] += 1
        self._samples.setdefault(key, entry)

    def _check_share(
        self, count: int, share: int, what: str, path: str, line: int | None = None
    ) -> None:
        good = self.read - self._rejected
        if count > _MOST + share * good:
            raise StructureChangedError(
                f"the file has {count:,} {what}, and only {good:,} entries that can be read",
                where=self.where(path=path, line=line),
                hint="the format has changed, or this is another file: look at its first lines",
            )

    def count(self, path: str, label: str = "") -> None:
        """Count a value of the source by path and label."""
        self._paths[path, label] += 1

    def finish(self, editions: tuple[Edition, ...], classify: Classify | None = None) -> Audit:
        """The finished audit."""
        paths: list[PathCoverage] = []
        if classify is not None:
            for (path, label), count in self._paths.items():
                coverage, note = classify(path, label)
                paths.append(
                    PathCoverage(path=path, label=label, coverage=coverage, count=count, note=note)
                )
        return Audit(
            editions=editions,
            declared=self.declared,
            read=self.read,
            converted=self.converted,
            issues=tuple(self._issues),
            omitted=tuple(self._omitted),
            unmapped=tuple(
                Unmapped(path=path, label=label, count=count, sample=self._samples[path, label])
                for (path, label), count in self._unmapped.most_common()
            ),
            unknown_codes=tuple(
                UnknownCode(
                    vocabulary=vocabulary,
                    code=code,
                    count=count,
                    sample=self._samples[vocabulary, code],
                )
                for (vocabulary, code), count in self._codes.most_common()
            ),
            paths=tuple(paths),
        )
