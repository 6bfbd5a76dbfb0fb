"""Dossiers through the API: the same sight, the same acts and the same refusals as on the pages."""

from datetime import timedelta

import pytest

from motcua.accounts.actions import revoke_tokens, set_locked
from motcua.audit.queries.history import history
from motcua.dossiers.facts import enclosed_keys, judged_items
from motcua.dossiers.models import Dossier
from motcua.rules.acts import State
from tests.faces.api_calls import Machine, pdf


class People:
    """A machine for each of the cast."""

    def __init__(self, cast, at):
        self._cast, self._at, self._known = cast, at, {}

    def __getattr__(self, name):
        if name not in self._known:
            _ = getattr(self._cast, name)  # gives the post
            self._known[name] = Machine(getattr(self._cast, f"{name}_account"), self._at)
        return self._known[name]


@pytest.fixture
def people(cast, clock, at):
    return People(cast, at)


def verdicts(dossier, at, **wrong):
    dossier = Dossier.objects.get(pk=dossier.pk)
    items = judged_items(dossier, enclosed_keys(dossier), today=at.date())
    told = {item.key: {"verdict": "ok"} for item in items}
    return told | {key: {"verdict": "wrong", "note": note} for key, note in wrong.items()}


# --- reading


def test_the_owner_reads_everything_of_her_own(people, cast):
    dossier = cast.submitted()
    answer = people.lan.get(f"/dossiers/{dossier.code}").json()
    assert answer["state"] == "submitted"
    assert answer["applicant"]["identity"] == "052190000123"
    assert answer["answers"]["so_ban"] == 2
    assert [line["act"] for line in answer["timeline"]] == ["submit"]
    assert answer["deadlines"][0]["what"] == "acceptance" and answer["deadlines"][0]["spans"]
    assert answer["files"][0]["sha256"] == dossier.enclosures.get().file.sha256
    assert [paper["kind"] for paper in answer["papers"]] == ["submission_receipt"]
    assert answer["fees"][0]["amount"] == 16000
    assert {act["act"]: act["granted"] for act in answer["acts"]} == {"withdraw": True, "supplement": False}
    assert answer["submitted_at"] == "2026-11-18T09:00:00+07:00"


def test_an_officers_reading_is_recorded_and_the_owners_is_not(people, cast):
    dossier = cast.submitted()
    people.lan.get(f"/dossiers/{dossier.code}")
    before = len(history(dossier.subject))
    assert people.minh.get(f"/dossiers/{dossier.code}").status_code == 200
    list(people.minh.get(f"/dossiers/{dossier.code}/files/{dossier.enclosures.get().file_id}").streaming_content)
    entries = history(dossier.subject)[before:]
    assert [(entry.verb, entry.actor_name) for entry in entries] == [("read", "Lê Quang Minh")] * 2


@pytest.mark.parametrize("who", ["dung", "oanh", "ha"])
def test_for_those_it_is_none_of_their_business_the_dossier_does_not_exist(people, cast, who):
    dossier = cast.submitted()
    enclosure = dossier.enclosures.get()
    paper = people.lan.get(f"/dossiers/{dossier.code}").json()["papers"][0]["id"]
    machine = getattr(people, who)
    paths = ["", f"/files/{enclosure.file_id}", f"/papers/{paper}"]
    assert [machine.get(f"/dossiers/{dossier.code}{path}").status_code for path in paths] == [404] * 3
    assert machine.act(dossier.code, "accept").status_code == 404
    assert machine.act(dossier.code, "withdraw").status_code == 404
    assert machine.get("/dossiers").json()["items"] == []
    missing = machine.get("/dossiers/H08.41.01-261118-9999").json()
    assert machine.get(f"/dossiers/{dossier.code}").json() == missing


@pytest.mark.parametrize("code", ["x", "%00", "H08.41.01-261118-0001'--", "a" * 400])
def test_a_code_that_is_none_is_404(people, code):
    assert people.lan.get(f"/dossiers/{code}").status_code == 404
    assert people.lan.act(code, "withdraw").status_code == 404


