"""Files for tests, honest and hostile, all made here."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

# The standard harmless test string of virus scanners, in two parts so that no scanner stops at this source file.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(pages: int = 1, change: Callable[[pikepdf.Pdf], None] | None = None, **save: object) -> bytes:
    """A PDF with empty A4 pages, changed as asked before it is written."""
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        if change:
            change(document)
        out = io.BytesIO()
        document.save(out, deterministic_id="encryption" not in save, **save)
        return out.getvalue()


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480)) -> bytes:
    """A picture with something on it."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind)
    return out.getvalue()


PLACE = b"13.7765 N 109.2237 E"


def photograph(*, way_up: int = 6, **options: object) -> bytes:
    """A JPEG as a telephone makes it: held sideways, with its maker, the place and a comment."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x010E] = way_up, "Máy ảnh", PLACE.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (13.0, 46.0, 0.0)})
    made = Image.new("RGB", (24, 16), "white")
    made.paste((200, 10, 10), (0, 0, 12, 8))
    out = io.BytesIO()
    made.save(out, "JPEG", exif=exif, comment=b"o nha", icc_profile=b"colours", **options)
    return out.getvalue()


def pixel_bomb() -> bytes:
    """A PNG of a few kilobytes that says it has 900 million pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(3_000_000)))
        + chunk(b"IEND", b"")
    )


def flate_bomb() -> bytes:
    """A PDF whose object stream unpacks to 400 MB: whoever lists its objects has to unpack it."""
    squeeze = zlib.compressobj(9)
    body = (
        squeeze.compress(b"2 0 ") + b"".join(squeeze.compress(b" " * 1_000_000) for _ in range(400)) + squeeze.flush()
    )
    parts = [b"%PDF-1.5\n"]
    first = len(parts[0])
    parts.append(
        b"1 0 obj <</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>> stream\n" % len(body)
        + body
        + b"\nendstream endobj\n"
    )
    third = sum(map(len, parts))
    rows = b"".join(struct.pack(">BIB", *row) for row in [(0, 0, 0), (1, first, 0), (2, 1, 0), (1, third, 0)])
    parts.append(
        b"3 0 obj <</Type/XRef/Size 4/W[1 4 1]/Root 2 0 R/Length %d>> stream\n" % len(rows)
        + rows
        + b"\nendstream endobj\n"
    )
    parts.append(b"startxref\n%d\n%%%%EOF" % third)
    return b"".join(parts)


def docx(*extra: str) -> bytes:
    """A word-processor file with these further members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *extra):
            archive.writestr(name, "<x/>")
    return out.getvalue()


def action(kind: str) -> Callable[[pikepdf.Pdf], None]:
    """Gives a PDF an action of this kind on opening."""

    def change(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name(kind), JS="app.alert(1)", F="cmd.exe")

    return change


def jump(document: pikepdf.Pdf) -> None:
    """Opens at a page: what honest writers of PDFs do."""
    document.Root.OpenAction = pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit])


def embed(document: pikepdf.Pdf) -> None:
    """Carries a file inside."""
    document.attachments["x.exe"] = b"MZ"


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """As the browser sends it."""
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")
