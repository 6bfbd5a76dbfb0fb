"""Form fields that take what people type and answer in words they can act on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from motcua.accounts.contacts import clean_contact
from motcua.rules.codes import BadCode, TaxCode, parse_email, parse_identity
from motcua.rules.text import clean_line, has_forbidden

_ABSURD: Final = 10_000
"""Characters beyond which a line is not even looked at: cleaning goes letter by letter."""


class LineField(forms.CharField):
    """One line of text: composed, without surplus space; odd characters are refused, not silently kept."""

    def __init__(self, *, max_length: int = 150, missing: Any = None, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)
        self.error_messages["required"] = missing
        self.error_messages["max_length"] = _("Chỉ được dài tối đa %(limit_value)d ký tự; hiện có %(show_value)d")

    def to_python(self, value: Any) -> str:
        """The cleaned line; raises for control and direction characters, before anything looks at the text."""
        text = "" if value is None else str(value)
        if len(text) > _ABSURD:
            raise ValidationError(_("Nội dung quá dài"), code="max_length")
        if has_forbidden(text):
            raise ValidationError(_("Có ký tự không hợp lệ. Hãy xóa đi và gõ lại."), code="forbidden")
        return clean_line(text)


class CodedField(LineField):
    """A line that one of the rules' parsers understands and gives back in its kept form."""

    def __init__(self, parse: Callable[[str], str], **options: Any) -> None:
        super().__init__(**options)
        self.parse = parse

    def clean(self, value: Any) -> str:
        """The parsed value, or the parser's own explanation."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            return self.parse(text)
        except BadCode as bad:
            raise ValidationError(bad.message, code=bad.reason) from bad


def identity_field(**options: Any) -> CodedField:
    """A CCCD of 12 digits or a former CMND of nine."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"})
    return CodedField(
        lambda text: parse_identity(text)[1],
        label=_("Số căn cước công dân hoặc chứng minh nhân dân"),
        help_text=_("12 số trên thẻ căn cước, hoặc 9 số trên chứng minh nhân dân. Ví dụ: 052 190 000 123"),
        missing=_("Điền số căn cước công dân hoặc chứng minh nhân dân"),
        max_length=30,
        widget=widget,
        **options,
    )


def tax_field(**options: Any) -> CodedField:
    """The tax number of an organisation."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"})
    return CodedField(
        lambda text: str(TaxCode.parse(text)),
        label=_("Mã số thuế"),
        help_text=_("10 số; đơn vị phụ thuộc thêm gạch ngang và 3 số. Ví dụ: 0100109106-001"),
        missing=_("Điền mã số thuế của tổ chức, doanh nghiệp"),
        max_length=30,
        widget=widget,
        **options,
    )


class ContactField(LineField):
    """An e-mail address or a mobile number: where codes and messages go, and what one logs in with."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Thư điện tử hoặc số điện thoại di động"))
        options.setdefault("missing", _("Điền thư điện tử hoặc số điện thoại di động của bạn"))
        attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(max_length=254, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> str:
        """The stored form; says which of the two it took the text for when it is neither."""
        text = super().clean(value)
        if not text:
            return ""
        if contact := clean_contact(text):
            return contact
        if "@" in text:
            try:
                parse_email(text)
            except BadCode as bad:
                raise ValidationError(bad.message, code="email") from bad
        raise ValidationError(
            _("Đây chưa phải thư điện tử hay số di động Việt Nam. Ví dụ: lan@example.vn hoặc 0912 345 678"),
            code="contact",
        )


class DayField(forms.DateField):
    """A day typed as dd/mm/yyyy, not after `latest` when the form sets one."""

    latest: date | None = None

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(
            format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "bday", "placeholder": ""}
        )
        super().__init__(input_formats=["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y"], widget=widget, **options)
        self.error_messages["invalid"] = _("Ngày chưa đúng. Điền theo dạng ngày/tháng/năm, ví dụ: 25/03/1990")

    def validate(self, value: Any) -> None:
        """Refuse days before 1900 and after `latest`."""
        super().validate(value)
        if value and (value.year < 1900 or (self.latest and value > self.latest)):
            raise ValidationError(_("Ngày sinh không thể ở sau hôm nay hoặc trước năm 1900"), code="range")


class PasswordField(forms.CharField):
    """A password: never shown again, never trimmed; pasting is welcome."""

    def __init__(self, *, new: bool = False, missing: Any = None, **options: Any) -> None:
        attrs = {"autocomplete": "new-password" if new else "current-password"}
        options.setdefault("label", _("Mật khẩu"))
        super().__init__(strip=False, max_length=1000, widget=forms.PasswordInput(attrs=attrs), **options)
        self.error_messages["required"] = missing or _("Điền mật khẩu")
        self.error_messages["max_length"] = _("Mật khẩu không được dài quá 128 ký tự")

    def to_python(self, value: Any) -> str:
        """The password as typed; a NUL, which no keyboard makes, is refused."""
        text = "" if value is None else str(value)
        if "\x00" in text:
            raise ValidationError(_("Mật khẩu có ký tự không gõ được từ bàn phím"), code="forbidden")
        return text
