"""Fixtures of the hostile and the security tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.cast import Cast


@pytest.fixture
def standing(cast: Cast, at: datetime, clock: Any) -> Any:
    """One dossier of Lan's in every state (`tests.faces.standing`)."""
    from tests.faces.standing import Standing

    made = Standing(cast, at).all()
    made.check()
    return made
