"""The one clock of the faces."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from motcua.ui import clock

AT = datetime(2026, 12, 2, 3, 30, tzinfo=UTC)


def moment_of_a_rehearsal() -> datetime:
    return AT


def test_the_clock_speaks_vietnams_time() -> None:
    assert clock.now().utcoffset() == timedelta(hours=7)


def test_a_held_clock_stands_still_and_runs_again_afterwards() -> None:
    with clock.frozen(AT) as held:
        assert clock.now() == held == AT
        assert clock.now().hour == 10
    assert clock.now() != AT


def test_a_deployment_may_live_at_another_moment(settings: Any) -> None:
    settings.CLOCK = "tests.ui.test_clock.moment_of_a_rehearsal"
    assert clock.now() == AT


def test_a_moment_without_offset_names_no_instant() -> None:
    with pytest.raises(ValueError, match="aware"), clock.frozen(datetime(2026, 12, 2)):
        pass
