"""How a result may come home and where a fee is paid: by level, by the province's clauses, never by code."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from motcua.base.errors import Refusal
from motcua.dossiers.actions import deliver, draft, fees
from motcua.dossiers.models import Dossier
from motcua.policy import queries
from motcua.policy.models import Clause
from motcua.rules.acts import Channel, State
from tests.acceptance.proof import accepts
from tests.cast import Cast
from tests.rooms.test_trip import to_ready

LATER = timedelta(hours=3)
ALL = list(Channel)


def clause(key: str, value: list[str]) -> None:
    Clause.objects.create(key=key, value=value, since=date(2018, 1, 1), basis="Quyết định thử")
    queries.forget()


def returned(cast: Cast, at: datetime, channel: Channel) -> bool:
    """Whether a paid, finished dossier is handed over by this channel."""
    code = to_ready(cast, at)
    fees.collect(code, receipt_number="0001", by=cast.minh, at=at + LATER)
    try:
        done = deliver.deliver(
            code,
            channel=channel,
            receiver_name="Nguyễn Thị Lan",
            parcel_number="EB1",
            originals_checked=True,
            form_signed=True,
            by=cast.minh,
            at=at + LATER,
        )
    except Refusal as refusal:
        assert "channel" in refusal.field_errors
        return False
    return bool(done.state == State.DELIVERED)


@accepts("BN-18", "BD-43", "HY-13")
@pytest.mark.parametrize("channel", ALL)
def test_a_level_three_result_comes_at_the_counter_or_by_post(cast: Cast, at: datetime, channel: Channel) -> None:
    assert returned(cast, at, channel) == (channel != Channel.ONLINE)


@accepts("KT-19")
@pytest.mark.parametrize("channel", ALL)
def test_where_the_province_says_so_a_level_three_result_comes_at_the_agency_only(
    cast: Cast, at: datetime, channel: Channel
) -> None:
    clause("return_channels_level_3", ["counter"])
    assert returned(cast, at, channel) == (channel == Channel.COUNTER)


@accepts("HY-15", "HY-35", "KT-20")
@pytest.mark.parametrize("channel", ALL)
def test_a_level_four_result_comes_online_by_post_or_directly(cast: Cast, at: datetime, channel: Channel) -> None:
    cast.revision, cast.signs = cast.procedure(service_level=4), True
    assert returned(cast, at, channel)


@accepts("BN-19")
@pytest.mark.parametrize("channel", ALL)
def test_where_the_province_says_so_a_level_four_result_comes_online_or_by_post_only(
    cast: Cast, at: datetime, channel: Channel
) -> None:
    clause("return_channels_level_4", ["online", "post"])
    cast.revision, cast.signs = cast.procedure(service_level=4), True
    cast.return_channel = Channel.POST
    assert returned(cast, at, channel) == (channel != Channel.COUNTER)


def test_the_applicant_is_offered_only_what_policy_allows(cast: Cast, at: datetime) -> None:
    key = str(cast.draft().public_id)
    with pytest.raises(Refusal) as caught:
        draft.choose_return(key, channel="online", by=cast.lan, at=at)
    assert "return_channel" in caught.value.field_errors
    with pytest.raises(Refusal) as caught:
        draft.choose_return(key, channel="post", address=" ", by=cast.lan, at=at)
    assert "return_address" in caught.value.field_errors
    chosen = draft.choose_return(key, channel="post", address="Thôn Đông, xã An Lành", by=cast.lan, at=at)
    assert chosen.return_address == "Thôn Đông, xã An Lành"


@accepts("KT-10", "HY-14")
def test_a_level_three_fee_is_paid_at_the_counter_against_a_receipt(cast: Cast, at: datetime) -> None:
    code = to_ready(cast, at)
    with pytest.raises(Refusal) as caught:
        fees.collect(code, receipt_number=" ", by=cast.minh, at=at + LATER)
    assert "receipt_number" in caught.value.field_errors
    fees.collect(code, receipt_number="0000123", by=cast.minh, at=at + LATER)
    paid = Dossier.objects.get(code=code).fees.get()
    assert (paid.amount, paid.receipt_number, paid.paid_to_name) == (16_000, "0000123", "Lê Quang Minh")
    with pytest.raises(Refusal, match="không còn khoản nào"):
        fees.collect(code, receipt_number="0000124", by=cast.minh, at=at + LATER)
