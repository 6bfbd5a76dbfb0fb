"""Logging in and out, and changing the password: allauth's flows with our words, limits and pages."""

from __future__ import annotations

from typing import Any

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.accounts import actions
from motcua.accounts.contacts import clean_login
from motcua.accounts.models import Account
from motcua.base.errors import Refusal
from motcua.portal.account_pages import door
from motcua.portal.account_pages.fields import LineField, PasswordField
from motcua.portal.account_pages.forms import PageForm, faults
from motcua.portal.account_pages.offering import national_url
from motcua.ui import clock

_QUARTER_HOUR = 15 * 60
_MISMATCH = gettext_lazy(
    "Tên đăng nhập hoặc mật khẩu chưa đúng. Xem lại phím Caps Lock và bộ gõ tiếng Việt; "
    "nếu không nhớ, bấm “Quên mật khẩu”."
)


class LoginForm(PageForm):
    """E-mail, telephone number or login, and the password."""

    login = LineField(
        label=gettext_lazy("Thư điện tử, số điện thoại hoặc tên đăng nhập"),
        missing=gettext_lazy("Điền thư điện tử, số điện thoại hoặc tên đăng nhập"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = PasswordField()

    def __init__(self, *args: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
        self.request = request
        self.account: Account | None = None
        self.too_often: Refusal | None = None
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Count the try, then look at the password; one answer for a wrong login and a wrong password."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors or self.request is None:
            return cleaned
        login, address = clean_login(cleaned["login"]), door.address_of(self.request)
        try:
            self._count(login, address)
        except Refusal as refusal:
            self.too_often = refusal
            raise ValidationError(refusal.messages) from refusal
        adapter = get_adapter(self.request)
        self.account = adapter.authenticate(self.request, username=login, password=cleaned["password"])
        if self.account is None:
            self.add_error("password", _MISMATCH)
            return cleaned
        actions.forgive("login", f"{login} {address}")
        return cleaned

    @staticmethod
    def _count(login: str, address: str) -> None:
        """Ten tries a quarter of an hour for a login from one place, so that strangers cannot lock its owner
        out from elsewhere; fifty from everywhere; three hundred from one place for all logins (a shared
        office).
        """
        at = clock.now()
        for scope, key, limit in (
            ("login", f"{login} {address}", 10),
            ("login-anywhere", login, 50),
            ("login-address", address, 300),
        ):
            actions.throttle(scope, key, limit=limit, per_seconds=_QUARTER_HOUR, at=at)

    def enter(self, request: HttpRequest, redirect_url: str | None) -> HttpResponse:
        """Go through allauth's stages (a second factor joins there) and open the session."""
        assert self.account is not None
        login = Login(user=self.account, redirect_url=redirect_url)
        return perform_password_login(request, {"username": self.account.login}, login)


class LoginView(allauth_views.LoginView):
    """The one login page, for citizens and officers."""

    template_name = "portal/account/login.html"
    form_class = LoginForm

    def get_form_class(self) -> type[LoginForm]:
        """Our form, whatever the settings say."""
        return LoginForm

    def form_valid(self, form: LoginForm) -> HttpResponse:
        """In, or on to the next stage."""
        return form.enter(self.request, self.get_success_url())

    def form_invalid(self, form: LoginForm) -> HttpResponse:
        """The page again, with what was typed and why it failed."""
        refusal = form.too_often
        response = self.render_to_response(self.get_context_data(form=form), status=refusal.status if refusal else 422)
        if refusal and refusal.retry_after:
            response.headers["Retry-After"] = str(refusal.retry_after)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and the ways on from here."""
        context = super().get_context_data(**kwargs)
        context.pop("site", None)  # allauth's, which would hide the site's facts our frame shows
        following = door.safe_next(self.request)
        return {
            **context,
            "error_summary": faults(context["form"]),
            "next": following,
            "register_url": door.with_next("account_signup", following),
            "recover_url": door.with_next("account_reset_password", following),
            "national_url": national_url(following),
            "waiting_post": "resume-post" in self.request.session,
        }


class LogoutView(allauth_views.LogoutView):
    """Asks once and logs out; the session is dead afterwards."""

    template_name = "portal/account/logout.html"


def right_password(account: Account, typed: str) -> str:
    """The present password, or `ValidationError` that it is wrong; tries are limited."""
    try:
        actions.throttle("change-password", str(account.pk), limit=10, per_seconds=_QUARTER_HOUR, at=clock.now())
    except Refusal as refusal:
        raise ValidationError(refusal.messages) from refusal
    if not account.check_password(typed):
        raise ValidationError(_("Mật khẩu hiện tại chưa đúng"), code="wrong")
    return typed


class PasswordAgainForm(PageForm):
    """The present password once more, before something that cannot be taken back lightly."""

    password = PasswordField(label=gettext_lazy("Mật khẩu hiện tại"))

    def __init__(self, user: Account, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """The right one, or a word that it is wrong."""
        return right_password(self.user, self.cleaned_data["password"])


class ChangePasswordForm(PageForm):
    """The present password and the new one."""

    oldpassword = PasswordField(label=gettext_lazy("Mật khẩu hiện tại"))
    password1 = PasswordField(
        new=True,
        label=gettext_lazy("Mật khẩu mới"),
        missing=gettext_lazy("Đặt mật khẩu mới"),
        help_text=gettext_lazy("Ít nhất 8 ký tự. Một câu ngắn dễ nhớ với bạn là tốt nhất."),
    )

    def __init__(self, user: Account, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_oldpassword(self) -> str:
        """The present password, or a word that it is wrong."""
        return right_password(self.user, self.cleaned_data["oldpassword"])

    def clean_password1(self) -> str:
        """The new password, judged with what is known about its owner."""
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.user)
        return password

    def save(self) -> None:
        """Set it; the other sessions of the account end."""
        actions.set_password(self.user, password=self.cleaned_data["password1"], at=clock.now())


class ChangePasswordView(allauth_views.PasswordChangeView):
    """Changing one's own password; this session stays, all others end."""

    template_name = "portal/account/change_password.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever came by the national portal has no password to change; recovery sets the first one."""
        if request.user.is_authenticated and not request.user.has_usable_password():
            messages.info(
                request,
                _("Bạn đăng nhập qua Cổng Dịch vụ công quốc gia nên chưa có mật khẩu. Muốn đặt mật khẩu, đăng xuất rồi "
                  "bấm “Quên mật khẩu”."),
            )  # fmt: skip
            return redirect("portal:profile")
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self) -> type[ChangePasswordForm]:
        """Our form, whatever the settings say."""
        return ChangePasswordForm

    def form_valid(self, form: ChangePasswordForm) -> HttpResponse:
        """Change, and say so."""
        response = super().form_valid(form)
        messages.success(self.request, _("Đã đổi mật khẩu. Các thiết bị khác đã bị đăng xuất."))
        return response

    def form_invalid(self, form: ChangePasswordForm) -> HttpResponse:
        """The page again, with why it failed."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_default_success_url(self) -> str:
        """Back to the profile."""
        return reverse("portal:profile")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and its errors."""
        context = super().get_context_data(**kwargs)
        return {**context, "error_summary": faults(context["form"])}


@require_http_methods(["GET", "HEAD"])
def inactive(request: HttpRequest) -> HttpResponse:
    """The password was right and the account is locked: whom to call."""
    return render(request, "portal/account/inactive.html", status=403)


@require_http_methods(["GET", "HEAD"])
def landing(request: HttpRequest) -> HttpResponse:
    """Where somebody lands after logging in without having asked for a page."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    return redirect(door.home_of(request.user))
