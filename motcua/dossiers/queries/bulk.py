"""Many at once, before and after: what would happen to each dossier, how far the work has come, what can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch
from django.utils.timezone import localtime

from motcua.agencies.queries import colleagues
from motcua.base.errors import Refusal
from motcua.dossiers.facts import CONTENTS, HEAVY, RELATED, checklist_of, facts_of, result_channels_of, route_of
from motcua.dossiers.facts.promises import counting_of
from motcua.dossiers.models import BulkItem, BulkRun, Dossier, Promise, StepRun
from motcua.dossiers.queries.coordination import ONLY_FREE, heads
from motcua.dossiers.queries.visible import visible_to
from motcua.policy.queries import calendar
from motcua.rules import words
from motcua.rules.acts import Act, Channel, Outcome
from motcua.rules.lifecycle import Refused, Relation, decide
from motcua.rules.needs import DossierFacts
from motcua.rules.people import Actor, Role, at_counter
from motcua.rules.permissions import Page, What, reaches
from motcua.rules.route import next_step

MOST = 1000
"""A run has at most so many dossiers; a longer list is done in parts, each seen before it is confirmed."""


class Deed(StrEnum):
    """What may be done to many at once: acts of the table, and a message to the applicants."""

    ACCEPT = "accept"
    FORWARD = "forward"
    ASSIGN = "assign"
    PASS_ON = "pass_on"  # noqa: S105 - an act, not a password
    PROPOSE = "propose"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    SEAL = "seal"
    DELIVER = "deliver"
    NOTIFY = "notify"
    RECALL = "recall"

    @property
    def act(self) -> Act | None:
        """The act of the table; None for a mere message."""
        return None if self is Deed.NOTIFY else Act(self.value)

    @property
    def right(self) -> What:
        """What the table of rights calls it."""
        return self.act or Page.NOTIFY

    @property
    def words(self) -> str:
        return words.ACTS[self.act] if self.act else "Nhắn người nộp"


NEEDS_DETAILS = frozenset({Deed.ASSIGN, Deed.SEND_BACK, Deed.DELIVER, Deed.NOTIFY})
RECALLED = frozenset({Deed.ACCEPT, Deed.FORWARD, Deed.PASS_ON, Deed.PROPOSE, Deed.APPROVE, Deed.SEND_BACK})
"""Deeds that hand a dossier on: whoever did them may take it back while the next one has not opened it."""

FOR_EVER: Mapping[Deed, str] = {
    Deed.ASSIGN: "Phân công không cần hoàn tác: giao lại cho người khác bất cứ lúc nào.",
    Deed.SEAL: "Số đã cấp và dấu đã đóng không rút lại được; người nộp đã được báo.",
    Deed.DELIVER: "Kết quả đã trả không rút lại được.",
    Deed.NOTIFY: "Tin nhắn đã gửi không rút lại được.",
    Deed.RECALL: "Muốn chuyển tiếp lại thì làm lại bước vừa rút.",
}


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen to one dossier, or every reason why nothing will."""

    code: str
    applicant: str
    procedure: str
    allowed: bool
    words: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come."""

    waiting: int
    done: int
    refused: int
    barred: int

    @property
    def total(self) -> int:
        """Dossiers that are to be done; barred ones never were."""
        return self.waiting + self.done + self.refused

    @property
    def tried(self) -> int:
        return self.done + self.refused


def deeds_of(actor: Actor) -> list[Deed]:
    """Deeds some post of this officer may do, in the order of the road."""
    return [deed for deed in Deed if deed is not Deed.RECALL and _may_ever(deed, actor)]


def _may_ever(deed: Deed, actor: Actor) -> bool:
    return any(reaches(post.role, deed.right) for post in actor.posts)


def previews(
    codes: Sequence[str], deed: Deed, details: Mapping[str, Any], actor: Actor, *, at: datetime
) -> list[Preview]:
    """Each dossier decided by the same rules that will be asked when it is done. A code nobody may see is left out."""
    open_runs = StepRun.objects.filter(finished_at__isnull=True).select_related("division", "agency").order_by("pk")
    rows = (
        visible_to(actor)
        .filter(code__in=list(codes))
        .select_related(*RELATED)
        .defer(*HEAVY)
        .prefetch_related(*CONTENTS, "consultations", "children", Prefetch("steps", open_runs, to_attr="open_runs"))
    )
    known = {row.code: row for row in rows.order_by("pk")}
    hands = _hands(known.values(), deed, at)
    found = [known[code] for code in dict.fromkeys(codes) if code in known]
    return [_preview(row, deed, details, actor, at, hands) for row in found]


Hands = Mapping[tuple[int, int | None], Mapping[int, str]]
"""Who may be given a step: by agency and division, names by account."""


def _hands(rows: Iterable[Dossier], deed: Deed, at: datetime) -> Hands:
    if deed is not Deed.ASSIGN:
        return {}
    places = {(run.agency_id, run.division_id) for row in rows for run in row.open_runs}  # type: ignore[attr-defined]
    roles = (Role.CASE_OFFICER, Role.DIVISION_HEAD)
    return {
        (agency, division): {
            post.account_id: post.account.name for post in colleagues(agency, division_id=division, roles=roles, at=at)
        }
        for agency, division in places
    }


def people_for(codes: Sequence[str], actor: Actor, *, at: datetime) -> list[tuple[int, str]]:
    """Officers to whom at least one of these dossiers may be assigned, by name; only oneself for a case officer."""
    rows = visible_to(actor).filter(code__in=list(codes)).order_by().values("pk")
    places = StepRun.objects.filter(dossier_id__in=rows, finished_at__isnull=True).order_by()
    roles = (Role.CASE_OFFICER, Role.DIVISION_HEAD)
    found = {
        post.account_id: post.account.name
        for agency, division in places.values_list("agency_id", "division_id").distinct()
        for post in colleagues(agency, division_id=division, roles=roles, at=at)
    }
    if not actor.holds(Role.DIVISION_HEAD):
        found = {key: name for key, name in found.items() if key == actor.account_id}
    return sorted(found.items(), key=lambda pair: pair[1])


def _preview(row: Dossier, deed: Deed, details: Mapping[str, Any], actor: Actor, at: datetime, hands: Hands) -> Preview:
    run: StepRun | None = next(iter(row.open_runs), None)  # type: ignore[attr-defined]
    reasons: list[str] = []
    if deed.act is not None:
        facts = facts_of(row, run=run, at=at)
        answer = decide(deed.act, facts, actor, row.policy, at)
        if isinstance(answer, Refused):
            reasons = [reason.words for reason in answer.reasons]
        else:
            reasons = _also(row, run, deed, details, actor, hands, facts, at)
    elif not may_tell(row, actor):
        reasons = ["Chỉ bộ phận một cửa của hồ sơ này nhắn cho người nộp."]
    happens = "" if reasons else _happens(row, run, deed, details, hands, at)
    return Preview(row.code or "", row.applicant_name, row.revision.title, not reasons, " ".join(reasons) or happens)


def may_tell(row: Dossier, actor: Actor) -> bool:
    """Agencies speak to applicants through the counter only (HY-28): whose posts the table of rights ties to it."""
    return any(
        Relation.COUNTER in reaches(post.role, Page.NOTIFY)
        and at_counter(post, agency_id=row.agency_id, counter_id=row.counter_id, taken_in_by_id=row.taken_in_by_id)
        for post in actor.posts
    )


def _also(
    row: Dossier,
    run: StepRun | None,
    deed: Deed,
    details: Mapping[str, Any],
    actor: Actor,
    hands: Hands,
    facts: DossierFacts,
    at: datetime,
) -> list[str]:
    """What the verbs refuse besides the table: said beforehand."""
    if deed is Deed.ASSIGN:
        to, there = details.get("to"), hands.get((run.agency_id, run.division_id), {}) if run else {}
        if run is None or to not in there:
            return ["Người được chọn không thuộc bộ phận đang xử lý hồ sơ này."]
        if not heads(run, actor) and (to not in actor.hands or row.holder_id in there.keys() - {to}):
            return [ONLY_FREE]
    if deed in (Deed.PROPOSE, Deed.PASS_ON) and facts.silent_consultations:
        names = ", ".join(facts.silent_consultations)
        return [f"Quá hạn mà chưa trả lời ý kiến: {names}. Làm riêng hồ sơ này để xác nhận coi như đồng ý."]
    if deed is Deed.DELIVER:
        channel = Channel(details["channel"])
        if channel not in result_channels_of(row, at):
            return ["Quy định đang áp dụng cho hồ sơ này không có hình thức trả kết quả đó."]
        if row.return_channel and row.return_channel != channel.value:
            return [f"Người nộp đã chọn hình thức khác: {row.return_words}."]
        checklist = checklist_of(row, today=at.date())
        if channel is Channel.COUNTER and (checklist.compare or checklist.sign_form):
            return ["Người nộp phải ký tờ khai, đối chiếu giấy tờ khi nhận: trả từng hồ sơ."]
    return []


def _happens(
    row: Dossier, run: StepRun | None, deed: Deed, details: Mapping[str, Any], hands: Hands, at: datetime
) -> str:
    match deed:
        case Deed.ASSIGN:
            assert run is not None
            return f"Giao cho {hands[run.agency_id, run.division_id][details['to']]}."
        case Deed.DELIVER:
            return f"Trả kết quả: {words.CHANNELS[Channel(details['channel'])]}. Hồ sơ kết thúc."
        case Deed.NOTIFY:
            return "Người nộp nhận tin."
        case Deed.SEND_BACK:
            return "Trả về người thụ lý."
        case Deed.RECALL:
            return "Rút lại về bước trước."
        case _:
            step = next_step(route_of(row), row.step_index or 0)
            beyond = f"Chuyển sang bước “{step.title}”." if step else ""
            return f"{_of_result(row, deed)}{_promised(row, at) if deed is Deed.ACCEPT else ''}{beyond}".strip()


_WITH_RESULT = {Deed.PROPOSE: "Trình ký", Deed.APPROVE: "Ký", Deed.SEAL: "Cấp số, đóng dấu, báo người nộp:"}


def _of_result(row: Dossier, deed: Deed) -> str:
    """The document that is signed or sealed among many others, and whether it refuses."""
    result = getattr(row, "result", None)
    if deed not in _WITH_RESULT or result is None:
        return ""
    refuses = f" ({words.OUTCOMES[Outcome.REFUSED].lower()})" if result.outcome == Outcome.REFUSED else ""
    return f"{_WITH_RESULT[deed]} “{result.title}”{refuses}. "


def _promised(row: Dossier, at: datetime) -> str:
    """The day that would be promised, were the dossier accepted now."""
    row.accepted_at = at
    found = counting_of(row, Promise.What.RESULT).count(calendar(at, agency_id=row.agency_id))
    return f"Cấp giấy tiếp nhận, hẹn trả ngày {localtime(found.at):%d/%m/%Y}. "


# --- runs


def run_of(key: UUID, actor: Actor) -> BulkRun:
    """One's own run. Raises `Refusal` 404 for any other."""
    found = BulkRun.objects.filter(pk=key, account_id=actor.account_id or 0).select_related("undoes").first()
    if found is None:
        raise Refusal("Không tìm thấy việc này.", status=404)
    return found


