"""A file that is written over hours, and gone on with where its run was stopped.

Until all is written it is called FILE.part, so that nobody takes it for the whole. FILE.part.json
beside it says what is being written, how much of it is certain, and the hash of that: what a killed
run wrote behind it is cut off, so that a half-written line never stays. Where the two do not fit
together, nothing is made of them.

Everybody can know these names. So what stands there is a file and nothing else, or it is refused:
no link is followed, and FILE.part is made anew where no run is resumed.
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
from typing import IO, TypeAlias, cast

import attrs

from sanctionslib._regular_file import SAFELY
from sanctionslib.errors import InvalidInputError, SanctionsError, UnwritableError, Where

__all__ = ["State", "Unfinished"]

State: TypeAlias = Mapping[str, object]

_SCHEMA = "sanctionslib/unfinished/2"
_RECORDS = 1000
_SECONDS = 1.0
"""After how many records or seconds, whichever comes first, what was written is made certain."""
_PIECE = 1 << 20
_LARGEST = 1 << 24
"""Bytes of the largest state that is read."""
_SHOWN = 2000
"""Characters of what a message says of a state."""


@attrs.frozen
class _Whole:
    """What is written, as far as it counts."""

    size: int = 0
    reached: Mapping[str, object] = attrs.field(factory=dict[str, object])
    digest: hashlib._Hash = attrs.field(factory=hashlib.sha256)


class Unfinished:
    """What is being written, in place of a file that it becomes at the end.

    Args:
        target: The file. One that is there stays until all is written.
    """

    path: Path
    """Where it is written until then."""

    def __init__(self, target: str) -> None:
        from sanctionslib.export.files import followed

        self.target = followed(target)
        self.path = self.target.with_name(f"{self.target.name}.part")
        self._state = self.target.with_name(f"{self.target.name}.part.json")
        self._lock = self.target.with_name(f"{self.target.name}.part.lock")
        self._file: IO[bytes] | None = None
        self._whole = _Whole()
        self._about: State = {}
        self._saved, self._unsaved = time.monotonic(), 0

    @property
    def size(self) -> int:
        """How many bytes are written, as far as they count."""
        return self._whole.size

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
        for one in (self.path, self._state, self._lock):
            self._check_file(one)
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

    def _check_file(self, path: Path) -> None:
        """Refuse what somebody else put where a file of ours stands.

        Raises:
            UnwritableError: It is there, and no file, or one that has another name too.
        """
        try:
            status = path.lstat()
        except OSError:  # it is not there; or what is wrong shows when it is opened
            return
        if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
            is_link = stat.S_ISLNK(status.st_mode) or stat.S_ISREG(status.st_mode)
            raise UnwritableError(
                f"{path.name} is {'a link' if is_link else 'no file'}, and was not left by an "
                "earlier run",
                where=Where(source=str(path)),
                hint="take it away, or give --out another name",
            )

    def state(self) -> State | None:
        """What an earlier run said of what it left; None where there is none.

        Raises:
            InvalidInputError: It cannot be gone on with.
        """
        try:
            with _opened(self._state, "rb") as file:
                text = file.read(_LARGEST + 1)
            self._file = _opened(self.path, "r+b")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self.unusable(str(error)) from error
        if len(text) > _LARGEST:
            raise self.unusable(f"{self._state.name} is too large")
        try:
            found: object = json.loads(text.decode())
        except (ValueError, RecursionError) as error:
            raise self.unusable(f"{self._state.name} is no JSON: {error}") from error
        if not isinstance(found, dict):
            raise self.unusable(f"{self._state.name} is no JSON object")
        state = cast("State", found)
        if state.get("schema") != _SCHEMA:
            raise self.unusable(f"{self._state.name} is of another version of this program")
        self._take_up(state.get("bytes"), state.get("sha256"))
        return state

    def _take_up(self, size: object, sha256: object) -> None:
        """Read what is said to be certain, if it is what is there."""
        assert self._file is not None
        if not isinstance(size, int) or size < 0:
            raise self.unusable(f"{self._state.name} does not say how much is certain")
        whole, left = _Whole(size), size
        try:
            while left and (piece := self._file.read(min(left, _PIECE))):
                whole.digest.update(piece)
                left -= len(piece)
        except OSError as error:
            raise self.unusable(str(error)) from error
        if left:
            raise self.unusable(f"{self.path.name} is shorter than it was")
        if whole.digest.hexdigest() != sha256:
            raise self.unusable(f"{self.path.name} is not what it was")
        self._whole = whole

    def unusable(self, why: str, *, hint: str = "--restart begins anew") -> InvalidInputError:
        """The error that an earlier run cannot be gone on with."""
        if len(why) > _SHOWN:
            why = f"{why[:_SHOWN]}…"
        return InvalidInputError(
            f"an unfinished run cannot be gone on with: {why}",
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

    @contextlib.contextmanager
    def opened(self, reached: Mapping[str, object], about: State) -> Generator[None]:
        """Open it to be written: behind what `state` found, or anew where that was not asked.

        What was written is made certain at the end, however that comes.

        Args:
            reached: How far it has come.
            about: What is written, so that nothing else is ever taken for it; JSON values.

        Raises:
            UnwritableError: Something cannot be written, here or within.
        """
        with self._told():
            if self._file is None:
                # What is said of an earlier one is said of no other.
                self._state.unlink(missing_ok=True)
                self.path.unlink(missing_ok=True)
                self._file = _opened(self.path, "x+b")
            self._file.truncate(self.size)
            self._file.seek(self.size)
            self._whole = _Whole(self.size, reached, self._whole.digest)
            self._about = about
            try:
                yield
            finally:
                self.save()

    def write(self, text: str, reached: Mapping[str, object]) -> None:
        """Write all that belongs to one record, or to none.

        Args:
            text: What is written.
            reached: How far it has come with this.
        """
        assert self._file is not None
        # Half of a character, as no file can hold it, becomes the escape that JSON has for it.
        data = text.encode("utf-8", "backslashreplace")
        self._file.write(data)
        digest = self._whole.digest.copy()
        digest.update(data)
        # One assignment: whenever the run is stopped, the three belong together.
        self._whole = _Whole(self.size + len(data), reached, digest)
        self._unsaved += 1
        if self._unsaved >= _RECORDS or time.monotonic() - self._saved >= _SECONDS:
            self.save()

    def save(self) -> None:
        """Make certain what was written, and say how much that is."""
        from sanctionslib.export.files import put_beside

        assert self._file is not None
        whole = self._whole
        self._file.flush()
        os.fsync(self._file.fileno())
        document = {
            "schema": _SCHEMA,
            "bytes": whole.size,
            "sha256": whole.digest.hexdigest(),
            "reached": whole.reached,
            **self._about,
        }
        put_beside(self._state, json.dumps(document))
        self._saved, self._unsaved = time.monotonic(), 0

    def finish(self) -> None:
        """Give it its name."""
        with self._told():
            self._close()
            self.path.replace(self.target)
            self._state.unlink()

    def remove(self) -> None:
        """Take away what was written on the way to another file."""
        with self._told():
            self._close()
            self.path.unlink()
            self._state.unlink()

    def _close(self) -> None:
        assert self._file is not None
        is_ours = os.path.samestat(os.fstat(self._file.fileno()), self.path.lstat())
        self._file.close()
        if not is_ours:
            raise OSError(f"{self.path.name} is no longer the file that was written")

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


def _opened(path: Path, mode: str) -> IO[bytes]:
    """Open a file of ours by a name that everybody can know.

    Raises:
        OSError: It is no file, or cannot be opened.
    """
    file = cast(
        "IO[bytes]",
        open(path, mode, opener=lambda name, flags: os.open(name, flags | SAFELY, 0o666)),  # noqa: SIM115
    )
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(f"{path.name} is no file")
    return file
