"""OFAC's XML files taken apart by lxml alone, each value with its path, its label and its owners."""

from __future__ import annotations

import copy
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Set

from lxml import etree
from mapped import Change, IsMapped, Value, rare

__all__ = ["XmlDocument", "advanced_document", "classic_document", "enhanced_document"]

Element = etree._Element
Label = Callable[[Element], str | None]


def name_of(element: Element) -> str:
    return etree.QName(element).localname


def name_of_tag(tag: str) -> str:
    return tag.rpartition("}")[2]


class XmlDocument:
    """One XML file.

    Args:
        data: The file.
        entries: Each element that records are made of, what its paths begin with, and its owners.
        label: The label of what stands in an element; None where that of its parent holds.
        options: Path → texts that are valid there.
        back: A reference back (path and value) → the owners of what it leads to: a location that
            many share has it in their records alone.
        rivals: Elements that say the same in two ways: none is put beside another, whose value it
            would contradict.
        follow: Called with an element after its text was changed, to change what must agree with it.
    """

    def __init__(
        self,
        root: Element,
        entries: list[tuple[Element, str, frozenset[str]]],
        *,
        kinds: Mapping[str, str],
        label: Label = lambda _: None,
        options: Callable[[str], tuple[str, ...] | None] = lambda _: None,
        follow: Callable[[Element], None] | None = None,
        back: Mapping[tuple[str, str], frozenset[str]] | None = None,
        rivals: frozenset[str] = frozenset(),
    ) -> None:
        self.entries = entries
        self._sections: dict[int, int | None] = {}
        """For each entry the position of its section below the root; None where it has none."""
        for entry, _, _ in entries:
            above = entry.getparent()
            assert above is not None
            self._sections[id(entry)] = None if above is root else root.index(above)
        for section in {id(one.getparent()): one.getparent() for one, _, _ in entries}.values():
            assert section is not None
            for child in list(section):
                if section is not root or name_of(child) == "sdnEntry":
                    section.remove(child)
        self._shell = root
        self.kinds = kinds
        self.label = label
        self.options = options
        self.follow = follow
        self.back = back or {}
        self.rivals = rivals
        self._around: Element | None = None
        self._beside: frozenset[str] = frozenset()

    def data(self, only: Set[str]) -> bytes:
        root = copy.deepcopy(self._shell)
        for entry, _, owners in self.entries:
            if not owners.isdisjoint(only):
                section = self._sections[id(entry)]
                (root if section is None else root[section]).append(copy.deepcopy(entry))
        count = root.find("{*}publshInformation/{*}Record_Count")
        if count is not None:
            count.text = str(len(root) - 1)
        return etree.tostring(root, encoding="utf-8", xml_declaration=True)

    def owners(self) -> frozenset[str]:
        return frozenset().union(*(owners for _, _, owners in self.entries))

    def thin(self, limit: int) -> None:
        keys: dict[str, set[Hashable]] = defaultdict(set)
        for entry, _, owners in self.entries:
            if len(owners) == 1:
                (owner,) = owners
                label = None
                for element in entry.iter():
                    label = self.label(element) or label
                    if len(element):
                        keys[owner].add((str(element.tag), label, frozenset(_slots(element))))
        kept = rare(keys, limit)
        self.entries = [
            (entry, base, owners & kept)
            for entry, base, owners in self.entries
            if not owners.isdisjoint(kept)
        ]

    def elements(self) -> Iterator[tuple[Element, str, str, frozenset[str]]]:
        """Each element of the entries with its path, its label and its owners."""
        for top, base, owners in self.entries:
            yield from self._below(top, base, "", owners)

    def _below(
        self, element: Element, path: str, label: str, owners: frozenset[str]
    ) -> Iterator[tuple[Element, str, str, frozenset[str]]]:
        own = self.label(element)
        label = label if own is None else own
        yield element, path, label, owners
        for child in element:
            name = name_of(child)
            yield from self._below(child, f"{path}/{name}" if path else name, label, owners)

    def values(self) -> Iterator[Value]:
        several = {
            f"{path}/{tag.rpartition('}')[2]}" if path else tag.rpartition("}")[2]
            for element, path, _, _ in self.elements()
            for tag, count in Counter(str(child.tag) for child in element).items()
            if count > 1
        }
        tops = {id(top) for top, _, _ in self.entries}
        steps: list[Element] = []  # elements around, from the entry on
        for element, path, label, owners in self.elements():
            while steps and steps[-1] is not element.getparent():
                steps.pop()
            if id(element) in tops:
                steps.clear()
            steps.append(element)
            paths = path.split("/") if path else []
            held = None
            for up in range(len(steps) - 1):  # the nearest element that can occur several times
                if "/".join(paths[: len(paths) - up]) in several:
                    held = steps[-1 - up]
                    break
            about = self.surroundings(element, owners)
            for name, text in (*element.attrib.items(), ("", element.text or "")):
                at = f"{path}@{name}" if name else path
                if text.strip() and (known := owners & self.back.get((at, text), owners)):
                    yield Value(
                        path=at,
                        label=label,
                        text=text,
                        owners=known,
                        surroundings=about,
                        put=lambda new, element=element, name=name: self.put(element, name, new),
                        options=self.options(at),
                        repeat=None if held is None else self._repeat(held, element, name),
                    )

    def put(self, element: Element, name: str, text: str) -> None:
        """Set an attribute, or the text where the name is ""."""
        if name:
            element.set(name, text)
            return
        element.text = text
        if self.follow is not None:
            self.follow(element)

    def _repeat(
        self, held: Element, element: Element, name: str
    ) -> Callable[[str], tuple[Callable[[], None], Callable[[], None]]]:
        at = next(at for at, one in enumerate(held.iter()) if one is element)

        def changes(text: str) -> tuple[Callable[[], None], Callable[[], None]]:
            copied: list[Element] = []

            def make() -> None:
                copied.append(copy.deepcopy(held))
                copied[0].tail = None
                self.put(next(itertools.islice(copied[0].iter(), at, None)), name, text)
                held.addnext(copied[0])

            def undo() -> None:
                above = copied[0].getparent()
                assert above is not None
                above.remove(copied.pop())

            return make, undo

        return changes

    def surroundings(self, element: Element, owners: frozenset[str]) -> Hashable:
        """What stands beside an element with a value, and of what kind of party it is."""
        around = element if len(element) else element.getparent()
        if around is not self._around:
            self._around = around
            self._beside = frozenset(_slots(around)) if around is not None else frozenset()
        return self._beside, frozenset(self.kinds.get(owner, "") for owner in owners)

    def gaps(self, is_mapped: IsMapped) -> Iterator[tuple[Hashable, Change]]:
        samples: dict[str, dict[str, Element]] = defaultdict(dict)
        order: dict[str, list[str]] = defaultdict(list)
        for element, path, _, _ in self.elements():
            for slot in _slots(element):
                samples[path].setdefault(slot, element)
            known = order[path]
            at = 0
            for tag in dict.fromkeys(str(child.tag) for child in element):
                if tag in known:
                    at = known.index(tag) + 1
                else:
                    known.insert(at, tag)
                    at += 1
        for element, path, label, owners in list(self.elements()):
            there = _slots(element)
            for slot, sample in samples[path].items():
                if slot in there or (slot == "" and len(element)):
                    continue
                if name_of_tag(slot) in self.rivals and self.rivals & set(map(name_of_tag, there)):
                    continue
                about = (path, slot, label, frozenset(self.kinds.get(one, "") for one in owners))
                if any(is_mapped(at, label) for at in _paths(sample, path, slot)):
                    yield about, _filled(element, path, label, owners, slot, sample, order[path])


