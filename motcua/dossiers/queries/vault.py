"""What a person's vault has for a dossier: offered where the same kind is asked for, or to be chosen (BN-7, HY-9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime

from motcua.dossiers.facts import requirements_of
from motcua.dossiers.models import Dossier
from motcua.files.models import VaultPaper
from motcua.files.queries import vault_of
from motcua.procedures.models import Requirement
from motcua.rules.people import Actor
from motcua.rules.vault import Origin, fits, is_offered, until_words, why_unusable


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper of the vault for a component; ``why_not`` says why it cannot be used again."""

    id: str
    title: str
    words: str
    why_not: str = ""
    files: int = 1


@dataclass(frozen=True, slots=True)
class FromVault:
    """What the vault has for one component: by itself, and to choose from."""

    offers: tuple[Offer, ...] = ()
    others: tuple[Offer, ...] = ()

    @property
    def usable(self) -> tuple[Offer, ...]:
        return tuple(offer for offer in self.offers if not offer.why_not)


def from_vault(dossier: Dossier, actor: Actor, *, today: date) -> dict[str, FromVault]:
    """For each component what this person's vault has. One query; nothing of a vault that is not the applicant's."""
    if actor.account_id is None or actor.account_id != dossier.applicant_id:
        return {}
    groups = _groups(vault_of(actor))
    if not groups:
        return {}
    here = {row.file_id for row in dossier.enclosures.all() if row.removed_at is None}
    left = [papers for papers in groups if not any(paper.file_id in here for paper in papers)]
    return {requirement.key: _for(requirement, left, today) for requirement in requirements_of(dossier)}


def _for(requirement: Requirement, groups: list[list[VaultPaper]], today: date) -> FromVault:
    offers = [
        _offer(papers, requirement, today)
        for papers in groups
        if is_offered(requirement.kind, papers[0].kind) and not papers[0].superseded_at
    ]
    others = [
        offer
        for papers in groups
        if fits(requirement.kind, papers[0].kind) and not is_offered(requirement.kind, papers[0].kind)
        if not (offer := _offer(papers, requirement, today)).why_not
    ]
    old = [
        _offer(papers, requirement, today)
        for papers in groups
        if is_offered(requirement.kind, papers[0].kind) and papers[0].superseded_at
    ]
    return FromVault(tuple(offers + old[: 0 if any(not one.why_not for one in offers) else 1]), tuple(others))


def _groups(papers: Iterable[VaultPaper]) -> list[list[VaultPaper]]:
    """Files handed in together for one component are one paper."""
    found: dict[tuple[str, ...], list[VaultPaper]] = {}
    for paper in papers:
        is_part = bool(paper.source_code and paper.source_item)
        key = (paper.source_code, paper.source_item, paper.kind) if is_part else (str(paper.pk),)
        found.setdefault(key, []).append(paper)
    return list(found.values())


def _offer(papers: list[VaultPaper], requirement: Requirement, today: date) -> Offer:
    first = papers[0]
    why = next(filter(None, (why_unusable(paper.facts, today=today) for paper in papers)), "")
    if not why and len(papers) > requirement.max_files:
        why = f"Giấy gồm {len(papers)} tệp, ở đây nhận tối đa {requirement.max_files} tệp."
    return Offer(str(first.pk), first.title, said(first, today=today), why, len(papers))


def said(paper: VaultPaper, *, today: date) -> str:
    """Where a paper of one's own vault is from and until when it holds, to its owner."""
    day = f"{localtime(paper.handed_at):%d/%m/%Y}"
    until = until_words(paper.valid_until, today=today)
    if paper.origin == Origin.UPLOADED:
        return f"Bạn đã tải giấy này lên kho ngày {day}, {until}."
    if paper.origin == Origin.RESULT:
        return f"Đây là kết quả của hồ sơ {paper.source_code} ngày {day}, {until}."
    return f"Bạn đã nộp giấy này trong hồ sơ {paper.source_code} ngày {day}, {until}."
