"""People file while everything is killed again and again: what was acknowledged is there, once, byte for byte."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import signal
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.cast import PDF
from tests.journeys.product import PATIENCE, Product

PROCEDURE = "2.000635"
COMMUNE = "Ủy ban nhân dân xã Phước Hiệp"
UNIT = "21973"
PAPER = "van-ban-uy-quyen"
CLIENTS = 4
VICTIMS = ("web", "worker", "database", "server", "web", "database", "worker", "everything", "web", "supervisor")
RETRIED = {408, 409, 425, 429, 500, 502, 503, 504}


@dataclass
class Filing:
    """One dossier as its sender knows it."""

    key: str
    paper: bytes
    code: str = ""
    tries: int = 0

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.paper).hexdigest()


def scan() -> bytes:
    """A PDF of 40 kB that nobody else sends."""
    return PDF.replace(b"startxref", b"%" + random.randbytes(20_000).hex().encode() + b"\nstartxref")


@dataclass
class Crowd:
    """Clients that file one dossier after another and never give one up before it is acknowledged."""

    url: str
    token: str
    agency: str
    filed: list[Filing] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        self.threads = [threading.Thread(target=self._file, args=(n,), daemon=True) for n in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def finish(self) -> None:
        """No new dossiers; those under way are sent until somebody answers."""
        self.closing.set()
        for thread in self.threads:
            thread.join(PATIENCE)
        assert not any(thread.is_alive() for thread in self.threads), "a dossier was never acknowledged"

    def _file(self, number: int) -> None:
        while not self.closing.is_set():
            filing = Filing(str(uuid4()), scan())
            until = time.monotonic() + PATIENCE
            while not filing.code and time.monotonic() < until:
                filing.tries += 1
                if refusal := self._send(filing):
                    self.refused.append(refusal)
                    return
            if not filing.code:
                self.refused.append(f"{filing.key}: never answered")
                return
            self.filed.append(filing)

    def _send(self, filing: Filing) -> str:
        """Send once; no answer and "try again" are part of the game, any other refusal is answered."""
        try:
            answer = self.post(filing)
        except httpx.HTTPError:
            time.sleep(0.2)
            return ""
        if answer.status_code in {200, 201}:
            filing.code = answer.json()["code"]
        elif answer.status_code not in RETRIED:
            return f"{answer.status_code} {answer.text[:500]}"
        else:
            time.sleep(0.2)
        return ""

    def post(self, filing: Filing) -> httpx.Response:
        data = {
            "procedure": PROCEDURE,
            "agency": self.agency,
            "return_channel": "counter",
            "declared": True,
            "answers": {
                "uy_quyen": "co",
                "loai_trich_luc": "khai_sinh",
                "ho_ten": "Nguyễn Thị Lan",
                "ngay_sinh": "1990-05-17",
                "noi_da_dang_ky": UNIT,
                "so_ban_sao": 1,
                "so_dang_ky": filing.key[:8],
            },
        }
        return httpx.post(
            f"{self.url}/api/v1/dossiers",
            data={"data": json.dumps(data)},
            files={PAPER: ("uy-quyen.pdf", filing.paper, "application/pdf")},
            headers={"Authorization": f"Bearer {self.token}", "Idempotency-Key": filing.key},
            timeout=30,
        )


def kill(product: Product, victim: str) -> None:
    """`kill -9` a web worker, the whole web server, the job worker, the database's first process, all but the database
    at once, or the supervisor (which nobody starts again but its operator)."""
    assert product.process is not None
    if victim == "supervisor":
        os.kill(product.process.pid, signal.SIGKILL)
        product.process.wait()
        product.start()
    elif victim == "database":
        postmaster = (product.folder / "pg" / "data" / "postmaster.pid").read_text().split("\n")[0]
        os.kill(int(postmaster), signal.SIGKILL)
    else:
        for pid in product.until(lambda: victims(product, victim), f"nobody started the {victim} again"):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def victims(product: Product, victim: str) -> list[int]:
    """Processes to kill; none while they are still being started again. The web server's first one only respawns."""
    names = {"web": "granian", "server": "granian", "worker": "cli worker", "everything": "granian|cli worker|sandbox"}
    found = [pid for pid in product.processes() if re.search(names[victim], command(pid))]
    return random.sample(found[1:], min(1, len(found[1:]))) if victim == "web" else found


def command(pid: int) -> str:
    """The command line of a process, empty for one that is gone."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""


def listed(api: httpx.Client) -> list[dict[str, Any]]:
    """Every dossier of the caller, page by page."""
    rows, cursor = [], ""
    while cursor is not None:
        page = api.get("/dossiers", params={"cursor": cursor, "limit": 100}).raise_for_status().json()
        rows += page["items"]
        cursor = page["next"]
    return rows


@pytest.fixture
def api(product: Product) -> Any:
    """The API as Lan, patient with a server that has just come back."""
    token = product.command("token", "lan@example.vn").strip()
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=f"{product.url}/api/v1", headers=headers, timeout=60) as client:
        yield client


def test_what_was_acknowledged_survives_every_kill(product: Product, api: httpx.Client) -> None:
    offerings = api.get(f"/procedures/{PROCEDURE}").json()["offerings"]
    agency = next(one["agency"] for one in offerings if one["name"] == COMMUNE)
    before = {row["code"] for row in listed(api)}
    crowd = Crowd(product.url, api.headers["Authorization"].split()[1], agency)
    began = time.monotonic()
    crowd.start()
    try:
        for victim in VICTIMS:
            _wait_for_one_more(product, crowd, victim)
            time.sleep(random.uniform(0, 1.5))
            kill(product, victim)
        _wait_for_one_more(product, crowd, "end")
    finally:
        crowd.finish()
    assert crowd.refused == []

    codes = [filing.code for filing in crowd.filed]
    rows = [row for row in listed(api) if row["code"] not in before]
    assert Counter(row["code"] for row in rows) == Counter(codes), "lost, doubled or never acknowledged"
    assert {row["state"] for row in rows} == {"submitted"}
    for filing in crowd.filed:
        stored = api.get(f"/dossiers/{filing.code}").raise_for_status().json()
        assert stored["answers"]["so_dang_ky"] == filing.key[:8]
        assert [file["sha256"] for file in stored["files"]] == [filing.sha256]
        paper = api.get(f"/dossiers/{filing.code}/files/{stored['files'][0]['id']}").raise_for_status().content
        assert hashlib.sha256(paper).hexdigest() == filing.sha256
        again = crowd.post(filing)
        assert (again.status_code, again.json()["code"]) == (200, filing.code)
    assert "TOÀN VẸN" in product.command("audit", "verify")
    everywhere = {(code, road) for code in codes for road in ("mail", "sms")}
    product.until(lambda: everywhere <= told(product), "a message of an acknowledged dossier never went out")
    tries = sum(filing.tries for filing in crowd.filed)
    print(f"\n{len(codes)} dossiers in {tries} requests through {len(VICTIMS)} kills, {time.monotonic() - began:.0f} s")


def _wait_for_one_more(product: Product, crowd: Crowd, before: str) -> None:
    """Between two kills somebody must have been served."""
    seen = len(crowd.filed)
    product.until(lambda: crowd.refused or len(crowd.filed) > seen, f"nothing was filed before the {before}")


def told(product: Product) -> set[tuple[str, str]]:
    """(code, road) of everything the twins of mail and SMS have received."""
    return {
        (word.strip(".,:"), "mail" if "subject" in letter else "sms")
        for letter in product.letters()
        for word in f"{letter.get('subject', '')} {letter.get('body', '')}".split()
    }
