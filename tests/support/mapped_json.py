"""JSON files taken apart, each value with its path, its label and its owners."""

from __future__ import annotations

import copy
import json
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence, Set

from mapped import Change, IsMapped, Value

import sanctionslib as sl

__all__ = ["JsonDocument", "csl_json_document", "own_json_document"]

Object = dict[str, object]


class JsonDocument:
    """A JSON file of entries.

    Args:
        entries: The objects, each with its owners, what it is like, and what its paths begin with.
        render: Makes the file of them.
        label: The label of what stands below a path in an object.
    """

    def __init__(
        self,
        entries: Sequence[tuple[Object, frozenset[str], Hashable]],
        *,
        render: Callable[[list[Object]], bytes],
        label: Callable[[str, Object], str | None] = lambda _path, _object: None,
    ) -> None:
        self.entries = entries
        self.render = render
        self.label = label

    def owners(self) -> frozenset[str]:
        return frozenset().union(*(owners for _, owners, _ in self.entries))

    def thin(self, limit: int) -> None:
        """Files in JSON are small."""

    def data(self, only: Set[str]) -> bytes:
        return self.render([one for one, owners, _ in self.entries if not owners.isdisjoint(only)])

    def values(self) -> Iterator[Value]:
        for entry, owners, about in self.entries:
            yield from self._values(entry, "", "", owners, about, None)

    def _values(
        self,
        value: object,
        path: str,
        label: str,
        owners: frozenset[str],
        about: Hashable,
        put: Callable[[object], None] | None,
    ) -> Iterator[Value]:
        if isinstance(value, dict):
            label = self.label(path, value) or label
            for name, one in value.items():
                below = f"{path}/{name}" if path else name
                around = (about, frozenset(value))
                set_it = _setter(value, name)
                yield from self._values(one, below, label, owners, around, set_it)
        elif isinstance(value, list):
            for at, one in enumerate(value):
                yield from self._values(one, path, label, owners, about, _setter(value, at))
        elif value is not None and str(value).strip():
            assert put is not None
            text = json.dumps(value) if isinstance(value, bool) else str(value)
            yield Value(
                path=path,
                label=label,
                text=text,
                owners=owners,
                surroundings=about,
                put=_typed(put, type(value)),
            )

    def gaps(self, is_mapped: IsMapped) -> Iterator[tuple[Hashable, Change]]:
        samples: dict[str, dict[str, object]] = defaultdict(dict)
        objects: list[tuple[str, Object, frozenset[str], Hashable]] = []
        for entry, owners, about in self.entries:
            for path, one in _objects("", entry):
                objects.append((path, one, owners, about))
                for name, value in one.items():
                    if not _is_blank(value):
                        samples[path].setdefault(name, copy.deepcopy(value))
        for path, one, owners, about in objects:
            label = self.label(path, one) or ""
            for name, sample in samples[path].items():
                below = f"{path}/{name}" if path else name
                if not _is_blank(one.get(name)) or not is_mapped(below, label):
                    continue
                yield (
                    (below, label, about),
                    Change(
                        what=f"{below} [{label}] without value, filled with {sample!r}",
                        owners=owners,
                        make=_filled(one, name, sample),
                        undo=_emptied(one, name),
                    ),
                )


def _is_blank(value: object) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _objects(path: str, value: object) -> Iterator[tuple[str, Object]]:
    if isinstance(value, dict):
        yield path, value
        for name, one in value.items():
            yield from _objects(f"{path}/{name}" if path else name, one)
    elif isinstance(value, list):
        for one in value:
            yield from _objects(path, one)


def _setter(around: object, key: object) -> Callable[[object], None]:
    return lambda new: around.__setitem__(key, new)  # type: ignore[attr-defined]


def _typed(put: Callable[[object], None], kind: type[object]) -> Callable[[str], None]:
    if kind is bool:
        return lambda text: put(text == "true")
    return lambda text: put(int(text) if kind is int and text.isdigit() else text)


def _filled(one: Object, name: str, sample: object) -> Callable[[], None]:
    return lambda: one.__setitem__(name, copy.deepcopy(sample))


def _emptied(one: Object, name: str) -> Callable[[], None]:
    if name in one:
        before = one[name]
        return lambda: one.__setitem__(name, before)
    return lambda: one.__delitem__(name)


_RESULT = re.compile(r"results\[(\d+)\]")


def csl_json_document(data: bytes, found: sl.SanctionsList[sl.Entity]) -> JsonDocument:
    """The Consolidated Screening List as JSON; `found` is what was read of it."""
    results = json.loads(data)["results"]
    owners = {
        int(match[1]): frozenset({one.id})
        for one in found
        for origin in one.origins
        if (match := _RESULT.fullmatch(origin.path))
    }
    return JsonDocument(
        [
            (one, owners[at], (one.get("type"), "Treasury" in one["source"]))
            for at, one in enumerate(results)
        ],
        render=lambda kept: json.dumps({"results": kept}).encode(),
        label=lambda path, one: str(one.get("type") or "") if path == "ids" else None,
    )


def own_json_document(data: bytes) -> JsonDocument:
    """A file that this library wrote."""
    envelope = json.loads(data)
    entities = envelope.pop("entities")

    def render(kept: list[Object]) -> bytes:
        return json.dumps({**envelope, "count": len(kept), "entities": kept}).encode()

    return JsonDocument(
        [(one, frozenset({one["id"]}), one["kind"]) for one in entities], render=render
    )
