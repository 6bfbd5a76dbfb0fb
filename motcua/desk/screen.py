"""One dossier as the officer's screen shows it: from rows to plain views; nothing is decided in a template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.dossiers.facts import (
    components_of,
    enclosed_keys,
    form_files,
    form_of,
    judged_items,
    lookups_of,
    requirements_of,
)
from motcua.dossiers.facts.reuse import reused_of, reused_papers
from motcua.dossiers.queries.beside import fetch_beside
from motcua.dossiers.queries.timing import Badge, Why, badge, is_in_time, punctuality_words, why
from motcua.dossiers.queries.way import Stop, way_of
from motcua.eforms.reading import SectionView, sections
from motcua.notifications.facts import KINDS
from motcua.notifications.queries import Delivery, delivery_of
from motcua.papers.queries import of as papers_of
from motcua.rules import words
from motcua.rules.acts import Act, Channel, Mode, State
from motcua.rules.vault import WRONGS, where_from
from motcua.ui.context import national_words


@dataclass(frozen=True, slots=True)
class Deadline:
    """A label over a badge, with the reason for the date where one was kept."""

    label: str
    due: Badge
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """An enclosed paper for `ui/components/viewer.html`."""

    id: str
    label: str
    href: str
    src: str
    kind: str
    meta: str
    position: int
    total: int
    prev_href: str = ""
    next_href: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """An item to judge, for `ui/components/verdict.html`."""

    key: str
    name: str
    title: str
    verdict: str
    facts: str
    note_name: str
    note: str
    error: str = ""
    locked: bool = False
    here: bool = False
    wrong_name: str = ""
    """The control for what is wrong with a paper used again; empty for everything else (BN-7)."""
    wrong: str = ""
    wrongs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """An entry for `ui/components/timeline.html`."""

    title: str
    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class PaperLink:
    """An issued paper to open or print."""

    kind: str
    name: str
    number: str
    at: datetime
    href: str
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """What an officer typed into the checklist and what was wrong with it, to be shown again."""

    verdicts: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    wrongs: Mapping[str, str] = field(default_factory=dict)


def make_ready(dossier: Any) -> Any:
    """Fetch what the screen reads besides `dossier_of`: stations, history, promised dates, opinions, parts, notes."""
    fetch_beside(dossier)
    return dossier


def deadlines_of(dossier: Any, at: datetime) -> list[Deadline]:
    """The present step's limit and the promised date."""
    found = []
    promises = {promise.what: why(promise) for promise in dossier.promises.all()}
    paused = Badge(_("Tạm dừng, chờ người nộp"), "wait")
    if dossier.accepted_at is None:
        due = paused if dossier.paused_at else badge(dossier.due_at, now=at, agency_id=dossier.agency_id)
        if due and not dossier.is_closed:
            found.append(Deadline(_("Hạn tiếp nhận"), due, promises.get("acceptance")))
        return found
    run = open_run(dossier)
    if run is not None:
        due = paused if dossier.paused_at else badge(run.due_at, now=at, agency_id=run.agency_id)
        found.append(Deadline(_("Hạn của bước này"), due or paused))
    promised = localtime(dossier.promised_at).strftime("%d/%m/%Y") if dossier.promised_at else ""
    label = _("Cả hồ sơ, hẹn trả %(day)s") % {"day": promised}
    if dossier.result_at is not None:
        kept = is_in_time(dossier, at)
        whole: Badge | None = Badge(punctuality_words(dossier), "done" if kept else "late")
    elif dossier.is_closed:
        whole = Badge(_("Đã kết thúc"), "done")
    else:
        whole = paused if dossier.paused_at else badge(dossier.promised_at, now=at, agency_id=dossier.agency_id)
    return [*found, Deadline(label, whole or paused, promises.get("result"))]


def open_run(dossier: Any) -> Any | None:
    """The station where the dossier stands now."""
    return next((run for run in dossier.steps.all() if run.finished_at is None), None)


def stops_of(dossier: Any, at: datetime) -> list[Stop]:
    """The whole route with the present place on it, people and times told."""
    return way_of(dossier, at=at, named=True)


