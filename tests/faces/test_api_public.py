"""What the API answers to anybody: the catalogue, the calculator, the look-up, its own description."""

import json
import re

import pytest

from motcua.dossiers.facts.secrets import lookup_secret
from motcua.rules.eforms import json_schema
from motcua.rules.worktime import answer_line
from tests.faces.api_calls import Machine

QUESTION = {"start": "2026-02-13T16:30:00+07:00", "amount": 8, "unit": "working_hours"}


@pytest.fixture
def anybody(db, clock, at):
    return Machine(None, at)


def test_the_catalogue_is_listed_with_filters_pages_and_counts(anybody, cast):
    cast.procedure()
    cast.procedure("1.004873", name="Cấp giấy xác nhận tình trạng hôn nhân", short_name="", service_level=2)
    answer = anybody.get("/procedures", size=1).json()
    assert (answer["total"], answer["page"], len(answer["items"])) == (2, 1, 1)
    assert answer["counts"]["level"] == {"2": 1, "3": 1}
    assert answer["counts"]["agency"] == {"H08.41.01": 2}
    second = anybody.get("/procedures", size=1, page=2).json()
    assert second["items"] != answer["items"]
    assert anybody.get("/procedures", level=2).json()["items"][0]["code"] == "1.004873"
    assert anybody.get("/procedures", agency="H08.41.01").json()["total"] == 2
    assert anybody.get("/procedures", agency="H99").json()["total"] == 0
    assert anybody.get("/procedures", q="tinh trang hon nhan").json()["items"][0]["code"] == "1.004873"


def test_a_procedure_comes_with_all_its_parts(anybody, cast):
    cast.procedure()
    answer = anybody.get("/procedures/2.000635").json()
    assert answer["accepts_online"] is True
    assert [row["key"] for row in answer["requirements"]] == ["giay-chung-minh", "van-ban-uy-quyen"]
    assert answer["requirements"][1]["condition"] == {"field": "uy_quyen", "op": "eq", "value": "co"}
    assert answer["fees"]["rules"][0]["amount"] == 8000
    assert answer["time"]["words"] == "3 ngày làm việc"
    assert answer["offerings"][0]["agency"] == "H08.41.01"
    assert answer["legal_bases"] == [{"code": "60/2014/QH13", "name": "Luật Hộ tịch"}]
    schema = answer["eform"]["answers_schema"]
    assert schema["properties"]["so_ban"]["maximum"] == 20
    assert schema.keys() >= json_schema.__annotations__.keys() - {"definition", "return"}


@pytest.mark.parametrize("code", ["9.999999", "không-có", "%00", "a" * 300])
def test_an_unknown_procedure_is_404_in_words(anybody, code):
    answer = anybody.get(f"/procedures/{code}")
    assert answer.status_code == 404
    assert answer.json()["messages"]


@pytest.mark.parametrize("query", [{"page": 0}, {"size": 101}, {"level": "9"}, {"page": "x"}, {"q": "a" * 501}])
def test_a_query_that_makes_no_sense_is_told_by_its_name(anybody, query):
    answer = anybody.get("/procedures", **query)
    assert answer.status_code == 422
    assert list(answer.json()["field_errors"]) == list(query)


def test_public_pages_of_the_catalogue_cost_few_queries(anybody, cast, django_assert_max_num_queries):
    cast.procedure()
    anybody.get("/procedures")
    with django_assert_max_num_queries(2):
        anybody.get("/procedures", q="trích lục")
    with django_assert_max_num_queries(6):
        anybody.get("/procedures/2.000635")


def test_worktime_answers_what_the_command_answers(anybody):
    one = anybody.post("/worktime", QUESTION)
    assert one.json() == json.loads(answer_line(json.dumps(QUESTION)))
    many = anybody.post("/worktime", [QUESTION, {"start": "hôm qua"}, {**QUESTION, "amount": 4}]).json()
    assert many[0] == one.json()
    assert "error" in many[1]
    assert many[2]["due"] < many[0]["due"]


def test_a_bad_question_is_422_and_too_many_are_413(anybody):
    assert anybody.post("/worktime", {"start": "x"}).status_code == 422
    assert anybody.post("/worktime", [QUESTION] * 1001).status_code == 413


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000, b'{"start": NaN}', b'"\\ud800"', b"1" * 5000])
def test_a_body_that_is_no_json_is_400(anybody, body):
    answer = anybody.raw("/worktime", body)
    assert answer.status_code in (400, 422)
    assert answer.json()["messages"]


