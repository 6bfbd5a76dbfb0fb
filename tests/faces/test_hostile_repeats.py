"""Requests that come twice, in the wrong order, too late, or after the session has ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.rules.acts import State
from tests.cast import PASSWORD, PDF, Cast
from tests.faces.getting_in import said
from tests.faces.hostile import Page
from tests.faces.standing import Standing

pytestmark = pytest.mark.usefixtures("clock")

PAPER = "giay-chung-minh"


def signed_in(account: Any) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(account)
    return client


def state_of(code: str) -> State:
    return State(Dossier.objects.get(code=code).state)


def test_sending_before_the_steps_are_done_says_what_is_missing_and_keeps_the_draft(cast: Cast) -> None:
    lan, found = signed_in(cast.lan_account), cast.draft(complete=False)
    answer = lan.post(reverse("portal:review", args=[found.public_id]), {"declared": "1"})
    assert answer.status_code in {409, 422}
    found.refresh_from_db()
    assert found.state == State.DRAFT and found.code is None
    answer = lan.post(reverse("portal:review", args=[cast.draft().public_id]), {})
    assert answer.status_code == 422 and "cam đoan" in said(answer)


def test_a_filed_dossier_is_no_draft_any_more(cast: Cast) -> None:
    lan, code = signed_in(cast.lan_account), str(cast.submitted().code)
    found = Dossier.objects.get(code=code)
    key, before = found.public_id, dict(found.answers)
    posts: dict[str, dict[str, Any]] = {
        reverse("portal:review", args=[key]): {"declared": "1"},
        reverse("portal:fill", args=[key, "noi_dung"]): {"so_ban": "9", "uy_quyen": "khong"},
        reverse("portal:autosave", args=[key, "noi_dung"]): {"so_ban": "9"},
        reverse("portal:receive", args=[key]): {"return_channel": "counter", "fee_channel": "counter"},
        reverse("portal:upload", args=[key, PAPER]): {f"tep-{PAPER}": SimpleUploadedFile("a.pdf", PDF + b"%7")},
        reverse("portal:papers", args=[key]): {"_remove": str(found.enclosures.get().pk)},
        reverse("portal:discard", args=[key]): {},
        reverse("portal:supplement", args=[code]): {"so_ban": "9", "_shown": "so_ban"},
        reverse("portal:supplement_upload", args=[code, PAPER]): {f"tep-{PAPER}": SimpleUploadedFile("a.pdf", PDF)},
    }
    for path, data in posts.items():
        answer = lan.post(path, data)
        assert answer.status_code in {302, 403, 404, 409, 422}, (path, answer.status_code)
    found.refresh_from_db()
    assert (found.state, found.answers, found.enclosures.filter(removed_at=None).count()) == ("submitted", before, 1)
    assert found.timeline.filter(act="submit").count() == 1


def test_supplementing_twice_is_supplementing_once(standing: Standing, cast: Cast) -> None:
    lan, code = signed_in(cast.lan_account), standing.codes["awaiting_supplement"]
    where = reverse("portal:supplement", args=[code])
    for number in range(2):
        mended = {
            "so_ban": "1",
            "_shown": "so_ban",
            f"tep-{PAPER}": SimpleUploadedFile("m.pdf", PDF + b"%%%d" % number),
        }
        assert lan.post(where, mended).status_code == 302
    found = Dossier.objects.get(code=code)
    assert found.state == State.SUBMITTED
    assert found.timeline.filter(act="supplement").count() == 1
    assert found.answers["so_ban"] == 1


def test_no_act_moves_a_withdrawn_or_delivered_dossier(standing: Standing, cast: Cast) -> None:
    officers = [signed_in(getattr(cast, f"{login}_account")) for login in ("minh", "ha", "quang")]
    acts = ("accept", "request-supplement", "collect-fee", "deliver", "draft-result", "approve", "withdraw", "khong-co")
    details = {
        "channel": "counter",
        "receiver_name": "A",
        "receipt_number": "1",
        "reasons": "a",
        "reason": "a",
        "outcome": "granted",
        "title": "a",
        "body": "a",
    }
    for name in ("withdrawn", "delivered"):
        code = standing.codes[name]
        for officer in officers:
            for act in acts:
                answer = officer.post(reverse("desk:act", args=[code, act]), details)
                assert answer.status_code in {400, 403, 404, 409, 422}, (name, act, answer.status_code)
        assert state_of(code) == State(name)
    lan = signed_in(cast.lan_account)
    assert lan.post(reverse("portal:withdraw", args=[standing.codes["withdrawn"]])).status_code == 409


def test_an_act_sent_twice_is_done_once_and_the_second_is_told_so(standing: Standing, cast: Cast) -> None:
    minh, code = signed_in(cast.minh_account), standing.codes["submitted"]
    where = reverse("desk:act", args=[code, "accept"])
    assert minh.post(where).status_code == 302
    second = minh.post(where)
    assert second.status_code == 409 and "tiếp nhận" in said(second)
    assert Dossier.objects.get(code=code).timeline.filter(act="accept").count() == 1


def test_what_was_typed_when_the_session_had_ended_is_sent_after_logging_in_again(
    cast: Cast, clock: Any, at: datetime
) -> None:
    """The filing form: text with marks and quotes, right and wrong, comes back to the form it was typed into."""
    lan, found = Client(), cast.draft(complete=False)
    assert lan.post(reverse("account_login"), {"login": "lan@example.vn", "password": PASSWORD}).status_code == 302
    form = reverse("portal:fill", args=[found.public_id, "nguoi_yeu_cau"])
    assert lan.get(form).status_code == 200
    clock.set(at + timedelta(hours=3))
    typed = {"ho_ten": "Nguyễn “Thị” <Lan> & 'con'", "so_dinh_danh": "052190000123", "ngay_sinh-d": "17"}
    turned_away = lan.post(form, typed)
    assert turned_away.status_code == 302 and "dang-nhap" in turned_away["Location"]
    assert "Lan" not in turned_away["Location"]
    door = lan.post(turned_away["Location"], {"login": "lan@example.vn", "password": PASSWORD})
    page = lan.get(door["Location"])
    assert page.status_code == 200
    kept = next(one for one in Page(page.content.decode(), "").forms if one.action == form)
    again = lan.post(kept.action, kept.data())
    assert again.status_code in {302, 422}
    found.refresh_from_db()
    assert found.answers["ho_ten"] == typed["ho_ten"]
    assert typed["ho_ten"] in unescape(lan.get(form).content.decode())


def test_what_a_stranger_typed_is_not_sent_in_the_name_of_who_logs_in_next(
    cast: Cast, clock: Any, at: datetime
) -> None:
    """A shared computer: Lan's form does not wait for Dũng."""
    browser, found = Client(), cast.draft(complete=False)
    _ = cast.dung_account
    browser.post(reverse("account_login"), {"login": "lan@example.vn", "password": PASSWORD})
    browser.get(reverse("portal:dossiers"))
    clock.set(at + timedelta(hours=3))
    turned_away = browser.post(reverse("portal:fill", args=[found.public_id, "noi_dung"]), {"so_ban": "7"})
    door = browser.post(turned_away["Location"], {"login": "dung@example.vn", "password": PASSWORD})
    page = browser.get(door["Location"], follow=True)
    assert 'name="so_ban"' not in page.content.decode()
    found.refresh_from_db()
    assert "so_ban" not in found.answers
