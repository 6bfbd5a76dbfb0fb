"""What the year needs beside the demo province, and what befalls the province in it.

A joint procedure with the people who settle its part, a second operator, a rule that ends what is never answered; then
two outages, a day off decided at short notice, and a merger of two communes.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime, time, timedelta
from typing import Any

from motcua.accounts.actions import create_account
from motcua.accounts.models import Kind
from motcua.agencies.actions import appoint
from motcua.agencies.models import Agency
from motcua.agencies.queries import actor_of
from motcua.console.demo.catalogue import definition_of
from motcua.console.demo.load import LOADER, World
from motcua.dossiers.actions import reorganise, reschedule
from motcua.policy.actions import add_clause, confirm_change, propose_change, record_outage
from motcua.procedures.actions import offer, publish
from motcua.procedures.models import ProcedureRevision
from motcua.rules.people import Actor, Role
from motcua.rules.reorganise import read_plan
from motcua.rules.worktime import VIETNAM

BELLS = Actor.system("Đồng hồ hệ thống")

JOINT, PART = "2.990001", "1.990002"
"""Codes of the year's own joint procedure and of its part."""

INSURANCE = "bao-hiem-xa-hoi"

CLOSING_SINCE = date(2026, 3, 2)
"""Dossiers filed from this day on are closed when a supplement is never answered; earlier ones wait on."""

OUTAGES = tuple(
    (datetime.combine(day, time(10, 0), VIETNAM), datetime.combine(day, time(11, 30), VIETNAM))
    for day in (date(2026, 3, 10), date(2026, 8, 25))
)
DAY_OFF = date(2026, 10, 1)
DECIDED = datetime(2026, 9, 28, 9, 0, tzinfo=VIETNAM)
"""When the day off is proposed and confirmed."""
MERGER = datetime(2026, 7, 1, 6, 0, tzinfo=VIETNAM)

Staff = dict[int, Actor]
"""Officers by account."""


def furnish(world: World, *, at: datetime) -> Staff:
    """Everything the year needs and the demo has not; the officers as they are then."""
    basis = "Quy chế một cửa của tỉnh (năm phát lại)"
    add_clause("close_unanswered", True, since=CLOSING_SINCE, basis=basis, by=LOADER, at=at)
    _people(world, at)
    _joint(world, at)
    return index(world, at=at)


def index(world: World, *, at: datetime) -> Staff:
    """Who holds which post now: the demo's index made anew, and everybody by account."""
    people = world.people
    staff = {one.pk: actor_of(one, at=at) for one in people.accounts.values() if one.is_officer}
    people.actors.clear()
    for actor in staff.values():
        for post in actor.posts:
            people.actors.setdefault((post.agency_id, post.role, post.division_id), actor)
    held = {post.agency_id for actor in staff.values() for post in actor.posts}
    for agency in Agency.objects.filter(pk__in=held).prefetch_related("divisions").order_by("pk"):
        people.divisions |= {(agency.pk, division.key): division.pk for division in agency.divisions.all()}
    return staff


def _people(world: World, at: datetime) -> None:
    offices = world.offices
    cards = offices.division(INSURANCE, "cap-so-the")
    counter = offices.counters[INSURANCE]
    wanted: list[tuple[str, str, Role, dict[str, Any]]] = [
        ("tinh", "Trần Hữu Phước", Role.OPERATOR, {}),
        (INSURANCE, "Cao Thị Chín", Role.COUNTER_OFFICER, {"counter": counter}),
        (INSURANCE, "Trịnh Thị Sáu", Role.CASE_OFFICER, {"division": cards}),
        (INSURANCE, "Lâm Văn Bảy", Role.LEADER, {}),
        (INSURANCE, "Tạ Văn Thư", Role.RECORDS_CLERK, {}),
    ]
    for number, (key, name, role, where) in enumerate(wanted, 1):
        login = f"nam-phat-lai-{number}"
        account = create_account(login, kind=Kind.OFFICER, full_name=name, is_demo=True, by=LOADER, at=at)
        appoint(account, role, offices.by_key[key], title="Công chức", since=at, by=LOADER, at=at, **where)
        world.people.accounts[login] = account


