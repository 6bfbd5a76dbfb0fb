"""Calling the API as a machine does: JSON, multipart, a bearer token."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.accounts.actions import issue_token
from motcua.accounts.models import Account
from tests.cast import PDF

ROOT = "/api/v1"


def bearer(account: Account, at: Any) -> dict[str, str]:
    """The header that opens this account."""
    return {"Authorization": f"Bearer {issue_token(account, name='test', at=at)}"}


class Machine:
    """A client that holds one account's token, or none."""

    def __init__(self, account: Account | None, at: Any) -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = bearer(account, at) if account else {}

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(ROOT + path, query, headers=self.headers)

    def post(self, path: str, body: Any = None) -> Any:
        return self.client.post(
            ROOT + path, json.dumps(body or {}), content_type="application/json", headers=self.headers
        )

    def raw(self, path: str, body: bytes, content_type: str = "application/json") -> Any:
        return self.client.post(ROOT + path, body, content_type=content_type, headers=self.headers)

    def act(self, code: str, act: str, **details: Any) -> Any:
        return self.post(f"/dossiers/{code}/acts/{act}", details)

    def send(self, path: str, data: Any, files: dict[str, Any] | None = None, **headers: str) -> Any:
        """A multipart body: the part `data` and files by their part."""
        parts = {"data": json.dumps(data), **(files or {})}
        return self.client.post(ROOT + path, parts, headers={**self.headers, **headers})

    def file(self, data: Any, files: dict[str, Any] | None = None, key: str = "key-of-the-test") -> Any:
        return self.send("/dossiers", data, files, **{"Idempotency-Key": key})


def pdf(mark: str = "", name: str = "giay-chung-minh.pdf") -> SimpleUploadedFile:
    """A one-page PDF; another `mark`, another file."""
    return SimpleUploadedFile(name, PDF + b"%% " + mark.encode(), content_type="application/pdf")


def filing(**changes: Any) -> dict[str, Any]:
    """A complete filing of the cast's procedure."""
    return {
        "procedure": "2.000635",
        "agency": "H08.41.01",
        "answers": {"so_ban": 2, "uy_quyen": "khong"},
        "return_channel": "counter",
        "declared": True,
        **changes,
    }
