"""Every key of policy in the words of whoever reads it: theme, label, unit, a sentence made from the value, and
where the national default comes from. The page "Quy định đang áp dụng" and the guide say nothing about a key but this.

A basis that says "Mặc định của hệ thống" is honest: the law gives no figure, the province should.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from motcua.rules.acts import AfterSupplement, Compared, ServiceScheme, Unsigned
from motcua.rules.policy import typed_value
from motcua.rules.retention import TERM_WORDS
from motcua.rules.words import CHANNELS, FEE_CHANNELS, MODES


class Theme(StrEnum):
    """Headings under which the keys are read, in the order of a dossier's trip."""

    SERVICE = "Mức độ dịch vụ"
    FILING = "Nộp hồ sơ"
    INTAKE = "Tiếp nhận"
    SUPPLEMENT = "Bổ sung hồ sơ"
    TIME = "Thời hạn giải quyết"
    FEES = "Phí, lệ phí"
    RETURN = "Trả kết quả"
    FEEDBACK = "Phản ánh, kiến nghị"
    ARCHIVE = "Lưu trữ hồ sơ"


@dataclass(frozen=True, slots=True)
class KeyWords:
    """What is said of one key. ``unit`` is empty for a choice; ``basis`` is that of the national default."""

    theme: Theme
    label: str
    unit: str
    sentence: Callable[[Any], str]
    basis: str


def sentence_of(key: str, value: Any) -> str:
    """The value as a citizen reads it: "Cơ quan trả lời trong 8 giờ làm việc kể từ khi nộp." Takes stored values too.

    Raises `PolicyError` for an unknown key or an impossible value.
    """
    given = typed_value(key, value)
    return KEY_WORDS[key].sentence(given)


def _either(yes: str, no: str) -> Callable[[bool], str]:
    return lambda value: yes if value else no


def _counted(zero: str, some: str) -> Callable[[int], str]:
    """``some`` with the number in it; ``zero`` when there is none."""
    return lambda value: some.format(value) if value else zero


def _listed(start: str, words: Mapping[Any, str]) -> Callable[[Iterable[Any]], str]:
    return lambda value: f"{start}: {'; '.join(_within(words[item]) for item in value)}."


def _within(words: str) -> str:
    """Words within a sentence: "Trực tuyến" becomes "trực tuyến"."""
    return words[:1].lower() + words[1:]


_SCHEMES = {
    ServiceScheme.LEVELS: "Dịch vụ công trực tuyến được chia theo mức độ 1, 2, 3 và 4.",
    ServiceScheme.MODES: "Dịch vụ công trực tuyến là toàn trình (làm hết trên mạng) hoặc một phần "
    "(còn ít nhất một việc làm trực tiếp).",
}
_UNSIGNED = {
    Unsigned.AS_LEVEL_3: "Hồ sơ mức độ 4 chưa ký số được làm như hồ sơ mức độ 3.",
    Unsigned.PAPER_BY_POST: "Hồ sơ mức độ 4 chưa ký số thì gửi thêm qua bưu chính bản giấy có chứng thực, "
    "ghi mã hồ sơ.",
    Unsigned.PER_COMPONENT: "Hồ sơ mức độ 4 chưa ký số: từng giấy tờ có cách thay thế riêng (chụp, khai báo, giấy phép "
    "hoặc bản sao chứng thực điện tử).",
    Unsigned.WHERE_REQUIRED: "Chỉ phải ký số vào mẫu đơn, tờ khai, giấy tờ có yêu cầu ký số.",
}
_COMPARED = {
    Compared.NOTHING: "Khi nhận kết quả không phải đối chiếu giấy tờ đã gửi.",
    Compared.ORIGINAL: "Khi nhận kết quả, giấy tờ đã chụp hoặc quét được đối chiếu với bản chính; "
    "giấy tờ đã ký số thì không.",
    Compared.ORIGINAL_OR_CERTIFIED: "Khi nhận kết quả, giấy tờ đã chụp hoặc quét được đối chiếu với bản chính "
    "hoặc bản sao có chứng thực; giấy tờ đã ký số thì không.",
    Compared.DECLARED_ONLY: "Khi nhận kết quả chỉ hoàn thiện, đối chiếu giấy tờ đã khai báo mà chưa gửi tệp.",
}
_AFTER = {
    AfterSupplement.CONTINUE: "Nhận bổ sung xong, thời hạn tính tiếp phần còn lại.",
    AfterSupplement.RESET: "Nhận bổ sung xong, thời hạn tính lại từ đầu.",
}
_OURS = "Mặc định của hệ thống; pháp luật không ấn định con số"

