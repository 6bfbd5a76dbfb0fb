"""Who files: invented citizens, those who file online with an account nobody has a password for."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from motcua.accounts.actions import create_account
from motcua.accounts.models import Account, Kind
from motcua.console.demo.load import LOADER, World
from motcua.console.demo.people import Citizen
from motcua.rules.acts import Channel

MOST = 10
"""Accounts in one commune; each files several times."""


class Applicants:
    """Citizens by the commune they live in, made when they are first needed."""

    def __init__(self, world: World, invented: Iterator[Citizen], draw: random.Random, *, since: datetime) -> None:
        self.world, self.invented, self.draw, self.since = world, invented, draw, since
        self.accounts: dict[str, list[tuple[Account, Citizen]]] = {}

    def one(self, unit: str, channel: Channel) -> tuple[Account | None, Citizen]:
        """Somebody of this commune; without an account who comes to the counter."""
        if channel != Channel.ONLINE:
            return None, replace(next(self.invented), unit=unit)
        known = self.accounts.setdefault(unit, [])
        if len(known) < MOST:
            known.append(self._new(replace(next(self.invented), unit=unit)))
            return known[-1]
        return self.draw.choice(known)

    def _new(self, citizen: Citizen) -> tuple[Account, Citizen]:
        mail = f"cong-dan-{sum(map(len, self.accounts.values())) + 1}@example.vn"
        standing = Account.objects.filter(login=mail).first()
        account = standing or create_account(
            mail,
            kind=Kind.PERSON,
            full_name=citizen.name,
            email=mail,
            phone=citizen.phone,
            birth_date=citizen.birth,
            gender="male" if citizen.gender == "nam" else "female",
            identity_number=citizen.identity,
            address={**citizen.address, "scheme": self.world.sources.scheme},
            is_demo=True,
            by=LOADER,
            at=self.since,
        )
        return account, citizen


def citizen_of(account: Account) -> Citizen:
    """A person of the cast as answers need one."""
    assert account.birth_date is not None
    return Citizen(
        name=account.full_name,
        gender="nam" if account.gender == "male" else "nu",
        birth=account.birth_date,
        identity=account.identity_number,
        phone=account.phone or "",
        street=account.address["street"],
        unit=account.address["unit"],
    )
