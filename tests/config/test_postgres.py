"""The embedded server: everything acknowledged survives, whoever is killed."""

import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from motcua.config import postgres


@pytest.fixture
def folder():
    """A folder of its own with a short path: sockets do not like long ones."""
    with tempfile.TemporaryDirectory(prefix="motcua-pg-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.fixture
def cluster(folder):
    cluster = postgres.Cluster(folder, throwaway=True)
    yield cluster
    cluster.stop()


def _write(url, value):
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (value text)")
        connection.execute("INSERT INTO kept VALUES (%s)", [value])


def _read(url):
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("SELECT value FROM kept ORDER BY value")]


def test_a_killed_server_starts_again_with_every_committed_row(folder):
    cluster = postgres.Cluster(folder)  # the real thing: a throw-away server may lose what it acknowledged
    try:
        _write(cluster.start(), "một")
        os.kill(cluster.process.pid, signal.SIGKILL)
        cluster.process.wait()
        assert not cluster.alive()
        assert _read(cluster.start()) == ["một"]
    finally:
        cluster.stop()


def test_a_killed_supervisor_leaves_nothing_in_the_way(cluster, folder):
    program = (
        "import os, signal, sys, pathlib; from motcua.config.postgres import Cluster; import psycopg\n"
        "url = Cluster(pathlib.Path(sys.argv[1])).start()\n"
        "with psycopg.connect(url) as c: c.execute('CREATE TABLE kept AS SELECT 1::text AS value')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(folder)], env=os.environ | {"PYTHONPATH": "."})
    assert done.returncode == -signal.SIGKILL
    assert _read(cluster.start()) == ["1"]


def test_a_pid_file_naming_a_stranger_is_no_obstacle(cluster):
    cluster.start()
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n")
    (cluster.home / "run" / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n{cluster.data}\n")
    _write(cluster.start(), "một")


def test_an_orderly_stop_keeps_everything_and_the_address(cluster, folder):
    first = cluster.start()
    _write(first, "một")
    cluster.stop()
    assert not postgres.answers(folder)
    assert cluster.start() == first == postgres.database_url(folder)
    assert _read(first) == ["một"]


def test_others_connect_through_the_state_file_and_strangers_cannot_read_it(cluster, folder, monkeypatch):
    monkeypatch.delenv("DATABASE_URL")
    cluster.start()
    state = folder / "pg" / "state.json"
    assert stat.S_IMODE(state.stat().st_mode) == 0o600
    with postgres.running(folder) as url:
        _write(url, "hai")
    assert postgres.answers(folder), "who found it running leaves it running"


def test_a_wrong_password_is_refused(cluster, folder):
    cluster.start()
    state = json.loads((folder / "pg" / "state.json").read_text())
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=state["socket"], port=5432, user="motcua", dbname="motcua", password="wrong")


def test_the_server_is_reached_through_its_own_folder_and_not_over_the_network(cluster):
    with psycopg.connect(cluster.start()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_servers_begun_from_one_copied_folder_run_at_once(cluster, folder):
    cluster.start()
    cluster.stop()
    other = folder / "copy"
    other.mkdir(mode=0o711)
    subprocess.run(["cp", "-a", str(folder / "pg"), str(other / "pg")], check=True)
    copy = postgres.Cluster(other, throwaway=True)
    try:
        _write(cluster.start(), "một")
        _write(copy.start(), "hai")
    finally:
        copy.stop()


def test_the_product_is_no_superuser_and_the_server_is_not_root(cluster):
    with psycopg.connect(cluster.start()) as connection:
        row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    assert row == (False,)
    assert os.stat(f"/proc/{cluster.process.pid}").st_uid != 0


def test_a_folder_with_a_very_long_path_works_too(folder):
    deep = folder / ("d" * 100)
    cluster = postgres.Cluster(deep)
    try:
        _write(cluster.start(), "một")
    finally:
        cluster.stop()
        (cluster._socket_folder()).rmdir()


def test_a_command_without_a_server_gets_one_for_its_own_length(folder, monkeypatch):
    monkeypatch.delenv("DATABASE_URL")
    with postgres.running(folder) as url:
        _write(url, "một")
    assert not postgres.answers(folder)
