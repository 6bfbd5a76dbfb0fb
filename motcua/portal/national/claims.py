"""Reading what the national portal says about a person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.accounts.facts import Vouched
from motcua.accounts.models import Gender
from motcua.base.errors import Refusal
from motcua.rules.codes import BadCode, Cccd
from motcua.rules.text import clean_line

_GENDERS = {"nam": Gender.MALE, "male": Gender.MALE, "nữ": Gender.FEMALE, "nu": Gender.FEMALE, "female": Gender.FEMALE}
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%Y%m%d")
_SURE = re.compile(r"([1-3])$")


def vouched(id_token: Mapping[str, Any], userinfo: Mapping[str, Any]) -> Vouched:
    """The person behind a login. Raises `Refusal` 422 for whoever has no identity number: an organisation, or a person
    the portal has not identified yet.
    """
    number = _first(userinfo, "SoDinhDanh", "SoCCCD")
    name = _first(userinfo, "HoVaTen", "HoTen", "name")
    try:
        number = Cccd.parse(number).number
    except BadCode as bad:
        raise _unidentified() from bad
    if not name:
        raise _unidentified()
    return Vouched(
        subject=str(id_token["sub"]),
        number=number,
        full_name=name[:150],
        birth_date=_day(_first(userinfo, "NgaySinh", "birthdate")),
        gender=_GENDERS.get(_first(userinfo, "GioiTinh", "gender").casefold(), ""),
        assurance=_assurance(id_token.get("acr")),
        email=_first(userinfo, "email") if userinfo.get("email_verified") is True else "",
        phone=_first(userinfo, "phone_number") if userinfo.get("phone_number_verified") is True else "",
    )


def _unidentified() -> Refusal:
    return Refusal(
        _("Cổng Dịch vụ công quốc gia chưa xác thực số định danh của bạn. Hãy xác thực tại đó, hoặc đăng ký tại đây."),
        status=422,
    )


def _first(said: Mapping[str, Any], *names: str) -> str:
    """The first of these claims that says something."""
    return next((clean_line(value)[:254] for name in names if isinstance(value := said.get(name), str) and value), "")


def _day(text: str) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day of birth has no zone
        except ValueError:
            continue
    return None


def _assurance(acr: Any) -> int:
    """The level at the end of `acr` ("loa2" is 2); the lowest where the portal says none."""
    found = _SURE.search(acr) if isinstance(acr, str) else None
    return int(found[1]) if found else 1
