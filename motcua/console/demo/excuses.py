"""Apologies before a promise breaks (NĐ 61/2018, điều 19), for every dossier of the demo that its story makes late.

A story knows how long its steps take, not the date that was promised. So the dates are read once a dossier is
accepted, and whatever is unfinished when its date comes near is excused in the order of time, between the beats.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime

from motcua.console.demo import detours
from motcua.console.demo.walk import Walk
from motcua.dossiers.models import Apology, Dossier
from motcua.policy.queries import calendar
from motcua.rules.acts import State
from motcua.rules.lateness import DRAFT_BEFORE_MINUTES, before
from motcua.rules.worktime import working_minutes

_UNDER_WAY = (State.EXAMINING.value, State.AWAITING_APPROVAL.value, State.AWAITING_SEAL.value)


class Excuses:
    """What is to be excused, and when."""

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, bool, Walk]] = []
        self._known: set[int] = set()

    def watch(self, walk: Walk) -> None:
        """Remember the date promised for a dossier, from its acceptance on; asking again changes nothing."""
        if walk.index == 0 or not walk.code or id(walk) in self._known:
            return
        found = Dossier.objects.only("accepted_at", "promised_at").get(code=walk.code)
        if found.accepted_at is None or found.promised_at is None:
            return
        self._known.add(id(walk))
        hours = calendar(found.accepted_at, agency_id=walk.agency.pk)
        ahead = min(DRAFT_BEFORE_MINUTES, working_minutes(hours, found.accepted_at, found.promised_at) // 4)
        for minutes, is_signing in ((ahead, False), (ahead // 8, True)):
            moment = before(hours, found.promised_at, minutes)
            heapq.heappush(self._waiting, (moment, 2 * len(self._known) + is_signing, is_signing, walk))

    def due(self, until: datetime) -> Iterator[tuple[datetime, Walk, Callable[[datetime], None]]]:
        """What is to be done up to this moment, in the order of time."""
        while self._waiting and self._waiting[0][0] <= until:
            moment, _, is_signing, walk = heapq.heappop(self._waiting)
            apology = Apology.objects.filter(dossier__code=walk.code).first()
            if not Dossier.objects.filter(code=walk.code, state__in=_UNDER_WAY, paused_at=None).exists():
                continue
            if is_signing and apology is not None and apology.signed_at is None:
                yield moment, walk, lambda at, walk=walk: detours.sign_apology(walk, at)  # type: ignore[misc]
            elif not is_signing and apology is None:
                yield moment, walk, lambda at, walk=walk: detours.draft_apology(walk, at)  # type: ignore[misc]
