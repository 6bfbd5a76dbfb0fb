"""Databases of the state over HTTP; the protocol is `docs/how-to/connect-a-register.md`."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

import httpx
from django.conf import settings
from django.utils.dateparse import parse_datetime

from motcua.dossiers.ports import Entry, Inquiry, Unanswered
from motcua.gateways.http_json import client
from motcua.gateways.signing import signature
from motcua.rules.crosscheck import REGISTERS
from motcua.rules.text import clean_line

_TIMEOUT = 8.0
"""Seconds: an officer waits at the screen."""
_LONGEST = 64 * 1024
_LONGEST_VALUE = 250
_WORDS = {
    401: "khóa kết nối không được chấp nhận",
    403: "cơ quan chưa được cấp quyền khai thác",
    429: "đang có quá nhiều lượt hỏi, thử lại sau ít phút",
}


class HttpRegisters:
    """Asks one question as JSON: with a key, signed, under our own number, purpose and dossier named."""

    def look_up(self, inquiry: Inquiry) -> Entry:
        """The answer, believed only when it is signed too and names our question; raises `Unanswered` otherwise."""
        path = f"/v1/{inquiry.register.value}/lookups"
        raw = json.dumps(_body(inquiry), ensure_ascii=False).encode()
        moment = str(int(inquiry.asked_at.timestamp()))
        headers = {
            "Content-Type": "application/json",
            "X-Api-Key": settings.REGISTERS_KEY,
            "X-Request-Id": inquiry.request_id,
            "X-Timestamp": moment,
            "X-Signature": signature(settings.REGISTERS_SECRET, moment, f"POST {path}", raw),
        }
        try:
            answer = client(_TIMEOUT).post(settings.REGISTERS_URL.rstrip("/") + path, headers=headers, content=raw)
        except httpx.TimeoutException as error:
            raise Unanswered("không trả lời trong thời gian cho phép") from error
        except httpx.HTTPError as error:
            raise Unanswered("không kết nối được") from error
        return _entry(answer, inquiry)


def _body(inquiry: Inquiry) -> dict[str, Any]:
    return {
        "number": inquiry.number,
        "fields": list(inquiry.parts),
        "purpose": inquiry.purpose,
        "dossier": inquiry.dossier,
        "procedure": inquiry.procedure,
        "agency": inquiry.agency,
        "officer": inquiry.officer,
    }


def _entry(answer: httpx.Response, inquiry: Inquiry) -> Entry:
    if answer.status_code != 200:
        raise Unanswered(_WORDS.get(answer.status_code, f"đang không phục vụ (mã {answer.status_code})"))
    expected = signature(settings.REGISTERS_SECRET, inquiry.request_id, answer.content)
    if len(answer.content) > _LONGEST or not hmac.compare_digest(answer.headers.get("X-Signature", ""), expected):
        raise Unanswered("trả lời không mang chữ ký đúng nên không dùng")
    try:
        said = answer.json()
        record, source = said["record"] if said["found"] else None, str(said.get("source") or "")
        given = None if record is None else {part: _text(record.get(part)) for part in inquiry.parts}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unanswered("trả lời không đọc được") from error
    return Entry(
        record=given,
        source=clean_line(source)[:200] or REGISTERS[inquiry.register],
        as_of=_moment(said.get("as_of")),
        digest=hashlib.sha256(answer.content).hexdigest(),
    )


def _text(value: Any) -> str:
    return clean_line(value)[:_LONGEST_VALUE] if isinstance(value, str) else ""


def _moment(value: Any) -> datetime | None:
    try:
        found = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
