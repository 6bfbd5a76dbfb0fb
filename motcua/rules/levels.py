"""What a level of service lets a person do, and by which ways results and fees travel.

Levels 1–4: TT 32/2017/TT-BTTTT điều 5 with BD-4…BD-7 and CB-15; modes "toàn trình" and "một phần": NĐ 42/2022. Which
channels a level has is the province's (`Policy`); the sentences a citizen reads about them stand here, in one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from motcua.rules.acts import Channel, FeeChannel, ServiceScheme, Unsigned
from motcua.rules.policy import Policy
from motcua.rules.words import CHANNELS, FEE_CHANNELS, MODES

LEAST_WITH_FORM = 2
"""A service with a form or declaration is at least level 2 (BD-24)."""

MODES_OF_LEVEL: Mapping[int, frozenset[str]] = {
    1: frozenset({"information"}),
    2: frozenset({"information"}),
    3: frozenset({"partial"}),
    4: frozenset({"partial", "full"}),
}
"""Which mode goes with which level: BD-4…7 beside NĐ 42/2022; everything online needs online payment and return."""

LEAST_ONLINE = 3
"""From this level on dossiers are handed in on the network (BD-6)."""

NEEDS_CONNECTION = frozenset({FeeChannel.ONLINE, FeeChannel.PLATFORM})
"""Ways of paying that exist only while a payment service is connected."""


@dataclass(frozen=True, slots=True)
class Ability:
    """One thing a person may or may not do; ``key`` is stable, ``words`` a plain sentence."""

    key: str
    is_given: bool
    words: str


@dataclass(frozen=True, slots=True)
class Service:
    """What is known of a service when its level is explained."""

    level: int
    is_full: bool = False
    """Toàn trình: no step needs a visit."""
    accepts_online: bool = False
    has_form: bool = False
    has_fee: bool = False


@dataclass(frozen=True, slots=True)
class FeeWays:
    """How a fee can be paid now. ``waiting`` are the province's ways whose payment service is not connected yet."""

    open: tuple[FeeChannel, ...]
    waiting: tuple[FeeChannel, ...] = ()
    stands_in: bool = False
    """The counter takes the money although the province names only ways that are not connected yet."""


def least_level(*, has_form: bool) -> int:
    """The lowest level a service may be published at (BD-24)."""
    return LEAST_WITH_FORM if has_form else 1


def lacking(level: int, *, has_form: bool, parts: Mapping[str, bool]) -> tuple[str, ...]:
    """What a service of this level still lacks, as codes (TT 32/2017 điều 5, CB-15): ``level`` when a form makes it at
    least level 2, else the keys of ``parts`` (what filing online needs: form, route, time, online way) that are absent.
    """
    if level < least_level(has_form=has_form):
        return ("level",)
    return tuple(key for key, is_there in parts.items() if not is_there) if level >= 3 else ()


def offering_faults(
    level: int, mode: str, channels: Iterable[Channel], *, published_level: int, has_form: bool
) -> dict[str, str]:
    """Why an agency cannot offer a procedure so, as sentences by ``service_level``, ``service_mode``, ``channels``.

    An agency offers what is published or less, never more; a form makes at least level 2 (BD-24); dossiers come on the
    network exactly from level 3 on (BD-5, BD-6); nobody is forced onto the network (BD-13).
    """
    ways, found = frozenset(channels), {}
    if not 1 <= level <= 4:
        return {"service_level": "Mức độ dịch vụ từ 1 đến 4."}
    if level > published_level:
        found["service_level"] = f"Thủ tục được công bố ở mức độ {published_level}, không cung cấp ở mức cao hơn."
    elif level < least_level(has_form=has_form):
        found["service_level"] = "Thủ tục có mẫu đơn, tờ khai phải cung cấp ít nhất ở mức độ 2."
    if mode not in MODES_OF_LEVEL[level]:
        found["service_mode"] = f"Hình thức này không đi với mức độ {level}."
    if Channel.COUNTER not in ways:
        found["channels"] = "Phải nhận trực tiếp: không ai bị buộc phải nộp trên mạng."
    elif (Channel.ONLINE in ways) != (level >= LEAST_ONLINE):
        is_online = level >= LEAST_ONLINE
        said = "phải nhận trực tuyến" if is_online else "chưa nhận trực tuyến được"
        found["channels"] = f"Ở mức độ {level} {said}."
    return found


def fee_ways(
    channels: Iterable[FeeChannel], *, connected: frozenset[FeeChannel] = frozenset(), has_account: bool = True
) -> FeeWays:
    """The ways of paying that are open of those the province names for a level (BD-29, BD-31, KT-10, KT-14…KT-16).

    ``connected`` are the payment services in use; ``has_account`` whether the agency has published a bank account,
    without which nothing can be transferred (KT-16, KT-17). Nobody is left without a way: when none is open the counter
    takes the money.
    """
    named = tuple(channels)
    waiting = tuple(one for one in named if one in NEEDS_CONNECTION - connected)
    usable = tuple(one for one in named if one not in waiting and (has_account or one is not FeeChannel.TRANSFER))
    return FeeWays(usable or (FeeChannel.COUNTER,), waiting, stands_in=not usable)


