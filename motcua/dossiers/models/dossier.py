"""The dossier: one request of one person, from draft to the result in hand."""

from __future__ import annotations

import json
import uuid
from enum import StrEnum
from functools import lru_cache
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast, Coalesce

from motcua.agencies.models import Agency, Division, OneStopCounter
from motcua.procedures.models import ProcedureRevision
from motcua.rules import words
from motcua.rules.acts import CLOSED_STATES, Channel, FeeChannel, Outcome, State
from motcua.rules.people import Role
from motcua.rules.policy import Policy


class Turn(StrEnum):
    """Whose turn it is: the trays of the work lists. Follows from the row, so nobody has to keep it in step."""

    APPLICANT = "applicant"
    COUNTER = "counter"
    DIVISION = "division"
    HEAD = "head"
    LEADER = "leader"
    RECORDS = "records"
    CLOSED = "closed"
    DRAFT = "draft"


_TURN = Case(
    When(
        state__in=[State.SUBMITTED.value, State.ACCEPTED.value, State.RESULT_READY.value],
        then=Value(Turn.COUNTER.value),
    ),
    When(state=State.EXAMINING.value, supplement_proposed=True, then=Value(Turn.COUNTER.value)),
    When(state=State.EXAMINING.value, then=Value(Turn.DIVISION.value)),
    When(state=State.AWAITING_APPROVAL.value, step_role=Role.DIVISION_HEAD.value, then=Value(Turn.HEAD.value)),
    When(state=State.AWAITING_APPROVAL.value, then=Value(Turn.LEADER.value)),
    When(state=State.AWAITING_SEAL.value, then=Value(Turn.RECORDS.value)),
    When(state__in=[State.AWAITING_SUPPLEMENT.value, State.AWAITING_PAYMENT.value], then=Value(Turn.APPLICANT.value)),
    When(state=State.DRAFT.value, then=Value(Turn.DRAFT.value)),
    default=Value(Turn.CLOSED.value),
)

_LATER = models.Func(
    Coalesce("paused_at", "result_at", "submitted_at"),
    template="((%(expressions)s AT TIME ZONE 'UTC' + interval '100 years') AT TIME ZONE 'UTC')",
    output_field=models.DateTimeField(),
)
"""A generated column must not depend on the session's time zone, hence the way through UTC."""

AGENCY_WORD = "zq"
"""Begins the word that stands for the agency among the words of a name; no Vietnamese word begins so."""


def _agency_word(column: str) -> models.Func:
    """The word of the agency in this column with a space before it; nothing where there is none."""
    return models.Func(Cast(column, models.TextField()), template=f"coalesce(' {AGENCY_WORD}' || %(expressions)s, '')")


