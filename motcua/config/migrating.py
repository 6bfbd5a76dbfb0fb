"""Migrations, skipped when nothing can have changed.

Asking Django whether there is something to migrate takes seconds; a fingerprint of all migration files, kept as the
comment of the database itself, takes milliseconds and travels with the database, not with the machine.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psycopg
from psycopg import sql

from motcua.config.places import REPOSITORY

SCHEMA = Path(__file__).with_name("schema.sql")
"""What all migrations leave in an empty database; its first line is the fingerprint of those it was made of."""

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
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        if not at_once(connection):
            step_by_step()
        statement = sql.SQL("COMMENT ON DATABASE {} IS {}")
        name = sql.Identifier(connection.info.dbname)
        try:
            connection.execute(statement.format(name, sql.Literal(fingerprint())))
        except psycopg.errors.InsufficientPrivilege:
            return  # not our database: then it is migrated, i.e. looked at, on every start


def step_by_step() -> None:
    """Apply what is missing, a migration after the other."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)


def at_once(connection: psycopg.Connection[tuple[str | None]]) -> bool:
    """Give an empty database all that migrations would; False where they must do it themselves.

    That is a database that is not empty, one too old for what is written, or a file made of other migrations.
    """
    from django.db.migrations.loader import MigrationLoader

    said, _, text = SCHEMA.read_text(encoding="utf-8").partition("\n")
    tables = "SELECT count(*)::text FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    if said != f"-- {fingerprint()}" or connection.execute(tables).fetchone() != ("0",):
        return False
    applied = list(MigrationLoader(None).disk_migrations)
    try:
        with connection.transaction(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL check_function_bodies = false")
            cursor.execute(text.encode())
            statement = "INSERT INTO public.django_migrations (app, name, applied) VALUES (%s, %s, now())"
            cursor.executemany(statement, applied)
            cursor.execute("RESET search_path")
    except psycopg.Error:
        return False
    return True


def _comment(connection: psycopg.Connection[tuple[str | None]]) -> str | None:
    row = connection.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    return row[0] if row else None
