"""What the great hall needs from the outside: databases of the state that know people and enterprises.

`settings.REGISTERS_GATEWAY` names the class by dotted path; it is made without arguments and reads its own settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from motcua.rules.crosscheck import Register

_DEFAULT = "motcua.gateways.registers_http.HttpRegisters"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One number asked of one database, with everything its record of readings asks for."""

    request_id: str
    register: Register
    number: str
    parts: tuple[str, ...]
    """What is asked for (`crosscheck.NAME`, `crosscheck.BIRTH_DATE`); nothing else is to be answered."""
    dossier: str
    """Code of the dossier it is asked for."""
    procedure: str
    purpose: str
    agency: str
    """Code of the agency on whose behalf it is asked."""
    officer: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """The database's answer. ``record`` is None where it knows no such number."""

    record: Mapping[str, str] | None
    source: str
    as_of: datetime | None
    digest: str
    """SHA-256 of the answer as it came, in hexadecimal."""


class Unanswered(Exception):
    """The database gave no answer that can be believed. The text is shown to the officer."""


class Registers(Protocol):
    """Answers questions about one person or enterprise."""

    def look_up(self, inquiry: Inquiry) -> Entry:
        """The answer, within a few seconds; raises `Unanswered` otherwise."""
        ...


def is_connected() -> bool:
    """Whether any database is connected at all; without one nothing is offered."""
    return bool(settings.REGISTERS_URL or settings.REGISTERS_GATEWAY)


def registers() -> Registers:
    """The configured way to the databases."""
    return cast(Registers, import_string(settings.REGISTERS_GATEWAY or _DEFAULT)())
