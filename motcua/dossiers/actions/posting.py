"""Where dossiers and the post meet: results that go out, papers that come in, envelopes that arrive or are lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from motcua.agencies.models import Agency
from motcua.base.errors import Refusal
from motcua.dossiers.actions import deliver
from motcua.dossiers.actions.arrivals import record_arrival
from motcua.dossiers.facts.papers import head_of
from motcua.dossiers.facts.post import is_inside, receipt
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import offers
from motcua.dossiers.queries.handover import MOST
from motcua.notifications.actions import tell
from motcua.notifications.facts import Recipient
from motcua.papers.actions import issue, refresh, replace_older
from motcua.papers.models import IssuedPaper
from motcua.papers.post_facts import ParcelLine, ParcelList
from motcua.papers.queries import latest
from motcua.parcels import actions as post
from motcua.parcels.models import HandoverList, LostCase, Parcel
from motcua.parcels.queries import case_of, is_giver, list_of, on_the_way_of, parcel_of, served_counters, unit_for
from motcua.rules.acts import CLOSED_STATES, Act, Channel, Paper, State
from motcua.rules.parcels import ParcelState, Reporter, Way
from motcua.rules.people import Actor, Role
from motcua.rules.text import clean_line

_NOT_HERE = "Không có hồ sơ nào mang mã này cần gửi giấy tờ đến các bộ phận một cửa mà bưu cục phục vụ."


def send_result(dossier: Dossier, *, by: Actor, at: datetime) -> Parcel | None:
    """The result is ready and goes by post: an envelope waits at the counter, its 24 hours counted from now (BD-81).

    None where another way was chosen, or no post office works for the counter.
    """
    if dossier.return_channel != Channel.POST or dossier.result_at is None:
        return None
    unit = unit_for(dossier.counter_id, at=at)
    if unit is None:
        return None
    policy = dossier.policy
    return post.make(
        dossier.code or "",
        Way.TO_CITIZEN,
        unit=unit,
        counter=dossier.counter,
        agency=_at_the_counter(dossier),
        name=dossier.applicant_name,
        address=dossier.return_address,
        phone=dossier.applicant_phone,
        is_registered=policy.post_return_registered,
        is_inside=is_inside(dossier),
        within_hours=policy.post_returns_within_hours,
        ready_at=dossier.result_at,
        by=by,
        at=at,
    )


@transaction.atomic
def take_in(dossier: Dossier, *, is_sealed: bool = False, by: Actor, at: datetime) -> Parcel:
    """A dossier was taken in at the post office: its papers wait there to be handed to the counter, and whoever brought
    them has a receipt (BD-83). ``is_sealed``: the clerk took an envelope and knows nothing of what is in it.
    """
    unit = unit_for(dossier.counter_id, at=at)
    if unit is None:
        raise Refusal("Chưa có bưu cục nào phục vụ bộ phận một cửa này.", status=409)
    parcel = post.make(
        dossier.code or "",
        Way.TO_COUNTER,
        unit=unit,
        counter=dossier.counter,
        agency=_at_the_counter(dossier),
        name=dossier.applicant_name,
        address=dossier.applicant_address,
        phone=dossier.applicant_phone,
        is_inside=True,
        ready_at=at,
        by=by,
        at=at,
    )
    given = latest(parcel.ref, Paper.POST_RECEIPT)
    if given is None or given.data["parcel"] != parcel.number:
        said = receipt(dossier, parcel, is_sealed=is_sealed, clerk=by.name, at=at)
        issue(Paper.POST_RECEIPT, subject=parcel.ref, agency_code=dossier.agency.code, data=said, by=by, at=at)
    return parcel


def _at_the_counter(dossier: Dossier) -> Agency:
    """Whose officers hand the envelope over at the counter: the agency's own, or those who took it in for it."""
    return dossier.taken_in_by or dossier.agency


@transaction.atomic
def bring(code: str, *, by: Actor, at: datetime) -> Parcel:
    """Papers for a dossier filed before are handed in at the post office, marked with its code (KT-13).

    Only where the agency awaits paper; everything else answers as if the code were unknown.
    """
    counters = [service.counter_id for service in served_counters(by)]
    dossier = Dossier.objects.filter(code=clean_line(code).upper(), counter_id__in=counters).first()
    owed = dossier is not None and dossier.paper_owed and dossier.paper_arrived_at is None
    asked = dossier is not None and dossier.state == State.AWAITING_SUPPLEMENT
    if dossier is None or not (owed or asked) or State(dossier.state) in CLOSED_STATES:
        raise Refusal(_NOT_HERE, field_errors={"code": [_NOT_HERE]})
    return take_in(dossier, is_sealed=True, by=by, at=at)


