"""Where the post is with one's papers or result; and to say that an envelope never came (BD-82)."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.base.errors import Refusal
from motcua.dossiers.actions import posting
from motcua.parcels.queries import of_dossier
from motcua.portal.views.dossier import own_dossier
from motcua.rules.parcels import ENDED, ParcelState
from motcua.rules.text import has_forbidden
from motcua.ui import clock
from motcua.ui.asker import asker
from motcua.ui.templatetags.mc import form_faults


class LostForm(forms.Form):
    """The person's own words."""

    account = forms.CharField(
        label=gettext_lazy("Điều gì đã xảy ra?"),
        help_text=gettext_lazy("Ví dụ: đã quá ngày hẹn mà chưa có ai phát thư đến."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        error_messages={"required": gettext_lazy("Hãy kể ngắn gọn điều gì đã xảy ra.")},
    )

    def clean_account(self) -> str:
        """Signs no keyboard makes are refused in words."""
        text: str = self.cleaned_data["account"]
        if has_forbidden(text):
            raise forms.ValidationError(_("Có ký tự không gõ được từ bàn phím. Hãy xóa và gõ lại."))
        return text


@require_http_methods(["GET", "HEAD", "POST"])
def parcels(request: HttpRequest, code: str) -> HttpResponse:
    """Every envelope of the dossier with what happened to it; a POST says that one is lost."""
    actor, at = asker(request), clock.now()
    found = own_dossier(code, actor)
    known = of_dossier(code)
    if not known:
        raise Refusal(_("Hồ sơ này không có bưu gửi nào."), status=404)
    form, status = LostForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            number = request.POST.get("buu-gui", "")[:20]
            posting.citizen_reports_lost(found, number, account=form.cleaned_data["account"], by=actor, at=at)
            messages.success(request, _("Đã ghi nhận. Bưu chính và bộ phận một cửa sẽ liên hệ với bạn."))
            return redirect("portal:parcels", code=code)
    rows = [
        {
            "parcel": parcel,
            "events": [event for event in parcel.events.all() if event.is_heeded],
            "case": getattr(parcel, "lost_case", None),
        }
        for parcel in known
    ]
    under_way = next((parcel for parcel in known if ParcelState(parcel.state) not in ENDED), None)
    context = {
        "dossier": found,
        "rows": rows,
        "under_way": under_way,
        "form": form,
        "error_summary": form_faults(form) if status == 422 else [],
    }
    return render(request, "portal/parcels.html", context, status=status)
