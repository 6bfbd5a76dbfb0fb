"""Load the demo province: `motcua demo load [--essentials | --dossiers]`.

Agencies of the whole province, invented people with accounts, worked-out procedures, and dossiers of the last months
played through the real acts, so that every timeline, deadline and paper is true. Loading again changes nothing, or
goes on with what was interrupted. The accounts are written to DATA_DIR/demo-accounts.json.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from motcua.base.errors import Refusal
from motcua.console.demo import load, registers, replay
from motcua.rules.policy import PolicyError
from motcua.rules.worktime import WorktimeError
from motcua.ui import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to load."""
    parser.add_argument("what", choices=["load"])
    part = parser.add_mutually_exclusive_group()
    part.add_argument("--essentials", action="store_true", help="policy, agencies, people and procedures only")
    part.add_argument("--dossiers", action="store_true", help="only the dossiers (the essentials are loaded already)")


def run(args: argparse.Namespace) -> int:
    """Load and say what is there; 1 when a demo has no place in this deployment or a part cannot be loaded."""
    if not settings.DEMO:
        print("DEMO=0: dữ liệu trình diễn không được nạp vào hệ thống này.", file=sys.stderr)
        return 1
    began = clock.now()
    if args.dossiers:
        os.nice(10)  # it runs while people already use the pages
    try:
        world = load.essentials(at=began)
        print(f"{world.summary()} sau {(clock.now() - began).total_seconds():.1f} giây.")
        if args.essentials:
            _write({"accounts": world.people.shown, "dossiers": []})
        else:
            dossiers = replay.dossiers(world, at=began, processes=min(os.cpu_count() or 1, 4))
            print(f"{dossiers.summary()} sau {(clock.now() - began).total_seconds():.1f} giây.")
            _write({"accounts": world.people.shown, "dossiers": dossiers.shown})
        registers.write(today=began.date())
    except (Refusal, PolicyError, WorktimeError) as refusal:
        print("\n".join(getattr(refusal, "messages", [str(refusal)])), file=sys.stderr)
        return 1
    return 0


def _write(facts: dict[str, Any]) -> None:
    """For the runner, which prints the accounts and hands both on as demo.json; whole or not at all."""
    path = Path(settings.DATA_DIR) / "demo-accounts.json"
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(path)
