"""The Vietnamese of fees, in one place: how a sum was computed, why not, what is wrong with a rule."""

from collections.abc import Mapping
from typing import Final

from motcua.rules.text import grouped

KINDS: Final[Mapping[str, str]] = {"fee": "Phí", "charge": "Lệ phí"}

DUES: Final[Mapping[str, str]] = {
    "before": "Nộp trước khi hồ sơ được tiếp nhận",
    "acceptance": "Nộp khi hồ sơ được tiếp nhận",
    "return": "Nộp khi nhận kết quả",
}

FREE: Final = "Không thu."
ONCE: Final = "{amount} cho một hồ sơ."
TIMES: Final = "{count} {unit} × {amount} = {total}"
NO_PIECES: Final = "0 {unit}"
TIER_UPTO: Final = "{unit} {first}–{last}: {count} × {amount}"
TIER_ONE: Final = "{unit} {first}: {count} × {amount}"
TIER_REST: Final = "từ {unit} thứ {first}: {count} × {amount}"
TIER_SUM: Final = "{parts}; cộng {total}"
CAPPED: Final = "{before}; vượt mức tối đa nên chỉ thu {cap} cho một bản"
CAPPED_ALL: Final = "{before}; vượt mức tối đa nên chỉ thu {cap}."
COPIES: Final = "Mỗi bản: {one}. {copies} bản × {amount} = {total}."
EXEMPT: Final = "Được miễn: {group}."
REDUCED: Final = "Được giảm {percent}%: {group}, còn {total}."
ENTERED: Final = "{amount}, do cán bộ nhập."

BY_RESOLUTION: Final = "Mức thu theo nghị quyết của HĐND tỉnh, cán bộ tiếp nhận sẽ báo số tiền."
NO_COUNT: Final = "Chưa tính được vì chưa biết số {unit}."

BAD_LIST: Final = "Danh sách mức thu phải là một danh sách."
BAD_RULE: Final = "Mức thu {place}: phải là một nhóm giá trị có tên."
UNKNOWN_KEY: Final = "Mức thu {place}: không có mục nào tên là {key}."
MISSING: Final = "Mức thu {place}: thiếu mục {key}."
NOT_TEXT: Final = "Mức thu {place}: {key} phải là chữ."
NOT_AMOUNT: Final = "Mức thu {place}: {key} phải là số nguyên không âm (đồng), không quá {limit}."
NOT_COUNT: Final = "Mức thu {place}: {key} phải là số nguyên từ {low} đến {high}."
NOT_CHOICE: Final = "Mức thu {place}: {key} phải là một trong: {choices}."
NOT_DATE: Final = "Mức thu {place}: {key} phải là một ngày dạng 2026-11-22."
NOT_YES_NO: Final = "Mức thu {place}: {key} phải là đúng hoặc sai."
BAD_TIERS: Final = "Mức thu {place}: các bậc phải tăng dần và bậc cuối không có giới hạn trên."
TIERS_AND_AMOUNT: Final = "Mức thu {place}: chỉ dùng một trong hai: amount hoặc tiers."
TIERS_NEED_COUNT: Final = "Mức thu {place}: bậc và mức tối đa chỉ dùng khi thu theo trang, theo bản hoặc theo đơn vị."
NEEDS_COUNT: Final = "Mức thu {place}: phải có quantity_from, tên câu trả lời cho biết số {unit}."
NO_COUNT_WANTED: Final = "Mức thu {place}: {key} không dùng với cách thu này."
BAD_PERIOD: Final = "Mức thu {place}: ngày hết hiệu lực phải không trước ngày bắt đầu."
BAD_CONDITION: Final = "Mức thu {place}: only_if phải là tên câu trả lời và danh sách giá trị."
TWICE: Final = "Mức thu {place}: trùng điều kiện và thời gian với một mức khác cùng mã {code}."


def dong(amount: int) -> str:
    """An amount as a person reads it: `12000` → `12.000 đ`."""
    return f"{grouped(amount)} đ"
