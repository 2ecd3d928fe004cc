"""Every error and warning of this library: one tree, each also the builtin a caller would expect.

>>> import sanctionslib as sl
>>> try:
...     sl.sample()["33950"]
... except KeyError as error:
...     print(type(error).__name__, error.hint)
NotFoundError did you mean '33951' or '33952' or '33953'?

An error says what is wrong, where (`Where`: source, list, edition, entry, path, line) and what to
do about it (`hint`, and as data `hints`). Errors survive pickling, so that worker processes can
hand them back. No exception of lxml, requests or the operating system leaks out of the library.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

__all__ = [
    "AmbiguousIdError",
    "ArchiveError",
    "BlockedError",
    "Call",
    "CorruptEditionError",
    "FaultyEntriesWarning",
    "FetchError",
    "Hint",
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


class Call(NamedTuple):
    """A call that a hint advises, as data."""

    name: str
    """A function of the library, or a method of `Archive` or of a list: `fetch`, `accept`."""
    arguments: tuple[str, ...] = ()
    options: Mapping[str, str | int] = {}
    """The arguments that are given by name."""
    home: str | None = None
    """The folder of the archive, where it is not the default one."""

    def __str__(self) -> str:
        given = ["…" if one == "…" else repr(one) for one in self.arguments]
        given += [f"{name}={value!r}" for name, value in self.options.items()]
        owner = "sdn" if self.name in _OF_LISTS else "sl"
        if self.name in _OF_ARCHIVES or self.home is not None:
            owner = f"sl.Archive({'' if self.home is None else repr(self.home)})"
        return f"{owner}.{self.name}({', '.join(given)})"


_OF_LISTS = ("find_number",)
_OF_ARCHIVES = ("accept", "add", "editions", "prune", "verify")
"""Methods; all other calls are functions of the library, or methods of one archive."""


class Hint(NamedTuple):
    """What to do about an error, as data: Python and the command line each say it in their terms.

    Attributes:
        text: The advice; `{}` stands for the argument or the call.
        option: The argument that the advice is about, as `read`, `load`, `where` … name it.
        value: What to give for it: True, a text, or several texts of which one is to be given; for
            a mapping of columns, the mapping. None speaks of the argument alone.
        call: The call that is advised, in place of an argument.

    >>> str(Hint("{} reads it all the same", "partial", True))
    'partial=True reads it all the same'
    >>> str(Hint("{} asks again", call=Call("fetch", ("us_ofac_sdn",), {"force": True})))
    "sl.fetch('us_ofac_sdn', force=True) asks again"
    """

    text: str
    option: str = ""
    value: str | int | tuple[str, ...] | Mapping[str, str | tuple[str, ...]] | None = None
    call: Call | None = None

    def __str__(self) -> str:
        if self.call is not None:
            return self.text.replace("{}", str(self.call))
        values = self.value if isinstance(self.value, tuple) else (self.value,)
        given = "" if self.value is None else f"={' or '.join(map(repr, values))}"
        return self.text.replace("{}", f"{self.option}{given}") if self.option else self.text


@dataclass(eq=False, repr=False, kw_only=True)
class SanctionsError(Exception):
    """Root of all errors of this library."""

    what: str = field(kw_only=False)
    """What is wrong, in one sentence."""
    where: Where = Where()
    """The place it speaks of."""
    hint: str = ""
    """What to do about it, in the terms of Python; made of `hints`, where these are given."""
    hints: tuple[Hint, ...] = ()
    """The same as data."""

    def __post_init__(self) -> None:
        super().__init__(self.what)
        self.advise(*self.hints or ((Hint(self.hint),) if self.hint else ()))

    def advise(self, *hints: Hint) -> None:
        """Put these in the place of its hints."""
        self.hints = hints
        self.hint = "; ".join(map(str, hints))

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


@dataclass(eq=False, repr=False, kw_only=True)
class ImplausibleEditionError(ArchiveError):
    """An edition is so unlike the last good one that a person has to accept it."""

    sha256: str = ""
    """Its hash, for `Archive.accept`."""
    failed: tuple[str, ...] = ()
    """Each figure that was too low or too high."""


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


@dataclass(eq=False, repr=False, kw_only=True)
class NotFoundError(SanctionsError, KeyError):
    """No entity, program or list has this id."""

    suggestions: tuple[str, ...] = ()
    """Near misses, best first."""

    def __post_init__(self) -> None:
        if self.suggestions and not (self.hint or self.hints):
            self.hint = f"did you mean {' or '.join(map(repr, self.suggestions))}?"
        super().__post_init__()


@dataclass(eq=False, repr=False, kw_only=True)
class AmbiguousIdError(SanctionsError, LookupError):
    """Several entities answer to this id, or several parties to this name."""

    candidates: tuple[str, ...] = ()
    """Their full ids."""


@dataclass(eq=False, repr=False, kw_only=True)
class InvalidInputError(SanctionsError, ValueError):
    """An argument has a value that makes no sense here."""

    argument: str = ""
    """The name of the argument, where `what` begins with it: `listed_from='x' is not a date`."""


@dataclass(eq=False, repr=False, kw_only=True)
class NotStatedError(SanctionsError, ValueError):
    """The file never states what was asked for, so that "none" would be a false answer."""

    facts: tuple[str, ...] = ()
    """The facts (values of `Fact`) that the edition does not state."""


class MissingExtraError(SanctionsError, ImportError):
    """An optional dependency is not installed; `extra` names the extra that brings it."""

    extra: str

    def __init__(self, package: str, *, extra: str) -> None:
        super().__init__(
            f"this needs the package {package!r}, which is not installed",
            hint=f"pip install 'sanctionslib[{extra}]'",
        )
        self.extra = extra


@dataclass(eq=False, repr=False)
class SanctionsWarning(UserWarning):
    """Root of all warnings of this library."""

    what: str
    """What the user has to know, in one sentence."""
    hints: tuple[Hint, ...] = ()
    """What to do about it, as data."""

    def __str__(self) -> str:
        return "; ".join((self.what, *map(str, self.hints)))

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.what, self.hints))


class FaultyEntriesWarning(SanctionsWarning):
    """Some entries of the file are at fault; `SanctionsList.audit` says which and why."""


class PartialEditionWarning(SanctionsWarning):
    """Only an edition was held of which some files are missing; what they say is not stated."""


class StaleEditionWarning(SanctionsWarning):
    """The newest edition held is older than allowed, and was used as the caller asked."""


class UndatedEditionWarning(SanctionsWarning):
    """The date of the edition is unknown: the file states none, and none was given."""


class UntrustedFolderWarning(SanctionsWarning):
    """Others can write in the archive's folder, or in the cache; nothing is cached there."""
