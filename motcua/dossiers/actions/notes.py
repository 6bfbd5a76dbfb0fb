"""Remarks among officers on a dossier. No timeline, paper or message of the applicant ever holds one."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction

from motcua.accounts.models import Account
from motcua.agencies.queries import actor_of, officers_of
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.dossiers.actions.officers import write_to
from motcua.dossiers.models import Dossier, InternalNote
from motcua.dossiers.queries.visible import visible_to
from motcua.rules.people import Actor
from motcua.rules.text import clean_text

LONGEST = 4000
MOST_MENTIONED = 10
_MENTION = re.compile(r"(?<![\w.@])@([\w][\w.+-]*(?:@[\w.-]+)?)")


@transaction.atomic
def write(code: str, *, text: str, by: Actor, at: datetime) -> InternalNote:
    """Keep a note; each ``@login`` in it tells that colleague through the inbox.

    Whoever sees the dossier as an officer may write. Raises `Refusal` 404 for anybody else, 422 for an empty or too
    long note and for each mention of somebody who is no officer of one's agency or may not see the dossier.
    """
    dossier = visible_to(by).select_related("revision").filter(code=code).order_by("pk").first()
    if dossier is None or by.account_id is None or not by.is_officer or dossier.applicant_id == by.account_id:
        raise Refusal("Không tìm thấy hồ sơ này.", status=404)
    words = clean_text(text)
    if not words:
        raise Refusal("Chưa có nội dung.", field_errors={"text": ["Hãy ghi nội dung ghi chú."]})
    if len(words) > LONGEST:
        raise Refusal("Ghi chú quá dài.", field_errors={"text": [f"Ghi chú dài nhất {LONGEST} chữ cái."]})
    mentioned = _mentioned(dossier, words, by, at)
    note = InternalNote.objects.create(dossier=dossier, by_id=by.account_id, by_name=by.name, at=at, text=words)
    note.mentions.set(mentioned)
    body = {"code": code, "note": note.pk, "mentions": [account.pk for account in mentioned]}
    record(subject=dossier.subject, verb="note", by=by, at=at, body=body)
    people = {account.pk: account.name for account in mentioned}
    write_to("mentioned", people, dossier, at=at, besides=by.account_id, by=by.name, text=words)
    return note


def _mentioned(dossier: Dossier, words: str, by: Actor, at: datetime) -> list[Account]:
    """The colleagues named, each an officer of an agency of the writer who may see the dossier."""
    logins = list(dict.fromkeys(match.rstrip(".").casefold() for match in _MENTION.findall(words)))
    if len(logins) > MOST_MENTIONED:
        raise Refusal(
            "Nhắc quá nhiều người.", field_errors={"text": [f"Mỗi ghi chú nhắc nhiều nhất {MOST_MENTIONED} người."]}
        )
    agencies = {post.agency_id for post in by.posts} if logins else set()
    known = {officer.login.casefold(): officer for agency in agencies for officer in officers_of(agency, at=at)}
    found, problems = [], []
    for login in logins:
        officer = known.get(login)
        if officer is None or not visible_to(actor_of(officer, at=at)).filter(pk=dossier.pk).exists():
            problems.append(f"Không có cán bộ nào của cơ quan được xem hồ sơ này mang tên đăng nhập @{login}.")
        else:
            found.append(officer)
    if problems:
        raise Refusal(problems, field_errors={"text": problems})
    return found
