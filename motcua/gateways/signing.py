"""How questions to connected databases, and their answers, are signed; no Django, so that a twin can use it too."""

from __future__ import annotations

import hashlib
import hmac


def signature(secret: str, *parts: str | bytes) -> str:
    """HMAC-SHA256 in hexadecimal over the parts, a line feed between them; either side signs so."""
    message = b"\n".join(part.encode() if isinstance(part, str) else part for part in parts)
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
