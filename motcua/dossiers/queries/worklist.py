"""The officers' work lists: whose turn it is, what falls due first, at any size of archive.

Every list is a union of a few index ranges, cut off before they are joined, so that a page costs the same with three
hundred dossiers and with three hundred thousand. What may be seen is asked of `visible_to` once more at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.dossiers.queries.columns import USUAL, Cell, Said, cells_of, due_of, holder_of, loaded, step_of
from motcua.dossiers.queries.narrowing import DUE, Narrowing, When, is_searched
from motcua.dossiers.queries.narrowing import wanted as wanted_by
from motcua.dossiers.queries.timing import Badge
from motcua.dossiers.queries.trays import Tab, ranges_of
from motcua.dossiers.queries.visible import visible_to
from motcua.notifications.models import Message
from motcua.notifications.queries import undeliverable
from motcua.rules.codes import BadCode, DossierCode
from motcua.rules.people import Actor

__all__ = [
    "MOST_COUNTED",
    "PAGE_SIZE",
    "Line",
    "Narrowing",
    "Tab",
    "When",
    "WorkPage",
    "all_lines",
    "by_code",
    "codes_of",
    "count_of",
    "ids_of",
    "lines_of",
    "undelivered",
    "work_page",
]

PAGE_SIZE = 25
MOST_COUNTED = 999
"""Counters stop here; a tray with more is not read to its end by anybody."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list, in words; ``cells`` are the chosen columns."""

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
    cells: tuple[Cell, ...] = ()


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


Order = tuple[str, str]

_ORDER: Mapping[Tab, Order] = {
    Tab.MINE: ("sort_at", "pk"),
    Tab.WAITING: ("sort_at", "pk"),
    Tab.ELSEWHERE: ("sort_at", "pk"),
    Tab.DONE: ("-sort_at", "-pk"),
    Tab.ALL: ("-submitted_at", "-pk"),
}

_STILL = frozenset({Tab.WAITING, Tab.DONE})
"""Trays in which no clock runs: nothing in them can fall due."""


