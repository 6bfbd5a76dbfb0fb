"""What was decided for a body holds for the body that follows it, unless that has rules of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db.models import Q

from motcua.agencies.models import Agency
from motcua.policy import queries
from motcua.policy.actions.clauses import take_in
from motcua.policy.facts import stated
from motcua.policy.models import Clause, OfficeHours
from motcua.rules.people import Actor


def inherit_clauses(source: Agency, heir: Agency, *, since: date, by: Actor, at: datetime) -> int:
    """Clauses and office hours of ``source`` in force on ``since``, stated anew for ``heir`` from that day.

    Returns clauses added. The caller holds a transaction.
    """
    own = set(Clause.objects.filter(agency=heir).values_list("key", "procedure_code"))
    running = Clause.objects.filter(Q(until__isnull=True) | Q(until__gt=since), agency=source, since__lte=since)
    fresh = [
        replace(stated(clause), agency=heir.code, since=since, place=f"khoản kế thừa của {source.name}")
        for clause in running.select_related("agency").order_by("pk")
        if (clause.key, clause.procedure_code) not in own
    ]
    added = take_in(fresh, by=by, at=at) if fresh else 0
    if not OfficeHours.objects.filter(agency=heir).exists():
        rows = list(OfficeHours.objects.filter(agency=source).order_by("pk"))
        for row in rows:
            row.pk, row.agency = None, heir
        OfficeHours.objects.bulk_create(rows)
        queries.forget()
    return added