def _paths(element: Element, path: str, slot: str) -> Iterator[str]:
    """The paths of the values in a slot."""
    if slot == "":
        yield path
    elif slot.startswith("@"):
        yield path + slot
    else:
        for child in element:
            if child.tag == slot:
                yield from _below(child, f"{path}/{name_of(child)}" if path else name_of(child))


def _below(element: Element, path: str) -> Iterator[str]:
    if element.text and element.text.strip():
        yield path
    yield from (f"{path}@{name}" for name, text in element.attrib.items() if str(text).strip())
    for child in element:
        yield from _below(child, f"{path}/{name_of(child)}")


def _slots(element: Element) -> set[str]:
    """What an element has: "@name" of attributes, tags of children with a value, "" for a text."""
    found = {f"@{name}" for name, text in element.attrib.items() if str(text).strip()}
    found |= {str(child.tag) for child in element if _says(child)}
    if element.text and element.text.strip():
        found.add("")
    return found


def _says(element: Element) -> bool:
    if element.text and element.text.strip():
        return True
    return any(
        (one.text and one.text.strip()) or any(str(text).strip() for text in one.attrib.values())
        for one in element.iter()
    )


def _filled(
    element: Element,
    path: str,
    label: str,
    owners: frozenset[str],
    slot: str,
    sample: Element,
    order: list[str],
) -> Change:
    """What a sample has in a slot, put into the same slot of another element."""
    # The sample can itself be changed in the meantime.
    if slot == "":
        text, before = sample.text, element.text

        def make() -> None:
            element.text = text

        def undo() -> None:
            element.text = before

    elif slot.startswith("@"):
        value = sample.get(slot[1:], "")

        def make() -> None:
            element.set(slot[1:], value)

        def undo() -> None:
            del element.attrib[slot[1:]]

    else:
        new = copy.deepcopy(next(child for child in sample if child.tag == slot and _says(child)))
        empty = next((child for child in element if child.tag == slot), None)
        rank = order.index(slot)
        at = sum(order.index(str(child.tag)) < rank for child in element)

        def make() -> None:
            if empty is not None:
                element.replace(empty, new)
            else:
                element.insert(at, new)

        def undo() -> None:
            if empty is not None:
                element.replace(new, empty)
            else:
                element.remove(new)

    return Change(
        what=f"{path} [{label}] without {slot.rpartition('}')[2] or 'text'}, filled ({', '.join(sorted(owners))})",
        owners=owners,
        make=make,
        undo=undo,
        adds=True,
    )


