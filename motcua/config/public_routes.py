"""The one list of routes that need no login. Everything else is closed (tests/house compares both ways)."""

from __future__ import annotations

PUBLIC_ROUTES: frozenset[str] = frozenset(
    {
        "healthz",
        # Reading and finding: anyone (BD-26, KT-3).
        "portal:home",
        "portal:procedures",
        "portal:procedure",
        "portal:blank_form",
        "portal:life_event",
        "portal:agencies",
        "portal:worktime",
        "portal:guide",
        "portal:rules",
        "portal:units",
        "portal:lookup",
        "portal:lookup_code",
        "portal:verify_paper",
        "portal:verify_token",
        # The queue in the hall of a one-stop counter: whoever stands there, without a name.
        "portal:queue_kiosk",
        "portal:queue_screen",
        "portal:queue_ticket",
        # Telling the offices of a violation, and whether a page was of use: without an account (BD-17, KT-25).
        "portal:report",
        "portal:report_done",
        "portal:report_follow",
        "portal:rate",
        # Display preferences and the component gallery (development only).
        "ui:display",
        "ui:gallery",
        # Getting in.
        "account_login",
        "account_logout",
        "account_inactive",
        "account_landing",
        "account_resume",
        # The national portal: there, back, and showing whose account it is. Linking from within needs a login.
        "account_national",
        "account_national_callback",
        "account_national_link",
        "account_signup",
        "account_signup_organisation",
        "account_activate",
        "account_reset_password",
        "account_recover_code",
        "account_new_password",
        # Machines authenticate by bearer token inside the API itself.
        "api",
        # What the sandbox twins received (never mounted in production).
        "sandbox:index",
        "sandbox:mail",
        "sandbox:sms",
        "sandbox:carrier",
        "sandbox:registers",
    }
)
