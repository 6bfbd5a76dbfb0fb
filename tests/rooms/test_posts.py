"""Posts begin and end at a moment; one person never holds the same post twice at once."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection

from motcua.agencies.actions import appoint, relieve
from motcua.agencies.models import PostHeld
from motcua.agencies.queries import holders, posts_of
from motcua.base.errors import Refusal
from motcua.rules.people import Actor, Role
from tests.cast import Cast

ADMIN = Actor.system("test")
MONTH = timedelta(days=30)


def give(cast: Cast, since: datetime, until: datetime | None = None, *, role: Role = Role.LEADER) -> PostHeld:
    return appoint(
        cast.dung_account, role, cast.commune, title="Chủ tịch", since=since, until=until, by=ADMIN, at=cast.at
    )


def test_terms_that_overlap_are_refused_and_the_refusal_names_the_other(cast: Cast, at: datetime) -> None:
    give(cast, at, at + MONTH)
    for since, until in (
        (at - MONTH, None),
        (at - MONTH, at + timedelta(days=1)),
        (at + timedelta(days=29), at + 2 * MONTH),
        (at + timedelta(days=1), at + timedelta(days=2)),
        (at + timedelta(days=1), None),
    ):
        with pytest.raises(Refusal, match="Trần Văn Dũng đã giữ vị trí lãnh đạo cơ quan") as caught:
            give(cast, since, until)
        assert "18/11/2026" in caught.value.field_errors["since"][0]
    assert PostHeld.objects.filter(account=cast.dung_account).count() == 1


def test_a_term_may_begin_the_moment_the_other_ends(cast: Cast, at: datetime) -> None:
    give(cast, at, at + MONTH)
    give(cast, at + MONTH)
    give(cast, at - MONTH, at)
    assert PostHeld.objects.filter(account=cast.dung_account).count() == 3


def test_another_role_or_another_place_is_another_post(cast: Cast, at: datetime) -> None:
    give(cast, at)
    give(cast, at, role=Role.RECORDS_CLERK)
    appoint(cast.dung_account, Role.LEADER, cast.other_commune, since=at, by=ADMIN, at=at)
    appoint(cast.dung_account, Role.DIVISION_HEAD, cast.commune, division=cast.division, since=at, by=ADMIN, at=at)
    assert len(posts_of(cast.dung_account.pk, at=at)) == 4


def test_the_same_post_again_changes_nothing(cast: Cast, at: datetime) -> None:
    assert give(cast, at) == give(cast, at) == give(cast, at + MONTH)


def test_a_term_that_ends_before_it_begins_is_refused(cast: Cast, at: datetime) -> None:
    with pytest.raises(Refusal, match="kết thúc trước khi bắt đầu"):
        give(cast, at, at)
    with pytest.raises(Refusal, match="không thuộc"):
        appoint(cast.dung_account, Role.LEADER, cast.other_commune, division=cast.division, since=at, by=ADMIN, at=at)


def test_a_dismissal_ends_a_dated_post_sooner_and_never_later(cast: Cast, at: datetime) -> None:
    post = give(cast, at - MONTH, at + MONTH)
    assert relieve(post, until=at + 2 * MONTH, by=ADMIN, at=at).until == at + MONTH
    assert relieve(post, until=at, by=ADMIN, at=at).until == at
    assert posts_of(cast.dung_account.pk, at=at) == ()


def test_who_holds_what_is_asked_of_one_moment(cast: Cast, at: datetime) -> None:
    give(cast, at - MONTH, at)
    give(cast, at + MONTH)
    _ = cast.minh
    assert [post.account.name for post in holders({cast.commune.pk}, at=at)] == ["Lê Quang Minh"]
    assert [post.account.name for post in holders({cast.commune.pk}, at=at + MONTH)] == [
        "Lê Quang Minh",
        "Trần Văn Dũng",
    ]


@pytest.mark.django_db(transaction=True)
def test_two_appointments_at_the_same_moment_make_one_post(cast: Cast, at: datetime) -> None:
    _ = cast.dung_account, cast.commune
    start, refused = threading.Barrier(2), []

    def work(days: int) -> None:
        start.wait()
        try:
            give(cast, at + timedelta(days=days), at + timedelta(days=days) + MONTH)
        except Refusal as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(days,)) for days in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert PostHeld.objects.filter(account=cast.dung_account).count() == 1
