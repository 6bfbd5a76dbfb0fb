"""Each check of `checks` can fail: one row is tampered with, the fault must be found, and the row is put back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from bench.year.checks import faults
from motcua.dossiers.models import Apology, Dossier, Handover, Promise, StepRun, TimelineEntry
from motcua.reception.models import RegisterEntry
from motcua.rules.acts import Act, State


class _Undone(Exception):
    pass


def _signed() -> Apology:
    return Apology.objects.filter(signed_at__isnull=False).order_by("pk")[0]


def _delivered() -> Dossier:
    return Dossier.objects.filter(state=State.DELIVERED.value).order_by("pk")[0]


def _no_apology() -> None:
    late = Dossier.objects.filter(result_at__gt=F("first_promised_at"), apology__signed_at__isnull=False)
    found = late.order_by("pk")[0]
    Dossier.objects.filter(pk=found.pk).update(promised_at=found.first_promised_at)
    Apology.objects.filter(dossier=found).delete()


def _late_apology() -> None:
    apology = _signed()
    Apology.objects.filter(pk=apology.pk).update(signed_at=apology.was_due_at + timedelta(hours=1))


def _wrong_apology() -> None:
    Apology.objects.filter(pk=_signed().pk).update(was_due_at=F("was_due_at") - timedelta(days=1))


def _pause() -> None:
    found = Dossier.objects.filter(timeline__act=Act.SUPPLEMENT.value).order_by("pk")[0]
    Dossier.objects.filter(pk=found.pk).update(pauses=[])


def _step_minutes() -> None:
    run = StepRun.objects.filter(dossier=_delivered()).order_by("pk")[1]
    StepRun.objects.filter(pk=run.pk).update(used_minutes=F("used_minutes") + 60)


def _step_gap() -> None:
    run = StepRun.objects.filter(dossier=_delivered()).order_by("pk")[1]
    StepRun.objects.filter(pk=run.pk).update(given_at=F("given_at") + timedelta(seconds=1))


def _giver() -> None:
    run = StepRun.objects.filter(dossier=_delivered()).order_by("pk")[1]
    StepRun.objects.filter(pk=run.pk).update(given_by_name="")


def _no_handover() -> None:
    Handover.objects.filter(dossier=_delivered()).delete()


def _untold_handover() -> None:
    TimelineEntry.objects.filter(dossier=_delivered(), act=Act.FORWARD.value).delete()


def _promise() -> None:
    Promise.objects.filter(pk=Promise.objects.order_by("pk")[0].pk).update(due_at=F("due_at") + timedelta(days=1))


def _explanation() -> None:
    Promise.objects.filter(pk=Promise.objects.order_by("pk")[0].pk).update(explanation=[])


def _unregistered() -> None:
    RegisterEntry.objects.order_by("-pk")[0].delete()


def _registered_wrongly() -> None:
    first = RegisterEntry.objects.order_by("pk")[0]
    RegisterEntry.objects.filter(pk=first.pk).update(subject="nobody")


def _book() -> None:
    first = RegisterEntry.objects.order_by("pk")[0]
    RegisterEntry.objects.filter(pk=first.pk).update(number=F("number") + 5000)


def _audit() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only")
        cursor.execute("UPDATE audit_event SET verb = 'x' WHERE id = (SELECT max(id) FROM audit_event)")


TAMPERINGS: tuple[tuple[str, Callable[[], None], str], ...] = (
    ("an apology that was never made", _no_apology, "nobody apologised"),
    ("an apology an hour late", _late_apology, "apology only"),
    ("an apology about another date", _wrong_apology, "not the date promised then"),
    ("a pause left out", _pause, "the clock stood"),
    ("an hour more at a station", _step_minutes, "stations used"),
    ("a gap between stations", _step_gap, "stations begin"),
    ("a hand-over by nobody", _giver, "is not filled in"),
    ("a result handed to nobody", _no_handover, "lacks the hand-over"),
    ("a hand-over nobody made", _untold_handover, "nobody handed it on"),
    ("a promise moved by hand", _promise, "does not follow"),
    ("an explanation lost", _explanation, "does not follow"),
    ("a line torn out of the register", _unregistered, "0 lines in the register"),
    ("a line for nobody", _registered_wrongly, "nobody: 1 lines"),
    ("a gap in the book", _book, "numbers have gaps"),
    ("an event of the audit changed", _audit, "audit: "),
)


def unseen(*, at: datetime) -> list[str]:
    """Tamperings the checks do not see; each is undone again. None when every check can fail."""
    found = []
    for name, tamper, words in TAMPERINGS:
        try:
            with transaction.atomic():
                tamper()
                if not any(words in fault for fault in faults(at=at)):
                    found.append(f"not seen: {name}")
                raise _Undone
        except _Undone:
            continue
        except Exception as error:
            found.append(f"{name}: could not be tried: {error!r}"[:300])
    return found
