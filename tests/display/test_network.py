"""Pictures of networks and owners: who and what is drawn, readable, the same each time."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator

import attrs
import lxml.etree
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quick import examples

import sanctionslib as sl
from sanctionslib import answers
from sanctionslib.answers.drawing import Drawing
from sanctionslib.display import _network
from sanctionslib.display.svg import MARGIN
from sanctionslib.errors import MissingExtraError

from .builders import K, combined
from .made import NETWORK

SVG = "{http://www.w3.org/2000/svg}"


def _root(shown: sl.display.Pictured) -> lxml.etree._Element:
    return lxml.etree.fromstring(sl.display.to_svg(shown).encode())


def _texts(shown: sl.display.Pictured) -> list[str]:
    return [str(one.text) for one in _root(shown).iter(f"{SVG}text")]


def _tips(root: lxml.etree._Element, tag: str) -> list[str]:
    """What a pointer is told by the things of a sort: boxes (rect), lines (path)."""
    found = (one.findtext(f"{SVG}title") for one in root.iter(f"{SVG}{tag}"))
    return [one for one in found if one]


def party(number: int, *relations: sl.Relation, kind: type[sl.Entity] = sl.Person) -> sl.Entity:
    """A party of a small list."""
    return kind(id=f"watch:{number}", names=(sl.Name(text=f"PARTY {number}"),), relations=relations)


def to(number: int | str, kind: sl.RelationKind = K.LINKED_TO, **said: bool) -> sl.Relation:
    """A link to a party by its number, or to one that is not listed by its name."""
    key = {"source_id": str(number)} if isinstance(number, int) else {"name": number}
    return sl.Relation(to=sl.EntityRef(**key), kind=kind, **said)


def star(count: int, *more: sl.Entity) -> answers.Network:
    """Party 0 with as many persons that are linked to it."""
    others = (party(number, to(0)) for number in range(1, count + 1))
    center = party(0, kind=sl.Organization)
    return sl.SanctionsList([center, *others, *more]).related("0", depth=2)


# ── what is drawn ─────────────────────────────────────────────────────────────────────────────────


def test_a_small_network() -> None:
    """Each party is a box with its name, which says the rest where a pointer rests on it."""
    root = _root(NETWORK)
    tips = _tips(root, "rect")
    assert "LU, Hezheng, person, us_ofac_sdn:34024, DPRK3" in tips
    assert "SEK STUDIO, organization, us_ofac_sdn:34022, DPRK3" in tips
    assert "LU, Hezheng, linked to" in _tips(root, "path")
    texts = _texts(NETWORK)
    assert "LU, Hezheng" in texts
    assert "SHANGHAI HONGMAN CARTOON…" in texts, "a long name is cut, and whole in its tip"
    assert [one for one in tips if one.startswith("SHANGHAI HONGMAN CARTOON AND ANIMATION DESIGN")]
    for words in ("the party asked about", "person", "organization", "linked to"):
        assert words in texts
    for words in ("vessel", "not in these lists", "several parties", "owned or controlled"):
        assert words not in texts, "the legend has what is drawn"


def test_who_does_not_see_it() -> None:
    """The picture has a title, and says each link in words."""
    root = _root(NETWORK)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Links of SEK STUDIO"
    said = str(root.findtext(f"{SVG}desc"))
    warning = "SAMPLE · not the whole list · do not screen against it."
    assert said.startswith(f"{warning} 5 parties, 4 links. ")
    assert "LU, Hezheng: linked to SEK STUDIO." in said
    assert "SAMPLE, not the whole list" in said


def test_lines_of_owners_are_others() -> None:
    """Links of ownership are thick and have their words; former and ambiguous ones are dashed."""
    double = (party(7, kind=sl.Vessel), party(8, kind=sl.Vessel))
    twins = [attrs.evolve(one, names=(sl.Name(text="TWIN"),)) for one in double]
    shown = sl.SanctionsList(
        [
            party(0, to("ELSEWHERE", K.OWNS_OR_CONTROLS), kind=sl.Organization),
            party(1, to(0, K.OWNED_OR_CONTROLLED_BY), to(0)),
            party(2, to(0, former=True)),
            party(3, to(0), to("TWIN"), kind=sl.Aircraft),
            *twins,
        ]
    ).related("0", depth=2)
    root = _root(shown)
    lines = {
        str(one.findtext(f"{SVG}title")): one
        for one in root.iter(f"{SVG}path")
        if one.find(f"{SVG}title") is not None
    }
    owned = lines["2 links: owned or controlled by; linked to"]
    assert (owned.get("class"), owned.get("stroke-width")) == ("slp-owns", "2.4")
    assert lines["PARTY 2, linked to (former)"].get("stroke-dasharray") == "5 4"
    fits = lines["PARTY 3, linked to (fits 2 parties)"]
    assert (fits.get("class"), fits.get("stroke-dasharray")) == ("slp-link", "1.5 3.5")
    assert lines["PARTY 3, linked to"].get("stroke-dasharray") is None
    texts = _texts(shown)
    assert "← owned or controlled by + 1" in texts
    assert "owns, controls or operates" in texts
    for words in ("former", "not in these lists", "the name in the link fits several parties"):
        assert words in texts
    boxes = {one.findtext(f"{SVG}title"): one for one in root.iter(f"{SVG}rect")}
    assert boxes["ELSEWHERE, not in these lists"].get("stroke-dasharray") == "4 3"


def test_words_are_read_along_their_arrow() -> None:
    """Words of a link that the farther party states have an arrow to the left, others none."""
    firms = sl.SanctionsList([party(0, to(1, K.OWNED_OR_CONTROLLED_BY)), party(1)])
    assert "owned or controlled by" in _texts(firms.related("0"))
    texts = _texts(firms.related("1"))
    assert "← owned or controlled by" in texts
    assert [one for one in texts if one.endswith("read its words that way.")]


def test_owners() -> None:
    """An answer about owners is drawn with what it did not follow, and is not OFAC's rule."""
    shown = combined().related("1", ownership="owned")
    root = _root(shown)
    assert root.findtext(f"{SVG}title") == "Owned or controlled by EXAMPLE, Owner"
    tips = " ".join(_tips(root, "rect"))
    for name in ("EXAMPLE HOLDING", "EXAMPLE SHIPPING", "EXAMPLE STAR", "EXAMPLE ELSEWHERE"):
        assert name in tips
    assert "Not OFAC's 50 Percent Rule" in str(root.findtext(f"{SVG}desc"))
    assert shown._repr_html_().count("<svg") == 1


