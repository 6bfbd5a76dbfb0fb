"""Working together at the desk, and a dossier's way as officers and its citizen see it drawn."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import Account
from motcua.agencies.models import OneStopCounter, StandIn
from motcua.dossiers.actions import apologise, children, consult, examine, intake, notes, submit, withdraw
from motcua.dossiers.actions import draft as drafting
from motcua.dossiers.models import Consultation, InternalNote
from motcua.dossiers.queries.beside import KINDS, fetch_beside
from motcua.portal.present import holder_of
from motcua.procedures.models import Offering, ProcedureRevision
from motcua.rules.acts import State, Verdict
from tests.acceptance.proof import accepts
from tests.cast import Cast
from tests.rooms.coordination import HOUR, Province, dossier, draft
from tests.rooms.late import ask

MOST_QUERIES = 20


@pytest.fixture
def province(cast: Cast, at: datetime, clock: Any) -> Province:
    found = Province(cast, at)
    _ = found.tam, found.sau, cast.quang, cast.binh
    return found


def page(client: Client, account: Any, name: str, *args: str) -> str:
    client.force_login(account)
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def act(client: Client, account: Any, code: str, name: str, data: dict[str, Any]) -> Any:
    client.force_login(account)
    return client.post(reverse("desk:act", args=[code, name]), data)


@accepts("BD-36", "HY-32")
def test_an_examiner_asks_two_units_and_one_of_them_answers(province: Province, client: Client, at: datetime) -> None:
    code, cast = province.drafted(), province.cast
    form = page(client, cast.ha_account, "desk:act", code, "consult")
    assert "Bộ phận Địa chính" in form
    assert "Phòng Cấp sổ, thẻ, Bảo hiểm xã hội tỉnh" in form
    assert "Bộ phận Tư pháp" not in form.split("<form class", 1)[1].split("</form>")[0]  # who asks is not asked
    units = [f"{cast.commune.pk}-{province.land.pk}", f"{province.insurance.pk}-{province.cards.pk}"]
    done = act(client, cast.ha_account, code, "consult", {"units": units, "question": "Có tranh chấp?", "hours": "4"})
    assert done.status_code == 302
    assert Consultation.objects.count() == 2

    tam = Consultation.objects.get(division=province.land)
    answerer = Account.objects.get(login="tam")
    assert "Có tranh chấp?" in page(client, answerer, "desk:opinions")
    shown = page(client, answerer, "desk:act", code, "opine")
    assert "Có tranh chấp?" in shown
    wrong = act(client, answerer, code, "opine", {"consultation": tam.pk, "agrees": "0", "opinion": ""})
    assert wrong.status_code == 422
    assert "phải nêu rõ vì sao" in wrong.content.decode()
    act(client, answerer, code, "opine", {"consultation": tam.pk, "agrees": "1", "opinion": "Không tranh chấp."})
    told = page(client, cast.ha_account, "desk:dossier", code)
    assert "Không tranh chấp." in told
    assert "Còn chờ ý kiến phối hợp của Phòng Cấp sổ, thẻ" in told


def test_going_on_over_a_silence_asks_for_one_tick(
    province: Province, client: Client, at: datetime, clock: Any
) -> None:
    code, cast = province.drafted(), province.cast
    units = [(cast.commune.pk, province.land.pk)]
    consult.ask(code, units=units, question="?", hours=1, by=cast.ha, at=at)
    clock.set(at + 2 * HOUR)
    asked = act(client, cast.ha_account, code, "propose", {})
    assert asked.status_code == 422
    assert "Hết hạn không trả lời, coi như đồng ý: Bộ phận Địa chính." in asked.content.decode()
    act(client, cast.ha_account, code, "propose", {"silence_noted": "on"})
    assert dossier(code).state == State.AWAITING_APPROVAL


def test_opening_the_page_ends_the_time_for_recalling(province: Province, client: Client, at: datetime) -> None:
    code, cast = province.drafted(), province.cast
    examine.propose(code, by=cast.ha, at=at)
    assert "Thu hồi việc đã chuyển" in page(client, cast.ha_account, "desk:dossier", code)
    page(client, cast.quang_account, "desk:dossier", code)
    refused = act(client, cast.ha_account, code, "recall", {"reason": ""})
    assert refused.status_code == 422
    assert "đã mở hồ sơ" in refused.content.decode()


def test_recalling_and_returning_go_through_the_desk(province: Province, client: Client, at: datetime) -> None:
    code, cast = province.drafted(), province.cast
    examine.propose(code, by=cast.ha, at=at)
    assert act(client, cast.ha_account, code, "recall", {"reason": "Nhầm."}).status_code == 302
    assert dossier(code).state == State.EXAMINING
    assert act(client, cast.ha_account, code, "return-to-giver", {"reason": ""}).status_code == 422
    assert act(client, cast.ha_account, code, "return-to-giver", {"reason": "Không thuộc tôi."}).status_code == 302
    assert dossier(code).state == State.ACCEPTED


def test_a_note_stands_on_the_screen_and_a_wrong_one_comes_back(province: Province, client: Client) -> None:
    code, cast = province.at_division(), province.cast
    client.force_login(cast.ha_account)
    url = reverse("desk:note", args=[code])
    wrong = client.post(url, {"text": "@khongco xem giúp"})
    assert wrong.status_code == 422
    assert "@khongco xem giúp" in wrong.content.decode()
    assert client.post(url, {"text": "@binh xem giúp"}).status_code == 302
    assert InternalNote.objects.count() == 1
    assert "@binh xem giúp" in page(client, cast.binh_account, "desk:dossier", code)


def test_a_leader_names_a_stand_in_and_ends_it(province: Province, client: Client, at: datetime) -> None:
    cast = province.cast
    form = page(client, cast.quang_account, "desk:stand_ins")
    assert "Chưa có ai được cử thay." in form
    post = cast.quang_account.posts.get().pk
    data = {
        "post": post,
        "account": cast.binh_account.pk,
        "kind": "leave",
        "since": (at + HOUR).strftime("%Y-%m-%dT%H:%M"),
        "until": (at + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M"),
        "basis": "Quyết định 12/QĐ-UBND",
    }
    url = reverse("desk:stand_ins")
    wrong = client.post(url, {**data, "account": cast.quang_account.pk})
    assert wrong.status_code == 422
    assert "Không ai tự thay cho chính mình." in wrong.content.decode()
    assert client.post(url, data).status_code == 302
    found = StandIn.objects.get()
    assert (found.since, found.until) == (at + HOUR, at + timedelta(days=2))
    assert "Đặng Thanh Bình" in page(client, cast.quang_account, "desk:stand_ins")
    client.post(url, {"ket-thuc": found.pk})
    assert not StandIn.objects.exists()
    client.force_login(cast.ha_account)
    assert client.get(url).status_code in (403, 404)


@accepts("BD-70")
def test_the_way_is_drawn_with_names_for_officers_and_without_for_the_citizen(
    province: Province, client: Client, at: datetime
) -> None:
    code, cast = province.drafted(), province.cast
    units = [(cast.commune.pk, province.land.pk)]
    consult.ask(code, units=units, question="Có tranh chấp không?", hours=1, by=cast.ha, at=at)
    consult.opine(code, agrees=False, opinion="Đang kiện nhau.", by=province.tam, at=at)
    officers = page(client, cast.ha_account, "desk:dossier", code)
    way = officers.split('class="mc-route"')[1].split("</ol>")[0]
    assert way.count('aria-current="step"') == 1
    assert "Phạm Thu Hà" in way
    assert "Ý kiến: Bộ phận Địa chính: không đồng ý, Ngô Văn Tám" in way
    assert "09:00 18/11" in way
    citizen = page(client, cast.lan_account, "portal:dossier", code)
    way = citizen.split('class="mc-way"')[1].split("</ol>")[0]
    assert way.count('aria-current="step"') == 1
    assert "Bộ phận Tư pháp – Hộ tịch" in way
    assert "Ý kiến: Bộ phận Địa chính: đã trả lời" in way
    assert 'aria-hidden="true"' in way  # the drawing says nothing the words do not
    for name in ("Phạm Thu Hà", "Ngô Văn Tám", "Lê Quang Minh", "Đang kiện nhau", "không đồng ý", "Có tranh chấp"):
        assert name not in citizen, name


def test_the_way_of_a_dossier_that_ended_says_where_and_that_the_rest_will_not_come(
    province: Province, client: Client, at: datetime
) -> None:
    code, cast = province.drafted(), province.cast
    withdraw.withdraw(code, by=cast.lan, at=at + HOUR)
    for account, name, part in (
        (cast.lan_account, "portal:dossier", "mc-way"),
        (cast.ha_account, "desk:dossier", "mc-route"),
    ):
        way = page(client, account, name, code).split(f'class="{part}"')[1].split("</ol>")[0]
        assert 'aria-current="step"' not in way
        assert way.count("Hồ sơ kết thúc ở bước này, 10:00 18/11") == 1
        assert way.count("Không thực hiện") == 3


def test_who_has_it_at_another_agency_is_named_with_the_agency(
    cast: Cast, client: Client, at: datetime, clock: Any
) -> None:
    province = Province(cast, at)
    _ = province.cards
    revision = province.route()
    there = {**revision.route[1], "title": "Đối chiếu", "agency": "*.26", "division": "cap-so-the", "hours": 4}
    revision.route = [revision.route[0], there, {**revision.route[1], "hours": 10}, *revision.route[2:]]
    revision.save()
    cast.revision = revision
    code = province.at_division()
    assert "Phòng Cấp sổ, thẻ, Bảo hiểm xã hội tỉnh" in page(client, cast.lan_account, "portal:dossier", code)
    assert holder_of(dossier(code), State.EXAMINING) == "Phòng Cấp sổ, thẻ, Bảo hiểm xã hội tỉnh"


def test_the_citizen_sees_one_dossier_with_its_parts(cast: Cast, client: Client, at: datetime, clock: Any) -> None:
    province = Province(cast, at)
    cast.revision = province.route(parts=[{"procedure": "1.002759", "agency": "*.26"}])
    province.card_procedure()
    code = province.drafted()
    child = children.open_child(code, by=cast.ha, at=at)
    shown = page(client, cast.lan_account, "portal:dossier", code)
    assert "Các phần của hồ sơ này" in shown
    assert str(child.code) in shown
    assert code in page(client, cast.lan_account, "portal:dossier", str(child.code))
    listed = page(client, cast.lan_account, "portal:dossiers")
    assert code in listed
    assert str(child.code) not in listed
    assert "Phần liên thông" in page(client, cast.ha_account, "desk:dossier", code)


def test_pages_of_working_together_cost_few_queries(
    province: Province, client: Client, at: datetime, django_assert_max_num_queries: Any
) -> None:
    code, cast = province.drafted(), province.cast
    consult.ask(code, units=[(cast.commune.pk, province.land.pk)], question="?", by=cast.ha, at=at)
    notes.write(code, text="Ghi chú.", by=cast.ha, at=at)
    client.force_login(cast.quang_account)
    for path in (reverse("desk:opinions"), reverse("desk:stand_ins")):
        client.get(path)
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(path)
    client.force_login(cast.lan_account)
    client.get(reverse("portal:dossier", args=[code]))
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(reverse("portal:dossier", args=[code]))


def fullest(cast: Cast, at: datetime) -> str:
    """A dossier that has of everything: a supplement, an opinion given and one owed, two parts, notes, an apology."""
    province = Province(cast, at)
    parts = [{"procedure": "1.002759", "agency": "*.26"}, {"procedure": "1.002760", "agency": "*.26"}]
    cast.revision = province.route(parts=parts)
    province.card_procedure()
    second = cast.procedure("1.002760", route=ProcedureRevision.objects.get(procedure__code="1.002759").route, fees=[])
    Offering.objects.filter(procedure=second.procedure).update(
        agency=province.insurance, counter=OneStopCounter.objects.get(host=province.insurance)
    )
    _ = province.tam, province.bay, cast.quang
    code = str(cast.submitted().code)
    ask(cast, code, at)
    drafting.attach(code, "giay-chung-minh", cast.paper(), by=cast.lan, at=at)
    submit.supplement(code, by=cast.lan, at=at)
    intake.judge(code, {"paper:giay-chung-minh": (Verdict.OK, "")}, by=cast.minh, at=at)
    intake.accept(code, by=cast.minh, at=at)
    draft(code, by=cast.ha, at=at)
    for number in range(2):
        children.open_child(code, part=number, by=cast.ha, at=at)
    units = [(cast.commune.pk, province.land.pk), (province.insurance.pk, None)]
    consult.ask(code, units=units, question="Có tranh chấp không?", hours=4, by=cast.ha, at=at)
    consult.opine(code, agrees=True, by=province.tam, at=at)
    notes.write(code, text="Ghi chú.", by=cast.ha, at=at)
    notes.write(code, text="Thêm một ghi chú.", by=cast.quang, at=at)
    apologise.draft_apology(code, reason="Chưa tìm thấy hồ sơ lưu.", by=cast.quang, at=at)
    return code


def test_the_fullest_dossier_costs_few_queries_on_every_page_about_it(
    cast: Cast, client: Client, at: datetime, clock: Any, django_assert_max_num_queries: Any
) -> None:
    code = fullest(cast, at)
    accounts = (cast.minh_account, cast.ha_account, cast.quang_account)
    pages = [(account, reverse("desk:dossier", args=[code])) for account in accounts]
    pages.append((cast.lan_account, reverse("portal:dossier", args=[code])))
    for child in dossier(code).children.all():
        pages.append((cast.quang_account, reverse("desk:dossier", args=[child.code])))
        pages.append((cast.lan_account, reverse("portal:dossier", args=[child.code])))
    for account, path in pages:
        client.force_login(account)
        assert client.get(path).status_code == 200
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(path)


def test_what_is_fetched_beside_a_dossier_in_one_question_is_its_own(
    cast: Cast, at: datetime, django_assert_num_queries: Any
) -> None:
    code = fullest(cast, at)
    one = dossier(code)
    with django_assert_num_queries(2):  # one more for the parts
        fetch_beside(one)
    for name in (*KINDS, "children"):
        fetched, own = list(getattr(one, name).all()), list(getattr(dossier(code), name).order_by("pk"))
        assert fetched and [row.pk for row in fetched] == [row.pk for row in own], name
        for left, right in zip(fetched, own, strict=True):
            for field in left._meta.concrete_fields:
                assert getattr(left, field.attname) == getattr(right, field.attname), (name, field.name)
    with django_assert_num_queries(0):
        assert {row.dossier_id for name in KINDS for row in getattr(one, name).all()} == {one.pk}
        assert {row.agency.code for row in one.children.all()} == {"H08.26"}
    part = one.children.all()[0]
    fetch_beside(part, "steps")
    with django_assert_num_queries(0):
        assert (part.parent.revision.procedure.code, part.parent.agency.code) == ("2.000635", "H08.41.01")
        assert list(part.children.all()) == []
