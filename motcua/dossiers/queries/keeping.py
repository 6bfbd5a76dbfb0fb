"""Which results came in time, for counting: as `facts.promises.measured_by`, in the database's words.

An apology gives the applicant a new date; it does not make the dossier punctual (QĐ 766/QĐ-TTg, chỉ tiêu 2.1). Each of
these may stand alone in a filter: dossiers nobody apologised for are not lost to the join.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q

from motcua.rules.acts import State

_NO_APOLOGY = Q(apology__isnull=True) | Q(apology__signed_at__isnull=True)

WITHOUT_DATE = Q(promised_at__isnull=True)
IN_TIME = Q(result_at__lte=F("promised_at")) & (_NO_APOLOGY | Q(apology__was_due_at__gte=F("result_at")))
TOO_LATE = Q(result_at__gt=F("promised_at")) | Q(
    apology__signed_at__isnull=False, apology__was_due_at__lt=F("result_at")
)


def overdue(at: datetime) -> Q:
    """Without a result although the date has passed, while the clock runs."""
    waiting = Q(result_at__isnull=True, paused_at__isnull=True, closed_at__isnull=True)
    broken = Q(promised_at__lt=at) | Q(apology__signed_at__isnull=False, apology__was_due_at__lt=at)
    return waiting & ~Q(state=State.WITHDRAWN.value) & broken
