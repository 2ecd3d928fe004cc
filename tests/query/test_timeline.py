"""The timeline of a party, and the change log of a list, along the editions that are held."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sanctionslib as sl
from sanctionslib.answers import TimelineEventKind
from sanctionslib.errors import AmbiguousIdError, NotFoundError, Where
from sanctionslib.model import Country, Entity, IdStability, Organization, Scope, Vessel
from sanctionslib.query import diff
from sanctionslib.query.history import FollowedEditions, change_log, follow
from sanctionslib.query.timeline import timeline

from .builders import party
from .kept import BEST, CSV, FORMS, XML, Kept, firm, held

SINCE = date(2021, 12, 1)


def timeline_of(
    kept: Kept, entity_id: str, chain: FollowedEditions | None = None
) -> sl.answers.Timeline:
    """The timeline along all editions."""
    return timeline(entity_id, chain or follow(kept.editions, FORMS), kept)


def log_of(kept: Kept) -> sl.answers.ChangeLog:
    """The log along all editions."""
    return change_log("watch", follow(kept.editions, FORMS), kept, start=SINCE, end=None)


def story(found: sl.answers.Timeline) -> str:
    """What happened, and on which day of the month: "first 1, amended 6 after 3"."""
    words: list[str] = []
    for one in found.events:
        after = f" after {one.previous.day.day}" if one.previous else ""
        is_gone = one.kind is TimelineEventKind.FORMAT_CHANGED and not one.is_present
        absent = " (absent)" if is_gone else ""
        words.append(f"{one.kind.name.lower()} {one.edition.day.day}{after}{absent}")
    return ", ".join(words)


@pytest.fixture
def kept() -> Kept:
    """Five editions: 1 is always there, 2 comes, is amended and goes, 3 goes and comes again."""
    kept = Kept()
    flag = (Country(code="PA"),)
    ship = party(Vessel, "2", "EXAMPLE STAR")
    kept.put(held("2021-12-01"), [firm("1"), firm("3")])
    kept.put(held("2021-12-03"), [firm("1"), ship, firm("3")])
    kept.put(held("2021-12-06"), [firm("1"), attrs.evolve(ship, flags=flag)])
    kept.put(held("2021-12-07"), [firm("1"), attrs.evolve(ship, flags=flag)])
    kept.put(held("2021-12-09"), [firm("1"), firm("3")])
    return kept


# ── of a party ────────────────────────────────────────────────────────────────────────────────


def test_a_party_comes_is_amended_and_goes(kept: Kept) -> None:
    """Each event has the edition after it and the one before it."""
    found = timeline_of(kept, "watch:2")
    assert story(found) == "added 3 after 1, amended 6 after 3, removed 9 after 7"
    (change,) = found.events[1].changes
    assert (change.field, change.before, change.after) == ("flags", None, Country(code="PA"))
    assert [one.is_present for one in found.events] == [True, True, False]
    assert (found.name, found.first_seen, found.is_present) == (
        "EXAMPLE STAR",
        date(2021, 12, 3),
        False,
    )
    assert isinstance(found.entity, Vessel)
    assert found.entity.flags == (Country(code="PA"),)
    assert found.editions == tuple(kept.editions)
    # Only the pairs whose changes are about the party are opened; the others give their ids alone.
    assert (kept.reads, kept.compared) == ([], 3)


def test_what_was_there_from_the_beginning_is_not_called_added(kept: Kept) -> None:
    """The archive does not know since when; what goes can come again."""
    found = timeline_of(kept, "watch:3")
    assert story(found) == "first 1, removed 6 after 3, added 9 after 7"
    assert all(one.entity == firm("3") for one in found.events)
    assert kept.reads == []


def test_for_a_party_that_never_changed_one_edition_is_read(kept: Kept) -> None:
    """No change has it, so that the oldest edition is asked."""
    found = timeline_of(kept, "watch:1")
    assert story(found) == "first 1"
    assert found.entity == firm("1")
    assert kept.reads == [kept.editions[0]]
    assert kept.compared == 0


def test_nobody_has_the_id(kept: Kept) -> None:
    """The error says what was looked at, and which ids are similar."""
    kept.put(held("2021-12-09", BEST, scope=Scope.SAMPLE), [])
    with pytest.raises(NotFoundError) as caught:
        timeline_of(kept, "watch:EXAMPL 3")
    assert caught.value.what == (
        "no edition of watch that was looked at has the id 'watch:EXAMPL 3': looked at were 5, "
        "from 2021-12-01 to 2021-12-09 (editions held and not followed: 1)"
    )
    assert "watch:EXAMPLE 3" in caught.value.suggestions


def test_a_name_in_place_of_the_key(kept: Kept) -> None:
    """It is that of one party of the newest edition, in any case; an id comes first."""
    assert timeline_of(kept, "watch:example 3").id == "watch:3"
    twins = Kept()
    twins.put(held("2021-12-01"), [party(Vessel, "1", "EXAMPLE"), party(Vessel, "2", "EXAMPLE")])
    with pytest.raises(AmbiguousIdError) as caught:
        timeline_of(twins, "watch:Example")
    assert caught.value.candidates == ("watch:1", "watch:2")


def test_one_edition_is_a_history_too() -> None:
    """The party is in it, and nothing else is known."""
    kept = Kept()
    kept.put(held("2021-12-01"), [firm("1")])
    assert story(timeline_of(kept, "watch:1")) == "first 1"
    with pytest.raises(NotFoundError, match="looked at were 1, from 2021-12-01 to 2021-12-01"):
        timeline_of(kept, "watch:2")


def test_across_formats_only_presence_is_known() -> None:
    """The later format says more of the party; none of that is called a change."""
    kept = Kept()
    ship = party(Vessel, "1", "EXAMPLE STAR")
    kept.put(held("2021-12-01"), [ship, firm("2"), firm("4")])
    kept.put(held("2021-12-02"), [ship, firm("2"), firm("4")])
    best = attrs.evolve(ship, flags=(Country(code="PA"),))
    kept.put(held("2021-12-05", BEST), [best, firm("3"), firm("4")])
    kept.put(held("2021-12-06", BEST), [best])
    found = timeline_of(kept, "watch:1")
    assert story(found) == "first 1, format_changed 5 after 2"
    change = found.events[1]
    assert (change.is_present, change.changes, change.entity) == (True, (), best)
    assert change.note == "the format is example-csv before and example-best after"
    left = timeline_of(kept, "watch:2")
    assert story(left) == "first 1, format_changed 5 after 2 (absent)"
    assert (left.is_present, left.name) == (False, "EXAMPLE 2")
    came = timeline_of(kept, "watch:3")
    assert story(came) == "format_changed 5 after 2, removed 6 after 5"
    assert came.first_seen == date(2021, 12, 5)
    both = timeline_of(kept, "watch:4")
    assert [one.is_present for one in both.events] == [True, True, False]


def test_a_format_change_before_its_time_is_no_event() -> None:
    """It was in neither edition."""
    kept = Kept()
    kept.put(held("2021-12-01"), [firm("1")])
    kept.put(held("2021-12-02", BEST), [firm("1")])
    kept.put(held("2021-12-03", BEST), [firm("1"), firm("2")])
    assert story(timeline_of(kept, "watch:2")) == "added 3 after 2"


def test_two_that_diff_refuses_are_a_format_change() -> None:
    """The reason is that of `diff`; before and after it, editions are compared."""
    kept = Kept()
    kept.put(held("2021-12-01"), [firm("1")])
    kept.put(held("2021-12-02"), [firm("1"), firm("2")])
    bad = kept.put(held("2021-12-03"), [firm("1")])
    key = (bad.format, bad.name)
    made = kept.lists[key]
    kept.lists[key] = type(made).of_editions(
        tuple(made), made.editions, attrs.evolve(made.audit, declared=2)
    )
    kept.put(held("2021-12-04"), [firm("1"), firm("2", "EXAMPLE TWO")])
    found = timeline_of(kept, "watch:2")
    assert (
        story(found)
        == "added 2 after 1, format_changed 3 after 2 (absent), format_changed 4 after 3"
    )
    assert "has 1 of the 2 entries that it declares" in found.events[1].note
    log = log_of(kept)
    assert [len(one.added) for one in log.changes] == [1]
    assert [(one.before.day.day, one.after.day.day) for one in log.format_changes] == [
        (2, 3),
        (3, 4),
    ]
    assert all(one.only_before is None and one.only_after is None for one in log.format_changes)
    assert "has 1 of the 2 entries" in log.format_changes[0].reason


def unread(kept: Kept, edition: sl.answers.HeldEdition) -> None:
    """Let an edition have an entry that could not be read."""
    key = (edition.format, edition.name)
    made = kept.lists[key]
    issue = sl.answers.Issue(
        kind=sl.answers.IssueKind.REJECTED, message="no name", where=Where(entry="9")
    )
    audit = attrs.evolve(made.audit, issues=(issue,))
    kept.lists[key] = type(made).of_editions(tuple(made), made.editions, audit)


def test_who_was_not_read_is_not_said_to_be_removed() -> None:
    """An edition with entries that could not be read leaves open who is in it, in another format too."""
    kept = Kept()
    kept.put(held("2021-12-01"), [firm("1"), firm("9")])
    unread(kept, kept.put(held("2021-12-02"), [firm("1")]))
    unread(kept, kept.put(held("2021-12-03", BEST), [firm("1")]))
    kept.put(held("2021-12-04", BEST), [firm("1"), firm("9")])
    found = timeline_of(kept, "watch:9")
    assert [(one.edition.day.day, one.is_present) for one in found.events] == [
        (1, True),
        (2, False),
        (4, True),
    ]
    first, left, back = found.events
    assert first.note == ""
    open_ = "it can be among the entries of the {} that could not be read: 1"
    assert left.note.endswith(open_.format("newer"))
    assert back.note.endswith(open_.format("older"))
    assert "could not be read" in left.note.split(";")[0]
    assert not any("it can be" in one.note for one in timeline_of(kept, "watch:1").events)
    format_changes = log_of(kept).format_changes
    assert [(one.only_before, one.only_after) for one in format_changes] == [(None, None)] * 3
    assert "could not be read, 1 before and 1 after" in format_changes[1].reason


def test_progress_counts_editions(kept: Kept) -> None:
    """From the first to the last."""
    seen: list[tuple[int, int]] = []
    chain = follow(kept.editions, FORMS)
    timeline("watch:2", chain, kept, progress=lambda done, count: seen.append((done, count)))
    assert seen == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]
    seen.clear()
    change_log(
        "watch",
        chain,
        kept,
        start=SINCE,
        end=None,
        progress=lambda done, count: seen.append((done, count)),
    )
    assert seen == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


# ── where keys do not last ────────────────────────────────────────────────────────────────────


def test_a_party_whose_key_changes_is_followed_by_its_name() -> None:
    """Whichever of its ids is asked for; the event names the other one."""
    kept = Kept(IdStability.BUILT)
    kept.put(held("2021-12-01"), [firm("~a", "EXAMPLE STAR"), firm("~b", "EXAMPLE SUN")])
    kept.put(held("2021-12-02"), [firm("~b", "EXAMPLE STAR"), firm("~c", "EXAMPLE SUN")])
    kept.put(held("2021-12-03"), [firm("~c", "EXAMPLE SUN")])
    star, sun = timeline_of(kept, "watch:~a"), timeline_of(kept, "watch:~c")
    assert story(star) == "first 1, amended 2 after 1, removed 3 after 2"
    note = "its id is watch:~b, and was watch:~a: known by its name"
    assert star.events[1].note == note
    assert [one.field for one in star.events[1].changes] == ["id"]
    assert star.name == "EXAMPLE STAR"
    assert story(sun) == "first 1, amended 2 after 1"
    assert sun.events[0].entity == firm("~b", "EXAMPLE SUN")
    # The newest that has the id is meant, not who had it before.
    assert timeline_of(kept, "watch:~b").events == star.events


def test_who_takes_over_a_key_is_somebody_else() -> None:
    """What was said of the one who had it is not said of the other."""
    kept = Kept(IdStability.BUILT)
    kept.put(held("2021-12-01"), [firm("~a", "EXAMPLE STAR")])
    kept.put(held("2021-12-02"), [firm("~a", "EXAMPLE SUN"), firm("~b", "EXAMPLE STAR")])
    kept.put(held("2021-12-03"), [firm("~a", "EXAMPLE SUN"), firm("~b", "EXAMPLE STAR")])
    sun = timeline_of(kept, "watch:~a")
    assert story(sun) == "added 2 after 1"
    assert sun.name == "EXAMPLE SUN"
    assert story(timeline_of(kept, "watch:~b")) == "first 1, amended 2 after 1"


def test_a_key_that_went_over_before_the_newest_edition() -> None:
    """The party that had it last is followed under its later key, not the one that took it over."""
    kept = Kept(IdStability.BUILT)
    kept.put(held("2021-12-01"), [firm("~a", "EXAMPLE STAR"), firm("~b", "EXAMPLE SUN")])
    kept.put(held("2021-12-02"), [firm("~c", "EXAMPLE STAR"), firm("~d", "EXAMPLE SUN")])
    kept.put(held("2021-12-03"), [firm("~c", "EXAMPLE SUN")])
    kept.put(held("2021-12-04"), [firm("~e", "EXAMPLE SUN")])
    star = timeline_of(kept, "watch:~a")
    assert story(star).endswith("removed 3 after 2")
    assert (
        story(timeline_of(kept, "watch:~c"))
        == "first 1, amended 2 after 1, amended 3 after 2, amended 4 after 3"
    )


BUILT, EDITION, STABLE = IdStability.BUILT, IdStability.EDITION, IdStability.STABLE
STAR, TWO_FORMATS = {"~a": "STAR"}, "the format is example-csv before and example-best after"
COMES = "format_changed 2 after 1"
STAYS, GOES = f"first 1, {COMES}", f"first 1, {COMES} (absent)"
BY_NAME, NOT_KNOWN = (
    "; its id is watch:{}, and was watch:{}: known by its name",
    "no name is its alone",
)


@pytest.mark.parametrize(
    ("stabilities", "before", "after", "asked", "events", "note"),
    [
        # A name that one entry has on each side is enough.
        ((BUILT, BUILT), STAR, {"~z": "STAR"}, "~a", STAYS, BY_NAME.format("~z", "~a")),
        ((BUILT, BUILT), STAR, STAR, "~a", STAYS, TWO_FORMATS),
        # The newest that has the id is meant: it is another party.
        ((BUILT, BUILT), STAR, {"~a": "SUN"}, "~a", COMES, "under another key is not known"),
        # A name that two have is nobody's, from either side; nor is a ship the firm of its name.
        ((BUILT, BUILT), STAR, {"~y": "STAR", "~z": "STAR"}, "~a", GOES, NOT_KNOWN),
        ((BUILT, BUILT), STAR, {"~y": "STAR", "~z": "STAR"}, "~z", COMES, NOT_KNOWN),
        ((BUILT, BUILT), STAR, {"~z": "the ship STAR"}, "~a", GOES, NOT_KNOWN),
        # A key of an edition that both have is the same party, under another name too.
        ((EDITION, EDITION), {"a": "STAR"}, {"a": "STARS"}, "a", STAYS, TWO_FORMATS),
        ((EDITION, EDITION), {"b": "SUN"}, {"c": "SUN"}, "b", STAYS, "its id is watch:c"),
        # A key that we built stands for a place in the file, whatever the others are worth.
        ((STABLE, STABLE), {"~x": "STAR"}, {"~x": "SUN"}, "~x", COMES, NOT_KNOWN),
        # Of two formats the keys that last less decide, whichever is the newer.
        ((BUILT, STABLE), {"a": "STAR"}, {"z": "STAR", "a": "SUN"}, "z", STAYS, "watch:a"),
        ((STABLE, BUILT), {"a": "STAR"}, {"z": "STAR", "a": "SUN"}, "z", STAYS, "watch:a"),
    ],
)
def test_across_formats_without_lasting_keys(
    stabilities: tuple[IdStability, IdStability],
    before: dict[str, str],
    after: dict[str, str],
    asked: str,
    events: str,
    note: str,
) -> None:
    """By its key or its name a party is followed, as far as these tell; otherwise the event says so."""
    kept = Kept()
    for day, form, parties in ((1, CSV, before), (2, BEST, after)):
        kept.stability = stabilities[day - 1]
        made = [
            party(Vessel if name.startswith("the ship") else Organization, key, name.split()[-1])
            for key, name in parties.items()
        ]
        kept.put(held(f"2021-12-0{day}", form), made)
    found = timeline_of(kept, f"watch:{asked}")
    assert story(found) == events
    assert note in found.events[-1].note
    if stabilities != (STABLE, STABLE):
        (format_change,) = log_of(kept).format_changes
        assert (format_change.only_before, format_change.only_after) == (None, None)
        assert "the keys of this list do not last" in format_change.reason


def test_who_is_absent_where_the_format_changes_was_there_before() -> None:
    """Without lasting keys, too: the id is all that there is to go by."""
    kept = Kept(IdStability.EDITION)
    kept.put(held("2021-12-01"), [firm("a")])
    kept.put(held("2021-12-02", BEST), [firm("b")])
    kept.put(held("2021-12-03", BEST), [firm("b"), firm("a")])
    assert story(timeline_of(kept, "watch:a")) == (
        "first 1, format_changed 2 after 1 (absent), added 3 after 2"
    )


# ── of a list ─────────────────────────────────────────────────────────────────────────────────


def test_the_log_has_what_changed_from_each_to_the_next(kept: Kept) -> None:
    """Two editions that say the same leave nothing."""
    log = log_of(kept)
    assert [(len(one.added), len(one.removed), len(one.amended)) for one in log.changes] == [
        (1, 0, 0),
        (0, 1, 1),
        (1, 1, 0),
    ]
    assert [one.id for one in log.added] == ["watch:2", "watch:3"]
    assert (log.start, log.end, log.editions) == (SINCE, None, tuple(kept.editions))
    assert log
    assert kept.reads == []


def test_an_empty_log_says_what_was_looked_at() -> None:
    """And is False."""
    kept = Kept()
    kept.put(held("2021-12-01"), [firm("1")])
    kept.put(held("2021-12-02"), [firm("1")])
    log = log_of(kept)
    assert (log.changes, log.format_changes, len(log.editions)) == ((), (), 2)
    assert not log


def test_a_format_change_says_who_is_on_one_side_only() -> None:
    """By the publisher's key; those without one are counted. It leaves open what changed."""
    kept = Kept()
    kept.put(held("2021-12-01"), [firm("1"), firm("2"), firm("~x")])
    kept.put(held("2021-12-02", BEST), [firm("1"), firm("3")])
    log = log_of(kept)
    (change,) = log.format_changes
    assert change.only_before is not None
    assert change.only_after is not None
    assert [(one.id, one.name) for one in change.only_before] == [("watch:2", "EXAMPLE 2")]
    assert [one.id for one in change.only_after] == ["watch:3"]
    assert change.reason == (
        "the format is example-csv before and example-best after; "
        "entries without a key of the publisher, of which nothing is said: 1"
    )
    assert log.changes == ()
    assert log


