"""The playground runs in a browser as the library runs here, with files of the site alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser import CHROMIUM, Browser, Page, serving

import sanctionslib as sl
from sanctionslib.display import to_html

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
FETCHED = ROOT / "build" / "playground"
APP = "document.querySelector('#playground-app')"
HITS = "document.querySelector('.playground-hits')"
NAME = "Rapid Action Batalion"


def _build(site: Path, *more: str) -> None:
    """The page alone, without the others."""
    alone = ("-D", "root_doc=playground", "-D", "include_patterns=playground.md")
    command = [sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", *alone, *more]
    subprocess.run([*command, str(ROOT / "docs"), str(site)], check=True, cwd=ROOT)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not FETCHED.is_dir():
        pytest.skip("Python for browsers was not fetched: make docs")
    folder = tmp_path_factory.mktemp("site")
    _build(folder)
    return folder


def _same_card(page: Page, place: str, value: object) -> bool:
    """Whether a card of the page is the one that the library gives here."""
    html = json.dumps(to_html(value))
    return page.value(
        "(() => { const made = document.createElement('div');"
        f"made.innerHTML = {html};"
        f"return document.querySelector('.playground-{place} .playground-card').innerHTML"
        ".replaceAll(' class=\"playground-hit\"', '') === made.innerHTML; })()"
    )


def _searches_and_explains(page: Page, sdn: sl.SanctionsList) -> None:
    hits = sdn.search(NAME)
    assert _same_card(page, "search", hits)
    assert page.value(f"{HITS}.innerText").split()[-1] == hits[0].entity.id
    page.value(f"{HITS}.querySelector('button').click()")
    page.wait("document.querySelector('.playground-why .playground-card') !== null")
    assert _same_card(page, "why", sdn.why(hits[0].entity))


def _is_used_by_keyboard(page: Page, sdn: sl.SanctionsList) -> None:
    page.value(f"{APP}.querySelector('input').value = 'Benazir Ahmad'")
    page.value(f"{APP}.querySelector('input').focus()")
    page.press("Enter", 13)
    page.wait(f"{HITS}.children.length > 1")
    assert _same_card(page, "search", sdn.search("Benazir Ahmad"))
    page.value(f"{HITS}.querySelector('button').focus()")
    page.press("Enter", 13)
    page.wait("document.activeElement.className === 'playground-why'")
    page.value(f"{APP}.querySelectorAll('.playground-hit')[1].click()")
    page.wait(f"{APP}.querySelector('.playground-why code').innerText.includes('33952')")


def _says_errors(page: Page) -> None:
    page.value(f"{APP}.querySelector('input').value = ' '")
    page.value(f"{APP}.querySelector('form').requestSubmit()")
    page.wait(f"{APP}.querySelector('.playground-error') !== null")
    assert "is blank" in page.value(f"{APP}.querySelector('.playground-error').innerText")


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")
def test_it_answers_in_a_browser_from_this_host_alone(site: Path) -> None:
    sdn = sl.read(site / "_playground" / "sample.jsonl")
    with serving(site) as address, Browser() as browser:
        for width, dark in ((1280, False), (360, True)):
            page = browser.open(f"{address}/playground.html", width=width, dark=dark)
            page.wait(f"{APP}.dataset.state !== 'busy'", 240)
            _searches_and_explains(page, sdn)
            assert page.value("document.documentElement.scrollWidth") <= width
            _is_used_by_keyboard(page, sdn)
            _says_errors(page)
            assert [each for each in page.complaints if "favicon.ico" not in each] == []
            hosts = {
                urlsplit(each).netloc for each in page.requests if not each.startswith("data:")
            }
            assert hosts == {urlsplit(address).netloc}
            assert any(each.endswith(".wasm") for each in page.requests)
        opened = browser.open((site / "playground.html").as_uri())
        opened.wait(f"{APP}.dataset.state === 'failed'")
        assert "web server" in opened.value(f"{APP}.innerText")
        assert opened.complaints == []


def test_it_is_as_large_as_the_page_says(site: Path) -> None:
    size = sum(path.stat().st_size for path in (site / "_playground").iterdir())
    assert f"about {round(size / 1e6)} MB" in (ROOT / "docs" / "playground.md").read_text("utf-8")


def test_without_what_is_fetched_the_page_says_so(tmp_path: Path) -> None:
    _build(tmp_path, "-D", "playground_files=nothing")
    text = (tmp_path / "playground.html").read_text("utf-8")
    assert "The playground is not in this copy" in text
    assert '<section id="playground-app"' not in text
    assert not (tmp_path / "_playground").exists()
