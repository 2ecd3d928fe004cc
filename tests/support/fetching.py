"""Fetching from the faulty server: what comes, or with what words it does not."""

from __future__ import annotations

import gzip
import hashlib
import tempfile
from pathlib import Path

import attrs
import pytest
from faulty_server import HASTY
from zips import zipped  # noqa: F401 - for the tests of downloads

from sanctionslib.archive.fetch import Unchanged, fetch_file
from sanctionslib.archive.packing import Received
from sanctionslib.catalog import FileInfo
from sanctionslib.errors import FetchError

STEADY = attrs.evolve(HASTY, connect_timeout=10, read_timeout=20, total_timeout=120)
"""A policy that a busy machine does not exhaust; for servers that do not hang."""

TEXT = b'36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA"\r\n' * 2000 + b"\x1a"
"""82 kB like a file of OFAC's, with its last byte."""

XML = b'<?xml version="1.0"?>\n<sdnList>' + b"<sdnEntry/>" * 3000 + b"</sdnList>\n"


class Get:
    """Asks for a file, each time into a new folder within one.

    A call gives one that asks with other options, as `fetch_file` has them; `name` is the file's.
    """

    def __init__(self, within: Path, **options: object) -> None:
        self.within = within
        self.options = {"name": "SDN.CSV", "largest": 10**6, "policy": STEADY, **options}

    def __call__(self, **options: object) -> Get:
        return Get(self.within, **{**self.options, **options})

    def all(self, *urls: str) -> tuple[Received, ...]:
        """The files that come; each is there as it should be, and nothing else is."""
        folder = self._folder()
        got = self._fetch(folder, urls)
        assert isinstance(got, tuple)
        for one in got:
            content = gzip.decompress(one.path.read_bytes())
            assert (one.size, one.sha256) == (len(content), sha256(content))
        found = [path for path in folder.rglob("*") if path.is_file()]
        assert sorted(found) == sorted(one.path for one in got)
        return got

    def one(self, *urls: str) -> Received:
        """The file that comes."""
        (got,) = self.all(*urls)
        return got

    def content(self, *urls: str) -> bytes:
        """The content of the file that comes."""
        return gzip.decompress(self.one(*urls).path.read_bytes())

    def unchanged(self, *urls: str) -> Unchanged:
        """What is given where the server says that nothing changed; nothing is written."""
        folder = self._folder()
        got = self._fetch(folder, urls)
        assert isinstance(got, Unchanged)
        assert not list(folder.iterdir())
        return got

    def fails(self, *urls: str, error: type[FetchError] = FetchError) -> FetchError:
        """The error instead: of exactly this class; nothing is left in the folder, and in it no query."""
        folder = self._folder()
        with pytest.raises(FetchError) as caught:
            self._fetch(folder, urls)
        assert type(caught.value) is error
        assert not list(folder.iterdir())
        assert caught.value.hint
        assert "?" not in str(caught.value).replace(caught.value.hint, "")
        return caught.value

    def _folder(self) -> Path:
        return Path(tempfile.mkdtemp(dir=self.within))

    def _fetch(self, folder: Path, urls: tuple[str, ...]) -> tuple[Received, ...] | Unchanged:
        options = dict(self.options)
        file = FileInfo(name=str(options.pop("name")), urls=urls)
        return fetch_file(file, folder, **options)  # type: ignore[arg-type]


def sha256(content: bytes) -> str:
    """Its hash."""
    return hashlib.sha256(content).hexdigest()