def result_channels(
    policy: Policy, level: int, *, filed_online: bool = True, must_come: bool = False
) -> tuple[Channel, ...]:
    """How a result of this level may be handed over (BN-18, BN-19, BD-43, BD-44, HY-13, HY-15, KT-19, KT-20).

    ``filed_online``: the province's clause speaks of online services; who came in person may always collect in person
    (BN-8, BD-13). ``must_come``: something was only declared and is completed when the result is collected (CB-8), so
    that it waits at the counter, whatever else this level has.
    """
    if must_come:
        return (Channel.COUNTER,)
    channels = policy.return_channels(level)
    return channels if filed_online or Channel.COUNTER in channels else (Channel.COUNTER, *channels)


def abilities(service: Service, policy: Policy) -> tuple[Ability, ...]:
    """What a person can do with this service, in the order one asks (BD-4…BD-7)."""
    online = service.level >= 3 and service.accepts_online
    found = [
        Ability("information", True, "Đọc đầy đủ thông tin về thủ tục và văn bản liên quan, không cần đăng nhập."),
        _forms(service),
        Ability("filing", True, "Điền tờ khai và nộp hồ sơ trên mạng bằng tài khoản của mình.")
        if online
        else Ability("filing", False, "Chưa nộp được trên mạng: nộp tại bộ phận một cửa hoặc qua bưu chính công ích."),
    ]
    if not online:
        return tuple(found)
    found.append(Ability("following", True, "Theo dõi hồ sơ, bổ sung và nhận thông báo trên mạng."))
    if words := _signing(service.level, policy):
        found.append(Ability("signing", True, words))
    found += [_payment(service, policy), _result(service.level, policy)]
    if policy.service_scheme is not ServiceScheme.MODES:
        return tuple(found)
    if service.is_full:
        found.append(Ability("mode", True, "Toàn trình: mọi bước làm được trên mạng, không bắt buộc phải đến cơ quan."))
    else:
        found.append(Ability("mode", True, "Một phần: có bước làm trực tiếp hoặc qua bưu chính, như nêu ở trên."))
    return tuple(found)


def _forms(service: Service) -> Ability:
    if service.level >= LEAST_WITH_FORM:
        words = "Tải hoặc in mẫu đơn, tờ khai." if service.has_form else "Thủ tục này không có mẫu đơn phải tải."
        return Ability("forms", service.has_form, words)
    return Ability("forms", False, "Mẫu đơn, tờ khai nếu có thì nhận tại bộ phận một cửa.")


def _signing(level: int, policy: Policy) -> str:
    """What a digital signature changes; "" where nothing does."""
    match policy.unsigned_level_4:
        case Unsigned.AS_LEVEL_3 if level >= 4:
            if policy.service_scheme is ServiceScheme.MODES:
                return "Giấy tờ không có chữ ký số thì phí, lệ phí và kết quả theo cách của dịch vụ một phần."
            return "Giấy tờ có chữ ký số thì giải quyết ở mức độ 4; không có thì giải quyết như mức độ 3."
        case Unsigned.PAPER_BY_POST if level >= 4:
            return "Giấy tờ không có chữ ký số thì nộp xong bạn gửi thêm bản sao có chứng thực qua bưu chính."
        case Unsigned.PER_COMPONENT:
            ways = "; ".join(lower_first(MODES[mode]) for mode in policy.component_modes)
            return f"Với từng giấy tờ, bạn chọn một cách nộp: {ways}."
        case Unsigned.WHERE_REQUIRED:
            return "Chỉ giấy tờ mà thủ tục yêu cầu ký số mới cần chữ ký số."
    return ""


def _payment(service: Service, policy: Policy) -> Ability:
    if not service.has_fee:
        return Ability("payment", True, "Không phải nộp phí, lệ phí.")
    channels = policy.fee_channels(service.level)
    is_online = bool(NEEDS_CONNECTION & set(channels))
    words = f"Nộp phí, lệ phí: {'; '.join(lower_first(FEE_CHANNELS[one]) for one in channels)}."
    return Ability("payment", is_online, f"{words} {waiting_words(fee_ways(channels))}".strip())


def waiting_words(ways: FeeWays) -> str:
    """What is said plainly while a payment service is not connected; "" when nothing waits."""
    if not ways.waiting:
        return ""
    if ways.stands_in:
        return "Nộp trực tuyến mở khi cổng kết nối thanh toán; trong lúc đó bạn nộp tại bộ phận một cửa."
    return "Nộp trực tuyến mở khi cổng kết nối thanh toán; trong lúc đó bạn nộp bằng cách khác nêu ở đây."


def _result(level: int, policy: Policy) -> Ability:
    channels = policy.return_channels(level)
    words = "; ".join(lower_first(CHANNELS[one]) for one in channels)
    return Ability("result", Channel.ONLINE in channels, f"Nhận kết quả: {words}.")


def lower_first(words: str) -> str:
    """The words as they stand within a sentence."""
    return words[:1].lower() + words[1:]
