"""Ministries' systems that settle nothing: `python -m motcua.gateways.ministry_sandbox`.

Speaks the protocol of `docs/how-to/connect-a-ministry.md` on SANDBOX_MINISTRY_PORT, one system for each first part of
the address (``/bo-cong-an/…``), all with the secret "sandbox". It takes people in by their token, asks the portal who
they are, opens a dossier when told to, and reports whatever status one chooses on its page.
"""

from __future__ import annotations

import html
import json
import threading
import uuid
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import httpx

from motcua.gateways.ministry_token import BadToken, read_token, signature
from motcua.gateways.sandbox_box import (
    MARK,
    Box,
    BoxHandler,
    port_of,
    refuse_production,
    sandbox_folder,
    serve_until_told,
    unix_now,
)

PEOPLE, FILE = "ministry-people.jsonl", "ministry-dossiers.jsonl"
STATUSES = {
    1: "Mới đăng ký",
    2: "Được tiếp nhận",
    4: "Đang xử lý",
    5: "Yêu cầu bổ sung giấy tờ",
    3: "Không được tiếp nhận",
    9: "Đã xử lý xong",
    10: "Đã trả kết quả",
}
_LONGEST = 64 * 1024
_TIMEOUT = 10.0


class MinistryHandler(BoxHandler):
    """Pages for the person, and reports to the portal she came from."""

    title = "Hộp thử nghiệm: hồ sơ ở hệ thống của bộ, ngành"
    secret: ClassVar[str] = "sandbox"  # noqa: S105 - the twin's own, never a real one
    people: ClassVar[Box]
    _count: ClassVar[threading.Lock] = threading.Lock()

    def do_GET(self) -> None:
        """Take a person in, show a dossier, or what the box shows."""
        parts = urlsplit(self.path)
        steps = parts.path.strip("/").split("/")
        if len(steps) == 2 and steps[1] == "tiep-nhan":
            return self._welcome(steps[0], parse_qs(parts.query).get("token", [""])[0])
        if len(steps) == 3 and steps[1] == "ho-so":
            return self._show(steps[0], steps[2])
        return super().do_GET()

    def do_POST(self) -> None:
        """Open a dossier for who was taken in, or report a status of one."""
        length = int(self.headers.get("Content-Length") or 0)
        if length > _LONGEST:
            self.close_connection = True
            return self.answer_json(413, {"error": "quá dài"})
        given = parse_qs(self.rfile.read(length).decode(errors="replace"))
        steps = urlsplit(self.path).path.strip("/").split("/")
        if len(steps) == 2 and steps[1] == "ho-so":
            return self._open(steps[0], given.get("hand_over", [""])[0])
        if len(steps) == 3 and steps[1] == "ho-so":
            return self._report(steps[0], steps[2], given.get("status", [""])[0])
        return self.answer_json(404, {"error": "không có"})

    def _welcome(self, key: str, token: str) -> None:
        try:
            claims = read_token(token, self.secret, audience=key, now=unix_now())
        except BadToken as bad:
            return self._page(401, "Không nhận được", f"<p>{_safe(bad)}</p>")
        try:
            answer = send(claims["iss"], "hand-overs", {"token": token}, key, self.secret)
        except httpx.HTTPError as error:
            return self._page(502, "Không hỏi được cổng của tỉnh", f"<p>{type(error).__name__}</p>")
        if not answer.is_success:
            return self._page(answer.status_code, "Cổng của tỉnh không nhận", f"<pre>{_safe(answer.text)}</pre>")
        known = answer.json()
        name, procedure = known["person"]["name"], known["procedure"]
        self.people.put({"id": known["hand_over"], "to": name, "body": procedure, "iss": claims["iss"], "key": key})
        return self._page(
            200,
            "Xin chào",
            f"<p>{_safe(known['person']['name'])}, số định danh {_safe(known['person']['identity_number'])}</p>"
            f"<p>Thủ tục {_safe(known['procedure'])}</p>"
            f'<form method="post" action="/{_safe(key)}/ho-so"><input type="hidden" name="hand_over" '
            f'value="{_safe(known["hand_over"])}"><button>Nộp hồ sơ thử</button></form>',
        )

    def _open(self, key: str, hand_over: str) -> None:
        person = self.people.get(hand_over)
        if person is None or person["key"] != key:
            return self._page(404, "Không có", "<p>Chưa có ai được chuyển đến với mã này.</p>")
        code = f"{key.upper()}-{hand_over[:8].upper()}"
        self.box.put(
            {"id": code, "to": person["to"], "body": person["body"], "iss": person["iss"], "key": key, "of": hand_over}
        )
        return self._report(key, code, "1")

    def _report(self, key: str, code: str, status: str) -> None:
        """Sign and send one report; what the portal answered stands on the page."""
        dossier = self.box.get(code)
        if dossier is None or dossier["key"] != key or not status.isdecimal():
            return self._page(404, "Không có", "<p>Không có hồ sơ hoặc trạng thái này.</p>")
        with self._count:
            dossier["sequence"] = dossier.get("sequence", 0) + 1
        report = {
            "id": str(uuid.uuid4()),
            "dossier": code,
            "status": int(status),
            "sequence": dossier["sequence"],
            "hand_over": dossier["of"],
            "url": f"http://{self.headers.get('Host', '')}/{key}/ho-so/{code}",
        }
        try:
            answer = send(dossier["iss"], "events", report, key, self.secret)
        except httpx.HTTPError as error:
            return self._page(502, "Không báo được cho cổng của tỉnh", f"<p>{type(error).__name__}</p>")
        if answer.is_success:
            dossier["state"] = STATUSES.get(int(status), status)
        return self._show(key, code, said=f"{answer.status_code} {answer.text[:500]}", status=answer.status_code)

    def _show(self, key: str, code: str, *, said: str = "", status: int = 200) -> None:
        dossier = self.box.get(code)
        if dossier is None or dossier["key"] != key:
            return self._page(404, "Không có", "<p>Không có hồ sơ này.</p>")
        buttons = "".join(f'<button name="status" value="{one}">{words}</button> ' for one, words in STATUSES.items())
        told = f"<p>Cổng của tỉnh trả lời: {_safe(said)}</p>" if said else ""
        return self._page(
            status,
            f"Hồ sơ {code}",
            f"<p>Trạng thái: {_safe(dossier.get('state', ''))}</p>{told}"
            f'<form method="post" action="/{_safe(key)}/ho-so/{_safe(code)}"><p>Báo trạng thái cho cổng của tỉnh:</p>'
            f"{buttons}</form>"
            f'<p><a href="{_safe(dossier["iss"])}/ho-so/">Về cổng dịch vụ công của tỉnh</a></p>',
        )

    def _page(self, status: int, title: str, body: str) -> None:
        page = (
            '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{_safe(title)}</title></head><body><p><strong>{MARK}</strong></p>"
            f"<h1>{_safe(title)}</h1>{body}</body></html>"
        )
        return self.answer(status, page, "text/html; charset=utf-8")


def send(
    portal: str, what: str, body: dict[str, Any], key: str, secret: str, *, at: int | None = None
) -> httpx.Response:
    """One signed request to the portal: ``hand-overs`` or ``events``."""
    raw = json.dumps(body, ensure_ascii=False).encode()
    moment = str(unix_now() if at is None else at)
    headers = {
        "Content-Type": "application/json",
        "X-Ministry-System": key,
        "X-Ministry-Timestamp": moment,
        "X-Ministry-Signature": signature(secret, moment, raw),
    }
    address = f"{portal}/api/v1/ministry/{what}"
    return httpx.post(address, content=raw, headers=headers, timeout=_TIMEOUT, trust_env=False)


def _safe(value: Any) -> str:
    return html.escape(str(value), quote=True)


def main() -> None:
    """Run until told to stop."""
    refuse_production()
    MinistryHandler.box = Box(sandbox_folder() / FILE)
    MinistryHandler.people = Box(sandbox_folder() / PEOPLE)
    serve_until_told(MinistryHandler, port_of("SANDBOX_MINISTRY_PORT", "SANDBOX_MINISTRY_HTTP", default=1030))


if __name__ == "__main__":
    main()
