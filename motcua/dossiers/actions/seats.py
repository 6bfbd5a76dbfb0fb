"""Where a route's station or opinion is done: from the words of the route to the rows of an agency and its division."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.agencies.models import Agency, Division
from motcua.agencies.queries import agency_by_code, standing_at
from motcua.agencies.queries import division as division_of
from motcua.base.errors import Refusal
from motcua.dossiers.models import Dossier
from motcua.rules.route import agency_code


@dataclass(frozen=True, slots=True)
class Seat:
    """An agency, or a division of it."""

    agency: Agency
    division: Division | None = None

    @property
    def division_id(self) -> int | None:
        return self.division.pk if self.division else None

    @property
    def name(self) -> str:
        """The unit with its agency."""
        return f"{self.division.name}, {self.agency.name}"[:250] if self.division else self.agency.name

    def name_at(self, dossier: Dossier) -> str:
        """The unit as colleagues of the lead agency call it."""
        return self.division.name if self.division and self.agency.pk == dossier.agency_id else self.name


def seat_of(dossier: Dossier, agency: str, division: str, *, place: str, at: datetime) -> Seat:
    """The seat that a route names by ``agency`` (`rules.route.agency_code`) and ``division`` (a key); of an agency that
    has ended by ``at``, its successor's.

    Raises `Refusal` 409 naming the ``place`` and what does not exist yet.
    """
    found: Agency | None = dossier.agency
    code = agency_code(agency, dossier.agency.code)
    if code != dossier.agency.code:
        found = agency_by_code(code)
        found = standing_at(found, at, division=division) if found else None
    if found is None:
        raise Refusal(f"{place}: chưa có cơ quan mã {code} mà quy trình cần đến.", status=409)
    where = division_of(found.pk, division) if division else None
    if division and where is None:
        whose = "Cơ quan này" if found.pk == dossier.agency_id else found.name
        raise Refusal(f"{whose} chưa có bộ phận “{division}” mà quy trình cần đến.", status=409)
    return Seat(found, where)
