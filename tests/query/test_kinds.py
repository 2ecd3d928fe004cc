"""`kind` in every question: a class, its word, or several."""

from __future__ import annotations

import pytest

import sanctionslib as sl
from sanctionslib.answers import Hit, Subject
from sanctionslib.model import Entity, Organization, Person, Vessel
from sanctionslib.query import SanctionsList

from .builders import party

SEVERAL = ("person", Organization)

MIXED = SanctionsList(
    [
        party(Person, "person", "EXAMPLE STAR"),
        party(Organization, "firm", "EXAMPLE STAR LTD"),
        party(Vessel, "ship", "EXAMPLE STAR"),
        party(Entity, "unknown", "EXAMPLE STAR"),
    ]
)


def _ids(hits: tuple[Hit, ...]) -> set[str]:
    return {one.entity.source_id for one in hits}


@pytest.mark.parametrize("method", ["default", "ofac"])
@pytest.mark.parametrize("kind", ["person", Person, ["person"], SEVERAL, (Vessel, "vessel")])
def test_searched_kinds(kind: object, method: str) -> None:
    """Parties of these kinds are hits, and those of unstated kind, which say so."""
    found = MIXED.search("Example Star", kind=kind, method=method, min_score=0.5)  # type: ignore[arg-type]
    expected = {one.source_id for one in MIXED.where(kind=kind)}  # type: ignore[call-overload]
    assert _ids(found.hits) == {*expected, "unknown"}
    assert {one.entity.source_id for one in found.hits if one.kind_unstated} == {"unknown"}


def test_several_kinds_find_what_each_of_them_finds(sdn: SanctionsList[Entity]) -> None:
    """With the same scores."""
    for one in sdn:
        both = sdn.search(one.name, kind=SEVERAL, limit=0, min_score=0.5)
        each = [sdn.search(one.name, kind=kind, limit=0, min_score=0.5) for kind in SEVERAL]
        scores = {hit.entity.id: hit.score for found in each for hit in found.hits}
        assert {hit.entity.id: hit.score for hit in both.hits} == scores


def test_screened_kinds() -> None:
    """The kinds are those of records that do not state their own."""
    records = [{"name": "Example Star"}, {"name": "Example Star", "kind": "vessel"}]
    first, second = MIXED.screen(records, kind=SEVERAL)
    assert first.subject is not None
    assert (first.subject.kind, first.subject.kinds) == (None, ("person", "organization"))
    assert _ids(first.hits) == {"person", "firm", "unknown"}
    assert second.subject is not None
    assert (second.subject.kind, second.subject.kinds) == ("vessel", ())
    assert MIXED.replay(first) == first
    subject = Subject(names=("Example Star",), kinds=("person", "vessel"))
    (result,) = MIXED.screen([subject], kind="organization")
    assert result.subject == subject
    assert result.hits == MIXED.search(subject).hits
    assert sl.from_dict(sl.to_dict(result), sl.answers.ScreeningResult) == result


def test_compared_kinds() -> None:
    """Two names are compared by the rules of a kind; of several, by those of no kind."""
    names = ("DOE, Jane", "Jane Doe")
    by_kind, by_word = (sl.compare(*names, kind=kind) for kind in (Person, "person"))
    assert by_kind == by_word
    assert sl.compare(*names, kind=("person", Vessel)) == sl.compare(*names)
