"""Kinds of papers, by which components and results of different procedures are known to be the same thing."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from motcua.rules.vault import PaperKind

SHIPPED = Path(__file__).resolve().parents[1] / "paper_kinds.toml"


@cache
def paper_kinds() -> Mapping[str, PaperKind]:
    """Every kind by its code, as shipped."""
    rows = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["kind"]
    return {row["code"]: PaperKind(**row) for row in rows}


def paper_kind(code: str) -> PaperKind | None:
    """The kind of this code; None for no kind or one we no longer know."""
    return paper_kinds().get(code)
