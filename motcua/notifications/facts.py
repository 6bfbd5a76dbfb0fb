"""Plain values of the room: whom to tell, which kinds of messages there are, and when to try again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from motcua.notifications.models import Channel

GIVE_UP_AFTER = timedelta(hours=72)
"""Promise G10: tried for three days, then shown to an officer."""

LEASE = timedelta(seconds=60)
"""How long a worker may hold a message: after a crash another one takes it up when this has passed."""

_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to be told. Channels without an address are left out; an account has an inbox as well."""

    account_id: int | None = None
    name: str = ""
    email: str | None = ""
    phone: str | None = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of message: which values its words need, and on which channels it goes out.

    The words lie in ``templates/notifications/<name>.{subject,body,sms}.txt``. A secret message (a password,
    a code) never enters the portal's inbox, and its words are wiped once it is handed over or given up.
    """

    name: str
    needs: frozenset[str]
    channels: tuple[Channel, ...] = (Channel.PORTAL, Channel.EMAIL, Channel.SMS)
    is_secret: bool = False


_OUTSIDE = (Channel.EMAIL, Channel.SMS)
_DOSSIER = frozenset({"procedure", "agency"})
_FOR_OFFICERS = frozenset({"procedure", "limit", "due_at"})

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("account_credential", frozenset({"login", "password"}), _OUTSIDE, is_secret=True),
        Kind("account_ready", frozenset({"login"})),
        Kind("account_exists", frozenset({"login"}), _OUTSIDE),
        Kind("code", frozenset({"code", "minutes"}), _OUTSIDE, is_secret=True),
        Kind("submitted", _DOSSIER),
        Kind("accepted", _DOSSIER | {"promised_at"}),
        Kind("supplement_requested", _DOSSIER | {"items"}),
        Kind("supplement_received", _DOSSIER),
        Kind("declined", _DOSSIER | {"reasons"}),
        Kind("payment_requested", _DOSSIER | {"amount"}),
        Kind("fee_collected", _DOSSIER | {"amount"}),
        Kind("result_ready", _DOSSIER),
        Kind("delivered", _DOSSIER),
        Kind("paper_arrived", _DOSSIER),
        Kind("withdrawn", _DOSSIER),
        Kind("stopped", _DOSSIER | {"reasons"}),
        Kind("transferred", _DOSSIER | {"from_agency", "acceptance_due_at"}),
        Kind("succeeded", _DOSSIER | {"from_agency"}),
        Kind("corrected", _DOSSIER | {"items"}),
        Kind("counter_note", _DOSSIER | {"note"}),
        Kind("apology", _DOSSIER | {"reason", "was_due_at", "new_due_at"}),
        Kind("rescheduled", _DOSSIER | {"reason", "items"}),
        Kind("supplement_reminder", _DOSSIER | {"answer_by"}),
        Kind("closed_unanswered", _DOSSIER | {"reasons"}),
        Kind("archive_fault", frozenset({"fault"}), (Channel.PORTAL,)),
        Kind("deadline_near", _FOR_OFFICERS, (Channel.PORTAL,)),
        Kind("deadline_missed", _FOR_OFFICERS, (Channel.PORTAL,)),
        Kind("apology_waiting", _FOR_OFFICERS | {"new_due_at"}, (Channel.PORTAL,)),
        Kind("apology_unsigned", _FOR_OFFICERS | {"new_due_at"}, (Channel.PORTAL,)),
        Kind("parcel_sent", _DOSSIER | {"parcel", "post_office"}),
        Kind("parcel_returned", _DOSSIER | {"parcel"}),
        Kind("parcel_lost", _DOSSIER | {"parcel", "post_office"}),
        Kind("parcel_case_closed", _DOSSIER | {"parcel", "note"}),
        Kind("step_given", frozenset({"procedure", "step"}), (Channel.PORTAL,)),
        Kind("opinion_asked", frozenset({"procedure", "question", "due_at"}), (Channel.PORTAL,)),
        Kind("opinion_given", frozenset({"procedure", "unit", "verdict"}), (Channel.PORTAL,)),
        Kind("part_ended", frozenset({"procedure", "note"}), (Channel.PORTAL,)),
        Kind("procedures_incomplete", frozenset({"agency", "count", "items"}), (Channel.PORTAL,)),
        Kind("information_supplied", frozenset({"agency", "procedure", "part", "by"}), (Channel.PORTAL,)),
        Kind("information_settled", frozenset({"agency", "procedure", "part", "decision", "note"}), (Channel.PORTAL,)),
        Kind("service_proposed", frozenset({"agency", "procedure", "asked", "by"}), (Channel.PORTAL,)),
        Kind("service_decided", frozenset({"agency", "procedure", "asked", "decision"}), (Channel.PORTAL,)),
        Kind(
            "ministry_state",
            frozenset({"dossier", "procedure", "ministry", "state"}),
            (Channel.PORTAL, Channel.EMAIL),
        ),
        Kind("violation_ended", frozenset({"number", "outcome", "answer"})),
        Kind("mentioned", frozenset({"procedure", "by", "text"}), (Channel.PORTAL,)),
    )
}

OPTIONAL = (
    "name",
    "link",
    "paper_link",
    "money",
    "login",
    "purpose",
    "counter",
    "counter_address",
    "counter_phone",
    "acceptance_due_at",
    "promised_at",
    "answer_by",
    "pay_by",
    "due_at",
    "return_words",
    "receipt_number",
    "outcome",
    "note",
    "items",
    "reasons",
    "paper_owed",
    "handled_as_level",
)
"""Values a template may use without every caller having to give them."""


def next_attempt(
    message_id: UUID, *, created_at: datetime, attempts: int, at: datetime, retry_after: int | None = None
) -> datetime | None:
    """When to try again after the hand-over number `attempts` failed at `at`; None when it is time to give
    up.

    The wait doubles from 30 seconds to one hour and is spread by a fifth either way, so that the messages
    held up by one outage do not all come back in the same second. `retry_after` (seconds) is what the
    provider asked for.
    """
    wait = min(_FIRST_WAIT * 2 ** min(attempts - 1, 12), _LONGEST_WAIT)
    spread = 0.8 + 0.4 * ((message_id.int + attempts * 7919) % 1000) / 1000
    wait = max(wait * spread, timedelta(seconds=min(retry_after or 0, 3600)))
    return at + wait if at + wait <= created_at + GIVE_UP_AFTER else None
