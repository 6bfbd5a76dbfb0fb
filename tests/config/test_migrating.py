"""A first start takes what all migrations leave at once; it must be the very same."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
from collections.abc import Iterator

import psycopg
import pytest

from motcua.config import migrating, postgres
from tools.schema import dump

_READ_OTHERWISE = re.compile(r"[()]|::text(\[\])?|::character varying")


@pytest.fixture
def empty() -> Iterator[str]:
    """The address of a database with nothing in it."""
    given, name = os.environ["DATABASE_URL"], f"leer_{secrets.token_hex(4)}"
    with psycopg.connect(given, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield psycopg.conninfo.make_conninfo(given, dbname=name)
        connection.execute(f"DROP DATABASE {name}")


@pytest.mark.django_db
def test_the_file_is_made_of_the_migrations_that_are_there() -> None:
    first = migrating.SCHEMA.read_text(encoding="utf-8").partition("\n")[0]
    assert first == f"-- {migrating.fingerprint()}", "after a new migration: make schema"


@pytest.mark.django_db
def test_an_empty_database_gets_at_once_what_every_migration_in_turn_would_leave(empty: str) -> None:
    migrated = os.environ["DATABASE_URL"]
    with psycopg.connect(empty, autocommit=True) as connection:
        assert migrating.at_once(connection)
    assert dump(migrated) == migrating.SCHEMA.read_text(encoding="utf-8").partition("\n")[2]
    assert whole(empty) == whole(migrated)
    assert applied(empty) == applied(migrated)


@pytest.mark.django_db
def test_a_database_with_anything_in_it_or_a_file_of_other_migrations_is_left_to_the_migrations(
    empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with psycopg.connect(empty, autocommit=True) as connection:
        with monkeypatch.context() as other:
            other.setattr(migrating, "fingerprint", lambda: "motcua migrations of tomorrow")
            assert not migrating.at_once(connection)
        connection.execute("CREATE TABLE something ()")
        assert not migrating.at_once(connection)


def whole(url: str) -> list[str]:
    """All that pg_dump tells of a database, but for the moments its migrations were applied.

    Brackets and casts are left out: PostgreSQL writes `kind IN ('a', 'b')` otherwise each time it reads its own words.
    """
    command = [str(postgres.binaries() / "pg_dump"), "--exclude-table-data=django_migrations", f"--dbname={url}"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [_READ_OTHERWISE.sub("", line) for line in told.splitlines() if not line.startswith("\\")]


def applied(url: str) -> set[tuple[str, str]]:
    with psycopg.connect(url) as connection:
        return set(connection.execute("SELECT app, name FROM django_migrations").fetchall())
