"""Settings of logging in: django-allauth, passwords and sessions."""

from __future__ import annotations

from typing import Any

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_landing"
LOGOUT_REDIRECT_URL = "portal:home"

AUTHENTICATION_BACKENDS = ["motcua.accounts.backends.PasswordBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "motcua.accounts.validators.LengthValidator", "OPTIONS": {"least": 8, "most": 128}},
    {"NAME": "motcua.accounts.validators.CommonPasswordValidator"},
]

ACCOUNT_ADAPTER = "motcua.portal.allauth_adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "motcua.accounts.forms.LoginForm",
    "signup": "motcua.accounts.forms.RegisterForm",
    "reset_password": "motcua.accounts.forms.RecoverForm",
    "reset_password_from_key": "motcua.accounts.forms.NewPasswordForm",
    "change_password": "motcua.accounts.forms.ChangePasswordForm",
    "confirm_login_code": "motcua.accounts.forms.CodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username", "email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email", "phone", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_ENABLED = True
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_UNIQUE_EMAIL = True
# Attempts are counted in PostgreSQL (accounts.actions.throttle), where every process sees the same number.
ACCOUNT_RATE_LIMITS = False

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Seconds without a request after which a session ends (ASVS 7.3.1).
IDLE_LIMIT_OFFICER = 30 * 60
IDLE_LIMIT_CITIZEN = 2 * 60 * 60
