"""Keeping the audit while a file is parsed: faults, values without a field, unknown codes."""

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

__all__ = ["AuditBuilder", "Classify", "Pairs", "record_of"]

Pairs: TypeAlias = Sequence[tuple[str, str]]
"""Values of the source with their paths, in document order."""

Classify = Callable[[str, str], tuple[Coverage, str]]
"""Says of a path and its label what becomes of the values there, and in which field or why."""


def record_of(pairs: Iterable[tuple[str, str]]) -> Source | None:
    """Values as an entity or an issue keeps them; None where there are none."""
    found = list(pairs)
    return Source(*map(tuple, zip(*found, strict=True))) if found else None


_MOST = 10_000
"""Faults that a file may have, and values without a field or codes that are not known …"""
_FAULTS = 10
"""… and as many more faults for each entry that could be read …"""
_VALUES = 100
"""… and as many more of the values. Whole lists have less than one of them for each entry."""


class AuditBuilder:
    """Collects what a parser has to report.

    Whatever is reported is kept, so a file of which far more is reported than it has entries is
    refused: `issue`, `unmapped` and `unknown` raise StructureChangedError.
    """

    def __init__(self, source: str, list_id: str = "", edition: str = "") -> None:
        self.source = source
        self.list_id = list_id
        self.edition = edition
        self.declared: int | None = None
        self.read = 0
        self.built = 0
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
        """Report a fault, with the values of what is at fault."""
        self._rejected += kind is IssueKind.REJECTED
        self.repairs += kind is IssueKind.REPAIRED
        self._check_share(len(self._issues) + 1, _FAULTS, "faults", path, line)
        self._issues.append(
            Issue(
                kind=kind,
                message=message,
                where=self.where(entry, path, line),
                source=record_of(source),
            )
        )

    def unexpected(self, unexpected: Iterable[tuple[str, Pairs]], where: str) -> None:
        """Report what stands where the format has no such thing: in the header, around the entries."""
        for path, source in unexpected:
            says = f"{path} stands {where}, where the format has no such thing"
            self.issue(IssueKind.STRUCTURE, says, path=path, source=source)

    def omit(self, reason: str, path: str, line: int, source: Pairs) -> None:
        """Count a row that is no party."""
        self._omitted.append(
            Omitted(reason=reason, where=self.where("", path, line), source=record_of(source))
        )

    @property
    def omitted(self) -> Sequence[Omitted]:
        """The rows that are no party, so far."""
        return self._omitted

    def unmapped(self, path: str, label: str, value: str) -> None:
        """Report a value that no field holds."""
        self._values += 1
        self._check_share(self._values, _VALUES, "values without a field", path)
        key = (path, label)
        self._unmapped[key] += 1
        self._samples.setdefault(key, value)

    def unknown(self, vocabulary: str, code: str, entry: str) -> None:
        """Report a code that the reference tables do not have."""
        self._values += 1
        self._check_share(self._values, _VALUES, "codes that are not known", vocabulary)
        key = (vocabulary, code)
        self._codes[key] += 1
        self._samples.setdefault(key, entry)

    def _check_share(
        self, count: int, share: int, what: str, path: str, line: int | None = None
    ) -> None:
        good = self.read - self._rejected
        if count > _MOST + share * good:
            raise StructureChangedError(
                f"it has {count:,} {what}, and no more than {good:,} entries that can be read",
                where=self.where(path=path, line=line),
                hint="the format has changed, or this is another file: look at its beginning",
            )

    def count(self, path: str, label: str = "") -> None:
        """Count a value of a record by path and label."""
        self._paths[path, label] += 1

    def finish(self, editions: tuple[Edition, ...], classify: Classify | None = None) -> Audit:
        """The finished audit."""
        paths: list[PathCoverage] = []
        if classify is not None:
            for (path, label), count in self._paths.items():
                use, note = classify(path, label)
                paths.append(PathCoverage(path=path, label=label, use=use, count=count, note=note))
        return Audit(
            editions=editions,
            declared=self.declared,
            read=self.read,
            built=self.built,
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