def test_a_token_that_does_not_open_is_401(cast, clock, at):
    for machine in (Machine(None, at), Machine(cast.lan_account, at), Machine(cast.dung_account, at)):
        if machine.headers:
            revoke_tokens(cast.lan_account, at=at)
            set_locked(cast.dung_account, locked=True, by=cast.minh, at=at)
        answer = machine.get("/dossiers")
        assert answer.status_code == 401
        assert "Bearer" in answer["WWW-Authenticate"] and answer.json()["messages"]


def test_a_browsers_session_opens_nothing(client, cast, clock, at):
    client.force_login(cast.lan_account)
    assert client.get("/api/v1/dossiers").status_code == 401


def test_what_a_token_opened_is_not_kept_on_the_way(people, cast):
    dossier = cast.submitted()
    assert people.lan.get(f"/dossiers/{dossier.code}")["Cache-Control"] == "no-store"
    assert people.lan.get("/dossiers")["Cache-Control"] == "no-store"


def test_files_and_papers_are_downloaded(people, cast):
    dossier = cast.submitted()
    told = people.lan.get(f"/dossiers/{dossier.code}").json()
    file = people.lan.get(f"/dossiers/{dossier.code}/files/{told['files'][0]['id']}")
    assert b"".join(file.streaming_content).startswith(b"%PDF-1.4")
    assert file["Content-Disposition"].startswith("attachment")
    paper = people.lan.get(f"/dossiers/{dossier.code}/papers/{told['papers'][0]['id']}")
    assert paper.content.startswith(b"%PDF") and "no-store" in paper["Cache-Control"]
    other = people.lan.get(f"/dossiers/{dossier.code}/papers/{told['papers'][0]['id'] + 99}")
    assert other.status_code == 404


def test_the_list_goes_page_by_page_and_narrows(people, cast, at, clock):
    codes = []
    for minutes in range(5):
        from motcua.dossiers.actions import submit

        draft = cast.draft()
        codes.append(
            submit.submit(str(draft.public_id), declared=True, by=cast.lan, at=at + timedelta(minutes=minutes)).code
        )
    clock.set(at + timedelta(hours=1))
    for machine in (people.lan, people.minh, people.quang):
        seen, cursor = [], ""
        while cursor is not None:
            page = machine.get("/dossiers", limit=2, cursor=cursor).json()
            seen += [item["code"] for item in page["items"]]
            cursor = page["next"]
        assert seen == codes[::-1]
    late = people.minh.get("/dossiers", since=(at + timedelta(minutes=3)).isoformat()).json()["items"]
    assert [item["code"] for item in late] == codes[:2:-1]
    people.lan.act(codes[0], "withdraw")
    assert [i["code"] for i in people.minh.get("/dossiers", state="withdrawn").json()["items"]] == [codes[0]]
    assert people.thu.get("/dossiers").json()["items"] == []


@pytest.mark.parametrize(
    "query",
    [
        {"state": "x"},
        {"since": "hôm qua"},
        {"since": "2026-01-01"},
        {"limit": 0},
        {"cursor": "x"},
        {"cursor": "MjAyNg=="},
    ],
)
def test_a_list_asked_wrongly_says_what_is_wrong(people, query):
    answer = people.lan.get("/dossiers", **query)
    assert answer.status_code == 422
    assert list(answer.json()["field_errors"]) == list(query)


def test_reading_costs_few_queries(people, cast, django_assert_max_num_queries):
    dossier = cast.submitted()
    for machine in (people.lan, people.minh):
        machine.get("/dossiers")
        with django_assert_max_num_queries(6):
            machine.get("/dossiers")
        with django_assert_max_num_queries(24):
            machine.get(f"/dossiers/{dossier.code}")


# --- acting


