"""The door to XML: entries under the root and in sections, and all that stands beside them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from lxml import etree

from sanctionslib.errors import ParseError, StructureChangedError, TruncatedError
from sanctionslib.parsers._engine.source import Source
from sanctionslib.parsers._engine.xml_entries import XmlEntries, local_name, pairs_of, sniff_root

NAMES = ("date", "items/item", "others/item", "note")


def entries(
    body: str, *, root: str = '<list xmlns="urn:example" version="3">', end: str = "</list>"
) -> tuple[XmlEntries, Iterator[etree._Element]]:
    source = Source(f"{root}{body}{end}".encode())
    sniffed = sniff_root(source.head)
    assert sniffed is not None
    with source.open(None) as stream:
        found = XmlEntries(source, stream, sniffed, NAMES, attributes=("version",))
        # Elements are emptied when the next one is asked for.
        copies = [
            etree.fromstring(etree.tostring(one, with_tail=False)) for _, one in found.named()
        ]
    return found, iter(copies)


def test_entries_of_sections_and_of_the_root() -> None:
    """Elements come in document order, those of sections by their path."""
    found, made = entries(
        "<date>1</date> <items> <item>a</item> <item>b</item> </items>"
        "<others><item>c</item></others><note>n</note>"
    )
    assert [(local_name(one.tag), one.text) for one in made] == [
        ("date", "1"),
        ("item", "a"),
        ("item", "b"),
        ("item", "c"),
        ("note", "n"),
    ]
    assert found.odd == []


def test_a_name_counts_only_where_it_belongs() -> None:
    """An item under the root, or deeper inside an item, is no entry; it is odd, or part of one."""
    found, made = entries(
        "<item>loose</item><items><item>a<item>inner</item></item></items><unknown><item/></unknown>"
    )
    (one,) = made
    assert pairs_of(one) == [("", "a"), ("item", "inner")]
    assert [(path, list(record)) for path, record in found.odd] == [("item", [("", "loose")])]


def test_what_stands_beside_entries_is_kept() -> None:
    """Unknown children, attributes and texts of the root and of sections are odd, none is lost."""
    found, made = entries(
        'text<items a="1">t1<item/>t2<other b="2">o</other><item/>t3</items>t4<more>m</more>',
        root='<list xmlns="urn:example" version="3" c="9">',
    )
    assert len(list(made)) == 2
    values = sorted(value for _, record in found.odd for _, value in record)
    assert values == sorted(["text", "1", "t1", "t2", "2", "o", "t3", "t4", "m", "9"])
    where = {path for path, _ in found.odd}
    assert where == {"list", "items", "items@a", "items/other", "more", "list@c"}


def test_empty_sections() -> None:
    """A section without entries gives none, and is nothing odd."""
    found, made = entries("<items/><others> </others>")
    assert (list(made), found.odd) == ([], [])
    assert found.sections == {"items", "others"}
    assert entries("<others/>")[0].sections == {"others"}


def test_sections_repeat_their_namespace() -> None:
    """A namespace declared again is no attribute; another namespace is another element."""
    found, made = entries(
        '<items xmlns="urn:example"><item>a</item></items><items xmlns="urn:other"><item>b</item></items>'
    )
    assert [one.text for one in made] == ["a"]
    assert found.odd == [("items", [("item", "b")])]


def test_comments_and_instructions_are_no_data() -> None:
    """They are dropped, and do not split a text."""
    found, made = entries("<items><!-- x --><item>a<!-- y -->b<?z?>c</item></items>")
    assert ([one.text for one in made], found.odd) == (["abc"], [])


def test_constant_memory() -> None:
    """Entries that were handled leave the tree, with the blanks between them."""
    source = Source(f"<list><items>{'<item>a</item> ' * 500}</items></list>".encode())
    sniffed = sniff_root(source.head)
    assert sniffed is not None
    with source.open(None) as stream:
        most = 0
        for _, one in XmlEntries(source, stream, sniffed, ("items/item",)).named():
            parent = one.getparent()
            assert parent is not None
            most = max(most, parent.index(one))
    assert most <= 1


@pytest.mark.parametrize(
    ("body", "end", "error"),
    [
        ("<items><item>a</item>", "", TruncatedError),
        ("<items><item>a</items></item>", "</list>", ParseError),
        ("<items/>", "</list><list/>", ParseError),
    ],
)
def test_faults(body: str, end: str, error: type[ParseError]) -> None:
    """A document that is cut, crossed or doubled raises our error."""
    with pytest.raises(error):
        entries(body, end=end)


def test_document_type_declaration() -> None:
    """A document type declaration is refused before anything is read."""
    with pytest.raises(StructureChangedError, match="document type"):
        entries("<items/>", root='<!DOCTYPE list [<!ENTITY x "y">]><list xmlns="urn:example">')


def test_pairs_of_with_a_base() -> None:
    """Paths of a record begin with its base."""
    element = etree.fromstring('<a k="1">t<b>u</b>v</a>')
    assert pairs_of(element, "A") == [
        ("A@k", "1"),
        ("A", "t"),
        ("A/b", "u"),
        ("A", "v"),
    ]
