"""The table of acts: who may do what when, and every reason why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules import words
from motcua.rules.acts import CLOSED_STATES, Act, Audience, Channel, Clock, Outcome, State, StepKind
from motcua.rules.lifecycle import TABLE, Follow, Granted, Refused, Relation, decide
from motcua.rules.needs import DossierFacts
from motcua.rules.people import NOBODY, Actor, Post, Role
from motcua.rules.policy import Policy, PolicyError
from motcua.rules.route import RouteError, last_examining, next_step
from motcua.rules.route_data import parse_route
from tests.acceptance.proof import accepts

AT = datetime(2026, 11, 18, 9, tzinfo=timezone(timedelta(hours=7)))
AGENCY, OTHER_AGENCY, COUNTER, DIVISION, OTHER_DIVISION = 1, 2, 10, 20, 21
LAN = Actor(100, "Nguyễn Thị Lan")
MINH = Actor(101, "Lê Quang Minh", (Post(Role.COUNTER_OFFICER, AGENCY, counter_id=COUNTER),))
HA = Actor(102, "Phạm Thu Hà", (Post(Role.CASE_OFFICER, AGENCY, division_id=DIVISION),))
BINH = Actor(103, "Đặng Thanh Bình", (Post(Role.DIVISION_HEAD, AGENCY, division_id=DIVISION),))
QUANG = Actor(104, "Võ Minh Quang", (Post(Role.LEADER, AGENCY),))
THU = Actor(105, "Hồ Thị Thu", (Post(Role.RECORDS_CLERK, AGENCY),))
DUNG = Actor(106, "Trần Văn Dũng")

NEW = DossierFacts(state=State.SUBMITTED, agency_id=AGENCY, applicant_id=100, counter_id=COUNTER)
EXAMINED = replace(
    NEW,
    state=State.EXAMINING,
    step_kind=StepKind.EXAMINE,
    step_role=Role.CASE_OFFICER,
    step_division_id=DIVISION,
    next_kind=StepKind.APPROVE,
)
PROPOSED = replace(
    EXAMINED,
    state=State.AWAITING_APPROVAL,
    step_kind=StepKind.APPROVE,
    step_role=Role.LEADER,
    step_division_id=None,
    next_kind=StepKind.SEAL,
    outcome=Outcome.GRANTED,
)
APPROVED = replace(
    PROPOSED,
    state=State.AWAITING_SEAL,
    step_kind=StepKind.SEAL,
    step_role=Role.RECORDS_CLERK,
    next_kind=StepKind.RETURN,
    signed_by_leader=True,
)
READY = replace(
    APPROVED, state=State.RESULT_READY, step_kind=StepKind.RETURN, step_role=Role.COUNTER_OFFICER, next_kind=None
)


def granted(act: Act, facts: DossierFacts, actor: Actor, policy: Policy = Policy()) -> bool:
    return isinstance(decide(act, facts, actor, policy, AT), Granted)


def codes(act: Act, facts: DossierFacts, actor: Actor, policy: Policy = Policy()) -> set[str]:
    answer = decide(act, facts, actor, policy, AT)
    assert isinstance(answer, Refused), answer
    return {reason.code for reason in answer.reasons}


@pytest.mark.parametrize(
    ("act", "facts", "actor"),
    [
        (Act.SUBMIT, replace(NEW, state=State.DRAFT), LAN),
        (Act.ACCEPT, NEW, MINH),
        (Act.DECLINE, NEW, MINH),
        (Act.ASSIGN, EXAMINED, BINH),
        (Act.ASSIGN, EXAMINED, HA),
        (Act.DRAFT_RESULT, EXAMINED, HA),
        (Act.PROPOSE, replace(EXAMINED, outcome=Outcome.GRANTED), HA),
        (Act.SEND_BACK, PROPOSED, QUANG),
        (Act.APPROVE, PROPOSED, QUANG),
        (Act.SEAL, APPROVED, THU),
        (Act.DELIVER, READY, MINH),
        (Act.WITHDRAW, EXAMINED, LAN),
    ],
)
def test_the_right_person_at_the_right_moment_may(act: Act, facts: DossierFacts, actor: Actor) -> None:
    assert granted(act, facts, actor)


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("facts", [replace(NEW, state=state) for state in State])
def test_a_stranger_and_a_visitor_may_do_nothing_and_see_no_button(act: Act, facts: DossierFacts) -> None:
    for nobody in (DUNG, NOBODY):
        answer = decide(act, facts, nobody, Policy(), AT)
        assert isinstance(answer, Refused)
        assert answer.hidden


@pytest.mark.parametrize("act", list(Act))
def test_officers_of_another_agency_may_do_nothing(act: Act) -> None:
    for state in State:
        for role in (Role.COUNTER_OFFICER, Role.CASE_OFFICER, Role.DIVISION_HEAD, Role.LEADER, Role.RECORDS_CLERK):
            stranger = Actor(200, "Bùi Kim Oanh", (Post(role, OTHER_AGENCY),))
            assert not granted(act, replace(NEW, state=state), stranger)


def test_a_counter_officer_of_another_counter_may_not_accept() -> None:
    elsewhere = Actor(201, "Nguyễn Văn Tám", (Post(Role.COUNTER_OFFICER, AGENCY, counter_id=COUNTER + 1),))
    assert not granted(Act.ACCEPT, NEW, elsewhere)


def test_a_case_officer_of_another_division_may_not_examine() -> None:
    elsewhere = Actor(202, "Lý Văn Chín", (Post(Role.CASE_OFFICER, AGENCY, division_id=OTHER_DIVISION),))
    assert not granted(Act.DRAFT_RESULT, EXAMINED, elsewhere)


@pytest.mark.parametrize(
    ("act", "facts", "actor", "code"),
    [
        (Act.SUBMIT, replace(NEW, state=State.DRAFT, missing=("Họ tên",)), LAN, "incomplete"),
        (Act.ACCEPT, replace(NEW, wrong=("Giấy chứng sinh",)), MINH, "marked_wrong"),
        (Act.ACCEPT, replace(NEW, due_before_acceptance=150_000), MINH, "unpaid_first"),
        (Act.ACCEPT, replace(NEW, state=State.ACCEPTED), MINH, "already_accepted"),
        (Act.REQUEST_SUPPLEMENT, replace(NEW, wrong=("A",), unjudged=("B",)), MINH, "unjudged"),
        (Act.REQUEST_SUPPLEMENT, NEW, MINH, "nothing_wrong"),
        (Act.REQUEST_SUPPLEMENT, replace(NEW, wrong=("A",), supplement_rounds=1), MINH, "supplement_rounds"),
        (Act.REQUEST_SUPPLEMENT, replace(EXAMINED, wrong=("A",)), MINH, "supplement_not_proposed"),
        (
            Act.SUPPLEMENT,
            replace(NEW, state=State.AWAITING_SUPPLEMENT, unanswered=("Giấy chứng sinh",)),
            LAN,
            "unanswered",
        ),
        (Act.PROPOSE, EXAMINED, HA, "no_draft"),
        (Act.PROPOSE, replace(EXAMINED, outcome=Outcome.GRANTED, next_kind=StepKind.EXAMINE), HA, "approval_not_next"),
        (Act.PASS_ON, EXAMINED, HA, "examination_not_next"),
        pytest.param(
            Act.SEAL,
            replace(APPROVED, signed_by_leader=False),
            THU,
            "not_approved",
            marks=accepts("HY-31"),
        ),
        (Act.DELIVER, replace(READY, unpaid=8_000), MINH, "unpaid"),
        (Act.DELIVER, replace(READY, unknown_fees=1), MINH, "fee_unknown"),
        (Act.DRAFT_RESULT, replace(EXAMINED, holder_id=103, holder_name="Bình"), HA, "held"),
        (Act.WITHDRAW, READY, LAN, "wrong_state"),
    ],
)
def test_a_refusal_says_why(act: Act, facts: DossierFacts, actor: Actor, code: str) -> None:
    assert code in codes(act, facts, actor)


def test_all_reasons_are_given_at_once() -> None:
    facts = replace(NEW, wrong=("Giấy chứng sinh",), due_before_acceptance=150_000)
    assert codes(Act.ACCEPT, facts, MINH) == {"marked_wrong", "unpaid_first"}


def test_another_supplement_round_is_a_matter_of_policy() -> None:
    facts = replace(NEW, wrong=("A",), supplement_rounds=1)
    assert granted(Act.REQUEST_SUPPLEMENT, facts, MINH, Policy(supplement_rounds=2))


def test_every_act_has_its_words_and_every_message_an_audience() -> None:
    assert set(TABLE) == set(Act) == set(words.ACTS) == set(words.HAPPENED)
    assert set(words.STATES) == set(State)
    assert set(words.ROLES) == set(Role)
    assert set(words.CHANNELS) == set(Channel)


def test_every_paper_belongs_to_an_act_that_moves_the_dossier_or_changes_what_was_promised() -> None:
    for act, passage in TABLE.items():
        if passage.paper is not None:
            assert passage.target != Follow.STAY or act in (Act.SIGN_APOLOGY, Act.CORRECT), act


def test_whoever_waits_for_the_applicant_tells_the_applicant() -> None:
    for passage in TABLE.values():
        if passage.clock in (Clock.PAUSE, Clock.STOP):
            assert passage.tells == Audience.APPLICANT


_FACTS = st.builds(
    DossierFacts,
    state=st.sampled_from(State),
    agency_id=st.sampled_from([AGENCY, OTHER_AGENCY]),
    applicant_id=st.sampled_from([None, 100, 106]),
    counter_id=st.sampled_from([None, COUNTER]),
    step_kind=st.sampled_from([None, *StepKind]),
    step_role=st.sampled_from([None, *Role]),
    step_division_id=st.sampled_from([None, DIVISION, OTHER_DIVISION]),
    next_kind=st.sampled_from([None, *StepKind]),
    holder_id=st.sampled_from([None, 101, 102]),
    missing=st.sampled_from([(), ("A",)]),
    wrong=st.sampled_from([(), ("A",)]),
    unjudged=st.sampled_from([(), ("A",)]),
    outcome=st.sampled_from([None, *Outcome]),
)


@given(
    act=st.sampled_from(Act),
    facts=_FACTS,
    actor=st.sampled_from([LAN, MINH, HA, BINH, QUANG, THU, DUNG, NOBODY]),
)
def test_nothing_is_granted_outside_the_table(act: Act, facts: DossierFacts, actor: Actor) -> None:
    answer = decide(act, facts, actor, Policy(), AT)
    if isinstance(answer, Granted):
        passage = TABLE[act]
        assert facts.state in passage.sources
        assert facts.state not in CLOSED_STATES
        roles = {post.role for post in actor.posts if post.agency_id == facts.agency_id}
        is_owner = Role.APPLICANT in passage.roles and actor.account_id == facts.applicant_id
        assert is_owner or roles & {r for r, relation in passage.roles.items() if relation != Relation.OWNER}
    else:
        assert answer.reasons
        assert all(reason.words and "{" not in reason.words for reason in answer.reasons)


STEPS = [
    {"title": "Tiếp nhận", "kind": "receive", "role": "counter_officer", "hours": 1},
    {"title": "Thẩm tra", "kind": "examine", "role": "case_officer", "hours": "4.5", "division": "tu-phap"},
    {"title": "Ký", "kind": "approve", "role": "leader", "hours": 2},
    {"title": "Văn thư", "kind": "seal", "role": "records_clerk", "hours": "0.5"},
    {"title": "Trả", "kind": "return", "role": "counter_officer", "hours": 0},
]


def test_a_route_is_read_in_working_minutes() -> None:
    steps = parse_route(STEPS, limit_minutes=480)
    assert [step.minutes for step in steps] == [60, 270, 120, 30, 0]
    assert [step.state for step in steps][1:] == [
        State.EXAMINING,
        State.AWAITING_APPROVAL,
        State.AWAITING_SEAL,
        State.RESULT_READY,
    ]
    following = next_step(steps, 1)
    assert following is not None
    assert following.kind == StepKind.APPROVE
    assert next_step(steps, 4) is None
    assert last_examining(steps, 2).index == 1


@pytest.mark.parametrize(
    ("change", "words_in_it"),
    [
        (lambda steps: steps[1:], "bắt đầu ở bước tiếp nhận"),
        (lambda steps: steps[:-1], "kết thúc ở bước trả kết quả"),
        (lambda steps: [steps[0], *steps[3:]], "phải có bước ký duyệt"),
        (lambda steps: [{**steps[0], "hours": 99}, *steps[1:]], "vượt thời hạn công bố"),
        (lambda steps: [{**steps[0], "hours": -1}, *steps[1:]], "không âm"),
        (lambda steps: [{**steps[0], "role": "leader"}, *steps[1:]], "không làm được bước"),
        (lambda steps: [{**steps[0], "kind": "dance"}, *steps[1:]], "loại bước (kind)"),
        (lambda steps: [steps[0], steps[3], steps[1], steps[2], steps[4]], "sau khi lãnh đạo ký duyệt"),
    ],
)
def test_a_route_that_cannot_be_walked_is_refused_with_the_place(change, words_in_it: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(RouteError) as caught:
        parse_route(change(STEPS), limit_minutes=480)
    assert any(words_in_it in problem for problem in caught.value.problems)


def test_a_policy_survives_being_pinned() -> None:
    policy = Policy(acceptance_within_hours=1, return_channels_level_3=(Channel.COUNTER,))
    assert Policy.from_data(policy.to_data()) == policy


@pytest.mark.parametrize(
    "data",
    [
        {"unheard_of": 1},
        {"acceptance_within_hours": "8"},
        {"acceptance_within_hours": -1},
        {"acceptance_within_hours": True},
        {"originals_checked": 1},
        {"return_channels_level_3": ["pigeon"]},
        {"return_channels_level_3": []},
    ],
)
def test_an_impossible_clause_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(PolicyError):
        Policy.from_data(data)
