"""Columns of a list, each said once for the screen and for the exported file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from motcua.dossiers.models import Dossier
from motcua.dossiers.models.dossier import Turn
from motcua.dossiers.queries.timing import Badge, badge
from motcua.rules import words
from motcua.rules.acts import Channel, Outcome, State
from motcua.rules.people import Actor, Role


class Column(StrEnum):
    """What a row can say. The value stands in addresses."""

    DUE = "con-lai"
    CODE = "ma"
    APPLICANT = "nguoi-nop"
    PROCEDURE = "thu-tuc"
    STEP = "buoc"
    HOLDER = "nguoi-giu"
    PROMISED = "hen-tra"
    STATE = "tinh-trang"
    FILED = "ngay-nop"
    ACCEPTED = "ngay-nhan"
    RESULT = "ngay-xong"
    OUTCOME = "ket-qua"
    DRAFT = "du-thao"
    DRAFTED_BY = "nguoi-trinh"
    CHANNEL = "kenh"
    LEVEL = "muc-do"
    DIVISION = "bo-phan"
    SECTOR = "linh-vuc"


COLUMN_WORDS: Mapping[Column, str] = {
    Column.DUE: "Thời gian còn lại",
    Column.CODE: "Mã hồ sơ",
    Column.APPLICANT: "Người nộp",
    Column.PROCEDURE: "Thủ tục",
    Column.STEP: "Bước",
    Column.HOLDER: "Người giữ",
    Column.PROMISED: "Hẹn trả",
    Column.STATE: "Tình trạng",
    Column.FILED: "Ngày nộp",
    Column.ACCEPTED: "Ngày tiếp nhận",
    Column.RESULT: "Ngày có kết quả",
    Column.OUTCOME: "Kết quả",
    Column.DRAFT: "Văn bản kết quả",
    Column.DRAFTED_BY: "Người soạn kết quả",
    Column.CHANNEL: "Cách nộp",
    Column.LEVEL: "Mức độ",
    Column.DIVISION: "Bộ phận",
    Column.SECTOR: "Lĩnh vực",
}

USUAL = (
    Column.DUE, Column.CODE, Column.APPLICANT, Column.PROCEDURE, Column.STEP, Column.HOLDER, Column.PROMISED,
)  # fmt: skip
SIGNING = (
    Column.DUE, Column.APPLICANT, Column.CODE, Column.PROCEDURE, Column.DRAFT, Column.DRAFTED_BY, Column.PROMISED,
)  # fmt: skip
"""What stands on the list of what awaits a leader's signature."""
ANSWER = "f."
"""Begins the name of a column that shows an answer of the e-form."""

Chosen = tuple[str, ...]
"""Columns by name: values of `Column`, or ``f.`` and the key of a field."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: words, or a badge, or a moment of which the day is shown."""

    column: str
    text: str = ""
    due: Badge | None = None
    day: datetime | None = None


Said = Mapping[str, Mapping[str, str]]
"""Words of the values of choices, by field key."""


def cells_of(row: Dossier, columns: Sequence[str], actor: Actor, at: datetime, *, said: Said) -> tuple[Cell, ...]:
    """The row as the chosen columns show it, in their order."""
    return tuple(_cell(row, column, actor, at, said) for column in columns)


def _cell(row: Dossier, column: str, actor: Actor, at: datetime, said: Said) -> Cell:
    if column.startswith(ANSWER):
        key = column.removeprefix(ANSWER)
        text = _answer(row.answers.get(key))
        return Cell(column, text=said.get(key, {}).get(text, text))
    if column == Column.DUE:
        return Cell(column, due=due_of(row, at))
    if column in _DAYS:
        return Cell(column, day=getattr(row, _DAYS[Column(column)]))
    if column == Column.HOLDER:
        return Cell(column, text=holder_of(row, actor))
    return Cell(column, text=_TEXTS[Column(column)](row))


def _answer(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_answer(one) for one in value)
    if isinstance(value, dict) or value is None:
        return ""
    text = str(value)
    return "/".join(reversed(text.split("-"))) if _ISO_DAY.fullmatch(text) else text


_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

_DAYS: Mapping[Column, str] = {
    Column.PROMISED: "promised_at",
    Column.FILED: "submitted_at",
    Column.ACCEPTED: "accepted_at",
    Column.RESULT: "result_at",
}

