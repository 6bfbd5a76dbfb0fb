"""Rows to plain values for the rules."""

from motcua.dossiers.facts.build import (
    CONTENTS,
    HEAVY,
    RELATED,
    enclosed_keys,
    facts_of,
    missing,
    missing_papers,
    route_of,
    unanswered,
)
from motcua.dossiers.facts.items import (
    Item,
    field_items,
    form_of,
    is_required,
    judged_items,
    paper_items,
    requirements_of,
)

__all__ = [
    "CONTENTS",
    "HEAVY",
    "RELATED",
    "Item",
    "enclosed_keys",
    "facts_of",
    "field_items",
    "form_of",
    "is_required",
    "judged_items",
    "missing",
    "missing_papers",
    "paper_items",
    "requirements_of",
    "route_of",
    "unanswered",
]
