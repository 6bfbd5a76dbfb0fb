"""Keyed hashes: equal inputs give equal digests, and nobody without the deployment's key can try guesses offline."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings


def keyed_digest(purpose: str, text: str) -> str:
    """HMAC-SHA256 of `text` in hexadecimal, for searching or comparing without keeping the text.

    `purpose` separates uses: the same text gives unrelated digests for two purposes. The key is
    ``settings.LOOKUP_KEY``, kept outside the database.
    """
    message = f"{purpose}\x00{text}".encode()
    return hmac.new(settings.LOOKUP_KEY.encode(), message, hashlib.sha256).hexdigest()
