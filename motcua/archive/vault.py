"""Where packages lie: a folder of their own beside the uploaded files, or what `settings.STORAGES["archive"]` names.

The folders are by year and agency and the files by the dossier's code, so that whoever has only the folder finds one.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.utils.timezone import localtime

from motcua.files.storage import DurableStorage


def vault() -> Storage:
    """The storage of packages: complete and on the disk, or not there at all."""
    if "archive" in settings.STORAGES:
        return storages["archive"]
    return DurableStorage(location=str(Path(settings.DATA_DIR) / "archive"))


def place_of(code: str, agency_code: str, closed_at: datetime) -> str:
    """`2026/H08.41.01/H08.41.01-261118-0001.zip`."""
    return f"{localtime(closed_at):%Y}/{agency_code}/{code}.zip"
