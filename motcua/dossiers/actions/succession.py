"""One body hands over to those that follow it: counters, services, posts, dossiers, and its part in others' dossiers.

Everything here runs inside the transaction of `reorganise.carry_out`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from motcua.agencies.actions import appoint, open_division, relieve
from motcua.agencies.models import Agency, Division, OneStopCounter, PostHeld, StandIn
from motcua.audit.actions import record
from motcua.base.kept import insert
from motcua.dossiers.actions import clock, opinions
from motcua.dossiers.actions.gate import Passing, lock, passing
from motcua.dossiers.facts import load, route_of
from motcua.dossiers.models import Consultation, Dossier, SavedView, StepRun, TimelineEntry
from motcua.dossiers.queries.succession import CLOSED, OVER, Effect, Share, covers, heir_of, held_at, takers
from motcua.parcels import actions as parcels
from motcua.parcels.queries import envelopes_under_way
from motcua.procedures.actions import offer
from motcua.procedures.models import Offering, ServiceProposal
from motcua.rules.acts import Act, State
from motcua.rules.people import Actor, Role
from motcua.rules.reorganise import Change, Plan

CONTACTS = ("address", "phone", "email", "bank_account")


@dataclass
class Succession:
    """One source and its successors by code, the first of them the main one; what moves is counted in ``effect``."""

    source: Agency
    heirs: Mapping[str, Agency]
    change: Change
    plan: Plan
    effect: Effect
    by: Actor
    at: datetime
    staff: dict[int, set[int]] = field(default_factory=dict)
    """Accounts that have or get a post with a successor, by the successor."""

    @property
    def main(self) -> Agency:
        return self.heirs[self.change.targets[0].code]

    @property
    def ends(self) -> bool:
        return self.source.code not in self.heirs

    def others(self) -> list[Agency]:
        """The successors besides the source itself, which a split may leave standing."""
        return [heir for heir in self.heirs.values() if heir.pk != self.source.pk]

    def share(self, heir: Agency) -> Share:
        return self.effect.share(heir.code)

    def heir(self, dossier: Dossier, division: Division | None) -> Agency:
        return self.heirs[heir_of(self.change, dossier, division.key if division else "")]

    def carry_over(self) -> None:
        """Everything, in the order in which one needs the other."""
        for heir in self.others():
            _prepare(self.source, heir)
        if self.main.pk != self.source.pk:
            _hand_over_counters(self.source, self.main)
        _hand_over_catalogue(self)
        posts = _posts_to_move(self)
        for heir in self.others():
            held = PostHeld.objects.filter(held_at(self.at), agency=heir).values_list("account_id", flat=True)
            self.staff[heir.pk] = {*held, *(post.account_id for post, to in posts if to.pk == heir.pk)}
        _hand_over_dossiers(self)
        _hand_over_steps(self)
        _hand_over_opinions(self)
        if self.ends:
            _hand_over_intake(self)
            _leave_the_rest(self)
        for post, heir in posts:
            _move_post(post, heir, self)


def succeed(
    code: str, heir: Agency, plan: Plan, *, staff: Collection[int] | None = None, by: Actor, at: datetime
) -> None:
    """The successor has the dossier as it stands, with what is left of the step's time; the promise does not move.

    Whoever holds it keeps it if among ``staff`` (None: everybody is).
    """
    with passing(Act.SUCCEED, code, by=by, at=at) as passage:
        dossier = passage.dossier
        before = dossier.agency
        passage.unit_name = before.name
        passage.note = f"{heir.name} kế thừa nhiệm vụ của {before.name} ({plan.basis})."
        passage.details = {"from_agency": before.code, "to_agency": heir.code}
        passage.told = {"from_agency": before.name}
        if not dossier.counter.serves.filter(pk=heir.pk).exists():
            dossier.counter.serves.add(heir)
        dossier.agency = heir
        if staff is not None and dossier.holder_id not in staff:
            dossier.holder_id = None
        parcels.succeed(code, before, heir, by=by, at=at)
        _move_station(passage, before, heir)


def _prepare(source: Agency, heir: Agency) -> None:
    """Divisions the successor lacks, and its memory of whom it follows."""
    known = set(heir.divisions.values_list("key", flat=True))
    for division in source.divisions.all():
        if division.key not in known:
            open_division(heir, division.key, division.name, phone=division.phone)
    heir.inherits = sorted({*heir.inherits, source.pk, *source.inherits})
    for name in CONTACTS:
        if not getattr(heir, name):
            setattr(heir, name, getattr(source, name))
    heir.save(update_fields=["inherits", *CONTACTS])


def _hand_over_counters(source: Agency, heir: Agency) -> None:
    """A counter stays where people know it; it is the successor's from now on."""
    for counter in OneStopCounter.objects.filter(host=source):
        counter.host = heir
        counter.save(update_fields=["host"])
        counter.serves.add(heir)
    for counter in OneStopCounter.objects.filter(serves=source):
        counter.serves.add(heir)


