"""What the sandbox twins have in common: a box of what arrived, kept as JSON lines, and a small page about
it.

The twins stand for somebody else's machine: they are processes of their own, know nothing of the product's
database, and read their own clock.
"""

from __future__ import annotations

import html
import json
import os
import signal
import sys
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

MARK = "HỘP THỬ NGHIỆM: không có gì ở đây được gửi ra ngoài"


class Box:
    """The messages that arrived, in memory and in a file that survives a restart."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        self.messages = read_lines(path)
        self._ids = {message["id"]: message for message in self.messages}

    def put(self, message: dict[str, Any]) -> dict[str, Any]:
        """Keep a message and answer it; one with a known id is not kept twice, the first is answered."""
        with self._lock:
            if (known := self._ids.get(message["id"])) is not None:
                known["repeats"] = known.get("repeats", 0) + 1
                return known
            message = {**message, "at": datetime.now(UTC).isoformat(timespec="seconds")}
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(message, ensure_ascii=False) + "\n")
            self.messages.append(message)
            self._ids[message["id"]] = message
            return message

    def get(self, message_id: str) -> dict[str, Any] | None:
        """The message with this id."""
        return self._ids.get(message_id)

    def find(self, to: str = "") -> list[dict[str, Any]]:
        """Everything sent to this address (to anybody without one), latest first."""
        with self._lock:
            return [message for message in reversed(self.messages) if not to or message["to"] == to]


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The messages in a box's file, oldest first; a last line cut short by a crash is left out."""
    messages = []
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                messages.append(json.loads(line))
            except ValueError:
                continue
    return messages


class BoxHandler(BaseHTTPRequestHandler):
    """``GET /`` a page, ``GET /messages?to=…`` JSON; a twin adds what else it speaks."""

    box: ClassVar[Box]
    title: ClassVar[str]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The page, the list, or one message."""
        parts = urlsplit(self.path)
        to = parse_qs(parts.query).get("to", [""])[0]
        if parts.path == "/":
            self.answer(200, page(self.title, self.box.find(to)), "text/html; charset=utf-8")
        elif parts.path == "/messages":
            self.answer_json(200, {"messages": self.box.find(to)})
        elif (message := self.box.get(parts.path.removeprefix("/messages/"))) is not None:
            self.answer_json(200, message)
        else:
            self.answer_json(404, {"error": "không có"})

    def answer_json(self, status: int, value: Any) -> None:
        """Answer with JSON."""
        self.answer(status, json.dumps(value, ensure_ascii=False), "application/json")

    def answer(self, status: int, text: str, content_type: str, *, headers: Mapping[str, str] | None = None) -> None:
        """Answer with a text; nothing in it can run in a browser."""
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", "default-src 'none'")
        self.send_header("X-Content-Type-Options", "nosniff")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Silence: what arrived is on the page."""


def page(title: str, messages: list[dict[str, Any]]) -> str:
    """A plain page listing the messages, everything escaped."""
    rows = "".join(
        f"<li><h2>{_escaped(message.get('subject') or message['to'])}</h2>"
        f"<p>{_escaped(message['at'])} → {_escaped(message['to'])}</p><pre>{_escaped(message['body'])}</pre></li>"
        for message in messages[:200]
    )
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f"<p><strong>{MARK}</strong></p><h1>{title}</h1><p>{len(messages)} tin.</p><ol>{rows}</ol></body></html>"
    )


def _escaped(value: Any) -> str:
    return html.escape(str(value))


def unix_now() -> int:
    """Seconds since 1970 by the twin's own clock."""
    return int(datetime.now(UTC).timestamp())


def sandbox_folder() -> Path:
    """Where the boxes are kept: SANDBOX_DIR, or the folder ``sandbox`` of DATA_DIR."""
    given = os.environ.get("SANDBOX_DIR")
    return Path(given) if given else Path(os.environ.get("DATA_DIR", "data")) / "sandbox"


def port_of(name: str, *addresses: str, default: int) -> int:
    """A port from its own variable, or from the first of these variables that holds an address."""
    if given := os.environ.get(name):
        return int(given)
    for address in addresses:
        if port := urlsplit(os.environ.get(address, "")).port:
            return port
    return default


def refuse_production() -> None:
    """End the process when it was started beside a real system: citizens' messages must never end here."""
    if os.environ.get("PRODUCTION", "0").lower() in {"1", "true", "yes", "on"}:
        sys.exit("The sandbox twins do not start with PRODUCTION set.")


def serve(handler: type[BoxHandler], port: int) -> ThreadingHTTPServer:
    """A server on this machine only; the caller runs it."""
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    return server


def serve_until_told(handler: type[BoxHandler], port: int) -> None:
    """Serve until the process is interrupted or asked to end."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server = serve(handler, port)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
