"""Components of a dossier filed online: how each comes, what that makes of the dossier, what is asked at pick-up.

Sources: BD-27, BD-28, BD-30 (level 4 without a digital signature), KT-9, KT-12, KT-13 (certified paper by post),
CB-7…11 (per component), HY-10, HY-26 (never ask again for what was signed). Signatures are known by the structure of
the file; whether they are valid is not judged here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from motcua.rules.acts import Compared, Mode, Unsigned
from motcua.rules.policy import Policy

NUMBERED = frozenset({Mode.E_LICENCE, Mode.E_CERTIFIED})
"""Supplied with a number or code under which the issuer can be asked."""


@dataclass(frozen=True, slots=True)
class Component:
    """One component as it stands in a dossier."""

    key: str
    name: str
    required: bool = False
    accepted: tuple[Mode, ...] = ()
    """Ways the agency offers to choose from; empty where there is nothing to choose (a scan, signed or not)."""
    chosen: Mode | None = None
    number: str = ""
    files: int = 0
    is_signed: bool = False
    """There are files, and each of them carries a digital signature."""
    must_be_signed: bool = False
    was_brought: bool = False
    """Its paper was handed over the counter, so an officer has seen it."""
    is_expired: bool = False
    """A paper taken from the applicant's vault that no longer holds, in a draft (BN-7: "nếu còn giá trị sử dụng")."""

    @property
    def way(self) -> Mode | None:
        """How it is meant to come: as chosen, else what goes without saying; None when a choice has to be made."""
        if self.chosen is not None:
            return self.chosen
        if len(self.accepted) == 1:
            return self.accepted[0]
        if self.is_signed and Mode.SIGNED in self.accepted:
            return Mode.SIGNED
        return Mode.SCAN if not self.accepted or Mode.SCAN in self.accepted else None

    @property
    def mode(self) -> Mode:
        """How it came in fact: a signature in the file counts, whatever was chosen."""
        if self.way in NUMBERED:
            return self.way or Mode.SCAN
        return Mode.SIGNED if self.is_signed else self.way or Mode.SCAN

    @property
    def is_there(self) -> bool:
        """Whether it takes part in the dossier at all."""
        return self.files > 0 or (self.required and self.mode is Mode.DECLARED)

    @property
    def needs_no_paper(self) -> bool:
        """Signed, or an electronic original or certified copy: its paper is never asked for again (HY-26)."""
        return self.files > 0 and (self.is_signed or self.mode in NUMBERED)


class Fault(StrEnum):
    """What keeps a component from being handed in."""

    NO_FILE = "no_file"
    NOT_CHOSEN = "not_chosen"
    NOT_ACCEPTED = "not_accepted"
    NOT_SIGNED = "not_signed"
    MUST_BE_SIGNED = "must_be_signed"
    NO_NUMBER = "no_number"
    EXPIRED = "expired"


FAULTS = {
    Fault.NO_FILE: "Chưa có tệp nào cho giấy tờ này.",
    Fault.NOT_CHOSEN: "Hãy chọn cách nộp giấy tờ này.",
    Fault.NOT_ACCEPTED: "Cơ quan không nhận giấy tờ này theo cách đã chọn. Hãy chọn cách khác.",
    Fault.NOT_SIGNED: "Tệp đã nộp không có chữ ký số. Hãy nộp tệp PDF đã ký số, hoặc chọn cách nộp khác.",
    Fault.MUST_BE_SIGNED: "Giấy tờ này phải ký số: hãy nộp tệp PDF đã ký số.",
    Fault.NO_NUMBER: "Hãy ghi số hoặc mã của bản điện tử này.",
    Fault.EXPIRED: "Giấy dùng lại từ kho đã hết giá trị. Hãy bỏ giấy đó và nộp bản mới.",
}


_PLAIN = frozenset({Mode.SCAN, Mode.SIGNED})
"""A file, signed or not: nothing to choose, the file itself tells."""


def offered_modes(own: Iterable[Mode], policy: Policy) -> tuple[Mode, ...]:
    """Ways to choose from for a component: what the procedure says for it, else what the agency accepts where the
    province decides per component (CB-7) or takes more or less than plain files (clause ``component_modes``); none
    elsewhere.
    """
    said = tuple(own)
    if said:
        return said
    is_asked = policy.unsigned_level_4 is Unsigned.PER_COMPONENT or set(policy.component_modes) != _PLAIN
    return policy.component_modes if is_asked else ()


