"""Name: its parts, and how it prints."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sanctionslib.model import AliasStrength, Name, NameKind, NamePart, NamePartKind

KINDS = st.sampled_from(NamePartKind)


def _part(kind: NamePartKind, text: str) -> NamePart:
    return NamePart(kind=kind, text=text)


@given(st.lists(st.builds(_part, KINDS, st.text(min_size=1, max_size=5))), KINDS)
def test_part_law(parts: list[NamePart], kind: NamePartKind) -> None:
    """Parts of one kind are joined by blanks, in their order; without any it is None, not ""."""
    texts = [one.text for one in parts if one.kind is kind]
    assert Name(text="X", parts=tuple(parts)).part(kind) == (" ".join(texts) if texts else None)


def test_text_and_defaults() -> None:
    """A name prints as its text; made from a text alone it is a primary name of unstated strength."""
    name = Name(text="RAPID ACTION BATTALION")
    assert str(name) == "RAPID ACTION BATTALION"
    assert (name.kind, name.strength) == (NameKind.PRIMARY, AliasStrength.UNSTATED)
    assert (name.parts, name.script, name.source_id) == ((), None, None)
