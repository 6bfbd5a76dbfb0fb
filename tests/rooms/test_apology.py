"""No promise breaks in silence: an apology with a reason and one new date, signed or sent by the clock (NĐ 61/2018)."""

from __future__ import annotations

import random
from datetime import date, datetime
from uuid import uuid4

import pytest

from motcua.agencies.actions import stand_in
from motcua.agencies.models import PostHeld, StandInKind
from motcua.base.errors import Refusal
from motcua.dossiers.actions import apologise, approve, examine, issue, reschedule, timers
from motcua.dossiers.facts.promises import measured_by
from motcua.dossiers.models import Alarm, Apology, Dossier, Promise, StepRun
from motcua.dossiers.queries import figures
from motcua.dossiers.queries.keeping import IN_TIME, TOO_LATE
from motcua.dossiers.queries.leader import weeks_of
from motcua.dossiers.queries.timing import Badge, is_derivable, main_badge, why
from motcua.notifications.models import Message
from motcua.papers.queries import of as papers_of
from motcua.policy.actions import record_outage
from motcua.rules.acts import State
from motcua.rules.people import Role
from tests.acceptance.proof import accepts
from tests.cast import Cast
from tests.rooms.late import DAY, HOUR, SYSTEM, accepted, day, drafted, now_of, operator, ring

REASON = "Phải chờ xác minh tại nơi đăng ký trước đây."


def told(kind: str) -> set[str]:
    return set(Message.objects.filter(kind=kind).values_list("recipient_name", flat=True))


def test_the_officer_drafts_the_leader_signs_and_the_applicant_knows_before_the_breach(
    cast: Cast, at: datetime
) -> None:
    _ = cast.quang
    code = accepted(cast, at)  # promised for Monday 23/11/2026, 17:30
    first = now_of(code).promised_at
    apologise.draft_apology(code, reason=REASON, new_day=date(2026, 11, 26), by=cast.ha, at=at + HOUR)
    assert told("apology_waiting") == {"Võ Minh Quang"}
    assert now_of(code).promised_at == first and told("apology") == set()
    apologise.sign_apology(code, by=cast.quang, at=at + 2 * HOUR)
    dossier = now_of(code)
    assert dossier.first_promised_at == first
    assert dossier.promised_at == day(at, 26, 17, 30)
    made = dossier.promises.order_by("pk").last()
    assert made.what == Promise.What.RESULT and REASON in made.reason and is_derivable(made)
    assert dossier.timeline.order_by("pk").last().note == REASON
    paper = papers_of(code)[-1]
    assert (paper.kind, paper.data["signer"], paper.data["position"]) == ("apology_notice", "Võ Minh Quang", "Chủ tịch")
    assert paper.number.endswith("/PXL")
    assert told("apology") == {"Nguyễn Thị Lan"}


@pytest.mark.parametrize(
    ("new_day", "said"),
    [
        (date(2026, 11, 20), "ngày làm việc và sau ngày đã hẹn"),
        (date(2026, 11, 23), "sau ngày đã hẹn"),
        (date(2026, 11, 28), "ngày làm việc"),
    ],
)
def test_the_new_date_is_a_working_day_ahead(cast: Cast, at: datetime, new_day: date, said: str) -> None:
    code = accepted(cast, at)
    with pytest.raises(Refusal) as no:
        apologise.draft_apology(code, reason=REASON, new_day=new_day, by=cast.ha, at=at)
    assert said in no.value.field_errors["new_day"][0]
    with pytest.raises(Refusal) as no:
        apologise.draft_apology(code, reason="  ", by=cast.ha, at=at)
    assert "reason" in no.value.field_errors
    assert not Apology.objects.exists()


def test_one_new_date_only_and_only_a_leader_signs(cast: Cast, at: datetime) -> None:
    code = accepted(cast, at)
    with pytest.raises(Refusal, match="Chưa có phiếu xin lỗi"):
        apologise.sign_apology(code, by=cast.quang, at=at)
    apologise.draft_apology(code, reason=REASON, by=cast.ha, at=at)
    apologise.draft_apology(code, reason=REASON + " Nay viết rõ hơn.", by=cast.minh, at=at)
    assert Apology.objects.get().reason.endswith("rõ hơn.")
    for nobody in (cast.ha, cast.minh, cast.thu, cast.lan):
        with pytest.raises(Refusal):
            apologise.sign_apology(code, by=nobody, at=at)
    apologise.sign_apology(code, by=cast.quang, at=at)
    for again in (
        lambda: apologise.draft_apology(code, reason=REASON, by=cast.ha, at=at + HOUR),
        lambda: apologise.sign_apology(code, by=cast.quang, at=at + HOUR),
    ):
        with pytest.raises(Refusal, match="chỉ được hẹn lại một lần"):
            again()
    assert now_of(code).promises.filter(what="result").count() == 2


