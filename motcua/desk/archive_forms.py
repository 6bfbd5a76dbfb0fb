"""Forms of the archive: what is looked for, a hold, a term, a list for destruction."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.archive.queries import Wanted
from motcua.desk.forms import DeskForm, long_text
from motcua.rules.retention import TERM_WORDS
from motcua.rules.text import clean_line, plain_number

TERMS = [(term.value, words) for term, words in TERM_WORDS.items()]
NAMES = ("ma", "thu-tuc", "nam", "thoi-han", "chua-xac-nhan")
"""Names of the filters in an address."""


class HoldForm(DeskForm):
    """Why a package is kept whatever its term says."""

    reason = long_text(
        _("Vụ việc, khiếu nại hoặc yêu cầu phải giữ lại"),
        help_text=_("Ghi số, ngày của văn bản. Hồ sơ không thể bị hủy cho đến khi có người bỏ giữ lại."),
        required=True,
        rows=2,
    )


class LiftForm(DeskForm):
    """Why it need not be held any more."""

    lift_reason = long_text(_("Vì sao không cần giữ lại nữa"), required=True, rows=2)


class TermForm(DeskForm):
    """How long the dossiers of a procedure are kept."""

    term = forms.ChoiceField(label=_("Thời hạn lưu trữ của thủ tục này"), choices=[("", _("Chọn thời hạn")), *TERMS])
    basis = forms.CharField(
        label=_("Căn cứ"), help_text=_("Danh mục hồ sơ của cơ quan hoặc văn bản quy định thời hạn."), max_length=300
    )


class ProposeForm(DeskForm):
    """On what a list for destruction rests."""

    reason = long_text(
        _("Căn cứ lập danh sách hủy"),
        help_text=_("Danh mục tài liệu hết thời hạn, biên bản họp hội đồng, văn bản thẩm định."),
        required=True,
        rows=2,
    )


class DropForm(DeskForm):
    """Why nothing on a list shall be destroyed."""

    drop_reason = long_text(_("Lý do không hủy"), required=True, rows=2)


def wanted_of(given: Any) -> Wanted:
    """What an address asks for; what makes no sense there asks for nothing."""
    year = plain_number(given.get("nam", ""), most=2100) or 0
    return Wanted(
        code=clean_line(given.get("ma", ""))[:50],
        procedure=clean_line(given.get("thu-tuc", ""))[:40],
        year=year if year >= 2000 else 0,
        term=given.get("thoi-han", "")[:10],
        unconfirmed=given.get("chua-xac-nhan") == "1",
    )
