"""One measurement: so many clients at one operation for so many seconds."""

from __future__ import annotations

import random
import resource
import threading
import time
from dataclasses import asdict, dataclass
from typing import Any

from bench.client import Browser, Unexpected
from bench.operations import OPERATIONS
from bench.processes import cpu_seconds, memory, roles


@dataclass
class Figures:
    """What came of it. Times in milliseconds, CPU in milliseconds per operation, memory in MB (peak)."""

    operation: str
    dossiers: int
    clients: int
    seconds: float
    operations: int
    failures: int
    ops_per_second: float
    requests_per_second: float
    p50: float
    p95: float
    p99: float
    cpu_web: float
    cpu_worker: float
    cpu_database: float
    cpu_driver: float
    rss_web_worker: float
    pss_web_worker: float
    first_failure: str = ""

    def plain(self) -> dict[str, Any]:
        return {key: round(value, 2) if isinstance(value, float) else value for key, value in asdict(self).items()}


class Run:
    """Clients as threads; they mostly wait."""

    def __init__(self, operation: str, *, clients: int, port: int, world: dict[str, Any]) -> None:
        self.operation, self.world = operation, world
        self.browsers = [Browser(port, number) for number in range(clients)]
        self.times: list[float] = []
        self.failures: list[str] = []
        self.stop = threading.Event()
        self.counting = threading.Event()

    def client(self, browser: Browser) -> None:
        do, draw = OPERATIONS[self.operation], random.Random(browser.number)
        while not self.stop.is_set():
            began = time.perf_counter()
            try:
                do(browser, self.world, draw)
            except (Unexpected, OSError) as problem:
                self.failures.append(f"{type(problem).__name__}: {problem}"[:3000])
                if len(self.failures) > 50:
                    return
                continue
            if self.counting.is_set():
                self.times.append(time.perf_counter() - began)

    def measure(self, *, root: int, seconds: float, warm_up: float) -> Figures:
        threads = [threading.Thread(target=self.client, args=(browser,), daemon=True) for browser in self.browsers]
        for thread in threads:
            thread.start()
        time.sleep(warm_up)
        known = roles(root)
        before = {role: cpu_seconds(pids) for role, pids in known.items()}
        own = resource.getrusage(resource.RUSAGE_SELF)
        requests = sum(browser.requests for browser in self.browsers)
        self.counting.set()
        began, peak = time.perf_counter(), (0.0, 0.0)
        # A slow machine gets more time, until every client has come round once.
        while (took := time.perf_counter() - began) < seconds or (
            len(self.times) < len(threads) and took < 4 * seconds
        ):
            time.sleep(1)
            now = memory(known["web"] + known["worker"])
            peak = (max(peak[0], now[0]), max(peak[1], now[1]))
        took = time.perf_counter() - began
        self.counting.clear()
        done = len(self.times)
        requests = sum(browser.requests for browser in self.browsers) - requests
        after = {role: cpu_seconds(pids) for role, pids in known.items()}
        mine = resource.getrusage(resource.RUSAGE_SELF)
        self.stop.set()
        for thread in threads:
            thread.join(60)
        for browser in self.browsers:
            browser.close()
        times = sorted(self.times[:done]) or [0.0]
        per = 1000 / max(done, 1)
        driver = mine.ru_utime + mine.ru_stime - own.ru_utime - own.ru_stime
        return Figures(
            operation=self.operation,
            dossiers=self.world["dossiers"],
            clients=len(self.browsers),
            seconds=took,
            operations=done,
            failures=len(self.failures),
            ops_per_second=done / took,
            requests_per_second=requests / took,
            p50=_at(times, 0.50),
            p95=_at(times, 0.95),
            p99=_at(times, 0.99),
            cpu_web=(after["web"] - before["web"]) * per,
            cpu_worker=(after["worker"] - before["worker"]) * per,
            cpu_database=(after["database"] - before["database"]) * per,
            cpu_driver=driver * per,
            rss_web_worker=peak[0],
            pss_web_worker=peak[1],
            first_failure=self.failures[0] if self.failures else "",
        )


def _at(times: list[float], share: float) -> float:
    return times[min(len(times) - 1, int(share * len(times)))] * 1000
