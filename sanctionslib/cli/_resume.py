"""A file of results that is written over hours, and resumed where its run was interrupted.

Until all is written it is called FILE.part, so that it is not taken for the whole. FILE.part.json
says what is being written, how much of it is certain and what was counted until there, with one hash
over all of that and the results themselves. So what a killed run wrote behind it is cut off, and a
half-written line never stays; and where one of the two files was changed, nothing is resumed.

These names can be guessed. So only a regular file is accepted there: no link is followed, and
FILE.part is made anew where no run is resumed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import time
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeAlias

import attrs

from sanctionslib._regular_file import SAFELY, read_regular
from sanctionslib.answers import Agreement
from sanctionslib.errors import InvalidInputError, SanctionsError, UnwritableError, Where
from sanctionslib.model import AliasStrength

if TYPE_CHECKING:
    from sanctionslib.answers import ScreeningResult

State: TypeAlias = Mapping[str, Any]
"""A JSON object: what is written, so that nothing else is ever taken for it."""

_SCHEMA = "sanctionslib/unfinished/5"
_RECORDS = 1000
_SECONDS = 1.0
"""After how many records or seconds, whichever comes first, what was written is made certain."""
_PIECE = 1 << 20
_LARGEST = 1 << 24
"""Bytes of the largest state that is read."""


_SHOWN = 10
"""Of how many records the best hit is kept for the summary, unless --limit asks for more."""
_TOLD = 5
"""Of how many records the summary says what is wrong."""


@attrs.frozen
class Best:
    """The best hit of a record, in short."""

    score: float
    rank: float
    """What the best are ordered by, as hits are: the score with the other facts."""
    record: str
    query: str
    hit_name: str
    """The listed name that matches; "" where a number does."""
    is_weak: bool
    name: str
    """The party's own name."""
    conflicts: tuple[str, ...]
    """The other facts that conflict; likewise `agrees`."""
    agrees: tuple[str, ...]
    programs: str
    id: str
    more: int
    """How many further hits the record has."""

    @classmethod
    def of(cls, result: ScreeningResult) -> Best:
        """Make it of a result with hits."""
        hit, *others = result.hits

        def facts(verdict: Agreement) -> tuple[str, ...]:
            return tuple(
                dict.fromkeys(one.fact.value for one in hit.facts if one.verdict is verdict)
            )

        return cls(
            score=hit.score,
            rank=hit.rank,
            record=result.key,
            query=hit.query or "",
            hit_name=hit.name.text if hit.name else "",
            is_weak=hit.strength is AliasStrength.WEAK,
            name=hit.entity.name,
            conflicts=facts(Agreement.CONFLICTS),
            agrees=facts(Agreement.AGREES),
            programs=", ".join(hit.entity.programs),
            id=hit.entity.id,
            more=len(others) + result.more,
        )


@attrs.frozen
class Counts:
    """What is counted while the results go by, the best hits, and the first problems."""

    records: int = 0
    with_hits: int = 0
    hits: int = 0
    given: int = 0
    """Hits that are in the results: the others are beyond the limit of their record."""
    with_weak: int = 0
    """Records for which parties were found by a weak alias alone; some have hits too."""
    only_weak: int = 0
    """Records for which weak aliases alone were found."""
    with_problems: int = 0
    not_screened: int = 0
    quiet: int = 0
    """Records of which a file of hits alone has nothing: no hit, no weak alias, no problem."""
    best: tuple[Best, ...] = ()
    """The best hit of each record, those with the highest rank first, of equal ones the earlier."""
    problems: tuple[tuple[str, str], ...] = ()
    """The first problems, each with the key of its record."""

    @classmethod
    def of(cls, found: State) -> Counts:
        """Make it of what `attrs.asdict` gave."""
        best = tuple(
            attrs.evolve(one, conflicts=(*one.conflicts,), agrees=(*one.agrees,))
            for one in (Best(**each) for each in found["best"])
        )
        problems = tuple((key, what) for key, what in found["problems"])
        counts = cls(**found)
        return attrs.evolve(counts, best=best, problems=problems)

    @property
    def without(self) -> int:
        """Records that were searched, and for which nothing was found."""
        return self.records - self.with_hits - self.only_weak - self.not_screened

    def plus(self, result: ScreeningResult) -> Counts:
        """The same with one result more."""
        given = len(result.hits)
        hits = given + result.more
        best, problems = self.best, self.problems
        if result.hits:
            best = tuple(sorted((*best, Best.of(result)), key=lambda one: -one.rank))
            best = best[: max(_SHOWN, result.context.limit or 0)]
        if result.problems and len(problems) < _TOLD:
            what = "; ".join(one.label for one in result.problems)
            problems = (*problems, (result.key, what))
        return Counts(
            records=self.records + 1,
            with_hits=self.with_hits + bool(hits),
            hits=self.hits + hits,
            given=self.given + given,
            with_weak=self.with_weak + bool(result.suppressed),
            only_weak=self.only_weak + bool(result.suppressed and not hits),
            with_problems=self.with_problems + bool(result.problems),
            not_screened=self.not_screened + result.skipped,
            quiet=self.quiet + is_quiet(result),
            best=best,
            problems=problems,
        )


