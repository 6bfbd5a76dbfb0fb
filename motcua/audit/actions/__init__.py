"""Writing the record."""

from motcua.audit.actions.anchor import anchor
from motcua.audit.actions.record import record, record_read

__all__ = ["anchor", "record", "record_read"]
