"""EXPLAIN of every query behind the officers' lists: no table that grows is read from end to end, whatever is asked.

Run as `python -m bench.plans`; ends with 1 when a plan breaks the rule or a page needs more queries than it may.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from functools import cache

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from motcua.accounts.models import Account  # noqa: E402
from motcua.agencies.models import PostHeld  # noqa: E402
from motcua.agencies.queries import actor_of  # noqa: E402
from motcua.dossiers.models import Dossier  # noqa: E402
from motcua.dossiers.queries.narrowing import Kept, Narrowing, When  # noqa: E402
from motcua.dossiers.queries.trays import Turn  # noqa: E402
from motcua.dossiers.queries.typed import words_of  # noqa: E402
from motcua.dossiers.queries.worklist import Tab, work_page  # noqa: E402
from motcua.rules.acts import Channel, State  # noqa: E402
from motcua.rules.people import Role  # noqa: E402
from motcua.ui import clock  # noqa: E402

MOST_QUERIES = 20
GROWING = ("dossiers_", "audit_", "notifications_", "papers_", "files_")


def cases() -> dict[str, tuple[Tab, Narrowing]]:
    """Every tray, and every filter over the largest of them."""
    at = clock.now()
    sample = Dossier.objects.filter(state=State.EXAMINING.value).order_by("pk").first()
    assert sample is not None
    trays = {f"tray {tab.value}": (tab, Narrowing()) for tab in Tab}
    answer = next(
        (key, str(value)) for key, value in sorted(sample.answers.items()) if isinstance(value, str) and value.islower()
    )
    said = next(
        (key, value)
        for key, value in sorted(sample.answers.items())
        if isinstance(value, str) and len(words_of(value)) > 1
    )
    asked = {
        "procedure": Narrowing(procedure="2.000635"),
        "sector": Narrowing(sector=sample.revision.sector.code),
        "state, common": Narrowing(state=State.DELIVERED),
        "state, rare": Narrowing(state=State.AWAITING_SEAL),
        "division": Narrowing(division=sample.step_division_id),
        "holder": Narrowing(holder=Account.objects.get(login="minh").pk),
        "whose turn": Narrowing(turn=Turn.LEADER),
        "channel, common": Narrowing(channel=Channel.ONLINE),
        "channel, rare": Narrowing(channel=Channel.POST),
        "level": Narrowing(level=sample.service_level),
        "filed this week": Narrowing(filed_from=at.date() - timedelta(days=7)),
        "result in a month, late": Narrowing(
            done_from=at.date() - timedelta(days=60), done_to=at.date() - timedelta(days=30), kept=Kept.LATE
        ),
        "overdue": Narrowing(when=When.LATE),
        "due soon": Narrowing(when=When.SOON),
        "without a result": Narrowing(when=When.OPEN),
        "a name": Narrowing(text="nguyễn văn an"),
        "a common name": Narrowing(text="nguyễn"),
        "a rare name": Narrowing(text="nguyễn văn an 4242"),
        "a code": Narrowing(text=sample.code or ""),
        "the beginning of a code": Narrowing(text=(sample.code or "")[:14]),
        "an identity number": Narrowing(text="052080000001"),
        "an answer of the form": Narrowing(procedure="2.000635", answers=(answer,)),
        "words of an answer": Narrowing(procedure=sample.revision.procedure.code, typed=(said,)),
        "a common word of an answer": Narrowing(typed=((said[0], "nguyễn"),)),
        "a name and a word of an answer": Narrowing(text="nguyễn", typed=((said[0], said[1].split()[-1]),)),
        "procedure, state, channel": Narrowing(procedure="2.000635", state=State.EXAMINING, channel=Channel.ONLINE),
    }
    over_all = {name: (Tab.ALL, one) for name, one in asked.items()}
    elsewhere = {
        "done by procedure": (Tab.DONE, Narrowing(procedure="2.000635")),
        "mine by name": (Tab.MINE, Narrowing(text="nguyễn văn an")),
    }
    return {**trays, **over_all, **elsewhere}


def main() -> int:
    """Print each case in short, and loudly what breaks the rule. Answers the number of faults."""
    at, faults = clock.now(), 0
    stage = Account.objects.get(login="minh")
    actor = actor_of(stage, at=at)
    here = actor.posts[0].agency_id
    print(f"  {Dossier.objects.filter(agency_id=here, submitted_at__isnull=False).count():,} dossiers in the agency")
    work_page(actor, Tab.MINE, narrowing=Narrowing(), number=1, at=at)
    for role in (Role.COUNTER_OFFICER, Role.CASE_OFFICER, Role.LEADER):
        held = PostHeld.objects.filter(agency_id=here, role=role.value).select_related("account").order_by("pk").first()
        if held is None:
            continue
        one = actor_of(held.account, at=at)
        for name, (tab, narrowing) in cases().items():
            with CaptureQueriesContext(connection) as queries:
                work_page(one, tab, narrowing=narrowing, number=1, at=at)
            faults += tell(f"{role.value}: {name}", [query["sql"] for query in queries.captured_queries])
        faults += pages(held.account, leads=role is Role.LEADER)
    print("  No growing table is read from end to end." if not faults else f"  {faults} faults.")
    return faults


def pages(account: Account, *, leads: bool) -> int:
    """The whole pages over the same database, as the officer opens them."""
    client, faults = Client(headers={"host": "localhost"}), 0
    client.force_login(account)
    for url in [reverse("desk:worklist"), *([reverse("desk:leader")] if leads else [])]:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(url)
        assert answer.status_code == 200, (url, answer.status_code)
        asked = [query["sql"] for query in queries.captured_queries if query["sql"].startswith(("SELECT", "("))]
        if len(queries) > MOST_QUERIES:
            faults += 1
            print(f"    TOO MANY QUERIES: {len(queries)} for {url}")
        faults += tell(f"the page {url}", asked)
    return faults


def tell(name: str, statements: list[str]) -> int:
    """Explain and run each statement; a line for the case, one more for each fault."""
    took, faults, slowest = 0.0, 0, 0.0
    for sql in statements:
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + sql)
            plan = [str(row[0]) for row in cursor.fetchall()]
        own = sum(float(line.split(":")[1].split()[0]) for line in plan if "Execution Time" in line)
        took, slowest = took + own, max(slowest, own)
        for line in plan:
            if "Seq Scan on " in line and _has_grown(line.split("Seq Scan on ")[1].split()[0]):
                faults += 1
                print(f"    SEQ SCAN: {line.strip()}")
        if own > float(os.environ.get("SHOW_OVER", "1e9")):
            print("\n".join(f"      {line}" for line in [sql[:1500], *plan]))
    print(
        f"  {name}: {len(statements)} queries, {took:.1f} ms in the database, the slowest {slowest:.1f} ms", flush=True
    )
    return faults


@cache
def _has_grown(table: str) -> bool:
    """Whether this is a table that grows with the dossiers, and has: of an empty one the planner reads its one page."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(reltuples), 0) FROM pg_class WHERE relname = %s", [table])
        return table.startswith(GROWING) and int(cursor.fetchone()[0]) >= 1000


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