def test_one_party_alone() -> None:
    """A party without links is a picture of one box."""
    shown = sl.SanctionsList([party(0)]).related("0")
    assert _tips(_root(shown), "rect")[0] == "PARTY 0, person, watch:0"


# ── groups ────────────────────────────────────────────────────────────────────────────────────────


def test_groups() -> None:
    """Many parties of a kind with the same link are one box that counts them."""
    shown = star(139, party(500, to(0), kind=sl.Vessel))
    texts = _texts(shown)
    assert "139 persons" in texts
    assert "PARTY 500" in texts
    assert "several parties" in texts
    tips = _tips(_root(shown), "rect")
    told = next(one for one in tips if one.startswith("139 persons: "))
    assert told.endswith("; … and 127 more")
    assert "139 links: linked to" in _tips(_root(shown), "path")
    assert float(_root(shown).get("height") or "") < 300
    few = star(10)
    assert "10 persons" not in _texts(few)
    assert "PARTY 10" in _texts(few)


def test_links_inside_of_a_group_are_counted() -> None:
    """Links between two parties of a group have no line, and the group says how many there are."""
    others = [party(n, to(0), to(n + 1)) for n in range(1, 60)]
    shown = sl.SanctionsList([party(0), *others, party(60, to(0))]).related("0")
    between = [one for one in shown.links if one.source.id != "watch:0"]
    tips = " ".join(_tips(_root(shown), "rect"))
    assert len(between) == len(shown.links)
    counted = sum(map(int, re.findall(r"Among them (\d+) link", tips)))
    drawn = sum(
        int(found[1]) if (found := re.match(r"(\d+) links: ", one)) else 1
        for one in _tips(_root(shown), "path")
    )
    assert counted + drawn == len(shown.links)


@st.composite
def networks(draw: st.DrawFn) -> answers.Network:
    """Networks of up to a hundred parties with links of any kind."""
    count = draw(st.integers(1, 100))
    kinds = st.sampled_from([sl.Person, sl.Organization, sl.Vessel, sl.Aircraft, sl.Entity])
    numbers = st.integers(0, count - 1)
    words = st.sampled_from([K.LINKED_TO, K.OWNED_OR_CONTROLLED_BY, K.OWNS_OR_CONTROLS])
    links = draw(
        st.lists(
            st.tuples(numbers, st.one_of(numbers, st.sampled_from(("A", "B"))), words),
            max_size=150,
        )
    )
    relations: dict[int, list[sl.Relation]] = {}
    for source, target, kind in links:
        relations.setdefault(source, []).append(to(target, kind))
    found = [party(number, *relations.get(number, ()), kind=draw(kinds)) for number in range(count)]
    return sl.SanctionsList(found).related("0", depth=draw(st.integers(1, 4)))


