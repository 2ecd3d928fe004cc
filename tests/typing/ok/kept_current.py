"""A job that keeps lists current, tells somebody where that fails, and reports what is new."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

import sanctionslib as sl


def refresh(list_ids: list[str], home: Path) -> dict[str, str]:
    """What went wrong, by list."""
    failed: dict[str, str] = {}
    for list_id in list_ids:
        try:
            got: sl.answers.Fetched = sl.Archive(home).fetch(list_id)
        except sl.ImplausibleEditionError as error:
            failed[list_id] = f"{error.sha256[:16]}: {'; '.join(error.failed)}"
        except (sl.FetchError, sl.ParseError, sl.ArchiveError) as error:
            failed[list_id] = error.what
        else:
            assert got.is_new in (True, False)
    return failed


def report(list_id: str, start: date, home: Path) -> str:
    """What changed, as Markdown."""
    log = sl.Archive(home).changes(list_id, start)
    names: list[str] = [one.name for one in log.added]
    days: list[date] = [edition.day for edition in log.editions]
    return sl.display.to_markdown(log) + f"\n{len(names)} added, {days[0]} to {days[-1]}\n"


home = Path(tempfile.mkdtemp())
for day, rows in (("2021-12-09", "1,FIRST\n"), ("2021-12-10", "1,FIRST\n2,SECOND\n")):
    held: sl.answers.HeldEdition = sl.Archive(home).add(
        f"id,name\n{rows}".encode(), list_id="my_watch", published=day
    )
    assert held.status is sl.answers.EditionStatus.VALID

watch: sl.SanctionsList[sl.Entity] = sl.Archive(home).load("my_watch", as_of="2021-12-10")
fresh = sl.Archive(home).load("my_watch", max_age=timedelta(hours=6), allow_stale=False)
assert len(watch) == len(fresh) == 2
assert refresh([], home) == {}
assert "1 added" in report("my_watch", date(2021, 12, 9), home)

steps: tuple[sl.answers.TimelineEvent, ...] = sl.Archive(home).timeline("my_watch:2").events
assert [step.kind for step in steps] == [sl.answers.TimelineEventKind.ADDED]
current = sl.Archive(home).editions("my_watch").current
assert current is not None
assert current.entries == 2
checked = sl.Archive(home).verify("my_watch")
assert checked.faults == ()
assert checked.files == 2
known: sl.catalog.ListInfo = sl.lists()["us_ofac_sdn"]
assert known.preferred is not None
assert known.preferred.name == "ofac-enhanced-xml"
