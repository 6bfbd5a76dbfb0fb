"""Writes of the agencies room: founding and ending bodies, opening divisions and counters, giving and ending posts.

Nothing is ever deleted: an agency or a post ends on a day (law.md §9.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from motcua.accounts.models import Account
from motcua.agencies.models import Agency, AgencyKind, Division, OneStopCounter, PostHeld, Tier
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.rules.codes import BadCode
from motcua.rules.codes.agency import AgencyCode
from motcua.rules.people import Actor, Role
from motcua.rules.text import clean_line

CONTACTS = ("address", "phone", "email", "bank_account")


@transaction.atomic
def found(
    code: str,
    name: str,
    *,
    kind: AgencyKind,
    tier: Tier,
    since: date,
    parent: Agency | None = None,
    unit_code: str = "",
    by: Actor,
    at: datetime,
    **contacts: str,
) -> Agency:
    """The agency of this code, founded now unless it exists; its name and contacts brought up to date.

    `contacts` are ``address``, ``phone``, ``email``, ``bank_account`` (BD-48, KT-17). Raises `Refusal` for a code
    that is none (QĐ 20/2020/QĐ-TTg).
    """
    try:
        AgencyCode.parse(code)
    except BadCode as error:
        raise Refusal(f"{code}: không phải mã cơ quan.") from error
    values: dict[str, Any] = {"name": clean_line(name), "kind": kind, "tier": tier, "parent": parent}
    values |= {"unit_code": unit_code} | {key: clean_line(contacts.get(key, "")) for key in CONTACTS}
    agency = Agency.objects.select_for_update(of=("self",)).filter(code=code).first()
    changed = {key: value for key, value in values.items() if agency is None or getattr(agency, key) != value}
    if not changed and agency is not None:
        return agency
    if agency is None:
        agency = Agency.objects.create(code=code, since=since, **values)
    else:
        for key, value in changed.items():
            setattr(agency, key, value)
        agency.save(update_fields=list(changed))
    body = {key: str(value or "") for key, value in changed.items()}
    record(subject=("agency", code), verb="found", by=by, at=at, body=body)
    return agency


@transaction.atomic
def end(agency: Agency, *, until: date, successors: Iterable[Agency] = (), by: Actor, at: datetime) -> Agency:
    """The agency ends on `until`; its successors take over. Ending twice on the same day changes nothing."""
    locked = Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    if locked.until == until:
        return locked
    if until <= locked.since:
        raise Refusal("Cơ quan không thể kết thúc trước ngày thành lập.")
    locked.until = until
    locked.save(update_fields=["until"])
    following = list(successors)
    locked.successors.set(following)
    body = {"until": until.isoformat(), "successors": [each.code for each in following]}
    record(subject=("agency", locked.code), verb="end", by=by, at=at, body=body)
    return locked


def open_division(agency: Agency, key: str, name: str, *, phone: str = "") -> Division:
    """The division that routes name by `key`; its name and telephone are brought up to date."""
    division, _ = Division.objects.update_or_create(
        agency=agency, key=key, defaults={"name": clean_line(name), "phone": clean_line(phone)}
    )
    return division


@transaction.atomic
def open_counter(
    host: Agency, name: str, *, serves: Iterable[Agency], address: str = "", phone: str = "", email: str = ""
) -> OneStopCounter:
    """The one-stop counter of this name at `host`, taking in for the agencies it `serves`."""
    counter, _ = OneStopCounter.objects.update_or_create(
        host=host,
        name=clean_line(name),
        defaults={"address": clean_line(address), "phone": clean_line(phone), "email": clean_line(email)},
    )
    counter.serves.set(list(serves))
    return counter


@transaction.atomic
def appoint(
    account: Account,
    role: Role,
    agency: Agency,
    *,
    division: Division | None = None,
    counter: OneStopCounter | None = None,
    title: str = "",
    since: datetime,
    by: Actor,
    at: datetime,
) -> PostHeld:
    """Give an account a post; the same open post again changes nothing. Raises `Refusal` for a mismatched place."""
    if division is not None and division.agency_id != agency.pk:
        raise Refusal(f"{division.name} không thuộc {agency.name}.")
    post, is_new = PostHeld.objects.get_or_create(
        account=account,
        role=role.value,
        agency=agency,
        division=division,
        counter=counter,
        until=None,
        defaults={"title": clean_line(title), "since": since},
    )
    if is_new:
        body = {"account": account.pk, "role": role.value, "division": division.key if division else ""}
        record(subject=("agency", agency.code), verb="appoint", by=by, at=at, body=body)
    return post


@transaction.atomic
def relieve(post: PostHeld, *, until: datetime, by: Actor, at: datetime) -> PostHeld:
    """End a post; rights end with it at once. A post that has ended stays as it is."""
    locked = PostHeld.objects.select_for_update(of=("self",)).select_related("agency").get(pk=post.pk)
    if locked.until is not None:
        return locked
    if until <= locked.since:
        raise Refusal("Nhiệm kỳ không thể kết thúc trước khi bắt đầu.")
    locked.until = until
    locked.save(update_fields=["until"])
    body = {"account": locked.account_id, "role": locked.role, "until": until.isoformat()}
    record(subject=("agency", locked.agency.code), verb="relieve", by=by, at=at, body=body)
    return locked
