"""Who takes a dossier in: asked when it is begun, and again when it is filed, for a draft may outlive both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from motcua.base.errors import Refusal
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.heirs import has_ended, heirs_of
from motcua.procedures.models import Offering, ProcedureRevision
from motcua.procedures.queries.ministry import taken_elsewhere
from motcua.rules.acts import Channel
from motcua.rules.people import Actor

HEIR = "heir"
"""Where it is told that one of several successors must be chosen."""


def must_take_online(revision: ProcedureRevision, at: datetime) -> None:
    """Raise `Refusal` (409) for a procedure that is not filed on the network here: a ministry's system takes it (BD-12,
    CB-20), or it cannot be filed so at all.
    """
    if elsewhere := taken_elsewhere(revision, on=at.date()):
        words = f"Thủ tục này nộp {elsewhere}, không nộp ở đây. Mở trang của thủ tục để được chuyển sang đó."
        raise Refusal(words, status=409)
    if not revision.accepts_online:
        raise Refusal("Thủ tục này chưa nhận hồ sơ trực tuyến. Hãy nộp tại bộ phận một cửa.", status=409)


def settle_place(dossier: Dossier, *, heir: int | None, by: Actor, at: datetime) -> None:
    """Where a draft goes on the day it is filed: the agency's successor, and online the counter that takes it in now.

    ``heir`` is the agency chosen among several successors (422 without, or with another).
    Refused (409) when nobody could accept it: the agency has ended without successor, no longer takes the procedure in
    or not in this way, or a ministry's system takes it since.
    """
    _follow_successor(dossier, heir, by, at)
    is_online = dossier.channel == Channel.ONLINE.value
    if is_online:
        must_take_online(dossier.revision, at)
    if dossier.parent_id is not None:
        return
    running = Offering.objects.filter(procedure_id=dossier.revision.procedure_id, agency_id=dossier.agency_id)
    running = running.exclude(until__lte=at.date()).select_related("counter")
    place = running.order_by("since", "pk").first()
    if place is None:
        raise Refusal(f"{dossier.agency.name} không còn nhận thủ tục này.", status=409)
    if not place.takes(dossier.channel):
        words = f"{dossier.agency.name} không còn nhận thủ tục này theo cách này. Hãy nộp tại {place.counter.name}."
        raise Refusal(words, status=409)
    if is_online and dossier.counter_id != place.counter_id:
        dossier.counter = place.counter
        dossier.save(update_fields=["counter"])


def _follow_successor(dossier: Dossier, heir: int | None, by: Actor, at: datetime) -> None:
    """A draft may outlive its agency, or what the agency did: it is filed with the successor that does it now.

    Of several the applicant says which (``heir``, its key): who is competent may hang on a place or a fact only the
    applicant knows. An officer who files for somebody else files with the agency he works for. Refused (409) when there
    is none: filed with a body that has ended, nobody could ever accept it.
    """
    gone, heirs = dossier.agency, heirs_of(dossier, at=at) if dossier.parent_id is None else []
    if not heirs:
        if not has_ended(dossier, at=at):
            return
        words = f"{gone.name} đã kết thúc hoạt động và chưa có cơ quan kế thừa nhận thủ tục này."
        raise Refusal(words, status=409)
    place = heirs[0] if len(heirs) == 1 else _chosen(heirs, heir, dossier, by)
    dossier.agency, dossier.counter = place.agency, place.counter
    dossier.service_level = place.level_of(dossier.revision)
    dossier.save(update_fields=["agency", "counter", "service_level"])


def _chosen(heirs: Sequence[Offering], heir: int | None, dossier: Dossier, by: Actor) -> Offering:
    own = {post.agency_id for post in by.posts} if by.account_id != dossier.applicant_id else set()
    fitting = [place for place in heirs if place.agency_id == heir or (heir is None and place.agency_id in own)]
    if fitting:
        return fitting[0]
    names = "; ".join(place.agency.name for place in heirs)
    words = f"{dossier.agency.name} không còn nhận thủ tục này. Hãy chọn cơ quan kế thừa sẽ giải quyết hồ sơ: {names}."
    raise Refusal(words, field_errors={HEIR: ["Hãy chọn cơ quan sẽ giải quyết hồ sơ của bạn."]})
