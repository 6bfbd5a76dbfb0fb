"""What the work list is asked for: read from the address, written into the address."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Self, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.errors import Refusal
from motcua.dossiers.queries.columns import ANSWER, USUAL, Chosen, Column
from motcua.dossiers.queries.narrowing import Kept, Narrowing, When
from motcua.dossiers.queries.spans import FROM, TO
from motcua.dossiers.queries.trays import Tab, Turn
from motcua.dossiers.queries.typed import HOLDS, MOST_LETTERS
from motcua.rules.acts import Channel, State
from motcua.rules.text import clean_line

KEPT = 20
MOST_COLUMNS = 20
MOST_ANSWERS = 20
LONGEST = 8000
"""Of an address's part after the question mark, as a form sends it back; a longer one is refused, never cut."""
_SHELF = "desk-search"
_PLAIN = (
    "nhom", "tim", "thu-tuc", "linh-vuc", "tinh-trang", "han", "kenh", "muc-do", "o-dau", "bo-phan", "nguoi-giu",
    "nop-tu", "nop-den", "xong-tu", "xong-den", "dung-hen", "dong-tu", "bo-sung",
)  # fmt: skip
_E = TypeVar("_E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Asked:
    """The tab, the page, the filters and the columns. ``key`` stands in the address in place of what was typed: words
    of names, numbers, and words that typed answers must hold.
    """

    tab: Tab
    number: int
    narrowing: Narrowing
    key: str = ""
    columns: Chosen = USUAL

    @classmethod
    def read(cls, request: HttpRequest) -> Self:
        """From the address; what makes no sense there asks for nothing."""
        return cls.of(request.GET, request)

    @classmethod
    def sent(cls, request: HttpRequest) -> Self:
        """The list a form stood under, exactly as it was shown. Raises `Refusal` 400 where that cannot be told."""
        query = request.POST.get("danh-sach", "")
        if len(query) > LONGEST:
            raise Refusal(_("Bộ lọc của danh sách này quá dài. Hãy bỏ bớt điều kiện hoặc cột rồi làm lại."), status=400)
        return cls.of(QueryDict(query), request)

    @classmethod
    def of(cls, given: QueryDict, request: HttpRequest) -> Self:
        """From the part of an address after the question mark."""
        key, page = given.get("tim", "")[:40], given.get("trang", "")
        text, typed = _kept(request.session.get(_SHELF, {}).get(key)) if key else ("", ())
        return cls(
            tab=_one(Tab, given.get("nhom", "")) or Tab.MINE,
            number=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
            narrowing=replace(_narrowing(given), text=text, typed=typed),
            key=key,
            columns=_columns(given.getlist("cot")),
        )

    def query(self, **changes: str) -> str:
        """The query string of this list with some values changed; the page number is left out."""
        values = {**self.values(), **changes}
        pairs = [(name, value) for name, value in values.items() if value]
        if self.columns != USUAL:
            pairs += [("cot", column) for column in self.columns]
        return urlencode(pairs)

    def values(self) -> dict[str, str]:
        """Every name and value of the address besides page and columns; empty ones ask for nothing."""
        wanted = self.narrowing
        return {
            "nhom": self.tab.value if self.tab is not Tab.MINE else "",
            "tim": self.key if wanted.text or wanted.typed else "",
            "thu-tuc": wanted.procedure,
            "linh-vuc": wanted.sector,
            "tinh-trang": wanted.state or "",
            "han": wanted.when or "",
            "kenh": wanted.channel or "",
            "muc-do": _number_words(wanted.level),
            "o-dau": wanted.turn or "",
            "bo-phan": _number_words(wanted.division),
            "nguoi-giu": _number_words(wanted.holder),
            "nop-tu": _day_words(wanted.filed_from),
            "nop-den": _day_words(wanted.filed_to),
            "xong-tu": _day_words(wanted.done_from),
            "xong-den": _day_words(wanted.done_to),
            "dung-hen": wanted.kept or "",
            "dong-tu": _day_words(wanted.left_from),
            "bo-sung": "1" if wanted.supplemented else "",
            **{f"{ANSWER}{name}": value for name, value in wanted.answers},
        }

    @property
    def is_narrowed(self) -> bool:
        return self.narrowing != Narrowing()

    @property
    def is_narrowed_further(self) -> bool:
        """Whether a filter is set that stands in the folded part of the form."""
        wanted = self.narrowing
        usual = Narrowing(wanted.text, wanted.procedure, wanted.state, wanted.when, wanted.channel)
        return wanted != usual or self.columns != USUAL


def _narrowing(given: QueryDict) -> Narrowing:
    answers = [
        (clean_line(name.removeprefix(ANSWER))[:60], _said(clean_line(str(value))[:40]))
        for name, value in sorted(given.items())
        if name.startswith(ANSWER) and not name.endswith(HOLDS) and clean_line(str(value))
    ]
    return Narrowing(
        procedure=clean_line(given.get("thu-tuc", ""))[:40],
        sector=clean_line(given.get("linh-vuc", ""))[:40],
        state=_one(State, given.get("tinh-trang", "")),
        when=_one(When, given.get("han", "")),
        channel=_one(Channel, given.get("kenh", "")),
        level=_number(given.get("muc-do", ""), most=9),
        turn=_one(Turn, given.get("o-dau", "")),
        division=_number(given.get("bo-phan", "")),
        holder=_number(given.get("nguoi-giu", "")),
        filed_from=_day(given.get("nop-tu", "")),
        filed_to=_day(given.get("nop-den", "")),
        done_from=_day(given.get("xong-tu", "")),
        done_to=_day(given.get("xong-den", "")),
        kept=_one(Kept, given.get("dung-hen", "")),
        left_from=_day(given.get("dong-tu", "")),
        supplemented=given.get("bo-sung") == "1",
        answers=tuple(answers[:MOST_ANSWERS]),
    )


def _columns(given: list[str]) -> Chosen:
    """Known columns in the order given, each once, the code always among them."""
    known = [
        name[:80]
        for name in dict.fromkeys(given)
        if name in set(Column) or (name.startswith(ANSWER) and clean_line(name) == name and len(name) > len(ANSWER))
    ][:MOST_COLUMNS]
    if not known:
        return USUAL
    if Column.CODE not in known:  # the form does not ask for it: it is what opens a dossier
        known.insert(1 if known[0] == Column.DUE else 0, Column.CODE.value)
    return USUAL if known == list(USUAL) else tuple(known)


def remember(request: HttpRequest, fields: Collection[str]) -> str:
    """Keep what was typed in the session and answer the address of the filtered list.

    ``fields`` are those of the form of the procedure now chosen: what was asked of another one's is dropped, since its
    boxes are not shown any more.
    """
    given = request.POST
    values = {name: clean_line(given.get(name, ""))[:100] for name in _PLAIN}
    typed = {}
    for name, value in sorted(given.items()):
        key = name.removeprefix(ANSWER)
        text = clean_line(str(value))
        if not text or not name.startswith(ANSWER) or _field_of(key) not in fields:
            continue
        if key.endswith(HOLDS):
            typed[_field_of(key)] = text[:MOST_LETTERS]
        else:
            values[name] = text[:40]
    if values["tim"] or typed:
        kept = {"text": values["tim"], "typed": typed} if typed else values["tim"]
        shelf = dict(request.session.get(_SHELF, {}))
        key = next((one for one, other in shelf.items() if other == kept), secrets.token_urlsafe(6))
        shelf[key] = kept
        request.session[_SHELF] = dict(list(shelf.items())[-KEPT:])
        values["tim"] = key
    pairs = [(name, value) for name, value in values.items() if value]
    columns = _columns(given.getlist("cot"))
    if columns != USUAL:
        pairs += [("cot", column) for column in columns]
    query = urlencode(pairs)
    return reverse("desk:worklist") + (f"?{query}" if query else "")


def _field_of(key: str) -> str:
    """The field a box asks about: its key without the mark of the end of a span, or of words."""
    for mark in (FROM, TO, HOLDS):
        key = key.removesuffix(mark)
    return key


def _kept(found: Any) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What the session keeps under a key: what was searched for, and words of typed answers by field."""
    if isinstance(found, Mapping):
        return str(found.get("text", "")), tuple(sorted((str(k), str(v)) for k, v in found.get("typed", {}).items()))
    return str(found or ""), ()


def _said(text: str) -> str:
    """An answer as forms keep it: days typed as dd/mm/yyyy as ISO."""
    day = _any_day(text) if text.count("/") == 2 else None
    return day.isoformat() if day else text


def _one(kind: type[_E], text: str) -> _E | None:
    return kind(text) if text in set(kind) else None


def _number(text: str, *, most: int = 2**31) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= most else None


def _number_words(number: int | None) -> str:
    return "" if number is None else str(number)


def _day(text: str) -> date | None:
    """A day of the product's time."""
    day = _any_day(text)
    return day if day is not None and 2000 <= day.year <= 2100 else None


def _any_day(text: str) -> date | None:
    """A day as a browser's date field sends it, or typed as dd/mm/yyyy."""
    parts = text.strip().split("/")
    if len(parts) == 3:
        text = f"{parts[2]:0>4}-{parts[1]:0>2}-{parts[0]:0>2}"
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _day_words(day: date | None) -> str:
    return day.isoformat() if day else ""
