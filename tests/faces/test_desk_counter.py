"""Intake of a walk-in at the counter."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.dossiers.actions import intake
from motcua.dossiers.models import Dossier
from motcua.papers.queries import latest
from motcua.rules.acts import Paper, State, Verdict
from tests.acceptance.proof import accepts
from tests.cast import PDF
from tests.faces.getting_in import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

WALK_IN = {
    "name": "Trần Văn Tư",
    "identity": "052 085 000 321",
    "phone": "0912 345 678",
    "email": "",
    "address": "Thôn Đông",
}


@pytest.fixture
def minh(client, cast):
    _ = cast.minh, cast.ha, cast.revision
    client.force_login(cast.minh_account)
    return client


def begun(client, cast, **changes):
    url = reverse("desk:counter_begin", args=["2.000635"])
    answer = client.post(url, {**WALK_IN, "offering": cast.offering.pk, **changes})
    assert answer.status_code == 302, said(answer)
    found = Dossier.objects.latest("pk")
    assert answer["Location"] == reverse("desk:counter_once", args=[found.public_id])
    return reverse("desk:counter_fill", args=[found.public_id, "nguoi_yeu_cau"]), found


def filled(client, cast, first):
    answer = client.post(first, {"ho_ten": "Trần Văn Tư", "so_dinh_danh": "052085000321"})
    assert answer.status_code == 302, said(answer)
    answer = client.post(answer["Location"], {"so_ban": "3", "uy_quyen": "khong"})
    assert answer.status_code == 302, said(answer)
    return answer["Location"]


@accepts("BN-8")
def test_a_walk_in_becomes_the_same_dossier_accepted_at_once_with_a_slip(minh, cast):
    assert "Bản sao trích lục hộ tịch" in said(minh.get(reverse("desk:counter"), {"tim": "ban sao"}))
    first, dossier = begun(minh, cast)
    page = minh.get(first).content.decode()
    assert 'value="Trần Văn Tư"' in page and 'value="052085000321"' in page
    papers = filled(minh, cast, first)
    assert "Bản chính giữ lại" in said(minh.get(papers))
    scan = SimpleUploadedFile("giay.pdf", PDF, content_type="application/pdf")
    sent = {"tep-giay-chung-minh": scan, "chinh-giay-chung-minh": "1", "sao-giay-chung-minh": "2"}
    answer = minh.post(papers, sent)
    assert answer.status_code == 302, said(answer)
    finish = answer["Location"]
    assert "24.000" in said(minh.get(finish))
    answer = minh.post(finish, {"return_channel": "counter", "declared": "on"})
    assert answer.status_code == 302, said(answer)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.channel, dossier.applicant_id) == (State.EXAMINING, "counter", None)
    page = said(minh.get(answer["Location"]))
    assert "đã nộp và tiếp nhận" in page and "In giấy tiếp nhận, 2 liên" in page
    slip = latest(dossier.code, Paper.APPOINTMENT_SLIP)
    line = next(row for row in slip.data["papers"] if row["name"] == "Giấy tờ chứng minh")
    assert (line["originals"], line["plain_copies"], line["electronic"]) == (1, 2, 1)


def test_wrong_input_is_told_beside_the_field_and_stays(minh, cast):
    url = reverse("desk:counter_begin", args=["2.000635"])
    answer = minh.post(url, {**WALK_IN, "offering": cast.offering.pk, "identity": "12", "phone": "xyz"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="12"' in page and 'value="xyz"' in page and 'value="Trần Văn Tư"' in page
    assert len(re.findall("govuk-error-message", page)) == 2
    assert not Dossier.objects.exists()


def test_a_scanned_card_fills_the_boxes(minh, cast):
    url = reverse("desk:counter_begin", args=["2.000635"])
    card = "052085000321||Trần Văn Tư|02031985|Nam|Thôn Đông, xã An Lành|01012022"
    answer = minh.post(url, {"qr": card, "offering": cast.offering.pk})
    assert answer.status_code == 302
    dossier = Dossier.objects.latest("pk")
    assert (dossier.applicant_name, dossier.applicant_identity) == ("Trần Văn Tư", "052085000321")
    assert "An Lành" in dossier.applicant_address


def test_an_account_is_linked_only_when_asked_and_number_and_name_match(minh, cast):
    lan = {"name": "Nguyen Thi Lan", "identity": "052190000123"}
    _ = cast.lan_account
    assert begun(minh, cast, **lan)[1].applicant_id is None
    assert begun(minh, cast, **lan, link="on")[1].applicant_id == cast.lan_account.pk
    assert begun(minh, cast, name="Ai Khác", identity="052190000123", link="on")[1].applicant_id is None


def test_a_paper_that_is_no_paper_is_refused_and_nothing_is_lost(minh, cast):
    papers = filled(minh, cast, begun(minh, cast)[0])
    bad = SimpleUploadedFile("x.pdf", b"MZ no pdf", content_type="application/pdf")
    answer = minh.post(papers, {"tep-giay-chung-minh": bad, "chinh-giay-chung-minh": "1", "sao-giay-chung-minh": "7"})
    assert answer.status_code == 422
    assert 'value="7"' in answer.content.decode()
    answer = minh.post(papers, {"chinh-giay-chung-minh": "hai", "sao-giay-chung-minh": "7"})
    assert answer.status_code == 422 and 'value="hai"' in answer.content.decode()


def test_what_is_missing_is_told_before_and_at_filing(minh, cast):
    _first, dossier = begun(minh, cast)
    finish = reverse("desk:counter_finish", args=[dossier.public_id])
    assert "Còn thiếu hoặc chưa đúng: Số bản" in said(minh.get(finish))
    answer = minh.post(finish, {"return_channel": "counter", "declared": "on"})
    assert answer.status_code == 422 and "Giấy tờ chứng minh" in said(answer)
    answer = minh.post(finish, {"return_channel": "counter"})
    assert answer.status_code == 422 and "cam đoan" in said(answer)
    dossier.refresh_from_db()
    assert dossier.state == State.DRAFT
    assert "Trần Văn Tư" in said(minh.get(reverse("desk:counter")))


@accepts("BN-10")
def test_only_counter_officers_and_only_what_their_counter_takes_in(client, cast):
    _ = cast.revision, cast.minh, cast.ha, cast.oanh
    for name in ("ha_account", "lan_account"):
        client.force_login(getattr(cast, name))
        assert client.get(reverse("desk:counter")).status_code == 404
    client.force_login(cast.oanh_account)
    assert "Bản sao trích lục" not in said(client.get(reverse("desk:counter")))
    assert client.get(reverse("desk:counter_begin", args=["2.000635"])).status_code == 404


def test_an_intake_under_way_is_its_officers_own(minh, cast, client):
    first, dossier = begun(minh, cast)
    cast.oanh  # noqa: B018
    client.force_login(cast.oanh_account)
    assert client.get(first).status_code == 404
    assert client.post(reverse("desk:counter_discard", args=[dossier.public_id])).status_code == 404


def test_a_supplement_brought_to_the_counter_is_entered_there(minh, cast, at):
    code = cast.submitted().code
    verdicts = {f"field:{key}": (Verdict.OK, "") for key in ("ho_ten", "so_dinh_danh", "uy_quyen")}
    wrong = {"field:so_ban": (Verdict.WRONG, "Nhiều quá."), "paper:giay-chung-minh": (Verdict.WRONG, "Ảnh mờ.")}
    intake.judge(code, {**verdicts, **wrong}, by=cast.minh, at=at)
    intake.request_supplement(code, by=cast.minh, at=at)
    url = reverse("desk:supplement", args=[code])
    assert f'href="{url}"' in minh.get(reverse("desk:dossier", args=[code])).content.decode()
    page = said(minh.get(url))
    assert "Ảnh mờ." in page and "Số bản" in page and "Họ và tên" not in page
    answer = minh.post(url, {"so_ban": "nhiều"})
    assert answer.status_code == 422 and 'value="nhiều"' in answer.content.decode()
    answer = minh.post(url, {"so_ban": "1"})
    assert answer.status_code == 422 and "Giấy tờ chứng minh" in said(answer)
    sent = {"so_ban": "1", "giai-thich-paper:giay-chung-minh": "Chỉ có bản này."}
    assert minh.post(url, sent).status_code == 302
    dossier = Dossier.objects.get(code=code)
    assert (dossier.state, dossier.answers["so_ban"]) == (State.SUBMITTED, 1)
    assert minh.get(url).status_code == 409
    minh.force_login(cast.oanh and cast.oanh_account)
    assert minh.get(url).status_code == 404