def _hand_over_catalogue(now: Succession) -> None:
    """Procedures go on being offered as they were, by whoever takes them over."""
    day = now.plan.day
    running = Q(until__isnull=True) | Q(until__gt=day)
    rows = Offering.objects.filter(running, agency=now.source).select_related("procedure", "counter")
    for row in rows.order_by("pk"):
        codes = takers(now.change, row.procedure.code)
        for heir in (now.heirs[code] for code in codes if code != now.source.code):
            now.share(heir).offerings += 1
            if not Offering.objects.filter(running, procedure=row.procedure, agency=heir).exists():
                _offer_as(row, heir, now)
        if now.source.code in codes:
            continue
        now.effect.offerings += 1
        if row.since < day:
            row.until = day
            row.save(update_fields=["until"])
        else:
            row.delete()


def _offer_as(row: Offering, heir: Agency, now: Succession) -> None:
    """The same service, level, mode and ways; at the successor's own counter where it has one and is not the main."""
    own = OneStopCounter.objects.filter(host=heir).order_by("pk").first() if heir.pk != now.main.pk else None
    counter = own or row.counter
    counter.serves.add(heir)
    since = max(now.plan.day, row.since)
    fresh = offer(row.procedure.code, agency=heir, counter=counter, since=since, by=now.by, at=now.at)
    as_it_was = ("service_level", "service_mode", "channels", "until")
    for name in as_it_was:
        setattr(fresh, name, getattr(row, name))
    fresh.save(update_fields=as_it_was)


def _posts_to_move(now: Succession) -> list[tuple[PostHeld, Agency]]:
    """Posts held now or given for later, each with the successor it goes to."""
    held = PostHeld.objects.filter(held_at(now.at), agency=now.source).select_related("account", "division", "counter")
    pairs = [
        (post, now.heirs[now.change.successor(division=post.division.key if post.division else "")])
        for post in held.order_by("pk")
    ]
    return [(post, heir) for post, heir in pairs if heir.pk != now.source.pk]


def _move_post(post: PostHeld, heir: Agency, now: Succession) -> None:
    """People keep their work under the successor's name: the old post ends when the new one begins, stand-ins go on.

    Who holds the very post there already keeps that one. Raises `Refusal` where two terms would overlap.
    """
    division = heir.divisions.filter(key=post.division.key).first() if post.division else None
    place = {"role": post.role, "agency": heir, "division": division, "counter": post.counter}
    beside = PostHeld.objects.filter(held_at(now.at), account=post.account, **place).order_by("pk")
    moved = next((other for other in beside if covers(other, post, now.at) or other.since == now.at), None)
    if moved is not None and moved.until is not None and (post.until is None or post.until > moved.until):
        moved.until = post.until  # the same post of another body that merges: the longer term stands
        moved.save(update_fields=["until"])
    if moved is None:
        moved = appoint(
            post.account, Role(post.role), heir, division=division, counter=post.counter, title=post.title,
            since=max(post.since, now.at), until=post.until, by=now.by, at=now.at,
        )  # fmt: skip
    for stand in StandIn.objects.filter(post=post, until__gt=now.at).order_by("pk"):
        _go_on_standing_in(stand, moved, now.at)
    if post.since < now.at:
        relieve(post, until=now.at, by=now.by, at=now.at)
    else:  # never begun: there is no term to keep
        post.delete()
    now.effect.posts += 1
    now.share(heir).posts += 1


