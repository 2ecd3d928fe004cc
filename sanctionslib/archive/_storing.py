"""Editions put on disk, repaired and removed, each whole or not at all.

The files go into a folder beside the edition's place, which is then renamed: a reader sees it
whole or not at all, whenever the process is killed. Several processes may store the same edition at
once: one of them gives the name, the others find it there.
"""

from __future__ import annotations

import errno
import shutil
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from sanctionslib.answers import HeldEdition, HeldFile
from sanctionslib.archive._files import (
    FOLDER_MODE,
    alike,
    discard,
    make_folder,
    put_bytes,
    reading,
    rename,
    safe_name,
    sync_file,
    sync_folder,
    temporary,
    write_new,
    writing,
)
from sanctionslib.archive._json_files import edition_to_bytes
from sanctionslib.archive.format_folder import MANIFEST, FormatFolder, GoneError
from sanctionslib.archive.packing import Received, damage_of
from sanctionslib.errors import ArchiveError, CorruptEditionError, Where

_ATTEMPTS = 5
_EXISTS = {errno.EEXIST, errno.ENOTEMPTY}


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


def damaged_files(place: FormatFolder, held: HeldEdition) -> list[HeldFile]:
    """The files of an edition that are not as they were stored; ArchiveError where one may not be read."""
    folder = place.folder(held.name)
    with reading(folder, "the edition cannot be read"):
        return [each for each in held.files if damage_of(folder / each.stored, each)]


def store(place: FormatFolder, received: Sequence[Received], new: HeldEdition) -> bool:
    """Move the files in and give the edition its name; False where it is held already."""
    # Without writing first: it may be there already, and the folder not ours.
    held = _held(place, new)
    if held is not None and not damaged_files(place, held):
        return False
    with writing(place.path, "the edition cannot be kept"):
        make_folder(place.path)
        folder = temporary(place.path)
        try:
            _fill(folder, place, received, new)
            return _give_name(folder, place, new)
        finally:
            discard(folder)


def _held(place: FormatFolder, wanted: HeldEdition) -> HeldEdition | None:
    """What is held under the name of an edition; None where nothing readable is."""
    try:
        held = place.read(wanted.name)
    except (GoneError, CorruptEditionError):
        return None
    if held.sha256 != wanted.sha256:
        raise ArchiveError(
            f"another edition of this day has a hash that begins with {wanted.sha256[:8]} too",
            where=Where(source=held.folder, list_id=wanted.list_id, edition=wanted.name),
            hint="keep it in an archive of its own, see SANCTIONSLIB_HOME",
        )
    return held


def _fill(
    folder: Path, place: FormatFolder, received: Sequence[Received], new: HeldEdition
) -> None:
    folder.mkdir(FOLDER_MODE)
    twins = _twins(place, new.name)
    for one, file in zip(received, new.files, strict=True):
        target = folder / file.stored
        if any(_link(*twin, target) for twin in twins if twin[1].sha256 == file.sha256):
            continue
        try:
            rename(one.path, target)
        except OSError:  # from another file system
            shutil.copyfile(one.path, target)
        sync_file(target)
    write_new(folder / MANIFEST, edition_to_bytes(new))
    sync_folder(folder)


def _twins(place: FormatFolder, name: str) -> list[tuple[Path, HeldFile]]:
    """The files of up to four editions of the days around one, which may have the same bytes."""
    names = [each for each in place.names if each != name]
    at = bisect_left(names, name)
    found: list[tuple[Path, HeldFile]] = []
    for each in (*reversed(names[max(at - 2, 0) : at]), *names[at : at + 2]):
        # A damaged one raises where it is needed.
        with suppress(GoneError, ArchiveError):
            found += [(place.folder(each) / file.stored, file) for file in place.read(each).files]
    return found


def _link(path: Path, file: HeldFile, target: Path) -> bool:
    """Store a file once for two editions; False where there are no links, or it is damaged."""
    # Nor may what only leads to a file become part of one more edition.
    with suppress(OSError):
        if not path.is_symlink() and not damage_of(path, file):
            target.hardlink_to(path)
            return True
    return False


def _give_name(folder: Path, place: FormatFolder, new: HeldEdition) -> bool:
    target = place.folder(new.name)
    for _ in range(_ATTEMPTS):
        try:
            rename(folder, target)
        except OSError as error:
            if error.errno not in _EXISTS and not target.is_dir():
                raise
        else:
            sync_folder(place.path)
            return True
        # Where it no longer exists, another process has just pruned it.
        with suppress(FileNotFoundError):
            return _repair(folder, place, new)
    raise ArchiveError(
        "another process removes the edition as often as it is stored",
        where=Where(source=str(target), list_id=new.list_id, edition=new.name),
        hint="let one of them end first",
    )


def _repair(folder: Path, place: FormatFolder, new: HeldEdition) -> bool:
    """Replace what is damaged of an edition that is held; False where nothing is.

    File by file and in its place: an edition that is taken away to be replaced would be missing, and
    an older one answer for it, where the process is killed in between. What is known of it stays,
    also that a person accepted it, unless its `edition.json` is damaged too.
    """
    known = _held(place, new)
    held = known or new
    target = place.folder(held.name)
    sources = {each.sha256: folder / each.stored for each in new.files}
    damaged = damaged_files(place, held)
    for file in damaged:
        copy = temporary(place.path)
        try:
            shutil.copyfile(sources[file.sha256], copy)
            sync_file(copy)
            rename(copy, target / file.stored)
        finally:
            discard(copy)
    if known is None:
        put_manifest(place, new)
    sync_folder(target)
    return bool(damaged) or known is None


def put_manifest(place: FormatFolder, held: HeldEdition) -> None:
    """Replace the `edition.json` of an edition."""
    put_bytes(place.folder(held.name) / MANIFEST, edition_to_bytes(held), beside=place.path)


# ── removing ──────────────────────────────────────────────────────────────────────────────────


def freed_by(folders: Iterable[Path]) -> int:
    """Bytes on disk that are free once these folders are gone: files with links elsewhere stay."""
    links_left: dict[tuple[int, int], int] = {}
    sizes: dict[tuple[int, int], int] = {}
    for folder in folders:
        # Another process may remove it meanwhile.
        with suppress(OSError):
            for path in folder.iterdir():
                found = path.lstat()
                file = found.st_dev, found.st_ino
                sizes[file] = found.st_size
                links_left[file] = links_left.get(file, found.st_nlink) - 1
    return sum(size for file, size in sizes.items() if links_left[file] <= 0)


def check_removable(place: FormatFolder, editions: Iterable[HeldEdition]) -> None:
    """Refuse to remove editions with something in them that is not the archive's."""
    for one in editions:
        for path in place.unexpected_in(one):
            raise ArchiveError(
                "something that is not the archive's is in an edition that is to be removed",
                where=Where(source=str(path), list_id=one.list_id, edition=one.name),
                hint="move it elsewhere, and prune again",
            )


def remove(place: FormatFolder, editions: Iterable[HeldEdition]) -> None:
    """Remove editions of a format."""
    for one in editions:
        renamed = temporary(place.path)
        folder = place.folder(one.name)
        # Where it is not there, another process was quicker.
        with writing(folder, "the edition cannot be removed"), suppress(FileNotFoundError):
            # Without its name it is no edition, however far the removal comes.
            rename(folder, renamed)
            sync_folder(place.path)
            if renamed.is_symlink():
                renamed.unlink()
            else:
                shutil.rmtree(renamed)
