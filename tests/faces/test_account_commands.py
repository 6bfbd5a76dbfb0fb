"""`motcua token` and `motcua account`."""

from __future__ import annotations

import argparse

import pytest

from motcua.accounts import actions, queries
from motcua.accounts.models import Account, Kind
from motcua.console.commands import account as account_command
from motcua.console.commands import token as token_command
from motcua.rules.people import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def run(command, *arguments):
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(arguments))


@pytest.fixture
def lan(at) -> Account:
    return actions.create_account("lan@example.vn", kind=Kind.PERSON, full_name="Lan", by=Actor.system("thử"), at=at)


def test_a_token_is_printed_alone_and_works_until_revoked(lan, capsys, at):
    assert run(token_command, "lan@example.vn") == 0
    raw = capsys.readouterr().out.strip()
    assert actions.use_token(raw, at=at) == lan
    assert lan.api_tokens.get().last_used_at == at
    assert run(token_command, "lan@example.vn", "--revoke") == 0
    assert queries.account_by_token(raw) is None


def test_nobody_gets_a_token_for_an_account_that_is_not_there(capsys):
    assert run(token_command, "ai") == 1
    assert capsys.readouterr().out == ""


def test_an_officer_is_created_without_a_password_and_found_by_short_login(capsys):
    arguments = ("create-officer", "Minh", "--name", "Trần Văn Minh", "--email", "minh@example.gov.vn")
    assert run(account_command, *arguments) == 0
    officer = queries.by_login("minh")
    assert officer is not None and officer.is_officer and not officer.has_usable_password()
    assert run(account_command, *arguments) == 1


def test_locking_and_unlocking(lan):
    assert run(account_command, "lock", "lan@example.vn") == 0
    lan.refresh_from_db()
    assert not lan.is_active
    assert run(account_command, "unlock", "lan@example.vn") == 0
    assert run(account_command, "show", "lan@example.vn") == 0
    assert run(account_command, "show", "ai") == 1
