"""The lists of the world as one collection: official references join them, names never do."""

from __future__ import annotations

import gc
import tracemalloc
import warnings
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

import sanctionslib as sl

FILES = {
    "un_sc_sanctions": "UN_consolidated_2025-11-15.xml",
    "eu_fsf": "EU_FSF_1_1_2021-03-02.xml",
    "gb_hmt_sanctions": "ConList_2025-04-10.xlsx",
    "ca_dfatd_sema_sanctions": "sema-lmes_2025.xml",
    "au_dfat_sanctions": "Australian_Sanctions_Consolidated_List_2026-02.xlsx",
    "fr_tresor_gels_avoir": "Registrenationaldesgels_excerpt_9_of_2025-11-21.json",
    "ch_seco_sanctions": "seco_excerpt_4_targets_2026-08-15.xml",
    "jp_mof_sanctions": "shisantouketsu20260305.xlsx",
    "jp_meti_eul": "20250929_4.xlsx",
    "ua_nsdc_sanctions": "sanctions_2022.xlsx",
    "us_ofac_sdn": "SDN_2021-03-10.xml",
    "us_trade_csl": "consolidated_2022-05.csv",
}
"""A whole file of each list, but for France and Switzerland, of which there are excerpts."""


@pytest.fixture(scope="module")
def world(lists: Path) -> tuple[sl.SanctionsList[sl.Entity], Mapping[str, float]]:
    """All of them, and the bytes of memory that a party of each takes."""
    found: list[sl.SanctionsList[sl.Entity]] = []
    used: dict[str, float] = {}
    sl.read(sl.open_sample(), list_id="us_ofac_sdn")  # tables that are read once are there
    tracemalloc.start()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sl.SanctionsWarning)
        for list_id, name in FILES.items():
            gc.collect()
            before = tracemalloc.get_traced_memory()[0]
            found.append(sl.read(lists / list_id / name, list_id=list_id, partial=True))
            gc.collect()
            used[list_id] = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return sl.combine(*found), used


World = tuple[sl.SanctionsList[sl.Entity], Mapping[str, float]]


def test_memory(world: World) -> None:
    """Some 48,000 parties take at most 6 kB each."""
    everything, used = world
    assert len(everything) > 45_000
    assert sum(used.values()) / len(everything) <= 6_000


def test_a_party_of_the_un_on_the_lists_of_states(world: World) -> None:
    """Each official reference is followed: EU, UK, France, Switzerland, Australia, Japan."""
    everything, _ = world
    met: Counter[str] = Counter()
    of_un = [one for one in everything if one.list_id == "un_sc_sanctions"]
    for one in of_un:
        met.update({each.entity.list_id for each in everything.counterparts(one).counterparts})
    assert len(of_un) == 1_000
    assert met["gb_hmt_sanctions"] >= 860
    assert met["au_dfat_sanctions"] >= 780
    assert met["eu_fsf"] >= 150  # the file states 69 references, and more in remarks
    assert met["jp_mof_sanctions"] >= 100
    assert met["fr_tresor_gels_avoir"] >= 1


def test_names_are_no_evidence(world: World) -> None:
    """The four parties that Canada listed on 10 December 2021 have no number that joins them."""
    everything, _ = world
    listed = everything.where(
        lambda one: one.list_id == "ca_dfatd_sema_sanctions",
        listed_from="2021-12-10",
        listed_to="2021-12-10",
        unstated="drop",
    )
    assert sorted(one.name for one in listed) == [
        "Ministry of Defence Quartermaster General Office",
        "Myanmar Directorate of Defence Industries",
        "Myanmar Directorate of Procurement",
        "Myanmar War Veterans Organization",
    ]
    for one in listed:
        assert everything.counterparts(one).counterparts == ()


def test_what_the_uk_did_on_that_day(world: World) -> None:
    """The five that the UK designated, with both of its dates and its own references."""
    everything, _ = world
    listed = everything.where(
        lambda one: one.list_id == "gb_hmt_sanctions",
        listed_from="2021-12-10",
        listed_to="2021-12-10",
        unstated="drop",
    )
    references = {
        number.value
        for one in listed
        for number in one.identifiers
        if number.kind is sl.IdentifierKind.UK_REFERENCE
    }
    assert references == {"MYA0030", "MYA0031", "MYA0032", "MYA0033", "GHR0082"}