KEY_WORDS: Mapping[str, KeyWords] = {
    "service_scheme": KeyWords(
        Theme.SERVICE,
        "Cách phân loại dịch vụ công trực tuyến",
        "",
        _SCHEMES.__getitem__,
        "Nghị định 43/2011/NĐ-CP (mức độ 1 đến 4); từ Nghị định 42/2022/NĐ-CP: toàn trình, một phần",
    ),
    "unsigned_level_4": KeyWords(
        Theme.FILING,
        "Hồ sơ mức độ 4 (toàn trình) chưa có chữ ký số",
        "",
        _UNSIGNED.__getitem__,
        "Mặc định của hệ thống, theo nguyên tắc không từ chối hồ sơ chỉ vì chưa ký số",
    ),
    "component_modes": KeyWords(
        Theme.FILING,
        "Cách nộp từng giấy tờ",
        "",
        _listed("Mỗi giấy tờ nộp được bằng", MODES),
        "Nghị định 45/2020/NĐ-CP (bản điện tử và bản chụp, quét)",
    ),
    "separate_files": KeyWords(
        Theme.FILING,
        "Tệp của từng giấy tờ",
        "",
        _either("Mỗi giấy tờ phải gửi thành một tệp riêng.", "Một tệp gửi lên có thể gồm nhiều trang, nhiều giấy tờ."),
        _OURS,
    ),
    "acceptance_within_hours": KeyWords(
        Theme.INTAKE,
        "Trả lời hồ sơ nộp trực tuyến",
        "giờ làm việc",
        "Cơ quan trả lời trong {} giờ làm việc kể từ khi nộp: tiếp nhận, cần bổ sung, hay không tiếp nhận.".format,
        "Nghị định 45/2020/NĐ-CP: 08 giờ làm việc kể từ khi hệ thống tiếp nhận",
    ),
    "counter_papers_digitised": KeyWords(
        Theme.INTAKE,
        "Số hóa hồ sơ nộp tại quầy",
        "",
        _either(
            "Hồ sơ giấy nộp tại quầy được số hóa trước khi tiếp nhận.",
            "Hồ sơ giấy nộp tại quầy có thể tiếp nhận trước, số hóa sau.",
        ),
        "Nghị định 61/2018/NĐ-CP trước khi sửa đổi: không buộc số hóa khi tiếp nhận",
    ),
    "counter_takes_in_for_others": KeyWords(
        Theme.INTAKE,
        "Tiếp nhận phi địa giới",
        "",
        _either(
            "Bộ phận một cửa tiếp nhận cả hồ sơ thuộc thẩm quyền cơ quan khác trong tỉnh và chuyển đến đó.",
            "Bộ phận một cửa chỉ tiếp nhận hồ sơ của những cơ quan mà nơi đó phục vụ.",
        ),
        "Nghị định 61/2018/NĐ-CP trước khi sửa đổi: tiếp nhận theo phạm vi của từng bộ phận một cửa",
    ),
    "supplement_answer_days": KeyWords(
        Theme.SUPPLEMENT,
        "Thời gian để bổ sung",
        "ngày làm việc",
        "Người nộp có {} ngày làm việc để bổ sung hồ sơ; trong lúc chờ, thời hạn giải quyết dừng lại.".format,
        _OURS,
    ),
    "supplement_reminder_days": KeyWords(
        Theme.SUPPLEMENT,
        "Nhắc bổ sung",
        "ngày làm việc",
        _counted("Hệ thống không nhắc bổ sung.", "Người nộp được nhắc {} ngày làm việc trước khi hết hạn bổ sung."),
        _OURS,
    ),
    "close_unanswered": KeyWords(
        Theme.SUPPLEMENT,
        "Khi không bổ sung",
        "",
        _either(
            "Hết hạn mà không bổ sung thì hồ sơ kết thúc; muốn làm tiếp phải nộp lại.",
            "Hồ sơ không tự kết thúc chỉ vì chưa bổ sung.",
        ),
        _OURS,
    ),
    "supplement_rounds": KeyWords(
        Theme.SUPPLEMENT,
        "Số lần yêu cầu bổ sung",
        "lần",
        _counted(
            "Mọi yêu cầu bổ sung đều phải có lãnh đạo đồng ý.",
            "Cán bộ chỉ được yêu cầu bổ sung {} lần; thêm nữa phải có lãnh đạo đồng ý.",
        ),
        "Nghị định 61/2018/NĐ-CP: nêu đầy đủ một lần; Quyết định 766/QĐ-TTg: quá một lần bị tính là trễ hạn",
    ),
    "after_supplement": KeyWords(
        Theme.SUPPLEMENT,
        "Tính hạn sau khi bổ sung",
        "",
        _AFTER.__getitem__,
        "Nghị định 61/2018/NĐ-CP: thời gian chờ bổ sung không tính vào thời hạn giải quyết",
    ),
    "online_time_percent": KeyWords(
        Theme.TIME,
        "Thời hạn của hồ sơ nộp trực tuyến",
        "% thời hạn công bố",
        lambda value: (
            "Hồ sơ nộp trực tuyến được giải quyết trong đúng thời hạn đã công bố."
            if value == 100
            else f"Hồ sơ nộp trực tuyến được giải quyết nhanh hơn: trong {value}% thời hạn đã công bố."
        ),
        "Thời hạn tại quyết định công bố thủ tục hành chính (Nghị định 63/2010/NĐ-CP)",
    ),
    "warn_at_percent": KeyWords(
        Theme.TIME,
        "Cảnh báo sắp đến hạn",
        "% thời hạn",
        "Cán bộ và lãnh đạo được cảnh báo khi đã dùng {}% thời hạn.".format,
        _OURS,
    ),
    "warn_minutes_before": KeyWords(
        Theme.TIME,
        "Cảnh báo lần cuối",
        "phút làm việc",
        _counted("Không có cảnh báo lần cuối.", "Cảnh báo lần cuối trước khi hết hạn {} phút làm việc."),
        _OURS,
    ),
    "escalate_again_days": KeyWords(
        Theme.TIME,
        "Báo lại lên cấp cao hơn",
        "ngày làm việc",
        _counted(
            "Hồ sơ quá hạn được báo lên cấp trên một lần.",
            "Hồ sơ quá hạn mà chưa ai xử lý được báo lên cấp cao hơn nữa sau mỗi {} ngày làm việc.",
        ),
        _OURS,
    ),
    "fee_channels_level_3": KeyWords(
        Theme.FEES,
        "Nộp phí, lệ phí của dịch vụ mức độ 3 (một phần)",
        "",
        _listed("Phí, lệ phí của dịch vụ mức độ 3 (một phần) nộp", FEE_CHANNELS),
        "Nghị định 43/2011/NĐ-CP: tại cơ quan hoặc qua bưu chính",
    ),
    "fee_channels_level_4": KeyWords(
        Theme.FEES,
        "Nộp phí, lệ phí của dịch vụ mức độ 4 (toàn trình)",
        "",
        _listed("Phí, lệ phí của dịch vụ mức độ 4 (toàn trình) nộp", FEE_CHANNELS),
        "Nghị định 43/2011/NĐ-CP: thanh toán trực tuyến",
    ),
    "refund_when_not_performed": KeyWords(
        Theme.FEES,
        "Hoàn phí khi không thực hiện được",
        "",
        _either(
            "Đã nộp phí mà cơ quan không thực hiện được thì được hoàn lại.",
            "Phí đã nộp không được hoàn lại, kể cả khi cơ quan không thực hiện được.",
        ),
        "Nghị định 45/2020/NĐ-CP: hoàn lại qua đúng kênh đã nộp",
    ),
    "refund_when_not_collected": KeyWords(
        Theme.FEES,
        "Hoàn phí khi không đến nhận kết quả",
        "",
        _either(
            "Đã giải quyết xong mà không đến nhận kết quả thì vẫn được hoàn phí.",
            "Đã giải quyết xong mà không đến nhận kết quả thì không được hoàn phí.",
        ),
        "Mặc định của hệ thống: công việc đã thực hiện thì phí đã phát sinh",
    ),
    "return_channels_level_3": KeyWords(
        Theme.RETURN,
        "Trả kết quả của dịch vụ mức độ 3 (một phần)",
        "",
        _listed("Kết quả của dịch vụ mức độ 3 (một phần) nhận", CHANNELS),
        "Nghị định 43/2011/NĐ-CP: tại cơ quan hoặc qua bưu chính",
    ),
    "return_channels_level_4": KeyWords(
        Theme.RETURN,
        "Trả kết quả của dịch vụ mức độ 4 (toàn trình)",
        "",
        _listed("Kết quả của dịch vụ mức độ 4 (toàn trình) nhận", CHANNELS),
        "Nghị định 43/2011/NĐ-CP: trực tuyến, trực tiếp hoặc qua bưu chính",
    ),
    "post_return_registered": KeyWords(
        Theme.RETURN,
        "Bưu chính bảo đảm",
        "",
        _either(
            "Kết quả gửi qua bưu chính bảo đảm, người nhận ký nhận.",
            "Kết quả gửi qua bưu chính theo dịch vụ bưu chính công ích.",
        ),
        "Quyết định 45/2016/QĐ-TTg",
    ),
    "post_returns_within_hours": KeyWords(
        Theme.RETURN,
        "Bưu chính giao kết quả trong tỉnh",
        "giờ",
        _counted(
            "Thời gian bưu chính giao kết quả theo quy định chung của dịch vụ bưu chính.",
            "Bưu chính giao kết quả trong tỉnh trong vòng {} giờ sau khi có kết quả.",
        ),
        "Quyết định 45/2016/QĐ-TTg: theo thời gian phát của dịch vụ bưu chính công ích",
    ),
    "compared_at_collection": KeyWords(
        Theme.RETURN,
        "Đối chiếu giấy tờ khi nhận kết quả",
        "",
        _COMPARED.__getitem__,
        "Mặc định của hệ thống; giấy tờ đã ký số không bị đối chiếu lại (Nghị định 45/2020/NĐ-CP)",
    ),
    "feedback_within_days": KeyWords(
        Theme.FEEDBACK,
        "Trả lời phản ánh, kiến nghị, báo vi phạm",
        "ngày làm việc",
        "Phản ánh, kiến nghị, báo vi phạm được trả lời trong {} ngày làm việc kể từ ngày tiếp nhận.".format,
        "Quyết định 766/QĐ-TTg, chỉ tiêu 5.2: trả lời trong 15 ngày làm việc",
    ),
    "archive_after_days": KeyWords(
        Theme.ARCHIVE,
        "Đưa hồ sơ vào lưu trữ điện tử",
        "ngày",
        "Hồ sơ đã kết thúc được đóng gói đưa vào lưu trữ điện tử sau {} ngày.".format,
        "Mặc định của hệ thống theo Luật Lưu trữ 33/2024/QH15 (chưa đối chiếu điều khoản về hạn nộp lưu)",
    ),
    "retention": KeyWords(
        Theme.ARCHIVE,
        "Thời hạn lưu trữ hồ sơ",
        "",
        lambda value: f"Hồ sơ được lưu trữ {TERM_WORDS[value].lower()}, tính từ ngày kết thúc.",
        "Mặc định của hệ thống, chờ cơ quan xác nhận theo danh mục hồ sơ; chưa xác nhận thì không được đưa ra hủy",
    ),
}
