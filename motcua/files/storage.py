"""Where the bytes lie: a folder that survives loss of power, or whatever `settings.STORAGES["files"]` names."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages


class DurableStorage(FileSystemStorage):
    """A folder in which a file exists completely and on the disk, or not at all.

    Written under another name, forced to the disk, renamed, and the renaming forced to the disk too: what
    `save` acknowledged is there after `kill -9` and after a power cut (promise G1).
    """

    PART = ".part"

    def _save(self, name: str, content: File[Any]) -> str:
        target = Path(self.path(name))
        self._make_folder(target.parent)
        part = target.with_name(target.name + self.PART)
        with part.open("xb") as file:
            for chunk in content.chunks():
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
        _sync_folder(target.parent)
        return name

    def _make_folder(self, folder: Path) -> None:
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        for one in reversed(missing):
            one.mkdir(mode=0o700, exist_ok=True)
            _sync_folder(one.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def storage() -> Storage:
    """The storage of uploaded files."""
    if "files" in settings.STORAGES:
        return storages["files"]
    return DurableStorage(location=str(Path(settings.DATA_DIR) / "files"))


def new_key() -> str:
    """A random place, 160 bits, spread over 65,536 folders; says nothing about the file (ASVS 5.3.2)."""
    name = secrets.token_hex(20)
    return f"{name[:2]}/{name[2:4]}/{name[4:]}"
