"""Filing through the API: whole or not at all, everything wrong at once, once for each key."""

import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from motcua.api.models import IdempotencyKey
from motcua.dossiers.models import Dossier
from motcua.rules.acts import State
from tests.faces.api_calls import Machine, filing, pdf

PAPER = "giay-chung-minh"


@pytest.fixture
def lan(cast, clock, at):
    cast.procedure()
    return Machine(cast.lan_account, at)


def test_a_dossier_is_filed_with_its_papers_in_one_request(lan, cast, at):
    answer = lan.file(filing(), {PAPER: pdf()})
    assert answer.status_code == 201, answer.content.decode()
    filed = Dossier.objects.get(code=answer.json()["code"])
    assert filed.state == State.SUBMITTED
    assert filed.applicant == cast.lan_account
    assert filed.answers["ho_ten"] == "Nguyễn Thị Lan"  # known of the account, filled in as on the page
    assert filed.enclosures.get().file.name == "giay-chung-minh.pdf"
    assert len(answer.json()["lookup_secret"]) == 8
    assert answer.json()["acceptance_due_at"].endswith("+07:00")


def test_the_same_key_and_body_give_the_first_answer(lan):
    first = lan.file(filing(), {PAPER: pdf("a")})
    again = lan.file(filing(), {PAPER: pdf("a")})
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "mark"), [(filing(return_channel="online"), "a"), (filing(), "b")], ids=["other data", "other file"]
)
def test_the_same_key_with_another_body_is_refused(lan, data, mark):
    lan.file(filing(), {PAPER: pdf("a")})
    answer = lan.file(data, {PAPER: pdf(mark)})
    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json()["field_errors"]
    assert Dossier.objects.count() == 1


def test_another_account_may_use_the_same_key(lan, cast, at):
    lan.file(filing(), {PAPER: pdf("a")})
    dung = Machine(cast.dung_account, at)
    answers = {"ho_ten": "Trần Văn Dũng", "so_dinh_danh": "052090000124", "so_ban": 1, "uy_quyen": "khong"}
    assert dung.file(filing(answers=answers), {PAPER: pdf("a")}).status_code == 201


def test_a_refused_filing_leaves_nothing_and_its_key_can_be_used_again(lan):
    assert lan.file(filing()).status_code == 422
    assert not Dossier.objects.exists() and not IdempotencyKey.objects.exists()
    assert lan.file(filing(), {PAPER: pdf()}).status_code == 201


def test_everything_wrong_is_told_at_once_by_path(lan):
    wrong = filing(
        answers={"so_ban": 50, "uy_quyen": "co", "ngay_sinh": "hôm qua", "la": 1}, return_channel="bay", declared=False
    )
    files = {PAPER: SimpleUploadedFile("a.pdf", b"MZ not a pdf"), "khong-co": pdf("x")}
    answer = lan.file(wrong, files)
    assert answer.status_code == 422
    assert answer.json()["field_errors"].keys() == {
        "answers.so_ban",
        "answers.ngay_sinh",
        "answers.la",
        f"files.{PAPER}",
        "files.khong-co",
        "files.van-ban-uy-quyen",
        "return_channel",
        "declared",
    }
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"procedure": "9.999999"}, "procedure"),
        ({"procedure": "\x00"}, "procedure"),
        ({"agency": "H08.41.99"}, "agency"),
        ({"case": "\x00"}, "case"),
        ({"answers": []}, "answers"),
        ({"declared": "yes"}, "declared"),
        ({"declared": None}, "declared"),
        ({"more": 1}, "more"),
        ({"return_address": "a" * 401}, "return_address"),
    ],
)
def test_a_wrong_item_is_named(lan, change, path):
    answer = lan.file(filing(**change), {PAPER: pdf()})
    assert answer.status_code == 422
    assert path in answer.json()["field_errors"]


@pytest.mark.parametrize(
    "answers",
    [
        {"so_ban": "\x00", "uy_quyen": "\u202e"},
        {"so_ban": {"a": 1}, "uy_quyen": ["khong"]},
        {"so_ban": 10**400, "uy_quyen": 1e308},
        {"ho_ten": "=cmd|'/c calc'!A1\x00<script>", "so_ban": None, "uy_quyen": True},
    ],
)
def test_hostile_answers_are_refused_in_words(lan, answers):
    answer = lan.file(filing(answers=answers), {PAPER: pdf()})
    assert answer.status_code == 422
    assert answer.json()["field_errors"]


@pytest.mark.parametrize("key", ["", "short", "a" * 201, "với dấu cách đây"])
def test_a_filing_needs_a_key_fit_to_be_one(lan, key):
    answer = lan.file(filing(), {PAPER: pdf()}, key=key)
    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json()["field_errors"]


def test_a_filing_without_the_header_is_refused(lan):
    answer = lan.send("/dossiers", filing(), {PAPER: pdf()})
    assert answer.status_code == 422
    assert answer.json()["field_errors"].keys() == {"Idempotency-Key"}


def test_a_procedure_not_offered_online_is_refused(lan, cast):
    cast.procedure("1.000001", name="Chỉ nhận tại quầy", service_level=2)
    answer = lan.file(filing(procedure="1.000001"), {PAPER: pdf()})
    assert answer.status_code == 409


@pytest.mark.parametrize("body", [b"", b"--x--", b"\x00\xff"])
def test_a_broken_multipart_body_is_4xx(lan, body):
    answer = lan.client.post(
        "/api/v1/dossiers",
        body,
        content_type="multipart/form-data; boundary=x",
        headers={**lan.headers, "Idempotency-Key": "k" * 8},
    )
    assert 400 <= answer.status_code < 500
    assert answer.json()["messages"]


def test_without_a_token_nothing_is_filed(cast, clock, at):
    cast.procedure()
    for machine in (Machine(None, at),):
        answer = machine.file(filing(), {PAPER: pdf()})
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert answer.json()["messages"]


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_make_one_dossier(cast, clock, at, monkeypatch):
    """Through two connections: the second is told that the first is still at work, then gets its answer."""
    cast.procedure()
    machine = Machine(cast.lan_account, at)
    inside, go_on = threading.Event(), threading.Event()
    from motcua.dossiers.actions import submit as submitting

    real = submitting.submit

    def slow(*args, **kwargs):
        inside.set()
        go_on.wait(20)
        return real(*args, **kwargs)

    monkeypatch.setattr("motcua.api.filing.submit.submit", slow)
    answers = {}

    def first():
        answers["first"] = machine.file(filing(), {PAPER: pdf("a")})
        connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    assert inside.wait(20)
    meanwhile = machine.file(filing(), {PAPER: pdf("a")})
    go_on.set()
    thread.join(20)
    assert meanwhile.status_code == 409
    assert "Retry-After" in meanwhile
    assert answers["first"].status_code == 201
    assert machine.file(filing(), {PAPER: pdf("a")}).json() == answers["first"].json()
    assert Dossier.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_with_one_key_make_one_dossier(cast, clock, at):
    cast.procedure()
    machine = Machine(cast.lan_account, at)
    start = threading.Barrier(8)
    found = []

    def send():
        start.wait(20)
        found.append(machine.file(filing(), {PAPER: pdf("a")}))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    statuses = sorted(answer.status_code for answer in found)
    assert statuses.count(201) == 1 and set(statuses) <= {200, 201, 409}
    assert Dossier.objects.count() == 1
