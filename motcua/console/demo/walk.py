"""One dossier walked through the rooms' own verbs, by the officers who hold the posts its route asks for."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.accounts.models import Account
from motcua.agencies.models import Agency
from motcua.console.demo import post_office
from motcua.console.demo.answers import Scene, filled, worded
from motcua.console.demo.people import People
from motcua.console.demo.sources import FOLDER
from motcua.dossiers.actions import approve, arrivals, deliver, draft, examine, fees, intake, issue, submit, withdraw
from motcua.dossiers.actions.applicant import WalkIn
from motcua.dossiers.facts import enclosed_keys, judged_items, paper_items, requirements_of
from motcua.dossiers.models import Dossier, Enclosure
from motcua.eforms.units import tree
from motcua.files.actions import store
from motcua.parcels.queries import live_parcel
from motcua.procedures.models import Offering, ProcedureRevision
from motcua.rules.acts import Channel, Outcome, StepKind, Verdict
from motcua.rules.parcels import Way
from motcua.rules.people import Actor, Role
from motcua.rules.route import Step, last_examining
from motcua.rules.route_data import parse_route

_MIME = {".pdf": "application/pdf", ".jpg": "image/jpeg"}


@cache
def _paper(name: str) -> bytes:
    return (FOLDER / "papers" / name).read_bytes()


class Walk:
    """A dossier on its way. Every method is one act at one moment and knows who does it."""

    def __init__(
        self,
        offering: Offering,
        revision: ProcedureRevision,
        *,
        demo: Mapping[str, Any],
        scene: Scene,
        people: People,
        account: Account | None,
        channel: Channel,
        draw: random.Random,
    ) -> None:
        self.offering, self.revision, self.demo = offering, revision, demo
        self.scene, self.people = scene, people
        self.agency: Agency = offering.agency
        self.account, self.channel, self.draw = account, channel, draw
        self.counter = people.officer(self.agency.pk, Role.COUNTER_OFFICER)
        self.applicant = Actor(account.pk, account.full_name) if account and channel == Channel.ONLINE else self.counter
        self.dossier: Dossier | None = None
        self.code = ""
        self.route: tuple[Step, ...] = ()
        self.index = 0
        self.parts: list[str] = []
        """Codes of the parts of a joint dossier, as far as this process had them in hand."""

    def go_on(self, public_id: str, index: int) -> None:
        """Stand where an interrupted load left the dossier."""
        self.dossier = Dossier.objects.get(public_id=public_id)
        self.code, self.index = self.dossier.code or "", index
        self.route = parse_route(self.revision.route)
        self.scene = replace(self.scene, today=self.dossier.created_at.date())

    @property
    def public_id(self) -> str:
        assert self.dossier is not None
        return str(self.dossier.public_id)

    # --- before the counter

    def begin(self, at: datetime) -> None:
        """Start, fill, enclose what is asked for, choose how to receive: everything but sending."""
        self.scene = replace(self.scene, today=at.date())
        revision = self.revision
        self.route = parse_route(revision.route)
        dossier = draft.start(
            revision,
            self.offering,
            applicant=self.account,
            case=self.demo.get("case", ""),
            channel=self.channel,
            walk_in=self._walk_in() if self.account is None else None,
            by=self.applicant,
            at=at,
        )
        dossier.is_demo = True
        dossier.save(update_fields=["is_demo"])
        self.dossier, key = dossier, str(dossier.public_id)
        outcome = draft.fill(key, filled(self.demo["sample"], self.scene), by=self.applicant, at=at)
        if outcome.errors or outcome.unknown:
            raise ValueError(
                f"{revision.procedure.code}: the sample does not fit the form: {outcome.errors} {outcome.unknown}"
            )
        self._enclose(key, outcome.draft, at)
        self._choose_return(key, at)

    def _walk_in(self) -> WalkIn:
        """The person at the counter, as the officer writes it down."""
        citizen = self.scene.applicant
        return WalkIn(
            name=citizen.name,
            identity=citizen.identity,
            phone=citizen.phone,
            address=self._place(),
        )

    def _place(self) -> str:
        """Where the applicant lives, in words."""
        citizen = self.scene.applicant
        return f"{citizen.street}, {tree(settings.SITE['units_scheme']).words(citizen.unit)}"

    def _enclose(self, key: str, answers: dict[str, Any], at: datetime) -> None:
        assert self.dossier is not None
        self.dossier.answers = answers
        asked = [item.name for item in paper_items(self.dossier, today=at.date()) if item.required]
        for name in asked:
            self.attach(key, name, at)
        if self.channel != Channel.ONLINE:
            rows = [row for row in requirements_of(self.dossier) if row.is_eform or row.key in asked]
            handed = {row.key: (row.originals, row.copies) for row in rows}
            draft.receive_papers(key, handed, by=self.applicant, at=at)

    def attach(self, key: str, requirement: str, at: datetime) -> None:
        """Hand in a small paper for a requirement; no two have the same bytes."""
        name = self.demo.get("papers", {}).get(requirement, "van-ban.pdf")
        ending = name[name.rindex(".") :]
        body, mark = _paper(name), f"{self.draw.getrandbits(64):016x}".encode()
        body = body + b"%" + mark + b"\n" if ending == ".pdf" else body[:2] + b"\xff\xfe\x00\x12" + mark + body[2:]
        upload = SimpleUploadedFile(f"{requirement}{ending}", body, content_type=_MIME[ending])
        draft.attach(key, requirement, store(upload, by=self.applicant, at=at), by=self.applicant, at=at)

    def _choose_return(self, key: str, at: datetime) -> None:
        """One of the ways open for it; who files on the network likes to receive there too."""
        assert self.dossier is not None
        likes = {Channel.COUNTER: 2, Channel.POST: 1, Channel.ONLINE: 4 if self.channel == Channel.ONLINE else 0}
        open_ways = draft.return_channels(self.dossier, at)
        offered = [channel for channel in likes if channel in open_ways for _ in range(likes[channel])]
        chosen = self.draw.choice(offered or list(open_ways))
        address = self._place() if chosen == Channel.POST else ""
        draft.choose_return(key, channel=chosen.value, address=address, by=self.applicant, at=at)

    def send(self, at: datetime) -> None:
        assert self.dossier is not None
        done = submit.submit(str(self.dossier.public_id), declared=True, by=self.applicant, at=at)
        self.dossier, self.code = done, str(done.code)

    def withdraw(self, at: datetime) -> None:
        withdraw.withdraw(self.code, reason="Tôi đã thay đổi kế hoạch, xin rút hồ sơ.", by=self.applicant, at=at)

    # --- the counter

    def ask_payment(self, at: datetime) -> None:
        fees.request_payment(self.code, by=self.counter, at=at)

    def pay(self, at: datetime) -> None:
        """What is unpaid, under one receipt; an amount set by resolution is the one the demo's file gives."""
        rows = Dossier.objects.get(code=self.code).fees.filter(paid_at__isnull=True)
        if not rows:
            return
        given = iter(self.demo.get("fee_amounts", []))
        amounts = {row.position: next(given, 50_000) for row in rows if row.amount is None}
        number = f"{at:%y%m}-{self.draw.randint(1, 9999):04d}"
        fees.collect(self.code, receipt_number=number, amounts=amounts, by=self.counter, at=at)

    def accept(self, at: datetime) -> None:
        intake.accept(self.code, by=self.counter, at=at)
        self.index = 1

    def decline(self, at: datetime) -> None:
        intake.decline(self.code, reasons=self.demo["declined"], by=self.counter, at=at)

    def mark(self, at: datetime, *, by: Actor | None = None) -> None:
        """A verdict on every item, wrong for the one the demo's file names."""
        wrong = self.demo["supplement"]
        dossier = self._fresh()
        items = judged_items(dossier, enclosed_keys(dossier), today=at.date())
        keys = {item.key for item in items} | {wrong["item"]}
        verdicts = {key: (Verdict.OK, "") for key in keys if key != wrong["item"]}
        judged = {**verdicts, wrong["item"]: (Verdict.WRONG, wrong["note"])}
        known = {item.key for item in items}
        intake.judge(
            self.code, {key: told for key, told in judged.items() if key in known}, by=by or self.counter, at=at
        )

    def ask_supplement(self, at: datetime) -> None:
        intake.request_supplement(self.code, message="", by=self.counter, at=at)

    def answer_supplement(self, at: datetime) -> None:
        """The marked item mended: a new paper, or another answer."""
        wrong = self.demo["supplement"]
        kind, _, key = wrong["item"].partition(":")
        if kind == "paper":
            for old in Enclosure.objects.filter(dossier__code=self.code, requirement_key=key, removed_at=None):
                draft.detach(self.code, old.pk, by=self.applicant, at=at)
            self.attach(self.code, key, at)
        else:
            draft.fill(self.code, filled(wrong["answer"], self.scene), by=self.applicant, at=at)
        submit.supplement(self.code, by=self.applicant, at=at)

    def hand_over(self, at: datetime) -> None:
        """Pay what is left and take the result, in the way chosen when filing."""
        self.pay(at)
        dossier = self._fresh()
        channel = Channel(dossier.return_channel)
        label = f"EB{self.draw.randint(10**8, 10**9 - 1)}VN" if channel == Channel.POST else ""
        if (parcel := live_parcel(self.code, Way.TO_CITIZEN)) is not None:
            clerk = self.people.officer(parcel.unit_id, Role.POSTAL_CLERK)
            post_office.travel(parcel, dossier, counter=self.counter, clerk=clerk, label=label, at=at)
            return
        deliver.deliver(
            self.code,
            channel=channel,
            receiver_name=dossier.applicant_name,
            receiver_identity=dossier.applicant_identity,
            parcel_number=label,
            originals_checked=channel == Channel.COUNTER,
            form_signed=channel == Channel.COUNTER,
            receipt_signed=channel == Channel.POST,
            by=self.counter,
            at=at,
        )

    # --- the divisions, the leader, the records clerk

    @property
    def step(self) -> Step:
        return self.route[self.index]

    def officer(self) -> Actor:
        """Who does the step the dossier stands at."""
        return self.people.officer(self.agency.pk, self.step.role, self._division())

    def _division(self) -> int | None:
        return self.people.divisions.get((self.agency.pk, self.step.division))

    def assign(self, at: datetime) -> None:
        """The head of the division gives it to the officer; where there is no head, the officer takes it."""
        officer = self.officer()
        head = self.people.actors.get((self.agency.pk, Role.DIVISION_HEAD, self._division()), officer)
        assert officer.account_id is not None
        examine.assign(self.code, to=officer.account_id, by=head, at=at)

    def mark_in_division(self, at: datetime) -> None:
        self.mark(at, by=self.officer())
        examine.propose_supplement(self.code, note=self.demo["supplement"]["note"], by=self.officer(), at=at)

    def draft_result(self, at: datetime, *, outcome: Outcome = Outcome.GRANTED) -> None:
        answers = filled(self.demo["sample"], self.scene)
        examine.draft_result(
            self.code,
            outcome=outcome,
            title=self.revision.result_title,
            body=worded(self.demo["granted"], answers) if outcome == Outcome.GRANTED else "",
            reasons=self.demo["refused"] if outcome == Outcome.REFUSED else "",
            by=self.officer(),
            at=at,
        )

    def finish_step(self, at: datetime, *, outcome: Outcome = Outcome.GRANTED) -> None:
        """What ends the step: passing on, proposing, approving or sealing, as its kind asks."""
        step, following = self.step, self.route[self.index + 1]
        if step.kind == StepKind.EXAMINE and following.kind == StepKind.EXAMINE:
            examine.pass_on(self.code, by=self.officer(), at=at)
        elif step.kind == StepKind.EXAMINE:
            self.draft_result(at, outcome=outcome)
            if self._fresh().paper_owed:
                arrivals.record_arrival(self.code, by=self.counter, at=at)
            examine.propose(self.code, by=self.officer(), at=at)
        elif step.kind == StepKind.APPROVE:
            approve.approve(self.code, by=self.officer(), at=at)
        else:
            issue.seal(self.code, by=self.officer(), at=at)
        self.index += 1

    def send_back(self, at: datetime) -> None:
        approve.send_back(
            self.code, reason="Ghi rõ căn cứ pháp lý và kiểm tra lại họ tên người đề nghị.", by=self.officer(), at=at
        )
        self.index = last_examining(self.route, self.index).index

    def _fresh(self) -> Dossier:
        return Dossier.objects.select_related("revision").get(code=self.code)
