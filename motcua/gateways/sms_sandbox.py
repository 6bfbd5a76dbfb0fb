"""An SMS gateway that keeps what it is given and sends nothing on: `python -m motcua.gateways.sms_sandbox`.

Speaks the protocol of `docs/how-to/connect-an-sms-gateway.md` on SANDBOX_SMS_PORT, with the key SMS_KEY. To
rehearse failure, numbers ending in 0000 are refused (422), those ending in 0001 are taken and later reported
as failed, those ending in 0002 are refused for now (503).
"""

from __future__ import annotations

import hmac
import json
import os
import re
import uuid
from typing import Any, ClassVar

from motcua.gateways.sandbox_box import Box, BoxHandler, port_of, refuse_production, sandbox_folder, serve_until_told

FILE = "sms.jsonl"
_LONGEST = 64 * 1024


class SmsHandler(BoxHandler):
    """The gateway's two calls, and the page."""

    title = "Hộp thử nghiệm: tin nhắn SMS đã gửi"
    key: ClassVar[str] = "sandbox"

    def do_POST(self) -> None:
        """Take one message over."""
        length = int(self.headers.get("Content-Length") or 0)
        if length > _LONGEST:
            self.close_connection = True
            return self.answer_json(413, {"error": "quá dài"})
        raw = self.rfile.read(length)
        if not hmac.compare_digest(self.headers.get("Authorization", ""), f"Bearer {self.key}"):
            return self.answer_json(401, {"error": "sai khóa"})
        if self.path != "/messages":
            return self.answer_json(404, {"error": "không có"})
        return self.answer_json(*self._take(raw))

    def _take(self, raw: bytes) -> tuple[int, dict[str, Any]]:
        try:
            message = json.loads(raw)
            number, text = str(message["to"]), str(message["text"])
        except (ValueError, KeyError, TypeError):
            return 400, {"error": "không đọc được nội dung"}
        if not re.fullmatch(r"\+84[0-9]{9,10}", number) or number.endswith("0000"):
            return 422, {"error": "thuê bao không tồn tại"}
        if number.endswith("0002"):
            return 503, {"error": "nhà mạng bận"}
        reference = self.headers.get("Idempotency-Key") or str(uuid.uuid4())
        failed = number.endswith("0001")
        kept = self.box.put(
            {
                "id": reference,
                "to": "0" + number.removeprefix("+84"),
                "body": text,
                "state": "failed" if failed else "delivered",
                "error": "thuê bao tắt máy quá lâu" if failed else "",
            }
        )
        return 202, {"id": kept["id"], "state": "accepted"}


def main() -> None:
    """Run until told to stop."""
    refuse_production()
    SmsHandler.box = Box(sandbox_folder() / FILE)
    SmsHandler.key = os.environ.get("SMS_KEY", "sandbox")
    serve_until_told(SmsHandler, port_of("SANDBOX_SMS_PORT", "SANDBOX_SMS_HTTP", "SMS_URL", default=1026))


if __name__ == "__main__":
    main()
