"""Handing a person over to a ministry's system, and hearing what becomes of her dossier there (BD-12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.accounts.models import Account
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.notifications.actions import tell
from motcua.notifications.facts import Recipient
from motcua.procedures.models import HandOver, MinistryDossier, MinistryReport, MinistrySystem
from motcua.procedures.queries.ministry import service_of, title_of
from motcua.rules.codes.status import NationalStatus
from motcua.rules.people import Actor
from motcua.rules.text import clean_line

VALID_FOR = timedelta(minutes=5)
"""How long a hand-over may be taken up."""


@dataclass(frozen=True, slots=True)
class Person:
    """What a ministry's system is told of the person who agreed to it."""

    name: str
    identity_number: str
    phone: str
    email: str
    procedure: str
    service: str


@dataclass(frozen=True, slots=True)
class Report:
    """One report. ``id`` is the ministry's own, never used twice; ``sequence`` counts the reports of one dossier."""

    id: str
    dossier: str
    status: int
    sequence: int
    hand_over: UUID | None = None
    """Needed with the first report of a dossier: whose it is."""
    note: str = ""
    url: str = ""


@transaction.atomic
def hand_over(code: str, *, account: Account, agreed: bool, by: Actor, at: datetime) -> HandOver:
    """Begin handing the person over for procedure ``code``. What is passed on was told to her and she agreed.

    Raises `Refusal` 404 when no ministry's system takes the procedure or people, 422 without her agreement.
    """
    service = service_of(code, on=at.date())
    if service is None or service.system.hand_over != MinistrySystem.HandOverWay.TOKEN:
        raise Refusal("Thủ tục này không chuyển sang hệ thống của bộ, ngành được.", status=404)
    if not agreed:
        words = "Hãy đánh dấu đồng ý nếu bạn muốn chuyển sang hệ thống của bộ, ngành."
        raise Refusal(words, field_errors={"agreed": [words]})
    row = HandOver.objects.create(service=service, account=account, created_at=at, expires_at=at + VALID_FOR)
    body = {"hand_over": str(row.key), "system": service.system.key, "procedure": code}
    record(subject=("account", str(account.pk)), verb="hand_over_to_ministry", by=by, at=at, body=body)
    return row


@transaction.atomic
def take_up(key: UUID, *, system: MinistrySystem, by: Actor, at: datetime) -> Person:
    """Who was handed over, told to the ministry's system once.

    Raises `Refusal` 404 for a hand-over that was not made to this system, 409 when it was taken up before, 410 when it
    has expired.
    """
    rows = HandOver.objects.select_for_update(of=("self",)).select_related("service__procedure", "account")
    row = rows.filter(pk=key, service__system=system).first()
    if row is None:
        raise Refusal("Không có lượt chuyển người nộp này.", status=404)
    if row.taken_at is not None:
        raise Refusal("Lượt chuyển này đã được nhận; mỗi lượt chỉ nhận một lần.", status=409)
    if row.expires_at <= at:
        raise Refusal("Lượt chuyển này đã hết hạn. Người nộp cần bấm Nộp hồ sơ lại.", status=410)
    row.taken_at = at
    row.save(update_fields=["taken_at"])
    account = row.account
    body = {"hand_over": str(key), "system": system.key, "given": ["name", "identity_number", "phone", "email"]}
    record(subject=("account", str(account.pk)), verb="given_to_ministry", by=by, at=at, body=body)
    return Person(
        name=account.full_name,
        identity_number=account.identity_number,
        phone=account.phone or "",
        email=account.email or "",
        procedure=row.service.procedure.code,
        service=row.service.code,
    )


@transaction.atomic
def hear(report: Report, *, system: MinistrySystem, base_url: str, by: Actor, at: datetime) -> MinistryDossier:
    """Write a report down and follow it. A report heard before or overtaken by a newer one changes nothing.

    Raises `Refusal` 404 for a dossier nobody was handed over for, 409 for a hand-over that has a dossier already, 422
    for a status that is none and for an address (``url``) outside ``base_url``.
    """
    _must_be_understood(report, base_url)
    known = MinistryReport.objects.filter(system=system, report_id=report.id).select_related("dossier").first()
    if known is not None:
        if (known.dossier.code, known.status, known.sequence) != (report.dossier, report.status, report.sequence):
            raise Refusal("Mã báo cáo này đã dùng cho một báo cáo khác.", status=409)
        return known.dossier
    dossier = _locked(report, system, at)
    is_new = dossier.sequence == 0
    is_over = not is_new and NationalStatus(dossier.status).is_terminal
    is_heeded = report.sequence > dossier.sequence and not is_over
    try:
        with transaction.atomic():
            MinistryReport.objects.create(
                dossier=dossier,
                system=system,
                report_id=report.id,
                status=report.status,
                sequence=report.sequence,
                note=clean_line(report.note)[:300],
                is_heeded=is_heeded,
                heard_at=at,
            )
    except IntegrityError as twice:
        raise Refusal("Báo cáo này đang được ghi nhận. Hãy gửi lại sau.", status=409) from twice
    if is_heeded:
        _follow(dossier, report, is_new=is_new, by=by, at=at)
    return dossier