def sheets_of(dossier: Any) -> list[Sheet]:
    """Papers in place, in the order of the procedure, then files given in the form; several files are numbered."""
    names = {requirement.key: requirement.name for requirement in requirements_of(dossier)}
    order = {key: number for number, key in enumerate(names)}
    present = [row for row in dossier.enclosures.all() if row.removed_at is None]
    present.sort(key=lambda row: (order.get(row.requirement_key, 99), row.pk))
    held = [
        (str(row.pk), names.get(row.requirement_key, row.requirement_key), row.file, _meta(row.file, row))
        for row in present
    ]
    held += [
        (f"k{number}", _("Trong tờ khai: %(question)s") % {"question": label}, file, _meta(file))
        for number, (label, file) in enumerate(form_files(dossier), 1)
    ]
    page = reverse("desk:dossier", args=[dossier.code])
    hrefs = [f"{page}?giay={key}#giay-to" for key, *_rest in held]
    labels = [label for _key, label, *_rest in held]
    return [
        Sheet(
            id=key,
            label=f"{label} ({labels[:number].count(label) + 1}/{labels.count(label)})"
            if labels.count(label) > 1
            else label,
            href=hrefs[number],
            src=reverse("desk:file", args=[dossier.code, file.pk]),
            kind=_kind(file.content_type),
            meta=" · ".join(meta),
            position=number + 1,
            total=len(held),
            prev_href=hrefs[number - 1] if number else "",
            next_href=hrefs[number + 1] if number + 1 < len(held) else "",
        )
        for number, (key, label, file, meta) in enumerate(held)
    ]


def _kind(content_type: str) -> str:
    return "pdf" if content_type == "application/pdf" else "image" if content_type.startswith("image/") else "other"


def _meta(stored: Any, row: Any | None = None) -> list[str]:
    found = [stored.name, f"{stored.size / 1024:.0f} KB"]
    if stored.page_count:
        found.append(_("%(count)d trang") % {"count": stored.page_count})
    if stored.signatures:
        found.append(_("có chữ ký số, chưa kiểm tra hiệu lực"))
    found.append(str(stored.get_state_display()))
    if row is not None and row.supplement_number:
        found.append(_("bổ sung lần %(number)d") % {"number": row.supplement_number})
    if row is not None and (reused := reused_of(row)) is not None:
        found.append(where_from(reused))
    return found


def answers_of(dossier: Any, at: datetime) -> list[SectionView]:
    """The form's answers in words, with where they came from."""
    return sections(
        form_of(dossier),
        dossier.answers,
        lookups=lookups_of(dossier, today=at.date()),
        today=at.date(),
        provenance=dossier.provenance,
    )


def checks_of(dossier: Any, answers: Sequence[SectionView], at: datetime, typed: Typed, *, may: bool) -> list[Check]:
    """Everything that needs a verdict, papers first, as judged so far or as typed just now."""
    items = judged_items(dossier, enclosed_keys(dossier), today=at.date())
    findings = {finding.item: finding for finding in dossier.findings.all()}
    said = {answer.path: _text(answer) for section in answers for answer in section.answers}
    counts: dict[str, int] = {}
    for row in dossier.enclosures.all():
        if row.removed_at is None:
            counts[row.requirement_key] = counts.get(row.requirement_key, 0) + 1
    ways, reused = ways_of(dossier, at), reused_papers(dossier)
    checks = []
    for item in sorted(items, key=lambda item: not item.is_paper):
        finding = findings.get(item.key)
        kept = {"ok": "yes", "wrong": "no"}.get(finding.verdict, "") if finding else ""
        if item.is_paper:
            files = counts.get(item.name, 0)
            facts = _("%(count)d tệp") % {"count": files} if files else _("Chưa có tệp nào")
            facts = " · ".join(filter(None, (ways.get(item.name, ""), facts if files or item.name not in ways else "")))
            facts = " · ".join([facts, *(where_from(paper) for paper in reused.get(item.name, ()))])
        else:
            facts = said.get(item.name, "")
        checks.append(
            Check(
                key=item.key.replace(":", "-"),
                name=f"v:{item.key}",
                title=item.label,
                verdict=typed.verdicts.get(item.key, kept),
                facts=facts,
                note_name=f"n:{item.key}",
                note=typed.notes.get(item.key, finding.note if finding else ""),
                error=" ".join(typed.errors.get(item.key, ())),
                locked=not may,
                wrong_name=f"w:{item.key}" if item.is_paper and item.name in reused else "",
                wrong=typed.wrongs.get(item.key, ""),
                wrongs=tuple((one.value, said) for one, said in WRONGS.items()),
            )
        )
    return checks


