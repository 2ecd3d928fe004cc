"""Whether each mapped value of a file is held: it is changed, and an entity must change.

A path can hold its value in some surroundings and lose it in others (a text beside a date, a date
beside a word). So three things are done, in all surroundings that a file has: each value is
changed; what it stands in is repeated with another value; and where it is missing, it is put there.
Changes of different entities are made together, so that a file is read a few dozen times and not
once for each of its values.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

import attrs
from cases import Case
from nodes import Entry, Leaf, Node, Shape, below_of, changed, filled, leaves, pairs, repeated, walk

import sanctionslib as sl

Found = sl.SanctionsList[sl.Entity]


@attrs.frozen(kw_only=True)
class Change:
    """A change of one entry that some entity has to show."""

    what: str
    entry: int
    make: Callable[[], Sequence[Node]]
    """Gives the bytes that replace the entry."""
    adds: bool = False
    """Whether it only adds: then no earlier value may be missing."""
    besides: frozenset[str] = frozenset()
    """Fields that are not looked at."""
    old: str = ""
    """The text that it replaces, in small letters."""
    puts: frozenset[tuple[str, str]] = frozenset()
    """Paths and labels of what it puts where nothing was."""


class Opened:
    """Files split into nodes, with the entities that the library reads from them.

    Args:
        case: The case of their format.
        files: The files of one edition; they may be a part of one.
        found: What was read of them with their source, where it is known already.
    """

    def __init__(self, case: Case, files: Sequence[bytes], found: Found | None = None) -> None:
        self.case = case
        self.files = tuple(files)
        self.container = case.open(files)
        self.entries = self.container.entries
        self.labels = case.labels_of(self.container)
        self.found = case.read(files, partial=True, keep_source=True) if found is None else found
        self.shape = Shape.of(self.entries, case.nothing)
        self.shape.several |= case.several
        self.owners = [frozenset(one) for one in _owners(case, self.entries, self.found)]
        self.kinds = {one.id: one.kind for one in self.found}
        self.coverage = {(one.path, one.label): one.coverage for one in self.found.audit.paths}
        """What the audit states about each path with its label."""

    def values(self) -> Iterator[tuple[int, Leaf]]:
        """Each value, with the position of its entry."""
        for at, entry in enumerate(self.entries):
            for leaf in leaves(entry, self.labels, self.case.spans):
                yield at, leaf

    def is_mapped(self, path: str, label: str, *, whole: bool = True) -> bool:
        """Whether a field must have the text of a path."""
        if not self.coverage:  # a format that keeps no source
            return not path.startswith(self.case.not_stated)
        if whole and (known := self.coverage.get((path, label))) is not None:
            return known is not sl.answers.Coverage.STRUCTURAL
        # With labels that are not there, and for parts of cells: what others at the path are.
        return any(
            known is not sl.answers.Coverage.STRUCTURAL
            for (at, _), known in self.coverage.items()
            if at == path
        )

    def thin(self, limit: int) -> list[bytes]:
        """The file with those entities that have something that fewer than `limit` before them have."""
        keys: dict[str, set[Hashable]] = defaultdict(set)
        for at, entry in enumerate(self.entries):
            if len(self.owners[at]) != 1:
                continue
            (owner,) = self.owners[at]
            for _, node, path, label, _ in walk(entry, self.labels):
                if node.children:
                    keys[owner].add((path, label, node.slots))
                elif (spans := self.case.spans(path, node.text)) is not None:
                    keys[owner] |= {(path, sort) for _, _, sort in spans}
                elif node.text.strip():
                    keys[owner].add((path, label, self.kinds[owner]))
        met: Counter[Hashable] = Counter()
        kept: set[str] = set()
        for owner, its_keys in keys.items():
            if any(met[key] < limit for key in its_keys):
                kept.add(owner)
                met.update(its_keys)
        return self.write({}, kept)

    def write(
        self, changed: Mapping[int, Sequence[Node]], owners: Iterable[str] | None = None
    ) -> list[bytes]:
        """The files with some entries changed, and with those of some owners alone."""
        kept = None if owners is None or self.case.is_whole else set(owners)
        made: list[Entry] = []
        for at, entry in enumerate(self.entries):
            if kept is None or not kept.isdisjoint(self.owners[at]):
                tops = changed.get(at, (entry.top,))
                made += [attrs.evolve(entry, top=top) for top in tops]
        return self.container.write(made)

    # ── the changes ───────────────────────────────────────────────────────────────────────────

    def changes(self, limit: int | None) -> list[Change]:
        """All changes, or of those that are alike `limit`."""
        values = [one for one in self.values() if self._is_meant(one[1])]
        chosen = values if limit is None else self._some(values, limit)
        texts = self._other_texts(values)
        made = [self._changed(at, leaf, texts[id(leaf)]) for at, leaf in chosen]
        for at, leaf in chosen:
            made += self._repeated(at, leaf, texts[id(leaf)])
        return made + list(self._filled())

    def replacements(self, text: str) -> list[Change]:
        """Another text, the same for all, in one value of each path and label."""
        chosen: dict[tuple[str, str, str], tuple[int, Leaf]] = {}
        for at, leaf in self.values():
            if self._is_meant(leaf) and leaf.span is None:
                chosen.setdefault((leaf.path, leaf.label, *self._about(at)), (at, leaf))
        return [self._changed(at, leaf, text) for at, leaf in chosen.values()]

    def _is_meant(self, leaf: Leaf) -> bool:
        return self.is_mapped(leaf.path, leaf.label, whole=leaf.span is None)

    def _some(self, values: Sequence[tuple[int, Leaf]], limit: int) -> list[tuple[int, Leaf]]:
        """Of the values of one path and label in the same surroundings `limit`.

        They are taken from as many entities as can be, for those of one cannot change together.
        """
        groups: dict[Hashable, list[tuple[int, Leaf]]] = defaultdict(list)
        for at, leaf in values:
            about = self._about(at)
            # Of a row, all text in it is beside each of its cells, and is nothing to them.
            beside = frozenset() if self.case.keys is not None else leaf.beside
            sort = leaf.span and leaf.span[2]
            groups[leaf.path, leaf.label, sort, beside, about].append((at, leaf))
        used: Counter[str] = Counter()
        found: list[tuple[int, Leaf]] = []
        for group in sorted(groups.values(), key=len):
            for _ in range(min(limit, len(group))):
                best = min(group, key=lambda one: max(used[each] for each in self.owners[one[0]]))
                group.remove(best)
                found.append(best)
                used.update(self.owners[best[0]])
        return found

    def _about(self, at: int) -> frozenset[str]:
        return frozenset(self.kinds.get(owner, "") for owner in self.owners[at])

    def _other_texts(self, values: Sequence[tuple[int, Leaf]]) -> dict[int, str]:
        """Another text for each value; of codes another that is in use, so that it means something."""
        texts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        beside: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for at, leaf in values:
            texts[leaf.path, leaf.label][leaf.text] += 1
            for owner in self.owners[at]:
                beside[owner].add((leaf.path, leaf.text))
        found: dict[int, str] = {}
        for at, leaf in values:
            codes = self.case.codes(self.container, leaf.path)
            here = texts[leaf.path, leaf.label]
            if codes is None and 1 < len(here) <= 40 and len(here) * 3 <= sum(here.values()):
                codes = tuple(here)
            # A value that the entity already has would be repeated.
            free = [
                text
                for text in codes or ()
                if all((leaf.path, text) not in beside[owner] for owner in self.owners[at])
            ]
            found[id(leaf)] = _other(leaf.text, free if leaf.span is None else ())
        return found

    def _changed(self, at: int, leaf: Leaf, text: str) -> Change:
        top = self.entries[at].top

        return Change(
            what=f"{leaf.path} [{leaf.label}] {leaf.text!r} → {text!r} ({self._names(at)})",
            entry=at,
            old=plain(leaf.text),
            make=lambda: [changed(top, leaf, text, self._follow)],
            besides=self.case.besides.get(leaf.path, frozenset()),
        )

    def _repeated(self, at: int, leaf: Leaf, text: str) -> Iterator[Change]:
        """Its parent once more: the nearest node that can be repeated, or the row."""
        entry = self.entries[at]
        paths = {one: path for one, _, path, _, _ in walk(entry, {})}
        held = next(
            (one for one in (leaf.at, *reversed(leaf.around)) if paths[one] in self.shape.several),
            None,
        )
        keys = self.case.keys
        if held is None and (not keys or leaf.path in keys):
            return

        def make() -> Sequence[Node]:
            if held is None:
                return [entry.top, changed(entry.top, leaf, text, self._follow)]
            return [repeated(entry.top, leaf, held, text, self._follow)]

        yield Change(
            what=f"{leaf.path} [{leaf.label}] {leaf.text!r}, and once more with {text!r} "
            f"({self._names(at)})",
            entry=at,
            make=make,
            adds=True,
            besides=self.case.besides.get(leaf.path, frozenset()),
        )

    def _filled(self) -> Iterator[Change]:
        """Places without a mapped value that others have, one of each sort."""
        done: set[Hashable] = set()
        for at, entry in enumerate(self.entries):
            for position, node, path, label, around in walk(entry, self.labels):
                if around and not node.has_text:
                    continue  # it is itself missing in its parent
                there = node.slots
                for slot, sample in self.shape.samples[path].items():
                    about = (path, slot, label, self._about(at))
                    if slot in there or about in done or self._is_barred(node, slot, path, label):
                        continue
                    if entry.columns is not None and slot not in entry.columns:
                        continue
                    done.add(about)
                    order = self.shape.order[path]
                    yield Change(
                        what=f"{path} [{label}] without {slot or 'text'}, filled "
                        f"({self._names(at)})",
                        puts=frozenset((one, label) for one in self._paths(path, slot)),
                        entry=at,
                        make=lambda top=entry.top, position=position, slot=slot, sample=sample, order=order: [
                            filled(top, position, slot, sample, order)
                        ],
                        adds=True,
                    )

    def _is_barred(self, node: Node, slot: str, path: str, label: str) -> bool:
        rivals = self.case.rivals
        if slot in (self.case.keys or ()):  # a row without it goes on with the party above
            return True
        if slot in rivals and not rivals.isdisjoint(node.slots):
            return True
        if slot == "" and any(not one.name.startswith("@") for one in node.children):
            return True
        return not any(self.is_mapped(one, label) for one in self._paths(path, slot))

    def _paths(self, path: str, slot: str) -> Iterator[str]:
        """The paths of the values that a slot has in its sample."""
        if slot == "":
            yield path
            return
        sample = self.shape.samples[path][slot]
        node = next(one for one in sample.children if one.name == slot and one.has_text)
        yield from (one for one, _ in pairs(Entry(top=node, base=below_of(path, slot))))

    def _follow(self, node: Node) -> None:
        self.case.follow(self.container, node)

    def _names(self, at: int) -> str:
        return ", ".join(sorted(self.owners[at]))


def _owners(case: Case, entries: Sequence[Entry], found: Found) -> Iterator[Iterable[str]]:
    """For each entry the entities whose source has all of it: one, or several equal ones."""
    sources = {one.id: Counter(one.source or ()) for one in found}
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for owner, source in sources.items():
        for pair in source:
            holders[pair].append(owner)
    by_key = {key: one.id for one in found for key in (one.id, one.source_id)}
    for entry in entries:
        if entry.owners is not None or case.key:
            keys = (entry.top.text_of(case.key),) if case.key else entry.owners or ()
            yield [by_key[key] for key in keys if key in by_key]
            continue
        own = pairs(entry)
        rarest = min((holders.get(pair, []) for pair in own), key=len, default=[])
        yield [owner for owner in rarest if own <= sources[owner]]


# ── another value of the same shape ───────────────────────────────────────────────────────────

_YEAR = re.compile(r"(?<!\d)(1[89]|20)(\d\d)(?!\d)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4}|(?:\d\d? )?[A-Z][a-z]{2} \d{4}|\d{4}")
_FLAGS = {"true": "false", "false": "true", "Y": "N", "N": "Y"}


def _other(text: str, codes: Iterable[str]) -> str:
    """Another text of the same shape: a date for a date, a number for a number."""
    if text in _FLAGS:
        return _FLAGS[text]
    for one in codes:
        if one != text:
            return one
    if _DATE.search(text) and (found := list(_YEAR.finditer(text))):
        at = found[-1]  # of a range the end, so that it stays one
        later = int(at[2]) + 4
        return f"{text[: at.start(2)]}{later if later < 100 else 91:02d}{text[at.end(2) :]}"
    for at in range(len(text) - 1, -1, -1):
        sign = text[at]
        if sign.isdigit() and sign.isascii():
            return f"{text[:at]}{'8' if sign == '9' else chr(ord(sign) + 1)}{text[at + 1 :]}"
        if sign.isalpha() and sign.isascii():
            return f"{text[:at]}{chr(ord(sign) + (-1 if sign in 'zZ' else 1))}{text[at + 1 :]}"
        if sign.isalpha():
            return f"{text[:at]}{chr(ord(sign) + 1)}{text[at + 1 :]}"
    return text + "x"


# ── reading, and comparing ────────────────────────────────────────────────────────────────────


def plain(text: str) -> str:
    """A text as it is compared by letter: line breaks and several blanks are one blank."""
    return " ".join(text.split()).casefold()


_NOT_COMPARED = ("source", "origins", "editions", "edition", "schema", "library")


def _stated(case: Case, entity: sl.Entity, besides: frozenset[str]) -> dict[str, object]:
    """All texts of an entity."""
    made = sl.to_dict(case.own(entity))
    return {name: one for name, one in made.items() if name not in {*_NOT_COMPARED, *besides}}


_READ = frozenset(
    {"kind", "label", "raw_kind", "code", "script", "earliest", "latest", "precision"}
)
"""Fields that state how a value was read, or its kind. They can change with other values."""


def _texts(value: object) -> Iterator[str]:
    """The texts of a dumped entity; texts joined by "; ", ", " or lines are separate."""
    if isinstance(value, dict):
        for name, one in value.items():
            # The text of a name is made of its parts.
            if name not in _READ and not (name == "text" and value.get("parts")):
                yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    else:
        yield from re.split("[;,] |\n", str(value).casefold())


def _gone(before: object, now: object) -> list[str]:
    """Values that are no longer in any field or within another text; codes do not count."""
    held = "; ".join(_texts(now))
    return sorted({one for one in _texts(before) if len(one) > 2 and one not in held})


def lost(opened: Opened, limit: int | None = None, at_least: int = 1) -> list[str]:
    """The changes that nothing shows: no entity, and no issue of the audit.

    Args:
        opened: The file.
        limit: How many of the values that are alike are changed; None for all.
        at_least: How many changes there must be, so that none are left out unnoticed.
    """
    changes = opened.changes(limit)
    assert len(changes) >= at_least, len(changes)
    unchanged: dict[frozenset[str], Found] = {}
    found: list[str] = []
    for batch, owners in _batches(opened, changes):
        if owners not in unchanged:
            unchanged[owners] = opened.case.read(opened.write({}, owners), partial=True)
        for some, after in _readings(opened, batch, owners):
            found += _lost(opened, some, unchanged[owners], after, owners)
    return found


def unspecified(opened: Opened, text: str) -> list[str]:
    """The places where an unexpected text is neither kept verbatim nor reported.

    The values of the same group have to be kept as well, such as the value of an unknown label.
    """
    verbatim: dict[str, set[str]] = defaultdict(set)
    for at, leaf in opened.values():
        if opened.is_mapped(leaf.path, leaf.label) and not opened.case.is_coded(leaf.path):
            for owner in opened.owners[at]:
                verbatim[owner].add(plain(leaf.text))
    found: list[str] = []
    for batch, owners in _batches(opened, opened.replacements(text)):
        for some, after in _readings(opened, batch, owners):
            found += _unspecified(opened, some, after, text, verbatim)
    return found


def _batches(
    opened: Opened, changes: Sequence[Change]
) -> Iterator[tuple[list[Change], frozenset[str]]]:
    """Changes of different entities that can be made together, with these entities."""
    waiting = list(changes)
    while waiting:
        batch: list[Change] = []
        later: list[Change] = []
        busy: set[str] = set()
        for one in waiting:
            owners = opened.owners[one.entry]
            (later if owners & busy else batch).append(one)
            busy |= owners
        yield batch, frozenset().union(*(opened.owners[one.entry] for one in batch))
        waiting = later


def _readings(
    opened: Opened, batch: Sequence[Change], owners: frozenset[str]
) -> Iterator[tuple[Sequence[Change], Found]]:
    """What is read where these changes are made: with fewer of them where the file is refused.

    A change that alone makes the file refused is loud enough, and left out.
    """
    made = {one.entry: one.make() for one in batch}
    try:
        after = opened.case.read(opened.write(made, owners), partial=True)
    except sl.SanctionsError:
        if middle := len(batch) // 2:
            yield from _readings(opened, batch[:middle], owners)
            yield from _readings(opened, batch[middle:], owners)
    else:
        yield batch, after


def _unspecified(
    opened: Opened,
    batch: Sequence[Change],
    after: Found,
    text: str,
    verbatim: Mapping[str, set[str]],
) -> list[str]:
    stated = [_stated(opened.case, one, frozenset()) for one in after]
    reported = [(issue.message, *(issue.source or ())) for issue in after.audit.issues]
    held = plain("\n".join((*_plain(stated), *_plain(reported))))
    found: list[str] = []
    for one in batch:
        if plain(text) not in held:
            found.append(one.what)
        for owner in opened.owners[one.entry]:
            gone = [each for each in verbatim[owner] if each not in held and each != one.old]
            if gone:
                found.append(f"{one.what}: then these are gone: {', '.join(gone)}")
    return found


def _plain(value: object) -> Iterator[str]:
    """All texts in a value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for one in value:
            yield from _plain(one)
    else:
        yield str(value)


