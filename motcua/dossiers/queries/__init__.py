"""Reads of the great hall. Every object a face shows comes from `visible_to`."""

from motcua.dossiers.queries.reading import draft_of, dossier_of, offers, reasons_for_date
from motcua.dossiers.queries.visible import visible_to

__all__ = ["dossier_of", "draft_of", "offers", "reasons_for_date", "visible_to"]
