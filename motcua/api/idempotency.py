"""The same key and the same body give the first answer; another body is refused; a second at the same time waits not.

The key is taken by an advisory lock of the filing's own transaction: a process that dies lets go of it and leaves
nothing behind. The unique row is what remains of a filing that succeeded (promises §2).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.utils.translation import gettext as _

from motcua.api.models import IdempotencyKey
from motcua.base.errors import Refusal


def digest_of(data: Any, files: Mapping[str, list[UploadedFile]]) -> str:
    """SHA-256 of what was sent, in hexadecimal: the order of keys and parts does not matter, everything else does."""
    whole = hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode())
    for name in sorted(files):
        for upload in files[name]:
            one = hashlib.sha256()
            upload.seek(0)
            for chunk in upload.chunks():
                one.update(chunk)
            upload.seek(0)
            whole.update(f"\n{name}\t{upload.name}\t{one.hexdigest()}".encode())
    return whole.hexdigest()


def first_answer(account_id: int, key: str, digest: str) -> IdempotencyKey | None:
    """What this key was answered before; None the first time. Keeps the key until the transaction ends.

    Must run inside a transaction. Raises `Refusal` 409 while another request works under this key, 422 when the key
    came with another body.
    """
    number = int.from_bytes(hashlib.sha256(f"{account_id}\n{key}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        (taken,) = cursor.fetchone()
    if not taken:
        raise Refusal(_("Yêu cầu mang khóa này đang được xử lý. Hãy thử lại sau ít giây."), status=409, retry_after=2)
    known = IdempotencyKey.objects.filter(account_id=account_id, key=key).first()
    if known is not None and known.digest != digest:
        words = _("Khóa này đã dùng cho một nội dung khác. Mỗi hồ sơ mới cần một khóa mới.")
        raise Refusal(words, field_errors={"Idempotency-Key": [words]})
    return known
