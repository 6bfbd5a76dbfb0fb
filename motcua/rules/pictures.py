"""A photograph without what the camera wrote beside it: where it was taken, when, by which device.

A photograph of a paper taken at home says to the metre where its owner lives. What is seen stays to the last bit,
colours and the way up included; only segments that describe are left out. A picture that carries a signature of its own
(C2PA) is left as it is: taking anything out would break it.
"""

from __future__ import annotations

import re
from typing import Final

_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)
_SOS, _EOI, _SIGNED = 0xDA, 0xD9, 0xEB
_DESCRIBES: Final = frozenset({0xE1, 0xE2, *range(0xE3, 0xEB), 0xEC, 0xED, 0xEF, 0xFE})
"""Exif, XMP, IPTC, further pictures, comments. APP0 (JFIF) and APP14 (Adobe) say how colours are meant."""
_COLOURS = b"ICC_PROFILE\x00"
_EXIF = b"Exif\x00\x00"
_ORIENTATION = 0x0112

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_DESCRIBES: Final = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
_PNG_SIGNED = b"caBX"


def bare(data: bytes) -> bytes:
    """The same picture without what describes it; ``data`` itself where nothing does, or where it is no JPEG or PNG, is
    signed, or cannot be followed to its end.
    """
    if data.startswith(b"\xff\xd8"):
        return _bare_jpeg(data)
    return _bare_png(data) if data.startswith(_PNG) else data


def _bare_jpeg(data: bytes) -> bytes:
    kept, place, way_up = [data[:2]], 2, 1
    while True:
        if place + 4 > len(data) or data[place] != 0xFF:
            if data[place : place + 2] == b"\xff\xd9":
                break
            return data
        marker = data[place + 1]
        if marker == _EOI:
            break
        if marker == 0xFF:  # filling
            place += 1
            continue
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if marker == _SIGNED or end > len(data) or end < place + 4:
            return data
        segment = data[place:end]
        if marker == 0xE1 and segment[4:10] == _EXIF:
            way_up = _orientation(segment[10:])
        if marker not in _DESCRIBES or segment[4:].startswith(_COLOURS):
            kept.append(segment)
        place = end
        if marker == _SOS:
            following = _NEXT_MARKER.search(data, place)
            if following is None:
                return data
            kept.append(data[place : following.start()])
            place = following.start()
    kept.append(b"\xff\xd9")
    if way_up != 1:
        kept.insert(1, _exif_of(way_up))
    found = b"".join(kept)
    return found if len(found) < len(data) else data


def _orientation(tiff: bytes) -> int:
    """Which way up the picture is held (1 to 8), from its Exif; 1 where it does not say."""
    order = {b"II": "little", b"MM": "big"}.get(tiff[:2])
    if order is None:
        return 1
    little = order == "little"

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "little" if little else "big")

    start = number(4, 4)
    for entry in range(start + 2, min(start + 2 + 12 * number(start, 2), len(tiff) - 11), 12):
        if number(entry, 2) == _ORIENTATION:
            value = number(entry + 8, 2)
            return value if 1 <= value <= 8 else 1
    return 1


def _exif_of(way_up: int) -> bytes:
    """An Exif segment that says the way up and nothing else."""
    entry = b"\x01\x12\x00\x03\x00\x00\x00\x01" + way_up.to_bytes(2, "big") + b"\x00\x00"
    body = _EXIF + b"MM\x00\x2a\x00\x00\x00\x08\x00\x01" + entry + b"\x00\x00\x00\x00"
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def _bare_png(data: bytes) -> bytes:
    kept, place = [_PNG], len(_PNG)
    while place + 12 <= len(data):
        kind = data[place + 4 : place + 8]
        end = place + 12 + int.from_bytes(data[place : place + 4], "big")
        if end > len(data) or kind == _PNG_SIGNED:
            return data
        if kind not in _PNG_DESCRIBES:
            kept.append(data[place:end])
        if kind == b"IEND":
            return b"".join(kept)
        place = end
    return data
