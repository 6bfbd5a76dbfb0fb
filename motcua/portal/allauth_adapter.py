"""What allauth asks of us: its words in Vietnamese, and where people land."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from motcua.portal.account_pages import door
from motcua.portal.national import entering

_LATER = _("Đã thử quá nhiều lần. Vui lòng đợi ít phút rồi thử lại.")
_AND_THERE = _("Bạn đã đăng xuất khỏi trang này. Nếu dùng máy chung, hãy đăng xuất cả ở Cổng Dịch vụ công quốc gia.")
_MISMATCH = _("Tên đăng nhập hoặc mật khẩu chưa đúng.")


class AccountAdapter(DefaultAccountAdapter):
    """allauth carries the session, the stages of logging in and, later, second factors and other identity
    providers; registration, codes and recovery are the accounts room's own.
    """

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đang bị khóa."),
        "email_password_mismatch": _MISMATCH,
        "phone_password_mismatch": _MISMATCH,
        "username_password_mismatch": _MISMATCH,
        "invalid_login": _MISMATCH,
        "incorrect_password": _("Mật khẩu chưa đúng."),
        "enter_current_password": _("Mật khẩu hiện tại chưa đúng."),
        "incorrect_code": _("Mã chưa đúng."),
        "too_many_login_attempts": _LATER,
        "rate_limited": _LATER,
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Officers at the desk, citizens at home."""
        return door.home_of(request.user)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """The same after registering."""
        return self.get_login_redirect_url(request)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address of the other end, as our own limits see it."""
        return door.address_of(request)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Only messages in our words: allauth's own templates are in English."""
        if message_template == "account/messages/logged_out.txt":
            message = str(_("Bạn đã đăng xuất."))
            if entering.came_from_there(request):
                message = str(_AND_THERE)
        if message:
            messages.add_message(request, level, message, extra_tags=extra_tags)
