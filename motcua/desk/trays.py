"""Words and choices of the work list: tabs with counters, and what one may filter by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.desk.asking import Asked
from motcua.dossiers.queries.worklist import MOST_COUNTED, Tab, When, WorkPage
from motcua.procedures.queries import catalogue
from motcua.rules import words
from motcua.rules.acts import Channel, State
from motcua.rules.people import Actor, Role


@dataclass(frozen=True, slots=True)
class TabView:
    """For `ui/components/tabs.html`."""

    label: str
    href: str
    count: str
    here: bool
    late: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A select of the filter: name in the address, label, and its choices with the chosen one."""

    name: str
    label: str
    chosen: str
    choices: tuple[tuple[str, str], ...]


def title_of(tab: Tab, actor: Actor) -> str:
    """What the present tab holds, as its heading."""
    if tab is Tab.MINE and actor.holds(Role.LEADER):
        return _("Chờ tôi ký duyệt")
    return {
        Tab.MINE: _("Việc của tôi"),
        Tab.WAITING: _("Chờ người nộp"),
        Tab.ELSEWHERE: _("Đang xử lý ở nơi khác"),
        Tab.DONE: _("Đã xong"),
        Tab.ALL: _("Tất cả hồ sơ"),
    }[tab]


def tabs_of(page: WorkPage, asked: Asked, actor: Actor) -> list[TabView]:
    """The tabs, each with how many it holds under the present filter."""
    base = reverse("desk:worklist")
    tabs = []
    for tab in Tab:
        query = asked.query(nhom="" if tab is Tab.MINE else tab.value)
        tabs.append(
            TabView(
                title_of(tab, actor), f"{base}?{query}" if query else base, _capped(page.counts[tab]), tab is page.tab
            )
        )
    return tabs


def _capped(count: int) -> str:
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


def filters_of(actor: Actor, asked: Asked, at: datetime) -> list[Filter]:
    """Procedure, state, time and channel; procedures are those the officer's agencies take in."""
    wanted = asked.narrowing
    agencies = {post.agency_id for post in actor.posts}
    procedures = [(entry.code, entry.title) for entry in catalogue(at).entries if entry.agencies & agencies]
    states = [(state.value, label) for state, label in words.STATES.items() if state != State.DRAFT]
    times = [(When.LATE.value, _("Quá hạn")), (When.SOON.value, _("Sắp đến hạn (trong nửa ngày làm việc)"))]
    channels = [(channel.value, words.CHANNELS[channel]) for channel in Channel]
    return [
        Filter("thu-tuc", _("Thủ tục"), wanted.procedure, (("", _("Tất cả thủ tục")), *procedures)),
        Filter("tinh-trang", _("Tình trạng"), wanted.state or "", (("", _("Mọi tình trạng")), *states)),
        Filter("han", _("Hạn"), wanted.when or "", (("", _("Mọi hạn")), *times)),
        Filter("kenh", _("Cách nộp"), wanted.channel or "", (("", _("Mọi cách nộp")), *channels)),
    ]