# ── the formats ───────────────────────────────────────────────────────────────────────────────


def _ids(list_id: str, *uids: str) -> frozenset[str]:
    return frozenset(f"{list_id}:{uid}" for uid in uids)


def classic_document(data: bytes, list_id: str) -> XmlDocument:
    """A file in the classic format."""
    root = etree.fromstring(data)
    entries = root.findall("{*}sdnEntry")
    owners = {one: _ids(list_id, one.findtext("{*}uid", "")) for one in entries}

    def label(element: Element) -> str | None:
        if name_of(element) == "id":
            return element.findtext("{*}idType", "").strip()
        return None

    return XmlDocument(
        root,
        [(one, "", owners[one]) for one in entries],
        kinds={next(iter(owners[one])): one.findtext("{*}sdnType", "") for one in entries},
        label=label,
    )


_TYPED = frozenset({"feature", "identityDocument", "namePart", "addressPart"})


def enhanced_document(data: bytes, list_id: str) -> XmlDocument:
    """A file in the enhanced format."""
    root = etree.fromstring(data)
    entities = root.findall("{*}entities/{*}entity")
    numbers: dict[str, dict[str, str]] = defaultdict(dict)
    for one in root.iterfind("{*}referenceValues/{*}referenceValue"):
        numbers[one.findtext("{*}type", "")][one.findtext("{*}value", "")] = one.get("refId", "")
    kind_of = {number: kind for kind, words in numbers.items() for number in words.values()}

    def label(element: Element) -> str | None:
        name = name_of(element)
        if name in _TYPED:
            return element.findtext("{*}type", "")
        if name == "sanctionsList":
            return "Consolidated List" if element.text == "Consolidated List" else ""
        if name == "address":
            said = any(name_of(one) in ("country", "addressPart") for one in element.iter())
            return "" if said else "says nothing"
        return None

    def follow(element: Element) -> None:
        """A word and its number agree."""
        number = element.get("refId")
        if number is not None and (new := numbers[kind_of.get(number, "")].get(element.text or "")):
            element.set("refId", new)

    return XmlDocument(
        root,
        [(one, "", _ids(list_id, one.get("id", ""))) for one in entities],
        kinds={
            f"{list_id}:{one.get('id')}": one.findtext("{*}generalInfo/{*}entityType", "")
            for one in entities
        },
        label=label,
        follow=follow,
    )


