"""Scanning what came over the counter on paper: before acceptance where the province says so (BN-9), else after."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.dossiers.actions.gate import lock
from motcua.dossiers.facts import requirements_of
from motcua.dossiers.models import Dossier, Enclosure
from motcua.files.actions import claim
from motcua.files.models import StoredFile
from motcua.rules.acts import CLOSED_STATES, State
from motcua.rules.people import Actor, at_counter


@transaction.atomic
def digitise(code: str, requirement_key: str, file: StoredFile, *, by: Actor, at: datetime) -> Enclosure:
    """Enclose the picture of a paper that was handed over; the paper's place in the dossier is then its picture.

    Raises `Refusal`: 404 for who does not sit at its counter or for a paper nobody handed over, 409 once it is closed
    or when the component has its files.
    """
    dossier = lock(code)
    if not any(_reaches(by, dossier)):
        raise Refusal("Không tìm thấy hồ sơ này.", status=404)
    if State(dossier.state) in CLOSED_STATES | {State.DRAFT}:
        raise Refusal("Hồ sơ không còn ở bước số hóa giấy tờ.", status=409)
    requirement = next((row for row in requirements_of(dossier) if row.key == requirement_key), None)
    if requirement is None or requirement_key not in dossier.received:
        raise Refusal("Quầy không nhận bản giấy nào của giấy tờ này.", status=404)
    present = [
        row for row in dossier.enclosures.all() if row.requirement_key == requirement_key and row.removed_at is None
    ]
    if any(row.file.sha256 == file.sha256 for row in present) or len(present) >= requirement.max_files:
        words = f"Giấy tờ này đã có tệp, nhận tối đa {requirement.max_files} tệp."
        raise Refusal(words, status=409, field_errors={requirement_key: [words]})
    enclosure = Enclosure.objects.create(
        dossier=dossier, requirement_key=requirement_key, file=file, added_at=at, added_by_name=by.name
    )
    claim([file], owner=f"dossier:{dossier.public_id}")
    body = {"code": dossier.code, "paper": requirement_key, "sha256": file.sha256}
    record(subject=dossier.subject, verb="digitise", by=by, at=at, body=body)
    return enclosure


def _reaches(by: Actor, dossier: Dossier) -> list[bool]:
    return [
        at_counter(
            post,
            agency_id=dossier.agency_id,
            counter_id=dossier.counter_id,
            taken_in_by_id=dossier.taken_in_by_id,
        )
        for post in by.posts
    ]
