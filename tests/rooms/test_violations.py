"""Reports of violations: cases with a limit, evidence, a log nobody changes, and eyes for those whose post it is."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from motcua.audit.queries.history import history
from motcua.base.errors import Refusal
from motcua.dossiers.actions import intake
from motcua.dossiers.models import Dossier
from motcua.feedback.actions import Report, accuse, close, give, note, report, take
from motcua.feedback.facts import is_kept, secret_of
from motcua.feedback.models import Case, CaseEntry, CaseReporter, Via
from motcua.feedback.queries import Narrowing, case_of, cases, counts, of_dossier, reporter_of, visible_to, with_secret
from motcua.notifications.models import Message
from motcua.papers.queries import of as papers_of
from motcua.policy.actions import add_clause
from motcua.rules.people import NOBODY, Actor, Role
from motcua.rules.violations import KIND_WORDS, CaseState, Kind, basis_of
from tests.acceptance.proof import accepts

pytestmark = pytest.mark.django_db

TOLD = "Có người đứng tên tôi nộp hồ sơ này và ký số thay tôi."


def told(**changes) -> Report:
    return Report(**{"kind": "impersonation", "account": TOLD, "accused_is": "other", **changes})


@pytest.fixture
def inspector(cast) -> Actor:
    return cast.post(cast.officer("thanh", "Nguyễn Văn Thanh"), Role.INSPECTOR, cast.commune)


@pytest.fixture
def operator(cast) -> Actor:
    return cast.post(cast.officer("van-hanh", "Ngô Vận Hành"), Role.OPERATOR, cast.other_commune)


@pytest.fixture
def filed(cast) -> Dossier:
    return cast.submitted()


# --- reporting


@accepts("BD-17")
def test_whoever_gets_a_message_for_illegal_ends_reports_it_and_it_is_kept_as_it_was(cast, filed, inspector, at):
    letter = Message.objects.filter(recipient_account=cast.lan_account).first()
    asked = told(kind="unlawful_use", account="Tin nhắn này đòi chuyển tiền vào tài khoản lạ.", thing="message")
    case = report(Report(**{**_fields(asked), "ref": str(letter.pk)}), via=Via.PORTAL, by=cast.lan, at=at)
    body = letter.body
    Message.objects.filter(pk=letter.pk).update(body="đã sửa")
    case.refresh_from_db()
    assert case.kind == Kind.UNLAWFUL_USE and case.evidence["body"] == body and is_kept(case)
    assert case.agency_id == filed.agency_id and case_of(case.number, inspector) == case
    stolen = report(Report(**{**_fields(asked), "ref": str(letter.pk)}), via=Via.PORTAL, by=cast.dung, at=at)
    assert stolen.evidence["found"] is False  # another's inbox is nobody's to quote


@accepts("BD-18")
def test_impersonation_and_misuse_of_a_signature_is_reported_without_an_account_with_evidence(cast, filed, at):
    case = report(told(thing="dossier", ref=filed.code.lower()), via=Via.PORTAL, by=NOBODY, at=at)
    evidence = case.evidence
    assert (case.dossier_code, case.agency_id) == (filed.code, filed.agency_id)
    assert evidence["answers"] == filed.answers and evidence["applicant"] == "Nguyễn Thị Lan"
    kept = filed.enclosures.get().file
    assert kept.sha256 in {file["sha256"] for file in evidence["files"]}
    assert {paper["kind"] for paper in evidence["papers"]} == {row.kind for row in papers_of(filed.code)}
    Dossier.objects.filter(pk=filed.pk).update(answers={"ho_ten": "Người khác"})
    case.refresh_from_db()
    assert case.evidence["answers"]["so_ban"] == 2 and is_kept(case)
    assert not CaseReporter.objects.exists()
    assert [entry.by_name for entry in case.entries.all()] == ["Người báo"]
    assert not {cast.lan.account_id} & {entry.actor_account_id for entry in history(case.subject)}


def test_a_forged_paper_is_reported_by_the_code_under_its_qr(cast, filed, at):
    paper = papers_of(filed.code)[0]
    case = report(told(kind="data", thing="paper", ref=paper.token), via=Via.PORTAL, by=NOBODY, at=at)
    assert case.evidence["token"] == paper.token and case.dossier_code == filed.code


def test_what_is_not_found_is_said_to_nobody_who_reports(cast, operator, at):
    for thing, ref in (("dossier", "H99.99-1"), ("paper", "x"), ("message", "khong-phai"), ("page", "/"), ("none", "")):
        case = report(told(thing=thing, ref=ref), via=Via.PORTAL, by=NOBODY, at=at)
        assert case.evidence["found"] is False and case.agency_id is None
        assert case_of(case.number, operator) == case


@accepts("BD-19")
def test_every_kind_of_violation_can_be_reported_with_the_article_of_its_day(at):
    assert [kind.value for kind in Kind][-1] == "other" and set(KIND_WORDS) == set(Kind)
    for kind in Kind:
        assert report(told(kind=kind.value), via=Via.PORTAL, by=NOBODY, at=at).kind_words == KIND_WORDS[kind].title
    assert basis_of(Kind.IMPERSONATION, on=at.date().replace(year=2019)).endswith("điều 9 khoản 6")
    assert basis_of(Kind.IMPERSONATION, on=at.date()).endswith("20/2023/QH15, điều 6")


def test_a_case_has_the_limit_of_the_policy_of_its_moment(cast, operator, at):
    slow = report(told(), via=Via.PORTAL, by=NOBODY, at=at)
    add_clause("feedback_within_days", 3, since=at.date(), basis="QĐ 44/2019", by=Actor.system("test"), at=at)
    quick = report(told(), via=Via.PORTAL, by=NOBODY, at=at)
    assert (slow.within_days, quick.within_days) == (15, 3)
    assert quick.due_at.isoformat() == "2026-11-23T17:30:00+07:00"  # from a Wednesday: Thursday, Friday, Monday
    assert [
        case.number for case in cases(operator, Narrowing(is_late=True), at=quick.due_at + timedelta(minutes=1))
    ] == [quick.number]
    assert counts(operator, at=quick.due_at + timedelta(minutes=1)) == {"open": 2, "late": 1}


def test_the_same_form_sent_twice_is_one_case(at):
    once = uuid.uuid4()
    first = report(told(once=once), via=Via.PORTAL, by=NOBODY, at=at)
    assert report(told(once=once), via=Via.PORTAL, by=NOBODY, at=at).pk == first.pk
    assert (first.number, Case.objects.count()) == ("VP-2026-00001", 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "x"}, "kind"),
        ({"account": "ngắn"}, "account"),
        ({"account": "dài " * 2000}, "account"),
        ({"accused_is": ""}, "accused_is"),
        ({"thing": "y"}, "thing"),
        ({"contact": "không phải"}, "contact"),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_leaves_nothing(changes, field, at):
    with pytest.raises(Refusal) as no:
        report(told(**changes), via=Via.PORTAL, by=NOBODY, at=at)
    assert list(no.value.field_errors) == [field] and not Case.objects.exists()


# --- who sees it


@accepts("BD-19")
def test_only_the_operator_and_the_agencys_inspector_see_a_case(cast, filed, inspector, operator, at):
    case = report(told(thing="dossier", ref=filed.code, contact="lan@example.vn"), via=Via.PORTAL, by=cast.lan, at=at)
    elsewhere = cast.post(cast.officer("kiem", "Lê Kiểm"), Role.INSPECTOR, cast.other_commune)
    for actor in (inspector, operator):
        assert [row.pk for row in visible_to(actor)] == [case.pk]
        assert reporter_of(case, actor).contact == "lan@example.vn"
        assert of_dossier(filed.code, actor) == [case]
    for actor in (cast.minh, cast.ha, cast.quang, cast.thu, cast.tam, cast.lan, cast.dung, elsewhere, NOBODY):
        assert not visible_to(actor).exists() and not of_dossier(filed.code, actor)
        assert reporter_of(case, actor) is None
        with pytest.raises(Refusal) as no:
            case_of(case.number, actor)
        assert no.value.status == 404


@accepts("BD-18")
def test_the_officers_it_may_be_about_never_see_the_case_nor_who_reported(cast, filed, inspector, operator, at):
    watched = cast.post(cast.minh_account, Role.INSPECTOR, cast.commune)  # Minh inspects, too
    intake.decline(
        filed.code, reasons=["Không đủ."], by=cast.post(cast.minh_account, Role.COUNTER_OFFICER, cast.commune), at=at
    )
    about_him = report(told(accused_is="officer", thing="dossier", ref=filed.code), via=Via.PORTAL, by=cast.lan, at=at)
    unknown = report(told(accused_is="unknown", thing="dossier", ref=filed.code), via=Via.PORTAL, by=cast.lan, at=at)
    another = report(told(accused_is="other", thing="dossier", ref=filed.code), via=Via.PORTAL, by=cast.lan, at=at)
    assert [row.pk for row in visible_to(watched)] == [another.pk]
    assert reporter_of(about_him, watched) is None and reporter_of(unknown, watched) is None
    assert visible_to(inspector).count() == 3
    take(another.number, by=inspector, at=at)
    accuse(another.number, [cast.minh_account.pk], by=inspector, at=at)
    assert not visible_to(watched).exists()
    with pytest.raises(Refusal):
        take(another.number, by=watched, at=at)


def test_the_reporter_follows_with_number_and_secret_only(at):
    case = report(told(), via=Via.PORTAL, by=NOBODY, at=at)
    secret = secret_of(case)
    assert with_secret(case.number.lower(), f"{secret[:4].lower()} {secret[4:]}") == case
    assert with_secret(case.number, "AAAAAAAA") is None and with_secret("VP-2026-99999", secret) is None
    assert with_secret("\x00", secret) is None


# --- dealing with it


def test_a_case_goes_from_new_to_its_end_and_each_step_is_logged_and_audited(cast, filed, inspector, operator, at):
    case = report(told(thing="none"), via=Via.PORTAL, by=NOBODY, at=at)
    give(case.number, cast.commune.pk, by=operator, at=at)
    take(case.number, by=inspector, at=at)
    note(case.number, "Đã hỏi bộ phận một cửa.", files=[cast.paper(by=inspector)], by=inspector, at=at)
    done = close(
        case.number, "transferred", words="Có dấu hiệu tội phạm.", answer="Đã chuyển công an.",
        passed_to="Công an tỉnh", by=inspector, at=at,
    )  # fmt: skip
    assert (done.state, done.passed_to, done.handler_name) == (
        CaseState.TRANSFERRED,
        "Công an tỉnh",
        "Nguyễn Văn Thanh",
    )
    lines = [entry.kind for entry in done.entries.all()]
    assert lines == ["reported", "given", "taken", "noted", "closed"]
    assert [event.verb for event in history(case.subject)] == lines
    for again in (
        lambda: take(case.number, by=operator, at=at),
        lambda: note(case.number, "Thêm.", by=inspector, at=at),
        lambda: close(case.number, "handled", words="x", answer="y", by=inspector, at=at),
    ):
        with pytest.raises(Refusal) as no:
            again()
        assert no.value.status == 409


@pytest.mark.parametrize(
    ("contact", "channels"),
    [("", {"portal", "email"}), ("me@example.vn", {"portal", "email"}), ("0905123999", {"portal", "sms"})],
)
def test_who_reported_is_sent_the_answer_where_he_asked_to_be_reached(inspector, cast, filed, at, contact, channels):
    asked = told(thing="dossier", ref=filed.code, contact=contact)
    case = report(asked, via=Via.PORTAL, by=cast.lan, at=at)
    take(case.number, by=inspector, at=at)
    close(case.number, "handled", words="Nội bộ.", answer="Đã thu hồi chữ ký số.", by=inspector, at=at)
    sent = {row.channel: row for row in Message.objects.filter(kind="violation_ended")}
    assert set(sent) == channels and sent["portal"].recipient_account_id == cast.lan_account.pk
    assert "Đã thu hồi chữ ký số." in sent["portal"].body and case.number in sent["portal"].subject
    for row in sent.values():
        assert row.subject_ref == "" and secret_of(case) not in row.body and "Nội bộ" not in row.body
    assert {row.address for row in sent.values()} - {""} == {contact or cast.lan_account.email}


def test_who_left_nothing_of_himself_is_not_written_to(inspector, filed, at):
    case = report(told(thing="dossier", ref=filed.code), via=Via.PORTAL, by=NOBODY, at=at)
    take(case.number, by=inspector, at=at)
    close(case.number, "handled", words="x", answer="Đã xử lý.", by=inspector, at=at)
    assert not Message.objects.filter(kind="violation_ended").exists()


def test_nobody_ends_a_case_he_has_not_taken_up_nor_without_saying_what_was_found(inspector, operator, cast, filed, at):
    case = report(told(thing="dossier", ref=filed.code), via=Via.PORTAL, by=NOBODY, at=at)
    with pytest.raises(Refusal) as no:
        close(case.number, "unfounded", words="x", answer="y", by=inspector, at=at)
    assert no.value.status == 409
    take(case.number, by=inspector, at=at)
    with pytest.raises(Refusal):
        note(case.number, "Của người khác.", by=operator, at=at)
    with pytest.raises(Refusal) as no:
        close(case.number, "transferred", words="", answer="", by=inspector, at=at)
    assert set(no.value.field_errors) == {"words", "answer", "passed_to"}
    for wrong in ("new", "verifying", "?"):
        with pytest.raises(Refusal) as no:
            close(case.number, wrong, words="x", answer="y", by=inspector, at=at)
        assert "state" in no.value.field_errors
    with pytest.raises(Refusal):
        give(case.number, cast.other_commune.pk, by=inspector, at=at)
    with pytest.raises(Refusal):
        accuse(case.number, [cast.dung_account.pk], by=inspector, at=at)


@accepts("BD-19")
def test_the_database_itself_refuses_to_change_the_log_the_report_or_the_evidence(cast, inspector, filed, at):
    case = report(told(thing="dossier", ref=filed.code, name="Lan"), via=Via.PORTAL, by=NOBODY, at=at)
    take(case.number, by=inspector, at=at)
    close(case.number, "handled", words="Đã xử lý.", answer="Đã xử lý.", by=inspector, at=at)
    mine = Case.objects.filter(pk=case.pk)
    forbidden = [
        lambda: CaseEntry.objects.filter(case=case).update(words="khác"),
        lambda: CaseEntry.objects.filter(case=case).delete(),
        lambda: CaseReporter.objects.filter(case=case).update(name="khác"),
        lambda: mine.update(account="khác"),
        lambda: mine.update(evidence={}),
        lambda: mine.update(due_at=at + timedelta(days=90)),
        lambda: mine.update(state="verifying", closed_at=None),
        lambda: mine.update(answer="khác"),
        lambda: Case.objects.filter(pk=case.pk)._raw_delete("default"),
    ]
    for one in forbidden:
        with pytest.raises(DatabaseError, match=r"append-only|kept"), transaction.atomic():
            one()


def _fields(asked: Report) -> dict:
    return {name: getattr(asked, name) for name in asked.__dataclass_fields__}


def test_a_dossier_submitted_by_its_owner_is_nobodys_accusation(cast, filed, at):
    """Only officers are shut out: an applicant is no officer."""
    case = report(told(accused_is="unknown", thing="dossier", ref=filed.code), via=Via.PORTAL, by=NOBODY, at=at)
    assert case.accused == []
