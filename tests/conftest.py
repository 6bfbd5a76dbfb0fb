"""What every test can count on: a database of its own, a fixed moment, no network, no undefined template variable."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests import environment
from tests.acceptance.proof import pytest_plugin as acceptance_plugin

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
AT = datetime(2026, 11, 18, 9, 0, tzinfo=ZONE)  # a Wednesday morning, in office hours, no holiday near


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "accepts(*ids): the demands of the acceptance list this test proves")
    config.addinivalue_line("markers", "any_lock: this test may lock rows without naming tables")
    config.pluginmanager.register(acceptance_plugin(), "motcua-acceptance")
    sys.addaudithook(_stay_on_this_machine)
    if "PYTEST_XDIST_WORKER" not in os.environ and getattr(config.option, "numprocesses", None):
        environment.start_database()
    _strict_templates()
    _shuffle_unordered_querysets()
    _locks_name_their_tables()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys first: few tests, minutes long; begun last, one process would wait for the other."""
    items.sort(key=lambda item: "journeys" not in item.path.parts)


def pytest_unconfigure(config: pytest.Config) -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        environment.stop_database()


# --- the people


@pytest.fixture
def cast(db: None, at: datetime) -> Any:
    """Lan, Minh, Hà, Quang, Thu, Dũng and their offices (`tests.cast`)."""
    from motcua.policy import queries
    from tests.cast import Cast

    queries.forget()
    return Cast(at)


# --- the moment


@pytest.fixture
def at() -> datetime:
    """Wednesday 18 November 2026, 09:00 in Việt Nam."""
    return AT


_held: dict[str, datetime] = {"now": AT}


def held_clock() -> datetime:
    """`settings.CLOCK` of the browser tests: what the `clock` fixture says."""
    return _held["now"]


class Clock:
    """The hands of the faces' clock, in every thread: `clock.set(moment)`."""

    def set(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            raise ValueError("an aware moment, please")
        _held["now"] = moment
        return moment


@pytest.fixture
def clock(settings: Any) -> Iterator[Clock]:
    """Faces read this clock instead of the machine's; it stands at the fixture `at` until set."""
    settings.CLOCK = "tests.conftest.held_clock"
    _held["now"] = AT
    yield Clock()
    _held["now"] = AT


# --- the database


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any
) -> Iterator[None]:
    """A copy of the migrated database for this process; refreshed after each test that commits."""
    from django.conf import settings
    from django.db import connections
    from django.test import TransactionTestCase

    environment.start_database()
    source = settings.DATABASES["default"]["NAME"]
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"

    def refresh() -> None:
        connections.close_all()
        _drop(name)
        _execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')

    def clean_up(case: TransactionTestCase) -> None:
        with django_db_blocker.unblock():
            refresh()

    with django_db_blocker.unblock():
        refresh()
        connections["default"].settings_dict["NAME"] = name
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", clean_up)
    yield
    patch.undo()
    with django_db_blocker.unblock():
        connections.close_all()
        _drop(name)


def _drop(database: str) -> None:
    """End what this role still has open there, then drop.

    Not WITH (FORCE): an autovacuum worker belongs to a superuser, and forcing it out is refused to everybody
    else. A plain DROP asks such a worker to go and waits for it.
    """
    ours = f"datname = '{database}' AND usename = current_user"
    _execute(
        f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {ours}",
        f'DROP DATABASE IF EXISTS "{database}"',
    )


