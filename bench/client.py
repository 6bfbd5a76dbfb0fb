"""A browser reduced to what costs little: one kept-alive connection, cookies, forms; raw sockets, so that the measuring
takes little of the machine it measures."""

from __future__ import annotations

import re
import socket
import zlib
from dataclasses import dataclass, field
from urllib.parse import urlencode

_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_COOKIE = re.compile(rb"\r\nset-cookie: *([^=;\r]+)=([^;\r]*)", re.IGNORECASE)
_GZIP = re.compile(rb"\r\ncontent-encoding: *gzip", re.IGNORECASE)
_LOCATION = re.compile(rb"\r\nlocation: *([^\r]+)", re.IGNORECASE)


class Unexpected(Exception):
    """The server answered something else than the operation needs."""


@dataclass(slots=True)
class Answer:
    """Status, head and body of a response."""

    status: int
    head: bytes
    body: bytes

    @property
    def location(self) -> str:
        found = _LOCATION.search(self.head)
        return found[1].decode().strip() if found else ""

    @property
    def text(self) -> bytes:
        """The body, unpacked only where somebody wants to read it."""
        return zlib.decompress(self.body, 31) if _GZIP.search(self.head) else self.body

    @property
    def token(self) -> str:
        found = _TOKEN.search(self.text)
        return found[1].decode() if found else ""


@dataclass
class Browser:
    """One client at one loopback address of its own (throttles count by address)."""

    port: int
    number: int
    cookies: dict[str, str] = field(default_factory=dict)
    requests: int = 0
    kept: dict[str, str] = field(default_factory=dict)
    """What an operation remembers between its turns."""
    _socket: socket.socket | None = None
    _rest: bytes = b""

    def get(self, path: str) -> Answer:
        return self._ask(b"GET", path, b"", "")

    def post(self, path: str, values: dict[str, str]) -> Answer:
        return self._ask(b"POST", path, urlencode(values).encode(), "application/x-www-form-urlencoded")

    def upload(self, path: str, values: dict[str, str], file: tuple[str, str, bytes]) -> Answer:
        """A multipart form with one file (part name, file name, bytes)."""
        mark = "bench-7f3a91c2d4e5"
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in values.items()
        ]
        name, filename, content = file
        parts.append(
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        )
        body = "".join(parts).encode() + content + f"\r\n--{mark}--\r\n".encode()
        return self._ask(b"POST", path, body, f"multipart/form-data; boundary={mark}")

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _ask(self, method: bytes, path: str, body: bytes, kind: str) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = (
            f"{method.decode()} {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\nAccept: text/html\r\n"
            "Accept-Encoding: gzip, deflate, br\r\nUser-Agent: bench\r\n"
            + (f"Cookie: {cookies}\r\n" if cookies else "")
            + (f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n" if method == b"POST" else "")
            + "\r\n"
        )
        self.requests += 1
        for attempt in (1, 2):
            try:
                answer = self._exchange(head.encode() + body)
                break
            except OSError:
                self.close()  # the server closed an idle connection
                if attempt == 2:
                    raise
        for found in _COOKIE.finditer(answer.head):
            self.cookies[found[1].decode()] = found[2].decode()
        return answer

    def _exchange(self, request: bytes) -> Answer:
        if self._socket is None:
            self._socket = socket.create_connection(
                ("127.0.0.1", self.port), timeout=60, source_address=(f"127.0.1.{self.number % 250 + 1}", 0)
            )
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._rest = b""
        self._socket.sendall(request)
        data = self._rest
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head, data = data[: end + 2], data[end + 4 :]
        if found := _LENGTH.search(head):
            length = int(found[1])
            chunks, have = [data], len(data)
            while have < length:
                chunks.append(more := self._more())
                have += len(more)
            data = b"".join(chunks)
            body, self._rest = data[:length], data[length:]
        elif b"chunked" in head.lower():
            body, self._rest = self._chunked(data)
        else:
            body, self._rest = b"", data
        return Answer(int(head[9:12]), head, body)

    def _chunked(self, data: bytes) -> tuple[bytes, bytes]:
        body = b""
        while True:
            while (end := data.find(b"\r\n")) < 0:
                data += self._more()
            size = int(data[:end].split(b";")[0], 16)
            while len(data) < end + 4 + size:
                data += self._more()
            body += data[end + 2 : end + 2 + size]
            data = data[end + 4 + size :]
            if size == 0:
                return body, data

    def _more(self) -> bytes:
        assert self._socket is not None
        more = self._socket.recv(262_144)
        if not more:
            raise ConnectionResetError("the server closed the connection")
        return more


def expect(answer: Answer, *statuses: int) -> Answer:
    """The answer, if its status is one of these."""
    if answer.status not in statuses:
        raise Unexpected(f"{answer.status} instead of {statuses}: {answer.text[:2000].decode(errors='replace')}")
    return answer
