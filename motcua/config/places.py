"""Where things lie, known before Django's settings are read: the repository, the data folder, the keys in it."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
KEYS = ("SECRET_KEY", "LOOKUP_KEY", "AUDIT_KEY")


def data_dir() -> Path:
    """The data folder of this deployment: DATA_DIR, or data/ in the repository. Made if missing."""
    folder = Path(os.environ.get("DATA_DIR") or REPOSITORY / "data").resolve()
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    os.environ["DATA_DIR"] = str(folder)
    return folder


def is_on(name: str, default: bool = False) -> bool:
    """A yes-or-no variable of the environment."""
    value = os.environ.get(name)
    return default if value is None else value.lower() in {"1", "true", "yes", "on"}


def ensure_keys(folder: Path) -> None:
    """Make the keys a single machine needs, once, readable by its owner only.

    Keys already in the environment are left to it; in production nothing is made, the settings ask for them.
    """
    path = folder / "keys.json"
    if path.exists() or is_on("PRODUCTION") or all(os.environ.get(name) for name in KEYS):
        return
    write_private(path, json.dumps({name: secrets.token_urlsafe(48) for name in KEYS}, indent=1))


def write_private(path: Path, text: str) -> None:
    """Write a file whole or not at all, readable by its owner only."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
