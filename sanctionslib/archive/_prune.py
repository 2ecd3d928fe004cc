"""Removing editions that are no longer needed, each whole or not at all."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from sanctionslib.answers import HeldEdition
from sanctionslib.archive._files import temporary, unwritable
from sanctionslib.archive._shelf import Shelf

__all__ = ["freed_by", "remove"]


def freed_by(folders: Iterable[Path]) -> int:
    """Bytes on disk that are free once these folders are gone: files with links elsewhere stay."""
    links: dict[tuple[int, int], list[int]] = {}
    for folder in folders:
        for path in folder.iterdir():
            found = path.stat()
            # What is left of a file once the links in these folders are taken off, and its size.
            left = links.setdefault((found.st_dev, found.st_ino), [found.st_nlink, found.st_size])
            left[0] -= 1
    return sum(size for left, size in links.values() if left <= 0)


def remove(shelf: Shelf, editions: Sequence[HeldEdition], derived: Path) -> None:
    """Remove editions of a format, and what was derived from them.

    Args:
        shelf: The folder of the format.
        editions: What to remove.
        derived: The folder of all that was derived from anything.

    Raises:
        UnwritableError: They cannot be removed.
    """
    for one in editions:
        aside = temporary(shelf.path, "gone")
        folder = shelf.folder(one.name)
        try:
            # Without its name it is no edition, however far the removal comes.
            folder.rename(aside)
            shutil.rmtree(aside)
        except FileNotFoundError:
            continue  # another process was quicker
        except OSError as error:
            raise unwritable(error, folder, "the edition cannot be removed") from error
        _remove_derived(shelf, one.name, derived)


def _remove_derived(shelf: Shelf, name: str, derived: Path) -> None:
    # It can be made again, and costs nothing but room where it stays.
    with contextlib.suppress(OSError):
        for kind in derived.iterdir():
            for path in (kind / shelf.list_id / shelf.form).glob("*"):
                if name in path.name:
                    path.unlink()
