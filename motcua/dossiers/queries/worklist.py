"""The officers' work lists: whose turn it is, what falls due first, at any size of archive.

Every list is a union of a few index ranges, cut off before they are joined, so that a page costs the same with three
hundred dossiers and with three hundred thousand. What may be seen is asked of `visible_to` once more at the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.accounts.models import identity_digest
from motcua.dossiers.models import Dossier
from motcua.dossiers.models.dossier import Turn
from motcua.dossiers.queries.timing import Badge, badge
from motcua.dossiers.queries.trays import TURNS_OF, TURNS_RUNNING, Tab, ranges_of
from motcua.dossiers.queries.visible import visible_to
from motcua.notifications.models import Message
from motcua.notifications.queries import undeliverable
from motcua.policy.queries import calendar
from motcua.procedures.models import ProcedureRevision
from motcua.rules import words
from motcua.rules.acts import Channel, State
from motcua.rules.codes import BadCode, DossierCode, parse_identity
from motcua.rules.people import Actor, Role
from motcua.rules.text import clean_line, fold
from motcua.rules.worktime import add_working_minutes
from motcua.rules.worktime.measure import SOON_MINUTES

PAGE_SIZE = 25
MOST_COUNTED = 999
"""Counters stop here; a tray with more is not read to its end by anybody."""


class When(StrEnum):
    """Filter by what falls due."""

    LATE = "late"
    SOON = "soon"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the officer asked for; empty values ask for nothing."""

    text: str = ""
    procedure: str = ""
    state: State | None = None
    when: When | None = None
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list, in words."""

    code: str
    applicant: str
    procedure: str
    step: str
    holder: str
    due: Badge
    promised_at: datetime | None
    is_mine: bool
    result_title: str = ""
    result_by: str = ""
    refuses: bool = False


@dataclass(frozen=True, slots=True)
class WorkPage:
    """One page of a tab. ``total`` is capped at `MOST_COUNTED` + 1."""

    tab: Tab
    number: int
    lines: tuple[Line, ...]
    counts: Mapping[Tab, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return self.counts[self.tab]


_ORDER: Mapping[Tab, tuple[str, str]] = {
    Tab.MINE: ("sort_at", "pk"),
    Tab.WAITING: ("sort_at", "pk"),
    Tab.ELSEWHERE: ("sort_at", "pk"),
    Tab.DONE: ("-sort_at", "-pk"),
    Tab.ALL: ("-submitted_at", "-pk"),
}

_STILL = frozenset({Tab.WAITING, Tab.DONE})
"""Trays in which no clock runs: nothing in them can fall due."""


def work_page(actor: Actor, tab: Tab, *, narrowing: Narrowing, number: int, at: datetime) -> WorkPage:
    """Page ``number`` (1-based) of a tab with the capped counts of all tabs under the same filter. Nine queries."""
    wanted = _few(_wanted(narrowing, actor, at), actor)
    order = _ORDER[tab] if narrowing.when is None else _ORDER[Tab.MINE]
    runs_only = narrowing.when is not None
    counts = {one: 0 if runs_only and one in _STILL else _count(actor, one, wanted) for one in Tab}
    last = max(1, -(-min(counts[tab], MOST_COUNTED) // PAGE_SIZE))
    number = min(max(number, 1), last)
    ids = _ids(actor, tab, wanted, order, number) if counts[tab] else []
    return WorkPage(tab, number, _lines(actor, ids, at), counts)


def by_code(text: str, actor: Actor) -> str:
    """The code of a visible dossier, when exactly that was typed or scanned; "" otherwise."""
    try:
        code = DossierCode.parse("".join(text.split()).upper()).text
    except BadCode:
        return ""
    return code if visible_to(actor).filter(code=code).exists() else ""


def undelivered(actor: Actor) -> QuerySet[Message]:
    """Messages about dossiers this officer sees that could not be delivered, latest first."""
    seen = visible_to(actor).filter(code=OuterRef("subject_ref"))
    return undeliverable().exclude(subject_ref="").filter(Exists(seen))


# --- what was asked for


def _wanted(narrowing: Narrowing, actor: Actor, at: datetime) -> Q:
    asked = _about(narrowing.text)
    if narrowing.procedure:
        revisions = ProcedureRevision.objects.filter(procedure__code=narrowing.procedure)
        asked &= Q(revision_id__in=list(revisions.order_by("pk").values_list("pk", flat=True)))
    if narrowing.state is not None:
        asked &= Q(state=narrowing.state.value, turn__in=TURNS_OF[narrowing.state])
    if narrowing.channel is not None:
        asked &= Q(channel=narrowing.channel.value)
    if narrowing.when is not None:
        running = [turn.value for turn in TURNS_RUNNING]
        asked &= Q(turn__in=running, due_at__isnull=False) & _falls_due(narrowing.when, actor, at)
    return asked


def _falls_due(when: When, actor: Actor, at: datetime) -> Q:
    """Whatever runs is sorted by what falls due, so the sorting column serves the question too."""
    if when is When.LATE:
        return Q(sort_at__lt=at)
    agency = actor.posts[0].agency_id if actor.posts else None
    return Q(sort_at__gte=at, sort_at__lte=add_working_minutes(calendar(at, agency_id=agency), at, SOON_MINUTES))


def _few(wanted: Q, actor: Actor) -> Q:
    """A rare filter as the few dossiers it leaves, found once; a common one as it is, since any range soon fills."""
    if not wanted:
        return wanted
    agencies = {post.agency_id for post in actor.posts}
    found = Dossier.objects.filter(wanted, agency_id__in=agencies, submitted_at__isnull=False)
    ids = list(found.order_by().values_list("pk", flat=True)[: MOST_COUNTED + 1])
    return wanted if len(ids) > MOST_COUNTED else Q(pk__in=ids)


def _about(text: str) -> Q:
    """A code or its beginning, an identity number (by its keyed digest), or words of a name without accents."""
    text = clean_line(text)[:100]
    if not text:
        return Q()
    try:
        return Q(applicant_identity_hash=identity_digest(parse_identity(text)[1]))
    except BadCode:
        pass
    compact = "".join(text.split()).upper()
    if compact[:1] == "H" and compact[1:3].isdigit():
        return Q(code__startswith=compact)
    letters = "".join(char if char.isalnum() else " " for char in fold(text)).split()
    if not letters:
        return Q(pk__isnull=True)
    return Q(search=_prefixes(letters))


def _prefixes(letters: list[str]) -> SearchQuery:
    """Every word must stand in the name; the last may be unfinished."""
    return SearchQuery(" & ".join([*letters[:-1], f"{letters[-1]}:*"]), config="simple", search_type="raw")


# --- reading


def _count(actor: Actor, tab: Tab, wanted: Q) -> int:
    """How many, counted no further than one beyond `MOST_COUNTED`.

    A whole tray is counted in the order of its index, which alone then suffices; of a filtered one any order will do.
    """
    ranges, order = ranges_of(actor, tab), _ORDER[tab]
    if not ranges:
        return 0
    column, most = order[0].lstrip("-"), MOST_COUNTED + 1
    rows = [Dossier.objects.filter(one, wanted).order_by().values("pk", column) for one in ranges]
    parts = [(part if wanted else part.order_by(*order))[:most] for part in rows]
    return _joined(parts, actor)[:most].count()


def _joined(parts: list[QuerySet[Dossier, Any]], actor: Actor) -> QuerySet[Dossier, Any]:
    """Ranges of one post never overlap; those of several may, and then each dossier counts once."""
    return parts[0] if len(parts) == 1 else parts[0].union(*parts[1:], all=len(actor.posts) == 1)


def _ids(actor: Actor, tab: Tab, wanted: Q, order: tuple[str, str], number: int) -> list[int]:
    ranges = ranges_of(actor, tab)
    column, end = order[0].lstrip("-"), number * PAGE_SIZE
    parts = [Dossier.objects.filter(one, wanted).order_by(*order).values_list("pk", column)[:end] for one in ranges]
    found = parts[0] if len(parts) == 1 else _joined(parts, actor).order_by(*order)
    return [row[0] for row in found[end - PAGE_SIZE : end]]


def _lines(actor: Actor, ids: list[int], at: datetime) -> tuple[Line, ...]:
    rows = visible_to(actor).filter(pk__in=ids).select_related("revision", "holder", "result").only(*_OF_LINE)
    known = {row.pk: row for row in rows}
    return tuple(_line(known[one], actor, at) for one in ids if one in known)


_OF_LINE = (
    "code", "applicant_name", "state", "turn", "step_index", "supplement_proposed", "promised_at", "paused_at",
    "due_at", "agency_id", "holder__login", "holder__kind", "holder__full_name", "holder__organisation_name",
    "revision__name", "revision__short_name", "revision__route",
    "result__title", "result__drafted_by_name", "result__outcome",
)  # fmt: skip
"""What a line says: a fifth of the row, and none of its long parts."""


def _line(row: Dossier, actor: Actor, at: datetime) -> Line:
    result = getattr(row, "result", None)
    return Line(
        code=row.code or "",
        applicant=row.applicant_name,
        procedure=row.revision.title,
        step=_step(row),
        holder=_holder(row, actor),
        due=_due(row, at),
        promised_at=row.promised_at,
        is_mine=row.holder_id is not None and row.holder_id == actor.account_id,
        result_title=result.title if result else "",
        result_by=result.drafted_by_name if result else "",
        refuses=bool(result and result.outcome == "refused"),
    )


def _step(row: Dossier) -> str:
    """The station's own title while the dossier is on its route, else its state."""
    if row.step_index is not None and row.turn not in (Turn.APPLICANT.value, Turn.CLOSED.value):
        title = str(row.revision.route[row.step_index].get("title", ""))
        if row.supplement_proposed:
            return f"{title}: đề nghị bổ sung"
        return title or row.state_words
    return {State.SUBMITTED.value: "Chờ tiếp nhận"}.get(row.state, row.state_words)


def _holder(row: Dossier, actor: Actor) -> str:
    if row.holder_id is not None and row.turn != Turn.APPLICANT.value:
        return "Tôi" if row.holder_id == actor.account_id else str(row.holder)
    return {
        Turn.APPLICANT.value: "Người nộp",
        Turn.COUNTER.value: "Bộ phận một cửa",
        Turn.DIVISION.value: "Chưa giao",
        Turn.HEAD.value: words.ROLES[Role.DIVISION_HEAD],
        Turn.LEADER.value: words.ROLES[Role.LEADER],
        Turn.RECORDS.value: words.ROLES[Role.RECORDS_CLERK],
    }.get(row.turn, "")


def _due(row: Dossier, at: datetime) -> Badge:
    if row.is_closed:
        return Badge("Đã xong", "done")
    if row.paused_at is not None:
        return Badge("Tạm dừng", "wait")
    waiting = "Chờ đến nhận" if row.state == State.RESULT_READY.value else "Không tính hạn"
    return badge(row.due_at, now=at, agency_id=row.agency_id) or Badge(waiting, "wait")
