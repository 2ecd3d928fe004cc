"""Archives of one test each: a folder, with a catalog that asks little of small lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from classic_files import classic, plain

CONS = "us_ofac_cons"
SDN = "us_ofac_sdn"
CLASSIC = "ofac-classic-xml"
DELIMITED = "ofac-delimited"
OWN_TAG = "<programList><program>NS-PLC</program></programList>"
"""A program that only the non-SDN list has."""


def home_of(
    folder: Path,
    *,
    least: int = 1,
    form: str = CLASSIC,
    urls: Mapping[str, Sequence[str]] | None = None,
    list_id: str = CONS,
    more: str = "",
) -> Path:
    """The folder of an archive with a catalog of its own: other addresses, and minimal requests."""
    lines = [f"[{each}.limits]\nleast = {least}" for each in (CONS, SDN)]
    if urls is not None:
        lines.append(served(list_id, form, urls))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lists.toml").write_text("\n".join((*lines, more, "")), "utf-8")
    return folder


def served(list_id: str, form: str, urls: Mapping[str, Sequence[str]], *, hashes: str = "") -> str:
    """The part of a catalog that says where the files of a format are."""
    lines = [f"[{list_id}.formats.{form}]", f"hashes = '{hashes}'"]
    lines += [f"[{list_id}.formats.{form}.files]"]
    lines += [f'"{name}" = {list(each)!r}' for name, each in urls.items()]
    return "\n".join(lines)


def watch_of(folder: Path, url: str) -> Path:
    """The folder of an archive with a list of one's own, `watch`, that has this address."""
    table = served("watch", "sanctionslib-csv", {"watch.csv": [url]})
    return home_of(folder, more=f"[watch]\ntitle = 'Watch'\n{table}")


def cons(keys: Sequence[int] | range, day: str, *, rest: str = "") -> bytes:
    """CONSOLIDATED.XML with parties of these keys; the day as 2021-12-10."""
    year, month, date = day.split("-")
    entries = [plain(key, OWN_TAG + rest) for key in keys]
    return classic(*entries, date=f"{month}/{date}/{year}")
