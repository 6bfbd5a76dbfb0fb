"""Whether a route can be walked where it is offered: every agency and division it names must exist there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from motcua.agencies.models import Agency
from motcua.rules.route_data import agencies_named, parse_route, unknown_places

MOST_TOLD = 20


def faults_at(route: Sequence[Mapping[str, Any]], leads: Iterable[Agency]) -> list[str]:
    """Steps and opinions that ``leads`` (agencies that take the procedure in) could not give to anybody. One query.

    A route is offered by hundreds of communes: at most `MOST_TOLD` faults are told, each with the agency and the step.
    """
    leads = list(leads) if route else []
    if not leads:
        return []
    steps = parse_route(route)
    named = {lead.code: agencies_named(steps, lead=lead.code) for lead in leads}
    wanted = set().union(*named.values())
    rows = Agency.objects.filter(code__in=wanted).values_list("code", "divisions__key").order_by()
    divisions: dict[str, set[str]] = {}
    for code, key in rows:
        divisions.setdefault(code, set()).update({key} if key else set())
    found = [
        f"{lead.name}: {fault}"
        for lead in leads
        for fault in unknown_places(steps, lead=lead.code, divisions=divisions)
    ]
    return found[:MOST_TOLD]
