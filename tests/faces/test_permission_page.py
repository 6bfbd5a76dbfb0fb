"""Rights as pages show them and enforce them: one table behind guards, navigation and the page auditors read."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from motcua.accounts.actions import issue_token
from motcua.agencies.actions import appoint, relieve, stand_in
from motcua.agencies.models import Agency, AgencyKind, OneStopCounter, PostHeld, StandInKind, Tier
from motcua.dossiers.queries.trays import Tab, ranges_of
from motcua.rules import permission_words, words
from motcua.rules.acts import Act
from motcua.rules.people import Actor, Post, Role
from motcua.rules.permissions import OFFICERS, RIGHTS, ROUTES, Page, may_open
from tests.acceptance.proof import accepts
from tests.cast import SINCE, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

ADMIN = Actor.system("test")
SOON = timedelta(minutes=10)
_SAMPLES: dict[str, object] = {
    "code": "H08.41.01-261118-0001",
    "act": "accept",
    "paper": 1,
    "change": 1,
    "procedure": "2.000635",
}


def _desk_routes() -> list[URLPattern]:
    desk = next(one for one in get_resolver().url_patterns if isinstance(one, URLResolver) and one.namespace == "desk")
    return [one for one in desk.url_patterns if isinstance(one, URLPattern)]


def _api_routes() -> list[str]:
    api = next(one for one in get_resolver().url_patterns if isinstance(one, URLResolver) and one.namespace == "api")
    return [str(one.name) for one in api.url_patterns if isinstance(one, URLPattern)]


def test_every_address_of_the_desk_and_of_the_api_has_its_row_and_every_row_its_address() -> None:
    known = {f"desk:{route.name}" for route in _desk_routes()} | {f"api:{name}" for name in _api_routes()}
    assert not known - set(ROUTES), "an address nobody may open: give it a row in rules.permissions"
    acts_without_page = {f"api:act-{act.value}" for act in Act}
    assert not set(ROUTES) - known - acts_without_page, "rows for addresses that do not exist"


def _address(route: URLPattern) -> str:
    kinds = {"UUIDConverter": "00000000-0000-0000-0000-000000000001", "IntConverter": 1}
    places = {
        name: _SAMPLES.get(name, kinds.get(type(kind).__name__, "x")) for name, kind in route.pattern.converters.items()
    }
    return reverse(f"desk:{route.name}", kwargs=places)


@pytest.mark.parametrize("role", OFFICERS, ids=str)
def test_a_page_is_closed_to_every_role_without_a_row(cast: Cast, client: Any, role: Role) -> None:
    officer = cast.officer("nga", "Trịnh Thúy Nga")
    actor = cast.post(officer, role, cast.commune)
    client.force_login(officer)
    for route in _desk_routes():
        name = f"desk:{route.name}"
        if not may_open(actor, name):
            answer = client.get(_address(route))
            assert answer.status_code == 404, name
        elif name in ("desk:worklist", "desk:permissions"):
            assert client.get(_address(route)).status_code == 200, name


@pytest.mark.parametrize("role", OFFICERS, ids=str)
def test_a_role_has_the_trays_the_table_gives_it(role: Role) -> None:
    actor = Actor(1, "Nga", (Post(role, 1, division_id=2),))
    filled = {f"tray_{tab.value}" for tab in Tab if ranges_of(actor, tab)}
    assert filled == {right.what for right in RIGHTS if right.role == role and right.what.startswith("tray_")}


def test_an_address_without_a_row_is_closed_whoever_asks(cast: Cast, client: Any, monkeypatch: Any) -> None:
    _ = cast.quang
    client.force_login(cast.quang_account)
    assert client.get(reverse("desk:worklist")).status_code == 200
    monkeypatch.delitem(ROUTES, "desk:worklist")  # type: ignore[arg-type]
    assert client.get(reverse("desk:worklist")).status_code == 404


def test_navigation_shows_what_may_be_opened_and_nothing_else(cast: Cast, client: Any) -> None:
    _ = cast.minh, cast.quang
    client.force_login(cast.minh_account)
    assert reverse("desk:counter") in client.get(reverse("desk:worklist")).content.decode()
    client.force_login(cast.quang_account)
    assert f'href="{reverse("desk:counter")}"' not in client.get(reverse("desk:worklist")).content.decode()


def test_an_auditor_reads_the_whole_table_in_words(cast: Cast, client: Any) -> None:
    auditor = cast.officer("kiem", "Đỗ Văn Kiểm")
    cast.post(auditor, Role.OPERATOR, cast.commune)
    _ = cast.minh, cast.ha, cast.oanh
    client.force_login(auditor)
    answer = client.get(reverse("desk:permissions"))
    page = answer.content.decode()
    assert answer.status_code == 200
    for act in Act:
        assert words.ACTS[act] in page
    for right in RIGHTS:
        assert permission_words.REACHES[right.reach] in page
    for one in (Page.DOSSIER, Page.INTAKE, Page.TRAY_MINE):
        assert permission_words.PAGES[one] in page
    assert "Lê Quang Minh" in page and "Phạm Thu Hà" in page
    assert "Bùi Kim Oanh" not in page  # another agency's people are not his to list


def test_who_stands_in_for_whom_is_read_there_too(cast: Cast, client: Any, at: datetime, clock: Any) -> None:
    _ = cast.quang, cast.binh
    post, until = PostHeld.objects.get(account=cast.quang_account), at + timedelta(days=2)
    leave = {"kind": StandInKind.LEAVE, "since": at + SOON, "until": until, "basis": "QĐ 12"}
    stand_in(post.pk, account_id=cast.binh_account.pk, by=cast.quang, at=at, **leave)
    client.force_login(cast.quang_account)
    address = reverse("desk:permissions")
    for moment, shown in ((at, False), (at + SOON, True), (until, False)):
        clock.set(moment)
        assert ("Người thay: Đặng Thanh Bình" in client.get(address).content.decode()) is shown


def test_the_table_is_narrowed_by_role_kind_and_words(cast: Cast, client: Any) -> None:
    _ = cast.thu
    client.force_login(cast.thu_account)
    address = reverse("desk:permissions")
    page = client.get(address, {"vai-tro": "records_clerk", "loai": "ho-so"}).content.decode()
    assert words.ACTS[Act.SEAL] in page and f">{words.ACTS[Act.APPROVE]}<" not in page
    assert permission_words.PAGES[Page.WORKLIST] not in page
    page = client.get(address, {"tim": "dong dau"}).content.decode()
    assert words.ACTS[Act.SEAL] in page and f">{words.ACTS[Act.ACCEPT]}<" not in page
    assert "Không có việc nào khớp" in client.get(address, {"tim": "xyz"}).content.decode()


def test_an_officer_whose_post_ends_is_out_with_the_next_request_of_a_live_session(
    cast: Cast, client: Any, at: datetime, clock: Any
) -> None:
    code = str(cast.submitted().code)
    _ = cast.minh
    client.force_login(cast.minh_account)
    dossier, accept = reverse("desk:dossier", args=[code]), reverse("desk:act", args=[code, "accept"])
    assert client.get(dossier).status_code == 200
    relieve(PostHeld.objects.get(account=cast.minh_account), until=at + SOON, by=ADMIN, at=at)
    assert client.get(dossier).status_code == 200  # still in office
    clock.set(at + SOON)
    for address in (dossier, reverse("desk:worklist"), reverse("desk:permissions"), reverse("desk:counter")):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "không giữ vị trí công tác nào" in answer.content.decode()
    assert client.post(accept).status_code == 403
    assert cast.lan_account.dossiers.get(code=code).state == "submitted"


def test_who_is_transferred_sees_the_new_office_and_no_longer_the_old(
    cast: Cast, client: Any, at: datetime, clock: Any
) -> None:
    code = str(cast.submitted().code)
    _ = cast.minh
    client.force_login(cast.minh_account)
    assert code in client.get(reverse("desk:worklist")).content.decode()
    relieve(PostHeld.objects.get(account=cast.minh_account), until=at + SOON, by=ADMIN, at=at)
    appoint(cast.minh_account, Role.COUNTER_OFFICER, cast.other_commune, since=at + SOON, by=ADMIN, at=at)
    clock.set(at + SOON)
    answer = client.get(reverse("desk:worklist"))
    assert answer.status_code == 200 and code not in answer.content.decode()
    assert client.get(reverse("desk:dossier", args=[code])).status_code == 404


def test_a_token_too_loses_its_rights_with_the_post(cast: Cast, client: Any, at: datetime, clock: Any) -> None:
    code = str(cast.submitted().code)
    _ = cast.minh
    token = issue_token(cast.minh_account, name="máy", at=at)
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
    assert client.get(f"/api/v1/dossiers/{code}", **bearer).status_code == 200
    relieve(PostHeld.objects.get(account=cast.minh_account), until=at + SOON, by=ADMIN, at=at)
    clock.set(at + SOON)
    assert client.get(f"/api/v1/dossiers/{code}", **bearer).status_code == 404
    assert client.get("/api/v1/dossiers", **bearer).json()["items"] == []
    answer = client.post(f"/api/v1/dossiers/{code}/acts/accept", content_type="application/json", **bearer)
    assert answer.status_code == 404


def test_a_locked_account_is_out_at_once_whatever_posts_it_holds(cast: Cast, client: Any, at: datetime) -> None:
    _ = cast.minh
    token = issue_token(cast.minh_account, name="máy", at=at)
    client.force_login(cast.minh_account)
    cast.minh_account.is_active = False
    cast.minh_account.save(update_fields=["is_active"])
    assert client.get(reverse("desk:worklist")).status_code == 302
    assert client.get("/api/v1/dossiers", HTTP_AUTHORIZATION=f"Bearer {token}").status_code == 401


@accepts("BD-1")
@pytest.mark.parametrize(
    ("kind", "tier", "role"),
    [
        (AgencyKind.DEPARTMENT, Tier.PROVINCE, Role.LEADER),
        (AgencyKind.PEOPLES_COMMITTEE, Tier.DISTRICT, Role.CASE_OFFICER),
        (AgencyKind.PEOPLES_COMMITTEE, Tier.COMMUNE, Role.RECORDS_CLERK),
        (AgencyKind.SERVICE_CENTER, Tier.PROVINCE, Role.COUNTER_OFFICER),
        (AgencyKind.POST, Tier.PROVINCE, Role.POSTAL_CLERK),
    ],
    ids=str,
)
def test_people_of_every_body_log_in_and_work_at_their_own_desk_only(
    cast: Cast, client: Any, kind: AgencyKind, tier: Tier, role: Role
) -> None:
    code = str(cast.submitted().code)
    body = Agency.objects.create(code="H08.77", name="Cơ quan thử", kind=kind, tier=tier, since=SINCE)
    officer = cast.officer("nguoi", "Phan Văn Người")
    cast.post(officer, role, body)
    client.force_login(officer)
    page = reverse("desk:post" if role is Role.POSTAL_CLERK else "desk:worklist")
    answer = client.get(page)
    assert answer.status_code == 200
    assert "Cơ quan thử" in answer.content.decode() and code not in answer.content.decode()
    assert client.get(reverse("desk:dossier", args=[code])).status_code == 404


@accepts("BN-10")
def test_a_counter_officer_reaches_dossiers_of_his_agency_at_his_own_centre_only(
    cast: Cast, client: Any, at: datetime
) -> None:
    code = str(cast.submitted().code)
    _ = cast.minh, cast.oanh
    beside = cast.officer("beside", "Ngô Quầy Bên")
    centre = OneStopCounter.objects.create(host=cast.commune, name="Trung tâm số 2")
    cast.post(beside, Role.COUNTER_OFFICER, cast.commune, counter=centre)
    guest = cast.officer("guest", "Tạ Khách")  # another agency's officer, on duty at the very same counter
    cast.post(guest, Role.COUNTER_OFFICER, cast.other_commune, counter=cast.counter)
    page, accept = reverse("desk:dossier", args=[code]), reverse("desk:act", args=[code, "accept"])
    for account in (beside, cast.oanh_account, guest):
        client.force_login(account)
        assert client.get(page).status_code == 404, account
        assert client.post(accept).status_code == 404, account
    client.force_login(cast.minh_account)
    assert client.get(page).status_code == 200
    assert client.post(accept).status_code == 302
    assert cast.lan_account.dossiers.get(code=code).accepted_at is not None
