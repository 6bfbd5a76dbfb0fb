"""Defects of imported procedures: list them, or settle one with what was found to be right.

list      open defects, one a line: number, procedure, kind, place, what was seen (--kind, --code narrow)
resolve   settle one: `motcua defects resolve 12 --finding "Mẫu số 18, 01 bản chính" --by "Nguyễn Văn A"`
"""

from __future__ import annotations

import argparse
import sys

from motcua.base.errors import Refusal
from motcua.procedures import queries
from motcua.procedures.actions import DEFECT_KINDS, resolve
from motcua.rules.people import Actor
from motcua.ui import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`list` with its narrowing, `resolve` with its finding."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    listing = verbs.add_parser("list")
    listing.add_argument("--kind", choices=sorted(DEFECT_KINDS), default="")
    listing.add_argument("--code", default="")
    settling = verbs.add_parser("resolve")
    settling.add_argument("number", type=int)
    settling.add_argument("--finding", required=True)
    settling.add_argument("--by", required=True, help="name of who verified it")


def run(args: argparse.Namespace) -> int:
    """Do what was asked; 1 when it was refused."""
    if args.verb == "list":
        for defect in queries.open_defects(kind=args.kind, code=args.code):
            print(f"{defect.pk}\t{defect.revision.procedure.code}\t{defect.code}\t{defect.where}\t{defect.words}")
        return 0
    try:
        resolve(args.number, finding=args.finding, by=Actor(account_id=None, name=args.by), at=clock.now())
    except Refusal as refusal:
        print(" ".join(refusal.messages), file=sys.stderr)
        return 1
    return 0
