"""What a person does with her vault: refer to a paper from a dossier, put one in, describe it, take it out (HY-9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localtime

from motcua.accounts.actions import consents_now, end_consent, forget_answer
from motcua.accounts.actions import give_consent as agree_to
from motcua.accounts.models import Account
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.dossiers.actions.draft import fillable, must_be_marked, must_be_separate, open_request
from motcua.dossiers.facts import policy_for, requirements_of
from motcua.dossiers.facts.reuse import in_place, pinned
from motcua.dossiers.models import Dossier, Enclosure, SupplementRequest
from motcua.files.actions import store
from motcua.files.actions.vault import describe, hold, note, owned_by, put, take_out
from motcua.files.models import StoredFile, VaultPaper, VaultReading
from motcua.files.queries import is_intact
from motcua.procedures.models import Requirement
from motcua.procedures.queries.kinds import paper_kind
from motcua.rules.acts import Channel
from motcua.rules.consents import Purpose
from motcua.rules.people import Actor
from motcua.rules.text import clean_line
from motcua.rules.uploads import UploadLimits
from motcua.rules.vault import Origin, PaperKind, fits, why_unusable

MOST = 300
"""Papers one vault holds."""


@dataclass(frozen=True, slots=True)
class Described:
    """What a person says of a paper of hers, as typed and already read."""

    title: str = ""
    kind: str = ""
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None
    valid_until: date | None = None


@transaction.atomic
def reuse(code: str, requirement_key: str, paper_id: str, *, by: Actor, at: datetime) -> list[Enclosure]:
    """Refer to a paper of one's own vault for a component instead of uploading it; the dossier pins its hash.

    A paper handed in as several files comes with all of them. Raises `Refusal`: 404 when the paper is no longer in the
    vault, 409 when it is no longer what came in, 422 when it may not be used again or is of another kind.
    """
    dossier = fillable(code, by=by)
    requirement = next((row for row in requirements_of(dossier) if row.key == requirement_key), None)
    if requirement is None:
        raise Refusal("Thủ tục này không yêu cầu giấy tờ đó.", status=404)
    request = open_request(dossier)
    must_be_marked(request, f"paper:{requirement_key}")
    if by.account_id != dossier.applicant_id:
        raise Refusal("Chỉ người nộp hồ sơ dùng được giấy trong kho của mình.", status=403)
    papers = _with_its_parts(hold(paper_id, by=by), by=by)
    for paper in papers:
        _must_be_usable(paper, requirement, at=at)
    if len(in_place(dossier, requirement_key)) + len(papers) > requirement.max_files:
        words = f"Giấy tờ này nhận tối đa {requirement.max_files} tệp. Hãy bỏ bớt tệp đã có trước."
        raise Refusal(words, field_errors={requirement_key: [words]})
    found = [_enclose(dossier, requirement, paper, request, by=by, at=at) for paper in papers]
    Dossier.objects.filter(pk=dossier.pk).update(saved_at=at)
    return found


def _with_its_parts(paper: VaultPaper, *, by: Actor) -> list[VaultPaper]:
    """The paper, and the other files it was handed in with for the same component."""
    if not paper.source_code or not paper.source_item:
        return [paper]
    rows = VaultPaper.objects.visible_to(by).filter(
        source_code=paper.source_code, source_item=paper.source_item, kind=paper.kind
    )
    return list(rows.select_related("file").order_by("pk").select_for_update(of=("self",)))


def _must_be_usable(paper: VaultPaper, requirement: Requirement, *, at: datetime) -> None:
    words = why_unusable(paper.facts, today=localtime(at).date())
    if not words and not fits(requirement.kind, paper.kind):
        kind = paper_kind(requirement.kind)
        words = f"Thủ tục cần {kind.title if kind else requirement.name}; giấy bạn chọn là loại khác."
    if words:
        raise Refusal(f"Không dùng lại được “{paper.title}”. {words}", field_errors={requirement.key: [words]})
    if not is_intact(paper.file):
        words = "Tệp trong kho không còn nguyên như lúc nhận, không dùng lại được. Hãy tải lên tệp khác."
        raise Refusal(words, field_errors={requirement.key: [words]}, status=409)


def _enclose(
    dossier: Dossier,
    requirement: Requirement,
    paper: VaultPaper,
    request: SupplementRequest | None,
    *,
    by: Actor,
    at: datetime,
) -> Enclosure:
    """The vault's file in the dossier, in place of what was taken out before if it is the same."""
    before = next((row for row in dossier.enclosures.all() if row.file_id == paper.file_id), None)
    if before is not None and before.removed_at is None:
        words = f"“{paper.title}” đã có trong hồ sơ này."
        raise Refusal(words, field_errors={requirement.key: [words]})
    if dossier.channel == Channel.ONLINE.value and policy_for(dossier, at).separate_files:
        must_be_separate(dossier, requirement, paper.file)
    enclosure = before or Enclosure(dossier=dossier, file=paper.file)
    enclosure.requirement_key, enclosure.removed_at = requirement.key, None
    enclosure.added_at, enclosure.added_by_name = at, by.name
    enclosure.supplement_number = request.number if request else 0
    enclosure.reused = pinned(paper)
    enclosure.save()
    body = {"item": requirement.key, "paper": str(paper.pk), "sha256": paper.sha256, "from": paper.source_code}
    record(subject=dossier.subject, verb="reuse_paper", by=by, at=at, body=body)
    note(paper, VaultReading.What.REUSED, by=by, at=at, dossier_code=dossier.code or "")
    return enclosure


