"""Keeping an edition: its files into a folder beside its place, then the folder to its name.

Whoever reads sees it whole or not at all, whenever the process is killed. Several processes may
keep the same edition at once: one of them gives the name, the others find it there.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from sanctionslib.answers import HeldEdition, HeldFile
from sanctionslib.archive._files import (
    FOLDER_MODE,
    discard,
    make_folder,
    put_bytes,
    rename,
    safe_name,
    sync_file,
    sync_folder,
    temporary,
    unwritable,
)
from sanctionslib.archive._hashing import fault_of
from sanctionslib.archive._manifest import Manifest, alike
from sanctionslib.archive._received import Received
from sanctionslib.archive._shelf import MANIFEST, GoneError, Shelf, unreadable
from sanctionslib.errors import ArchiveError, CorruptEditionError, Where

__all__ = ["damaged_files", "held_files", "keep"]

_ATTEMPTS = 5
_THERE = {errno.EEXIST, errno.ENOTEMPTY}


def held_files(received: Sequence[Received]) -> tuple[HeldFile, ...]:
    """What is kept of each received file, with the name that it gets in the archive."""
    taken: set[str] = set()
    files: list[HeldFile] = []
    for one in received:
        name = stored = safe_name(one.name)
        number = 2
        while alike(stored) in taken:
            stored = f"{number}-{name}"
            number += 1
        taken.add(alike(stored))
        files.append(
            HeldFile(
                name=one.name,
                stored=f"{stored}.gz",
                size=one.size,
                sha256=one.sha256,
                packed=one.packed,
                packed_sha256=one.packed_sha256,
                url=one.url,
                etag=one.etag,
                last_modified=one.last_modified,
                published_hash=one.published_hash,
            )
        )
    return tuple(files)


def keep(shelf: Shelf, received: Sequence[Received], manifest: Manifest) -> bool:
    """Move the files in and give the edition its name; False where it is held already.

    Args:
        shelf: The folder of the format.
        received: The files, in the order of `manifest.held.files`.
        manifest: What is written into `edition.json`.

    Raises:
        UnwritableError: It cannot be written; the archive is as it was.
        ArchiveError: Another edition of this day has a hash with the same beginning, or a later
            version has kept this one, or it cannot be read.
    """
    try:
        # Without writing first: it may be there already, and the folder not ours.
        if _is_held(shelf, manifest.held):
            return False
        make_folder(shelf.path)
        folder = temporary(shelf.path, "new")
        try:
            _fill(folder, shelf, received, manifest)
            return _give_name(folder, shelf, manifest)
        finally:
            discard(folder)
    except OSError as error:
        raise unwritable(error, shelf.path, "the edition cannot be kept") from error


def _held(shelf: Shelf, wanted: HeldEdition) -> Manifest | None:
    """What is held under the name of an edition; None where nothing readable is."""
    try:
        manifest = shelf.read(wanted.name)
    except (GoneError, CorruptEditionError):
        return None
    if manifest.held.sha256 != wanted.sha256:
        raise ArchiveError(
            f"another edition of this day has a hash that begins with {wanted.sha256[:8]} too",
            where=Where(source=manifest.held.folder, list_id=wanted.list_id, edition=wanted.name),
            hint="keep it in an archive of its own, see SANCTIONSLIB_HOME",
        )
    return manifest


def _is_held(shelf: Shelf, wanted: HeldEdition) -> bool:
    """Whether an edition is held, and its files are as they were stored."""
    held = _held(shelf, wanted)
    return held is not None and not damaged_files(shelf, held.held)


def damaged_files(shelf: Shelf, held: HeldEdition) -> list[HeldFile]:
    """The files of an edition that are not as they were stored.

    Raises:
        ArchiveError: They may not be read.
    """
    folder = shelf.folder(held.name)
    try:
        return [each for each in held.files if fault_of(folder / each.stored, each)]
    except PermissionError as error:
        raise unreadable(error, folder, "the edition cannot be read") from error


def _fill(folder: Path, shelf: Shelf, received: Sequence[Received], manifest: Manifest) -> None:
    folder.mkdir(FOLDER_MODE)
    twins = _Twins(shelf, manifest.held.name)
    for one, file in zip(received, manifest.held.files, strict=True):
        target = folder / file.stored
        if twins.link(file, target):
            continue
        _move(one.path, target)
        sync_file(target)
    with (folder / MANIFEST).open("xb") as opened:
        opened.write(manifest.to_bytes())
        opened.flush()
        os.fsync(opened.fileno())
    sync_folder(folder)


def _move(source: Path, target: Path) -> None:
    try:
        rename(source, target)
    except OSError:  # from another file system
        shutil.copyfile(source, target)


class _Twins:
    """Files with the same bytes in the editions of the days around."""

    def __init__(self, shelf: Shelf, name: str) -> None:
        self._places: dict[tuple[str, int], list[tuple[Path, HeldFile]]] = {}
        for each in shelf.nearest(name):
            # A broken one is no matter here: whoever asks for it is told.
            with contextlib.suppress(GoneError, ArchiveError):
                for file in shelf.read(each).held.files:
                    places = self._places.setdefault((file.sha256, file.size), [])
                    places.append((shelf.folder(each) / file.stored, file))

    def link(self, file: HeldFile, target: Path) -> bool:
        """Give the target the bytes of a twin; False where there is none, or no links are to be had."""
        for path, twin in self._places.get((file.sha256, file.size), []):
            # A damaged file must not become part of one more edition, nor what only leads to a file.
            with contextlib.suppress(OSError):
                if not path.is_symlink() and not fault_of(path, twin):
                    target.hardlink_to(path)
                    return True
        return False


def _give_name(folder: Path, shelf: Shelf, manifest: Manifest) -> bool:
    target = shelf.folder(manifest.held.name)
    for _ in range(_ATTEMPTS):
        try:
            rename(folder, target)
        except OSError as error:
            if error.errno not in _THERE and not target.is_dir():
                raise
        else:
            sync_folder(shelf.path)
            return True
        # Where it is gone again, another process has just pruned it.
        with contextlib.suppress(FileNotFoundError):
            return _mend(folder, shelf, manifest)
    raise ArchiveError(
        "another process removes the edition as often as it is kept",
        where=Where(source=str(target), list_id=manifest.held.list_id, edition=manifest.held.name),
        hint="let one of them end first",
    )


def _mend(folder: Path, shelf: Shelf, manifest: Manifest) -> bool:
    """Replace what is damaged of an edition that is held; False where nothing is.

    File by file and in its place: an edition that is taken away to be replaced would be missing, and
    an older one answer for it, where the process is killed in between.

    Args:
        folder: The edition as it is to be.
        shelf: The folder of the format.
        manifest: What is to be known of it, where that too is damaged; else what is known stays,
            also that a person accepted it.
    """
    there = _held(shelf, manifest.held)
    held = manifest.held if there is None else there.held
    target = shelf.folder(held.name)
    sources = {each.sha256: folder / each.stored for each in manifest.held.files}
    damaged = damaged_files(shelf, held)
    for file in damaged:
        copy = temporary(shelf.path, "new")
        try:
            shutil.copyfile(sources[file.sha256], copy)
            sync_file(copy)
            rename(copy, target / file.stored)
        finally:
            discard(copy)
    if there is None:
        put_bytes(target / MANIFEST, manifest.to_bytes(), beside=shelf.path)
    sync_folder(target)
    return bool(damaged) or there is None