def test_a_code_alone_shows_a_masked_name_and_a_proof_shows_six_facts(anybody, cast):
    dossier = cast.submitted()
    glimpse = anybody.post("/lookup", {"ask": dossier.code}).json()
    assert glimpse["found"] == []
    assert glimpse["glimpse"]["masked_name"] == "N*** T** L"
    full = anybody.post("/lookup", {"ask": dossier.code, "secret": lookup_secret(dossier)}).json()
    assert full["glimpse"] is None
    assert full["found"][0]["name"] == "Nguyễn Thị Lan"
    assert full["found"][0].keys() >= {"code", "procedure", "name", "accepted_at", "promised_at", "state_words"}


def test_an_identity_number_without_a_proof_shows_nothing(anybody, cast):
    cast.submitted()
    known, unknown = (anybody.post("/lookup", {"ask": number}).json() for number in ("052190000123", "052190000999"))
    assert known == unknown == {"found": [], "glimpse": None}


def test_five_wrong_secrets_lock_the_right_one_too(anybody, cast):
    dossier = cast.submitted()
    for _ in range(5):
        assert anybody.post("/lookup", {"ask": dossier.code, "secret": "AAAAAAAA"}).status_code == 200
    answer = anybody.post("/lookup", {"ask": dossier.code, "secret": lookup_secret(dossier)})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_look_ups_of_one_network_are_counted_with_those_of_the_page(anybody, settings, cast):
    settings.LOOKUP_TRIES = 2
    dossier = cast.submitted()
    anybody.client.post("/tra-cuu/", {"ask": dossier.code})
    assert anybody.post("/lookup", {"ask": dossier.code}).status_code == 200
    assert anybody.post("/lookup", {"ask": dossier.code}).status_code == 429


def test_a_one_time_code_opens_the_look_up_and_an_unknown_number_gets_a_ticket_too(anybody, cast, at):
    from motcua.notifications.models import Message

    dossier = cast.submitted()
    ticket = anybody.post("/lookup/code", {"ask": dossier.code}).json()["ticket"]
    number = re.search(r"\b\d{6}\b", Message.objects.get(kind="code").body)[0]
    assert anybody.post("/lookup/confirm", {"ticket": ticket, "code": "000000"}).status_code == 422
    found = anybody.post("/lookup/confirm", {"ticket": ticket, "code": number}).json()["found"]
    assert [row["code"] for row in found] == [dossier.code]
    assert anybody.post("/lookup/confirm", {"ticket": ticket, "code": number}).status_code == 422
    assert anybody.post("/lookup/code", {"ask": "052190000999"}).json()["ticket"]
    assert anybody.post("/lookup/confirm", {"ticket": "giả", "code": number}).status_code == 422


def test_nothing_that_makes_sense_is_told_as_such(anybody):
    assert anybody.post("/lookup", {"ask": "xin chào"}).json()["field_errors"].keys() == {"ask"}
    assert anybody.post("/lookup", {"ask": "\x00‮", "secret": "\x00"}).status_code == 422


def test_the_description_is_open_and_names_every_call(anybody):
    schema = anybody.get("/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    operations = {one["operationId"] for path in schema["paths"].values() for one in path.values()}
    assert operations >= {"list_procedures", "file_dossier", "act_accept", "act_seal", "worktime", "look_up"}
    assert "bearer" in json.dumps(schema["components"]["securitySchemes"])


def test_the_documentation_loads_nothing_from_elsewhere(anybody):
    page = anybody.get("/docs")
    text = page.content.decode()
    assert page.status_code == 200
    assert "POST /api/v1/dossiers/{code}/acts/accept" in text
    assert "https://" not in text.replace("https://www.w3.org", "") and "<script>" not in text
    assert page["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("path", ["/nowhere", "/dossiers/a/b/c/d"])
def test_an_unknown_address_is_json(anybody, path):
    answer = anybody.get(path)
    assert answer.status_code == 404
    assert answer.json() == {"messages": ["Không có địa chỉ này."], "field_errors": {}}


def test_an_unforeseen_error_is_a_code_and_no_trace(anybody, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("motcua.api.catalogue.search", fail)
    answer = anybody.get("/procedures")
    assert answer.status_code == 500
    (words,) = answer.json()["messages"]
    assert "SC-" in words and "secret" not in answer.content.decode()
    assert words.split("mã ")[-1].rstrip(".") in caplog.text
