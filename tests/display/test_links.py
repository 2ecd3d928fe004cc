"""Short pages of networks, owners and counterparts: a party is a line, with the link in words."""

from __future__ import annotations

import re

import attrs
import pytest

import sanctionslib as sl
from sanctionslib import answers, display

from .builders import K, combined, flat
from .made import NETWORK
from .test_network import party, star, to

BOTH = combined()


def _rows(shown: object) -> list[str]:
    """The rows of the table of a page, words apart by single blanks."""
    lines = display.to_text(shown, width=200, more="").splitlines()
    start = next(number for number, one in enumerate(lines) if " NAME " in f" {one} ")
    end = lines.index("", start) if "" in lines[start:] else len(lines)
    return [" ".join(one.split()) for one in lines[start + 1 : end]]


def test_a_link_has_its_direction() -> None:
    """A row is a sentence: the party that states the link comes first, "it" is that of the row."""
    shown = sl.SanctionsList(
        [
            party(0, to(1, K.OWNS_OR_CONTROLS), to("ELSEWHERE"), kind=sl.Organization),
            party(1),
            party(2, to(0, K.LEADER_OF)),
            party(3, to(2, K.FAMILY_OF), to(1)),
        ]
    ).related("0", depth=2)
    assert _rows(shown) == [
        "1 PARTY 1 person PARTY 0 owns, controls or operates it — watch:1",
        "1 PARTY 2 person leader or official of PARTY 0 — watch:2",
        "1 ELSEWHERE not in these lists PARTY 0 is linked to it — —",
        "2 PARTY 3 person linked to PARTY 1 + 1 more — watch:3",
    ]


@pytest.mark.parametrize("kind", [*K, None])
def test_no_link_is_turned_round(kind: sl.RelationKind | None) -> None:
    """Whoever is asked about: the party that states a link stands before its words, also in pages."""
    relation = sl.Relation(to=sl.EntityRef(source_id="1"), kind=kind, raw_kind="Operator of:")
    mine = sl.SanctionsList([party(0, relation), party(1)])
    word = kind.value if kind else "Operator of"
    between = word if kind else f'"{word}"'
    sentence = re.compile(rf"PARTY 0 (\(watch:0\) )?(is )?(an? |the )?{re.escape(between)} it\b")
    for asked, other in (("0", "1"), ("1", "0")):
        (row,) = _rows(mine.related(asked))
        assert row.startswith(f"PARTY {other} person")
        text = display.to_text(mine.why(asked), more="")
        full = flat(display.to_text(mine.related(asked), explain=True))
        if asked == "0":
            assert sentence.search(row)
            assert sentence.search(text)
            assert sentence.search(full)
        else:
            assert row == f"PARTY 0 person {word} PARTY 1 — watch:0"
            assert f"{word} PARTY 1" in text
            assert f"{word} PARTY 1 (watch:1)" in full


def test_owners_read_forwards() -> None:
    """Each owner of a party is named as such by the party that it owns."""
    assert [one.split(" EXAMPLE-EO1")[0] for one in _rows(BOTH.related("4", ownership="owners"))][
        :3
    ] == [
        "1 EXAMPLE SHIPPING organization EXAMPLE STAR is property in the interest of it",
        "2 EXAMPLE HOLDING organization EXAMPLE SHIPPING is owned or controlled by it",
        "3 EXAMPLE, Owner person owns, controls or operates EXAMPLE HOLDING",
    ]


def test_the_first_party_stands_high() -> None:
    """Within five lines, also where a sample says so above; a party is one line, and no id is cut."""
    for width in (80, 100, 120):
        lines = display.to_text(NETWORK, width=width).splitlines()
        assert "us_ofac_sdn:31042" in lines[4]
        lines = display.to_text(star(200), width=width).splitlines()
        assert lines[3].endswith("watch:1")
        assert len(lines) <= 200 + 15
    many = display.to_text(star(400))
    assert "… and 100 more in `nodes` and `links`." in many


def test_what_was_not_looked_at() -> None:
    """Lists that never state links are named, and links left out are counted."""
    text = flat(display.to_text(BOTH.related("2", depth=2, former=False)))
    assert "Never states links: us_trade_csl." in text
    assert "Requested: without links that have ended; 1 other link of these parties" in text
    nobody = display.to_text(attrs.evolve(NETWORK, nodes=NETWORK.nodes[:1], links=()))
    assert "No link is stated here, neither by this party nor to it." in nobody


def test_owners_stand_in_their_order() -> None:
    """Each owned party stands below the one that owns it, with the link that says so."""
    shown = BOTH.related("1", ownership="owned")
    assert [one.split(" EXAMPLE-EO1")[0] for one in _rows(shown)[:3]] == [
        "1 EXAMPLE HOLDING organization EXAMPLE, Owner owns, controls or operates it",
        "2 EXAMPLE SHIPPING organization owned or controlled by EXAMPLE HOLDING",
        "3 EXAMPLE STAR vessel property in the interest of EXAMPLE SHIPPING",
    ]
    text = display.to_text(shown)
    assert "Links not followed: 1 former, 1 ambiguous, 1 unlisted, 1 unspecified." in text
    assert "NOT the 50 Percent Rule" in text.splitlines()[0]
    assert "may be owned all the same" in text
    nobody = display.to_text(BOTH.related("7", ownership="owned"))
    assert "No such link is stated in the entries looked at." in nobody


def test_counterparts_have_their_evidence() -> None:
    """The first evidence stands in the line, and how many more there are."""
    found = BOTH.counterparts("us_ofac_sdn:2")
    (first, *_) = _rows(found)
    assert first.startswith("EXAMPLE HOLDING LLC kind not stated same id: us_ofac_sdn:2 and")
    (one, *_) = found.counterparts
    several = attrs.evolve(one, evidence=one.evidence * 3)
    assert "+ 2 more" in _rows(attrs.evolve(found, counterparts=(several,)))[0]
    nobody = answers.Counterparts(center=one.entity)
    assert "No entity of another list is tied to this party" in display.to_text(nobody)
