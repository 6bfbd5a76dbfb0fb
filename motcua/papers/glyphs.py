"""Makes any text printable in the one embedded typeface.

PDF/A forbids a character without a glyph and the compiler refuses such a document, so what people type must
be fitted to the font before it is drawn: stored data stays as it was, only the drawing changes.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
MISSING = "□"

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_JOINERS = {0x200D, 0x20E3, *range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400), *range(0xE0000, 0xE0080)}
_DROPPED_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn"}


def _segments(table: bytes) -> set[int]:
    """Code points of a format 4 character map that lead to a glyph."""
    count = struct.unpack_from(">H", table, 6)[0] // 2
    words = struct.unpack_from(f">{count * 4 + 1}H", table, 14)
    ends, starts = words[:count], words[count + 1 : 2 * count + 1]
    deltas, offsets = words[2 * count + 1 : 3 * count + 1], words[3 * count + 1 :]
    found: set[int] = set()
    for index, (end, start, delta, offset) in enumerate(zip(ends, starts, deltas, offsets, strict=True)):
        for code in range(start, end + 1):
            glyph = code
            if offset:
                place = 16 + 6 * count + 2 * index + offset + 2 * (code - start)
                glyph = struct.unpack_from(">H", table, place)[0]
                if not glyph:
                    continue
            if (glyph + delta) & 0xFFFF:
                found.add(code)
    return found - {0xFFFF}


def _character_map(path: Path) -> set[int]:
    """Code points one TrueType file can draw (its Windows Unicode BMP table)."""
    data = path.read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    for index in range(tables):
        tag, _, start, _ = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        if tag != b"cmap":
            continue
        for entry in range(struct.unpack_from(">H", data, start + 2)[0]):
            platform, encoding, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * entry)
            if (platform, encoding) == (3, 1) and struct.unpack_from(">H", data, start + offset)[0] == 4:
                return _segments(data[start + offset :])
    raise ValueError(f"{path.name} has no Unicode character map")


@cache
def drawable() -> frozenset[int]:
    """Code points every face of the typeface can draw."""
    maps = [_character_map(path) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset(set.intersection(*maps))


def _closest(character: str) -> str:
    """The nearest drawable spelling of one character, or the sign for "not drawable here"."""
    known = drawable()
    for form in ("NFKC", "NFKD"):
        spelled = "".join(c for c in unicodedata.normalize(form, character) if ord(c) in known)
        if spelled:
            return spelled
    return MISSING


def printable(text: str) -> str:
    """Text in NFC that the typeface can draw.

    Direction overrides, zero-width and control characters go: they could make a paper read otherwise than its
    data. Line breaks stay. A letter without a glyph becomes its nearest spelling, or □ (one for a whole run).
    """
    known = drawable()
    out: list[str] = []
    for character in unicodedata.normalize("NFC", _BREAKS.sub("\n", text)):
        code = ord(character)
        if character == "\n" or (code in known and unicodedata.category(character) not in _DROPPED_CATEGORIES):
            out.append(character)
        elif character == "\t" or unicodedata.category(character) == "Zs":
            out.append(" ")
        elif code in _JOINERS or unicodedata.category(character) in {"Cc", "Cf", "Cs"}:
            continue
        elif (spelled := _closest(character)) != MISSING or out[-1:] != [MISSING]:
            out.append(spelled)
    return "".join(out)


def printable_data(value: Any) -> Any:
    """``printable`` for every string inside JSON data; keys and other values stay."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [printable_data(item) for item in value]
    if isinstance(value, dict):
        return {key: printable_data(item) for key, item in value.items()}
    return value
