"""Reads of the catalogue."""

from motcua.procedures.queries.completeness import Completeness, completeness_of
from motcua.procedures.queries.finding import FACETS, Found, search
from motcua.procedures.queries.held import Catalogue, Entry, Event, catalogue, version
from motcua.procedures.queries.reading import Contact, contacts_of, open_defects, revision_in_force, sectors
from motcua.procedures.queries.standing import forget_standing, standing
from motcua.procedures.queries.words import cutoff_in_words, fees_in_words, rule_in_words, time_in_words

__all__ = [
    "FACETS",
    "Catalogue",
    "Completeness",
    "Contact",
    "Entry",
    "Event",
    "Found",
    "catalogue",
    "completeness_of",
    "contacts_of",
    "cutoff_in_words",
    "fees_in_words",
    "forget_standing",
    "open_defects",
    "revision_in_force",
    "rule_in_words",
    "search",
    "sectors",
    "standing",
    "time_in_words",
    "version",
]
