"""Handing a stored file to a browser so that nothing in it can run there."""

from __future__ import annotations

from django.http import FileResponse

from motcua.files.models import StoredFile
from motcua.files.queries import open_file
from motcua.rules.uploads import FileType

_SHOWN = {FileType.PDF.value, FileType.JPEG.value, FileType.PNG.value}
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"


def serve(file: StoredFile, *, inline: bool) -> FileResponse:
    """The file as an answer: its own type and no guessing, not kept by caches, fenced in by its own policy.

    The caller has decided that this person may see it, and records the reading. `inline` shows PDFs and
    pictures in our own viewer; everything else is always a download. A PDF is not put into the `sandbox` of
    its policy, because browsers then refuse to show it at all; PDFs with scripts were refused when they came
    in.
    """
    shown = inline and file.content_type in _SHOWN
    response = FileResponse(
        open_file(file), as_attachment=not shown, filename=file.name, content_type=file.content_type
    )
    response["Content-Length"] = str(file.size)
    fence = _POLICY if shown and file.content_type == FileType.PDF.value else f"{_POLICY}; sandbox"
    response["Content-Security-Policy"] = fence
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cache-Control"] = "private, no-store"
    return response
