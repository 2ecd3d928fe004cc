"""One module for each official format: bytes → entities and an audit. No network, no global state.

>>> import sanctionslib as sl
>>> [one.name for one in sl.formats()][:3]
['ofac-classic-xml', 'ofac-advanced-xml', 'ofac-enhanced-xml']

`formats()` gives all of them. To add one, write a module with a `FORMAT`, name it in `_MODULES`,
and add its table and its tests: CONTRIBUTING.md says how.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from itertools import chain, islice
from time import perf_counter

from sanctionslib._collector import paused
from sanctionslib._log import Log
from sanctionslib.errors import Call, Hint, InvalidInputError, ParseError, UnknownFormatError, Where
from sanctionslib.parsers._engine.bundle import Bundle
from sanctionslib.parsers._engine.checks import rejected_gap
from sanctionslib.parsers._engine.csv_rows import first_cells
from sanctionslib.parsers._engine.faults import damaged, truncated
from sanctionslib.parsers._engine.format import Format, Head, Options, Parsed
from sanctionslib.parsers._engine.input_file import (
    Given,
    InputFile,
    Progress,
    Readable,
    name_of,
    sources_of,
)
from sanctionslib.parsers._engine.xml_entries import sniff_root

__all__ = [
    "Format",
    "Given",
    "InputFile",
    "Options",
    "Parsed",
    "Progress",
    "Readable",
    "first_cells",
    "formats",
    "name_of",
    "parse",
    "recognise",
    "rejected_gap",
    "sources_of",
]

_LOG = Log("parsers")
_MODULES = (
    "ofac.classic",
    "ofac.advanced",
    "ofac.enhanced",
    "ofac.flat",
    "us.denied",
    "us.csl:CSV",
    "us.csl:JSON",
    "un.xml",
    "ca.xml",
    "ch.xml",
    "fr.json",
    "gb.fcdo_xml",
    "gb.fcdo_csv",
    "gb.conlist:CSV",
    "gb.conlist:WORKBOOK",
    "eu.xml",
    "eu.csv",
    "ua.register",
    "ua.workbook",
    "pk",
    "nz.workbook",
    "ae.csv",
    "il.workbook",
    "wb",
    "au.workbook",
    "pl.workbook",
    "iadb",
    "jp.mof:XLSX",
    "jp.mof:CSV",
    "jp.meti",
    "ar.json",
    "own.json",
    "own.csv",
)
"""The parser modules, in the order in which they are asked; a name after ":" stands for
`FORMAT`."""


@cache
def formats() -> tuple[Format, ...]:
    """All formats that can be read.

    >>> [each.name for each in formats()][0]
    'ofac-classic-xml'
    """
    return tuple(_formats())


def _formats() -> Iterator[Format]:
    # Lazily: a parser that is not needed is not loaded.
    for module in _MODULES:
        name, _, what = module.partition(":")
        yield getattr(import_module(f"{__name__}.{name}"), what or "FORMAT")


@paused()
def parse(sources: Sequence[InputFile], options: Options) -> Parsed:
    """Read the files of one edition, whatever their format; the log says what was read.

    Raises:
        UnknownFormatError: The format of a file is not known.
        InvalidInputError: The files are not the parts of one edition.
        SanctionsError: See the parser of the format.
    """
    start = perf_counter()
    found = _parsed(sources, options)
    _LOG.info(
        [one.list_id for one in found.editions],
        "parsed: %s, %d entries, faults: %d, %.2f s",
        name_of(sources),
        len(found.entities),
        len(found.audit.issues),
        perf_counter() - start,
    )
    return found


def _parsed(sources: Sequence[InputFile], options: Options) -> Parsed:
    if len(sources) == 1:
        return recognise(sources[0]).parse(sources, options)
    if any(source.name == "[Content_Types].xml" for source in sources):
        raise _office_file(Where(source=name_of(sources)))
    known: list[Format] = []
    for source in sources:
        try:
            known.append(recognise(source))
        except UnknownFormatError as error:
            raise UnknownFormatError(
                f"{len(sources)} files are given, and {source.name} is not a list: {error.what}",
                where=error.where,
                hint="give only the files of one edition, apart from others",
            ) from None
    first = known[0]
    if not first.takes_several or any(one is not first for one in known):
        found = ", ".join(
            f"{source.name} ({one.name})" for source, one in zip(sources, known, strict=True)
        )
        raise InvalidInputError(
            f"these {len(sources)} files are not the parts of one edition: {found}",
            where=Where(source=name_of(sources)),
            hints=(
                Hint("read each on its own"),
                Hint("{} puts lists together", call=Call("combine")),
                Hint("of an edition of several files, give these alone"),
            ),
        )
    return first.parse(sources, options)


def recognise(source: InputFile) -> Format:
    """The format of a file, by its first bytes.

    Raises:
        UnknownFormatError: The format is not known, for example of a web page in place of a list.
        TruncatedError: The file ends before its format can be recognised.
    """
    files = _files(source)
    head = Head(
        name=source.name,
        data=source.head,
        root=sniff_root(source.head),
        cells=() if files else _cells(source),
        files=files,
    )
    from sanctionslib.parsers.own.json import FORMAT as OURS  # first: it loads no other

    for each in chain((OURS,), _formats()):
        if each.recognise(head):
            return each
    raise _unknown(source, head)


def _unknown(source: InputFile, head: Head) -> ParseError:
    """The error for a file that no format recognises."""
    data, root, where = source.head, head.root, Where(source=source.name)
    start = data[:400].decode("utf-8", "replace").replace("\0", "").lstrip("\ufeff").lstrip()
    name = "" if root is None else root.name
    if data.startswith(_OFFICE) and not head.files:
        return _office_file(where)
    hint = "the page 'All lists compared' of the documentation names the files that are read"
    if head.files:
        what = f"no parser recognises a bundle with {', '.join(head.files[:3])}"
    elif name.lower() == "html" or re.search("<!doctype html|<html", start, re.IGNORECASE):
        what = (
            "this is a web page (HTML), not a list: the server blocked or redirected the download"
        )
        hint = "open the address in a browser, look at what it says, and fetch the file again"
    elif root is not None:
        what = (
            f"no parser recognises XML with the root <{name}> in the namespace {root.namespace!r}"
        )
    elif start.startswith("<") and re.search(rb"<[A-Za-z_]", data.replace(b"\0", b"")):
        return damaged("the start of the document cannot be read as XML", where)
    elif not start or (start.startswith("<") and source.size <= len(data)):
        return truncated("the file ends before its first element", where)
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        what = "this is text in UTF-16, and tables are read in UTF-8"
        hint = "save it as 'CSV UTF-8' (in LibreOffice: the character set UTF-8) and read it again"
    else:
        what = f"no parser recognises a file that begins with {start[:40]!r}"
    return UnknownFormatError(what, where=where, hint=hint)


def _files(source: InputFile) -> tuple[str, ...]:
    """The names of the files of a bundle; none for any other file."""
    bundle = Bundle.of(source) if source.head.startswith(_OFFICE[0]) else None
    return () if bundle is None else bundle.names


def _cells(source: InputFile) -> tuple[tuple[str, ...], ...]:
    """The first rows of each sheet of a workbook, where a format comes as a workbook."""
    if not source.head.startswith(_OFFICE) or not any(each.in_workbook for each in formats()):
        return ()
    from sanctionslib.parsers._engine.sheets import Workbook
    from sanctionslib.parsers._engine.table_rows import HEADER_WITHIN

    book = Workbook.of(source)
    return tuple(
        row.cells for sheet in book.sheets for row in islice(book.rows(sheet.name), HEADER_WITHIN)
    )


_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How a workbook begins: as a zip, or (before 2007, or with a password) as a compound file."""


def _office_file(where: Where) -> UnknownFormatError:
    return UnknownFormatError(
        "this is a workbook or document of an office program, which is not read",
        where=where,
        hint="save a list of your own as 'CSV UTF-8'; fetch a publisher's in a format that is read",
    )
