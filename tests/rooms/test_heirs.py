"""A draft that outlived its agency: filed with the one successor, or with the one its applicant chooses of several."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from motcua.agencies.models import Agency, AgencyKind, OneStopCounter, Tier
from motcua.base.errors import Refusal
from motcua.dossiers.actions import submit
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.heirs import heirs_of
from motcua.procedures.models import Offering
from motcua.rules.acts import State
from motcua.rules.people import Role
from motcua.ui import clock
from tests.cast import Cast

SINCE = date(2018, 1, 1)


def heir(cast: Cast, number: int, *, unit: str = "", **offered: Any) -> Agency:
    """A successor of the commune with a counter of its own that takes the procedure in."""
    agency = Agency.objects.create(
        code=f"H08.30.00{number}", name=f"Ủy ban nhân dân xã Kế Thừa {number}", kind=AgencyKind.PEOPLES_COMMITTEE,
        tier=Tier.COMMUNE, since=SINCE, unit_code=unit, inherits=[cast.commune.pk],
    )  # fmt: skip
    counter = OneStopCounter.objects.create(host=agency, name=f"Bộ phận một cửa xã Kế Thừa {number}")
    counter.serves.add(agency)
    Offering.objects.create(procedure=cast.revision.procedure, agency=agency, counter=counter, since=SINCE, **offered)
    return agency


def ended(cast: Cast, at: datetime) -> str:
    """A draft for the commune, and the commune gone."""
    key = str(cast.draft().public_id)
    Offering.objects.filter(agency=cast.commune).update(until=at.date())
    Agency.objects.filter(pk=cast.commune.pk).update(until=at.date())
    return key


def test_of_several_successors_the_applicant_says_which(cast: Cast, at: datetime) -> None:
    key = ended(cast, at)
    first, second = heir(cast, 1), heir(cast, 2)
    with pytest.raises(Refusal, match="Kế Thừa 1; Ủy ban nhân dân xã Kế Thừa 2") as no:
        submit.submit(key, declared=True, by=cast.lan, at=at)
    assert "heir" in no.value.field_errors
    with pytest.raises(Refusal):
        submit.submit(key, declared=True, heir=cast.other_commune.pk, by=cast.lan, at=at)
    assert Dossier.objects.get().state == State.DRAFT
    filed = submit.submit(key, declared=True, heir=second.pk, by=cast.lan, at=at)
    assert (filed.agency, filed.counter.host) == (second, second)
    assert str(filed.code).startswith(f"{second.code}-") and first.pk != second.pk


def test_the_one_successor_is_taken_unasked_and_one_that_takes_nothing_online_is_none(cast: Cast, at: datetime) -> None:
    key = ended(cast, at)
    heir(cast, 1, channels=["counter"])
    heir(cast, 3, service_level=2)
    only = heir(cast, 2)
    filed = submit.submit(key, declared=True, by=cast.lan, at=at)
    assert filed.agency == only


def test_an_agency_that_stands_but_gave_the_procedure_away_is_followed_too(cast: Cast, at: datetime) -> None:
    key = str(cast.draft().public_id)
    assert heirs_of(Dossier.objects.get(), at=at) == []
    only = heir(cast, 1)
    assert heirs_of(Dossier.objects.get(), at=at) == []  # it still takes the procedure in itself
    Offering.objects.filter(agency=cast.commune).update(until=at.date())
    assert submit.submit(key, declared=True, by=cast.lan, at=at).agency == only


def test_an_officer_who_files_for_somebody_files_with_his_own_agency(cast: Cast, at: datetime) -> None:
    key = ended(cast, at)
    heir(cast, 1)
    own = heir(cast, 2)
    officer = cast.post(cast.officer("ket", "Lê Văn Kết"), Role.COUNTER_OFFICER, own, counter=own.counters.get())
    Dossier.objects.update(created_by_id=officer.account_id, applicant=None, channel="counter")
    filed = submit.submit(key, declared=True, by=officer, at=at)
    assert filed.agency == own


def test_the_page_asks_before_anything_is_filed_and_proposes_the_place_one_lives_in(cast: Cast, at: datetime) -> None:
    key = ended(cast, at)
    heir(cast, 1)
    near = heir(cast, 2, unit="21553")
    cast.lan_account.address = {"unit": "21553", "street": "Thôn 3"}
    cast.lan_account.save()
    client, address = Client(), reverse("portal:review", args=[key])
    client.force_login(cast.lan_account)
    with clock.frozen(at):
        page = client.get(address).content.decode()
        assert "không còn nhận thủ tục này" in page and "Cơ quan nào sẽ giải quyết hồ sơ?" in page
        assert f'value="{near.pk}" checked' in page
        forgotten = client.post(address, {"declared": "1"})
        assert forgotten.status_code == 422
        assert "Chọn cơ quan sẽ giải quyết hồ sơ." in forgotten.content.decode()
        assert Dossier.objects.get().state == State.DRAFT
        assert client.post(address, {"declared": "1", "heir": near.pk}).status_code == 302
    assert Dossier.objects.get().agency == near
