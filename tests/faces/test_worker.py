"""The clock's face: what the worker does by itself."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.db import OperationalError
from procrastinate.contrib.django import app

from motcua.audit import actions as audit
from motcua.audit.models import Anchor
from motcua.jobs import outbox, tasks
from motcua.jobs.outbox import Road
from motcua.notifications.models import Channel
from motcua.rules.people import Actor
from tests.conftest import Clock


def test_every_task_of_the_clock_is_known_to_the_worker() -> None:
    periodic = {one.task.name.rpartition(".")[2] for one in app.periodic_registry.periodic_tasks.values()}
    assert {"retry_stalled", "scan_waiting", "anchor_audit", "sweep_files", "forget", "remove_old_jobs"} <= periodic


@pytest.mark.django_db
def test_the_hourly_task_signs_what_is_new(clock: Clock, at: datetime, settings: Any, tmp_path: Any) -> None:
    settings.AUDIT_NOTEBOOK = tmp_path / "anchors.jsonl"
    audit.record(subject=("dossier", "1"), verb="submit", by=Actor.system("x"), at=at)
    tasks.anchor_audit(timestamp=0)
    assert Anchor.objects.get().at == at


@pytest.mark.django_db
def test_the_nightly_tasks_run_on_an_empty_house(clock: Clock, settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path
    tasks.scan_waiting(timestamp=0)
    tasks.sweep_files(timestamp=0)
    tasks.forget(timestamp=0)
    tasks.archive_keep(timestamp=0)
    tasks.archive_check(timestamp=0)


def test_a_job_left_by_a_dead_worker_is_started_again() -> None:
    class Manager:
        def __init__(self) -> None:
            self.again: list[Any] = []

        async def get_stalled_jobs(self) -> list[Any]:
            return [Job()]

        async def retry_job(self, job: Any) -> None:
            self.again.append(job.id)

    class Job:
        id, task_name = 7, "x"

    class Context:
        class app:
            job_manager = Manager()

    # In a thread of its own: a browser test before this one may have left an event loop running here.
    with ThreadPoolExecutor(1) as aside:
        aside.submit(lambda: asyncio.run(tasks.retry_stalled(Context(), timestamp=0))).result()
    assert Context.app.job_manager.again == [7]


def test_a_road_goes_on_after_the_database_was_away(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, answers = threading.Event(), iter([OperationalError("gone"), RuntimeError("bug"), 3, 0])

    def deliver(**given: Any) -> int:
        assert given["channel"] == Channel.EMAIL
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        if answer == 0:
            stop.set()
        return answer

    monkeypatch.setattr(outbox.actions, "deliver_due", deliver)
    monkeypatch.setattr(outbox, "_PAUSE", 0)
    monkeypatch.setattr(outbox, "_PAUSE_AFTER_FAULT", 0)
    Road(Channel.EMAIL, stop).run()
    assert list(answers) == []