def test_a_dossier_goes_all_its_way_through_the_api(people, cast, at):
    dossier = cast.submitted()
    code = dossier.code
    assert people.minh.act(code, "judge", verdicts=verdicts(dossier, at)).status_code == 200
    assert people.minh.act(code, "accept").json()["state"] == "examining"
    assert people.ha.act(code, "assign").status_code == 200
    drafted = people.ha.act(code, "draft_result", outcome="granted", title="Trích lục", body="Cấp 2 bản")
    assert drafted.status_code == 200, drafted.json()
    assert people.ha.act(code, "propose", note="Đủ điều kiện").json()["state"] == "awaiting_approval"
    assert people.quang.act(code, "send_back", reason="Sửa tên").json()["state"] == "examining"
    assert people.ha.act(code, "propose").json()["state"] == "awaiting_approval"
    assert people.quang.act(code, "approve").json()["state"] == "awaiting_seal"
    assert people.thu.act(code, "seal").json()["state"] == "result_ready"
    unpaid = people.minh.act(code, "deliver", channel="counter", receiver_name="Nguyễn Thị Lan")
    assert unpaid.status_code == 422
    assert people.minh.act(code, "collect_fee", receipt_number="BL 01").status_code == 200
    handing = {"channel": "counter", "receiver_name": "Nguyễn Thị Lan", "originals_checked": True, "form_signed": True}
    assert people.minh.act(code, "deliver", **handing).json()["state"] == "delivered"
    told = people.lan.get(f"/dossiers/{code}").json()
    assert told["result"]["number"] and told["state_words"] == "Đã trả kết quả"
    assert [step["kind"] for step in told["steps"]] == [
        "receive",
        "examine",
        "approve",
        "examine",
        "approve",
        "seal",
        "return",
    ]
    assert not any(step["holder"] for step in told["steps"])  # officers' names are not told to the applicant
    assert {line["act"] for line in told["timeline"]} == {
        "submit",
        "accept",
        "forward",
        "seal",
        "collect_fee",
        "deliver",
    }


def test_a_supplement_is_asked_for_and_answered_with_a_new_paper(people, cast, at):
    dossier = cast.submitted()
    code = dossier.code
    wrong = {"field:so_ban": "Ghi rõ số bản", "paper:giay-chung-minh": "Ảnh mờ"}
    people.minh.act(code, "judge", verdicts=verdicts(dossier, at, **wrong))
    assert people.minh.act(code, "request_supplement", message="Xin bổ sung").json()["state"] == "awaiting_supplement"
    told = people.lan.get(f"/dossiers/{code}").json()
    assert {item["item"] for item in told["supplements"][0]["items"]} == set(wrong)
    early = people.lan.act(code, "supplement", answers={"so_ban": 99})
    assert early.status_code == 422 and "answers.so_ban" in early.json()["field_errors"]
    data = {"answers": {"so_ban": 3}, "remove": [told["files"][0]["enclosure"]]}
    done = people.lan.send(f"/dossiers/{code}/acts/supplement", data, {"giay-chung-minh": pdf("mới")})
    assert done.status_code == 200, done.json()
    assert done.json()["state"] == "submitted"
    assert Dossier.objects.get(code=code).answers["so_ban"] == 3


def test_a_supplement_with_one_mistake_changes_nothing(people, cast, at):
    dossier = cast.submitted()
    people.minh.act(dossier.code, "judge", verdicts=verdicts(dossier, at, **{"field:so_ban": "Ghi rõ"}))
    people.minh.act(dossier.code, "request_supplement")
    answer = people.lan.send(
        f"/dossiers/{dossier.code}/acts/supplement", {"answers": {"so_ban": 3}}, {"van-ban-uy-quyen": pdf("x")}
    )
    assert answer.status_code == 422
    assert list(answer.json()["field_errors"]) == ["files.van-ban-uy-quyen"]
    assert Dossier.objects.get(pk=dossier.pk).answers["so_ban"] == 2


def test_refusals_speak_as_the_pages_do(people, cast, at):
    dossier = cast.submitted()
    code = dossier.code
    assert people.minh.act(code, "decline", reasons=[" "]).json()["field_errors"].keys() == {"reasons"}
    assert people.quang.act(code, "accept").status_code == 403
    assert people.minh.act(code, "accept").status_code == 200
    again = people.minh.act(code, "accept")
    assert again.status_code == 409 and again.json()["messages"]
    assert people.lan.act(code, "accept").status_code == 403


