"""What must hold at the end of a year, dossier by dossier. Each check yields sentences that name the dossier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from motcua.audit.queries import verify
from motcua.dossiers.facts.control import control_sheet
from motcua.dossiers.models import Dossier, Promise, StepRun, TimelineEntry
from motcua.dossiers.queries.timing import is_derivable
from motcua.policy.models import Outage
from motcua.policy.queries import calendar
from motcua.reception.models import RegisterEntry
from motcua.rules.acts import CLOSED_STATES, Act, State
from motcua.rules.promise import Waiting, net_minutes, stands_from

BELL_INTERVAL = timedelta(minutes=1)
"""How often the worker rings (`jobs.tasks.ring_bells`): an apology may be so much later than the broken promise."""

_STANDING = frozenset({State.AWAITING_SUPPLEMENT.value, State.AWAITING_PAYMENT.value})
_HANDING_ON = frozenset(
    act.value
    for act in (
        Act.FORWARD, Act.PASS_ON, Act.PROPOSE, Act.APPROVE, Act.SEAL, Act.SEND_BACK, Act.RECALL, Act.RETURN_TO_GIVER,
        Act.DELIVER,
    )
)  # fmt: skip
"""Acts after which the dossier lies with somebody else: each is a block of the control sheet. A successor's taking
over is one as well, when the station was running."""


def faults(*, at: datetime) -> Iterator[str]:
    """Everything that is wrong."""
    rows = Dossier.objects.filter(code__isnull=False).select_related("agency", "counter", "revision", "apology")
    rows = rows.select_related("agency", "counter", "revision", "apology", "handover")
    for dossier in rows.prefetch_related("steps", "timeline").order_by("pk").iterator(chunk_size=200):
        timeline = sorted(dossier.timeline.all(), key=lambda entry: entry.pk)
        yield from _late_without_apology(dossier, at)
        yield from _stands(dossier, timeline)
        yield from _minutes(dossier, at)
        yield from _stations(dossier)
        yield from _sheet(dossier, timeline)
    yield from _apologies()
    yield from _promises()
    yield from _register()
    for finding in verify():
        yield f"audit: {finding}"


def left_open() -> list[str]:
    """Dossiers that came to no end."""
    over = [state.value for state in CLOSED_STATES]
    rows = Dossier.objects.filter(code__isnull=False).exclude(state__in=over).order_by("pk")
    return [f"{code}: still {state}" for code, state in rows.values_list("code", "state")[:100]]


def acts_done() -> Counter[str]:
    """How often each act happened."""
    return Counter(TimelineEntry.objects.order_by().values_list("act", flat=True).iterator(chunk_size=2000))


def acts_missing(done: Counter[str]) -> set[str]:
    """Acts that never happened."""
    return {act.value for act in Act} - set(done)


def _end(dossier: Dossier, at: datetime) -> datetime:
    """When the work on it ended, or this moment: the result, or the end without one. Who withdraws while the clock
    stands, or never answers, ended it when the clock stopped for him.
    """
    if dossier.result_at is None and dossier.closed_at is not None and dossier.pauses:
        own = [stand for stand in stands_from(dossier.pauses) if stand.why is not Waiting.OUTAGE]
        if own and own[-1].end is not None and own[-1].end >= dossier.closed_at:
            return own[-1].start
    return dossier.result_at or dossier.closed_at or dossier.paused_at or at


def _late_without_apology(dossier: Dossier, at: datetime) -> Iterator[str]:
    """NĐ 61/2018 điều 19: whoever is late has said so, with a new date."""
    apology = getattr(dossier, "apology", None)
    if dossier.promised_at is None or (apology is not None and apology.signed_at is not None):
        return
    if _end(dossier, at) > dossier.promised_at:
        yield f"{dossier.code}: promised {dossier.promised_at}, ended {_end(dossier, at)}, and nobody apologised"


def _apologies() -> Iterator[str]:
    """Each apology names the date promised when it was sent, and was sent by the time that date was broken.

    Who cannot be reached because the system is down is written to when it works again.
    """
    outages = list(Outage.objects.order_by("since"))
    signed = Dossier.objects.filter(apology__signed_at__isnull=False).select_related("apology")
    for dossier in signed.order_by("pk").iterator(chunk_size=500):
        apology = dossier.apology
        results = Promise.objects.filter(dossier=dossier, what=Promise.What.RESULT, made_at__lt=apology.signed_at)
        before = results.order_by("made_at", "pk").last()
        if before is None or before.due_at != apology.was_due_at:
            yield f"{dossier.code}: the apology is about {apology.was_due_at}, which was not the date promised then"
        breach = apology.was_due_at
        breach = next((one.until for one in outages if one.since <= breach < one.until), breach)
        if apology.signed_at > breach + BELL_INTERVAL:
            yield f"{dossier.code}: promise broken {breach}, apology only {apology.signed_at}"
        if apology.new_due_at <= apology.was_due_at:
            yield f"{dossier.code}: the new date {apology.new_due_at} is not after {apology.was_due_at}"


def _stands(dossier: Dossier, timeline: list[TimelineEntry]) -> Iterator[str]:
    """The clock stood exactly while the timeline says that the applicant was awaited."""
    told: list[tuple[datetime, datetime]] = []
    since: datetime | None = None
    for entry in timeline:
        if entry.state_after in _STANDING:
            since = since or entry.at
        elif since is not None:
            told.append((since, entry.at))
            since = None
    kept = [(one.start, one.end) for one in stands_from(dossier.pauses) if one.why is not Waiting.OUTAGE]
    if kept != told or dossier.paused_at != since:
        yield f"{dossier.code}: the clock stood {kept}, by the timeline {told}"


def _minutes(dossier: Dossier, at: datetime) -> Iterator[str]:
    """The stations' minutes add up to the working time from acceptance, less what the clock stood."""
    if dossier.accepted_at is None:
        return
    runs = list(dossier.steps.all())
    open_minutes = 0
    for run in runs:
        if run.running_since is not None:
            open_minutes += net_minutes(calendar(at, agency_id=run.agency_id), run.running_since, at)
    total = net_minutes(
        calendar(at, agency_id=dossier.agency_id), dossier.accepted_at, _end(dossier, at), stands_from(dossier.pauses)
    )
    used = sum(run.used_minutes for run in runs) + open_minutes
    stretches = len(runs) + len(dossier.pauses)
    if abs(used - total) > stretches:  # each stretch counts whole minutes, and may lose the seconds of one
        yield f"{dossier.code}: stations used {used} minutes, the whole took {total}"


