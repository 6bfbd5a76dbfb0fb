"""Who may do what, as an auditor reads it: the one table of rights, and who holds which post at this moment."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.agencies.queries import holders, standing_in
from motcua.desk.office import desk_page, officer
from motcua.rules import permission_words, words
from motcua.rules.acts import Act, State
from motcua.rules.lifecycle import TABLE
from motcua.rules.people import Role
from motcua.rules.permissions import RIGHTS, Page, Right, What
from motcua.rules.text import clean_line, fold
from motcua.ui import clock


@dataclass(frozen=True, slots=True)
class Cell:
    """What one role may: the label of its column, and within what; nothing where it may not."""

    role: str
    reaches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """An act or a page with what every shown role may."""

    label: str
    when: str
    cells: tuple[Cell, ...]


@require_safe
def permissions(request: HttpRequest) -> HttpResponse:
    """The table, narrowed by role, kind and words; and the posts of the officer's own agencies."""
    actor, at = officer(request), clock.now()
    role, kind = request.GET.get("vai-tro", ""), request.GET.get("loai", "")
    text = clean_line(request.GET.get("tim", ""))[:100]
    shown = [one for one in Role if one.value == role] or list(Role)
    lines = {
        "acts": _lines([act for act in Act if kind != "trang"], shown, text),
        "pages": _lines([page for page in Page if kind != "ho-so"], shown, text),
    }
    held = holders({one.agency_id for one in actor.own_posts}, at=at)
    instead = standing_in(held, at=at)
    context = {
        "roles": [words.ROLES[one] for one in shown],
        "tables": [
            (_("Việc với hồ sơ"), lines["acts"]),
            (_("Trang và việc khác"), lines["pages"]),
        ],
        "choices": [(one.value, words.ROLES[one]) for one in Role],
        "role": role,
        "kind": kind,
        "text": text,
        "narrowed": bool(role or kind or text),
        "posts": [(post, words.ROLES[Role(post.role)], instead.get(post.pk)) for post in held],
        "at": at,
    }
    return desk_page(request, "desk/permissions.html", context)


def _lines(whats: list[Act] | list[Page], roles: list[Role], text: str) -> list[Line]:
    """One line each for what somebody shown may do, and whose words hold all that was typed."""
    wanted, found = fold(text).split(), []
    for what in whats:
        label = words.ACTS[what] if isinstance(what, Act) else permission_words.PAGES[what]
        rights = [right for right in RIGHTS if right.what == what]
        cells = tuple(_cell(role, rights) for role in roles)
        is_open = what is Page.OPEN
        if (is_open or any(cell.reaches for cell in cells)) and all(word in fold(label) for word in wanted):
            found.append(Line(label, _when(what), cells))
    return found


def _cell(role: Role, rights: list[Right]) -> Cell:
    reaches = tuple(permission_words.REACHES[right.reach] for right in rights if right.role == role)
    return Cell(words.ROLES[role], reaches)


def _when(what: What) -> str:
    """In which states an act may happen at all."""
    if not isinstance(what, Act):
        return ""
    sources = [words.STATES[state] for state in State if state in TABLE[what].sources]
    return _("Khi hồ sơ: %(states)s") % {"states": ", ".join(sources).lower()}
