"""`search`: names and numbers → hits, one per party, with their evidence, in the order of the rule."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sanctionslib
from sanctionslib.answers import Agreement, ComparedFact, Hits, Selection, Subject, WeakAliases
from sanctionslib.errors import InvalidInputError
from sanctionslib.matching.arguments import Policy
from sanctionslib.matching.search import Searchable, order, search
from sanctionslib.model import (
    AliasStrength,
    Edition,
    Entity,
    Organization,
    PartialDate,
    Person,
    Vessel,
)
from sanctionslib.reference import read_country

from .builders import party, searchable

ALL = Policy()
"""The method's own threshold, weak aliases confirm, all hits."""


def _subject(*names: str, **said: object) -> Subject:
    return Subject(names=names, **said)  # type: ignore[arg-type]


def ask(*names: str, **facts: object) -> Hits:
    """Search all of the parties below."""
    return search(ALL_OF_THEM, _subject(*names, **facts), ALL)


def _keys(hits: Hits) -> list[str]:
    return [one.entity.source_id for one in hits]


AHMED = party(
    Person, "1", "AHMED, Benazir", "BENAZIR, Ahmad", "~BEN", born="1963", country="Bangladesh"
)
OTHER = party(Person, "2", "AHMED, Benazira", born="1980", country="India", number="A-77")
SHIP = party(Vessel, "3", "BENAZIR AHMED")
UNSAID = party(Entity, "4", "BENAZIR AHMED")
FIRM = party(Organization, "5", "ACME TRADING")
ALL_OF_THEM = searchable([AHMED, OTHER, SHIP, UNSAID, FIRM])


def test_the_best_name_of_each_party() -> None:
    """A hit has the name that hit, its score, the searched name, and how they pair."""
    hits = ask("Ahmed Benazir")
    assert _keys(hits) == ["1", "3", "4", "2"], "equal scores go by id"
    best = hits[0]
    assert (best.name, best.query, best.score, best.rank) == (AHMED.names[0], "Ahmed Benazir", 1, 1)
    assert best.comparison is not None
    assert (best.comparison.query, best.comparison.listed) == ("Ahmed Benazir", "AHMED, Benazir")
    assert hits[3].score == pytest.approx(0.963, abs=0.001)
    assert hits.more == 0
    assert hits.subject == _subject("Ahmed Benazir")


def test_of_equal_names_the_trusted_one() -> None:
    """Of names that score the same, a weak one comes last; a primary one is as good as a strong."""
    weak_first = party(Person, "1", "SOMEBODY ELSE", "~BIG BEN", "BIG, Ben")
    (hit,) = search(searchable([weak_first]), _subject("Big Ben"), ALL)
    assert hit.name is weak_first.names[2]
    assert hit.strength is AliasStrength.STRONG
    primary = party(Person, "1", "BIG BEN", "BIG, Ben")
    assert search(searchable([primary]), _subject("Big Ben"), ALL)[0].name is primary.names[0]


def test_several_names_of_one_subject() -> None:
    """The best of them counts, and the hit says which one it was; of equal ones the first listed."""
    hits = ask("Benazir Ahmet", "Ahmad Benazir")
    assert (hits[0].entity, hits[0].query, hits[0].score) == (AHMED, "Ahmad Benazir", 1)
    assert len({one.entity.id for one in hits}) == len(hits)
    assert ask("Acme Trading", "Ben Azir Ahmed")[0].entity is FIRM
    for asked in (("Ahmad Benazir", "Ahmed Benazir"), ("Ahmed Benazir", "Ahmad Benazir")):
        hit = ask(*asked)[0]
        assert (hit.name, hit.query) == (AHMED.names[0], "Ahmed Benazir")


