"""`python -m bench N=100000 [SECONDS=8] [CLIENTS=1,8,32] [ONLY=submit] [WITH=nothing] [KEEP=1]
[STAGE=0.3]`

Prints a table and keeps the same as JSON in bench/results/. WITH=nothing leaves the profile out; KEEP=1 keeps the
database. STAGE is the share of all dossiers that lie with one agency, whose lists are measured and explained: with
ONLY=plans, N=200000 and STAGE=1 an officer opens his list over 200,000 dossiers.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.measure import Figures, Run
from bench.operations import GOALS, OPERATIONS
from motcua.config import postgres

HERE = Path(__file__).resolve().parent
SMALL = 1000


def main(arguments: list[str]) -> int:
    """Set up, measure at 1,000 and at N dossiers, tell, clean up."""
    asked = dict(one.split("=", 1) for one in arguments if "=" in one)
    number = int(asked.get("N", "100000"))
    os.environ.setdefault("STAGE", asked.get("STAGE", "0.3"))
    sizes = sorted({min(SMALL, number), number})
    clients = [int(one) for one in asked.get("CLIENTS", "1,8,32").split(",")]
    names = [name for name in OPERATIONS if asked.get("ONLY", "") in name]
    seconds = float(asked.get("SECONDS", "8"))
    product = Product()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    figures: list[Figures] = []
    try:
        product.start()
        for size in sizes:
            world = product.fill(size)
            print(f"\n{world['dossiers']:,} dossiers, filled in {world['fill_seconds']} s.", flush=True)
            product.first_pages(world)
            for name in names:
                for many in clients:
                    run = Run(name, clients=many, port=product.port, world=world)
                    found = run.measure(root=product.process.pid, seconds=seconds, warm_up=1.5)
                    figures.append(found)
                    print(_line(found), flush=True)
        print("\nPlans of the officer's list:", flush=True)
        product.django("bench.plans")
        print("\nAcceptance of 500 dossiers at once, by the product's own worker:", flush=True)
        product.django("bench.bulk", str(product.process.pid))
        if "profile" in asked.get("WITH", "profile"):
            print("\nWhere the time goes (one process, profiled):", flush=True)
            product.django("bench.profiling")
    except KeyboardInterrupt:
        print("Stopped.")
    finally:
        product.stop(keep=asked.get("KEEP") == "1")
    _tell(figures, number)
    return 1 if any(one.failures for one in figures) else 0


class Product:
    """`motcua run` in a folder of its own, as in production: workers as cores, its own PostgreSQL and worker."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="motcua-bench-"))
        self.folder.chmod(0o711)
        self.port = _free_port()
        own = {
            "DATA_DIR": str(self.folder), "PORT": str(self.port), "DEMO": "0", "LOOKUP_TRIES": "1000000000",
            "LOG_LEVEL": "ERROR", "GALLERY": "0", "WORKERS": str(os.cpu_count() or 1),
        }  # fmt: skip
        gone = ("DATABASE_URL", "MAKELEVEL", "MOTCUA_TESTING", "BASE_URL")
        self.env = {key: value for key, value in os.environ.items() if key not in gone} | own
        self.process: Any = None

    def start(self) -> None:
        """Up, with the first page served and the worker running."""
        self.log = (self.folder / "run.log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "motcua.config.cli", "run"], env=self.env, cwd=HERE.parent,
            stdout=self.log, stderr=self.log, start_new_session=True,
        )  # fmt: skip
        deadline = time.monotonic() + 180
        while b"Ctrl-C" not in (self.folder / "run.log").read_bytes():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the product did not start:\n" + (self.folder / "run.log").read_text()[-3000:])
            time.sleep(0.2)

    def django(self, module: str, *arguments: str) -> str:
        """Run one of our modules inside Django, against the product's database."""
        env = {**self.env, "DATABASE_URL": postgres.database_url(self.folder) or "", "DEMO": "1"}
        wants_output = module == "bench.world"
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments], env=env, cwd=HERE.parent, text=True,
            stdout=subprocess.PIPE if wants_output else None,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{module} failed")
        return done.stdout or ""

    def fill(self, number: int) -> dict[str, Any]:
        """Up to `number` dossiers; what the clients need to know."""
        told: dict[str, Any] = json.loads(self.django("bench.world", str(number)).splitlines()[-1])
        (self.folder / "world.json").write_text(json.dumps(told))
        return told

    def first_pages(self, world: dict[str, Any]) -> None:
        """Let every web process have served something, and its caches see the catalogue that was just published."""
        time.sleep(6)
        for _ in range(16):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            connection.request("GET", f"/thu-tuc/{world['procedure']}/", headers={"Host": "localhost"})
            assert connection.getresponse().status == 200
            connection.close()

    def stop(self, *, keep: bool) -> None:
        """Everything we started ends; the folder goes."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
        if keep:
            print(f"Kept: {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)


_HEAD = " ".join(
    [
        f"{'operation':<16} {'dossiers':>8} {'clients':>7}",
        *(f"{name:>8}" for name in ("op/s", "req/s", "p50 ms", "p95 ms", "p99 ms")),
        *(f"{name:>7}" for name in ("web", "worker", "db", "driver", "RSS MB", "PSS MB")),
        " fail",
    ]
)


def _line(one: Figures) -> str:
    cells = [
        f"{one.operation:<16} {one.dossiers:>8} {one.clients:>7}",
        *(f"{value:>8.1f}" for value in (one.ops_per_second, one.requests_per_second, one.p50, one.p95, one.p99)),
        *(f"{value:>7.2f}" for value in (one.cpu_web, one.cpu_worker, one.cpu_database, one.cpu_driver)),
        f"{one.rss_web_worker:>7.0f} {one.pss_web_worker:>7.0f} {one.failures:>5}",
    ]
    return " ".join(cells) + (f"\n    {one.first_failure[:300]}" if one.first_failure else "")


def _tell(figures: list[Figures], number: int) -> None:
    if not figures:
        return
    print("\nweb, worker, db, driver: CPU milliseconds per operation. Memory: peak of web and worker together.\n")
    print(_HEAD)
    for one in figures:
        print(_line(one))
    print("\nAgainst the goals (two cores):")
    for name, (rate, cpu) in GOALS.items():
        own = [one for one in figures if one.operation == name and one.dossiers >= min(number, SMALL)]
        large = [one for one in own if one.dossiers == max(each.dossiers for each in own)] if own else []
        if not large:
            continue
        best = max(large, key=lambda one: one.ops_per_second)
        took = best.cpu_web + best.cpu_database + best.cpu_worker
        print(f"  {name:<16} {best.ops_per_second:7.1f} op/s of {rate}   {took:6.2f} ms CPU of {cpu}")
        for many in sorted({one.clients for one in own}):
            pair = {one.dossiers: one.p95 for one in own if one.clients == many}
            if len(pair) == 2 and min(pair.values()) > 0:
                small, big = pair[min(pair)], pair[max(pair)]
                print(
                    f"      p95 at {max(pair):,} / p95 at {min(pair):,}, {many} clients: {big / small:.2f} (goal 1.2)"
                )
    print(f"  memory           {max(one.pss_web_worker for one in figures):.0f} MB (PSS) of 400")
    folder = HERE / "results"
    folder.mkdir(exist_ok=True)
    path = folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
    told = {"cores": os.cpu_count(), "dossiers": number, "figures": [one.plain() for one in figures]}
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False))
    print(f"\nKept in {path.relative_to(HERE.parent)}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
