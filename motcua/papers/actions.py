"""Issue, continue and void papers. No PDF is drawn here: an act pays one or two inserts."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Refusal
from motcua.base.kept import insert
from motcua.papers import queries
from motcua.papers.facts import VIETNAM, PaperFacts
from motcua.papers.forms import SYMBOLS, number_text
from motcua.papers.glyphs import printable
from motcua.papers.models import IssuedPaper
from motcua.rules.acts import Paper
from motcua.rules.people import Actor

GROWING = frozenset({Paper.CONTROL_SHEET, Paper.PARCEL_LIST})
"""Kinds that are written on while the dossier travels (a hand-over list: when its receiver confirms); every other paper
never changes once given out."""

_TAKE_NUMBER = """
    INSERT INTO papers_paperseries (agency_code, kind, symbol, year, last) VALUES (%s, %s, %s, %s, 1)
    ON CONFLICT (agency_code, kind, symbol, year) DO UPDATE SET last = papers_paperseries.last + 1
    RETURNING last
"""


def take_number(kind: Paper, *, symbol: str, agency_code: str, at: datetime) -> str:
    """The next number of an agency's series in the year of ``at`` (Vietnamese time), e.g. "07/TPHS".

    Numbers have no gaps: the series' row stays locked until the caller's transaction ends, and a rollback
    gives the number back. Call it late in the transaction: others of the same series wait meanwhile.
    """
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(_TAKE_NUMBER, [agency_code, kind.value, symbol, at.astimezone(VIETNAM).year])
        row = cursor.fetchone()
    return number_text(int(row[0]), symbol)


def issue(
    kind: Paper,
    *,
    subject: str,
    agency_code: str,
    data: PaperFacts,
    by: Actor,
    at: datetime,
    number: str = "",
    symbol: str = "",
) -> IssuedPaper:
    """Give out a paper about ``subject`` (a dossier's code) and keep what it says.

    Kinds with a legal series number themselves; a result takes ``symbol`` ("QĐ-UBND") for the agency's own
    series, or a ``number`` already given elsewhere. Raises ``ValueError`` when ``data`` is of another kind.
    """
    if data.kind is not kind:
        raise ValueError(f"{type(data).__name__} does not describe a {kind.value}")
    with transaction.atomic(savepoint=False):
        sign = symbol or SYMBOLS.get(kind, "")
        if not number and sign:
            number = take_number(kind, symbol=sign, agency_code=agency_code, at=at)
        paper = IssuedPaper(
            kind=kind.value,
            subject=subject,
            agency_code=agency_code,
            number=number,
            year=at.astimezone(VIETNAM).year,
            data=data.to_data(),
            issued_at=at,
            issued_by_name=by.name,
        )
        insert(paper)
    return paper


def refresh(paper: IssuedPaper, *, data: PaperFacts, by: Actor, at: datetime) -> IssuedPaper:
    """Write on a growing paper, e.g. one more hand-over on the control sheet; number, date and token stay.

    Refused (409) for a void paper; ``ValueError`` for a kind that never changes.
    """
    if data.kind not in GROWING or data.kind.value != paper.kind:
        raise ValueError(f"a {paper.kind} is never changed after it was given out")
    with transaction.atomic():
        locked = _still_valid(paper)
        locked.data, locked.refreshed_at, locked.sha256 = data.to_data(), at, None
        locked.save(update_fields=["data", "refreshed_at", "sha256"])
    return locked


def void(paper: IssuedPaper, reason: str, *, by: Actor, at: datetime) -> IssuedPaper:
    """Take a paper's force away, for a reason that is printed across it. Its number is never given again.

    Refused without a reason, and (409) when somebody voided it before.
    """
    reason = printable(reason).strip()
    if not reason:
        raise Refusal(field_errors={"reason": [_("Hãy ghi lý do hủy giấy này.")]})
    with transaction.atomic():
        locked = _still_valid(paper)
        locked.voided_at, locked.voided_by_name, locked.void_reason = at, by.name, reason[:500]
        locked.sha256 = None
        locked.save(update_fields=["voided_at", "voided_by_name", "void_reason", "sha256"])
    return locked


def replace_older(paper: IssuedPaper, reason: str, *, by: Actor, at: datetime) -> list[IssuedPaper]:
    """Void every paper in force of the same kind about the same dossier that ``paper`` was issued in place of.

    Each says across its pages why, and leads whoever checks it to know that a newer one exists. Answers those voided.
    """
    words = printable(reason).strip()
    if not words:
        raise Refusal(field_errors={"reason": [_("Hãy ghi lý do cấp lại giấy này.")]})
    stands = _("Được thay thế bằng giấy số %(number)s.") % {"number": paper.number} if paper.number else ""
    older = IssuedPaper.objects.select_for_update(of=("self",)).filter(
        subject=paper.subject, kind=paper.kind, voided_at__isnull=True, pk__lt=paper.pk
    )
    with transaction.atomic():
        found = list(older.order_by("pk"))
        for old in found:
            old.voided_at, old.voided_by_name, old.replaced_by = at, by.name, paper
            old.void_reason = f"{words[:400].rstrip('.')}. {stands}".strip()
            old.sha256 = None
            old.save(update_fields=["voided_at", "voided_by_name", "void_reason", "replaced_by", "sha256"])
    return found


def destroy_all(subject: str) -> int:
    """Remove every paper about a dossier whose term of preservation is over (room `archive`); answers how many."""
    papers = IssuedPaper.objects.filter(subject=subject)
    papers.update(replaced_by=None)
    return papers.delete()[0]


def keep_digest(paper: IssuedPaper) -> str:
    """SHA-256 of the paper's PDF, drawn once and remembered, so that a holder can compare his file."""
    if paper.sha256 is None:
        paper.sha256 = sha256(queries.pdf(paper)).hexdigest()
        IssuedPaper.objects.filter(pk=paper.pk).update(sha256=paper.sha256)
    return paper.sha256


def _still_valid(paper: IssuedPaper) -> IssuedPaper:
    """The paper's row, locked; refused when it is void."""
    locked = IssuedPaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if locked.is_void:
        raise Refusal(_("Giấy này đã bị hủy trước đó."), status=409)
    return locked
