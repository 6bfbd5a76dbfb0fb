"""What a province may decide for itself: every key, its type, its national default and the sentence a citizen reads.

Values come from dated clauses (room `policy`) and are pinned to a dossier when it is submitted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from motcua.rules.acts import Channel


class PolicyError(ValueError):
    """A clause that names no key, or a value of the wrong kind; the message is Vietnamese."""


@dataclass(frozen=True, slots=True)
class Policy:
    """One province's rules at one moment."""

    acceptance_within_hours: int = 8
    """Working hours from submission to acceptance, supplement notice or decline (HY-25; BN-11 sets 1)."""

    return_channels_level_3: tuple[Channel, ...] = (Channel.COUNTER, Channel.POST)
    """How a level 3 result may be handed over (BN-18, BD-43, HY-13; KT-19 only at the agency)."""

    return_channels_level_4: tuple[Channel, ...] = (Channel.ONLINE, Channel.POST, Channel.COUNTER)
    """How a level 4 result may be handed over (BN-19, BD-44, HY-15, KT-20)."""

    originals_checked: bool = True
    """Whether papers are compared with the originals when the result is collected (BD-28, KT-9)."""

    supplement_answer_days: int = 30
    """Working days the applicant has to answer a supplement request before the counter follows up."""

    supplement_rounds: int = 1
    """Supplement requests an officer may make without a leader (QĐ 766: more than one counts as overdue)."""

    def return_channels(self, service_level: int) -> tuple[Channel, ...]:
        """Channels by which a result of this service level may be handed over; levels 1 and 2 at the counter."""
        if service_level >= 4:
            return self.return_channels_level_4
        return self.return_channels_level_3 if service_level == 3 else (Channel.COUNTER, Channel.POST)

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


def _typed(key: str, value: Any) -> Any:
    """``value`` as the type of the default of ``key``."""
    default = getattr(Policy(), key)
    if isinstance(default, tuple):
        try:
            channels = tuple(Channel(item) for item in value)
        except (TypeError, ValueError) as error:
            raise PolicyError(f"{key}: kênh trả kết quả không hợp lệ ({value!r}).") from error
        if not channels:
            raise PolicyError(f"{key}: phải có ít nhất một kênh.")
        return channels
    if isinstance(default, bool) != isinstance(value, bool) or not isinstance(value, type(default)):
        raise PolicyError(f"{key}: giá trị {value!r} không đúng kiểu.")
    if isinstance(default, int) and not isinstance(value, bool) and value < 0:
        raise PolicyError(f"{key}: giá trị không được âm.")
    return value
