"""Finding out what an uploaded file is: the facts `motcua.rules.uploads` judges by. Nothing in it is
executed.

A hostile file may cost a bounded amount of time and memory only: pictures are measured but not unpacked (JPEG
at an eighth of its size), qpdf works under limits for the whole process, archives are read by their
directory.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

import pikepdf
import pikepdf.settings
from PIL import Image

from motcua.files.signatures import count_signatures
from motcua.rules.uploads import MAX_PIXELS, FileType, UploadFacts

pikepdf.settings.set_qpdf_limits(
    flate_max_memory=48_000_000,
    run_length_max_memory=48_000_000,
    png_max_memory=48_000_000,
    tiff_max_memory=48_000_000,
    max_stream_filters=3,
    parser_max_container_size=500_000,
)
# We measure pictures ourselves and never open one that is too large.
Image.MAX_IMAGE_PIXELS = None

_PDF_HEADER_WITHIN: Final = 1024
_MAX_OBJECTS: Final = 300_000
_MAX_ENTRIES: Final = 3000
_MARKUP = re.compile(rb"<script[\s>]|<html[\s>]|<!doctype\s+html|<\?php\s|<iframe[\s>]", re.IGNORECASE)
_ACTIVE_ACTIONS: Final = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/ImportData",
        "/SubmitForm",
        "/Rendition",
        "/Movie",
        "/Sound",
        "/GoToE",
        "/RichMediaExecute",
    }
)
_ACTIVE_KEYS: Final = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"})
_ACTIVE_TYPES: Final = frozenset({"/EmbeddedFile", "/RichMedia"})


@dataclass(frozen=True, slots=True)
class _Content:
    """The whole file in memory or mapped, and the same as a stream."""

    data: bytes
    stream: BinaryIO


def facts_of(stream: BinaryIO, *, name: str, size: int) -> UploadFacts:
    """What the content of a file says about it. `stream` is seekable and is left at its beginning.

    Read only when its size is within limits: the whole content comes into memory once.
    """
    stream.seek(0)
    content = _Content(stream.read(), stream)
    kind = sniff(content.data)
    facts = UploadFacts(name=name, size=size, sniffed=kind.value if kind else "")
    try:
        if kind is FileType.PDF:
            facts = _look_into_pdf(content, facts)
        elif kind in {FileType.JPEG, FileType.PNG}:
            facts = _look_into_picture(content, facts)
        elif kind is FileType.DOCX:
            facts = _look_into_docx(content, facts)
    finally:
        stream.seek(0)
    return facts


def sniff(data: bytes) -> FileType | None:
    """The type told by the content, or None for anything we never take (HTML, SVG, programs …)."""
    if data.startswith(b"\xff\xd8\xff"):
        return FileType.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileType.PNG
    if data.startswith(b"PK\x03\x04") and b"word/document.xml" in data:
        return FileType.DOCX
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return FileType.PDF
    return None


def _look_into_pdf(content: _Content, facts: UploadFacts) -> UploadFacts:
    if b"%%EOF" not in content.data:
        return replace(facts, broken=True)  # cut short on its way; qpdf would mend it by leaving pages out
    content.stream.seek(0)
    try:
        with pikepdf.open(content.stream) as pdf:
            if pdf.is_encrypted:
                return replace(facts, encrypted=True)
            pages, active = len(pdf.pages), _is_active(pdf)
            signatures = 0 if active else count_signatures(pdf, content.data)
    except pikepdf.PasswordError:
        return replace(facts, encrypted=True)
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, RuntimeError, RecursionError):
        return replace(facts, broken=True)
    foreign = _is_also_something_else(content.data)
    return replace(facts, pages=pages, active=active, signatures=signatures, foreign_data=foreign)


def _is_also_something_else(data: bytes) -> bool:
    """Whether a PDF could be read as a page, a program or an archive as well."""
    after = data[data.rfind(b"%%EOF") + 5 :].strip(b"\x00 \t\r\n\x1a")
    return (
        not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-")
        or len(after) > 1024
        or _MARKUP.search(data) is not None
        or _holds_archive(data)
    )


def _holds_archive(data: bytes) -> bool:
    """Whether an unzipping program would find something: a directory at the end, or a member's head."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    return end >= 0 and len(data) - end >= 22 and b"PK\x01\x02" in data


def _is_active(pdf: pikepdf.Pdf) -> bool:
    """Whether anything in the PDF runs, starts, sends or carries something. Jumping to a page on opening is fine."""
    for count, item in enumerate(pdf.objects):
        if count > _MAX_OBJECTS:
            raise ValueError("more objects than any paper has")
        if any(_is_active_dictionary(one) for one in _dictionaries(item, depth=0)):
            return True
    return any(_is_active_dictionary(one) for one in _dictionaries(pdf.trailer, depth=0))


def _dictionaries(item: object, depth: int) -> Iterator[pikepdf.Dictionary]:
    """The dictionaries written inside one object; those of other objects come by themselves."""
    if depth > 12:
        return
    if isinstance(item, pikepdf.Stream):
        item = item.stream_dict
    if isinstance(item, pikepdf.Dictionary):
        yield item
        children: list[object] = list(item.values())
    elif isinstance(item, pikepdf.Array):
        children = list(item)
    else:
        return
    for child in children:
        if isinstance(child, pikepdf.Dictionary | pikepdf.Array) and not child.is_indirect:
            yield from _dictionaries(child, depth + 1)


def _is_active_dictionary(item: pikepdf.Dictionary) -> bool:
    keys = set(item.keys())
    if keys & _ACTIVE_KEYS:
        return True
    return str(item.get("/S", "")) in _ACTIVE_ACTIONS or str(item.get("/Type", "")) in _ACTIVE_TYPES


def _look_into_picture(content: _Content, facts: UploadFacts) -> UploadFacts:
    content.stream.seek(0)
    try:
        with Image.open(content.stream, formats=("JPEG", "PNG")) as picture:
            width, height = picture.size
            if width * height <= MAX_PIXELS:
                _read_through(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return replace(facts, broken=True)
    foreign = _MARKUP.search(content.data) is not None or _holds_archive(content.data)
    foreign = foreign or b"%PDF-" in content.data[:_PDF_HEADER_WITHIN]
    return replace(facts, pages=1, pixels=width * height, foreign_data=foreign)


def _read_through(picture: Image.Image) -> None:
    """Raise when the picture is cut short: a PNG by its checksums, a JPEG by reading it in miniature."""
    if picture.format == "PNG":
        picture.verify()
        return
    picture.draft("L", (max(1, picture.width // 8), max(1, picture.height // 8)))
    picture.load()


def _look_into_docx(content: _Content, facts: UploadFacts) -> UploadFacts:
    content.stream.seek(0)
    try:
        with zipfile.ZipFile(content.stream) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError):
        return replace(facts, broken=True)
    names = [entry.filename.lower() for entry in entries]
    return replace(
        facts,
        broken=len(entries) > _MAX_ENTRIES or "word/document.xml" not in names,
        encrypted=any(entry.flag_bits & 0x1 for entry in entries),
        unpacked=sum(entry.file_size for entry in entries),
        active=any(name.endswith((".bin", ".exe", ".js", ".vbs")) or "/embeddings/" in name for name in names),
        foreign_data=b"%PDF-" in content.data[:_PDF_HEADER_WITHIN],
    )