def test_kinds() -> None:
    """Only the kind that is asked for, and the parties whose kind is not stated, which say so."""
    hits = ask("Benazir Ahmed", kind="person")
    assert [(one.entity.source_id, one.kind_unstated) for one in hits] == [
        ("1", False),
        ("4", True),
        ("2", False),
    ]
    assert {one.comparison.kind for one in hits if one.comparison} == {"person"}
    assert not any(one.kind_unstated for one in ask("Benazir Ahmed"))


def test_a_limit_and_a_threshold() -> None:
    """What a limit cuts off is counted; names at the threshold are hits, names below it are not."""
    asked = _subject("Benazir Ahmed")
    hits = search(ALL_OF_THEM, asked, Policy(limit=3))
    assert (_keys(hits), hits.more) == (["1", "3", "4"], 1)
    assert search(ALL_OF_THEM, asked, Policy(limit=4)).more == 0
    score = search(ALL_OF_THEM, asked, ALL)[3].score
    counts = [len(search(ALL_OF_THEM, asked, Policy(min_score=score + more))) for more in (0, 1e-9)]
    assert counts == [4, 3]


# Other facts


def test_facts_order_hits_and_change_no_score() -> None:
    """A birth date and a country that agree move a hit up; its score stays that of the name."""
    plain = ask("Benazir Ahmed")
    facts = {"birth_date": PartialDate.year(1980), "countries": (read_country("IN"),)}
    hits = ask("Benazir Ahmed", **facts)
    assert _keys(hits) == ["2", "3", "4", "1"]
    assert {(one.entity, one.score) for one in hits} == {(one.entity, one.score) for one in plain}
    assert [round(one.rank - one.score, 6) for one in hits] == [0.15, 0, 0, -0.15]
    assert [[one.verdict.value for one in hit.facts] for hit in hits] == [
        ["agrees", "agrees"],
        ["unknown", "unknown"],
        ["unknown", "unknown"],
        ["conflicts", "conflicts"],
    ]
    assert hits[3].facts[0].listed == ("1963",)


def test_of_equal_ranks_the_better_name() -> None:
    """.9 and a country that agrees, 1 and one that conflicts: both are .95."""
    near = party(Person, "1", "ABCDEFGHIX", country="India")
    same = party(Person, "2", "ABCDEFGHIJ", country="China")
    asked = _subject("ABCDEFGHIJ", countries=(read_country("IN"),))
    hits = search(searchable([near, same]), asked, ALL)
    assert [one.rank for one in hits] == [0.95, 0.95]
    assert _keys(hits) == ["2", "1"]
    assert order(hits[0]) < order(hits[1])


def test_an_exact_number_comes_first_whatever_the_name() -> None:
    """A number is found by itself: beside another name, below the threshold, of another kind."""
    for asked in (
        _subject("Nobody Atall", identifiers=("A77",)),
        _subject("Acme Trading", kind="organization", identifiers=("A77",)),
        _subject(identifiers=("A77",)),
    ):
        hit = search(ALL_OF_THEM, asked, ALL)[0]
        assert (hit.entity, hit.name, hit.query, hit.comparison) == (OTHER, None, None, None)
        assert (hit.score, hit.rank, hit.identifiers) == (0, 2, OTHER.identifiers)
        assert (hit.facts[0].verdict, hit.facts[0].listed) == (Agreement.AGREES, ("A-77",))


def test_a_number_and_a_name() -> None:
    """Of one party both are shown, and it comes before an equal name."""
    hits = ask("Benazir Ahmed", identifiers=("B1", "A77"))
    assert _keys(hits) == ["2", "1", "3", "4"]
    assert hits[0].name is OTHER.names[0]
    assert [one.verdict.value for one in hits[0].facts] == ["unknown", "agrees"]
    assert hits[1].identifiers == ()


