"""What happened, told while it happens."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass
class Story:
    """Lines of who did what and what stood on the page afterwards."""

    title: str
    lines: list[str] = field(default_factory=list)

    def tell(self, who: str, what: str, after: str = "") -> None:
        """One line of the story, with the minute."""
        moment = datetime.now(ZONE).strftime("%H:%M:%S")
        self.lines.append(f"  {moment}  {who:<22} {what}" + (f"  →  {after}" if after else ""))

    def add(self, heading: str, lines: list[str]) -> None:
        """A list at the end: papers, messages."""
        self.lines += ["", f"  {heading}", *(f"    {line}" for line in lines)]

    def print(self) -> None:
        print("\n\n" + self.title + "\n" + "\n".join(self.lines) + "\n")
