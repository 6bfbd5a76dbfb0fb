"""Reads of the archive: what is due, what is kept, whose term is over, what is held, what was destroyed.

Every list asks who is asking: an archivist and a leader see the archive of their agency. Pages are cut by key, never
counted through; a tab's number stops counting at `MOST_COUNTED`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.core.files.base import File
from django.db.models import DateTimeField, Exists, F, Func, OuterRef, QuerySet
from django.utils.timezone import localtime, make_aware

from motcua.archive.facts import agencies_of, may_decide, may_propose
from motcua.archive.models import Destruction, DestructionLine, Hindrance, Hold, Package
from motcua.archive.vault import vault
from motcua.base.errors import Refusal
from motcua.dossiers.models import Dossier
from motcua.dossiers.models.dossier import Turn
from motcua.rules.people import Actor, Role
from motcua.rules.policy import Policy
from motcua.rules.retention import Term

PAGE_SIZE = 50
MOST_COUNTED = 1000

_RIPE_AT = Func(
    F("closed_at"),
    F("policy_data"),
    template="(%(expressions)s ->> 'archive_after_days')::int, " + f"{Policy().archive_after_days})))",
    arg_joiner=" + make_interval(days => COALESCE((",
    output_field=DateTimeField(),
)
"""When a dossier is due: its closing and the days of the policy pinned to it."""


class Tab(StrEnum):
    """The lists of the page, in order."""

    DUE = "cho-luu"
    KEPT = "dang-luu"
    OVER = "het-han"
    HELD = "giu-lai"
    FAULTY = "co-loi"
    DESTROYED = "da-huy"


TAB_WORDS = {
    Tab.DUE: "Chờ đưa vào lưu trữ",
    Tab.KEPT: "Đang lưu",
    Tab.OVER: "Hết thời hạn",
    Tab.HELD: "Giữ lại",
    Tab.FAULTY: "Có lỗi",
    Tab.DESTROYED: "Đã hủy",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for: part of a code, a procedure, a year of closing, a term, and only terms nobody confirmed."""

    code: str = ""
    procedure: str = ""
    year: int = 0
    term: str = ""
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class DueRow:
    """A closed dossier that has no package yet."""

    code: str
    procedure_name: str
    closed_at: datetime
    hindrance: str


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """Rows of one page; ``after`` is the key from which the next goes on, 0 when there is none."""

    rows: tuple[Any, ...]
    after: int


def ripe(at: datetime) -> QuerySet[Dossier]:
    """Closed dossiers whose days have passed and that have no package, of any agency: the clock's own."""
    closed = Dossier.objects.filter(turn=Turn.CLOSED.value, closed_at__lt=at)
    return closed.alias(ripe_at=_RIPE_AT).filter(
        ~Exists(Package.objects.filter(dossier_id=OuterRef("pk"))), ripe_at__lte=at
    )


def packages(actor: Actor) -> QuerySet[Package]:
    """Packages this person may see."""
    return Package.objects.filter(agency_id__in=agencies_of(actor))


def package_of(code: str, actor: Actor) -> Package:
    """One of them by its dossier's code. Raises `Refusal` 404."""
    found = packages(actor).select_related("agency", "dossier").filter(code=code).first()
    if found is None:
        raise Refusal("Không tìm thấy hồ sơ lưu trữ này.", status=404)
    return found


