"""Many at once: prepare, confirm once, and do each dossier by its own verb, in a transaction of its own.

A run's rows are its job: whoever finds one waiting takes it with a row lock, does the act and notes the result in the
same transaction. A worker that is killed leaves the dossier as it was and the row waiting; another one goes on. No
dossier is ever done twice.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction

from motcua.accounts.models import Account
from motcua.agencies.queries import actor_of
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.base.kept import KeptQuery, update
from motcua.dossiers.actions import approve, deliver, examine, intake, issue, notify, recall
from motcua.dossiers.models import BulkItem, BulkRun
from motcua.dossiers.queries.bulk import MOST, RECALLED, Deed, Preview, previews
from motcua.dossiers.queries.visible import visible_to
from motcua.rules import words
from motcua.rules.acts import Channel
from motcua.rules.people import Actor

logger = logging.getLogger(__name__)

KEPT_UNCONFIRMED = timedelta(days=1)
KEPT = timedelta(days=90)
LONGEST_WAY_BACK = 1000
"""Of the list's address; from a longer one the way back leads to the plain list."""

Verb = Callable[[str, Mapping[str, Any], Actor, datetime], object]


def _deliver(code: str, details: Mapping[str, Any], by: Actor, at: datetime) -> object:
    return deliver.deliver(
        code,
        channel=Channel(details["channel"]),
        receiver_name=details["receiver_name"] or details["applicants"][code],
        note=details["note"],
        by=by,
        at=at,
    )


VERBS: Mapping[Deed, Verb] = {
    Deed.ACCEPT: lambda code, details, by, at: intake.accept(code, by=by, at=at),
    Deed.FORWARD: lambda code, details, by, at: examine.forward(code, by=by, at=at),
    Deed.ASSIGN: lambda code, details, by, at: examine.assign(code, to=details["to"], by=by, at=at),
    Deed.PASS_ON: lambda code, details, by, at: examine.pass_on(code, by=by, at=at),
    Deed.PROPOSE: lambda code, details, by, at: examine.propose(code, by=by, at=at),
    Deed.APPROVE: lambda code, details, by, at: approve.approve(code, by=by, at=at),
    Deed.SEND_BACK: lambda code, details, by, at: approve.send_back(code, reason=details["reason"], by=by, at=at),
    Deed.SEAL: lambda code, details, by, at: issue.seal(code, by=by, at=at),
    Deed.DELIVER: _deliver,
    Deed.RECALL: lambda code, details, by, at: recall.recall(code, by=by, at=at),
    Deed.NOTIFY: lambda code, details, by, at: notify.notify(code, text=details["text"], by=by, at=at),
}


def prepare(
    deed: Deed,
    codes: Sequence[str],
    *,
    details: Mapping[str, Any] | None = None,
    back: str = "",
    by: Actor,
    at: datetime,
) -> BulkRun:
    """A run awaiting one confirmation, each dossier decided. Raises `Refusal` without dossiers or with too many."""
    chosen = list(dict.fromkeys(codes))
    if not chosen:
        raise Refusal("Hãy chọn ít nhất một hồ sơ.")
    if len(chosen) > MOST:
        raise Refusal(f"Mỗi lần làm được nhiều nhất {MOST} hồ sơ. Hãy chọn ít hơn.")
    found = previews(chosen, deed, details or {}, by, at=at) if details is not None else _bare(chosen, by, at)
    if not found or by.account_id is None:
        raise Refusal("Không có hồ sơ nào trong số đã chọn thuộc phần việc của bạn.", status=404)
    with transaction.atomic():
        run = BulkRun.objects.create(
            account_id=by.account_id,
            by_name=by.name,
            act=deed.value,
            details=_details(details, found),
            back=back if len(back) <= LONGEST_WAY_BACK else "",
            prepared_at=at,
        )
        BulkItem.objects.bulk_create(_items(run, found))
    return run


def _bare(codes: Sequence[str], by: Actor, at: datetime) -> list[Preview]:
    """Dossiers of which nothing is decided yet, since the details are still to be asked."""
    rows = visible_to(by).filter(code__in=list(codes)).select_related("revision").order_by("pk")
    known = {row.code: row for row in rows.only("code", "applicant_name", "revision__name", "revision__short_name")}
    return [
        Preview(code, known[code].applicant_name, known[code].revision.title, False, "")
        for code in codes
        if code in known
    ]


def _details(details: Mapping[str, Any] | None, found: Sequence[Preview]) -> dict[str, Any]:
    if details is None:
        return {}
    if "receiver_name" in details:
        return {**details, "applicants": {one.code: one.applicant for one in found if one.allowed}}
    return dict(details)


def _items(run: BulkRun, found: Sequence[Preview]) -> list[BulkItem]:
    state = BulkItem.State
    return [
        BulkItem(
            run=run, position=position, code=one.code, applicant=one.applicant[:250], procedure=one.procedure[:500],
            state=state.WAITING.value if one.allowed else state.BARRED.value, words=one.words,
        )
        for position, one in enumerate(found)
    ]  # fmt: skip


