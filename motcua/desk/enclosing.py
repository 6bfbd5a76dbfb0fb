"""Papers of a walk-in: upload boxes, and how many originals and copies were handed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.errors import Refusal
from motcua.dossiers.actions import draft
from motcua.dossiers.facts import paper_items, requirements_of
from motcua.files.actions import store
from motcua.rules.people import Actor
from motcua.rules.text import plain_number
from motcua.rules.uploads import UploadLimits, accepted_extensions
from motcua.ui.templatetags.mc import Fault

MOST = 99


@dataclass(frozen=True, slots=True)
class Row:
    """A stored file for `ui/components/file_row.html`."""

    name: str
    size: int
    pages: int | None
    remove_name: str
    remove_value: int


@dataclass(frozen=True, slots=True)
class Box:
    """One component for `desk/counter_papers.html`."""

    key: str
    label: str
    hint: str
    url: str
    accept: str
    max_bytes: int
    multiple: bool
    files: tuple[Row, ...]
    originals: str
    copies: str
    errors: tuple[str, ...] = ()


def boxes_of(
    dossier: Any,
    *,
    today: date,
    errors: Mapping[str, Sequence[str]],
    typed: Mapping[str, Any],
    only: frozenset[str] | None = None,
) -> list[Box]:
    """Every component that may be handed in for this case; ``typed`` is what was just sent, right or wrong.

    ``only`` limits them to those a supplement request marked; these are sent with the form, not one by one.
    """
    required = {item.name: item.required for item in paper_items(dossier, today=today)}
    present: dict[str, list[Row]] = {}
    for enclosure in dossier.enclosures.all():
        if enclosure.removed_at is None:
            present.setdefault(enclosure.requirement_key, []).append(row_of(enclosure))
    limits = limits_here()
    return [
        Box(
            key=requirement.key,
            label=requirement.name,
            hint=_("Bắt buộc.") if required[requirement.key] else _("Chỉ khi thuộc trường hợp."),
            url=reverse("desk:counter_upload", args=[dossier.public_id, requirement.key]) if only is None else "",
            accept=",".join(accepted_extensions(limits.types)),
            max_bytes=limits.max_bytes,
            multiple=requirement.max_files > 1,
            files=tuple(present.get(requirement.key, ())),
            originals=_count(dossier, requirement, "originals", typed, scanned=requirement.key in present),
            copies=_count(dossier, requirement, "copies", typed, scanned=requirement.key in present),
            errors=tuple(errors.get(requirement.key, ())),
        )
        for requirement in requirements_of(dossier)
        if only is None or requirement.key in only
    ]


def _count(dossier: Any, requirement: Any, kind: str, typed: Mapping[str, Any], *, scanned: bool) -> str:
    """What was just typed, else what was written down; before that, what the procedure asks for where a scan is there.

    Paper counted as handed over counts as there (BN-8), so nothing is counted that nobody has counted or scanned.
    """
    box = f"{'chinh' if kind == 'originals' else 'sao'}-{requirement.key}"
    if box in typed:
        return str(typed[box])[:100]
    if dossier.received:
        return str(dossier.received.get(requirement.key, {}).get(kind, 0))
    return str(getattr(requirement, kind) if scanned else 0)


def row_of(enclosure: Any) -> Row:
    """A row of the file list."""
    stored = enclosure.file
    return Row(stored.name, stored.size, stored.page_count, "_remove", enclosure.pk)


def limits_here() -> UploadLimits:
    return UploadLimits(max_bytes=settings.UPLOAD_MAX_BYTES)


def take_files(request: HttpRequest, key: str, dossier: Any, *, by: Actor, at: Any) -> dict[str, list[str]]:
    """Store and enclose what came with the form; what is wrong, by component. What is right stays."""
    errors: dict[str, list[str]] = {}
    for requirement in requirements_of(dossier):
        for upload in request.FILES.getlist(f"tep-{requirement.key}"):
            try:
                stored = store(upload, by=by, at=at, limits=limits_here())
                draft.attach(key, requirement.key, stored, by=by, at=at)
            except Refusal as refusal:
                texts = [text for each in refusal.field_errors.values() for text in each] or refusal.messages
                errors.setdefault(requirement.key, []).extend(map(str, texts))
    return errors


def take_papers(request: HttpRequest, dossier: Any, *, by: Actor, at: Any) -> dict[str, list[str]]:
    """Take out what is to go, store the files that came, keep the counts; what is wrong, by component."""
    key = str(dossier.public_id)
    if removed := request.POST.get("_remove", ""):
        draft.detach(key, plain_number(removed) or 0, by=by, at=at)
    errors = take_files(request, key, dossier, by=by, at=at)
    counts, wrong = counts_in(request.POST, dossier)
    draft.receive_papers(key, counts, by=by, at=at)
    for name, texts in wrong.items():
        errors.setdefault(name, []).extend(texts)
    return errors


def faults_of(boxes: Sequence[Box]) -> list[Fault]:
    """What is wrong with the papers, for the summary on top of the page."""
    return [Fault(f"{box.label}: {said}", f"#tep-{box.key}") for box in boxes for said in box.errors]


def counts_in(posted: Mapping[str, Any], dossier: Any) -> tuple[dict[str, tuple[int, int]], dict[str, list[str]]]:
    """How many originals and copies were typed, and what is no number."""
    counts: dict[str, tuple[int, int]] = {}
    errors: dict[str, list[str]] = {}
    for requirement in requirements_of(dossier):
        typed = [str(posted.get(f"{kind}-{requirement.key}", "")).strip() or "0" for kind in ("chinh", "sao")]
        originals, copies = (plain_number(text, most=MOST) for text in typed)
        if originals is not None and copies is not None:
            counts[requirement.key] = (originals, copies)
        else:
            errors[requirement.key] = [_("Số bản là số từ 0 đến %(most)d.") % {"most": MOST}]
    return counts, errors
