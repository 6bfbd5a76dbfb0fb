"""Counting tries, so that guessing is slow."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from django.db import connection
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.accounts.models import Attempt
from motcua.base.digests import keyed_digest
from motcua.base.errors import Refusal

_COUNT = """
    INSERT INTO accounts_attempt AS kept (scope, key, window_start, count)
    VALUES (%(scope)s, %(key)s, %(at)s, 1)
    ON CONFLICT (scope, key) DO UPDATE SET
        count = CASE WHEN kept.window_start <= %(expired)s THEN 1 ELSE kept.count + 1 END,
        window_start = CASE WHEN kept.window_start <= %(expired)s THEN %(at)s ELSE kept.window_start END
    RETURNING window_start, count
"""


def throttle(scope: str, key: str, *, limit: int, per_seconds: int, at: datetime) -> None:
    """Count one try of `key` within `scope`; at most `limit` in any window of `per_seconds` seconds.

    The count is one atomic statement in PostgreSQL, right under any concurrency and shared by every process.
    Call it before opening a transaction: a try that is rolled back was not counted. Raises `Refusal` (429,
    with `retry_after` in seconds) saying when to try again.
    """
    values: dict[str, str | datetime] = {
        "scope": scope,
        "key": keyed_digest(f"attempt:{scope}", key),
        "at": at,
        "expired": at - timedelta(seconds=per_seconds),
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        window_start, count = cursor.fetchone()
    if count > limit:
        again = window_start + timedelta(seconds=per_seconds)
        raise Refusal(
            _too_often(at=at, again=again),
            status=429,
            retry_after=max(1, math.ceil((again - at).total_seconds())),
        )


def forgive(scope: str, key: str) -> None:
    """Forget the tries of `key`, because it just proved to be its owner's."""
    Attempt.objects.filter(scope=scope, key=keyed_digest(f"attempt:{scope}", key)).delete()


def _too_often(*, at: datetime, again: datetime) -> str:
    seconds = max(1, math.ceil((again - at).total_seconds()))
    if seconds < 60:
        wait = _("%(n)d giây") % {"n": seconds}
    elif seconds < 3600:
        wait = _("%(n)d phút") % {"n": math.ceil(seconds / 60)}
    else:
        wait = _("khoảng %(n)d giờ") % {"n": math.ceil(seconds / 3600)}
    return _("Đã thử quá nhiều lần. Vui lòng thử lại sau %(wait)s (lúc %(time)s).") % {
        "wait": wait,
        "time": localtime(again).strftime("%H:%M"),
    }
