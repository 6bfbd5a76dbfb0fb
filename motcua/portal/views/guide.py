"""How to use the portal, step by step, in our own words and with this province's own numbers (BD-20)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.policy.queries import policy_at
from motcua.portal.catalogue_rows import LEVELS, MODES, MODES_EXPLAINED
from motcua.portal.rating import asked_about
from motcua.portal.visitors import kept_for_visitors
from motcua.rules import words
from motcua.rules.acts import ServiceScheme
from motcua.rules.levels import lower_first
from motcua.rules.policy_words import sentence_of
from motcua.ui import clock

REFUNDS = ("refund_when_not_performed", "refund_when_not_collected")


@kept_for_visitors
def guide(request: HttpRequest) -> HttpResponse:
    """The guide, with the limits and channels that hold today."""
    policy = policy_at(clock.now())
    context = {
        "levels": list(LEVELS.items()) if policy.service_scheme == ServiceScheme.LEVELS else [],
        "modes": [(MODES[key], told) for key, told in MODES_EXPLAINED.items()],
        "acceptance_hours": policy.acceptance_within_hours,
        "supplement_days": policy.supplement_answer_days,
        "files_rule": sentence_of("separate_files", policy.separate_files),
        "unsigned_rule": sentence_of("unsigned_level_4", policy.unsigned_level_4),
        "channels_3": _ways(_("Kết quả"), words.CHANNELS, policy.return_channels_level_3),
        "channels_4": _ways(_("Kết quả"), words.CHANNELS, policy.return_channels_level_4),
        "fees_3": _ways(_("Phí, lệ phí"), words.FEE_CHANNELS, policy.fee_channels_level_3),
        "fees_4": _ways(_("Phí, lệ phí"), words.FEE_CHANNELS, policy.fee_channels_level_4),
        "rating": asked_about(request, "guide"),
        "refunds": [sentence_of(key, getattr(policy, key)) for key in REFUNDS],
    }
    return render(request, "portal/guide.html", context)


def _ways(what: str, told: Mapping[Any, str], ways: Iterable[Any]) -> str:
    """ "Kết quả: trực tuyến; qua bưu chính công ích"."""
    return f"{what}: {'; '.join(lower_first(told[way]) for way in ways)}"
