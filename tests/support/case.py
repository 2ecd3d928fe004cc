"""Case: a format, and how its entries, labels and values differ, for the contract."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import attrs
from nodes import Container, Labels, Node, Span
from sheet_files import Rows, workbook

import sanctionslib as sl
from sanctionslib.parsers import Format, Given, formats

_DATA = Path(__file__).parents[1] / "parsers" / "data"


def data(*names: str) -> Callable[[], list[bytes]]:
    """Gives the files of `tests/parsers/data`."""
    return lambda: [(_DATA / name).read_bytes() for name in names]


def rows_of(name: str) -> list[list[str]]:
    """The rows of a CSV file of `tests/parsers/data`."""
    (text,) = data(name)()
    return list(csv.reader(io.StringIO(text.decode(), newline="")))


def json_of(name: str) -> dict[str, list[list[str]]]:
    """What a JSON file of `tests/parsers/data` holds, mostly rows by the name of their sheet."""
    (text,) = data(name)()
    made: dict[str, list[list[str]]] = json.loads(text)
    return made


def book(sheets: Callable[[], Rows]) -> Callable[[], list[bytes]]:
    """Gives the workbook of these rows."""
    return lambda: [workbook(sheets())]


def parts(pattern: str, text: str, sort: str = "") -> list[Span]:
    """What fits, without blanks around it; the first of a cell is of another sort than the next."""
    found = [one for one in re.finditer(pattern, text) if one[0].strip()]
    return [
        (one.end() - len(one[0].lstrip()), one.end(), sort or ("later" if number else "first"))
        for number, one in enumerate(found)
    ]


def between(pattern: str, text: str, strip: str | None = None) -> list[Span]:
    """What stands between the matches, without these characters (by default blanks) around it."""
    ends = [0, *(at for one in re.finditer(pattern, text) for at in one.span()), len(text)]
    found: list[Span] = []
    for start, end in zip(ends[::2], ends[1::2], strict=True):
        if stated := text[start:end].strip(strip):
            first = text.index(stated, start)
            found.append((first, first + len(stated), "later" if found else "first"))
    return found


@attrs.frozen(kw_only=True)
class Case:
    """A format, for the contract."""

    format: str
    list_id: str
    open: Callable[[Sequence[bytes]], Container]
    small: Callable[[], Sequence[bytes]]
    """A file by hand that has everything; several files where they make one edition."""
    files: tuple[str, ...]
    """Official file names of these files."""
    sample: bytes | None = None
    whole: tuple[str, ...] = ()
    """Official files and folders below `SANCTIONSLIB_LISTS`."""
    published: str | None = None
    """A date for files that state none."""

    # How values differ

    labels: Labels | Callable[[Container], Labels] = attrs.field(factory=dict)
    spans: Callable[[str, str], Sequence[Span] | None] = lambda _path, _text: None
    """The parts of a cell that are values of their own; None where the cell is one."""
    keys: frozenset[str] | None = None
    """In tables: the columns that identify the party of a row, if a party can have several rows."""
    key: str = ""
    """The id of an entry, where the format keeps no source that identifies its entity."""

    coded: str = "$."
    """Paths of words and flags that an entity expresses otherwise, as a code or a number or
    as several texts: a pattern for their ends."""

    names: str = ""
    """A pattern for the beginnings of the paths of names."""
    uid: str = ""
    """The path of its key, if a party can lack it."""

    # What can be changed, and to what

    nothing: frozenset[str] = frozenset()
    """Texts that mean no value."""
    codes: Callable[[Container, str], Sequence[str] | None] = lambda _container, _path: None
    """Texts that are valid at a path; None where any text of the same shape is."""
    follow: Callable[[Container, Node], None] = lambda _container, _changed: None
    """Changes the values that have to agree with a changed text."""
    several: frozenset[str] = frozenset()
    """Paths of what can occur several times by the publisher's schema, though no file shows it."""
    rivals: frozenset[str] = frozenset()
    """Elements that state the same in two ways: none is added to another."""
    besides: Mapping[str, frozenset[str]] = attrs.field(factory=dict)
    """Path → fields that have all of it, besides the one that is meant for a part."""
    own: Callable[[sl.Entity], sl.Entity] = lambda one: one
    """An entity without what comes from the sources of others."""
    copies: frozenset[str] = frozenset()
    """Elements with copies of values, in which nothing is looked at."""
    once: frozenset[str] = frozenset()
    """Paths of shared elements whose values are in the source of only one of their owners."""
    not_stated: tuple[str, ...] = ()
    """What paths begin with that are not about the party, where the format keeps no source."""
    is_whole: bool = False
    """Whether entries refer to each other by position, so that none can be left out."""

    def is_coded(self, path: str) -> bool:
        """Whether an entity expresses the values at a path by other means than their text."""
        return re.search(f"(?:{self.coded})$", path) is not None

    @property
    def of(self) -> Format:
        """What the library states about the format."""
        return next(one for one in formats() if one.name == self.format)

    def labels_of(self, container: Container) -> Labels:
        """The labels of a file."""
        return self.labels(container) if callable(self.labels) else self.labels

    def read(
        self,
        files: Sequence[Given],
        *,
        partial: bool = False,
        keep_source: bool = False,
        strict: bool = False,
    ) -> sl.SanctionsList[sl.Entity]:
        """Read the files; faults are in the audit, without warnings."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", sl.SanctionsWarning)
            return sl.read(
                list(files) if len(files) > 1 else files[0],
                list_id=self.list_id or None,
                published=self.published,
                partial=partial,
                keep_source=keep_source,
                strict=strict,
            )
