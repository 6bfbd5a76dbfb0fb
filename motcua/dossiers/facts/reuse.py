"""Papers of a dossier that were taken from the applicant's vault: from the enclosure's row to the rules and back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.timezone import localtime

from motcua.dossiers.models import Dossier, Enclosure
from motcua.files.models import VaultPaper
from motcua.procedures.models import Requirement
from motcua.rules.vault import Origin, Reused, must_not_be_asked_for


def pinned(paper: VaultPaper) -> dict[str, Any]:
    """What a dossier keeps of a vault's paper it refers to, its hash above all; true whatever becomes of the vault."""
    return {
        "paper": str(paper.pk),
        "sha256": paper.sha256,
        "kind": paper.kind,
        "title": paper.title,
        "origin": paper.origin,
        "code": paper.source_code,
        "item": paper.source_item,
        "handed_at": paper.handed_at.isoformat(),
        "handed_on": localtime(paper.handed_at).date().isoformat(),
        "verified_by": paper.verified_by,
        "verified_at": paper.verified_at.isoformat() if paper.verified_at else None,
        "number": paper.number,
        "issuer": paper.issuer,
        "issued_on": paper.issued_on.isoformat() if paper.issued_on else None,
        "valid_until": paper.valid_until.isoformat() if paper.valid_until else None,
        "wrong": "",
    }


def reused_of(enclosure: Enclosure) -> Reused | None:
    """The enclosure as a reused paper; None for a file handed in here."""
    kept = enclosure.reused
    if not kept:
        return None
    until = kept.get("valid_until")
    return Reused(
        code=kept.get("code", ""),
        origin=Origin(kept["origin"]),
        handed_on=date.fromisoformat(kept["handed_on"]),
        kind=kept.get("kind", ""),
        valid_until=date.fromisoformat(until) if until else None,
        verified_by=kept.get("verified_by", ""),
        number=kept.get("number", ""),
        issuer=kept.get("issuer", ""),
        wrong=kept.get("wrong", ""),
    )


def in_place(dossier: Dossier, key: str | None = None) -> list[Enclosure]:
    """Papers that are in the dossier now; of one component, if named."""
    return [
        row
        for row in dossier.enclosures.all()
        if row.removed_at is None and (key is None or row.requirement_key == key)
    ]


def reused_papers(dossier: Dossier) -> dict[str, list[Reused]]:
    """Reused papers in place, by the key of their component."""
    found: dict[str, list[Reused]] = {}
    for row in in_place(dossier):
        if (reused := reused_of(row)) is not None:
            found.setdefault(row.requirement_key, []).append(reused)
    return found


def not_to_be_asked(dossier: Dossier, keys: Iterable[str], *, today: date) -> list[tuple[Requirement, Reused]]:
    """Of these components, those an officer may not ask for again, each with the paper that stands for it: all that is
    in place for it was reused, had been given before and still holds (BN-7, HY-6).
    """
    wanted = set(keys)
    found = []
    for requirement in dossier.revision.requirements.all():
        if requirement.key not in wanted:
            continue
        papers = [reused_of(row) for row in in_place(dossier, requirement.key)]
        if papers and all(
            paper is not None and must_not_be_asked_for(paper, asked=requirement.kind, today=today) for paper in papers
        ):
            found.append((requirement, next(paper for paper in papers if paper is not None)))
    return found


def expired(dossier: Dossier, *, today: date) -> set[str]:
    """Components of a draft whose reused paper has meanwhile lost its validity."""
    return {
        key
        for key, papers in reused_papers(dossier).items()
        if any(paper.valid_until is not None and paper.valid_until < today for paper in papers)
    }