def work_page(
    actor: Actor,
    tab: Tab,
    *,
    narrowing: Narrowing,
    number: int,
    at: datetime,
    columns: Sequence[str] = USUAL,
    said: Said | None = None,
) -> WorkPage:
    """Page ``number`` (1-based) of a tab with the capped counts of all tabs under the same filter. Nine queries."""
    wanted = _wanted(narrowing, actor, at)
    counts = {one: _count(actor, one, narrowing, wanted) for one in Tab}
    last = max(1, -(-min(counts[tab], MOST_COUNTED) // PAGE_SIZE))
    number = min(max(number, 1), last)
    end = number * PAGE_SIZE
    ids = _ids(actor, tab, narrowing, wanted, end - PAGE_SIZE, end) if counts[tab] else []
    return WorkPage(tab, number, lines_of(actor, ids, at, columns=columns, said=said or {}), counts)


def count_of(actor: Actor, tab: Tab, *, narrowing: Narrowing, at: datetime) -> int:
    """How many a tab holds under a filter, capped like every counter."""
    return _count(actor, tab, narrowing, _wanted(narrowing, actor, at))


def ids_of(actor: Actor, tab: Tab, *, narrowing: Narrowing, at: datetime, most: int) -> list[int]:
    """The first ``most`` dossiers of a tab under a filter, in the list's order."""
    return _ids(actor, tab, narrowing, _wanted(narrowing, actor, at), 0, most)


def codes_of(actor: Actor, tab: Tab, *, narrowing: Narrowing, at: datetime, most: int) -> list[str]:
    """The same as codes, those this officer may see."""
    ids = ids_of(actor, tab, narrowing=narrowing, at=at, most=most)
    known = dict(visible_to(actor).filter(pk__in=ids).order_by("pk").values_list("pk", "code"))
    return [code for one in ids if (code := known.get(one))]


def _order(tab: Tab, narrowing: Narrowing) -> Order:
    """By what falls due where that was asked for; what is done by the day that was asked for; else the tab's own."""
    if narrowing.when in DUE:
        return _ORDER[Tab.MINE]
    if tab in (Tab.DONE, Tab.ALL):
        if narrowing.filed_from or narrowing.filed_to:
            return ("-submitted_at", "-pk")
        if narrowing.done_from or narrowing.done_to:
            return ("-result_at", "-pk")
    return _ORDER[tab]


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


# --- reading


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was asked for, as it is counted and as a page of it is read."""

    counted: Q
    paged: Q
    is_common: bool = False
    """Words that many names have: counted as the search's index gives them, in no order."""


def _wanted(narrowing: Narrowing, actor: Actor, at: datetime) -> _Wanted:
    """What was searched for becomes the few dossiers it leaves, found once; what many have stays a condition."""
    asked = wanted_by(narrowing, actor, at)
    if not is_searched(narrowing):
        return _Wanted(asked, asked)
    agencies = {post.agency_id for post in actor.posts}
    here = Q(agency_id__in=agencies) | Q(taken_in_by_id__in=agencies) | Q(transferred_from_id__in=agencies)
    here |= Q(earlier_hands__overlap=sorted(agencies))
    found = Dossier.objects.filter(asked, here, submitted_at__isnull=False)
    by_words = bool(narrowing.text or narrowing.typed)
    if narrowing.answers and not by_words:
        # The answers' index holds the agency too; said plainly, a common answer is met along the agency's own order.
        found = Dossier.objects.filter(asked, agency_id__in=agencies, submitted_at__isnull=False)
    found = found.order_by() if by_words else found.order_by("-submitted_at", "-pk")
    ids = sorted(found.values_list("pk", flat=True)[: MOST_COUNTED + 1])
    if len(ids) > MOST_COUNTED:
        return _Wanted(asked, wanted_by(narrowing, actor, at, walk=True), is_common=by_words)
    return _Wanted(Q(pk__in=ids), Q(pk__in=ids))


def _ranges(actor: Actor, tab: Tab, narrowing: Narrowing) -> list[Q]:
    """The tab as index ranges. What falls due lies in the trays in which a clock runs, and in those in order."""
    if narrowing.when not in DUE:
        return ranges_of(actor, tab)
    if tab in _STILL:
        return []
    return ranges_of(actor, tab) if tab is not Tab.ALL else _once(actor, (Tab.MINE, Tab.ELSEWHERE))


def _once(actor: Actor, tabs: Sequence[Tab]) -> list[Q]:
    found = {repr(one): one for tab in tabs for one in ranges_of(actor, tab)}
    return list(found.values())


def _count(actor: Actor, tab: Tab, narrowing: Narrowing, wanted: _Wanted) -> int:
    """How many, counted no further than one beyond `MOST_COUNTED`.

    Counted in the order of an index, so that an index alone suffices; otherwise the planner might think it cheaper to
    walk the table until it has met enough.
    """
    ranges = _ranges(actor, tab, narrowing)
    if not ranges:
        return 0
    order, most = _order(tab, narrowing), MOST_COUNTED + 1
    column, is_loose = order[0].lstrip("-"), wanted.is_common or narrowing.when is When.OPEN
    rows = [Dossier.objects.filter(one, wanted.counted).order_by().values("pk", column) for one in ranges]
    parts = [(part if is_loose else part.order_by(*order))[:most] for part in rows]
    return _joined(parts, actor)[:most].count()


def _joined(parts: list[QuerySet[Dossier, Any]], actor: Actor) -> QuerySet[Dossier, Any]:
    """Ranges of one post never overlap; those of several may, and then each dossier counts once."""
    return parts[0] if len(parts) == 1 else parts[0].union(*parts[1:], all=len(actor.posts) == 1)


def _ids(actor: Actor, tab: Tab, narrowing: Narrowing, wanted: _Wanted, begin: int, end: int) -> list[int]:
    """Rows ``begin`` to ``end`` of the tab."""
    ranges = _ranges(actor, tab, narrowing)
    if not ranges:
        return []
    order = _order(tab, narrowing)
    column = order[0].lstrip("-")
    whole = [Dossier.objects.filter(one, wanted.paged).order_by(*order) for one in ranges]
    parts = [part.values_list("pk", column)[:end] for part in whole]
    found = parts[0] if len(parts) == 1 else _joined(parts, actor).order_by(*order)
    return [row[0] for row in found[begin:end]]


def lines_of(
    actor: Actor, ids: Sequence[int], at: datetime, *, columns: Sequence[str] = USUAL, said: Said | None = None
) -> tuple[Line, ...]:
    """Rows in the order of ``ids``; what this officer may not see is left out."""
    beside, fields = loaded(columns)
    rows = visible_to(actor).filter(pk__in=ids).select_related(*beside, "result").only(*fields, *_OF_RESULT)
    asked = SupplementRequest.objects.filter(dossier=OuterRef("pk"), answered_at__isnull=True)
    rows = rows.annotate(answer_by=Subquery(asked.values("answer_by")[:1]))
    known = {row.pk: row for row in rows.order_by("pk")}
    return tuple(_line(known[one], actor, at, columns, said or {}) for one in ids if one in known)


def all_lines(actor: Actor, ids: Sequence[int], at: datetime, *, columns: Sequence[str], said: Said) -> Iterator[Line]:
    """The same for many, a few hundred at a time."""
    for begin in range(0, len(ids), _AT_ONCE):
        yield from lines_of(actor, ids[begin : begin + _AT_ONCE], at, columns=columns, said=said)


_AT_ONCE = 500
_OF_RESULT = ("result__title", "result__drafted_by_name", "result__outcome")


def _line(row: Dossier, actor: Actor, at: datetime, columns: Sequence[str], said: Said) -> Line:
    result = getattr(row, "result", None)
    return Line(
        code=row.code or "",
        applicant=row.applicant_name,
        procedure=row.revision.title,
        step=step_of(row),
        holder=holder_of(row, actor),
        due=due_of(row, at),
        promised_at=row.promised_at,
        is_mine=row.holder_id is not None and row.holder_id == actor.account_id,
        result_title=result.title if result else "",
        result_by=result.drafted_by_name if result else "",
        refuses=bool(result and result.outcome == "refused"),
        cells=cells_of(row, columns, actor, at, said=said),
    )
