"""The register of dossiers (Mẫu 06): a counter's lines, each read from the dossier it names (law.md §1.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.timezone import localtime, make_aware

from motcua.agencies.models import OneStopCounter
from motcua.dossiers.facts.promises import measured_by
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.visible import visible_to
from motcua.papers import books
from motcua.papers.facts import Letterhead
from motcua.papers.forms import Regime
from motcua.papers.render import render
from motcua.reception.models import RegisterEntry
from motcua.reception.queries import entries
from motcua.rules.acts import Paper, State
from motcua.rules.people import Actor

PAGE_SIZE = 50
MOST_PRINTED = 1000
"""Lines of one printed register; a longer span is printed in parts."""


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """Lines in order of writing; ``after`` is the key from which the next page goes on, 0 when there is none."""

    lines: tuple[books.RegisterLine, ...]
    after: int


def register_page(
    counter: OneStopCounter, actor: Actor, *, since: date, until: date, after: int = 0, size: int = PAGE_SIZE
) -> RegisterPage:
    """The lines entered from ``since`` to ``until`` (both included) that this actor may see. Two queries."""
    seen = visible_to(actor).filter(code=OuterRef("subject"))
    rows = entries(counter.pk, since=_midnight(since), until=_midnight(until + timedelta(days=1)), after=after)
    found = list(rows.filter(Exists(seen))[: size + 1])
    shown = found[:size]
    return RegisterPage(_lines(shown), shown[-1].pk if len(found) > size else 0)


def register_pdf(counter: OneStopCounter, actor: Actor, *, since: date, until: date, at: datetime) -> bytes:
    """The same lines as the printed book, at most `MOST_PRINTED` of them; A4."""
    page = register_page(counter, actor, since=since, until=until, size=MOST_PRINTED)
    first, last = f"{since:%d/%m/%Y}", f"{until:%d/%m/%Y}"
    years = dict.fromkeys(str(year) for year in range(since.year, until.year + 1))
    sheet = books.Register(
        head=Letterhead(
            agency=counter.host.name,
            counter=counter.name,
            place=settings.SITE["seat"],
            address=counter.address,
            phone=counter.phone,
            regime=Regime(settings.SITE["regime"]),
            demo=settings.DEMO,
        ),
        code="",
        book=", ".join(years),
        period=f"ngày {first}" if since == until else f"từ ngày {first} đến ngày {last}",
        lines=page.lines,
    )
    return render(Paper.REGISTER, sheet.to_data(), issued_at=at)


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))


def _lines(rows: Iterable[RegisterEntry]) -> tuple[books.RegisterLine, ...]:
    rows = list(rows)
    known = Dossier.objects.filter(code__in=[row.subject for row in rows]).only(*_OF_LINE)
    by_code = {one.code: one for one in known.select_related("revision", "agency", "handover", "apology")}
    return tuple(_line(row, by_code[row.subject]) for row in rows)


_OF_LINE = (
    "code", "state", "applicant_name", "applicant_address", "applicant_phone", "accepted_at", "promised_at",
    "first_promised_at", "apology__was_due_at", "apology__signed_at",
    "result_at", "return_channel", "revision__name", "revision__short_name", "revision__copies_of_dossier",
    "agency__name", "handover__receiver_name", "handover__handed_at", "handover__channel",
)  # fmt: skip


def _line(row: RegisterEntry, dossier: Dossier) -> books.RegisterLine:
    handover = getattr(dossier, "handover", None)
    return books.RegisterLine(
        number=row.number_text,
        code=row.subject,
        procedure=dossier.revision.title,
        sets=dossier.revision.copies_of_dossier,
        applicant=dossier.applicant_name,
        contact=", ".join(filter(None, (dossier.applicant_address, dossier.applicant_phone))),
        lead=dossier.agency.name,
        accepted_at=localtime(row.entered_at),
        promised_at=localtime(dossier.promised_at) if dossier.promised_at else None,
        returned_at=localtime(handover.handed_at) if handover else None,
        channel=dossier.return_words,
        receiver=handover.receiver_name if handover else "",
        note=_note(dossier),
    )


def _note(dossier: Dossier) -> str:
    """How it ended or where it stands, in words."""
    state = State(dossier.state)
    if state not in (State.DELIVERED, State.RESULT_READY):
        return dossier.state_words
    date = measured_by(dossier)
    if date is None or dossier.result_at is None:
        return dossier.state_words
    if dossier.result_at > date:
        return "Quá hạn" if date == dossier.promised_at else "Quá hạn, đã xin lỗi và hẹn lại"
    same_day = localtime(dossier.result_at).date() == localtime(date).date()
    return "Đúng hạn" if same_day else "Trước hạn"
