#!/usr/bin/env python3
"""Verify an export of the audit record without the system that wrote it.

    python3 verify_audit.py EXPORT.jsonl --key-file KEY [--anchors NOTEBOOK.jsonl]

EXPORT is what `motcua audit export` prints; KEY holds the audit key; NOTEBOOK is a copy of the anchors kept
outside the database. Needs only Python's standard library and nothing of this project, on purpose: it is a
second, independent implementation of docs/how-to/verify-the-audit-record.md. Exits 0 when the record is
whole, 1 with one line a finding.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any


def canonical(value: Any) -> bytes:
    """Sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


class Verifier:
    """Reads the lines of one export in order and collects what is wrong."""

    def __init__(self, key: bytes) -> None:
        self.key = key
        self.findings: list[str] = []
        self.events = 0
        self.chains: dict[tuple[str, str], int] = {}
        self.stripes: dict[int, list[int]] = {}
        self.tallied: set[int] = set()
        self.open: tuple[tuple[str, str], int, str] | None = None
        self.last_anchor: dict[str, Any] = {"number": 0, "last_id": 0, "seal": ""}
        self.anchors: dict[int, str] = {}

    def sealed(self, seal: str, *parts: Any) -> bool:
        """Whether `seal` is HMAC-SHA256 of the parts with the key."""
        return hmac.compare_digest(hmac.new(self.key, canonical(list(parts)), "sha256").hexdigest(), seal)

    def read(self, lines: Iterable[str]) -> None:
        """Judge every line, then what should have been there and was not."""
        for text in lines:
            line = json.loads(text)
            getattr(self, line["kind"])(line)
        self.close()
        for stripe in self.stripes.keys() - self.tallied:
            self.findings.append(f"stripe {stripe}: chains without a tally")

    def event(self, line: dict[str, Any]) -> None:
        """One event: consecutive, unchanged, sealed, and joined to the one before it."""
        subject = tuple(line["subject"])
        if self.open is None or self.open[0] != subject:
            self.close()
            self.open = (subject, 0, "")
        _, last, previous = self.open
        where = f"{'/'.join(subject)} #{line['seq']}"
        said = {name: line[name] for name in ("subject", "seq", "at", "actor", "role", "verb", "body", "previous")}
        digest = hashlib.sha256(b"motcua.event\n" + canonical(said)).hexdigest()
        if line["seq"] != last + 1:
            self.findings.append(f"{where}: events {last + 1} to {line['seq'] - 1} are missing")
        elif line["previous"] != previous:
            self.findings.append(f"{where}: does not follow the event before it")
        if digest != line["digest"]:
            self.findings.append(f"{where}: changed")
        elif not self.sealed(line["seal"], "event", digest):
            self.findings.append(f"{where}: not written with the key")
        self.events += 1
        self.open = (subject, line["seq"], line["digest"])

    def head(self, line: dict[str, Any]) -> None:
        """The end of a chain, right after its events."""
        subject = tuple(line["subject"])
        if self.open is not None and self.open[0] != subject:
            self.close()
        _, last, digest = self.open or (subject, 0, "")
        where = "/".join(subject)
        if not self.sealed(line["seal"], "head", *subject, line["seq"], line["digest"]):
            self.findings.append(f"{where}: head not written with the key")
        if line["seq"] != last:
            self.findings.append(f"{where}: ends at {last}, its head says {line['seq']}")
        elif line["digest"] != digest:
            self.findings.append(f"{where}: head and last event disagree")
        name = hashlib.sha256(where.encode()).digest()
        count = self.stripes.setdefault(name[0], [0, 0])
        count[0] += 1
        count[1] = (count[1] + int.from_bytes(name)) % 2**256
        self.open = None

    def close(self) -> None:
        """A chain that ended without a head."""
        if self.open is not None:
            self.findings.append(f"{'/'.join(self.open[0])}: head missing")
            self.open = None

    def tally(self, line: dict[str, Any]) -> None:
        """The chains of one stripe: how many, and which."""
        self.close()
        stripe = line["stripe"]
        self.tallied.add(stripe)
        if not self.sealed(line["seal"], "tally", stripe, line["chains"], line["sum"]):
            self.findings.append(f"stripe {stripe}: tally not written with the key")
        chains, total = self.stripes.get(stripe, [0, 0])
        if (chains, total) != (line["chains"], int(line["sum"] or "0", 16)):
            self.findings.append(f"stripe {stripe}: {line['chains']} chains were begun, {chains} are here")

    def anchor(self, line: dict[str, Any]) -> None:
        """One anchor: sealed, and joined to the one before it."""
        before, where = self.last_anchor, f"anchor {line['number']}"
        span = (line["after_id"], line["last_id"], line["events"])
        if not self.sealed(line["seal"], "anchor", line["number"], line["at"], *span, line["root"], line["previous"]):
            self.findings.append(f"{where}: not written with the key")
        follows = (before["number"] + 1, before["last_id"], before["seal"])
        if (line["number"], line["after_id"], line["previous"]) != follows:
            self.findings.append(f"{where}: the anchor before it is missing")
        self.last_anchor = line
        self.anchors[line["number"]] = line["seal"]

    def compare(self, notebook: Iterable[str]) -> None:
        """Every anchor noted outside must be in the export."""
        for text in notebook:
            noted = json.loads(text)
            if self.anchors.get(noted["number"]) != noted["seal"]:
                self.findings.append(f"anchor {noted['number']}: in the notebook, not in the export")


def lines_of(path: str) -> Iterator[str]:
    """The lines of a file, or of standard input for ``-``."""
    if path == "-":
        yield from sys.stdin
        return
    with Path(path).open(encoding="utf-8") as file:
        yield from file


def main() -> int:
    """Print the verdict; 0 when whole, 1 when not."""
    parser = argparse.ArgumentParser(description="Verify an exported audit record.")
    parser.add_argument("export")
    parser.add_argument("--key-file", required=True)
    parser.add_argument("--anchors")
    options = parser.parse_args()
    verifier = Verifier(Path(options.key_file).read_text(encoding="utf-8").strip().encode())
    verifier.read(lines_of(options.export))
    if options.anchors:
        verifier.compare(lines_of(options.anchors))
    for finding in verifier.findings:
        print(finding)
    verdict = f"{len(verifier.findings)} findings" if verifier.findings else "whole"
    print(f"{verifier.events} events: {verdict}")
    return 1 if verifier.findings else 0


if __name__ == "__main__":
    sys.exit(main())
