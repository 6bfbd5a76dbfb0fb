"""Preservation packages: make those that are due, verify some or all, show the archive's public key.

keep          package every closed dossier that is due (the worker does it every night)
verify FILE…  verify packages and, where the register knows them, that they are the very bytes taken in
verify        the same for everything kept
key           print the public key with which anybody can tell our seal
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings

from motcua.archive import actions, queries
from motcua.archive.bag import public_key
from motcua.archive.verifying import Fault, Verdict, verify
from motcua.base.errors import Refusal
from motcua.rules.people import Actor
from motcua.ui import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which files."""
    parser.add_argument("what", choices=["keep", "verify", "key"])
    parser.add_argument("files", nargs="*", type=Path)


def run(args: argparse.Namespace) -> int:
    """Do what was asked; 1 when something is not whole."""
    if args.what == "key":
        print(public_key(settings.AUDIT_KEY.encode()))
        return 0
    if args.what == "keep":
        after = 0
        while after := actions.keep_due(by=Actor.system("motcua archive"), at=clock.now(), after=after):
            pass
        return 0
    faulty = looked = 0
    for name, verdict in _verdicts(args.files):
        looked += 1
        faulty += not verdict.is_whole
        for fault in verdict.faults:
            print(f"{name}\t{fault}")
    print(f"{'KHÔNG TOÀN VẸN' if faulty else 'TOÀN VẸN'}: đã kiểm tra {looked} gói, {faulty} gói sai.")
    return 1 if faulty else 0


def _verdicts(files: list[Path]) -> Iterator[tuple[str, Verdict]]:
    """Each package with what is wrong with it."""
    key = public_key(settings.AUDIT_KEY.encode())
    for path in files:
        verdict = verify(path, public_key=key)
        known = queries.digest_of(verdict.code)
        if known and path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != known:
            verdict.faults.append(Fault("changed", "", "không phải đúng tệp đã đưa vào kho: khác mã băm trong sổ"))
        yield str(path), verdict
    if files:
        return
    for package in queries.everything_kept():
        try:
            with queries.open_package(package) as stored:
                content = cast("BinaryIO", stored.file)
                verdict = verify(content, public_key=key)
                content.seek(0)
                if hashlib.sha256(content.read()).hexdigest() != package.sha256:
                    verdict.faults.append(Fault("changed", "", "khác mã băm trong sổ"))
        except Refusal as no:
            verdict = Verdict(package.code, faults=[Fault("missing", "", " ".join(no.messages))])
        yield package.code, verdict
