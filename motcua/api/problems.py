"""Every refusal as JSON with words for people: `{"messages": […], "field_errors": {…}}` and the right status."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from motcua.base.errors import Refusal
from motcua.ui.errors import incident_code
from motcua.ui.middleware import as_refusal

log = logging.getLogger("motcua.incident")


class Problem(Schema):
    """Why not, in Vietnamese; `field_errors` maps the path of an item to what is wrong with it."""

    messages: list[str]
    field_errors: dict[str, list[str]]


def problems(*statuses: int) -> dict[int, Any]:
    """Documented refusals of an operation; what every operation may answer is added."""
    return dict.fromkeys(sorted({400, 422, 500, *statuses}), Problem)


SIGNED_IN = (401, 403, 404, 409, 413)
"""Refusals of operations about dossiers."""


def tell_problems(api: NinjaAPI) -> None:
    """Register how each kind of failure is told."""

    def tell(request: HttpRequest, exception: Any) -> HttpResponse:
        return _answer(api, request, _refusal_of(request, exception))

    for kind in (Refusal, ValidationError, HttpError, Http404, SuspiciousOperation, BadRequest, MultiPartParserError):
        api.add_exception_handler(kind, tell)
    api.add_exception_handler(Exception, tell)


def _answer(api: NinjaAPI, request: HttpRequest, refusal: Refusal) -> HttpResponse:
    body = {
        "messages": list(dict.fromkeys(map(str, refusal.messages))),
        "field_errors": {path: list(map(str, texts)) for path, texts in refusal.field_errors.items()},
    }
    response = api.create_response(request, body, status=refusal.status)
    if refusal.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="motcua"'
    if refusal.retry_after is not None:
        response["Retry-After"] = str(refusal.retry_after)
    return response


def _refusal_of(request: HttpRequest, exception: Exception) -> Refusal:
    if (known := as_refusal(exception)) is not None:
        return known
    match exception:
        case ValidationError():
            return Refusal(_("Dữ liệu gửi lên chưa đúng."), field_errors=_by_path(exception.errors))
        case AuthenticationError():
            return Refusal(
                _("Cần mã truy cập hợp lệ trong tiêu đề “Authorization: Bearer …”. Mã đã thu hồi không dùng được."),
                status=401,
            )
        case HttpError():
            cause = as_refusal(exception.__cause__) if isinstance(exception.__cause__, Exception) else None
            return cause or Refusal(_("Không đọc được nội dung gửi lên."), status=exception.status_code)
        case Http404():
            return Refusal(_("Không có địa chỉ này."), status=404)
        case RequestDataTooBig() | SuspiciousOperation() | BadRequest() | MultiPartParserError():
            return Refusal(_("Không đọc được nội dung gửi lên."), status=400)
    return _incident(request, exception)


def _incident(request: HttpRequest, exception: Exception) -> Refusal:
    """What nobody foresaw: a code for the operator, never a trace."""
    code = incident_code()
    log.error("%s %s %s: %s", code, request.method, request.path, type(exception).__name__, exc_info=exception)
    return Refusal(_("Hệ thống gặp lỗi. Khi liên hệ hỗ trợ, hãy nêu mã %(code)s.") % {"code": code}, status=500)


def _by_path(found: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Pydantic's findings by path, without the words body or query and the name of the parameter object."""
    told: dict[str, list[str]] = {}
    for one in found:
        where, *path = [str(part) for part in one["loc"]]
        inner = path[1:] if where in {"body", "query"} and len(path) > 1 else path
        told.setdefault(".".join(inner or path or [where])[:200], []).append(words_of(one))
    return told


def words_of(found: Mapping[str, Any]) -> str:
    """One finding of pydantic in plain words."""
    kind, context = str(found["type"]), found.get("ctx", {})
    match kind:
        case "missing":
            return _("Bắt buộc, chưa có.")
        case "extra_forbidden":
            return _("Không có mục này trong quy ước.")
        case "enum" | "literal_error":
            return _("Phải là một trong: %(choices)s.") % {
                "choices": str(context.get("expected", "")).replace(" or ", ", ")
            }
        case "string_too_long":
            return _("Dài quá %(most)s ký tự.") % {"most": context.get("max_length")}
        case "string_too_short" | "too_short":
            return _("Chưa có nội dung.")
        case "greater_than_equal" | "greater_than":
            return _("Nhỏ hơn mức cho phép (%(least)s).") % {"least": context.get("ge", context.get("gt"))}
        case "less_than_equal" | "less_than":
            return _("Lớn hơn mức cho phép (%(most)s).") % {"most": context.get("le", context.get("lt"))}
        case "too_long":
            return _("Có quá nhiều mục.")
    return {
        "string_type": _("Phải là một chuỗi chữ."),
        "dict_type": _("Phải là một đối tượng."),
        "model_type": _("Phải là một đối tượng."),
        "model_attributes_type": _("Phải là một đối tượng."),
        "list_type": _("Phải là một danh sách."),
    }.get(kind, _kind_words(kind))


def _kind_words(kind: str) -> str:
    if kind.startswith("int"):
        return _("Phải là một số nguyên.")
    if kind.startswith("bool"):
        return _("Phải là true hoặc false.")
    if kind.startswith(("datetime", "timezone", "date")):
        return _("Phải là thời điểm ISO 8601 có múi giờ, như 2026-11-18T09:00:00+07:00.")
    return _("Giá trị không dùng được.")