@examples(60)
@given(networks())
def test_each_party_and_each_link_is_there(shown: answers.Network) -> None:
    """Every party is in one box, every link is a line or counted, and nothing lies on anything."""
    graph = _network.Graph(Drawing(shown))
    drawn = _network._fitting(graph)
    parties = [one for box in drawn.boxes for one in box.parties]
    assert len(parties) == len({id(one) for one in parties}) == len(graph.nodes)
    inside = sum(box.inside for box in drawn.boxes)
    assert inside + sum(len(tie.edges) for tie in drawn.ties) == len(graph.edges)
    assert len(drawn.boxes) <= 40
    root = _root(shown)
    assert float(root.get("height") or "") < 950
    boxes = [*_boxes(root)]
    for number, one in enumerate(boxes):
        assert not [other for other in boxes[number + 1 :] if _meet(one, other)]
    words = [*_words(root)]
    for number, one in enumerate(words):
        assert not [other for other in (*words[number + 1 :], *boxes) if _meet(one, other)]
    assert sl.display.to_svg(shown) == sl.display.to_svg(shown)


_Area = tuple[float, float, float, float]


def _meet(one: _Area, other: _Area) -> bool:
    left, top, right, bottom = one
    return left < other[2] and other[0] < right and top < other[3] and other[1] < bottom


def _float(one: lxml.etree._Element, name: str) -> float:
    return float(one.get(name) or "")


def _boxes(root: lxml.etree._Element) -> Iterator[_Area]:
    """Where the boxes of parties are; the outline of the asked one is no other box."""
    for one in root.iter(f"{SVG}rect"):
        if one.find(f"{SVG}title") is not None and one.get("class") != "slp-asked":
            x, y = _float(one, "x"), _float(one, "y")
            yield x, y, x + _float(one, "width"), y + _float(one, "height")


def _words(root: lxml.etree._Element) -> Iterator[_Area]:
    """Where the words at lines are."""
    for one in root.iter(f"{SVG}text"):
        if one.get("class") == "slp-words":
            x, y = _float(one, "x"), _float(one, "y")
            yield x - _network.width_of(str(one.text), 10), y - 8, x, y + 2


# ── names ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name",
    [
        "EXAMPLE " * 40,
        "人権" * 80,
        "شركة المثال للتجارة والنقل البحري الدولي المحدودة",
        "W" * 300,
        "",
    ],
)
def test_names_are_inside_of_their_box(name: str) -> None:
    """A name is cut to the width of its box, in capitals and in wide scripts too."""
    shown = star(3)
    named = attrs.evolve(shown.nodes[1].entity, names=(sl.Name(text=name),))
    shown = attrs.evolve(shown, nodes=(shown.nodes[0], attrs.evolve(shown.nodes[1], entity=named)))
    root = _root(shown)
    boxes = [*_boxes(root)]
    inside = 0
    for one in root.iter(f"{SVG}text"):
        x, y = _float(one, "x"), _float(one, "y")
        for left, top, right, bottom in boxes:
            if left < x < right and top < y < bottom:
                assert x + _network._name_width(str(one.text)) < right
                inside += 1
    assert inside == len(boxes)
    assert max(right - left for left, _, right, _ in boxes) < 300
    assert float(root.get("width") or "") >= max(box[2] for box in boxes) + MARGIN


@examples(100)
@given(st.text(min_size=1))
def test_names_are_text(name: str) -> None:
    """Whatever a name holds, the picture is XML that has nothing else than for another name."""
    shown = star(2)
    nodes = [
        attrs.evolve(
            one, entity=attrs.evolve(one.entity, names=(sl.Name(text=f"<{name}]]>&\x1b\ufffe"),))
        )
        for one in shown.nodes
    ]
    tags = [one.tag for one in _root(attrs.evolve(shown, nodes=tuple(nodes))).iter()]
    assert sorted(set(map(str, tags))) == sorted(
        set(map(str, (o.tag for o in _root(shown).iter())))
    )


def test_light_and_dark() -> None:
    """In a card the colours are the card's; on its own the picture has both."""
    assert "prefers-color-scheme:dark" in sl.display.to_svg(NETWORK)
    card = NETWORK._repr_html_()
    inside = card[card.index("<svg") : card.index("</svg>")]
    assert "prefers-color-scheme" not in inside
    assert "var(--chipink)" in inside


# ── without the library ───────────────────────────────────────────────────────────────────────────


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """A card has its text and says what to install; asked for a picture, that is an error."""
    monkeypatch.setitem(sys.modules, "graphlay", None)
    with pytest.raises(MissingExtraError, match=r"(?s)graphlay.*sanctionslib\[draw\]"):
        sl.display.to_svg(NETWORK)
    card = NETWORK._repr_html_()
    assert "<svg" not in card
    told = "No picture: this needs the package 'graphlay', which is not installed. To have it: pip"
    assert told in html.unescape(card)
    assert "sanctionslib[draw]" in card
    assert "LU, Hezheng" in card
