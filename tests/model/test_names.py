"""Name: its parts, and how it prints."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sanctionslib.model import AliasStrength, Name, NameKind, NamePart, NamePartKind

KINDS = st.sampled_from(NamePartKind)


def _part(kind: NamePartKind, text: str) -> NamePart:
    return NamePart(kind=kind, text=text)


def test_part_joins_what_is_of_one_kind() -> None:
    """Several parts of one kind are joined by blanks, in their order; none is None, not ""."""
    name = Name(
        text="BIN LADEN, Usama Muhammad Awad",
        parts=(
            _part(NamePartKind.GIVEN, "Usama"),
            _part(NamePartKind.FAMILY, "BIN LADEN"),
            _part(NamePartKind.GIVEN, "Muhammad"),
        ),
    )
    assert name.part(NamePartKind.GIVEN) == "Usama Muhammad"
    assert name.part(NamePartKind.FAMILY) == "BIN LADEN"
    assert name.part(NamePartKind.MAIDEN) is None
    assert Name(text="X").part(NamePartKind.WHOLE) is None
    assert Name(text="X", parts=(_part(NamePartKind.TITLE, ""),)).part(NamePartKind.TITLE) == ""


@given(st.lists(st.builds(_part, KINDS, st.text(min_size=1, max_size=5))), KINDS)
def test_part_law(parts: list[NamePart], kind: NamePartKind) -> None:
    """A name has a part of a kind exactly where one of its parts is of that kind."""
    texts = [one.text for one in parts if one.kind is kind]
    assert Name(text="X", parts=tuple(parts)).part(kind) == (" ".join(texts) if texts else None)


def test_text_and_defaults() -> None:
    """A name prints as its text; made from a text alone it is a primary name of unstated strength."""
    name = Name(text="RAPID ACTION BATTALION")
    assert str(name) == "RAPID ACTION BATTALION"
    assert (name.kind, name.strength) == (NameKind.PRIMARY, AliasStrength.UNSTATED)
    assert (name.parts, name.script, name.source_id) == ((), None, None)


def test_weak_and_strong_are_two_statements() -> None:
    """The publisher's word on an alias counts, also one that we have no reading of."""
    strong = Name(text="X", strength=AliasStrength.STRONG)
    assert strong != Name(text="X", strength=AliasStrength.WEAK)
    assert Name(text="X", raw_strength="fair") != Name(text="X", raw_strength="poor")
