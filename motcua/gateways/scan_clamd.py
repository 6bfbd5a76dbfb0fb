"""Scanning by a ClamAV daemon, `settings.SCANNER_URL`: ``tcp://host:port`` or ``unix:///path``."""

from __future__ import annotations

import socket
import struct
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings

from motcua.files.ports import ScannerUnavailable

_DEFAULT = "tcp://127.0.0.1:3310"
_TIMEOUT = 30.0
_CHUNK = 64 * 1024


class ClamdScanner:
    """Speaks clamd's INSTREAM: the bytes go over the connection, so the daemon needs no access to our files."""

    def scan(self, stream: BinaryIO) -> str:
        """The name of the malware found, "" when none; raises `ScannerUnavailable` for every other answer."""
        try:
            with _connect(getattr(settings, "SCANNER_URL", "") or _DEFAULT) as daemon:
                daemon.sendall(b"zINSTREAM\0")
                while chunk := stream.read(_CHUNK):
                    daemon.sendall(struct.pack(">I", len(chunk)) + chunk)
                daemon.sendall(struct.pack(">I", 0))
                answer = _answer(daemon)
        except OSError as error:
            raise ScannerUnavailable(str(error)) from error
        if answer == "stream: OK":
            return ""
        if answer.endswith(" FOUND"):
            return answer.removeprefix("stream: ").removesuffix(" FOUND")
        raise ScannerUnavailable(answer or "no answer")


def _connect(url: str) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        daemon = socket.socket(socket.AF_UNIX)
        daemon.settimeout(_TIMEOUT)
        daemon.connect(parts.path)
        return daemon
    return socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 3310), timeout=_TIMEOUT)


def _answer(daemon: socket.socket) -> str:
    received = b""
    while not received.endswith(b"\0") and len(received) < 4096 and (more := daemon.recv(1024)):
        received += more
    return received.rstrip(b"\0").decode("utf-8", "replace").strip()
