"""A national portal that vouches for invented people: `python -m motcua.gateways.national_sandbox`.

An OpenID provider on SANDBOX_NATIONAL_PORT: authorization code with PKCE S256, client_secret_basic, ID tokens signed
with RS256 by a key made at each start. Whoever opens its page picks a person of the demo, or types a number, and says
yes or no. Codes are good once and for a minute.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from motcua.gateways.sandbox_box import (
    MARK,
    Box,
    BoxHandler,
    port_of,
    refuse_production,
    sandbox_folder,
    serve_until_told,
    unix_now,
)
from motcua.gateways.sandbox_people import known_people

FILE = "national.jsonl"
KID = "sandbox-1"
CODE_LIFE, TOKEN_LIFE = 60, 300
_LONGEST = 16 * 1024
_MOST_SHOWN = 12
_NEWCOMERS = {
    "001092000101": {"name": "Trần Thị Mai Hoa", "birth_date": "1992-03-08", "gender": "female"},
    "001088000202": {"name": "Lê Đức Anh", "birth_date": "1988-11-20", "gender": "male"},
}
"""People who have no account anywhere yet."""
_LEVELS = ("2", "1")
_ASKED = ("response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge",
          "code_challenge_method", "acr_values")  # fmt: skip


class NationalHandler(BoxHandler):
    """The provider's pages and endpoints."""

    title = "Cổng Dịch vụ công quốc gia (bản thử nghiệm)"
    issuer: ClassVar[str]
    client_id: ClassVar[str] = "sandbox"
    client_secret: ClassVar[str] = "sandbox"  # noqa: S105 - the twin's own, never a real one
    redirect_uri: ClassVar[str] = ""
    folder: ClassVar[Path]
    key: ClassVar[rsa.RSAPrivateKey]
    codes: ClassVar[dict[str, dict[str, Any]]]
    tokens: ClassVar[dict[str, dict[str, Any]]]

    @staticmethod
    def now() -> int:
        """Seconds since 1970 by the twin's own clock."""
        return unix_now()

    def do_GET(self) -> None:
        """Discovery, keys, the page where one says who one is, and what is known of whoever holds a token."""
        parts = urlsplit(self.path)
        if parts.path == "/.well-known/openid-configuration":
            self.answer_json(200, self._discovery())
        elif parts.path == "/jwks":
            key = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
            self.answer_json(200, {"keys": [{**key, "kid": KID, "use": "sig", "alg": "RS256"}]})
        elif parts.path == "/authorize":
            self._authorize(dict(parse_qsl(parts.query)))
        elif parts.path == "/userinfo":
            self._userinfo()
        else:
            super().do_GET()

    def do_POST(self) -> None:
        """A decision taken on the page, or a code to be exchanged."""
        length = int(self.headers.get("Content-Length") or 0)
        if length > _LONGEST:
            self.close_connection = True
            return self.answer_json(413, {"error": "invalid_request"})
        form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        path = urlsplit(self.path).path
        if path == "/authorize":
            return self._decide(form)
        if path == "/token":
            return self._token(form)
        return self.answer_json(404, {"error": "invalid_request"})

    def _discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
            "scopes_supported": ["openid", "profile", "email", "phone"],
        }

    # --- the page

    def _people(self) -> dict[str, dict[str, Any]]:
        return {**_NEWCOMERS, **known_people(self.folder).get("population", {})}

    def _wrong(self, asked: Mapping[str, str]) -> str:
        """Why a request is not even answered by going back; empty when it is right."""
        if asked.get("client_id") != self.client_id or asked.get("redirect_uri") != self.redirect_uri:
            return "Ứng dụng này chưa đăng ký."
        if asked.get("response_type") != "code" or "openid" not in asked.get("scope", "").split():
            return "Yêu cầu không đúng."
        if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            return "Yêu cầu thiếu PKCE S256."
        return ""

    def _authorize(self, asked: Mapping[str, str]) -> None:
        if wrong := self._wrong(asked):
            return self.answer(400, _page(self.title, f"<p>{wrong}</p>"), _HTML)
        kept = "".join(
            f'<input type="hidden" name="{name}" value="{html.escape(asked[name])}">'
            for name in _ASKED
            if name in asked
        )
        people = "".join(
            f'<p><label><input type="radio" name="person" value="{number}"{" checked" if first == 0 else ""}> '
            f"{html.escape(str(person['name']))}, {number}</label></p>"
            for first, (number, person) in enumerate(list(self._people().items())[:_MOST_SHOWN])
        )
        levels = "".join(f'<option value="{level}">Mức độ {level}</option>' for level in _LEVELS)
        return self.answer(
            200,
            _page(
                self.title,
                f'<form method="post" action="/authorize">{kept}'
                f"<fieldset><legend>Bạn là ai?</legend>{people}</fieldset>"
                f'<p><label>Hoặc số định danh khác <input name="number" inputmode="numeric"></label></p>'
                f'<p><label>Mức độ định danh <select name="level">{levels}</select></label></p>'
                '<p><button name="decision" value="yes">Đồng ý đăng nhập</button> '
                '<button name="decision" value="no">Từ chối</button></p></form>',
            ),
            _HTML,
        )

    def _decide(self, form: Mapping[str, str]) -> None:
        if wrong := self._wrong(form):
            return self.answer(400, _page(self.title, f"<p>{wrong}</p>"), _HTML)
        number = form.get("number", "").strip() or form.get("person", "")
        person = self._people().get(number)
        back = {"state": form.get("state", "")}
        if form.get("decision") != "yes":
            return self._redirect({**back, "error": "access_denied"})
        if person is None:
            return self.answer(404, _page(self.title, "<p>Không có người này trong dữ liệu thử nghiệm.</p>"), _HTML)
        code = secrets.token_urlsafe(24)
        level = form.get("level", "2")
        self.codes[code] = {
            "number": number, "person": person, "nonce": form.get("nonce", ""), "challenge": form["code_challenge"],
            "acr": f"loa{level if level in _LEVELS else '1'}", "until": self.now() + CODE_LIFE,
        }  # fmt: skip
        self.box.put(
            {
                "id": secrets.token_hex(8),
                "to": number,
                "subject": f"Đăng nhập: {person['name']}",
                "body": self.client_id,
            }
        )
        return self._redirect({**back, "code": code})

    def _redirect(self, query: Mapping[str, str]) -> None:
        self.answer(302, "", _HTML, headers={"Location": f"{self.redirect_uri}?{urlencode(query)}"})

    # --- tokens

    def _token(self, form: Mapping[str, str]) -> None:
        if not self._is_client():
            headers = {"WWW-Authenticate": "Basic"}
            return self.answer(401, json.dumps({"error": "invalid_client"}), "application/json", headers=headers)
        given = self.codes.pop(form.get("code", ""), None)  # once, whatever comes of it
        if (
            given is None
            or given["until"] < self.now()
            or form.get("grant_type") != "authorization_code"
            or form.get("redirect_uri") != self.redirect_uri
            or not hmac.compare_digest(_challenge(form.get("code_verifier", "")), given["challenge"])
        ):
            return self.answer_json(400, {"error": "invalid_grant"})
        token = secrets.token_urlsafe(24)
        self.tokens[token] = {**given, "until": self.now() + TOKEN_LIFE}
        return self.answer_json(
            200,
            {
                "access_token": token,
                "token_type": "Bearer",
                "expires_in": TOKEN_LIFE,
                "id_token": self._id_token(given),
            },
        )

    def _is_client(self) -> bool:
        kind, _space, value = self.headers.get("Authorization", "").partition(" ")
        try:
            name, _colon, secret = base64.b64decode(value).decode().partition(":")
        except ValueError:
            return False
        right = hmac.compare_digest(unquote(name), self.client_id) and hmac.compare_digest(
            unquote(secret), self.client_secret
        )
        return kind == "Basic" and right

    def _id_token(self, given: Mapping[str, Any]) -> str:
        now = self.now()
        claims = {
            "iss": self.issuer, "aud": self.client_id, "sub": _subject(given["number"]), "iat": now,
            "exp": now + TOKEN_LIFE, "nonce": given["nonce"], "acr": given["acr"],
        }  # fmt: skip
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": KID})

    def _userinfo(self) -> None:
        given = self.tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
        if given is None or given["until"] < self.now():
            return self.answer_json(401, {"error": "invalid_token"})
        return self.answer_json(200, self._claims(given))

    def _claims(self, given: Mapping[str, Any]) -> dict[str, Any]:
        person = given["person"]
        year, month, day = str(person["birth_date"]).split("-")
        return {
            "sub": _subject(given["number"]), "TechID": _subject(given["number"]), "SoDinhDanh": given["number"],
            "HoVaTen": person["name"], "NgaySinh": f"{day}/{month}/{year}",
            "GioiTinh": {"male": "Nam", "female": "Nữ"}.get(str(person.get("gender")), ""),
        }  # fmt: skip


