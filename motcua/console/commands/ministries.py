"""Take in which ministries' systems the province uses, and which procedures are filed there.

`motcua ministries FILE` reads TOML with `[[system]]` and `[[system.service]]` tables; an example is
`demo/ministries.toml`, the protocol docs/how-to/connect-a-ministry.md. What stands already is left alone.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path

from motcua.base.errors import Refusal
from motcua.procedures.actions.ministries import connect_ministries
from motcua.rules.people import Actor
from motcua.ui import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file."""
    parser.add_argument("file", type=Path)


def run(args: argparse.Namespace) -> int:
    """Take in and say how much was new; 1, and nothing is kept, when something is wrong."""
    try:
        given = tomllib.loads(args.file.read_text(encoding="utf-8"))
        changed = connect_ministries(given, by=Actor.system("Quản trị hệ thống"), at=clock.now())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        print(f"{args.file}: {error}", file=sys.stderr)
        return 1
    except Refusal as refusal:
        for problem in refusal.messages:
            print(problem, file=sys.stderr)
        return 1
    print(f"{args.file.name}: {changed} dòng mới hoặc thay đổi.")
    return 0
