"""Asking connected databases about a declaration, and taking a difference into the checklist."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from motcua.desk.office import officer
from motcua.dossiers.actions import crosscheck as verbs
from motcua.ui import clock


@require_POST
def crosscheck(request: HttpRequest, code: str) -> HttpResponse:
    """Ask, keep, and show; whatever does not answer holds nobody up."""
    if mark := request.POST.get("sai", ""):
        return _mark(request, code, mark)
    actor, at = officer(request), clock.now()
    askings = verbs.begin(code, by=actor, at=at)
    answers = verbs.ask(askings)  # somebody else's system: no transaction is open here
    rows = verbs.keep(code, answers, by=actor, at=at)
    for error in dict.fromkeys(answer.error for answer in answers if answer.error):
        messages.warning(
            request,
            _("%(error)s. Bạn có thể hỏi lại sau, hoặc kiểm tra theo giấy tờ và xử lý tiếp.") % {"error": error},
        )
    differing = sum(one["match"] == "different" for row in rows for one in row.results)
    if differing:
        words = ngettext("Có %(count)d mục không khớp.", "Có %(count)d mục không khớp.", differing)
        messages.warning(request, words % {"count": differing})
    elif rows:
        messages.success(request, _("Đã đối chiếu. Kết quả được lưu trong hồ sơ."))
    return redirect(f"{reverse('desk:dossier', args=[code])}#doi-chieu")


def _mark(request: HttpRequest, code: str, mark: str) -> HttpResponse:
    request_id, _colon, part = mark.partition(":")
    label = verbs.mark_wrong(code, request_id, part, by=officer(request), at=clock.now())
    messages.success(
        request,
        _("Đã ghi “%(label)s” là chưa đạt; mục này sẽ có trong phiếu yêu cầu bổ sung.") % {"label": label},
    )
    return redirect(f"{reverse('desk:dossier', args=[code])}#y-kien")
