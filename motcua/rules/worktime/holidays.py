"""The built-in days off and make-up working days, 2018 to 2027 (Bộ luật Lao động 2019, điều 111 and 112;
yearly swaps).

`status` says how sure a day is: official, check (announced, not yet in a decree), computed, unconfirmed. A
deployment seeds its own calendar table from these rows and an administrator edits that table; the file
itself is never edited at run time.
"""

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple


class PublicDay(NamedTuple):
    """One row of the built-in calendar. `kind` is holiday, compensatory, swap_off or makeup_workday."""

    day: date
    kind: str
    name: str
    status: str
    source: str

    @property
    def is_worked(self) -> bool:
        """True for a make-up working day, false for a day off."""
        return self.kind == "makeup_workday"


@cache
def public_days() -> tuple[PublicDay, ...]:
    """Every row of the built-in calendar in date order."""
    text = Path(__file__).with_name("holidays.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(
        PublicDay(date.fromisoformat(row["date"]), row["kind"], row["name"], row["status"], row["source"])
        for row in rows
    )


@cache
def built_in() -> tuple[dict[date, str], dict[date, str]]:
    """Days off and extra working days of the built-in calendar, each with its Vietnamese name. Callers must
    not change them."""
    days_off = {row.day: row.name for row in public_days() if not row.is_worked}
    extra_days = {row.day: row.name for row in public_days() if row.is_worked}
    return days_off, extra_days
