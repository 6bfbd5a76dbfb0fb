"""What the tests of the clock share: the system that rings, an operator, dossiers at a station."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from motcua.dossiers.actions import examine, intake, timers
from motcua.dossiers.models import Dossier
from motcua.rules.acts import Outcome, Verdict
from motcua.rules.people import Actor, Role
from tests.cast import Cast

SYSTEM = Actor.system("Hệ thống")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def day(at: datetime, number: int, hour: int = 9, minute: int = 0, month: int = 11) -> datetime:
    """A moment of November 2026 (or another month) in Việt Nam."""
    return at.replace(month=month, day=number, hour=hour, minute=minute)


def operator(cast: Cast) -> Actor:
    """Oánh keeps the system of the province running."""
    return cast.post(cast.officer("van-hanh", "Ngô Văn Oánh"), Role.OPERATOR, cast.commune)


def accepted(cast: Cast, at: datetime, **answers: Any) -> str:
    code = str(cast.submitted(**answers).code)
    intake.accept(code, by=cast.minh, at=at)
    return code


def drafted(cast: Cast, code: str, at: datetime) -> None:
    examine.draft_result(code, outcome=Outcome.GRANTED, title="Trích lục", body="Cấp.", by=cast.ha, at=at)


def awaited(cast: Cast, at: datetime) -> str:
    """A dossier that waits for its applicant since ``at``."""
    code = str(cast.submitted().code)
    ask(cast, code, at)
    return code


def ask(cast: Cast, code: str, at: datetime) -> None:
    """Minh marks the paper as wrong, the rest as right, and asks for it."""
    verdicts = {f"field:{key}": (Verdict.OK, "") for key in ("ho_ten", "so_dinh_danh", "so_ban", "uy_quyen")}
    intake.judge(code, {**verdicts, "paper:giay-chung-minh": (Verdict.WRONG, "Ảnh mờ.")}, by=cast.minh, at=at)
    intake.request_supplement(code, by=cast.minh, at=at)


def ring(at: datetime) -> int:
    return timers.ring(by=SYSTEM, at=at)


def now_of(code: str) -> Dossier:
    return Dossier.objects.get(code=code)
