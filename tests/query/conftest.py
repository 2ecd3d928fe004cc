"""The bundled SDN.XML, read once."""

from __future__ import annotations

import pytest

import sanctionslib as sl


@pytest.fixture(scope="session")
def sdn() -> sl.SanctionsList[sl.Entity]:
    """The 26 entries of 10 December 2021 in OFAC's classic format, which leaves much unstated."""
    return sl.read(sl.open_sample(), list_id="us_ofac_sdn")
