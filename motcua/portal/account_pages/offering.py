"""Whether, and by which address, pages offer to log in through the national portal."""

from __future__ import annotations

from django.conf import settings

from motcua.portal.account_pages import door


def is_offered() -> bool:
    """Whether this province is registered with the portal."""
    return bool(settings.NATIONAL_URL and settings.NATIONAL_CLIENT_ID and settings.NATIONAL_CLIENT_SECRET)


def national_url(following: str) -> str:
    """Where the button leads; empty where there is to be none."""
    return door.with_next("account_national", following) if is_offered() else ""
