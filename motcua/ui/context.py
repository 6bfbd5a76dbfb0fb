"""What every template may know without asking: whose portal this is, and how the reader likes to see it.

``settings.SITE`` is a dict, mostly the preset's ``[site]`` table; every key is optional, a missing one is not shown:

==================  ====================================================================================
``province_kind``   "tỉnh" or "thành phố"
``province_name``   the bare name; templates use ``site.province``, kind and name together
``authority_name``  "Ủy ban nhân dân tỉnh …": top line and footer
``portal_name``     "Cổng dịch vụ công tỉnh …": under the name "Một Cửa"
``operator_name``   who runs the portal
``hotline``         already grouped for reading
``hours``           when the hotline answers, in words
``address``         where a person can come
``regime``          whose papers and statuses people read: "2018" or "2025"
``forbidden_acts``  the province's own list of forbidden acts, in the order of `rules.violations.Kind`
``demo``            whether all people and dossiers are invented: shows the banner
==================  ====================================================================================
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from motcua.rules.acts import State
from motcua.rules.national_status import national_status, status_words
from motcua.ui.display import Display, display_of

PRODUCT = "Một Cửa"
DEFAULTS: dict[str, Any] = {
    "province_kind": "tỉnh",
    "province_name": "",
    "authority_name": "",
    "portal_name": "",
    "operator_name": "",
    "hotline": "",
    "hours": "",
    "address": "",
    "regime": "2018",
    "forbidden_acts": "",
    "demo": False,
}


def site_facts() -> dict[str, Any]:
    """The site's facts with every documented key present, and ``product`` and ``province`` for titles."""
    facts = {**DEFAULTS, **getattr(settings, "SITE", {})}
    name = str(facts["province_name"])
    return {**facts, "product": PRODUCT, "province": f"{facts['province_kind']} {name}" if name else ""}


def national_words(state: State) -> str:
    """The national status of a dossier, where today's law shows it (TT 03/2025/TT-VPCP); "" elsewhere."""
    status = national_status(state)
    return status_words(status) if status is not None and site_facts()["regime"] == "2025" else ""


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``site`` and ``display``. Reads no table."""
    chosen: Display = getattr(request, "display", None) or display_of(request)
    return {"site": site_facts(), "display": chosen}
