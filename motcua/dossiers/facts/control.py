"""The control sheet (Mẫu 05 of TT 01/2018, 06 of TT 03/2025): filled by the acts, from station to station."""

from __future__ import annotations

from itertools import pairwise

from django.utils.timezone import localtime

from motcua.base.kept import KeptQuery
from motcua.dossiers.facts.papers import head_of
from motcua.dossiers.facts.promises import measured_by
from motcua.dossiers.models import Consultation, Dossier, Handover, StepRun
from motcua.papers import facts as papers
from motcua.rules import words
from motcua.rules.acts import Channel, StepKind

_SAMPLE = 987_654_321_012
_steps = KeptQuery(lambda dossier: StepRun.objects.filter(dossier_id=dossier).order_by("pk"), dossier=_SAMPLE)
_asked = KeptQuery(
    lambda dossier: Consultation.objects.filter(dossier_id=dossier).order_by("pk").values_list("unit_name"),
    dossier=_SAMPLE,
)


def control_sheet(dossier: Dossier) -> papers.ControlSheet:
    """One block for every hand-over between stations; the last, once the result is given, is "trả kết quả"."""
    runs = _steps(dossier=dossier.pk)
    blocks = [_handover(dossier, run, following) for run, following in pairwise(runs)]
    handover = getattr(dossier, "handover", None) if dossier.result_at is not None else None
    if handover is not None:
        blocks.append(_returned(dossier, handover))
    asked = (unit for (unit,) in _asked(dossier=dossier.pk))
    return papers.ControlSheet(
        head=head_of(dossier),
        code=dossier.code or "",
        lead=dossier.agency.name,
        coordinating=tuple(dict.fromkeys(asked)),
        handovers=tuple(blocks),
    )


def _handover(dossier: Dossier, run: StepRun, following: StepRun) -> papers.HandOver:
    """From a finished station to the next one, with how the giver kept its time."""
    return papers.HandOver(
        giver=_unit(dossier, run),
        receiver=_unit(dossier, following),
        given_by=following.given_by_name,
        given_at=following.given_at,
        received_by=following.holder_name,
        received_at=following.taken_at or following.finished_at,
        punctuality=punctuality(run),
        note=run.note,
    )


def _returned(dossier: Dossier, handover: Handover) -> papers.HandOver:
    """The last block: the result to the person. Its outcome is that of the whole: on the promised day is on time."""
    kept, promised = dossier.result_at or handover.handed_at, measured_by(dossier)
    outcome = papers.Punctuality.EARLY
    if promised is not None and kept > promised:
        outcome = papers.Punctuality.LATE
    elif promised is not None and localtime(kept).date() == localtime(promised).date():
        outcome = papers.Punctuality.ON_TIME
    return papers.HandOver(
        giver=dossier.counter.name,
        receiver=handover.receiver_name,
        given_by=handover.handed_by_name,
        given_at=handover.handed_at,
        received_by=handover.receiver_name,
        received_at=handover.handed_at,
        punctuality=outcome,
        note=f"Trả kết quả. {words.CHANNELS[Channel(handover.channel)]}",
    )


def _unit(dossier: Dossier, run: StepRun) -> str:
    """Who does a station: the counter takes in and hands over, whosever the dossier is."""
    return dossier.counter.name if run.kind in (StepKind.RECEIVE, StepKind.RETURN) else run.unit_name


def punctuality(run: StepRun) -> papers.Punctuality | None:
    """How the step kept its budget of working minutes; exactly on it is on time (counting rule 12)."""
    if run.finished_at is None:
        return None
    if run.used_minutes > run.budget_minutes:
        return papers.Punctuality.LATE
    return papers.Punctuality.ON_TIME if run.used_minutes == run.budget_minutes else papers.Punctuality.EARLY
