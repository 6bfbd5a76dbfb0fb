"""What must hold for every calendar, start, amount and wait, and a slow reference that counts minute by
minute.
"""

from datetime import date, datetime, time, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from motcua.rules import worktime
from motcua.rules.worktime import VIETNAM, Calendar, Interval, Pause, Reason, SeasonHours, Unit

FIRST = date(2026, 1, 1)
MINUTE = timedelta(minutes=1)
ONE_DAY = timedelta(days=1)
BY_HOURS = (Unit.WORKING_HOURS, Unit.WORKING_DAYS_CLOCK, Unit.ELAPSED_HOURS)
BY_DAYS = (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS)

days = st.dates(FIRST, FIRST + timedelta(days=80))
minutes_of_winter = st.integers(0, 59 * 1440)  # any minute, or one at which offices may open and close
starts = st.one_of(minutes_of_winter, minutes_of_winter.map(lambda minute: minute - minute % 15)).map(
    lambda minute: datetime(2026, 1, 1, tzinfo=VIETNAM) + minute * MINUTE
)
exact_starts = st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 1)).map(lambda at: at.replace(tzinfo=VIETNAM))


@st.composite
def day_hours(draw):
    edges = draw(st.lists(st.integers(0, 95), min_size=2, max_size=6, unique=True).map(sorted))
    times = [time(edge // 4, edge % 4 * 15) for edge in edges]
    return tuple(Interval(opens, closes) for opens, closes in zip(times[::2], times[1::2], strict=False))


@st.composite
def calendars(draw):
    off = draw(st.sets(days, max_size=20))
    extra = draw(st.sets(days, max_size=6)) - off
    if draw(st.booleans()):
        seasons = (SeasonHours(draw(day_hours()), (1, 20), (2, 10)), SeasonHours(draw(day_hours()), (2, 11), (1, 19)))
    else:
        seasons = (SeasonHours(draw(day_hours())),)
    if draw(st.booleans()):
        return Calendar(seasons, dict.fromkeys(off, "Bão"), dict.fromkeys(extra, ""))
    return Calendar.default().amended(hours=seasons).amended(days_off=off, extra_days=extra)


amounts = {
    Unit.WORKING_HOURS: st.integers(0, 40),
    Unit.WORKING_DAYS_CLOCK: st.integers(0, 5),
    Unit.ELAPSED_HOURS: st.integers(0, 100),
    Unit.WORKING_DAYS: st.integers(0, 15),
    Unit.CALENDAR_DAYS: st.integers(0, 30),
    Unit.MONTHS: st.integers(0, 3),
}
asked = st.sampled_from(list(Unit)).flatmap(lambda unit: st.tuples(st.just(unit), amounts[unit]))


@st.composite
def waits(draw, most=3):
    found = []
    for _ in range(draw(st.integers(0, most))):
        begin = draw(starts)
        found.append(Pause(begin, begin + draw(st.integers(0, 9000)) * MINUTE))
    return found


shares = st.integers(0, 999)
lengths = st.integers(1, 9000)


def wait_within(calendar, ask, share, length):
    """A wait that begins `share` thousandths of the way from the start to the due instant and lasts `length`
    minutes.
    """
    way = (worktime.due(calendar, **ask).at - ask["start"]) // MINUTE
    begin = ask["start"] + way * share // 1000 * MINUTE
    return Pause(begin, begin + length * MINUTE)


# The slow reference: no intervals, no caches, no shared code; a set of rules read from the law folder.


def works_on(calendar, day):
    return day not in calendar.days_off and (day.weekday() < 5 or day in calendar.extra_days)


def is_open(calendar, at):
    if not works_on(calendar, at.date()):
        return False
    where = (at.month, at.day)
    for season in calendar.hours:
        first, last = season.first, season.last
        inside = first <= where <= last if first <= last else not (last < where < first)
        if inside:
            return any(each.opens <= at.time() < each.closes for each in season.intervals)
    raise AssertionError("no season")


def slow_opening(calendar, at):
    while not is_open(calendar, at):
        at += MINUTE
    return at


def slow_closing(calendar, day):
    last = datetime.combine(day, time(23, 59), VIETNAM)
    while not is_open(calendar, last):
        last -= MINUTE
    return last + MINUTE


def slow_by_minutes(calendar, start, minutes, pauses, *, always):
    """What is due the instant a wait begins is not awaited any more, hence the other comparison for nothing left."""
    at = start
    while True:
        began = [pause for pause in pauses if pause.start <= at and (minutes or max(pause.start, start) < at)]
        waiting = any(at < pause.end for pause in began)
        if not waiting and (always or is_open(calendar, at)):
            if minutes == 0:
                return at
            minutes -= 1
            if minutes == 0:
                return at + MINUTE
        at += MINUTE


def slow_by_days(calendar, start, amount, pauses, *, every_day):
    """One day at a time; a day on which the clock stood for an instant, or started again, does not count."""
    marks = [
        (slow_opening(calendar, max(pause.start, start)), slow_opening(calendar, pause.end))
        for pause in pauses
        if pause.end > max(pause.start, start)
    ]
    day = slow_opening(calendar, start).date()
    left = amount
    while True:
        day_waits = [(a, b) for a, b in marks if a.date() <= day <= b.date()]
        if day_waits and max(b.date() for _, b in day_waits) > day:
            day += ONE_DAY
            continue
        if left == 0 and works_on(calendar, day):
            return slow_closing(calendar, day)
        day += ONE_DAY
        waiting = any(a.date() <= day <= b.date() for a, b in marks)
        if left and not waiting and (every_day or works_on(calendar, day)):
            left -= 1
            if left == 0 and works_on(calendar, day):
                return slow_closing(calendar, day)


@settings(max_examples=120, deadline=None)
@given(calendars(), starts, asked, waits())
def test_the_slow_reference_agrees(calendar, start, question, pauses):
    unit, amount = question
    assume(unit is not Unit.MONTHS)
    due = worktime.due(calendar, start=start, amount=amount, unit=unit, pauses=pauses)
    if unit in BY_DAYS:
        expected = slow_by_days(calendar, start, amount, pauses, every_day=unit is Unit.CALENDAR_DAYS)
    else:
        minutes = amount * (480 if unit is Unit.WORKING_DAYS_CLOCK else 60)
        always = unit is Unit.ELAPSED_HOURS
        expected = slow_by_minutes(calendar, start, minutes, pauses, always=always)
    assert due.at == expected


@settings(max_examples=60, deadline=None)
@given(calendars(), starts, st.integers(0, 5000))
def test_working_minutes_agree_with_counting_each(calendar, start, length):
    counted = sum(is_open(calendar, start + number * MINUTE) for number in range(length))
    assert worktime.working_minutes(calendar, start, start + length * MINUTE) == counted
    assert worktime.working_minutes(calendar, start + length * MINUTE, start) == -counted


@settings(deadline=None)
@given(calendars(), exact_starts, exact_starts, asked)
def test_due_is_monotone_in_start(calendar, one, other, question):
    unit, amount = question
    early, late = sorted((one, other))
    ask = {"amount": amount, "unit": unit}
    assert worktime.due(calendar, start=early, **ask).at <= worktime.due(calendar, start=late, **ask).at


@settings(deadline=None)
@given(calendars(), exact_starts, asked, st.integers(0, 5), waits())
def test_due_is_monotone_in_amount(calendar, start, question, more, pauses):
    unit, amount = question
    ask = {"start": start, "unit": unit, "pauses": pauses}
    assert worktime.due(calendar, amount=amount, **ask).at <= worktime.due(calendar, amount=amount + more, **ask).at


@settings(deadline=None)
@given(calendars(), exact_starts, asked, waits())
def test_waiting_never_brings_a_due_instant_forward(calendar, start, question, pauses):
    unit, amount = question
    ask = {"start": start, "amount": amount, "unit": unit}
    assert worktime.due(calendar, **ask).at <= worktime.due(calendar, **ask, pauses=pauses).at


@settings(deadline=None)
@given(calendars(), exact_starts, st.integers(0, 30), st.integers(1, 30))
def test_adding_in_two_steps_is_adding_at_once(calendar, start, first, second):
    def add(at, hours):
        return worktime.due(calendar, start=at, amount=hours, unit=Unit.WORKING_HOURS).at

    assert add(add(start, first), second) == add(start, first + second)


@settings(deadline=None)
@given(calendars(), exact_starts, st.integers(1, 3000))
def test_working_minutes_undo_adding_them(calendar, start, minutes):
    end = worktime.add_working_minutes(calendar, start, minutes)
    assert worktime.working_minutes(calendar, start, end) == minutes


@settings(deadline=None)
@given(
    calendars(),
    starts,
    st.sampled_from([Unit.WORKING_HOURS, Unit.WORKING_DAYS_CLOCK]),
    st.integers(1, 5),
    shares,
    lengths,
)
def test_a_wait_conserves_the_remaining_minutes(calendar, start, unit, amount, share, length):
    ask = {"start": start, "amount": amount, "unit": unit}
    pause = wait_within(calendar, ask, share, length)
    kept = worktime.remaining(calendar, **ask, at=pause.start)
    resumed = worktime.due(calendar, **ask, pauses=[pause]).at
    assert resumed == worktime.add_working_minutes(calendar, pause.end, kept.left)
    total = amount * (60 if unit is Unit.WORKING_HOURS else 480)
    assert kept.used + kept.left == total
    worked = worktime.working_minutes(calendar, start, pause.start)
    assert worked + worktime.working_minutes(calendar, pause.end, resumed) == total


@settings(deadline=None)
@given(
    calendars(), starts, st.sampled_from([Unit.WORKING_DAYS, Unit.CALENDAR_DAYS]), st.integers(0, 10), shares, lengths
)
def test_a_wait_conserves_the_remaining_days(calendar, start, unit, amount, share, length):
    ask = {"start": start, "amount": amount, "unit": unit}
    pause = wait_within(calendar, ask, share, length)
    kept = worktime.remaining(calendar, **ask, at=pause.start)
    resumed = worktime.due(calendar, **ask, pauses=[pause]).at
    assert kept.used + kept.left == amount
    assert resumed == worktime.due(calendar, start=pause.end, amount=kept.left, unit=unit).at


@settings(deadline=None)
@given(calendars(), exact_starts, asked, waits())
def test_nothing_is_due_while_the_office_is_closed(calendar, start, question, pauses):
    unit, amount = question
    assume(unit is not Unit.ELAPSED_HOURS)
    at = worktime.due(calendar, start=start, amount=amount, unit=unit, pauses=pauses).at
    stretches = calendar.day(at.toordinal()).opens
    assert any(opens <= at <= closes for opens, closes in stretches)
    if unit in BY_DAYS:
        assert at == stretches[-1][1]


@settings(max_examples=200, deadline=None)
@given(calendars(), exact_starts, asked, waits())
def test_the_explanation_is_whole_and_leads_to_the_due_instant(calendar, start, question, pauses):
    unit, amount = question
    due = worktime.due(calendar, start=start, amount=amount, unit=unit, pauses=pauses)
    if not due.explanation:
        assert due.at == start and amount == 0
        return
    assert due.explanation[0].start == start
    assert due.explanation[-1].end == due.at
    for earlier, later in zip(due.explanation, due.explanation[1:], strict=False):
        assert earlier.end == later.start
    assert all(span.start < span.end and span.words for span in due.explanation)
    counted = [span for span in due.explanation if span.counted]
    if unit in BY_HOURS:
        total = amount * (480 if unit is Unit.WORKING_DAYS_CLOCK else 60)
        assert sum(span.minutes for span in counted) == total
        assert sum((span.end - span.start for span in counted), timedelta()) == total * MINUTE
        assert all(span.days == 0 for span in due.explanation)
        if counted:
            assert due.explanation[-1].counted
    elif unit is not Unit.MONTHS:
        assert sum(span.days for span in counted) == amount
    assert worktime.from_json(worktime.to_json(due)) == due


@settings(deadline=None)
@given(calendars(), exact_starts)
def test_next_opening_is_idempotent_and_first(calendar, at):
    opening = worktime.next_opening(calendar, at)
    assert opening >= at
    assert worktime.next_opening(calendar, opening) == opening
    assert worktime.working_minutes(calendar, at, opening) == 0
    assert all(span.reason is not Reason.WORKING for span in calendar.gap(at, opening))


@settings(deadline=None)
@given(calendars(), st.sets(days, max_size=5), exact_starts, asked)
def test_an_amended_calendar_counts_like_one_made_at_once(calendar, off, start, question):
    unit, amount = question
    ask = {"start": start, "amount": amount, "unit": unit}
    worktime.due(calendar, **ask)
    amended = calendar.amended(days_off=off)
    fresh = Calendar(amended.hours, amended.days_off, amended.extra_days)
    assert worktime.due(amended, **ask) == worktime.due(fresh, **ask)


@settings(deadline=None)
@given(calendars(), exact_starts, exact_starts)
def test_time_left_is_late_exactly_after_the_due_instant(calendar, now, due_at):
    left = worktime.time_left(calendar, now=now, due_at=due_at)
    assert left.late == (now > due_at)
    assert left.minutes <= 0 if left.late else left.minutes >= 0
    said = worktime.words(left)
    assert said.startswith(("Quá hạn", "Vừa quá hạn") if left.late else ("Còn", "Đến hạn"))
