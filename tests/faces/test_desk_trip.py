"""One dossier through all hands, by the pages of the desk alone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from motcua.audit.models import Event
from motcua.dossiers.models import Dossier
from motcua.notifications.models import Message
from motcua.rules.acts import State
from tests.acceptance.proof import accepts
from tests.faces.getting_in import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def state_of(code) -> State:
    return State(Dossier.objects.get(code=code).state)


@pytest.fixture
def as_(client, cast):
    """`as_("minh")` signs in and answers the client."""

    def sign_in(name):
        getattr(cast, name)
        client.force_login(getattr(cast, f"{name}_account"))
        return client

    return sign_in


def do(client, code, act, **details):
    answer = client.post(reverse("desk:act", args=[code, act]), details)
    assert answer.status_code == 302, said(answer)
    return said(client.get(answer["Location"]))


@accepts("BN-12", "HY-29", "HY-31", "HY-36", "BD-34", "BD-35", "BD-37")
def test_a_dossier_goes_through_the_desk_from_submission_to_delivery(cast, as_):
    dossier = cast.submitted()
    code = dossier.code
    for name in ("ha", "quang", "thu"):
        getattr(cast, name)
    minh = as_("minh")
    assert code in said(minh.get(reverse("desk:worklist")))
    page = said(minh.get(reverse("desk:dossier", args=[code])))
    assert "Nguyễn Thị Lan" in page and "Hạn tiếp nhận" in page and "Giấy tờ chứng minh" in page
    told = do(minh, code, "accept")
    assert "Đã tiếp nhận hồ sơ" in told and "Tiếp theo: Thẩm tra, Bộ phận Tư pháp – Hộ tịch" in told
    assert "Vì sao là 17:30 ngày 23/11/2026?" in told

    ha = as_("ha")
    assert "Chưa giao" in said(ha.get(reverse("desk:worklist")))
    told = do(ha, code, "draft-result", outcome="granted", title="Trích lục", body="Cấp 2 bản sao.", reasons="")
    assert "Đã dự thảo kết quả" in told and "Cấp 2 bản sao." in told
    do(ha, code, "propose")

    quang = as_("quang")
    home = said(quang.get(reverse("desk:worklist")))
    assert "Chờ tôi ký duyệt" in home and "Phạm Thu Hà trình" in home
    do(quang, code, "approve")
    do(as_("thu"), code, "seal")
    minh = as_("minh")
    do(minh, code, "collect-fee", receipt_number="0001")
    do(
        minh,
        code,
        "deliver",
        channel="counter",
        receiver_name="Nguyễn Thị Lan",
        compared_items="giay-chung-minh",
        form_signed="on",
    )
    assert state_of(code) == State.DELIVERED
    assert "Đã trả kết quả" in said(minh.get(reverse("desk:dossier", args=[code])))
    assert Message.objects.filter(subject_ref=code, kind="delivered").exists()
    readers = set(
        Event.objects.filter(subject_id=str(dossier.public_id), verb="read").values_list("actor_name", flat=True)
    )
    assert {"Lê Quang Minh", "Phạm Thu Hà"} <= readers
