"""Branches: an element by a table of paths, and everything that the table does not have."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from quick import examples

from sanctionslib.parsers._branches import Branch, grow, shapes
from sanctionslib.parsers._xml import Root, record_of

PATHS = ("P@id", "P/name", "P/item@kind", "P/item", "P/item/deep", "P/box/leaf", "P@flag")
ROOT = Root(name="L", namespace="")
SHAPES = shapes(ROOT, PATHS, {"P/item"}, {"P@flag": {"no"}})


def branch(text: str) -> tuple[Branch, list[tuple[str, str]]]:
    odd: list[tuple[str, str]] = []
    return grow(etree.fromstring(text), SHAPES["P"], odd), odd


def test_texts_and_what_is_below() -> None:
    """Attributes and leaves are texts by name; elements with more are branches."""
    made, odd = branch(
        '<P id=" 1 " flag="no"><name> n </name><item kind="a">x</item><item kind="b">'
        "<deep>d</deep></item><box><leaf/></box></P>"
    )
    assert (made.get("id"), made.get("name"), made.get("flag")) == ("1", "n", None)
    assert [(one.get("kind"), one.get(""), one.get("deep")) for one in made.all("item")] == [
        ("a", "x", None),
        ("b", None, "d"),
    ]
    box = made.one("box")
    assert box is not None
    assert box.get("leaf") is None
    assert (made.one("none"), made.all("none"), odd) == (None, [], [])


def test_what_the_table_does_not_have_is_odd() -> None:
    """Unknown elements, attributes and texts, seconds of one, and a flag that says otherwise."""
    _, odd = branch(
        '<P more="m" flag="yes">t<name>a</name>u<name>b</name><new>c<e f="g"/></new>'
        '<box><leaf>d</leaf></box><box><leaf>e</leaf></box><item><deep h="i">j</deep></item></P>'
    )
    assert odd == [
        ("P@more", "m"),
        ("P@flag", "yes"),
        ("P", "t"),
        ("P", "u"),
        ("P/name", "b"),
        ("P/new", "c"),
        ("P/new/e@f", "g"),
        ("P/box/leaf", "e"),
        ("P/item/deep@h", "i"),
        ("P/item/deep", "j"),
    ]


NAMES = st.sampled_from(["P", "name", "item", "deep", "box", "leaf", "other"])
TEXTS = st.sampled_from(["", " ", "x", "no", " y "])


@st.composite
def elements(draw: st.DrawFn, depth: int = 0) -> str:
    name = "P" if not depth else draw(NAMES)
    attributes = draw(st.dictionaries(st.sampled_from(["id", "kind", "flag", "z"]), TEXTS))
    said = "".join(f' {key}="{value}"' for key, value in attributes.items())
    inside = draw(TEXTS)
    if depth < 3:
        for child in draw(st.lists(elements(depth=depth + 1), max_size=3)):
            inside += child + draw(TEXTS)
    return f"<{name}{said}>{inside}</{name}>"


def texts_of(made: Branch) -> list[str]:
    found = list(made.texts.values())
    for group in (made.below or {}).values():
        for one in group:
            found += texts_of(one)
    return found


@examples(100)
@given(elements())
def test_nothing_is_lost(text: str) -> None:
    """Every value of an element is in its branch, or odd, or what its flag always says."""
    made, odd = branch(text)
    held = Counter(texts_of(made)) + Counter(value.strip() for _, value in odd)
    root = etree.fromstring(text)
    expected = Counter(value.strip() for _, value in record_of(root) or ())
    missing = expected - held
    flag = root.get("flag", "").strip()
    assert missing == Counter({"no": 1} if flag == "no" else {})
    assert not held - expected
