"""A file that is written over hours, and gone on with where its run was stopped.

Until all is written it is called FILE.part, so that nobody takes it for the whole. FILE.part.json
beside it says what is being written, and how much of it is certain: what a killed run wrote behind
that is cut off, so that a half-written line never stays.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import IO, TypeAlias, cast

from sanctionslib.errors import InvalidInputError, SanctionsError, UnwritableError, Where

__all__ = ["State", "Unfinished"]

State: TypeAlias = Mapping[str, object]

_SCHEMA = "sanctionslib/unfinished/1"
_RECORDS = 1000
_SECONDS = 1.0
"""After how many records or seconds, whichever comes first, what was written is made certain."""


class Unfinished:
    """What is being written, in place of a file that it becomes at the end.

    Args:
        target: The file. One that is there stays until all is written.
    """

    path: Path
    """Where it is written until then."""

    def __init__(self, target: str) -> None:
        self.target = Path(os.path.realpath(target))  # a link stays a link
        self.path = self.target.with_name(f"{self.target.name}.part")
        self._state = self.target.with_name(f"{self.target.name}.part.json")
        self._file: IO[bytes] | None = None
        self._whole: tuple[int, Mapping[str, int]] = (0, {})
        self._about: State = {}
        self._saved, self._unsaved = time.monotonic(), 0

    @contextlib.contextmanager
    def alone(self) -> Generator[None]:
        """Let no other run write it meanwhile; also a killed one lets it go.

        Raises:
            UnwritableError: Another run writes it, or its folder is not there.
        """
        from filelock import FileLock, Timeout

        where = Where(source=str(self.target))
        if not self.target.parent.is_dir():  # which the lock would make
            raise UnwritableError(
                "the file cannot be written: there is no such folder",
                where=where,
                hint="make the folder, or give --out another one",
            )
        lock = FileLock(self.path.with_name(f"{self.path.name}.lock"))
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
            lock.release()
            with contextlib.suppress(OSError):
                Path(lock.lock_file).unlink()

    def state(self) -> State | None:
        """What an earlier run said of what it left; None where there is none.

        Raises:
            InvalidInputError: It cannot be gone on with.
        """
        try:
            text = self._state.read_text("utf-8")
            size = self.path.stat().st_size
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise self._unusable(str(error)) from error
        try:
            found: object = json.loads(text)
        except ValueError as error:
            raise self._unusable(f"{self._state.name} is no JSON") from error
        if not isinstance(found, dict):
            raise self._unusable(f"{self._state.name} is no JSON object")
        state = cast("State", found)
        if state.get("schema") != _SCHEMA:
            raise self._unusable(f"{self._state.name} is of another version of this program")
        if size < cast("int", state["bytes"]):
            raise self._unusable(f"{self.path.name} is shorter than it was")
        return state

    def _unusable(self, why: str) -> InvalidInputError:
        return InvalidInputError(
            f"an unfinished run cannot be gone on with: {why}",
            where=Where(source=str(self.path)),
            hint="--restart begins anew",
        )

    @contextlib.contextmanager
    def opened(self, at: int, reached: Mapping[str, int], about: State) -> Generator[None]:
        """Open it to be written; what was written is made certain at the end, however that comes.

        Args:
            at: From which byte on.
            reached: How far it has come there.
            about: What is written, so that nothing else is ever taken for it; JSON values.

        Raises:
            UnwritableError: Something cannot be written, here or within.
        """
        with self._told():
            if not at:  # what is said of an earlier one is said of no other
                self._state.unlink(missing_ok=True)
            with self.path.open("r+b" if at else "wb") as file:
                file.truncate(at)
                file.seek(at)
                self._file, self._whole, self._about = file, (at, reached), about
                try:
                    yield
                finally:
                    self.save()

    def write(self, text: str, reached: Mapping[str, int]) -> None:
        """Write all that belongs to one record, or to none.

        Args:
            text: What is written.
            reached: How far it has come with this.
        """
        assert self._file is not None
        # Half of a character, as no file can hold it, becomes the escape that JSON has for it.
        data = text.encode("utf-8", "backslashreplace")
        self._file.write(data)
        # One assignment: whenever the run is stopped, the two belong together.
        self._whole = (self._whole[0] + len(data), reached)
        self._unsaved += 1
        if self._unsaved >= _RECORDS or time.monotonic() - self._saved >= _SECONDS:
            self.save()

    def save(self) -> None:
        """Make certain what was written, and say how much that is."""
        assert self._file is not None
        size, reached = self._whole
        self._file.flush()
        os.fsync(self._file.fileno())
        document = {"schema": _SCHEMA, "bytes": size, "reached": reached, **self._about}
        beside = self._state.with_name(f"{self._state.name}.tmp")
        beside.write_text(json.dumps(document), "utf-8")
        beside.replace(self._state)
        self._saved, self._unsaved = time.monotonic(), 0

    def finish(self) -> None:
        """Give it its name."""
        with self._told():
            self.path.replace(self.target)
            self._state.unlink()

    def remove(self) -> None:
        """Take away what was written on the way to another file."""
        with self._told():
            self.path.unlink()
            self._state.unlink()

    @contextlib.contextmanager
    def _told(self) -> Generator[None]:
        try:
            yield
        except SanctionsError:
            raise
        except OSError as error:
            raise UnwritableError(
                f"the file cannot be written: {error.strerror or error}",
                where=Where(source=str(self.path)),
                hint="check that its folder exists, is writable and has room; the same command "
                "goes on from there",
            ) from error
