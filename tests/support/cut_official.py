"""Cuts the excerpts of `tests/data/official` out of complete official files.

    python tests/support/cut_official.py FOLDER_OF_LISTS

writes all of them again, byte for byte the same, and prints for their README what they hold; it
takes some minutes. The folder is that of `SANCTIONSLIB_LISTS`. Files are split here without
the library; the library says which paths and labels a party has, so that an excerpt can have all
those of the complete file.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import sys
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from official import OFFICIAL, Excerpt

import sanctionslib as sl


@dataclass(frozen=True)
class Chunk:
    """Bytes of a file that stay together."""

    data: bytes
    owners: frozenset[str]
    """The parties that they are about: where all of these are chosen, the chunk is copied."""


Document = Mapping[str, Sequence[Chunk]]
"""The files of one edition in chunks, by their names."""


# ── files in chunks ───────────────────────────────────────────────────────────────────────────


def take_apart(files: Mapping[str, bytes], format_name: str) -> Document:
    """The files of an edition in chunks, which joined are the files again."""
    return {name: list(_CHUNKS[format_name](data)) for name, data in files.items()}


def _elements(data: bytes, *tags: str) -> Iterator[tuple[bytes, etree._Element | None]]:
    """The entries of an XML file, from their indentation to the end of their line, and the rest."""
    tag = "|".join(tags)
    entry = rf"([ \t]*<(?:{tag})[ >](?s:.)*?</(?:{tag})>\r?\n)"
    for at, text in enumerate(re.split(entry.encode(), data)):
        yield text, etree.fromstring(text) if at % 2 else None


def _keyed(data: bytes, tag: str, key: Callable[[etree._Element], str | None]) -> Iterator[Chunk]:
    """An XML file with one party in each entry."""
    for text, entry in _elements(data, tag):
        found = None if entry is None else key(entry)
        yield Chunk(text, frozenset() if found is None else frozenset({found}))


_REFERENCES = {
    "DistinctParty": {"FixedRef": "Party"},
    "IDRegDocument": {"IdentityID": "Identity"},
    "Location": {"FeatureVersionID": "FeatureVersion", "IDRegDocumentID": "IDRegDocument"},
    "ProfileRelationship": {"From-ProfileID": "Profile"},
    "SanctionsEntry": {"ProfileID": "Profile"},
}
"""For each entry of the advanced format the attributes, at any depth, that refer to its owner."""


def _advanced(data: bytes) -> Iterator[Chunk]:
    chunks = list(_elements(data, *_REFERENCES))
    owner: dict[tuple[str, str], str] = {}
    for _, entry in chunks:
        if entry is not None and entry.tag == "DistinctParty":
            uid = entry.get("FixedRef", "")
            owner["Party", uid] = uid
            owner |= {(str(one.tag), one.get("ID", "")): uid for one in entry.iter()}
    for _, entry in chunks:
        if entry is not None and entry.tag == "IDRegDocument":
            uid = owner["Identity", entry.get("IdentityID", "")]
            owner["IDRegDocument", entry.get("ID", "")] = uid
    for text, entry in chunks:
        keys: set[str] = set()
        for name, kind in {} if entry is None else _REFERENCES[str(entry.tag)].items():
            keys |= {owner[kind, key] for one in entry.iter() if (key := one.get(name))}
        yield Chunk(text, frozenset(keys))


def _rows(data: bytes, delimiter: str, *columns: str) -> Iterator[Chunk]:
    """The rows of a delimited file.

    Args:
        data: The file.
        delimiter: The text between cells.
        columns: Those that say whose a row is; a file without a header has the key in its first.
    """
    header: list[str] = []
    row = b""
    for line in data.splitlines(keepends=True):
        row += line
        if row.count(b'"') % 2:  # the line ends within quotes
            continue
        (cells,) = csv.reader([row.decode("utf-8")], delimiter=delimiter)
        if row == b"\x1a" or (columns and not header):
            header = cells
            yield Chunk(row, frozenset())
        else:
            keys = [cells[header.index(column)] for column in columns] or cells[:1]
            yield Chunk(row, frozenset({" ".join(keys)}))
        row = b""
    assert not row


_CHUNKS: dict[str, Callable[[bytes], Iterator[Chunk]]] = {
    "ofac-classic-xml": lambda data: _keyed(data, "sdnEntry", lambda one: one.findtext("uid")),
    "ofac-enhanced-xml": lambda data: _keyed(data, "entity", lambda one: one.get("id")),
    "ofac-advanced-xml": _advanced,
    "ofac-delimited": lambda data: _rows(data, ","),
    "us-csl-csv": lambda data: _rows(data, ",", "_id"),
    "us-bis-denied-txt": lambda data: _rows(data, "\t", "Name", "Effective_Date"),
}


def entries_of(document: Document) -> list[str]:
    """The parties, in the order of the file."""
    chunks = (chunk for member in document.values() for chunk in member)
    return list(dict.fromkeys(key for chunk in chunks for key in sorted(chunk.owners)))


def put_together(document: Document, chosen: Set[str]) -> dict[str, bytes]:
    """The files with these parties alone; a file of which nothing is left is left out."""
    made: dict[str, bytes] = {}
    for name, chunks in document.items():
        data = b"".join(chunk.data for chunk in chunks if chunk.owners <= chosen)
        if data:
            count = b"<Record_Count>%d<" % len(chosen)
            made[name] = re.sub(rb"<Record_Count>\d+<", count, data, count=1)
    return made


def pack(files: Mapping[str, bytes]) -> bytes:
    """One file as gzip, several as a zip: the same bytes whenever it is done."""
    packed = io.BytesIO()
    if len(files) == 1:
        with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as single:
            single.write(*files.values())
        return packed.getvalue()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3  # Unix, wherever it is done
            archive.writestr(info, data, zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()


# ── which parties ─────────────────────────────────────────────────────────────────────────────


def _read(excerpt: Excerpt, files: Mapping[str, bytes]) -> sl.SanctionsList[sl.Entity]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sl.SanctionsWarning)
        given = pack(files) if len(files) > 1 else next(iter(files.values()))
        day = excerpt.published
        return sl.read(
            given, list_id=excerpt.list_id, published=day, partial=True, keep_source=True
        )


def stated(found: sl.SanctionsList[sl.Entity]) -> set[tuple[str, str]]:
    """Required contents of an excerpt: paths with labels, unknown codes, kinds, named lists."""
    paths = {(one.path, one.label) for one in found.audit.paths}
    codes = {(one.vocabulary, one.code) for one in found.audit.unknown_codes}
    kinds = {("kind", type(one).__name__) for one in found}
    lists = {("list", one.list_name) for each in found for one in each.listings}
    return paths | codes | kinds | lists


def _closed(document: Document, whole: sl.SanctionsList[sl.Entity]) -> Mapping[str, Set[str]]:
    """Each party with those that share a chunk with it, those that its relations lead to, and so on."""
    needs: defaultdict[str, set[str]] = defaultdict(set)
    for chunk in (chunk for member in document.values() for chunk in member):
        for key in chunk.owners:
            needs[key] |= chunk.owners
    for one in whole:
        for relation in one.relations:
            needs[one.source_id] |= {other.source_id for other in whole.resolve(relation.to)}
    for found in needs.values():
        while more := set().union(*(needs[key] for key in found)) - found:
            found |= more
    return needs


def choose(excerpt: Excerpt, document: Document, whole: sl.SanctionsList[sl.Entity]) -> set[str]:
    """The parties of an excerpt.

    The first and the last of the file, for it is by the end of the alphabet that some lists are
    known to be whole; then, for the rarest of what is missing, the party that shows most of what is
    missing; then parties from the beginning on, up to the number that is wanted.
    """
    order = entries_of(document)
    closed = _closed(document, whole)
    shows = {key: stated(_read(excerpt, put_together(document, closed[key]))) for key in order}
    missing = stated(whole)
    chosen: set[str] = set()

    def take(key: str) -> None:
        missing.difference_update(shows[key])
        chosen.update(closed[key])

    take(order[0])
    take(order[-1])
    while missing:
        holders = {one: [key for key in order if one in shows[key]] for one in sorted(missing)}
        rarest = min(holders.values(), key=len)
        take(max(rarest, key=lambda key: len(shows[key] & missing) / len(closed[key])))
    for key in order:
        if len(chosen | closed[key]) <= excerpt.entities:
            chosen.update(closed[key])
    return chosen


def main(lists: Path) -> None:
    """Write all excerpts."""
    for excerpt in OFFICIAL:
        files = excerpt.whole_files(lists)
        document = take_apart(files, excerpt.format)
        assert put_together(document, set(entries_of(document))) == files
        whole = _read(excerpt, files)
        made = put_together(document, choose(excerpt, document, whole))
        found = _read(excerpt, made)
        assert stated(found) == stated(whole)
        assert (len(found), found.audit.issues) == (excerpt.entities, ())
        excerpt.path.write_bytes(pack(made))
        for name, data in made.items():
            digest = hashlib.sha256(data).hexdigest()
            print(f"| `{excerpt.name}` | `{name}` | {len(found)} | `{digest}` |")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
