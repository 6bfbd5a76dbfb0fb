"""Books the one-stop counter keeps: the register of dossiers (Mẫu 06 of TT 01/2018, 07 of TT 03/2025), A4."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.papers.facts import PaperFacts
from motcua.rules.acts import Paper


@dataclass(frozen=True, kw_only=True)
class RegisterLine:
    """One dossier of the register, with exactly the columns of the form."""

    number: str
    """Số thứ tự in the book."""
    code: str
    procedure: str
    sets: int = 1
    applicant: str
    contact: str = ""
    """Address and telephone."""
    lead: str
    """Cơ quan chủ trì giải quyết."""
    accepted_at: datetime
    promised_at: datetime | None = None
    returned_at: datetime | None = None
    channel: str = ""
    """Phương thức nhận kết quả."""
    receiver: str = ""
    """Whoever took the result, in place of a signature."""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Register(PaperFacts):
    """Sổ theo dõi hồ sơ: the lines of a span of days of one book."""

    kind = Paper.REGISTER

    book: str
    """Quyển số."""
    period: str
    """Which days, in words."""
    lines: tuple[RegisterLine, ...] = ()
