"""How timelines and logs of changes are shown: by the edition, and never as a date of listing."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import attrs

from sanctionslib import answers, display
from sanctionslib.model import Entity, Name

from . import held
from .builders import flat, in_full, words_of


def _text(*steps: answers.TimelineEvent, **given: object) -> str:
    return words_of(attrs.evolve(held.TIMELINE, events=steps, **given))


def test_what_was_held_before_and_not_followed_is_counted() -> None:
    """It can have had the party already; editions of later days say nothing of that."""
    first = attrs.evolve(held.FIRST, edition=held.TENTH)
    told = "of 2021-12-10; it does not say since when (earlier editions skipped: 1)"
    assert told in _text(first, skipped=(held.PART, held.CUT))
    assert "it does not say since when LISTED SINCE" in _text(first, skipped=(held.CUT,))


def test_seen_is_not_listed() -> None:
    """The first edition that has a party is no date of listing, and the page says so."""
    text = _text(held.ADDED)
    assert "First seen in an edition of 2021-12-09, which is no date of listing" in text
    assert "listed 2021-12-09" not in text
    assert "listed since" not in text
    assert "listed on" not in text
    undated = _text(attrs.evolve(held.ADDED, edition=held.UNDATED))
    assert "First seen in an edition without a date, received on 2021-12-12, which is no" in undated


def test_what_the_source_says_of_its_listing() -> None:
    """The source's own date, in the newest entry that has one; else whose silence it is."""
    both = _text(held.ADDED, held.FORMAT_CHANGED)
    assert "the source says listed since 2019-03-01 (in watch · 2021-12-11 · own-xml)" in both
    assert "- listed 2019-03-01 (Night List)" in both
    assert both == _text(held.ADDED, held.FORMAT_CHANGED)
    later = attrs.evolve(held.FORMAT_CHANGED, entity=held.FIRM)
    assert "listed since 2019-03-01" in _text(held.FORMAT_CHANGED, later), "the newest that says it"
    told = "source not stated in this format: the XML of the harbour desk"
    assert told in _text(held.ADDED)
    mute = attrs.evolve(held.ADDED, entity=attrs.evolve(held.LISTED, designations=()))
    assert "source not stated for this party" in _text(mute)
    assert "no entry was needed" in _text(attrs.evolve(held.ADDED, entity=None))


def test_values_before_and_after() -> None:
    """An amendment has each value as it was and is, also where the entry itself is not known."""
    for entity in (held.TOLD, None):
        text = _text(held.ADDED, attrs.evolve(held.AMENDED, entity=entity))
        assert "name added: a.k.a. EXAMPLE LINE [WEAK]" in text
        assert "remarks: Owns a ship. -> Owns the EXAMPLE STAR." in text
    alone = _text(attrs.evolve(held.AMENDED, entity=None))
    assert "remarks: Owns a ship. -> Owns the EXAMPLE STAR." in alone


def test_present_or_not() -> None:
    """The head says whether the newest edition has the party, and nothing of what came later."""
    assert "in the newest edition looked at: yes" in _text(held.ADDED)
    assert "in the newest edition looked at: no 2021" in _text(held.REMOVED)
    across = attrs.evolve(held.FORMAT_CHANGED, is_present=False)
    assert "in the newest edition looked at: not found 2021" in _text(held.ADDED, across)
    nowhere = _text()
    assert "It is in none of 4 editions looked at." in nowhere
    assert "First seen" not in nowhere


def test_incomplete_editions_say_so() -> None:
    """What was looked at and is not whole stands above."""
    timeline = attrs.evolve(held.TIMELINE, editions=(held.PART, held.TENTH))
    assert in_full(timeline).startswith("*** INCOMPLETE · watch without MORE.CSV ***")
    log = attrs.evolve(held.LOG, editions=(held.PART, held.TENTH))
    assert in_full(log).startswith("*** INCOMPLETE · watch without MORE.CSV ***")


def _daily(count: int) -> tuple[answers.HeldEdition, ...]:
    return tuple(held.held(date(2021, 1, 1) + timedelta(days=n)) for n in range(count))


def test_long_timelines_are_shortened() -> None:
    """Fifty steps, twenty changes of one and twenty editions are shown; Markdown has all."""
    editions = _daily(70)
    changes = tuple(answers.Change(field="remarks", after=f"x{n}") for n in range(30))
    steps = tuple(
        answers.TimelineEvent(
            kind=answers.TimelineEventKind.AMENDED, edition=one, previous=one, changes=changes
        )
        for one in editions
    )
    timeline = answers.Timeline(id="watch:2", events=steps, editions=editions)
    text = in_full(timeline)
    assert text.count("amended in the edition") == 50
    assert "… and 20 older in `events`" in text
    assert text.count("… and 10 more in `changes`") == 50
    assert "… 50 older, 2021-01-01 to 2021-02-19" in text
    report = display.to_markdown(timeline, explain=True)
    assert report.count("amended** in the edition") == 70
    assert report.count("x29") == 70
    assert "older" not in report