def test_a_leader_does_not_sign_a_date_that_is_over(cast: Cast, at: datetime) -> None:
    code = accepted(cast, at)
    apologise.draft_apology(code, reason=REASON, new_day=date(2026, 11, 25), by=cast.ha, at=at)
    with pytest.raises(Refusal, match="soạn lại"):
        apologise.sign_apology(code, by=cast.quang, at=day(at, 26))


def test_what_nobody_signed_is_sent_at_the_breach_and_carried_upward(cast: Cast, at: datetime) -> None:
    _ = cast.quang, operator(cast)
    code = accepted(cast, at)
    due = now_of(code).promised_at
    ring(due - HOUR)
    drafted_ = Apology.objects.get()
    assert drafted_.signed_at is None and "Thẩm tra" in drafted_.reason
    assert told("apology_waiting") == {"Võ Minh Quang"} and told("apology") == set()
    ring(due)
    apology, dossier = Apology.objects.get(), now_of(code)
    assert apology.by_the_clock and apology.signed_at == due and apology.signed_by_name == ""
    assert dossier.promised_at == apology.new_due_at > due and dossier.first_promised_at == due
    assert told("apology") == {"Nguyễn Thị Lan"}
    assert told("apology_unsigned") == {"Võ Minh Quang", "Ngô Văn Oánh"}
    assert papers_of(code)[-1].data["signer"] == ""
    assert is_derivable(dossier.promises.order_by("pk").last())


def test_when_nobody_looked_in_time_the_apology_goes_out_at_once_with_a_date_ahead(cast: Cast, at: datetime) -> None:
    code = accepted(cast, at)
    apologise.draft_apology(code, reason=REASON, new_day=date(2026, 11, 25), by=cast.ha, at=at)
    late = day(at, 2, month=12)  # the machine was off
    ring(late)
    dossier = now_of(code)
    assert dossier.promised_at > late
    assert dossier.apology.reason == REASON and is_derivable(dossier.promises.order_by("pk").last())


def test_a_later_breach_is_carried_to_the_superior_agency_and_no_second_date_is_made(cast: Cast, at: datetime) -> None:
    _ = cast.quang, operator(cast)
    cast.commune.parent = cast.other_commune
    cast.commune.save()
    cast.post(cast.officer("cap-tren", "Lê Thị Trên"), Role.LEADER, cast.other_commune)
    code = accepted(cast, at)
    ring(now_of(code).promised_at)
    second = now_of(code).promised_at
    assert "Lê Thị Trên" not in told("deadline_missed")
    ring(second + DAY)
    assert {"Võ Minh Quang", "Ngô Văn Oánh", "Lê Thị Trên"} <= told("deadline_missed")
    assert now_of(code).promised_at == second and Apology.objects.count() == 1


def test_a_result_in_time_needs_no_apology(cast: Cast, at: datetime) -> None:
    code = accepted(cast, at)
    drafted(cast, code, at + HOUR)
    examine.propose(code, by=cast.ha, at=at + HOUR)
    approve.approve(code, by=cast.quang, at=at + HOUR)
    issue.seal(code, by=cast.thu, at=now_of(code).promised_at)  # at the very moment
    ring(now_of(code).promised_at + DAY)
    assert not Apology.objects.exists() and told("apology") == set()


def test_while_the_applicant_is_awaited_no_promise_breaks(cast: Cast, at: datetime) -> None:
    code = accepted(cast, at)
    verdicts_at = at + HOUR
    examine.assign(code, to=cast.ha_account.pk, by=cast.ha, at=verdicts_at)
    from motcua.dossiers.actions import intake
    from motcua.rules.acts import Verdict

    fine = {f"field:{key}": (Verdict.OK, "") for key in ("ho_ten", "so_dinh_danh", "so_ban", "uy_quyen")}
    intake.judge(code, {**fine, "paper:giay-chung-minh": (Verdict.WRONG, "Mờ.")}, by=cast.ha, at=verdicts_at)
    examine.propose_supplement(code, by=cast.ha, at=verdicts_at)
    intake.request_supplement(code, by=cast.minh, at=verdicts_at)
    ring(at + 10 * DAY)
    assert not Apology.objects.exists()


