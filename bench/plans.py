"""EXPLAIN of every query behind the officer's list: no table that grows is read from end to end."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from motcua.accounts.models import Account  # noqa: E402
from motcua.agencies.queries import actor_of  # noqa: E402
from motcua.dossiers.queries.worklist import Narrowing, Tab, work_page  # noqa: E402
from motcua.rules.acts import State  # noqa: E402
from motcua.ui import clock  # noqa: E402

CASES = {
    "mine": (Tab.MINE, Narrowing()),
    "all of a procedure": (Tab.ALL, Narrowing(procedure="2.000635")),
    "elsewhere, examining": (Tab.ELSEWHERE, Narrowing(state=State.EXAMINING)),
    "a name": (Tab.ALL, Narrowing(text="nguyễn văn an")),
}
GROWING = ("dossiers_", "audit_", "notifications_", "papers_", "files_")


def main() -> None:
    """Print each plan in short, and loudly what reads a growing table from end to end."""
    at = clock.now()
    actor = actor_of(Account.objects.get(login="minh"), at=at)
    work_page(actor, Tab.MINE, narrowing=Narrowing(), number=1, at=at)
    faults = 0
    for name, (tab, narrowing) in CASES.items():
        with CaptureQueriesContext(connection) as queries:
            work_page(actor, tab, narrowing=narrowing, number=1, at=at)
        took, scans = 0.0, set()
        for query in queries.captured_queries:
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + query["sql"])
                plan = [str(row[0]) for row in cursor.fetchall()]
            took += sum(float(line.split(":")[1].split()[0]) for line in plan if "Execution Time" in line)
            for line in plan:
                if "Index" in line and " on " in line and "dossier" in line:
                    scans.add(line.strip().split("  (")[0].removeprefix("->  "))
                if "Seq Scan on " in line and line.split("Seq Scan on ")[1].startswith(GROWING):
                    faults += 1
                    print(f"    SEQ SCAN: {line.strip()}")
        print(f"  {name}: {len(queries)} queries, {took:.1f} ms in the database")
        for scan in sorted(scans):
            print(f"    {scan}")
    print("  No growing table is read from end to end." if not faults else f"  {faults} scans from end to end.")


if __name__ == "__main__":
    main()
