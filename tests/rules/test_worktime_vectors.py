"""The vectors of the law folder: dates over every Tết and swap since 2018, minutes over lunch, weekends and
make-up Saturdays.
"""

from datetime import date, datetime, time

import pytest

from motcua.rules import worktime
from motcua.rules.worktime import VIETNAM, Calendar, Unit, office_hours

DEFAULT = Calendar.default()
SHORT_LUNCH = DEFAULT.amended(hours=(office_hours(("07:30", "11:30"), ("13:00", "17:00")),))


def moment(text: str) -> datetime:
    """ "20/6/2018 11:00" on Vietnam's clock."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)


def day(text: str) -> date:
    return moment(f"{text} 00:00").date()


DATES = [
    ("20/6/2018", 3, "25/6/2018"),
    ("22/6/2018", 5, "29/6/2018"),
    ("13/2/2018", 3, "23/2/2018"),
    ("28/12/2018", 3, "4/1/2019"),
    ("26/4/2019", 5, "7/5/2019"),
    ("22/1/2020", 3, "3/2/2020"),
    ("29/4/2022", 2, "5/5/2022"),
    ("28/4/2023", 2, "5/5/2023"),
    ("26/4/2024", 5, "7/5/2024"),
    ("24/4/2025", 5, "5/5/2025"),
    ("29/8/2025", 3, "5/9/2025"),
    ("31/12/2025", 5, "9/1/2026"),
    ("13/2/2026", 3, "25/2/2026"),
    ("24/4/2026", 4, "5/5/2026"),
    ("20/8/2026", 10, "7/9/2026"),
    ("21/8/2026", 1, "22/8/2026"),
    ("20/11/2026", 3, "26/11/2026"),
]

MINUTES = [
    ("20/6/2018 11:00", 60, "20/6/2018 13:30"),
    ("20/6/2018 16:30", 60, "21/6/2018 08:00"),
    ("22/6/2018 16:30", 60, "25/6/2018 08:00"),
    ("23/6/2018 09:00", 60, "25/6/2018 08:30"),
    ("20/6/2018 08:00", 480, "21/6/2018 08:00"),
    ("27/4/2024 09:00", 480, "2/5/2024 17:00"),
    ("3/5/2024 16:00", 120, "4/5/2024 08:30"),
    ("9/1/2026 16:00", 120, "10/1/2026 08:30"),
    ("21/8/2026 16:30", 60, "22/8/2026 08:00"),
]


@pytest.mark.parametrize("at", ["07:30", "09:41", "17:29"])
@pytest.mark.parametrize(("start", "days", "expected"), DATES)
def test_working_days_end_at_closing_of_the_day_the_law_says(start, days, expected, at):
    due = worktime.due(DEFAULT, start=moment(f"{start} {at}"), amount=days, unit=Unit.WORKING_DAYS)
    assert due.at == datetime.combine(day(expected), time(17, 30), VIETNAM)


@pytest.mark.parametrize(("start", "minutes", "expected"), MINUTES)
def test_working_minutes_end_at_the_minute_the_law_says(start, minutes, expected):
    assert worktime.add_working_minutes(SHORT_LUNCH, moment(start), minutes) == moment(expected)


@pytest.mark.parametrize(("start", "minutes", "expected"), MINUTES)
def test_working_hours_agree_with_working_minutes(start, minutes, expected):
    due = worktime.due(SHORT_LUNCH, start=moment(start), amount=minutes // 60, unit=Unit.WORKING_HOURS)
    assert due.at == moment(expected)
    assert worktime.working_minutes(SHORT_LUNCH, moment(start), due.at) == minutes


def test_an_amount_that_ends_exactly_at_closing_ends_there():
    assert worktime.add_working_minutes(SHORT_LUNCH, moment("20/6/2018 16:00"), 60) == moment("20/6/2018 17:00")


def test_the_built_in_calendar_says_how_sure_each_day_is():
    known = {row.day: row for row in worktime.public_days()}
    assert known[date(2026, 11, 24)].status == "check"
    assert known[date(2027, 2, 6)].status == "unconfirmed"
    assert known[date(2026, 1, 2)].kind == "swap_off" and known[date(2026, 1, 10)].is_worked
    assert len(known) == len(worktime.public_days()) == 147
    assert all(not row.is_worked or row.day.weekday() == 5 for row in worktime.public_days())
