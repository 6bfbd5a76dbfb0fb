"""Every component in every state, on one page: ``/_thu-vien/`` in development; ``?mat=ban`` as an officer sees it.

The people and dossiers are invented; the story is one of 02/12/2026.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from motcua.ui.clock import ZONE
from motcua.ui.templatetags.mc import Fault

AT = datetime(2026, 12, 2, 10, 30, tzinfo=ZONE)
DUES = [
    {"words": "Còn 3 ngày 5 giờ", "urgency": "ok"},
    {"words": "Còn 3 giờ 30 phút", "urgency": "soon"},
    {"words": "Quá hạn 2 giờ", "urgency": "late"},
    {"words": "Tạm dừng, chờ bạn", "urgency": "wait"},
    {"words": "Xong trước hạn", "urgency": "done"},
]


class GalleryForm(forms.Form):
    """One field of each kind."""

    full_name = forms.CharField(label="Họ, chữ đệm, tên", help_text="Viết thường như bình thường, có đủ dấu")
    phone = forms.CharField(label="Số điện thoại", help_text="Ví dụ: 0912 345 067", required=False)
    born = forms.ChoiceField(
        label="Trẻ sinh ở đâu?",
        choices=[("hospital", "Bệnh viện, trạm y tế"), ("home", "Tại nhà hoặc nơi khác")],
        widget=forms.RadioSelect,
    )
    papers = forms.MultipleChoiceField(
        label="Bạn có những giấy tờ nào?",
        choices=[("a", "Giấy chứng sinh"), ("b", "Giấy đăng ký kết hôn")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    ethnicity = forms.ChoiceField(label="Dân tộc", choices=[("", "Chọn"), ("1", "Kinh"), ("2", "Tày")])
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    scan = forms.FileField(label="Bản chụp", required=False)
    agreed = forms.BooleanField(label="Tôi cam đoan những điều trên là đúng sự thật")


def gallery(request: HttpRequest) -> HttpResponse:
    """Draw the page."""
    context = {**_for_citizens(), **_for_officers(), **_of_forms()}
    template = "ui/gallery_desk.html" if request.GET.get("mat") == "ban" else "ui/gallery.html"
    return render(request, template, context)


def _for_citizens() -> dict[str, Any]:
    dossier = {"title": "Giấy phép xây dựng nhà ở riêng lẻ", "href": "#", "code": "H05.12-261120-0007"}
    state = {
        "words": "Đang thẩm định",
        "holder": "Phòng Kinh tế, Hạ tầng và Đô thị phường Võ Cường",
        "holder_note": "Người thụ lý: Lê Thu Hà.",
        "used": 27,
        "total": 56,
        "used_words": "3 ngày 3 giờ",
        "total_words": "7 ngày làm việc",
        "due": DUES[0],
        "facts": FACTS,
    }
    return {
        "dues": DUES,
        "state": state,
        "state_ask": {"words": "Cần bạn bổ sung 2 mục", "ask": True, "due": DUES[3]},
        "state_late": {**state, "words": "Quá hẹn trả", "used": 60, "due": DUES[2], "facts": []},
        "dossiers": [
            {**dossier, "meta": ["Phòng Kinh tế đang thẩm định"], "due": DUES[0], "note": "Hẹn trả 07/12/2026"},
            {**dossier, "meta": ["Cần bổ sung 2 mục"], "due": DUES[3], "act": "Bổ sung", "act_href": "#"},
            {
                "title": "Đăng ký khai sinh",
                "href": "#",
                "meta": ["Bản nháp, bước 2 trong 7"],
                "act": "Điền tiếp",
                "act_href": "#",
            },
        ],
        "facts": FACTS,
        "figures": [
            {"label": "Đến hạn hôm nay", "value": "4", "href": "#"},
            {"label": "Quá hạn", "value": "7", "href": "#", "late": True},
            {"label": "Đúng hẹn, tháng 11", "value": "96,8 %"},
        ],
        "rows": [
            {
                "title": "Giấy chứng sinh",
                "href": "#",
                "meta": ["PDF, 2 trang, 840 KB"],
                "tag": "✓ Đạt",
                "tag_kind": "ok",
            },
            {"title": "Bản vẽ mặt bằng", "meta": ["Thay ngày 27/11"], "tag": "Chưa đạt", "tag_kind": "late"},
            {"title": "Văn bản ủy quyền", "meta": ["Chỉ khi nộp thay"], "aside": "Tùy trường hợp"},
        ],
        "procedures": [
            {
                "title": "Đăng ký khai sinh",
                "href": "#",
                "meta": ["Trong ngày", "Miễn phí nếu đúng hạn", "Toàn trình trực tuyến"],
            }
        ],
        "bars": [
            {"label": "Hộ tịch", "words": "99,1 %", "value": 99.1, "total": 100},
            {"label": "Đất đai, thấp nhất", "words": "88,1 %", "value": 88.1, "total": 100, "low": True},
        ],
        "events": [
            {
                "title": "Đã kiểm tra thực địa",
                "by": "Phòng Kinh tế",
                "at": AT - timedelta(days=1),
                "text": "Ranh đất đúng với bản vẽ.",
                "href": "#",
                "link": "Xem biên bản",
            },
            {"title": "Bạn nộp hồ sơ", "by": "Nguyễn Thị Lan, trên mạng", "at": AT - timedelta(days=12)},
        ],
        "spans": SPANS,
        "stood": [
            {"start": AT - timedelta(days=6), "end": AT - timedelta(days=3), "words": "Chờ người nộp bổ sung hồ sơ"},
            {"start": AT - timedelta(hours=2), "end": None, "words": "Chờ nộp phí, lệ phí"},
        ],
        "weeks": _weeks(),
        "receipt": {
            "title": "Biên nhận nộp hồ sơ",
            "code": "H05.12-261202-0031",
            "at": AT,
            "facts": [
                {"label": "Thủ tục", "value": "Đăng ký khai sinh"},
                {"label": "Tiếp nhận trước", "value": "13:32 hôm nay"},
            ],
            "files": FILES,
            "qr": _not_a_qr(),
            "qr_words": "Quét để kiểm tra",
            "pdf_href": "#",
        },
        "files": FILES,
        "file_faults": {"name": "anh.heic", "size": 0, "faults": ["Tệp này rỗng (0 byte). Hãy mở thử rồi chọn lại."]},
        "answers": [
            {"label": "Họ và tên", "value": "Nguyễn Thị Lan", "source": "Từ VNeID"},
            {"label": "Ngày sinh của trẻ", "value": "15/11/2026", "note": "Còn trong 60 ngày: đăng ký đúng hạn"},
        ],
        "at": AT,
        "page": Paginator(range(240), 20).page(6),
        "summary": [Fault("Quê quán cần cả tên phường, xã và tỉnh", "#id_full_name"), Fault("Chưa có chữ ký")],
        "crumbs": [{"href": "#", "text": "Trang chủ"}, {"href": "#", "text": "Thủ tục"}],
        "items": ["H05.12-261120-0007: chuyển cho Lê Thu Hà", "H05.12-261125-0015: không chuyển được, chờ bổ sung"],
    }


FACTS = [
    {"label": "Hẹn trả kết quả", "value": "Thứ Hai 07/12/2026", "note": "trước 17:30"},
    {"label": "Bước kế tiếp", "value": "Trình lãnh đạo phòng"},
    {"label": "Bạn cần làm gì", "value": "Chưa cần làm gì", "note": "Có gì mới, chúng tôi nhắn tin cho bạn"},
]
SPANS = [
    {
        "counted": False,
        "amount": "",
        "when": "Thứ Sáu 20/11, tiếp nhận lúc 09:41",
        "words": "Ngày đầu không tính (Bộ luật Dân sự, điều 147)",
    },
    {"counted": True, "amount": "1 ngày", "when": "Thứ Hai 23/11", "words": "Ngày làm việc"},
    {"counted": False, "amount": "", "when": "Thứ Ba 24/11", "words": "Nghỉ lễ: Ngày Văn hóa Việt Nam"},
]
FILES = [
    {
        "name": "giay-chung-sinh.pdf",
        "size": 860_000,
        "pages": 2,
        "sha256": "9f41c0a7" * 8,
        "notes": ["Đã quét vi-rút"],
        "href": "#",
    }
]


def _weeks() -> list[list[dict[str, Any] | None]]:
    kinds = {
        23: ("counted", "ngày 1"),
        24: ("off", "lễ"),
        25: ("wait", "chờ bạn"),
        26: ("wait", "chờ bạn"),
        27: ("next", "ngày 2"),
    }
    first = date(2026, 11, 23)
    week: list[dict[str, Any] | None] = []
    for offset in range(7):
        on = first + timedelta(days=offset)
        kind, words = kinds.get(on.day, ("off", "nghỉ"))
        week.append({"date": on, "kind": kind, "words": words, "today": on.day == 26})
    last = {"date": date(2026, 11, 30), "kind": "due", "words": "hẹn trả"}
    return [week, [last, None, None, None, None, None, None]]


def _not_a_qr() -> str:
    return mark_safe(
        '<svg viewBox="0 0 21 21" role="img" aria-label="Mã QR mẫu">'
        '<path d="M2 2h7v7H2zm10 0h7v7h-7zM2 12h7v7H2zm11 1h2v2h-2zm4 3h2v3h-2z"/></svg>'
    )


def _for_officers() -> dict[str, Any]:
    paper = {"id": 1, "label": "Bản vẽ mặt bằng", "href": "#"}
    return {
        "stops": [
            {"title": "Tiếp nhận", "who": "Phạm Đức Minh", "note": "xong sau 29 phút / 4 giờ", "state": "done"},
            {"title": "Thẩm định", "who": "Lê Thu Hà", "note": "Đang ở đây: 26,5 / 32 giờ", "state": "now"},
            {"title": "Ký giấy phép", "who": "Vũ Đình Quang", "note": "8 giờ", "state": "todo"},
        ],
        "checks": [
            {"key": "1", "name": "m1", "title": "Đơn đề nghị", "verdict": "yes", "facts": "Ký số hợp lệ."},
            {
                "key": "2",
                "name": "m2",
                "title": "Bản vẽ mặt bằng",
                "verdict": "",
                "note_name": "n2",
                "note": "",
                "here": True,
            },
            {
                "key": "3",
                "name": "m3",
                "title": "Bản vẽ móng",
                "verdict": "no",
                "note_name": "n3",
                "note": "",
                "error": "Ghi rõ chỗ chưa đạt",
            },
        ],
        "acts": [
            {"code": "propose", "label": "Trình lãnh đạo phòng", "granted": True, "value": "propose", "main": True},
            {
                "code": "supplement",
                "label": "Yêu cầu bổ sung",
                "granted": False,
                "reasons": ["Còn 2 mục chưa có ý kiến."],
            },
            {
                "code": "consult",
                "label": "Lấy ý kiến phối hợp",
                "granted": True,
                "href": "#",
                "hint": "Hạn trả lời nằm trong hạn của bước.",
            },
        ],
        "keys": [
            {"keys": ["j", "k"], "words": "xuống, lên"},
            {"keys": ["o"], "words": "mở"},
            {"keys": ["?"], "words": "tất cả phím tắt"},
        ],
        "papers": [paper, {"id": 2, "label": "Đơn đề nghị", "href": "#"}],
        "current": {
            **paper,
            "src": "/static/ui/mark.svg",
            "kind": "image",
            "meta": "mat-bang.png · 4,1 MB",
            "position": 1,
            "total": 2,
        },
        "tabs": [
            {"label": "Việc của phòng", "href": "#", "count": 25, "here": True},
            {"label": "Quá hạn", "href": "#", "count": 3, "late": True},
        ],
    }


def _of_forms() -> dict[str, Any]:
    wrong = GalleryForm({"full_name": "", "born": "", "ethnicity": ""}, auto_id="sai_%s")
    return {
        "form": GalleryForm(),
        "wrong": wrong,
        "steps": [
            {"title": "Người yêu cầu", "state": "done", "href": "#"},
            {"title": "Thông tin của trẻ", "state": "now"},
            {"title": "Giấy tờ kèm theo", "state": "fault", "href": "#"},
            {"title": "Kiểm tra và nộp", "state": "todo"},
        ],
    }
