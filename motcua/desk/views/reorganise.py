"""Reorganising agencies: plans and what was done, a new plan, what it would move, the second person's word, the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.models import PlannedReorganisation
from motcua.agencies.queries import (
    bodies_standing,
    names_of,
    reorganisation_planned,
    reorganisations_done,
    reorganisations_planned,
)
from motcua.base.errors import Refusal
from motcua.desk.office import desk_page, officer
from motcua.desk.reorganise_forms import KINDS, Bodies, ChangeForm, FileForm, PlanForm
from motcua.dossiers.actions import reorganisation_plans as plans
from motcua.dossiers.actions import reorganise
from motcua.eforms.two_tiers import two_tiers
from motcua.eforms.units import LEGACY
from motcua.rules.people import Actor
from motcua.rules.reorganise import ChangeKind
from motcua.rules.text import plain_number
from motcua.ui import clock
from motcua.ui.templatetags.mc import form_faults

PER_PAGE, CHANGES_PER_PAGE = 30, 20


@dataclass(frozen=True)
class Line:
    """A successor and what it takes over, as the tables show it."""

    code: str
    name: str
    is_new: bool
    share: Mapping[str, int]


@dataclass(frozen=True)
class Shown:
    """One change in words, with its lines."""

    number: int
    kind: str
    sources: list[str]
    heirs: list[str]
    lines: list[Line]
    stays: list[str]
    blocks: list[str]
    moved: list[str]


@require_safe
def plans_and_done(request: HttpRequest) -> HttpResponse:
    """What is planned, and what was carried out."""
    officer(request)
    page = Paginator(reorganisations_done(), PER_PAGE).get_page(request.GET.get("trang"))
    rows = [{"done": row, "changes": len(row.log), "moved": sum(len(e["moved"]) for e in row.log)} for row in page]
    context = {
        "planned": list(reorganisations_planned()[:PER_PAGE]),
        "rows": rows,
        "page": page,
        "today": clock.now().date(),
    }
    return desk_page(request, "desk/reorganisations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new plan: its first change written down, a file with all of them, or that of 2025 from the mapping of units."""
    actor, at = officer(request), clock.now()
    form = PlanForm(_posted(request, "lap"), bodies=Bodies(bodies_standing(at)))
    upload = FileForm(_posted(request, "tep"), request.FILES if "tep" in request.POST else None, prefix="p")
    bound = next((one for one in (form, upload) if one.is_bound), None)
    reasons: list[str] = []
    try:
        planned = _drawn_up(request, form, upload, actor, at)
    except Refusal as no:
        if bound is None:
            raise
        reasons = _put(no, bound)
        planned = None
    if planned is not None:
        messages.success(request, _("Đã lập phương án. Hãy xem trước; người thứ hai xác nhận thì mới thực hiện."))
        return redirect("desk:reorganisation_plan", plan=planned.pk)
    context = {
        "form": form,
        "upload": upload,
        "reasons": reasons,
        "may_two_tiers": settings.SITE["units_scheme"] == LEGACY,
        "error_summary": form_faults(bound) if bound is not None else None,
    }
    return desk_page(request, "desk/reorganisation_new.html", context, status=422 if bound is not None else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, plan: int) -> HttpResponse:
    """One plan: what it would move, and why what cannot; a POST adds a change, takes one out, confirms or drops."""
    actor, at = officer(request), clock.now()
    found = reorganisation_planned(plan)
    if found is None:
        raise Refusal(_("Không tìm thấy phương án này."), status=404)
    if found.done_id is not None:
        return redirect("desk:reorganisation", done=found.done_id)
    is_own = found.proposed_by_id == actor.account_id
    edits = found.is_open and is_own
    form = ChangeForm(_posted(request, "them"), bodies=Bodies(bodies_standing(at))) if edits else None
    reasons: list[str] = []
    if request.method == "POST" and (form is None or not form.is_bound or form.is_valid()):
        try:
            said = _done(request, found, form, actor, at)
        except Refusal as no:
            if form is None or not form.is_bound:
                raise
            reasons = _put(no, form)
        else:
            messages.success(request, said)
            return redirect("desk:reorganisation_plan", plan=found.pk)
    shown, misfits = _foreseen(found, at)
    page = Paginator(shown, CHANGES_PER_PAGE).get_page(request.GET.get("trang"))
    blocked = any(one.blocks for one in shown) or bool(misfits)
    context = {
        "plan": found,
        "page": page,
        "misfits": misfits,
        "blocked": blocked,
        "seen": plans.seen_as(found),
        "edits": edits,
        "is_own": is_own,
        "may_confirm": found.is_open and not is_own and not blocked,
        "today": at.date(),
        "form": form,
        "reasons": reasons,
        "error_summary": form_faults(form) if form is not None else None,
    }
    status = 422 if form is not None and form.is_bound else 200
    return desk_page(request, "desk/reorganisation_plan.html", context, status=status)