def _issues(found: Found) -> Counter[tuple[object, ...]]:
    return Counter((one.kind, one.message, one.where.entry) for one in found.audit.issues)


def _lost(
    opened: Opened,
    batch: Sequence[Change],
    before: Found,
    after: Found,
    owners: frozenset[str],
) -> list[str]:
    was, now = ({one.id: one for one in each} for each in (before, after))
    reported = {entry for _, _, entry in _issues(after) - _issues(before)}
    found: list[str] = []
    for one in batch:
        mine = opened.owners[one.entry]
        shows = any(owner.partition(":")[2] in reported for owner in mine)
        for owner in mine:
            if owner not in now or not (now[owner] == was[owner] or one.besides or one.adds):
                shows = True
                continue
            old = _stated(opened.case, was[owner], one.besides)
            new = _stated(opened.case, now[owner], one.besides)
            shows |= new != old
            if one.adds and (gone := _gone(old, new)):
                found.append(f"{one.what}: then these are gone: {', '.join(gone)}")
        if not shows and not _is_structural(opened, one, owners):
            found.append(one.what)
    return found


def _is_structural(opened: Opened, change: Change, owners: frozenset[str]) -> bool:
    """Whether a value added in an empty place has no field there, as the audit then states."""
    if not change.puts:
        return False
    files = opened.write({change.entry: change.make()}, owners)
    found = opened.case.read(files, partial=True, keep_source=True)
    coverage = {one.coverage for one in found.audit.paths if (one.path, one.label) in change.puts}
    return coverage == {sl.answers.Coverage.STRUCTURAL}
