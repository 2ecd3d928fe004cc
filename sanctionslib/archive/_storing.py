"""Editions put on disk, repaired and removed, each whole or not at all.

The files go into a folder beside the edition's place, which is then renamed: a reader sees it
whole or not at all, whenever the process is killed. Several processes may store the same edition at
once: one of them gives the name, the others find it there.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from sanctionslib.answers import EditionStatus, HeldEdition, HeldFile
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
    writing,
)
from sanctionslib.archive._manifest import Manifest
from sanctionslib.archive.format_folder import MANIFEST, FormatFolder, GoneError
from sanctionslib.archive.packing import Received, damage_of
from sanctionslib.errors import ArchiveError, CorruptEditionError, Where

__all__ = [
    "check_removable",
    "damaged_files",
    "freed_by",
    "held_files",
    "put_manifest",
    "remove",
    "store",
    "surplus",
]

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
    """The files of an edition that are not as they were stored; ArchiveError where they may not be read."""
    folder = place.folder(held.name)
    with reading(folder, "the edition cannot be read"):
        return [each for each in held.files if damage_of(folder / each.stored, each)]


def store(place: FormatFolder, received: Sequence[Received], manifest: Manifest) -> bool:
    """Move the files in and give the edition its name; False where it is held already."""
    # Without writing first: it may be there already, and the folder not ours.
    held = _held(place, manifest.held)
    if held is not None and not damaged_files(place, held.held):
        return False
    with writing(place.path, "the edition cannot be kept"):
        make_folder(place.path)
        folder = temporary(place.path, "new")
        try:
            _fill(folder, place, received, manifest)
            return _give_name(folder, place, manifest)
        finally:
            discard(folder)


def _held(place: FormatFolder, wanted: HeldEdition) -> Manifest | None:
    """What is held under the name of an edition; None where nothing readable is."""
    try:
        manifest = place.read(wanted.name)
    except (GoneError, CorruptEditionError):
        return None
    if manifest.held.sha256 != wanted.sha256:
        raise ArchiveError(
            f"another edition of this day has a hash that begins with {wanted.sha256[:8]} too",
            where=Where(source=manifest.held.folder, list_id=wanted.list_id, edition=wanted.name),
            hint="keep it in an archive of its own, see SANCTIONSLIB_HOME",
        )
    return manifest


def _fill(
    folder: Path, place: FormatFolder, received: Sequence[Received], manifest: Manifest
) -> None:
    folder.mkdir(FOLDER_MODE)
    twins = _twins(place, manifest.held.name)
    for one, file in zip(received, manifest.held.files, strict=True):
        target = folder / file.stored
        if any(_link(*twin, target) for twin in twins.get((file.sha256, file.size), [])):
            continue
        try:
            rename(one.path, target)
        except OSError:  # from another file system
            shutil.copyfile(one.path, target)
        sync_file(target)
    with (folder / MANIFEST).open("xb") as opened:
        opened.write(manifest.to_bytes())
        opened.flush()
        os.fsync(opened.fileno())
    sync_folder(folder)


def _twins(place: FormatFolder, name: str) -> dict[tuple[str, int], list[tuple[Path, HeldFile]]]:
    """The files of up to four editions of the days around one, by hash and size."""
    names = [each for each in place.names if each != name]
    undated = [each for each in names if each.startswith("undated-")]
    if name.startswith("undated-"):
        near = sorted(undated, key=lambda each: _changed(place.folder(each)))[-2:]
    else:
        dated = names[: len(names) - len(undated)]
        at = bisect_left(dated, name)
        near = [*reversed(dated[max(at - 2, 0) : at]), *dated[at : at + 2]]
    found: dict[tuple[str, int], list[tuple[Path, HeldFile]]] = {}
    for each in near:
        # A damaged one raises where it is needed.
        with contextlib.suppress(GoneError, ArchiveError):
            for file in place.read(each).held.files:
                files = found.setdefault((file.sha256, file.size), [])
                files.append((place.folder(each) / file.stored, file))
    return found


def _changed(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0


def _link(path: Path, file: HeldFile, target: Path) -> bool:
    """Store a file once for two editions; False where there are no links, or it is damaged."""
    # Nor may what only leads to a file become part of one more edition.
    with contextlib.suppress(OSError):
        if not path.is_symlink() and not damage_of(path, file):
            target.hardlink_to(path)
            return True
    return False


def _give_name(folder: Path, place: FormatFolder, manifest: Manifest) -> bool:
    target = place.folder(manifest.held.name)
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
        with contextlib.suppress(FileNotFoundError):
            return _repair(folder, place, manifest)
    raise ArchiveError(
        "another process removes the edition as often as it is stored",
        where=Where(source=str(target), list_id=manifest.held.list_id, edition=manifest.held.name),
        hint="let one of them end first",
    )


def _repair(folder: Path, place: FormatFolder, manifest: Manifest) -> bool:
    """Replace what is damaged of an edition that is held; False where nothing is.

    File by file and in its place: an edition that is taken away to be replaced would be missing, and
    an older one answer for it, where the process is killed in between. What is known of it stays,
    also that a person accepted it, unless its `edition.json` is damaged too.
    """
    known = _held(place, manifest.held)
    held = manifest.held if known is None else known.held
    target = place.folder(held.name)
    sources = {each.sha256: folder / each.stored for each in manifest.held.files}
    damaged = damaged_files(place, held)
    for file in damaged:
        copy = temporary(place.path, "new")
        try:
            shutil.copyfile(sources[file.sha256], copy)
            sync_file(copy)
            rename(copy, target / file.stored)
        finally:
            discard(copy)
    if known is None:
        put_manifest(place, manifest)
    sync_folder(target)
    return bool(damaged) or known is None


def put_manifest(place: FormatFolder, manifest: Manifest) -> None:
    """Replace the `edition.json` of an edition."""
    path = place.folder(manifest.held.name) / MANIFEST
    put_bytes(path, manifest.to_bytes(), beside=place.path)


# ── removing ──────────────────────────────────────────────────────────────────────────────────


def surplus(
    editions: Sequence[HeldEdition],
    current: HeldEdition | None,
    *,
    before: date | None,
    keep: int | None,
    quarantined: bool,
) -> tuple[HeldEdition, ...]:
    """Those of the editions of a format, oldest first, to remove; see `EditionStore.prune`."""
    good = [one.name for one in editions if one.status is not EditionStatus.QUARANTINED]
    names = set(good[:-keep] if keep is not None else ())
    names |= {one.name for one in editions if before is not None and one.day < before}
    names |= {one.name for one in editions if quarantined and one.name not in good}
    names -= {current.name} if current is not None else set()
    return tuple(one for one in editions if one.name in names)


def freed_by(folders: Iterable[Path]) -> int:
    """Bytes on disk that are free once these folders are gone: files with links elsewhere stay."""
    links: dict[tuple[int, int], list[int]] = {}
    for folder in folders:
        # Another process may remove it meanwhile.
        with contextlib.suppress(OSError):
            for path in folder.iterdir():
                found = path.lstat()
                # The links that are left of a file without those in these folders, and its size.
                left = links.setdefault(
                    (found.st_dev, found.st_ino), [found.st_nlink, found.st_size]
                )
                left[0] -= 1
    return sum(size for left, size in links.values() if left <= 0)


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
        renamed = temporary(place.path, "gone")
        folder = place.folder(one.name)
        with writing(folder, "the edition cannot be removed"):
            try:
                # Without its name it is no edition, however far the removal comes.
                rename(folder, renamed)
                sync_folder(place.path)
                if renamed.is_symlink():
                    renamed.unlink()
                else:
                    shutil.rmtree(renamed)
            except FileNotFoundError:
                continue  # another process was quicker
