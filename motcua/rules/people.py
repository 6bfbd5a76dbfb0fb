"""Who acts: roles, the posts a person holds, and the actor an act is attributed to."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    ARCHIVIST = "archivist"
    INSPECTOR = "inspector"
    OPERATOR = "operator"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Post:
    """A role held in an agency, narrowed to a division or a one-stop counter where one is named.

    ``instead_of_id`` is the account whose post it is, and ``instead_of`` that person's name, while somebody else stands
    in for a time.
    """

    role: Role
    agency_id: int
    division_id: int | None = None
    counter_id: int | None = None
    instead_of_id: int | None = None
    instead_of: str = ""
    inherits: tuple[int, ...] = ()
    """Agencies whose work this post's agency took over; what they closed is still its to see."""


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

    @property
    def own_posts(self) -> tuple[Post, ...]:
        """Posts held in one's own right, without those of colleagues one stands in for."""
        return tuple(post for post in self.posts if post.instead_of_id is None)

    def hand(self, post: Post | None) -> int | None:
        """The account in whose place one acts through ``post``: the colleague's for a stand-in, else one's own."""
        return post.instead_of_id if post is not None and post.instead_of_id is not None else self.account_id

    @property
    def hands(self) -> frozenset[int]:
        """Accounts whose work this person does now: one's own, and colleagues' one stands in for."""
        return frozenset(hand for post in (None, *self.posts) if (hand := self.hand(post)) is not None)

    def through(self, post: Post | None) -> Actor:
        """The same person as what the record shall name: "Phạm Thu Hà (thay Đặng Thanh Bình)" for a stand-in."""
        if post is None or post.instead_of_id is None:
            return self
        return replace(self, name=f"{self.name} (thay {post.instead_of})")


def at_counter(post: Post, *, agency_id: int, counter_id: int | None, taken_in_by_id: int | None) -> bool:
    """Whether a counter officer's post reaches a dossier: of its agency, and at the counter it came to (BN-10).

    A dossier taken in elsewhere (phi địa giới, NĐ 118/2025/NĐ-CP) is reached from the counter that took it in for
    ``taken_in_by_id`` and, since it is forwarded there, from every counter of the competent agency; from nowhere else.
    """
    if post.role != Role.COUNTER_OFFICER:
        return False
    at_place = post.counter_id in (None, counter_id)
    if taken_in_by_id is None:
        return post.agency_id == agency_id and at_place
    return post.agency_id == agency_id or (post.agency_id == taken_in_by_id and at_place)


NOBODY = Actor(account_id=None, name="")
