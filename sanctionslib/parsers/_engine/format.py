"""Format: what a parser module tells of itself, what it is asked, and what it gives back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

import attrs

from sanctionslib.answers import Audit
from sanctionslib.catalog import ListInfo, all_lists
from sanctionslib.model import Edition, Entity
from sanctionslib.parsers._engine.input_file import InputFile, Progress
from sanctionslib.parsers._engine.xml_entries import Root

__all__ = ["Format", "Head", "Options", "Parsed"]


@attrs.frozen(kw_only=True)
class Head:
    """What a format is recognised by."""

    name: str
    """File name."""
    data: bytes
    """First bytes."""
    root: Root | None = None
    """The root element, where the bytes begin like XML."""
    cells: tuple[tuple[str, ...], ...] = ()
    """The first rows of each sheet, where it is a workbook."""
    files: tuple[str, ...] = ()
    """The names of its files, where it is a bundle of answers."""


@attrs.frozen(kw_only=True)
class Options:
    """How a caller wants a file to be read. See `sanctionslib.read`."""

    list_id: str | None = None
    published: date | None = None
    partial: bool = False
    keep_source: bool = False
    repair: bool = False
    progress: Progress | None = None
    dated_by: Literal["caller", "http"] = "caller"
    """Who says `published`: a person, or the server that the file was fetched from."""
    retrieved_at: datetime | None = None
    """When the file was downloaded (UTC), where we did that."""
    doubts_list: bool = False
    """Hold `list_id` against the entries, as a file's name is: what is kept under the wrong list
    would answer for it."""


@attrs.frozen(kw_only=True)
class Parsed:
    """What a parser gives back."""

    entities: tuple[Entity, ...]
    editions: tuple[Edition, ...]
    audit: Audit


@attrs.frozen(kw_only=True)
class Format:
    """One official format, as its parser module declares it."""

    name: str
    """Short name, as `ofac-classic-xml`; it stands in `Edition.format`."""
    title: str
    """What it is, in one line."""
    files: tuple[str, ...]
    """Official file names."""
    ends_anywhere: bool = False
    """Whether a file that is cut after any of its rows looks whole: nothing in it says how many there
    are, and nothing closes it."""
    in_workbook: bool = False
    """Whether it comes as a workbook (xlsx, ods), of which each sheet with its columns is read."""
    takes_several: bool = False
    """Whether several files make one edition."""

    @property
    def lists(self) -> tuple[str, ...]:
        """Ids of the official lists that come in it, as the catalog has them."""
        return tuple(one.list_id for one in self._infos())

    @property
    def publisher(self) -> str:
        """Who publishes it: the publisher of its lists."""
        return next((one.publisher for one in self._infos()), "sanctionslib")

    def _infos(self) -> list[ListInfo]:
        return [one for one in all_lists() if any(each.name == self.name for each in one.formats)]

    def recognise(self, head: Head) -> bool:
        """Whether the first bytes are of this format."""
        raise NotImplementedError

    def parse(self, sources: Sequence[InputFile], options: Options) -> Parsed:
        """Read the files of an edition whole, or raise."""
        raise NotImplementedError
