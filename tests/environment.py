"""Loaded by pytest before everything else (`-p tests.environment`): the world the tests live in.

One throw-away PostgreSQL serves a whole run. The first process that sees no database makes a folder for it and writes
its address into the environment, which the xdist workers inherit; each worker then works in its own copy of one
migrated database. Migrating once per set of migrations is enough: the migrated folder is kept under var/.

`TEST_DATABASE_URL` names another server instead (a role that may create databases).
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from motcua.config import postgres

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("MOTCUA_SHARED", REPOSITORY.parent / "shared" / "data"))
_CACHE = REPOSITORY / "var" / "test-database"
_CACHED_VERSIONS = 3

cluster: postgres.Cluster | None = None
_home: Path | None = None
_mark = ""


def _fingerprint() -> str:
    """Changes whenever a freshly migrated database could look different."""
    digest = hashlib.sha256()
    package = REPOSITORY / "motcua"
    files = [*package.glob("*/migrations/*"), *package.glob("*/models.py"), *package.glob("*/models/*.py")]
    for path in sorted(files + [*package.glob("base/**/*.py"), REPOSITORY / "requirements" / "dev.lock"]):
        if path.is_file():
            digest.update(str(path.relative_to(REPOSITORY)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _arrange() -> None:
    global cluster, _home, _mark
    os.environ["MOTCUA_TESTING"] = "1"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser driver keeps an event loop in the test's thread
    for name in ("PROVINCE", "PRODUCTION", "BASE_URL", "ALLOWED_HOSTS", "LOG_LEVEL"):
        os.environ.pop(name, None)
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        own = Path(os.environ["DATA_DIR"]) / worker  # a sweep of one process must not find the files of the other
        (own / "static").mkdir(parents=True, exist_ok=True)
        os.environ["DATA_DIR"] = str(own)
        return
    _home = Path(tempfile.mkdtemp(prefix="motcua-test-"))
    _home.chmod(0o711)
    atexit.register(stop_database)
    (_home / "data" / "static").mkdir(parents=True)
    os.environ["DATA_DIR"] = str(_home / "data")
    if given := os.environ.get("TEST_DATABASE_URL"):
        os.environ["DATABASE_URL"] = given
        return
    os.environ.pop("DATABASE_URL", None)
    _mark = _fingerprint()
    kept = _CACHE / _mark
    if kept.exists():
        subprocess.run(["cp", "-a", "--reflink=auto", str(kept), str(_home / "pg")], check=True)
        kept.touch()
    cluster = postgres.Cluster(_home, throwaway=True)
    os.environ["DATABASE_URL"] = cluster.reserve()


def start_database() -> None:
    """Start the server of this run, migrated. Does nothing in an xdist worker or when it already runs."""
    if cluster is None or cluster.alive():
        return
    fresh = not (cluster.data / "PG_VERSION").exists()
    cluster.start()
    if fresh:
        command = [
            sys.executable,
            "-m",
            "django",
            "migrate",
            "--run-syncdb",
            "--skip-checks",
            "--verbosity",
            "0",
        ]
        done = subprocess.run(
            command, env=os.environ | {"DJANGO_SETTINGS_MODULE": "motcua.config.settings"}, cwd=REPOSITORY,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError("migrate failed:\n" + done.stdout)
        _keep()


def _keep() -> None:
    """Keep the migrated folder for the next run with the same migrations."""
    assert cluster is not None
    kept = _CACHE / _mark
    if _fingerprint() != _mark:
        return  # somebody edits migrations while we run: what we have migrated is neither the old nor the new
    cluster.stop()
    _CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_CACHE) as folder:
        copy = Path(folder) / "pg"
        subprocess.run(["cp", "-a", str(cluster.home), str(copy)], check=True)
        if not kept.exists():
            copy.rename(kept)
    older = sorted((p for p in _CACHE.iterdir() if len(p.name) == 16), key=lambda p: p.stat().st_mtime)
    for path in older[:-_CACHED_VERSIONS]:
        shutil.rmtree(path, ignore_errors=True)
    cluster.start()


def stop_database() -> None:
    """End of the run: nothing of it stays."""
    if cluster is not None:
        cluster.stop()
    if _home is not None and _home.exists():
        shutil.rmtree(_home, ignore_errors=True)


_arrange()
