"""The public look-up by code or identity number, under the rules and the throttles of the page (promises §6)."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from motcua.api.dossier_view import local
from motcua.api.problems import problems
from motcua.base.errors import Refusal
from motcua.dossiers.actions.look_up import WINDOW, count_try, look_up_by_code, look_up_by_secret, send_look_up_code
from motcua.dossiers.queries import Asked, glimpse, read_asked
from motcua.rules import words
from motcua.rules.acts import State
from motcua.ui import clock

router = Router(tags=["Tra cứu"], auth=None)
logger = logging.getLogger("motcua.lookup")

_SALT = "motcua.api.lookup"


class Question(Schema):
    """A dossier code or an identity number, with the secret of the receipt or without."""

    model_config = ConfigDict(extra="forbid")

    ask: str = Field(max_length=60, description="Mã hồ sơ, hoặc số định danh, CCCD, CMND")
    secret: str = Field("", max_length=20, description="Mã tra cứu 8 ký tự in trên biên nhận")


class CodeWanted(Schema):
    """What a one-time code is asked for."""

    model_config = ConfigDict(extra="forbid")

    ask: str = Field(max_length=60)


class CodeGiven(Schema):
    """The ticket of `lookup/code` and the digits that were sent."""

    model_config = ConfigDict(extra="forbid")

    ticket: str = Field(max_length=200)
    code: str = Field(max_length=20)


class Ticket(Schema):
    """Names the code that was sent; the same whether or not anything was."""

    ticket: str


class FullAnswer(Schema):
    """The six facts of a dossier, and how to reach its counter."""

    code: str
    procedure: str
    name: str
    accepted_at: datetime | None
    promised_at: datetime | None
    state: str
    state_words: str
    counter: str
    counter_phone: str


class MaskedAnswer(Schema):
    """What anybody may see who knows a code."""

    code: str
    procedure: str
    masked_name: str
    promised_at: datetime | None
    state_words: str


class LookedUp(Schema):
    """`found` with a right proof; `glimpse` for a code alone; both empty when there is nothing to be told."""

    found: list[FullAnswer]
    glimpse: MaskedAnswer | None


@router.post(
    "",
    operation_id="look_up",
    summary="Tra cứu bằng mã hồ sơ hoặc số định danh",
    response={200: LookedUp, **problems(413, 429)},
)
def look_up(request: HttpRequest, question: Question) -> dict[str, Any]:
    """Có mã tra cứu đúng: đủ sáu thông tin. Chỉ có mã hồ sơ: tình trạng, tên được che. Số định danh không kèm bằng
    chứng: không cho biết gì. Sai mã tra cứu 5 lần thì khóa 1 giờ."""
    at = clock.now()
    _count_try(request, at)
    asked = _asked(question.ask)
    logger.info("look-up by %s with%s proof", "code" if asked.code else "number", "" if question.secret else "out")
    if not question.secret:
        return {"found": [], "glimpse": _glimpse(asked)}
    return {"found": [_full(row) for row in look_up_by_secret(asked, question.secret, at=at)], "glimpse": None}


@router.post(
    "/code",
    operation_id="look_up_code",
    summary="Gửi mã xác nhận đến liên hệ trong hồ sơ",
    response={200: Ticket, **problems(413, 429)},
)
def look_up_code(request: HttpRequest, wanted: CodeWanted) -> dict[str, str]:
    """Trả lời như nhau dù có hồ sơ hay không."""
    at = clock.now()
    _count_try(request, at)
    return {"ticket": signing.dumps(send_look_up_code(_asked(wanted.ask), at=at), salt=_SALT)}


@router.post(
    "/confirm",
    operation_id="look_up_confirm",
    summary="Xem hồ sơ bằng mã xác nhận vừa nhận",
    response={200: LookedUp, **problems(413, 429)},
)
def look_up_confirm(request: HttpRequest, given: CodeGiven) -> dict[str, Any]:
    """Năm lần sai thì phải lấy mã mới; mỗi mã dùng một lần."""
    at = clock.now()
    _count_try(request, at)
    try:
        pk = int(signing.loads(given.ticket, salt=_SALT, max_age=WINDOW * 3))
    except (signing.BadSignature, ValueError, TypeError):
        raise Refusal(
            _("Phiếu này không còn dùng được. Hãy lấy mã mới."), field_errors={"ticket": [_("Lấy mã mới.")]}
        ) from None
    found = look_up_by_code(pk, given.code, at=at)
    return {"found": [_full(row) for row in found], "glimpse": None}


def _count_try(request: HttpRequest, at: datetime) -> None:
    count_try(str(request.META.get("REMOTE_ADDR", "")), at=at)


def _asked(text: str) -> Asked:
    asked = read_asked(text)
    if asked.is_blank:
        told = _("Đây không phải mã hồ sơ cũng không phải số định danh. Xem lại từng ký tự.")
        raise Refusal(told, field_errors={"ask": [told]})
    return asked


def _glimpse(asked: Asked) -> dict[str, Any] | None:
    known = glimpse(asked.code) if asked.code else None
    if known is None:
        return None
    return {
        "code": known.code,
        "procedure": known.procedure,
        "masked_name": known.masked_name,
        "promised_at": local(known.promised_at),
        "state_words": known.state,
    }


def _full(row: Any) -> dict[str, Any]:
    return {
        "code": row.code,
        "procedure": row.revision.title,
        "name": row.applicant_name,
        "accepted_at": local(row.accepted_at),
        "promised_at": local(row.promised_at),
        "state": row.state,
        "state_words": words.STATES[State(row.state)],
        "counter": row.counter.name,
        "counter_phone": row.counter.phone,
    }
