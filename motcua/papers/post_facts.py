"""What the papers of the post say: hand-over lists, and the receipt for what was taken in (QĐ 45/2016/QĐ-TTg)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.papers.facts import Applicant, PaperFacts
from motcua.rules.acts import Paper


@dataclass(frozen=True, kw_only=True)
class ParcelLine:
    """One envelope on a hand-over list: whose code, to whom and where it goes."""

    code: str
    number: str
    name: str
    address: str = ""
    registered: bool = False


@dataclass(frozen=True, kw_only=True)
class ParcelList(PaperFacts):
    """Hand-over list between a one-stop counter and a post office, either way (QĐ 45/2016/QĐ-TTg); ``code`` is the
    list's own number.
    """

    kind = Paper.PARCEL_LIST

    outward: bool
    """From the counter to the post with results; otherwise from the post to the counter with dossiers."""
    giver: str
    receiver: str
    given_by: str
    given_at: datetime
    received_by: str = ""
    received_at: datetime | None = None
    counted: int | None = None
    """How many envelopes the receiver counted."""
    lines: tuple[ParcelLine, ...]


@dataclass(frozen=True, kw_only=True)
class TakenPaper:
    """One component as it was taken in: on paper, and as pictures."""

    name: str
    originals: int = 0
    copies: int = 0
    scans: int = 0


@dataclass(frozen=True, kw_only=True)
class PostReceipt(PaperFacts):
    """What a post office took in for a one-stop counter, in the hands of whoever brought it (QĐ 45/2016/QĐ-TTg)."""

    kind = Paper.POST_RECEIPT

    parcel: str
    """The envelope's own number."""
    post_office: str
    clerk: str
    taken_at: datetime
    applicant: Applicant
    procedure: str = ""
    """Left out, like the papers, where the clerk took a closed envelope and knows neither."""
    papers: tuple[TakenPaper, ...] = ()