def faults(component: Component, *, signed_where_required: bool = False) -> tuple[Fault, ...]:
    """What is wrong with how a component is supplied (CB-7…CB-11, HY-10). A declared one needs no file (CB-8)."""
    if component.accepted and component.chosen not in (None, *component.accepted):
        return (Fault.NOT_ACCEPTED,)
    if component.is_expired:
        return (Fault.EXPIRED,)
    if component.way is None:
        return (Fault.NOT_CHOSEN,) if component.required or component.files else ()
    if component.way is Mode.DECLARED:
        return ()
    if component.files == 0:
        # Paper handed over the counter is there too (BN-8); whether its picture is needed, acceptance asks (BN-9).
        return (Fault.NO_FILE,) if component.required and not component.was_brought else ()
    if component.way in NUMBERED:
        return () if component.number else (Fault.NO_NUMBER,)
    if component.way is Mode.SIGNED and not component.is_signed:
        return (Fault.NOT_SIGNED,)
    if signed_where_required and component.must_be_signed and not component.is_signed:
        return (Fault.MUST_BE_SIGNED,)
    return ()


@dataclass(frozen=True, slots=True)
class Handling:
    """What the presence or absence of signatures makes of a dossier."""

    as_level: int | None = None
    """The level whose rules it follows instead of the service's own (BD-30)."""
    paper_owed: bool = False
    """Certified copies follow by post (KT-13)."""


def handling(level: int, *, online: bool, policy: Policy, components: Iterable[Component]) -> Handling:
    """How a dossier of this level is handled. Only level 4 filed online without signatures is handled otherwise.

    A dossier is signed when it has papers and each needs no paper behind it; one without any paper cannot be.
    """
    given = [component for component in components if component.is_there]
    if not online or level < 4 or (given and all(component.needs_no_paper for component in given)):
        return Handling()
    if policy.unsigned_level_4 is Unsigned.AS_LEVEL_3:
        return Handling(as_level=3)
    if policy.unsigned_level_4 is Unsigned.PAPER_BY_POST:
        return Handling(paper_owed=bool(to_send(given)))
    return Handling()


def to_send(components: Iterable[Component]) -> tuple[Component, ...]:
    """The papers of which certified copies go by post: all that is there and not signed (KT-13)."""
    return tuple(one for one in components if one.is_there and not one.needs_no_paper)


def must_come(components: Iterable[Component]) -> bool:
    """Whether something was only declared, to be completed when the result is collected (CB-8)."""
    return any(one.is_there and one.mode is Mode.DECLARED for one in components)


class Against(StrEnum):
    """What is held against what at the counter."""

    ORIGINAL = "original"
    ORIGINAL_OR_CERTIFIED = "original_or_certified"
    COMPLETED = "completed"


AGAINST = {
    Against.ORIGINAL: "đối chiếu với bản chính",
    Against.ORIGINAL_OR_CERTIFIED: "đối chiếu với bản chính hoặc bản sao có chứng thực",
    Against.COMPLETED: "đã khai trước: nhận giấy tờ và hoàn thiện",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One line of the checklist at the counter."""

    key: str
    name: str
    against: Against


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is done before a result leaves the counter."""

    sign_form: bool = False
    compare: tuple[Comparison, ...] = ()
    never: tuple[str, ...] = ()
    """Names of what must not be asked for again, shown so that nobody asks (HY-26)."""

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(line.key for line in self.compare)


def collection(
    components: Iterable[Component],
    *,
    compared: Compared,
    filed_remotely: bool,
    form_signed: bool = False,
    copies_arrived: bool = False,
) -> Checklist:
    """The checklist at pick-up (BD-28, KT-9, CB-8, HY-26).

    ``filed_remotely``: papers came as pictures; at a counter an officer has seen them. ``form_signed``: the form bears
    a digital signature. ``copies_arrived``: certified copies came by post and stand for the pictures (KT-13).
    """
    if not filed_remotely:
        return Checklist()
    given = [one for one in components if one.is_there]
    lines = [
        Comparison(one.key, one.name, against)
        for one in given
        if not one.needs_no_paper
        and not one.was_brought
        and (against := _against(one, compared, copies_arrived=copies_arrived)) is not None
    ]
    asks = compared in (Compared.ORIGINAL, Compared.ORIGINAL_OR_CERTIFIED) or bool(lines)
    return Checklist(
        sign_form=asks and not form_signed,
        compare=tuple(lines),
        never=tuple(one.name for one in given if one.needs_no_paper),
    )


def _against(component: Component, compared: Compared, *, copies_arrived: bool) -> Against | None:
    if component.mode is Mode.DECLARED:
        return Against.COMPLETED
    if copies_arrived or compared in (Compared.NOTHING, Compared.DECLARED_ONLY):
        return None
    return Against.ORIGINAL if compared is Compared.ORIGINAL else Against.ORIGINAL_OR_CERTIFIED


def forbidden(asked: Iterable[str], components: Iterable[Component]) -> tuple[Component, ...]:
    """Components among those asked for that must never be asked for again: signed ones (HY-26)."""
    wanted = set(asked)
    return tuple(one for one in components if one.key in wanted and one.needs_no_paper)