def progress_of(run: BulkRun) -> Progress:
    """Counts by state. One query."""
    counts = dict(run.items.order_by().values_list("state").annotate(Count("pk")))
    state = BulkItem.State
    return Progress(*(counts.get(one.value, 0) for one in (state.WAITING, state.DONE, state.REFUSED, state.BARRED)))


def items_of(run: BulkRun) -> list[BulkItem]:
    """Every dossier of the run: those that could not be done first, then in the order chosen."""
    rank = {BulkItem.State.REFUSED.value: 0, BulkItem.State.BARRED.value: 1}
    return sorted(run.items.order_by("position"), key=lambda item: rank.get(item.state, 2))


def items_for(run: BulkRun, actor: Actor) -> list[BulkItem]:
    """The same, those dossiers only that the posts held now let one see: who was transferred left the names behind."""
    found = items_of(run)
    seen = visible_to(actor).filter(code__in=[item.code for item in found]).order_by().values_list("code", flat=True)
    known = set(seen)
    return [item for item in found if item.code in known]


def runs_of(actor: Actor, *, most: int = 20) -> list[BulkRun]:
    """One's own confirmed runs, latest first."""
    rows = BulkRun.objects.filter(account_id=actor.account_id or 0, confirmed_at__isnull=False)
    return list(rows.order_by("-confirmed_at")[:most])
