"""What every template may know without asking: whose portal this is, and how the reader likes to see it.

``settings.SITE`` is a dict; every key is optional, a missing one is simply not shown:

==================  ====================================================================================
``province_name``   "tỉnh …": follows "Cổng dịch vụ công" and "Một Cửa"
``authority_name``  "Ủy ban nhân dân tỉnh …": top line and footer
``portal_name``     "Một Cửa": the name beside the mark
``operator_name``   who runs the portal: "Trung tâm Phục vụ hành chính công tỉnh"
``hotline``         "0256 300 0116", already grouped
``hours``           "7:30–11:30 và 13:30–17:30, thứ Hai đến thứ Sáu"
``address``         where a person can come
``demo``            whether all people and dossiers are invented: shows the banner
==================  ====================================================================================
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from motcua.ui.display import Display, display_of

DEFAULTS: dict[str, Any] = {
    "province_name": "",
    "authority_name": "",
    "portal_name": "Một Cửa",
    "operator_name": "",
    "hotline": "",
    "hours": "",
    "address": "",
    "demo": False,
}


def site_facts() -> dict[str, Any]:
    """The site's facts with every documented key present."""
    return {**DEFAULTS, **getattr(settings, "SITE", {})}


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``site`` and ``display``. Reads no table."""
    chosen: Display = getattr(request, "display", None) or display_of(request)
    return {"site": site_facts(), "display": chosen}
