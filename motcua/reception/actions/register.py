"""The register's running numbers (quyển, số thứ tự), taken by the act that accepts a dossier (TT 01/2018, Mẫu 06)."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from motcua.reception.models import RegisterEntry

_TAKE_NUMBER = """
INSERT INTO reception_registerbook (counter_id, year, last) VALUES (%s, %s, 1)
ON CONFLICT (counter_id, year) DO UPDATE SET last = reception_registerbook.last + 1 RETURNING last
"""


def enter(counter_id: int, subject: str, *, at: datetime) -> RegisterEntry:
    """Write a dossier into its counter's book of the year of ``at``; once written it keeps its number.

    Call it within the accepting transaction: the book's row stays locked until that ends, so numbers have no gaps.
    """
    with transaction.atomic(savepoint=False):
        known = RegisterEntry.objects.filter(subject=subject).first()
        if known is not None:
            return known
        with connection.cursor() as cursor:
            cursor.execute(_TAKE_NUMBER, [counter_id, at.year])
            (number,) = cursor.fetchone()
        return RegisterEntry.objects.create(
            counter_id=counter_id, year=at.year, number=number, subject=subject, entered_at=at
        )