def _stations(dossier: Dossier) -> Iterator[str]:
    """One station begins where the other ends; the first with acceptance, the last at the end."""
    runs: list[StepRun] = sorted(dossier.steps.all(), key=lambda run: run.pk)
    if dossier.accepted_at is None:
        if runs:
            yield f"{dossier.code}: has stations and was never accepted"
        return
    ends = [dossier.accepted_at, *(run.finished_at for run in runs)]
    begins = [*(run.given_at for run in runs), dossier.closed_at]
    if not runs or (begins != ends and dossier.closed_at is not None):
        yield f"{dossier.code}: stations begin {begins}, those before end {ends}"


def _sheet(dossier: Dossier, timeline: list[TimelineEntry]) -> Iterator[str]:
    """A block for every hand-over the timeline tells of and no other, each with who, when and how."""
    if dossier.accepted_at is None:
        return
    sheet = control_sheet(dossier)
    for place, block in enumerate(sheet.handovers, 1):
        if not (block.given_by and block.giver and block.receiver and block.given_at and block.punctuality):
            yield f"{dossier.code}: block {place} of the control sheet is not filled in"
    told = Counter((entry.at, entry.by_name) for entry in timeline if entry.act in _HANDING_ON)
    taken_over = {(entry.at, entry.by_name) for entry in timeline if entry.act == Act.SUCCEED.value}
    written = Counter((block.given_at, block.given_by) for block in sheet.handovers)
    for moment, name in told - written:
        yield f"{dossier.code}: the control sheet lacks the hand-over by {name} at {moment}"
    for moment, name in (written - told).keys() - taken_over:
        yield f"{dossier.code}: nobody handed it on at {moment} ({name}), yet the control sheet says so"


def _promises() -> Iterator[str]:
    for promise in Promise.objects.select_related("dossier").order_by("pk").iterator(chunk_size=500):
        if not is_derivable(promise):
            yield f"{promise.dossier.code}: {promise.what} promised for {promise.due_at} does not follow"


def _register() -> Iterator[str]:
    """Every accepted dossier has its one line and nobody else has, and numbers run without a gap in each book."""
    entered = Counter(RegisterEntry.objects.order_by().values_list("subject", flat=True))
    accepted = set(Dossier.objects.filter(accepted_at__isnull=False).values_list("code", flat=True))
    for code in sorted(accepted | set(entered)):
        if entered[code] != (1 if code in accepted else 0):
            yield f"{code}: {entered[code]} lines in the register, {'' if code in accepted else 'not '}accepted"
    books: dict[tuple[int, int], list[int]] = {}
    for counter, year, number in RegisterEntry.objects.values_list("counter_id", "year", "number"):
        books.setdefault((counter, year), []).append(number)
    for book, numbers in books.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield f"register of counter {book[0]}, {book[1]}: numbers have gaps"
