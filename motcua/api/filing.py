"""Filing a dossier in one request: answers and papers together, everything wrong told at once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Header, Schema, Status
from pydantic import ConfigDict

from motcua.api.callers import Caller, caller
from motcua.api.dossier_view import local
from motcua.api.dossiers import router
from motcua.api.idempotency import digest_of, first_answer
from motcua.api.models import IdempotencyKey
from motcua.api.problems import SIGNED_IN, problems
from motcua.api.reading_json import read_sent, shaped
from motcua.base.errors import Refusal
from motcua.dossiers.actions import draft, submit
from motcua.dossiers.actions.taking import must_take_online
from motcua.dossiers.facts import form_of, lookups_of, paper_faults, policy_for, requirements_of
from motcua.dossiers.facts.secrets import lookup_secret
from motcua.dossiers.queries import draft_of
from motcua.files.actions import store
from motcua.procedures.models import Offering, ProcedureRevision
from motcua.procedures.queries import contacts_of, revision_in_force
from motcua.rules.codes import BadCode, ProcedureCode
from motcua.rules.eforms import validate
from motcua.rules.uploads import UploadLimits

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier


IdempotencyHeader = Annotated[str, Header(alias="Idempotency-Key", min_length=8, max_length=200, pattern=r"^[!-~]+$")]
"""Visible ASCII, at least 8 signs: a UUID does."""


class Filing(Schema):
    """What is filed. `answers` fits the schema of the procedure's e-form; what is left out and known of the account is
    filled in, as on the page."""

    model_config = ConfigDict(extra="forbid")

    procedure: str = Field(max_length=40, description="Mã thủ tục")
    agency: str = Field(max_length=40, description="Mã định danh cơ quan tiếp nhận, trong `offerings` của thủ tục")
    case: str = Field("", max_length=40, description="Trường hợp, nếu thủ tục có nhiều trường hợp")
    answers: dict[str, Any] = Field(description="Câu trả lời của tờ khai")
    return_channel: str = Field(max_length=8, description="counter, post hoặc online")
    return_address: str = Field("", max_length=400)
    fee_channel: str = Field("", max_length=12, description="Cách nộp phí, lệ phí; bỏ trống: cách đầu tiên đang mở")
    modes: dict[str, str] = Field(
        default_factory=dict,
        description="Cách nộp từng thành phần theo khóa, nơi cơ quan cho chọn: "
        "scan, declared, signed, e_licence hoặc e_certified",
    )
    numbers: dict[str, str] = Field(
        default_factory=dict, description="Số hoặc mã theo khóa, khi nộp e_licence hoặc e_certified"
    )
    declared: bool = Field(strict=True, description="true: cam đoan chịu trách nhiệm về nội dung đã khai")


class Filed(Schema):
    """A dossier that exists. `lookup_secret` is printed on the receipt and opens the public look-up."""

    code: str
    public_id: str
    state: str
    submitted_at: datetime
    acceptance_due_at: datetime | None
    lookup_secret: str


class Faults:
    """Everything wrong with a filing, by path."""

    def __init__(self) -> None:
        self.by_path: dict[str, list[str]] = {}

    def add(self, path: str, *texts: str) -> None:
        self.by_path.setdefault(path[:200], []).extend(map(str, texts))

    def take(self, path: str, refusal: Refusal) -> None:
        """A verb's refusal: its own fields where it names some, else under `path`."""
        if not refusal.field_errors:
            self.add(path, *refusal.messages)
        for key, texts in refusal.field_errors.items():
            self.add(path if path.startswith("files.") else key, *texts)

    def stop_if_any(self) -> None:
        """Raises `Refusal` with everything found."""
        if self.by_path:
            raise Refusal(_("Hồ sơ chưa nộp được. Hãy sửa các mục được nêu."), field_errors=self.by_path)


_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["data"],
                    "properties": {"data": Filing.model_json_schema()},
                    "additionalProperties": {"type": "array", "items": {"type": "string", "format": "binary"}},
                },
                "encoding": {"data": {"contentType": "application/json"}},
            }
        },
    }
}


@router.post(
    "",
    operation_id="file_dossier",
    summary="Nộp hồ sơ kèm tệp trong một yêu cầu",
    response={201: Filed, 200: Filed, **problems(*SIGNED_IN)},
    openapi_extra=_BODY,
)
def file_dossier(
    request: HttpRequest,
    idempotency_key: IdempotencyHeader,
) -> Status:
    """Thân yêu cầu là multipart: phần `data` là JSON, mỗi tệp nằm trong phần mang tên khóa của thành phần hồ sơ.

    Gửi lại cùng khóa và cùng nội dung thì nhận lại câu trả lời đầu tiên (200), không tạo hồ sơ thứ hai; cùng khóa mà
    nội dung khác: 422; yêu cầu trước chưa xong: 409. Chưa nộp được thì mọi lỗi được nêu cùng lúc, theo đường dẫn.
    """
    who, sent = caller(request), read_sent(request)
    digest = digest_of(sent.data, sent.files)
    with transaction.atomic():
        known = first_answer(who.account.pk, idempotency_key, digest)
        if known is not None:
            return Status(200, _with_secret(known.response, draft_of(str(known.dossier), who.actor)))
        filed = _file(who, shaped(sent.data, Filing), sent.files)
        response = {
            "code": filed.code,
            "public_id": str(filed.public_id),
            "state": filed.state,
            "submitted_at": _text(filed.submitted_at),
            "acceptance_due_at": _text(filed.acceptance_due_at),
        }
        IdempotencyKey.objects.create(
            account=who.account,
            key=idempotency_key,
            digest=digest,
            dossier=filed.public_id,
            response=response,
            created_at=who.at,
        )
    return Status(201, _with_secret(response, filed))


