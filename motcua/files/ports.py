"""What the room needs from the outside: somebody who can tell whether a file carries malware.

`settings.SCANNER` is ``none``, ``clamd``, or the dotted path of a class that is made without arguments.
"""

from __future__ import annotations

from typing import BinaryIO, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

_KNOWN = {"clamd": "motcua.gateways.scan_clamd.ClamdScanner"}


class ScannerUnavailable(Exception):
    """Nobody can tell at this moment: the file waits (ASVS 5.4.3)."""


class Scanner(Protocol):
    """Looks for malware."""

    def scan(self, stream: BinaryIO) -> str:
        """The name of the malware found in the stream, "" when none; raises `ScannerUnavailable`."""
        ...


def scanner() -> Scanner | None:
    """The configured scanner, or None where the operator runs without one."""
    name: str = settings.SCANNER
    if name in {"", "none"}:
        return None
    return cast(Scanner, import_string(_KNOWN.get(name, name))())
