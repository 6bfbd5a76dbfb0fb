"""Procedures as rows of lists, their levels and facets in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.procedures.queries import Entry

LONGEST_TITLE = 160

MODES: Mapping[str, str | Promise] = {
    "full": gettext_lazy("Toàn trình trực tuyến"),
    "partial": gettext_lazy("Một phần trực tuyến"),
    "information": gettext_lazy("Nộp tại quầy hoặc qua bưu chính"),
}
MODES_EXPLAINED: Mapping[str, str | Promise] = {
    "full": gettext_lazy("Làm hết trên mạng, kể cả nhận kết quả (hoặc nhận qua bưu chính); không phải đến cơ quan."),
    "partial": gettext_lazy("Nộp hồ sơ trên mạng, còn ít nhất một việc làm trực tiếp."),
    "information": gettext_lazy("Đọc thông tin, tải mẫu trên mạng; hồ sơ nộp tại quầy hoặc qua bưu chính."),
}
"""What each mode gives (NĐ 42/2022)."""
TIERS: Mapping[str, str | Promise] = {
    "province": gettext_lazy("Cấp tỉnh"),
    "district": gettext_lazy("Cấp huyện"),
    "commune": gettext_lazy("Cấp xã"),
}
AUDIENCES: Mapping[str, str | Promise] = {
    "person": gettext_lazy("Cá nhân"),
    "organisation": gettext_lazy("Tổ chức, doanh nghiệp"),
}
LEVELS: Mapping[int, str | Promise] = {
    1: gettext_lazy("Có đủ thông tin về thủ tục và văn bản liên quan để đọc trên mạng."),
    2: gettext_lazy("Thêm: tải được mẫu đơn, tờ khai để điền rồi nộp trực tiếp hoặc qua bưu chính."),
    3: gettext_lazy(
        "Thêm: điền và nộp hồ sơ trên mạng, theo dõi trên mạng; phí và kết quả tại cơ quan hoặc qua bưu chính."
    ),
    4: gettext_lazy(
        "Thêm: nộp phí, lệ phí trên mạng; kết quả gửi trên mạng, qua bưu chính hoặc nhận trực tiếp, tùy bạn chọn."
    ),
}
"""What each service level gives (BD-4 to BD-7)."""


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """For `ui/components/rows.html`."""

    title: str
    href: str
    meta: tuple[str, ...]
    tag: str = ""
    tag_kind: str = ""
    aside: str = ""


def rows_of_entries(entries: Iterable[Entry], *, in_columns: bool = False) -> list[ProcedureRow]:
    """Rows that say how long, how much, how far online; in columns what is unknown leaves a dash."""
    gap = "–" if in_columns else ""
    return [
        ProcedureRow(
            title=Truncator(entry.title).chars(LONGEST_TITLE),
            href=_address(entry),
            meta=tuple(filter(None, (entry.time_words or gap, entry.fee_words or gap, *_end(entry, in_columns)))),
        )
        for entry in entries
    ]


def _address(entry: Entry) -> str:
    """Our page of the procedure; a ministry's portal where we can do no more than point at it (CB-20)."""
    if entry.external_url and not entry.ministry:
        return entry.external_url
    return reverse("portal:procedure", args=[entry.code])


def _end(entry: Entry, in_columns: bool) -> tuple[str, ...]:
    """How far online; in a plain list the code too, for many procedures share one name."""
    words = str(online_words(entry))
    return (words,) if in_columns else (words, _("Mã %(code)s") % {"code": entry.code})


def online_words(entry: Entry) -> str | Promise:
    """How far a procedure goes online, as one says it; what may not be filed online never says it may."""
    if entry.ministry:
        said = {"ministry": entry.ministry, "level": entry.ministry_level}
        return _("Mức độ %(level)s ở hệ thống của %(ministry)s") % said
    if entry.external_url:
        return _("Trên cổng của bộ, ngành")
    return MODES[entry.mode] if entry.accepts_online else MODES["information"]
