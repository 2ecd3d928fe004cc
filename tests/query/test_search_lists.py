"""`search` over whole official lists: the SDN List of 10 March 2021 and the CSL of May 2022."""

from __future__ import annotations

from pathlib import Path

import pytest

import sanctionslib as sl
from sanctionslib.query import SanctionsList


@pytest.fixture(scope="module")
def both(lists: Path) -> SanctionsList[sl.Entity]:
    """Two lists that share the ids of OFAC's parties."""
    return sl.combine(
        sl.read(lists / "us_ofac_sdn/SDN_2021-03-10.xml"),
        sl.read(lists / "us_trade_csl/consolidated_2022-05.csv", published="2022-05-01"),
    )


def test_a_party_of_both_lists_is_one_hit(both: SanctionsList[sl.Entity]) -> None:
    """SDN 16692 "SECHIN, Igor" has a patronymic on the later list alone."""
    hits = both.search("Igor Ivanovich Sechin", birth_date="1960-09-07", country="RU")
    best = hits[0]
    assert (best.entity.id, [one.id for one in best.also]) == (
        "us_trade_csl:16692",
        ["us_ofac_sdn:16692"],
    )
    assert best.name is not None
    assert (best.name.text, best.score) == ("SECHIN, Igor Ivanovich", 1)
    assert [one.verdict.value for one in best.facts] == ["agrees", "agrees"]
    parties = [one.entity.party_key for one in hits]
    assert len(set(parties)) == len(parties)
    assert (hits.context.entities, len(hits.context.editions)) == (len(both), 2)


def test_a_conflict_is_shown_and_hides_nothing(both: SanctionsList[sl.Entity]) -> None:
    """With the birth date and country of somebody else the party is found by the same score."""
    (best, *_) = both.search("Igor Ivanovich Sechin", birth_date="1985", country="BR")
    assert (best.entity.source_id, best.score) == ("16692", 1)
    assert [(one.verdict.value, one.listed) for one in best.facts] == [
        ("conflicts", ("07 Sep 1960",)),
        ("conflicts", ("Russia",)),
    ]


@pytest.mark.parametrize(
    ("asked", "found", "held"),
    [
        ({}, [], ["13104"]),
        ({"birth_date": "1967-07-31"}, ["13104"], []),
        ({"birth_date": 1968}, ["13104"], []),
        ({"birth_date": 1970}, [], ["13104"]),
        ({"country": "Guatemala"}, ["13104"], []),
        ({"weak_aliases": "include"}, ["13104"], []),
        ({"weak_aliases": "exclude"}, [], []),
    ],
)
def test_a_weak_alias(
    both: SanctionsList[sl.Entity], asked: dict[str, object], found: list[str], held: list[str]
) -> None:
    """13104 has the weak alias TIGRE; the CSL repeats it without its strength."""
    hits = both.search("Tigre", min_score=0.88, **asked)  # type: ignore[arg-type]
    assert [one.entity.source_id for one in hits] == found
    assert [one.entity.source_id for one in hits.suppressed] == held
    for one in (*hits, *hits.suppressed):
        assert (one.entity.list_id, one.strength) == ("us_ofac_sdn", sl.AliasStrength.WEAK)


def test_a_party_of_unstated_kind(both: SanctionsList[sl.Entity]) -> None:
    """Commerce states no kinds: its entries are found whatever kind is asked for, and say so."""
    hits = both.search("Huawei Technologies Co., Ltd.", kind=sl.Person, limit=0)
    assert len(hits) > 40
    assert all(one.kind_unstated and type(one.entity) is sl.Entity for one in hits)


def test_a_number_is_found_whatever_the_name(both: SanctionsList[sl.Entity]) -> None:
    """IMO 9187629 is the ARTAVIL (SDN 15036); another IMO number beside its name conflicts."""
    hit = both.search("Fortune", kind=sl.Vessel, identifiers="IMO 9187629")[0]
    assert (hit.entity.name, hit.entity.party_key) == ("ARTAVIL", ("ofac", "15036"))
    assert [one.list_id for one in (hit.entity, *hit.also)] == ["us_ofac_sdn", "us_trade_csl"]
    (other, *_) = both.search("Artavil", kind=sl.Vessel, identifiers="IMO 9074729")
    assert (other.entity.party_key, other.facts[0].verdict) == (
        ("ofac", "15036"),
        sl.answers.Agreement.CONFLICTS,
    )
    assert other.facts[0].listed == ("IMO 9187629",)


def test_no_number_is_lost(both: SanctionsList[sl.Entity]) -> None:
    """Every number of both lists, as it is printed, finds its party, whatever the name is."""
    lost: list[tuple[str, str]] = []
    count = 0
    for entity in both:
        for one in entity.identifiers:
            count += 1
            hits = both.search([], identifiers=one.value, limit=0)
            if entity.party_key not in {hit.entity.party_key for hit in hits}:
                lost.append((entity.id, one.value))
    assert (count, lost) == (16_334, [])
