"""The catalogue in force, held by each process: small rows, read often, changed rarely.

What is kept is renewed when the catalogue's version (a row that triggers raise with every change) or the day changes;
the version is asked at most every `CACHE_SECONDS`.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F, Func, IntegerField, TextField, Value
from django.db.models.functions import Coalesce, Collate, NullIf

from motcua.procedures.models import LifeEvent, Offering, ProcedureRevision
from motcua.procedures.queries.ministry import services_in_force
from motcua.procedures.queries.search_index import SearchIndex, SearchText
from motcua.procedures.queries.words import fees_in_words, time_in_words

CACHE_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One procedure in force, as lists show it. ``agencies`` are ids of the agencies that take it in."""

    revision_id: int
    procedure_id: int
    code: str
    title: str
    name: str
    summary: str
    sector_code: str
    sector_name: str
    tiers: tuple[str, ...]
    level: int
    mode: str
    for_person: bool
    for_organisation: bool
    time_words: str
    fee_words: str
    accepts_online: bool
    external_url: str
    synonyms: str
    agencies: frozenset[int]
    life_events: frozenset[str]
    ministry: str = ""
    """The ministry in whose own system it is filed, and at which level there (BD-12)."""
    ministry_level: int = 0

    @property
    def is_elsewhere(self) -> bool:
        """Whether dossiers are not ours to take."""
        return bool(self.external_url or self.ministry)


@dataclass(frozen=True, slots=True)
class Event:
    """An entry by what happens in a life, with how many procedures stand under it."""

    key: str
    title: str
    summary: str
    count: int


@dataclass(slots=True)
class Catalogue:
    """Everything lists and search need: what can be filed online first, then in dictionary order.

    Services run elsewhere, in a ministry's system or on its portal (CB-20, BD-12), are kept apart.
    """

    entries: tuple[Entry, ...]
    elsewhere: tuple[Entry, ...]
    agencies: dict[int, tuple[str, str]]
    """Id → code and name of agencies that take something in."""
    events: tuple[Event, ...]
    index: SearchIndex
    elsewhere_index: SearchIndex
    masks: dict[tuple[str, str], int] = field(default_factory=dict)
    """Facet and value → the entries that have it, as bits by position."""
    by_code: dict[str, Entry] = field(default_factory=dict)


Version = tuple[int, int]
_lock = threading.Lock()
_kept: tuple[Version, date, Catalogue] | None = None
_asked: tuple[datetime, Version] | None = None


def version(at: datetime) -> Version:
    """Changes with every change of the catalogue: its number, and who wrote it last. Asked at most every 5 seconds."""
    global _asked
    asked = _asked
    seconds = 0 if settings.TESTING else CACHE_SECONDS
    if asked is not None and abs((at - asked[0]).total_seconds()) < seconds:
        return asked[1]
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, xmin::text::bigint FROM procedures_catalogueversion WHERE id = 1")
        row = cursor.fetchone() or (0, 0)
    _asked = (at, (int(row[0]), int(row[1])))
    return _asked[1]


def catalogue(at: datetime) -> Catalogue:
    """The catalogue in force on the day of `at`."""
    global _kept
    current, day = version(at), at.date()
    kept = _kept
    if kept is not None and kept[:2] == (current, day):
        return kept[2]
    with _lock:
        kept = _kept
        if kept is None or kept[:2] != (current, day):
            kept = _kept = (current, day, _read(day))
        return kept[2]


_COLUMNS = (
    "pk", "procedure_id", "procedure__code", "short_name", "name", "summary", "sector__code", "sector__name", "tiers",
    "service_level", "service_mode", "audience_person", "audience_organisation", "time_amount", "time_unit",
    "same_day_cutoff", "time_words", "fee_words", "fees", "is_imported", "eform_id", "has_route", "open_defects",
    "external_url", "synonyms",
)  # fmt: skip


def _read(day: date) -> Catalogue:
    offered, agencies = _offerings(day)
    events, joined = _life_events()
    ministries = services_in_force(day)
    spoken = Coalesce(NullIf("short_name", Value("")), "name", output_field=TextField())
    rows = (
        ProcedureRevision.objects.in_force(day)
        .annotate(
            order=Collate(Func(spoken, function="vi_sort", output_field=TextField()), "C"),
            has_route=Func(F("route"), function="jsonb_array_length", output_field=IntegerField()),
        )
        .order_by("order", "pk")
        .values(*_COLUMNS)
    )
    found = [_entry(row, day, offered, joined, ministries.get(row["procedure_id"], ("", 0))) for row in rows]
    ours = (entry for entry in found if not entry.is_elsewhere)
    entries = tuple(sorted(ours, key=lambda entry: not entry.accepts_online))
    elsewhere = tuple(entry for entry in found if entry.is_elsewhere)
    counted = {key: sum(key in entry.life_events for entry in entries) for key, _, _ in events}
    return Catalogue(
        entries=entries,
        elsewhere=elsewhere,
        agencies=agencies,
        events=tuple(Event(key, title, summary, counted[key]) for key, title, summary in events if counted[key]),
        index=SearchIndex(_texts(entry) for entry in entries),
        elsewhere_index=SearchIndex(_texts(entry) for entry in elsewhere),
        masks=_masks(entries),
        by_code={entry.code: entry for entry in found},
    )