# ── laws ──────────────────────────────────────────────────────────────────────────────────────

_KEYS = "1234"
_PARTIES = st.dictionaries(st.sampled_from(_KEYS), st.sampled_from("XYZ")).map(
    lambda found: [firm(key, f"EXAMPLE {key} {name}") for key, name in found.items()]
)
_HISTORIES = st.lists(
    st.tuples(
        st.integers(1, 9),
        st.sampled_from([(CSV, ()), (CSV, ("ADD.CSV",)), (XML, ()), (BEST, ())]),
        _PARTIES,
    ),
    min_size=1,
    max_size=8,
)


def history(found: list[tuple[int, tuple[str, tuple[str, ...]], list[Entity]]]) -> Kept:
    """An archive of these."""
    kept = Kept()
    for number, (day, (form, missing), parties) in enumerate(sorted(found, key=lambda one: one[0])):
        kept.put(held(f"2021-12-{day:02}", form, missing=missing, number=number), parties)
    return kept


@given(_HISTORIES)
def test_the_events_give_what_each_edition_states(
    found: list[tuple[int, tuple[str, tuple[str, ...]], list[Entity]]],
) -> None:
    """The entity of the last event, or nobody, is the party of every edition up to the next one."""
    kept = history(found)
    chain = follow(kept.editions, FORMS)
    for entity_id in (f"watch:{key}" for key in _KEYS):
        if not any(entity_id in kept.ids(one) for one in chain.editions):
            with pytest.raises(NotFoundError):
                timeline_of(kept, entity_id, chain)
            continue
        events = {_key(one.edition): one for one in timeline_of(kept, entity_id, chain).events}
        said: Entity | None = None
        for edition in chain.editions:
            if (event := events.get(_key(edition))) is not None:
                said = event.entity if event.is_present else None
            (is_so,) = [one for one in kept.lists[_key(edition)] if one.id == entity_id] or [None]
            assert said == is_so


