"""One dossier of Lan's in every state, so that pages have something of each kind to show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from motcua.dossiers.actions import approve, deliver, draft, examine, fees, intake, issue, withdraw
from motcua.dossiers.actions.applicant import WalkIn
from motcua.dossiers.models import Dossier
from motcua.rules.acts import Channel, Outcome, State, Verdict
from tests.cast import Cast

MINUTE = timedelta(minutes=1)

VERDICTS = {
    **{f"field:{key}": (Verdict.OK, "") for key in ("ho_ten", "so_dinh_danh", "uy_quyen")},
    "field:so_ban": (Verdict.WRONG, "Chỉ cấp tối đa 2 bản."),
    "paper:giay-chung-minh": (Verdict.WRONG, "Ảnh mờ."),
}


@dataclass
class Standing:
    """Codes by state; `draft` and `walk_in` are public ids."""

    cast: Cast
    at: datetime
    codes: dict[str, str] = field(default_factory=dict)
    draft: str = ""
    walk_in: str = ""

    def all(self) -> Standing:
        """Make them all. Later stages are reached through the earlier ones, each by a dossier of its own."""
        cast, at = self.cast, self.at
        _ = cast.revision, cast.minh, cast.ha, cast.binh, cast.quang, cast.thu, cast.oanh
        self.draft = str(cast.draft().public_id)
        self.walk_in = self._walk_in()
        self.codes["submitted"] = self._submitted()
        self.codes["withdrawn"] = self._submitted()
        withdraw.withdraw(self.codes["withdrawn"], reason="Tôi nộp nhầm.", by=cast.lan, at=at)
        self.codes["judged"] = self._judged()
        self.codes["awaiting_supplement"] = self._judged()
        intake.request_supplement(self.codes["awaiting_supplement"], by=cast.minh, at=at)
        self.codes["doubted"] = self._accepted(0)
        intake.judge(self.codes["doubted"], VERDICTS, by=cast.ha, at=at + MINUTE)
        for name, stages in (
            ("examining", 0),
            ("drafted", 1),
            ("awaiting_approval", 2),
            ("awaiting_seal", 3),
            ("result_ready", 4),
            ("paid", 5),
            ("delivered", 6),
        ):
            self.codes[name] = self._accepted(stages)
        return self

    def _submitted(self) -> str:
        return str(self.cast.submitted().code)

    def _walk_in(self) -> str:
        cast = self.cast
        begun = draft.start(
            cast.revision,
            cast.offering,
            applicant=None,
            channel=Channel.COUNTER,
            walk_in=WalkIn("Trần Văn Tư", "052085000321", "", "", "Thôn Đông"),
            by=cast.minh,
            at=self.at,
        )
        return str(begun.public_id)

    def _judged(self) -> str:
        cast, at = self.cast, self.at
        code = self._submitted()
        intake.judge(code, VERDICTS, by=cast.minh, at=at)
        return code

    def _accepted(self, stages: int) -> str:
        cast, at = self.cast, self.at + MINUTE
        code = self._submitted()
        intake.accept(code, by=cast.minh, at=at)
        steps = [
            lambda: examine.draft_result(
                code, outcome=Outcome.GRANTED, title="Trích lục", body="Cấp 2 bản sao.", by=cast.ha, at=at
            ),
            lambda: examine.propose(code, by=cast.ha, at=at),
            lambda: approve.approve(code, by=cast.quang, at=at),
            lambda: issue.seal(code, by=cast.thu, at=at),
            lambda: fees.collect(code, receipt_number="0001", by=cast.minh, at=at),
            lambda: self._hand_over(code, at),
        ]
        for step in steps[:stages]:
            step()
        return code

    def _hand_over(self, code: str, at: datetime) -> None:
        deliver.deliver(
            code,
            channel=Channel.COUNTER,
            receiver_name="Nguyễn Thị Lan",
            originals_checked=True,
            form_signed=True,
            by=self.cast.minh,
            at=at,
        )

    def check(self) -> None:
        """Each stands where its name says."""
        other = {
            "judged": State.SUBMITTED,
            "doubted": State.EXAMINING,
            "drafted": State.EXAMINING,
            "paid": State.RESULT_READY,
        }
        for name, code in self.codes.items():
            assert Dossier.objects.get(code=code).state == (other.get(name) or State(name)), name
