"""Lists of one's own: what is accepted, and what people get wrong."""

from __future__ import annotations

import pytest

import sanctionslib as sl
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Designation, Edition, Entity, Fact, Name, Person, Vessel
from sanctionslib.query import SanctionsList

from .builders import keys, party

NAMES = (Name(text="DOE, Jane"),)


def test_a_list_of_ones_own() -> None:
    """Entities made by hand make a list; without an edition any question may be asked."""
    mine = SanctionsList([party(Person, "1", "DOE, Jane"), party(Vessel, "~a.b", "STAR")])
    assert keys(mine) == ["1", "~a.b"]
    assert mine.editions == ()
    assert mine["~a.b"].name == "STAR"
    assert (mine.audit.read, mine.audit.converted, mine.audit.declared) == (2, 2, None)
    assert mine.selection == sl.answers.Selection(of=2)
    assert len(mine.where(listed_from="2021", measure="asset freeze")) == 0
    assert mine.why("1").edition is None


def test_a_list_with_an_edition() -> None:
    """An edition that is given is what `why` looks at, also where entities do not name it."""
    edition = Edition(list_id="watch", supported_facts=frozenset({Fact.KIND}))
    mine = SanctionsList([party(Person, "1"), party(Person, "other:2")], edition)
    assert mine.editions == (edition,)
    assert mine.why("1").edition == edition
    assert mine.why("2").edition is None


@pytest.mark.parametrize(
    ("entities", "message"),
    [
        (["watch:1"], "'watch:1' is no Entity"),
        ([None], "None is no Entity"),
        ([Person(id="watch", names=NAMES)], "the id 'watch' has no list or no key"),
        ([Person(id="watch:", names=NAMES)], "the id 'watch:' has no list or no key"),
        ([Person(id=":1", names=NAMES)], "the id ':1' has no list or no key"),
        ([Person(id="", names=NAMES)], "the id '' has no list or no key"),
        ([party(Person, "1"), party(Vessel, "1")], "the id 'watch:1' occurs twice"),
        ([Person(id="watch:1", names=[Name(text="X")])], "names of watch:1 is a list"),  # type: ignore[arg-type]
        ([Person(id="watch:1", names=NAMES, titles={"Mr"})], "titles of watch:1 is a set"),  # type: ignore[arg-type]
        ([Person(id="watch:1", names=())], "watch:1 has no name"),
    ],
)
def test_what_is_refused(entities: list[object], message: str) -> None:
    """No entity, no id, no name, an id twice, or a list in place of a tuple: each is said."""
    with pytest.raises(InvalidInputError) as caught:
        SanctionsList(entities)  # type: ignore[type-var]
    assert caught.value.what == message
    assert caught.value.hint


def test_a_number_as_an_id_is_refused() -> None:
    """An id that is no text is refused like every other unusable id."""
    with pytest.raises(InvalidInputError):
        SanctionsList([Person(id=33951, names=NAMES)])  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_name_is_refused(text: str) -> None:
    """A name without text names nobody."""
    with pytest.raises(InvalidInputError):
        SanctionsList([Person(id="watch:1", names=(Name(text=text),))])


def test_lists_further_down_are_refused() -> None:
    """A list in place of a tuple is also found inside a designation, where it is usual to slip."""
    listed = Designation(programs=["SDGT"])  # type: ignore[arg-type]
    with pytest.raises(InvalidInputError, match="programs"):
        SanctionsList([party(Person, "1", designations=(listed,))])


def test_entities_of_several_kinds() -> None:
    """The kinds of a list of one's own may be mixed; a generator serves as well."""
    mixed: list[Entity] = [party(Person, "1"), party(Entity, "2")]
    assert len(SanctionsList(iter(mixed))) == 2
    assert len(SanctionsList(())) == 0


def test_names_that_are_none() -> None:
    """A text in place of a Name is refused when the list is made, not when it is asked."""
    with pytest.raises(InvalidInputError, match="no Name"):
        SanctionsList([Person(id="watch:1", names=("EXAMPLE",))])  # type: ignore[arg-type]
