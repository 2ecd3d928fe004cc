"""`SanctionsList.search`: its arguments, its indexes, and selections; with an index of the tests."""

from __future__ import annotations

import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import attrs
import pytest
from brute_index import BruteIndex

import sanctionslib as sl
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Edition, Entity, IdentifierKind, Person
from sanctionslib.query import SanctionsList

from .builders import address, born, of, party, several

THREADS = 8


pytestmark = pytest.mark.usefixtures("brute")


def _number(value: str, kind: IdentifierKind = IdentifierKind.TAX) -> tuple[sl.Identifier, ...]:
    return (sl.Identifier(value=value, kind=kind),)


def _mine() -> SanctionsList[Entity]:
    return SanctionsList(
        [
            party(Person, "1", "AHMED, Benazir", nationalities=of("BD")),
            party(sl.Organization, "2", "ACME TRADING", identifiers=_number("7707083893")),
            party(sl.Vessel, "3", "ACME TRADER"),
            party(Entity, "4", "ACME TRADING", addresses=(address(None, "Region: Crimea"),)),
        ]
    )


def _ids(hits: sl.answers.Hits) -> list[str]:
    return [one.entity.source_id for one in hits]


# Arguments


def test_every_argument_reaches_the_search() -> None:
    """What is given stands in the answer, read."""
    hits = _mine().search(
        ["Benazir Ahmed", "Benazir"],
        kind=Person,
        limit=3,
        min_score=0.5,
        weak_aliases="include",
        birth_date=1963,
        country=["Bangladesh", "IN"],
        identifiers="A-77",
    )
    assert hits.subject == sl.Subject(
        names=("Benazir Ahmed", "Benazir"),
        kind="person",
        birth_date=sl.PartialDate.year(1963),
        countries=(sl.Country(code="BD"), sl.Country(code="IN")),
        identifiers=("A-77",),
    )
    said = hits.context
    assert (said.limit, said.min_score, said.weak_aliases) == (3, 0.5, sl.WeakAliases.INCLUDE)
    assert [one.given for one in hits[0].facts] == ["1963", "Bangladesh, IN", "A-77"]


def test_defaults() -> None:
    """Ten hits, the method's threshold, weak aliases confirm, and nothing but the name."""
    hits = _mine().search("Benazir Ahmed")
    assert hits.subject == sl.Subject(names=("Benazir Ahmed",))
    said = hits.context
    assert (said.limit, said.min_score, said.weak_aliases) == (10, 0.8, sl.WeakAliases.CONFIRM)
    assert (said.entities, said.names, said.editions) == (4, 4, ())


def test_a_subject() -> None:
    """It is searched as its parts would be; it has its own facts, so none stand beside it."""
    asked = sl.Subject(
        names=("Acme Trading",),
        kind="organization",
        countries=(sl.Country(code="RU", raw="Russia"), sl.Country(raw="Region: Crimea")),
        identifiers=("7707083893",),
    )
    hits = _mine().search(asked)
    assert hits.subject == asked
    assert _ids(hits) == ["2", "4"]
    assert [one.verdict.value for one in hits[1].facts] == ["agrees", "unknown"]
    printed = attrs.evolve(asked, countries=(sl.Country(code="RU", raw="as printed"),))
    assert _mine().search(printed).subject == printed
    for beside in ({"kind": Person}, {"birth_date": 1963}, {"country": "RU"}, {"identifiers": "1"}):
        with pytest.raises(InvalidInputError, match="a Subject has its own"):
            _mine().search(asked, **beside)  # type: ignore[arg-type]


