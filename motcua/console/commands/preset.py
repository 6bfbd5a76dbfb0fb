"""Take in the province's preset: its policy clauses, its office hours and the built-in days off.

`motcua preset` reads `provinces/<PROVINCE>.toml`. What stands already is left alone, so it may be run again after the
file got new clauses, or a new year its days off. The demo province has done it already.
"""

from __future__ import annotations

import argparse
import sys
import tomllib

from django.conf import settings
from django.db import transaction

from motcua.policy.actions import load_built_in_days, load_preset
from motcua.rules.people import Actor
from motcua.rules.policy import PolicyError
from motcua.rules.worktime import WorktimeError
from motcua.ui import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: which preset is the deployment's own is in the environment."""


def run(args: argparse.Namespace) -> int:
    """Take in and say what was new; 1, and nothing is kept, when the file says something impossible."""
    path = settings.PROVINCES_DIR / f"{settings.PROVINCE}.toml"
    preset = tomllib.loads(path.read_text(encoding="utf-8"))
    by, at = Actor.system("Quản trị hệ thống"), clock.now()
    try:
        with transaction.atomic():
            rows = load_preset(preset, by=by, at=at)
            days = load_built_in_days(by=by, at=at)
    except (PolicyError, WorktimeError) as error:
        for problem in str(error).splitlines():
            print(f"{path.name}: {problem}", file=sys.stderr)
        return 1
    print(f"{path.name}: {rows} khoản chính sách và giờ làm việc mới, {days} ngày nghỉ và ngày làm bù mới.")
    return 0
