"""Parts of a joint procedure (liên thông): a dossier of its own at another agency, made from what the whole knows.

Each part has its own code and clocks; the applicant sees one dossier with its parts, and statistics count the whole
once. The lead waits for every part before it proposes its result (BN-16, HY-32).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from motcua.agencies.queries import agency_by_code, standing_at
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.dossiers.actions.draft import return_channels
from motcua.dossiers.actions.examine import take
from motcua.dossiers.actions.gate import Passing, passing
from motcua.dossiers.actions.submit import submit
from motcua.dossiers.facts import form_of, requirements_of, route_of
from motcua.dossiers.models import Dossier, Enclosure
from motcua.procedures.models import Offering, ProcedureRevision
from motcua.procedures.queries import revision_in_force
from motcua.rules.acts import Act, State
from motcua.rules.people import Actor
from motcua.rules.route import Part, agency_code

_FAILED = (State.DECLINED.value, State.WITHDRAWN.value, State.STOPPED.value)
_OF_APPLICANT = (
    "applicant_id", "applicant_kind", "applicant_name", "applicant_identity", "applicant_identity_hash",
    "applicant_phone", "applicant_email", "applicant_address", "channel", "return_channel", "return_address", "is_demo",
)  # fmt: skip


def open_child(code: str, *, part: int = 0, by: Actor, at: datetime) -> Dossier:
    """Make and file part number ``part`` of those the present step names; answers the new dossier.

    Nothing is asked of the applicant a second time: answers and papers come from the whole. Raises `Refusal` 409 when
    the part runs already or nobody takes it in, 422 with what the whole does not know.
    """
    with passing(Act.OPEN_CHILD, code, by=by, at=at) as passage:
        take(passage)
        whole = passage.dossier
        parts = route_of(whole)[whole.step_index or 0].parts
        if not 0 <= part < len(parts):
            raise Refusal("Bước này của quy trình không có phần liên thông đó.", status=409)
        wanted = parts[part]
        running = whole.children.filter(revision__procedure__code=wanted.procedure).exclude(state__in=_FAILED)
        if (known := running.order_by("pk").first()) is not None:
            raise Refusal(f"Phần này đã mở: hồ sơ {known.code}.", status=409)
        child = _file(passage, wanted)
        passage.note = f"{child.code}: {child.revision.title}, {child.agency.name}"
        passage.details = {"child": child.code}
    return child


def _file(passage: Passing, part: Part) -> Dossier:
    whole, at = passage.dossier, passage.at
    revision = revision_in_force(part.procedure, on=at.date())
    offering = _offering(whole, revision, part, at)
    child = Dossier(
        revision=revision,
        agency=offering.agency,
        counter=offering.counter,
        service_level=revision.service_level,
        parent=whole,
        created_by_id=passage.by.account_id,
        created_at=at,
        saved_at=at,
        **{name: getattr(whole, name) for name in _OF_APPLICANT},
    )
    child.answers = _answers(whole, child, part)
    child.save()
    _enclose(whole, child, part, passage)
    offered = [channel.value for channel in return_channels(child, at)]
    if child.return_channel not in offered:
        child.return_channel = offered[0]
        child.save(update_fields=["return_channel"])
    body = {"procedure": part.procedure, "agency": offering.agency.code, "parent": whole.code}
    record(subject=child.subject, verb="start", by=passage.by, at=at, body=body)
    linking = Actor.system(f"Liên thông từ hồ sơ {whole.code} ({passage.by.name})")
    try:
        return submit(str(child.public_id), declared=True, by=linking, at=at)
    except Refusal as no:
        words = [*no.messages, *(text for texts in no.field_errors.values() for text in texts)]
        raise Refusal(["Chưa mở được hồ sơ liên thông.", *dict.fromkeys(words)], status=422) from no


def _offering(whole: Dossier, revision: ProcedureRevision, part: Part, at: datetime) -> Offering:
    code = agency_code(part.agency, whole.agency.code)
    named, day = agency_by_code(code), at.date()
    agency = standing_at(named, at) if named else None
    found = Offering.objects.select_related("agency", "counter").filter(
        procedure_id=revision.procedure_id, agency=agency, since__lte=day
    )
    offering = found.exclude(until__lte=day).order_by("-since", "-pk").first() if agency else None
    if offering is None or not revision.accepts_at_counter:
        raise Refusal(f"Cơ quan {code} chưa tiếp nhận thủ tục {part.procedure} trên hệ thống.", status=409)
    return offering


def _answers(whole: Dossier, child: Dossier, part: Part) -> dict[str, Any]:
    """Answers of the part's form: those the route pairs, else those of the same key."""
    paired = dict(part.answers)
    keys = [field.key for _, field in form_of(child).fields()]
    known = {key: whole.answers.get(paired.get(key, key)) for key in keys}
    return {key: value for key, value in known.items() if value not in (None, "", [], {})}


def _enclose(whole: Dossier, child: Dossier, part: Part, passage: Passing) -> None:
    """The same files under the part's own components; nothing is copied, nothing handed in twice."""
    paired = dict(part.papers)
    rows = [row for row in whole.enclosures.all() if row.removed_at is None]
    Enclosure.objects.bulk_create(
        Enclosure(
            dossier=child,
            requirement_key=requirement.key,
            file=row.file,
            added_at=passage.at,
            added_by_name=passage.by.name,
        )
        for requirement in requirements_of(child)
        for row in rows
        if row.requirement_key == paired.get(requirement.key, requirement.key)
    )
