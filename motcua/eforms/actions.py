"""Publishing a form."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from motcua.base.errors import Refusal
from motcua.eforms.models import EFormVersion
from motcua.rules.eforms import DefinitionError, parse_definition
from motcua.rules.people import Actor


def definition_digest(definition: Mapping[str, Any]) -> str:
    """SHA-256 of a definition's canonical JSON (sorted keys, no spaces), in hexadecimal."""
    canonical = json.dumps(definition, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def publish(form_key: str, definition: Mapping[str, Any], *, by: Actor, at: datetime) -> EFormVersion:
    """The version of form `form_key` that says `definition`, published now unless the latest one says the
    same.

    Two people publishing at once wait for each other. Raises `Refusal` listing every problem of the
    definition.
    """
    try:
        parsed = parse_definition(definition)
    except DefinitionError as wrong:
        raise Refusal(wrong.problems) from wrong
    digest = definition_digest(definition)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"eform:{form_key}"])
        latest = EFormVersion.objects.filter(form_key=form_key).order_by("-number").first()
        if latest is not None and latest.digest == digest:
            return latest
        return EFormVersion.objects.create(
            form_key=form_key,
            number=latest.number + 1 if latest else 1,
            title=parsed.title,
            definition=definition,
            digest=digest,
            published_by=by.name,
            created_at=at,
        )
