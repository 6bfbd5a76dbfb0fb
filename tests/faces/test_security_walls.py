"""Nobody reads or moves another's dossier: every address with a code or a key, asked by everybody else (promise G6)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from motcua.accounts.models import Kind
from motcua.agencies.models import PostHeld
from motcua.rules.people import Role
from tests.acceptance.proof import accepts
from tests.cast import Cast
from tests.faces.api_calls import bearer
from tests.faces.crawling import ABOUT_PROCEDURES, addresses, body_of, browser, holdings
from tests.faces.routes import Route
from tests.faces.standing import Standing

pytestmark = pytest.mark.usefixtures("clock")

CANARIES = ("Thị Lan", "Văn Tư", "052190000123", "052085000321", "0905123456", "lan@example.vn", "Chỉ cấp tối đa 2 bản")
WALLED = {"code", "key", "file", "message", "paper"}
PUBLIC = {*ABOUT_PROCEDURES, "portal:life_event", "portal:verify_token"}


def walled(route: Route) -> bool:
    return bool(WALLED & route.places.keys()) and route.name not in PUBLIC


def strangers(cast: Cast) -> dict[str, Any]:
    """Everybody who has no business with Lan's dossiers, each with an account or none."""
    world = {"visitor": None, "dung": cast.dung_account, "oanh": (cast.oanh, cast.oanh_account)[1]}
    world["nobody's officer"] = cast.officer("vo-chuc", "Cán bộ không chức vụ")
    for role in (Role.CASE_OFFICER, Role.DIVISION_HEAD, Role.LEADER, Role.RECORDS_CLERK):
        account = cast.officer(f"la-{role.value}", f"Người xã khác {role.value}")
        cast.post(account, role, cast.other_commune)
        world[role.value] = account
    former = cast.account("cuu-can-bo", "Người đã thôi việc", kind=Kind.OFFICER)
    PostHeld.objects.create(
        account=former, role=Role.LEADER.value, agency=cast.commune, since=cast.at.replace(year=2018), until=cast.at
    )
    world["former leader"] = former
    return world


@accepts("BD-77")
def test_strangers_read_nothing_and_move_nothing(standing: Standing, cast: Cast, at: datetime) -> None:
    everybody = strangers(cast)
    headers = {name: bearer(account, at) if account else {} for name, account in everybody.items()}
    clients = {name: browser(account) for name, account in everybody.items()}
    before, faults, asked = holdings(), [], 0
    for state in ("submitted", "awaiting_supplement", "delivered"):
        for route, path in addresses(standing, standing.codes[state]):
            if not walled(route) or (state != "submitted" and "code" not in route.places):
                continue
            for name in everybody if state == "submitted" else ("oanh",):
                for method in ("get", "post"):
                    asked += 1
                    answer = _ask(clients[name], method, route, path, headers[name])
                    faults += [f"{name} {method} {path} {fault}" for fault in _faults(answer, route)]
    after = holdings()
    faults += [f"changed {table}" for table in before if before[table] != after[table]]
    assert not faults, f"{len(faults)} of {asked}\n" + "\n".join(faults[:40])
    assert asked > 900


def test_the_owner_is_no_officer_and_an_officer_no_owner(standing: Standing, cast: Cast, at: datetime) -> None:
    """Lan at the desk's addresses, Minh at the portal's: each has a door of his own, which records who reads."""
    lan, minh = browser(cast.lan_account), browser(cast.minh_account)
    before, faults = holdings(), []
    for route, path in addresses(standing, standing.codes["submitted"]):
        if not walled(route) or route.namespace not in {"desk", "portal"}:
            continue
        client = lan if route.namespace == "desk" else minh
        for method in ("get", "post"):
            answer = _ask(client, method, route, path, {})
            faults += [f"{method} {path} {fault}" for fault in _faults(answer, route)]
    assert not faults, "\n".join(faults[:40])
    assert holdings() == before


def _ask(client: Client, method: str, route: Route, path: str, headers: dict[str, str]) -> Any:
    details = {"reason": "a", "declared": "1", "so_ban": "7", "_shown": "so_ban", "_remove": "1", "title": "a"}
    if route.namespace == "api":
        return client.generic(method.upper(), path, b"{}", content_type="application/json", headers=headers)
    return client.get(path) if method == "get" else client.post(path, details)


def _faults(answer: Any, route: Route) -> list[str]:
    """Sent to log in, not found, not for you; and not a word of the dossier in whatever is said."""
    refused = answer.status_code in {401, 403, 404, 405, 422 if route.namespace == "api" else 404}
    to_login = answer.status_code == 302 and "/tai-khoan/dang-nhap/" in answer["Location"]
    faults = [] if refused or to_login else [f"answered {answer.status_code}"]
    told = body_of(answer).decode(errors="replace") + str(dict(answer.headers))
    return faults + [f"told {canary}" for canary in CANARIES if canary in told]
