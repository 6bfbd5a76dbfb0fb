"""What allauth's socialaccount asks of us: where the portal is, how to reach it, and what a login comes to."""

from __future__ import annotations

import functools
from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthError
from django.conf import settings
from django.http import HttpRequest

from motcua.accounts.facts import NATIONAL
from motcua.portal.national import entering, failing
from motcua.portal.national.provider import NationalProvider


class NationalAdapter(DefaultSocialAccountAdapter):
    """One provider, from the settings; every decision about accounts is in `entering`."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> NationalProvider:
        """The national portal, whatever is asked for."""
        return NationalProvider(request, app=self.get_app(request, provider))

    def get_app(self, request: HttpRequest, provider: str, client_id: str | None = None) -> SocialApp:
        """How we are registered there; never a row of the database."""
        asked = {"acr_values": settings.NATIONAL_ACR} if settings.NATIONAL_ACR else {}
        return SocialApp(
            provider=NationalProvider.id,
            provider_id=NATIONAL,
            name="Cổng Dịch vụ công quốc gia",
            client_id=settings.NATIONAL_CLIENT_ID,
            secret=settings.NATIONAL_CLIENT_SECRET,
            settings={
                "server_url": settings.NATIONAL_URL,
                "token_auth_method": "client_secret_basic",
                "auth_params": asked,
            },
        )

    def get_requests_session(self) -> requests.Session:
        """A few seconds at most, no redirects, no proxy from the environment (ASVS 15.3.2)."""
        session = requests.Session()
        session.trust_env, session.max_redirects = False, 0
        session.request = functools.partial(  # type: ignore[method-assign]
            session.request, timeout=settings.SOCIALACCOUNT_REQUESTS_TIMEOUT
        )
        return session

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Our own way in; allauth's does not go on from here."""
        raise ImmediateHttpResponse(entering.enter(request, sociallogin))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """allauth itself makes no account."""
        return False

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """A page that says what happened and how to go on."""
        if error == AuthError.CANCELLED:
            response = failing.cancelled(request)
        elif exception is not None or (extra_context or {}).get("state"):
            response = failing.broken(request, exception)
        else:
            response = failing.lost(request)
        raise ImmediateHttpResponse(response)
