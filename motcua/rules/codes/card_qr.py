"""The QR code on the front of a chip card (CCCD, thẻ căn cước), for counter intake (law.md §6).

`CCCD|CMND|Họ tên|ddmmyyyy|Giới tính|Địa chỉ|ddmmyyyy`, UTF-8. The former number may be empty; newer cards
append fields, so fields are read by position and any beyond the seventh are ignored.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from motcua.rules.codes.findings import BadCode
from motcua.rules.codes.identity import Cccd, Gender, gender_of
from motcua.rules.text import clean_line

MAX_LENGTH: Final = 1_000


@dataclass(frozen=True, slots=True)
class CardQr:
    """What a card says about its holder."""

    cccd: Cccd
    old_number: str | None
    full_name: str
    birth_date: date
    gender: Gender | None
    address: str
    issued_on: date | None


def parse_card_qr(text: str) -> CardQr:
    """Read what a scanner typed. Raises `BadCode` when it is not a card, or its number or birth date cannot
    be read.
    """
    fields = [clean_line(field) for field in text[: MAX_LENGTH + 1].split("|")]
    if len(text) > MAX_LENGTH or len(fields) < 7 or not fields[2]:
        raise BadCode("qr.shape")
    try:
        cccd = Cccd.parse(fields[0])
    except BadCode as bad:
        raise BadCode("qr.shape") from bad
    birth_date = _day(fields[3])
    if birth_date is None:
        raise BadCode("qr.date", part=fields[3])
    return CardQr(
        cccd=cccd,
        old_number=fields[1] or None,
        full_name=fields[2],
        birth_date=birth_date,
        gender=gender_of(fields[4]),
        address=fields[5],
        issued_on=_day(fields[6]),
    )


def _day(digits: str) -> date | None:
    if not re.fullmatch("[0-9]{8}", digits):
        return None
    try:
        return date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None
