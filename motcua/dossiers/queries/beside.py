"""What stands beside a dossier on its pages (stations, history, promises, opinions, notes, parts), in one question.

Asked kind by kind these would be most of the page's queries; here each kind is a column of one answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

from motcua.dossiers.models import Consultation, Dossier, InternalNote, Promise, StepRun, TimelineEntry

KINDS: dict[str, type[Model]] = {
    "steps": StepRun,
    "timeline": TimelineEntry,
    "promises": Promise,
    "consultations": Consultation,
    "internal_notes": InternalNote,
}
_AROUND = ("revision__procedure", "agency")


def fetch_beside(dossier: Dossier, *names: str) -> None:
    """Fetch these of `KINDS` (all when none is named), oldest first, and the parts; the whole it is a part of.

    One query; one more for a joint dossier's parts, or for the whole. A kind that is not named stays unfetched.
    """
    wanted = names or tuple(KINDS)
    with connection.cursor() as cursor:
        cursor.execute(_question(wanted), [dossier.pk] * (len(wanted) + 1))
        *columns, is_joint = cursor.fetchone()
    for name, rows in zip(wanted, columns, strict=True):
        _put(dossier, name, (_row(KINDS[name], values, dossier) for values in rows))
    parts = Dossier.objects.filter(parent_id=dossier.pk).select_related(*_AROUND).order_by("pk")
    _put(dossier, "children", parts if is_joint else ())
    if dossier.parent_id is not None:
        dossier.parent = Dossier.objects.select_related(*_AROUND).get(pk=dossier.parent_id)


@cache
def _question(names: tuple[str, ...]) -> str:
    columns = []
    for name in names:
        meta = KINDS[name]._meta
        fields = ", ".join(connection.ops.quote_name(str(field.column)) for field in meta.concrete_fields)
        rows = f"SELECT {fields} FROM {meta.db_table} WHERE dossier_id = %s"  # noqa: S608 - our own names
        columns.append(f"(SELECT coalesce(json_agg(r ORDER BY r.id), '[]') FROM ({rows}) r)")  # noqa: S608
    joint = f"EXISTS (SELECT 1 FROM {Dossier._meta.db_table} WHERE parent_id = %s)"  # noqa: S608
    return f"SELECT {', '.join([*columns, joint])}"


def _row(model: type[Model], values: dict[str, Any], dossier: Dossier) -> Model:
    fields = model._meta.concrete_fields
    row = model.from_db(
        connection.alias,
        [field.attname for field in fields],
        [field.to_python(values[str(field.column)]) for field in fields],
    )
    row.dossier = dossier  # type: ignore[attr-defined]
    return row


def _put(dossier: Dossier, name: str, rows: Iterable[Model]) -> None:
    """What `prefetch_related_objects` does."""
    listed = getattr(dossier, name).get_queryset()
    listed._result_cache = list(rows)
    listed._prefetch_done = True
    dossier.__dict__.setdefault("_prefetched_objects_cache", {})[name] = listed
