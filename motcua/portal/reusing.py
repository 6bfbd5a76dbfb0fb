"""Taking a paper out of one's vault on a page that asks for papers; works as a plain form."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.base.errors import Refusal
from motcua.dossiers.actions import vault
from motcua.rules.people import Actor


def pressed_reuse(request: HttpRequest) -> bool:
    """Whether "Dùng lại" was pressed."""
    return "_reuse" in request.POST


def take_reused(request: HttpRequest, code: str, *, by: Actor, at: datetime) -> dict[str, list[str]]:
    """Refer to the paper that was chosen; what is wrong, by component.

    The button says ``component:paper``; without a paper the list beside it does.
    """
    key, _colon, paper = request.POST.get("_reuse", "").partition(":")
    if not (paper := paper or request.POST.get(f"kho-{key}", "")):
        return {key: [_("Hãy chọn một giấy trong kho.")]}
    try:
        vault.reuse(code, key, paper, by=by, at=at)
    except Refusal as refusal:
        if refusal.status == 404 and not refusal.field_errors:
            return {key: [str(words) for words in refusal.messages]}
        if not refusal.field_errors:
            raise
        return {key: [str(words) for texts in refusal.field_errors.values() for words in texts]}
    return {}
