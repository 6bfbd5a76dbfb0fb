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
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
# allauth sees one name to log in with; PasswordBackend finds the account by login, e-mail or telephone. Addresses are
# proven by the accounts room (one code for e-mail and SMS alike), so allauth has nothing left to verify.
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
# Attempts are counted in PostgreSQL (accounts.actions.throttle), where every process sees the same number.
ACCOUNT_RATE_LIMITS = False

SOCIALACCOUNT_ADAPTER = "motcua.portal.national.adapter.NationalAdapter"
# Nothing of the national portal's answers is kept beside the person's id there (decision 0016).
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 8

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Seconds without a request after which a session ends (ASVS 7.3.1).
IDLE_LIMIT_OFFICER = 30 * 60
IDLE_LIMIT_CITIZEN = 2 * 60 * 60
