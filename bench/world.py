"""Django's side, in a process of its own: the demo's offices and people, dossiers of every state, sessions to use.

Run as `python -m bench.world N`; prints what the driver needs as one JSON line.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from datetime import date, datetime, timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402

from bench.clone import clone  # noqa: E402
from bench.paper import a_paper  # noqa: E402
from motcua.accounts.models import Account, Kind  # noqa: E402
from motcua.agencies.models import PostHeld  # noqa: E402
from motcua.agencies.queries import actor_of  # noqa: E402
from motcua.console.demo import load  # noqa: E402
from motcua.dossiers.actions import approve, deliver, draft, examine, fees, intake, issue, submit, withdraw  # noqa: E402
from motcua.dossiers.facts import enclosed_keys, judged_items  # noqa: E402
from motcua.dossiers.models import Dossier  # noqa: E402
from motcua.dossiers.queries import dossier_of  # noqa: E402
from motcua.files.actions import store  # noqa: E402
from motcua.procedures.models import Offering  # noqa: E402
from motcua.rules.acts import Channel, Outcome, Verdict  # noqa: E402
from motcua.rules.eforms.flat import _flat  # noqa: E402
from motcua.rules.people import Actor, Role  # noqa: E402
from motcua.ui import clock  # noqa: E402

PROCEDURE = "2.000635"
PAPER = "van-ban-uy-quyen"
CITIZENS = 256
OFFICERS = 16
SHARES = {
    "submitted": 40, "awaiting_supplement": 15, "examining": 45, "awaiting_approval": 12, "awaiting_seal": 6,
    "result_ready": 12, "declined": 15, "withdrawn": 5, "delivered": 850,
}  # fmt: skip
"""How a thousand dossiers are spread over the states."""


def main(number: int) -> None:
    """Fill up to `number` dossiers and tell how to use them."""
    at = clock.now()
    world = load.essentials(at=at)
    citizens = _citizens(at, world)
    stage = world.people.accounts["minh"]
    officers = _officers(at, actor_of(stage, at=at))
    began = time.monotonic()
    if not Dossier.objects.exclude(code=None).exists():
        _templates(world, citizens[0], at)
    filled = clone(number, shares=SHARES, applicants=[one.pk for one in citizens])
    seconds = time.monotonic() - began
    revision = world.revisions[PROCEDURE]
    offerings = list(Offering.objects.filter(procedure=revision.procedure).order_by("pk").values_list("pk", flat=True))
    codes = list(Dossier.objects.exclude(code=None).order_by("public_id").values_list("code", flat=True)[:2000])
    told = {
        "dossiers": filled,
        "fill_seconds": round(seconds, 1),
        "cookie": settings.SESSION_COOKIE_NAME,
        "csrf": settings.CSRF_COOKIE_NAME,
        "citizens": [_session(one) for one in citizens],
        "officers": [_session(one) for one in officers],
        "procedure": PROCEDURE,
        "paper": PAPER,
        "offerings": offerings,
        "codes": codes,
        "steps": _posts(revision, _answers(world, at.date())),
    }
    print(json.dumps(told))


def _citizens(at: datetime, world: Any) -> list[Account]:
    """People who file, each with an address and an identity number of the right shape."""
    stage = world.sources.stage[0]
    known = Account.objects.filter(login__startswith="bench-").exclude(kind=Kind.OFFICER).order_by("pk")
    if known.count() < CITIZENS:
        Account.objects.bulk_create(
            Account(
                login=f"bench-{number}@example.vn",
                email=f"bench-{number}@example.vn",
                phone=f"0906{number:06d}",
                phone_verified_at=at,
                email_verified_at=at,
                full_name=f"Nguyễn Văn {number}",
                birth_date=date(1980, 1, 1),
                gender="male",
                identity_number=f"052080{number:06d}",
                address={"unit": stage, "street": "Thôn Đông", "scheme": world.sources.scheme},
                password="!",  # noqa: S106 - nobody logs in with a password here
                kind=Kind.PERSON,
                created_at=at,
                terms_accepted_at=at,
            )
            for number in range(CITIZENS)
        )
    return list(known)


def _officers(at: datetime, like: Actor) -> list[Account]:
    """Counter officers beside the first one of the stage, so that each client is another person."""
    post = like.posts[0]
    known = list(Account.objects.filter(login__startswith="bench-officer-").order_by("pk"))
    for number in range(len(known), OFFICERS):
        account = Account.objects.create(
            login=f"bench-officer-{number}", full_name=f"Trần Thị {number}", kind=Kind.OFFICER, created_at=at
        )
        PostHeld.objects.create(
            account=account,
            role=Role.COUNTER_OFFICER.value,
            agency_id=post.agency_id,
            counter_id=post.counter_id,
            title="Công chức",
            since=at - timedelta(days=365),
        )
        known.append(account)
    return known


def _session(account: Account) -> str:
    """A session of this account, as logging in makes it."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _answers(world: Any, today: date) -> dict[str, Any]:
    """A complete form of somebody who files for another, so that a paper is needed."""
    commune = world.sources.stage[0]
    return {
        "nyc_ho_ten": "Nguyễn Văn An",
        "nyc_so_dinh_danh": "052080000001",
        "nyc_noi_cu_tru": {"unit": commune, "street": "Thôn Đông"},
        "nyc_quan_he": "ban_than",
        "uy_quyen": "co",
        "loai_trich_luc": "khai_sinh",
        "ho_ten": "Nguyễn Thị Bình",
        "ngay_sinh": "1992-03-04",
        "noi_da_dang_ky": commune,
        "so_dang_ky": "45",
        "so_ban_sao": "2",
    }


