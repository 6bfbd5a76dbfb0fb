"""What a province may decide for itself: every key, its type, its national default and where the default comes from.

Values come from dated clauses (room `policy`) and are pinned to a dossier when it is submitted. What a citizen reads
about each key is in `policy_words`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from motcua.rules.acts import AfterSupplement, Channel, Compared, FeeChannel, Mode, ServiceScheme, Unsigned
from motcua.rules.retention import Term


class PolicyError(ValueError):
    """Clauses that cannot stand: no such key, an impossible value, dates that overlap. The message is Vietnamese.

    ``problems`` names every one of them with its place; the message is all of them together.
    """

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True, slots=True)
class Policy:
    """One province's rules at one moment."""

    service_scheme: ServiceScheme = ServiceScheme.LEVELS
    """Whether services are told by level 1–4 or as whole and in part (NĐ 43/2011 điều 3, NĐ 42/2022)."""

    acceptance_within_hours: int = 8
    """Working hours from submission to acceptance, supplement notice or decline (HY-25; BN-11 sets 1)."""

    return_channels_level_3: tuple[Channel, ...] = (Channel.COUNTER, Channel.POST)
    """How a level 3 result may be handed over (BN-18, BD-43, HY-13; KT-19 only at the agency)."""

    return_channels_level_4: tuple[Channel, ...] = (Channel.ONLINE, Channel.POST, Channel.COUNTER)
    """How a level 4 result may be handed over (BN-19, BD-44, HY-15, KT-20)."""

    post_return_registered: bool = False
    """Whether a result sent by post needs a signature of receipt (KT-20)."""

    fee_channels_level_3: tuple[FeeChannel, ...] = (FeeChannel.COUNTER, FeeChannel.POST)
    """Where the fee of a level 3 dossier may be paid (BD-29, KT-10, HY-14)."""

    fee_channels_level_4: tuple[FeeChannel, ...] = (FeeChannel.ONLINE,)
    """Where the fee of a level 4 dossier may be paid (BD-31, KT-14…16, HY-16)."""

    unsigned_level_4: Unsigned = Unsigned.AS_LEVEL_3
    """What becomes of a level 4 dossier without a digital signature (BD-30, KT-13, CB-7…11, HY-10)."""

    component_modes: tuple[Mode, ...] = (Mode.SCAN, Mode.SIGNED)
    """How a component may be supplied where the procedure does not say it for itself (CB-7…CB-11)."""

    separate_files: bool = False
    """Whether each paper must come as a file of its own (KT-7)."""

    compared_at_collection: Compared = Compared.ORIGINAL_OR_CERTIFIED
    """What pictures are held against when the result is collected (BD-28, KT-9); never a signed component (HY-26)."""

    counter_papers_digitised: bool = False
    """Whether papers handed in at the counter must be scanned before acceptance (BN-9)."""

    counter_takes_in_for_others: bool = False
    """Whether a counter takes in dossiers of agencies it does not serve and sends them there (NĐ 118/2025/NĐ-CP)."""

    online_time_percent: int = 100
    """Share of the published time promised to online dossiers, in per cent; never above 100 (BD-40, BD-41)."""

    supplement_answer_days: int = 30
    """Working days the applicant has to answer a supplement request; afterwards the dossier may be closed."""

    supplement_reminder_days: int = 5
    """Working days before that limit on which the applicant is reminded; 0: no reminder."""

    close_unanswered: bool = False
    """Whether a dossier whose supplement was never answered is closed by rule."""

    supplement_rounds: int = 1
    """Supplement requests an officer may make without a leader (QĐ 766: more than one counts as overdue)."""

    after_supplement: AfterSupplement = AfterSupplement.CONTINUE
    """What the clock does when the supplement has come."""

    warn_at_percent: int = 75
    """Share of a limit, in per cent of its working time, at which holder and leader are warned."""

    warn_minutes_before: int = 60
    """Working minutes before a limit at which they are warned once more."""

    escalate_again_days: int = 3
    """Working days after which a broken limit nobody has mended is carried one level higher again; 0: not again."""

    post_returns_within_hours: int = 0
    """Hours within which the post delivers a result inside the province (BD-81: 24); 0: the carrier's own rule."""

    refund_when_not_performed: bool = True
    """Whether a fee is paid back when the service cannot be performed (BD-32, KT-21)."""

    refund_when_not_collected: bool = False
    """Whether a fee is paid back when the finished result is never collected (BD-33, KT-22)."""

    feedback_within_days: int = 15
    """Working days within which a petition is answered (QĐ 766/QĐ-TTg, chỉ tiêu 5.2; BD-50: 3)."""

    archive_after_days: int = 30
    """Days after its closing when a dossier goes into the archive (HY-37)."""

    retention: Term = Term.YEARS_20
    """How long a closed dossier is kept where neither its procedure nor its sector says so (HY-37)."""

    def return_channels(self, service_level: int) -> tuple[Channel, ...]:
        """Channels by which a result of this service level may be handed over; levels 1 and 2 at the counter."""
        if service_level >= 4:
            return self.return_channels_level_4
        return self.return_channels_level_3 if service_level == 3 else (Channel.COUNTER, Channel.POST)

    def fee_channels(self, service_level: int) -> tuple[FeeChannel, ...]:
        """Channels by which a fee of this service level may be paid; levels 1 and 2 at the counter or by post."""
        if service_level >= 4:
            return self.fee_channels_level_4
        return self.fee_channels_level_3 if service_level == 3 else (FeeChannel.COUNTER, FeeChannel.POST)

    def to_data(self) -> dict[str, Any]:
        """JSON-able form, pinned to a dossier."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Policy:
        """A policy from clause values or a pinned form. Unknown keys and wrong types raise `PolicyError`."""
        known = {field.name for field in fields(cls)}
        if unknown := set(data) - known:
            raise PolicyError(f"Không có khoản chính sách nào tên là {', '.join(sorted(unknown))}.")
        return cls(**{key: _typed(key, value) for key, value in data.items()})


def typed_value(key: str, value: Any) -> Any:
    """One clause's value as the type its key has. Raises `PolicyError` for an unknown key or an impossible value."""
    if key not in KEYS:
        raise PolicyError(f"Không có khoản chính sách nào tên là {key}.")
    return _typed(key, value)


