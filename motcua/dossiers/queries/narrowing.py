"""What an officer may ask a list for, as conditions that each have an index of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Self

from django.contrib.postgres.search import SearchQuery
from django.db.models import BooleanField, F, Func, JSONField, Q, Value

from motcua.accounts.models import identity_digest
from motcua.dossiers.models.dossier import AGENCY_WORD, Turn
from motcua.dossiers.queries.keeping import IN_TIME, TOO_LATE, WITHOUT_DATE
from motcua.dossiers.queries.spans import is_span, within
from motcua.dossiers.queries.trays import TURNS_OF, TURNS_RUNNING
from motcua.dossiers.queries.typed import sought
from motcua.policy.queries import calendar
from motcua.procedures.models import ProcedureRevision
from motcua.rules.acts import CLOSED_STATES, Channel, State
from motcua.rules.codes import BadCode, parse_identity
from motcua.rules.people import Actor, Role
from motcua.rules.text import clean_line, fold
from motcua.rules.worktime import add_working_minutes
from motcua.rules.worktime.measure import SOON_MINUTES


class When(StrEnum):
    """Filter by what falls due."""

    LATE = "late"
    SOON = "soon"
    TODAY = "today"
    OPEN = "open"


UNDER_WAY = tuple(state.value for state in State if state not in CLOSED_STATES | {State.DRAFT, State.RESULT_READY})
"""Filed, without a result yet."""

DUE = frozenset({When.LATE, When.SOON, When.TODAY})
"""Those that ask for what falls due: nothing in a tray in which no clock runs can answer them."""


class Kept(StrEnum):
    """Filter results by whether they came by the promised date."""

    ON_TIME = "on_time"
    LATE = "late"


NOBODY = 0
"""As ``holder``: what nobody has taken yet; as ``division``: what lies in none."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the officer asked for; empty values ask for nothing. Days are whole, in office time, both ends included."""

    text: str = ""
    procedure: str = ""
    state: State | None = None
    when: When | None = None
    channel: Channel | None = None
    sector: str = ""
    turn: Turn | None = None
    division: int | None = None
    holder: int | None = None
    level: int | None = None
    filed_from: date | None = None
    filed_to: date | None = None
    done_from: date | None = None
    done_to: date | None = None
    kept: Kept | None = None
    left_from: date | None = None
    """Ended without a result (declined, withdrawn, stopped) from this day on."""
    supplemented: bool = False
    """A supplement was asked for at least once."""
    answers: tuple[tuple[str, str], ...] = ()
    """Answers of the e-form by field key, as text (see `Dossier.facets`), and ends of spans of them (`spans`)."""
    typed: tuple[tuple[str, str], ...] = ()
    """Words that typed answers of the e-form must hold, by field key. Like ``text`` they may be names of people."""

    def to_data(self) -> dict[str, Any]:
        """What was asked for as JSON, empty values left out."""
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in found.items()
            if value is not None and value is not False and value not in ("", ())
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """The other way."""
        kinds: dict[str, Any] = {"state": State, "when": When, "channel": Channel, "turn": Turn, "kept": Kept}
        kinds |= dict.fromkeys(("filed_from", "filed_to", "done_from", "done_to", "left_from"), date.fromisoformat)
        kinds |= dict.fromkeys(("answers", "typed"), lambda pairs: tuple((key, value) for key, value in pairs))
        return cls(**{name: kinds[name](value) if name in kinds else value for name, value in data.items()})


def wanted(narrowing: Narrowing, actor: Actor, at: datetime, *, walk: bool = False) -> Q:
    """The conditions; an empty `Q` when nothing was asked for.

    ``walk`` says words and answers so that no index answers them: for pages of something common, where walking along
    the list's own order soon fills the page and collecting every match would take the longer the more there are.
    """
    asked = (
        about(narrowing.text, actor, walk=walk) & _of_catalogue(narrowing) & _where(narrowing) & _dated(narrowing, at)
    )
    if narrowing.state is not None:
        asked &= Q(state=narrowing.state.value, turn__in=TURNS_OF[narrowing.state])
    if narrowing.channel is not None:
        asked &= Q(channel=narrowing.channel.value)
    if narrowing.level is not None:
        asked &= Q(service_level=narrowing.level)
    if narrowing.when is not None:
        asked &= _falls_due(narrowing.when, actor, at)
    if narrowing.answers:
        asked &= _answered(narrowing.answers, actor, walk=walk)
    if narrowing.typed:
        asked &= _typed(narrowing.typed, actor, walk=walk)
    return asked


def is_searched(narrowing: Narrowing) -> bool:
    """Whether something was asked that few dossiers have and that no tray is ordered by."""
    return bool(narrowing.text or narrowing.typed or narrowing.answers or narrowing.holder)


def _of_catalogue(narrowing: Narrowing) -> Q:
    """A procedure or a sector as its revisions: the catalogue is small."""
    if not narrowing.procedure and not narrowing.sector:
        return Q()
    revisions = ProcedureRevision.objects.order_by("pk")
    if narrowing.procedure:
        revisions = revisions.filter(procedure__code=narrowing.procedure)
    if narrowing.sector:
        revisions = revisions.filter(sector__code=narrowing.sector)
    return Q(revision_id__in=list(revisions.values_list("pk", flat=True)))


