"""Once is enough: what was given with a dossier is kept for its owner, and not asked for again (BN-7, HY-6, HY-12)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localtime

from motcua.accounts.actions import consents_now, give_consent, keep_answers
from motcua.accounts.models import Account, KeptAnswer
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.dossiers.actions.applicant import known_of
from motcua.dossiers.facts import form_of, lookups_of
from motcua.dossiers.facts.reuse import in_place, not_to_be_asked, reused_of
from motcua.dossiers.models import Dossier, Enclosure
from motcua.eforms.queries import form_key
from motcua.files.actions import store
from motcua.files.actions.vault import note, owned_by, put
from motcua.files.models import StoredFile, VaultPaper, VaultReading
from motcua.papers.queries import latest, pdf
from motcua.procedures.models import Requirement
from motcua.procedures.queries.kinds import paper_kind
from motcua.rules.acts import Outcome, Paper, Verdict
from motcua.rules.consents import Purpose
from motcua.rules.eforms import print_steps, to_keep, visible
from motcua.rules.people import Actor
from motcua.rules.text import clean_text
from motcua.rules.vault import WRONGS, Origin, Reused, Wrong, until_words

# --- what is kept


def agree(dossier: Dossier, purposes: Collection[Purpose], *, by: Actor, at: datetime) -> None:
    """The applicant's yes at the end of filing; nobody else can give it. Inside the transaction of the filing."""
    if not purposes or by.account_id is None or by.account_id != dossier.applicant_id:
        return
    account = Account.objects.get(pk=by.account_id)
    for purpose in purposes:
        give_consent(account, purpose, at=at, given_with=dossier.code or "")


def remember_answers(dossier: Dossier, *, at: datetime) -> None:
    """Keep what was said on the form, if its owner consents; what the account knows already is not kept twice."""
    version = dossier.revision.eform_id
    if version is None or not consents_now(dossier.applicant_id, Purpose.ANSWERS):
        return
    today, form = at.date(), form_of(dossier)
    account = Account.objects.get(pk=dossier.applicant_id or 0)
    known = {f"account.{name}": value for name, value in known_of(account).items()}
    shown = visible(form, dossier.answers, today=today)
    said = {key: value for key, value in dossier.answers.items() if key in shown}
    steps = print_steps(form, dossier.answers, lookups_of(dossier, today=today), today=today)
    in_words = {answer.path: answer.text for step in steps for answer in step.answers}
    keep_answers(
        KeptAnswer(
            account=account,
            meaning=meaning[:200],
            type=field.type.value,
            label=field.label[:300],
            value=value,
            words=in_words.get(field.key, "")[:500],
            kept_at=at,
            dossier_code=dossier.code or "",
        )
        for meaning, (field, value) in to_keep(form, form_key(version), said).items()
        if known.get(meaning) != value
    )


def keep_papers(dossier: Dossier, *, at: datetime) -> None:
    """Put the dossier's accepted papers into the applicant's vault, if he consents. What was itself reused, or found
    wrong, is not put there.
    """
    given = [row for row in in_place(dossier) if not row.reused]
    if not given or not consents_now(dossier.applicant_id, Purpose.PAPERS):
        return
    asked = {requirement.key: requirement for requirement in dossier.revision.requirements.all()}
    findings = {finding.item: finding for finding in dossier.findings.all()}
    for row in given:
        finding = findings.get(f"paper:{row.requirement_key}")
        requirement = asked.get(row.requirement_key)
        if requirement is None or (finding is not None and finding.verdict == Verdict.WRONG):
            continue
        is_checked = finding is not None and finding.verdict == Verdict.OK
        paper = _of_dossier(dossier, row.file, requirement.name, handed_at=dossier.submitted_at or row.added_at, at=at)
        paper.kind, paper.source_item, paper.origin = requirement.kind, requirement.key, Origin.ENCLOSED.value
        paper.number = dossier.component_numbers.get(requirement.key, "")
        if is_checked and finding is not None:
            paper.verified_by = f"{finding.by_name}, {dossier.agency.name}"[:250]
            paper.verified_at = finding.at
        put(paper, kind=paper_kind(paper.kind), at=at)


def keep_result(dossier: Dossier, *, at: datetime) -> None:
    """Put the electronic result into the applicant's vault, if he consents (NĐ 45/2020: results go to the person's own
    store). A refusal is no paper to be used again.
    """
    result = getattr(dossier, "result", None)
    if result is None or result.outcome != Outcome.GRANTED or not consents_now(dossier.applicant_id, Purpose.PAPERS):
        return
    issued = latest(dossier.code or "", Paper.RESULT)
    if issued is None:
        return
    if document := issued.data.get("document"):
        file = StoredFile.objects.get(pk=document["file_id"])
    else:
        drawn = pdf(issued)
        made = UploadedFile(BytesIO(drawn), issued.filename, "application/pdf", len(drawn))
        file = store(made, by=Actor.system("results"), at=at, owner=owned_by(dossier.applicant_id or 0))
    paper = _of_dossier(dossier, file, result.title, handed_at=dossier.result_at or at, at=at)
    paper.kind, paper.origin = dossier.revision.result_kind, Origin.RESULT.value
    paper.number, paper.issuer = result.number, dossier.agency.name[:250]
    paper.issued_on = localtime(result.sealed_at).date() if result.sealed_at else None
    paper.verified_by = ", ".join(filter(None, (result.sealed_by_name, dossier.agency.name)))[:250]
    paper.verified_at = result.sealed_at
    put(paper, kind=paper_kind(paper.kind), at=at)


