"""A data-sharing platform that knows invented people only: `python -m motcua.gateways.registers_sandbox`.

Speaks the protocol of `docs/how-to/connect-a-register.md` on SANDBOX_REGISTERS_PORT, with the key REGISTERS_KEY and the
secret REGISTERS_SECRET. It knows who is in ``people.json`` of its folder (`motcua demo load` writes it). To rehearse
failure, numbers ending in 0002 are refused for now (503) and those ending in 0003 are answered too late.
"""

from __future__ import annotations

import hmac
import json
import os
import threading
from pathlib import Path
from typing import Any, ClassVar

from motcua.gateways.sandbox_box import (
    Box,
    BoxHandler,
    port_of,
    refuse_production,
    sandbox_folder,
    serve_until_told,
    unix_now,
)
from motcua.gateways.sandbox_people import known_people
from motcua.gateways.signing import signature

FILE = "registers.jsonl"
_LONGEST = 64 * 1024
_PATIENCE = 300
"""Seconds a request's timestamp may be away from the twin's clock."""
_SOURCES = {
    "population": "Bản thử nghiệm của Cơ sở dữ liệu quốc gia về dân cư",
    "enterprises": "Bản thử nghiệm của Cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp",
}
_NEEDED = ("number", "purpose", "dossier", "procedure", "agency", "officer")


class RegistersHandler(BoxHandler):
    """Answering ``POST /v1/<register>/lookups``; what was asked stands on its page, as the law wants it recorded."""

    title = "Hộp thử nghiệm: lượt khai thác dữ liệu"
    key: ClassVar[str] = "sandbox"
    secret: ClassVar[str] = "sandbox"  # noqa: S105 - the twin's own, never a real one
    folder: ClassVar[Path]
    slowness: ClassVar[float] = 20.0
    stopped: ClassVar[threading.Event] = threading.Event()

    @staticmethod
    def now() -> int:
        """Seconds since 1970 by the twin's own clock."""
        return unix_now()

    def do_POST(self) -> None:
        """Answer one question, or say why not."""
        length = int(self.headers.get("Content-Length") or 0)
        if length > _LONGEST:
            self.close_connection = True
            return self.answer_json(413, {"error": "quá dài"})
        raw = self.rfile.read(length)
        parts = self.path.strip("/").split("/")
        if len(parts) != 3 or parts[0] != "v1" or parts[1] not in _SOURCES or parts[2] != "lookups":
            return self.answer_json(404, {"error": "không có"})
        if not hmac.compare_digest(self.headers.get("X-Api-Key", ""), self.key) or not self._is_signed(raw):
            return self.answer_json(401, {"error": "sai khóa hoặc chữ ký"})
        try:
            asked = json.loads(raw)
            missing = [name for name in _NEEDED if not str(asked.get(name) or "").strip()]
        except (ValueError, AttributeError):
            return self.answer_json(400, {"error": "không đọc được nội dung"})
        if missing or not self.headers.get("X-Request-Id"):
            return self.answer_json(400, {"error": f"thiếu {', '.join(missing) or 'X-Request-Id'}"})
        return self._answer(parts[1], asked)

    def _is_signed(self, raw: bytes) -> bool:
        moment = self.headers.get("X-Timestamp", "")
        if not moment.isdecimal() or abs(self.now() - int(moment)) > _PATIENCE:
            return False
        expected = signature(self.secret, moment, f"POST {self.path}", raw)
        return hmac.compare_digest(self.headers.get("X-Signature", ""), expected)

    def _answer(self, register: str, asked: dict[str, Any]) -> None:
        number = str(asked["number"])
        kept = self.box.put(
            {
                "id": self.headers["X-Request-Id"],
                "to": number,
                "subject": f"{_SOURCES[register]}: {number}",
                "body": "\n".join(f"{name}: {value}" for name, value in asked.items()),
            }
        )
        if number.endswith("0002"):
            return self.answer_json(503, {"error": "hệ thống nguồn đang bảo trì"})
        if number.endswith("0003"):
            self.stopped.wait(self.slowness)
        found = known_people(self.folder).get(register, {}).get(number)
        wanted = asked.get("fields") or []
        value = {
            "found": found is not None,
            "record": None if found is None else {name: found.get(name, "") for name in wanted},
            "source": _SOURCES[register],
            "as_of": kept["at"],
        }
        return self._answer_signed(value)

    def _answer_signed(self, value: dict[str, Any]) -> None:
        raw = json.dumps(value, ensure_ascii=False)
        self.answer(
            200,
            raw,
            "application/json",
            headers={"X-Signature": signature(self.secret, self.headers["X-Request-Id"], raw)},
        )


def main() -> None:
    """Run until told to stop."""
    refuse_production()
    RegistersHandler.folder = sandbox_folder()
    RegistersHandler.box = Box(RegistersHandler.folder / FILE)
    RegistersHandler.key = os.environ.get("REGISTERS_KEY", "sandbox")
    RegistersHandler.secret = os.environ.get("REGISTERS_SECRET", "sandbox")
    port = port_of("SANDBOX_REGISTERS_PORT", "SANDBOX_REGISTERS_HTTP", default=1028)
    serve_until_told(RegistersHandler, port)


if __name__ == "__main__":
    main()
