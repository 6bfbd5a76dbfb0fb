"""A PDF with a digital signature by its structure: a dictionary that frames its own message. No key ever signed it."""

from __future__ import annotations

MESSAGE = bytes([0x30, 0x82, 0x01, 0x00]) + bytes(range(256))
"""Begins like a CMS message."""


def signed_pdf(mark: str = "", *, message: bytes = MESSAGE, shift: int = 0) -> bytes:
    """One page with a signature field. ``mark`` makes other bytes; ``shift`` moves the frame off its message."""
    head = (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]/SigFlags 3>>>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Annots[4 0 R]>>endobj\n"
        b"4 0 obj<</Type/Annot/Subtype/Widget/FT/Sig/T(ky)/Rect[0 0 0 0]/V 5 0 R>>endobj\n"
        b"5 0 obj<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/Contents"
    )
    contents = b"<" + message.hex().encode() + b">"
    begin, end = len(head), len(head) + len(contents)
    room = b"/ByteRange[0 %010d %010d %010d]>>endobj\n"
    tail = b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n0\n%%EOF\n" + f"%{mark}\n".encode()
    after = len(room % (0, 0, 0)) + len(tail)
    return head + contents + room % (begin + shift, end, after) + tail
