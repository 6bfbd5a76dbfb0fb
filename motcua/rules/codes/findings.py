"""What a check of a code answers: graded findings, and the error a parser raises."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from motcua.rules.codes.words import REASONS


class Grade(StrEnum):
    """How much a finding weighs: an error stops, a warning asks the writer to look again."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing seen in a value: its reason (a key of `words.REASONS`), grade, and the Vietnamese sentence
    to show.
    """

    reason: str
    grade: Grade
    message: str


class BadCode(ValueError):
    """A value that is not the code it should be. `message` is Vietnamese and says how to mend it."""

    def __init__(self, reason: str, **details: object) -> None:
        self.reason = reason
        self.message = REASONS[reason].format(**details)
        super().__init__(self.message)

    @property
    def finding(self) -> Finding:
        """This error as a finding."""
        return Finding(self.reason, Grade.ERROR, self.message)


def warning(reason: str, **details: object) -> Finding:
    """A finding that does not stop anybody."""
    return Finding(reason, Grade.WARNING, REASONS[reason].format(**details))


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Only those findings that stop."""
    return [finding for finding in findings if finding.grade is Grade.ERROR]
