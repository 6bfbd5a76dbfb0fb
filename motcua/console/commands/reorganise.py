"""Bodies merge, split, end or are renamed: `motcua reorganise PLAN.toml [--apply]`, or `--two-tiers` for that of 2025.

Without `--apply` nothing changes: it prints what each change would move. With it the whole plan is carried out in one
transaction, on its day or later, and what was moved is kept as a log. See docs/how-to/reorganise-agencies.md.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings

from motcua.base.errors import Refusal
from motcua.dossiers.actions import reorganise
from motcua.dossiers.queries.succession import Effect
from motcua.eforms.two_tiers import two_tiers
from motcua.rules.people import Actor
from motcua.rules.reorganise import ReorganisationError, read_plan
from motcua.ui import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which plan, and whether to carry it out."""
    parser.add_argument("plan", nargs="?", type=Path, help="TOML: day, basis, [[change]] kind, from, to, shares")
    parser.add_argument("--two-tiers", action="store_true", help="the reorganisation of 2025 from the mapping of units")
    parser.add_argument("--apply", action="store_true", help="carry it out; without this only the preview is printed")


def run(args: argparse.Namespace) -> int:
    """0 when previewed or done; 1, and nothing is changed, when the plan does not fit."""
    try:
        plan = read_plan(_given(args))
        effects = reorganise.preview(plan, at=clock.now())
        for effect in effects:
            _print(effect)
        if not args.apply:
            print("Mới là xem trước, chưa thay đổi gì. Thêm --apply để thực hiện.")
            return 0
        done = reorganise.carry_out(plan, by=Actor.system("Quản trị hệ thống"), at=clock.now())
    except (ReorganisationError, Refusal, OSError, tomllib.TOMLDecodeError) as error:
        for line in getattr(error, "problems", None) or getattr(error, "messages", None) or [str(error)]:
            print(line, file=sys.stderr)
        return 1
    moved = sum(len(entry["moved"]) for entry in done.log)
    print(f"Đã thực hiện {len(done.log)} thay đổi, {moved} hồ sơ chuyển sang cơ quan kế thừa.")
    return 0


def _given(args: argparse.Namespace) -> dict[str, Any]:
    if args.two_tiers:
        return two_tiers(str(settings.SITE["unit_code"]))
    if args.plan is None:
        raise OSError("Hãy ghi tệp phương án, hoặc --two-tiers.")
    return tomllib.loads(args.plan.read_text(encoding="utf-8"))


def _print(effect: Effect) -> None:
    print(f"{effect.kind}: {', '.join(effect.sources)} → {', '.join(effect.targets)}")
    print(f"  {effect.posts} vị trí, {effect.offerings} thủ tục, {sum(effect.dossiers.values())} hồ sơ đang giải quyết")
    for code, number in sorted(effect.dossiers.items()):
        print(f"  {number} hồ sơ → {code}")
    for line in effect.blocks:
        print(f"  Cần xử lý trước: {line}")
