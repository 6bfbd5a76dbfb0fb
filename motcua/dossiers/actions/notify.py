"""A message from the counter to an applicant, outside any act: reminded, told of a change of hours, asked to call."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.bulk import may_tell
from motcua.dossiers.queries.visible import visible_to
from motcua.notifications.actions import tell
from motcua.notifications.facts import Recipient
from motcua.rules.people import Actor
from motcua.rules.text import clean_text


def notify(code: str, *, text: str, by: Actor, at: datetime) -> Dossier:
    """Send the officer's words on every road the applicant can be reached by. Only the dossier's own counter may."""
    said = clean_text(text)[:1000]
    if not said:
        raise Refusal("Chưa có lời nhắn.", field_errors={"text": ["Hãy ghi lời nhắn."]})
    with transaction.atomic():
        found = visible_to(by).filter(code=code).select_related("revision", "agency", "counter").first()
        if found is None:
            raise Refusal("Không tìm thấy hồ sơ này.", status=404)
        if not may_tell(found, by):
            raise Refusal("Chỉ bộ phận một cửa của hồ sơ này nhắn cho người nộp.", status=403)
        record(subject=found.subject, verb="notify", by=by, at=at, body={"code": found.code, "text": said})
        tell(
            "counter_note",
            recipient=Recipient(
                account_id=found.applicant_id,
                name=found.applicant_name,
                email=found.applicant_email,
                phone=found.applicant_phone,
            ),
            ref=found.code or "",
            context={
                "code": found.code,
                "procedure": found.revision.title,
                "agency": found.agency.name,
                "counter": found.counter.name,
                "counter_phone": found.counter.phone,
                "note": said,
                "link": f"{settings.BASE_URL}/ho-so/{found.code}/",
            },
            at=at,
        )
    return found
