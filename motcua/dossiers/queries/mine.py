"""What a person has with the province: drafts, running dossiers, finished ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.base.errors import Refusal
from motcua.dossiers.models import Dossier, Enclosure
from motcua.dossiers.queries.timing import Badge, main_badge
from motcua.dossiers.queries.visible import visible_to
from motcua.files.models import StoredFile
from motcua.rules.acts import CLOSED_STATES, Channel, State
from motcua.rules.fees import FeeBill, compute, parse_fee_rules
from motcua.rules.people import Actor

HER_TURN = (State.AWAITING_SUPPLEMENT.value, State.AWAITING_PAYMENT.value)
CLOSED = tuple(state.value for state in CLOSED_STATES)


@dataclass(frozen=True, slots=True)
class Mine:
    """One of a person's dossiers as a row; ``code`` is empty for a draft."""

    public_id: str
    code: str
    title: str
    state: str
    state_words: str
    agency: str
    saved_at: datetime
    promised_at: datetime | None
    due: Badge | None
    is_her_turn: bool = False
    is_closed: bool = field(default=False)


def mine(actor: Actor, *, now: datetime, most: int = 50) -> list[Mine]:
    """The person's own dossiers: what waits for her first, then drafts and running ones, then the finished."""
    rows = list(_own(actor).order_by("-saved_at", "-pk")[:most])
    rows.sort(key=lambda row: (row.state not in HER_TURN, row.state in CLOSED))
    return [_row(row, now) for row in rows]


def running_of(actor: Actor, *, procedure_code: str, now: datetime) -> list[Mine]:
    """Open drafts and dossiers of the same procedure, offered before a new one is begun (users-ask 2)."""
    rows = _own(actor).filter(revision__procedure__code=procedure_code).exclude(state__in=CLOSED)
    return [_row(row, now) for row in rows.order_by("-saved_at", "-pk")[:10]]


def _own(actor: Actor) -> QuerySet[Dossier]:
    own = Q(applicant_id=actor.account_id) if actor.account_id else Q(pk__in=[])
    return Dossier.objects.filter(own, parent__isnull=True).select_related("revision", "agency")


def _row(row: Dossier, now: datetime) -> Mine:
    is_draft = row.state == State.DRAFT.value
    return Mine(
        public_id=str(row.public_id),
        code=row.code or "",
        title=row.revision.title,
        state=row.state,
        state_words=row.state_words,
        agency=row.agency.name,
        saved_at=row.saved_at,
        promised_at=row.promised_at,
        due=None if is_draft else main_badge(row, now=now),
        is_her_turn=row.state in HER_TURN,
        is_closed=row.is_closed,
    )


def bill_of(dossier: Dossier, *, on: date) -> FeeBill:
    """What the dossier would cost by its present answers, each amount explained. In đồng."""
    return compute(
        parse_fee_rules(dossier.revision.fees),
        answers=dossier.answers,
        channel=Channel(dossier.channel),
        on=on,
    )


def enclosed_file(file_id: UUID, actor: Actor) -> StoredFile:
    """A stored file of the actor's own dossier. Raises `Refusal` 404 for any other: an officer opens files at the desk,
    where each reading is recorded.
    """
    enclosure = Enclosure.objects.select_related("file").filter(file_id=file_id).first()
    own = visible_to(actor).filter(applicant_id=actor.account_id)
    if enclosure is None or actor.account_id is None or not own.filter(pk=enclosure.dossier_id).exists():
        raise Refusal("Không tìm thấy tệp này.", status=404)
    return enclosure.file
