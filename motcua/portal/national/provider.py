"""allauth's OpenID Connect with what it leaves open closed: nonce, signature, one subject, our own address."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from motcua.accounts.facts import NATIONAL
from motcua.portal.national.claims import vouched

_LEEWAY = 30
"""Seconds the portal's clock may differ from ours."""
_NEEDED = ["iss", "aud", "sub", "exp", "iat", "nonce"]


class PortalProtocol(OpenIDConnectOAuth2Adapter):
    """One login's conversation with the portal."""

    def __init__(self, request: HttpRequest, provider_id: str = NATIONAL) -> None:
        super().__init__(request, provider_id)
        self._verifier = ""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Our own published address, whatever the request calls us."""
        return f"{settings.BASE_URL}{reverse('account_national_callback')}"

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> Any:
        """The tokens for a code; the verifier is remembered, since the nonce follows from it."""
        self._verifier = pkce_code_verifier or ""
        return super().get_access_token_data(request, app, client, pkce_code_verifier=pkce_code_verifier)

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """The person who logged in: ID token verified, user information of the same subject."""
        said = self._decode_id_token(app, kwargs["response"]["id_token"])
        userinfo = self._fetch_user_info(token.token)
        if userinfo.get("sub") != said["sub"]:
            raise OAuth2Error("user information of another subject")
        login = self.get_provider().sociallogin_from_response(request, {"userinfo": userinfo, "id_token": said})
        login.vouched = vouched(said, userinfo)
        return login

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        """Verified always, whichever way it came: RS256 by a key of the portal, for us, in time, for this login."""
        if self.openid_config["issuer"].rstrip("/") != settings.NATIONAL_URL:
            raise OAuth2Error("another issuer than configured")
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys = jwt.PyJWKSet.from_dict(answer.json())
        said: dict[str, Any] = jwt.decode(
            id_token,
            keys[jwt.get_unverified_header(id_token)["kid"]].key,
            algorithms=["RS256"],
            audience=app.client_id,
            issuer=self.openid_config["issuer"],
            leeway=_LEEWAY,
            options={"require": _NEEDED},
        )
        if not self._verifier or not hmac.compare_digest(str(said["nonce"]), nonce_of(self._verifier)):
            raise OAuth2Error("ID token of another login")
        return said


class NationalProvider(OpenIDConnectProvider):
    """The national portal. It gives no account anything but the person's id there."""

    oauth2_adapter_class = PortalProtocol

    def get_pkce_params(self) -> dict[str, str]:
        """PKCE with S256 always, and a nonce that belongs to its verifier."""
        made: dict[str, str] = generate_code_challenge()
        return {**made, "nonce": nonce_of(made["code_verifier"])}

    def get_default_scope(self) -> list[str]:
        """Identity, and contacts for messages about dossiers."""
        return ["openid", "profile", "email", "phone"]

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing to keep."""
        return {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing goes into an account by itself."""
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """An e-mail address never finds an account."""
        return []


def nonce_of(verifier: str) -> str:
    """What ties an ID token to the browser that asked for it: derived from the PKCE verifier only its session has."""
    return hashlib.sha256(f"nonce:{verifier}".encode()).hexdigest()
