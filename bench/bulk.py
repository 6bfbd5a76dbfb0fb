"""500 acceptances at once: prepared here as the page does, done by the product's own worker, timed by its rows.

Run as `python -m bench.bulk [PID]` against a filled database while the product runs; PID is that of the product, whose
processor time is told besides: on a machine that others use too, it says more than the clock on the wall.
"""

from __future__ import annotations

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
django.setup()

from django.db import connection  # noqa: E402

from bench import processes  # noqa: E402
from bench.profiling import Counter  # noqa: E402
from motcua.accounts.models import Account  # noqa: E402
from motcua.agencies.queries import actor_of  # noqa: E402
from motcua.dossiers.actions import bulk, intake  # noqa: E402
from motcua.dossiers.models import BulkItem  # noqa: E402
from motcua.dossiers.queries.bulk import Deed, progress_of  # noqa: E402
from motcua.dossiers.queries.worklist import Narrowing, Tab, codes_of  # noqa: E402
from motcua.rules.acts import State  # noqa: E402
from motcua.rules.people import Actor  # noqa: E402
from motcua.ui import clock  # noqa: E402

MANY = 500
GOAL = 30.0
LONGEST = 300.0


def _cpu() -> dict[str, float]:
    """Seconds of processor time the product's processes took so far, by what they do."""
    pids = processes.roles(int(sys.argv[1])) if sys.argv[1:] else {}
    return {role: processes.cpu_seconds(found) for role, found in pids.items()}


def _queries_of(code: str, actor: Actor) -> int:
    """How often one acceptance asks the database, after another has filled what the process holds."""
    counter = Counter()
    with connection.execute_wrapper(counter):
        intake.accept(code, by=actor, at=clock.now())
    return counter.seen


def main() -> None:
    """Prepare, confirm, wait, tell."""
    at = clock.now()
    actor = actor_of(Account.objects.get(login="minh"), at=at)
    asked = Narrowing(state=State.SUBMITTED)
    *codes, first, other = codes_of(actor, Tab.MINE, narrowing=asked, at=at, most=MANY + 2)
    intake.accept(first, by=actor, at=clock.now())
    queries = _queries_of(other, actor)
    load, before = os.getloadavg()[0], _cpu()
    began = time.monotonic()
    run = bulk.prepare(Deed.ACCEPT, codes, details={}, by=actor, at=at)
    prepared = time.monotonic() - began
    bulk.confirm(run, by=actor, at=clock.now())
    began = time.monotonic()
    while run.finished_at is None and time.monotonic() - began < LONGEST:
        time.sleep(0.25)
        run.refresh_from_db()
    took = time.monotonic() - began
    progress = progress_of(run)
    undone, each = progress.refused + progress.barred, 1000 * took / max(progress.done, 1)
    print(f"  preview of {len(codes)}: {prepared:.1f} s; done: {progress.done}, not done: {undone}")
    print(f"  from confirmation to the last: {took:.1f} s (goal {GOAL:.0f} s), {each:.0f} ms each")
    spent = {role: 1000 * (now - before[role]) / max(progress.done, 1) for role, now in _cpu().items()}
    told = "".join(f"{role} {spent[role]:.1f} ms, " for role in ("worker", "database") if role in spent)
    print(f"  one acceptance: {told}{queries} queries; load of the machine when it began: {load:.1f}")
    for item in run.items.exclude(state=BulkItem.State.DONE.value).order_by("position")[:3]:
        print(f"    {item.code}: {item.words}")


if __name__ == "__main__":
    main()
