"""Walking over all routes with what belongs to a dossier in their places, and what the database holds meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.notifications.models import Message
from motcua.papers.models import IssuedPaper
from tests.faces.routes import Route, routes
from tests.faces.standing import Standing

ABOUT_PROCEDURES = {"portal:procedure", "portal:blank_form", "portal:start", "api:read_procedure"}
NOISE = ("django_session", "accounts_attempt", "accounts_apitoken", "audit_")
"""Tables that a reading may touch: sessions, counted tries, when a token was last used, the record of who read what."""


def browser(account: Any = None, **options: Any) -> Client:
    """A browser of this person, or a visitor's."""
    client = Client(raise_request_exception=False, **options)
    if account is not None:
        client.force_login(account)
    return client


def places_of(standing: Standing, code: str) -> dict[str, str]:
    """What belongs to the dossier of this code, for each kind of place in an address."""
    found = Dossier.objects.get(code=code)
    paper = IssuedPaper.objects.filter(subject=code).order_by("pk").first()
    message = Message.objects.filter(subject_ref=code).order_by("created_at").first()
    enclosure = found.enclosures.order_by("pk").first()
    assert paper is not None and message is not None and enclosure is not None
    return {
        "code": code,
        "key": standing.draft,
        "step": "nguoi_yeu_cau",
        "requirement": "giay-chung-minh",
        "paper": str(paper.pk),
        "file": str(enclosure.file_id),
        "message": str(message.pk),
        "token": paper.token,
        "procedure": "2.000635",
        "parent": "52",
        "act": "accept",
        "rest": "khong-co",
        "str": "khong-co",
        "int": "1",
        "uuid": standing.draft,
        "slug": "khong-co",
    }


def addresses(standing: Standing, code: str) -> Iterator[tuple[Route, str]]:
    """Every route with its places filled for this dossier."""
    known = places_of(standing, code)
    for route in routes():
        values = dict(known)
        if route.name in ABOUT_PROCEDURES:
            values["code"] = "2.000635"
        if route.name == "portal:life_event":
            values["key"] = "sinh-con"
        if route.name.startswith("desk:counter_"):
            values["key"] = standing.walk_in
        if route.name.startswith("portal:vault_"):
            values["paper"] = values["uuid"]
        yield route, route.path_with(values)


def holdings() -> dict[str, tuple[int, str]]:
    """Rows and digest of every table but the noisy ones; that somebody opened a step is remembered, as reading is."""
    kept = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(NOISE):
                name = connection.ops.quote_name(table)
                cursor.execute(f"SELECT count(*), md5(string_agg(r, chr(10) ORDER BY r)) FROM {_rows(name)}")
                kept[table] = cursor.fetchone()
    return kept


def _rows(name: str) -> str:
    return f"(SELECT (to_jsonb(t) - 'opened_at')::text AS r FROM {name} t) rows"


def body_of(answer: Any) -> bytes:
    """The whole body, streamed or not."""
    # Read to its end the client closes it; closed by hand it would take the test's database connection along.
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)
