"""The work list with many dossiers: every tray is an index range, at any size."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.queries.worklist import MOST_COUNTED, PAGE_SIZE, Narrowing, Tab, When, work_page
from motcua.rules.acts import Channel, State

MANY = 20_000

FILL = """
INSERT INTO dossiers_dossier (
  public_id, code, revision_id, "case", agency_id, counter_id, channel, service_level, state, resume_state, outcome,
  applicant_kind, applicant_name, applicant_identity, applicant_identity_hash, applicant_phone, applicant_email,
  applicant_address, answers, provenance, received, return_channel, return_address, policy_data, created_at, saved_at,
  submitted_at, accepted_at, closed_at, promised_at, paused_at, pauses, due_at, step_index, step_role, step_division_id,
  divisions, supplement_rounds, supplement_proposed, is_demo, extra_rounds, component_modes, paper_owed)
SELECT gen_random_uuid(), 'H08.41.01-251118-' || lpad(i::text, 6, '0'), %(revision)s, '', %(agency)s, %(counter)s,
  'online', 3, s.state, '', '', 'person', 'Người thứ ' || i, '', md5(i::text), '', '', '', '{}', '{}', '{}', 'counter',
  '', '{}', t.at, t.at, t.at, t.at, CASE WHEN s.state = 'delivered' THEN t.at END, t.at + interval '3 days',
  CASE WHEN s.state = 'awaiting_supplement' THEN t.at END, '[]',
  CASE WHEN s.state NOT IN ('delivered', 'awaiting_supplement') THEN t.at + interval '1 day' END,
  CASE s.state WHEN 'examining' THEN 1 WHEN 'awaiting_approval' THEN 2 WHEN 'awaiting_seal' THEN 3 END, 'leader',
  CASE WHEN s.state = 'examining' THEN %(division)s END, ARRAY[%(division)s]::bigint[], 0, false, false, 0, '{}', false
FROM generate_series(1, %(many)s) i
CROSS JOIN LATERAL (SELECT (ARRAY['submitted', 'examining', 'awaiting_supplement', 'awaiting_approval',
  'awaiting_seal'])[1 + i %% 20] AS state) o
CROSS JOIN LATERAL (SELECT coalesce(o.state, 'delivered') AS state) s
CROSS JOIN LATERAL (SELECT %(at)s::timestamptz - (i || ' minutes')::interval AS at) t
"""


@pytest.fixture
def many(cast, at):
    """One agency with twenty thousand dossiers, three in four done."""
    values = {
        "revision": cast.revision.pk,
        "agency": cast.commune.pk,
        "counter": cast.counter.pk,
        "division": cast.division.pk,
        "many": MANY,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(FILL, values)
        cursor.execute("SELECT gin_clean_pending_list('dossier_search')")
        cursor.execute("ANALYZE dossiers_dossier")


def plans_of(queries) -> list[str]:
    """How the database goes about each query on dossiers."""
    plans = []
    for query in queries:
        if "dossiers_dossier" in query["sql"]:
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN " + query["sql"])
                plans.append("\n".join(row[0] for row in cursor.fetchall()))
    return plans


def test_no_tray_of_any_officer_is_read_from_end_to_end(cast, many, at):
    asked = [
        Narrowing(),
        Narrowing(text="052190000123"),
        Narrowing(text="H08.41.01-251118-0123"),
        Narrowing(text="7777"),
        Narrowing(when=When.SOON),
        Narrowing(channel=Channel.POST),
    ]
    for name in ("minh", "ha", "binh", "quang", "thu"):
        for narrowing in asked:
            for tab in (Tab.MINE, Tab.ELSEWHERE, Tab.ALL) if narrowing == Narrowing() else (Tab.ALL,):
                with CaptureQueriesContext(
                    connection,
                ) as captured:
                    work_page(getattr(cast, name), tab, narrowing=narrowing, number=1, at=at)
                for plan in plans_of(captured.captured_queries):
                    assert "Seq Scan on dossiers_dossier" not in plan, (name, tab, narrowing, plan)


def test_counters_stop_and_pages_follow_one_another_without_a_gap(cast, many, at):
    first = work_page(cast.minh, Tab.MINE, narrowing=Narrowing(), number=1, at=at)
    second = work_page(cast.minh, Tab.MINE, narrowing=Narrowing(), number=2, at=at)
    assert first.total == MOST_COUNTED + 1
    assert len(first.lines) == PAGE_SIZE
    codes = [line.code for line in (*first.lines, *second.lines)]
    assert len(set(codes)) == 2 * PAGE_SIZE
    assert codes == sorted(codes, reverse=True)  # the older the earlier due
    assert work_page(cast.minh, Tab.MINE, narrowing=Narrowing(), number=10**6, at=at).number == 40


def test_a_rare_filter_finds_its_one_dossier_among_all(cast, many, at):
    page = work_page(cast.quang, Tab.ALL, narrowing=Narrowing(text="NGUOI thu 7777"), number=1, at=at)
    assert [line.applicant for line in page.lines] == ["Người thứ 7777"]
    assert page.counts[Tab.ALL] == 1
    state = work_page(cast.quang, Tab.ALL, narrowing=Narrowing(state=State.DECLINED), number=1, at=at)
    assert state.lines == ()


def test_an_officer_of_two_posts_sees_each_dossier_once(cast, many, at):
    from motcua.rules.people import Actor

    both = Actor(cast.minh.account_id, "Lê Quang Minh", (*cast.minh.posts, *cast.quang.posts))
    page = work_page(both, Tab.ALL, narrowing=Narrowing(), number=1, at=at)
    codes = [line.code for line in page.lines]
    assert len(codes) == len(set(codes)) == PAGE_SIZE
