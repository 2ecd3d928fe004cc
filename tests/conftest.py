"""What every test shares: no network, no touching of the user's own archive, and the whole lists."""

from __future__ import annotations

import ipaddress
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile(
    "sanctionslib", settings.get_profile("ci" if os.environ.get("CI") else "default"), deadline=None
)
# `make test` asks for this one with --hypothesis-profile.
settings.register_profile("quick", settings.get_profile("sanctionslib"), max_examples=20)
settings.load_profile("sanctionslib")


class NetworkBlockedError(RuntimeError):
    """A test tried to leave this machine. Not an OSError, so that nothing takes it for a failed fetch."""


def _is_local(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def _block_network(event: str, args: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = args[1]
        # Unix sockets have a path, and a connected socket no address, where others have a tuple.
        target = address[0] if isinstance(address, tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        target = args[0]
    else:
        return
    if not _is_local(target):
        raise NetworkBlockedError(f"{event}: tests may not reach {target!r}, only this machine")


def pytest_configure() -> None:
    sys.addaudithook(_block_network)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what reads whole lists as slow, before the slow tests are left out."""
    for item in items:
        if "lists" in getattr(item, "fixturenames", ()):
            item.add_marker("slow")


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Editions that a test keeps go to a folder of this run, and so does what is cached of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SANCTIONSLIB_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("SANCTIONSLIB_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own; it is not there yet."""
    monkeypatch.setenv("SANCTIONSLIB_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="session")
def lists() -> Path:
    """The folder of whole official lists, which are not part of the project."""
    folder = os.environ.get("SANCTIONSLIB_LISTS")
    if not folder:
        pytest.skip("set SANCTIONSLIB_LISTS to the folder of whole official lists to run this test")
    if not Path(folder).is_dir():
        pytest.fail(f"SANCTIONSLIB_LISTS={folder} is no folder")
    return Path(folder)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A temporary folder that every user of the machine may enter; those of pytest are closed."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)