@transaction.atomic
def scan(number: str, text: str, *, by: Actor, at: datetime) -> Parcel:
    """Put an envelope on a list (`parcels.actions.add`); a result only when nothing stands against handing it over."""
    found = list_of(number, by)
    if found.way == Way.TO_CITIZEN:
        dossier = Dossier.objects.filter(code=clean_line(text).upper(), counter_id=found.counter_id).first()
        if dossier is not None and dossier.state == State.RESULT_READY:
            send_result(dossier, by=by, at=at)
    parcel = post.add(number, text, by=by, at=at)
    if found.way == Way.TO_CITIZEN:
        answer = offers(_dossier_of(parcel), by, at=at).get(Act.DELIVER)
        unknown = [] if answer else ["Không thuộc phần việc của bạn."]
        if reasons := [*unknown, *(reason.words for reason in getattr(answer, "reasons", ()))]:
            raise Refusal(reasons, field_errors={"code": [f"{parcel.ref}: {words}" for words in reasons]})
    return parcel


@dataclass(frozen=True, slots=True)
class Scanned:
    """What came of one envelope of many: ``words`` say why it is not on the list; none, and it is."""

    ref: str
    number: str
    words: str = ""


def scan_many(number: str, wanted: Mapping[str, bool | None], *, by: Actor, at: datetime) -> list[Scanned]:
    """Put many envelopes on a list, each by the guards of `scan` and in a transaction of its own.

    ``wanted`` says by the envelope's number whether its address lies inside the province, None where that is known or
    was not said. What cannot be put on the list stays as it was, with its reason.
    """
    found = list_of(number, by)
    if not is_giver(found, by):
        raise Refusal("Chỉ bên giao sửa được danh sách.", status=403)
    done = []
    for parcel in on_the_way_of(found).filter(number__in=list(wanted)[:MOST]):
        try:
            with transaction.atomic():
                inside = wanted[parcel.number]
                if inside is not None and parcel.is_inside is None and parcel.way == Way.TO_CITIZEN:
                    post.place(parcel.number, is_inside=inside, by=by, at=at)
                scan(number, parcel.number, by=by, at=at)
        except Refusal as no:
            texts = [*(text for texts in no.field_errors.values() for text in texts)] or no.messages
            done.append(Scanned(parcel.ref, parcel.number, " ".join(dict.fromkeys(map(str, texts)))))
        else:
            done.append(Scanned(parcel.ref, parcel.number))
    return done


@transaction.atomic
def close_list(number: str, *, by: Actor, at: datetime) -> IssuedPaper:
    """The giver closes the list; it is numbered and can be printed for both sides (QĐ 45/2016/QĐ-TTg)."""
    found = post.close(number, by=by, at=at)
    paper = issue(
        Paper.PARCEL_LIST,
        subject=found.number,
        agency_code=found.agency.code,
        data=_facts_of(found),
        by=by,
        at=at,
    )
    replace_older(paper, "Danh sách được mở lại và chốt lại", by=by, at=at)
    return paper


@transaction.atomic
def confirm_list(number: str, *, counted: int, by: Actor, at: datetime) -> HandoverList:
    """The receiver has counted; whoever waits for a result is told that it is on its way."""
    found = post.confirm(number, counted=counted, by=by, at=at)
    for line in found.lines.select_related("parcel__unit", "parcel__counter").order_by("pk"):
        if found.way == Way.TO_COUNTER:
            _papers_came(line.parcel, by=by, at=at)
        elif line.parcel.state == ParcelState.HANDED_OVER:
            _tell("parcel_sent", line.parcel, at=at)
    printed = latest(found.number, Paper.PARCEL_LIST)
    if printed is not None:
        refresh(printed, data=_facts_of(found), by=by, at=at)
    return found


def _papers_came(parcel: Parcel, *, by: Actor, at: datetime) -> None:
    """What an agency awaited on paper has come with the list (KT-13)."""
    dossier = _dossier_of(parcel)
    if dossier.paper_owed and dossier.paper_arrived_at is None and State(dossier.state) not in CLOSED_STATES:
        record_arrival(parcel.ref, note=parcel.number, by=by, at=at)


@transaction.atomic
def arrived(number: str, proof: post.Proof, *, by: Actor, at: datetime) -> Parcel:
    """The clerk delivered a result: proof of receipt, and the dossier is done (HY-36, KT-20)."""
    parcel_of(number, by)
    parcel = post.arrive(number, proof, by=by, at=at)
    _deliver(parcel, by=by, at=at)
    return parcel


@transaction.atomic
def returned(number: str, *, reason: str, by: Actor, at: datetime) -> Parcel:
    """Nobody was there: the result goes back to the counter, and the person is told to collect it or ask again."""
    parcel_of(number, by)
    parcel = post.mark_returned(number, reason=reason, by=by, at=at)
    _tell("parcel_returned", parcel, at=at, note=reason)
    return parcel


@transaction.atomic
def hear(report: post.Report, *, by: Actor, at: datetime) -> Parcel:
    """A carrier's report, its signature already verified. Heard twice, or too late, it changes nothing."""
    parcel, became = post.hear(report, by=by, at=at)
    if became is ParcelState.DELIVERED:
        _deliver(parcel, by=by, at=at)
    elif became is ParcelState.RETURNED:
        _tell("parcel_returned", parcel, at=at, note=report.note)
    elif became is ParcelState.LOST:
        _tell("parcel_lost", parcel, at=at)
    return parcel


