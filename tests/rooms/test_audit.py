"""Recording events: in the act's transaction, in order, cheaply, and never to be changed."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from argparse import Namespace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.audit import actions, queries
from motcua.audit.facts import MerkleRoot
from motcua.audit.models import ChainHead, Event
from motcua.console.commands import audit as command
from motcua.rules.people import Actor, Post, Role

DOSSIER = ("dossier", "000.01.H08-261118-0001")
MINH = Actor(account_id=7, name="Nguyễn Văn Minh", posts=(Post(Role.COUNTER_OFFICER, agency_id=1),))
LAN = Actor(account_id=8, name="Trần Thị Lan")
VERIFIER = Path(__file__).parents[2] / "tools" / "verify_audit.py"


def tell(at: datetime, *verbs: str, subject: tuple[str, str] = DOSSIER) -> None:
    for verb in verbs:
        actions.record(subject=subject, verb=verb, by=MINH, at=at, body={"state": verb})


@pytest.mark.django_db
def test_an_event_says_who_did_what_when_and_in_which_role(at: datetime) -> None:
    actions.record(subject=DOSSIER, verb="submit", by=LAN, at=at, body={"files": 2})
    actions.record(subject=DOSSIER, verb="accept", by=MINH, at=at + timedelta(minutes=5))
    actions.record(subject=DOSSIER, verb="warn", by=Actor.system("đồng hồ"), at=at + timedelta(minutes=6))

    first, second, third = queries.history(DOSSIER)
    assert (first.seq, first.verb, first.actor_name, first.role, first.body) == (
        1,
        "submit",
        "Trần Thị Lan",
        "applicant",
        {"files": 2},
    )
    assert (second.seq, second.role, second.actor_account_id, second.at) == (
        2,
        "counter_officer",
        7,
        at + timedelta(minutes=5),
    )
    assert (third.role, third.actor_account_id) == ("system", None)


@pytest.mark.django_db
def test_an_event_costs_two_statements(at: datetime) -> None:
    tell(at, "submit")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        tell(at, "accept")
    assert len(asked) == 2


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_a_mistake_of_the_programmer(at: datetime) -> None:
    with pytest.raises(RuntimeError):
        actions.record(subject=DOSSIER, verb="submit", by=LAN, at=at)


@pytest.mark.django_db(transaction=True)
def test_act_and_event_fall_together(at: datetime) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(at, "submit")
        raise ZeroDivisionError
    assert queries.history(DOSSIER) == []
    assert list(queries.verify()) == []


@pytest.mark.django_db
def test_every_reading_is_kept_also_the_second_within_a_minute(at: datetime) -> None:
    for seconds in (0, 10, 20):
        actions.record_read(subject=DOSSIER, by=MINH, at=at + timedelta(seconds=seconds), body={"page": "dossier"})
    assert [entry.seq for entry in queries.readings(DOSSIER, since=at + timedelta(seconds=5))] == [3, 2]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET verb = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"]
)
def test_the_database_refuses_to_change_or_remove_events(at: datetime, statement: str) -> None:
    tell(at, "submit")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_whatever_a_body_holds_reads_back_and_verifies(at: datetime) -> None:
    body = {
        "name": "Đỗ Thị Hường \x00 \ud800 '; DROP TABLE audit_event; --",
        "fee": 15_000,
        "area": Decimal("120.50"),
        "born": date(1990, 2, 28),
        "promised": at,
        "file": UUID(int=5),
        "marks": [True, None, {"ô": "Ấp 3"}],
        "roles": {Role.LEADER},
    }
    actions.record(subject=DOSSIER, verb="submit", by=LAN, at=at, body=body)
    kept = queries.history(DOSSIER)[0].body
    assert kept["area"] == "120.50"
    assert kept["promised"] == at.astimezone(UTC).isoformat(timespec="microseconds")
    assert kept["roles"] == ["leader"]
    assert list(queries.verify()) == []


@pytest.mark.django_db
def test_a_body_with_a_float_is_refused_because_it_could_not_be_verified(at: datetime) -> None:
    with pytest.raises(TypeError):
        actions.record(subject=DOSSIER, verb="submit", by=LAN, at=at, body={"area": 0.1})


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_leave_one_unbroken_chain_each(at: datetime) -> None:
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for _ in range(10):
                with transaction.atomic():
                    tell(at, "act")
                with transaction.atomic():
                    tell(at, "act", subject=("dossier", f"D{number}"))
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert ChainHead.objects.get(subject_id=DOSSIER[1]).seq == 80
    assert Event.objects.count() == 160
    assert list(queries.verify()) == []


@pytest.mark.django_db
def test_the_stand_alone_verifier_agrees_that_the_record_is_whole(at: datetime, tmp_path: Path, settings: Any) -> None:
    tell(at, "submit", "accept", "forward")
    tell(at, "submit", subject=("dossier", "khác"))
    actions.anchor(at=at)
    answer = verify_elsewhere(tmp_path, settings)
    assert answer.stdout == "4 events: whole\n"
    assert answer.returncode == 0


def verify_elsewhere(tmp_path: Path, settings: Any) -> subprocess.CompletedProcess[str]:
    """Run the stand-alone verifier on an export, with nothing but the key."""
    (tmp_path / "export.jsonl").write_text("\n".join(queries.export()) + "\n", encoding="utf-8")
    (tmp_path / "key").write_text(settings.AUDIT_KEY, encoding="utf-8")
    command = [
        sys.executable,
        "-I",
        str(VERIFIER),
        str(tmp_path / "export.jsonl"),
        "--key-file",
        str(tmp_path / "key"),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.django_db
def test_an_export_is_json_lines(at: datetime) -> None:
    tell(at, "submit")
    kinds = [json.loads(line)["kind"] for line in queries.export()]
    assert kinds == ["event", "head", "tally"]


def test_a_merkle_root_is_that_of_rfc_6962() -> None:
    tree = MerkleRoot()
    assert tree.value().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ):
        tree.add(bytes.fromhex(leaf))
    assert tree.value().hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@pytest.mark.django_db
def test_the_command_prints_a_verdict_and_exits_with_it(at: datetime, capsys: Any) -> None:
    tell(at, "submit", "accept")
    assert command.run(Namespace(what="verify")) == 0
    assert capsys.readouterr().out == "TOÀN VẸN: đã kiểm tra 2 sự kiện trong 1 chuỗi, không phát hiện thay đổi.\n"

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_event SET verb = 'decline' WHERE seq = 2")
    assert command.run(Namespace(what="verify")) == 1
    assert capsys.readouterr().out.startswith("changed\tdossier/000.01.H08-261118-0001 #2\t")
