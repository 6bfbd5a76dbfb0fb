"""Reading the record."""

from motcua.audit.queries.export import export, export_of
from motcua.audit.queries.history import Entry, history, readings, size
from motcua.audit.queries.verify import verify

__all__ = ["Entry", "export", "export_of", "history", "readings", "size", "verify"]