def _of_dossier(dossier: Dossier, file: StoredFile, title: str, *, handed_at: datetime, at: datetime) -> VaultPaper:
    return VaultPaper(
        owner_id=dossier.applicant_id or 0,
        file=file,
        title=title[:500],
        source_code=dossier.code or "",
        source_title=dossier.revision.title[:250],
        handed_at=handed_at,
        kept_at=at,
    )


# --- what is not asked for again


class AskedAgain(Refusal):
    """An officer asked for a paper that was given once and still holds. ``keys`` are its components."""

    def __init__(self, found: list[tuple[Requirement, Reused]], *, by_item: bool) -> None:
        said = {requirement.key: _not_again(requirement, paper) for requirement, paper in found}
        errors = {f"paper:{key}": [words] for key, words in said.items()} if by_item else {}
        super().__init__(list(said.values()) if not by_item else "Chưa ghi được kết quả kiểm tra.", field_errors=errors)
        self.keys = list(said)


def _not_again(requirement: Requirement, paper: Reused) -> str:
    return (
        f"“{requirement.name}” đã nộp trong hồ sơ {paper.code} ngày {paper.handed_on:%d/%m/%Y}, "
        f"{until_words(paper.valid_until)}, nên không được yêu cầu nộp lại. Nếu giấy sai, hãy chọn giấy sai ở đâu và "
        "ghi rõ lý do. Việc yêu cầu này đã được ghi lại."
    )


@contextmanager
def attempts_are_kept(code: str, *, by: Actor, at: datetime) -> Iterator[None]:
    """Around an act: an attempt to ask again for what was given once is written down after the act was undone, in a
    transaction of its own, so that the no does not take it back (as HY-26 does for signed components).
    """
    try:
        yield
    except AskedAgain as no:
        subject = Dossier.objects.values_list("public_id", flat=True).get(code=code)
        with transaction.atomic():
            body: dict[str, Any] = {"code": code, "items": no.keys, "why": "once_only"}
            record(subject=("dossier", str(subject)), verb="asked_again", by=by, at=at, body=body)
        raise


def must_not_ask_again(dossier: Dossier, items: Collection[str], *, at: datetime, by_item: bool = False) -> None:
    """Raise `AskedAgain` when one of these items (``paper:…``) was reused, still holds and nobody has said why it would
    be wrong. ``by_item``: the words belong beside each.
    """
    keys = [item.removeprefix("paper:") for item in items if item.startswith("paper:")]
    if found := not_to_be_asked(dossier, keys, today=localtime(at).date()):
        raise AskedAgain(found, by_item=by_item)


def judge_reused(
    dossier: Dossier,
    verdicts: Mapping[str, tuple[Verdict, str]],
    wrongs: Mapping[str, Wrong],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """What verdicts say of reused papers: wrong only with what is wrong, which the vault is told too; right again takes
    that back. Raises `AskedAgain`.
    """
    asked = [item for item, (verdict, _) in verdicts.items() if verdict == Verdict.WRONG and item not in wrongs]
    must_not_ask_again(dossier, asked, at=at, by_item=True)
    for item, (verdict, said) in verdicts.items():
        for row in in_place(dossier, item.removeprefix("paper:")) if item.startswith("paper:") else ():
            if reused_of(row) is None:
                continue
            if verdict == Verdict.WRONG and item in wrongs:
                _find_wrong(dossier, row, f"{WRONGS[wrongs[item]]}. {clean_text(said)}"[:1200], by=by, at=at)
            elif verdict == Verdict.OK and row.reused and row.reused.get("wrong"):
                _find_wrong(dossier, row, "", by=by, at=at)


def _find_wrong(dossier: Dossier, row: Enclosure, why: str, *, by: Actor, at: datetime) -> None:
    row.reused = {**(row.reused or {}), "wrong": why}
    row.save(update_fields=["reused"])
    mine = VaultPaper.objects.filter(pk=row.reused["paper"], owner_id=dossier.applicant_id or 0).order_by("pk")
    paper = mine.select_for_update(of=("self",)).first()
    if paper is None:
        return
    paper.wrong_reason, paper.wrong_by, paper.wrong_at = why, by.name if why else "", at if why else None
    paper.save(update_fields=["wrong_reason", "wrong_by", "wrong_at"])
    if why:
        unit = dossier.agency.name
        note(paper, VaultReading.What.FOUND_WRONG, by=by, at=at, dossier_code=dossier.code or "", unit=unit)
