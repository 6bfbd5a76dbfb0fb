"""Dossiers as the portal's components want them: plain values, words chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.dossiers.queries import Badge, Mine, length_words, main_badge, used_and_total
from motcua.rules import words
from motcua.rules.acts import Act, State
from motcua.ui.context import national_words

HOLDER_WORDS: Mapping[State, str] = {
    State.SUBMITTED: "counter",
    State.AWAITING_PAYMENT: "counter",
    State.ACCEPTED: "counter",
    State.RESULT_READY: "counter",
}


@dataclass(frozen=True, slots=True)
class RowView:
    """For `ui/components/dossier_row.html`."""

    title: str
    href: str
    code: str
    meta: tuple[str, ...]
    due: Badge | None
    note: str = ""
    act: str = ""
    act_href: str = ""


@dataclass(frozen=True, slots=True)
class FactView:
    """A label over a value."""

    label: str
    value: str
    note: str = ""
    href: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class EventView:
    """For `ui/components/timeline.html`."""

    title: str
    by: str
    at: datetime
    text: str = ""
    href: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class StateView:
    """For `ui/components/state.html`."""

    words: str
    ask: bool
    holder: str
    holder_note: str
    used: int
    total: int
    used_words: str
    total_words: str
    due: Badge | None
    facts: tuple[FactView, ...] = ()


def day(moment: datetime | None) -> str:
    """dd/mm/yyyy in Việt Nam; "" for nothing."""
    return localtime(moment).strftime("%d/%m/%Y") if moment else ""


def moment(at: datetime | None) -> str:
    """HH:MM ngày dd/mm/yyyy in Việt Nam; "" for nothing."""
    return localtime(at).strftime("%H:%M ngày %d/%m/%Y") if at else ""


def rows_of(found: Iterable[Mine]) -> list[RowView]:
    """The person's dossiers as rows with the one thing to do next."""
    return [_row(row) for row in found]


def _row(row: Mine) -> RowView:
    if not row.code:
        href = reverse("portal:draft", args=[row.public_id])
        saved = _("Đã lưu lúc %(when)s") % {"when": moment(row.saved_at)}
        return RowView(row.title, href, "", (_("Bản nháp"), saved), None, act=_("Điền tiếp"), act_href=href)
    href = reverse("portal:dossier", args=[row.code])
    note = _("Hẹn trả %(day)s") % {"day": day(row.promised_at)} if row.promised_at and not row.is_closed else ""
    act = _("Bổ sung ngay") if row.state == State.AWAITING_SUPPLEMENT else ""
    act_href = reverse("portal:supplement", args=[row.code]) if act else ""
    return RowView(row.title, href, row.code, (row.state_words, row.agency), row.due, note, act, act_href)


def state_view(dossier: Any, *, now: datetime) -> StateView:
    """Where a dossier stands, who holds it, time used and left."""
    state = State(dossier.state)
    used, total = used_and_total(dossier, now=now)
    facts = [FactView(_("Nộp lúc"), moment(dossier.submitted_at))]
    if national := national_words(state):
        facts.append(FactView(_("Trạng thái trên Cổng Dịch vụ công quốc gia"), national))
    if dossier.accepted_at:
        facts.append(FactView(_("Tiếp nhận lúc"), moment(dossier.accepted_at)))
    elif dossier.acceptance_due_at and not dossier.is_closed:
        facts.append(FactView(_("Trả lời tiếp nhận trước"), moment(dossier.acceptance_due_at)))
    if dossier.promised_at:
        moved = dossier.first_promised_at and dossier.first_promised_at != dossier.promised_at
        note = _("Hẹn ban đầu: %(day)s") % {"day": day(dossier.first_promised_at)} if moved else ""
        facts.append(FactView(_("Hẹn trả"), moment(dossier.promised_at), note))
    return StateView(
        words=words.STATES[state],
        ask=state in (State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT),
        holder=holder_of(dossier, state),
        holder_note=next_words(state),
        used=used,
        total=total,
        used_words=length_words(used) if total else "",
        total_words=length_words(total) if total else "",
        due=main_badge(dossier, now=now),
        facts=tuple(facts),
    )


def holder_of(dossier: Any, state: State) -> str:
    """The unit that has the dossier in its hands; the person herself while she is awaited."""
    if dossier.is_closed:
        return ""
    if state in (State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT):
        return _("Bạn")
    if state in HOLDER_WORDS:
        return str(dossier.counter.name)
    if state == State.EXAMINING and (division := dossier.step_division):
        is_own = division.agency_id == dossier.agency_id
        return str(division.name) if is_own else f"{division.name}, {division.agency.name}"
    return str(dossier.agency.name)


def next_words(state: State) -> str:
    """What happens next, in one sentence."""
    return {
        State.SUBMITTED: _("Tiếp theo: cán bộ kiểm tra và trả lời tiếp nhận, yêu cầu bổ sung hoặc từ chối."),
        State.AWAITING_SUPPLEMENT: _("Đồng hồ dừng cho đến khi bạn gửi bổ sung."),
        State.AWAITING_PAYMENT: _("Đồng hồ dừng cho đến khi phí, lệ phí được nộp."),
        State.ACCEPTED: _("Tiếp theo: hồ sơ được chuyển đến bộ phận chuyên môn."),
        State.EXAMINING: _("Tiếp theo: trình lãnh đạo ký duyệt."),
        State.AWAITING_APPROVAL: _("Tiếp theo: lãnh đạo ký, văn thư vào sổ và đóng dấu."),
        State.AWAITING_SEAL: _("Tiếp theo: báo kết quả cho bạn."),
        State.RESULT_READY: _("Mời bạn nhận kết quả theo cách đã chọn."),
    }.get(state, "")


def events_of(dossier: Any) -> list[EventView]:
    """The public timeline, newest first; officers are named by their unit (their telephones never shown)."""
    entries = [entry for entry in dossier.timeline.all() if entry.is_public]
    return [
        EventView(
            title=words.HAPPENED[Act(entry.act)],
            by=entry.unit_name if entry.by_account_id != dossier.applicant_id else _("Bạn"),
            at=entry.at,
            text=entry.note,
        )
        for entry in reversed(entries)
    ]
