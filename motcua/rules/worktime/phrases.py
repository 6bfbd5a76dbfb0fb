"""The Vietnamese words of an explanation. Plain language for the citizen; the article of law where there is
one."""

from datetime import time

WORKING = "Giờ làm việc"
WORKING_DAY = "Ngày làm việc"
CALENDAR_DAY = "Đếm mọi ngày, kể cả ngày nghỉ"
ELAPSED = "Đếm liên tục, kể cả đêm và ngày nghỉ"
FIRST_DAY = "Ngày đầu không tính (Bộ luật Dân sự, điều 147)"
RESUMPTION_DAY = "Ngày nhận bổ sung không tính, đếm tiếp từ ngày sau (Bộ luật Dân sự, điều 147)"
LUNCH = "Nghỉ trưa"
BREAK = "Nghỉ giữa giờ"
OUTSIDE_HOURS = "Ngoài giờ làm việc"
WEEKEND = "Thứ Bảy, Chủ nhật"
AWAITING = "Chờ người nộp bổ sung"
ROLLED = "Hạn rơi vào ngày nghỉ, chuyển sang ngày làm việc kế tiếp (Bộ luật Dân sự, điều 148)"
DAY_OFF_ADDED = "Ngày nghỉ khai thêm"
EXTRA_DAY_ADDED = "Ngày làm việc khai thêm"


def after_cutoff(cutoff: time) -> str:
    """Why a same-day procedure received late in the day is counted from the next working day."""
    hour = f"{cutoff.hour} giờ" if cutoff.minute == 0 else f"{cutoff.hour} giờ {cutoff.minute:02d}"
    return f"Nhận từ {hour} trở đi, tính sang ngày làm việc kế tiếp"


def day_off(name: str) -> str:
    """Words of a day off from its name: "Tết Nguyên đán" becomes "Nghỉ lễ: Tết Nguyên đán"; "Nghỉ bù …"
    stands as it is."""
    if not name:
        return DAY_OFF_ADDED
    return name if name.startswith(("Nghỉ", "Ngày nghỉ")) else f"Nghỉ lễ: {name}"


def extra_day(name: str) -> str:
    """Words of a day that is worked although it is not Monday to Friday."""
    if not name:
        return EXTRA_DAY_ADDED
    return name if name.startswith(("Đi làm bù", "Ngày làm")) else f"Đi làm bù: {name}"
