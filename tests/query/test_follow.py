"""Which editions are followed: one format at a time; all others are skipped."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sanctionslib.answers import EditionStatus, HeldEdition
from sanctionslib.model import Scope
from sanctionslib.query.history import difference, follow

from .kept import BEST, CSV, FORMS, XML, held

ADD = ("ADD.CSV",)


def test_the_preferred_format_is_followed_as_long_as_it_lasts() -> None:
    """Before its first edition and after its last, what else there is."""
    csv = [held(f"2021-12-{day:02}") for day in (1, 5, 9, 20)]
    best = [held(f"2021-12-{day:02}", BEST) for day in (5, 12)]
    found = follow([csv[0], best[0], csv[1], csv[2], best[1], csv[3]], FORMS)
    assert found.editions == (csv[0], best[0], best[1], csv[3])
    assert found.skipped == (csv[1], csv[2])


def test_a_complete_one_comes_before_a_partial_one_of_a_better_format() -> None:
    """What is missing would keep answers from it."""
    partial = [held(f"2021-12-{day:02}", BEST, missing=ADD) for day in (1, 3, 5)]
    whole = held("2021-12-03")
    found = follow([partial[0], partial[1], whole, partial[2]], FORMS)
    assert found.editions == (partial[0], whole, partial[2])
    assert found.skipped == (partial[1],)


def test_of_partial_ones_those_that_lack_less_come_first() -> None:
    """Not those whose missing files come first by name."""
    lacks_one = [held(f"2021-12-{day:02}", missing=("SDN_COMMENTS.CSV",)) for day in (1, 3)]
    lacks_two = held("2021-12-02", missing=("ADD.CSV", "ALT.CSV"))
    found = follow([lacks_one[0], lacks_two, lacks_one[1]], FORMS)
    assert (found.editions, found.skipped) == (tuple(lacks_one), (lacks_two,))


def test_around_the_second_best_the_third_is_followed() -> None:
    """The rule holds again for what is before and after."""
    best = held("2021-12-10", BEST)
    xml = [held(f"2021-12-{day:02}", XML) for day in (4, 6, 12)]
    csv = [held(f"2021-12-{day:02}") for day in (1, 5, 7, 11, 13)]
    editions = [csv[0], xml[0], csv[1], xml[1], csv[2], best, csv[3], xml[2], csv[4]]
    found = follow(editions, FORMS)
    assert found.editions == (csv[0], xml[0], xml[1], csv[2], best, csv[3], xml[2], csv[4])
    assert found.skipped == (csv[1],)


def test_what_cannot_answer_is_not_followed() -> None:
    """Refused ones, parts, samples, and such as lack entries."""
    good = held("2021-12-03")
    others = [
        held("2021-12-01", status=EditionStatus.QUARANTINED),
        held("2021-12-02", scope=Scope.CUSTOM),
        held("2021-12-04", scope=Scope.SAMPLE),
        held("2021-12-05", missing=ADD, lacks_entries=True),
    ]
    accepted = held("2021-12-06", status=EditionStatus.OVERRIDDEN)
    found = follow([*others[:2], good, *others[2:], accepted], FORMS)
    assert found.editions == (good, accepted)
    assert found.skipped == tuple(others)


def test_those_of_one_day_stay_in_the_order_in_which_they_came_in() -> None:
    """Both are followed: a list can be published twice a day. The clock says nothing of it."""
    one, two = held("2021-12-01", number=2), held("2021-12-01", number=1)
    assert follow([one, two], FORMS).editions == (one, two)


def test_only_one_format() -> None:
    """The others are skipped."""
    csv, best = held("2021-12-01"), held("2021-12-02", BEST)
    assert follow([csv, best], FORMS, CSV).editions == (csv,)
    assert follow([csv, best], FORMS, CSV).skipped == (best,)
    assert follow([csv, best], FORMS, XML).editions == ()


def test_a_format_that_the_catalog_does_not_know_comes_last() -> None:
    """It is followed where there is no other."""
    unknown = [held(f"2021-12-{day:02}", "another") for day in (1, 2, 4)]
    csv = [held(f"2021-12-{day:02}") for day in (2, 3)]
    found = follow([unknown[0], unknown[1], *csv, unknown[2]], FORMS)
    assert found.editions == (unknown[0], *csv, unknown[2])
    third = [held(f"2021-12-{day:02}", "a third") for day in (1, 4)]
    found = follow([third[0], unknown[1], third[1]], FORMS)
    assert (found.editions, found.skipped) == (tuple(third), (unknown[1],)), (
        "nor are two such mixed"
    )


def test_a_time_is_cut_out_before_it_is_followed() -> None:
    """Two editions of a better format, one on each side of it, do not hide what is within it."""
    best = [held("2020-01-01", BEST), held("2025-01-01", BEST)]
    csv = [held(f"2021-12-{day:02}") for day in (1, 9, 10, 20)]
    editions = [best[0], *csv, best[1]]
    assert follow(editions, FORMS).editions == tuple(best)
    found = follow(editions, FORMS, begin=csv[1], end=date(2021, 12, 19))
    assert found.editions == (csv[1], csv[2])
    assert found.skipped == ()
    found = follow(editions, FORMS, begin=None, end=date(2021, 12, 19))
    assert found.editions == (best[0], *csv[:3])


def test_the_log_begins_from_the_edition_that_answers() -> None:
    """Others of its day are skipped, also one of the same format that was added before it."""
    early, late = held("2021-12-09", number=1), held("2021-12-09", number=2)
    other, later = held("2021-12-09", XML), held("2021-12-10")
    found = follow([early, late, other, later], (CSV, XML), begin=late)
    assert found.editions == (late, later)
    assert found.skipped == (early, other)


def test_why_two_cannot_be_compared() -> None:
    """In words."""
    csv, xml = held("2021-12-01"), held("2021-12-02", XML)
    assert difference(csv, held("2021-12-03")) == ""
    assert difference(csv, xml) == "the format is example-csv before and example-xml after"
    assert (
        difference(held("2021-12-01", missing=ADD), csv)
        == "the files are not the same: without ADD.CSV before, all of them after"
    )
    two = held("2021-12-02", missing=("ADD.CSV", "ALT.CSV"))
    assert (
        difference(held("2021-12-01", missing=ADD), two)
        == "the files are not the same: without ADD.CSV before, without ADD.CSV, ALT.CSV after"
    )


_EDITIONS = st.lists(
    st.builds(
        lambda day, form, missing, refused: held(
            f"2021-12-{day:02}",
            form,
            missing=missing,
            status=EditionStatus.QUARANTINED if refused else EditionStatus.VALID,
        ),
        st.integers(1, 9),
        st.sampled_from(FORMS),
        st.sampled_from([(), ADD]),
        st.booleans(),
    ),
    max_size=12,
    unique_by=lambda one: one.sha256,
)


@given(_EDITIONS)
def test_nothing_is_lost_and_nothing_twice(editions: list[HeldEdition]) -> None:
    """Each edition is followed or skipped; the days go up; a day on which the format changes has one
    series only."""
    editions = sorted(editions, key=lambda one: (one.day, one.format, one.sha256))
    found = follow(editions, FORMS)
    assert sorted((*found.editions, *found.skipped), key=editions.index) == editions
    days = [one.day for one in found.editions]
    assert days == sorted(days)
    assert all(one.is_usable for one in found.editions)
    able = [one for one in editions if one.is_usable]
    if able:  # the oldest and the newest day held are always looked at
        assert (days[0], days[-1]) == (able[0].day, able[-1].day)
    for one, other in zip(found.editions, found.editions[1:], strict=False):
        assert one.day < other.day or not difference(one, other)
