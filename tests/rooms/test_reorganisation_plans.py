"""Plans of reorganisation: one draws up, a second confirms what he has seen, the worker carries out on the day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.agencies.models import Agency, PlannedReorganisation, Reorganisation
from motcua.base.errors import Refusal
from motcua.dossiers.actions import reorganisation_plans as plans
from motcua.dossiers.models import Dossier
from motcua.jobs import tasks
from motcua.rules.people import Role
from tests.rooms.late import SYSTEM, operator
from tests.rooms.test_reorganise import NEW

MERGER = {"kind": "merge", "from": ["H08.41.01", "H08.41.02"], "to": NEW}


@pytest.fixture
def first(cast):
    _ = cast.quang, cast.other_commune
    return operator(cast)


@pytest.fixture
def second(cast):
    return cast.post(cast.officer("van-hanh-2", "Lý Thị Hai"), Role.OPERATOR, cast.commune)


def proposed(at, by, *changes, day=None):
    data = {"day": day or at.date(), "basis": "NQ 10/NQ-HĐND", "change": list(changes or (MERGER,))}
    return plans.propose(data, by=by, at=at)


def confirmed(planned, by, at):
    return plans.confirm(planned.pk, seen=plans.seen_as(planned), by=by, at=at)


def test_nothing_moves_before_a_second_person_agrees_and_the_day_has_come(cast, at, first, second):
    tomorrow = at + timedelta(days=1)
    planned = proposed(at, first, day=tomorrow.date())
    assert plans.carry_out_due(by=SYSTEM, at=tomorrow) == 0
    with pytest.raises(Refusal) as caught:
        confirmed(planned, first, at)
    assert caught.value.status == 403
    confirmed(planned, second, at)
    assert plans.carry_out_due(by=SYSTEM, at=at) == 0
    assert Agency.objects.get(code="H08.41.01").until is None
    assert plans.carry_out_due(by=SYSTEM, at=tomorrow) == 1
    assert plans.carry_out_due(by=SYSTEM, at=tomorrow) == 0
    planned.refresh_from_db()
    assert planned.done == Reorganisation.objects.get()
    assert Agency.objects.get(code="H08.41.01").until == tomorrow.date()
    with pytest.raises(Refusal):
        plans.drop(planned.pk, by=second, at=tomorrow)


def test_the_worker_looks_every_minute(cast, at, first, second, clock):
    confirmed(proposed(at, first), second, at)
    tasks.reorganise_due.func(0)
    assert Reorganisation.objects.count() == 1


def test_what_was_changed_after_it_was_seen_is_not_confirmed(cast, at, first, second):
    planned = proposed(at, first)
    seen = plans.seen_as(planned)
    renamed = {"kind": "rename", "from": cast.division.agency.code, "to": {"code": "H08.41.01", "name": "X"}}
    with pytest.raises(Refusal):  # it ends in the first change already
        plans.add_changes(planned.pk, [renamed], by=first, at=at)
    Agency.objects.create(code="H08.5", name="Sở Cũ", kind="department", tier="province", since="2018-01-01")
    plans.add_changes(
        planned.pk, [{"kind": "rename", "from": "H08.5", "to": {"code": "H08.5", "name": "Sở Mới"}}], by=first, at=at
    )
    with pytest.raises(Refusal, match="vừa được sửa"):
        plans.confirm(planned.pk, seen=seen, by=second, at=at)
    plans.take_out(planned.pk, 2, by=first, at=at)
    plans.confirm(planned.pk, seen=seen, by=second, at=at)
    for late in (lambda: plans.take_out(planned.pk, 1, by=first, at=at), lambda: confirmed(planned, second, at)):
        with pytest.raises(Refusal) as caught:
            late()
        assert caught.value.status == 409


def test_only_who_runs_the_portal_and_only_the_author_edits(cast, at, first, second):
    for other in (cast.quang, cast.minh, cast.lan):
        with pytest.raises(Refusal) as caught:
            proposed(at, other)
        assert caught.value.status == 403
    planned = proposed(at, first)
    with pytest.raises(Refusal) as caught:
        plans.add_changes(planned.pk, [MERGER], by=second, at=at)
    assert caught.value.status == 403
    with pytest.raises(Refusal) as caught:
        proposed(at, second)  # the same decision and day
    assert caught.value.status == 409
    plans.drop(planned.pk, by=second, at=at)
    proposed(at, second)
    assert PlannedReorganisation.objects.count() == 2


def test_posts_that_would_overlap_keep_the_second_person_from_confirming(cast, at, first, second):
    cast.post(cast.quang_account, Role.LEADER, cast.other_commune)
    planned = proposed(at, first, {"kind": "dissolve", "from": "H08.41.01", "to": "H08.41.02"})
    held = cast.quang_account.posts.get(agency=cast.other_commune)
    held.until = at + timedelta(days=3)
    held.save()
    with pytest.raises(Refusal) as caught:
        confirmed(planned, second, at)
    assert any("Võ Minh Quang đã giữ vị trí" in words for words in caught.value.messages)


def test_what_does_not_fit_on_the_day_waits_with_its_reason_for_a_person(cast, at, first, second):
    planned = confirmed(proposed(at, first), second, at)
    Agency.objects.filter(code="H08.41.02").update(until="2026-01-01")
    assert plans.carry_out_due(by=SYSTEM, at=at) == 0
    planned.refresh_from_db()
    assert "đã kết thúc" in planned.faults[0] and not Agency.objects.filter(code="H08.30.001").exists()
    Agency.objects.filter(code="H08.41.02").update(until=None)
    assert plans.carry_out_due(by=SYSTEM, at=at) == 0
    plans.try_again(planned.pk, by=first, at=at)
    assert plans.carry_out_due(by=SYSTEM, at=at) == 1


def test_what_was_filed_in_the_very_moment_of_the_merger_follows(cast, at, first, second):
    confirmed(proposed(at, first), second, at)
    stray = cast.submitted()
    plans.carry_out_due(by=SYSTEM, at=at)
    Dossier.objects.filter(pk=stray.pk).update(agency=cast.commune)  # as if it had come a moment later
    assert plans.take_along_strays(by=SYSTEM, at=at + timedelta(minutes=1)) == 1
    stray.refresh_from_db()
    assert stray.agency.code == "H08.30.001"
    assert plans.take_along_strays(by=SYSTEM, at=at + timedelta(minutes=2)) == 0
