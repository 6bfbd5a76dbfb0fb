"""Changes of the working calendar, proposed by one person and confirmed by another; outages of the system.

The rows are never edited: what was confirmed stays in the calendar, and a mistake is mended by another change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from motcua.agencies.models import Tier
from motcua.agencies.queries import agencies_at
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.policy import queries
from motcua.policy.models import CalendarChange, Outage
from motcua.rules.opening import check_calendar
from motcua.rules.people import Actor, Role
from motcua.rules.text import clean_line
from motcua.rules.worktime import WorktimeError, is_working_day

SUBJECT = ("policy", "calendar")


def may_change(by: Actor, agency_id: int | None, *, at: datetime) -> bool:
    """Leaders change their own agency's calendar; the province's is changed by operators and leaders of the province's
    own agencies."""
    if by.holds(Role.OPERATOR):
        return True
    led = {post.agency_id for post in by.posts if post.role is Role.LEADER}
    if agency_id is not None:
        return agency_id in led
    return agencies_at(at).filter(pk__in=led, tier=Tier.PROVINCE).exists()


@transaction.atomic
def propose_change(
    *,
    agency_id: int | None = None,
    days_off: Mapping[date, str] | None = None,
    working_days: Mapping[date, str] | None = None,
    hours: Sequence[Mapping[str, Any]] = (),
    hours_since: date | None = None,
    basis: str,
    by: Actor,
    at: datetime,
) -> CalendarChange:
    """Propose days off, extra working days or new hours from a day on; nothing moves before another person confirms.

    Raises `Refusal` (403, or with every fault at its field): no basis, nothing changed, a day that is over, a day both
    off and worked or already so, a day of another open proposal, hours that overlap, a month without work.
    """
    _must(by, agency_id, at)
    assert by.account_id is not None
    change = CalendarChange(
        agency_id=agency_id,
        days_off=_named(days_off),
        working_days=_named(working_days),
        hours=[dict(row) for row in hours],
        hours_since=hours_since if hours else None,
        basis=clean_line(basis)[:300],
        proposed_by_id=by.account_id,
        proposed_by_name=by.name,
        proposed_at=at,
    )
    _check(change, at)
    change.save()
    record(subject=SUBJECT, verb="propose_change", by=by, at=at, body=_body(change))
    return change


@transaction.atomic
def confirm_change(pk: int, *, by: Actor, at: datetime) -> CalendarChange:
    """Put a proposed change into force.

    Raises `Refusal` for its proposer (403), for one decided already (409), and when it no longer fits the calendar.
    """
    change = _open(pk)
    _must(by, change.agency_id, at)
    if by.account_id == change.proposed_by_id:
        raise Refusal("Người đề xuất không tự xác nhận được; phải là người thứ hai.", status=403)
    _check(change, at)
    change.confirmed_at, change.decided_by_name = at, by.name
    change.save()
    record(subject=SUBJECT, verb="confirm_change", by=by, at=at, body=_body(change))
    queries.forget()
    return change


@transaction.atomic
def drop_change(pk: int, *, by: Actor, at: datetime) -> CalendarChange:
    """Drop a proposed change: its proposer, or whoever might have confirmed it."""
    change = _open(pk)
    _must(by, change.agency_id, at)
    change.dropped_at, change.decided_by_name = at, by.name
    change.save()
    record(subject=SUBJECT, verb="drop_change", by=by, at=at, body={"change": change.pk})
    return change


@transaction.atomic
def record_outage(
    *, since: datetime, until: datetime, reason: str, agency_id: int | None = None, by: Actor, at: datetime
) -> Outage:
    """Record that the system could not be used from ``since`` to ``until``; the worker then extends what it touched.

    Raises `Refusal` with every fault at its field: no reason, an end before its beginning, one still going on, one
    recorded already.
    """
    _must(by, agency_id, at)
    problems: dict[str, list[str]] = {}
    if not clean_line(reason):
        problems["reason"] = ["Hãy ghi lý do, ví dụ: mất điện trung tâm dữ liệu."]
    if until <= since:
        problems["until"] = ["Lúc kết thúc phải sau lúc bắt đầu."]
    elif until > at:
        problems["until"] = ["Chỉ ghi nhận khi hệ thống đã hoạt động trở lại."]
    twin = Outage.objects.filter(since__lt=until, until__gt=since)
    if agency_id is not None:
        twin = twin.filter(agency_id__in=[agency_id]) | twin.filter(agency=None)
    if not problems and twin.exists():
        problems["since"] = ["Khoảng này trùng với một lần ngừng đã ghi nhận."]
    if problems:
        raise Refusal("Chưa ghi nhận được.", field_errors=problems)
    assert by.account_id is not None
    outage = Outage.objects.create(
        agency_id=agency_id,
        since=since,
        until=until,
        reason=clean_line(reason)[:300],
        recorded_by_id=by.account_id,
        recorded_by_name=by.name,
        recorded_at=at,
    )
    body = {"outage": outage.pk, "since": since.isoformat(), "until": until.isoformat(), "agency": agency_id}
    record(subject=SUBJECT, verb="record_outage", by=by, at=at, body={**body, "reason": outage.reason})
    return outage


def _must(by: Actor, agency_id: int | None, at: datetime) -> None:
    if not may_change(by, agency_id, at=at):
        raise Refusal("Chỉ lãnh đạo cơ quan hoặc quản trị vận hành được làm việc này.", status=403)


def _open(pk: int) -> CalendarChange:
    change = CalendarChange.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if change is None:
        raise Refusal("Không tìm thấy đề xuất này.", status=404)
    if change.confirmed_at is not None or change.dropped_at is not None:
        raise Refusal("Đề xuất này đã có người quyết định.", status=409)
    return change


def _named(days: Mapping[date, str] | None) -> dict[str, str]:
    return {day.isoformat(): clean_line(name)[:200] for day, name in (days or {}).items()}


def _body(change: CalendarChange) -> dict[str, Any]:
    return {
        "change": change.pk,
        "agency": change.agency_id,
        "days_off": change.days_off,
        "working_days": change.working_days,
        "hours": change.hours,
        "hours_since": change.hours_since.isoformat() if change.hours_since else None,
        "basis": change.basis,
    }


def _check(change: CalendarChange, at: datetime) -> None:
    """Every fault of a change, each with its place."""
    problems: dict[str, list[str]] = {}
    if not change.basis:
        problems["basis"] = ["Hãy ghi căn cứ, ví dụ: Thông báo số 123/TB-UBND ngày 01/12/2026."]
    if not (change.days_off or change.working_days or change.hours):
        problems["days_off"] = ["Chưa có ngày nghỉ, ngày làm việc hay giờ làm việc nào thay đổi."]
    today = at.date().isoformat()
    for name in ("days_off", "working_days"):
        if past := sorted(day for day in getattr(change, name) if day <= today):
            problems.setdefault(name, []).append(f"Ngày đã qua hoặc là hôm nay, không đổi được nữa: {_list(past)}.")
    if both := change.days_off.keys() & change.working_days.keys():
        problems.setdefault("working_days", []).append(f"Vừa nghỉ vừa làm việc: {_list(sorted(both))}.")
    if change.hours and (change.hours_since is None or change.hours_since.isoformat() <= today):
        problems["hours_since"] = ["Giờ mới phải có hiệu lực từ một ngày sau hôm nay."]
    if not problems:
        problems = _against_calendar(change, at)
    if problems:
        raise Refusal("Đề xuất thay đổi lịch chưa được nhận.", field_errors=problems)


def _against_calendar(change: CalendarChange, at: datetime) -> dict[str, list[str]]:
    """What stands already or soon, what others propose, and whether anybody would still be working."""
    at = at + queries.SETTLING
    problems: dict[str, list[str]] = {}
    now = queries.calendar(at, agency_id=change.agency_id)
    for name, is_off in (("days_off", True), ("working_days", False)):
        same = [day for day in getattr(change, name) if is_working_day(now, date.fromisoformat(day)) != is_off]
        if same:
            said = "Đã là ngày nghỉ sẵn" if is_off else "Đã là ngày làm việc sẵn"
            problems[name] = [f"{said}: {_list(sorted(same))}."]
    others = CalendarChange.objects.filter(confirmed_at__isnull=True, dropped_at__isnull=True, agency=change.agency_id)
    days = change.days_off.keys() | change.working_days.keys()
    for other in others.exclude(pk=change.pk).order_by("pk"):
        if shared := days & (other.days_off.keys() | other.working_days.keys()):
            problems.setdefault("days_off", []).append(f"Đang có đề xuất khác về ngày {_list(sorted(shared))}.")
        if change.hours and other.hours:
            problems["hours_since"] = ["Đang có đề xuất khác về giờ làm việc."]
    if problems:
        return problems
    try:
        check_calendar(queries.calendar_with(change, at, agency_id=change.agency_id))
    except WorktimeError as error:
        problems["hours" if change.hours else "days_off"] = [str(error)]
    return problems


def _list(days: Iterable[str]) -> str:
    return ", ".join(f"{date.fromisoformat(day):%d/%m/%Y}" for day in days)