def test_after_a_pause_the_new_date_goes_on_from_the_apology_not_from_the_broken_promise(
    cast: Cast, at: datetime
) -> None:
    from motcua.dossiers.actions import fees

    code = accepted(cast, at)
    apologise.draft_apology(code, reason=REASON, new_day=date(2026, 12, 1), by=cast.ha, at=at)
    apologise.sign_apology(code, by=cast.quang, at=at)
    paused = day(at, 26)
    fees.request_payment(code, name="Lệ phí trước bạ", amount=50_000, by=cast.ha, at=paused)
    fees.collect(code, receipt_number="1", by=cast.minh, at=paused + DAY)
    assert now_of(code).promised_at > day(at, 1, 17, 30, month=12)
    assert is_derivable(now_of(code).promises.order_by("pk").last())


def test_what_stops_the_clock_between_the_apology_and_the_broken_date_puts_the_new_date_off(
    cast: Cast, at: datetime
) -> None:
    """Signed early: the clock stood before the date that could not be kept, and not a day of that is lost."""
    from motcua.dossiers.actions import fees

    code = accepted(cast, at)  # promised for Monday the 23rd
    apologise.draft_apology(code, reason=REASON, new_day=date(2026, 11, 26), by=cast.ha, at=at)
    apologise.sign_apology(code, by=cast.quang, at=at)  # six working days from Wednesday the 18th
    fees.request_payment(code, name="Lệ phí trước bạ", amount=50_000, by=cast.ha, at=day(at, 19))
    fees.collect(code, receipt_number="1", by=cast.minh, at=day(at, 20))
    assert now_of(code).promised_at == day(at, 30, 17, 30)
    record_outage(since=day(at, 23, 8), until=day(at, 23, 11), reason="mất điện", by=operator(cast), at=day(at, 23, 12))
    while reschedule.carry_out(by=SYSTEM, at=day(at, 23, 13, 35)):
        pass
    assert now_of(code).promised_at == day(at, 1, 17, 30, month=12)
    made = now_of(code).promises.filter(what="result").order_by("pk").last()
    assert is_derivable(made) and "hẹn lại một lần: 06 ngày làm việc" in why(made).lead


def test_a_draft_about_a_date_that_has_moved_is_written_anew_in_time_for_the_leader(cast: Cast, at: datetime) -> None:
    from motcua.dossiers.actions import fees

    _ = cast.quang
    code = accepted(cast, at)
    apologise.draft_apology(code, reason=REASON, new_day=date(2026, 11, 26), by=cast.ha, at=at + HOUR)
    fees.request_payment(code, name="Lệ phí trước bạ", amount=50_000, by=cast.ha, at=day(at, 20))
    fees.collect(code, receipt_number="1", by=cast.minh, at=day(at, 25))
    moved = now_of(code).promised_at
    with pytest.raises(Refusal, match="soạn lại"):
        apologise.sign_apology(code, by=cast.quang, at=day(at, 25, 10))
    ring(moved - HOUR)
    again = Apology.objects.get()
    assert (again.was_due_at, again.reason, again.signed_at) == (moved, REASON, None) and again.new_due_at > moved
    assert Message.objects.filter(kind="apology_waiting", recipient_name="Võ Minh Quang").count() == 2
    apologise.sign_apology(code, by=cast.quang, at=moved - HOUR)
    ring(moved)
    assert not Apology.objects.get().by_the_clock


def test_while_the_leader_is_away_his_stand_in_is_told_that_an_apology_waits(cast: Cast, at: datetime) -> None:
    post = PostHeld.objects.get(account_id=cast.quang.account_id)
    stand_in(
        post.pk, account_id=cast.binh.account_id or 0, kind=StandInKind.LEAVE, since=at, until=at + 6 * DAY,
        basis="Quyết định 12/QĐ-UBND", by=cast.quang, at=at,
    )  # fmt: skip
    code = accepted(cast, at)
    apologise.draft_apology(code, reason=REASON, by=cast.ha, at=at + HOUR)
    assert told("apology_waiting") == {"Võ Minh Quang", "Đặng Thanh Bình"}
    ring(day(at, 23, 17, 30))
    assert told("apology_unsigned") == {"Võ Minh Quang", "Đặng Thanh Bình"}


