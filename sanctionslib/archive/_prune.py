"""Removing editions that are no longer needed, each whole or not at all."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import attrs

from sanctionslib.answers import EditionStatus, HeldEdition
from sanctionslib.archive._files import rename, sync_folder, temporary, unwritable
from sanctionslib.archive._shelf import Shelf
from sanctionslib.errors import ArchiveError, Where

__all__ = ["Pruned", "check_removable", "chosen", "freed_by", "remove"]


@attrs.frozen(kw_only=True)
class Pruned:
    """What `prune` removed."""

    editions: tuple[HeldEdition, ...] = ()
    freed: int = 0
    """Bytes on disk."""


def chosen(
    editions: Sequence[HeldEdition],
    current: HeldEdition | None,
    *,
    before: date | None,
    keep: int | None,
    refused: bool,
) -> tuple[HeldEdition, ...]:
    """Those of the editions of a format, oldest first, that are no longer needed; see `Archive.prune`."""
    counted = [one.name for one in editions if one.status is not EditionStatus.QUARANTINED]
    gone = set(counted[:-keep] if keep is not None else ())
    gone |= {one.name for one in editions if before is not None and one.day < before}
    gone |= {one.name for one in editions if refused and one.status is EditionStatus.QUARANTINED}
    gone -= {current.name} if current is not None else set()
    return tuple(one for one in editions if one.name in gone)


def freed_by(folders: Iterable[Path]) -> int:
    """Bytes on disk that are free once these folders are gone: files with links elsewhere stay."""
    links: dict[tuple[int, int], list[int]] = {}
    for folder in folders:
        # Another process may remove it meanwhile.
        with contextlib.suppress(OSError):
            for path in folder.iterdir():
                found = path.lstat()
                # What is left of a file once the links in these folders are taken off, and its size.
                left = links.setdefault(
                    (found.st_dev, found.st_ino), [found.st_nlink, found.st_size]
                )
                left[0] -= 1
    return sum(size for left, size in links.values() if left <= 0)


def check_removable(shelf: Shelf, editions: Sequence[HeldEdition]) -> None:
    """See that nothing lies in editions that must not be removed with them.

    Raises:
        ArchiveError: Something that is none of ours lies in one.
    """
    for one in editions:
        for path in shelf.strangers_in(one):
            raise ArchiveError(
                "something that is not of the archive lies in an edition that is to be removed",
                where=Where(source=str(path), list_id=one.list_id, edition=one.name),
                hint="move it elsewhere, and prune again",
            )


def remove(shelf: Shelf, editions: Sequence[HeldEdition]) -> None:
    """Remove editions of a format.

    Args:
        shelf: The folder of the format.
        editions: What to remove.

    Raises:
        UnwritableError: They cannot be removed.
    """
    for one in editions:
        aside = temporary(shelf.path, "gone")
        folder = shelf.folder(one.name)
        try:
            # Without its name it is no edition, however far the removal comes.
            rename(folder, aside)
            sync_folder(shelf.path)
            if aside.is_symlink():
                aside.unlink()
            else:
                shutil.rmtree(aside)
        except FileNotFoundError:
            continue  # another process was quicker
        except OSError as error:
            raise unwritable(error, folder, "the edition cannot be removed") from error
