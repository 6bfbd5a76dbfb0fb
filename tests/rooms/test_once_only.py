"""What was given once is not asked for again: the vault, its consents, and who looked (BN-7, HY-6, HY-9, HY-12)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.accounts.models import Consent, KeptAnswer
from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.dossiers.actions import draft, intake, submit, vault
from motcua.dossiers.models import Dossier, Enclosure
from motcua.files.actions import sweep
from motcua.files.models import StoredFile, VaultPaper
from motcua.files.queries import open_file, readings_of, vault_of, vault_paper
from motcua.procedures.models import Requirement
from motcua.rules.acts import State, Verdict
from motcua.rules.consents import Purpose
from motcua.rules.vault import Origin, Wrong
from tests.acceptance.proof import accepts
from tests.cast import PDF, Cast
from tests.rooms.at_once import at_once
from tests.rooms.once_only import FIELDS, KIND, PAPER, accepted, again, consent, delivered, judged, of_a_kind, second


@pytest.fixture
def cast(cast: Cast) -> Cast:
    return of_a_kind(cast)


# --- filled by what was accepted


@accepts("BN-7", "HY-6")
def test_an_accepted_paper_comes_into_the_vault_with_where_it_is_from(cast: Cast, at: datetime) -> None:
    consent(cast, at)
    code = accepted(cast, at)
    (paper,) = vault_of(cast.lan)
    enclosed = Enclosure.objects.get(dossier__code=code)
    assert (paper.kind, paper.origin, paper.source_code, paper.source_item) == (KIND, Origin.ENCLOSED, code, PAPER)
    assert (paper.file_id, paper.sha256) == (enclosed.file_id, enclosed.file.sha256)
    assert paper.verified_by == "Lê Quang Minh, Ủy ban nhân dân xã An Lành"
    assert paper.valid_until == date(2027, 5, 18)  # six months by law from the day it was handed in


@accepts("HY-6")
def test_a_result_comes_into_the_vault_when_it_is_handed_over(cast: Cast, at: datetime) -> None:
    consent(cast, at)
    cast.procedure("1.000001", result_kind=KIND)
    type(cast.revision).objects.filter(pk=cast.revision.pk).update(result_kind="trich-luc-ho-tich")
    code = delivered(cast, at)
    result = next(paper for paper in vault_of(cast.lan) if paper.origin == Origin.RESULT)
    assert (result.kind, result.source_code, result.title) == ("trich-luc-ho-tich", code, "Trích lục")
    assert result.issuer == "Ủy ban nhân dân xã An Lành"
    with open_file(result.file) as stored:
        assert stored.read(5) == b"%PDF-"


@accepts("HY-12")
def test_without_consent_nothing_is_kept(cast: Cast, at: datetime) -> None:
    delivered(cast, at)
    assert vault_of(cast.lan) == []
    assert not KeptAnswer.objects.exists()
    assert not Consent.objects.exists()


# --- used again


@accepts("BN-7", "HY-6", "HY-9")
def test_a_paper_given_once_is_referred_to_and_its_hash_pinned(cast: Cast, at: datetime) -> None:
    consent(cast, at)
    first = accepted(cast, at)
    later = at + timedelta(days=40)
    code, paper = again(cast, later)
    row = Enclosure.objects.get(dossier__code=code)
    assert row.file_id == paper.file_id
    assert (row.reused["sha256"], row.reused["code"]) == (paper.sha256, first)
    assert row.reused["verified_by"].startswith("Lê Quang Minh")
    kept = Event.objects.get(verb="submit", body__code=code)
    assert kept.body["files"] == {str(paper.file_id): paper.sha256}


@accepts("BN-7", "HY-6")
def test_a_paper_that_no_longer_holds_is_not_used_again(cast: Cast, at: datetime) -> None:
    consent(cast, at)
    accepted(cast, at)
    (paper,) = vault_of(cast.lan)
    late = at + timedelta(days=182)
    with pytest.raises(Refusal, match="hết giá trị"):
        vault.reuse(second(cast, late), PAPER, str(paper.pk), by=cast.lan, at=late)
    key = second(cast, at)
    vault.reuse(key, PAPER, str(paper.pk), by=cast.lan, at=at)
    with pytest.raises(Refusal, match="đã hết giá trị"):  # it held when it was taken, not when it is filed
        submit.submit(key, declared=True, by=cast.lan, at=late)


def test_a_paper_of_another_kind_or_replaced_by_a_newer_one_is_refused(cast: Cast, at: datetime) -> None:
    consent(cast, at)
    accepted(cast, at)
    (old,) = vault_of(cast.lan)
    later = at + timedelta(days=3)
    accepted(cast, later)
    old.refresh_from_db()
    assert old.superseded_at is not None  # cast.at is the same day: handed in later or at once
    with pytest.raises(Refusal, match="giấy mới thay thế"):
        vault.reuse(second(cast, later), PAPER, str(old.pk), by=cast.lan, at=later)
    newer = next(paper for paper in vault_of(cast.lan) if paper.pk != old.pk)
    Requirement.objects.filter(revision=cast.revision, key=PAPER).update(kind="ho-chieu")
    with pytest.raises(Refusal, match="loại khác"):
        vault.reuse(second(cast, later), PAPER, str(newer.pk), by=cast.lan, at=later)


def test_a_reused_paper_taken_out_of_a_draft_can_be_taken_again_but_not_twice(cast: Cast, at: datetime) -> None:
    consent(cast, at)
    accepted(cast, at)
    (paper,) = vault_of(cast.lan)
    key = second(cast, at)
    (row,) = vault.reuse(key, PAPER, str(paper.pk), by=cast.lan, at=at)
    draft.detach(key, row.pk, by=cast.lan, at=at)
    vault.reuse(key, PAPER, str(paper.pk), by=cast.lan, at=at)
    with pytest.raises(Refusal, match="đã có trong hồ sơ"):
        vault.reuse(key, PAPER, str(paper.pk), by=cast.lan, at=at)
    draft.discard(key, by=cast.lan, at=at)
    sweep(at=at + timedelta(days=30))
    with open_file(VaultPaper.objects.get().file) as stored:
        assert stored.read(5) == b"%PDF-"


def test_a_paper_of_two_files_is_one_paper(cast: Cast, at: datetime) -> None:
    consent(cast, at)
    Requirement.objects.filter(revision=cast.revision, key=PAPER).update(kind="can-cuoc")
    found = cast.draft()
    draft.attach(str(found.public_id), PAPER, cast.paper(), by=cast.lan, at=at)
    code = str(submit.submit(str(found.public_id), declared=True, by=cast.lan, at=at).code)
    judged(cast, code, at)
    intake.accept(code, by=cast.minh, at=at)
    front, back = vault_of(cast.lan)
    assert not (front.superseded_at or back.superseded_at)  # one at a time, but its two sides are one
    assert len(vault.reuse(second(cast, at), PAPER, str(back.pk), by=cast.lan, at=at)) == 2


def test_nobody_uses_another_persons_vault(cast: Cast, at: datetime) -> None:
    consent(cast, at)
    accepted(cast, at)
    (paper,) = vault_of(cast.lan)
    theirs = draft.start(cast.revision, cast.offering, applicant=cast.dung_account, by=cast.dung, at=at)
    for actor in (cast.dung, cast.minh, cast.quang):
        assert vault_of(actor) == []
        with pytest.raises(Refusal) as caught:
            vault_paper(paper.pk, actor)
        assert caught.value.status == 404
    with pytest.raises(Refusal) as caught:
        vault.reuse(str(theirs.public_id), PAPER, str(paper.pk), by=cast.dung, at=at)
    assert caught.value.status == 404
    with pytest.raises(Refusal):
        vault.remove(str(paper.pk), by=cast.dung, at=at)


# --- never asked for again


@accepts("BN-7", "HY-6")
def test_an_officer_cannot_ask_again_for_what_still_holds_and_the_attempt_is_kept(cast: Cast, at: datetime) -> None:
    consent(cast, at)
    first = accepted(cast, at)
    code, _ = again(cast, at)
    with pytest.raises(Refusal) as caught:
        intake.judge(code, {f"paper:{PAPER}": (Verdict.WRONG, "Nộp lại bản khác.")}, by=cast.minh, at=at)
    said = caught.value.field_errors[f"paper:{PAPER}"][0]
    assert first in said
    assert "không được yêu cầu nộp lại" in said
    dossier = Dossier.objects.get(code=code)
    assert not dossier.findings.exists()
    kept = Event.objects.get(subject_id=str(dossier.public_id), verb="asked_again")
    assert (kept.actor_name, kept.body["items"], kept.body["why"]) == ("Lê Quang Minh", [PAPER], "once_only")
    dossier.findings.create(item=f"paper:{PAPER}", verdict="wrong", note="Nộp lại.", by_name="x", at=at)
    for key in FIELDS:
        dossier.findings.create(item=f"field:{key}", verdict="ok", by_name="x", at=at)
    with pytest.raises(Refusal, match="không được yêu cầu nộp lại"):
        intake.request_supplement(code, by=cast.minh, at=at)
    dossier.refresh_from_db()
    assert dossier.state == State.SUBMITTED
    assert Event.objects.filter(subject_id=str(dossier.public_id), verb="asked_again").count() == 2


@accepts("BN-7")
def test_a_paper_found_wrong_with_what_is_wrong_may_be_asked_for(cast: Cast, at: datetime) -> None:
    consent(cast, at)
    accepted(cast, at)
    code, paper = again(cast, at)
    ok = dict.fromkeys((f"field:{key}" for key in FIELDS), (Verdict.OK, ""))
    wrong = {f"paper:{PAPER}": (Verdict.WRONG, "Giấy của người khác.")}
    why = {f"paper:{PAPER}": Wrong.NOT_THIS_PERSON}
    intake.judge(code, {**ok, **wrong}, wrongs=why, by=cast.minh, at=at)
    assert intake.request_supplement(code, by=cast.minh, at=at).state == State.AWAITING_SUPPLEMENT
    paper.refresh_from_db()
    assert paper.wrong_reason.endswith("Giấy của người khác.")
    assert paper.wrong_by == "Lê Quang Minh"
    assert [row.what for row in readings_of(cast.lan)] == ["found_wrong", "reused"]
    with pytest.raises(Refusal, match="ghi giấy này là sai"):
        vault.reuse(second(cast, at), PAPER, str(paper.pk), by=cast.lan, at=at)


def test_what_its_owner_put_in_unchecked_may_be_asked_for_as_any_upload(cast: Cast, at: datetime) -> None:
    consent(cast, at)
    added(cast, at)
    code, _ = again(cast, at)
    intake.judge(code, {f"paper:{PAPER}": (Verdict.WRONG, "Mờ.")}, by=cast.minh, at=at)
    assert not Event.objects.filter(verb="asked_again").exists()


# --- a store of one's own


def added(cast: Cast, at: datetime, content: bytes = PDF + b"%% own", **said: Any) -> VaultPaper:
    upload = SimpleUploadedFile("xac-nhan.pdf", content, content_type="application/pdf")
    return vault.add(upload, vault.Described(kind=KIND, **said), by=cast.lan, at=at)


@accepts("HY-9")
def test_a_paper_is_put_into_the_vault_and_referred_to(cast: Cast, at: datetime) -> None:
    with pytest.raises(Refusal, match="đồng ý"):
        added(cast, at)
    consent(cast, at, Purpose.PAPERS)
    paper = added(cast, at, valid_until=date(2027, 1, 31), number="12/UBND-XNTTHN")
    assert paper.valid_until == date(2027, 1, 31)
    assert vault.state(
        str(paper.pk), vault.Described(kind=KIND, valid_until=date(2040, 1, 1)), by=cast.lan, at=at
    ).valid_until == date(2027, 5, 18)  # nobody lengthens what law says
    with pytest.raises(Refusal, match="đã có trong kho"):
        added(cast, at)
    code, _ = again(cast, at)
    assert Enclosure.objects.get(dossier__code=code).reused["origin"] == "uploaded"


def test_what_is_no_paper_does_not_come_into_the_vault(cast: Cast, at: datetime) -> None:
    consent(cast, at)
    for content in (b"<html><script>alert(1)</script>", b"", b"MZ\x90\x00program"):
        with pytest.raises(Refusal):
            added(cast, at, content=content)
    assert vault_of(cast.lan) == []


@accepts("HY-9")
def test_taking_a_paper_out_never_breaks_a_dossier(cast: Cast, at: datetime) -> None:
    consent(cast, at)
    alone = added(cast, at, content=PDF + b"%% alone")
    assert vault.remove(str(alone.pk), by=cast.lan, at=at)
    assert not StoredFile.objects.filter(pk=alone.file_id).exists()
    added(cast, at)
    code, paper = again(cast, at)
    assert not vault.remove(str(paper.pk), by=cast.lan, at=at)
    sweep(at=at + timedelta(days=30))
    row = Enclosure.objects.select_related("file").get(dossier__code=code)
    with open_file(row.file) as stored:
        assert stored.read() == PDF + b"%% own"
    assert row.reused["sha256"] == row.file.sha256


def test_the_owner_sees_who_opened_which_paper_for_which_dossier(cast: Cast, at: datetime) -> None:
    consent(cast, at)
    accepted(cast, at)
    code, paper = again(cast, at)
    dossier = Dossier.objects.get(code=code)
    vault.note_opened(dossier, paper.file, by=cast.lan, at=at)  # her own reading is no news
    vault.note_opened(dossier, paper.file, by=cast.minh, at=at)
    opened = readings_of(cast.lan)[0]
    assert (opened.what, opened.dossier_code, opened.at) == ("opened", code, at)
    assert opened.by_name == "Lê Quang Minh, Ủy ban nhân dân xã An Lành"
    assert readings_of(cast.dung) == []


# --- consent


@accepts("HY-12")
def test_consent_is_kept_with_its_wording_and_taken_back_deletes_at_once(cast: Cast, at: datetime) -> None:
    key = str(cast.draft().public_id)
    filed = submit.submit(key, declared=True, agrees=tuple(Purpose), by=cast.lan, at=at)
    kept = {row.purpose: row for row in Consent.objects.order_by("pk")}
    assert {row.wording for row in kept.values()} == {"2026-11"}
    assert kept["papers"].given_at == at
    assert kept["papers"].given_with == filed.code
    judged(cast, str(filed.code), at)
    intake.accept(str(filed.code), by=cast.minh, at=at)
    alone = added(cast, at)
    later = at + timedelta(days=1)
    assert vault.withdraw_consent(Purpose.PAPERS, by=cast.lan, at=later) == 2
    assert vault_of(cast.lan) == []
    assert not StoredFile.objects.filter(pk=alone.file_id).exists()
    assert Enclosure.objects.get(dossier=filed).file.is_readable  # the dossier's own stays
    assert KeptAnswer.objects.exists()  # one purpose, not the other
    vault.withdraw_consent(Purpose.ANSWERS, by=cast.lan, at=later)
    assert not KeptAnswer.objects.exists()
    assert {row.withdrawn_at for row in Consent.objects.order_by("pk")} == {later}
    events = Event.objects.filter(subject_kind="account", verb="withdraw_consent").order_by("seq")
    assert [event.body["purpose"] for event in events] == ["papers", "answers"]
    assert events[0].body["deleted"] == 1
    accepted(cast, later)
    assert vault_of(cast.lan) == []
    assert not KeptAnswer.objects.exists()


@accepts("HY-12")
def test_what_was_said_is_filled_in_next_time_marked_and_editable(cast: Cast, at: datetime) -> None:
    consent(cast, at, Purpose.ANSWERS)
    draft_key = str(cast.draft(ngay_sinh="1990-05-17").public_id)
    submit.submit(draft_key, declared=True, by=cast.lan, at=at)
    begun = draft.start(cast.revision, cast.offering, applicant=cast.lan_account, by=cast.lan, at=at)
    assert begun.answers["so_ban"] == 2
    assert (begun.provenance["so_ban"], begun.provenance["ho_ten"]) == ("kept", "account")
    draft.fill(str(begun.public_id), {"so_ban": "3"}, by=cast.lan, at=at)
    begun.refresh_from_db()
    assert begun.answers["so_ban"] == 3
    assert "so_ban" not in begun.provenance
    theirs = draft.start(cast.revision, cast.offering, applicant=cast.dung_account, by=cast.dung, at=at)
    assert "so_ban" not in theirs.answers


def test_only_the_applicant_consents(cast: Cast, at: datetime) -> None:
    found = cast.submitted()
    from motcua.dossiers.actions import once

    once.agree(found, tuple(Purpose), by=cast.minh, at=at)
    assert not Consent.objects.exists()


# --- at the same time


@pytest.mark.django_db(transaction=True)
@accepts("HY-9")
def test_a_paper_removed_and_referred_to_at_once_is_one_or_the_other(cast: Cast, at: datetime) -> None:
    consent(cast, at)
    for number in range(4):
        paper = added(cast, at, content=PDF + b"%% race " + str(number).encode())
        key = second(cast, at)
        told = at_once(
            lambda key=key, paper=paper: vault.reuse(key, PAPER, str(paper.pk), by=cast.lan, at=at),
            lambda paper=paper: vault.remove(str(paper.pk), by=cast.lan, at=at),
        )
        rows = list(Enclosure.objects.filter(dossier__public_id=key).select_related("file"))
        assert not VaultPaper.objects.filter(pk=paper.pk).exists()
        if rows:  # referred to first: the dossier keeps the bytes
            with open_file(rows[0].file) as stored:
                assert stored.read().endswith(str(number).encode())
            assert told == ["done", "done"]
        else:  # removed first: told that it is gone, and nothing is left behind
            assert told[1].startswith("Không tìm thấy giấy này")
            assert not StoredFile.objects.filter(pk=paper.file_id).exists()
