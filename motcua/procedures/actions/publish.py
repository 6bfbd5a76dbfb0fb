"""Publishing a worked-out procedure: every part checked together, then one new revision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from motcua.agencies.models import Agency
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.eforms import actions as eforms
from motcua.eforms.models import EFormVersion
from motcua.procedures.actions.checks import Checked, check
from motcua.procedures.actions.digests import digest_of
from motcua.procedures.actions.life_events import join_life_events
from motcua.procedures.actions.places import faults_at
from motcua.procedures.models import Method, Procedure, ProcedureRevision, Requirement, Sector
from motcua.rules.people import Actor


@transaction.atomic
def publish(definition: Mapping[str, Any], *, by: Actor, at: datetime) -> ProcedureRevision:
    """The revision of a procedure that says `definition`; a new one unless the latest says the same already.

    A new revision holds from ``since`` and the one before ends that day. A second revision of the same day replaces
    the first when no dossier is pinned to it, otherwise it begins the next day.
    Raises `Refusal` with every mistake found, each naming its key. Keys marked * must be present:

    ==================== ============================================================================================
    ``code`` *           national code, ``"1.001193"`` (``rules.codes.ProcedureCode``)
    ``name`` *           official name, at most 2,000 letters
    ``short_name``       the name people use, at most 200; shown as the title everywhere
    ``summary``          one or two plain sentences for the lead of the page, at most 600
    ``since``            ``"2026-01-01"``: first day in force; the day of `at` when absent
    ``sector`` *         ``{"code": "G15-TP07", "name": "Hộ tịch"}``
    ``tiers`` *          list of ``"province" | "district" | "commune"``: who settles it
    ``subjects``         list of ``{"code": "ĐT1", "name": "Công dân Việt Nam"}``
    ``audience`` *       list of ``"person" | "organisation"``: who may file
    ``decision`` *       number of the announcing decision, ``"163/QĐ-BTP"``
    ``executing`` *      text: the body that settles it; ``authority``, ``coordinating``: text, may be absent
    ``place_words``      "UBND xã nơi cha hoặc mẹ cư trú" (answers "Ở đâu"), at most 300
    ``steps_text``       how it goes in the words of the decision (trình tự thực hiện)
    ``conditions``       text (yêu cầu, điều kiện)
    ``results`` *        list of ``{"code": "KQ.G15.000031", "name": "Giấy khai sinh"}`` (code may be ``""``)
    ``result_title``     title of the result paper; the first result's name when absent
    ``result_kind``      kind of paper the result is (a code of ``paper_kinds.toml``), where others ask for it (BN-7)
    ``legal_bases`` *    list of ``{"code": "60/2014/QH13", "name": "Luật Hộ tịch"}`` (name may be ``""``)
    ``copies_of_dossier`` number of sets, 1 when absent
    ``cases``            list of ``{"key": "nha-o", "title": "Nhà ở riêng lẻ"}``: chosen when filing; keys as slugs
    ``service_level`` *  1–4 (BD-4…7)
    ``service_mode`` *   ``"full"`` (level 4), ``"partial"`` (level 3 or 4), ``"information"`` (level 1 or 2)
    ``time``             ``{"amount": 1, "unit": "working_days", "same_day_cutoff": "15:00", "words": "…"}``; unit of
                         ``rules.worktime.Unit``; cutoff ("trong ngày") and words may be absent. Needed from level 3 on
    ``fees``             list read by ``rules.fees.parse_fee_rules``; ``[]``: free of charge
    ``fee_words``        short text for lists, "Miễn phí nếu đúng hạn", at most 200; worked out from ``fees`` if absent
    ``route``            list of ``{"title", "kind", "role", "hours", "division"?, "words"?, …}`` read by
                         ``rules.route_data.parse_route``; ``words`` tells the citizen what happens in the step. The
                         hours must fit into ``time``. Needed from level 3 on
    ``eform``            ``{"key": "khai-sinh", "definition": {…}}`` for ``eforms.actions.publish``. Needed from
                         level 3 on
    ``requirements`` *   list, in the order to show, of ``{"key", "name"}`` with, where they apply:
                         ``"need"`` (``"always"``, the default; ``"conditional"``; ``"shown"``: only to be shown;
                         ``"note"``),
                         ``"condition"`` (e-form condition, ``rules.eforms.parse_condition``),
                         ``"condition_words"`` ("Chỉ khi người khác nộp thay"), ``"case"`` (key of a case),
                         ``"originals"`` and ``"copies"`` (numbers, 0 default), ``"max_files"`` (5),
                         ``"allowed_types"`` (``["docx"]`` beyond PDF, JPEG, PNG), ``"is_eform"`` (the form itself),
                         ``"kind"`` (a code of ``paper_kinds.toml``: given once, not asked again, BN-7),
                         ``"modes"`` (ways it may come, of ``rules.acts.Mode``; the province's when absent, CB-7…11),
                         ``"must_be_signed"`` (the law asks for the applicant's signature on it, HY-10),
                         ``"form_names"`` (list of ``{"name", "url"}`` of blank forms; url may be ``""``)
    ``methods`` *        list of ``{"way": "online" | "counter" | "post"}`` with optional ``"time"``
                         (``{"amount", "unit"}``), ``"time_words"``, ``"note"``, ``"fees"`` (list of
                         ``{"kind": "fee" | "charge", "amount": 0, "note": ""}``)
    ``life_events``      list of keys of ``life_events.toml``: "sinh-con", "ket-hon", "lam-nha", "dat-dai",
                         "mo-cua-hang", "lai-xe", "di-lam-di-hoc", "nguoi-than-qua-doi"
    ``synonyms``         list of what people call it, besides ``synonyms.toml``
    ``is_sensitive``     True: a look-up without proof shows nothing (promises §6.2)
    ``external_url``     https address of the ministry's own service; then it is only linked to (CB-20)
    ``source``           where the definition comes from, free text, at most 300
    ==================== ============================================================================================

    Levels hold together (BD-23, BD-24): a form or a blank form makes at least level 2; level 3 and 4 need time, route,
    e-form and an online method; everything marked * makes a procedure standardised, without it nothing is published.
    """
    checked = check(definition, default_since=at.date())
    digest = digest_of(definition)
    procedure, _ = Procedure.objects.get_or_create(code=checked.code, defaults={"is_local": checked.is_local})
    procedure = Procedure.objects.select_for_update(of=("self",)).get(pk=procedure.pk)
    running = procedure.revisions.order_by("-number").first()
    if running is not None and running.digest == digest:
        join_life_events(procedure, checked.life_events)
        return running
    takers = Agency.objects.filter(offerings__procedure=procedure, offerings__until__isnull=True).order_by("code")
    if faults := faults_at(checked.values["route"], takers):
        raise Refusal([f"route: {fault}" for fault in faults])
    form = _form(checked, by=by, at=at)
    since, number = supersede(running, checked.since)
    revision = _revision(procedure, checked, number=number, since=since, form=form)
    revision.digest, revision.published_by, revision.published_at = digest, by.name[:200], at
    revision.save()
    Requirement.objects.bulk_create(
        Requirement(revision=revision, position=place, **row) for place, row in enumerate(checked.requirements, 1)
    )
    Method.objects.bulk_create(
        Method(revision=revision, position=place, **row) for place, row in enumerate(checked.methods, 1)
    )
    join_life_events(procedure, checked.life_events)
    body = {"revision": revision.number, "since": since.isoformat(), "digest": digest, "name": checked.values["name"]}
    record(subject=("procedure", checked.code), verb="publish", by=by, at=at, body=body)
    return revision


def supersede(running: ProcedureRevision | None, since: date) -> tuple[date, int]:
    """End the running revision; the first day and the number of the next.

    Two revisions cannot begin on one day: the running one is taken back when nothing is pinned to it, otherwise the
    next waits a day. None begins before the running one did.
    """
    if running is None:
        return since, 1
    if since <= running.since:
        try:
            with transaction.atomic():
                running.delete()
        except ProtectedError:
            since = running.since + timedelta(days=1)
        else:
            return running.since, running.number
    running.until = since
    running.save(update_fields=["until"])
    return since, running.number + 1


def _form(checked: Checked, *, by: Actor, at: datetime) -> EFormVersion | None:
    if checked.eform is None:
        return None
    key, definition = checked.eform
    try:
        return eforms.publish(key, definition, by=by, at=at)
    except Refusal as refusal:
        raise Refusal([f"eform: {problem}" for problem in refusal.messages]) from refusal


def _revision(
    procedure: Procedure, checked: Checked, *, number: int, since: date, form: EFormVersion | None
) -> ProcedureRevision:
    code, name = checked.sector
    sector, _ = Sector.objects.get_or_create(code=code, defaults={"name": name})
    return ProcedureRevision(
        procedure=procedure, number=number, since=since, sector=sector, eform=form, **checked.values
    )
