"""The token that carries a person to a ministry's system, and how both sides sign what they send; no Django, so that
the twin can use it too. The protocol is `docs/how-to/connect-a-ministry.md`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

_HEADER = {"alg": "HS256", "typ": "JWT"}
_LONGEST = 4096


class BadToken(Exception):
    """A token that is not ours, not for this system, or no longer good; the text says which."""


def signed_token(claims: dict[str, Any], secret: str) -> str:
    """A JSON Web Token (RFC 7519) signed with HMAC-SHA256."""
    signed = f"{_part(_HEADER)}.{_part(claims)}"
    return f"{signed}.{_encoded(_mac(secret, signed.encode()))}"


def read_token(token: str, secret: str, *, audience: str, now: int) -> dict[str, Any]:
    """The claims of a token. ``now``: seconds since 1970. Raises `BadToken`.

    Only HS256 is believed: what the token itself says about its algorithm opens nothing.
    """
    pieces = token.split(".")
    if len(token) > _LONGEST or len(pieces) != 3 or not token.isascii():
        raise BadToken("mã chuyển không đúng dạng")
    expected = _encoded(_mac(secret, f"{pieces[0]}.{pieces[1]}".encode()))
    if not secret or not hmac.compare_digest(expected, pieces[2]):
        raise BadToken("chữ ký của mã chuyển không đúng")
    try:
        header, claims = _read(pieces[0]), _read(pieces[1])
    except ValueError as unreadable:
        raise BadToken("mã chuyển không đọc được") from unreadable
    if header.get("alg") != _HEADER["alg"]:
        raise BadToken("thuật toán ký không được dùng")
    if claims.get("aud") != audience:
        raise BadToken("mã chuyển không dành cho hệ thống này")
    if not isinstance(claims.get("exp"), int) or claims["exp"] <= now:
        raise BadToken("mã chuyển đã hết hạn")
    return claims


def signature(secret: str, moment: str, body: bytes) -> str:
    """HMAC-SHA256 in hexadecimal over the moment (seconds since 1970), a full stop and the raw body."""
    return hmac.new(secret.encode(), f"{moment}.".encode(errors="replace") + body, hashlib.sha256).hexdigest()


def _mac(secret: str, message: bytes) -> bytes:
    return hmac.new(secret.encode(), message, hashlib.sha256).digest()


def _part(value: dict[str, Any]) -> str:
    return _encoded(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _read(piece: str) -> dict[str, Any]:
    value = json.loads(base64.urlsafe_b64decode(piece + "=" * (-len(piece) % 4)))
    if not isinstance(value, dict):
        raise ValueError("no object")
    return value
