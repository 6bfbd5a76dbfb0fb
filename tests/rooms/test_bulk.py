"""Many at once: decided beforehand, confirmed once, done one by one, each at most once."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils.timezone import localtime

from motcua.agencies.models import Division, PostHeld
from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.dossiers.actions import bulk, examine, intake, notify
from motcua.dossiers.models import BulkItem, Dossier, StepRun
from motcua.dossiers.queries.bulk import Deed, deeds_of, items_of, previews, progress_of, run_of
from motcua.notifications.models import Message
from motcua.papers.models import IssuedPaper
from motcua.rules import permissions
from motcua.rules.acts import Outcome, State
from motcua.rules.people import Role

DONE, REFUSED, WAITING = BulkItem.State.DONE, BulkItem.State.REFUSED, BulkItem.State.WAITING


def work(run, at):
    """What the workers do until nothing is left."""
    while bulk.work_on(run.pk, at=at):
        pass
    run.refresh_from_db()


def done_by(deed, codes, by, at, **details):
    run = bulk.prepare(deed, codes, details=details, by=by, at=at)
    bulk.confirm(run, by=by, at=at)
    work(run, at)
    return run


def states(codes):
    return set(Dossier.objects.filter(code__in=codes).values_list("state", flat=True))


@pytest.fixture
def three(cast):
    _ = cast.minh, cast.ha, cast.binh, cast.quang, cast.thu
    return [cast.submitted().code for _ in range(3)]


def test_many_go_the_whole_road_by_the_same_verbs_as_one(cast, three, at):
    run = done_by(Deed.ACCEPT, three, cast.minh, at)
    assert run.finished_at == at and progress_of(run).done == 3
    assert states(three) == {State.EXAMINING}
    assert IssuedPaper.objects.filter(subject__in=three, kind="appointment_slip").count() == 3
    assert done_by(Deed.ASSIGN, three, cast.binh, at, to=cast.ha.account_id).finished_at
    assert set(Dossier.objects.values_list("holder_id", flat=True)) == {cast.ha.account_id}
    for code in three:
        examine.draft_result(code, outcome=Outcome.GRANTED, title="Trích lục", body="Cấp.", by=cast.ha, at=at)
    done_by(Deed.PROPOSE, three, cast.ha, at)
    done_by(Deed.APPROVE, three, cast.quang, at)
    done_by(Deed.SEAL, three, cast.thu, at)
    assert states(three) == {State.RESULT_READY}
    numbers = IssuedPaper.objects.filter(kind="result").order_by("number").values_list("number", flat=True)
    assert len(set(numbers)) == 3


def test_nothing_happens_before_the_one_confirmation_and_confirming_twice_is_once(cast, three, at):
    run = bulk.prepare(Deed.ACCEPT, three, details={}, by=cast.minh, at=at)
    assert bulk.waiting_run() is None and states(three) == {State.SUBMITTED}
    bulk.confirm(run, by=cast.minh, at=at)
    bulk.confirm(run, by=cast.minh, at=at)
    work(run, at)
    assert Event.objects.filter(verb="accept", subject_kind="dossier").count() == 3
    assert Event.objects.filter(subject_kind="bulk").count() == 1
    with pytest.raises(Refusal):
        bulk.detail(run, {"to": 1}, by=cast.minh, at=at)


def test_what_may_not_be_done_is_listed_with_its_reason_and_never_done(cast, three, at):
    intake.accept(three[1], by=cast.minh, at=at)
    run = bulk.prepare(Deed.ACCEPT, [*three, "H08.41.01-261118-9999"], details={}, by=cast.minh, at=at)
    barred = run.items.get(state=BulkItem.State.BARRED)
    assert barred.code == three[1] and "tiếp nhận" in barred.words
    assert run.items.count() == 3
    bulk.confirm(run, by=cast.minh, at=at)
    work(run, at)
    assert progress_of(run).done == 2 and items_of(run)[0].code == three[1]


def test_dossiers_of_others_do_not_exist_for_a_run_either(cast, three, at):
    with pytest.raises(Refusal) as no:
        bulk.prepare(Deed.ACCEPT, three, details={}, by=cast.oanh, at=at)
    assert no.value.status == 404
    run = bulk.prepare(Deed.ACCEPT, three, details={}, by=cast.minh, at=at)
    with pytest.raises(Refusal):
        run_of(run.pk, cast.oanh)
    seen = previews(three, Deed.APPROVE, {}, cast.quang, at=at)
    assert len(seen) == 3 and not any(one.allowed for one in seen)


def test_what_changed_after_the_preview_is_refused_alone(cast, three, at):
    run = bulk.prepare(Deed.ACCEPT, three, details={}, by=cast.minh, at=at)
    intake.accept(three[0], by=cast.minh, at=at)
    bulk.confirm(run, by=cast.minh, at=at)
    work(run, at)
    first = items_of(run)[0]
    assert (first.code, first.state) == (three[0], REFUSED) and first.words
    assert progress_of(run).done == 2 and progress_of(run).refused == 1


def test_whoever_lost_the_post_meanwhile_does_nothing_more(cast, three, at):
    run = bulk.prepare(Deed.ACCEPT, three, details={}, by=cast.minh, at=at)
    bulk.confirm(run, by=cast.minh, at=at)
    assert bulk.work_on(run.pk, at=at)
    PostHeld.objects.filter(account_id=cast.minh.account_id).update(until=at)
    work(run, at)
    assert progress_of(run).done == 1 and progress_of(run).refused == 2


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_the_dossier_as_it_was_and_another_goes_on(cast, three, at, monkeypatch):
    run = bulk.prepare(Deed.ACCEPT, three, details={}, by=cast.minh, at=at)
    bulk.confirm(run, by=cast.minh, at=at)

    class Killed(BaseException):
        pass

    forward = examine.forward

    def killed(code, **rest):
        forward(code, **rest)
        raise Killed

    monkeypatch.setattr(examine, "forward", killed)
    with pytest.raises(Killed):
        bulk.work_on(run.pk, at=at)
    assert states(three) == {State.SUBMITTED} and progress_of(run).waiting == 3
    monkeypatch.setattr(examine, "forward", forward)
    work(run, at)
    assert progress_of(run).done == 3
    assert Event.objects.filter(verb="accept", subject_kind="dossier").count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_have_the_same_dossier_in_hand(cast, three, at):
    from threading import Thread

    from django.db import connection

    run = bulk.prepare(Deed.ACCEPT, three, details={}, by=cast.minh, at=at)
    bulk.confirm(run, by=cast.minh, at=at)
    taken = []

    def other():
        taken.append(bulk.work_on(run.pk, at=at))
        connection.close()

    with transaction.atomic():
        first = run.items.select_for_update(of=("self",)).get(position=0)
        thread = Thread(target=other)
        thread.start()
        thread.join()
        assert first.state == WAITING
    assert taken == [True]
    assert run.items.get(position=0).state == WAITING and run.items.get(position=1).state == DONE


def test_a_verb_that_breaks_stops_nobody_else(cast, three, at, monkeypatch):
    accept = intake.accept

    def breaks(code, **rest):
        if code == three[1]:
            raise ZeroDivisionError
        return accept(code, **rest)

    monkeypatch.setattr(intake, "accept", breaks)
    run = done_by(Deed.ACCEPT, three, cast.minh, at)
    assert progress_of(run).done == 2 and "Mã sự cố" in items_of(run)[0].words
    assert Dossier.objects.get(code=three[1]).state == State.SUBMITTED


def test_the_counter_tells_many_and_nobody_else_may(cast, three, at):
    done_by(Deed.NOTIFY, three, cast.minh, at, text="Bộ phận một cửa nghỉ chiều thứ Sáu.")
    told = Message.objects.filter(kind="counter_note", channel="portal")
    assert set(told.values_list("subject_ref", flat=True)) == set(three)
    assert all("nghỉ chiều thứ Sáu" in body for body in told.values_list("body", flat=True))
    seen = previews(three, Deed.NOTIFY, {"text": "x"}, cast.quang, at=at)
    assert not any(one.allowed for one in seen)


def test_who_may_tell_applicants_follows_from_the_table_of_rights(cast, three, at, monkeypatch):
    assert Deed.NOTIFY in deeds_of(cast.minh) and Deed.NOTIFY not in deeds_of(cast.quang)
    rows = tuple(right for right in permissions.RIGHTS if right.what is not permissions.Page.NOTIFY)
    monkeypatch.setattr(permissions, "RIGHTS", rows)
    assert Deed.NOTIFY not in deeds_of(cast.minh)
    assert not any(one.allowed for one in previews(three, Deed.NOTIFY, {"text": "x"}, cast.minh, at=at))
    with pytest.raises(Refusal):
        notify.notify(three[0], text="Tin", by=cast.minh, at=at)


def test_a_preview_says_what_is_promised_and_what_is_signed(cast, three, at):
    said = [one.words for one in previews(three, Deed.ACCEPT, {}, cast.minh, at=at)]
    done_by(Deed.ACCEPT, three, cast.minh, at)
    promised = Dossier.objects.get(code=three[0]).promised_at
    assert all(f"hẹn trả ngày {localtime(promised):%d/%m/%Y}" in one for one in said)
    for code, outcome in zip(three, (Outcome.GRANTED, Outcome.REFUSED, Outcome.GRANTED), strict=True):
        examine.draft_result(code, outcome=outcome, title="Trích lục", body="Cấp", reasons="Sai", by=cast.ha, at=at)
        examine.propose(code, by=cast.ha, at=at)
    said = [one.words for one in previews(three, Deed.APPROVE, {}, cast.quang, at=at)]
    assert all("Ký “Trích lục”" in one for one in said)
    assert ["không đủ điều kiện giải quyết" in one for one in said] == [False, True, False]


def test_who_heads_another_unit_assigns_here_only_to_himself(cast, three, at):
    done_by(Deed.ACCEPT, three, cast.minh, at)
    beside = Division.objects.create(agency=cast.commune, key="dia-chinh", name="Bộ phận Địa chính")
    both = cast.officer("ca-hai", "Vũ Hai Việc")
    cast.post(both, Role.DIVISION_HEAD, cast.commune, division=beside)
    actor = cast.post(both, Role.CASE_OFFICER, cast.commune, division=cast.division)
    to_other = previews(three, Deed.ASSIGN, {"to": cast.ha.account_id}, actor, at=at)
    assert not any(one.allowed for one in to_other) and "Lãnh đạo phòng mới phân công" in to_other[0].words
    assert all(one.allowed for one in previews(three, Deed.ASSIGN, {"to": both.pk}, actor, at=at))
    assert all(one.allowed for one in previews(three, Deed.ASSIGN, {"to": cast.ha.account_id}, cast.binh, at=at))


def test_what_was_sent_back_comes_back_too(cast, three, at):
    done_by(Deed.ACCEPT, three, cast.minh, at)
    for code in three:
        examine.draft_result(code, outcome=Outcome.GRANTED, title="Trích lục", body="Cấp", by=cast.ha, at=at)
        examine.propose(code, by=cast.ha, at=at)
    run = done_by(Deed.SEND_BACK, three, cast.quang, at, reason="Nhầm")
    assert states(three) == {State.EXAMINING}
    back = bulk.prepare_undo(run, by=cast.quang, at=at)
    bulk.confirm(back, by=cast.quang, at=at)
    work(back, at)
    assert states(three) == {State.AWAITING_APPROVAL}


def test_what_was_handed_on_comes_back_while_nobody_opened_it(cast, three, at):
    run = done_by(Deed.ACCEPT, three, cast.minh, at)
    StepRun.objects.filter(dossier__code=three[0], finished_at__isnull=True).update(opened_at=at)
    back = bulk.prepare_undo(run, by=cast.minh, at=at)
    assert back.undoes_id == run.pk and states(three) == {State.EXAMINING}
    bulk.confirm(back, by=cast.minh, at=at)
    work(back, at)
    assert (progress_of(back).done, progress_of(back).barred) == (2, 1)
    assert Dossier.objects.get(code=three[0]).state == State.EXAMINING
    assert states(three[1:]) == {State.ACCEPTED}
    with pytest.raises(Refusal):
        bulk.prepare_undo(done_by(Deed.NOTIFY, three, cast.minh, at, text="Tin"), by=cast.minh, at=at)


def test_too_many_or_none_are_refused(cast, three, at):
    for codes in ([], [f"H08.41.01-261118-{n:04d}" for n in range(1001)]):
        with pytest.raises(Refusal):
            bulk.prepare(Deed.ACCEPT, codes, details={}, by=cast.minh, at=at)


def test_a_preview_costs_the_same_queries_for_three_and_for_thirty(cast, three, at, django_assert_max_num_queries):
    codes = [*three, *(cast.submitted().code for _ in range(9))]
    with django_assert_max_num_queries(14):
        assert len(previews(codes, Deed.ACCEPT, {}, cast.minh, at=at)) == 12


def test_an_acceptance_reads_the_dossier_once_for_both_its_acts(cast, three, at, django_assert_max_num_queries):
    first, second, _ = three
    intake.accept(first, by=cast.minh, at=at)
    with django_assert_max_num_queries(40) as asked:
        intake.accept(second, by=cast.minh, at=at)
    told = [query["sql"] for query in asked.captured_queries]
    assert sum('FROM "dossiers_dossier"' in sql and "FOR UPDATE" in sql for sql in told) == 1
    assert sum(sql.startswith('UPDATE "dossiers_dossier"') for sql in told) == 1
    assert Dossier.objects.get(code=second).state == State.EXAMINING
