"""What the clock does: each task is due at its minute, runs in one worker only, and may be run again without harm.

The outbox is not here: a row of `notifications.Message` is its own job (decision 0101), tended by `jobs.outbox`.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.db import OperationalError
from procrastinate import JobContext
from procrastinate.contrib.django import app

from motcua.accounts.actions import codes as account_codes
from motcua.archive import actions as archive
from motcua.audit import actions as audit
from motcua.dossiers.actions import bulk, expire, exports, reorganisation_plans, reschedule, timers
from motcua.files import actions as files
from motcua.notifications import actions as notifications
from motcua.parcels import actions as parcels
from motcua.rules.people import Actor
from motcua.ui import clock

logger = logging.getLogger(__name__)

KEEP_MESSAGES = timedelta(days=730)
"""Promises §7: the words of messages are kept 24 months."""

_KEEP_JOBS_HOURS = 24
_ROUNDS_OF_KEEPING = 50
"""A thousand packages an hour of the night; the next hour goes on."""


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Give the jobs of a worker that was killed to another one (its heartbeat stopped)."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        logger.warning("job %s (%s) was left by a dead worker; starting it again", job.id, job.task_name)
        await manager.retry_job(job)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="ring_bells")
def ring_bells(timestamp: int) -> None:
    """Warn before limits, apologise before promises break, remind, end by rule (`dossiers.actions.timers`)."""
    timers.ring(by=Actor.system("Hệ thống"), at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="count_anew")
def count_anew(timestamp: int) -> None:
    """Carry confirmed changes of the calendar and recorded outages through to every dossier, a batch at a time."""
    while reschedule.carry_out(by=Actor.system("Hệ thống"), at=clock.now()):
        pass


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="reorganise_due")
def reorganise_due(timestamp: int) -> None:
    """Carry out the confirmed reorganisations of agencies whose day has come; whatever slipped by follows."""
    reorganisation_plans.carry_out_due(by=Actor.system("Hệ thống"), at=clock.now())
    reorganisation_plans.take_along_strays(by=Actor.system("Hệ thống"), at=clock.now())


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="scan_waiting")
def scan_waiting(timestamp: int) -> None:
    """Scan the files that came in while the scanner was away."""
    files.scan_waiting()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="ship_parcels")
def ship_parcels(timestamp: int) -> None:
    """Order carriage for the envelopes the post took over; what the carrier refuses for now is ordered again later."""
    while parcels.ship_due(at=clock.now()):
        pass


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="anchor_audit", retry=5)
def anchor_audit(timestamp: int) -> None:
    """Sign what was recorded in the last hour (promise G11)."""
    try:
        audit.anchor(at=clock.now())
    except OperationalError:
        logger.warning("the hourly anchor waits: somebody holds the record in a long transaction")
        raise


@app.periodic(cron="30 2 * * *")
@app.task(queueing_lock="sweep_files")
def sweep_files(timestamp: int) -> None:
    """Remove uploads that nobody owns."""
    files.sweep(at=clock.now())


@app.periodic(cron="45 2 * * *")
@app.task(queueing_lock="forget")
def forget(timestamp: int) -> None:
    """Remove ended sessions, registrations never confirmed, and the words of old messages."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    account_codes.forget_stale(at=clock.now())
    notifications.wipe_old(before=clock.now() - KEEP_MESSAGES)


@app.periodic(cron="15 3 * * *")
@app.task(queueing_lock="expire_drafts")
def expire_drafts(timestamp: int) -> None:
    """Forget drafts nobody came back to for ninety days, with their files."""
    while expire.expire_drafts(by=Actor.system("Hệ thống"), at=clock.now()):
        pass


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="forget_work")
def forget_work(timestamp: int) -> None:
    """Remove exported files, runs never confirmed and old results of acts on many."""
    bulk.forget(at=clock.now())
    exports.forget(at=clock.now())


@app.periodic(cron="10 22-23,0-4 * * *")
@app.task(queueing_lock="archive_keep")
def archive_keep(timestamp: int) -> None:
    """Put closed dossiers that are due into the archive, by night; finish removing what two persons had destroyed."""
    archive.remove_bytes()
    after = 0
    for _ in range(_ROUNDS_OF_KEEPING):
        after = archive.keep_due(by=Actor.system("Hệ thống"), at=clock.now(), after=after)
        if not after:
            break


@app.periodic(cron="30 4 * * 0")
@app.task(queueing_lock="archive_check")
def archive_check(timestamp: int) -> None:
    """Hash a sample of the archive anew and tell operators what is not as it came in (promises §7)."""
    looked, faulty = archive.check_sample(by=Actor.system("Hệ thống"), at=clock.now())
    logger.log(logging.ERROR if faulty else logging.INFO, "archive: %s packages looked at, %s faulty", looked, faulty)


@app.periodic(cron="0 3 * * *")
@app.task(queueing_lock="remove_old_jobs", pass_context=True)
async def remove_old_jobs(context: JobContext, timestamp: int) -> None:
    """Remove finished jobs; failed ones stay for a person to see."""
    await context.app.job_manager.delete_old_jobs(nb_hours=_KEEP_JOBS_HOURS)
