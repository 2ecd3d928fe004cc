"""The interface of a parser module: its format, the options, and what it gives back."""

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
    """The first bytes of a file, for recognising its format."""

    name: str
    """File name."""
    data: bytes
    """First bytes."""
    root: Root | None = None
    """The root element, where the bytes begin like XML."""
    cells: tuple[tuple[str, ...], ...] = ()
    """The first rows of each sheet, where it is a workbook."""
    files: tuple[str, ...] = ()
    """The names of its files, where it is a bundle."""


@attrs.frozen(kw_only=True)
class Options:
    """How the caller wants a file to be read. See `sanctionslib.read`."""

    list_id: str | None = None
    published: date | None = None
    partial: bool = False
    keep_source: bool = False
    repair: bool = False
    progress: Progress | None = None
    dated_by: Literal["caller", "http"] = "caller"
    """The source of `published`: a person, or the server that the file came from."""
    retrieved_at: datetime | None = None
    """When we downloaded the file (UTC); None where we did not."""
    verifies_list: bool = False
    """Check `list_id` against the entries, like a list id that comes from the file name: a file
    stored under the wrong list would answer for it."""


@attrs.frozen(kw_only=True)
class Parsed:
    """The result of a parser."""

    entities: tuple[Entity, ...]
    editions: tuple[Edition, ...]
    audit: Audit


@attrs.frozen(kw_only=True)
class Format:
    """One official format, as its parser module declares it."""

    name: str
    """Short name, `ofac-classic-xml`, as in `Edition.format`."""
    title: str
    """Title, in one line."""
    files: tuple[str, ...]
    """Official file names."""
    has_no_end_mark: bool = False
    """Whether truncation between two rows goes unnoticed: the file states no count and has no
    end mark."""
    in_workbook: bool = False
    """Whether it is a workbook (xlsx, ods), of which each sheet with its columns is read."""
    takes_several: bool = False
    """Whether several files make one edition."""

    @property
    def lists(self) -> tuple[str, ...]:
        """Ids of the official lists that come in it, as the catalog has them."""
        return tuple(one.list_id for one in self._infos())

    @property
    def publisher(self) -> str:
        """The publisher of its lists."""
        return next((one.publisher for one in self._infos()), "sanctionslib")

    def _infos(self) -> list[ListInfo]:
        return [one for one in all_lists() if any(each.name == self.name for each in one.formats)]

    def recognise(self, head: Head) -> bool:
        """Whether the first bytes are of this format."""
        raise NotImplementedError

    def parse(self, sources: Sequence[InputFile], options: Options) -> Parsed:
        """Read the files of an edition whole, or raise."""
        raise NotImplementedError
