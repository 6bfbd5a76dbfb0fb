"""The forms of getting in: validated here by shape; what may happen is decided by the accounts room."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from motcua.accounts.actions import Registration
from motcua.accounts.actions.profile import VOUCHED
from motcua.accounts.models import Account, Gender, Kind
from motcua.base.errors import Refusal
from motcua.portal.account_pages.fields import (
    ContactField,
    DayField,
    LineField,
    PasswordField,
    identity_field,
    tax_field,
)
from motcua.ui.templatetags.mc import Fault


class PageForm(forms.Form):
    """What all these forms share: a star on what must be filled (HY-1), and a room's refusal beside its
    field.
    """

    use_required_attribute = False
    has_stars: ClassVar[bool] = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if self.has_stars and field.required and field.label:
                field.label = f"{field.label}\u00a0*"

    def offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """Set what a choice field offers."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def refuse(self, refusal: Refusal) -> None:
        """Put a room's refusal beside its fields, the rest on top."""
        for name, messages in refusal.field_errors.items():
            self.add_error(name if name in self.fields else None, messages)
        if refusal.messages:
            self.add_error(None, refusal.messages)


def faults(form: PageForm) -> list[Fault]:
    """Every error once, leading to its control. These messages name their field themselves, so no label before them."""
    found = [Fault(str(text)) for text in form.non_field_errors()]
    return found + [Fault(str(text), f"#{bound.auto_id}") for bound in form for text in bound.errors]


def _terms() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Tôi cam kết thông tin trên là đúng và chịu trách nhiệm trước pháp luật về thông tin đã khai"),
        error_messages={"required": _("Đánh dấu vào ô cam kết để đăng ký")},
    )


def _new_password(**options: Any) -> PasswordField:
    options.setdefault("label", _("Mật khẩu"))
    return PasswordField(
        new=True,
        help_text=_("Ít nhất 8 ký tự. Một câu ngắn dễ nhớ với bạn là tốt nhất; không dùng số điện thoại hay tên mình."),
        **options,
    )


def _full_name() -> LineField:
    return LineField(
        label=_("Họ, chữ đệm và tên"),
        help_text=_("Viết có đủ dấu, như trên giấy tờ của bạn"),
        missing=_("Điền họ, chữ đệm và tên"),
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )


def _organisation_name() -> LineField:
    return LineField(
        label=_("Tên tổ chức, doanh nghiệp"),
        max_length=250,
        missing=_("Điền tên tổ chức, doanh nghiệp"),
        widget=forms.TextInput(attrs={"autocomplete": "organization", "spellcheck": "false"}),
    )


def _representative_name() -> LineField:
    return LineField(
        label=_("Họ, chữ đệm và tên người đại diện"),
        help_text=_("Người đại diện theo pháp luật"),
        missing=_("Điền họ, chữ đệm và tên người đại diện"),
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )


def _contact() -> ContactField:
    return ContactField(
        help_text=_("Để đăng nhập, nhận mã kích hoạt và tin về hồ sơ. Ví dụ: lan@example.vn hoặc 0912 345 678")
    )