def _entry(
    row: dict[str, Any],
    day: date,
    offered: dict[int, set[int]],
    joined: dict[int, set[str]],
    ministry: tuple[str, int],
) -> Entry:
    level, defects = row["service_level"], row["open_defects"]
    return Entry(
        revision_id=row["pk"],
        procedure_id=row["procedure_id"],
        code=row["procedure__code"],
        title=row["short_name"] or row["name"],
        name=row["name"],
        summary=row["summary"],
        sector_code=row["sector__code"],
        sector_name=row["sector__name"],
        tiers=tuple(row["tiers"]),
        level=level,
        mode=row["service_mode"],
        for_person=row["audience_person"],
        for_organisation=row["audience_organisation"],
        time_words=time_in_words(row["time_amount"], row["time_unit"], row["same_day_cutoff"])
        or (row["time_words"] if len(row["time_words"]) <= 60 else ""),
        fee_words=row["fee_words"] or ("" if row["is_imported"] else fees_in_words(row["fees"], on=day)),
        accepts_online=(
            level >= 3
            and defects == 0
            and row["eform_id"] is not None
            and row["has_route"] > 0
            and not (row["external_url"] or ministry[0])
        ),
        external_url=row["external_url"],
        synonyms=row["synonyms"],
        agencies=frozenset(offered.get(row["procedure_id"], ())),
        life_events=frozenset(joined.get(row["procedure_id"], ())),
        ministry=ministry[0],
        ministry_level=ministry[1],
    )


def _offerings(day: date) -> tuple[dict[int, set[int]], dict[int, tuple[str, str]]]:
    """Procedure → agencies that take it in on this day, and those agencies."""
    offered: dict[int, set[int]] = {}
    agencies: dict[int, tuple[str, str]] = {}
    rows = (
        Offering.objects.filter(since__lte=day)
        .exclude(until__lte=day)
        .order_by("agency__code", "pk")
        .values_list("procedure_id", "agency_id", "agency__code", "agency__name")
    )
    for procedure_id, agency_id, code, name in rows:
        offered.setdefault(procedure_id, set()).add(agency_id)
        agencies[agency_id] = (code, name)
    return offered, agencies


def _life_events() -> tuple[list[tuple[str, str, str]], dict[int, set[str]]]:
    """The entries by life event in order, and procedure → keys."""
    events: dict[str, tuple[str, str, str]] = {}
    joined: dict[int, set[str]] = {}
    rows = LifeEvent.objects.order_by("position", "pk").values_list("key", "title", "summary", "procedures")
    for key, title, summary, procedure_id in rows:
        events[key] = (key, title, summary)
        if procedure_id is not None:
            joined.setdefault(procedure_id, set()).add(key)
    return list(events.values()), joined


def _texts(entry: Entry) -> SearchText:
    """What is searched: the title, the official name with what people call it, and the surroundings.

    Of equally good answers what can be filed online comes first.
    """
    names, around = f"{entry.name} · {entry.synonyms}", f"{entry.sector_name} {entry.summary}"
    return SearchText(entry.title, names, around, favour=1.0 if entry.accepts_online else 0.0)


def _masks(entries: tuple[Entry, ...]) -> dict[tuple[str, str], int]:
    masks: dict[tuple[str, str], int] = {}
    for position, entry in enumerate(entries):
        bit = 1 << position
        for facet, value in facets_of(entry):
            masks[facet, value] = masks.get((facet, value), 0) | bit
    return masks


def facets_of(entry: Entry) -> list[tuple[str, str]]:
    """Every (facet, value) under which lists find an entry."""
    found = [("sector", entry.sector_code), ("level", str(entry.level)), ("mode", entry.mode)]
    found += [("tier", tier) for tier in entry.tiers]
    found += [("agency", str(agency_id)) for agency_id in entry.agencies]
    found += [("event", key) for key in entry.life_events]
    found += [("audience", "person")] if entry.for_person else []
    found += [("audience", "organisation")] if entry.for_organisation else []
    found += [("online", "1")] if entry.accepts_online else []
    return found
