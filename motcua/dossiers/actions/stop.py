"""The leader's verb that ends a dossier before its result: a notice with every reason, every clock stopped.

Thông báo dừng giải quyết hồ sơ: TT 03/2025/TT-VPCP, Phụ lục I, mẫu số 05. It refuses nothing on the merits: a refusal
travels the road of every result (BD-38).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from motcua.base.errors import Refusal
from motcua.dossiers.actions.approve import title_of
from motcua.dossiers.actions.gate import passing
from motcua.dossiers.actions.withdraw import end_parts
from motcua.dossiers.facts import papers as paper_facts
from motcua.dossiers.models import Dossier
from motcua.rules.acts import Act
from motcua.rules.people import Actor
from motcua.rules.text import clean_text


def stop(code: str, *, reasons: Sequence[str], by: Actor, at: datetime) -> Dossier:
    """End the dossier and its open parts, saying why and what becomes of the money paid.

    Raises `Refusal` without a reason.
    """
    cleaned = tuple(filter(None, (clean_text(reason) for reason in reasons)))
    if not cleaned:
        raise Refusal("Chưa ghi lý do dừng.", field_errors={"reasons": ["Hãy ghi ít nhất một lý do cụ thể."]})
    with passing(Act.STOP, code, by=by, at=at) as passage:
        dossier = passage.dossier
        passage.note = "\n".join(cleaned)
        passage.told = {"reasons": list(cleaned), "money": paper_facts.money_note(dossier)}
        position = title_of(dossier, by, at)
        passage.paper = lambda: paper_facts.stop_notice(dossier, cleaned, signer=by.name, position=position)
        end_parts(passage)
    return dossier
