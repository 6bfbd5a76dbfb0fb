"""Writes of the agencies room: founding and ending bodies, opening divisions and counters, giving and ending posts.

Nothing is ever deleted: an agency or a post ends on a day (law.md §9.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from motcua.accounts.models import Account
from motcua.agencies.models import (
    Agency,
    AgencyKind,
    Division,
    OneStopCounter,
    PostHeld,
    StandIn,
    StandInKind,
    Tier,
)
from motcua.agencies.queries import officers_of, overlap_words, posts_to_hand_over
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
    until: datetime | None = None,
    by: Actor,
    at: datetime,
) -> PostHeld:
    """Give an account a post, for good or ``until`` a moment; a post it holds already changes nothing.

    Raises `Refusal` for a mismatched place, a term that ends before it begins, and a term that overlaps another of the
    same role in the same place: nobody holds one post twice.
    """
    if division is not None and division.agency_id != agency.pk:
        raise Refusal(f"{division.name} không thuộc {agency.name}.")
    if until is not None and until <= since:
        raise Refusal("Nhiệm kỳ không thể kết thúc trước khi bắt đầu.")
    # Two appointments of one person at the same time: the second waits, and then sees the first.
    Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    place = {"role": role.value, "agency": agency, "division": division, "counter": counter}
    beside = PostHeld.objects.filter(Q(until__isnull=True) | Q(until__gt=since), account=account, **place)
    beside = beside if until is None else beside.filter(since__lt=until)
    known = beside.order_by("since", "pk").first()
    if known is not None:
        if known.until == until and known.since <= since:
            return known
        raise Refusal(overlap_words(known), field_errors={"since": [overlap_words(known)]})
    post = PostHeld.objects.create(account=account, **place, title=clean_line(title), since=since, until=until)
    body = {"account": account.pk, "role": role.value, "division": division.key if division else ""}
    record(subject=("agency", agency.code), verb="appoint", by=by, at=at, body=body)
    return post


@transaction.atomic
def relieve(post: PostHeld, *, until: datetime, by: Actor, at: datetime) -> PostHeld:
    """End a post, or end it sooner; rights end with it at once. A post that ends no later stays as it is."""
    locked = PostHeld.objects.select_for_update(of=("self",)).select_related("agency").get(pk=post.pk)
    if locked.until is not None and locked.until <= until:
        return locked
    if until <= locked.since:
        raise Refusal("Nhiệm kỳ không thể kết thúc trước khi bắt đầu.")
    locked.until = until
    locked.save(update_fields=["until"])
    body = {"account": locked.account_id, "role": locked.role, "until": until.isoformat()}
    record(subject=("agency", locked.agency.code), verb="relieve", by=by, at=at, body=body)
    return locked


@transaction.atomic
def stand_in(
    post_id: int,
    *,
    account_id: int,
    kind: StandInKind,
    since: datetime,
    until: datetime,
    basis: str,
    by: Actor,
    at: datetime,
) -> StandIn:
    """Let a colleague do a post from ``since`` to ``until``. What they do is recorded "thay …" (in place of).

    Raises `Refusal` 403 for a post that is not this actor's to hand over, 422 with every fault: no basis, a period
    that is over or the wrong way round, oneself, somebody of another agency, two stand-ins at once for one post, and
    a stand-in who has one for the same time.
    """
    allowed = {post.pk: post for post in posts_to_hand_over(by, at=at)}
    if post_id not in allowed:
        raise Refusal("Bạn không cử được người thay cho vị trí này.", status=403)
    post = PostHeld.objects.select_for_update(of=("self",)).select_related("agency", "account").get(pk=post_id)
    problems: dict[str, list[str]] = {}
    if not clean_line(basis):
        problems["basis"] = ["Hãy ghi căn cứ: số, ngày văn bản, người ký."]
    if until <= max(since, at):
        problems["until"] = ["Thời gian kết thúc phải sau lúc bắt đầu và chưa qua."]
    if account_id == post.account_id:
        problems["account"] = ["Không ai tự thay cho chính mình."]
    elif account_id not in {officer.pk for officer in officers_of(post.agency_id, at=at)}:
        problems["account"] = ["Người thay phải là cán bộ đang làm việc tại cùng cơ quan."]
    elif StandIn.objects.filter(post__account_id=account_id, since__lt=until, until__gt=since).exists():
        problems["account"] = ["Người này cũng có người khác thay trong thời gian đó."]
    if post.stand_ins.filter(since__lt=until, until__gt=since).exists():
        problems["since"] = ["Thời gian này đã có người thay cho vị trí đó."]
    if problems:
        raise Refusal("Chưa cử được người thay.", field_errors=problems)
    found = StandIn.objects.create(
        post=post,
        account_id=account_id,
        kind=kind.value,
        since=since,
        until=until,
        basis=clean_line(basis)[:300],
        set_by_name=by.name,
        set_at=at,
    )
    body = {"post": post.pk, "for": post.account_id, "account": account_id, "kind": kind.value}
    body |= {"since": since.isoformat(), "until": until.isoformat(), "basis": found.basis}
    record(subject=("agency", post.agency.code), verb="stand_in", by=by, at=at, body=body)
    return found


@transaction.atomic
def end_stand_in(stand_in_id: int, *, by: Actor, at: datetime) -> None:
    """End a stand-in now (the colleague is back); one that has not begun is taken back. Raises `Refusal` 403, 404."""
    found = StandIn.objects.select_for_update(of=("self",)).filter(pk=stand_in_id, until__gt=at).first()
    if found is None:
        raise Refusal("Không tìm thấy việc cử người thay này.", status=404)
    allowed = {post.pk: post for post in posts_to_hand_over(by, at=at)}
    if found.post_id not in allowed:
        raise Refusal("Bạn không cử được người thay cho vị trí này.", status=403)
    body = {"post": found.post_id, "account": found.account_id, "was_until": found.until.isoformat()}
    if found.since >= at:
        found.delete()
    else:
        found.until = at
        found.save(update_fields=["until"])
    record(subject=("agency", allowed[found.post_id].agency.code), verb="end_stand_in", by=by, at=at, body=body)