_BUILT = st.dictionaries(st.sampled_from("1234"), st.sampled_from("XYZ")).map(
    lambda found: [firm(f"~{key}", f"EXAMPLE {name}") for key, name in found.items()]
)


@given(st.lists(st.tuples(st.sampled_from([CSV, BEST]), _BUILT), min_size=1, max_size=6))
def test_without_lasting_keys_the_events_still_follow_one_from_the_other(
    found: list[tuple[str, list[Entity]]],
) -> None:
    """Nobody is amended or removed who is not there, or added who is; and who is in the newest
    edition under the id is who was asked for."""
    kept = Kept(IdStability.BUILT)
    for number, (form, parties) in enumerate(found, start=1):
        kept.put(held(f"2021-12-{number:02}", form), parties)
    chain = follow(kept.editions, FORMS)
    for entity_id in {one for each in chain.editions for one in kept.ids(each)}:
        events = timeline_of(kept, entity_id, chain).events
        is_present = False
        for event in events:
            if event.kind in (TimelineEventKind.FIRST, TimelineEventKind.ADDED):
                assert not is_present
            elif event.kind is not TimelineEventKind.FORMAT_CHANGED:
                assert is_present
            is_present = event.is_present
        newest = [one for one in kept.lists[_key(chain.editions[-1])] if one.id == entity_id]
        assert [event.entity for event in events[-1:]] == newest or not newest


@given(_HISTORIES)
def test_all_changes_together_lead_from_the_first_edition_to_the_last(
    found: list[tuple[int, tuple[str, tuple[str, ...]], list[Entity]]],
) -> None:
    """Who is there at the end is who was there at first, with what was added and removed."""
    kept = history(found)
    log = log_of(kept)
    first, last = log.editions[0], log.editions[-1]
    there = kept.ids(first)
    by_pair = iter(log.changes)
    format_changes = {(_key(one.before), _key(one.after)): one for one in log.format_changes}
    for old, new in pairwise(log.editions):
        change = format_changes.get((_key(old), _key(new)))
        if change is not None:
            there -= {one.id for one in change.only_before or ()}
            there |= {one.id for one in change.only_after or ()}
        elif diff(kept.lists[_key(old)], kept.lists[_key(new)]):
            event = next(by_pair)
            there = there - {one.id for one in event.removed} | {one.id for one in event.added}
    assert there == kept.ids(last)
    assert next(by_pair, None) is None


def _key(edition: sl.answers.HeldEdition) -> tuple[str, str]:
    return edition.format, edition.name