def page(actor: Actor, tab: Tab, wanted: Wanted, *, at: datetime, after: int = 0) -> ArchivePage:
    """One page of a list, the latest closed first (those whose term is over: by when it ended). One query."""
    if tab is Tab.DUE:
        return _due_page(actor, wanted, at, after)
    rows = narrowed(_of(actor, tab, at), wanted)
    found = list(_beyond(rows, after).order_by("-pk")[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    return ArchivePage(tuple(shown), shown[-1].pk if len(found) > PAGE_SIZE else 0)


def counts(actor: Actor, *, at: datetime) -> dict[Tab, int]:
    """How many stand in each list, counted to `MOST_COUNTED`. One query a list."""
    lists: dict[Tab, QuerySet[Any]] = {tab: _of(actor, tab, at) for tab in Tab if tab is not Tab.DUE}
    lists[Tab.DUE] = _due(actor, at)
    return {tab: lists[tab].order_by().values("pk")[:MOST_COUNTED].count() for tab in Tab}


def narrowed(rows: QuerySet[Package], wanted: Wanted) -> QuerySet[Package]:
    """The rows that answer to what is looked for."""
    if wanted.code:
        rows = rows.filter(code__icontains=wanted.code)
    if wanted.procedure:
        rows = rows.filter(procedure_code=wanted.procedure)
    if wanted.year:
        rows = rows.filter(closed_at__gte=_new_year(wanted.year), closed_at__lt=_new_year(wanted.year + 1))
    if wanted.term in set(Term):
        rows = rows.filter(term=wanted.term)
    return rows.filter(term_confirmed=False) if wanted.unconfirmed else rows


def procedures(actor: Actor) -> list[tuple[str, str]]:
    """Procedures of which something is kept: code and name, by name."""
    rows = packages(actor).order_by("procedure_code", "-pk").distinct("procedure_code")
    found = list(rows.values_list("procedure_code", "procedure_name"))
    return sorted(found, key=lambda row: row[1])


def holds_of(package: Package) -> list[Hold]:
    """Every hold of a package, the latest first."""
    return list(package.holds.order_by("-placed_at", "-pk"))


def lists_of(actor: Actor) -> list[Destruction]:
    """Lists for destruction of the agencies this person may decide about, open ones first. One query."""
    rows = Destruction.objects.filter(agency_id__in=agencies_of(actor)).select_related("agency")
    return list(rows.order_by(F("approved_at").desc(nulls_first=True), "-proposed_at", "-pk")[:200])


def list_of(pk: int, actor: Actor) -> tuple[Destruction, list[DestructionLine]]:
    """A list with its lines. Raises `Refusal` 404. Two queries."""
    found = Destruction.objects.select_related("agency").filter(pk=pk, agency_id__in=agencies_of(actor)).first()
    if found is None:
        raise Refusal("Không tìm thấy danh sách này.", status=404)
    return found, list(found.lines.select_related("package").order_by("pk"))


def line_of(package: Package) -> DestructionLine | None:
    """On which list a package stands or stood last."""
    return package.lines.select_related("destruction").order_by("-pk").first()


def open_package(package: Package) -> File[Any]:
    """Its bytes, to be closed by the caller. Raises `Refusal` where there are none (any more)."""
    if package.destroyed_at is not None or package.key is None:
        raise Refusal("Hồ sơ này đã hủy.", status=409)
    try:
        return vault().open(package.key)
    except OSError as error:
        raise Refusal("Không còn thấy gói lưu trữ trong kho. Hãy báo người vận hành.", status=409) from error


def everything_kept() -> Iterator[Package]:
    """Every package that must be in the vault, for the operator who verifies them all."""
    return Package.objects.filter(destroyed_at__isnull=True).order_by("pk").iterator(chunk_size=200)


def digest_of(code: str) -> str:
    """SHA-256 of the package taken in for a dossier; '' where none is known."""
    return Package.objects.filter(code=code).values_list("sha256", flat=True).first() or ""


def proposes(actor: Actor, agency_id: int | None = None) -> bool:
    """Whether this person keeps the archive of the agency, or of any."""
    if agency_id is None:
        return actor.holds(Role.ARCHIVIST)
    return may_propose(actor, agency_id)


def decides(actor: Actor, listed: Destruction) -> bool:
    """Whether this person may approve it: of the agency, and not who proposed it."""
    in_place = any(post.instead_of_id == listed.proposed_by_id for post in actor.posts)
    return may_decide(actor, listed.agency_id) and listed.proposed_by_id != actor.account_id and not in_place


def _of(actor: Actor, tab: Tab, at: datetime) -> QuerySet[Package]:
    rows = packages(actor)
    if tab is Tab.DESTROYED:
        return rows.filter(destroyed_at__isnull=False)
    kept = rows.filter(destroyed_at__isnull=True)
    held = Exists(Hold.objects.filter(package=OuterRef("pk"), lifted_at__isnull=True))
    today: date = localtime(at).date()
    match tab:
        case Tab.OVER:
            pending = DestructionLine.objects.filter(package=OuterRef("pk"), is_pending=True)
            return kept.filter(~held, ends_on__lt=today).annotate(is_listed=Exists(pending))
        case Tab.HELD:
            return kept.filter(held)
        case Tab.FAULTY:
            return kept.exclude(fault="")
        case _:
            return kept


def _due(actor: Actor, at: datetime) -> QuerySet[Dossier]:
    return ripe(at).filter(agency_id__in=agencies_of(actor))


def _due_page(actor: Actor, wanted: Wanted, at: datetime, after: int) -> ArchivePage:
    rows = _beyond(_due(actor, at), after)
    if wanted.code:
        rows = rows.filter(code__icontains=wanted.code)
    if wanted.procedure:
        rows = rows.filter(revision__procedure__code=wanted.procedure)
    found = list(rows.select_related("revision", "archive_hindrance").order_by("-pk")[: PAGE_SIZE + 1])
    shown = tuple(
        DueRow(one.code or "", one.revision.title, one.closed_at, _hindrance(one))
        for one in found[:PAGE_SIZE]
        if one.closed_at
    )
    return ArchivePage(shown, found[PAGE_SIZE - 1].pk if len(found) > PAGE_SIZE else 0)


def _hindrance(dossier: Dossier) -> str:
    found: Hindrance | None = getattr(dossier, "archive_hindrance", None)
    return found.words if found else ""


def _beyond(rows: QuerySet[Any], after: int) -> QuerySet[Any]:
    return rows.filter(pk__lt=after) if after else rows


def _new_year(year: int) -> datetime:
    return make_aware(datetime(year, 1, 1))  # noqa: DTZ001 - made aware at once
