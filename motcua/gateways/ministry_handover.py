"""Where a person is sent to, with which token, and whose secret a ministry's system signs with."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings

from motcua.gateways.ministry_token import BadToken, read_token, signed_token
from motcua.procedures.models import HandOver, MinistrySystem

_SANDBOX = "sandbox"


def secret_of(key: str) -> str:
    """The secret shared with a ministry's system; empty where none is set, and then nothing of its is believed.

    The twin, which stands for every system while it runs, has its own.
    """
    if settings.SANDBOX_MINISTRY:
        return _SANDBOX
    return settings.MINISTRY_SECRETS.get(key, "")


def base_of(system: MinistrySystem) -> str:
    """The address of a ministry's system, without a slash at its end; the twin's, while it runs."""
    twin = settings.SANDBOX_MINISTRY
    return f"{twin.rstrip('/')}/{system.key}" if twin else system.base_url.rstrip("/")


def is_ready(system: MinistrySystem) -> bool:
    """Whether somebody can be handed over: the system takes tokens, and there is a secret to sign them with."""
    return system.hand_over == MinistrySystem.HandOverWay.TOKEN and bool(secret_of(system.key))


def address_for(row: HandOver) -> str:
    """The address that hands the person over: it says which procedure, and nothing of the person."""
    service, system = row.service, row.service.system
    claims = {
        "iss": settings.BASE_URL,
        "aud": system.key,
        "jti": str(row.key),
        "iat": int(row.created_at.timestamp()),
        "exp": int(row.expires_at.timestamp()),
        "procedure": service.procedure.code,
        "service": service.code,
    }
    token = signed_token(claims, secret_of(system.key))
    return f"{base_of(system)}/tiep-nhan?{urlencode({'token': token})}"


def hand_over_in(token: str, system: MinistrySystem, *, at: datetime) -> UUID:
    """The hand-over a token stands for. Raises `BadToken`."""
    claims = read_token(token, secret_of(system.key), audience=system.key, now=int(at.timestamp()))
    try:
        return UUID(str(claims.get("jti")))
    except ValueError as unreadable:
        raise BadToken("mã chuyển không đọc được") from unreadable