def _posts(revision: Any, answers: dict[str, Any]) -> list[tuple[str, dict[str, str]]]:
    """Each step of the form with the names and values a browser would post."""
    from motcua.eforms.queries import definition

    steps = []
    for step in definition(revision.eform_id).steps:
        flat: dict[str, str] = {}
        for field in step.fields:
            for name, values in _flat(field, field.key, answers.get(field.key)):
                flat[name] = values[-1] if values else ""
        steps.append((step.key, flat))
    return steps


def _templates(world: Any, citizen: Account, at: datetime) -> None:
    """One real dossier of every state, made by the real acts a week ago; the others are copies with other names."""
    Template(world, citizen, at - timedelta(days=7)).make_all()


class Template:
    """The acts that lead to each state."""

    def __init__(self, world: Any, citizen: Account, at: datetime) -> None:
        self.world, self.citizen, self.at = world, citizen, at
        self.owner = actor_of(citizen, at=at)
        self.minh = actor_of(world.people.accounts["minh"], at=at)
        agency = self.minh.posts[0].agency_id
        self.offering = Offering.objects.select_related("agency", "counter").get(
            procedure=world.revisions[PROCEDURE].procedure, agency_id=agency
        )
        held = PostHeld.objects.select_related("account").filter(agency_id=agency).order_by("pk")
        self.by_role = {}
        for post in held:
            self.by_role.setdefault(post.role, []).append(actor_of(post.account, at=at))

    def make_all(self) -> None:
        ways = {
            "submitted": (),
            "awaiting_supplement": (self.ask,),
            "declined": (self.decline,),
            "withdrawn": (self.withdraw,),
            "examining": (self.accept,),
            "awaiting_approval": (self.accept, self.propose),
            "awaiting_seal": (self.accept, self.propose, self.approve),
            "result_ready": (self.accept, self.propose, self.approve, self.seal),
            "delivered": (self.accept, self.propose, self.approve, self.seal, self.deliver),
        }
        for wanted, acts in ways.items():
            code = self.submit()
            for act in acts:
                act(code)
            reached = Dossier.objects.get(code=code).state
            assert reached == wanted, f"{wanted}: stands at {reached}"

    def submit(self) -> str:
        begun = draft.start(
            self.world.revisions[PROCEDURE], self.offering, applicant=self.citizen, by=self.owner, at=self.at
        )
        key = str(begun.public_id)
        outcome = draft.fill(key, _answers(self.world, self.at.date()), by=self.owner, at=self.at)
        assert not outcome.errors, outcome.errors
        paper = SimpleUploadedFile("van-ban.pdf", a_paper(20_000), content_type="application/pdf")
        draft.attach(key, PAPER, store(paper, by=self.owner, at=self.at), by=self.owner, at=self.at)
        draft.choose_return(key, channel=Channel.COUNTER.value, by=self.owner, at=self.at)
        return submit.submit(key, declared=True, by=self.owner, at=self.at).code or ""

    def ask(self, code: str) -> None:
        found = dossier_of(code, self.minh)
        items = judged_items(found, enclosed_keys(found), today=self.at.date())
        verdicts = {item.key: (Verdict.OK, "") for item in items} | {items[0].key: (Verdict.WRONG, "Ghi rõ họ tên")}
        intake.judge(code, verdicts, by=self.minh, at=self.at)
        intake.request_supplement(code, message="", by=self.minh, at=self.at)

    def decline(self, code: str) -> None:
        intake.decline(code, reasons=["Không thuộc thẩm quyền"], by=self.minh, at=self.at)

    def withdraw(self, code: str) -> None:
        withdraw.withdraw(code, reason="Không cần nữa", by=self.owner, at=self.at)

    def accept(self, code: str) -> None:
        if any(fee.moment == "before" for fee in Dossier.objects.get(code=code).fees.all()):
            fees.collect(code, receipt_number="BL 1", by=self.minh, at=self.at)
        intake.accept(code, by=self.minh, at=self.at)

    def doer(self, code: str) -> Actor:
        """Whoever of the stage may do the open step."""
        found = Dossier.objects.get(code=code)
        for actor in self.by_role[found.step_role]:
            if any(post.division_id in (None, found.step_division_id) for post in actor.posts):
                return actor
        raise LookupError(f"nobody for {found.step_role}")

    def propose(self, code: str) -> None:
        while Dossier.objects.get(code=code).state == "examining":
            by = self.doer(code)
            examine.draft_result(code, outcome=Outcome.GRANTED, title="Trích lục", body="Cấp", by=by, at=self.at)
            examine.propose(code, by=by, at=self.at)

    def approve(self, code: str) -> None:
        while Dossier.objects.get(code=code).state == "awaiting_approval":
            approve.approve(code, by=self.doer(code), at=self.at)

    def seal(self, code: str) -> None:
        issue.seal(code, by=self.doer(code), at=self.at)

    def deliver(self, code: str) -> None:
        if any(fee.paid_at is None for fee in Dossier.objects.get(code=code).fees.all()):
            fees.collect(code, receipt_number="BL 2", by=self.minh, at=self.at)
        deliver.deliver(
            code,
            channel=Channel.COUNTER,
            receiver_name="Nguyễn Văn An",
            originals_checked=True,
            form_signed=True,
            by=self.minh,
            at=self.at,
        )


if __name__ == "__main__":
    random.seed(1)
    main(int(sys.argv[1]))
