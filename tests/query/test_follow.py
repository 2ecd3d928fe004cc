"""Which editions are followed: one format at a time; all others are skipped."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionslib.answers import EditionStatus, HeldEdition
from sanctionslib.model import Scope
from sanctionslib.query.history import difference, follow

from .kept import BEST, CSV, FORMS, XML, held

ADD = ("ADD.CSV",)


_FORMATS = {"B": BEST, "X": XML, "C": CSV, "o": "other", "t": "a third"}


def editions_of(text: str) -> list[HeldEdition]:
    """Editions from their days and formats: "5B" is the best format, of 5 December.

    "-" and "--" lack one file and two.
    """
    found: list[HeldEdition] = []
    for number, word in enumerate(text.split()):
        gaps = word.count("-")
        day, form = word.rstrip("-")[:-1], word.rstrip("-")[-1]
        # The one that lacks two lacks those that come first by name.
        missing = ((), ("SDN_COMMENTS.CSV",), ("ADD.CSV", "ALT.CSV"))[gaps]
        found.append(held(f"2021-12-{day:0>2}", _FORMATS[form], missing=missing, number=number))
    return found


@pytest.mark.parametrize(
    ("editions", "followed"),
    [
        # The preferred format is followed as long as it lasts; before and after it, what there is.
        ("1C 5B 5C 9C 12B 20C", "1C 5B 12B 20C"),
        # A complete one comes before a partial one of a better format.
        ("1B- 3B- 3C 5B-", "1B- 3C 5B-"),
        # Of partial ones those that lack less come first.
        ("1C- 2C-- 3C-", "1C- 3C-"),
        # The rule holds again for what is before and after.
        ("1C 4X 5C 6X 7C 10B 11C 12X 13C", "1C 4X 6X 7C 10B 11C 12X 13C"),
        # Both of one day are followed, as they came in: a list can be published twice a day.
        ("1C 1C", "1C 1C"),
        # A format that the catalog does not know comes last; two such are not mixed.
        ("1o 2o 2C 3C 4o", "1o 2C 3C 4o"),
        ("1t 2o 4t", "1t 4t"),
    ],
)
def test_followed(editions: str, followed: str) -> None:
    """One format at a time; all others are skipped."""
    all_of_them = editions_of(editions)
    words = editions.split()
    found = follow(all_of_them, FORMS)
    assert [words[all_of_them.index(one)] for one in found.editions] == followed.split()
    assert [*found.skipped] == [one for one in all_of_them if one not in found.editions]


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


def test_only_one_format() -> None:
    """The others are skipped."""
    csv, best = editions_of("1C 2B")
    assert follow([csv, best], FORMS, CSV) == ((csv,), (best,))
    assert follow([csv, best], FORMS, XML).editions == ()


def test_a_time_is_cut_out_before_it_is_followed() -> None:
    """Two editions of a better format, one on each side of it, do not hide what is within it.

    It begins from the edition that answers for its first day: others of that day are skipped.
    """
    editions = editions_of("1B 5C 9C 9C 9X 10C 20C 30B")
    assert follow(editions, FORMS).editions == (editions[0], editions[-1])
    found = follow(editions, FORMS, begin=editions[3], end=date(2021, 12, 19))
    assert found.editions == (editions[3], editions[5])
    assert found.skipped == (editions[2], editions[4])
    found = follow(editions, FORMS, end=date(2021, 12, 9))
    assert [one.format for one in found.editions] == [BEST, CSV, XML]


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
