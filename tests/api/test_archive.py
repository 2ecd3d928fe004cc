"""The archive as an object: cheap, immutable, printable, the same folder wherever the process goes."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import attrs
import pytest
from homes import CONS, cons, home_of

import sanctionslib as sl


def test_making_one_reads_and_makes_nothing(tmp_path: Path) -> None:
    archive = sl.Archive(tmp_path / "new")
    assert archive.held_lists() == ()
    assert not (tmp_path / "new").exists()


def test_the_default_one_is_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the time of the call; `sl.load` reads the same one."""
    default = sl.Archive()
    monkeypatch.setenv("SANCTIONSLIB_HOME", str(tmp_path))
    assert default.folder == tmp_path
    default.add(b"id,name\n1,EXAMPLE LLC\n", list_id="my_watch", published="2021-12-10")
    assert len(sl.load("my_watch")) == 1


def test_a_relative_folder_stays_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    archive = sl.Archive("lists")
    monkeypatch.chdir("/")
    assert archive.folder == tmp_path / "lists"
    assert archive == sl.Archive(tmp_path / "lists")


def test_it_says_its_folder(tmp_path: Path) -> None:
    assert repr(sl.Archive(tmp_path)) == f"<Archive {tmp_path}>"
    assert repr(sl.Archive(5)) == "<Archive 5>"  # type: ignore[arg-type]


def test_it_is_a_value(tmp_path: Path) -> None:
    """Immutable, comparable, hashable; it pickles, for processes."""
    archive = sl.Archive(tmp_path)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        archive.home = tmp_path  # type: ignore[misc]
    assert {archive, sl.Archive(str(tmp_path))} == {archive}
    assert pickle.loads(pickle.dumps(archive)) == archive


def test_threads_may_share_it(tmp_path: Path) -> None:
    archive = sl.Archive(home_of(tmp_path / "home"))
    days = [f"2021-12-0{day}" for day in range(1, 7)]

    def work(day: str) -> int:
        archive.add(cons(range(1, 31), day), list_id=CONS)
        return len(archive.load(CONS, as_of=day))

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(work, days)) == [30] * 6
    assert len(archive.editions(CONS)) == 6
