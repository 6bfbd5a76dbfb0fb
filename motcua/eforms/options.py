"""Options of a select as HTML: long lists are the greater part of a form's page, so each is built once and kept."""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

Pairs = tuple[tuple[str, str], ...]


@lru_cache(maxsize=2048)
def _unchosen(pairs: Pairs) -> str:
    return "".join(f'<option value="{escape(value)}">{escape(label)}</option>' for value, label in pairs)


def options_html(pairs: Pairs, chosen: str) -> SafeString:
    """`<option>` elements of (value, label) pairs, everything escaped, with `chosen` selected if it is among them."""
    html = _unchosen(pairs)
    if chosen:
        mark = f'<option value="{escape(chosen)}"'
        html = html.replace(f"{mark}>", f"{mark} selected>", 1)
    return mark_safe(html)  # noqa: S308 - every part was escaped above