def test_a_subject_without_a_name() -> None:
    """Numbers alone are a question; neither names nor numbers are none."""
    assert _ids(_mine().search(sl.Subject(identifiers=("7707083893",)))) == ["2"]
    assert _ids(_mine().search([], identifiers="7707083893")) == ["2"]
    with pytest.raises(InvalidInputError, match="nothing to search"):
        _mine().search([])


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"query": ""}, "is blank"),
        ({"query": sl.Subject(names=("A",), kind="ship")}, "kind='ship'"),
        ({"limit": -1}, "limit=-1"),
        ({"method": "soundex"}, "method='soundex' is unknown"),
        ({"method": ["ofac"]}, "is unknown"),
        ({"country": "Atlantis"}, "country='Atlantis' is known neither"),
        ({"country": ""}, "country='' is neither a value nor several"),
        ({"country": []}, "neither a value nor several"),
        ({"country": 7}, "neither a value nor several"),
        ({"query": sl.Subject(names=("A",), countries=(sl.Country(code="XX"),))}, "'XX'"),
        ({"identifiers": "--"}, "neither letters nor digits"),
    ],
)
def test_bad_arguments(asked: dict[str, Any], says: str, brute: type[BruteIndex]) -> None:
    """Refused with words, before any index is built."""
    with pytest.raises(InvalidInputError, match=says):
        _mine().search(**{"query": "A", **asked})
    assert brute.built == 0


def test_a_country_as_the_list_spells_it() -> None:
    """A place without a code is known where the list has it."""
    hits = _mine().search("Acme Trading", country="Region: Crimea")
    assert {one.entity.source_id: one.facts[0].verdict.value for one in hits} == {
        "2": "unknown",
        "4": "agrees",
    }


# Numbers


def test_numbers_as_lookup_finds_them() -> None:
    """A label before a number and blanks in it do not count, as in `find_number`."""
    hits = _mine().search("Nobody", identifiers="Tax ID 7707 083 893")
    assert _ids(hits) == ["2"]
    assert hits[0].identifiers == _number("7707083893")


def test_an_edition_that_never_states_a_fact() -> None:
    """It makes the fact unknown and is no error: the name was compared all the same."""
    mute = Edition(list_id="watch", supported_facts=frozenset({sl.Fact.KIND}))
    one = several([party(Person, "1", "AHMED, Benazir")], mute)
    hits = one.search("Ahmed Benazir", birth_date=1963, country="BD", identifiers="A77")
    assert [each.verdict.value for each in hits[0].facts] == ["unknown"] * 3


# Indexes


def test_an_index_is_built_once_and_late(brute: type[BruteIndex]) -> None:
    """Nothing is built before the first search, and nothing after it."""
    mine = _mine()
    assert brute.built == 0
    mine.search("A")
    mine.search("B")
    assert brute.built == 1


def test_each_method_has_its_index(brute: type[BruteIndex]) -> None:
    mine = _mine()
    for method in ("default", "ofac", "default", "ofac"):
        mine.search("A", method=method)
    assert brute.built == 2


def test_threads_share_one_index(brute: type[BruteIndex]) -> None:
    """Whoever asks first builds it; the others wait and use it."""
    mine, barrier = _mine(), threading.Barrier(THREADS)

    def ask(_: int) -> sl.answers.Hits:
        barrier.wait()
        return mine.search("Acme Trading")

    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(ask, range(THREADS)))
    assert brute.built == 1
    assert all(one == found[0] for one in found)


def test_a_pickle_has_no_index(brute: type[BruteIndex]) -> None:
    """A copy builds its own, and finds the same."""
    mine = _mine()
    found = mine.search("Acme Trading")
    copy = pickle.loads(pickle.dumps(mine))
    assert len(pickle.dumps(mine)) == len(pickle.dumps(_mine()))
    assert copy.search("Acme Trading") == found
    assert brute.built == 2


# Selections


def test_a_selection_searches_itself(brute: type[BruteIndex]) -> None:
    """A large one by the index of its base; names and numbers of others are not found."""
    mine = _mine()
    part = mine[2:]
    hits = part.search("Acme Trading", min_score=0.6, identifiers="7707083893")
    assert _ids(hits) == ["4", "3"]
    said = hits.context
    assert (said.selection, said.entities, said.names) == (part.selection, 2, 2)
    assert said.selection.criteria == ("[2:]",)
    assert _ids(mine.search("Acme Trading", min_score=0.6)) == ["2", "4", "3"]
    assert brute.built == 1