def _must_be_understood(report: Report, base_url: str) -> None:
    faults: dict[str, list[str]] = {}
    if report.status not in {one.value for one in NationalStatus}:
        known = "; ".join(f"{one.value} {one.label}" for one in NationalStatus)
        faults["status"] = [f"Không có trạng thái “{report.status}”. Các trạng thái: {known}."]
    if not clean_line(report.dossier) or clean_line(report.dossier) != report.dossier:
        faults["dossier"] = ["Mã hồ sơ không được để trống hay có dấu cách thừa."]
    if report.url and not _within(report.url, base_url):
        faults["url"] = ["Địa chỉ theo dõi phải nằm trong hệ thống của bộ, ngành đã đăng ký."]
    if faults:
        raise Refusal("Báo cáo chưa được ghi nhận.", field_errors=faults)


def _within(url: str, base_url: str) -> bool:
    """Whether an address leads into the ministry's system and nowhere else."""
    try:
        given, own = urlsplit(url), urlsplit(base_url)
        same = (given.scheme, given.hostname, given.port) == (own.scheme, own.hostname, own.port)
    except ValueError:
        return False
    return same and not given.username and not any(sign.isspace() for sign in url) and "\\" not in url


def _locked(report: Report, system: MinistrySystem, at: datetime) -> MinistryDossier:
    """The dossier of a report, made with the first one from the hand-over it names."""
    rows = MinistryDossier.objects.select_for_update(of=("self",))
    found = rows.filter(system=system, code=report.dossier).first()
    if found is not None:
        return found
    row: HandOver | None = None
    if report.hand_over is not None:
        sent = HandOver.objects.select_for_update(of=("self",)).filter(service__system=system)
        row = sent.filter(pk=report.hand_over).first()
    if row is None or row.taken_at is None:
        raise Refusal("Chưa biết hồ sơ này là của ai: cổng không chuyển lượt nộp nào như vậy.", status=404)
    found = rows.filter(hand_over=row).first()
    if found is not None:
        if found.code != report.dossier:
            raise Refusal(f"Lượt chuyển này đã có hồ sơ mang mã {found.code}.", status=409)
        return found
    try:
        with transaction.atomic():
            return MinistryDossier.objects.create(
                system=system, code=report.dossier, hand_over=row, account_id=row.account_id, status=report.status,
                sequence=0, first_heard_at=at, changed_at=at,
            )  # fmt: skip
    except IntegrityError as twice:
        raise Refusal("Mã hồ sơ này đang được ghi nhận cho lượt chuyển khác.", status=409) from twice


def _follow(dossier: MinistryDossier, report: Report, *, is_new: bool, by: Actor, at: datetime) -> None:
    changed = is_new or dossier.status != report.status
    dossier.status, dossier.sequence, dossier.changed_at = report.status, report.sequence, at
    dossier.note = clean_line(report.note)[:300]
    dossier.url = report.url or dossier.url
    dossier.save(update_fields=["status", "sequence", "changed_at", "note", "url"])
    system = dossier.system
    body = {"system": system.key, "status": report.status, "sequence": report.sequence, "report": report.id}
    record(subject=("ministry_dossier", f"{system.key}/{dossier.code}"), verb="report", by=by, at=at, body=body)
    if changed:
        _tell(dossier, at)


def _tell(dossier: MinistryDossier, at: datetime) -> None:
    account = dossier.account
    tell(
        "ministry_state",
        recipient=Recipient(account_id=account.pk, name=account.full_name, email=account.email),
        context={
            "dossier": dossier.code,
            "procedure": title_of(dossier.hand_over.service.procedure_id, on=at.date()),
            "ministry": dossier.system.ministry,
            "state": NationalStatus(dossier.status).label,
            "note": dossier.note,
            "link": dossier.url or dossier.system.base_url,
        },
        at=at,
    )