def _go_on_standing_in(stand: StandIn, post: PostHeld, at: datetime) -> None:
    if stand.since < at:
        StandIn.objects.create(
            post=post, account_id=stand.account_id, kind=stand.kind, since=at, until=stand.until, basis=stand.basis,
            set_by_name=stand.set_by_name, set_at=at,
        )  # fmt: skip
        stand.until = at
    else:
        stand.post = post
    stand.save(update_fields=["post", "until"])


def _hand_over_dossiers(now: Succession) -> None:
    """What is under way goes through the gate one by one; drafts are simply begun with the successor."""
    mine = Dossier.objects.filter(agency=now.source).select_related("revision__procedure", "step_division", "applicant")
    narrow = ("code", "state", "agency", "revision__procedure__code", "step_division__key", "applicant__address")
    envelopes = envelopes_under_way([now.source.pk])
    for dossier in mine.exclude(state__in=OVER).order_by("pk").only(*narrow):
        heir = now.heir(dossier, dossier.step_division)
        if heir.pk == now.source.pk:
            continue
        succeed(str(dossier.code), heir, now.plan, staff=now.staff[heir.pk], by=now.by, at=now.at)
        now.effect.moved.append(str(dossier.code))
        now.effect.dossiers[heir.code] = now.effect.dossiers.get(heir.code, 0) + 1
        now.share(heir).dossiers += 1
        now.share(heir).parcels += envelopes[str(dossier.code)]
    for draft in mine.filter(state=State.DRAFT.value).order_by("pk").only(*narrow, "revision__service_level"):
        _hand_over_draft(draft, now)


def _hand_over_draft(draft: Dossier, now: Succession) -> None:
    """Where one successor takes the procedure, the draft is begun with it; of several its applicant says which when he
    files it (`taking.settle_place`).
    """
    codes = takers(now.change, draft.revision.procedure.code)
    if len(codes) > 1 or codes[0] == now.source.code:
        return
    heir = now.heirs[codes[0]]
    offered = Offering.objects.filter(procedure_id=draft.revision.procedure_id, agency=heir, until__isnull=True)
    place = offered.first()
    if place is not None:  # where nobody offers it any more, filing it will say so
        level = place.level_of(draft.revision)
        Dossier.objects.filter(pk=draft.pk).update(agency=heir, counter_id=place.counter_id, service_level=level)
        now.share(heir).drafts += 1


def _move_station(passage: Passing, before: Agency, heir: Agency) -> None:
    dossier, run = passage.dossier, passage.run
    if run is None or run.agency_id != before.pk:
        return
    if run.running_since is not None and dossier.step_index is not None and not passage.facts.open_consultations:
        passage.to_step = route_of(dossier)[dossier.step_index]
        passage.budget_minutes = clock.left_of(run, passage.at)
        passage.holder_id = dossier.holder_id
        return
    _reseat(dossier, run, heir, passage.at)  # a new station would drop what was asked and not answered yet


def _reseat(dossier: Dossier, run: StepRun, heir: Agency, at: datetime) -> None:
    """The station goes on where it stands, with the successor."""
    division = heir.divisions.filter(key=run.division.key).first() if run.division else None
    run.agency, run.division = heir, division
    name = division.name if division else heir.name
    run.unit_name = name if division is None or heir.pk == dossier.agency_id else f"{name}, {heir.name}"[:250]
    run.holder_id = dossier.holder_id
    if run.running_since is not None:
        clock.recount_step(run, at)
        clock.falls_due(dossier, run)
    run.save()
    dossier.step_division = division
    if division is not None and division.pk not in dossier.divisions:
        dossier.divisions = [*dossier.divisions, division.pk]