def detail(run: BulkRun, details: Mapping[str, Any], *, by: Actor, at: datetime) -> BulkRun:
    """Say what the deed needs (to whom, which words), and decide each dossier with it."""
    with transaction.atomic():
        locked = _locked(run.pk)
        if locked.confirmed_at is not None:
            raise Refusal("Việc này đã được xác nhận.", status=409)
        codes = list(locked.items.order_by("position").values_list("code", flat=True))
        found = previews(codes, Deed(locked.act), details, by, at=at)
        locked.items.all().delete()
        BulkItem.objects.bulk_create(_items(locked, found))
        locked.details = _details(details, found)
        locked.save(update_fields=["details"])
    return locked


def confirm(run: BulkRun, *, by: Actor, at: datetime) -> BulkRun:
    """Let the workers begin. Confirming twice is confirming once."""
    with transaction.atomic():
        locked = _locked(run.pk)
        if locked.confirmed_at is not None:
            return locked
        waiting = locked.items.filter(state=BulkItem.State.WAITING.value).count()
        if not waiting:
            raise Refusal("Không có hồ sơ nào trong danh sách làm được việc này.", status=409)
        locked.confirmed_at = at
        locked.save(update_fields=["confirmed_at"])
        record(subject=("bulk", str(locked.pk)), verb=locked.act, by=by, at=at, body={"dossiers": waiting})
    return locked


def prepare_undo(run: BulkRun, *, by: Actor, at: datetime) -> BulkRun:
    """A run that takes back what this one handed on and nobody has opened yet; to be confirmed like any other."""
    if Deed(run.act) not in RECALLED:
        raise Refusal("Việc này không hoàn tác được.", status=409)
    codes = list(run.items.filter(state=BulkItem.State.DONE.value).order_by("position").values_list("code", flat=True))
    back = prepare(Deed.RECALL, codes, details={}, back=run.back, by=by, at=at)
    back.undoes = run
    back.save(update_fields=["undoes"])
    return back


def waiting_run() -> UUID | None:
    """The run under way that was confirmed first."""
    under_way = BulkRun.objects.filter(confirmed_at__isnull=False, finished_at__isnull=True)
    return under_way.order_by("confirmed_at").values_list("pk", flat=True).first()


def work_on(run_id: UUID, *, at: datetime) -> bool:
    """Do one waiting dossier of the run that nobody else has in hand. False when there is none: then it may be over."""
    try:
        return _do_next(run_id, at)
    except _Broken as fault:
        mark = secrets.token_hex(4)
        logger.exception("bulk: %s of %s failed (%s)", fault.item_id, run_id, mark, exc_info=fault.__cause__)
        said = f"Hệ thống gặp lỗi, hồ sơ vẫn như cũ. Mã sự cố: {mark}."
        item = BulkItem.objects.get(pk=fault.item_id)
        item.state, item.words, item.done_at = BulkItem.State.REFUSED.value, said, at
        item.save(update_fields=["state", "words", "done_at"])
        return True


class _Broken(Exception):
    """A verb failed in a way nobody foresaw; its transaction is gone."""

    def __init__(self, item_id: int) -> None:
        super().__init__(item_id)
        self.item_id = item_id


_SAMPLE = UUID(int=987_654_321_012)
_next_item = KeptQuery(
    lambda run: (
        BulkItem.objects.filter(run_id=run, state=BulkItem.State.WAITING.value)
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("position")[:1]
    ),
    run=_SAMPLE,
)
_run_of = KeptQuery(lambda run: BulkRun.objects.filter(pk=run).select_related("account").order_by("pk"), run=_SAMPLE)


def _do_next(run_id: UUID, at: datetime) -> bool:
    with transaction.atomic():
        item = next(iter(_next_item(run=run_id)), None)
        if item is None:
            if not BulkItem.objects.filter(run_id=run_id, state=BulkItem.State.WAITING.value).exists():
                BulkRun.objects.filter(pk=run_id, finished_at__isnull=True).update(finished_at=at)
            return False
        (run,) = _run_of(run=run_id)
        _do(item, run, at)
        item.done_at = at
        update(item, "state", "words", "done_at")
    return True


def _do(item: BulkItem, run: BulkRun, at: datetime) -> None:
    """Perform the deed as the officer, with the posts held at this moment: who was dismissed meanwhile does nothing."""
    deed, account = Deed(run.act), run.account
    assert isinstance(account, Account)
    by = actor_of(account, at=at)
    try:
        with transaction.atomic():
            VERBS[deed](item.code, run.details, by, at)
    except Refusal as no:
        texts = [*no.messages, *(text for texts in no.field_errors.values() for text in texts)]
        item.state, item.words = BulkItem.State.REFUSED.value, " ".join(dict.fromkeys(map(str, texts)))
    except DatabaseError:
        raise  # a deadlock or a lost connection: the dossier is as it was, and tried again
    except Exception as error:
        raise _Broken(item.pk) from error
    else:
        item.state = BulkItem.State.DONE.value
        item.words = words.HAPPENED[deed.act] if deed.act else "Đã nhắn người nộp"


def forget(*, at: datetime) -> None:
    """Remove what was never confirmed after a day, and old results; the dossiers' own history stays."""
    BulkRun.objects.filter(confirmed_at__isnull=True, prepared_at__lt=at - KEPT_UNCONFIRMED).delete()
    BulkRun.objects.filter(finished_at__lt=at - KEPT, undone_by__isnull=True).delete()


def _locked(key: UUID) -> BulkRun:
    return BulkRun.objects.select_for_update(of=("self",)).get(pk=key)