def test_a_number_of_several() -> None:
    """Each party that has it is a hit, once, with the first of its records that does."""
    first, other = (party(Person, f"sdn:{at}", "SOMEBODY", number="A-77") for at in (7, 8))
    second = party(Person, "csl:7", "SOMEBODY", number="A-77", id_space="ofac")
    where = searchable([attrs.evolve(first, edition=SDN), second, other], SDN, CSL)
    hits = search(where, _subject(identifiers=("A77", "A 77")), ALL)
    assert [one.entity.id for one in hits] == ["sdn:7", "sdn:8"]
    assert [one.id for one in hits[0].also] == ["csl:7"]
    assert [one.identifiers for one in hits] == [first.identifiers] * 2


def test_an_edition_that_states_countries_in_part() -> None:
    """The edition of each record is asked, also where the entity names none."""
    cut = Edition(list_id="watch", missing=("ADD.CSV",), supported_facts=frozenset())
    asked = _subject("Benazir Ahmed", countries=(read_country("CN"),))
    verdicts = [
        search(searchable([AHMED], *editions), asked, ALL)[0].facts[0].verdict
        for editions in ((), (cut,), (Edition(list_id="other"),))
    ]
    assert verdicts == [Agreement.CONFLICTS, Agreement.UNKNOWN, Agreement.CONFLICTS]
    other = party(Person, "csl:1", "AHMED, B.", country="India", id_space="watch")
    for records in ([AHMED, other], [other, AHMED]):  # one of them is enough
        (hit,) = search(searchable(records, cut, CSL), asked, ALL)
        assert hit.facts[0].verdict is Agreement.UNKNOWN


# Weak aliases

BEN = _subject("Ben")


def _weak(subject: Subject, weak: WeakAliases) -> tuple[list[str], list[str]]:
    hits = search(ALL_OF_THEM, subject, Policy(weak_aliases=weak))
    return _keys(hits), [one.entity.source_id for one in hits.suppressed]


def test_a_weak_alias_alone() -> None:
    """Suppressed and shown as that; a hit where they are included; not seen where excluded."""
    assert _weak(BEN, WeakAliases.CONFIRM) == ([], ["1"])
    assert _weak(BEN, WeakAliases.INCLUDE) == (["1"], [])
    assert _weak(BEN, WeakAliases.EXCLUDE) == ([], [])
    (held,) = search(ALL_OF_THEM, BEN, ALL).suppressed
    assert (held.name, held.score) == (AHMED.names[2], 1)


def test_what_is_withheld_is_in_the_same_order() -> None:
    """By rank: a name of a little lower score comes before one that facts speak against."""
    like = party(Person, "2", "SOMEBODY", "~BENN")
    asked = _subject("Ben", birth_date=PartialDate.year(1990), countries=(read_country("IN"),))
    held = search(searchable([AHMED, like]), asked, ALL).suppressed
    assert [one.entity.source_id for one in held] == ["2", "1"]


@pytest.mark.parametrize(
    ("said", "confirmed"),
    [
        ({"birth_date": PartialDate.parse("1963-08-01")}, True),
        ({"birth_date": PartialDate.year(1964)}, False),
        ({"countries": (read_country("BD"),)}, True),
        ({"countries": (read_country("IN"),)}, False),
        ({"countries": (read_country("IN"),), "birth_date": PartialDate.year(1963)}, True),
        ({"identifiers": ("A77",)}, False),
        ({"kind": "person"}, False),
    ],
)
def test_what_confirms_a_weak_alias(said: dict[str, object], confirmed: bool) -> None:
    """A birth date or country that agrees; not one that conflicts, nor another party's number."""
    hits = ask("Ben", **said)
    assert ("1" in _keys(hits)) is confirmed
    assert [one.entity.source_id for one in hits.suppressed] == ([] if confirmed else ["1"])


def test_a_number_confirms_a_weak_alias() -> None:
    """Then the hit has both."""
    one = party(Person, "1", "SOMEBODY ELSE", "~BEN", number="A77")
    hits = search(searchable([one]), _subject("Ben", identifiers=("A77",)), ALL)
    assert [(hit.name, hit.identifiers) for hit in hits] == [(one.names[1], one.identifiers)]
    assert hits.suppressed == ()


