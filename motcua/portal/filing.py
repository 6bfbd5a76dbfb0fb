"""The pages of filing in their order, and where a person stands among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.dossiers.facts import form_of, lookups_of, missing_papers
from motcua.rules.eforms import validate, visible_steps

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier


@dataclass(frozen=True, slots=True)
class Page:
    """One page of filing; ``state`` is done, now, fault or todo (see `ui/components/steps_list.html`)."""

    key: str
    title: str
    href: str
    state: str = "todo"


@dataclass(frozen=True, slots=True)
class Path:
    """All pages with the present one marked."""

    steps: tuple[Page, ...]
    position: int

    @property
    def here(self) -> Page:
        return self.steps[self.position - 1]

    @property
    def before(self) -> Page | None:
        return self.steps[self.position - 2] if self.position > 1 else None

    @property
    def after(self) -> Page | None:
        return self.steps[self.position] if self.position < len(self.steps) else None


def path_of(dossier: Dossier, here: str, *, today: date) -> Path:
    """The pages of this draft: its form's visible steps, papers, receiving, checking. ``here`` is a page's key."""
    definition = form_of(dossier)
    key = str(dossier.public_id)
    outcome = validate(definition, dossier.answers, today=today, lookups=lookups_of(dossier, today=today))
    wrong = {path.split(".", 1)[0] for path in outcome.errors}
    pages: list[tuple[str, str, str, bool]] = []
    for step in visible_steps(definition, dossier.answers, today=today):
        is_done = not any(field.key in wrong for field in step.fields)
        pages.append((f"form:{step.key}", step.title, reverse("portal:fill", args=[key, step.key]), is_done))
    pages.append(
        (
            "papers",
            _("Giấy tờ kèm theo"),
            reverse("portal:papers", args=[key]),
            not missing_papers(dossier, today=today),
        )
    )
    pages.append(
        ("receive", _("Nhận kết quả, lệ phí"), reverse("portal:receive", args=[key]), bool(dossier.return_channel))
    )
    pages.append(("review", _("Kiểm tra và nộp"), reverse("portal:review", args=[key]), False))
    position = next((number for number, page in enumerate(pages, 1) if page[0] == here), 1)
    steps = tuple(
        Page(page_key, title, href, "now" if number == position else "done" if is_done else "todo")
        for number, (page_key, title, href, is_done) in enumerate(pages, 1)
    )
    return Path(steps, position)


def first_open(dossier: Dossier, *, today: date) -> str:
    """Address of the first page that still needs something; the check page when nothing does."""
    steps = path_of(dossier, "review", today=today).steps
    return next((page.href for page in steps if page.state == "todo"), steps[-1].href)