def advanced_document(data: bytes, list_id: str) -> XmlDocument:
    """A file in the advanced format."""
    root = etree.fromstring(data)
    words: dict[str, dict[str, str]] = defaultdict(dict)
    sets = root.find("{*}ReferenceValueSets")
    for group in sets if sets is not None else ():
        for one in group:
            words[name_of(one)][one.get("ID", "")] = (one.text or "").strip()
    entries: list[tuple[Element, str, frozenset[str]]] = []
    kinds: dict[str, str] = {}
    by_identity: dict[str, frozenset[str]] = {}
    users: dict[str, set[str]] = defaultdict(set)
    back: dict[tuple[str, str], frozenset[str]] = {}
    parties = root.findall("{*}DistinctParties/{*}DistinctParty")
    for party in parties:
        owners = _ids(list_id, uid := party.get("FixedRef", ""))
        profile, identity = party.find("{*}Profile"), party.find(".//{*}Identity")
        assert profile is not None
        assert identity is not None
        kinds[f"{list_id}:{uid}"] = profile.get("PartySubTypeID", "")
        by_identity[identity.get("ID", "")] = owners
        for version in party.iter("{*}FeatureVersion"):
            back["Location/FeatureVersionReference@FeatureVersionID", version.get("ID", "")] = (
                owners
            )
        for link in party.iter("{*}VersionLocation"):
            users[link.get("LocationID", "")] |= owners
        entries.append((party, "DistinctParty", owners))
    for one in root.iterfind("{*}IDRegDocuments/{*}IDRegDocument"):
        if (found := by_identity.get(one.get("IdentityID", ""))) is not None:
            entries.append((one, "IDRegDocument", found))
            back["Location/IDRegDocumentReference@IDRegDocumentID", one.get("ID", "")] = found
            users[one.get("IssuedIn-LocationID", "")] |= found
    known = {owner for found in by_identity.values() for owner in found}
    for section, key in (
        ("ProfileRelationships/{*}ProfileRelationship", "From-ProfileID"),
        ("SanctionsEntries/{*}SanctionsEntry", "ProfileID"),
    ):
        for one in root.iterfind(f"{{*}}{section}"):
            owners = _ids(list_id, one.get(key, ""))
            if owners <= known:
                entries.append((one, name_of(one), owners))
    for one in root.iterfind("{*}Locations/{*}Location"):
        if found := users.get(one.get("ID", "")):
            entries.append((one, "Location", frozenset(found)))

    def label(element: Element) -> str | None:
        name = name_of(element)
        if name == "Feature":
            return words["FeatureType"].get(element.get("FeatureTypeID", ""), "")
        if name == "IDRegDocument":
            return words["IDRegDocType"].get(element.get("IDRegDocTypeID", ""), "")
        if name == "LocationPart":
            return words["LocPartType"].get(element.get("LocPartTypeID", ""), "")
        if name == "SanctionsEntry":
            listed = words["List"].get(element.get("ListID", ""), "")
            return listed if listed == "Consolidated List" else ""
        return None

    def options(path: str) -> tuple[str, ...] | None:
        """The numbers of the set that a reference leads to."""
        name = path.rpartition("@")[2].removesuffix("ID").rpartition("-")[2]
        if not path.endswith("ID") or name not in words:
            return None
        return tuple(key for key, word in words[name].items() if word != "Unknown")

    return XmlDocument(
        root,
        entries,
        kinds=kinds,
        label=label,
        options=options,
        back=back,
        rivals=frozenset({"LocationAreaCode", "LocationCountry"}),
    )
