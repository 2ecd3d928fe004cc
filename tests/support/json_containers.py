"""JSON and bundles of answers, for the contract: their entries as nodes, changed and written again."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nodes import Entry, Node
from zips import zipped as zipped_files


class Json:
    """A JSON file of entries, or the files of one edition.

    Args:
        files: The files.
        entries: The member that holds the entries, or the members that lead to it, joined by "/"; ""
            where the document is the array.
        count: The member with their number.
    """

    def __init__(self, files: Sequence[bytes], entries: str, count: str = "") -> None:
        self.path = entries.split("/") if entries else []
        self.count = count
        self.shells = [json.loads(data) for data in files]
        self.entries = [
            Entry(top=Node("", "", _json_nodes(one)), section=at)
            for at, document in enumerate(self.shells)
            for one in _below(document, self.path)
        ]
        self.shells = [_with_entries(one, self.path, []) for one in self.shells]

    def write(self, entries: Sequence[Entry]) -> list[bytes]:
        files: list[bytes] = []
        for at, shell in enumerate(self.shells):
            mine = [_json_object(one.top) for one in entries if one.section == at]
            if not mine and len(self.shells) > 1:
                continue  # an empty one could be any of them
            made = _with_entries(shell, self.path, mine)
            if self.count:
                made[self.count] = len(mine)
            files.append(json.dumps(made, ensure_ascii=False, indent=1).encode())
        return files

    def header(self) -> object:
        return self.shells

    @staticmethod
    def ways(data: bytes) -> Iterator[tuple[str, bytes]]:
        """Other ways to write the same."""
        value = json.loads(data)
        yield "in one line", json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        yield "indented", json.dumps(value, ensure_ascii=False, indent="\t").encode()
        yield "with CR LF", json.dumps(value, indent=3).replace("\n", "\r\n").encode()
        yield "with references", json.dumps(value, ensure_ascii=True).encode()

    def doubled(self, data: bytes) -> Iterator[tuple[str, bytes]]:
        """Files that have something twice that belongs there once."""
        document = json.loads(data)
        text = json.dumps(document)
        for depth, name in enumerate(self.path):
            around = _below(document, self.path[:depth])
            outer = json.dumps(around)
            again = f'{outer[:-1]}, "{name}": {json.dumps(around[name])}}}'
            yield f"{name} again", text.replace(outer, again).encode()
        whole = json.dumps(_below(document, self.path))
        member = re.search(r'(?<=[{])"\w+": ("[^"]*"|\d+), ', whole)
        assert member is not None
        again = whole[: member.end()] + whole[member.start() :]
        yield "a member of an entry again", text.replace(whole, again).encode()
        yield "array of two documents", f"[{text}, {text}]".encode()
        yield "document twice", data + data


def _below(value: Any, path: Sequence[str]) -> Any:
    """What members of a document lead to."""
    for name in path:
        value = value[name]
    return value


def _with_entries(shell: Any, path: Sequence[str], entries: list[dict[str, object]]) -> Any:
    """A document with other entries."""
    if not path:
        return entries
    return {**shell, path[0]: _with_entries(shell[path[0]], path[1:], entries)}


def _json_nodes(value: Mapping[str, object]) -> list[Node]:
    made: list[Node] = []
    for name, one in value.items():
        if isinstance(one, list):
            made += [_json_node(name, each, "[]") for each in one] or [Node(name, "", [], "[]")]
        else:
            made.append(_json_node(name, one, ""))
    return made


def _json_node(name: str, value: object, array: str) -> Node:
    if isinstance(value, dict):
        return Node(name, "", _json_nodes(value), f"{array}object")
    assert not isinstance(value, list), f"{name}: an array in an array"
    if value is None:
        return Node(name, "", [], f"{array}null")
    text = json.dumps(value) if isinstance(value, bool) else str(value)
    return Node(name, text, [], f"{array}{type(value).__name__}")


def _json_object(node: Node) -> dict[str, object]:
    made: dict[str, object] = {}
    for child in node.children:
        value = _json_value(child)
        if child.form.startswith("[]"):
            array = made.setdefault(child.name, [])
            assert isinstance(array, list)
            if child.form != "[]":
                array.append(value)
        else:
            made[child.name] = value
    return made


def _json_value(node: Node) -> object:
    form = node.form.removeprefix("[]")
    if form == "object":
        return _json_object(node)
    if form == "bool":
        return node.text == "true"
    if form == "int" and node.text.isdigit() and len(node.text) < 4_300:  # Python's limit
        return int(node.text)
    return None if form == "null" else node.text


class Bundle(Json):
    """A zip of JSON answers: files of parties, and for each party a file about it.

    A party stands here with the answer about it, under the name of its folder; so does an answer about
    nobody, alone.

    Args:
        files: The zip.
        members: The names of the files of parties.
        folder: That of the answers about them.
        key: What names them.
    """

    def __init__(
        self, files: Sequence[bytes], members: Sequence[str], folder: str, key: str
    ) -> None:
        (data,) = files
        self.path, self.count = [], ""
        self.members, self.folder, self.key = members, folder, key
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = {name: json.loads(archive.read(name)) for name in archive.namelist()}
        self.shells = [[] for name in members if name in found]
        self.entries = []
        left = dict(found)
        for section, member in enumerate(members):
            for party in left.pop(member, ()):
                about = f"{folder}/{str(party.get(key) or '').strip()}.json"
                left.pop(about, None)
                whole = {**party, folder: found[about]} if found.get(about) else party
                self.entries.append(Entry(top=Node("", "", _json_nodes(whole)), section=section))
        for answer in left.values():
            top = Node("", "", _json_nodes({folder: answer}))
            self.entries.append(Entry(top=top, section=len(members)))

    def write(self, entries: Sequence[Entry]) -> list[bytes]:
        made: dict[str, list[object]] = {name: [] for name in self.members}
        for at, entry in enumerate(entries):
            party = _json_object(entry.top)
            answer = party.pop(self.folder, [])
            key = str(party.get(self.key) or "").strip()
            name = f"{self.folder}/{key or f'of nobody {at}'}.json"
            answer = answer if isinstance(answer, list) else [answer]
            if made.setdefault(name, answer) != answer:  # two parties of one key
                made[name] = [*made[name], *answer]
            if entry.section < len(self.members):
                made[self.members[entry.section]].append(party)
        return [bundle(made)]

    @staticmethod
    def ways(data: bytes) -> Iterator[tuple[str, bytes]]:
        """Other ways to write the same."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = {name: archive.read(name) for name in archive.namelist()}
        for way in [what for what, _ in Json.ways(b"[]")]:
            other = {name: dict(Json.ways(one))[way] for name, one in found.items()}
            yield way, zipped_files(other)
        yield "stored", zipped_files(found, zipfile.ZIP_STORED)
        yield "in a folder", zipped_files({f"a/b/{name}": one for name, one in found.items()})
        turned = dict(reversed(found.items()))
        yield (
            "in another order",
            zipped_files(turned | {"__MACOSX/x": b"", "actions/.DS_Store": b""}),
        )

    def doubled(self, data: bytes) -> Iterator[tuple[str, bytes]]:
        """Files that have something twice that belongs there once."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = {name: archive.read(name) for name in archive.namelist()}
        for name, one in found.items():
            for what, other in Json([one], "").doubled(one):
                yield f"{name}: {what}", zipped_files({**found, name: other})
            yield f"{name} in two folders", zipped_files({**found, f"old/{name}": one})
        yield "file twice", data + data


def bundle(answers: Mapping[str, object]) -> bytes:
    """The zip of these answers."""
    texts = {name: json.dumps(one, ensure_ascii=False) for name, one in answers.items()}
    return zipped_files({name: text.encode() for name, text in texts.items()})
