"""What most tests of the archive need: an empty archive, and a server that fails as a test wants."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from faulty_server import FaultyServer
from fetching import Get

from sanctionslib.archive.store import EditionStore


@pytest.fixture
def archive(tmp_path: Path) -> EditionStore:
    """An archive in which nothing is held yet."""
    return EditionStore(tmp_path / "home")


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    """A server without TLS."""
    with FaultyServer() as running:
        yield running


@pytest.fixture
def session() -> Iterator[requests.Session]:
    """A session of the caller's."""
    with requests.Session() as session:
        yield session


@pytest.fixture
def get(tmp_path: Path) -> Get:
    """Fetches files into folders of the test."""
    return Get(tmp_path)
