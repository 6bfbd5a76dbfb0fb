"""Agencies answer for what is published of their procedures: they look it through, and are reminded (BN-1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from motcua.agencies.models import Agency
from motcua.agencies.queries import holders
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.notifications.actions import tell
from motcua.notifications.facts import Recipient
from motcua.procedures.models import InformationCheck, InformationReminder
from motcua.procedures.queries.completeness import ANSWERING, Completeness, completeness_of
from motcua.rules.completeness import PART_WORDS, Gap
from motcua.rules.people import Actor, Role

BETWEEN_REMINDERS = timedelta(hours=24)
MOST_LISTED = 20
"""Procedures a reminder names; the page shows all."""


@transaction.atomic
def check_information(code: str, *, agency_id: int, by: Actor, at: datetime) -> InformationCheck:
    """The agency says that everything published of procedure ``code`` is there and right.

    It holds for the revision in force; the next one asks anew. Again changes nothing. Raises `Refusal` 403 for who does
    not answer for the agency, 404 when it does not take the procedure in, 422 with everything that is missing.
    """
    if not answers_for(by, agency_id) or by.account_id is None:
        raise Refusal("Chỉ lãnh đạo cơ quan, trưởng phòng chuyên môn xác nhận thông tin thủ tục.", status=403)
    report = next(iter(completeness_of([agency_id], on=at.date())), None)
    line = next((one for one in report.lines if one.code == code), None) if report else None
    if line is None:
        raise Refusal("Cơ quan không tiếp nhận thủ tục này.", status=404)
    if line.gaps:
        raise Refusal(["Chưa xác nhận được: thông tin còn thiếu.", *in_words(line.gaps)])
    row, is_new = InformationCheck.objects.get_or_create(
        revision_id=line.revision_id,
        agency_id=agency_id,
        defaults={"checked_by_id": by.account_id, "checked_by_name": by.name[:250], "checked_at": at},
    )
    if is_new:
        body = {"agency": report.code if report else "", "revision": line.revision_id}
        record(subject=("procedure", code), verb="check_information", by=by, at=at, body=body)
    return row


@transaction.atomic
def remind(agency_id: int, *, by: Actor, at: datetime) -> InformationReminder:
    """Tell those who answer for an agency what is missing of its procedures.

    Raises `Refusal` 403 for who does not run the portal, 404 for an agency that takes nothing in, 409 when nothing is
    missing or it was reminded less than a day ago.
    """
    if not by.holds(Role.OPERATOR):
        raise Refusal("Chỉ người vận hành cổng nhắc các cơ quan.", status=403)
    agency = Agency.objects.select_for_update(of=("self",)).filter(pk=agency_id).first()
    report = next(iter(completeness_of([agency_id], on=at.date())), None)
    if agency is None or report is None:
        raise Refusal("Không tìm thấy cơ quan này.", status=404)
    if not report.lacking:
        raise Refusal("Thông tin thủ tục của cơ quan này đã đầy đủ.", status=409)
    if report.reminded_at is not None and at - report.reminded_at < BETWEEN_REMINDERS:
        raise Refusal("Cơ quan này đã được nhắc trong 24 giờ qua.", status=409)
    people = _people(agency_id, at)
    for account_id, name in people.items():
        tell(
            "procedures_incomplete",
            recipient=Recipient(account_id=account_id, name=name),
            context={
                "agency": agency.name,
                "count": report.lacking,
                "items": _items(report),
                "link": f"{settings.BASE_URL}/mot-cua/cong-bo/{agency_id}/",
            },
            at=at,
        )
    row = InformationReminder.objects.create(
        agency=agency, procedures=report.lacking, told=len(people), sent_by_name=by.name[:250], sent_at=at
    )
    body = {"agency": agency.code, "procedures": report.lacking, "told": len(people)}
    record(subject=("agency", agency.code), verb="remind_information", by=by, at=at, body=body)
    return row


def answers_for(by: Actor, agency_id: int) -> bool:
    """Whether somebody holds a post that answers for what this agency publishes."""
    return any(post.role in ANSWERING and post.agency_id == agency_id for post in by.posts)


def in_words(gaps: Iterable[Gap]) -> list[str]:
    """Each gap as a sentence that begins with its part."""
    return [f"{PART_WORDS[gap.part]}: {gap.words[:1].lower()}{gap.words[1:]}" for gap in gaps]


def _items(report: Completeness) -> list[str]:
    lines = [line for line in report.lines if line.gaps]
    said = [
        f"{line.code} {line.title}: {', '.join(dict.fromkeys(PART_WORDS[gap.part].lower() for gap in line.gaps))}"
        for line in lines[:MOST_LISTED]
    ]
    rest = len(lines) - len(said)
    return [*said, f"và {rest} thủ tục khác"] if rest > 0 else said


def _people(agency_id: int, at: datetime) -> dict[int, str]:
    wanted = {role.value for role in ANSWERING}
    return {post.account_id: post.account.name for post in holders([agency_id], at=at) if post.role in wanted}