def _where(narrowing: Narrowing) -> Q:
    asked = Q()
    if narrowing.turn is not None:
        asked &= Q(turn=narrowing.turn.value)
    if narrowing.division is not None:
        asked &= Q(step_division_id=narrowing.division or None)
    if narrowing.holder is not None:
        asked &= Q(holder_id=narrowing.holder or None)
    return asked


def _dated(narrowing: Narrowing, at: datetime) -> Q:
    asked = _between("submitted_at", narrowing.filed_from, narrowing.filed_to, at)
    asked &= _between("result_at", narrowing.done_from, narrowing.done_to, at)
    if narrowing.kept is not None:
        asked &= Q(result_at__isnull=False) & (WITHOUT_DATE | IN_TIME if narrowing.kept is Kept.ON_TIME else TOO_LATE)
    if narrowing.left_from is not None:
        asked &= Q(turn=Turn.CLOSED.value, result_at__isnull=True) & _between("sort_at", narrowing.left_from, None, at)
    if narrowing.supplemented:
        asked &= Q(supplement_rounds__gt=0)
    return asked


def _between(column: str, begin: date | None, end: date | None, at: datetime) -> Q:
    asked = Q()
    if begin is not None:
        asked &= Q(**{f"{column}__gte": datetime.combine(begin, time.min, tzinfo=at.tzinfo)})
    if end is not None:
        asked &= Q(**{f"{column}__lt": datetime.combine(end, time.min, tzinfo=at.tzinfo) + timedelta(days=1)})
    return asked


def _falls_due(when: When, actor: Actor, at: datetime) -> Q:
    """Whatever runs is sorted by what falls due, so the sorting column serves the question too."""
    running = [turn.value for turn in TURNS_RUNNING]
    if when is When.OPEN:
        return Q(turn__in=[*running, Turn.APPLICANT.value], state__in=UNDER_WAY)
    due = Q(turn__in=running, due_at__isnull=False)
    if when is When.LATE:
        return due & Q(sort_at__lt=at)
    if when is When.TODAY:
        return due & Q(sort_at__lt=datetime.combine(at.date(), time.min, tzinfo=at.tzinfo) + timedelta(days=1))
    agency = actor.posts[0].agency_id if actor.posts else None
    soon = add_working_minutes(calendar(at, agency_id=agency), at, SOON_MINUTES)
    return due & Q(sort_at__gte=at, sort_at__lte=soon)


def _answered(answers: tuple[tuple[str, str], ...], actor: Actor, *, walk: bool) -> Q:
    """One question of the index an agency of the officer's: the answers and the agency together. Spans are looked at
    in what else was asked for: the procedure whose form it is, in one's own agency.
    """
    spans = within(answers)
    answers = tuple(one for one in answers if not is_span(one[0]))
    if not answers:
        return spans
    asked = Q(pk__in=[])
    for agency in sorted({post.agency_id for post in actor.posts}):
        held = {**dict(answers), "": agency}
        asked |= Q(_walked(F("facets"), Value(held, JSONField()), " @> ")) if walk else Q(facets__contains=held)
    return asked & spans


def _typed(typed: tuple[tuple[str, str], ...], actor: Actor, *, walk: bool) -> Q:
    """Words in typed answers, in the agencies of one's posts."""
    words = sought(typed, sorted({post.agency_id for post in actor.posts}))
    if words is None:
        return Q(pk__in=[])
    if walk:
        return Q(_walked(F("search"), words, " @@ "))
    return Q(Func(F("search"), words, template="(%(expressions)s)", arg_joiner=" @@ ", output_field=BooleanField()))


def _walked(held: F, asked: Value | SearchQuery | Func, sign: str) -> Func:
    """The same test in a form that no index knows, and of which the planner thinks that every other row holds it."""
    return Func(held, asked, template="coalesce(%(expressions)s, false)", arg_joiner=sign, output_field=BooleanField())


def about(text: str, actor: Actor, *, walk: bool = False) -> Q:
    """A code or its beginning, an identity number (by its keyed digest), or words of a name without accents."""
    text = clean_line(text)[:100]
    if not text:
        return Q()
    try:
        return Q(applicant_identity_hash=identity_digest(parse_identity(text)[1]))
    except BadCode:
        pass
    compact = "".join(text.split()).upper()
    if compact[:1] == "H" and compact[1:3].isdigit():
        return Q(code__startswith=compact)
    letters = "".join(char if char.isalnum() else " " for char in fold(text)).split()
    if not letters:
        return Q(pk__isnull=True)
    agencies = sorted({post.agency_id for post in actor.posts})
    asked = _named(letters, agencies, walk=walk)
    if actor.holds(Role.COUNTER_OFFICER):
        # The few it handed on and that were handed on again bear no word of its own.
        asked |= Q(earlier_hands__overlap=agencies) & _named(letters, [], walk=True)
    return asked


def _named(letters: list[str], agencies: list[int], *, walk: bool) -> Q:
    """Every word must stand in the name; the last may be unfinished. Only names in these agencies, if any."""
    here = " | ".join(f"{AGENCY_WORD}{one}" for one in agencies)
    name = " & ".join([*letters[:-1], f"{letters[-1]}:*"])
    words = SearchQuery(f"({here}) & {name}" if here else name, config="simple", search_type="raw")
    return Q(_walked(F("search"), words, " @@ ")) if walk else Q(search=words)
