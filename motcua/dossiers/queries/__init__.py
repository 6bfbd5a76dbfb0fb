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
from motcua.dossiers.queries.mine import Mine, bill_of, enclosed_file, mine, running_of
from motcua.dossiers.queries.reading import (
    dossier_of,
    draft_of,
    issued_papers,
    offers,
    paper_pdf,
    promises_of,
)
from motcua.dossiers.queries.timing import (
    Badge,
    Why,
    badge,
    is_derivable,
    length_words,
    main_badge,
    rederive,
    stood,
    used_and_total,
    why,
)
from motcua.dossiers.queries.visible import visible_to
from motcua.dossiers.queries.worklist import Narrowing, Tab, WorkPage, undelivered, work_page

__all__ = [
    "Asked",
    "Badge",
    "Glimpse",
    "Mine",
    "Narrowing",
    "Tab",
    "Why",
    "WorkPage",
    "badge",
    "bill_of",
    "by_contact",
    "by_secret",
    "contact_on_file",
    "dossier_of",
    "draft_of",
    "enclosed_file",
    "glimpse",
    "is_derivable",
    "issued_papers",
    "length_words",
    "main_badge",
    "mine",
    "offers",
    "paper_pdf",
    "promises_of",
    "read_asked",
    "rederive",
    "running_of",
    "stood",
    "undelivered",
    "used_and_total",
    "visible_to",
    "why",
    "work_page",
]
