"""What the tests of a refresh share: a server, and an archive that asks it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from faulty_server import HASTY, FaultyServer, file
from homes import home_of
from refreshed import OLD, fetch

from sanctionslib.api import _download


@pytest.fixture(autouse=True)
def _own_cache(cache: Path) -> None:
    """Nothing that another test has cached is used."""


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a server for moments only."""
    monkeypatch.setattr(_download, "RETRY_POLICY", HASTY)


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    """A server that has the edition of 9 December of the non-SDN list."""
    with FaultyServer() as server:
        server.put("/CONSOLIDATED.XML", file(OLD))
        yield server


@pytest.fixture
def home(hasty: None, server: FaultyServer, tmp_path: Path) -> Path:
    """An archive that asks this server, and holds its edition."""
    home = home_of(tmp_path / "home", urls={"CONSOLIDATED.XML": [server.url("/CONSOLIDATED.XML")]})
    assert fetch(home).is_new
    return home
