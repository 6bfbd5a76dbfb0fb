"""What a post lets see follows from the table of rights alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from motcua.dossiers.actions import intake
from motcua.dossiers.queries import visible, visible_to
from motcua.rules import permissions
from motcua.rules.people import Role
from motcua.rules.permissions import OFFICERS, Page, Reach, reaches
from tests.cast import Cast


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    visible._ties.cache_clear()
    yield monkeypatch
    visible._ties.cache_clear()


def test_every_reach_the_table_names_has_a_meaning_among_rows_and_no_other_has() -> None:
    named = {tie for role in OFFICERS for tie in reaches(role, Page.DOSSIER)}
    assert named == set(visible.REACHED)


def test_without_its_row_a_role_sees_nothing(cast: Cast, at: datetime, table: pytest.MonkeyPatch) -> None:
    code = str(cast.submitted().code)
    intake.accept(code, by=cast.minh, at=at)
    seeing = {Role.COUNTER_OFFICER: cast.minh, Role.CASE_OFFICER: cast.ha, Role.LEADER: cast.quang}
    assert all(visible_to(actor).filter(code=code).exists() for actor in seeing.values())
    kept = tuple(right for right in permissions.RIGHTS if right.what is not Page.DOSSIER)
    table.setattr(permissions, "RIGHTS", kept)
    visible._ties.cache_clear()
    assert not any(visible_to(actor).filter(code=code).exists() for actor in seeing.values())
    assert visible_to(cast.lan).filter(code=code).exists(), "one's own needs no row of a post"


def test_a_row_more_shows_what_it_reaches(cast: Cast, at: datetime, table: pytest.MonkeyPatch) -> None:
    code = str(cast.submitted().code)
    assert not visible_to(cast.thu).filter(code=code).exists()  # a records clerk, and nobody has signed
    row = permissions.Right(Role.RECORDS_CLERK, Page.DOSSIER, permissions.Relation.AGENCY)
    table.setattr(permissions, "RIGHTS", (*permissions.RIGHTS, row))
    visible._ties.cache_clear()
    assert visible_to(cast.thu).filter(code=code).exists()
    assert Reach.SIGNED in reaches(Role.RECORDS_CLERK, Page.DOSSIER)
