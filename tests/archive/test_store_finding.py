"""EditionStore: which edition answers, for today and for a day, and which a new one is compared with."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from archives import FAILED, FORM, LIST, NOW, keep

from sanctionslib.archive.store import EditionStore
from sanctionslib.errors import ArchiveError, CorruptEditionError, InvalidInputError
from sanctionslib.model import Scope

XML = "ofac-enhanced-xml"
FORMS = (XML, FORM)


def file(text: str) -> dict[str, bytes]:
    return {"SDN.CSV": text.encode()}


def test_where_nothing_is_held_nothing_is_found(archive: EditionStore) -> None:
    """And nothing is made: who asks does not write."""
    assert archive.list_ids() == ()
    assert archive.editions(LIST) == ()
    assert archive.current(LIST) is None
    assert archive.as_of(LIST, date(2021, 12, 10)) is None
    assert archive.before(LIST, FORM, day=date(2021, 12, 10)) is None
    assert archive.named(LIST, FORM, "2021-12-10-01234567") is None
    assert archive.checked(LIST, FORM) is None
    assert archive.prune(LIST, keep=1).editions == ()
    assert not archive.home.exists()


def test_the_lists_are_those_of_which_something_is_held(archive: EditionStore) -> None:
    """A folder that was made for an edition which never came is none."""
    keep(archive, file("1"), list_id="us_ofac_cons")
    keep(archive, file("1"))
    with archive.temporary_folder("un_sc_sanctions", "un-xml"):
        pass
    assert (archive.home / "un_sc_sanctions" / "un-xml").is_dir()
    assert archive.list_ids() == ("us_ofac_cons", LIST)


def test_an_edition_is_found_by_the_name_of_its_folder(archive: EditionStore) -> None:
    """Whatever is no such name is not there; nothing outside the archive is looked at."""
    held, _ = keep(archive, file("1"))
    assert archive.named(LIST, FORM, held.name) == held
    assert archive.named(LIST, XML, held.name) is None
    assert archive.named(LIST, FORM, f"2021-12-11-{held.sha256[:8]}") is None
    for name in ("", ".", "..", f"../{FORM}/{held.name}", f"{held.name}/", "2021-02-30-01234567"):
        assert archive.named(LIST, FORM, name) is None
    Path(held.folder, "edition.json").write_text("{}")
    with pytest.raises(CorruptEditionError):
        archive.named(LIST, FORM, held.name)


def test_the_current_edition_is_the_newest_that_is_whole_and_good(archive: EditionStore) -> None:
    """Incomplete, filtered, sampled and refused ones are passed over, however new.

    Where entries are missing, an answer for a day would be silence about somebody, too.
    """
    whole, _ = keep(archive, file("whole"), "2021-12-01")
    part, _ = keep(archive, file("part"), "2021-12-02", missing=("ADD.CSV",))
    keep(archive, file("filtered"), "2021-12-03", scope=Scope.CUSTOM)
    keep(archive, file("sample"), "2021-12-04", scope=Scope.SAMPLE)
    keep(archive, file("refused"), "2021-12-05", checks=[FAILED])
    keep(archive, file("cut"), "2021-12-06", missing=("entries",), lacks_entries=True)
    assert archive.current(LIST, forms=FORMS) == whole
    assert archive.as_of(LIST, date(2021, 12, 31)) == part
    assert archive.before(LIST, FORM, day=date(2021, 12, 31)) == whole
    assert archive.current(LIST, form=XML) is None
    xml, _ = keep(archive, file("xml"), "2021-12-01", form=XML)
    assert archive.current(LIST, forms=FORMS) == xml
    assert archive.current(LIST, forms=(FORM,)) == whole
    assert archive.current(LIST, forms=FORMS, form=FORM) == whole


def test_an_undated_edition_is_of_the_day_it_was_had(archive: EditionStore) -> None:
    """That of its download, else that of its arrival."""
    added, _ = keep(archive, file("added"), None, now=datetime(2021, 12, 3, tzinfo=UTC))
    fetched, _ = keep(
        archive, file("fetched"), None, now=NOW, retrieved_at=datetime(2021, 12, 6, tzinfo=UTC)
    )
    dated, _ = keep(archive, file("dated"), "2021-12-05")
    assert archive.editions(LIST) == (added, dated, fetched)
    assert archive.as_of(LIST, date(2021, 12, 4)) == added
    assert archive.as_of(LIST, date(2021, 12, 5)) == dated
    assert archive.current(LIST) == fetched
    assert archive.before(LIST, FORM, day=date(2021, 12, 6), sha256=fetched.sha256) == dated


def test_a_damaged_edition_is_passed_over_by_no_answer_that_it_would_have_given(
    archive: EditionStore,
) -> None:
    """An older one in its place would be a silent answer for another day; older days answer."""
    old, _ = keep(archive, file("old"), "2021-12-01")
    new, _ = keep(archive, file("new"), "2021-12-05")
    Path(new.folder, "edition.json").unlink()
    assert archive.as_of(LIST, date(2021, 12, 4)) == old
    for ask in (
        lambda: archive.current(LIST),
        lambda: archive.as_of(LIST, date(2021, 12, 5)),
        lambda: archive.before(LIST, FORM, day=date(2021, 12, 6)),
        lambda: archive.editions(LIST),
    ):
        with pytest.raises(CorruptEditionError) as caught:
            ask()
        assert caught.value.where.source == str(Path(new.folder, "edition.json"))
        assert "restore its folder from a copy" in caught.value.hint


def test_names_that_no_folder_can_have_are_refused(archive: EditionStore) -> None:
    """Nothing outside the archive is looked at, whatever a list is called."""
    for name in ("", "..", "a/b", ".hidden", "nul", "a\0b", "x" * 201):
        for ask in (
            lambda name=name: archive.current(name),
            lambda name=name: archive.editions(LIST, form=name),
            lambda name=name: archive.checked(LIST, name),
            lambda name=name: archive.named(name, FORM, "2021-12-10-01234567"),
        ):
            with pytest.raises(InvalidInputError, match="cannot be a"):
                ask()


def test_a_home_that_is_a_file_cannot_be_read(tmp_path: Path) -> None:
    """The error says which path, and is ours."""
    home = tmp_path / "home"
    home.write_text("no folder")
    for ask in (
        lambda: EditionStore(home).list_ids(),
        lambda: EditionStore(home).current(LIST),
        lambda: EditionStore(home).verify(),
        lambda: EditionStore(home).prune(LIST, keep=1),
    ):
        with pytest.raises(ArchiveError, match="cannot be read") as caught:
            ask()
        assert str(home) in caught.value.where.source


def test_an_archive_stays_the_same_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when the process goes to another one."""
    monkeypatch.chdir(tmp_path)
    archive = EditionStore(Path("home"))
    held, _ = keep(archive, file("1"))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert archive.current(LIST) == held
    assert archive.home == tmp_path / "home"