@transaction.atomic
def report_lost(number: str, *, account: str, by: Actor, at: datetime) -> LostCase:
    """Clerk or counter open a lost-dossier case (BD-82); the person is told at once."""
    parcel = parcel_of(number, by)
    reporter = Reporter.CLERK if by.holds(Role.POSTAL_CLERK) else Reporter.COUNTER
    return _open(parcel, reporter, account, by, at)


@transaction.atomic
def citizen_reports_lost(dossier: Dossier, number: str, *, account: str, by: Actor, at: datetime) -> LostCase:
    """The applicant says that an envelope of this dossier never came. ``dossier`` is one the applicant may see."""
    parcel = Parcel.objects.filter(number=number, ref=dossier.code or "").first()
    if parcel is None:
        raise Refusal("Không tìm thấy bưu gửi này.", status=404)
    return _open(parcel, Reporter.CITIZEN, account, by, at)


def compensate(number: str, items: Sequence[tuple[str, int]], *, by: Actor, at: datetime) -> LostCase:
    """Record costs and fees the post makes good, in đồng (BD-82)."""
    case_of(number, by)
    return post.compensate(number, items, by=by, at=at)


def help_redo(number: str, *, by: Actor, at: datetime, **given: Any) -> LostCase:
    """Record how the papers are made again: ``new_papers``, ``is_duplicate_asked``, ``contact``."""
    case_of(number, by)
    return post.help_redo(number, by=by, at=at, **given)


@transaction.atomic
def close_case(number: str, *, words: str, by: Actor, at: datetime) -> LostCase:
    """End the case; the citizen reads the words, with what is made good."""
    case_of(number, by)
    case = post.close_case(number, words=words, by=by, at=at)
    total = sum(row.amount for row in case.compensations.all())
    _tell("parcel_case_closed", case.parcel, at=at, note=words, amount=total)
    return case


def _open(parcel: Parcel, reporter: Reporter, account: str, by: Actor, at: datetime) -> LostCase:
    is_known = LostCase.objects.filter(parcel=parcel).exists()
    case = post.open_case(parcel.number, reporter=reporter, account=account, by=by, at=at)
    if not is_known:
        _tell("parcel_lost", case.parcel, at=at)
    return case


def _deliver(parcel: Parcel, *, by: Actor, at: datetime) -> None:
    """The dossier's own end, on the same proof. Papers on their way to the counter end no dossier."""
    if parcel.way != Way.TO_CITIZEN:
        return
    deliver.deliver(
        parcel.ref,
        channel=Channel.POST,
        receiver_name=parcel.received_by,
        parcel_number=parcel.label_number or parcel.number,
        receipt_signed=parcel.receipt_signed,
        note=parcel.relation,
        by=by,
        at=at,
    )


def _dossier_of(parcel: Parcel) -> Dossier:
    return Dossier.objects.select_related("revision", "agency", "counter").get(code=parcel.ref)


def _facts_of(found: HandoverList) -> ParcelList:
    """The list as its paper says it: on closing with the giver's name, on confirming with both."""
    lines = list(found.lines.select_related("parcel").order_by("pk"))
    dossier = _dossier_of(lines[0].parcel)
    outward = found.way == Way.TO_CITIZEN
    sides = (found.counter.name, found.unit.name)
    giver, receiver = sides if outward else (sides[1], sides[0])
    assert found.closed_at is not None
    return ParcelList(
        head=head_of(dossier),
        code=found.number,
        outward=outward,
        giver=giver,
        receiver=receiver,
        given_by=found.closed_by_name,
        given_at=found.closed_at,
        received_by=found.confirmed_by_name,
        received_at=found.confirmed_at,
        counted=found.counted,
        lines=tuple(
            ParcelLine(
                code=line.parcel.ref,
                number=line.parcel.label_number or line.parcel.number,
                name=line.parcel.name,
                address=line.parcel.address,
                registered=line.parcel.is_registered,
            )
            for line in lines
        ),
    )


def _tell(kind: str, parcel: Parcel, *, at: datetime, note: str = "", amount: int = 0) -> None:
    """Tell the applicant about an envelope; of a dossier's content the message says no more than others do."""
    dossier = _dossier_of(parcel)
    tell(
        kind,
        recipient=Recipient(
            account_id=dossier.applicant_id,
            name=dossier.applicant_name,
            email=dossier.applicant_email,
            phone=dossier.applicant_phone,
        ),
        ref=dossier.code or "",
        context={
            "procedure": dossier.revision.title,
            "agency": dossier.agency.name,
            "parcel": parcel.label_number or parcel.number,
            "post_office": parcel.unit.name,
            "counter": dossier.counter.name,
            "counter_phone": dossier.counter.phone,
            "due_at": parcel.due_at,
            "note": note,
            "amount": amount,
            "link": f"{settings.BASE_URL}/ho-so/{dossier.code}/",
        },
        at=at,
    )
