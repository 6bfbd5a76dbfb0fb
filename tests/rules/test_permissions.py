"""The table of rights is what `decide` grants, neither more nor less, whatever the state, the tie, the policy."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.rules import permission_words
from motcua.rules.acts import CLOSED_STATES, Act, Outcome, State, StepKind
from motcua.rules.lifecycle import LEFT_TO_THE_ROUTE, TABLE, Granted, Refused, Relation, decide
from motcua.rules.needs import DossierFacts
from motcua.rules.people import NOBODY, Actor, Post, Role
from motcua.rules.permissions import OFFICERS, PAGES, RIGHTS, ROUTES, Page, Right, may, may_open, reaches, roles_of
from motcua.rules.policy import Policy

AT = datetime(2026, 11, 18, 9, tzinfo=timezone(timedelta(hours=7)))
ME, COLLEAGUE, CITIZEN = 1, 2, 3
HERE, THERE, COUNTER, SIDE_COUNTER, DIVISION, SIDE_DIVISION = 10, 11, 20, 21, 30, 31
OF_ACTS = [right for right in RIGHTS if isinstance(right.what, Act)]


def is_tied(right: Right, post: Post | None, facts: DossierFacts, actor: Actor) -> bool:
    """What each relation means, written down once more and apart from the rules, as an auditor reads it."""
    if right.reach == Relation.OWNER:
        return actor.account_id is not None and actor.account_id == facts.applicant_id
    if right.reach == Relation.SYSTEM:
        return actor.is_system
    if post is None or post.role != right.role:
        return False
    same_office = post.agency_id == facts.agency_id
    works_there = post.agency_id == (facts.step_agency_id or facts.agency_id)
    in_unit = works_there and (facts.step_division_id is None or post.division_id in (None, facts.step_division_id))
    acting_for = post.instead_of_id or actor.account_id
    at_place = post.counter_id is None or post.counter_id == facts.counter_id
    match right.reach:
        case Relation.COUNTER if facts.taken_in_by_id is None:
            return same_office and at_place
        case Relation.COUNTER:
            return same_office or (post.agency_id == facts.taken_in_by_id and at_place)
        case Relation.AGENCY:
            return same_office
        case Relation.DIVISION:
            return in_unit
        case Relation.STEP:
            helps = facts.step_role == Role.CASE_OFFICER and post.role == Role.DIVISION_HEAD
            return in_unit and (facts.step_role is None or post.role == facts.step_role or helps)
        case Relation.GIVER:
            return facts.given_by_id is not None and facts.given_by_id == acting_for
        case Relation.FILER:
            return facts.filed_by_id is not None and facts.filed_by_id == actor.account_id
        case Relation.CARRIER:
            return facts.carrier_id is not None and facts.carrier_id == post.agency_id
        case Relation.ASKED:
            return any(
                post.agency_id == agency and (unit is None or post.division_id in (None, unit))
                for agency, unit in facts.asked_of
            )
    raise AssertionError(f"nobody has written down what {right.reach} means")


def tied_rights(act: Act, facts: DossierFacts, actor: Actor) -> list[Right]:
    return [
        right
        for right in OF_ACTS
        if right.what == act and any(is_tied(right, post, facts, actor) for post in (*actor.posts, None))
    ]


_NAMES = st.sampled_from([(), ("A",)])
_AGENCIES = st.sampled_from([None, HERE, THERE])
FACTS = st.builds(
    DossierFacts,
    state=st.sampled_from(State),
    agency_id=st.sampled_from([HERE, THERE]),
    applicant_id=st.sampled_from([None, ME, CITIZEN]),
    counter_id=st.sampled_from([None, COUNTER, SIDE_COUNTER]),
    taken_in_by_id=st.sampled_from([None, None, HERE, THERE]),
    resume_state=st.sampled_from([None, State.SUBMITTED, State.EXAMINING]),
    step_kind=st.sampled_from([None, *StepKind]),
    step_role=st.sampled_from([None, *Role]),
    step_division_id=st.sampled_from([None, DIVISION, SIDE_DIVISION]),
    step_agency_id=_AGENCIES,
    step_decides=st.sampled_from([None, frozenset(), frozenset(Act)]),
    next_kind=st.sampled_from([None, *StepKind]),
    holder_id=st.sampled_from([None, ME, COLLEAGUE]),
    holder_name=st.just("Hà"),
    missing=_NAMES,
    unjudged=_NAMES,
    wrong=_NAMES,
    unanswered=_NAMES,
    supplement_rounds=st.integers(0, 3),
    supplement_proposed=st.booleans(),
    due_before_acceptance=st.sampled_from([0, 8_000]),
    unpaid=st.sampled_from([0, 8_000]),
    unknown_fees=st.sampled_from([0, 1]),
    outcome=st.sampled_from([None, *Outcome]),
    signed_by_leader=st.booleans(),
    paper_owed=st.booleans(),
    not_digitised=_NAMES,
    extra_rounds=st.integers(0, 1),
    answer_overdue=st.booleans(),
    open_consultations=_NAMES,
    open_children=_NAMES,
    asked_of=st.sampled_from([(), ((HERE, DIVISION),), ((THERE, None),)]),
    opened=st.booleans(),
    filed_by_id=st.sampled_from([None, ME, COLLEAGUE]),
    carrier_id=_AGENCIES,
    given_by_id=st.sampled_from([None, ME, COLLEAGUE]),
    apology_drafted=st.booleans(),
    apology_signed=st.booleans(),
    is_child=st.booleans(),
    accepted=st.booleans(),
)
POSTS = st.builds(
    Post,
    role=st.sampled_from(OFFICERS),
    agency_id=st.sampled_from([HERE, THERE]),
    division_id=st.sampled_from([None, DIVISION, SIDE_DIVISION]),
    counter_id=st.sampled_from([None, COUNTER, SIDE_COUNTER]),
    instead_of_id=st.sampled_from([None, None, COLLEAGUE]),
)
ACTORS = st.one_of(
    st.builds(Actor, account_id=st.just(ME), name=st.just("Tôi"), posts=st.lists(POSTS, max_size=3).map(tuple)),
    st.just(Actor.system("Đồng hồ")),
    st.just(NOBODY),
)
POLICIES = st.builds(
    Policy,
    supplement_rounds=st.integers(0, 3),
    close_unanswered=st.booleans(),
    counter_papers_digitised=st.booleans(),
)


@given(act=st.sampled_from(Act), facts=FACTS, actor=ACTORS, policy=POLICIES)
@settings(max_examples=500, deadline=None)
def test_no_act_is_granted_outside_the_table_and_none_in_it_is_hidden(
    act: Act, facts: DossierFacts, actor: Actor, policy: Policy
) -> None:
    answer, rights = decide(act, facts, actor, policy, AT), tied_rights(act, facts, actor)
    if isinstance(answer, Granted):
        assert rights, f"{act} granted without a row"
        assert facts.state in TABLE[act].sources
        assert facts.state not in CLOSED_STATES
        assert any(right.role in roles_of(actor) for right in rights)
    elif answer.hidden:
        withheld = act in LEFT_TO_THE_ROUTE and facts.step_decides is not None and act not in facts.step_decides
        assert not rights or withheld, f"{act} hidden from who has a row for it"
    else:
        assert rights, f"{act} shown to who has no row for it"


def placed(right: Right, state: State) -> tuple[DossierFacts, Actor]:
    """A dossier and an actor that this one right ties together, and nothing else does."""
    post = Post(right.role, HERE, DIVISION, COUNTER)
    facts = DossierFacts(
        state=state, agency_id=HERE, counter_id=COUNTER, step_division_id=DIVISION, step_role=right.role,
        applicant_id=ME if right.reach == Relation.OWNER else CITIZEN,
        given_by_id=ME if right.reach == Relation.GIVER else None,
        filed_by_id=ME if right.reach == Relation.FILER else None,
        carrier_id=HERE if right.reach == Relation.CARRIER else None,
        asked_of=((HERE, DIVISION),) if right.reach == Relation.ASKED else (),
    )  # fmt: skip
    if right.reach == Relation.SYSTEM:
        return facts, Actor.system("Đồng hồ")
    return facts, Actor(ME, "Tôi", () if right.reach == Relation.OWNER else (post,))


@pytest.mark.parametrize("right", OF_ACTS, ids=lambda right: f"{right.what}-{right.role}")
def test_every_row_of_an_act_opens_it_in_its_states_and_its_tie_is_needed(right: Right) -> None:
    assert isinstance(right.what, Act)
    for state in TABLE[right.what].sources:
        facts, actor = placed(right, state)
        answer = decide(right.what, facts, actor, Policy(), AT)
        assert isinstance(answer, Granted) or not answer.hidden
        stranger = Actor(99, "Người lạ", tuple(Post(post.role, 99) for post in actor.posts))
        refused = decide(right.what, facts, stranger, Policy(), AT)
        assert isinstance(refused, Refused)
        assert refused.hidden


def test_no_right_stands_twice_and_acts_and_pages_are_told_apart() -> None:
    assert len(set(RIGHTS)) == len(RIGHTS)
    assert not {act.value for act in Act} & {page.value for page in Page}
    assert set(PAGES) == set(Page)


def test_every_row_has_its_words() -> None:
    assert set(permission_words.PAGES) == set(Page)
    assert {right.reach for right in RIGHTS} <= set(permission_words.REACHES)


def test_every_act_has_somebody_to_do_it_and_every_page_somebody_to_open_it() -> None:
    whats = {right.what for right in RIGHTS}
    assert set(Act) <= whats
    assert set(Page) - whats == {Page.OPEN}


def test_every_route_asks_for_something_the_table_knows() -> None:
    assert {what for what in ROUTES.values() if what is not Page.OPEN} <= {right.what for right in RIGHTS}


def test_an_address_without_a_row_is_closed_to_everybody() -> None:
    everybody = Actor(ME, "Tôi", tuple(Post(role, HERE) for role in OFFICERS))
    assert not may_open(everybody, "desk:something_new")
    assert not may_open(everybody, "api:something_new")


def test_a_citizen_opens_no_page_of_the_desk() -> None:
    citizen = Actor(CITIZEN, "Lan")
    assert not [route for route in ROUTES if route.startswith("desk:") and may_open(citizen, route)]
    assert may(citizen, Page.DOSSIER)  # his own, on the portal and through the API
    assert not may(NOBODY, Page.DOSSIER)
    assert may(NOBODY, Page.OPEN)


def test_nobody_but_a_leader_stops_and_nobody_but_a_counter_hands_on_or_corrects() -> None:
    assert {right.role for right in RIGHTS if right.what == Act.STOP} == {Role.LEADER}
    for act in (Act.TRANSFER, Act.CORRECT):
        assert {right.role for right in RIGHTS if right.what == act} == {Role.COUNTER_OFFICER}
    assert reaches(Role.RECORDS_CLERK, Act.APPROVE) == ()
