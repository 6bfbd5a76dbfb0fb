"""The one list of routes that need no login. Everything else is closed (tests/house compares both ways)."""

from __future__ import annotations

PUBLIC_ROUTES: frozenset[str] = frozenset(
    {
        "healthz",
        # Reading and finding: anyone (BD-26, KT-3).
        "portal:home",
        "portal:procedures",
        "portal:procedure",
        "portal:life_event",
        "portal:agencies",
        "portal:worktime",
        "portal:guide",
        "portal:units",
        "portal:lookup",
        "portal:lookup_code",
        "portal:verify_paper",
        # Display preferences and the component gallery (development only).
        "ui:display",
        "ui:gallery",
        # Getting in.
        "account_login",
        "account_logout",
        "account_signup",
        "account_inactive",
        "account_email_verification_sent",
        "account_confirm_email",
        "account_verify_phone",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_confirm_login_code",
        "account_request_login_code",
        "account_confirm_password_reset_code",
        "account_complete_password_reset",
        # Machines authenticate by bearer token inside the API itself.
        "api",
        # What the sandbox twins received (never mounted in production).
        "sandbox:index",
        "sandbox:mail",
        "sandbox:sms",
    }
)
