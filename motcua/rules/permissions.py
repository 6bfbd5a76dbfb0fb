"""Who may do what: one table of rights, from which guards, navigation, tests and a page for auditors come.

A right is a role, what it may do (an act of the lifecycle, or a page), and what must tie the two: the reach. Rights to
acts are read off the table of acts (`lifecycle.TABLE`); rights to pages stand here. What has no row may be done by
nobody (NĐ 61/2018 điều 8, 13; NĐ 45/2020 điều 7: named people for each stage).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua.rules.acts import Act
from motcua.rules.lifecycle import TABLE, Relation
from motcua.rules.people import Actor, Role


class Reach(StrEnum):
    """What ties a role to a page it may open, beside the relations of the table of acts."""

    HANDED_ON = "handed_on"
    PASSED = "passed"
    SIGNED = "signed"
    PARTS = "parts"
    INHERITED = "inherited"
    LISTED = "listed"
    SELF = "self"
    ALL = "all"


Tie = Relation | Reach


class Page(StrEnum):
    """What may be opened or done besides the acts on a dossier."""

    DOSSIER = "dossier"
    WORKLIST = "worklist"
    TRAY_MINE = "tray_mine"
    TRAY_WAITING = "tray_waiting"
    TRAY_ELSEWHERE = "tray_elsewhere"
    TRAY_DONE = "tray_done"
    TRAY_ALL = "tray_all"
    INTAKE = "intake"
    FILING = "filing"
    UNDELIVERED = "undelivered"
    LEADER = "leader_home"
    BULK = "bulk"
    NOTIFY = "notify"
    VIEWS = "views"
    EXPORT = "export"
    PERMISSIONS = "permissions"
    POST = "post"
    POST_INTAKE = "post_intake"
    POST_OVERVIEW = "post_overview"
    QUEUE = "queue"
    ROSTER = "roster"
    QUEUE_GROUPS = "queue_groups"
    REGISTER = "register"
    OPINIONS = "opinions"
    ARCHIVE = "archive"
    ARCHIVE_KEEPING = "archive_keeping"
    STAND_INS = "stand_ins"
    COMING = "coming"
    CALENDAR = "calendar"
    CASES = "cases"
    CASE_REPORT = "case_report"
    RATINGS = "ratings"
    COMPLETENESS = "completeness"
    SERVICES = "services"
    SERVICE_PROPOSE = "service_propose"
    REORGANISE = "reorganise"
    CROSSCHECK = "crosscheck"
    OPEN = "open"


What = Act | Page


@dataclass(frozen=True, slots=True)
class Right:
    """One row: ``role`` may ``what`` within ``reach``."""

    role: Role
    what: What
    reach: Tie


OFFICERS = (
    Role.COUNTER_OFFICER,
    Role.CASE_OFFICER,
    Role.DIVISION_HEAD,
    Role.LEADER,
    Role.RECORDS_CLERK,
    Role.POSTAL_CLERK,
    Role.ARCHIVIST,
    Role.INSPECTOR,
    Role.OPERATOR,
)
"""Roles held through posts."""

_SEES: Mapping[Role, tuple[Tie, ...]] = {
    Role.COUNTER_OFFICER: (Relation.COUNTER, Reach.HANDED_ON),
    Role.CASE_OFFICER: (Reach.PASSED, Relation.ASKED),
    Role.DIVISION_HEAD: (Reach.PASSED, Relation.ASKED),
    Role.LEADER: (Relation.AGENCY, Relation.ASKED),
    Role.RECORDS_CLERK: (Reach.SIGNED,),
}
"""Which dossiers an officer sees; everything else does not exist for him."""

_BESIDES: Mapping[Role, tuple[Tie, ...]] = {
    Role.COUNTER_OFFICER: (Reach.INHERITED,),
    Role.CASE_OFFICER: (Reach.PARTS,),
    Role.DIVISION_HEAD: (Reach.PARTS,),
    Role.LEADER: (Reach.PARTS, Reach.INHERITED),
    Role.RECORDS_CLERK: (Reach.INHERITED,),
}
"""What he may open besides, from another dossier or by its code, though it stands in none of his lists."""

_WORKS = {role: reaches[:1] for role, reaches in _SEES.items()}
_OF_THE_HOUSE = tuple(role for role in OFFICERS if role is not Role.POSTAL_CLERK)
"""The post is another enterprise: its clerks see envelopes, never dossiers (NĐ 61/2018 điều 8; acceptance BD-80)."""

_EVERY_OFFICER: Mapping[Role, tuple[Tie, ...]] = dict.fromkeys(_OF_THE_HOUSE, (Relation.AGENCY,))

_MANAGES: Mapping[Role, tuple[Tie, ...]] = {
    Role.LEADER: (Relation.AGENCY,),
    Role.DIVISION_HEAD: (Relation.AGENCY,),
    Role.OPERATOR: (Reach.ALL,),
}
"""Who sets the duty roster and the queue of the counters an agency hosts (BD-66), and answers for what it publishes
(BN-1)."""

PAGES: Mapping[Page, Mapping[Role, tuple[Tie, ...]]] = {
    Page.DOSSIER: {
        Role.APPLICANT: (Relation.OWNER,),
        **{role: (*reaches, *_BESIDES[role]) for role, reaches in _SEES.items()},
    },
    Page.WORKLIST: dict.fromkeys(_OF_THE_HOUSE, (Reach.LISTED,)),
    Page.TRAY_MINE: _WORKS,
    Page.TRAY_WAITING: {role: reach for role, reach in _WORKS.items() if role is not Role.RECORDS_CLERK},
    Page.TRAY_ELSEWHERE: _SEES,
    Page.TRAY_DONE: _SEES,
    Page.TRAY_ALL: _SEES,
    Page.INTAKE: {Role.COUNTER_OFFICER: (Relation.COUNTER,)},
    Page.FILING: {Role.APPLICANT: (Relation.OWNER,), Role.COUNTER_OFFICER: (Relation.COUNTER,)},
    Page.UNDELIVERED: _SEES,
    Page.LEADER: {Role.LEADER: (Relation.AGENCY,)},
    Page.BULK: _SEES,
    Page.NOTIFY: {Role.COUNTER_OFFICER: (Relation.COUNTER,)},
    Page.VIEWS: {**dict.fromkeys(_SEES, (Reach.SELF,)), Role.LEADER: (Reach.SELF, Relation.AGENCY)},
    Page.EXPORT: _SEES,
    Page.PERMISSIONS: _EVERY_OFFICER,
    Page.POST: {Role.COUNTER_OFFICER: (Relation.COUNTER,), Role.POSTAL_CLERK: (Relation.CARRIER,)},
    Page.POST_INTAKE: {Role.POSTAL_CLERK: (Relation.FILER,)},
    Page.POST_OVERVIEW: {Role.OPERATOR: (Reach.ALL,)},
    Page.QUEUE: {Role.COUNTER_OFFICER: (Relation.COUNTER,)},
    Page.ROSTER: {Role.COUNTER_OFFICER: (Relation.COUNTER,), **_MANAGES},
    Page.QUEUE_GROUPS: _MANAGES,
    Page.REGISTER: {Role.COUNTER_OFFICER: (Relation.COUNTER,), Role.LEADER: (Relation.AGENCY,)},
    Page.ARCHIVE: dict.fromkeys((Role.ARCHIVIST, Role.LEADER), (Relation.AGENCY,)),
    Page.ARCHIVE_KEEPING: {Role.ARCHIVIST: (Relation.AGENCY,)},
    Page.OPINIONS: dict.fromkeys((Role.CASE_OFFICER, Role.DIVISION_HEAD, Role.LEADER), (Relation.ASKED,)),
    Page.STAND_INS: {Role.DIVISION_HEAD: (Relation.DIVISION,), Role.LEADER: (Relation.AGENCY,)},
    Page.COMING: {Role.LEADER: (Relation.AGENCY,), Role.OPERATOR: (Reach.ALL,)},
    Page.CALENDAR: {Role.LEADER: (Relation.AGENCY,), Role.OPERATOR: (Reach.ALL,)},
    Page.COMPLETENESS: _MANAGES,
    Page.SERVICES: _MANAGES,
    Page.SERVICE_PROPOSE: dict.fromkeys((Role.LEADER, Role.DIVISION_HEAD), (Relation.AGENCY,)),
    Page.REORGANISE: {Role.OPERATOR: (Reach.ALL,)},
    Page.CASES: {Role.INSPECTOR: (Relation.AGENCY,), Role.OPERATOR: (Reach.ALL,)},
    Page.CASE_REPORT: _SEES,
    Page.RATINGS: {**dict.fromkeys((Role.LEADER, Role.INSPECTOR), (Relation.AGENCY,)), Role.OPERATOR: (Reach.ALL,)},
    Page.CROSSCHECK: {role: (tie,) for role, tie in TABLE[Act.JUDGE].roles.items()},
    Page.OPEN: {},
}
"""Rights to pages. `Page.OPEN` is what anybody may read without logging in."""


def _of_acts() -> tuple[Right, ...]:
    return tuple(
        Right(role, act, relation) for act, passage in TABLE.items() for role, relation in passage.roles.items()
    )


RIGHTS: tuple[Right, ...] = (
    *_of_acts(),
    *(
        Right(role, page, reach)
        for page, roles in PAGES.items()
        for role, reaches in roles.items()
        for reach in reaches
    ),
)
"""The table. Nothing outside it is granted."""

_INTAKE = ("", "_begin", "_once", "_fill", "_papers", "_upload", "_finish", "_discard", "_scan")
_POST = ("", "_parcel", "_photo", "_open", "_list", "_list_choose", "_list_pdf", "_cases", "_case")
_POST_INTAKE = ("", "_begin", "_fill", "_papers", "_finish", "_discard")
_DESK: Mapping[str, What] = {
    "worklist": Page.WORKLIST,
    "inbox": Page.WORKLIST,
    "undelivered": Page.UNDELIVERED,
    "permissions": Page.PERMISSIONS,
    **{f"counter{part}": Page.INTAKE for part in _INTAKE},
    **{f"post{part}": Page.POST for part in _POST},
    **{f"post_intake{part}": Page.POST_INTAKE for part in _POST_INTAKE},
    **dict.fromkeys(("post_bring", "post_receipt"), Page.POST_INTAKE),
    "post_overview": Page.POST_OVERVIEW,
    "queue": Page.QUEUE,
    "queue_groups": Page.QUEUE_GROUPS,
    "roster": Page.ROSTER,
    **dict.fromkeys(("register", "register_book"), Page.REGISTER),
    **dict.fromkeys(("dossier", "file", "paper", "control_sheet", "draft_result", "act", "note"), Page.DOSSIER),
    "crosscheck": Page.CROSSCHECK,
    "opinions": Page.OPINIONS,
    **dict.fromkeys(("archive", "archive_item", "archive_package", "archive_lists", "archive_list"), Page.ARCHIVE),
    **dict.fromkeys(("archive_propose", "archive_hold", "archive_term"), Page.ARCHIVE_KEEPING),
    "stand_ins": Page.STAND_INS,
    "coming": Page.COMING,
    **dict.fromkeys(("calendar", "calendar_change", "outages"), Page.CALENDAR),
    **dict.fromkeys(("completeness", "completeness_of", "completeness_file"), Page.COMPLETENESS),
    **dict.fromkeys(("services", "service"), Page.SERVICES),
    "service_propose": Page.SERVICE_PROPOSE,
    **dict.fromkeys(
        ("reorganisations", "reorganisation_new", "reorganisation_plan", "reorganisation"), Page.REORGANISE
    ),
    **dict.fromkeys(("cases", "cases_export", "case", "case_file", "case_evidence"), Page.CASES),
    "case_report": Page.CASE_REPORT,
    "ratings": Page.RATINGS,
    "supplement": Act.SUPPLEMENT,
    "leader": Page.LEADER,
    **dict.fromkeys(("bulk_runs", "bulk", "bulk_run", "bulk_undo"), Page.BULK),
    **dict.fromkeys(("views", "view_save"), Page.VIEWS),
    **dict.fromkeys(("exports", "export", "export_file"), Page.EXPORT),
}
_API: Mapping[str, What] = {
    **dict.fromkeys(("openapi-json", "docs", "api-root", "unknown", "worktime", "carrier_events"), Page.OPEN),
    **dict.fromkeys(("ministry_take_up", "ministry_events"), Page.OPEN),
    **dict.fromkeys(("list_procedures", "read_procedure", "look_up", "look_up_code", "look_up_confirm"), Page.OPEN),
    **dict.fromkeys(("list_dossiers", "read_dossier", "download_file", "download_paper"), Page.DOSSIER),
    "file_dossier": Page.FILING,
    **{f"act-{act.value}": act for act in Act},
}
ROUTES: Mapping[str, What] = {
    **{f"desk:{name}": what for name, what in _DESK.items()},
    **{f"api:{name}": what for name, what in _API.items()},
}
"""Which right an address of the officers' face or of the API asks for, by the route's name. An act's own address asks
for the dossier first, and the gate then for the act."""


def reaches(role: Role, what: What) -> tuple[Tie, ...]:
    """Within what ``role`` may ``what``; nothing where it may not."""
    return tuple(right.reach for right in RIGHTS if right.role == role and right.what == what)


def roles_of(actor: Actor) -> frozenset[Role]:
    """Every role this actor has at this moment: posts held, oneself as a citizen, the clock."""
    held = {post.role for post in actor.posts}
    if actor.account_id is not None:
        held.add(Role.APPLICANT)
    if actor.is_system:
        held.add(Role.SYSTEM)
    return frozenset(held)


def may(actor: Actor, what: What) -> bool:
    """Whether some role of the actor has this right at all; for which dossiers is a matter of its reach."""
    return what is Page.OPEN or any(reaches(role, what) for role in roles_of(actor))


def may_open(actor: Actor, route: str) -> bool:
    """Whether an actor may open an address of the officers' face: as an officer, and with a right to what it shows.

    An address without a row is closed to everybody.
    """
    what = ROUTES.get(route)
    if what is None:
        return False
    if route.startswith("desk:"):
        return any(reaches(post.role, what) for post in actor.posts)
    return may(actor, what)
