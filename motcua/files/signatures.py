"""Whether a PDF carries digital signatures, told by its structure alone (ISO 32000-1, 12.8).

A signature is a signature dictionary whose ``/ByteRange`` frames the bytes of its own ``/Contents`` within this very
file, and whose ``/Contents`` begins like a CMS message. This says that somebody signed, not who, nor that the signature
is valid: the bytes under it are not hashed and no certificate is looked at here.
"""

from __future__ import annotations

from typing import Final

import pikepdf

_DER_SEQUENCE: Final = 0x30
_LEAST_CMS: Final = 64
"""No CMS message with a certificate is shorter; an empty or dotted placeholder is."""
_MOST: Final = 500


def count_signatures(pdf: pikepdf.Pdf, data: bytes) -> int:
    """How many signatures the PDF ``data`` shows; time stamps of a whole document are not counted."""
    return min(sum(1 for item in pdf.objects if frames_itself(item, data)), _MOST)


def frames_itself(item: object, data: bytes) -> bool:
    """Whether an object of the PDF ``data`` is a signature over it: its range leaves out just its own message."""
    if not isinstance(item, pikepdf.Dictionary) or "/ByteRange" not in item or "/Contents" not in item:
        return False
    if str(item.get("/Type", "/Sig")) != "/Sig" or "/Filter" not in item:
        return False
    contents = item["/Contents"]
    message = bytes(contents) if isinstance(contents, pikepdf.String) else b""
    if len(message) < _LEAST_CMS or message[0] != _DER_SEQUENCE:
        return False
    return _frames(item["/ByteRange"], data)


def _frames(found: object, data: bytes) -> bool:
    """Whether the range leaves out exactly one hexadecimal string of this file and nothing else."""
    if not isinstance(found, pikepdf.Array) or len(found) != 4:
        return False
    try:
        first, before, second, after = (int(number) for number in found)
    except (TypeError, ValueError):
        return False
    gap_begins, ends = first + before, second + after
    if first != 0 or not 0 < gap_begins < second <= ends <= len(data):
        return False
    gap = data[gap_begins:second].strip()
    return gap.startswith(b"<") and gap.endswith(b">") and not gap.startswith(b"<<")
