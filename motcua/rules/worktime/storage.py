"""An answer as JSON values and back, so that it can be stored with a promise and shown later as it was
explained then."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.rules.worktime.errors import WorktimeError
from motcua.rules.worktime.spans import Due, Reason, Span, local


def span_to_json(span: Span) -> dict[str, str | int | bool]:
    """One span as JSON values; instants are ISO 8601 with offset."""
    return {
        "start": span.start.isoformat(),
        "end": span.end.isoformat(),
        "counted": span.counted,
        "reason": span.reason.value,
        "minutes": span.minutes,
        "days": span.days,
        "words": span.words,
    }


def to_json(due: Due) -> dict[str, Any]:
    """`{"due": instant, "explanation": [span, …]}`, the same shape `motcua worktime` answers."""
    return {"due": due.at.isoformat(), "explanation": [span_to_json(span) for span in due.explanation]}


def from_json(stored: Mapping[str, Any]) -> Due:
    """The answer that `to_json` stored. Raises WorktimeError when the stored value has another shape."""
    try:
        spans = tuple(
            Span(
                local(datetime.fromisoformat(span["start"])),
                local(datetime.fromisoformat(span["end"])),
                bool(span["counted"]),
                Reason(span["reason"]),
                int(span["minutes"]),
                int(span["days"]),
                str(span["words"]),
            )
            for span in stored["explanation"]
        )
        return Due(local(datetime.fromisoformat(stored["due"])), spans)
    except (KeyError, TypeError, ValueError) as problem:
        raise WorktimeError("Phần giải thích thời hạn đã lưu bị hỏng.") from problem
