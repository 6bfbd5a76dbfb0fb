"""The work list with many dossiers: every tray is an index range, at any size."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.narrowing import Kept
from motcua.dossiers.queries.trays import Turn
from motcua.dossiers.queries.worklist import MOST_COUNTED, PAGE_SIZE, Narrowing, Tab, When, work_page
from motcua.rules.acts import Channel, State

MANY = 15_000

VALUES = """
gen_random_uuid() AS public_id, 'H08.41.01-251118-' || lpad(i::text, 6, '0') AS code, %(revision)s AS revision_id,
%(agency)s AS agency_id, %(counter)s AS counter_id, CASE WHEN i %% 50 = 0 THEN 'post' ELSE 'online' END AS channel,
CASE WHEN i %% 7 = 0 THEN 2 ELSE 3 END AS service_level, s.state AS state, 'Người thứ ' || i AS applicant_name,
md5(i::text) AS applicant_identity_hash,
jsonb_build_object('so_ban', i %% 20, 'noi_dung', 'Thửa đất số ' || i) AS answers, t.at AS created_at,
t.at AS saved_at, t.at AS submitted_at, t.at AS accepted_at,
CASE WHEN s.state IN ('delivered', 'result_ready') THEN t.at END AS result_at,
CASE WHEN s.state = 'delivered' THEN t.at END AS closed_at, t.at + interval '3 days' AS promised_at,
CASE WHEN s.state = 'awaiting_supplement' THEN t.at END AS paused_at,
CASE WHEN s.state NOT IN ('delivered', 'awaiting_supplement', 'result_ready')
  THEN t.at + interval '1 day' END AS due_at,
CASE s.state WHEN 'examining' THEN 1 WHEN 'awaiting_approval' THEN 2 WHEN 'awaiting_seal' THEN 3 END AS step_index,
'leader' AS step_role, CASE WHEN s.state = 'examining' THEN %(division)s END AS step_division_id,
CASE WHEN s.state = 'examining' AND i %% 400 = 1 THEN %(holder)s END AS holder_id,
ARRAY[%(division)s]::bigint[] AS divisions
"""

ROWS = """
FROM generate_series(1, %(many)s) i
CROSS JOIN LATERAL (SELECT (ARRAY['submitted', 'examining', 'awaiting_supplement', 'awaiting_approval',
  'awaiting_seal', 'result_ready'])[1 + i %% 24] AS state) o