def test_another_name_confirms_a_weak_alias() -> None:
    """Where a strong name matches too, the weak one counts as any other, also as the best."""
    one = party(Person, "1", "SOMEBODY", "~BENJAMIN BEN", "BENJAMIX BEN")
    (hit,) = search(searchable([one]), _subject("Benjamin Ben"), ALL)
    assert (hit.name, hit.score) == (one.names[1], 1)
    (hit,) = search(
        searchable([one]), _subject("Benjamin Ben"), Policy(weak_aliases=WeakAliases.EXCLUDE)
    )
    assert hit.name is one.names[2]
    less = party(Person, "1", "BENJAMIN BEN", "~BENJAMIX BEN")
    (hit,) = search(searchable([less]), _subject("Benjamin Ben"), ALL)
    assert (hit.name, hit.score) == (less.names[0], 1), "a weak one beside it takes nothing away"
    two = _subject("Benjamin Ben", "Somebody")
    assert len(search(searchable([one]), two, ALL)) == 1, "whichever searched name it is near to"


def test_an_alias_of_no_stated_strength_is_no_weak_one() -> None:
    """Lists that say nothing of strength are searched whole."""
    one = party(Person, "1", "SOMEBODY ELSE", "?BEN")
    assert len(search(searchable([one]), BEN, ALL)) == 1


# Several lists

SDN = Edition(list_id="sdn", id_space="ofac")
CSL = Edition(list_id="csl", id_space="csl")


def _two_records() -> Searchable:
    unsupported = party(Entity, "csl:7", "AHMED, Benazir", "THE GENERAL", id_space="ofac")
    stating = party(Person, "sdn:7", "AHMED, B.", "~BEN", born="1963", edition=SDN)
    alone = party(Entity, "csl:8", "AHMED, Benazir", edition=CSL)
    return searchable([stating, unsupported, alone], SDN, CSL)


def test_records_of_one_party_are_one_hit() -> None:
    """The record that hit best comes first, the others stand beside it."""
    hits = search(_two_records(), _subject("Benazir Ahmed"), ALL)
    assert [(one.entity.id, [each.id for each in one.also]) for one in hits] == [
        ("csl:7", ["sdn:7"]),
        ("csl:8", []),
    ]


def test_what_the_other_record_states_counts() -> None:
    """A birth date that only one record states is a fact of the party."""
    asked = _subject("The General", birth_date=PartialDate.year(1963))
    (hit,) = search(_two_records(), asked, ALL)
    assert (hit.entity.id, hit.facts[0].verdict) == ("csl:7", Agreement.AGREES)


def test_a_name_of_the_other_record_confirms_a_weak_alias() -> None:
    """Strong is whatever name of the party, on whichever list."""
    both = _subject("Ben", "The General")
    (hit,) = search(_two_records(), both, ALL)
    assert (hit.entity.id, hit.strength) == ("csl:7", AliasStrength.STRONG)
    assert search(_two_records(), both, ALL).suppressed == ()


def _repeated(first: str, *aliases: str) -> Searchable:
    """A party whose weak alias another list repeats without a word on its strength."""
    sdn = party(Person, "sdn:7", "AHMED, B.", "~BEN", *aliases, edition=SDN)
    csl = party(Person, "csl:7", "AHMED, B.", "?ben", id_space="ofac", edition=CSL)
    return searchable([sdn, csl] if first == "sdn" else [csl, sdn], SDN, CSL)


