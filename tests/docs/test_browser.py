"""The built site: links that lead somewhere, and pages that open in a browser as they should.

`SANCTIONSLIB_SITE` names a site that was built before; else it is built. Without a Chromium in PATH
what needs one is skipped.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from browser import CHROMIUM, Browser, Page, serving

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SCREENS = {"desktop": (1280, 900), "phone": (390, 844)}
SEARCHED = ("install", "parquet", "batch", "deploy")
_LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site."""
    if built := os.environ.get("SANCTIONSLIB_SITE"):
        return Path(built)
    folder = tmp_path_factory.mktemp("site")
    command = ["-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", str(ROOT / "docs")]
    subprocess.run([sys.executable, *command, str(folder)], check=True)
    return folder


class _Page(HTMLParser):
    """The links of a page, what it loads, and the anchors that it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag in _LOADED and given.get("rel") not in ("canonical", "search", "next", "prev"):
            self.loaded.append(given.get(_LOADED[tag], ""))


@cache
def _read(path: Path) -> _Page:
    return _Page(path.read_text("utf-8"))


def _pages(site: Path) -> list[Path]:
    return sorted(one for one in site.rglob("*.html") if "_static" not in one.parts)


def test_links_lead_somewhere(site: Path) -> None:
    """Each link within the site has its page, and each anchor is on it."""
    missing: list[str] = []
    for page in _pages(site):
        for link in [*_read(page).links, *_read(page).loaded]:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            anchor = unquote(parts.fragment) if target.suffix == ".html" else ""
            if not target.exists() or (anchor and anchor not in _read(target).anchors):
                missing.append(f"{page.relative_to(site)}: {link}")
    assert not missing


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    """Scripts, styles, fonts and pictures are files of the site."""
    loaded = {one for page in _pages(site) for one in _read(page).loaded}
    assert not [one for one in loaded if urlsplit(one).netloc]
    styles = [one for one in site.rglob("*.css") if "url(http" in one.read_text("utf-8")]
    assert not styles


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where a server on this machine has the site."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="module")
def tab(address: str) -> Iterator[Page]:
    """A page of a browser, if there is one."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium in PATH")
    with Browser() as browser:
        yield browser.open(f"{address}/index.html")


def test_pages_open(tab: Page, site: Path, address: str) -> None:
    """On a desktop and on a phone, light and dark: no complaint, and no page is too wide."""
    wrong: list[str] = []
    for page in _pages(site):
        name = page.relative_to(site).as_posix()
        tab.go(f"{address}/{name}")
        for screen, (width, height) in SCREENS.items():
            for dark in (False, True):
                tab.look(width=width, height=height, dark=dark)
                wide = tab.value("document.documentElement.scrollWidth")
                if wide > width:
                    wrong.append(f"{name}: {wide} pixels wide on a {screen}, dark={dark}")
        wrong += [f"{name}: {one}" for one in tab.complaints]
        wrong += [
            f"{name}: asks {one}"
            for one in tab.requests
            if not one.startswith((address, "data:", "blob:"))
        ]
    assert not wrong


@pytest.mark.parametrize("word", SEARCHED)
def test_search_leads_somewhere(tab: Page, site: Path, address: str, word: str) -> None:
    """The search of the site finds pages for what people look for."""
    tab.go(f"{address}/search.html?q={word}")
    tab.wait("document.querySelector('#search-results ul.search li a') !== null")
    script = "[...document.querySelectorAll('#search-results ul.search li a')].map(a => a.href)"
    for link in tab.value(script):
        assert (site / urlsplit(link).path.lstrip("/")).is_file(), link