_HTML = "text/html; charset=utf-8"


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title></head><body>'
        f"<p><strong>{MARK}</strong></p><h1>{title}</h1>{body}</body></html>"
    )


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _subject(number: str) -> str:
    """The same for a person for ever, and not the number itself."""
    return hashlib.sha256(f"sandbox:{number}".encode()).hexdigest()[:24]


def make_key() -> rsa.RSAPrivateKey:
    """A key to sign with."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def main() -> None:
    """Run until told to stop."""
    refuse_production()
    port = port_of("SANDBOX_NATIONAL_PORT", "SANDBOX_NATIONAL_HTTP", default=1029)
    NationalHandler.folder = sandbox_folder()
    NationalHandler.box = Box(NationalHandler.folder / FILE)
    NationalHandler.issuer = os.environ.get("NATIONAL_URL") or f"http://127.0.0.1:{port}"
    NationalHandler.client_id = os.environ.get("NATIONAL_CLIENT_ID", "sandbox")
    NationalHandler.client_secret = os.environ.get("NATIONAL_CLIENT_SECRET", "sandbox")
    base = os.environ.get("BASE_URL", "http://localhost:8000").rstrip("/")
    NationalHandler.redirect_uri = f"{base}/tai-khoan/cong-quoc-gia/tra-loi/"
    NationalHandler.key, NationalHandler.codes, NationalHandler.tokens = make_key(), {}, {}
    serve_until_told(NationalHandler, port)


if __name__ == "__main__":
    main()
