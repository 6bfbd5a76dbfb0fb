"""Thirty dossiers in every state, and where to find them: run inside a running product by `Product.command`."""

from __future__ import annotations

import json
from typing import Any

NEWCOMER = ("moi@example.vn", "một mật khẩu dài và dễ nhớ")
"""A citizen who has nothing yet."""

OFFICERS = ("minh", "ha", "binh", "quang", "thu")
FORMS = ("1.001193", "1.001612", "1.013225")
"""Forms with conditions, repeated rows and numbers, whose every step is looked at."""

SCALE = 0.001
"""One dossier of each ending beside those of the cast."""


def main() -> None:
    """Print one line of JSON: what the tests need to know."""
    from motcua.console.demo import load, replay
    from motcua.ui import clock

    at = clock.now()
    world = load.essentials(at=at)
    replay.dossiers(world, at=at, scale=SCALE)
    _newcomer(at)
    officers = {login: _office(login, at) for login in OFFICERS}
    print(
        json.dumps({"officers": officers, "intake": _intake(at), **_citizen(at), "case": _case(at), "plan": _plan(at)})
    )


def _newcomer(at: Any) -> None:
    from motcua.accounts.actions import create_account
    from motcua.accounts.models import Account, Kind
    from motcua.console.demo.load import LOADER

    login, password = NEWCOMER
    if not Account.objects.filter(login=login).exists():
        create_account(
            login, kind=Kind.PERSON, full_name="Đoàn Văn Mới", email=login, password=password, by=LOADER, at=at
        )


def _actor(login: str, at: Any) -> Any:
    from motcua.accounts.models import Account
    from motcua.agencies.queries import actor_of

    return actor_of(Account.objects.get(login=login), at=at)


def _office(login: str, at: Any) -> dict[str, dict[str, Any]]:
    """A dossier of each state this officer sees, one for each act to be done, one for each way an act is refused."""
    from motcua.desk.deeds import slug
    from motcua.desk.doing import DOINGS
    from motcua.dossiers.actions.gate import refusal
    from motcua.dossiers.queries import dossier_of, offers, visible_to
    from motcua.rules.lifecycle import Granted

    actor = _actor(login, at)
    states: dict[str, str] = {}
    acts: dict[str, str] = {}
    refused: dict[int, tuple[str, str]] = {}
    for row in visible_to(actor).filter(code__isnull=False).order_by("-submitted_at", "pk"):
        states.setdefault(row.state, row.code)
        for act, answer in offers(dossier_of(row.code, actor), actor, at=at).items():
            if act in DOINGS:
                if isinstance(answer, Granted):
                    acts.setdefault(slug(act), row.code)
                else:
                    refused.setdefault(refusal(answer).status, (slug(act), row.code))
    return {"states": states, "acts": acts, "refused": {act: (code, status) for status, (act, code) in refused.items()}}


def _begin(code: str, agency: int | None, *, by: Any, at: Any, **who: Any) -> dict[str, Any]:
    """A draft of this procedure, with the steps of its form."""
    from motcua.dossiers.actions import draft
    from motcua.dossiers.facts import form_of
    from motcua.procedures.models import Offering
    from motcua.procedures.queries import revision_in_force

    revision = revision_in_force(code, on=at.date())
    offerings = Offering.objects.filter(procedure__code=code, until__isnull=True).order_by("pk")
    offering = offerings.filter(agency_id=agency).first() or offerings.first()
    assert offering is not None
    case = revision.cases[0]["key"] if revision.cases else ""
    begun = draft.start(revision, offering, case=case, by=by, at=at, **who)
    return {"key": str(begun.public_id), "steps": [step.key for step in form_of(begun).steps]}


def _intake(at: Any) -> dict[str, Any]:
    """Somebody at Minh's counter."""
    from motcua.dossiers.actions.applicant import WalkIn
    from motcua.rules.acts import Channel

    minh, person = _actor("minh", at), WalkIn(name="Trần Thị Bảy", phone="0905000999")
    agency = minh.posts[0].agency_id
    return _begin("2.000635", agency, by=minh, at=at, applicant=None, channel=Channel.COUNTER, walk_in=person)


def _case(at: Any) -> str:
    """A violation reported about a dossier, taken up by the operator."""
    from motcua.dossiers.models import Dossier
    from motcua.feedback.actions import Report, report, take
    from motcua.feedback.models import Via
    from motcua.rules.people import NOBODY

    code = Dossier.objects.filter(code__isnull=False).order_by("pk").values_list("code", flat=True)[0]
    told = Report(
        "impersonation", "Có người đứng tên tôi nộp hồ sơ này.", "other", "dossier", code, contact="0905000998"
    )
    case = report(told, via=Via.PORTAL, by=NOBODY, at=at)
    return take(case.number, by=_actor("dieuhanh", at), at=at).number


def _plan(at: Any) -> int:
    """A reorganisation drawn up and not confirmed: the commune where the demo plays would join its neighbour."""
    from motcua.agencies.models import Agency
    from motcua.dossiers.actions import reorganisation_plans as plans

    here = Agency.objects.get(pk=_actor("quang", at).posts[0].agency_id)
    near = Agency.objects.filter(tier=here.tier, kind=here.kind, until=None).exclude(pk=here.pk).order_by("code")[0]
    change = {"kind": "dissolve", "from": here.code, "to": near.code}
    data = {"day": at.date(), "basis": "Nghị quyết sắp xếp thử", "change": [change]}
    return plans.propose(data, by=_actor("dieuhanh", at), at=at).pk


def _vault(lan: Any, at: Any) -> str:
    """A paper Lan keeps, of a kind that one of her drafts asks for."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from motcua.console.demo.sources import FOLDER
    from motcua.dossiers.actions import vault
    from motcua.files.queries import vault_of
    from motcua.rules.consents import Purpose

    vault.give_consent(Purpose.PAPERS, by=lan, at=at)
    if not vault_of(lan):
        upload = SimpleUploadedFile(
            "giay-chung-sinh.pdf",
            (FOLDER / "papers" / "giay-chung-sinh.pdf").read_bytes(),
            content_type="application/pdf",
        )
        vault.add(upload, vault.Described(kind="giay-chung-sinh"), by=lan, at=at)
    return str(vault_of(lan)[0].pk)


def _citizen(at: Any) -> dict[str, Any]:
    """Lan's dossiers by state, drafts with their steps, a message, a paper anyone can verify."""
    from motcua.accounts.models import Account
    from motcua.dossiers.models import Dossier
    from motcua.notifications.models import Message
    from motcua.papers.models import IssuedPaper

    account, lan = Account.objects.get(login="lan@example.vn"), _actor("lan@example.vn", at)
    mine = Dossier.objects.filter(applicant=account).order_by("pk")
    drafts = [_begin(code, None, by=lan, at=at, applicant=account) for code in FORMS]
    letters = Message.objects.filter(recipient_account=account, channel="portal").order_by("created_at")
    return {
        "filed": {row.state: row.code for row in mine.filter(code__isnull=False)},
        "running": str(mine.filter(code__isnull=True).values_list("public_id", flat=True)[0]),
        "drafts": drafts,
        "vault": _vault(lan, at),
        "letter": str(letters.values_list("pk", flat=True).first()),
        "token": IssuedPaper.objects.order_by("pk").values_list("token", flat=True).first(),
    }
