"""Find issued papers and draw them."""

from __future__ import annotations

from collections.abc import Sequence

from motcua.files.models import StoredFile
from motcua.files.queries import open_file
from motcua.papers.models import IssuedPaper
from motcua.papers.render import Voided, render
from motcua.rules.acts import Paper

COPIES_OF_SLIP = ("Lưu", "Giao")
"""The two liên of the appointment slip: one travels with the control sheet, one goes to the applicant."""
COPIES_OF_RECEIPT = ("Bưu cục giữ", "Người gửi giữ")
"""The two liên of what a post office hands out for the papers it takes in."""


def of(subject: str) -> list[IssuedPaper]:
    """Every paper about a dossier, oldest first, void ones included."""
    return list(IssuedPaper.objects.filter(subject=subject).order_by("issued_at", "id"))


def latest(subject: str, kind: Paper) -> IssuedPaper | None:
    """The newest paper of a kind about a dossier that is in force."""
    papers = IssuedPaper.objects.filter(subject=subject, kind=kind.value, voided_at__isnull=True)
    return papers.order_by("-issued_at", "-id").first()


def by_token(token: str) -> IssuedPaper | None:
    """The paper a QR leads to. Show its kind, number, agency, date and force; never whom it concerns."""
    known = IssuedPaper.objects.select_related("replaced_by")
    return known.filter(token=token).first() if "\x00" not in token else None


def pdf(paper: IssuedPaper, *, reprint: bool = False, copies: Sequence[str] = ("",)) -> bytes:
    """The paper as PDF/A-2a, PDF/UA-1; drawn from stored data, the same bytes each time (25–40 ms).

    A result drafted elsewhere is its document, byte for byte; nothing is drawn into it. Raises `Refusal` (409) while
    that file may not be opened.
    """
    if document := paper.data.get("document"):
        with open_file(StoredFile.objects.get(pk=document["file_id"])) as stored:
            content: bytes = stored.read()
        return content
    return render(
        Paper(paper.kind),
        paper.data,
        issued_at=paper.issued_at,
        number=paper.number,
        qr_url=paper.check_url,
        void=Voided(paper.voided_at, paper.void_reason) if paper.is_void else False,
        reprint=reprint,
        copies=copies,
    )
