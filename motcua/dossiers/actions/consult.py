"""Asking other divisions and agencies for their opinion, all at once, and answering (BN-16, BD-36, HY-32).

The lead stays responsible for the whole: its promised date never moves because of an opinion (BN-17, BD-42), and
whoever lets the time pass is taken to agree (NĐ 61/2018 điều 18).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from motcua.agencies.models import Agency, Division
from motcua.base.errors import Refusal
from motcua.dossiers.actions import opinions
from motcua.dossiers.actions.examine import take
from motcua.dossiers.actions.gate import lock, passing
from motcua.dossiers.actions.officers import write_to
from motcua.dossiers.actions.seats import Seat
from motcua.dossiers.models import Consultation, Dossier, StepRun
from motcua.dossiers.queries.coordination import Manned, answerable, was_asked
from motcua.rules.acts import Act
from motcua.rules.people import Actor, Post
from motcua.rules.text import clean_text

MOST_ASKED = 20


def ask(
    code: str,
    *,
    units: Iterable[tuple[int, int | None]],
    question: str,
    hours: int | None = None,
    by: Actor,
    at: datetime,
) -> Dossier:
    """Ask units ``(agency, division or None)`` side by side, each with ``hours`` working hours (all that is left of the
    step when not said). Raises `Refusal` 422 naming every fault.
    """
    with passing(Act.CONSULT, code, by=by, at=at) as passage:
        run = passage.run
        assert run is not None
        take(passage)
        left = opinions.minutes_left(run, at)
        seats, problems = _seats(passage.dossier, run, units, at)
        if not clean_text(question):
            problems["question"] = ["Hãy ghi rõ cần ý kiến về việc gì."]
        if hours is not None and not 0 < hours * 60 <= left:
            problems["hours"] = [
                f"Bước này chỉ còn {left // 60} giờ {left % 60} phút làm việc để chia cho nơi được hỏi."
            ]
        if problems:
            raise Refusal("Chưa gửi được yêu cầu ý kiến.", field_errors=problems)
        rows = opinions.ask(
            passage.dossier,
            run,
            seats,
            question=clean_text(question),
            minutes=left if hours is None else hours * 60,
            by=passage.by,
            at=at,
        )
        passage.note = "; ".join(row.unit_name for row in rows)
        passage.details = {"asked": [[row.agency_id, row.division_id] for row in rows]}
    return passage.dossier


def opine(
    code: str, *, agrees: bool, opinion: str = "", consultation: int | None = None, by: Actor, at: datetime
) -> Dossier:
    """Answer for one's unit; ``consultation`` chooses among several. Whoever disagrees says why.

    Of two colleagues who answer at once the first is heard, the second told so (409).
    """
    words = clean_text(opinion)
    if not agrees and not words:
        raise Refusal(
            "Chưa ghi ý kiến.", field_errors={"opinion": ["Không đồng ý thì phải nêu rõ vì sao, cần sửa gì."]}
        )
    with transaction.atomic():
        dossier = lock(code)
        mine = _mine(dossier, by, consultation)
        with passing(Act.OPINE, code, by=by, at=at, locked=dossier) as passage:
            assert mine is not None  # the gate has just said that something was asked of this actor
            row, post = mine
            passage.by = by.through(post)
            passage.unit_name = row.unit_name
            passage.details = {"consultation": row.pk, "agrees": agrees, "late": at > row.due_at}
            opinions.close(dossier, row, agrees=agrees, opinion=words, by_name=passage.by.name, at=at)
            asker = {row.asked_by_id: row.asked_by_name} if row.asked_by_id else {}
            verdict = "Đồng ý" if agrees else "Không đồng ý"
            write_to("opinion_given", asker, dossier, at=at, unit=row.unit_name, verdict=verdict, note=words)
    return dossier


def _mine(dossier: Dossier, by: Actor, wanted: int | None) -> tuple[Consultation, Post] | None:
    """The open question this actor answers, and the post by which; None for whoever was never asked.

    Raises `Refusal` 409 when a colleague has answered already.
    """
    for row, post in answerable(dossier, by):
        if wanted in (None, row.pk):
            return row, post
    if was_asked(dossier, by):
        raise Refusal("Câu hỏi này đã có người trả lời hoặc không còn cần trả lời.", status=409)
    return None


def _seats(
    dossier: Dossier, run: StepRun, units: Iterable[tuple[int, int | None]], at: datetime
) -> tuple[list[Seat], dict[str, list[str]]]:
    """The units as rows, and what is wrong with them."""
    wanted = list(dict.fromkeys(units))
    agencies = {one.pk: one for one in Agency.objects.valid_at(at).filter(pk__in=[agency for agency, _ in wanted])}
    divisions = Division.objects.in_bulk([division for _, division in wanted if division is not None])
    running = {(row.agency_id, row.division_id) for row in dossier.consultations.all() if row.answered_at is None}
    manned = Manned(at)
    seats: list[Seat] = []
    faults: list[str] = []
    for agency_id, division_id in wanted:
        agency, division = agencies.get(agency_id), divisions.get(division_id or 0)
        if agency is None or (division_id is not None and (division is None or division.agency_id != agency_id)):
            faults.append("Có nơi được chọn không tồn tại hoặc đã ngừng hoạt động.")
            continue
        seat = Seat(agency, division)
        if agency_id == run.agency_id and division_id in (None, run.division_id):
            faults.append(f"{seat.name} đang tự xử lý bước này, không cần xin ý kiến.")
        elif not manned.answers(agency_id, division_id):
            faults.append(f"{seat.name} chưa có cán bộ nào trên hệ thống để trả lời.")
        elif (agency_id, division_id) in running:
            faults.append(f"{seat.name} đã được hỏi và chưa trả lời.")
        seats.append(seat)
    if not wanted:
        faults.append("Hãy chọn ít nhất một nơi để xin ý kiến.")
    if len(wanted) > MOST_ASKED:
        faults.append(f"Mỗi lần hỏi nhiều nhất {MOST_ASKED} nơi.")
    return seats, {"units": faults} if faults else {}
