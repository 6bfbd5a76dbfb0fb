"""What a PDF says of itself: which part of PDF/A it claims, whether its fonts lie within, who signed it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

from motcua.files.signatures import frames_itself

_BROKEN = (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, RuntimeError, RecursionError, TypeError, KeyError)
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """``pdfa``: what the metadata claims ("2A"), '' without; ``fonts_within``: no font is left to the reader."""

    pdfa: str = ""
    fonts_within: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature as it stands in the file: its CMS message and the SHA-256 of the bytes it signs."""

    cms: bytes
    byte_range: tuple[int, int, int, int]
    signed_sha256: str
    said_at: str = ""


def look(content: bytes) -> PdfFacts:
    """What the PDF says; nothing where it cannot be read."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as meta:
            part, level = meta.get("pdfaid:part", ""), meta.get("pdfaid:conformance", "")
            return PdfFacts(f"{part}{level}", all(_is_within(font) for font in _fonts(pdf)))
    except _BROKEN:
        return PdfFacts()


def signatures(content: bytes) -> list[Signature]:
    """Every digital signature of a PDF, in the order of the file."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            found = [_signature(item, content) for item in pdf.objects if frames_itself(item, content)]
    except _BROKEN:
        return []
    return sorted(found, key=lambda one: one.byte_range)


def _signature(item: pikepdf.Object, content: bytes) -> Signature:
    start, before, after, length = (int(number) for number in item["/ByteRange"])
    signed = hashlib.sha256(content[start : start + before] + content[after : after + length]).hexdigest()
    said = str(item["/M"]) if "/M" in item else ""
    return Signature(bytes(item["/Contents"]), (start, before, after, length), signed, said)


def _fonts(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and str(item.get("/Type", "")) == "/Font":
            yield item


def _is_within(font: pikepdf.Object) -> bool:
    """Embedded: its own program, or its descendants' (a composite font), or drawn by the file itself (Type 3)."""
    if str(font.get("/Subtype", "")) == "/Type3":
        return True
    if "/DescendantFonts" in font:
        return all(_is_within(one) for one in font["/DescendantFonts"])
    described = font.get("/FontDescriptor")
    return described is not None and any(name in described for name in _FONT_FILES)
