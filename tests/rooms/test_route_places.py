"""A route is refused where nobody could walk it: at publishing for those who offer it, at offering for the agency."""

from __future__ import annotations

from datetime import datetime

import pytest

from motcua.agencies.actions import open_division
from motcua.base.errors import Refusal
from motcua.procedures.actions import offer, publish
from motcua.procedures.models import Offering
from motcua.rules.people import Actor
from tests.acceptance.proof import accepts
from tests.cast import Cast
from tests.rooms.catalogue_samples import definition

BY = Actor.system("test")


def with_division(key: str, **changes: object) -> dict[str, object]:
    found = definition()
    route = [dict(row) for row in found["route"]]
    examining = next(row for row in route if row["kind"] == "examine")
    examining |= {"division": key, **changes}
    return {**found, "route": route}


@accepts("BD-70")
def test_an_agency_without_the_division_a_route_names_cannot_offer_it(cast: Cast, at: datetime) -> None:
    code = publish(with_division("dia-chinh"), by=BY, at=at).procedure.code
    with pytest.raises(Refusal) as no:
        offer(code, agency=cast.commune, counter=cast.counter, by=BY, at=at)
    assert "Bước 2" in no.value.messages[0]
    assert "không có bộ phận “dia-chinh”" in no.value.messages[0]
    assert not Offering.objects.exists()
    open_division(cast.commune, "dia-chinh", "Bộ phận Địa chính")
    assert offer(code, agency=cast.commune, counter=cast.counter, by=BY, at=at).agency == cast.commune


def test_a_new_route_is_held_against_everybody_who_offers_the_procedure(cast: Cast, at: datetime) -> None:
    open_division(cast.commune, "dia-chinh", "Bộ phận Địa chính")
    revision = publish(with_division("dia-chinh"), by=BY, at=at)
    offer(revision.procedure.code, agency=cast.commune, counter=cast.counter, by=BY, at=at)
    with pytest.raises(Refusal) as no:
        publish(with_division("dia-chinh", opinions=[{"agency": "*.26", "hours": 1}]), by=BY, at=at)
    assert "Ủy ban nhân dân xã An Lành" in no.value.messages[0]
    assert "ý kiến phối hợp 1: không có cơ quan mã H08.26" in no.value.messages[0]
    assert revision.procedure.revisions.count() == 1
