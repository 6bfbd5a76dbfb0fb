"""The officer's keyboard, in a real browser."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.rules.acts import State
from tests.browser import ready

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]


@pytest.fixture
def sign_in(cast, live_server):
    """Puts an officer's session into a browser page."""

    def signed_in(page, name):
        getattr(cast, name)
        client = Client()
        client.force_login(getattr(cast, f"{name}_account"))
        page.context.add_cookies([{"name": "phien", "value": client.cookies["phien"].value, "url": live_server.url}])
        return page

    return signed_in


def test_from_the_list_to_the_accepted_dossier_without_a_mouse(cast, sign_in, page):
    first, second = cast.submitted().code, cast.submitted().code
    _ = cast.ha
    sign_in(page, "minh").goto(reverse("desk:worklist"))
    ready(page).keyboard.press("?")
    assert "tất cả phím tắt" in page.locator("dialog").inner_text()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "tim"
    page.keyboard.press("Escape")
    for key in "jjk":
        page.keyboard.press(key)
    assert first in page.locator("tr.is-here").inner_text()
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("o")
    assert second in page.url
    ready(page).keyboard.press("j")  # the first item of the checklist
    page.keyboard.press("a")
    assert page.locator("li.is-here input[value=yes]").is_checked()
    assert Dossier.objects.get(code=second).state == State.SUBMITTED
    page.keyboard.press("s")
    page.locator("li.is-here .mc-items__note input").fill("Ảnh mờ.")
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu ý kiến").click()
    assert page.locator("input[value=no]:checked").count() == 1
    page.goto(reverse("desk:dossier", args=[first]))
    ready(page)
    with page.expect_navigation():
        page.keyboard.press("a")
    assert "Đã tiếp nhận hồ sơ" in page.locator("main").inner_text()
    assert Dossier.objects.get(code=first).state == State.EXAMINING


def test_a_picture_is_zoomed_and_turned_and_papers_are_leafed_through(cast, sign_in, page, at):
    import io

    from PIL import Image

    from motcua.dossiers.actions import draft, submit

    begun = cast.draft()
    picture = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(picture, "PNG")
    scan = cast.paper("anh.png", picture.getvalue())
    draft.attach(str(begun.public_id), "giay-chung-minh", scan, by=cast.lan, at=at)
    code = submit.submit(str(begun.public_id), declared=True, by=cast.lan, at=at).code
    sign_in(page, "minh").goto(reverse("desk:dossier", args=[code]))
    assert page.locator("iframe.mc-sheet--pdf").count() == 1
    ready(page)
    with page.expect_navigation():
        page.keyboard.press("]")
    sheet = page.locator("img[data-sheet]")
    assert sheet.evaluate("image => image.naturalWidth") == 300
    ready(page).keyboard.press("+")
    page.keyboard.press("r")
    assert sheet.get_attribute("class") == "mc-sheet is-zoom-1 is-turn-1"
    with page.expect_navigation():
        page.keyboard.press("[")
    assert page.locator("iframe.mc-sheet--pdf").count() == 1