_LIMITS: Mapping[str, tuple[int, int]] = {
    "acceptance_within_hours": (1, 80),
    "online_time_percent": (1, 100),
    "supplement_answer_days": (1, 365),
    "supplement_reminder_days": (0, 364),
    "supplement_rounds": (0, 10),
    "warn_at_percent": (1, 100),
    "warn_minutes_before": (0, 4_800),
    "escalate_again_days": (0, 60),
    "post_returns_within_hours": (0, 720),
    "feedback_within_days": (1, 60),
    "archive_after_days": (1, 365),
}
"""Least and greatest sensible value of every key that is a number."""

_LISTS: Mapping[str, type[StrEnum]] = {
    "return_channels_level_3": Channel,
    "return_channels_level_4": Channel,
    "fee_channels_level_3": FeeChannel,
    "fee_channels_level_4": FeeChannel,
    "component_modes": Mode,
}
"""What the lists hold."""


def _typed(key: str, value: Any) -> Any:
    """``value`` as the type of the default of ``key``."""
    default = getattr(_DEFAULTS, key)
    if isinstance(default, tuple):
        return _listed(key, value)
    if isinstance(default, StrEnum):
        try:
            return type(default)(value)
        except ValueError as error:
            allowed = ", ".join(type(default))
            raise PolicyError(f"{key}: giá trị {value!r} không hợp lệ; chỉ nhận {allowed}.") from error
    if isinstance(default, bool) != isinstance(value, bool) or not isinstance(value, type(default)):
        raise PolicyError(f"{key}: giá trị {value!r} không đúng kiểu.")
    if isinstance(default, int) and not isinstance(value, bool):
        least, most = _LIMITS[key]
        if not least <= value <= most:
            raise PolicyError(f"{key}: giá trị {value} phải từ {least} đến {most}.")
    return value


def _listed(key: str, value: Any) -> tuple[StrEnum, ...]:
    kind = _LISTS[key]
    if not isinstance(value, (list, tuple)):
        raise PolicyError(f"{key}: phải là một danh sách.")
    try:
        found = tuple(kind(item) for item in value)
    except ValueError as error:
        raise PolicyError(f"{key}: giá trị không hợp lệ ({value!r}); chỉ nhận {', '.join(kind)}.") from error
    if not found:
        raise PolicyError(f"{key}: phải có ít nhất một giá trị.")
    if len(set(found)) < len(found):
        raise PolicyError(f"{key}: có giá trị lặp lại.")
    return found


_DEFAULTS = Policy()

KEYS: tuple[str, ...] = tuple(field.name for field in fields(Policy))
"""Every key, in the order of the class."""
