"""A province with offices around the commune, for the tests of routes that leave it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from motcua.agencies.models import Agency, AgencyKind, Division, OneStopCounter, Tier
from motcua.dossiers.actions import examine, intake
from motcua.dossiers.models import Dossier
from motcua.procedures.models import Offering, ProcedureRevision
from motcua.rules.acts import Outcome
from motcua.rules.people import Actor, Role
from tests.cast import ROUTE, SINCE, Cast

HOUR = timedelta(hours=1)


@dataclass
class Province:
    """Around the cast: a land division in the commune, an insurance agency with its division and its own counter."""

    cast: Cast
    at: datetime

    @cached_property
    def land(self) -> Division:
        return Division.objects.create(agency=self.cast.commune, key="dia-chinh", name="Bộ phận Địa chính")

    @cached_property
    def tam(self) -> Actor:
        """A case officer of the land division."""
        return self.cast.post(
            self.cast.officer("tam", "Ngô Văn Tám"), Role.CASE_OFFICER, self.cast.commune, division=self.land
        )

    @cached_property
    def tu(self) -> Actor:
        """A colleague of Tám's."""
        return self.cast.post(
            self.cast.officer("tu", "Mai Thị Tư"), Role.CASE_OFFICER, self.cast.commune, division=self.land
        )

    @cached_property
    def insurance(self) -> Agency:
        return Agency.objects.create(
            code="H08.26", name="Bảo hiểm xã hội tỉnh", kind=AgencyKind.VERTICAL, tier=Tier.PROVINCE, since=SINCE
        )

    @cached_property
    def cards(self) -> Division:
        return Division.objects.create(agency=self.insurance, key="cap-so-the", name="Phòng Cấp sổ, thẻ")

    @cached_property
    def sau(self) -> Actor:
        """A case officer of the insurance agency."""
        return self.cast.post(
            self.cast.officer("sau", "Trịnh Thị Sáu"), Role.CASE_OFFICER, self.insurance, division=self.cards
        )

    @cached_property
    def bay(self) -> Actor:
        """The leader of the insurance agency."""
        return self.cast.post(self.cast.officer("bay", "Lâm Văn Bảy"), Role.LEADER, self.insurance, title="Giám đốc")

    @cached_property
    def chin(self) -> Actor:
        """The counter officer of the insurance agency."""
        counter = OneStopCounter.objects.create(host=self.insurance, name="Bộ phận một cửa BHXH")
        counter.serves.add(self.insurance)
        return self.cast.post(
            self.cast.officer("chin", "Cao Thị Chín"), Role.COUNTER_OFFICER, self.insurance, counter=counter
        )

    def route(self, **of_examining: Any) -> ProcedureRevision:
        """The cast's procedure with its examining step changed."""
        changed = deepcopy(ROUTE)
        changed[1] |= of_examining
        return self.cast.procedure(route=changed)

    def through_insurance(self) -> ProcedureRevision:
        """The cast's procedure with a station at the insurance agency (twelve hours) before the lead's own (two)."""
        _ = self.sau
        changed = deepcopy(ROUTE)
        elsewhere = {**changed[1], "title": "Xác nhận", "hours": 12, "agency": "*.26", "division": "cap-so-the"}
        changed[1:2] = [elsewhere, changed[1] | {"hours": 2}]
        return self.cast.procedure(route=changed)

    def at_division(self) -> str:
        """A dossier accepted and with the first division; the step has 14 working hours."""
        _ = self.cast.ha, self.cast.minh
        code = str(self.cast.submitted().code)
        intake.accept(code, by=self.cast.minh, at=self.at)
        return code

    def drafted(self) -> str:
        code = self.at_division()
        draft(code, by=self.cast.ha, at=self.at)
        return code

    def card_procedure(self, **changes: Any) -> ProcedureRevision:
        """The insurance agency's own procedure, the part of a joint one."""
        route = deepcopy(ROUTE)
        route[1]["division"] = "cap-so-the"
        _ = self.chin, self.cards
        values = {"route": route, "fees": [], "name": "Cấp thẻ bảo hiểm y tế", "short_name": "Cấp thẻ", **changes}
        revision = self.cast.procedure("1.002759", **values)
        revision.procedure.offerings.all().delete()
        counter = OneStopCounter.objects.get(host=self.insurance)
        Offering.objects.create(procedure=revision.procedure, agency=self.insurance, counter=counter, since=SINCE)
        return revision


def draft(code: str, *, by: Actor, at: datetime) -> None:
    examine.draft_result(code, outcome=Outcome.GRANTED, title="Trích lục", body="Cấp 2 bản sao.", by=by, at=at)


def dossier(code: str) -> Dossier:
    return Dossier.objects.get(code=code)
