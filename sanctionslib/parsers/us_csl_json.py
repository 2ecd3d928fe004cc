"""trade.gov's Consolidated Screening List as JSON: `{"results": [{…}, …]}` → entities.

No whole file was at hand: names and nesting of the fields are those of the International Trade
Administration's documentation and of programs that read its answers. They are those of the CSV but
for `id` in place of `_id`, and `country` beside `addresses`; addresses and ids are objects whose
parts have names, so that nothing has to be told apart (see `us_csl`).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import cast

from sanctionslib.answers import IssueKind
from sanctionslib.errors import ParseError, StructureChangedError, TruncatedError, Where
from sanctionslib.model import Origin, Record
from sanctionslib.parsers._format import CodeFormat, Head, Options, Parsed
from sanctionslib.parsers._json import JsonEntries, JsonFaultError, JsonText
from sanctionslib.parsers._numbers import whole_number
from sanctionslib.parsers._source import Source
from sanctionslib.parsers.us_csl import CslFile
from sanctionslib.parsers.us_csl_entries import CslRow
from sanctionslib.parsers.us_csl_tables import COLUMNS, PARTS, PLURAL

__all__ = ["FORMAT"]

_RESULTS = "results"
_LONGEST = 1_000
"""Characters that the keys around a value may have together: each value below repeats them."""
_SINGLE = frozenset(COLUMNS) - set(PLURAL) - set(PARTS) | {"id", "country"}
_BESIDE = frozenset({"total", "offset", "sources", "sources_used", "search_performed_at"})
"""What stands beside the results in answers of the search service."""

_JSON = re.compile(rb'\s*(?:\{\s*"|\[\s*\{\s*")')


def _recognise(head: Head) -> bool:
    data = head.data.removeprefix(b"\xef\xbb\xbf")
    return (
        _JSON.match(data) is not None
        and b'"source_list_url"' in data
        and b'"federal_register_notice"' in data
    )


def _parse(source: Source, options: Options) -> Parsed:
    file = CslFile(source, options, FORMAT.name)
    shared: dict[str, str] = {}
    with source.open(options.progress) as stream:
        text = JsonText(stream, _DECODER, "utf-8-sig")
        results = JsonEntries(text, _RESULTS)
        with _faults(text, source, file):
            for at, result in enumerate(results):
                _element(result, f"{_RESULTS}[{at}]", file, shared)
            beside = _object(results.beside)
    if not results.found:
        raise StructureChangedError(
            'there is no list "results"',
            where=file.audit.where(),
            hint="the format has changed, or this is another file: look at its beginning",
        )
    _check_page(beside, file)
    return file.finish()


def _element(result: object, path: str, file: CslFile, shared: dict[str, str]) -> None:
    """One element of the results; what is no object is rejected."""
    if (entry := _fields(result)) is not None:
        _result(entry, path, file, shared)
        return
    file.audit.read += 1
    file.audit.issue(
        IssueKind.REJECTED,
        "the entry is no object",
        path=path,
        record=_record(_leaves("", result)),
    )


def _fields(value: object) -> dict[str, object] | None:
    """The value, if it is an object."""
    return cast("dict[str, object]", value) if isinstance(value, dict) else None


def _items(value: object) -> list[object] | None:
    """The value, if it is a list."""
    return cast("list[object]", value) if isinstance(value, list) else None


def _check_page(fields: dict[str, object], file: CslFile) -> None:
    """Tell a page of the search service from the list, and what stands beside the results."""
    total = fields.get("total")
    if isinstance(total, str) and total.isdecimal():
        file.audit.declared = whole_number(total)
        if file.audit.declared != file.audit.read:
            file.missing.append(
                f"the {total[:40]} results that it declares: it has {file.audit.read:,}"
            )
    for name, value in fields.items():
        if name != _RESULTS and name not in _BESIDE:
            file.audit.issue(
                IssueKind.STRUCTURE,
                f"{name} stands beside the results, where the format has no such thing",
                path=name,
                record=_record(_leaves(name, value)),
            )


@contextmanager
def _faults(text: JsonText, source: Source, file: CslFile) -> Generator[None]:
    """Turn what is wrong with the document into errors of ours."""
    where = file.audit.where
    try:
        yield
    except UnicodeDecodeError as error:
        raise ParseError(
            f"the byte 0x{error.object[error.start]:02X} is no text in UTF-8",
            where=where(line=text.undecoded_line),
            hint="the file is damaged, or in another encoding than its format has: fetch it again",
        ) from None
    except _TwiceError as error:
        raise StructureChangedError(
            f"the key {error} stands twice in one object",
            where=where(),
            hint="the file is damaged: fetch it again",
        ) from None
    except JsonFaultError as fault:
        if fault.kind == "long":
            raise StructureChangedError(
                f"the document goes beyond what a list can look like: {fault.what}",
                where=where(line=fault.line),
                hint="do not trust this file: fetch it again from the publisher",
            ) from None
        if fault.kind == "cut" or not source.tail.rstrip().endswith((b"}", b"]")):
            raise TruncatedError(
                "the document does not end",
                where=where(line=fault.line),
                hint="the download was cut: fetch the file again",
            ) from None
        raise ParseError(
            f"the document is not well-formed JSON: {fault.what}",
            where=where(line=fault.line),
            hint="the file is damaged: fetch it again",
        ) from None
    except RecursionError:
        raise StructureChangedError(
            "the document goes beyond what a list can look like: it is nested too deep",
            where=where(),
            hint="do not trust this file: fetch it again from the publisher",
        ) from None


class _TwiceError(Exception):
    """A key that stands twice in one object, of which one value would be lost."""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise _TwiceError(next(name for name in counts if counts[name] > 1))
    return made


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=str, parse_float=str)
"""Numbers are the text that they are printed in."""


def _leaves(path: str, value: object) -> Iterator[tuple[str, str]]:
    """All values that are not blank, with their paths; the elements of a list have its path."""
    if (fields := _fields(value)) is not None:
        if len(path) > _LONGEST:
            raise StructureChangedError(
                f"the path of an object has {len(path):,} characters, and {_LONGEST:,} are the most",
                where=Where(path=f"{path[:80]}…"),
                hint="do not trust this file: fetch it again from the publisher",
            )
        for name, one in fields.items():
            yield from _leaves(f"{path}/{name}" if path else name, one)
    elif (items := _items(value)) is not None:
        for one in items:
            yield from _leaves(path, one)
    elif value is not None:
        text = _text(value)
        if text.strip():
            yield path, text


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _record(leaves: Iterator[tuple[str, str]]) -> Record | None:
    pairs = list(leaves)
    return Record(tuple(path for path, _ in pairs), tuple(v for _, v in pairs)) if pairs else None


def _result(result: dict[str, object], path: str, file: CslFile, shared: dict[str, str]) -> None:
    """One entry: a party on one list."""
    texts: dict[str, str] = {}
    plural: dict[str, list[str]] = {}
    parts: dict[str, list[dict[str, str]]] = {name: [] for name in PARTS}
    odd: list[tuple[str, str]] = []
    for name, value in result.items():
        if name in PARTS:
            parts[name] = list(_objects(name, value, odd))
        elif name in PLURAL:
            found = list(_leaves(name, value))
            plural[name] = [one.strip() for at, one in found if at == name]
            odd.extend(pair for pair in found if pair[0] != name)
        elif name in _SINGLE and _fields(value) is None and _items(value) is None:
            if value is not None and (text := _text(value).strip()):
                texts[name] = shared.setdefault(text, text)
        else:
            odd.extend(_leaves(name, value))
    leaves = tuple(_leaves("", result))
    # An entry without a name becomes no entity: then its record is all that is left of it.
    is_kept = "name" in texts
    record = _record(iter(leaves)) if file.options.records or not is_kept else None
    if record is not None and is_kept:
        _count(result, file)
    row = CslRow(
        texts=texts,
        plural=plural,
        addresses=parts["addresses"],
        ids=parts["ids"],
        odd=odd,
        origin=Origin(member=file.edition.members[0], path=path),
        record=record,
    )
    file.names.add(_text(result.get("name") or ""))
    file.row(row, leaves)


def _objects(name: str, value: object, odd: list[tuple[str, str]]) -> Iterator[dict[str, str]]:
    """The addresses or ids of an entry; what is no such object is odd."""
    items = _items(value)
    for one in [value] if items is None else items:
        if (fields := _fields(one)) is None:
            odd.extend(_leaves(name, one))
            continue
        made: dict[str, str] = {}
        for part, text in fields.items():
            if part not in PARTS[name] or _fields(text) is not None or _items(text) is not None:
                odd.extend(_leaves(f"{name}/{part}", text))
            elif text is not None and (stripped := _text(text).strip()):
                made[part] = stripped
        if made:
            yield made


def _count(result: dict[str, object], file: CslFile) -> None:
    """Count the values by path, those of ids by their type too."""
    for name, value in result.items():
        for one in (_items(value) or [value]) if name == "ids" else [value]:
            fields = _fields(one) if name == "ids" else None
            label = _text(fields.get("type") or "").strip() if fields is not None else ""
            for path, _ in _leaves(name, one):
                file.audit.count(path, label)


FORMAT = CodeFormat(
    name="us-csl-json",
    title="Consolidated Screening List, JSON",
    files=("consolidated.json",),
    recognises=_recognise,
    parses=lambda sources, options: _parse(sources[0], options),
)
