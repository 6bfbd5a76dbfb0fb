"""One digest for one content, whatever the order of its keys."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def digest_of(content: Mapping[str, Any], *, shape: str = "") -> str:
    """SHA-256 of canonical JSON in hexadecimal; `shape` names the way it is read, so that a better reader rereads."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(f"{shape}\x00{canonical}".encode()).hexdigest()