def ways_of(dossier: Any, at: datetime) -> dict[str, str]:
    """How each component came, where it is not simply a picture: signed, declared, electronic with its number."""
    found = {}
    for component in components_of(dossier, today=at.date(), policy=dossier.policy):
        if component.is_there and component.mode is not Mode.SCAN:
            said = words.MODES[component.mode]
            found[component.key] = f"{said}, {_('số')} {component.number}" if component.number else said
    return found


def _text(answer: Any) -> str:
    if answer.rows:
        return "; ".join(", ".join(f"{cell.label}: {cell.text}" for cell in row) for row in answer.rows)
    return str(answer.text)


def history_of(dossier: Any) -> list[Happening]:
    """Everything that happened, newest first, inner steps too."""
    return [
        Happening(
            title=words.HAPPENED[Act(entry.act)],
            by=", ".join(dict.fromkeys(part for part in (entry.by_name, entry.unit_name) if part)),
            at=entry.at,
            text=entry.note,
        )
        for entry in reversed(dossier.timeline.all())
    ]


def papers_given(dossier: Any) -> list[PaperLink]:
    """Issued papers as PDF; the control sheet is drawn as it stands now."""
    found = []
    for paper in papers_of(dossier.code):
        if paper.kind == "control_sheet":
            href = reverse("desk:control_sheet", args=[dossier.code])
        else:
            href = reverse("desk:paper", args=[dossier.code, paper.pk])
        found.append(PaperLink(paper.kind, paper.name, paper.number, paper.issued_at, href, paper.is_void))
    return found


def deliveries_of(dossier: Any) -> list[Delivery]:
    """Messages to the applicant and how far each came; what officers were told is not among them."""
    return [one for one in delivery_of(dossier.code or "") if len(KINDS[one.kind].channels) > 1]


def _handling_notes(dossier: Any) -> list[str]:
    """What a missing signature made of it, and how the fee is to come."""
    notes = _clock_notes(dossier)
    if dossier.handled_as_level:
        notes.append(_("Không có chữ ký số, giải quyết như mức độ %(level)d.") % {"level": dossier.handled_as_level})
    if dossier.paper_owed and dossier.paper_arrived_at is None:
        notes.append(_("Chờ bản sao có chứng thực gửi qua bưu chính; chưa đến thì chưa trình ký được."))
    elif dossier.paper_arrived_at:
        day = localtime(dossier.paper_arrived_at).strftime("%H:%M ngày %d/%m/%Y")
        notes.append(_("Bản sao có chứng thực đã đến lúc %(day)s.") % {"day": day})
    if dossier.fee_channel:
        notes.append(_("Nộp phí, lệ phí: %(way)s.") % {"way": dossier.fee_words})
    return notes


def _clock_notes(dossier: Any) -> list[str]:
    """What is remembered against the clock: a date that moved, rounds beyond the first, an apology on its way."""
    notes = []
    if dossier.first_promised_at and dossier.first_promised_at != dossier.promised_at:
        day = localtime(dossier.first_promised_at).strftime("%d/%m/%Y")
        notes.append(_("Hẹn ban đầu %(day)s.") % {"day": day})
    if dossier.extra_rounds:
        notes.append(_("Bổ sung thêm lần %(count)d do lãnh đạo cho phép.") % {"count": dossier.extra_rounds})
    apology = getattr(dossier, "apology", None)
    if apology is not None and apology.signed_at is None and not dossier.is_closed:
        notes.append(_("Phiếu xin lỗi và hẹn lại đã soạn, chờ lãnh đạo ký."))
    return notes


def identity_of(dossier: Any) -> dict[str, Any]:
    """Who filed, what, how: the head of the screen."""
    return {
        "channel": words.CHANNELS[Channel(dossier.channel)],
        "has_account": dossier.applicant_id is not None,
        "notes": _handling_notes(dossier),
        "national": national_words(State(dossier.state)),
        "case": next((row["title"] for row in dossier.revision.cases if row["key"] == dossier.case), ""),
    }
