"""Take in data from a file: `motcua import procedures FILE`, the national data as JSON lines (.jsonl or .jsonl.gz).

Prints what was new, changed or unreadable, and every kind of defect with its first examples; `motcua defects` lists
them one by one and settles them. The same file again changes nothing.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

from motcua.procedures.actions import DEFECT_KINDS, Report, import_lines
from motcua.rules.people import Actor
from motcua.ui import clock

EXAMPLES = 3
MOST_LINES_SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is taken in, and from where."""
    parser.add_argument("what", choices=["procedures"])
    parser.add_argument("file", type=Path)


def run(args: argparse.Namespace) -> int:
    """Import and report; 1 when the file cannot be read or held no record at all."""
    began = clock.now()
    try:
        report = import_lines(
            _lines(args.file), source=args.file.name, by=Actor.system("Nhập dữ liệu quốc gia"), at=began
        )
    except (OSError, EOFError, zlib.error) as error:
        print(f"Không đọc được {args.file}: {error}", file=sys.stderr)
        return 1
    print_report(report, seconds=(clock.now() - began).total_seconds())
    return 0 if report.records else 1


def _lines(path: Path) -> Iterator[bytes]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as file:
        yield from file


def print_report(report: Report, *, seconds: float) -> None:
    """The report for an operator."""
    print(
        f"Đọc {report.records} thủ tục trong {seconds:.1f} giây: {report.new} mới, {report.changed} thay đổi, "
        f"{report.same} giữ nguyên, {report.withheld} để đối chiếu (đã có bản do tỉnh công bố)."
    )
    if report.bad_lines:
        print(f"\n{len(report.bad_lines)} dòng không đọc được:")
        for number, words in report.bad_lines[:MOST_LINES_SHOWN]:
            print(f"  dòng {number}: {words}")
    if not report.defects:
        return
    codes = {code for found in report.defects.values() for code, _ in found}
    print(f"\n{len(codes)} thủ tục có điểm cần người xác minh; chưa xác minh thì không nhận hồ sơ trực tuyến:")
    for kind, found in sorted(report.defects.items(), key=lambda item: -len(item[1])):
        in_codes = len({code for code, _ in found})
        print(f"\n  {kind}: {len(found)} chỗ, {in_codes} thủ tục. {DEFECT_KINDS[kind]}")
        for code, words in found[:EXAMPLES]:
            print(f"    {code}  {words[:140]}")
