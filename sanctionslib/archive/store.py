"""Archive: the folder of editions. Storing, finding, accepting, verifying, pruning; no network.

Reading needs no lock: what has a name is whole. Writing takes the lock of the list (`lock`), so
that several processes do not fetch the same edition at once; nothing breaks where they do.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import attrs

from sanctionslib.answers import Check, HeldEdition, Verification
from sanctionslib.archive._received import Received
from sanctionslib.model import Edition

__all__ = ["Archive", "Checked", "Pruned", "default_home"]


def default_home() -> Path:
    """The archive's folder: `SANCTIONSLIB_HOME`, else the platform's folder for a user's data."""
    raise NotImplementedError


@attrs.frozen(kw_only=True)
class Checked:
    """What the server said last of a format of a list; kept in `checked.json` beside the editions."""

    at: datetime
    """When (UTC)."""
    edition: str
    """The name of the edition's folder that the server's answers were about, refused ones included."""
    answers: Mapping[str, tuple[str, str, str]] = {}
    """By the name of the file that was asked for: address, ETag and Last-Modified, verbatim."""


@attrs.frozen(kw_only=True)
class Pruned:
    """What `prune` removed."""

    editions: tuple[HeldEdition, ...] = ()
    freed: int = 0
    """Bytes on disk."""


class Archive:
    """The editions in one folder, of all lists.

    Args:
        home: The folder; it is made when something is stored.
    """

    home: Path

    def __init__(self, home: Path | None = None) -> None:
        self.home = home if home is not None else default_home()

    # ── finding ───────────────────────────────────────────────────────────────────────────────

    def list_ids(self) -> tuple[str, ...]:
        """The lists of which something is held."""
        raise NotImplementedError

    def editions(self, list_id: str, *, forms: Sequence[str] = ()) -> tuple[HeldEdition, ...]:
        """All editions of a list, by day, then by the order of `forms`; refused ones included.

        Raises:
            ArchiveError: The folder or an `edition.json` cannot be read.
        """
        raise NotImplementedError

    def current(
        self, list_id: str, *, forms: Sequence[str] = (), form: str | None = None
    ) -> HeldEdition | None:
        """The newest edition that is whole and not refused; of one day, the first of `forms`.

        Args:
            list_id: The list.
            forms: Names of the formats, the preferred one first.
            form: Only editions of this format.
        """
        raise NotImplementedError

    def as_of(
        self, list_id: str, day: date, *, forms: Sequence[str] = (), form: str | None = None
    ) -> HeldEdition | None:
        """The edition that answers for a day, of those that `can_answer`.

        It is of the latest day held that is not after it; of that day a complete edition comes
        before a partial one, then the first of `forms`.
        """
        raise NotImplementedError

    def before(self, edition: HeldEdition) -> HeldEdition | None:
        """What a new edition is held against: the last good one of the same format.

        It lacks the same files, and is of an earlier day, or of the same day and stored before.
        """
        raise NotImplementedError

    def files(self, edition: HeldEdition) -> tuple[Path, ...]:
        """The paths of the files of an edition, gzip, in the order of `HeldEdition.files`.

        Raises:
            CorruptEditionError: One is not there.
        """
        raise NotImplementedError

    def checked(self, list_id: str, form: str) -> Checked | None:
        """What the server said last; None where it was never asked, or what it said is unreadable."""
        raise NotImplementedError

    # ── keeping ───────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def lock(self, list_id: str, *, timeout: float = 3600) -> Generator[None]:
        """Hold the lock of a list; it is let go when the process ends, however it ends.

        Raises:
            ArchiveError: Another process holds it for longer than `timeout` seconds.
            UnwritableError: The folder may not be written.
        """
        raise NotImplementedError
        yield

    @contextmanager
    def workplace(self, list_id: str, form: str) -> Generator[Path]:
        """A temporary folder on the same file system, for `Received` files; removed at the end.

        Those that killed processes left behind are removed after a day.

        Raises:
            UnwritableError: It cannot be made.
        """
        raise NotImplementedError
        yield

    def store(
        self,
        received: Sequence[Received],
        edition: Edition,
        *,
        entries: int,
        lacks_entries: bool,
        figures: Mapping[str, int],
        checks: Sequence[Check],
        now: datetime,
    ) -> tuple[HeldEdition, bool]:
        """Keep an edition: move its files in, write `edition.json`, give it its name.

        Refused where a check failed. The same bytes of the same day are one edition: then what is
        held stays as it is, and False is given. An edition held whose files are damaged is replaced.
        A file with the bytes of one in another edition of the format is stored once (a hard link,
        where the file system has them).

        Raises:
            UnwritableError: The disk is full, or the folder may not be written; nothing is changed.
        """
        raise NotImplementedError

    def figures(self, edition: HeldEdition) -> Mapping[str, int]:
        """The figures that were counted when it was stored."""
        raise NotImplementedError

    def put_checked(self, list_id: str, form: str, checked: Checked) -> None:
        """Remember what the server said."""
        raise NotImplementedError

    def accept(self, list_id: str, sha256: str, *, reason: str, now: datetime) -> HeldEdition:
        """Let a refused edition answer for its list from now on, and keep who said so and why.

        Args:
            list_id: The list.
            sha256: Its hash, or the first eight or more characters of it.
            reason: Why, in words; kept.
            now: The time.

        Raises:
            NotFoundError: No edition of the list has this hash.
            AmbiguousIdError: Several have.
            InvalidInputError: It is not refused, the hash is too short, or no reason is given.
            UnwritableError: It cannot be written.
        """
        raise NotImplementedError

    # ── looking after ─────────────────────────────────────────────────────────────────────────

    def verify(
        self,
        list_ids: Iterable[str] = (),
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> Verification:
        """Read and hash every file again; say what is not as it was stored. Changes nothing."""
        raise NotImplementedError

    def prune(
        self,
        list_id: str,
        *,
        before: date | None = None,
        keep: int | None = None,
        refused: bool = False,
        dry_run: bool = False,
    ) -> Pruned:
        """Remove editions: those of days before `before`, all but the newest `keep`, refused ones.

        The current edition of each format always stays.

        Raises:
            InvalidInputError: It is not said which, or `keep` is below 1.
            UnwritableError: They cannot be removed.
        """
        raise NotImplementedError

    def derived(self, list_id: str, form: str, kind: str) -> Path:
        """The folder for what can be made again from the editions: parsed copies, changes.

        It may be deleted at any time, and need not exist.
        """
        return self.home / ".derived" / kind / list_id / form
