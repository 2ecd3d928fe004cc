"""An XML element as a branch: its texts and what is below, by a table of the paths that a format has.

For formats whose data stand in attributes and in elements several levels deep. Whatever the table
does not have (an element, an attribute, a text, a second element where one is meant, a value where
another is fixed) is collected as odd, so that nothing is lost and no reader has to look for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from lxml import etree

from sanctionslib.parsers._xml import Root, attributes_of, odd_values

__all__ = ["Branch", "Shape", "grow", "shapes"]

_NONE: Final[list[Branch]] = []


class Branch:
    """One element: texts of its attributes and leaves by name, its own text under ""."""

    __slots__ = ("below", "texts")

    def __init__(self, texts: dict[str, str], below: dict[str, list[Branch]] | None) -> None:
        self.texts = texts
        self.below = below

    def get(self, name: str) -> str | None:
        """The text of an attribute or of a leaf; None where it has none."""
        return self.texts.get(name)

    def one(self, name: str) -> Branch | None:
        """The element of that name which occurs once."""
        found = self.below.get(name) if self.below is not None else None
        return found[0] if found else None

    def all(self, name: str) -> list[Branch]:
        """All elements of that name, in document order."""
        return self.below.get(name, _NONE) if self.below is not None else _NONE

    def each(self, path: str) -> list[Branch]:
        """The elements of a list element, as `names/name`."""
        group, _, name = path.partition("/")
        found = self.one(group)
        return _NONE if found is None else found.all(name)

    def share(self, texts: dict[str, str]) -> None:
        """Make equal texts one object, so that an entity and its record hold them once."""
        share = texts.setdefault
        for name, text in self.texts.items():
            self.texts[name] = share(text, text)
        for several in (self.below or {}).values():
            for one in several:
                one.share(texts)


class Shape:
    """What an element can hold: compiled from the table of paths."""

    __slots__ = ("attributes", "children", "has_text", "leaves", "path")

    def __init__(self, path: str) -> None:
        self.path = path
        self.has_text = False
        self.attributes: dict[str, Collection[str] | None] = {}
        """Name → the only values that it can have; None for any."""
        self.leaves: dict[object, str] = {}
        """Tag → name of children that are a text alone."""
        self.children: dict[object, tuple[str, Shape, bool]] = {}
        """Tag → name and shape of other children, and whether there can be several."""


def shapes(
    root: Root, paths: Iterable[str], many: Collection[str], fixed: Mapping[str, Collection[str]]
) -> dict[str, Shape]:
    """The shapes of the elements that a table of paths begins with, by their name.

    Args:
        root: Tells the namespace.
        paths: Every path at which a value can stand: "Party@ID", "Party/Name".
        many: Paths of elements that can occur several times.
        fixed: Path of an attribute → the values that it always has, which are not kept.
    """
    attributes: dict[str, list[str]] = {}
    texts: set[str] = set()
    elements: dict[str, None] = {}
    for path in paths:
        element, _, attribute = path.partition("@")
        if attribute:
            attributes.setdefault(element, []).append(attribute)
        else:
            texts.add(element)
        steps = element.split("/")
        for length in range(1, len(steps) + 1):
            elements["/".join(steps[:length])] = None
    parents = {path.rpartition("/")[0] for path in elements}
    made: dict[str, Shape] = {}
    tops: dict[str, Shape] = {}
    for path in sorted(elements, key=lambda path: path.count("/")):
        above, _, name = path.rpartition("/")
        if above and path in texts and path not in attributes and path not in parents:
            made[above].leaves[root.tag(name)] = name
            continue
        shape = made[path] = Shape(path)
        shape.has_text = path in texts
        for attribute in attributes.get(path, ()):
            shape.attributes[attribute] = fixed.get(f"{path}@{attribute}")
        if above:
            made[above].children[root.tag(name)] = (name, shape, path in many)
        else:
            tops[name] = shape
    return tops


def grow(element: etree._Element, shape: Shape, odd: list[tuple[str, str]]) -> Branch:
    """The branch of an element; what its shape does not have goes to `odd` as (path, value)."""
    texts: dict[str, str] = {}
    below: dict[str, list[Branch]] | None = None
    attributes = shape.attributes
    for key, value in attributes_of(element):
        if key in attributes:
            only = attributes[key]
            said = value.strip()
            if only is None:
                if said:
                    texts[key] = said
            elif said not in only and said:
                odd.append((f"{shape.path}@{key}", value))
        elif value.strip():
            odd.append((f"{shape.path}@{key.rpartition('}')[2]}", value))
    inside = element.text
    if inside is not None and (inside := inside.strip()):
        if shape.has_text:
            texts[""] = inside
        else:
            odd.append((shape.path, inside))
    leaves, children = shape.leaves, shape.children
    for child in element:
        tag = child.tag
        if (name := leaves.get(tag)) is not None:
            if name in texts or len(child) or child.keys():
                odd_values(child, odd, shape.path)
            elif (leaf := child.text) is not None and (leaf := leaf.strip()):
                texts[name] = leaf
        elif (known := children.get(tag)) is not None:
            name, inner, several = known
            if below is None:
                below = {}
            group = below.get(name)
            if group is None:
                below[name] = [grow(child, inner, odd)]
            elif several:
                group.append(grow(child, inner, odd))
            else:
                odd_values(child, odd, shape.path)
        else:
            odd_values(child, odd, shape.path)
        beside = child.tail
        if beside is not None and (beside := beside.strip()):
            odd.append((shape.path, beside))
    return Branch(texts, below)
