"""Messages from the offices, kept on the portal whatever became of the mail."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.base.errors import Refusal
from motcua.notifications.actions import mark_read
from motcua.notifications.queries import inbox as messages_of
from motcua.ui import clock
from motcua.ui.asker import asker


def inbox(request: HttpRequest) -> HttpResponse:
    """Newest first."""
    return render(request, "portal/inbox.html", {"letters": list(messages_of(asker(request).account_id or 0)[:100])})


def message(request: HttpRequest, message: UUID) -> HttpResponse:
    """One message; opening it by POST (the list's button) marks it as read."""
    found = next((row for row in messages_of(asker(request).account_id or 0) if row.pk == message), None)
    if found is None:
        raise Refusal(_("Không tìm thấy tin nhắn này."), status=404)
    if request.method == "POST":
        mark_read([message], by=asker(request), at=clock.now())
    return render(request, "portal/message.html", {"letter": found})
