"""Many at once over HTTP, each with a connection of its own: one code for each dossier, one officer for each act."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from motcua.accounts.models import Account, Kind
from motcua.agencies.models import PostHeld
from motcua.dossiers.models import Dossier
from motcua.rules.acts import State
from motcua.rules.people import Role
from tests.cast import Cast

CROWD = 32

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None, at: datetime, clock: Any) -> Cast:
    """The cast, committed, so that every thread's connection sees it."""
    from motcua.policy import queries

    queries.forget()
    return Cast(at)


def session_of(account: Account) -> str:
    """A signed-in session's key, as the login page would have made it."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def post(base: str, path: str, session: str, data: dict[str, str]) -> httpx.Response:
    """One POST of a signed-in browser with its CSRF token."""
    token = "a" * 32
    with httpx.Client(base_url=base, timeout=60) as browser:
        browser.cookies.set(settings.SESSION_COOKIE_NAME, session)
        browser.cookies.set(settings.CSRF_COOKIE_NAME, token)
        return browser.post(path, data={**data, "csrfmiddlewaretoken": token}, headers={"Referer": base})


def test_thirty_two_submissions_at_once_give_thirty_two_dossiers_with_different_codes(
    live_server: Any, world: Cast
) -> None:
    session = session_of(world.lan_account)
    keys = [str(world.draft().public_id) for _ in range(CROWD)]

    def file(key: str) -> httpx.Response:
        return post(live_server.url, reverse("portal:review", args=[key]), session, {"declared": "1"})

    with ThreadPoolExecutor(CROWD) as crowd:
        answers = list(crowd.map(file, keys))
    assert {answer.status_code for answer in answers} == {302}, [answer.text[:300] for answer in answers][:2]
    acknowledged = {answer.headers["Location"].split("/")[2] for answer in answers}
    assert len(acknowledged) == CROWD
    stored = list(Dossier.objects.filter(state=State.SUBMITTED).order_by("code").values_list("code", flat=True))
    assert set(stored) == acknowledged
    assert len(stored) == CROWD


def test_the_same_draft_sent_thirty_two_times_at_once_is_one_dossier(live_server: Any, world: Cast) -> None:
    session = session_of(world.lan_account)
    path = reverse("portal:review", args=[str(world.draft().public_id)])
    with ThreadPoolExecutor(CROWD) as crowd:
        answers = list(crowd.map(lambda _: post(live_server.url, path, session, {"declared": "1"}), range(CROWD)))
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    found = Dossier.objects.exclude(code=None).get()
    assert found.timeline.filter(act="submit").count() == 1


def test_of_thirty_two_officers_one_accepts_and_the_others_are_told_so(live_server: Any, world: Cast) -> None:
    code = str(world.submitted().code)
    officers = []
    for number in range(CROWD):
        account = world.account(f"officer{number}", f"Cán bộ {number}", kind=Kind.OFFICER)
        PostHeld.objects.create(
            account=account,
            role=Role.COUNTER_OFFICER.value,
            agency=world.commune,
            counter=world.counter,
            since=world.at.replace(year=2018),
        )
        officers.append(session_of(account))
    path = reverse("desk:act", args=[code, "accept"])
    with ThreadPoolExecutor(CROWD) as crowd:
        answers = list(crowd.map(lambda session: post(live_server.url, path, session, {}), officers))
    won = [answer for answer in answers if answer.status_code == 302]
    lost = [answer for answer in answers if answer.status_code == 409]
    assert (len(won), len(lost)) == (1, CROWD - 1), [answer.status_code for answer in answers]
    assert all("đã có người tiếp nhận" in answer.text for answer in lost)
    assert Dossier.objects.get(code=code).timeline.filter(act="accept").count() == 1
