"""`motcua run`: the whole product under one supervisor.

It starts the embedded PostgreSQL (unless DATABASE_URL names a server), migrates, starts the web server, the job worker
and, outside production, the sandbox twins of the mail, SMS and postal services and of the state's databases; it
restarts what dies and ends everything it started. Safe to run again after anything, `kill -9` of itself included.
"""

from __future__ import annotations

import fcntl
import http.client
import importlib.util
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType

import psycopg

from motcua.config import children, migrating, places, postgres
from motcua.config.children import Child

_USAGE = """Usage: motcua run

Environment: PROVINCE (which preset), PORT (8000), HOST (127.0.0.1), DATA_DIR (./data), DATABASE_URL (instead of the
embedded PostgreSQL), WORKERS (web processes, one per core), DEMO=0 (no demo province), DEMO_DOSSIERS=0 (its
people and procedures only), PRODUCTION=1."""


_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(Exception):
    """Somebody asked us to end."""


class CannotRun(Exception):
    """The product cannot start; the message is for the operator."""


def main(arguments: Sequence[str] = ()) -> int:
    """Run until told to stop (Ctrl-C, SIGTERM). Exit code 0 after an orderly end."""
    if arguments:
        print(_USAGE, file=sys.stderr if "--help" not in arguments else sys.stdout)
        return 0 if "--help" in arguments else 2
    for number in _ENDINGS:
        signal.signal(number, _stop)
    if os.environ.get("MAKELEVEL"):
        _die_with_parent()
    product = Product(places.data_dir())
    try:
        product.start()
        product.watch()
    except Stop:
        say("Stopping.")
    except (CannotRun, postgres.PostgresError, psycopg.OperationalError) as error:
        print(f"motcua run: {error}", file=sys.stderr, flush=True)
        return 1
    finally:
        for number in _ENDINGS:
            signal.signal(number, _deaf)
        product.stop()
    return 0


def say(text: str) -> None:
    """One line for the operator."""
    print(text, flush=True)


