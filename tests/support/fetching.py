"""Fetching from the faulty server: what comes, or with what words it does not."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import attrs
import pytest
import requests
from faulty_server import HASTY
from zips import zipped  # noqa: F401 - for the tests of downloads

from sanctionslib.archive.fetch import RetryPolicy, fetch_file
from sanctionslib.archive.packing import Received
from sanctionslib.catalog import FileInfo
from sanctionslib.errors import FetchError

STEADY = attrs.evolve(HASTY, connect_timeout=10, read_timeout=20, total_timeout=120)
"""A policy that a busy machine does not exhaust; for servers that do not hang."""

TEXT = b'36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA"\r\n' * 2000 + b"\x1a"
"""82 kB like a file of OFAC's, with its last byte."""

XML = b'<?xml version="1.0"?>\n<sdnList>' + b"<sdnEntry/>" * 3000 + b"</sdnList>\n"


@attrs.frozen(kw_only=True)
class Fetching:
    """How a file is asked for."""

    folder: Path
    name: str = "SDN.CSV"
    largest: int = 10**6
    session: requests.Session | None = None
    policy: RetryPolicy = STEADY
    known: tuple[str, str, str] | None = None
    stated: Mapping[str, str] | None = None
    progress: Callable[[int, int], None] | None = None

    def all(self, *urls: str) -> tuple[Received, ...]:
        """The files that come; each is there as it should be, and nothing else is."""
        got = fetch_file(
            FileInfo(name=self.name, urls=urls),
            self.folder,
            largest=self.largest,
            session=self.session,
            policy=self.policy,
            known=self.known,
            stated=self.stated,
            progress=self.progress,
        )
        assert isinstance(got, tuple)
        for one in got:
            content = gzip.decompress(one.path.read_bytes())
            assert (one.size, one.sha256) == (len(content), sha256(content))
        assert sorted(self.folder.iterdir()) == sorted(one.path for one in got)
        return got

    def one(self, *urls: str) -> Received:
        """The file that comes."""
        (got,) = self.all(*urls)
        return got

    def content(self, *urls: str) -> bytes:
        """The content of the downloaded file."""
        return gzip.decompress(self.one(*urls).path.read_bytes())

    def fails(self, *urls: str, error: type[FetchError] = FetchError) -> FetchError:
        """The error instead: of exactly this class; in the folder nothing is left, in it no query."""
        with pytest.raises(FetchError) as caught:
            self.all(*urls)
        assert type(caught.value) is error
        assert not list(self.folder.iterdir())
        assert caught.value.hint
        assert "?" not in str(caught.value).replace(caught.value.hint, "")
        return caught.value


def sha256(content: bytes) -> str:
    """Its hash."""
    return hashlib.sha256(content).hexdigest()
