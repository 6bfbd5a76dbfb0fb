"""What the pages of the post have in common: who asks, the frame of the page, a line of a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.base.errors import Refusal
from motcua.desk.office import place_of
from motcua.parcels.models import Parcel
from motcua.rules.parcels import ParcelState, Way, is_late
from motcua.rules.people import Actor, Role
from motcua.ui.templatetags.mc import moment


def party(request: HttpRequest) -> Actor:
    """A postal clerk or a counter officer. For everybody else the post does not exist."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.holds(Role.POSTAL_CLERK, Role.COUNTER_OFFICER):
        raise Refusal(_("Không tìm thấy trang này."), status=404)
    return actor


def clerk(request: HttpRequest) -> Actor:
    """A postal clerk."""
    actor = party(request)
    if not actor.holds(Role.POSTAL_CLERK):
        raise Refusal(_("Không tìm thấy trang này."), status=404)
    return actor


def post_page(request: HttpRequest, name: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of the post: in a clerk's own frame, or in the desk's for the counter."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    shown = {**place_of(actor), "at_post": actor.holds(Role.POSTAL_CLERK), **context}
    return render(request, f"desk/{name}.html", shown, status=status)


def pdf_page(content: bytes, name: str) -> HttpResponse:
    """A paper of the post, shown and kept nowhere."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@dataclass(frozen=True, slots=True)
class Due:
    """For `ui/components/due.html`."""

    words: str
    urgency: str


@dataclass(frozen=True, slots=True)
class Row:
    """One envelope in a list: nothing of its dossier but the code."""

    parcel: Parcel
    due: Due


def row_of(parcel: Parcel, at: datetime) -> Row:
    return Row(parcel, due_of(parcel, at))


def due_of(parcel: Parcel, at: datetime) -> Due:
    """The limit in words: the 24 hours of the province, or the carrier's own rule (BD-81)."""
    if parcel.state in (ParcelState.LOST, ParcelState.RETURNED, ParcelState.CANCELLED):
        return Due(parcel.state_words, "late" if parcel.state == ParcelState.LOST else "wait")
    if parcel.ended_at is not None:
        late = is_late(parcel.due_at, arrived_at=parcel.ended_at, at=at)
        return Due(_("Phát trễ hạn") if late else parcel.state_words, "late" if late else "done")
    if parcel.due_at is None:
        if parcel.way == Way.TO_CITIZEN and parcel.is_inside is None:
            return Due(_("Chưa rõ trong hay ngoài tỉnh"), "wait")
        return Due(_("Theo quy định của bưu chính"), "ok")
    if is_late(parcel.due_at, arrived_at=None, at=at):
        return Due(_("Quá hạn từ %(at)s") % {"at": moment(parcel.due_at)}, "late")
    left = parcel.due_at - at
    urgency = "soon" if left.total_seconds() < 6 * 3600 else "ok"
    return Due(_("Phát trước %(at)s") % {"at": moment(parcel.due_at)}, urgency)
