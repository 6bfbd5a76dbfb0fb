"""Which ministries' systems the province uses, taken in from data (BD-12)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.procedures.models import MinistryService, MinistrySystem, Procedure
from motcua.rules.people import Actor
from motcua.rules.text import clean_line

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LEVELS = (3, 4)


@transaction.atomic
def connect_ministries(given: Mapping[str, Any], *, by: Actor, at: datetime) -> int:
    """Take in ``[[system]]`` tables: ``key``, ``name``, ``ministry``, ``base_url`` (https), ``hand_over`` (``token`` or
    ``link``), and ``[[system.service]]``: ``procedure``, ``level`` (3 or 4), ``code`` (as the ministry calls it; the
    national code without), ``since``, ``until``.

    The same again changes nothing. Answers how many rows were new or changed. Raises `Refusal` with every mistake and
    keeps nothing then.
    """
    faults: list[str] = []
    changed = sum(_system(row, faults, by, at) for row in given.get("system", []))
    if faults:
        raise Refusal(faults)
    return changed


def _system(row: Mapping[str, Any], faults: list[str], by: Actor, at: datetime) -> int:
    key = str(row.get("key", ""))
    found = [] if _KEY.fullmatch(key) and len(key) <= 40 else ["key chỉ gồm chữ thường, số, gạch nối"]
    texts = {name: clean_line(str(row.get(name, ""))) for name in ("name", "ministry", "base_url")}
    found += [f"thiếu {name}" for name, text in texts.items() if not text]
    address = urlsplit(texts["base_url"])
    if address.scheme != "https" or not address.hostname or address.query or address.fragment:
        found.append("base_url phải là địa chỉ https")
    way = str(row.get("hand_over", MinistrySystem.HandOverWay.LINK.value))
    if way not in MinistrySystem.HandOverWay.values:
        found.append("hand_over phải là token hoặc link")
    until = row.get("until")
    if until is not None and type(until) is not date:
        found.append("until phải là ngày")
    if found:
        faults += [f"system {key or '?'}: {words}." for words in found]
        return 0
    values: dict[str, Any] = {**texts, "hand_over": way, "until": until}
    changed = _kept(MinistrySystem, {"key": key}, values)
    if changed:
        body = {**values, "until": until.isoformat() if until else None}
        record(subject=("ministry_system", key), verb="connect_ministry", by=by, at=at, body=body)
    system = MinistrySystem.objects.get(key=key)
    return changed + sum(_service(system, one, faults, by, at) for one in row.get("service", []))


def _service(system: MinistrySystem, row: Mapping[str, Any], faults: list[str], by: Actor, at: datetime) -> int:
    code = str(row.get("procedure", ""))
    procedure = Procedure.objects.filter(code=code).first()
    level, since, until = row.get("level"), row.get("since"), row.get("until")
    found = [] if procedure else ["không có thủ tục này"]
    found += [] if level in _LEVELS else ["level phải là 3 hoặc 4"]
    found += [] if type(since) is date and (until is None or type(until) is date) else ["since, until phải là ngày"]
    if procedure is not None:
        other = MinistryService.objects.filter(procedure=procedure, until__isnull=True).exclude(system=system)
        found += ["một hệ thống khác đang nhận"] if until is None and other.exists() else []
    if found or procedure is None:
        faults += [f"system {system.key}, procedure {code or '?'}: {words}." for words in found]
        return 0
    values = {"level": level, "code": clean_line(str(row.get("code") or code))[:60], "until": until}
    changed = _kept(MinistryService, {"system": system, "procedure": procedure, "since": since}, values)
    if changed:
        body = {"system": system.key, "level": level, "since": str(since), "until": str(until) if until else None}
        record(subject=("procedure", code), verb="connect_ministry", by=by, at=at, body=body)
    return changed


def _kept(model: Any, names: dict[str, Any], values: dict[str, Any]) -> int:
    """1 when the row is new or says something else now."""
    row = model.objects.filter(**names).first()
    if row is None:
        model.objects.create(**names, **values)
        return 1
    if all(getattr(row, name) == value for name, value in values.items()):
        return 0
    model.objects.filter(pk=row.pk).update(**values)
    return 1
