"""The pictures of cards in the README: PNG files, made by a Chromium without a window.

PYTHONPATH=tests/support python docs/_pictures.py
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from browser import Browser, serving

import sanctionslib as sl

PICTURES = Path(__file__).parent / "_static"


def main() -> None:
    """Write each picture anew."""
    cards = {"card-why": sl.display.to_html(sl.sample().why("33951"))}
    with TemporaryDirectory() as folder, serving(Path(folder)) as address, Browser() as browser:
        for name, card in cards.items():
            style = "<style>body { margin: 0; padding: 1px; font-family: sans-serif }</style>"
            page = Path(folder) / f"{name}.html"
            page.write_text(f"<!doctype html><meta charset=utf-8>{style}{card}", "utf-8")
            tab = browser.open(f"{address}/{page.name}", width=860)
            tab.look(width=860, height=tab.value("document.body.scrollHeight"))
            tab.screenshot(PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
