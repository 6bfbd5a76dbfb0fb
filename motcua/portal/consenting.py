"""Asking for consent to keep data: plainly, one purpose each, never ticked beforehand (HY-12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.accounts.queries import consents_of
from motcua.rules.consents import Purpose, Wording, current, wording
from motcua.rules.people import Actor


@dataclass(frozen=True, slots=True)
class Line:
    """One purpose as a page shows it; ``given_at`` is None while there is no consent."""

    purpose: str
    words: Wording
    given_at: datetime | None = None
    given_with: str = ""
    is_ticked: bool = False
    """Ticked by the person just now, on a page that came back."""

    @property
    def name(self) -> str:
        """The control's name."""
        return f"dong-y-{self.purpose}"


def consent_lines(actor: Actor, posted: Mapping[str, str] | None = None) -> list[Line]:
    """Each purpose: as agreed to, in the words that were shown then; or as it would be asked now."""
    given = consents_of(actor.account_id)
    return [
        Line(
            purpose.value,
            (wording(purpose, given[purpose].wording) if purpose in given else None) or current(purpose),
            given[purpose].given_at if purpose in given else None,
            given[purpose].given_with if purpose in given else "",
            bool(posted and f"dong-y-{purpose.value}" in posted),
        )
        for purpose in Purpose
    ]


def chosen_purposes(posted: Mapping[str, str]) -> tuple[Purpose, ...]:
    """What the person ticked."""
    return tuple(purpose for purpose in Purpose if posted.get(f"dong-y-{purpose.value}") == "1")
