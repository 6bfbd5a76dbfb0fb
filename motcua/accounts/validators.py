"""What a password must be: long enough, not endless, not one of those everybody tries first (ASVS 6.2)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class LengthValidator:
    """Between `least` and `most` characters; no rules about which characters (ASVS 6.2.1, 6.2.5)."""

    def __init__(self, least: int = 8, most: int = 128) -> None:
        self.least, self.most = least, most

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a password that is too short or too long."""
        if len(password) < self.least:
            raise ValidationError(
                _("Mật khẩu phải có ít nhất %(least)d ký tự.") % {"least": self.least},
                code="password_too_short",
            )
        if len(password) > self.most:
            raise ValidationError(
                _("Mật khẩu không được dài quá %(most)d ký tự.") % {"most": self.most},
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("Ít nhất %(least)d ký tự. Nên dùng một câu ngắn dễ nhớ với bạn, khó đoán với người khác.") % {
            "least": self.least
        }


class CommonPasswordValidator(password_validation.CommonPasswordValidator):
    """Refuses the 20,000 passwords tried first everywhere, and those made of the account's own data."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a common password, or one that is the owner's login, number or name."""
        given = password.casefold().strip()
        if given in self.passwords or given in _own_words(user) or len(set(given)) < 3:
            raise ValidationError(_("Mật khẩu này quá dễ đoán. Hãy chọn mật khẩu khác."), code="password_too_common")

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("Không dùng mật khẩu phổ biến, số điện thoại, số giấy tờ hay tên của mình.")


def _own_words(user: Any) -> set[str]:
    """What strangers know about the owner, letter case ignored."""
    names = ("login", "email", "phone", "full_name", "identity_number", "tax_code")
    return {str(value).casefold() for name in names if (value := getattr(user, name, None))}
