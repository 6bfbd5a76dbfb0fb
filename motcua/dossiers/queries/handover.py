"""What a face may know of the post's hand-overs: many envelopes on one list beforehand, the receipt of one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.bulk import Deed, previews
from motcua.papers.models import IssuedPaper
from motcua.papers.queries import latest
from motcua.parcels.models import HandoverList, Parcel
from motcua.parcels.queries import on_the_way_of, pending_lists, units_of
from motcua.rules.acts import Channel, Paper
from motcua.rules.parcels import STATE_WORDS, ParcelState, Way
from motcua.rules.people import Actor

MOST = 200
"""Envelopes put on a list in one go; a hand-over of more takes two."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """One envelope chosen for a list: ``reasons`` say why it stays behind; none, and it will be on the list."""

    parcel: Parcel
    reasons: tuple[str, ...]
    asks_where: bool
    """Somebody has yet to say whether the address lies inside the province (BD-81)."""


def prospects(found: HandoverList, numbers: Collection[str], actor: Actor, *, at: datetime) -> list[Prospect]:
    """Every chosen envelope of the list, those due first on top. As many queries for one as for all."""
    chosen = list(on_the_way_of(found).filter(number__in=list(numbers)[:MOST]))
    standing = pending_lists(chosen)
    barred = _barred(chosen, actor, at) if found.way == Way.TO_CITIZEN else {}
    rows = []
    for parcel in chosen:
        reasons: list[str] = []
        if parcel.state != ParcelState.READY:
            reasons.append(f"Đang ở tình trạng “{STATE_WORDS[ParcelState(parcel.state)]}”.")
        elif parcel.pk in standing:
            reasons.append(f"Đã nằm trong danh sách {standing[parcel.pk]}.")
        elif words := barred.get(parcel.ref):
            reasons.append(words)
        asks = not reasons and found.way == Way.TO_CITIZEN and parcel.is_inside is None
        rows.append(Prospect(parcel, tuple(reasons), asks))
    return rows


def _barred(chosen: list[Parcel], actor: Actor, at: datetime) -> dict[str, str]:
    """Why a result may not be handed over, by the code of its dossier."""
    codes = [parcel.ref for parcel in chosen]
    known = previews(codes, Deed.DELIVER, {"channel": Channel.POST.value}, actor, at=at)
    strange = dict.fromkeys(codes, "Không thuộc phần việc của bạn.")
    return strange | {one.code: "" if one.allowed else one.words for one in known}


def receipt_of(parcel: Parcel, actor: Actor) -> IssuedPaper | None:
    """What whoever brought the papers is given; None once they have left the post office.

    A receipt that names the papers is for the clerk who took them in alone: for everybody else at the post office an
    envelope is a code, a name and an address (NĐ 61/2018 điều 18).
    """
    if parcel.way != Way.TO_COUNTER or parcel.state != ParcelState.READY or parcel.unit_id not in units_of(actor):
        return None
    paper = latest(parcel.ref, Paper.POST_RECEIPT)
    if paper is None or paper.data["parcel"] != parcel.number:
        return None
    if not paper.data["procedure"]:
        return paper
    taken_by = Dossier.objects.filter(code=parcel.ref).order_by("pk").values_list("created_by_id", flat=True).first()
    return paper if actor.account_id is not None and taken_by == actor.account_id else None
