"""The lists of an address for pages with script: the units below a chosen one, as JSON."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from motcua.eforms import units


@require_safe
@cache_control(public=True, max_age=86400)
def units_below(request: HttpRequest, parent: str) -> HttpResponse:
    """`GET /dia-chi/<parent>/?scheme=legacy&level=province` → {"parent", "units": [{"code", "name"}]}.

    `level` is that of the parent. An unknown parent has no units; an unknown scheme or level is a 400.
    """
    scheme, level = request.GET.get("scheme", units.LEGACY), request.GET.get("level", "province")
    if scheme not in units.SCHEMES or level not in units.LEVELS:
        return JsonResponse({"messages": ["Không có danh mục này."]}, status=400)
    below = units.tree(scheme).below(level, parent)
    return JsonResponse({"parent": parent, "units": [{"code": unit.code, "name": unit.name} for unit in below]})
