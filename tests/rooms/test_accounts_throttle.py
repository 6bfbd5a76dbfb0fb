"""The counter of tries."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from motcua.accounts.actions import forgive, throttle
from motcua.accounts.models import Attempt
from motcua.base.errors import Refusal


@pytest.mark.django_db
def test_the_try_beyond_the_limit_is_told_when_to_come_back(at):
    for _ in range(3):
        throttle("lookup", "203.0.113.9", limit=3, per_seconds=900, at=at)
    with pytest.raises(Refusal) as caught:
        throttle("lookup", "203.0.113.9", limit=3, per_seconds=900, at=at + timedelta(seconds=60))
    assert (caught.value.status, caught.value.retry_after) == (429, 840)
    assert caught.value.messages == ["Đã thử quá nhiều lần. Vui lòng thử lại sau 14 phút (lúc 09:15)."]


@pytest.mark.django_db
def test_keys_and_scopes_do_not_disturb_each_other_and_windows_end(at):
    throttle("lookup", "a", limit=1, per_seconds=60, at=at)
    throttle("lookup", "b", limit=1, per_seconds=60, at=at)
    throttle("login", "a", limit=1, per_seconds=60, at=at)
    throttle("lookup", "a", limit=1, per_seconds=60, at=at + timedelta(seconds=60))


@pytest.mark.django_db
def test_what_proved_to_be_its_owners_is_forgiven(at):
    throttle("login", "a", limit=1, per_seconds=60, at=at)
    forgive("login", "a")
    throttle("login", "a", limit=1, per_seconds=60, at=at)


@pytest.mark.django_db
def test_the_table_tells_nobody_what_was_tried(at):
    throttle("login", "lan@example.vn", limit=1, per_seconds=60, at=at)
    assert "lan" not in Attempt.objects.get().key


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_the_limit_passes(at):
    def attempt(_: int) -> bool:
        try:
            throttle("login", "race", limit=5, per_seconds=60, at=at)
        except Refusal:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(24))) == 5