class Product:
    """Everything `motcua run` starts, in the order it starts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.host = os.environ.get("HOST", "127.0.0.1")
        self.port = _port()
        self.url = os.environ.get("BASE_URL") or f"http://localhost:{self.port}"
        self.cluster: postgres.Cluster | None = None
        self.children: list[Child] = []
        self.demo: Child | None = None
        self._lock: int | None = None
        self._began = time.monotonic()

    # --- up

    def start(self) -> None:
        """Bring everything up; returns when the first page has been served and the demo province, if any, is in."""
        self._be_the_only_one()
        children.end_leftovers(self.folder)
        self._claim_port()
        places.ensure_keys(self.folder)
        (self.folder / "log").mkdir(exist_ok=True)
        database = self._start_database()
        env = self._environment(database)
        self._prepare(env, database)
        self._claim_port()  # again: granian shares a port with a stranger who took it meanwhile, silently
        self._start(self._web(), env)
        self._wait_for_first_page()
        say(f"Serving {self.url} after {time.monotonic() - self._began:.1f} s.")
        for child in self._helpers(env):  # only now: on a small machine they would delay the first page
            self._start(child, env)
        self._load_demo(env, database)
        self._announce()

    def watch(self) -> None:
        """Keep everything up until `Stop`."""
        while True:
            self._tend()
            self._tend_demo()
            time.sleep(0.2)

    def stop(self) -> None:
        """End everything we started: web and jobs first, the database last."""
        children.end_all([*self.children, *([self.demo] if self.demo else [])])
        if self.cluster is not None:
            self.cluster.stop()
        if self._lock is not None:
            os.close(self._lock)

    def _tend(self) -> None:
        if self.cluster is not None and not self.cluster.alive():
            say("PostgreSQL ended; starting it again.")
            try:
                self.cluster.start()
            except postgres.PostgresError as error:
                say(str(error))
                time.sleep(2)
        for child in self.children:
            child.tend(say)

    def _be_the_only_one(self) -> None:
        lock = os.open(self.folder / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.read(lock, 100).decode() or "another process"
            raise CannotRun(
                f"{self.folder} is already in use by {owner}. Stop it, or choose another DATA_DIR."
            ) from None
        os.ftruncate(lock, 0)
        os.write(lock, f"process {os.getpid()} at {self.url}".encode())
        self._lock = lock

    def _claim_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                raise CannotRun(
                    f"port {self.port} on {self.host} cannot be used ({error.strerror}). "
                    f"Choose another one: make run PORT={self.port + 1}"
                ) from None

    def _start_database(self) -> str:
        given = os.environ.get("DATABASE_URL")
        if given:
            return given
        self.cluster = postgres.Cluster(self.folder)
        return self.cluster.start()

    def _environment(self, database: str) -> dict[str, str]:
        own = {
            "DATABASE_URL": database, "DATA_DIR": str(self.folder), "PORT": str(self.port), "BASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "motcua.config.settings", "PYTHONUNBUFFERED": "1",
        }  # fmt: skip
        return {**os.environ, **own, **self._twins(), **children.marked(self.folder)}

    def _twins(self) -> dict[str, str]:
        """Addresses of the sandbox twins: free ports, unless real services are configured."""
        if places.is_on("PRODUCTION") or not places.is_on("SANDBOX", default=True):
            return {}
        addresses: dict[str, str] = {}
        if "SMTP_URL" not in os.environ:
            addresses |= {"SMTP_URL": f"smtp://127.0.0.1:{_free_port()}"}
            addresses |= {"SANDBOX_MAIL_HTTP": f"http://127.0.0.1:{_free_port()}"}
        for service in ("SMS", "CARRIER", "REGISTERS", "NATIONAL", "MINISTRY"):
            if f"{service}_URL" not in os.environ:
                address = f"http://127.0.0.1:{_free_port()}"
                addresses |= {f"{service}_URL": address, f"SANDBOX_{service}_HTTP": address}
        return addresses

    def _prepare(self, env: dict[str, str], database: str) -> None:
        """Migrate and collect static files, side by side, each only when something changed."""
        todo = []
        if not migrating.is_migrated(database):
            todo.append(Child("migrate", _motcua("migrate"), env, self._log("migrate")))
        static = _static_fingerprint()
        noted = self.folder / "static" / ".fingerprint"
        if not noted.exists() or noted.read_text() != static:
            command = _motcua("django", "collectstatic", "--noinput", "--clear", "--skip-checks", "--verbosity", "0")
            todo.append(Child("collectstatic", command, env, self._log("collectstatic")))
        self.children = todo
        for child in todo:
            child.log.unlink(missing_ok=True)
            child.start()
        for child in todo:
            if child.process is not None and child.process.wait():
                raise CannotRun(f"{child.name} failed; the end of {child.log}:\n{child.last_words()}")
        self.children = []
        if any(child.name == "collectstatic" for child in todo):
            noted.write_text(static)

    def _web(self) -> tuple[str, list[str]]:
        workers = os.environ.get("WORKERS") or str(os.cpu_count() or 1)
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", self.host, "--port", str(self.port),
            "--workers", workers, "--blocking-threads", "4", "--no-ws", "--log-level", "warning",
            "--respawn-failed-workers", "--respawn-interval", "0.2", "--workers-kill-timeout", "1",
            "motcua.config.wsgi:application",
        ]  # fmt: skip
        return ("web", command)

    def _helpers(self, env: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
        plan = [("worker", "motcua.console.commands.worker", _motcua("worker"))]
        for twin in ("mail", "sms", "carrier", "registers", "national", "ministry"):
            if f"SANDBOX_{twin.upper()}_HTTP" in env:
                module = f"motcua.gateways.{twin}_sandbox"
                plan.append((f"{twin}-twin", module, _module(module)))
        for name, module, command in plan:
            if importlib.util.find_spec(module) is None:
                say(f"{name}: this version has no {module}; going on without it.")
            else:
                yield (name, command)

    def _start(self, plan: tuple[str, list[str]], env: dict[str, str]) -> None:
        name, command = plan
        child = Child(name, command, env, self._log(name))
        self.children.append(child)
        child.start()

    def _wait_for_first_page(self) -> None:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            self._tend()
            if _is_served(self.host, self.port):
                return
            web = self.children[0]
            if web.deaths >= 3:
                raise CannotRun(f"the web server does not start; the end of {web.log}:\n{web.last_words()}")
            time.sleep(0.05)
        raise CannotRun(f"no page was served within two minutes; see {self.folder / 'log'}.")

    # --- the demo province

    def _load_demo(self, env: dict[str, str], database: str) -> None:
        """People first, so that one can log in; the dossiers follow while the pages are already served."""
        wanted = places.is_on("DEMO", default=not places.is_on("PRODUCTION"))
        if not wanted or (self._demo_marker.exists() and not _is_empty(database)):
            return
        if importlib.util.find_spec("motcua.console.commands.demo") is None:
            say("demo: this version has no motcua.console.commands.demo; the database stays empty.")
            return
        say("Loading the demo province…")
        self._demo_marker.unlink(missing_ok=True)
        self.demo = Child("demo", _motcua("demo", "load", "--essentials"), env, self._log("demo"))
        self.demo.log.unlink(missing_ok=True)
        self.demo.start()
        while self.demo.process is not None and self.demo.process.poll() is None:
            self._tend()
            time.sleep(0.1)
        if not self._demo_went_well():
            return
        self._write_facts()
        if places.is_on("DEMO_DOSSIERS", default=True):
            self.demo = Child("demo", _motcua("demo", "load", "--dossiers"), env, self._log("demo"))
            self.demo.start()

    @property
    def _demo_marker(self) -> Path:
        """Stands in the folder once the demo dossiers are all there; without it the next start goes on with them."""
        return self.folder / "demo.loaded"

    def _demo_went_well(self) -> bool:
        demo, self.demo = self.demo, None
        if demo is None or demo.process is None or demo.process.returncode:
            words = demo.last_words() if demo else ""
            say(f"The demo province could not be loaded; the next start tries again.\n{words}")
            return False
        return True

    def _tend_demo(self) -> None:
        """Once the demo dossiers are in, say so and leave the facts for programs."""
        if self.demo is None or self.demo.process is None or self.demo.process.poll() is None:
            return
        if self._demo_went_well():
            self._write_facts()
            self._demo_marker.touch()
            seconds = time.monotonic() - self._began
            say(f"  The demo dossiers are all there after {seconds:.1f} s.")

    def _announce(self) -> None:
        say(f"\n  Một Cửa: {self.url}\n")
        for account in self._facts().get("accounts", []):
            say("  " + _account_line(account))
        seconds = time.monotonic() - self._began
        say(f"\n  Logs: {self.folder / 'log'}  Ready after {seconds:.1f} s.  Ctrl-C stops it all.")
        if self.demo is not None:
            say("  The demo dossiers are still being played through; a line will tell when all are there.")
        elif self._facts():
            self._write_facts()
        if self._facts():
            say(f"  For programs: {self.folder / 'demo.json'}")

    def _facts(self) -> dict[str, list[dict[str, str]]]:
        """What the demo loader left: {"accounts": […], "dossiers": […]}; empty without a demo."""
        path = self.folder / "demo-accounts.json"
        facts: dict[str, list[dict[str, str]]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return facts

    def _write_facts(self) -> None:
        facts = {"url": self.url, "accounts": [], "dossiers": [], **self._facts()}
        places.write_private(self.folder / "demo.json", json.dumps(facts, ensure_ascii=False, indent=1))

    def _log(self, name: str) -> Path:
        return self.folder / "log" / f"{name}.log"


def _account_line(account: dict[str, str]) -> str:
    cells = (
        account.get("role", ""),
        account.get("login", ""),
        account.get("password", ""),
        account.get("name", ""),
    )
    return "  ".join(f"{cell:<18}" for cell in cells) + account.get("agency", "")


def _motcua(*verb: str) -> list[str]:
    return [sys.executable, "-m", "motcua.config.cli", *verb]


def _module(name: str) -> list[str]:
    return [sys.executable, "-m", name]


def _port() -> int:
    value = os.environ.get("PORT") or "8000"
    if not value.isdigit() or not 0 < int(value) < 65536:
        print(f"motcua run: PORT={value} is not a port number.", file=sys.stderr)
        raise SystemExit(1)
    return int(value)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_served(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1" if host in {"0.0.0.0", ""} else host, port, timeout=10)  # noqa: S104
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _is_empty(database: str) -> bool:
    with psycopg.connect(database) as connection:
        row = connection.execute("SELECT NOT EXISTS (SELECT 1 FROM accounts_account)").fetchone()
    return bool(row and row[0])


def _static_fingerprint() -> str:
    import hashlib

    digest = hashlib.sha256()
    for folder in sorted((places.REPOSITORY / "motcua").glob("*/static")):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                facts = path.stat()
                digest.update(f"{path.relative_to(folder)} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _stop(number: int, frame: FrameType | None) -> None:
    for one in _ENDINGS:  # a second Ctrl-C must not cut the orderly end short
        signal.signal(one, _deaf)
    raise Stop


def _deaf(number: int, frame: FrameType | None) -> None:
    """We are ending already."""


def _die_with_parent() -> None:
    """Started by make: when make is killed, stop as if asked to."""
    import ctypes

    ctypes.CDLL(None).prctl(1, signal.SIGTERM, 0, 0, 0)  # PR_SET_PDEATHSIG
