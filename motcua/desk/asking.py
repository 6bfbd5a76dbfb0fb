"""What the work list is asked for: read from the address, written into the address."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Self, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from motcua.dossiers.queries.worklist import Narrowing, Tab, When
from motcua.rules.acts import Channel, State
from motcua.rules.text import clean_line

KEPT = 20
_SHELF = "desk-search"
_NAMES = ("nhom", "tim", "thu-tuc", "tinh-trang", "han", "kenh")
_E = TypeVar("_E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Asked:
    """The tab, the page and the filters. ``key`` stands in the address in place of what was typed."""

    tab: Tab
    number: int
    narrowing: Narrowing
    key: str = ""

    @classmethod
    def read(cls, request: HttpRequest) -> Self:
        """From the address; what makes no sense there asks for nothing."""
        given, key = request.GET, request.GET.get("tim", "")[:40]
        page = given.get("trang", "")
        return cls(
            tab=_one(Tab, given.get("nhom", "")) or Tab.MINE,
            number=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
            narrowing=Narrowing(
                text=str(request.session.get(_SHELF, {}).get(key, "")) if key else "",
                procedure=clean_line(given.get("thu-tuc", ""))[:40],
                state=_one(State, given.get("tinh-trang", "")),
                when=_one(When, given.get("han", "")),
                channel=_one(Channel, given.get("kenh", "")),
            ),
            key=key,
        )

    def query(self, **changes: str) -> str:
        """The query string of this list with some values changed; the page number is left out."""
        wanted = self.narrowing
        values = {
            "nhom": self.tab.value if self.tab is not Tab.MINE else "",
            "tim": self.key if wanted.text else "",
            "thu-tuc": wanted.procedure,
            "tinh-trang": wanted.state or "",
            "han": wanted.when or "",
            "kenh": wanted.channel or "",
            **changes,
        }
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def is_narrowed(self) -> bool:
        return self.narrowing != Narrowing()


def remember(request: HttpRequest) -> str:
    """Keep what was typed in the session and answer the address of the filtered list."""
    values = {name: clean_line(request.POST.get(name, ""))[:100] for name in _NAMES}
    if text := values["tim"]:
        shelf = dict(request.session.get(_SHELF, {}))
        key = next((one for one, kept in shelf.items() if kept == text), secrets.token_urlsafe(6))
        shelf[key] = text
        request.session[_SHELF] = dict(list(shelf.items())[-KEPT:])
        values["tim"] = key
    query = urlencode({name: value for name, value in values.items() if value})
    return reverse("desk:worklist") + (f"?{query}" if query else "")


def _one(kind: type[_E], text: str) -> _E | None:
    return kind(text) if text in set(kind) else None
