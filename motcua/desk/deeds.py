"""The acts at the foot of the screen: each as a button, or greyed with the reasons why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.rules import words
from motcua.rules.acts import Act, State
from motcua.rules.lifecycle import Granted, Refused
from motcua.rules.people import Actor, Role

AT_ONCE = frozenset({Act.ACCEPT, Act.FORWARD, Act.REQUEST_PAYMENT, Act.PASS_ON, Act.PROPOSE, Act.APPROVE, Act.SEAL})
"""Acts that need no details: one press. The others have a page of their own."""

MAIN = (
    Act.ACCEPT,
    Act.APPROVE,
    Act.SEAL,
    Act.DELIVER,
    Act.OPINE,
    Act.PROPOSE,
    Act.PASS_ON,
    Act.DRAFT_RESULT,
    Act.FORWARD,
)
"""The one red button: the first of these that may be done."""

_KEYS = {Act.ACCEPT: "a", Act.REQUEST_SUPPLEMENT: "s", Act.PROPOSE_SUPPLEMENT: "s"}
_LAST = frozenset(
    {
        Act.DRAFT_APOLOGY.value,
        Act.ALLOW_SUPPLEMENT.value,
        Act.REQUEST_PAYMENT.value,
        Act.CONSULT.value,
        Act.RETURN_TO_GIVER.value,
        Act.RECALL.value,
        Act.STOP.value,
        Act.TRANSFER.value,
        Act.CORRECT.value,
        Act.WITHDRAW.value,
        Act.COLLECT_FEE.value,
        Act.ASSIGN.value,
    }
)
_FOREIGN = frozenset({Act.SUBMIT, Act.JUDGE})
"""Not at the foot: filing has its own pages, judging stands beside the papers."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One act for `desk/_deeds.html`."""

    code: str
    label: str
    granted: bool
    href: str
    at_once: bool
    main: bool = False
    key: str = ""
    hint: str = ""
    reasons: tuple[str, ...] = ()


def slug(act: Act) -> str:
    """The act as it stands in an address."""
    return act.value.replace("_", "-")


def deeds_of(dossier: Any, actor: Actor, offered: Mapping[Act, Granted | Refused]) -> tuple[list[Deed], list[Deed]]:
    """Acts of the present state, what may be done first; and those of other states, which fold away."""
    main = next((act for act in MAIN if isinstance(offered.get(act), Granted)), None)
    now: list[Deed] = []
    other: list[Deed] = []
    for act, answer in offered.items():
        if act not in _FOREIGN:
            (other if _out_of_place(answer) else now).append(_deed(dossier, actor, act, answer, is_main=act is main))
    return sorted(now, key=lambda deed: (not deed.main, not deed.granted, deed.code in _LAST)), other


_NOT_NOW = frozenset(
    {
        "wrong_state",
        "already_accepted",
        "no_paper_awaited",
        "opened",
        "rounds_left",
        "no_apology",
        "apology_sent",
    }
)
"""Reasons that say: this is not the moment, nothing is amiss."""


def _out_of_place(answer: Granted | Refused) -> bool:
    codes = {reason.code for reason in answer.reasons} if isinstance(answer, Refused) else set()
    return bool(codes) and codes <= _NOT_NOW


def _deed(dossier: Any, actor: Actor, act: Act, answer: Granted | Refused, *, is_main: bool) -> Deed:
    reasons = tuple(reason.words for reason in answer.reasons) if isinstance(answer, Refused) else ()
    return Deed(
        code=act.value,
        label=_label(dossier, actor, act),
        granted=isinstance(answer, Granted) or _is_only_unfinished(act, answer),
        href=reverse("desk:act", args=[dossier.code, slug(act)]),
        at_once=act in AT_ONCE and not (act is Act.REQUEST_PAYMENT and dossier.state == State.EXAMINING),
        main=is_main,
        key=_KEYS.get(act, ""),
        hint=_hint(act),
        reasons=reasons,
    )


def _is_only_unfinished(act: Act, answer: Granted | Refused) -> bool:
    """Bringing a supplement has a page of its own, on which what is still missing gets answered."""
    codes = {reason.code for reason in answer.reasons} if isinstance(answer, Refused) else set()
    return act is Act.SUPPLEMENT and bool(codes) and codes <= {"unanswered", "incomplete"}


def _label(dossier: Any, actor: Actor, act: Act) -> str:
    if act is Act.ASSIGN and not actor.holds(Role.DIVISION_HEAD):
        return _("Nhận xử lý")
    if act is Act.DRAFT_RESULT and getattr(dossier, "result", None) is not None:
        return _("Sửa dự thảo kết quả")
    if act is Act.WITHDRAW:
        return _("Rút hồ sơ")
    if act is Act.SUPPLEMENT:
        return _("Nhận bổ sung tại quầy")
    return words.ACTS[act]


