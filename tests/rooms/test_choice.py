"""Nobody is forced onto paper and nobody online (BD-13): applicants choose, and who stands in the way is named."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.dossiers.actions import correct, draft, intake, submit
from motcua.dossiers.actions.correct import Correction
from motcua.dossiers.models import Dossier
from motcua.notifications.models import Message
from motcua.rules.acts import Channel
from tests.acceptance.proof import accepts
from tests.cast import Cast

HOUR = timedelta(hours=1)


def filed(cast: Cast, at: datetime, channel: Channel) -> Dossier:
    """The same request, by the applicant online or by the counter for him."""
    by = cast.lan if channel is Channel.ONLINE else cast.minh
    dossier = draft.start(cast.revision, cast.offering, applicant=cast.lan_account, channel=channel, by=by, at=at)
    key = str(dossier.public_id)
    draft.fill(key, {"so_ban": "2", "uy_quyen": "khong"}, by=by, at=at)
    draft.attach(key, "giay-chung-minh", cast.paper(by=by), by=by, at=at)
    draft.choose_return(key, channel="counter", by=by, at=at)
    return submit.submit(key, declared=True, by=by, at=at)


@accepts("BD-13")
def test_the_same_procedure_is_taken_in_either_way_on_the_same_terms(cast: Cast, at: datetime) -> None:
    online, paper = filed(cast, at, Channel.ONLINE), filed(cast, at, Channel.COUNTER)
    assert (online.channel, paper.channel) == ("online", "counter")
    assert online.acceptance_due_at == paper.acceptance_due_at
    for dossier in (online, paper):
        accepted = intake.accept(str(dossier.code), by=cast.minh, at=at + HOUR)
        assert accepted.promised_at is not None
    assert Dossier.objects.values_list("promised_at", flat=True).distinct().count() == 1


@accepts("BD-13")
def test_an_officer_who_turns_a_filing_away_gives_a_reason_under_his_name(cast: Cast, at: datetime) -> None:
    code = str(filed(cast, at, Channel.ONLINE).code)
    with pytest.raises(Refusal):
        intake.decline(code, reasons=[""], by=cast.minh, at=at)
    done = intake.decline(code, reasons=["Nộp bản giấy."], by=cast.minh, at=at)
    event = Event.objects.get(subject_id=str(done.public_id), verb="decline")
    assert event.actor_name == "Lê Quang Minh" and "Nộp bản giấy." in event.body["note"]
    assert Message.objects.filter(subject_ref=code, kind="declined").exists()


@accepts("BD-13")
def test_how_the_result_comes_is_the_applicants_choice_and_a_change_of_it_is_told_and_traced(
    cast: Cast, at: datetime
) -> None:
    dossier = filed(cast, at, Channel.ONLINE)
    code = str(dossier.code)
    assert {channel.value for channel in draft.return_channels(dossier, at)} >= {"counter", "post"}
    intake.accept(code, by=cast.minh, at=at)
    wanted = Correction(return_channel="post", return_address="Thôn Đông")
    with pytest.raises(Refusal):
        correct.correct(code, wanted, reason="", by=cast.minh, at=at)
    done = correct.correct(code, wanted, reason="Bà Lan gọi điện đề nghị.", by=cast.minh, at=at)
    event = Event.objects.get(subject_id=str(done.public_id), verb="correct")
    assert (event.body["before"]["return_channel"], event.body["after"]["return_channel"]) == ("counter", "post")
    assert "Hình thức nhận kết quả" in Message.objects.get(subject_ref=code, kind="corrected", channel="email").body
