"""A form that has one field of every type, and its lists: what the tests of e-forms fill in."""

from __future__ import annotations

from datetime import date
from typing import Any

from motcua.rules.eforms import Definition, FixedLookups, parse_definition

TODAY = date(2026, 12, 2)

LOOKUPS = FixedLookups(
    units={
        ("legacy", "commune", "00001"): "phường Phúc Xá, quận Ba Đình, thành phố Hà Nội",
        ("legacy", "commune", "21583"): "phường Lê Lợi, thành phố Quy Nhơn, tỉnh Bình Định",
        ("legacy", "district", "540"): "thành phố Quy Nhơn, tỉnh Bình Định",
        ("2025", "commune", "00004"): "phường Ba Đình, thành phố Hà Nội",
    },
    above={
        ("legacy", "commune", "00001"): {"province": "01", "district": "001"},
        ("legacy", "commune", "21583"): {"province": "52", "district": "540"},
    },
    catalogues={"dan_toc": {"01": "Kinh", "02": "Tày"}, "agencies": {"H08.1": "UBND phường Lê Lợi"}},
    files={"f1": "anh-3x4.jpg", "f2": "giay-chung-sinh.pdf"},
)

EVERYTHING: dict[str, Any] = {
    "title": "Tờ khai đủ loại",
    "steps": [
        {
            "key": "nguoi_khai",
            "title": "Người khai",
            "fields": [
                {"key": "ho_ten", "type": "text", "label": "Họ tên", "required": True, "prefill": "account.full_name"},
                {"key": "ngay_sinh", "type": "date", "label": "Ngày sinh", "required": True, "max": "today"},
                {"key": "gioi_tinh", "type": "choice", "label": "Giới tính", "options": ["Nam", "Nữ"]},
                {
                    "key": "cccd",
                    "type": "cccd",
                    "label": "Số định danh",
                    "required": True,
                    "born": "ngay_sinh",
                    "sex": "gioi_tinh",
                },
                {"key": "cmnd", "type": "cmnd", "label": "Số CMND"},
                {"key": "giay_to", "type": "id_number", "label": "Số giấy tờ"},
                {"key": "mst", "type": "mst", "label": "Mã số thuế"},
                {"key": "dien_thoai", "type": "phone", "label": "Điện thoại"},
                {"key": "email", "type": "email", "label": "Thư điện tử"},
                {
                    "key": "noi_o",
                    "type": "address",
                    "label": "Nơi cư trú",
                    "street": "required",
                    "prefill": "account.address",
                },
                {"key": "dan_toc", "type": "catalogue", "label": "Dân tộc", "catalogue": "dan_toc", "default": "01"},
            ],
        },
        {
            "key": "noi_dung",
            "title": "Nội dung",
            "fields": [
                {"key": "ly_do", "type": "long_text", "label": "Lý do", "max_length": 500},
                {"key": "so_ban", "type": "integer", "label": "Số bản", "min": 1, "max": 50},
                {"key": "dien_tich", "type": "decimal", "label": "Diện tích"},
                {"key": "von", "type": "money", "label": "Vốn"},
                {"key": "nam", "type": "year", "label": "Năm xây"},
                {"key": "gio", "type": "time", "label": "Giờ sinh"},
                {"key": "thoi_gian", "type": "date_range", "label": "Thời gian cư trú"},
                {"key": "noi_dang_ky", "type": "unit", "label": "Nơi đã đăng ký", "level": "district"},
                {"key": "co_quan", "type": "unit", "label": "Cơ quan", "level": "agency"},
                {
                    "key": "mien",
                    "type": "multi_choice",
                    "label": "Miễn giảm",
                    "options": [{"value": "ngheo", "label": "Hộ nghèo"}, {"value": "tb", "label": "Thương binh"}],
                },
                {
                    "key": "so_so",
                    "type": "text",
                    "label": "Số sổ hộ nghèo",
                    "required": True,
                    "show_if": {"field": "mien", "op": "eq", "value": "ngheo"},
                },
                {
                    "key": "ben_nhan",
                    "type": "group",
                    "label": "Bên nhận",
                    "item_label": "Bên nhận",
                    "max_items": 3,
                    "fields": [
                        {"key": "ho_ten", "type": "text", "label": "Họ tên", "required": True},
                        {"key": "loai", "type": "choice", "label": "Loại", "options": ["ca_nhan", "to_chuc"]},
                        {
                            "key": "mst_bn",
                            "type": "mst",
                            "label": "Mã số thuế",
                            "required": True,
                            "show_if": {"field": "loai", "op": "eq", "value": "to_chuc"},
                        },
                        {"key": "ngay", "type": "date", "label": "Ngày nhận"},
                    ],
                },
                {"key": "anh", "type": "file", "label": "Ảnh 3x4", "max_items": 2},
                {"key": "cam_doan", "type": "declaration", "label": "Tôi cam đoan lời khai là đúng"},
            ],
        },
    ],
    "checks": [
        {
            "when": {"field": "so_ban", "op": "filled"},
            "rule": {"field": "nam", "op": "ge", "value": 2000},
            "message": "Năm xây phải từ 2000 khi xin bản sao",
            "fields": ["nam"],
        }
    ],
}

FULL: dict[str, Any] = {
    "ho_ten": "Nguyễn Thị Lan",
    "ngay_sinh": "1984-05-07",
    "gioi_tinh": "Nam",
    "cccd": "087084000999",
    "cmnd": "201234567",
    "giay_to": "C1234567",
    "mst": "0100112437",
    "dien_thoai": "0912345678",
    "email": "lan@vidu.vn",
    "noi_o": {"unit": "00001", "street": "Số 5, ngõ 3"},
    "dan_toc": "01",
    "ly_do": "Dòng một\n\nDòng hai",
    "so_ban": 2,
    "dien_tich": "120.5",
    "von": 150000000,
    "nam": 2010,
    "gio": "06:40",
    "thoi_gian": {"from": "2001-01-01", "to": "2020-12-31"},
    "noi_dang_ky": "540",
    "co_quan": "H08.1",
    "mien": ["ngheo"],
    "so_so": "HN-01",
    "ben_nhan": [
        {"ho_ten": "Trần Văn Hùng", "loai": "ca_nhan"},
        {"ho_ten": "Công ty A", "loai": "to_chuc", "mst_bn": "0100233488", "ngay": "2026-11-01"},
    ],
    "anh": ["f1"],
    "cam_doan": True,
}


def everything() -> Definition:
    """The form with every field type."""
    return parse_definition(EVERYTHING)


def one_field(**field: Any) -> Definition:
    """A form of a single question, keyed `k`."""
    return parse_definition(
        {"title": "T", "steps": [{"key": "s", "title": "S", "fields": [{"key": "k", "label": "Câu hỏi", **field}]}]}
    )