def _hint(act: Act) -> str:
    return {
        Act.ACCEPT: _("Tính ngày hẹn trả, in giấy tiếp nhận và chuyển xử lý ngay."),
        Act.REQUEST_SUPPLEMENT: _("Một phiếu nêu đủ các mục chưa đạt; đồng hồ dừng chờ người nộp."),
        Act.DECLINE: _("Phải nêu lý do. Người nộp nhận phiếu từ chối."),
        Act.PROPOSE_SUPPLEMENT: _("Bộ phận một cửa sẽ gửi phiếu cho người nộp."),
        Act.APPROVE: _("Tên bạn đứng trên văn bản kết quả."),
        Act.SEAL: _("Cấp số, đóng dấu; người nộp được báo có kết quả."),
        Act.SEND_BACK: _("Nêu rõ cần sửa gì."),
        Act.CONSULT: _("Hỏi nhiều nơi cùng lúc; ngày hẹn trả không đổi."),
        Act.OPINE: _("Quá hạn mà không trả lời thì coi như đồng ý."),
        Act.OPEN_CHILD: _("Lập hồ sơ cho cơ quan khác từ dữ liệu đã có; người dân không phải nộp lại."),
        Act.RECALL: _("Được khi người nhận chưa mở hồ sơ."),
        Act.RETURN_TO_GIVER: _("Về người đã chuyển đến; phải nêu lý do."),
        Act.DRAFT_APOLOGY: _("Khi thấy khó kịp hẹn: nêu lý do, ngày hẹn lại, trình lãnh đạo ký."),
        Act.SIGN_APOLOGY: _("Người nộp nhận phiếu ngay; ngày hẹn lại chỉ có một."),
        Act.ALLOW_SUPPLEMENT: _("Mở thêm một lần; tính vào chỉ số của cơ quan."),
        Act.STOP: _("Phải nêu lý do. Người nộp nhận thông báo dừng."),
        Act.TRANSFER: _("Khi cơ quan khác mới có thẩm quyền; mã hồ sơ giữ nguyên."),
        Act.CORRECT: _("Cấp lại giấy hẹn; giấy cũ hết giá trị."),
        Act.WITHDRAW: _("Chỉ khi người nộp đề nghị."),
        Act.DRAFT_RESULT: _("Soạn tại đây hoặc đính kèm văn bản PDF."),
        Act.ASSIGN: _("Từ đó chỉ người được giao xử lý."),
    }.get(act, "")


def keys_of(offered: Mapping[Act, Granted | Refused]) -> list[dict[str, Any]]:
    """Keyboard help of the screen."""
    keys: list[dict[str, Any]] = []
    if isinstance(offered.get(Act.JUDGE), Granted):
        keys += [
            {"keys": ["j", "k"], "words": _("mục sau, mục trước")},
            {"keys": ["a"], "words": _("đạt (ở mục đang chọn)")},
            {"keys": ["s"], "words": _("chưa đạt (ở mục đang chọn)")},
        ]
    if isinstance(offered.get(Act.ACCEPT), Granted):
        keys.append({"keys": ["a"], "words": _("tiếp nhận (khi chưa chọn mục nào)")})
    if any(isinstance(offered.get(act), Granted) for act in (Act.REQUEST_SUPPLEMENT, Act.PROPOSE_SUPPLEMENT)):
        keys.append({"keys": ["s"], "words": _("yêu cầu bổ sung (khi chưa chọn mục nào)")})
    keys += [
        {"keys": ["[", "]"], "words": _("giấy trước, giấy sau")},
        {"keys": ["+", "-", "r"], "words": _("phóng, thu, xoay ảnh")},
        {"keys": ["?"], "words": _("tất cả phím tắt")},
    ]
    return keys


def next_words(dossier: Any) -> str:
    """What comes next, after an act: for the confirmation."""
    state = State(dossier.state)
    if dossier.is_closed:
        return _("Hồ sơ đã kết thúc.")
    if state in (State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT):
        return _("Tiếp theo: chờ người nộp.")
    if state is State.SUBMITTED:
        return _("Tiếp theo: tiếp nhận hoặc trả lời trong hạn tiếp nhận.")
    run = dossier.steps.filter(finished_at__isnull=True).first()
    if run is None:
        return ""
    return _("Tiếp theo: %(step)s, %(unit)s.") % {"step": run.title, "unit": run.unit_name}
