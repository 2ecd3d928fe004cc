"""How editions held, histories, downloads and checks of the archive are shown."""

from __future__ import annotations

import re
from datetime import date, timedelta

import attrs
import pytest

from sanctionslib import display
from sanctionslib.answers import ArchiveFault, Check, Fetched, HeldEdition, HeldEditions
from sanctionslib.model import Scope

from . import held
from .builders import in_full, words_of


def test_who_dated_an_edition() -> None:
    """The file, a person or the server said so; where nobody did, the day is that of its coming."""
    for said, words in (
        ("file", "2021-12-10 (stated by the file)"),
        ("caller", "2021-12-10 (stated by the person who added it)"),
        ("http", "2021-12-10 (stated by the server)"),
    ):
        assert words in in_full(attrs.evolve(held.TENTH, dated_by=said))
    text = in_full(held.UNDATED)
    assert text.startswith("Edition held: watch, edition without a date, received on 2021-12-12")
    assert "not stated (received on 2021-12-12)" in text
    table = display.to_text(HeldEditions(list_id="watch", editions=(held.UNDATED,)))
    assert "2021-12-12" in table
    assert "nobody" in table


def test_an_edition_of_nobody_known() -> None:
    """Where neither publisher nor title is known, there is no line for them."""
    one = attrs.evolve(held.TENTH, publisher="", title="")
    assert not re.search(r"^list ", in_full(one), re.M)
    assert re.search(r"^list +Harbour desk · Watch list$", in_full(held.TENTH), re.M)


def test_hashes_are_whole_on_the_card() -> None:
    """What proves an edition is not cut: its hash, those of its files and of the zip."""
    text = "".join(in_full(held.XML).split())
    for one in (held.XML.sha256, *(each.sha256 for each in held.XML.files), "cd" * 32):
        assert one in text


def test_names_of_files_are_whole() -> None:
    """A long name is neither broken nor written in capitals, in no form."""
    name = "consolidated_as_of_2020-03-17.xml"
    (one,) = held.NINTH.files
    named = attrs.evolve(held.NINTH, files=(attrs.evolve(one, name=name),))
    for text in (in_full(named), display.to_markdown(named, explain=True)):
        assert name in text
    label = re.search(rf"<t[hd][^>]*>(?:<[^>]+>)*{re.escape(name)}", display.to_html(named))
    assert label is not None
    assert not label[0].startswith("<th")


def test_figures_of_checks() -> None:
    """A check shows what it was held against; a date is shown as a date, and 0 as what it is."""
    text = in_full(held.TENTH)
    assert "CHECKS: before: 2021-12-09-000b4b19" in text
    assert "date         2021-12-10  2021-12-09  2021-12-09  2021-12-13  passed" in text
    assert "no limit" in in_full(held.CUT)
    unseen = display.to_text(attrs.evolve(held.XML, checks=()))
    assert "valid (no figure of it was looked at)" in unseen
    assert "none failed" not in unseen
    many = attrs.evolve(
        held.XML, checks=tuple(Check(name=f"list {n}", value=n, least=1) for n in range(90))
    )
    assert in_full(many).count("list ") >= 90, "checks are never cut"


def test_how_to_accept() -> None:
    """A quarantined edition has the call that accepts it; others do not."""
    assert 'sl.Archive().accept("watch", "000b4358", reason="…")' in in_full(held.CUT)
    assert "accept(" not in in_full(held.OVERRIDDEN)
    unspecified = attrs.evolve(held.OVERRIDDEN, reason="")
    assert "reason: none given" in in_full(unspecified)


@pytest.mark.parametrize(
    ("given", "words", "word"),
    [
        ({"scope": Scope.SAMPLE}, "*** SAMPLE · not the whole list", "SAMPLE"),
        ({"scope": Scope.CUSTOM, "filter": "x"}, "*** PART of watch · x", "PART"),
        ({"missing": ("A.CSV",)}, "*** INCOMPLETE · watch without A.CSV", "INCOMPLETE"),
    ],
)
def test_not_the_whole_list(given: dict[str, object], words: str, word: str) -> None:
    """An edition that is not the whole list says so above, and in its row of the history."""
    one = attrs.evolve(held.TENTH, **given)
    assert in_full(one).startswith(words)
    assert display.to_text(Fetched(edition=one, is_new=True)).startswith(words)
    history = display.to_text(HeldEditions(list_id="watch", editions=(one,)))
    assert f"  {word}  " in history
    assert "1 not whole" in history


