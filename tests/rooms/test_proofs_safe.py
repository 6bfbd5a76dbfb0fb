"""What the regulation forbids done to papers and messages is prevented or comes to light (BD-10, BD-14, BD-16)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.dossiers.actions import intake, telling
from motcua.dossiers.models import Dossier, StepRun, TimelineEntry
from motcua.dossiers.queries.worklist import undelivered
from motcua.files import queries as files
from motcua.files.actions import scan_waiting
from motcua.files.models import ScanState, StoredFile
from motcua.files.ports import ScannerUnavailable
from motcua.notifications import actions as notifications
from motcua.notifications import queries as notified
from motcua.notifications.models import Message
from motcua.notifications.ports import Undelivered
from motcua.papers.models import IssuedPaper
from motcua.rules.acts import State
from tests.acceptance.proof import accepts
from tests.cast import PDF, Cast
from tests.rooms.file_samples import EICAR
from tests.rooms.test_files import Scanner
from tests.rooms.test_notifications import Provider


@accepts("BD-10")
def test_an_act_that_breaks_at_its_last_moment_leaves_nothing_half_done(
    cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = str(cast.submitted().code)
    _ = cast.minh

    def kept() -> tuple[Any, ...]:
        counts = (model.objects.count() for model in (TimelineEntry, Event, IssuedPaper, Message, StepRun))
        dossier = Dossier.objects.get(code=code)
        return (dossier.state, dossier.promised_at, dossier.step_index, *counts)

    before = kept()

    def breaks(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(telling, "tell_applicant", breaks)
    with pytest.raises(ZeroDivisionError):
        intake.accept(code, by=cast.minh, at=at)
    assert kept() == before
    monkeypatch.undo()
    intake.accept(code, by=cast.minh, at=at)
    assert Dossier.objects.get(code=code).state == State.EXAMINING


@accepts("BD-14")
def test_a_message_that_is_kept_from_its_reader_comes_to_light_and_is_read_on_the_portal(
    cast: Cast, at: datetime, settings: Any
) -> None:
    settings.MAIL_GATEWAY = settings.SMS_GATEWAY = "tests.rooms.test_notifications.Provider"
    Provider.taken, Provider.trouble, Provider.fates = [], Undelivered("bị chặn", is_final=True), {}
    code = str(cast.submitted().code)
    while notifications.deliver_due(at=at):
        pass
    assert Provider.taken == []
    lost = {(row.channel, row.subject_ref) for row in undelivered(cast.minh)}
    assert lost == {("email", code), ("sms", code)}
    assert undelivered(cast.oanh).count() == 0
    mine = notified.inbox(cast.lan_account.pk).filter(subject_ref=code)
    assert code in mine.get().body
    assert not notified.inbox(cast.dung_account.pk).exists()
    Provider.trouble = None
    notifications.send_again(undelivered(cast.minh)[0].pk, by=cast.minh, at=at)
    notifications.deliver_due(at=at)
    assert len(Provider.taken) == 1


@accepts("BD-16")
def test_what_carries_malware_is_never_passed_on_to_an_officer(cast: Cast, at: datetime, settings: Any) -> None:
    settings.SCANNER = "tests.rooms.test_files.Scanner"
    Scanner.answer = ""
    with pytest.raises(Refusal, match="mã độc"):
        cast.paper("giay.pdf", content=PDF + EICAR)
    assert not StoredFile.objects.exists()
    Scanner.answer = ScannerUnavailable()
    waiting = cast.paper("giay.pdf", content=PDF + EICAR)
    with pytest.raises(Refusal, match="đang chờ quét"):
        files.open_file(waiting)
    Scanner.answer = ""

    scan_waiting()
    waiting.refresh_from_db()
    assert waiting.state == ScanState.REFUSED
    with pytest.raises(Refusal, match="đã bị chặn"):
        files.open_file(waiting)
