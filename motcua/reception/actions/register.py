"""The register's running numbers (quyển, số thứ tự), taken by the act that accepts a dossier (TT 01/2018, Mẫu 06)."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from motcua.reception.models import RegisterEntry
from motcua.reception.queries import entry_of

_ENTER = """
WITH book AS (
    INSERT INTO reception_registerbook (counter_id, year, last) VALUES (%s, %s, 1)
    ON CONFLICT (counter_id, year) DO UPDATE SET last = reception_registerbook.last + 1 RETURNING *
)
INSERT INTO reception_registerentry (counter_id, year, number, subject, entered_at)
SELECT counter_id, year, last, %s, %s FROM book RETURNING id, number
"""


def enter(counter_id: int, subject: str, *, at: datetime) -> RegisterEntry:
    """Write a dossier into its counter's book of the year of ``at``; once written it keeps its number.

    Call it within the accepting transaction: the book's row stays locked until that ends, so numbers have no gaps.
    """
    with transaction.atomic(savepoint=False):
        known = entry_of(subject)
        if known is not None:
            return known
        with connection.cursor() as cursor:
            cursor.execute(_ENTER, [counter_id, at.year, subject, at])
            key, number = cursor.fetchone()
    return RegisterEntry(pk=key, counter_id=counter_id, year=at.year, number=number, subject=subject, entered_at=at)
