"""Editions of several files: a folder, a zip, or files given together → their sources."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from sanctionslib.errors import InvalidInputError, UnreadableError, Where
from sanctionslib.parsers._engine.source import Given, Progress, Source, path_of

__all__ = ["name_of", "sources_of", "with_progress"]


def sources_of(given: Given | Sequence[Given]) -> tuple[Source, ...]:
    """The files that are given: one, those of a folder or a zip, or several in a list.

    Files whose names begin with a dot are the system's own and are left out.

    Raises:
        UnreadableError: Something is missing, may not be read, or is a folder without files.
        InvalidInputError: Nothing is given, or a folder holds another folder.
        SanctionsError: See `Source`.
    """
    if not isinstance(given, (list, tuple)):
        return _each(cast("Given", given))
    if not given:
        raise InvalidInputError("no file is given", hint="give at least one path")
    return tuple(source for one in cast("Sequence[Given]", given) for source in _each(one))


def _each(given: Given) -> tuple[Source, ...]:
    if not isinstance(given, (str, os.PathLike)) or not os.path.isdir(path_of(given)):  # noqa: PTH112 - False for what the system takes for no path
        return Source.several(given)
    folder = Path(path_of(given))
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise _unreadable(folder, f"cannot be read: {error}") from error
    if not paths:
        raise _unreadable(folder, "holds no files")
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - `is_dir` raises where it may not look
            raise InvalidInputError(
                f"the folder holds another folder, {path.name!r}",
                where=Where(source=folder.name),
                hint="give the files of the edition as a list: read([path, path])",
            )
    return tuple(source for path in paths for source in Source.several(path))


def _unreadable(folder: Path, says: str) -> UnreadableError:
    return UnreadableError(
        f"the folder {str(folder)!r} {says}",
        where=Where(source=folder.name),
        hint="check the path and its permissions",
    )


def name_of(sources: Sequence[Source]) -> str:
    """What to call the files in a message."""
    first = sources[0].name
    return first if len(sources) == 1 else f"{first} and {len(sources) - 1} more"


def with_progress(
    sources: Sequence[Source], progress: Progress | None
) -> Iterator[tuple[Source, Progress | None]]:
    """Each source with a callback that counts the bytes of all of them."""
    total = sum(source.size for source in sources)

    def counted(before: int) -> Progress | None:
        return progress and (lambda done, _: progress(before + done, total))

    for at, source in enumerate(sources):
        yield source, counted(sum(one.size for one in sources[:at]))