@pytest.mark.parametrize("first", ["sdn", "csl"])
def test_a_weak_alias_is_weak_on_every_list(first: str) -> None:
    """One list's word counts for the party; the hit shows the record that says it."""
    where = _repeated(first)
    hits = search(where, BEN, ALL)
    (held,) = hits.suppressed
    assert (len(hits), held.entity.id, held.strength) == (0, "sdn:7", AliasStrength.WEAK)
    without = search(where, BEN, Policy(weak_aliases=WeakAliases.EXCLUDE))
    assert (len(without), len(without.suppressed)) == (0, 0)
    assert (hits.context.names, without.context.names) == (4, 2)
    (hit,) = search(where, BEN, Policy(weak_aliases=WeakAliases.INCLUDE))
    assert hit.entity.id == "sdn:7"


def test_an_alias_that_another_list_calls_strong() -> None:
    """Where lists differ, it is not weak; nor is a primary name, or the name of another party."""
    assert len(search(_repeated("sdn", "BEN"), BEN, ALL)) == 1
    without = search(_repeated("sdn", "BEN"), BEN, Policy(weak_aliases=WeakAliases.EXCLUDE))
    assert without.context.names == 4, "of five, the one that its own list calls weak"
    primary = searchable(
        [
            party(Person, "sdn:7", "AHMED, B.", "~BEN", edition=SDN),
            party(Person, "csl:7", "BEN", id_space="ofac", edition=CSL),
            party(Person, "csl:8", "SOMEBODY", "?BEN", edition=CSL),
        ],
        SDN,
        CSL,
    )
    assert [one.entity.id for one in search(primary, BEN, ALL)] == ["csl:7", "csl:8"]


def test_equal_names_of_two_records() -> None:
    """The record of the list that comes first in the collection is shown."""
    one = party(Person, "sdn:7", "AHMED, Benazir", edition=SDN)
    two = party(Entity, "csl:7", "AHMED, Benazir", id_space="ofac")
    for entities in ([one, two], [two, one]):
        (hit,) = search(searchable(entities, SDN), _subject("Benazir Ahmed"), ALL)
        assert (hit.entity, hit.also) == (entities[0], (entities[1],))


def test_a_part_of_an_index() -> None:
    """Parties outside the selection are no hits, and no records beside one."""
    some = searchable(
        [AHMED, OTHER, SHIP],
        only=frozenset({"watch:1"}),
        selection=Selection(criteria=("x",), of=3),
    )
    hits = search(some, _subject("Benazir Ahmed", identifiers=("A77",)), ALL)
    assert _keys(hits) == ["1"]
    assert (hits.context.entities, hits.context.names) == (1, 3)
    others = searchable([AHMED, OTHER], only=frozenset({"watch:2"}))
    assert others.context(Policy(weak_aliases=WeakAliases.EXCLUDE)).names == 1


# What was searched


def test_what_was_searched() -> None:
    """Everything that is needed to search once more in the same way."""
    edition = Edition(list_id="watch", published=date(2021, 12, 10), sha256="ab" * 32)
    chosen = Selection(criteria=("x",), of=5)
    where = searchable([AHMED, OTHER], edition, selection=chosen)
    said = search(where, _subject("Benazir"), Policy(limit=7)).context
    assert said.editions == (edition,)
    assert said.selection == chosen
    assert (said.entities, said.names, said.method) == (2, 4, "brute-1")
    assert (said.min_score, said.limit, said.ranking) == (0.8, 7, "facts-1")
    assert said.weak_aliases is WeakAliases.CONFIRM
    assert said.library == sanctionslib.__version__
    without = where.context(Policy(weak_aliases=WeakAliases.EXCLUDE, min_score=0.5))
    assert (without.names, without.min_score, without.limit) == (3, 0.5, None)


# Input


def test_nothing_to_search() -> None:
    """Neither a name nor a number is no question; nor are names without letters alone."""
    with pytest.raises(InvalidInputError, match="nothing to search"):
        search(ALL_OF_THEM, Subject(countries=(read_country("IR"),)), ALL)
    with pytest.raises(InvalidInputError, match="nothing to compare"):
        ask("…", "--")


