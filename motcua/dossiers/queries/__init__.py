"""Reads of the great hall. Every object a face shows comes from `visible_to`."""

from motcua.dossiers.queries.lookup import (
    Asked,
    Glimpse,
    by_contact,
    by_secret,
    contact_on_file,
    glimpse,
    read_asked,
)
from motcua.dossiers.queries.reading import dossier_of, draft_of, offers, reasons_for_date
from motcua.dossiers.queries.visible import visible_to

__all__ = [
    "Asked",
    "Glimpse",
    "by_contact",
    "by_secret",
    "contact_on_file",
    "dossier_of",
    "draft_of",
    "glimpse",
    "offers",
    "read_asked",
    "reasons_for_date",
    "visible_to",
]
