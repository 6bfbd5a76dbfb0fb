"""What the post needs to know of a dossier, and nothing more: code, name, address, telephone."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from motcua.dossiers.facts.items import requirements_of
from motcua.dossiers.facts.papers import receiving_head
from motcua.dossiers.models import Dossier
from motcua.eforms.queries import RoomLookups
from motcua.eforms.units import NEW, SCHEMES, tree
from motcua.papers.facts import Applicant
from motcua.papers.post_facts import PostReceipt, TakenPaper
from motcua.parcels.models import Parcel
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


def receipt(dossier: Dossier, parcel: Parcel, *, is_sealed: bool, clerk: str, at: datetime) -> PostReceipt:
    """What whoever brought papers to the post office has in hand; of a sealed envelope the post knows no contents."""
    scans: dict[str, int] = {}
    for row in () if is_sealed else dossier.enclosures.all():
        if row.removed_at is None:
            scans[row.requirement_key] = scans.get(row.requirement_key, 0) + 1
    counts = {} if is_sealed else dossier.received
    return PostReceipt(
        head=receiving_head(dossier),
        code=parcel.ref,
        parcel=parcel.number,
        post_office=parcel.unit.name,
        clerk=clerk,
        taken_at=at,
        applicant=Applicant(name=parcel.name, address=parcel.address),
        procedure="" if is_sealed else dossier.revision.name,
        papers=tuple(
            TakenPaper(
                name=requirement.name,
                originals=counts.get(requirement.key, {}).get("originals", 0),
                copies=counts.get(requirement.key, {}).get("copies", 0),
                scans=scans.get(requirement.key, 0),
            )
            for requirement in requirements_of(dossier)
            if requirement.key in scans or requirement.key in counts
        ),
    )
