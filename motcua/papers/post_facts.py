"""What a hand-over list between a one-stop counter and a post office says (QĐ 45/2016/QĐ-TTg)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.papers.facts import PaperFacts
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