def is_quiet(result: ScreeningResult) -> bool:
    """Whether there is nothing to look at in a result, which still says nobody is clear."""
    return not (result.hits or result.suppressed or result.problems or result.skipped)


@attrs.frozen
class _Written:
    """What is written, as far as it counts."""

    size: int = 0
    counts: Counts = Counts()
    digest: hashlib._Hash = attrs.field(factory=hashlib.sha256)

    def seal(self, about: State) -> str:
        """The hash of the results, of what was counted, and of what they are about."""
        digest = self.digest.copy()
        said = (attrs.asdict(self.counts), about)
        digest.update(json.dumps(said, sort_keys=True).encode())
        return digest.hexdigest()


class ResultFile:
    """What is being written, in place of a file that it becomes at the end.

    Args:
        target: The file. One that is there stays until all is written.
    """

    path: Path
    """Where it is written until then."""

    def __init__(self, target: str) -> None:
        from sanctionslib.export.files import followed

        self.target = followed(target)
        self.path, self._state, self._lock = (
            self.target.with_name(f"{self.target.name}.part{suffix}")
            for suffix in ("", ".json", ".lock")
        )
        self._file: IO[bytes] | None = None
        self._written = _Written()
        self._about: State = {}
        self._saved, self._unsaved = time.monotonic(), 0

    @property
    def counts(self) -> Counts:
        """What was counted in the results that are written."""
        return self._written.counts

    @contextlib.contextmanager
    def alone(self) -> Generator[None]:
        """Let no other run write it meanwhile; also a killed one lets it go."""
        from filelock import FileLock, Timeout

        where = Where(source=str(self.target))
        if not self.target.parent.is_dir():  # which the lock would make
            raise UnwritableError(
                "the file cannot be written: there is no such folder",
                where=where,
                hint="make the folder, or give --out another one",
            )
        for one in (self.path, self._state, self._lock):
            _check_file(one)
        lock = FileLock(self._lock)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise UnwritableError(
                "another run is writing this file",
                where=where,
                hint="wait until it is done, or give --out another name",
            ) from error
        except (OSError, NotImplementedError) as error:
            raise UnwritableError(
                f"the file cannot be written: {error}",
                where=where,
                hint="give --out a folder that may be written, on a file system with locks",
            ) from error
        try:
            yield
        finally:
            if self._file is not None:
                self._file.close()
            lock.release()
            with contextlib.suppress(OSError):
                self._lock.unlink()

    # ── what an earlier run left ──────────────────────────────────────────────────────────────

    def earlier(self) -> State | None:
        """What an earlier run wrote about, whose results are continued; None where there is none.

        Raises:
            InvalidInputError: What it left is not as it was.
        """
        try:
            text = read_regular(self._state, _LARGEST)
            self._file = _opened(self.path, "r+b")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self.unusable(str(error)) from error
        try:
            state: Any = json.loads(text)
            if state["schema"] != _SCHEMA:
                raise self.unusable(f"{self._state.name} is of another version of this program")
            self._continue(state)
        except InvalidInputError:
            raise
        except (LookupError, OSError, RecursionError, TypeError, ValueError) as error:
            raise self.unusable(f"{self._state.name} is not what it was") from error
        about: State = state["about"]
        return about

    def _continue(self, state: State) -> None:
        """Read what is said to be certain, if it is what is there."""
        assert self._file is not None
        size, digest = state["bytes"], hashlib.sha256()
        left = size
        while left > 0 and (piece := self._file.read(min(left, _PIECE))):
            digest.update(piece)
            left -= len(piece)
        if left:
            raise self.unusable(f"{self.path.name} is shorter than it was")
        written = _Written(size, Counts.of(state["counts"]), digest)
        if written.seal(state["about"]) != state["sha256"]:
            raise self.unusable(f"{self.path.name} is not what it was")
        self._written = written

    def unusable(self, why: str, *, hint: str = "--restart begins anew") -> InvalidInputError:
        """The error that an earlier run cannot be resumed."""
        return InvalidInputError(
            f"an interrupted run cannot be resumed: {why}",
            where=Where(source=str(self.path)),
            hint=hint,
        )

    def lines(self) -> Iterator[bytes]:
        """The lines that are written, as far as they count."""
        assert self._file is not None
        left = self._written.size
        self._file.seek(0)
        while left and (line := self._file.readline(left)):
            left -= len(line)
            yield line

    # ── writing ───────────────────────────────────────────────────────────────────────────────

    @contextlib.contextmanager
    def opened(self, about: State, head: str = "") -> Generator[None]:
        """Open it to be written: behind what `earlier` found, or anew where that was not asked.

        What was written is made certain at the end, however that comes.

        Args:
            about: What is written.
            head: What stands above all results.
        """
        with self._errors_mapped():
            if self._file is None:
                # What is said of an earlier one is said of no other.
                self._state.unlink(missing_ok=True)
                self.path.unlink(missing_ok=True)
                self._file = _opened(self.path, "x+b")
            self._file.truncate(self._written.size)
            self._file.seek(self._written.size)
            self._about = about
            try:
                if not self._written.size:
                    self._add(head, Counts())
                yield
            finally:
                self.save()

    def write(self, text: str, result: ScreeningResult) -> None:
        """Write a result as the text that it is in the file."""
        self._add(text, self.counts.plus(result))
        self._unsaved += 1
        if self._unsaved >= _RECORDS or time.monotonic() - self._saved >= _SECONDS:
            self.save()

    def _add(self, text: str, counts: Counts) -> None:
        assert self._file is not None
        # Half of a character, as no file can hold it, becomes the escape that JSON has for it.
        data = text.encode("utf-8", "backslashreplace")
        self._file.write(data)
        digest = self._written.digest.copy()
        digest.update(data)
        # One assignment: whenever the run is interrupted, the three belong together.
        self._written = _Written(self._written.size + len(data), counts, digest)

    def save(self) -> None:
        """Make certain what was written, and say how much that is."""
        from sanctionslib.export.files import put_text

        assert self._file is not None
        written = self._written
        self._file.flush()
        os.fsync(self._file.fileno())
        state = {
            "schema": _SCHEMA,
            "bytes": written.size,
            "counts": attrs.asdict(written.counts),
            "about": self._about,
            "sha256": written.seal(self._about),
        }
        put_text(self._state, json.dumps(state), follow_link=False)
        self._saved, self._unsaved = time.monotonic(), 0

    def finish(self, *, keep: bool = True) -> None:
        """Give it its name, or take it away where it was made on the way to another file."""
        with self._errors_mapped():
            assert self._file is not None
            is_ours = os.path.samestat(os.fstat(self._file.fileno()), self.path.lstat())
            self._file.close()
            if not is_ours:
                raise OSError(f"{self.path.name} is no longer the file that was written")
            if keep:
                self.path.replace(self.target)
            else:
                self.path.unlink()
            self._state.unlink()

    @contextlib.contextmanager
    def _errors_mapped(self) -> Generator[None]:
        try:
            yield
        except SanctionsError:
            raise
        except OSError as error:
            raise UnwritableError(
                f"the file cannot be written: {error.strerror or error}",
                where=Where(source=str(self.path)),
                hint="check that its folder exists, is writable and has room; the same command "
                "resumes it",
            ) from error


def _check_file(path: Path) -> None:
    """Refuse what others put in the place of a file of ours."""
    try:
        status = path.lstat()
    except OSError:  # it is not there; or what is wrong shows when it is opened
        return
    is_file = stat.S_ISREG(status.st_mode)
    if not is_file or status.st_nlink > 1:
        is_link = is_file or stat.S_ISLNK(status.st_mode)
        raise UnwritableError(
            f"{path.name} is {'a link' if is_link else 'no file'}, and was not left by an earlier "
            "run",
            where=Where(source=str(path)),
            hint="take it away, or give --out another name",
        )


def _opened(path: Path, mode: str) -> IO[bytes]:
    """Open a file of ours by a name that can be guessed."""
    file: IO[bytes] = open(  # noqa: SIM115 - whoever asked closes it
        path, mode, opener=lambda name, flags: os.open(name, flags | SAFELY, 0o666)
    )
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(f"{path.name} is no file")
    return file
