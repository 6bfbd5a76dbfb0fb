"""Every act comes in here: the page that asks for its details, and the POST that does it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.audit.actions import record_read
from motcua.base.errors import Refusal
from motcua.desk import screen
from motcua.desk.deeds import next_words, slug
from motcua.desk.doing import DOINGS, Doing, kept_file
from motcua.desk.office import desk_page, officer
from motcua.dossiers.actions.gate import refusal
from motcua.dossiers.actions.recall import mark_opened
from motcua.dossiers.queries import dossier_of, offers, visible_to
from motcua.rules import words
from motcua.rules.acts import Act
from motcua.rules.lifecycle import Refused
from motcua.ui import clock
from motcua.ui.templatetags.mc import form_faults


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Ask for the details of an act, or do it. What may not be done answers with its reasons."""
    actor, at = officer(request), clock.now()
    wanted, doing = _doing(act)
    found = screen.make_ready(dossier_of(code, actor))
    if request.method != "POST":
        record_read(subject=found.subject, by=actor, at=at, body={"page": wanted.value})
        mark_opened(found, by=actor, at=at)
        answer = offers(found, actor, at=at).get(wanted)
        if answer is None:
            raise Refusal(_("Việc này không thuộc phần việc của bạn đối với hồ sơ này."), status=403)
        if isinstance(answer, Refused):
            return _refused(request, found, wanted, refusal(answer))
        return _ask(request, found, wanted, doing)
    form = doing.form(request.POST, request.FILES, found, actor, at) if doing.form else None
    if form is not None and not form.is_valid():
        return _ask(request, found, wanted, doing, form=form, status=422)
    try:
        done = doing.perform(code, form, actor, at)
    except Refusal as no:
        if form is None or not no.field_errors:
            return _refused(request, found, wanted, no)
        form.refuse(no)
        return _ask(request, found, wanted, doing, form=form, status=no.status)
    messages.success(request, f"{code}: {words.HAPPENED[wanted]}. {next_words(done)}".strip())
    to_list = request.POST.get("tro-ve") == "danh-sach" or not visible_to(actor).filter(code=code).exists()
    return redirect("desk:worklist") if to_list else redirect("desk:dossier", code=code)


def _doing(act: str) -> tuple[Act, Doing]:
    name = act.replace("-", "_")
    wanted = Act(name) if name in set(Act) else None
    doing = DOINGS.get(wanted) if wanted else None
    if wanted is None or doing is None:
        raise Refusal(_("Không tìm thấy trang này."), status=404)
    return wanted, doing


def _ask(
    request: HttpRequest, found: Any, wanted: Act, doing: Doing, *, form: Any = None, status: int = 200
) -> HttpResponse:
    actor, at = officer(request), clock.now()
    if form is None and doing.form is not None:
        form = doing.form(None, None, found, actor, at)
    kept = kept_file(form, actor) if form is not None and "kept" in form.fields else None
    context = {
        "dossier": found,
        "act": wanted.value,
        "slug": slug(wanted),
        "title": words.ACTS[wanted],
        "form": form,
        "kept": kept,
        "error_summary": form_faults(form) if form is not None else [],
        "marked": [item for item in _checks(found, at) if item.verdict == "no"],
        "fees": list(found.fees.all()),
        "result": getattr(found, "result", None),
        "sections": screen.answers_of(found, at) if wanted is Act.DRAFT_RESULT else [],
        "sheets": screen.sheets_of(found) if wanted in (Act.DELIVER, Act.DRAFT_RESULT) else [],
        "careful": wanted in (Act.DECLINE, Act.WITHDRAW, Act.SEND_BACK),
    }
    return desk_page(request, "desk/act.html", context, status=status)


def _checks(found: Any, at: Any) -> list[screen.Check]:
    return screen.checks_of(found, screen.answers_of(found, at), at, screen.Typed(), may=False)


def _refused(request: HttpRequest, found: Any, wanted: Act, no: Refusal) -> HttpResponse:
    """Somebody was first, or something is still missing: said plainly, with the way back to the dossier."""
    texts = [*no.messages, *(text for texts in no.field_errors.values() for text in texts)]
    context = {
        "dossier": found,
        "title": words.ACTS[wanted],
        "reasons": list(dict.fromkeys(map(str, texts))),
        "was_first": no.status == 409 and request.method == "POST",
    }
    return desk_page(request, "desk/refused.html", context, status=no.status)
