"""How XML is read: entries under the root and in sections, and all text outside them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sanctionslib.parsers._engine.input_file import InputFile
from sanctionslib.parsers._engine.xml_entries import XmlEntries, pairs_of, sniff_root

NAMES = ("date", "items/item", "others/item", "note")


def entries(body: str, attributes: str = "") -> tuple[XmlEntries, Iterator[etree._Element]]:
    source = InputFile(f'<list xmlns="urn:example" version="3"{attributes}>{body}</list>'.encode())
    sniffed = sniff_root(source.head)
    assert sniffed is not None
    with source.open(None) as stream:
        found = XmlEntries(source, stream, sniffed, NAMES, attributes=("version",))
        # Elements are emptied when the next one is asked for.
        copies = [
            etree.fromstring(etree.tostring(one, with_tail=False)) for _, one in found.named()
        ]
    return found, iter(copies)


def test_a_name_counts_only_where_it_belongs() -> None:
    """An item under the root is unexpected; one inside an item is a part of that entry."""
    found, made = entries(
        "<item>loose</item><items><item>a<item>inner</item></item></items><unknown><item/></unknown>"
        "<note>n<note>inner</note></note>"
    )
    one, note = made
    assert pairs_of(note) == [("", "n"), ("note", "inner")]
    assert pairs_of(one) == [("", "a"), ("item", "inner")]
    assert found.unexpected == [("item", [("", "loose")])]


def test_elements_outside_the_entries_are_kept() -> None:
    """Unknown children, attributes and texts of the root and of sections: none is lost."""
    found, made = entries(
        'text<items a="1">t1<item/>t2<other b="2">o</other><item/>t3</items>t4<more>m</more>',
        attributes=' c="9"',
    )
    assert len(list(made)) == 2
    values = sorted(value for _, record in found.unexpected for _, value in record)
    assert values == sorted(["text", "1", "t1", "t2", "2", "o", "t3", "t4", "m", "9"])
    where = {path for path, _ in found.unexpected}
    assert where == {"list", "items", "items@a", "items/other", "more", "list@c"}


def test_sections_repeat_their_namespace() -> None:
    """A repeated namespace declaration is no attribute; another namespace, another element."""
    found, made = entries(
        '<items xmlns="urn:example"><item>a</item></items><items xmlns="urn:other"><item>b</item></items>'
    )
    assert [one.text for one in made] == ["a"]
    assert found.unexpected == [("items", [("item", "b")])]


def test_empty_sections() -> None:
    """A section without entries gives none, and is not unexpected."""
    found, made = entries("<items/><others> </others>")
    assert (list(made), found.unexpected) == ([], [])
    assert found.sections == {"items", "others"}
    assert entries("<others/>")[0].sections == {"others"}


def test_constant_memory() -> None:
    """Entries that were handled leave the tree, with the blanks between them."""
    source = InputFile(f"<list><items>{'<item>a</item> ' * 500}</items></list>".encode())
    sniffed = sniff_root(source.head)
    assert sniffed is not None
    with source.open(None) as stream:
        most = 0
        for _, one in XmlEntries(source, stream, sniffed, ("items/item",)).named():
            parent = one.getparent()
            assert parent is not None
            most = max(most, parent.index(one))
    assert most <= 1
