"""Words and choices of the work list: tabs with counters, and what one may filter by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.desk.asking import Asked
from motcua.dossiers.queries.choices import colleagues_of, divisions_of
from motcua.dossiers.queries.columns import ANSWER, COLUMN_WORDS, USUAL, WHERE, Chosen, Column
from motcua.dossiers.queries.fields import FormField
from motcua.dossiers.queries.narrowing import NOBODY, Kept
from motcua.dossiers.queries.spans import FROM, TO, bound
from motcua.dossiers.queries.typed import HOLDS, MOST_LETTERS, words_of
from motcua.dossiers.queries.worklist import MOST_COUNTED, Tab, When, WorkPage
from motcua.procedures.queries import catalogue
from motcua.procedures.queries.held import Entry
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
    error: str = ""
    most: int = 40


def signs(asked: Asked, actor: Actor) -> bool:
    """Whether the list is a leader's own: what awaits his signature, with the drafts in it."""
    return asked.tab is Tab.MINE and actor.holds(Role.LEADER) and asked.columns == USUAL


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
    procedures = [(entry.code, entry.title) for entry in _entries(actor, at)]
    states = [(state.value, label) for state, label in words.STATES.items() if state != State.DRAFT]
    times = [
        (When.LATE.value, _("Quá hạn")),
        (When.SOON.value, _("Sắp đến hạn (trong nửa ngày làm việc)")),
        (When.TODAY.value, _("Đến hạn trong hôm nay, kể cả quá hạn")),
        (When.OPEN.value, _("Chưa có kết quả")),
    ]
    channels = [(channel.value, words.CHANNELS[channel]) for channel in Channel]
    return [
        Filter("thu-tuc", _("Thủ tục"), wanted.procedure, (("", _("Tất cả thủ tục")), *procedures)),
        Filter("tinh-trang", _("Tình trạng"), wanted.state or "", (("", _("Mọi tình trạng")), *states)),
        Filter("han", _("Hạn"), wanted.when or "", (("", _("Mọi hạn")), *times)),
        Filter("kenh", _("Cách nộp"), wanted.channel or "", (("", _("Mọi cách nộp")), *channels)),
    ]


def more_filters_of(actor: Actor, asked: Asked, at: datetime) -> list[Filter]:
    """The folded part: sector, level, whose turn, division, holder, whether the promise was kept."""
    given = asked.values()
    sectors = dict(sorted({(entry.sector_code, entry.sector_name) for entry in _entries(actor, at)}))
    turns = [(turn.value, label) for turn, label in WHERE.items()]
    holders = [(str(NOBODY), _("Chưa ai nhận")), *((str(key), name) for key, name in colleagues_of(actor, at))]
    divisions = [(str(NOBODY), _("Không thuộc phòng nào")), *((str(key), name) for key, name in divisions_of(actor))]
    supplemented = (("", _("Tất cả")), ("1", _("Đã phải bổ sung")))
    kept = [(Kept.ON_TIME.value, _("Xong đúng hẹn")), (Kept.LATE.value, _("Xong trễ hẹn"))]
    every = ("", _("Tất cả"))
    return [
        Filter("linh-vuc", _("Lĩnh vực"), given["linh-vuc"], (every, *sectors.items())),
        Filter("muc-do", _("Mức độ dịch vụ"), given["muc-do"], (every, *((str(n), str(n)) for n in range(1, 5)))),
        Filter("o-dau", _("Đang ở"), given["o-dau"], (every, *turns)),
        Filter("bo-phan", _("Bộ phận đang xử lý"), given["bo-phan"], (every, *divisions)),
        Filter("nguoi-giu", _("Người giữ"), given["nguoi-giu"], (every, *holders)),
        Filter("dung-hen", _("Kết quả"), given["dung-hen"], (every, *kept)),
        Filter("bo-sung", _("Bổ sung"), given["bo-sung"], supplemented),
    ]


