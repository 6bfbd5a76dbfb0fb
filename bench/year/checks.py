"""What must hold at the end of a year, dossier by dossier. Each check yields sentences that name the dossier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from motcua.audit.queries import verify
from motcua.dossiers.facts.control import control_sheet
from motcua.dossiers.models import Dossier, Promise, TimelineEntry
from motcua.dossiers.queries.timing import is_derivable
from motcua.policy.queries import calendar
from motcua.reception.models import RegisterEntry
from motcua.rules.acts import Act, State
from motcua.rules.promise import net_minutes, stands_from


def faults(*, at: datetime) -> Iterator[str]:
    """Everything that is wrong."""
    rows = Dossier.objects.filter(code__isnull=False).select_related("agency", "counter", "revision", "apology")
    for dossier in rows.prefetch_related("steps").order_by("pk").iterator(chunk_size=200):
        yield from _late_without_apology(dossier, at)
        yield from _minutes(dossier, at)
        yield from _sheet(dossier)
    yield from _promises()
    yield from _register()
    for finding in verify():
        yield f"audit: {finding}"


def acts_done() -> Counter[str]:
    """How often each act happened."""
    return Counter(TimelineEntry.objects.values_list("act", flat=True))


def acts_missing(done: Counter[str]) -> set[str]:
    """Acts that never happened."""
    return {act.value for act in Act} - set(done)


def _end(dossier: Dossier, at: datetime) -> datetime:
    """When the work on it ended, or this moment: the result, or the end without one. Who withdraws while the clock
    stands, or never answers, ended it when the clock stopped for him.
    """
    if dossier.result_at is None and dossier.closed_at is not None and dossier.pauses:
        last = stands_from(dossier.pauses)[-1]
        if last.end is not None and last.end >= dossier.closed_at:
            return last.start
    return dossier.result_at or dossier.closed_at or dossier.paused_at or at


def _late_without_apology(dossier: Dossier, at: datetime) -> Iterator[str]:
    """NĐ 61/2018 điều 19: whoever is late has said so, with a new date."""
    apology = getattr(dossier, "apology", None)
    if dossier.promised_at is None or (apology is not None and apology.signed_at is not None):
        return
    if _end(dossier, at) > dossier.promised_at:
        yield f"{dossier.code}: promised {dossier.promised_at}, ended {_end(dossier, at)}, and nobody apologised"


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
    if abs(used - total) > len(runs):  # each station counts whole minutes, and may lose the seconds of one
        yield f"{dossier.code}: stations used {used} minutes, the whole took {total}"


def _sheet(dossier: Dossier) -> Iterator[str]:
    """A block for every hand-over, each with who, when and how; the last one is the result's."""
    if dossier.state != State.DELIVERED.value:
        return
    sheet = control_sheet(dossier)
    if len(sheet.handovers) != len(dossier.steps.all()):
        yield f"{dossier.code}: {len(sheet.handovers)} blocks on the sheet for {len(dossier.steps.all())} stations"
    for place, block in enumerate(sheet.handovers, 1):
        if not (block.given_by and block.giver and block.receiver and block.given_at and block.punctuality):
            yield f"{dossier.code}: block {place} of the control sheet is not filled in"


def _promises() -> Iterator[str]:
    for promise in Promise.objects.select_related("dossier").order_by("pk").iterator(chunk_size=500):
        if not is_derivable(promise):
            yield f"{promise.dossier.code}: {promise.what} promised for {promise.due_at} does not follow"


def _register() -> Iterator[str]:
    """Every accepted dossier has its line, and numbers run without a gap in each book."""
    entered = set(RegisterEntry.objects.values_list("subject", flat=True))
    for code in Dossier.objects.filter(accepted_at__isnull=False).values_list("code", flat=True):
        if code not in entered:
            yield f"{code}: not in the register"
    books: dict[tuple[int, int], list[int]] = {}
    for counter, year, number in RegisterEntry.objects.values_list("counter_id", "year", "number"):
        books.setdefault((counter, year), []).append(number)
    for book, numbers in books.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield f"register of counter {book[0]}, {book[1]}: numbers have gaps"
