"""Messages nobody got, and another try."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.base.errors import Refusal
from motcua.desk.office import desk_page, officer
from motcua.dossiers.queries.worklist import MOST_COUNTED, PAGE_SIZE
from motcua.dossiers.queries.worklist import undelivered as undelivered_to
from motcua.notifications.actions import send_again
from motcua.notifications.queries import masked
from motcua.ui import clock


@require_http_methods(["GET", "HEAD", "POST"])
def undelivered(request: HttpRequest) -> HttpResponse:
    """The list, latest first; a POST sends one again. Only messages about dossiers this officer sees."""
    actor, at = officer(request), clock.now()
    waiting = undelivered_to(actor)
    if request.method == "POST":
        message = waiting.filter(pk=_key(request.POST.get("message", ""))).first()
        if message is None:
            raise Refusal(_("Thông báo này không còn trong danh sách."), status=404)
        send_again(message.pk, by=actor, at=at)
        messages.success(request, _("Sẽ gửi lại thông báo về hồ sơ %(code)s.") % {"code": message.subject_ref})
        return redirect("desk:undelivered")
    page = Paginator(list(waiting[: MOST_COUNTED + 1]), PAGE_SIZE).get_page(request.GET.get("trang"))
    rows = [{"message": row, "address": masked(row.address), "channel": row.get_channel_display()} for row in page]
    return desk_page(request, "desk/undelivered.html", {"rows": rows, "page": page})


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refusal(_("Thông báo này không còn trong danh sách."), status=404) from None