def test_a_bad_name_beside_a_good_one() -> None:
    """The others are searched, as where it is not given; the answer names it."""
    hits = ask("Benazir", "…")
    assert hits.hits == ask("Benazir").hits
    assert hits.subject.names == ("Benazir",)
    assert [(one.value, one.skipped) for one in hits.problems] == [("…", False)]
    assert "nothing to compare" in hits.problems[0].what


@pytest.mark.parametrize(
    ("name", "values", "says"),
    [
        ("min_score", [-0.1, 1.1, float("nan"), float("inf"), True, "0.8"], "min_score="),
        ("min_score", [10**400], "min_score=1000"),  # which no float can hold
        ("limit", [0, -1, 1.5, True, "3"], "limit="),
        ("weak_aliases", ["never", "", 1], "known are 'confirm', 'exclude', 'include'"),
    ],
)
def test_bad_policies(name: str, values: list[Any], says: str) -> None:
    for value in values:
        with pytest.raises(InvalidInputError, match=says):
            Policy(**{name: value})


def test_good_policies() -> None:
    """Words and members mean the same; whole numbers are scores."""
    assert Policy(weak_aliases="include").weak_aliases is WeakAliases.INCLUDE
    assert Policy(weak_aliases=WeakAliases.EXCLUDE, min_score=1, limit=1) == Policy(
        weak_aliases=WeakAliases.EXCLUDE, min_score=1.0, limit=1
    )
    assert [type(Policy(min_score=one).min_score) for one in (0, 1)] == [float, float]


# Laws

_WORDS = st.lists(st.sampled_from(["ali", "omar", "hasan", "said"]), min_size=1, max_size=3).map(
    " ".join
)
_YEARS = st.sampled_from(["1960", "1961", "circa 1963", "once"])
_PARTIES = st.lists(
    st.tuples(
        st.lists(_WORDS, min_size=1, max_size=3),
        st.none() | _WORDS,
        st.none() | _YEARS,
        st.none() | st.sampled_from(["Iran", "Iraq", "Region: Crimea"]),
        st.none() | st.sampled_from(["A1", "B2"]),
    ),
    min_size=1,
    max_size=6,
)


@given(
    parties=_PARTIES,
    name=_WORDS,
    born=_YEARS.filter(lambda one: one != "once"),
    country=st.sampled_from(["IR", "IQ", "CN"]),
    number=st.sampled_from(["A1", "B2", "C3"]),
    which=st.sets(st.sampled_from(["birth_date", "countries", "identifiers"])),
    weak=st.sampled_from(list(WeakAliases)),
)
def test_a_further_fact_never_loses_a_hit(
    parties: list[tuple[list[str], str | None, str | None, str | None, str | None]],
    name: str,
    born: str,
    country: str,
    number: str,
    which: set[str],
    weak: WeakAliases,
) -> None:
    """Whatever else is given: every hit stays, with its score; only suppressed ones may become hits."""
    listed = []
    for at, (names, weak_name, birth, of, has) in enumerate(parties):
        aliases = [*names, f"~{weak_name}"] if weak_name else names
        listed.append(party(Person, str(at), *aliases, born=birth, country=of, number=has))
    where = searchable(listed)
    facts = {
        "birth_date": PartialDate.parse(born),
        "countries": (read_country(country),),
        "identifiers": (number,),
    }
    how = Policy(weak_aliases=weak)
    plain = search(where, _subject(name), how)
    more = search(where, _subject(name, **{one: facts[one] for one in which}), how)
    scores = {one.entity.id: one.score for one in more}
    assert {one.entity.id: one.score for one in plain}.items() <= scores.items()
    held = {one.entity.id for one in plain.suppressed}
    assert {one.entity.id for one in more.suppressed} <= held
    assert held <= {*scores, *(one.entity.id for one in more.suppressed)}
    assert [order(one) for one in more] == sorted(order(one) for one in more)
    for one in more:
        assert one.score > 0 or one.facts[-1].fact is ComparedFact.IDENTIFIER
