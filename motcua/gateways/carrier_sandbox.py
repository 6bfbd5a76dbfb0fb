"""A carrier that carries nothing and reports what one asks it to: `python -m motcua.gateways.carrier_sandbox`.

Speaks the protocol of `docs/how-to/connect-a-carrier.md` on SANDBOX_CARRIER_PORT, with the key CARRIER_KEY, and signs
its reports with CARRIER_SECRET. To rehearse failure, receivers whose telephone ends in 0000 are refused (422), those
ending in 0002 are refused for now (503).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from typing import Any, ClassVar

import httpx

from motcua.gateways.sandbox_box import (
    Box,
    BoxHandler,
    port_of,
    refuse_production,
    sandbox_folder,
    serve_until_told,
    unix_now,
)

FILE, REPORTS = "carrier.jsonl", "carrier-reports.jsonl"
STATUSES = ("accepted", "in_transit", "delivered", "returned", "lost")
_LONGEST = 64 * 1024
_TIMEOUT = 10.0
_CHECK = {10: 0, 11: 5}
"""Check digits of S10 where the remainder is not a digit itself."""


class CarrierHandler(BoxHandler):
    """Taking orders (``POST /shipments``), and reporting on request (``POST /shipments/<reference>/reports``)."""

    title = "Hộp thử nghiệm: bưu gửi đã nhận chuyển"
    key: ClassVar[str] = "sandbox"
    secret: ClassVar[str] = "sandbox"  # noqa: S105 - the twin's own, never a real one
    reports: ClassVar[Box]

    def do_POST(self) -> None:
        """Take an order, or report to whoever ordered."""
        length = int(self.headers.get("Content-Length") or 0)
        if length > _LONGEST:
            self.close_connection = True
            return self.answer_json(413, {"error": "quá dài"})
        raw = self.rfile.read(length)
        if not hmac.compare_digest(self.headers.get("Authorization", ""), f"Bearer {self.key}"):
            return self.answer_json(401, {"error": "sai khóa"})
        parts = self.path.strip("/").split("/")
        try:
            body = json.loads(raw or b"{}")
        except ValueError:
            return self.answer_json(400, {"error": "không đọc được nội dung"})
        if parts == ["shipments"]:
            return self.answer_json(*self._take(body))
        if len(parts) == 3 and (parts[0], parts[2]) == ("shipments", "reports"):
            return self.answer_json(*self._report(parts[1], body))
        return self.answer_json(404, {"error": "không có"})

    def _take(self, body: Any) -> tuple[int, dict[str, Any]]:
        try:
            reference, receiver = str(body["reference"]), body["receiver"]
            name, phone = str(receiver["name"]), str(receiver["phone"])
        except (KeyError, TypeError):
            return 400, {"error": "thiếu mục bắt buộc"}
        if not name or phone.endswith("0000"):
            return 422, {"error": "không phát đến người nhận này"}
        if phone.endswith("0002"):
            return 503, {"error": "bưu cục quá tải"}
        kept = self.box.put(
            {
                "id": self.headers.get("Idempotency-Key") or reference,
                "to": name,
                "subject": f"Bưu gửi {reference}",
                "body": "\n".join(f"{part}: {value}" for part, value in body.items()),
                "callback": str(body.get("callback") or ""),
                "registered": bool(body.get("registered")),
                "label_number": label_number(reference),
            }
        )
        return 202, {"label_number": kept["label_number"], "state": "accepted"}

    def _report(self, reference: str, body: Any) -> tuple[int, dict[str, Any]]:
        """Sign and send one report; what the other side answered is what the caller hears."""
        order, status = self.box.get(reference), body.get("status") if isinstance(body, dict) else None
        if order is None or status not in STATUSES:
            return 404, {"error": "không có bưu gửi hoặc tình trạng này"}
        sequence = sum(report["to"] == reference for report in self.reports.messages) + 1
        report = {
            "id": f"{reference}-{sequence}",
            "parcel": reference,
            "status": status,
            "sequence": sequence,
            "note": str(body.get("note") or ""),
        }
        if status == "delivered":
            report["receiver"] = {"name": order["to"], "relation": "Chính người nhận", "signed": True}
        self.reports.put({**report, "to": reference, "body": status})
        try:
            answer = send(order["callback"], report, self.secret)
        except httpx.HTTPError as error:
            return 502, {"error": type(error).__name__}
        return answer.status_code, {"status": status, "answer": answer.text[:500]}


def send(callback: str, report: dict[str, Any], secret: str, *, at: int | None = None) -> httpx.Response:
    """One report, signed: HMAC-SHA256 over the moment (seconds since 1970), a full stop and the raw body."""
    raw = json.dumps(report, ensure_ascii=False).encode()
    moment = str(unix_now() if at is None else at)
    headers = {
        "Content-Type": "application/json",
        "X-Carrier-Timestamp": moment,
        "X-Carrier-Signature": hmac.new(secret.encode(), f"{moment}.".encode() + raw, hashlib.sha256).hexdigest(),
    }
    return httpx.post(callback, content=raw, headers=headers, timeout=_TIMEOUT, trust_env=False)


def label_number(reference: str) -> str:
    """A label like those of the Universal Postal Union (S10), always the same for an order."""
    digits = str(int.from_bytes(hashlib.sha256(reference.encode()).digest()[:6]) % 10**8).zfill(8)
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, (8, 6, 4, 2, 3, 5, 9, 7), strict=True)) % 11
    return f"RE{digits}{_CHECK.get(rest, rest)}VN"


def main() -> None:
    """Run until told to stop."""
    refuse_production()
    CarrierHandler.box = Box(sandbox_folder() / FILE)
    CarrierHandler.reports = Box(sandbox_folder() / REPORTS)
    CarrierHandler.key = os.environ.get("CARRIER_KEY", "sandbox")
    CarrierHandler.secret = os.environ.get("CARRIER_SECRET", "sandbox")
    serve_until_told(CarrierHandler, port_of("SANDBOX_CARRIER_PORT", "SANDBOX_CARRIER_HTTP", default=1027))


if __name__ == "__main__":
    main()
