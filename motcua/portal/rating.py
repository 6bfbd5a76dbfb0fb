"""The question under a page, "Nội dung này có ích cho bạn không?" (KT-25): which pages, which version, what to show."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.template.loader import get_template
from django.urls import reverse

from motcua.base.errors import Refusal
from motcua.feedback.queries import result_of
from motcua.feedback.queries.ratings import PROCEDURE
from motcua.policy.queries import clause_history, policy_at
from motcua.procedures.queries import revision_in_force
from motcua.ui import clock

THANKS = "cam-on"
"""In the address of the page one comes back to after rating it."""
PLACE = "danh-gia"


def address_of(page: str) -> str:
    """Where a rated page is. Raises `Refusal` 404 for what nobody rates."""
    if page in ("guide", "rules"):
        return reverse(f"portal:{page}")
    if not page.startswith(PROCEDURE) or not page.isprintable():
        raise Refusal("Không tìm thấy trang này.", status=404)
    today = clock.now().date()
    return reverse("portal:procedure", args=[revision_in_force(page.removeprefix(PROCEDURE), on=today).procedure.code])


def version_of(page: str) -> str:
    """Of what the page says now: a procedure's revision, or a digest of words and values. Raises `Refusal` 404."""
    at = clock.now()
    if page == "guide":
        return _short(_words_of_guide() + json.dumps(policy_at(at).to_data(), sort_keys=True).encode())
    if page == "rules":
        return _short(repr([(row.pk, row.key, row.value, row.since, row.until) for row in clause_history()]).encode())
    return f"r{revision_in_force(page.removeprefix(PROCEDURE), on=at.date()).number}"


def asked_about(request: HttpRequest, page: str) -> dict[str, Any]:
    """For `portal/_rate.html`: the page, where to come back to, the public result, and whether to say thanks."""
    return {
        "page": page,
        "back": request.get_full_path() if THANKS not in request.GET else request.path,
        "result": result_of(page),
        "thanks": THANKS in request.GET,
        "error": "",
        "reason": "",
    }


@cache
def _words_of_guide() -> bytes:
    return Path(str(get_template("portal/guide.html").origin.name)).read_bytes()  # type: ignore[attr-defined]


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