class _RegisterForm(PageForm):
    """What registering a person and an organisation have in common. Each adds `registration()`: what was stated."""

    has_stars = True
    kind: ClassVar[Kind]
    about_owner: ClassVar[tuple[str, ...]] = ()

    def clean(self) -> dict[str, Any]:
        """Judge the password with everything known about its owner."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if password := cleaned.get("password"):
            contact = cleaned.get("contact") or ""
            owner = Account(login=contact, **{name: cleaned.get(name) or "" for name in self.about_owner})
            try:
                validate_password(password, owner)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class PersonForm(_RegisterForm):
    """A citizen registers."""

    kind = Kind.PERSON
    about_owner = ("full_name", "identity_number")

    full_name = _full_name()
    identity_number = identity_field()
    birth_date = DayField(label=_("Ngày sinh"), help_text=_("Ví dụ: 25/03/1990"), required=False)
    contact = _contact()
    password = _new_password(missing=_("Đặt mật khẩu cho tài khoản"))
    terms = _terms()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_date"].latest = today  # type: ignore[attr-defined]

    def registration(self) -> Registration:
        """What the citizen stated."""
        stated = self.cleaned_data
        return Registration(
            kind=self.kind,
            full_name=stated["full_name"],
            contact=stated["contact"],
            identity_number=stated["identity_number"],
            birth_date=stated["birth_date"].isoformat() if stated["birth_date"] else None,
        )


class OrganisationForm(_RegisterForm):
    """An organisation or enterprise registers, through its representative."""

    kind = Kind.ORGANISATION
    about_owner = ("organisation_name", "tax_code", "full_name")

    organisation_name = _organisation_name()
    tax_code = tax_field()
    full_name = _representative_name()
    contact = _contact()
    password = _new_password(missing=_("Đặt mật khẩu cho tài khoản"))
    terms = _terms()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def registration(self) -> Registration:
        """What the organisation stated."""
        stated = self.cleaned_data
        return Registration(
            kind=self.kind,
            full_name=stated["full_name"],
            contact=stated["contact"],
            tax_code=stated["tax_code"],
            organisation_name=stated["organisation_name"],
            representative_name=stated["full_name"],
        )


class CodeForm(PageForm):
    """The six digits of a message."""

    code = LineField(
        label=_("Mã xác nhận"),
        help_text=_("6 số trong tin nhắn hoặc thư mới nhất. Mã dùng được trong 10 phút."),
        missing=_("Điền mã 6 số đã gửi cho bạn"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class RecoverForm(PageForm):
    """Who forgot the password."""

    login = LineField(
        label=_("Thư điện tử, số điện thoại hoặc tên đăng nhập"),
        missing=_("Điền thư điện tử, số điện thoại hoặc tên đăng nhập"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )


class NewPasswordForm(PageForm):
    """The password that replaces a forgotten one."""

    password = _new_password(label=_("Mật khẩu mới"), missing=_("Đặt mật khẩu mới"))

    def __init__(self, *args: Any, account: Account | None = None, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """The password, judged with what is known about its owner."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password


class ContactForm(PageForm):
    """A new e-mail address or mobile number for an account."""

    contact = ContactField(label=_("Thư điện tử hoặc số di động mới"))


class _ProfileForm(PageForm):
    """What every owner may change about the account (HY-3)."""

    has_stars = True
    notify_by_email = forms.BooleanField(label=_("Nhận tin về hồ sơ qua thư điện tử"), required=False)
    notify_by_sms = forms.BooleanField(label=_("Nhận tin về hồ sơ qua tin nhắn SMS"), required=False)

    @classmethod
    def initial_of(cls, account: Account) -> dict[str, Any]:
        """The form as the account fills it."""
        return {name: getattr(account, name) for name in cls.base_fields}

    def changes(self) -> dict[str, Any]:
        """The columns to write."""
        return dict(self.cleaned_data)


class PersonProfileForm(_ProfileForm):
    """The profile of a citizen, or of an officer as a person."""

    field_order = ("full_name", "birth_date", "gender", "identity_number")

    full_name = _full_name()
    birth_date = DayField(label=_("Ngày sinh"), help_text=_("Ví dụ: 25/03/1990"), required=False)
    gender = forms.ChoiceField(
        label=_("Giới tính"),
        choices=[("", _("Chưa khai")), *Gender.choices],
        required=False,
        error_messages={"invalid_choice": _("Chọn một trong các mục có sẵn")},
    )
    identity_number = identity_field(required=False)

    def __init__(self, *args: Any, today: date, vouched: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_date"].latest = today  # type: ignore[attr-defined]
        for name in VOUCHED if vouched else ():
            del self.fields[name]


class OrganisationProfileForm(_ProfileForm):
    """The profile of an organisation."""

    field_order = ("organisation_name", "tax_code", "representative_name")

    organisation_name = _organisation_name()
    tax_code = tax_field()
    representative_name = _representative_name()

    def __init__(self, *args: Any, today: date, vouched: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def changes(self) -> dict[str, Any]:
        """The columns to write; the representative is the person behind the account."""
        return {**self.cleaned_data, "full_name": self.cleaned_data["representative_name"]}
