"""Text size and contrast: chosen with or without a script, remembered, and nobody else's business."""

from __future__ import annotations

from django.test import Client

from tests.acceptance.proof import accepts


@accepts("KT-23", "KT-24")
def test_the_choice_is_remembered_and_drawn_by_the_server(room: Client) -> None:
    response = room.post("/hien-thi/", {"size": "l", "contrast": "1", "next": "/_thu-vien/?mat=ban"})
    assert response.status_code == 302
    assert response.headers["Location"] == "/_thu-vien/?mat=ban"
    page = room.get("/_thu-vien/").content.decode()
    assert 'class="mc-size-l mc-contrast"' in page
    assert 'id="size-l" autocomplete="off" checked' in page
    assert 'id="contrast" autocomplete="off" checked' in page


def test_a_script_needs_no_new_page(room: Client) -> None:
    response = room.post("/hien-thi/", {"size": "s"}, headers={"x-requested-with": "fetch"})
    assert response.status_code == 204
    assert response.cookies["hien-thi"].value == "s0"


def test_nonsense_is_the_default_and_leads_nowhere_else(room: Client) -> None:
    response = room.post("/hien-thi/", {"size": "<script>", "next": "https://la.example/"})
    assert response.headers["Location"] == "/"
    assert response.cookies["hien-thi"].value == "m0"
    room.cookies["hien-thi"] = "\"';x"
    assert 'class="mc-size-m"' in room.get("/_thu-vien/").content.decode()


def test_another_site_cannot_change_it(room: Client) -> None:
    response = room.post("/hien-thi/", {"size": "l"}, headers={"sec-fetch-site": "cross-site"})
    assert "hien-thi" not in response.cookies


def test_it_is_changed_by_post_only(room: Client) -> None:
    assert room.get("/hien-thi/").status_code == 405
