"""A leader's home: to sign, what is late and whose, how the weeks went, whether the month adds up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.base.errors import Refusal
from motcua.desk import charts
from motcua.desk.office import desk_page, officer
from motcua.dossiers.queries.bulk import deeds_of
from motcua.dossiers.queries.leader import Late, Span, Week, late_of, led_by, open_in, span_of, weeks_of
from motcua.dossiers.queries.narrowing import NOBODY, Narrowing, When
from motcua.dossiers.queries.worklist import PAGE_SIZE, Tab, count_of, ids_of, lines_of
from motcua.rules.people import Actor
from motcua.ui import clock
from motcua.ui.templatetags.mc import number


@require_http_methods(["GET", "HEAD"])
def leader(request: HttpRequest) -> HttpResponse:
    """Everything on one page; each number opens the dossiers behind it. For others than leaders it does not exist."""
    actor, at = officer(request), clock.now()
    agencies = led_by(actor)
    if not agencies:
        raise Refusal(_("Không tìm thấy trang này."), status=404)
    late, weeks = late_of(agencies, at=at), weeks_of(agencies, at=at)
    begin = at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    tomorrow = at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    month = span_of(agencies, begin=begin, end=tomorrow)
    before = span_of(agencies, begin=(begin - timedelta(days=1)).replace(day=1), end=begin)
    total, under_way = count_of(actor, Tab.MINE, narrowing=Narrowing(), at=at), open_in(agencies)
    context = {
        "at": at,
        "title": _title(total),
        "total": total,
        "whole": total,
        "is_part": total > PAGE_SIZE,
        "query": "",
        "deeds": deeds_of(actor),
        "lines": _to_sign(actor, at),
        "tiles": _tiles(actor, at, late, before, under_way),
        "late": [_LateRow(one) for one in late],
        "late_count": sum(one.count for one in late),
        "received": _received(weeks),
        "punctual": _punctual(weeks),
        "balance": _balance(month, under_way),
        "month": begin,
    }
    return desk_page(request, "desk/leader.html", context)


def list_of(**asked: Any) -> str:
    """The address of the list that answers this question; days as they are kept, empty values left out."""
    pairs = [
        (name.replace("_", "-"), one.isoformat() if isinstance(one, date) else str(one))
        for name, one in asked.items()
        if one is not None and one != ""
    ]
    return f"{reverse('desk:worklist')}?{urlencode(pairs)}"


def _title(total: int) -> str:
    if not total:
        return _("Không có hồ sơ nào chờ tôi ký")
    return _("Hôm nay có %(n)s hồ sơ chờ tôi ký") % {"n": "999+" if total > 999 else total}


def _to_sign(actor: Actor, at: datetime) -> Sequence[Any]:
    return lines_of(actor, ids_of(actor, Tab.MINE, narrowing=Narrowing(), at=at, most=PAGE_SIZE), at)


def _tiles(actor: Actor, at: datetime, late: list[Late], before: Span, under_way: int) -> list[dict[str, Any]]:
    today = count_of(actor, Tab.MINE, narrowing=Narrowing(when=When.TODAY), at=at)
    overdue = sum(one.count for one in late)
    name = {"month": before.first_day.month}
    done = {"nhom": "all", "xong_tu": before.first_day, "xong_den": before.last_day}
    came = {"nhom": "all", "nop_tu": before.first_day, "nop_den": before.last_day}
    kept = _("%(a)s trong %(b)s") % {"a": number(before.on_time), "b": number(before.finished)}
    again = _("%(a)s trong %(b)s") % {"a": number(before.supplemented), "b": number(before.received)}
    return [
        {"label": _("Đến hạn ký hôm nay"), "value": number(today), "href": list_of(han=When.TODAY.value)},
        {
            "label": _("Đang giải quyết"),
            "value": number(under_way),
            "href": list_of(nhom="all", han=When.OPEN.value),
        },
        {
            "label": _("Quá hạn"),
            "value": number(overdue),
            "href": list_of(nhom="all", han=When.LATE.value),
            "late": bool(overdue),
        },
        {
            "label": _("Đúng hẹn, tháng %(month)s") % name,
            "value": charts.percent(before.rate),
            "href": list_of(**done, dung_hen="on_time"),
            "note": kept,
        },
        {
            "label": _("Phải bổ sung, nộp tháng %(month)s") % name,
            "value": charts.percent(before.supplement_rate),
            "href": list_of(**came, bo_sung="1"),
            "note": again,
        },
    ]


class _LateRow:
    """One line of "late and whose"."""

    def __init__(self, late: Late) -> None:
        self.holder, self.division = late.holder, late.division
        self.words = _("%(n)s hồ sơ, lâu nhất %(long)s") % {"n": number(late.count), "long": late.longest}
        self.href = list_of(
            nhom="all",
            han=When.LATE.value,
            o_dau=late.turn.value,
            bo_phan=late.division_id if late.division_id is not None else NOBODY,
            nguoi_giu=late.holder_id if late.holder_id is not None else NOBODY,
        )


@dataclass(frozen=True, slots=True)
class _Number:
    words: str
    href: str


def _received(weeks: list[Week]) -> dict[str, Any]:
    """Came and done by week; the heading is the finding about the last whole week."""
    last = weeks[-2]
    if last.finished > last.received:
        heading = _("Tuần qua xong nhiều hơn nhận")
    elif last.finished < last.received:
        heading = _("Tuần qua nhận nhiều hơn xong")
    else:
        heading = _("Tuần qua nhận bao nhiêu xong bấy nhiêu")
    labels = [_label(week) for week in weeks]
    chart = charts.bars(
        labels, [week.received for week in weeks], [week.finished for week in weeks], (_("nhận"), _("xong"))
    )
    rows = [
        {
            "label": _label(week),
            "numbers": [
                _Number(number(week.received), list_of(nhom="all", nop_tu=week.monday, nop_den=_sunday(week))),
                _Number(number(week.finished), list_of(nhom="all", xong_tu=week.monday, xong_den=_sunday(week))),
            ],
        }
        for week in weeks
    ]
    return {"heading": heading, "chart": chart, "rows": rows, "first": labels[0], "last": labels[-1]}


def _punctual(weeks: list[Week]) -> dict[str, Any]:
    """Share in time by week."""
    labels = [_label(week) for week in weeks]
    rates = [week.rate for week in weeks]
    known = [rate for rate in rates if rate is not None]
    rows = [
        {
            "label": _label(week),
            "numbers": [
                _Number(
                    number(week.on_time),
                    list_of(nhom="all", xong_tu=week.monday, xong_den=_sunday(week), dung_hen="on_time"),
                ),
                _Number(
                    number(week.finished - week.on_time),
                    list_of(nhom="all", xong_tu=week.monday, xong_den=_sunday(week), dung_hen="late"),
                ),
                _Number(charts.percent(week.rate), ""),
            ],
        }
        for week in weeks
    ]
    return {
        "heading": _finding(known),
        "chart": charts.line(labels, rates),
        "rows": rows,
        "first": labels[0],
        "last": labels[-1],
    }


def _finding(rates: list[float]) -> str:
    """How the share moved: the length of the run that ends now."""
    if not rates:
        return _("Chưa có kết quả nào để xét đúng hẹn")
    pairs = list(pairwise(rates))[::-1]
    fell = next((n for n, (one, two) in enumerate(pairs) if two >= one), len(pairs))
    rose = next((n for n, (one, two) in enumerate(pairs) if two <= one), len(pairs))
    if fell > 1:
        return _("Đúng hẹn giảm %(n)s tuần liền") % {"n": fell}
    if rose > 1:
        return _("Đúng hẹn tăng %(n)s tuần liền") % {"n": rose}
    return _("Đúng hẹn gần nhất: %(rate)s") % {"rate": charts.percent(rates[-1])}


def _balance(month: Span, under_way: int) -> list[dict[str, str]]:
    """Brought over + received = done + given back + under way; the first follows from the others."""
    over = under_way + month.finished + month.left - month.received
    since = month.first_day
    return [
        {"label": _("Kỳ trước chuyển sang"), "value": number(over)},
        {"label": _("+ Nhận mới"), "value": number(month.received), "href": list_of(nhom="all", nop_tu=since)},
        {"label": _("= Đã có kết quả"), "value": number(month.finished), "href": list_of(nhom="all", xong_tu=since)},
        {
            "label": _("+ Không tiếp nhận, rút, dừng"),
            "value": number(month.left),
            "href": list_of(nhom="all", dong_tu=since),
        },
        {
            "label": _("+ Đang giải quyết"),
            "value": number(under_way),
            "href": list_of(nhom="all", han=When.OPEN.value),
        },
    ]


def _label(week: Week) -> str:
    return f"{week.monday.day}/{week.monday.month}"


def _sunday(week: Week) -> date:
    return week.monday + timedelta(days=6)
