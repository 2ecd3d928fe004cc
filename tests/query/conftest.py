"""The bundled SDN.XML, read once."""

from __future__ import annotations

import pytest
from brute_index import BruteIndex

import sanctionslib as sl
from sanctionslib.query import _collection, screening


@pytest.fixture(scope="session")
def sdn() -> sl.SanctionsList[sl.Entity]:
    """The 26 entries of 10 December 2021 in OFAC's classic format, which leaves much unstated."""
    return sl.read(sl.open_sample(), list_id="us_ofac_sdn")


@pytest.fixture
def brute(monkeypatch: pytest.MonkeyPatch) -> type[BruteIndex]:
    """Names are scored by the simple index of the tests, which counts how often it is built."""
    monkeypatch.setattr(BruteIndex, "built", 0)
    for module in (_collection, screening):
        monkeypatch.setattr(module, "index_for", lambda _, entities: BruteIndex(entities))
    return BruteIndex
