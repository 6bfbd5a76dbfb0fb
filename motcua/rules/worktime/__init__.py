"""Working time of Vietnamese administration: when something is due, why, and how much is left.

The rules of counting (Bộ luật Dân sự 2015, điều 147 and 148; one-stop practice), which every clock of the
product obeys:

1.  All instants are UTC+7; there is no daylight saving.
2.  A working day is Monday to Friday that is not a day off, or a make-up Saturday.
3.  Work is done inside the unit's hours only.
4.  What happens outside working hours counts as happening at the next opening. Closing time itself is
    outside.
5.  working_hours: n working hours after that start.
6.  working_days_clock: n × 8 working hours, time of day kept.
7.  working_days (the law's usual meaning): the first day is not counted; due at closing of the n-th working
    day after it.
8.  calendar_days, months: every day counts, the first does not; a missing day of the month is the month's
    last; a due day that is off rolls to the next working day; due at closing.
9.  elapsed_hours: plain hours, no calendar.
10. A due instant belongs to the span that ends there: 4 h from 07:30 is 11:30, not 13:30.
11. While the applicant is awaited the clock stands; for days, whole days used stay used, the rest counts
    anew from the resumption by rule 7 (or 8).
12. Finished exactly at the due instant is on time.
"""

from motcua.rules.worktime.calendar import Calendar, Day
from motcua.rules.worktime.counting import add_working_minutes, due, remaining
from motcua.rules.worktime.errors import DueUnknown, NoWorkingDay, WorktimeError
from motcua.rules.worktime.holidays import PublicDay, public_days
from motcua.rules.worktime.hours import Interval, SeasonHours, office_hours
from motcua.rules.worktime.lines import answer_line
from motcua.rules.worktime.measure import (
    TimeLeft,
    Urgency,
    closing_of,
    is_working_day,
    next_opening,
    time_left,
    urgency,
    words,
    working_minutes,
)
from motcua.rules.worktime.spans import VIETNAM, Due, Pause, Reason, Remaining, Span, Unit
from motcua.rules.worktime.storage import from_json, to_json

__all__ = [
    "VIETNAM",
    "Calendar",
    "Day",
    "Due",
    "DueUnknown",
    "Interval",
    "NoWorkingDay",
    "Pause",
    "PublicDay",
    "Reason",
    "Remaining",
    "SeasonHours",
    "Span",
    "TimeLeft",
    "Unit",
    "Urgency",
    "WorktimeError",
    "add_working_minutes",
    "answer_line",
    "closing_of",
    "due",
    "from_json",
    "is_working_day",
    "next_opening",
    "office_hours",
    "public_days",
    "remaining",
    "time_left",
    "to_json",
    "urgency",
    "words",
    "working_minutes",
]