def _text(at: datetime | None) -> str | None:
    moment = local(at)
    return None if moment is None else moment.isoformat()


def _with_secret(response: dict[str, Any], filed: Dossier) -> dict[str, Any]:
    """The secret is derived, never stored."""
    return {**response, "lookup_secret": lookup_secret(filed)}


def _file(who: Caller, filing: Filing, files: dict[str, list[UploadedFile]]) -> Dossier:
    """Start, fill, attach, choose, submit. Inside the caller's transaction: all of it happens or nothing."""
    faults = Faults()
    revision = _revision(filing, who, faults)
    offering = _offering(filing, who, revision, faults) if revision else None
    faults.stop_if_any()
    assert revision is not None and offering is not None
    begun = draft.start(revision, offering, applicant=who.account, case=filing.case, by=who.actor, at=who.at)
    key = str(begun.public_id)
    _answer(key, filing, who, faults)
    attach_all(key, files, {row.key for row in requirements_of(begun)}, who, faults)
    _choose_modes(key, filing, who, faults)
    found = draft_of(key, who.actor)
    for paper, wrong in paper_faults(found, today=who.at.date(), policy=policy_for(found, who.at)).items():
        if f"files.{paper}" not in faults.by_path:
            faults.add(f"files.{paper}", *wrong)
    try:
        draft.choose_return(
            key,
            channel=filing.return_channel,
            address=filing.return_address,
            fee_channel=filing.fee_channel,
            by=who.actor,
            at=who.at,
        )
    except Refusal as refusal:
        faults.take("return_channel", refusal)
    if not filing.declared:
        faults.add("declared", _("Bạn cần cam đoan chịu trách nhiệm về nội dung đã khai."))
    faults.stop_if_any()
    return submit.submit(key, declared=True, by=who.actor, at=who.at)


def _choose_modes(key: str, filing: Filing, who: Caller, faults: Faults) -> None:
    """How components come, where the caller says so."""
    if not filing.modes:
        return
    chosen = {name: (mode, filing.numbers.get(name, "")) for name, mode in filing.modes.items()}
    try:
        draft.choose_modes(key, chosen, by=who.actor, at=who.at)
    except Refusal as refusal:
        for name, texts in refusal.field_errors.items():
            faults.add(f"modes.{name}", *texts)


def _revision(filing: Filing, who: Caller, faults: Faults) -> ProcedureRevision | None:
    try:
        revision = revision_in_force(ProcedureCode.parse(filing.procedure).text, on=who.at.date())
    except (BadCode, Refusal):
        faults.add("procedure", _("Không có thủ tục nào mang mã này đang có hiệu lực."))
        return None
    must_take_online(revision, who.at)
    cases = {str(one["key"]) for one in revision.cases}
    if filing.case not in (cases or {""}):
        words = _("Phải là một trong: %(choices)s.") % {"choices": ", ".join(sorted(cases))}
        faults.add("case", words if cases else _("Thủ tục này không chia trường hợp; hãy bỏ mục này."))
    return revision


def _offering(filing: Filing, who: Caller, revision: ProcedureRevision, faults: Faults) -> Offering | None:
    places = contacts_of(revision.procedure_id, on=who.at.date(), online=True)
    chosen = next((place.offering_id for place in places if place.agency_code == filing.agency), None)
    if chosen is None:
        faults.add("agency", _("Cơ quan này không nhận thủ tục đã chọn trên mạng."))
        return None
    return Offering.objects.select_related("agency", "counter").get(pk=chosen)


def _answer(key: str, filing: Filing, who: Caller, faults: Faults) -> None:
    """Keep the answers and judge them as a whole, absent ones included."""
    kept = draft.fill(key, filing.answers, by=who.actor, at=who.at)
    found = draft_of(key, who.actor)
    definition, today = form_of(found), who.at.date()
    # Judged from what was sent, not from what was kept: a mistake that could not be kept must be told too.
    judged = validate(definition, {**kept.draft, **filing.answers}, today=today, lookups=lookups_of(found, today=today))
    for path, texts in judged.errors.items():
        faults.add(f"answers.{path}" if path else "answers", *texts)
    for path in judged.unknown:
        faults.add(f"answers.{path}", _("Tờ khai không có mục này."))


def attach_all(key: str, files: dict[str, list[UploadedFile]], known: set[str], who: Caller, faults: Faults) -> None:
    """Store and enclose every file under the component its part is named after, one of ``known``."""
    limits = UploadLimits(max_bytes=settings.UPLOAD_MAX_BYTES)
    for name, uploads in files.items():
        if name not in known:
            faults.add(f"files.{name}", _("Thủ tục này không yêu cầu giấy tờ đó."))
            continue
        for upload in uploads:
            try:
                with transaction.atomic():
                    stored = store(upload, by=who.actor, at=who.at, limits=limits)
                    draft.attach(key, name, stored, by=who.actor, at=who.at)
            except Refusal as refusal:
                faults.take(f"files.{name}", refusal)
