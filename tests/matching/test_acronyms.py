"""Names by the initials of some of their words in a row."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sanctionslib.matching._acronyms import Acronyms, runs
from sanctionslib.matching.tokens import prepare

WORDS = st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta"]), min_size=1, max_size=11)


@given(st.lists(WORDS), st.text("abgdx", max_size=10))
def test_all_names_are_found_that_have_them(several: list[list[str]], text: str) -> None:
    """And no others; of three to eight words in a row."""
    names = [prepare(" ".join(words), "organization") for words in several]
    found = Acronyms(names).find(text)
    assert len(found) == len({*found})
    assert {*found} == {at for at, name in enumerate(names) if text in runs(name, 3)}


def test_runs() -> None:
    """From so many words on, shorter ones first; legal forms count as words if they are spelled."""
    firm = prepare("Advanced Systems Research Company", "organization")
    assert runs(firm, 3) == ["asr", "src", "asrc"]
    assert runs(firm, 4) == ["asrc"]
    assert runs(prepare("Advanced Systems Research Co", "organization"), 3) == ["asr"]
    assert max(map(len, runs(prepare("a b c d e f g h i j k", None), 3))) == 8


def test_of_organizations() -> None:
    """A person's name makes no acronym of three letters, nor a vessel's."""
    kinds = ["organization", "person", "vessel", "aircraft", "entity", None]
    names = [prepare("Advanced Systems Research Company", kind) for kind in kinds]
    assert Acronyms(names).find("asrc") == [0, 4, 5]