def _execute(*statements: str) -> None:
    import psycopg

    given = os.environ["DATABASE_URL"]
    with psycopg.connect(given, dbname="postgres", autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[arg-type]


@pytest.fixture
def shared() -> Path:
    """The folder of given data (env MOTCUA_SHARED); the test is skipped, saying so, where it is absent."""
    if not environment.SHARED.is_dir():
        pytest.skip("the given data is not on this machine (set MOTCUA_SHARED)")
    return environment.SHARED


@pytest.fixture(autouse=True)
def _files_of_its_own(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> None:
    """Random numbers are the same in every run; uploaded files go to the run's own folder (DATA_DIR).

    What a process keeps of immutable rows by their key is forgotten: a fresh database gives the same keys again.
    """
    from motcua.eforms.queries import definition
    from motcua.policy.queries import forget
    from motcua.procedures.queries import forget_standing

    random.seed(20261118)
    definition.cache_clear()
    forget_standing()
    forget()  # clauses of the test before were rolled back


# --- strictness


_LOOPBACK = {"localhost", "127.0.0.1", "::1", "0.0.0.0", "", None, "testserver"}


def _stay_on_this_machine(event: str, args: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        address = args[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event == "socket.getaddrinfo":
        host = args[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode()
    if host not in _LOOPBACK and not str(host).startswith("127."):
        raise RuntimeError(f"Tests do not leave this machine, but somebody asked for {host}.")


class _Undefined(str):
    """`string_if_invalid` that fails for our templates and stays silent for those of libraries."""

    def __mod__(self, variable: Any) -> str:
        frame = sys._getframe(1)
        while frame is not None:
            origin = getattr(frame.f_locals.get("self"), "origin", None)
            name = str(getattr(origin, "name", "") or "")
            if name and name != "<unknown source>":
                if "/motcua/" in name:
                    raise AssertionError(f"undefined template variable {variable} in {name}")
                return ""
            frame = frame.f_back  # type: ignore[assignment]
        raise AssertionError(f"undefined template variable {variable}")


def _strict_templates() -> None:
    from django.conf import settings

    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = _Undefined("%s")


def _shuffle_unordered_querysets() -> None:
    """Who does not say in which order gets none: nothing may lean on the order rows happen to lie in."""
    from django.db.models.query import QuerySet

    fetch = QuerySet._fetch_all

    def shuffled(self: Any) -> None:
        fresh = self._result_cache is None
        fetch(self)
        if fresh and not self.ordered and len(self._result_cache) > 1:
            random.Random(7).shuffle(self._result_cache)

    QuerySet._fetch_all = shuffled  # type: ignore[method-assign]


def _locks_name_their_tables() -> None:
    """`select_for_update` without `of=` also locks joined rows; two such queries in two orders make a deadlock."""
    from django.db.models.query import QuerySet

    lock = QuerySet.select_for_update

    def careful(self: Any, nowait: bool = False, skip_locked: bool = False, of: Any = (), no_key: bool = False) -> Any:
        caller = sys._getframe(1).f_globals.get("__name__", "")
        if not of and caller.startswith("motcua."):
            raise AssertionError(f"{caller}: select_for_update needs of=(…)")
        return lock(self, nowait=nowait, skip_locked=skip_locked, of=of, no_key=no_key)

    QuerySet.select_for_update = careful  # type: ignore[method-assign, assignment]


# --- the browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, started once per process."""
    from tests.browser import launched

    with launched() as chromium:
        yield chromium


@pytest.fixture
def new_page(browser: Any, request: pytest.FixtureRequest) -> Iterator[Callable[..., Any]]:
    """Opens pages in contexts of their own (each its own person): `new_page(width=360, javascript=False)`.

    With the fixture `live_server` in use, relative addresses are its. A script error on any page fails the test.
    """
    base = request.getfixturevalue("live_server").url if "live_server" in request.fixturenames else None
    contexts: list[Any] = []
    errors: list[str] = []

    def open_page(*, width: int = 1280, height: int = 900, javascript: bool = True, **options: Any) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=javascript, base_url=base,
            locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce", **options,
        )  # fmt: skip
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not errors, f"scripts failed: {errors}"


@pytest.fixture
def page(new_page: Callable[..., Any], live_server: Any) -> Any:
    """One page of 1280 pixels on the live server."""
    return new_page()


@pytest.fixture
def page_without_js(new_page: Callable[..., Any], live_server: Any) -> Any:
    """The same with JavaScript off."""
    return new_page(javascript=False)
