"""Rating what a page says (KT-25): once a person and version, without an account."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.base.digests import keyed_digest
from motcua.base.errors import Refusal
from motcua.feedback.models import Rating
from motcua.rules.text import clean_line

MOST = 500


def rater_of(*, account_id: int | None, token: str) -> str:
    """A digest that stands for an account, or else for a browser's own random ``token``; leads back to neither."""
    return keyed_digest("rater", f"account:{account_id}" if account_id is not None else f"browser:{token}")


@transaction.atomic
def rate(page: str, version: str, *, rater: str, is_useful: bool, reason: str = "", at: datetime) -> Rating:
    """Keep one rating; a second of the same person for the same version replaces the first.

    Anybody's act, and nobody is named in it. Raises `Refusal` 422 for a reason that is too long.
    """
    words = clean_line(reason)
    if len(words) > MOST:
        raise Refusal("Lý do dài quá 500 ký tự.", field_errors={"reason": ["Hãy rút gọn còn dưới 500 ký tự."]})
    said = {"is_useful": is_useful, "reason": words, "at": at}
    kept, _ = Rating.objects.update_or_create(page=page, version=version, rater=rater, defaults=said)
    return kept
