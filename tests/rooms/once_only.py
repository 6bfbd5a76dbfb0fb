"""A person whose paper was given once: shared by the tests of the vault, in the room and on its pages."""

from __future__ import annotations

from datetime import datetime

from motcua.dossiers.actions import approve, draft, examine, fees, intake, issue, submit, vault
from motcua.files.models import VaultPaper
from motcua.files.queries import vault_of
from motcua.procedures.models import Requirement
from motcua.rules.acts import Outcome, Verdict
from motcua.rules.consents import Purpose
from tests.cast import Cast
from tests.rooms.test_levels import hand_over

PAPER = "giay-chung-minh"
KIND = "xac-nhan-tinh-trang-hon-nhan"
"""A kind that holds for six months (`procedures/paper_kinds.toml`)."""
FIELDS = ("ho_ten", "so_dinh_danh", "so_ban", "uy_quyen")


def of_a_kind(cast: Cast) -> Cast:
    """The cast, whose procedure asks for a paper of a known kind."""
    Requirement.objects.filter(revision=cast.revision, key=PAPER).update(kind=KIND)
    return cast


def consent(cast: Cast, at: datetime, *purposes: Purpose) -> None:
    for purpose in purposes or tuple(Purpose):
        vault.give_consent(purpose, by=cast.lan, at=at)


def judged(cast: Cast, code: str, at: datetime) -> None:
    """Everything found right, by Minh."""
    ok: dict[str, tuple[Verdict, str]] = {f"field:{key}": (Verdict.OK, "") for key in FIELDS}
    intake.judge(code, {**ok, f"paper:{PAPER}": (Verdict.OK, "")}, by=cast.minh, at=at)


def accepted(cast: Cast, at: datetime) -> str:
    """A dossier of Lan's whose paper Minh has looked at and accepted."""
    code = str(cast.submitted().code)
    judged(cast, code, at)
    intake.accept(code, by=cast.minh, at=at)
    return code


def delivered(cast: Cast, at: datetime) -> str:
    code = accepted(cast, at)
    examine.assign(code, to=cast.ha_account.pk, by=cast.ha, at=at)
    examine.draft_result(
        code, outcome=Outcome.GRANTED, title="Trích lục", body="Nội dung trích lục.", by=cast.ha, at=at
    )
    examine.propose(code, by=cast.ha, at=at)
    approve.approve(code, by=cast.quang, at=at)
    issue.seal(code, by=cast.thu, at=at)
    fees.collect(code, receipt_number="0001", by=cast.minh, at=at)
    hand_over(cast, at, code, originals_checked=True, form_signed=True)
    return code


def second(cast: Cast, at: datetime) -> str:
    """Another draft of Lan's, without its paper."""
    found = draft.start(cast.revision, cast.offering, applicant=cast.lan_account, by=cast.lan, at=at)
    key = str(found.public_id)
    draft.fill(key, {"so_ban": "1", "uy_quyen": "khong"}, by=cast.lan, at=at)
    draft.choose_return(key, channel="counter", by=cast.lan, at=at)
    return key


def again(cast: Cast, at: datetime) -> tuple[str, VaultPaper]:
    """A second dossier, filed with the first one's paper."""
    (paper,) = vault_of(cast.lan)
    key = second(cast, at)
    vault.reuse(key, PAPER, str(paper.pk), by=cast.lan, at=at)
    return str(submit.submit(key, declared=True, by=cast.lan, at=at).code), paper
