"""Receiving uploads: what is larger than any file we take is not kept while it arrives."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class CappedUploadHandler(TemporaryFileUploadHandler):
    """Stops writing a file to the disk beyond `settings.UPLOAD_MAX_BYTES`, but goes on reading the request.

    The form's other answers arrive, the file keeps its true size and no content, and `actions.store` refuses
    it beside its field: a person who picks a film by mistake loses nothing that was typed. To be named in
    `settings.FILE_UPLOAD_HANDLERS` in place of Django's TemporaryFileUploadHandler.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write while the file can still be one we take; give its space back once it cannot."""
        if start + len(raw_data) <= settings.UPLOAD_MAX_BYTES:
            self.file.write(raw_data)
        elif start <= settings.UPLOAD_MAX_BYTES:
            self.file.seek(0)
            self.file.truncate()
