"""A leader lets an officer ask once more (NĐ 61/2018 điều 17; QĐ 766/QĐ-TTg counts every round beyond the first)."""

from __future__ import annotations

from datetime import datetime

from motcua.base.errors import Refusal
from motcua.dossiers.actions.gate import passing
from motcua.dossiers.models import Dossier
from motcua.rules.acts import Act
from motcua.rules.people import Actor
from motcua.rules.text import clean_text


def allow_supplement(code: str, *, reason: str, by: Actor, at: datetime) -> Dossier:
    """Open one more supplement round. It flags the dossier for good and counts against the agency.

    Raises `Refusal` without a reason.
    """
    cleaned = clean_text(reason)
    if not cleaned:
        raise Refusal("Chưa ghi lý do.", field_errors={"reason": ["Hãy nói rõ vì sao một lần yêu cầu là chưa đủ."]})
    with passing(Act.ALLOW_SUPPLEMENT, code, by=by, at=at) as passage:
        passage.dossier.extra_rounds += 1
        passage.note = cleaned
        passage.is_public = False
        passage.details = {"extra_rounds": passage.dossier.extra_rounds}
    return passage.dossier
