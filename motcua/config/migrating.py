"""Migrations, skipped when nothing can have changed.

Asking Django whether there is something to migrate takes seconds; a fingerprint of all migration files, kept as the
comment of the database itself, takes milliseconds and travels with the database, not with the machine.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, version

import psycopg
from psycopg import sql

from motcua.config.places import REPOSITORY

_LOCK = 0x6D6F7463  # "motc": one migration at a time, however many machines start at once
_LIBRARIES = ("django", "django-allauth", "procrastinate")


def fingerprint() -> str:
    """Changes with any migration of ours and with any library that brings its own."""
    digest = hashlib.sha256()
    for path in sorted((REPOSITORY / "motcua").glob("*/migrations/*")):
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    for name in _LIBRARIES:
        try:
            digest.update(f"{name}={version(name)}".encode())
        except PackageNotFoundError:
            continue
    return f"motcua migrations {digest.hexdigest()[:32]}"


def is_migrated(url: str) -> bool:
    """Has exactly this set of migrations been applied to the database at `url`?"""
    with psycopg.connect(url) as connection:
        return _comment(connection) == fingerprint()


def migrate(url: str) -> None:
    """Apply what is missing. Waits while another process does the same. Django must be set up."""
    from django.core.management import call_command

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
        statement = sql.SQL("COMMENT ON DATABASE {} IS {}")
        name = sql.Identifier(connection.info.dbname)
        try:
            connection.execute(statement.format(name, sql.Literal(fingerprint())))
        except psycopg.errors.InsufficientPrivilege:
            return  # not our database: then it is migrated, i.e. looked at, on every start


def _comment(connection: psycopg.Connection[tuple[str | None]]) -> str | None:
    row = connection.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    return row[0] if row else None
