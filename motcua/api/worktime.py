"""The working-time calculator: the questions and answers of `motcua worktime`, one or many."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router, Schema

from motcua.api.problems import problems
from motcua.api.reading_json import strict_json
from motcua.base.errors import Refusal
from motcua.rules.worktime import Unit, answer_line

MOST = 1000
router = Router(tags=["Tính hạn"])

_QUESTION: dict[str, Any] = {
    "type": "object",
    "required": ["start", "amount", "unit"],
    "additionalProperties": False,
    "properties": {
        "start": {"type": "string", "format": "date-time"},
        "amount": {"type": "integer", "minimum": 0, "maximum": 1000},
        "unit": {"type": "string", "enum": [unit.value for unit in Unit]},
        "hours": {
            "type": "array",
            "items": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
        },
        "days_off": {"type": "array", "items": {"type": "string", "format": "date"}},
        "working_days_extra": {"type": "array", "items": {"type": "string", "format": "date"}},
        "pauses": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["from"],
                "properties": {
                    "from": {"type": "string", "format": "date-time"},
                    "to": {"type": ["string", "null"], "format": "date-time"},
                },
                "additionalProperties": False,
            },
        },
        "same_day_cutoff": {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
    },
}


class Span(Schema):
    """A stretch that was counted or skipped, and why."""

    start: str
    end: str
    counted: bool
    reason: str
    minutes: int
    days: int
    words: str


class Answer(Schema):
    """When it falls due, with the explanation; or, inside a list, why this question cannot be answered."""

    due: str | None = None
    explanation: list[Span] | None = None
    error: str | None = None


@router.post(
    "",
    auth=None,
    operation_id="worktime",
    summary="Tính hạn theo giờ làm việc, một câu hỏi hoặc một danh sách",
    response={200: Answer | list[Answer], **problems(413)},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"oneOf": [_QUESTION, {"type": "array", "items": _QUESTION, "maxItems": MOST}]}
                }
            },
        }
    },
)
def worktime(request: HttpRequest) -> HttpResponse:
    """Một đối tượng cho một câu trả lời; một danh sách (nhiều nhất 1.000) cho một danh sách cùng thứ tự, câu nào sai
    thì mang `error` và các câu khác vẫn được trả lời."""
    asked = strict_json(request.body)
    if isinstance(asked, list):
        if len(asked) > MOST:
            raise Refusal(_("Nhiều nhất %(most)d câu hỏi một lần.") % {"most": MOST}, status=413)
        return _json(f"[{','.join(answer_line(json.dumps(one)) for one in asked)}]")
    answer = answer_line(json.dumps(asked))
    if answer.startswith('{"error"'):
        raise Refusal(json.loads(answer)["error"])
    return _json(answer)


def _json(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/json; charset=utf-8")
