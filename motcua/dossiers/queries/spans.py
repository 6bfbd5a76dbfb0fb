"""From–to over an answer of the form: days, numbers, money. Asked of the dossiers of one procedure in one's own agency,
which an index gives; no index holds every answer in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.db.models import BooleanField, F, Func, Q, Value

FROM, TO = "~tu", "~den"
"""End the name of the first and of the last value of a span; the field's key stands before it."""

_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+")


def is_span(name: str) -> bool:
    """Whether an answer asked for is an end of a span."""
    return name.endswith((FROM, TO))


def bound(text: str) -> str | None:
    """What was typed as an end of a span, as forms keep it: an ISO day, or a number; "1.000.000" and "2,5" as
    Vietnamese write numbers. None where it is neither.
    """
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    plain = text.replace(" ", "")
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(".", "")
    plain = plain.replace(",", ".")
    return plain if _NUMBER.fullmatch(plain) else None


def within(answers: Iterable[tuple[str, str]]) -> Q:
    """Conditions of the spans among the answers asked for; nothing lies within what is no day and no number."""
    asked = Q()
    for name, text in answers:
        if not is_span(name):
            continue
        key, sign = (name.removesuffix(FROM), ">=") if name.endswith(FROM) else (name.removesuffix(TO), "<=")
        end = bound(text)
        if end is None or not _KEY.fullmatch(key):
            return Q(pk__in=[])
        path = f'$."{key}" {sign} "{end}"' if end[4:5] == "-" else f'$."{key}".double() {sign} {end}'
        asked &= Q(_holds(path))
    return asked


def _holds(path: str) -> Func:
    """Whether a test of the JSON path language holds for the answers; what it cannot compare does not."""
    wanted = Func(Value(path), template="(%(expressions)s)::jsonpath")
    return Func(
        F("answers"), wanted, template="((%(expressions)s) IS TRUE)", arg_joiner=" @@ ", output_field=BooleanField()
    )