@transaction.atomic
def add(
    uploaded: UploadedFile[Any], said: Described, *, limits: UploadLimits | None = None, by: Actor, at: datetime
) -> VaultPaper:
    """Put a paper into one's own vault. Raises `Refusal` without consent (409), for a file we do not take (413, 422),
    or for one that is there already.
    """
    account_id = _owner(by)
    if not consents_now(account_id, Purpose.PAPERS):
        raise Refusal("Hãy đồng ý cho cổng giữ giấy tờ của bạn trước khi tải lên.", status=409)
    if VaultPaper.objects.filter(owner_id=account_id).count() >= MOST:
        raise Refusal(f"Kho giữ tối đa {MOST} giấy. Hãy bỏ bớt giấy không còn dùng.", status=409)
    kind = _known_kind(said.kind)
    file = store(uploaded, by=by, at=at, limits=limits, owner=owned_by(account_id))
    paper = VaultPaper(
        owner_id=account_id,
        file=file,
        kind=said.kind,
        title=(clean_line(said.title) or (kind.title if kind else file.name))[:500],
        origin=Origin.UPLOADED.value,
        handed_at=at,
        kept_at=at,
        number=clean_line(said.number)[:100],
        issuer=clean_line(said.issuer)[:250],
        issued_on=said.issued_on,
        stated_until=said.valid_until,
    )
    if put(paper, kind=kind, at=at) is None:
        words = "Giấy này đã có trong kho của bạn."
        raise Refusal(words, field_errors={"file": [words]})
    body = {"paper": str(paper.pk), "kind": paper.kind, "sha256": paper.sha256}
    record(subject=("account", str(account_id)), verb="vault_put", by=by, at=at, body=body)
    return paper


@transaction.atomic
def state(paper_id: str, said: Described, *, by: Actor, at: datetime) -> VaultPaper:
    """What its owner says of a paper: number, issuer, day of issue, last day. What an office wrote stays, and the kind
    is told only of papers the owner put in; a term of law can be shortened, never lengthened.
    """
    paper = hold(paper_id, by=by)
    if paper.origin == Origin.RESULT:
        raise Refusal("Kết quả do cơ quan cấp, thông tin trên đó không sửa được.", status=409)
    if paper.origin == Origin.UPLOADED and said.kind != paper.kind:
        _known_kind(said.kind)
        paper.kind = said.kind
        paper.save(update_fields=["kind"])
    describe(
        paper,
        kind=paper_kind(paper.kind),
        number=clean_line(said.number),
        issuer=clean_line(said.issuer),
        issued_on=said.issued_on,
        stated_until=said.valid_until,
    )
    body = {"paper": str(paper.pk), "valid_until": paper.valid_until}
    record(subject=("account", str(paper.owner_id)), verb="vault_state", by=by, at=at, body=body)
    return paper


@transaction.atomic
def remove(paper_id: str, *, by: Actor, at: datetime) -> bool:
    """Take a paper out of one's vault; answers whether its bytes went too. Dossiers that have it keep it."""
    paper = hold(paper_id, by=by)
    key, digest = str(paper.pk), paper.sha256
    gone = bool(take_out([paper]))
    body = {"paper": key, "sha256": digest, "deleted": gone}
    record(subject=("account", str(_owner(by))), verb="vault_remove", by=by, at=at, body=body)
    return gone


@transaction.atomic
def withdraw_consent(purpose: Purpose, *, by: Actor, at: datetime) -> int:
    """Take back the yes to keeping data for one purpose: what was kept is deleted at once, dossiers stay as they are.

    Answers how many papers left the vault. Asking twice is the same as asking once.
    """
    account = Account.objects.get(pk=_owner(by))
    if not end_consent(account, purpose, at=at):
        return 0
    rows: list[VaultPaper] = []
    if purpose is Purpose.PAPERS:
        mine = VaultPaper.objects.visible_to(by).select_related("file").order_by("pk")
        rows = list(mine.select_for_update(of=("self",)))
    papers, hashes = [str(row.pk) for row in rows], [row.sha256 for row in rows]
    deleted = take_out(rows)
    body = {"purpose": purpose.value, "papers": papers, "sha256": hashes, "deleted": deleted}
    record(subject=("account", str(account.pk)), verb="withdraw_consent", by=by, at=at, body=body)
    return len(papers)


def give_consent(purpose: Purpose, *, by: Actor, at: datetime) -> None:
    """Say yes on the profile or in the vault."""
    agree_to(Account.objects.get(pk=_owner(by)), purpose, at=at)


@transaction.atomic
def forget(answer_id: int, *, by: Actor, at: datetime) -> None:
    """Delete one kept answer."""
    account = Account.objects.get(pk=_owner(by))
    forget_answer(account, answer_id)
    record(subject=("account", str(account.pk)), verb="forget_answer", by=by, at=at, body={"answer": answer_id})


def note_opened(dossier: Dossier, file: StoredFile, *, by: Actor, at: datetime) -> None:
    """Tell the owner that somebody opened a paper of her vault in this dossier; other files concern no vault."""
    row = next((row for row in dossier.enclosures.all() if row.file_id == file.pk and row.reused), None)
    if row is None or by.account_id == dossier.applicant_id:
        return
    paper = VaultPaper.objects.filter(pk=(row.reused or {})["paper"], owner_id=dossier.applicant_id or 0).first()
    if paper is not None:
        unit = dossier.agency.name
        note(paper, VaultReading.What.OPENED, by=by, at=at, dossier_code=dossier.code or "", unit=unit)


def _known_kind(code: str) -> PaperKind | None:
    kind = paper_kind(code)
    if code and kind is None:
        raise Refusal("Không có loại giấy này.", field_errors={"kind": ["Hãy chọn một loại giấy."]})
    return kind


def _owner(by: Actor) -> int:
    if by.account_id is None:
        raise Refusal("Hãy đăng nhập.", status=403)
    return by.account_id
