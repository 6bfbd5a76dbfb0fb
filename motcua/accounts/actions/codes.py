"""One-time codes: six digits sent to an address, good once, for ten minutes and five tries."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.accounts.actions.attempts import throttle
from motcua.accounts.models import Account, Attempt, Code, CodePurpose
from motcua.base.digests import keyed_digest
from motcua.base.errors import Refusal

LIFETIME: Final = timedelta(minutes=10)
MAX_TRIES: Final = 5
_DIGITS: Final = 6


def send_code(
    purpose: CodePurpose,
    *,
    contact: str,
    account: Account | None = None,
    payload: Mapping[str, Any] | None = None,
    known: bool = True,
    at: datetime,
) -> tuple[Code, str]:
    """Store a new code for `contact`; answers the row and the six digits to send.

    With `known` false the digits are empty and nothing ever matches: the face shows the same page and sends
    nothing secret, so a stranger cannot learn which addresses have accounts. At most one code in 30 seconds
    and six in an hour go to an address; beyond that `Refusal` (429).
    """
    _limit_sending(contact, at=at)
    forget_stale(at=at)
    code = Code.objects.create(
        purpose=purpose,
        contact=contact,
        account=account,
        payload=dict(payload or {}),
        created_at=at,
        expires_at=at + LIFETIME,
        digest="",
    )
    return code, _renew(code, known=known, at=at)


def resend_code(code: Code, *, at: datetime) -> str:
    """Replace the digits of `code` by new ones, good for ten minutes again; tries spent stay spent."""
    _limit_sending(code.contact, at=at)
    return _renew(code, known=bool(code.digest), at=at)


def confirm_code(code_id: int | None, typed: str, *, purpose: CodePurpose, at: datetime) -> Code:
    """Check what was typed; the right digits mark the code confirmed.

    Raises `Refusal` (422) with what to do next: wrong digits and how many tries are left, too many tries,
    expired. The row is locked while the try is counted, so parallel guesses share the five tries.
    """
    with transaction.atomic():
        code = (
            Code.objects.select_for_update(of=("self",))
            .filter(pk=code_id or 0, purpose=purpose, used_at=None, expires_at__gt=at)
            .first()
        )
        if code is not None and code.tries < MAX_TRIES:
            code.tries += 1
            right = bool(code.digest) and hmac.compare_digest(code.digest, _digest(code, _digits_of(typed)))
            if right:
                code.confirmed_at = at
                code.expires_at = at + LIFETIME
            code.save(update_fields=["tries", "confirmed_at", "expires_at"])
            if right:
                return code
    raise Refusal(field_errors={"code": [_why_not(code)]}, status=422)


def take_code(code_id: int | None, *, purpose: CodePurpose, at: datetime) -> Code:
    """Use up a confirmed code, exactly once; must run inside the transaction of what it allows.

    Raises `Refusal` (422) when it was not confirmed, was used already or has expired.
    """
    used = Code.objects.filter(
        pk=code_id or 0, purpose=purpose, used_at=None, confirmed_at__isnull=False, expires_at__gt=at
    ).update(used_at=at)
    if not used:
        raise Refusal(_("Mã xác nhận đã hết hạn hoặc đã được dùng. Vui lòng lấy mã mới."), status=422)
    return Code.objects.select_related("account").get(pk=code_id or 0)


def forget_stale(*, at: datetime) -> None:
    """Delete codes that ended an hour ago, with the personal data waiting in them, and counters a day old."""
    Code.objects.filter(expires_at__lt=at - timedelta(hours=1)).delete()
    Attempt.objects.filter(window_start__lt=at - timedelta(days=1)).delete()


def _limit_sending(contact: str, *, at: datetime) -> None:
    throttle("send-code-often", contact, limit=1, per_seconds=30, at=at)
    throttle("send-code", contact, limit=6, per_seconds=3600, at=at)


def _renew(code: Code, *, known: bool, at: datetime) -> str:
    digits = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}" if known else ""
    code.digest = _digest(code, digits) if known else ""
    code.expires_at = at + LIFETIME
    code.save(update_fields=["digest", "expires_at"])
    return digits


def _digest(code: Code, digits: str) -> str:
    return keyed_digest("code", f"{code.pk}:{digits}")


def _digits_of(typed: str) -> str:
    """The digits in `typed`: people paste codes with spaces and dashes."""
    return "".join(char for char in typed if char in "0123456789")


def _why_not(code: Code | None) -> str:
    if code is None:
        return _("Mã đã hết hạn. Bấm “Gửi lại mã” để nhận mã mới.")
    left = MAX_TRIES - code.tries
    if left <= 0:
        return _("Đã nhập sai mã quá nhiều lần. Vui lòng bắt đầu lại để nhận mã mới.")
    return _("Mã chưa đúng. Kiểm tra tin nhắn mới nhất và nhập lại; còn %(left)d lần thử.") % {"left": left}