class Dossier(models.Model):
    """A dossier (hồ sơ). Its state changes only in `actions.gate`.

    Before submission it has no ``code`` and is known by ``public_id``; the code is issued at submission, while the
    dates of submission and of acceptance stay apart (law.md §2.1).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=50, unique=True, null=True, blank=True)
    revision = models.ForeignKey(ProcedureRevision, on_delete=models.PROTECT, related_name="dossiers")
    case = models.CharField(max_length=40, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="dossiers", db_index=False)
    counter = models.ForeignKey(OneStopCounter, on_delete=models.PROTECT, related_name="dossiers")
    taken_in_by = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    """The agency whose counter took it in for the competent one (phi địa giới); None where it came to the right one."""
    channel = models.CharField(max_length=8, choices=[(c.value, c.value) for c in Channel])
    service_level = models.PositiveSmallIntegerField(default=3)

    state = models.CharField(max_length=24, choices=list(words.STATES.items()), default=State.DRAFT)
    resume_state = models.CharField(max_length=24, blank=True)
    outcome = models.CharField(max_length=12, choices=list(words.OUTCOMES.items()), blank=True)

    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="dossiers"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    applicant_kind = models.CharField(max_length=12, default="person")
    applicant_name = models.CharField(max_length=250, blank=True)
    applicant_identity = models.CharField(max_length=20, blank=True)
    applicant_identity_hash = models.CharField(max_length=64, blank=True)
    applicant_phone = models.CharField(max_length=15, blank=True)
    applicant_email = models.CharField(max_length=254, blank=True)
    applicant_address = models.CharField(max_length=400, blank=True)

    answers = models.JSONField(default=dict)
    provenance = models.JSONField(default=dict)
    received = models.JSONField(default=dict, blank=True)
    """Paper handed over the counter: ``{requirement key: {"originals": n, "copies": n}}`` (Mẫu 01 lists it)."""
    return_channel = models.CharField(max_length=8, choices=list(words.CHANNELS.items()), blank=True)
    return_address = models.CharField(max_length=400, blank=True)
    policy_data = models.JSONField(default=dict)
    """The province's policy in force at submission (pinned)."""

    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    result_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    acceptance_due_at = models.DateTimeField(null=True, blank=True)
    promised_at = models.DateTimeField(null=True, blank=True)
    first_promised_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    pauses = models.JSONField(default=list)
    """Closed pauses of the clock: ``[[from, to]]`` as ISO instants."""
    due_at = models.DateTimeField(null=True, blank=True)
    """What falls due next for whoever holds the dossier: the acceptance limit or the step's limit; None in a pause."""

    step_index = models.PositiveSmallIntegerField(null=True, blank=True)
    step_role = models.CharField(max_length=24, blank=True)
    """Role that does the present step."""
    step_division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="held_dossiers"
    )
    supplement_rounds = models.PositiveSmallIntegerField(default=0)
    supplement_proposed = models.BooleanField(default=False)
    divisions = ArrayField(models.BigIntegerField(), default=list, blank=True)
    """Every division it came to, for the lists of those who see it for ever after."""
    extra_rounds = models.PositiveSmallIntegerField(default=0)
    """Further supplement rounds a leader allowed; each is counted against the agency (QĐ 766)."""
    handled_as_level = models.PositiveSmallIntegerField(null=True, blank=True)
    """The level whose rules it follows where that is not the service's own (BD-30: level 4 unsigned is level 3)."""
    component_modes = models.JSONField(default=dict, blank=True)
    """How each component is supplied where it is not a picture: ``{requirement key: rules.acts.Mode}``."""
    component_numbers = models.JSONField(default=dict, blank=True)
    """Number or code of each electronic licence or certified copy: ``{requirement key: text}`` (CB-10, CB-11)."""
    fee_channel = models.CharField(max_length=12, choices=list(words.FEE_CHANNELS.items()), blank=True)
    """How the applicant means to pay, of the ways open when he chose (BD-29, KT-14…16); blank when nothing is due."""
    paper_owed = models.BooleanField(default=False)
    """Certified paper follows by post, marked with the code (KT-13)."""
    paper_arrived_at = models.DateTimeField(null=True, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    """The dossier this one is a part of (liên thông): one for the citizen and for the statistics, each part timed."""
    transferred_from = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    earlier_hands = ArrayField(models.BigIntegerField(), null=True, blank=True)
    """Agencies that had it before ``transferred_from`` and took it in or handed it on; None where there are none."""
    transferred_at = models.DateTimeField(null=True, blank=True)
    """When the agency that has it now was handed it; its whole acceptance limit counts from then."""
    is_demo = models.BooleanField(default=False)
    turn = models.GeneratedField(expression=_TURN, output_field=models.CharField(max_length=12), db_persist=True)
    sort_at = models.GeneratedField(
        expression=Coalesce("due_at", "closed_at", _LATER), output_field=models.DateTimeField(), db_persist=True
    )
    """By which lists are sorted: what falls due, or when it ended; what merely waits stands a century later, by since
    when it waits, so that it comes after all that falls due, oldest first."""
    search = models.GeneratedField(
        expression=models.Func(
            models.Func(
                F("applicant_name"), _agency_word("agency_id"), _agency_word("taken_in_by_id"),
                _agency_word("transferred_from_id"), template="vi_tsv(%(expressions)s)", arg_joiner=" || ",
            ),
            models.Func(F("answers"), function="dossier_words"),
            template="%(expressions)s", arg_joiner=" || ",
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )  # fmt: skip
    """The words of the applicant's name, and one word for each agency in whose lists it stands (the competent one, the
    one that took it in for it, the one that handed it on): one index answers "this name in this agency". Beside them
    "=field=word" for each word of what was typed at the top level of the form (`queries.typed`)."""

    facets = models.GeneratedField(
        expression=models.Func(F("answers"), F("agency_id"), function="dossier_facets"),
        output_field=models.JSONField(),
        db_persist=True,
    )
    """Answers that lists are filtered by: choices, catalogue values, units, small numbers, years and days at the top
    level of a form, each as text, and the agency under "". Never names, telephone or identity numbers."""

    class Meta:
        ordering: ClassVar = ["-submitted_at", "-pk"]
        # Agency and division lead indexes of the work lists; bare ones would only mislead the planner.
        indexes: ClassVar = [
            models.Index(fields=["agency", "turn", "sort_at", "id"], name="dossier_agency_turn"),
            models.Index(fields=["agency", "state", "sort_at", "id"], name="dossier_agency_state"),
            models.Index(fields=["agency", "revision", "turn", "sort_at", "id"], name="dossier_agency_revision"),
            models.Index(fields=["agency", "channel", "turn", "sort_at", "id"], name="dossier_agency_channel"),
            models.Index(fields=["agency", "service_level", "turn", "sort_at", "id"], name="dossier_agency_level"),
            models.Index(
                fields=["agency", "result_at"],
                include=["promised_at"],
                condition=Q(result_at__isnull=False),
                name="dossier_agency_result",
            ),
            GinIndex(fields=["facets"], opclasses=["jsonb_path_ops"], name="dossier_facets"),
            models.Index(fields=["step_division", "turn", "sort_at", "id"], name="dossier_division_turn"),
            models.Index(
                fields=["taken_in_by", "turn", "sort_at", "id"],
                condition=Q(taken_in_by__isnull=False),
                name="dossier_taken_in_for",
            ),
            models.Index(
                fields=["agency", "turn", "sort_at", "id"],
                condition=Q(taken_in_by__isnull=False),
                name="dossier_taken_in_elsewhere",
            ),
            models.Index(
                fields=["transferred_from", "turn", "sort_at", "id"],
                condition=Q(transferred_from__isnull=False),
                name="dossier_handed_on",
            ),
            GinIndex(
                fields=["earlier_hands"],
                condition=Q(earlier_hands__isnull=False),
                name="dossier_earlier_hands",
            ),
            models.Index(
                fields=["agency", "submitted_at", "id"],
                condition=Q(submitted_at__isnull=False),
                name="dossier_agency_filed",
            ),
            GinIndex(fields=["divisions"], name="dossier_divisions"),
            models.Index(fields=["applicant", "-saved_at"], name="dossier_of_applicant"),
            models.Index(
                fields=["applicant_identity_hash"],
                condition=~Q(applicant_identity_hash=""),
                name="dossier_of_identity",
            ),
            models.Index(fields=["state", "saved_at"], condition=Q(state="draft"), name="dossier_draft_age"),
            GinIndex(fields=["search"], name="dossier_search"),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="dossier_falls_due"),
            models.Index(fields=["promised_at"], condition=Q(closed_at__isnull=True), name="dossier_promised"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=State.DRAFT.value, code__isnull=True) | Q(code__isnull=False),
                name="only_a_draft_has_no_code",
            ),
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="dossier_state_known"),
        ]

    def __str__(self) -> str:
        return self.code or f"draft {self.public_id}"

    @property
    def policy(self) -> Policy:
        """The pinned policy."""
        return _pinned(json.dumps(self.policy_data))

    @property
    def state_words(self) -> str:
        return words.STATES[State(self.state)]

    @property
    def is_closed(self) -> bool:
        return State(self.state) in CLOSED_STATES

    @property
    def outcome_words(self) -> str:
        return words.OUTCOMES[Outcome(self.outcome)] if self.outcome else ""

    @property
    def return_words(self) -> str:
        return words.CHANNELS[Channel(self.return_channel)] if self.return_channel else ""

    @property
    def fee_words(self) -> str:
        return words.FEE_CHANNELS[FeeChannel(self.fee_channel)] if self.fee_channel else ""

    @property
    def level(self) -> int:
        """The level whose rules hold for it: the service's own, or the one it is handled as."""
        return self.handled_as_level or self.service_level

    @property
    def subject(self) -> tuple[str, str]:
        """How audit and papers refer to it; the public id does not change when the code is issued."""
        return ("dossier", str(self.public_id))

    def answer(self, key: str) -> Any:
        return self.answers.get(key)


@lru_cache(maxsize=1000)
def _pinned(written: str) -> Policy:
    """Asked several times at every act, and the same for all dossiers of one time and place."""
    return Policy.from_data(json.loads(written))


class CodeSeries(models.Model):
    """The running number of an agency on a day (TT 01/2018 điều 19); the row lock makes codes unique."""

    agency_code = models.CharField(max_length=35)
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency_code", "day"], name="one_code_series_per_agency_and_day")
        ]
