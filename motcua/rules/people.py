"""Who acts: roles, the posts a person holds, and the actor an act is attributed to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to a dossier. Officers hold roles through posts (NĐ 61/2018: one competent person a stage)."""

    APPLICANT = "applicant"
    COUNTER_OFFICER = "counter_officer"
    CASE_OFFICER = "case_officer"
    DIVISION_HEAD = "division_head"
    LEADER = "leader"
    RECORDS_CLERK = "records_clerk"
    POSTAL_CLERK = "postal_clerk"
    OPERATOR = "operator"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Post:
    """A role held in an agency, narrowed to a division or a one-stop counter where one is named."""

    role: Role
    agency_id: int
    division_id: int | None = None
    counter_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """The person (or the clock) an act is attributed to, with the posts held at that moment."""

    account_id: int | None
    name: str
    posts: tuple[Post, ...] = ()
    is_system: bool = False

    @classmethod
    def system(cls, name: str) -> Actor:
        """The clock, an import, a gateway: acts without a person behind it."""
        return cls(account_id=None, name=name, is_system=True)

    @property
    def is_officer(self) -> bool:
        return bool(self.posts)

    def holds(self, *roles: Role) -> bool:
        """Whether any current post carries one of these roles."""
        return any(post.role in roles for post in self.posts)


NOBODY = Actor(account_id=None, name="")
