"""Prove that the record of acts was not tampered with: verify it, export it, or anchor it now.

verify   walk the whole record; prints the verdict, exits 1 with one line for each thing found
export   print the whole record as JSON lines, for tools/verify_audit.py
anchor   sign what was recorded since the last anchor (the worker does it every hour)
"""

from __future__ import annotations

import argparse
import sys

from motcua.audit import actions, queries
from motcua.ui import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the three things this verb can do."""
    parser.add_argument("what", choices=["verify", "export", "anchor"])


def run(args: argparse.Namespace) -> int:
    """Do what was asked; 1 when the record is not whole."""
    return {"verify": _verify, "export": _export, "anchor": _anchor}[args.what]()


def _verify() -> int:
    count = 0
    for finding in queries.verify():
        count += 1
        where = "/".join(finding.subject) + (f" #{finding.seq}" if finding.seq else "")
        print(f"{finding.wrong}\t{where}\t{finding.detail}")
    events, chains = queries.size()
    walked = f"{events} sự kiện trong {chains} chuỗi"
    if count:
        print(f"KHÔNG TOÀN VẸN: {count} dấu hiệu bị can thiệp; đã kiểm tra {walked}.")
        return 1
    print(f"TOÀN VẸN: đã kiểm tra {walked}, không phát hiện thay đổi.")
    return 0


def _export() -> int:
    for line in queries.export():
        sys.stdout.write(line + "\n")
    return 0


def _anchor() -> int:
    new = actions.anchor(at=clock.now())
    print(f"Mốc niêm số {new.number}: {new.events} sự kiện." if new else "Không có sự kiện mới.")
    return 0