CROSS JOIN LATERAL (SELECT coalesce(o.state, 'delivered') AS state) s
CROSS JOIN LATERAL (SELECT %(at)s::timestamptz - (i || ' minutes')::interval AS at) t
"""


def fill() -> str:
    """The statement that makes the dossiers; columns it does not name get what a new row has."""
    named = re.findall(r" AS (\w+)(?=,|\n$)", VALUES)
    others = {
        field.column: field.get_default()
        for field in Dossier._meta.concrete_fields
        if not (field.generated or field.primary_key or field.null or field.column in named)
    }
    plain = [
        "'{}'" if isinstance(one, dict) else "'[]'" if isinstance(one, list) else repr(one) for one in others.values()
    ]
    columns = ", ".join(f'"{name}"' for name in [*named, *others])
    return f"INSERT INTO dossiers_dossier ({columns}) SELECT {VALUES}, {', '.join(plain)} {ROWS}"


@pytest.fixture
def many(cast, at):
    """One agency with twenty thousand dossiers, three in four done."""
    values = {
        "revision": cast.revision.pk,
        "agency": cast.commune.pk,
        "counter": cast.counter.pk,
        "division": cast.division.pk,
        "holder": cast.ha_account.pk,
        "many": MANY,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(fill(), values)
        cursor.execute("UPDATE dossiers_dossier SET earlier_hands = ARRAY[agency_id] WHERE id %% 1000 = 0", [])
        for index in ("dossier_search", "dossier_earlier_hands", "dossier_facets", "dossier_divisions"):
            cursor.execute("SELECT gin_clean_pending_list(%s)", [index])
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
        Narrowing(when=When.OPEN),
        Narrowing(channel=Channel.POST),
        Narrowing(channel=Channel.ONLINE),
        Narrowing(level=2),
        Narrowing(procedure="2.000635"),
        Narrowing(sector="G15-TP07"),
        Narrowing(state=State.DELIVERED),
        Narrowing(turn=Turn.LEADER),
        Narrowing(division=cast.division.pk),
        Narrowing(holder=cast.ha_account.pk),
        Narrowing(filed_from=at.date(), filed_to=at.date()),
        Narrowing(done_from=at.date() - timedelta(days=2), kept=Kept.ON_TIME),
        Narrowing(procedure="2.000635", answers=(("so_ban", "7"),)),
        Narrowing(procedure="2.000635", answers=(("so_ban~tu", "7"), ("so_ban~den", "9"))),
        Narrowing(text="nguoi"),
        Narrowing(procedure="2.000635", typed=(("noi_dung", "so 77"),)),
        Narrowing(procedure="2.000635", typed=(("noi_dung", "thửa đất"),)),
        Narrowing(procedure="2.000635", answers=(("so_ban", "7"),), typed=(("noi_dung", "thửa"),)),
        Narrowing(text="nguoi", typed=(("noi_dung", "thửa"),)),
    ]
    for name in ("minh", "ha", "quang"):
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


def test_what_falls_due_stands_above_what_merely_waits_to_be_collected(cast, many, at):
    page = work_page(cast.minh, Tab.MINE, narrowing=Narrowing(), number=20, at=at)
    assert all(line.due.urgency != "wait" for line in page.lines)
    mine = Dossier.objects.filter(turn=Turn.COUNTER.value).order_by("sort_at", "pk")
    states = list(mine.values_list("state", flat=True))
    first_ready = states.index("result_ready")
    assert set(states[:first_ready]) == {"submitted"} and set(states[first_ready:]) == {"result_ready"}
    waiting = list(mine.filter(state="result_ready").values_list("result_at", flat=True))
    assert waiting == sorted(waiting)


def test_an_answer_of_the_form_finds_its_dossiers_and_a_name_does_not(cast, at):
    assert not work_page(cast.quang, Tab.ALL, narrowing=Narrowing(answers=(("so_ban", "77"),)), number=1, at=at).lines
    dossier = cast.submitted(ho_ten="Nguyễn Thị Lan", uy_quyen="khong")
    found = work_page(cast.quang, Tab.ALL, narrowing=Narrowing(answers=(("uy_quyen", "khong"),)), number=1, at=at)
    assert [line.code for line in found.lines] == [dossier.code]
    with connection.cursor() as cursor:
        cursor.execute("SELECT facets FROM dossiers_dossier WHERE code = %s", [dossier.code])
        kept = json.loads(cursor.fetchone()[0])
    assert set(kept) == {"", "so_ban", "uy_quyen"}


def test_a_name_is_found_in_ones_own_agency_only(cast, at):
    cast.submitted()
    assert work_page(cast.quang, Tab.ALL, narrowing=Narrowing(text="lan"), number=1, at=at).lines
    page = work_page(cast.oanh, Tab.ALL, narrowing=Narrowing(text="nguyen thi lan"), number=1, at=at)
    assert page.lines == ()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"so_ban~tu": "2"}, True),
        ({"so_ban~tu": "1", "so_ban~den": "10"}, True),  # as numbers: as text "2" would follow "10"
        ({"so_ban~tu": "3"}, False),
        ({"so_ban~den": "1"}, False),
        ({"so_ban~den": "1.000.000"}, True),
        ({"ngay_sinh~tu": "1990-05-17", "ngay_sinh~den": "1990-05-17"}, True),
        ({"ngay_sinh~tu": "1990-05-18"}, False),
        ({"ngay_sinh~den": "1989-12-31"}, False),
        ({"so_ban~tu": "2", "uy_quyen": "khong"}, True),
        ({"so_ban~tu": "2", "uy_quyen": "co"}, False),
        ({"so_ban~tu": "hai"}, False),
        ({'so_ban" || true || "~tu': "2"}, False),
        ({"uy_quyen~tu": "2"}, False),
    ],
)
def test_answers_are_asked_for_from_to(cast, at, asked, found):
    cast.submitted(ngay_sinh="1990-05-17")
    narrowing = Narrowing(procedure="2.000635", answers=tuple(asked.items()))
    assert bool(work_page(cast.quang, Tab.ALL, narrowing=narrowing, number=1, at=at).lines) == found
    assert Narrowing.from_data(json.loads(json.dumps(narrowing.to_data()))) == narrowing
    elsewhere = work_page(cast.oanh, Tab.ALL, narrowing=narrowing, number=1, at=at)
    assert not elsewhere.lines


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"ho_ten": "Nguyễn Thị Lan"}, True),
        ({"ho_ten": "LAN nguyen"}, True),  # no accents, no capitals, any order
        ({"ho_ten": "thi la"}, True),  # the last word may be unfinished
        ({"ho_ten": "la thi"}, False),
        ({"ho_ten": "Hoa"}, False),
        ({"so_ban": "lan"}, False),  # it stands in another field
        ({"ho_ten": "lan", "noi_dung": "lan"}, False),
        ({"so_dinh_danh": "052190000123"}, False),  # identity numbers are not among the words
        ({"ho_ten": "!?"}, False),
        ({"ho_ten' | '=ho_ten=lan": "x"}, False),
    ],
)
def test_typed_answers_are_asked_which_words_they_hold(cast, at, asked, found):
    cast.submitted(ho_ten="Nguyễn Thị Lan")
    narrowing = Narrowing(procedure="2.000635", typed=tuple(asked.items()))
    assert bool(work_page(cast.quang, Tab.ALL, narrowing=narrowing, number=1, at=at).lines) == found
    assert Narrowing.from_data(json.loads(json.dumps(narrowing.to_data()))) == narrowing
    assert not work_page(cast.oanh, Tab.ALL, narrowing=narrowing, number=1, at=at).lines


def test_words_of_the_form_are_no_names(cast, at):
    """They share an index, and are told apart in it."""
    cast.submitted(ho_ten="Trần Văn Hải")
    for text in ("hai", "ho_ten", "ho", "=ho"):
        assert not work_page(cast.quang, Tab.ALL, narrowing=Narrowing(text=text), number=1, at=at).lines, text


def test_an_answer_of_any_length_can_be_kept(cast, at):
    dossier = cast.submitted()
    words = " ".join(f"{n:x}" for n in range(9000))
    Dossier.objects.filter(pk=dossier.pk).update(answers={f"f{n}": words[:20_000] for n in range(100)})