def test_long_logs_are_shortened() -> None:
    """The newest twelve pairs are shown party by party, all in the summary; Markdown shows everything."""
    editions = _daily(61)
    party = Entity(id="watch:8", names=(Name(text="EXAMPLE H"),))
    steps = tuple(
        answers.Changes(old=(held.edition_of(old),), new=(held.edition_of(new),), added=(party,))
        for old, new in itertools.pairwise(editions)
    )
    log = answers.ChangeLog(list_id="watch", changes=steps, editions=editions)
    text = in_full(log)
    assert text.startswith("Changes: 60 added · 0 removed · 0 amended\n")
    assert text.count("EXAMPLE H") == 12
    assert "The newest 12 party by party, 48 older in `changes`." in text
    assert "… and 10 older in `changes`" in text
    assert flat(text).count("2021-03-02 2021-03-01 1 0 0 0") == 1
    assert display.to_markdown(log, explain=True).count("EXAMPLE H") == 60
    assert "older in" not in display.to_markdown(log, explain=True)


def test_switches_stand_in_their_place() -> None:
    """A switch stands between the steps that it lies between."""
    editions = (held.AUGUST, held.XML, held.NINTH, held.TENTH)
    switch = attrs.evolve(held.LOG.format_changes[0], before=held.AUGUST, after=held.XML)
    last = held.LOG.changes[1]
    log = answers.ChangeLog(
        list_id="watch", changes=(last,), editions=editions, format_changes=(switch,)
    )
    text = in_full(log)
    assert text.index("FORMAT CHANGE FROM") < text.index("FROM 2021-12-09 TO")
    assert "1 format change, whose parties are not counted" in flat(text)
    # The same bytes can come again.
    again = attrs.evolve(held.AUGUST, published=date(2021, 12, 12))
    same = attrs.evolve(switch, before=held.XML, after=held.AUGUST)
    both = (held.XML, held.AUGUST, held.NINTH, held.TENTH, again)
    text = in_full(attrs.evolve(log, editions=both, format_changes=(same,)))
    assert text.index("FORMAT CHANGE FROM") < text.index("FROM 2021-12-09 TO")
    text = in_full(held.LOG)
    assert text.index("FORMAT CHANGE FROM") > text.index("AMENDED IN THE EDITION OF 2021-12-10")


def test_who_came_or_went_across_a_switch() -> None:
    """Who is on one side alone is named, or it is said why that cannot be told."""

    def shown(**given: object) -> str:
        switch = attrs.evolve(held.LOG.format_changes[0], **given)
        return words_of(attrs.evolve(held.LOG, format_changes=(switch,)))

    assert "only before nobody only after EXAMPLE MOON (watch:9)" in shown()
    cannot = "who was added or removed is not known, for the reason above"
    text = shown(only_before=None, only_after=None, reason="one is cut")
    assert "2021-12-11: one is cut before" in text
    assert cannot in text
    assert "ids" not in text, "ids that do not last are one reason of several"
    assert cannot not in shown()
    many = tuple(answers.EntitySummary(id=f"watch:{n}") for n in range(60))
    assert "(no name) (watch:49) … and 10 more" in shown(only_after=many)
    assert "from here on other editions are followed" in shown(reason="")


def test_nothing_changed() -> None:
    """An empty log says of what, and that it says nothing of what nobody kept."""
    log = answers.ChangeLog(list_id="watch", editions=(held.NINTH, held.TENTH))
    text = words_of(log)
    assert (
        "Nothing was added, removed or amended from one edition to the next, of 2 editions looked "
        "at. It says nothing of editions that nobody kept." in text
    )
    assert "asked for" not in text
    one = words_of(answers.ChangeLog(list_id="watch", editions=(held.TENTH,)))
    assert "There is nothing to compare: 1 edition looked at." in one
    none = words_of(answers.ChangeLog(list_id="watch"))
    assert "There is nothing to compare: 0 editions looked at." in none
    assert "No edition." in none


def test_nothing_compared() -> None:
    """Two editions that cannot be compared are not said to be without changes."""
    log = attrs.evolve(held.LOG, changes=(), editions=(held.TENTH, held.XML))
    text = words_of(log)
    assert "Nothing was added" not in text
    assert "No change was found where two editions could be compared, of 2 editions looked" in text
    assert "What changed where they could not is unknown: see the format changes." in text


def test_begins_later_than_asked() -> None:
    """Of a time before the oldest edition the log says that it tells nothing."""
    begins = "Nothing is known of the time before 2021-08-18: no earlier edition is held"
    assert begins in words_of(held.LOG)
    assert begins not in words_of(attrs.evolve(held.LOG, start=held.AUGUST.day))


def test_what_was_asked_for() -> None:
    """The days that were asked for stand there, as far as they were."""
    log = attrs.evolve(held.LOG, end=date(2021, 12, 31))
    assert "requested from 2021-08-01 until 2021-12-31" in words_of(log)


def test_editions_without_a_hash() -> None:
    """Lists of one's own have editions without hash or date; they are shown all the same."""
    bare = held.edition_of(held.UNDATED)
    step = answers.Changes(old=(attrs.evolve(bare, sha256=None),), new=(bare,), added=(held.FIRM,))
    switch = answers.FormatChange(before=held.NINTH, after=held.TENTH)
    text = in_full(answers.ChangeLog(list_id="watch", changes=(step,), format_changes=(switch,)))
    assert "FROM date unknown TO date unknown".upper() in text
    text = in_full(answers.ChangeLog(list_id="watch", changes=(step,), editions=(held.UNDATED,)))
    assert "FROM DATE UNKNOWN TO DATE UNKNOWN, RECEIVED 2021-12-12" in text
    assert "date unknown, received 2021-12-12" in text, (
        "of several without a date, which are told apart"
    )
