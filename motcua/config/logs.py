"""One line per log record, whatever a hostile value contains (ASVS 16.4.1)."""

from __future__ import annotations

import logging
import time


class OneLineFormatter(logging.Formatter):
    """``time level logger message`` in UTC, line breaks and control characters made visible."""

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__("%(asctime)sZ %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        return "".join(character if character.isprintable() else f"\\x{ord(character):02x}" for character in text)
