"""A mail server that keeps what it is given and sends nothing on: `python -m motcua.gateways.mail_sandbox`.

Speaks real SMTP on SANDBOX_SMTP_PORT and shows what arrived on SANDBOX_MAIL_HTTP_PORT. To rehearse failure it
refuses recipients at ``khong-ton-tai.example`` for good (550) and at ``tam-ngung.example`` for now (451).
"""

from __future__ import annotations

import signal
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as default_policy
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from motcua.gateways.sandbox_box import Box, BoxHandler, port_of, refuse_production, sandbox_folder, serve

FILE = "mail.jsonl"
NO_SUCH_HOST, BUSY_HOST = "khong-ton-tai.example", "tam-ngung.example"


class Mailbox:
    """What aiosmtpd calls for each recipient and each mail."""

    def __init__(self, box: Box) -> None:
        self.box = box

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        """Accept everybody but the two hosts that rehearse failure."""
        host = address.rpartition("@")[2].lower()
        if host == NO_SUCH_HOST:
            return "550 5.1.1 Không có hộp thư này"
        if host == BUSY_HOST:
            return "451 4.3.0 Máy chủ tạm ngừng, xin thử lại sau"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the mail once for each recipient."""
        mail = message_from_bytes(cast(bytes, envelope.content), policy=default_policy)
        for address in envelope.rcpt_tos:
            self.box.put(entry(mail, address))
        return "250 OK"


def entry(mail: EmailMessage, address: str) -> dict[str, Any]:
    """One mail as the box keeps it."""
    text = mail.get_body(("plain", "html"))
    return {
        "id": f"{str(mail['Message-ID'] or '').strip()}{address}",
        "message_id": str(mail["X-Mot-Cua-Id"] or ""),
        "to": address,
        "from": str(mail["From"] or ""),
        "subject": str(mail["Subject"] or ""),
        "body": text.get_content().replace("\r\n", "\n") if text is not None else "",
    }


def start(box: Box, smtp_port: int) -> Controller:
    """A running SMTP server that fills the box, on this machine only."""
    controller = Controller(
        Mailbox(box), hostname="127.0.0.1", port=smtp_port, enable_SMTPUTF8=True, ident="Hop thu thu nghiem"
    )
    controller.start()
    return controller


def main() -> None:
    """Run until told to stop."""
    refuse_production()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    box = Box(sandbox_folder() / FILE)
    handler = type("MailHandler", (BoxHandler,), {"box": box, "title": "Hộp thử nghiệm: thư điện tử đã gửi"})
    pages = serve(handler, port_of("SANDBOX_MAIL_HTTP_PORT", "SANDBOX_MAIL_HTTP", default=1080))
    controller = start(box, port_of("SANDBOX_SMTP_PORT", "SMTP_URL", default=1025))
    try:
        pages.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        controller.stop()
        pages.server_close()


if __name__ == "__main__":
    main()
