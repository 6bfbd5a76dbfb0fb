"""What a database superuser could try, with triggers off but without the key: each is found (promise G11)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from motcua.audit import actions, queries
from motcua.audit.facts import Link, Wrong, digest_of, name_digest
from motcua.audit.models import Event
from tests.acceptance.proof import accepts
from tests.rooms.test_audit import DOSSIER, MINH, tell, verify_elsewhere

pytestmark = pytest.mark.django_db

OTHER = ("dossier", "000.01.H08-261118-0002")
_ONE = "WHERE subject_id = '000.01.H08-261118-0001'"


@pytest.fixture(autouse=True)
def record(at: datetime, settings: Any, tmp_path: Path) -> Iterator[None]:
    """Two dossiers with a history, the triggers off; the record is whole."""
    settings.AUDIT_NOTEBOOK = tmp_path / "anchors.jsonl"
    tell(at, "submit", "accept", "forward", "propose", "approve")
    tell(at, "submit", "accept", subject=OTHER)
    assert list(queries.verify()) == []
    sql("ALTER TABLE audit_event DISABLE TRIGGER USER", "ALTER TABLE audit_anchor DISABLE TRIGGER USER")
    yield


def sql(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def found() -> set[str]:
    return {finding.wrong.value for finding in queries.verify()}


def forge(seq: int, verb: str) -> None:
    """Insert an event with a right digest and a made-up seal: all that can be done without the key."""
    before = Event.objects.get(subject_id=DOSSIER[1], seq=seq - 1)
    link = Link(DOSSIER, seq, before.at, 9, "Kẻ mạo danh", "leader", verb, {}, bytes(before.digest))
    Event.objects.create(
        subject_kind=DOSSIER[0],
        subject_id=DOSSIER[1],
        seq=seq,
        at=link.at,
        actor_account_id=9,
        actor_name=link.actor_name,
        role=link.role,
        verb=verb,
        body={},
        previous=link.previous,
        digest=digest_of(link),
        seal=b"\x00" * 32,
    )


def reorder() -> None:
    sql(
        f"UPDATE audit_event SET seq = 99 {_ONE} AND seq = 2",
        f"UPDATE audit_event SET seq = 2 {_ONE} AND seq = 3",
        f"UPDATE audit_event SET seq = 3 {_ONE} AND seq = 99",
    )


TAMPERINGS: dict[str, tuple[Callable[[], None], Wrong]] = {
    "a body changed": (
        lambda: sql(f"UPDATE audit_event SET body = '{{}}' {_ONE} AND seq = 2"),
        Wrong.CHANGED,
    ),
    "a moment changed": (
        lambda: sql(f"UPDATE audit_event SET at = at - interval '1 day' {_ONE} AND seq = 1"),
        Wrong.CHANGED,
    ),
    "an actor changed": (
        lambda: sql(f"UPDATE audit_event SET actor_name = 'X' {_ONE} AND seq = 5"),
        Wrong.CHANGED,
    ),
    "an event removed": (lambda: sql(f"DELETE FROM audit_event {_ONE} AND seq = 3"), Wrong.REMOVED),
    "the first event removed": (lambda: sql(f"DELETE FROM audit_event {_ONE} AND seq = 1"), Wrong.REMOVED),
    "an event inserted": (lambda: forge(6, "seal"), Wrong.INSERTED),
    "an event replaced": (
        lambda: (sql(f"DELETE FROM audit_event {_ONE} AND seq = 3"), forge(3, "decline"))[0],
        Wrong.INSERTED,
    ),
    "two events swapped": (reorder, Wrong.REORDERED),
    "the tail cut": (lambda: sql(f"DELETE FROM audit_event {_ONE} AND seq > 3"), Wrong.TAIL_CUT),
    "the tail cut and the head moved": (
        lambda: sql(
            f"DELETE FROM audit_event {_ONE} AND seq > 3",
            "UPDATE audit_chainhead h SET seq = 3, digest = e.digest FROM audit_event e "
            "WHERE e.subject_id = h.subject_id AND e.seq = 3",
        ),
        Wrong.HEAD_CHANGED,
    ),
    "all events removed": (lambda: sql(f"DELETE FROM audit_event {_ONE}"), Wrong.TAIL_CUT),
    "the head removed": (lambda: sql(f"DELETE FROM audit_chainhead {_ONE}"), Wrong.HEAD_MISSING),
    "the whole chain removed": (
        lambda: sql(f"DELETE FROM audit_event {_ONE}", f"DELETE FROM audit_chainhead {_ONE}"),
        Wrong.CHAIN_REMOVED,
    ),
    "the whole chain removed and the tally adjusted": (
        lambda: sql(
            f"DELETE FROM audit_event {_ONE}",
            f"DELETE FROM audit_chainhead {_ONE}",
            "UPDATE audit_tally SET chains = chains - 1",
        ),
        Wrong.TALLY_CHANGED,
    ),
    "a chain renamed": (
        lambda: sql(
            f"UPDATE audit_event SET subject_id = 'X' {_ONE}",
            f"UPDATE audit_chainhead SET subject_id = 'X' {_ONE}",
        ),
        Wrong.CHANGED,
    ),
    "a chain invented": (
        lambda: sql(
            "INSERT INTO audit_chainhead SELECT subject_kind, 'X', seq, digest, seal FROM audit_chainhead LIMIT 1",
        ),
        Wrong.CHAIN_ADDED,
    ),
}


@accepts("BD-15")
@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found_and_called_by_its_name(name: str) -> None:
    tamper, wrong = TAMPERINGS[name]
    tamper()
    assert wrong in found()


@pytest.mark.parametrize("name", TAMPERINGS)
def test_the_stand_alone_verifier_finds_it_too(name: str, tmp_path: Path, settings: Any) -> None:
    TAMPERINGS[name][0]()
    answer = verify_elsewhere(tmp_path, settings)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert "findings" in answer.stdout


def test_writing_on_does_not_heal_a_chain_that_was_cut(at: datetime) -> None:
    TAMPERINGS["the tail cut and the head moved"][0]()
    actions.record(subject=DOSSIER, verb="seal", by=MINH, at=at)
    assert "head_changed" in found()


def test_beginning_new_chains_does_not_heal_a_forged_tally(at: datetime) -> None:
    TAMPERINGS["the whole chain removed and the tally adjusted"][0]()
    stripe = name_digest(DOSSIER)[0]
    neighbour = next(name for name in map(str, count()) if name_digest(("dossier", name))[0] == stripe)
    tell(at, "submit", subject=("dossier", neighbour))
    assert "tally_changed" in found()


def test_everything_of_a_stripe_put_back_to_an_earlier_hour_is_found_by_the_anchor(at: datetime) -> None:
    """Old heads and tallies carry valid seals: only a count made since can tell that later rows are gone."""
    sql("CREATE TEMP TABLE heads AS TABLE audit_chainhead", "CREATE TEMP TABLE tallies AS TABLE audit_tally")
    tell(at, "seal")
    tell(at, "submit", subject=("dossier", "mới"))
    actions.anchor(at=at + timedelta(hours=1))
    sql("DELETE FROM audit_event WHERE verb = 'seal' OR subject_id = 'mới'")
    sql("DELETE FROM audit_chainhead", "INSERT INTO audit_chainhead TABLE heads")
    sql("DELETE FROM audit_tally", "INSERT INTO audit_tally TABLE tallies")
    assert found() == {"removed"}


def test_anchors_removed_with_what_they_signed_are_missed_by_the_notebook(
    at: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.anchor(at=at)
    assert found() == set()
    sql("DELETE FROM audit_anchor")
    assert found() == {"anchor_removed"}


def test_anchors_follow_one_another_and_the_second_signs_only_what_is_new(at: datetime) -> None:
    first = actions.anchor(at=at)
    assert actions.anchor(at=at) is None
    tell(at, "seal")
    second = actions.anchor(at=at + timedelta(hours=1))
    assert first is not None and second is not None
    assert (first.events, second.events, second.after_id) == (7, 1, first.last_id)
    assert found() == set()
    sql("DELETE FROM audit_anchor WHERE number = 1")
    assert found() == {"anchor_removed"}
