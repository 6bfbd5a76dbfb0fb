"""Papers: choose, drop or photograph; each is looked into at once and says what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
from motcua.dossiers.facts import components_of, handling_now, paper_faults, policy_for, requirements_of
from motcua.dossiers.facts.reuse import reused_of
from motcua.dossiers.queries import draft_of, enclosed_file
from motcua.dossiers.queries.vault import FromVault, from_vault
from motcua.files.actions import store
from motcua.files.serving import serve
from motcua.portal.filing import path_of
from motcua.portal.reusing import pressed_reuse, take_reused
from motcua.rules import words
from motcua.rules.acts import Mode, Unsigned
from motcua.rules.components import NUMBERED, Component
from motcua.rules.policy import Policy
from motcua.rules.text import plain_number
from motcua.rules.uploads import UploadLimits, accepted_extensions
from motcua.rules.vault import where_from
from motcua.ui import clock
from motcua.ui.asker import asker
from motcua.ui.templatetags.mc import Fault

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier, Enclosure
    from motcua.procedures.models import Requirement


NOTHING_KEPT = FromVault()


@dataclass(frozen=True, slots=True)
class Row:
    """A stored file for `ui/components/file_row.html`."""

    name: str
    size: int
    href: str
    remove_name: str
    remove_value: int
    pages: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """One way a paper may come, as a radio button."""

    value: str
    label: str
    is_chosen: bool


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
    ways: tuple[Way, ...] = ()
    """How it may come, where there is a choice (CB-7…CB-11)."""
    number: str = ""
    asks_number: bool = False
    folds_ways: bool = False
    """A file will do, as nearly everywhere: the other ways are there for whoever looks for them."""
    way_words: str = ""
    """The chosen way in words, for the check page."""
    vault: FromVault = NOTHING_KEPT
    """What the applicant's vault has for it (BN-7, HY-9)."""

    @property
    def is_kept(self) -> bool:
        """Whether nothing needs to be uploaded: it is in the vault, and only has to be taken from there."""
        return bool(self.vault.usable) and not self.files and not self.errors


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
        errors = take_ways(request, found)
        if pressed_reuse(request):
            for box, texts in take_reused(request, str(key), by=actor, at=at).items():
                errors.setdefault(box, []).extend(texts)
        for box, texts in take_files(request, str(key), [row.key for row in requirements_of(found)]).items():
            errors.setdefault(box, []).extend(texts)
        found = draft_of(str(key), actor)
        if not errors and pressed_reuse(request):
            return redirect("portal:papers", key=key)
        if not errors and "_stay" not in request.POST:
            wrong = paper_faults(found, today=at.date(), policy=policy_for(found, at))
            if not wrong:
                return redirect(path_of(found, "papers", today=at.date()).after.href)  # type: ignore[union-attr]
            errors = {paper: list(said) for paper, said in wrong.items()}
    policy = policy_for(found, at)
    kept = from_vault(found, actor, today=at.date())
    boxes = boxes_of(found, today=at.date(), errors=errors, route="portal:upload", policy=policy, kept=kept)
    summary = [Fault(f"{box.label}: {said}", f"#tep-{box.key}") for box in boxes for said in box.errors]
    context = {
        "dossier": found,
        "boxes": boxes,
        "path": path_of(found, "papers", today=at.date()),
        "error_summary": summary,
        "is_separate": policy.separate_files,
        "signing": signing_words(found, at),
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
        said = [*refusal.messages, *(text for texts in refusal.field_errors.values() for text in texts)]
        return JsonResponse({"messages": list(dict.fromkeys(map(str, said)))}, status=refusal.status)
    html = render_to_string("ui/components/file_row.html", {"file": row_of(enclosure)})
    return JsonResponse({"html": html}, status=201)


def signing_words(found: Dossier, at: datetime) -> str:
    """What becomes of the dossier as its papers stand now: said before anything is filed (BD-30, KT-13)."""
    handled = handling_now(found, at)
    if handled.as_level:
        return _(
            "Giấy tờ chưa có chữ ký số, nên hồ sơ sẽ được giải quyết như dịch vụ mức độ %(level)d: phí, lệ phí và kết "
            "quả theo mức độ đó, giấy tờ được đối chiếu khi nhận kết quả. Nộp tệp PDF đã ký số thì giải quyết ở mức "
            "độ %(own)d."
        ) % {"level": handled.as_level, "own": found.revision.service_level}
    if handled.paper_owed:
        return _(
            "Giấy tờ chưa có chữ ký số, nên nộp xong bạn in phiếu gửi có mã hồ sơ và gửi bản sao có chứng thực qua bưu "
            "chính; cơ quan trình ký kết quả sau khi nhận được. Nộp tệp PDF đã ký số thì không phải gửi."
        )
    return ""


def take_ways(request: HttpRequest, found: Dossier) -> dict[str, list[str]]:
    """Keep how each paper shall come, where the page asked."""
    chosen = {
        row.key: (request.POST.get(f"cach-{row.key}", ""), request.POST.get(f"so-{row.key}", ""))
        for row in requirements_of(found)
        if f"cach-{row.key}" in request.POST or f"so-{row.key}" in request.POST
    }
    if not chosen:
        return {}
    try:
        draft.choose_modes(str(found.public_id), chosen, by=asker(request), at=clock.now())
    except Refusal as refusal:
        return dict(refusal.field_errors)
    return {}


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
    policy: Policy | None = None,
    kept: Mapping[str, FromVault] | None = None,
) -> list[Box]:
    """The components of a dossier as upload boxes; ``only`` limits them to the marked ones. With ``policy`` each box
    offers the ways its paper may come, with ``kept`` what the applicant's vault has for it.
    """
    components = {one.key: one for one in components_of(found, today=today, policy=policy)}
    is_single = policy is not None and policy.separate_files
    present: dict[str, list[Row]] = {}
    for enclosure in found.enclosures.all():
        if enclosure.removed_at is None:
            present.setdefault(enclosure.requirement_key, []).append(row_of(enclosure))
    name = found.code or str(found.public_id)
    return [
        Box(
            key=requirement.key,
            label=requirement.name,
            hint=_hint(requirement, components[requirement.key], policy),
            is_required=components[requirement.key].required,
            url=reverse(route, args=[name, requirement.key]),
            accept=accepted_extensions(limits().types),
            max_bytes=limits().max_bytes,
            multiple=requirement.max_files > 1 and not is_single,
            files=tuple(present.get(requirement.key, ())),
            errors=tuple(errors.get(requirement.key, ())),
            ways=_ways(components[requirement.key]),
            folds_ways=_folds(components[requirement.key], policy),
            number=components[requirement.key].number,
            asks_number=bool(NUMBERED & set(components[requirement.key].accepted)),
            way_words=_way_words(components[requirement.key]),
            vault=(kept or {}).get(requirement.key, NOTHING_KEPT),
        )
        for requirement in requirements_of(found)
        if only is None or requirement.key in only
    ]


