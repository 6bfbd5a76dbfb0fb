"""Papers of a dossier that are not given out yet or never stand still: the draft of a result, the control sheet now."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from motcua.dossiers.facts import form_files
from motcua.dossiers.facts import papers as paper_facts
from motcua.dossiers.facts.control import control_sheet
from motcua.dossiers.models import Dossier
from motcua.files.models import StoredFile
from motcua.papers.queries import latest
from motcua.papers.render import render
from motcua.rules.acts import Paper


def control_sheet_now(dossier: Dossier, *, at: datetime) -> bytes:
    """Mẫu 05 with every hand-over up to this moment, as PDF; under the date and address of the sheet given out."""
    given = latest(dossier.code or "", Paper.CONTROL_SHEET)
    return render(
        Paper.CONTROL_SHEET,
        control_sheet(dossier).to_data(),
        issued_at=given.issued_at if given else at,
        number=given.number if given else "",
        qr_url=given.check_url if given else "",
    )


def draft_result(dossier: Dossier, *, at: datetime) -> bytes | None:
    """The drafted result as it would be set, called a draft in its title; None while nothing is drafted."""
    found = getattr(dossier, "result", None)
    if found is None:
        return None
    facts = paper_facts.result(dossier, found)
    return render(Paper.RESULT, replace(facts, title=f"Dự thảo: {facts.title}").to_data(), issued_at=at)


def result_file(dossier: Dossier) -> StoredFile | None:
    """The finished document enclosed with the draft, if the result was set elsewhere."""
    found = getattr(dossier, "result", None)
    return found.file if found is not None else None


def file_in(dossier: Dossier, file_id: str) -> StoredFile | None:
    """A file this dossier holds: as an enclosure (replaced ones too), in an answer of its form, or as its result."""
    for row in dossier.enclosures.all():
        if str(row.file_id) == file_id:
            return row.file
    for _, answered in form_files(dossier):
        if str(answered.pk) == file_id:
            return answered
    drawn = result_file(dossier)
    return drawn if drawn is not None and str(drawn.pk) == file_id else None