def _hand_over_steps(now: Succession) -> None:
    """Steps in hand of dossiers that others lead: the work goes on with the successor, the lead stays who it is."""
    runs = StepRun.objects.filter(agency=now.source, finished_at__isnull=True).exclude(dossier__agency=now.source)
    for code in list(runs.order_by("pk").values_list("dossier__code", flat=True)):
        dossier = lock(str(code))
        run = load.open_run(dossier)
        if run is None or run.agency_id != now.source.pk:
            continue
        heir = now.heir(dossier, run.division)
        if heir.pk == now.source.pk:
            continue
        if dossier.holder_id not in now.staff[heir.pk]:
            dossier.holder_id = None
        _reseat(dossier, run, heir, now.at)
        dossier.save(update_fields=["step_division", "divisions", "holder", "due_at"])
        clock.wake(dossier, now.at)
        _write_down(dossier, run.unit_name, heir, now)
        now.share(heir).steps += 1


def _write_down(dossier: Dossier, unit: str, heir: Agency, now: Succession) -> None:
    """For colleagues and the record; to the applicant nothing has changed."""
    insert(
        TimelineEntry(
            dossier=dossier, at=now.at, act=Act.SUCCEED.value, state_after=dossier.state, by_name=now.by.name,
            unit_name=unit, is_public=False,
            note=f"{heir.name} làm tiếp bước của {now.source.name} ({now.plan.basis}).",
        )
    )  # fmt: skip
    body = {"code": dossier.code, "from_agency": now.source.code, "to_agency": heir.code, "what": "step"}
    record(subject=dossier.subject, verb=Act.SUCCEED.value, by=now.by, at=now.at, body=body)


def _hand_over_opinions(now: Succession) -> None:
    """Who was asked and has not answered: the successor answers, once where both were asked."""
    rows = Consultation.objects.filter(agency=now.source, answered_at__isnull=True).order_by("pk")
    for row in rows.select_related("division", "dossier__revision__procedure", "dossier__applicant"):
        heir = now.heir(row.dossier, row.division)
        if heir.pk == now.source.pk:
            continue
        division = heir.divisions.filter(key=row.division.key).first() if row.division else None
        twins = Consultation.objects.filter(dossier=row.dossier, agency=heir, division=division, answered_at=None)
        if twins.exists():
            opinions.close(row.dossier, row, agrees=None, opinion=opinions.NO_LONGER_NEEDED, by_name="", at=now.at)
            continue
        row.agency, row.division = heir, division
        row.unit_name = (f"{division.name}, {heir.name}" if division else heir.name)[:250]
        row.save(update_fields=["agency", "division", "unit_name"])
        now.share(heir).opinions += 1


def _hand_over_intake(now: Succession) -> None:
    """What the ended body took in for others is given out by its successor's counter, envelopes included."""
    taken = Dossier.objects.filter(taken_in_by=now.source).exclude(state__in=CLOSED)
    for code in list(taken.filter(code__isnull=False).order_by("pk").values_list("code", flat=True)):
        parcels.succeed(str(code), now.source, now.main, by=now.by, at=now.at)
    taken.filter(agency=now.main).update(taken_in_by=None)
    taken.update(taken_in_by=now.main)


def _leave_the_rest(now: Succession) -> None:
    """Bodies under the ended one, lists its people shared, and what it had asked for and nobody has decided."""
    source, main = now.source, now.main
    above = main if main.tier == source.tier and main.parent_id != source.pk else source.parent
    Agency.objects.filter(parent=source).exclude(pk=above.pk if above else 0).update(parent=above)
    SavedView.objects.filter(agency=source).update(agency=main)
    for asked in ServiceProposal.objects.filter(agency=source, state=ServiceProposal.State.OPEN).order_by("pk"):
        asked.state, asked.decided_at, asked.decided_by_name = ServiceProposal.State.WITHDRAWN, now.at, now.by.name
        asked.decision = f"{source.name} kết thúc hoạt động ({now.plan.basis})."[:500]
        asked.save(update_fields=["state", "decided_at", "decided_by_name", "decision"])
