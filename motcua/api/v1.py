"""Version 1 of the API face: its operations, how they refuse, and its documentation."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Router
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder

from motcua.api import acts, carrier, catalogue, docs, filing, lookup, ministry, worktime
from motcua.api.callers import Bearer
from motcua.api.dossiers import router as dossiers
from motcua.api.problems import tell_problems
from motcua.api.reading_json import StrictParser

_ = filing  # adds filing to the routes of dossiers

DESCRIPTION = """Cùng các thao tác, quyền hạn và lời từ chối như trên trang. Mỗi yêu cầu mang mã truy cập của một tài
khoản (`Authorization: Bearer …`, tạo bằng `motcua token LOGIN`), trừ danh mục thủ tục, tính hạn và tra cứu. Điều không
được xem thì coi như không có (404). Mọi lời từ chối có dạng `{"messages": […], "field_errors": {"đường.dẫn": […]}}`."""


class PlainJson(BaseRenderer):
    """JSON in UTF-8: Vietnamese stays readable, and a third shorter."""

    media_type = "application/json"
    charset = "utf-8"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        return json.dumps(data, cls=NinjaJSONEncoder, ensure_ascii=False, separators=(",", ":"))


class Api(NinjaAPI):
    """What a token opened is not kept by anybody on the way."""

    def create_response(self, request: HttpRequest, data: Any, **options: Any) -> HttpResponse:
        response: HttpResponse = super().create_response(request, data, **options)
        if request.method != "GET" or getattr(request, "auth", None):
            response["Cache-Control"] = "no-store"
        return response


api = Api(
    title="Một Cửa",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    openapi_url="/openapi.json",
    docs_url=None,
    auth=Bearer(),
    parser=StrictParser(),
    renderer=PlainJson(),
)
tell_problems(api)
api.add_router("/procedures", catalogue.router)
api.add_router("/worktime", worktime.router)
api.add_router("/dossiers", dossiers)
api.add_router("/dossiers", acts.router)
api.add_router("/lookup", lookup.router)
api.add_router("/carrier", carrier.router)
api.add_router("/ministry", ministry.router)


@api.get("/docs", auth=None, include_in_schema=False, url_name="docs")
def documentation(request: HttpRequest) -> HttpResponse:
    """The description as a page for people."""
    return docs.page(request, api)


_elsewhere = Router()


@_elsewhere.api_operation(
    ["GET", "POST", "PUT", "PATCH", "DELETE"], "/{path:rest}", auth=None, include_in_schema=False, url_name="unknown"
)
def unknown(request: HttpRequest, rest: str) -> None:
    """Any other address below the API: said in JSON, not as a page."""
    raise Http404


api.add_router("", _elsewhere)  # the last, because it takes everything
