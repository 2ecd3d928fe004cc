"""Dates that are not known exactly: reading, comparing, and reckoning an age."""

from datetime import date, timedelta

import sanctionslib as sl


def age_on(born: sl.PartialDate, day: date) -> tuple[int, int] | None:
    """The least and the greatest age on a day; None where the date leaves one open."""
    if born.earliest is None or born.latest is None:
        return None

    def years(birth: date) -> int:
        return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))

    return years(born.latest), years(born.earliest)


def width(one: sl.PartialDate) -> timedelta | None:
    """How much of the date is open."""
    if one.earliest is None or one.latest is None:
        return None
    return one.latest - one.earliest


circa = sl.PartialDate.parse("circa 1971")
day = sl.PartialDate.day(date(1971, 3, 5))
span = sl.PartialDate.between(date(1971, 1, 1), None)
dates: list[sl.PartialDate] = sorted([day, circa, span, sl.PartialDate.month(1970, 12)])

assert age_on(circa, date(2021, 12, 10)) == (49, 50)
assert age_on(day, date(2021, 12, 10)) == (50, 50)
assert age_on(span, date(2021, 12, 10)) is None
assert width(day) == timedelta(0)
assert circa.overlaps(day)
assert not day.contains(circa)
assert date(1971, 3, 5) in circa
assert dates[0].is_before(day)
assert (circa.precision, circa.calendar) == (sl.model.Precision.YEAR, sl.model.Calendar.GREGORIAN)
assert not sl.PartialDate.parse("1391", calendar=sl.model.Calendar.ISLAMIC).is_read
births: set[sl.PartialDate | None] = {
    birth.date for person in sl.sample().where(kind=sl.Person) for birth in person.births
}
assert len(births) > 10