def test_a_dossier_is_declined_with_reasons(people, cast):
    dossier = cast.submitted()
    assert people.minh.act(dossier.code, "decline", reasons=["Không thuộc thẩm quyền"]).json()["state"] == "declined"


def test_a_division_asks_for_a_supplement_and_hands_back(people, cast, at):
    dossier = cast.submitted()
    people.minh.act(dossier.code, "accept")
    told = verdicts(dossier, at, **{"field:so_ban": "Ghi rõ"})
    assert people.ha.act(dossier.code, "judge", verdicts=told).status_code == 200
    assert people.ha.act(dossier.code, "propose_supplement", note="Thiếu").status_code == 200
    assert people.minh.act(dossier.code, "request_supplement").json()["state"] == "awaiting_supplement"
    assert people.ha.act(dossier.code, "pass_on").status_code in (409, 422)


def test_payment_first_is_asked_for_and_collected(people, cast, at):
    fees = [{"code": "LP", "kind": "charge", "name": "Lệ phí", "per": "dossier", "amount": None, "due": "before"}]
    cast.__dict__["revision"] = cast.procedure("1.000005", fees=[{**fees[0], "amount": 50000}])
    dossier = cast.submitted()
    assert people.minh.act(dossier.code, "request_payment").json()["state"] == "awaiting_payment"
    assert people.minh.act(dossier.code, "collect_fee", receipt_number="").json()["field_errors"].keys() == {
        "receipt_number"
    }
    assert people.minh.act(dossier.code, "collect_fee", receipt_number="BL\x001").json()["state"] == "submitted"


def test_the_result_may_be_a_finished_document(people, cast, at):
    dossier = cast.submitted()
    people.minh.act(dossier.code, "accept")
    path = f"/dossiers/{dossier.code}/acts/draft_result"
    data = {"outcome": "granted", "title": "Trích lục"}
    assert people.ha.post(path, data).json()["field_errors"].keys() == {"body"}
    assert people.ha.send(path, data, {"other": pdf("x")}).json()["field_errors"].keys() == {"file"}
    assert people.ha.send(path, data, {"file": pdf("x")}).status_code == 200
    assert Dossier.objects.get(pk=dossier.pk).result.file.page_count == 1


@pytest.mark.parametrize(
    ("act", "details", "path"),
    [
        ("judge", {"verdicts": {}}, "verdicts"),
        ("judge", {"verdicts": {"field:so_ban": {"verdict": "maybe"}}}, "verdicts.field:so_ban.verdict"),
        ("judge", {"verdicts": {"field:la": {"verdict": "ok"}}}, "field:la"),
        ("deliver", {"channel": "bay", "receiver_name": "x"}, "channel"),
        ("deliver", {"channel": "counter"}, "receiver_name"),
        ("collect_fee", {"receipt_number": "1", "amounts": {"0": 10**30}}, "amounts.0"),
        ("assign", {"to": "\x00"}, "to"),
        ("withdraw", {"reason": "a" * 10_001}, "reason"),
        ("accept", {"by": "somebody else"}, "by"),
        ("draft_result", {"outcome": "granted"}, "title"),
    ],
)
def test_wrong_details_are_named(people, cast, act, details, path):
    dossier = cast.submitted()
    who = people.lan if act == "withdraw" else people.minh
    if act == "assign":
        people.minh.act(dossier.code, "accept")
        who = people.ha
    answer = who.act(dossier.code, act, **details)
    assert answer.status_code == 422
    assert path in answer.json()["field_errors"]


def test_an_unknown_act_is_404_and_files_where_none_are_taken_are_refused(people, cast):
    dossier = cast.submitted()
    assert people.minh.act(dossier.code, "burn").status_code == 404
    assert people.minh.act(dossier.code, "submit").status_code == 404
    sent = people.minh.send(f"/dossiers/{dossier.code}/acts/accept", {}, {"file": pdf("x")})
    assert sent.status_code == 422
    assert Dossier.objects.get(pk=dossier.pk).state == State.SUBMITTED
