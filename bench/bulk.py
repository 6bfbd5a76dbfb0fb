"""500 acceptances at once: prepared here as the page does, done by the product's own worker, timed by its rows.

Run as `python -m bench.bulk` against a filled database while the product runs.
"""

from __future__ import annotations

import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
django.setup()

from motcua.accounts.models import Account  # noqa: E402
from motcua.agencies.queries import actor_of  # noqa: E402
from motcua.dossiers.actions import bulk  # noqa: E402
from motcua.dossiers.models import BulkItem  # noqa: E402
from motcua.dossiers.queries.bulk import Deed, progress_of  # noqa: E402
from motcua.dossiers.queries.worklist import Narrowing, Tab, codes_of  # noqa: E402
from motcua.rules.acts import State  # noqa: E402
from motcua.ui import clock  # noqa: E402

MANY = 500
GOAL = 30.0
LONGEST = 300.0


def main() -> None:
    """Prepare, confirm, wait, tell."""
    at = clock.now()
    actor = actor_of(Account.objects.get(login="minh"), at=at)
    asked = Narrowing(state=State.SUBMITTED)
    codes = codes_of(actor, Tab.MINE, narrowing=asked, at=at, most=MANY)
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
    for item in run.items.exclude(state=BulkItem.State.DONE.value).order_by("position")[:3]:
        print(f"    {item.code}: {item.words}")


if __name__ == "__main__":
    main()
