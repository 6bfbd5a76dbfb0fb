"""What a pass of the bells asks of the database: it runs every minute, and after every act for its dossier."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.models import Alarm, TimerMark
from motcua.rules.lateness import Bell
from tests.cast import Cast
from tests.rooms.late import accepted, awaited, day, ring

SOON = timedelta(seconds=10)


def asked(work: Callable[[], object]) -> list[str]:
    """The statements of some work, those that only frame a transaction left out."""
    with CaptureQueriesContext(connection) as seen:
        work()
    return [one["sql"] for one in seen.captured_queries if "SAVEPOINT" not in one["sql"]]


@pytest.fixture
def code(cast: Cast, at: datetime) -> str:
    """A dossier with the division, holder and leader known, once looked at: what a process keeps is kept."""
    _ = cast.ha, cast.quang
    made = accepted(cast, at)
    ring(at)
    return made


def test_a_pass_with_nothing_due_asks_once(code: str, at: datetime) -> None:
    assert len(asked(lambda: ring(at + SOON))) == 1


def test_to_look_at_a_dossier_for_which_nothing_rings_costs_six_and_a_hundred_cost_no_more(
    cast: Cast, code: str, at: datetime
) -> None:
    Alarm.objects.update(ring_at=at)  # as after every act
    alone = asked(lambda: ring(at + SOON))
    assert len(alone) == 6, "\n".join(alone)
    for _number in range(4):
        accepted(cast, at)
    assert Alarm.objects.filter(ring_at__lte=at).count() == 4
    Alarm.objects.update(ring_at=at)
    together = asked(lambda: ring(at + SOON))
    assert len(together) == 6, "\n".join(together)
    assert not Alarm.objects.filter(ring_at__lte=at + SOON).exists() and not TimerMark.objects.exists()


def test_before_acceptance_and_while_the_applicant_is_awaited_it_costs_less(cast: Cast, at: datetime) -> None:
    cast.submitted()
    ring(at)
    Alarm.objects.update(ring_at=at)
    assert len(asked(lambda: ring(at + SOON))) == 3
    Alarm.objects.all().delete()
    awaited(cast, at)
    ring(at)
    Alarm.objects.update(ring_at=at)
    assert len(asked(lambda: ring(at + SOON))) == 4


def test_a_bell_that_rings_loads_its_dossier_once(code: str, at: datetime) -> None:
    at = day(at, 19, 13, 30)
    rung = asked(lambda: ring(at))
    assert list(TimerMark.objects.values_list("kind", flat=True)) == [Bell.STEP_WARNING.value]
    whole = [sql for sql in rung if 'FROM "dossiers_dossier"' in sql and '"dossiers_dossier"."answers"' in sql]
    assert len(whole) == 1
    assert len(rung) <= 22, "\n".join(rung)