@require_safe
def log(request: HttpRequest, done: int) -> HttpResponse:
    """What was carried out: who, when, on which basis, and what went to which successor."""
    officer(request)
    found = reorganisations_done().filter(pk=done).first()
    if found is None:
        raise Refusal(_("Không tìm thấy lần sắp xếp này."), status=404)
    names = names_of({code for entry in found.log for code in (*entry["sources"], *entry["targets"])})
    shown = [_shown(number, entry, names, set()) for number, entry in enumerate(found.log, 1)]
    context = {"done": found, "page": Paginator(shown, CHANGES_PER_PAGE).get_page(request.GET.get("trang"))}
    return desk_page(request, "desk/reorganisation.html", context)


def _posted(request: HttpRequest, button: str) -> Any:
    return request.POST if request.method == "POST" and button in request.POST else None


def _drawn_up(
    request: HttpRequest, form: PlanForm, upload: FileForm, actor: Actor, at: datetime
) -> PlannedReorganisation | None:
    """The plan that was sent; None while nothing was, or nothing readable."""
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        data = {"day": given["day"], "basis": given["basis"], "change": [form.change()]}
        return plans.propose(data, by=actor, at=at)
    if upload.is_bound and upload.is_valid():
        return plans.propose(upload.cleaned_data["file"], by=actor, at=at)
    if _posted(request, "hai-cap") is not None:
        return plans.propose(two_tiers(str(settings.SITE["unit_code"])), by=actor, at=at)
    return None


def _done(
    request: HttpRequest, found: PlannedReorganisation, form: ChangeForm | None, actor: Actor, at: datetime
) -> str:
    """Do what the pressed button says; answers what to tell."""
    if form is not None and form.is_bound:
        plans.add_changes(found.pk, [form.change()], by=actor, at=at)
        return _("Đã thêm thay đổi.")
    if "bot" in request.POST:
        plans.take_out(found.pk, plain_number(request.POST["bot"]) or 0, by=actor, at=at)
        return _("Đã bớt thay đổi.")
    if "bo" in request.POST:
        plans.drop(found.pk, by=actor, at=at)
        return _("Đã bỏ phương án.")
    if "thu-lai" in request.POST:
        plans.try_again(found.pk, by=actor, at=at)
        return _("Hệ thống sẽ thực hiện lại trong ít phút.")
    plans.confirm(found.pk, seen=request.POST.get("seen", ""), by=actor, at=at)
    return _("Đã xác nhận. Hệ thống thực hiện vào ngày có hiệu lực, chậm nhất sau ít phút.")


def _put(no: Refusal, form: Any) -> list[str]:
    """A refusal of several sentences stands whole in a list; one sentence among the form's faults."""
    if len(no.messages) > 1 or no.field_errors:
        form.add_error(None, _("Phương án chưa được nhận."))
        return [*no.messages, *(text for texts in no.field_errors.values() for text in texts)]
    form.add_error(None, no.messages[0])
    return []


def _foreseen(found: PlannedReorganisation, at: datetime) -> tuple[list[Shown], list[str]]:
    """The plan's changes as they would go now; where a body no longer fits, the changes alone, and why not."""
    plan = plans.plan_of(found)
    misfits: list[str] = []
    if found.dropped_at is None:
        try:
            entries = [asdict(effect) for effect in reorganise.preview(plan, at=at)]
        except Refusal as no:
            misfits = no.messages
    if found.dropped_at is not None or misfits:
        entries = [
            {"kind": one.kind.value, "sources": list(one.sources), "targets": [target.code for target in one.targets]}
            for one in plan.changes
        ]
    codes = {code for entry in entries for code in (*entry["sources"], *entry["targets"])}
    names = names_of(codes)
    called = {target.code: target.name for one in plan.changes for target in one.targets if target.name}
    fresh = set(called) - set(names)
    shown = [
        _shown(number, entry, {**names, **{c: called[c] for c in fresh}}, fresh)
        for number, entry in enumerate(entries, 1)
    ]
    for number, one in enumerate(plan.changes):
        if one.kind is ChangeKind.RENAME:
            shown[number].heirs[:] = [one.targets[0].name]
    return shown, misfits


def _shown(number: int, entry: Mapping[str, Any], names: Mapping[str, str], fresh: Iterable[str]) -> Shown:
    shares = entry.get("shares") or {}
    lines = [
        Line(code, names.get(code, code), code in fresh, shares[code]) for code in entry["targets"] if code in shares
    ]
    return Shown(
        number,
        str(KINDS[ChangeKind(entry["kind"])]),
        [names.get(code, code) for code in entry["sources"]],
        [names.get(code, code) for code in entry["targets"]],
        lines,
        entry.get("stays") or [],
        entry.get("blocks") or [],
        entry.get("moved") or [],
    )
