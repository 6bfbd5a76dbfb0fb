"""Internal notes on a dossier's screen."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.base.errors import Refusal
from motcua.desk.office import officer
from motcua.desk.team_forms import NoteForm
from motcua.desk.views.dossier import show
from motcua.dossiers.actions import notes
from motcua.ui import clock


@require_POST
def note(request: HttpRequest, code: str) -> HttpResponse:
    """Keep a note; what cannot be kept stands on the screen again with the reason."""
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            notes.write(code, text=form.cleaned_data["text"], by=officer(request), at=clock.now())
        except Refusal as no:
            if not no.field_errors:
                raise
            form.refuse(no)
        else:
            messages.success(request, _("Đã lưu ghi chú."))
            return redirect("desk:dossier", code=code)
    return show(request, code, note_form=form, status=422)