def _joint(world: World, at: datetime) -> None:
    """The demo's birth-and-insurance procedure as a whole with a part: the insurance agency settles the card."""
    known = world.sources.procedures
    base = known["2.001023"]
    card = deepcopy(base) | {
        "code": PART,
        "name": "Cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi",
        "tiers": ["province"],
    }
    card |= {"short_name": "Thẻ bảo hiểm y tế cho trẻ", "result_title": "Thẻ bảo hiểm y tế", "life_events": []}
    card["route"] = [_step(base, 0, 2), _step(base, 2, 40), *(_step(base, place, 4) for place in (3, 4, 5))]
    card["route"][1] |= {"division": "cap-so-the", "parts": []}
    card["demo"]["offered_by"] = [INSURANCE]
    whole = deepcopy(base) | {"code": JOINT, "name": f"{base['name']} (hai hồ sơ)", "life_events": []}
    whole["route"] = [_step(base, 0, 2), _step(base, 1, 100), *(_step(base, place, 4) for place in (3, 4, 5))]
    whole["route"][1]["parts"] = [{"procedure": PART, "agency": "*.26"}]
    places = {PART: [INSURANCE], JOINT: [f"xa-{unit}" for unit in world.sources.stage]}
    for code, definition in ((PART, card), (JOINT, whole)):
        definition["since"] = at.date().isoformat()
        revision = publish(definition_of(definition, world.sources), by=LOADER, at=at)
        for key in places[code]:
            agency, counter = world.offices.by_key[key], world.offices.counters[key]
            offer(code, agency=agency, counter=counter, by=LOADER, at=at)
        known[code] = definition
        world.revisions[code] = ProcedureRevision.objects.select_related("procedure").get(pk=revision.pk)


def _step(base: dict[str, Any], place: int, hours: int) -> dict[str, Any]:
    return {**base["route"][place], "hours": hours}


# --- what befalls the province


def up_again(moment: datetime) -> datetime:
    """Nothing happens while the system is down: what would happen in an outage happens right after it."""
    return next((until for since, until in OUTAGES if since <= moment < until), moment)


def at_work(moment: datetime) -> datetime:
    """When somebody does what he meant to do at this moment: not in an outage, nor on the day off."""
    next_morning = datetime.combine(DAY_OFF + timedelta(days=1), time(8, 0), VIETNAM)
    return next_morning if moment.date() == DAY_OFF else up_again(moment)


def tell_outage(world: World, since: datetime, until: datetime, *, at: datetime) -> None:
    """An operator records it; the worker goes over everything it touched."""
    by = _changers(world)[0]
    record_outage(since=since, until=until, reason="Mất điện trung tâm dữ liệu của tỉnh", by=by, at=at)
    carry(at)


def declare_day_off(world: World, *, at: datetime) -> None:
    """One proposes, another confirms."""
    first, second = _changers(world)
    basis = "Công điện phòng chống bão"
    change = propose_change(days_off={DAY_OFF: "Nghỉ do bão"}, basis=basis, by=first, at=at)
    confirm_change(change.pk, by=second, at=at + timedelta(seconds=1))


def carry(at: datetime) -> None:
    """What the worker does each minute while dates have to be counted anew."""
    while reschedule.carry_out(by=BELLS, at=at):
        pass


def merge_communes(world: World, *, at: datetime) -> None:
    """The last two communes of the stage become one; whoever files there from then on finds the successor."""
    keys = [f"xa-{unit}" for unit in world.sources.stage[-2:]]
    target = {
        "code": f"{world.sources.site['agency_code']}.90.01",
        "name": "Ủy ban nhân dân xã Hợp Nhất",
        "tier": "commune",
        "kind": "peoples_committee",
    }
    change = {"kind": "merge", "from": [world.offices.by_key[key].code for key in keys], "to": target}
    plan = read_plan({"day": at.date(), "basis": "Nghị quyết sắp xếp đơn vị hành chính cấp xã", "change": [change]})
    reorganise.carry_out(plan, by=BELLS, at=at)
    heir = Agency.objects.get(code=target["code"])
    for key in keys:
        world.offices.by_key[key] = heir


def _changers(world: World) -> tuple[Actor, Actor]:
    """Two people who may change the province's calendar."""
    found = [world.people.accounts[login] for login in ("dieuhanh", "nam-phat-lai-1")]
    first, second = (actor_of(account, at=MERGER) for account in found)
    return first, second
