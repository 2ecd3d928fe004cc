"""One module per official format: bytes → entities and an audit. No network, no globals.

`formats()` gives all of them. To add one, write a module with a `FORMAT`, name it below, and add
its table and its tests: CONTRIBUTING.md says how.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module

from sanctionslib.errors import ParseError, TruncatedError, UnknownFormatError, Where
from sanctionslib.parsers._format import Format, Head, Options, Parsed
from sanctionslib.parsers._source import Progress, Readable, Source
from sanctionslib.parsers._xml import prolog_fault, sniff_root

__all__ = ["Format", "Options", "Parsed", "Progress", "Readable", "Source", "formats", "recognise"]

_MODULES = (
    "ofac_classic",
    "ofac_advanced",
    "ofac_enhanced",
    "us_bis_denied",
    "us_csl",
    "us_csl_json",
    "own_json",
)
"""The parser modules, in the order in which they are asked."""


@cache
def formats() -> tuple[Format, ...]:
    """All formats that can be read.

    >>> [each.name for each in formats()][0]
    'ofac-classic-xml'
    """
    return tuple(import_module(f"{__name__}.{module}").FORMAT for module in _MODULES)


def recognise(source: Source) -> Format:
    """The format of a file, by its first bytes.

    Raises:
        UnknownFormatError: It is none that we know; a web page in place of a list, for one.
        TruncatedError: It ends before anything can be told.
    """
    head = Head(name=source.name, data=source.head, root=sniff_root(source.head))
    for each in formats():
        if each.recognise(head):
            return each
    start = source.head[:400].decode("utf-8", "replace").replace("\0", "").lstrip("\ufeff").lstrip()
    where = Where(source=source.name)
    known = ", ".join(name for each in formats() for name in each.files)
    lowered = start.lower()
    if (
        "<!doctype html" in lowered
        or "<html" in lowered
        or (head.root is not None and head.root.name.lower() == "html")
    ):
        raise UnknownFormatError(
            "this is a web page (HTML) and not a list: the server blocked or redirected the "
            "download",
            where=where,
            hint="open the address in a browser, look at what it says, and fetch the file again",
        )
    if other := _known_and_not_read(head, start):
        raise UnknownFormatError(
            f"this looks like {other}, which is not read yet",
            where=where,
            hint=f"known are: {known}",
        )
    if head.root is not None:
        raise UnknownFormatError(
            f"no parser knows XML with the root <{head.root.name}> in the namespace "
            f"{head.root.namespace!r}",
            where=where,
            hint=f"known are: {known}",
        )
    if start.startswith("<") and (fault := prolog_fault(source.head)) is not None:
        raise ParseError(
            f"the start of the document cannot be read: {fault}",
            where=where,
            hint="the file is damaged, or in another encoding than it says: fetch it again",
        )
    if not start or (start.startswith("<") and source.size <= len(source.head)):
        raise TruncatedError(
            "the file ends before its first element",
            where=where,
            hint="the download was cut: fetch the file again",
        )
    raise UnknownFormatError(
        f"no parser knows a file that begins with {start[:40]!r}",
        where=where,
        hint=f"known are: {known}",
    )


_OTHER_ROOTS = {
    "CONSOLIDATED_LIST": "the UN Security Council's consolidated list",
    "export": "the EU's financial sanctions file",
    "Designations": "the UK Sanctions List",
    "data-set": "Canada's sanctions list",
}
_OFAC_ROW = re.compile(r'\d+,"[^"]*",')


def _known_and_not_read(head: Head, start: str) -> str | None:
    """An official format that this version knows by sight alone."""
    if head.root is not None:
        return _OTHER_ROOTS.get(head.root.name)
    if _OFAC_ROW.match(start) and "-0-" in start:
        return "OFAC's delimited format (SDN.CSV)"
    return None
