"""Rows of a dossier as JSON that can be read without the system: every field by its name, moments with their offset."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import GeneratedField, ManyToOneRel, Model
from django.utils.timezone import localtime

from motcua.dossiers.models import Alarm, Dossier, TimerMark
from motcua.notifications.models import Message
from motcua.parcels.models import Parcel
from motcua.reception.models import RegisterEntry

_OF_THE_CLOCK = (Alarm, TimerMark)
"""Only say when the system looks again."""


def as_json(value: object) -> bytes:
    """Indented, Vietnamese letters as they are."""
    return (json.dumps(value, ensure_ascii=False, indent=1, default=_plain) + "\n").encode()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return localtime(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    return str(value)


def row_of(row: Model) -> dict[str, Any]:
    """Every stored field of a row; what the database works out itself is left out."""
    stored = [one for one in row._meta.concrete_fields if not isinstance(one, GeneratedField)]
    return {one.attname: getattr(row, one.attname) for one in stored}


def process_of(dossier: Dossier) -> Mapping[str, Any]:
    """The dossier and every row that hangs on it, by the name of its table: steps, findings, requests for supplements,
    promised dates with their counting, fees, opinions, notes, result, hand-over; its place in the register, its
    envelopes, and when who was told on which road (the words were the messages' own).
    """
    hanging: dict[str, Any] = {"dossier": row_of(dossier)}
    for relation in Dossier._meta.related_objects:
        model = relation.related_model
        if not isinstance(relation, ManyToOneRel) or isinstance(model, str) or model in (Dossier, *_OF_THE_CLOCK):
            continue
        if model._meta.app_label != "archive":
            rows = model._default_manager.filter(**{relation.field.name: dossier}).order_by("pk")
            hanging[model._meta.model_name or ""] = [row_of(one) for one in rows]
    code = dossier.code or ""
    hanging["register"] = [row_of(one) for one in RegisterEntry.objects.filter(subject=code).order_by("pk")]
    hanging["parcels"] = [row_of(one) for one in Parcel.objects.filter(ref=code).order_by("pk")]
    told = Message.objects.filter(subject_ref=code).order_by("created_at", "pk")
    hanging["messages"] = list(told.values("kind", "channel", "created_at", "sent_at", "state"))
    hanging["parts"] = list(dossier.children.order_by("pk").values_list("code", flat=True))
    return hanging
