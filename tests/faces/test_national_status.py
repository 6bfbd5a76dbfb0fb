"""The national status codes: in the API always, on the pages where today's law holds."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.faces.api_calls import Machine

pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.parametrize(("regime", "is_shown"), [("2018", False), ("2025", True)])
def test_pages_show_the_national_status_under_today_s_law_only(
    regime: str, is_shown: bool, client: Any, cast: Cast, settings: Any
) -> None:
    settings.SITE = {**settings.SITE, "regime": regime}
    dossier, _ = cast.submitted(), cast.minh
    for account, name in ((cast.lan_account, "portal:dossier"), (cast.minh_account, "desk:dossier")):
        client.force_login(account)
        text = client.get(reverse(name, args=[dossier.code])).content.decode()
        assert ("1 – Mới đăng ký" in text) is is_shown, name


def test_the_api_tells_code_and_name(cast: Cast, at: Any) -> None:
    dossier = cast.submitted()
    told = Machine(cast.lan_account, at).get(f"/dossiers/{dossier.code}").json()
    assert (told["national_status"], told["national_status_words"]) == (1, "Mới đăng ký")
