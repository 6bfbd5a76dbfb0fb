"""Accounts of the demo province: the cast one can log in with, officers of further offices, and invented citizens."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from motcua.accounts.actions import create_account
from motcua.accounts.models import Account, Kind
from motcua.agencies.models import Division, PostHeld
from motcua.agencies.queries import actor_of
from motcua.console.demo.offices import Offices
from motcua.console.demo.sources import Sources
from motcua.rules.codes.tax import check_digit
from motcua.rules.people import Actor, Role

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class Citizen:
    """An invented person, as answers and counters need one. ``gender`` is "nam" or "nu"."""

    name: str
    gender: str
    birth: date
    identity: str
    phone: str
    street: str
    unit: str

    @property
    def address(self) -> dict[str, str]:
        return {"unit": self.unit, "street": self.street}


@dataclass
class People:
    """Who there is: accounts by login, and the officers of an agency by role and division."""

    accounts: dict[str, Account] = field(default_factory=dict)
    actors: dict[tuple[int, Role, int | None], Actor] = field(default_factory=dict)
    divisions: dict[tuple[int, str], int] = field(default_factory=dict)
    """Ids of divisions by agency and key."""
    shown: list[dict[str, str]] = field(default_factory=list)
    """What the runner prints and programs read: role, title, login, password, agency, name."""

    def officer(self, agency: int, role: Role, division: int | None = None) -> Actor:
        """Somebody who may do a step of this role in this agency (and division)."""
        found = self.actors.get((agency, role, division)) or self.actors.get((agency, role, None))
        if found is None:
            raise LookupError(f"nobody holds {role} in agency {agency}, division {division}")
        return found


@transaction.atomic
def make(sources: Sources, offices: Offices, *, by: Actor, at: datetime) -> People:
    """The cast and the officers of the stage; who has an account already keeps it, password and posts included."""
    people = People()
    standing = {account.login: account for account in Account.objects.filter(is_demo=True)}
    for row in sources.people["account"]:
        account = standing.get(row["login"]) or _account(row, sources, by=by, at=at)
        people.accounts[account.login] = account
        posts = [_place(post, offices, sources) for post in row.get("posts", [])]
        _give(account, posts, sources)
        people.shown.append(_shown(row, posts))
    _further(sources, offices, people, standing, by=by, at=at)
    _index(people, at)
    return people


def password_of(login: str) -> str:
    """The password of a demo account: it opens nothing but invented data, and is printed at every start."""
    return f"demo-{login.split('@', maxsplit=1)[0]}-2018"


def _account(row: dict[str, Any], sources: Sources, *, by: Actor, at: datetime) -> Account:
    kind = Kind(row.get("kind", "officer"))
    details: dict[str, Any] = {}
    if kind != Kind.OFFICER:
        details = {
            "phone": row["phone"],
            "gender": row["gender"],
            "birth_date": row["birth_date"],
            "identity_number": identity(sources, row["birth_date"], row["gender"], row["serial"]),
            "address": {"unit": sources.stage[0], "street": row["street"], "scheme": sources.scheme},
            "terms_accepted_at": at,
        }
    if kind == Kind.ORGANISATION:
        details |= {
            "organisation_name": row["organisation"],
            "representative_name": row["name"],
            "tax_code": row["tax_stem"] + str(check_digit(row["tax_stem"])),
        }
    return create_account(
        row["login"],
        kind=kind,
        full_name=row["name"],
        email=row["login"] if "@" in row["login"] else f"{row['login']}@mot-cua.example",
        password=password_of(row["login"]),
        is_demo=True,
        by=by,
        at=at,
        **details,
    )


def _shown(row: dict[str, Any], posts: list[PostHeld]) -> dict[str, str]:
    return {
        "role": posts[0].role if posts else "organisation" if "organisation" in row else "citizen",
        "title": row["title"],
        "login": row["login"],
        "password": password_of(row["login"]),
        "agency": posts[0].agency.name if posts else "",
        "name": row.get("organisation", row["name"]),
    }


def _place(post: dict[str, Any], offices: Offices, sources: Sources) -> PostHeld:
    """The post of the file as a row that still lacks its holder."""
    key = office_key(post["at"], offices, sources)
    agency = offices.by_key[key]
    return PostHeld(
        role=Role(post["role"]).value,
        agency=agency,
        division=offices.division(key, post["division"]) if "division" in post else None,
        counter=offices.counters[key] if post.get("counter") else None,
        title=post["title"],
        since=datetime.combine(sources.agencies["since"], time(7, 30), tzinfo=ZONE),
    )


def office_key(where: str, offices: Offices, sources: Sources) -> str:
    """The key of the agency a file speaks of: "stage" is the first commune, "land" the branch of its district."""
    if where == "stage":
        return f"xa-{sources.stage[0]}"
    if where == "land":
        district = offices.by_key[f"xa-{sources.stage[0]}"].parent
        branch = f"dat-dai-{district.unit_code}" if district else ""
        return branch if branch in offices.by_key else "van-phong-dang-ky-dat-dai"
    return where


def _give(account: Account, posts: list[PostHeld], sources: Sources) -> None:
    if PostHeld.objects.filter(account=account).exists():
        return
    for post in posts:
        post.account = account
    PostHeld.objects.bulk_create(posts)


def _further(
    sources: Sources, offices: Offices, people: People, standing: dict[str, Account], *, by: Actor, at: datetime
) -> None:
    """Officers of the other communes of the stage. They have no password: nobody logs in as one of them."""
    invented = inventor(sources, seed=1)
    for unit in sources.stage[1:]:
        for number, post in enumerate(sources.people["further_post"], 1):
            citizen, login = next(invented), f"cb{unit}-{number}"
            account = standing.get(login)
            if account is None:
                account = create_account(login, kind=Kind.OFFICER, full_name=citizen.name, is_demo=True, by=by, at=at)
                _give(account, [_place({**post, "at": f"xa-{unit}"}, offices, sources)], sources)
            people.accounts[login] = account


def _index(people: People, at: datetime) -> None:
    """Actors by what they may do, so that a story finds who does its next step."""
    accounts = {account.pk: account for account in people.accounts.values()}
    actors = {pk: actor_of(account, at=at) for pk, account in accounts.items() if account.is_officer}
    rows = Division.objects.filter(agency__in={post.agency_id for actor in actors.values() for post in actor.posts})
    people.divisions = {(agency, key): pk for pk, agency, key in rows.values_list("pk", "agency_id", "key")}
    for actor in actors.values():
        for post in actor.posts:
            people.actors.setdefault((post.agency_id, post.role, post.division_id), actor)


# --- invented citizens


def identity(sources: Sources, birth: date, gender: str, serial: str) -> str:
    """A number shaped like a real one: birth province, century and gender, year, six digits."""
    century = 2 * (birth.year // 100 - 19) + (gender in ("female", "nu"))
    return f"0{sources.birth_province}{century}{birth.year % 100:02d}{serial}"


def inventor(sources: Sources, *, seed: int) -> Iterator[Citizen]:
    """Invented adults, always the same ones for a seed; they live in the communes of the stage."""
    draw = random.Random(seed)  # noqa: S311 - invented people, not secrets
    names = sources.people["names"]
    number = seed * 10_000
    while True:
        number += 1
        gender = draw.choice(("nam", "nu"))
        sex = "male" if gender == "nam" else "female"
        name = " ".join((draw.choice(names["family"]), draw.choice(names[f"{sex}_middle"])))
        birth = date(draw.randint(1960, 2003), draw.randint(1, 12), draw.randint(1, 28))
        yield Citizen(
            name=f"{name} {draw.choice(names[f'{sex}_given'])}",
            gender=gender,
            birth=birth,
            identity=identity(sources, birth, gender, f"{number:06d}"),
            phone=f"0905{number:06d}",
            street=draw.choice(names["streets"]),
            unit=draw.choice(sources.stage),
        )
