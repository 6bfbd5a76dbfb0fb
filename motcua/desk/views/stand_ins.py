"""Who stands in for whom: set by leaders and heads, with dates and basis; it begins and ends by itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.agencies.actions import end_stand_in, stand_in
from motcua.agencies.queries import officers_of, posts_to_hand_over, stand_ins_for
from motcua.base.errors import Refusal
from motcua.desk.office import desk_page, officer
from motcua.desk.team_forms import StandInForm
from motcua.rules import words
from motcua.rules.people import Actor, Role
from motcua.rules.text import plain_number
from motcua.ui import clock
from motcua.ui.templatetags.mc import form_faults


@require_http_methods(["GET", "HEAD", "POST"])
def stand_ins(request: HttpRequest) -> HttpResponse:
    """Show those in force and to come, and the form for one more; a POST sets one or ends one."""
    actor, at = officer(request), clock.now()
    if request.method == "POST" and (ending := plain_number(request.POST.get("ket-thuc", ""))) is not None:
        end_stand_in(ending, by=actor, at=at)
        messages.success(request, _("Đã kết thúc việc thay."))
        return redirect("desk:stand_ins")
    form = _form(request, actor, at)
    if request.method == "POST" and form.is_valid():
        try:
            stand_in(form.cleaned_data["post"], by=actor, at=at, **form.given())
        except Refusal as no:
            if not no.field_errors:
                raise
            form.refuse(no)
        else:
            messages.success(request, _("Đã cử người thay."))
            return redirect("desk:stand_ins")
    return _page(request, actor, at, form)


def _form(request: HttpRequest, actor: Actor, at: Any) -> StandInForm:
    posts = posts_to_hand_over(actor, at=at)
    if not posts:
        raise Refusal(_("Bạn không cử người thay cho ai được."), status=404)
    named = [(post.pk, _post_words(post)) for post in posts]
    agencies = dict.fromkeys(post.agency_id for post in posts)
    people = {one.pk: one.name for agency in agencies for one in officers_of(agency, at=at)}
    given = request.POST if request.method == "POST" else None
    return StandInForm(given, posts=named, people=people.items(), initial={"kind": "leave", "since": at})


def _post_words(post: Any) -> str:
    place = post.division or post.counter or post.agency
    return f"{post.account.name} · {post.title or words.ROLES[Role(post.role)]} · {place}"


def _page(request: HttpRequest, actor: Actor, at: Any, form: StandInForm) -> HttpResponse:
    rows = [
        {"row": row, "post": _post_words(row.post), "is_now": row.since <= at} for row in stand_ins_for(actor, at=at)
    ]
    context = {"form": form, "rows": rows, "error_summary": form_faults(form)}
    return desk_page(request, "desk/stand_ins.html", context, status=422 if form.errors else 200)
