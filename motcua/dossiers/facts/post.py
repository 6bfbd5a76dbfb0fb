"""What the post needs to know of a dossier, and nothing more: code, name, address, telephone."""

from __future__ import annotations

from django.conf import settings

from motcua.dossiers.models import Dossier
from motcua.eforms.queries import RoomLookups
from motcua.eforms.units import NEW, SCHEMES, tree
from motcua.rules.text import fold


def is_inside(dossier: Dossier) -> bool | None:
    """Whether the address of return lies inside the province; None where its units are not known.

    Known is the unit of the applicant's account, when the address of return is that of the account or ends like it.
    """
    account = dossier.applicant
    if account is None or not dossier.return_address:
        return None
    address = account.address or {}
    code, scheme = str(address.get("unit") or ""), str(address.get("scheme") or "legacy")
    if not code or scheme not in SCHEMES:
        return None
    words = RoomLookups().unit_words(code, level="commune", scheme=scheme)
    if not words or not fold(dossier.return_address).endswith(fold(words)):
        return None
    province = next((unit.code for unit in tree(scheme).line(code, level="commune") if unit.level == "province"), "")
    own_scheme = str(settings.SITE.get("units_scheme") or NEW)
    return province == str(settings.SITE["unit_code"]) if province and own_scheme == scheme else None
