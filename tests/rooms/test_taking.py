"""Who takes a dossier in, asked when it is begun and when it is filed: not what a ministry runs, not what ended."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from motcua.agencies.models import OneStopCounter
from motcua.base.errors import Refusal
from motcua.dossiers.actions import draft, submit
from motcua.dossiers.actions.applicant import WalkIn
from motcua.dossiers.models import Dossier
from motcua.procedures.models import MinistryService, MinistrySystem, Offering
from motcua.procedures.queries import catalogue
from motcua.rules.acts import Channel, State
from tests.acceptance.proof import accepts
from tests.cast import Cast
from tests.faces.api_calls import Machine, filing, pdf

CODE = "2.000635"


def ministry_takes(cast: Cast, *, since: date) -> None:
    system = MinistrySystem.objects.create(
        key="bo-cong-an", name="Cổng Bộ Công an", ministry="Bộ Công an", base_url="https://bo.example"
    )
    MinistryService.objects.create(system=system, procedure=cast.revision.procedure, level=4, code="HC-01", since=since)


def begun(cast: Cast, at: datetime, channel: Channel = Channel.ONLINE) -> Dossier:
    walk_in = WalkIn(name="Trần Văn Tám", identity="052190000124") if channel is Channel.COUNTER else None
    by, applicant = (cast.minh, None) if walk_in else (cast.lan, cast.lan_account)
    return draft.start(
        cast.revision, cast.offering, applicant=applicant, channel=channel, walk_in=walk_in, by=by, at=at
    )


def refused_filing(cast: Cast, at: datetime, key: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        submit.submit(key, declared=True, by=cast.lan, at=at)
    assert Dossier.objects.get(public_id=key).state == State.DRAFT
    return caught.value


@accepts("BD-12", "CB-20")
def test_what_a_ministrys_system_takes_is_not_begun_here_on_the_network(cast: Cast, at: datetime) -> None:
    ministry_takes(cast, since=at.date())
    with pytest.raises(Refusal, match="nộp trên hệ thống của Bộ Công an") as caught:
        begun(cast, at)
    assert caught.value.status == 409
    assert begun(cast, at, Channel.COUNTER).pk, "nobody is forced onto the network"


@accepts("BD-12", "CB-20")
def test_a_draft_begun_before_the_ministry_took_over_is_not_filed_here(cast: Cast, at: datetime) -> None:
    ministry_takes(cast, since=at.date() + timedelta(days=1))
    key = str(cast.draft().public_id)
    refusal = refused_filing(cast, at + timedelta(days=1), key)
    assert refusal.status == 409 and "Bộ Công an" in str(refusal)
    assert submit.submit(key, declared=True, by=cast.lan, at=at).state == State.SUBMITTED


@accepts("CB-20")
def test_what_is_only_linked_to_is_not_begun_here(cast: Cast, at: datetime) -> None:
    cast.revision = cast.procedure(external_url="https://bo.example/dich-vu")
    assert not cast.revision.accepts_online
    with pytest.raises(Refusal, match="cổng của bộ, ngành"):
        begun(cast, at)


@accepts("BD-12", "CB-20")
def test_the_api_files_nothing_that_a_ministry_takes_and_says_so_beforehand(
    cast: Cast, at: datetime, clock: object
) -> None:
    ministry_takes(cast, since=at.date())
    answer = Machine(cast.lan_account, at).file(filing(), {"giay-chung-minh": pdf()})
    assert answer.status_code == 409 and "Bộ Công an" in answer.json()["messages"][0]
    assert not Dossier.objects.exists()
    public = Machine(None, at)
    told = public.get(f"/procedures/{CODE}").json()
    assert (told["accepts_online"], told["ministry"]) == (False, "Bộ Công an")
    (row,) = public.get("/procedures", q="trích lục").json()["elsewhere"]
    assert (row["accepts_online"], row["ministry"]) == (False, "Bộ Công an")
    assert not catalogue(at).by_code[CODE].accepts_online


def test_a_draft_is_not_filed_where_the_agency_stopped_or_left_the_network(cast: Cast, at: datetime) -> None:
    key = str(cast.draft().public_id)
    Offering.objects.update(channels=["counter"], service_level=2)
    assert "Hãy nộp tại Bộ phận một cửa xã An Lành" in str(refused_filing(cast, at, key))
    Offering.objects.update(until=at.date())
    assert "không còn nhận thủ tục này" in str(refused_filing(cast, at, key))


def test_a_draft_goes_to_the_counter_that_takes_the_procedure_in_on_the_day_it_is_filed(
    cast: Cast, at: datetime
) -> None:
    key = str(cast.draft().public_id)
    other = OneStopCounter.objects.create(host=cast.commune, name="Quầy mới")
    other.serves.add(cast.commune)
    Offering.objects.update(until=at.date())
    Offering.objects.create(
        procedure=cast.revision.procedure, agency=cast.commune, counter=other, since=at.date(), service_level=3
    )
    assert submit.submit(key, declared=True, by=cast.lan, at=at).counter == other
