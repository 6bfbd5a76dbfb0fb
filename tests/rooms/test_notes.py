"""Internal notes: among officers, with mentions; the applicant never sees one."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.dossiers.actions import notes
from motcua.dossiers.models import InternalNote
from motcua.notifications.models import Message
from motcua.rules.people import Role
from tests.cast import Cast
from tests.rooms.coordination import Province, dossier

SECRET = "Người nộp đang có tranh chấp với hàng xóm."


@pytest.fixture
def province(cast: Cast, at: datetime) -> Province:
    _ = cast.quang, cast.binh, cast.oanh
    return Province(cast, at)


def test_a_note_is_kept_with_its_writer_and_in_the_audit(province: Province, at: datetime) -> None:
    code = province.at_division()
    note = notes.write(code, text=SECRET, by=province.cast.ha, at=at)
    assert (note.text, note.by_name) == (SECRET, "Phạm Thu Hà")
    event = Event.objects.get(verb="note")
    assert SECRET not in str(event.body)


def test_a_mention_reaches_the_colleague_once(province: Province, at: datetime) -> None:
    code, cast = province.at_division(), province.cast
    text = "@binh xem giúp, @Binh nhé. Thư về ai@example.vn thì không phải nhắc."
    note = notes.write(code, text=text, by=cast.ha, at=at)
    assert [account.login for account in note.mentions.all()] == ["binh"]
    letter = Message.objects.get(kind="mentioned")
    assert letter.recipient_account_id == cast.binh.account_id
    assert f"/mot-cua/ho-so/{code}/" in letter.body
    assert code in letter.subject
    assert "Hà" not in letter.subject


@pytest.mark.parametrize("login", ["khongco", "oanh", "lan@example.vn", "tam"])
def test_whoever_may_not_see_the_dossier_cannot_be_mentioned(province: Province, login: str, at: datetime) -> None:
    code = province.at_division()
    _ = province.tam  # of the same agency, but the dossier never came to his division
    with pytest.raises(Refusal) as no:
        notes.write(code, text=f"@{login} xem giúp.", by=province.cast.ha, at=at)
    assert f"@{login}" in no.value.field_errors["text"][0]
    assert not InternalNote.objects.exists()


@pytest.mark.parametrize("text", ["", " \n ", "x" * 4001])
def test_empty_and_endless_notes_are_refused(province: Province, text: str, at: datetime) -> None:
    code = province.at_division()
    with pytest.raises(Refusal) as no:
        notes.write(code, text=text, by=province.cast.ha, at=at)
    assert "text" in no.value.field_errors


def test_neither_strangers_nor_the_applicant_write_notes(province: Province, at: datetime) -> None:
    code, cast = province.at_division(), province.cast
    for actor in (cast.lan, cast.dung, cast.oanh):
        with pytest.raises(Refusal) as no:
            notes.write(code, text="?", by=actor, at=at)
        assert no.value.status == 404


def test_an_officer_who_is_the_applicant_reads_no_notes_on_himself(province: Province, at: datetime) -> None:
    code, cast = province.at_division(), province.cast
    self_serving = cast.post(cast.lan_account, Role.LEADER, cast.commune)
    with pytest.raises(Refusal):
        notes.write(code, text="?", by=self_serving, at=at)


def test_no_page_of_the_applicant_holds_a_note(province: Province, at: datetime, client: Client, clock: object) -> None:
    code, cast = province.at_division(), province.cast
    notes.write(code, text=SECRET, by=cast.ha, at=at)
    client.force_login(cast.lan_account)
    pages = [reverse("portal:dossier", args=[code]), reverse("portal:answers", args=[code]), reverse("portal:inbox")]
    pages += [reverse("portal:receipt", args=[code]), f"/api/v1/dossiers/{code}"]
    for page in pages:
        assert "tranh chấp" not in client.get(page).content.decode(), page
    assert not dossier(code).timeline.filter(note__contains="tranh chấp").exists()
    assert not Message.objects.filter(recipient_account_id=cast.lan.account_id, body__contains="tranh chấp").exists()