def test_a_small_selection_has_an_index_of_its_own(brute: type[BruteIndex]) -> None:
    """It is built from its own names, whether the base has one or not, and finds the same."""
    people = [party(Person, str(at), f"ACME {at:04}") for at in range(101)]
    mine = SanctionsList(people)
    small, large = mine[:25], mine[:26]
    found = small.search("acme 0007", identifiers="A1")
    assert (brute.built, found.context.entities) == (1, 25)
    assert (len(large.search("acme 0007").hits), brute.built) == (10, 2)
    assert [one.entity.id for one in found] == [
        one.entity.id for one in mine[:25].search("acme 0007", method="default")
    ]


def test_an_empty_selection_finds_nobody() -> None:
    none = _mine().where(lambda _: False)
    hits = none.search("Acme Trading", identifiers="7707083893")
    assert (len(hits), hits.context.entities, hits.context.names) == (0, 0, 0)
    assert len(SanctionsList([]).search("Acme Trading")) == 0


# Several lists


def _both() -> SanctionsList[Entity]:
    sdn, csl = Edition(list_id="sdn", id_space="ofac"), Edition(list_id="csl")
    first = [
        party(Person, "sdn:7", "AHMED, B.", births=born("BD"), identifiers=_number("7707083893"))
    ]
    second = [
        party(Entity, "csl:7", "AHMED, Benazir", id_space="ofac"),
        party(Entity, "csl:8", "AHMED, Benazir"),
    ]
    return sl.combine(several(list(first), sdn), several(list(second), csl))


def test_one_party_of_two_lists_is_one_hit() -> None:
    """By the id that the lists share; its records state its facts together."""
    hits = _both().search("Benazir Ahmed", country="BD", identifiers="7707083893")
    assert [(one.entity.id, [each.id for each in one.also]) for one in hits] == [
        ("csl:7", ["sdn:7"]),
        ("csl:8", []),
    ]
    assert [one.verdict.value for one in hits[0].facts] == ["agrees", "agrees"]
    assert (hits.context.entities, hits.context.names) == (3, 3)
    assert [one.list_id for one in hits.context.editions] == ["sdn", "csl"]


def test_a_selection_of_two_lists() -> None:
    """Records outside it neither stand beside a hit nor state facts: it is what was searched."""
    (hit,) = _both()[1:2].search("Benazir Ahmed", country="BD")
    assert (hit.entity.id, hit.also) == ("csl:7", ())
    assert hit.facts[0].verdict is sl.answers.Agreement.UNKNOWN


def test_what_cannot_be_compared_is_said() -> None:
    """A name of several, a blank one, a date that nobody could read: the others are searched."""
    sdn = sl.sample()
    plain = sdn.search("Benazir Ahmed")
    found = sdn.search(["Benazir Ahmed", "…", " "], birth_date=sl.PartialDate.parse("long ago"))
    assert (found.hits, found.subject) == (plain.hits, plain.subject)
    assert [(one.field, one.value) for one in found.problems] == [
        ("birth_date", "long ago"),
        (None, "…"),
        (None, " "),
    ]
    assert {row["problems"] is not None for row in found.rows()} == {True}
    asked = sl.Subject(names=("Benazir Ahmed",), birth_date=sl.PartialDate(raw="?"))
    assert [one.value for one in sdn.search(asked).problems] == ["?"]
    assert sl.from_dict(sl.to_dict(found)) == found
    assert "nothing to compare" in str(found)
    assert "problem" not in str(plain)
    for names in ("…", ["…", "--"], ["", " "]):
        with pytest.raises(InvalidInputError):
            sdn.search(names)
    with pytest.raises(InvalidInputError, match="is no date"):
        sdn.search("Benazir Ahmed", birth_date="long ago")
    (number,) = sdn.search("…", identifiers="7706101758")
    assert number.name is None
