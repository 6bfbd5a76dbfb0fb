"""What happens to a dossier beside its route: an apology, an opinion, a part elsewhere, a stop, papers by post."""

from __future__ import annotations

from datetime import datetime

from motcua.console.demo.walk import Walk
from motcua.dossiers.actions import apologise, children, consult, intake, posting, stop
from motcua.dossiers.models import Dossier
from motcua.parcels.queries import unit_for
from motcua.rules.acts import StepKind
from motcua.rules.people import Actor, Role

LATE_REASONS = (
    "Phải đi kiểm tra thực địa lần thứ hai vì lần đầu chủ hộ vắng nhà.",
    "Còn chờ kết quả xác minh của nơi cư trú trước đây.",
    "Khối lượng hồ sơ trong tháng tăng đột biến, bộ phận chuyên môn thiếu người.",
)
STOP_REASON = "Tòa án đã thụ lý tranh chấp liên quan đến nội dung đề nghị; chờ bản án có hiệu lực rồi nộp lại."
QUESTION = "Đề nghị cho ý kiến về nội dung thuộc lĩnh vực do bộ phận phụ trách trong hồ sơ này."


def draft_apology(walk: Walk, at: datetime) -> None:
    """Whoever examines it sees that the date cannot be kept; past that step the counter writes the apology."""
    writer = walk.officer() if walk.step.kind == StepKind.EXAMINE else walk.counter
    apologise.draft_apology(walk.code, reason=walk.draw.choice(LATE_REASONS), by=writer, at=at)


def sign_apology(walk: Walk, at: datetime) -> None:
    apologise.sign_apology(walk.code, by=leader(walk), at=at)


def stop_it(walk: Walk, at: datetime) -> None:
    stop.stop(walk.code, reasons=[STOP_REASON], by=leader(walk), at=at)


def ask_opinion(walk: Walk, at: datetime) -> None:
    """Another division of the same agency is asked, the same one for every load."""
    units = sorted(
        (agency, division)
        for agency, role, division in walk.people.actors
        if agency == walk.agency.pk and role == Role.CASE_OFFICER and division is not None
    )
    here = Dossier.objects.values_list("step_division_id", flat=True).get(code=walk.code)
    others = [unit for unit in units if unit[1] != here]
    consult.ask(walk.code, units=others[:1], question=QUESTION, by=walk.officer(), at=at)


def open_part(walk: Walk, at: datetime) -> None:
    """The station that names a part opens it: from then on another agency has a dossier of its own to settle."""
    walk.parts.append(str(children.open_child(walk.code, by=walk.officer(), at=at).code))


def accept_part(walk: Walk, at: datetime) -> None:
    """The other agency's counter takes the part in."""
    part = Dossier.objects.get(parent__code=walk.code)
    walk.parts.append(str(part.code))
    intake.accept(str(part.code), by=walk.people.officer(part.agency_id, Role.COUNTER_OFFICER), at=at)


def bring_by_post(walk: Walk, at: datetime) -> None:
    """The applicant hands the asked papers in at the post office; the envelope waits there for the counter."""
    unit = unit_for(walk.offering.counter_id, at=at)
    if unit is None:
        raise LookupError(f"no post office works for the counter of {walk.agency.name}")
    posting.bring(walk.code, by=walk.people.officer(unit.pk, Role.POSTAL_CLERK), at=at)


def leader(walk: Walk) -> Actor:
    """Who leads the agency, whichever division of it the post names."""
    held = walk.people.actors.items()
    return next(actor for (agency, role, _), actor in held if (agency, role) == (walk.agency.pk, Role.LEADER))
