"""How official lists are shown: one of them, and all as a table."""

from __future__ import annotations

import attrs
import lxml.html
import pytest

from sanctionslib import display
from sanctionslib.catalog import Catalog, FormatInfo, ListInfo

from . import held
from .builders import words_of


def test_what_is_not_known_is_said() -> None:
    """Terms that are not known, and a list that is not read yet, stand there as such."""
    text = words_of(held.UNREAD)
    assert "terms not known" in text
    assert "own-pdf not yet" in text
    assert "built by this library: the source has none that last" in text
    unserved = ListInfo(list_id="x", title="X", formats=(FormatInfo(name="own-csv"),))
    assert "no address: files that you have" in words_of(Catalog(lists=(unserved,)))
    assert "not read yet" in display.to_text(Catalog(lists=(held.UNREAD,)))


def test_addresses_are_links() -> None:
    """Home page, files and hashes can be followed."""
    info = attrs.evolve(
        held.INFO,
        formats=(attrs.evolve(held.INFO.formats[0], hashes="https://example.org/hashes"),),
    )
    card = lxml.html.fragment_fromstring(info._repr_html_())
    assert [one.get("href") for one in card.xpath("//a")] == [
        "https://example.org/",
        "https://example.org/WATCH.ZIP",
        "https://mirror.example.org/W.XML",
        "https://example.org/hashes",
    ]


def test_names_of_files_are_no_labels() -> None:
    """Cards write labels in capitals, and a name of a file is asked for as it is."""
    tree = lxml.html.fragment_fromstring(held.INFO._repr_html_())
    labels = {one.text_content() for one in tree.iter("th")}
    files = {one.name for form in held.INFO.formats for one in form.files}
    assert files
    assert "file" in labels
    assert not files & labels


def test_a_tuple_of_lists_is_no_catalog() -> None:
    """Nothing is left out silently."""
    for shown in ((), (held.INFO, held.TENTH), [held.INFO]):
        with pytest.raises(TypeError, match="cannot show a"):
            display.to_text(shown)


def test_whole_percents() -> None:
    """A share is shown without digits that nobody gave."""
    limits = attrs.evolve(held.INFO.limits, entries=0.125, group=1.0, least=1)
    text = words_of(attrs.evolve(held.INFO, limits=limits))
    assert "fewer than 1 entry more than 12.5 % of all" in text
    assert "more than 100 % of a kind" in text
