"""The words of the lifecycle: states, acts, and what an act leaves behind. Names only; the table is in `passages`."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a dossier stands in law. Few and fixed; the divisions' inner route is data (`rules.route`)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    AWAITING_PAYMENT = "awaiting_payment"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    EXAMINING = "examining"
    AWAITING_APPROVAL = "awaiting_approval"
    AWAITING_SEAL = "awaiting_seal"
    RESULT_READY = "result_ready"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"


CLOSED_STATES = frozenset({State.DECLINED, State.DELIVERED, State.WITHDRAWN, State.STOPPED})
"""Nothing more can happen here."""

INTAKE_STATES = frozenset({State.SUBMITTED, State.AWAITING_PAYMENT})
"""Before acceptance: the acceptance limit counts, not the promised date."""

WORKING_STATES = frozenset(
    {State.ACCEPTED, State.EXAMINING, State.AWAITING_APPROVAL, State.AWAITING_SEAL, State.RESULT_READY}
)
"""After acceptance and before the result is in the person's hands."""


class Act(StrEnum):
    """Everything that may happen to a dossier after it exists."""

    SUBMIT = "submit"
    SUPPLEMENT = "supplement"
    WITHDRAW = "withdraw"
    JUDGE = "judge"
    REQUEST_SUPPLEMENT = "request_supplement"
    DECLINE = "decline"
    REQUEST_PAYMENT = "request_payment"
    COLLECT_FEE = "collect_fee"
    ACCEPT = "accept"
    FORWARD = "forward"
    ASSIGN = "assign"
    PROPOSE_SUPPLEMENT = "propose_supplement"
    DRAFT_RESULT = "draft_result"
    PASS_ON = "pass_on"  # noqa: S105 - an act, not a password
    PROPOSE = "propose"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    SEAL = "seal"
    DELIVER = "deliver"
    RECORD_ARRIVAL = "record_arrival"
    ALLOW_SUPPLEMENT = "allow_supplement"
    CLOSE_UNANSWERED = "close_unanswered"
    DRAFT_APOLOGY = "draft_apology"
    SIGN_APOLOGY = "sign_apology"
    RESCHEDULE = "reschedule"
    CONSULT = "consult"
    OPINE = "opine"
    OPEN_CHILD = "open_child"
    RECALL = "recall"
    RETURN_TO_GIVER = "return_to_giver"
    STOP = "stop"
    TRANSFER = "transfer"
    CORRECT = "correct"
    SUCCEED = "succeed"


class StepKind(StrEnum):
    """What a step of a route is for; each kind has one legal state in which it runs."""

    RECEIVE = "receive"
    EXAMINE = "examine"
    APPROVE = "approve"
    SEAL = "seal"
    RETURN = "return"


class Clock(StrEnum):
    """What an act does to the dossier's clock (law.md §2.4: none in 1, runs in 2 and 4, paused in 5 and 6)."""

    NONE = "none"
    START_INTAKE = "start_intake"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"


class Paper(StrEnum):
    """Papers keyed by kind, never by a form's number: the number is a label of (regime, kind)."""

    SUBMISSION_RECEIPT = "submission_receipt"
    APPOINTMENT_SLIP = "appointment_slip"
    SUPPLEMENT_NOTICE = "supplement_notice"
    DECLINE_NOTICE = "decline_notice"
    CONTROL_SHEET = "control_sheet"
    HANDOVER_RECORD = "handover_record"
    RESULT = "result"
    EFORM_PRINT = "eform_print"
    APOLOGY_NOTICE = "apology_notice"
    STOP_NOTICE = "stop_notice"
    COVER_SHEET = "cover_sheet"
    PARCEL_LIST = "parcel_list"
    POST_RECEIPT = "post_receipt"
    REGISTER = "register"


class Audience(StrEnum):
    """Who is told about an act."""

    NOBODY = "nobody"
    APPLICANT = "applicant"


class Outcome(StrEnum):
    """What the result says. A refusal travels the same road as a grant, signed and sealed (BD-38)."""

    GRANTED = "granted"
    REFUSED = "refused"


class Channel(StrEnum):
    """How something is filed or handed over (national data: 1 direct, 2 online, 3 post)."""

    COUNTER = "counter"
    ONLINE = "online"
    POST = "post"


class Verdict(StrEnum):
    """An officer's finding on one field or paper."""

    OK = "ok"
    WRONG = "wrong"


class Unsigned(StrEnum):
    """What becomes of a level 4 dossier without a digital signature (acceptance list, "where they differ")."""

    AS_LEVEL_3 = "as_level_3"
    PAPER_BY_POST = "paper_by_post"
    PER_COMPONENT = "per_component"
    WHERE_REQUIRED = "where_required"


class Compared(StrEnum):
    """What papers filed as pictures are held against when the result is collected."""

    NOTHING = "nothing"
    ORIGINAL = "original"
    ORIGINAL_OR_CERTIFIED = "original_or_certified"
    DECLARED_ONLY = "declared_only"


class Mode(StrEnum):
    """How one component is supplied (CB-7…CB-11)."""

    SCAN = "scan"
    DECLARED = "declared"
    SIGNED = "signed"
    E_LICENCE = "e_licence"
    E_CERTIFIED = "e_certified"


class FeeChannel(StrEnum):
    """Where a fee may be paid."""

    COUNTER = "counter"
    POST = "post"
    ONLINE = "online"
    PLATFORM = "platform"
    POST_OFFICE = "post_office"
    TRANSFER = "transfer"


class AfterSupplement(StrEnum):
    """What the clock does when the applicant has answered: go on with the remainder, or begin anew."""

    CONTINUE = "continue"
    RESET = "reset"


class ServiceScheme(StrEnum):
    """How the law grades an online service: levels 1–4 (NĐ 43/2011), or whole and in part (NĐ 42/2022)."""

    LEVELS = "levels"
    MODES = "modes"