def _ways(component: Component) -> tuple[Way, ...]:
    if len(component.accepted) < 2:
        return ()
    return tuple(Way(mode.value, words.MODES[mode], mode is component.way) for mode in component.accepted)


def _folds(component: Component, policy: Policy | None) -> bool:
    is_asked = policy is None or policy.unsigned_level_4 is Unsigned.PER_COMPONENT
    return not is_asked and Mode.SCAN in component.accepted and component.way in (Mode.SCAN, Mode.SIGNED)


def _way_words(component: Component) -> str:
    """How it comes, when that is not simply a picture."""
    if not component.is_there or component.mode is Mode.SCAN:
        return ""
    said = words.MODES[component.mode]
    return f"{said}, {_('số')} {component.number}" if component.number else said


def row_of(enclosure: Enclosure) -> Row:
    """A row of the file list."""
    stored, reused = enclosure.file, reused_of(enclosure)
    return Row(
        name=stored.name,
        size=stored.size,
        href=reverse("portal:file", args=[stored.pk]),
        remove_name="_remove",
        remove_value=enclosure.pk,
        pages=stored.page_count,
        notes=(where_from(reused),) if reused else (),
    )


def limits() -> UploadLimits:
    """What one upload may be."""
    return UploadLimits(max_bytes=settings.UPLOAD_MAX_BYTES)


def _upload(upload: object) -> UploadedFile:
    assert isinstance(upload, UploadedFile)
    return upload


def _hint(requirement: Requirement, component: Component, policy: Policy | None) -> str:
    is_required = component.required
    case = requirement.condition_words.rstrip(".")
    parts = [_("Bắt buộc.")] if is_required else [] if case else [_("Chỉ nộp khi thuộc trường hợp.")]
    if case and not (is_required and case.startswith("Chỉ")):
        parts.append(f"{case}.")
    where_required = policy is not None and policy.unsigned_level_4 is Unsigned.WHERE_REQUIRED
    if (where_required and component.must_be_signed) or component.accepted == (Mode.SIGNED,):
        parts.append(_("Phải là tệp PDF đã ký số."))
    if policy is not None and policy.separate_files:
        parts.append(_("Một tệp riêng, gồm đủ các trang."))
    elif requirement.max_files > 1:
        parts.append(_("Nộp tối đa %(most)d tệp.") % {"most": requirement.max_files})
    return " ".join(str(part) for part in parts)
