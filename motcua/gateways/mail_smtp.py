"""E-mail by SMTP. `settings.SMTP_URL`: ``smtp://``, ``smtps://`` or ``smtp+starttls://[user:password@]host[:port]``."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.header import Header
from email.headerregistry import Address
from email.mime.text import MIMEText
from email.utils import format_datetime
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

from motcua.notifications.ports import Letter, Receipt, Undelivered

_TIMEOUT = 10.0
_NO_SUCH_ADDRESS = range(500, 600)


class SmtpCourier:
    """Hands a letter to the mail server. The message's id is in ``Message-ID`` and ``X-Mot-Cua-Id``."""

    def send(self, letter: Letter) -> Receipt:
        """Return once the server took the letter; raises `Undelivered`, final for what the server refuses for good."""
        mail = compose(letter, sender=settings.MAIL_FROM, sender_name=settings.SITE["portal_name"])
        try:
            with _server(settings.SMTP_URL) as server:
                server.send_message(mail, from_addr=settings.MAIL_FROM, to_addrs=[letter.address])
        except smtplib.SMTPRecipientsRefused as refused:
            code, words = next(iter(refused.recipients.values()), (451, b""))
            raise _undelivered(code, words) from refused
        except smtplib.SMTPDataError as refused:
            raise _undelivered(refused.smtp_code, refused.smtp_error) from refused
        except smtplib.SMTPResponseException as refused:
            # The sender or the login was refused: our fault, which somebody will mend.
            raise Undelivered(f"{refused.smtp_code} {_text(refused.smtp_error)}") from refused
        except (OSError, smtplib.SMTPException) as error:
            raise Undelivered(f"không kết nối được máy chủ thư ({type(error).__name__})") from error
        return Receipt(provider_id=str(mail["Message-ID"]))


def compose(letter: Letter, *, sender: str, sender_name: str) -> MIMEText:
    """The letter as an Internet message. Raises `Undelivered` (final) when its address is none.

    Not an `EmailMessage`: folding one Vietnamese name takes that several milliseconds.
    """
    mail = MIMEText(letter.body.replace("\n", "\r\n"), "plain", "utf-8")
    name, _, host = sender.partition("@")
    try:
        mail["From"] = _mailbox("From", Address(sender_name, username=name, domain=host))
        user, at_sign, domain = letter.address.rpartition("@")
        if not (user and at_sign and domain and letter.address.isascii()):
            raise ValueError(letter.address)
        mail["To"] = _mailbox("To", Address(letter.recipient_name, username=user, domain=domain))
    except (ValueError, IndexError) as error:
        raise Undelivered("địa chỉ thư điện tử không hợp lệ", is_final=True) from error
    mail["Subject"] = Header(letter.subject, "utf-8", header_name="Subject").encode()
    if letter.written_at is not None:
        mail["Date"] = format_datetime(letter.written_at)
    mail["Message-ID"] = f"<{letter.id}@{host}>"
    mail["X-Mot-Cua-Id"] = letter.id
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = "vi"
    return mail


def _mailbox(header: str, whose: Address) -> str:
    """Name and address; the name in encoded words (RFC 2047), so that nothing in it can end the header."""
    if not whose.display_name:
        return whose.addr_spec
    return f"{Header(whose.display_name, 'utf-8', header_name=header).encode()}\n <{whose.addr_spec}>"


@contextmanager
def _server(url: str) -> Iterator[smtplib.SMTP]:
    parts = urlsplit(url)
    host = parts.hostname or "127.0.0.1"
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=_TIMEOUT, context=_trust())
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=_TIMEOUT)
    with server:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=_trust())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server


@cache
def _trust() -> ssl.SSLContext:
    """Whom to believe: the machine's certificates, which take longer to read than a letter to send."""
    return ssl.create_default_context()


def _undelivered(code: int, words: Any) -> Undelivered:
    return Undelivered(f"{code} {_text(words)}", is_final=code in _NO_SUCH_ADDRESS)


def _text(words: Any) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