def test_what_the_server_said() -> None:
    """New, the same bytes, or nothing sent: each in words, and none says that a list is current."""
    for new, received, words in (
        (True, 902, "it has an edition that was not held before"),
        (False, 902, "it sent the same bytes as the edition that is held"),
        (False, 0, "it said that nothing has changed since the edition that is held"),
    ):
        text = display.to_text(Fetched(edition=held.XML, is_new=new, received=received))
        assert words in text
        assert "on the way" not in text


def test_no_current_edition() -> None:
    """Where no edition can be taken, the history says it above; where none is held, what to do."""
    banner = "*** NO CURRENT EDITION · none of those held is whole and valid ***"
    assert display.to_text(HeldEditions(list_id="watch", editions=(held.CUT,))).startswith(banner)
    nothing = display.to_text(HeldEditions(list_id="watch"))
    assert "NO CURRENT" not in nothing
    assert "0 editions held" in nothing
    assert "fetch one from its publisher" in nothing


def test_gaps_are_told() -> None:
    """Only a time of more than 14 days is one; of several the longest is shown, and how many."""
    start = date(2021, 1, 1)

    def after(*days: int) -> str:
        editions = tuple(held.held(start + timedelta(days=n)) for n in days)
        return words_of(HeldEditions(list_id="watch", editions=editions))

    assert "longest gap" not in after(0, 14)
    assert "longest gap 15 days from 2021-01-01 to 2021-01-16" in after(0, 15)
    assert "longest gap 20 days from 2021-01-16 to 2021-02-05 (one of 2 of more" in after(0, 15, 35)


def test_long_histories_are_shortened() -> None:
    """The newest fifty are shown, the others counted; Markdown has all of them."""
    day = date(2021, 1, 1)
    editions = tuple(held.held(day + timedelta(days=n)) for n in range(60))
    history = HeldEditions(list_id="watch", editions=editions, current=editions[-1])
    text = in_full(history)
    assert "… and 10 older in `editions`" in text
    assert text.count("person") == 50
    assert "2021-01-10  " not in text
    assert "2021-01-11  " in text
    assert display.to_markdown(history, explain=True).count("| person |") == 60
    assert "older in" not in display.to_markdown(history, explain=True)
    assert display.to_text(history, limit=1).count("person") == 1


def test_long_verifications_are_shortened() -> None:
    """Fifty faults are shown, the others counted; Markdown has all of them."""
    faults = tuple(ArchiveFault(path=f"watch/{n}", what="gone") for n in range(60))
    found = attrs.evolve(held.VERIFIED, faults=faults)
    text = in_full(found)
    assert "faults: 60 among 5 files of 4 editions hashed" in text
    assert text.count("gone") == 50
    assert "… and 10 more in `faults`" in text
    assert display.to_markdown(found, explain=True).count("gone") == 60
    assert display.to_text(found, limit=0).count("gone") == 60
    empty = attrs.evolve(held.VERIFIED, editions=(), files=0, size=0, stored=0)
    assert "none among 0 files of 0 editions hashed" in in_full(empty)
    assert "0 bytes" in in_full(empty)


def test_sizes_of_a_table() -> None:
    """A size has the unit in which it is read at a glance."""

    def size(number: int) -> str:
        file = attrs.evolve(held.TENTH.files[0], size=number)
        one: HeldEdition = attrs.evolve(held.TENTH, files=(file,))
        return words_of(HeldEditions(list_id="watch", editions=(one,)))

    for number, words in (
        (0, "0 B"),
        (999, "999 B"),
        (999_999, "1.0 MB"),
        (4_236_591, "4.2 MB"),
        (99_949_999, "99.9 MB"),
        (99_950_000, "100 MB"),
        (109_000_000_000, "109 GB"),
    ):
        assert f" 7 {words} valid" in size(number)
