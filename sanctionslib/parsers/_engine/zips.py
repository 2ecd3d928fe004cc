"""What sort of zip a file is: a bundle of answers, a workbook, or a package of files."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from pathlib import PurePosixPath

__all__ = ["DIRECTORY", "MOST_ANSWERS", "files_in", "is_bundle", "is_workbook", "root_of"]

MOST_ANSWERS = 40_000
"""Files in a bundle: Ukraine's register has some 22,000 subjects, with an answer for each."""
DIRECTORY = 4 << 20
"""Bytes of a zip's directory: enough for so many files."""
_MARK = re.compile(r"subjects\.\w{1,40}\.json")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def files_in(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of a zip, without folders and the hidden files of operating systems."""
    return [
        info
        for info in archive.infolist()
        if not info.filename.endswith("/")
        and not info.filename.startswith("__MACOSX/")
        and not PurePosixPath(info.filename).name.startswith(".")
    ]


def root_of(names: Iterable[str]) -> str | None:
    """The common prefix of a bundle's files, the packed folder or ""; None for any other files.

    >>> root_of(["x/actions/1.json", "x/subjects.legal.json"]), root_of(["SDN.CSV"])
    ('x/', None)
    """
    for name in names:
        folder, slash, last = name.rpartition("/")
        if _MARK.fullmatch(last):
            return folder + slash
    return None


def is_bundle(archive: zipfile.ZipFile) -> bool:
    """Whether a zip is a bundle."""
    return root_of(info.filename for info in files_in(archive)) is not None


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether a zip is a workbook, judging by its mandatory members.

    Raises:
        Exception: Whatever `zipfile` raises, of many kinds.
    """
    infos = archive.infolist()
    if {"[Content_Types].xml", "xl/workbook.xml"} <= {info.filename for info in infos}:
        return True
    first = infos[0] if infos else zipfile.ZipInfo()
    is_kind = first.filename == "mimetype" and first.file_size == len(_ODS)
    return is_kind and archive.read(first) == _ODS
