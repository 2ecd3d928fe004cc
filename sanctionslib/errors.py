"""Every error and warning of this library: one tree, each also the builtin a caller would expect.

An error says what is wrong, where (`Where`: source, list, edition, entry, path, line) and what to
do about it (`hint`). Errors survive pickling, so that worker processes can hand them back. No
exception of lxml, requests or the operating system leaks out of the library.
"""

from __future__ import annotations

from typing import NamedTuple, TypeVar

__all__ = [
    "AmbiguousIdError",
    "ArchiveError",
    "BlockedError",
    "CorruptEditionError",
    "FaultyEntriesWarning",
    "FetchError",
    "ImplausibleEditionError",
    "IncompleteEditionError",
    "InvalidInputError",
    "MissingExtraError",
    "NotFoundError",
    "NotStatedError",
    "ParseError",
    "PartialEditionWarning",
    "SanctionsError",
    "SanctionsWarning",
    "StaleEditionWarning",
    "StaleError",
    "StructureChangedError",
    "TruncatedError",
    "UndatedEditionWarning",
    "UnknownFormatError",
    "UnreadableError",
    "UntrustedFolderWarning",
    "UnwritableError",
    "Where",
]


class Where(NamedTuple):
    """The place that an error or an issue speaks of; empty parts are left out when shown."""

    source: str = ""
    """File name or archive member, as the caller gave it."""
    list_id: str = ""
    """List id, as `us_ofac_sdn`."""
    edition: str = ""
    """Date of the edition, as `2021-03-10`."""
    entry: str = ""
    """The publisher's key of the entry, as `33951`."""
    path: str = ""
    """Path inside the entry, as `idList/id/idType`."""
    line: int | None = None
    """Line in the source, from 1."""

    def __str__(self) -> str:
        parts = [text for text in (self.source, self.list_id, self.edition) if text]
        if self.entry:
            parts.append(f"entry {self.entry}")
        if self.path:
            parts.append(self.path)
        if self.line is not None:
            parts.append(f"line {self.line}")
        return ", ".join(parts)


class SanctionsError(Exception):
    """Root of all errors of this library.

    Args:
        what: What is wrong, in one sentence.
        where: The place it speaks of.
        hint: What to do about it.
    """

    what: str
    where: Where
    hint: str

    def __init__(self, what: str, *, where: Where | None = None, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where or Where()
        self.hint = hint

    def __str__(self) -> str:
        lines = [self.what]
        if str(self.where):
            lines.append(f"  where: {self.where}")
        if self.hint:
            lines.append(f"  what to do: {self.hint}")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[object, ...]:
        # The constructors take keywords, and OSError and ImportError have their own ideas about
        # args: rebuild from the state instead of calling them again.
        return (_rebuilt, (type(self), self.args, dict(self.__dict__)))


_E = TypeVar("_E", bound=SanctionsError)


def _rebuilt(cls: type[_E], args: tuple[object, ...], state: dict[str, object]) -> _E:
    error = cls.__new__(cls)
    error.args = args
    error.__dict__.update(state)
    return error


class FetchError(SanctionsError, OSError):
    """A list could not be downloaded."""


class BlockedError(FetchError):
    """The server answered with a block page instead of the list."""


class ArchiveError(SanctionsError):
    """The archive of editions on disk is at fault."""


class CorruptEditionError(ArchiveError):
    """A stored edition no longer has the hash that it was stored with, or is no longer there."""


class ImplausibleEditionError(ArchiveError):
    """An edition is so unlike the last good one that a person has to accept it.

    `sha256` is its hash, for `sanctionslib.accept`; `failed` says each figure that was too low.
    """

    sha256: str
    failed: tuple[str, ...]

    def __init__(
        self,
        what: str,
        *,
        sha256: str = "",
        failed: tuple[str, ...] = (),
        where: Where | None = None,
        hint: str = "",
    ) -> None:
        super().__init__(what, where=where, hint=hint)
        self.sha256 = sha256
        self.failed = failed


class StaleError(ArchiveError):
    """The newest edition held is older than allowed, and no newer one could be had."""


class UnreadableError(SanctionsError, OSError):
    """The source is missing, is a folder, or may not be read."""


class UnwritableError(SanctionsError, OSError):
    """A file could not be written."""


class ParseError(SanctionsError, ValueError):
    """The source was read, but is not what its format promises."""


class UnknownFormatError(ParseError):
    """No parser knows this format; a web page in place of a list ends here."""


class StructureChangedError(ParseError):
    """The format is known, but its structure is not the one that the parser was written for."""


class TruncatedError(ParseError):
    """The source ends before its document does, or is empty."""


class IncompleteEditionError(ParseError):
    """The source holds fewer (or more) entries or members than it declares."""


class NotFoundError(SanctionsError, KeyError):
    """No entity, program or list has this id.

    `suggestions` holds near misses, best first.
    """

    suggestions: tuple[str, ...]

    def __init__(
        self,
        what: str,
        *,
        suggestions: tuple[str, ...] = (),
        where: Where | None = None,
        hint: str = "",
    ) -> None:
        if suggestions and not hint:
            hint = "did you mean " + " or ".join(repr(text) for text in suggestions) + "?"
        super().__init__(what, where=where, hint=hint)
        self.suggestions = suggestions


class AmbiguousIdError(SanctionsError, LookupError):
    """Several entities answer to this id; `candidates` holds their full ids."""

    candidates: tuple[str, ...]

    def __init__(
        self,
        what: str,
        *,
        candidates: tuple[str, ...] = (),
        where: Where | None = None,
        hint: str = "",
    ) -> None:
        super().__init__(what, where=where, hint=hint)
        self.candidates = candidates


class InvalidInputError(SanctionsError, ValueError):
    """An argument has a value that makes no sense here."""


class NotStatedError(SanctionsError, ValueError):
    """The file never states what was asked for, so that "none" would be a false answer.

    `facts` holds the names of the facts (`Fact` values) that the edition does not state.
    """

    facts: tuple[str, ...]

    def __init__(
        self,
        what: str,
        *,
        facts: tuple[str, ...] = (),
        where: Where | None = None,
        hint: str = "",
    ) -> None:
        super().__init__(what, where=where, hint=hint)
        self.facts = facts


class MissingExtraError(SanctionsError, ImportError):
    """An optional dependency is not installed; `extra` names the extra that brings it."""

    extra: str

    def __init__(self, package: str, *, extra: str) -> None:
        super().__init__(
            f"this needs the package {package!r}, which is not installed",
            hint=f"pip install 'sanctionslib[{extra}]'",
        )
        self.extra = extra


class SanctionsWarning(UserWarning):
    """Root of all warnings of this library."""


class FaultyEntriesWarning(SanctionsWarning):
    """Some entries of the file are at fault; `SanctionsList.audit.issues` says which and why."""


class PartialEditionWarning(SanctionsWarning):
    """Only an edition was held of which some files are missing; what they say is not stated."""


class StaleEditionWarning(SanctionsWarning):
    """The newest edition held is older than allowed, and was used because the caller said so."""


class UndatedEditionWarning(SanctionsWarning):
    """The date of the edition is unknown: the file states none, and nobody said it."""


class UntrustedFolderWarning(SanctionsWarning):
    """Others can write in the archive's folder, or in the cache; nothing is cached there."""
