"""A file of results that is written over hours, and resumed where its run was interrupted.

Until all is written it is called FILE.part, so that it is not taken for the whole. FILE.part.json
says what is being written, how much of it is certain, and the hash of that: what a killed
run wrote behind it is cut off, so that a half-written line never stays. How many results there are,
and what they say, is counted in the results themselves, and compared with what is said of them.
Where the two do not fit together, nothing is resumed.

These names can be guessed. So only a regular file is accepted there: no link is followed, and FILE.part is made anew where no run is resumed.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import json
import os
import stat
import time
from collections.abc import Generator, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeAlias, cast

import attrs

from sanctionslib._regular_file import SAFELY
from sanctionslib.errors import InvalidInputError, SanctionsError, UnwritableError, Where

if TYPE_CHECKING:
    from sanctionslib.answers import ScreeningResult

__all__ = ["Counts", "ResultFile", "State", "count_lines", "count_rows"]

State: TypeAlias = Mapping[str, Any]
"""What FILE.part.json says: JSON values, of which nothing is believed before it was checked."""

_SCHEMA = "sanctionslib/unfinished/2"
_RECORDS = 1000
_SECONDS = 1.0
"""After how many records or seconds, whichever comes first, what was written is made certain."""
_PIECE = 1 << 20
_LARGEST = 1 << 24
"""Bytes of the largest state that is read."""
_SHOWN = 2000
"""Characters of what a message says of a state."""


# ── what is counted ───────────────────────────────────────────────────────────────────────────


@attrs.frozen
class Counts:
    """What is counted while the results go by."""

    records: int = 0
    with_hits: int = 0
    hits: int = 0
    only_weak: int = 0
    """Records for which weak aliases alone were found."""
    with_problems: int = 0
    not_screened: int = 0

    @property
    def without(self) -> int:
        """Records that were searched, and for which nothing was found."""
        return self.records - self.with_hits - self.only_weak - self.not_screened

    def with_(self, result: ScreeningResult) -> Counts:
        """The same with one result more."""
        return self.plus(
            hits=len(result.hits) + result.more,
            weak=bool(result.suppressed),
            problems=bool(result.problems),
            skipped=result.skipped,
        )

    def plus(self, *, hits: int, weak: bool, problems: bool, skipped: bool) -> Counts:
        """The same with one result more, of which this is known."""
        return Counts(
            self.records + 1,
            self.with_hits + bool(hits),
            self.hits + hits,
            self.only_weak + (weak and not hits),
            self.with_problems + problems,
            self.not_screened + skipped,
        )

    def check(self, position: object, found: State, context: State) -> None:
        """Refuse what is not the next result of the same screening."""
        if position != self.records + 1:
            raise ValueError(f"result {self.records + 1} is missing")
        if any(found.get(name) != value for name, value in context.items()):
            raise ValueError(f"result {self.records + 1} is of another edition or setting")


def count_lines(lines: Iterable[bytes], context: State) -> Counts:
    """Count in JSON Lines, as `ResultLines` makes them.

    Args:
        lines: The lines.
        context: What each says of what was looked at.
    """
    counts = Counts()
    for line in lines:
        loaded: object = json.loads(line)
        if not isinstance(loaded, dict):
            raise ValueError("a line is no result")
        found = cast("State", loaded)
        counts.check(found.get("position"), found, context)
        problems, more = found.get("problems", []), found.get("more", 0)
        if not isinstance(more, int):
            raise ValueError("a number of hits is none")
        counts = counts.plus(
            hits=len(found.get("hits", [])) + more,
            weak=bool(found.get("suppressed")),
            problems=bool(problems),
            skipped="subject" not in found or any(one.get("skipped") for one in problems),
        )
    return counts


def count_rows(lines: Iterable[bytes], context: State) -> Counts:
    """The same in CSV, as `ResultRows` makes it."""
    counts = Counts()
    try:
        table = csv.DictReader((line.decode() for line in lines), strict=True)
        for position, several in groupby(table, key=lambda row: row["position"]):
            rows = list(several)
            for row in rows:
                counts.check(int(position), row, context)
            outcomes = [row["outcome"] for row in rows]
            counts = counts.plus(
                hits=outcomes.count("hit") + int(rows[-1]["cut_off"] or 0),
                weak="suppressed" in outcomes,
                problems=bool(rows[-1]["problems"]),
                skipped="not screened" in outcomes,
            )
    except (csv.Error, KeyError, TypeError) as error:
        raise ValueError(f"a row is no result: {error}") from error
    return counts


# ── the file ──────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class _Written:
    """What is written, as far as it counts."""

    size: int = 0
    reached: State = attrs.field(factory=dict[str, Any])
    digest: hashlib._Hash = attrs.field(factory=hashlib.sha256)


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
    def size(self) -> int:
        """How many bytes are written, as far as they count."""
        return self._written.size

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

    def state(self) -> State | None:
        """What an earlier run said of what it left; None where there is none."""
        try:
            with _opened(self._state, "rb") as file:
                text = file.read(_LARGEST + 1)
            self._file = _opened(self.path, "r+b")
            if len(text) > _LARGEST:
                raise self.unusable(f"{self._state.name} is too large")
            loaded: object = json.loads(text.decode())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self.unusable(str(error)) from error
        except (ValueError, RecursionError) as error:
            if isinstance(error, SanctionsError):
                raise
            raise self.unusable(f"{self._state.name} is no JSON: {error}") from error
        if not isinstance(loaded, dict):
            raise self.unusable(f"{self._state.name} is no JSON object")
        state = cast("State", loaded)
        if state.get("schema") != _SCHEMA:
            raise self.unusable(f"{self._state.name} is of another version of this program")
        self._resume(state.get("bytes"), state.get("sha256"))
        return state

    def _resume(self, size: object, sha256: object) -> None:
        """Read what is said to be certain, if it is what is there."""
        assert self._file is not None
        if not isinstance(size, int) or size < 0:
            raise self.unusable(f"{self._state.name} does not say how much is certain")
        written, left = _Written(size), size
        try:
            while left and (piece := self._file.read(min(left, _PIECE))):
                written.digest.update(piece)
                left -= len(piece)
        except OSError as error:
            raise self.unusable(str(error)) from error
        if left:
            raise self.unusable(f"{self.path.name} is shorter than it was")
        if written.digest.hexdigest() != sha256:
            raise self.unusable(f"{self.path.name} is not what it was")
        self._written = written

    def unusable(self, why: str, *, hint: str = "--restart begins anew") -> InvalidInputError:
        """The error that an earlier run cannot be resumed."""
        if len(why) > _SHOWN:
            why = f"{why[:_SHOWN]}…"
        return InvalidInputError(
            f"an interrupted run cannot be resumed: {why}",
            where=Where(source=str(self.path)),
            hint=hint,
        )

    def lines(self) -> Iterator[bytes]:
        """The lines that are written, as far as they count."""
        assert self._file is not None
        left = self.size
        self._file.seek(0)
        while left and (line := self._file.readline(left)):
            left -= len(line)
            yield line

    # ── writing ───────────────────────────────────────────────────────────────────────────────

    @contextlib.contextmanager
    def opened(self, reached: State, about: State) -> Generator[None]:
        """Open it to be written: behind what `state` found, or anew where that was not asked.

        What was written is made certain at the end, however that comes.

        Args:
            reached: How far it has come.
            about: What is written, so that nothing else is ever taken for it; JSON values.
        """
        with self._errors_mapped():
            if self._file is None:
                # What is said of an earlier one is said of no other.
                self._state.unlink(missing_ok=True)
                self.path.unlink(missing_ok=True)
                self._file = _opened(self.path, "x+b")
            self._file.truncate(self.size)
            self._file.seek(self.size)
            self._written = _Written(self.size, reached, self._written.digest)
            self._about = about
            try:
                yield
            finally:
                self.save()

    def write(self, text: str, reached: State) -> None:
        """Write all that belongs to one record, or to none.

        Args:
            text: What is written.
            reached: How far it has come with this.
        """
        assert self._file is not None
        # Half of a character, as no file can hold it, becomes the escape that JSON has for it.
        data = text.encode("utf-8", "backslashreplace")
        self._file.write(data)
        digest = self._written.digest.copy()
        digest.update(data)
        # One assignment: whenever the run is interrupted, the three belong together.
        self._written = _Written(self.size + len(data), reached, digest)
        self._unsaved += 1
        if self._unsaved >= _RECORDS or time.monotonic() - self._saved >= _SECONDS:
            self.save()

    def save(self) -> None:
        """Make certain what was written, and say how much that is."""
        from sanctionslib.export.files import put_text

        assert self._file is not None
        written = self._written
        self._file.flush()
        os.fsync(self._file.fileno())
        document = {
            "schema": _SCHEMA,
            "bytes": written.size,
            "sha256": written.digest.hexdigest(),
            "reached": written.reached,
            **self._about,
        }
        put_text(self._state, json.dumps(document), follow_link=False)
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
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
        is_link = stat.S_ISLNK(status.st_mode) or stat.S_ISREG(status.st_mode)
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