def days_of(asked: Asked) -> list[Filter]:
    """The days of the folded part, as Vietnamese write them."""
    wanted = asked.narrowing
    days = (
        ("nop-tu", _("Nộp từ ngày"), wanted.filed_from),
        ("nop-den", _("Nộp đến ngày"), wanted.filed_to),
        ("xong-tu", _("Có kết quả từ ngày"), wanted.done_from),
        ("xong-den", _("Có kết quả đến ngày"), wanted.done_to),
        ("dong-tu", _("Rút, từ chối, dừng từ ngày"), wanted.left_from),
    )
    return [Filter(name, label, day.strftime("%d/%m/%Y") if day else "", ()) for name, label, day in days]


def answers_of(asked: Asked, fields: list[FormField]) -> list[Filter]:
    """Fields of the chosen procedure's form: one of the choices, from–to where days and numbers are typed, words where
    texts are.
    """
    chosen, typed = dict(asked.narrowing.answers), dict(asked.narrowing.typed)
    found = []
    for field in fields:
        if field.is_spanned:
            found += _span(field, chosen)
        elif field.is_typed:
            found.append(_words(field, typed.get(field.key, "")))
        else:
            choices = (("", _("Tất cả")), *field.options)
            found.append(Filter(f"{ANSWER}{field.key}", field.label, chosen.get(field.key, ""), choices))
    return found


def _span(field: FormField, chosen: dict[str, str]) -> list[Filter]:
    """Both ends with what is wrong with them. One value asked for alone is a span of that value."""
    found = []
    for end, label in ((FROM, _("%(field)s, từ")), (TO, _("%(field)s, đến"))):
        typed = chosen.get(f"{field.key}{end}", chosen.get(field.key, ""))
        error = ""
        if typed and bound(typed) is None:
            error = _("Hãy ghi ngày dạng ngày/tháng/năm.") if field.kind == "date" else _("Hãy ghi một số.")
        name, words = f"{ANSWER}{field.key}{end}", label % {"field": field.label}
        found.append(Filter(name, words, _typed(typed, field.kind), (), error))
    first, last = (bound(chosen.get(f"{field.key}{end}", "")) for end in (FROM, TO))
    if first and last and (first > last if "-" in (first[4:5], last[4:5]) else float(first) > float(last)):
        found[1] = replace(found[1], error=_("Giá trị này phải không nhỏ hơn giá trị ở ô “từ”."))
    return found


def _words(field: FormField, text: str) -> Filter:
    """The words a typed answer must hold, with what is wrong where there are none."""
    error = _("Hãy ghi ít nhất một chữ hoặc số.") if text and not words_of(text) else ""
    label = _("%(field)s (có các chữ)") % {"field": field.label}
    return Filter(f"{ANSWER}{field.key}{HOLDS}", label, text, (), error, MOST_LETTERS)


def _typed(answer: str, kind: str) -> str:
    """A day as Vietnamese write it; anything else as it was typed."""
    parts = answer.split("-")
    return "/".join(reversed(parts)) if kind == "date" and len(parts) == 3 else answer


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column that may be shown: its name in the address, its heading, whether it is."""

    name: str
    label: str
    chosen: bool


def columns_of(asked: Asked, fields: list[FormField]) -> list[ColumnChoice]:
    """Every column that may be chosen."""
    known = [(column.value, label) for column, label in COLUMN_WORDS.items() if column is not Column.CODE]
    known += [(f"{ANSWER}{field.key}", field.label) for field in fields]
    return [ColumnChoice(name, label, name in asked.columns) for name, label in known]


def headings_of(columns: Chosen, fields: list[FormField]) -> list[tuple[str, str]]:
    """Name and heading of each shown column."""
    labels = {f"{ANSWER}{field.key}": field.label for field in fields}
    return [(name, COLUMN_WORDS[Column(name)] if name in set(Column) else labels.get(name, name)) for name in columns]


def _entries(actor: Actor, at: datetime) -> list[Entry]:
    agencies = {post.agency_id for post in actor.posts}
    return [entry for entry in catalogue(at).entries if entry.agencies & agencies]
