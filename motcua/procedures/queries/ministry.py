"""Which ministry's system takes a procedure, and dossiers of a person that lie in such systems (BD-12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from motcua.procedures.models import MinistryDossier, MinistryService, MinistrySystem, ProcedureRevision
from motcua.rules.codes.status import NationalStatus
from motcua.rules.people import Actor

MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class AtMinistry:
    """A dossier in a ministry's system as the citizen sees it."""

    code: str
    procedure: str
    ministry: str
    system: str
    state: str
    note: str
    url: str
    changed_at: datetime
    is_waiting: bool
    """Whether it waits for her: papers or money are asked for."""
    is_closed: bool


def service_of(code: str, *, on: date) -> MinistryService | None:
    """The ministry's service that takes procedure ``code`` on a day, with its system. One query."""
    return _in_force(on).filter(procedure__code=code).select_related("system", "procedure").first()


def taken_elsewhere(revision: ProcedureRevision, *, on: date) -> str:
    """Where else dossiers of a procedure are taken on the network, in words; "" when they are ours to take (BD-12,
    CB-20). One query.
    """
    service = _in_force(on).filter(procedure_id=revision.procedure_id).select_related("system").order_by("pk").first()
    if service is not None:
        return f"trên hệ thống của {service.system.ministry}"
    return "trên cổng của bộ, ngành" if revision.external_url else ""


def services_in_force(on: date) -> dict[int, tuple[str, int]]:
    """By procedure id, which ministry takes it in its own system on a day, and at which level. One query."""
    rows = _in_force(on).order_by("pk").values_list("procedure_id", "system__ministry", "level")
    return {procedure_id: (ministry, level) for procedure_id, ministry, level in rows}


def system_by_key(key: str) -> MinistrySystem | None:
    """The system of this key, also when nobody is handed over to it any more: it may still report."""
    return MinistrySystem.objects.filter(key=key).first()


def ministry_dossiers_of(actor: Actor) -> list[AtMinistry]:
    """A person's dossiers in ministries' systems, changed last first. Two queries."""
    if actor.account_id is None:
        return []
    return _shown(MinistryDossier.objects.filter(account_id=actor.account_id).order_by("-changed_at", "-pk"))


def ministry_dossier_by_code(code: str) -> AtMinistry | None:
    """What anybody sees who knows the code: state and ministry, nothing of the person; nothing of what is sensitive."""
    same = MinistryDossier.objects.filter(code=code.strip())
    rows = _shown(same.exclude(hand_over__service__procedure__revisions__is_sensitive=True).order_by("pk"))
    return rows[0] if len(rows) == 1 else None


def title_of(procedure_id: int, *, on: date) -> str:
    """What a procedure is called today."""
    row = ProcedureRevision.objects.filter(procedure_id=procedure_id, since__lte=on).order_by("-number").first()
    return row.title if row else ""


def _in_force(on: date) -> QuerySet[MinistryService]:
    running = Q(until__isnull=True) | Q(until__gt=on)
    system = Q(system__until__isnull=True) | Q(system__until__gt=on)
    return MinistryService.objects.filter(running, system, since__lte=on)


def _shown(rows: QuerySet[MinistryDossier]) -> list[AtMinistry]:
    found = list(rows.select_related("system", "hand_over__service")[:MOST_LISTED])
    wanted = {row.hand_over.service.procedure_id for row in found}
    titles = {
        procedure_id: short or name
        for procedure_id, short, name in ProcedureRevision.objects.filter(procedure_id__in=wanted)
        .order_by("procedure_id", "number")
        .values_list("procedure_id", "short_name", "name")
    }
    return [
        AtMinistry(
            code=row.code,
            procedure=titles[row.hand_over.service.procedure_id],
            ministry=row.system.ministry,
            system=row.system.name,
            state=NationalStatus(row.status).label,
            note=row.note,
            url=row.url,
            changed_at=row.changed_at,
            is_waiting=NationalStatus(row.status) in _WAITING,
            is_closed=NationalStatus(row.status).is_terminal,
        )
        for row in found
    ]


_WAITING = frozenset({NationalStatus.SUPPLEMENT_REQUESTED, NationalStatus.PAYMENT_REQUESTED})
