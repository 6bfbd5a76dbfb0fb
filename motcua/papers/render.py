"""Draws a paper: JSON data in, PDF/A-2a and PDF/UA-1 bytes out, the same bytes every time.

Nothing outside the given values enters: fonts and templates lie beside this file, system fonts are ignored,
the document's time is the time of issue. A compiler is kept per thread: a paper costs 25–40 ms, of which the
search for the QR's best mask takes 6.
"""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst

from motcua.papers.facts import VIETNAM
from motcua.papers.forms import Regime, form_label, form_of
from motcua.papers.glyphs import FONTS, printable, printable_data
from motcua.rules.acts import Paper

TEMPLATES = Path(__file__).parent / "templates"
_local = threading.local()


@dataclass(frozen=True)
class Voided:
    """When and why a paper lost its force; drawn across every page and said in words at the top."""

    at: datetime | None = None
    reason: str = ""


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _compiler() -> typst.Compiler:
    compiler: typst.Compiler | None = getattr(_local, "compiler", None)
    if compiler is None:
        compiler = _local.compiler = typst.Compiler(
            input=str(TEMPLATES / "main.typ"),
            root=str(TEMPLATES),
            font_paths=_fonts(),
            ignore_system_fonts=True,
        )
    return compiler


def _qr_svg(url: str) -> str:
    """The address as a QR symbol, one path; '' for no address."""
    if not url:
        return ""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False, svgns=True, nl=False)
    return out.getvalue().decode()


def _local_time(at: datetime | None) -> str:
    return at.astimezone(VIETNAM).isoformat(timespec="seconds") if at else ""


def render(
    kind: Paper,
    data: Mapping[str, Any],
    *,
    issued_at: datetime,
    number: str = "",
    qr_url: str = "",
    void: Voided | bool = False,
    reprint: bool = False,
    copies: Sequence[str] = ("",),
) -> bytes:
    """The paper as PDF bytes.

    ``data`` is what ``PaperFacts.to_data`` gave; ``issued_at`` is aware and prints in Vietnamese time;
    ``qr_url`` must carry no personal data; ``copies`` names the liên to print one after the other, e.g.
    ``("Lưu", "Giao")``. Same arguments, same bytes. Raises ``typst.TypstError`` or ``KeyError`` only for data
    that is not of this kind.
    """
    regime = Regime(data["head"]["regime"])
    voided = (void if isinstance(void, Voided) else Voided()) if void else None
    title = printable(str(data.get("title", ""))).strip()[:1000] or form_of(kind, regime).title
    job = {
        "kind": kind.value,
        "title": title,
        "name": printable(f"{title[:300]} {str(data['code'])[:100]}"),
        "author": printable(str(data["head"]["agency"])[:300]),
        "form_label": form_label(kind, regime),
        "number": printable(number),
        "issued_at": _local_time(issued_at),
        "qr_url": qr_url,
        "qr_svg": _qr_svg(qr_url),
        "code_svg": _qr_svg(printable(str(data["code"]))[:100]) if kind is Paper.COVER_SHEET else "",
        "void": {"at": _local_time(voided.at), "reason": printable(voided.reason)} if voided else None,
        "reprint": reprint,
        "copies": list(copies),
        "data": printable_data(dict(data)),
    }
    pdf = _compiler().compile(
        format="pdf",
        sys_inputs={"job": json.dumps(job, ensure_ascii=False)},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=issued_at.astimezone(VIETNAM).replace(microsecond=0),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("the compiler gave no single PDF")
    return pdf
