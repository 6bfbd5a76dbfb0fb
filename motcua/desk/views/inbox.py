"""What the house has told an officer: steps given, limits near or missed, apologies to sign. Newest first."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.desk.office import desk_page, officer
from motcua.dossiers.queries import visible_to
from motcua.notifications.actions import mark_read
from motcua.notifications.queries import inbox as messages_of
from motcua.ui import clock

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: HttpRequest) -> HttpResponse:
    """The latest messages; a POST marks those shown as read."""
    actor, at = officer(request), clock.now()
    letters = list(messages_of(actor.account_id or 0)[:SHOWN])
    if request.method == "POST":
        mark_read([letter.pk for letter in letters], by=actor, at=at)
        messages.success(request, _("Đã đánh dấu là đã đọc."))
        return redirect("desk:inbox")
    codes = {letter.subject_ref for letter in letters if letter.subject_ref}
    seen = set(visible_to(actor).filter(code__in=codes).values_list("code", flat=True)) if codes else set()
    rows = [{"letter": letter, "opens": letter.subject_ref in seen} for letter in letters]
    unread = sum(letter.read_at is None for letter in letters)
    return desk_page(request, "desk/inbox.html", {"rows": rows, "unread": unread})