_TEXTS: Mapping[Column, Callable[[Dossier], str]] = {
    Column.CODE: lambda row: row.code or "",
    Column.APPLICANT: lambda row: row.applicant_name,
    Column.PROCEDURE: lambda row: row.revision.title,
    Column.STEP: lambda row: step_of(row),  # noqa: PLW0108 - defined further down
    Column.STATE: lambda row: row.state_words,
    Column.OUTCOME: lambda row: row.outcome_words,
    Column.DRAFT: lambda row: _draft(row),  # noqa: PLW0108
    Column.DRAFTED_BY: lambda row: row.result.drafted_by_name if hasattr(row, "result") else "",
    Column.CHANNEL: lambda row: words.CHANNELS[Channel(row.channel)],
    Column.LEVEL: lambda row: str(row.level),
    Column.DIVISION: lambda row: row.step_division.name if row.step_division else "",
    Column.SECTOR: lambda row: row.revision.sector.name,
}

OF_EVERY_LINE = (
    "code", "applicant_name", "state", "turn", "step_index", "supplement_proposed", "promised_at", "paused_at",
    "due_at", "extra_rounds", "agency_id", "channel", "service_level", "handled_as_level", "submitted_at",
    "accepted_at", "result_at", "outcome",
    "holder__login", "holder__kind", "holder__full_name", "holder__organisation_name",
    "revision__name", "revision__short_name", "revision__route",
)  # fmt: skip
"""What any column says that costs no further table: a fifth of the row, and none of its long parts."""

_BESIDE: Mapping[str, tuple[str, str]] = {
    Column.DIVISION: ("step_division", "step_division__name"),
    Column.SECTOR: ("revision__sector", "revision__sector__name"),
}


def loaded(columns: Sequence[str]) -> tuple[list[str], list[str]]:
    """What `select_related` and `only` must name for these columns."""
    beside = [_BESIDE[column] for column in columns if column in _BESIDE]
    answers = ["answers"] if any(column.startswith(ANSWER) for column in columns) else []
    return ["revision", "holder", *(one for one, _ in beside)], [*OF_EVERY_LINE, *answers, *(two for _, two in beside)]


def _draft(row: Dossier) -> str:
    """The title of what is to be signed, and whether it refuses."""
    if not hasattr(row, "result"):
        return ""
    title = str(row.result.title)
    return f"{title}. Không giải quyết" if row.result.outcome == Outcome.REFUSED else title


def step_of(row: Dossier) -> str:
    """The station's own title while the dossier is on its route, else its state."""
    if row.step_index is not None and row.turn not in (Turn.APPLICANT.value, Turn.CLOSED.value):
        title = str(row.revision.route[row.step_index].get("title", ""))
        if row.supplement_proposed:
            return f"{title}: đề nghị bổ sung{_again(row)}"
        return (title or row.state_words) + _again(row)
    return {State.SUBMITTED.value: "Chờ tiếp nhận"}.get(row.state, row.state_words) + _again(row)


def _again(row: Dossier) -> str:
    """The flag of a dossier for which a leader allowed to ask once more."""
    return f". Bổ sung thêm lần {row.extra_rounds}" if row.extra_rounds and not row.is_closed else ""


WHERE: Mapping[Turn, str] = {
    Turn.APPLICANT: "Người nộp",
    Turn.COUNTER: "Bộ phận một cửa",
    Turn.DIVISION: "Chưa giao",
    Turn.HEAD: words.ROLES[Role.DIVISION_HEAD],
    Turn.LEADER: words.ROLES[Role.LEADER],
    Turn.RECORDS: words.ROLES[Role.RECORDS_CLERK],
}
"""With whom a dossier lies that nobody holds by name."""


def holder_of(row: Dossier, actor: Actor) -> str:
    """Who holds it: "Tôi", a name, or the place where it waits."""
    if row.holder_id is not None and row.turn != Turn.APPLICANT.value:
        return "Tôi" if row.holder_id == actor.account_id else str(row.holder)
    return WHERE.get(Turn(row.turn), "")


def due_of(row: Dossier, at: datetime) -> Badge:
    """Time left in words and urgency; an applicant's own limit too, where the row was read with it."""
    if row.is_closed:
        return Badge("Đã xong", "done")
    if row.paused_at is not None:
        answer_by = getattr(row, "answer_by", None)
        return Badge("Quá hạn bổ sung", "late") if answer_by and answer_by < at else Badge("Tạm dừng", "wait")
    waiting = "Chờ đến nhận" if row.state == State.RESULT_READY.value else "Không tính hạn"
    return badge(row.due_at, now=at, agency_id=row.agency_id) or Badge(waiting, "wait")
