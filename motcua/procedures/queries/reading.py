"""One procedure as its page shows it, and who takes it in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from motcua.base.errors import Refusal
from motcua.procedures.models import Defect, Offering, ProcedureRevision
from motcua.procedures.queries.held import catalogue
from motcua.rules.levels import LEAST_ONLINE


def revision_in_force(code: str, *, on: date) -> ProcedureRevision:
    """The revision of a procedure in force on a day, with sector, requirements and methods. Three queries.

    Raises `Refusal` 404 when there is none.
    """
    revision = (
        ProcedureRevision.objects.in_force(on)
        .filter(procedure__code=code)
        .select_related("procedure", "sector")
        .prefetch_related("requirements", "methods")
        .defer("raw")
        .first()
    )
    if revision is None:
        raise Refusal("Không có thủ tục nào mang mã này đang có hiệu lực.", status=404)
    return revision


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a procedure is taken in: an agency and its counter."""

    offering_id: int
    agency_id: int
    agency_code: str
    agency: str
    counter: str
    address: str
    phone: str
    email: str
    level: int | None = None
    """The level of service there, where it is not the published one."""

    @property
    def is_online(self) -> bool:
        """Whether this agency takes on the network what can be filed there at all."""
        return self.level is None or self.level >= LEAST_ONLINE


def contacts_of(procedure_id: int, *, on: date, most: int | None = None, online: bool = False) -> list[Contact]:
    """Agencies that take a procedure in on a day, by code, at most `most` of them. One query.

    ``online``: only those that take it on the network.
    """
    rows = (
        Offering.objects.filter(procedure_id=procedure_id, since__lte=on)
        .exclude(until__lte=on)
        .order_by("agency__code", "pk")
        .values_list(*_OF_CONTACT)  # a procedure may be offered by every commune: plain values cost a fifth of objects
    )
    if online:
        rows = rows.exclude(service_level__lt=LEAST_ONLINE)
    return [
        Contact(pk, agency_id, code, agency, counter, address or place, phone or line, email or mail, level)
        for pk, agency_id, code, agency, counter, address, place, phone, line, email, mail, level in (
            rows if most is None else rows[:most]
        )
    ]


_OF_CONTACT = (
    "pk", "agency_id", "agency__code", "agency__name", "counter__name", "counter__address", "agency__address",
    "counter__phone", "agency__phone", "counter__email", "agency__email", "service_level",
)  # fmt: skip


def sectors(at: datetime) -> dict[str, str]:
    """Code → name of sectors that have a procedure in force, by name as the catalogue holds them."""
    return {entry.sector_code: entry.sector_name for entry in catalogue(at).entries}


def open_defects(*, kind: str = "", code: str = "") -> Iterator[Defect]:
    """Defects nobody has settled in revisions that still hold, by procedure, one after another."""
    rows = Defect.objects.filter(resolved_at__isnull=True, revision__until__isnull=True)
    if kind:
        rows = rows.filter(code=kind)
    if code:
        rows = rows.filter(revision__procedure__code=code)
    rows = rows.select_related("revision__procedure").defer("revision__raw").order_by("revision__procedure__code", "pk")
    return rows.iterator(chunk_size=500)
