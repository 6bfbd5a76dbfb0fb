"""The ten status codes of the national portal as a pure projection of our states (law.md §2.4).

Ours are richer; nothing stores a national code, so none can contradict where the dossier stands.
"""

from __future__ import annotations

from collections.abc import Mapping

from motcua.rules.acts import State
from motcua.rules.codes.status import NationalStatus

_PROJECTION: Mapping[State, NationalStatus] = {
    State.SUBMITTED: NationalStatus.REGISTERED,
    State.AWAITING_SUPPLEMENT: NationalStatus.SUPPLEMENT_REQUESTED,
    State.AWAITING_PAYMENT: NationalStatus.PAYMENT_REQUESTED,
    State.DECLINED: NationalStatus.NOT_ACCEPTED,
    State.ACCEPTED: NationalStatus.ACCEPTED,
    State.EXAMINING: NationalStatus.IN_PROGRESS,
    State.AWAITING_APPROVAL: NationalStatus.IN_PROGRESS,
    State.AWAITING_SEAL: NationalStatus.IN_PROGRESS,
    State.RESULT_READY: NationalStatus.FINISHED,
    State.DELIVERED: NationalStatus.RESULT_DELIVERED,
    State.WITHDRAWN: NationalStatus.WITHDRAWN,
    State.STOPPED: NationalStatus.STOPPED,
}


def national_status(state: State) -> NationalStatus | None:
    """The national code of a state; None for a draft, which nobody but its writer knows of."""
    return _PROJECTION.get(state)


def status_words(status: NationalStatus) -> str:
    """Code and name as lists show them: "4 – Đang xử lý"."""
    return f"{status.value} – {status.label}"
