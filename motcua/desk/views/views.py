"""Lists kept under a name."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.base.errors import Refusal
from motcua.desk.asking import Asked
from motcua.desk.office import desk_page, officer
from motcua.dossiers.actions.saved import forget_view, save_view
from motcua.dossiers.queries.saved import may_remove, own_view, views_of
from motcua.ui import clock


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the list on the screen under a name. What was typed to search stays out of it."""
    actor, at = officer(request), clock.now()
    query = Asked.sent(request).query(tim="")
    back = reverse("desk:worklist") + (f"?{query}" if query else "")
    try:
        kept = save_view(request.POST.get("name", ""), query, shared=request.POST.get("shared") == "1", by=actor, at=at)
    except Refusal as no:
        if not no.field_errors:
            raise
        messages.error(request, " ".join(text for texts in no.field_errors.values() for text in texts))
        return redirect(back)
    messages.success(request, _("Đã lưu danh sách “%(name)s”.") % {"name": kept.name})
    return redirect(back)


@require_http_methods(["GET", "HEAD", "POST"])
def views(request: HttpRequest) -> HttpResponse:
    """All that one may open; a POST removes one of one's own, or for a leader one that is shared."""
    actor = officer(request)
    if request.method == "POST":
        key = request.POST.get("view", "")
        view = own_view(int(key) if key.isascii() and key.isdigit() and len(key) < 19 else 0, actor)
        forget_view(view)
        messages.success(request, _("Đã xóa danh sách “%(name)s”.") % {"name": view.name})
        return redirect("desk:views")
    return desk_page(
        request, "desk/views.html", {"rows": [(view, may_remove(view, actor)) for view in views_of(actor)]}
    )