@accepts("BD-22")
def test_an_apology_gives_a_new_date_and_does_not_make_the_dossier_punctual(
    cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "SMALLEST_CELL", 1)
    code, kept = accepted(cast, at), accepted(cast, at)
    drafted(cast, kept, at + HOUR)
    examine.propose(kept, by=cast.ha, at=at + HOUR)
    approve.approve(kept, by=cast.quang, at=at + HOUR)
    issue.seal(kept, by=cast.thu, at=at + HOUR)
    due = now_of(code).promised_at
    ring(due)
    waits = figures.figures_of(now_of(code).revision.procedure_id, at=due + HOUR)
    assert waits is not None and (waits.on_time, waits.late) == (1, 1), "it waits beyond the date it was promised for"
    done = day(at, 24, 9)
    drafted(cast, code, done)
    examine.propose(code, by=cast.ha, at=done)
    approve.approve(code, by=cast.quang, at=done)
    issue.seal(code, by=cast.thu, at=done)
    dossier = now_of(code)
    assert dossier.result_at < dossier.promised_at and measured_by(dossier) == due
    assert main_badge(dossier, now=done) == Badge("Xong trễ 1 giờ 30 phút", "late")
    found = figures.figures_of(dossier.revision.procedure_id, at=done + HOUR)
    assert found is not None and (found.on_time, found.late) == (1, 1)
    assert list(Dossier.objects.filter(TOO_LATE).values_list("code", flat=True)) == [code]
    assert list(Dossier.objects.filter(IN_TIME).values_list("code", flat=True)) == [kept]
    weeks = weeks_of([cast.commune.pk], at=done + HOUR)
    assert (sum(week.finished for week in weeks), sum(week.on_time for week in weeks)) == (2, 1)


def a_crowd(cast: Cast, at: datetime, count: int) -> None:
    """Copies of one accepted dossier with promises spread over a quarter. Warnings are proved elsewhere and cost time:
    here only promises ring."""
    model = now_of(accepted(cast, at))
    run = model.steps.filter(finished_at__isnull=True).get()
    promise = model.promises.get(what="result")
    chance = random.Random(61)
    for number in range(count):
        code = f"H08.41.01-261118-{number + 5000}"
        due = promise.due_at + chance.randrange(60) * DAY
        fresh = Dossier.objects.get(pk=model.pk)
        fresh.pk, fresh.public_id, fresh.code = None, uuid4(), code
        fresh.promised_at = fresh.first_promised_at = due
        fresh.policy_data = {**fresh.policy_data, "warn_at_percent": 100, "warn_minutes_before": 0}
        fresh.save()
        StepRun.objects.create(
            **{f.name: getattr(run, f.name) for f in StepRun._meta.fields if f.name not in ("id", "dossier", "due_at")},
            dossier=fresh,
            due_at=None,
        )
        Alarm.objects.create(dossier=fresh, ring_at=at)


def test_over_a_quarter_no_dossier_is_overdue_without_an_apology(cast: Cast, at: datetime) -> None:
    """Six score dossiers, the clock moved day by day, officers who finish some, ask for supplements, sign or not."""
    a_crowd(cast, at, 120)
    _ = operator(cast), cast.quang
    chance = random.Random(1)
    running = {state.value for state in (State.EXAMINING, State.AWAITING_APPROVAL, State.AWAITING_SEAL, State.ACCEPTED)}
    moment = at.replace(hour=8)
    for _day in range(92):
        moment += DAY
        ring(moment)
        late = Dossier.objects.filter(promised_at__lt=moment, state__in=running, paused_at__isnull=True)
        assert not late.exclude(apology__signed_at__isnull=False).exists()
        for code in chance.sample(list(late.order_by("pk").values_list("code", flat=True)), k=min(late.count(), 1)):
            drafted(cast, code, moment)
        waiting = Apology.objects.filter(signed_at__isnull=True).order_by("pk").values_list("dossier__code", flat=True)
        for code in list(waiting)[:1]:
            apologise.sign_apology(code, by=cast.quang, at=moment)
    apologies = Apology.objects.all()
    assert apologies.count() > 90
    assert apologies.filter(by_the_clock=True).exists() and apologies.filter(by_the_clock=False).exists()
    assert not Dossier.objects.filter(apology__isnull=False).exclude(first_promised_at__lte=moment).exists()
    moved = Dossier.objects.exclude(apology=None).filter(apology__signed_at__isnull=False)
    assert all(row.first_promised_at == row.apology.was_due_at for row in moved.select_related("apology"))
    kept = Promise.objects.exclude(reason="").select_related("dossier").order_by("pk")
    assert all(is_derivable(promise) for promise in kept)
    assert timers.what_will_happen(at=moment, until=moment, actor=SYSTEM) == []
