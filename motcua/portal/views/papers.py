"""Papers: choose, drop or photograph; each is looked into at once and says what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from motcua.base.errors import Refusal
from motcua.dossiers.actions import draft
from motcua.dossiers.facts import missing_papers, paper_items, requirements_of
from motcua.dossiers.queries import draft_of, enclosed_file
from motcua.files.actions import store
from motcua.files.serving import serve
from motcua.portal.filing import path_of
from motcua.rules.text import plain_number
from motcua.rules.uploads import UploadLimits, accepted_extensions
from motcua.ui import clock
from motcua.ui.asker import asker
from motcua.ui.templatetags.mc import Fault

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier, Enclosure
    from motcua.procedures.models import Requirement


@dataclass(frozen=True, slots=True)
class Row:
    """A stored file for `ui/components/file_row.html`."""

    name: str
    size: int
    href: str
    remove_name: str
    remove_value: int
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """One component with its files, for `ui/components/upload.html`."""

    key: str
    label: str
    hint: str
    is_required: bool
    url: str
    accept: str
    max_bytes: int
    multiple: bool
    files: tuple[Row, ...]
    errors: tuple[str, ...] = ()


def papers(request: HttpRequest, key: UUID) -> HttpResponse:
    """All components with what is enclosed; without a script files come with the form."""
    at, actor = clock.now(), asker(request)
    found = draft_of(str(key), actor)
    if found.code:
        return redirect("portal:dossier", code=found.code)
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        if removed := request.POST.get("_remove"):
            draft.detach(str(key), plain_number(removed) or 0, by=actor, at=at)
            return redirect("portal:papers", key=key)
        errors = take_files(request, str(key), [row.key for row in requirements_of(found)])
        found = draft_of(str(key), actor)
        if not errors and "_stay" not in request.POST:
            missing = missing_papers(found, today=at.date())
            if not missing:
                return redirect(path_of(found, "papers", today=at.date()).after.href)  # type: ignore[union-attr]
            names = {row.name: row.key for row in requirements_of(found)}
            errors = {names[name]: [_("Chưa có tệp nào cho giấy tờ này.")] for name in missing}
    boxes = boxes_of(found, today=at.date(), errors=errors, route="portal:upload")
    summary = [Fault(f"{box.label}: {words}", f"#tep-{box.key}") for box in boxes for words in box.errors]
    context = {
        "dossier": found,
        "boxes": boxes,
        "path": path_of(found, "papers", today=at.date()),
        "error_summary": summary,
    }
    return render(request, "portal/papers.html", context, status=422 if errors else 200)


@require_POST
def upload(request: HttpRequest, key: UUID, requirement: str) -> HttpResponse:
    """One file at once, from the script; the answer is the row that stands in the list."""
    draft_of(str(key), asker(request))  # nothing is stored for whoever may not see the draft
    return take_one(request, str(key), requirement)


@require_GET
def file(request: HttpRequest, file: UUID) -> FileResponse:
    """A file of one's own dossier."""
    return serve(enclosed_file(file, asker(request)), inline=False)


def take_one(request: HttpRequest, code: str, requirement: str) -> HttpResponse:
    """Store and enclose the one file a script sent; refusals are JSON with messages."""
    at, actor = clock.now(), asker(request)
    uploads = list(request.FILES.values())
    try:
        if len(uploads) != 1:
            raise Refusal(_("Hãy gửi từng tệp một."), status=400)
        enclosure = draft.attach(
            code, requirement, store(_upload(uploads[0]), by=actor, at=at, limits=limits()), by=actor, at=at
        )
    except Refusal as refusal:
        words = [*refusal.messages, *(text for texts in refusal.field_errors.values() for text in texts)]
        return JsonResponse({"messages": list(dict.fromkeys(map(str, words)))}, status=refusal.status)
    html = render_to_string("ui/components/file_row.html", {"file": row_of(enclosure)})
    return JsonResponse({"html": html}, status=201)


def take_files(request: HttpRequest, code: str, keys: list[str]) -> dict[str, list[str]]:
    """Store and enclose what came with a plain form; what is wrong, by component."""
    at, actor = clock.now(), asker(request)
    errors: dict[str, list[str]] = {}
    for key in keys:
        for upload in request.FILES.getlist(f"tep-{key}"):
            try:
                draft.attach(code, key, store(_upload(upload), by=actor, at=at, limits=limits()), by=actor, at=at)
            except Refusal as refusal:
                texts = [text for each in refusal.field_errors.values() for text in each] or refusal.messages
                errors.setdefault(key, []).extend(map(str, texts))
    return errors


def boxes_of(
    found: Dossier,
    *,
    today: date,
    errors: Mapping[str, Sequence[str]],
    route: str,
    only: frozenset[str] | None = None,
) -> list[Box]:
    """The components of a dossier as upload boxes; ``only`` limits them to the marked ones."""
    required = {item.name: item.required for item in paper_items(found, today=today)}
    present: dict[str, list[Row]] = {}
    for enclosure in found.enclosures.all():
        if enclosure.removed_at is None:
            present.setdefault(enclosure.requirement_key, []).append(row_of(enclosure))
    name = found.code or str(found.public_id)
    return [
        Box(
            key=requirement.key,
            label=requirement.name,
            hint=_hint(requirement, required[requirement.key]),
            is_required=required[requirement.key],
            url=reverse(route, args=[name, requirement.key]),
            accept=accepted_extensions(limits().types),
            max_bytes=limits().max_bytes,
            multiple=requirement.max_files > 1,
            files=tuple(present.get(requirement.key, ())),
            errors=tuple(errors.get(requirement.key, ())),
        )
        for requirement in requirements_of(found)
        if only is None or requirement.key in only
    ]


def row_of(enclosure: Enclosure) -> Row:
    """A row of the file list."""
    stored = enclosure.file
    return Row(
        name=stored.name,
        size=stored.size,
        href=reverse("portal:file", args=[stored.pk]),
        remove_name="_remove",
        remove_value=enclosure.pk,
        pages=stored.page_count,
    )


def limits() -> UploadLimits:
    """What one upload may be."""
    return UploadLimits(max_bytes=settings.UPLOAD_MAX_BYTES)


def _upload(upload: object) -> UploadedFile:
    assert isinstance(upload, UploadedFile)
    return upload


def _hint(requirement: Requirement, is_required: bool) -> str:
    words = requirement.condition_words.rstrip(".")
    parts = [_("Bắt buộc.")] if is_required else [] if words else [_("Chỉ nộp khi thuộc trường hợp.")]
    if words and not (is_required and words.startswith("Chỉ")):
        parts.append(f"{words}.")
    if requirement.max_files > 1:
        parts.append(_("Nộp tối đa %(most)d tệp.") % {"most": requirement.max_files})
    return " ".join(str(part) for part in parts)
