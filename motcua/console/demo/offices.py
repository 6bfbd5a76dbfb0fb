"""Agencies, divisions and one-stop counters of the demo province, made in bulk from the unit tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.agencies.models import Agency, AgencyKind, Division, OneStopCounter, Tier
from motcua.audit.actions import record
from motcua.console.demo.sources import Sources
from motcua.eforms.units import Unit
from motcua.rules.people import Actor


@dataclass
class Offices:
    """What was made: agencies by their key ("so-tu-phap", a unit's code), and where each takes dossiers in."""

    by_key: dict[str, Agency] = field(default_factory=dict)
    counters: dict[str, OneStopCounter] = field(default_factory=dict)
    """By the key of the agency it serves."""
    communes: list[str] = field(default_factory=list)
    land_branches: list[str] = field(default_factory=list)

    def division(self, key: str, division: str) -> Division:
        return Division.objects.get(agency=self.by_key[key], key=division)


@dataclass(frozen=True)
class _Plan:
    """One agency to be: its key, its row, its divisions, and the key of the agency that hosts its counter."""

    key: str
    values: dict[str, Any]
    parent: str
    divisions: list[dict[str, str]]
    host: str = ""
    counter_name: str = ""


@transaction.atomic
def make(sources: Sources, *, by: Actor, at: datetime) -> Offices:
    """All offices; those that stand already are left alone."""
    plans = list(_plans(sources))
    standing = {agency.code: agency for agency in Agency.objects.all()}
    offices = Offices()
    fresh = 0
    for depth in range(4):  # parents first: an agency is stored once the one above it has an id
        level = [plan for plan in plans if plan.values["code"].count(".") == depth]
        rows = [_row(plan, offices, sources) for plan in level if plan.values["code"] not in standing]
        standing |= {agency.code: agency for agency in Agency.objects.bulk_create(rows)}
        fresh += len(rows)
        offices.by_key |= {plan.key: standing[plan.values["code"]] for plan in level}
    offices.communes = [plan.key for plan in plans if plan.values["tier"] == Tier.COMMUNE]
    offices.land_branches = [plan.key for plan in plans if plan.key.startswith("dat-dai-")]
    _make_divisions(plans, offices)
    _make_counters(plans, offices)
    if fresh:
        record(subject=("agencies", "demo"), verb="load_demo", by=by, at=at, body={"agencies": fresh})
    return offices


def _row(plan: _Plan, offices: Offices, sources: Sources) -> Agency:
    parent = offices.by_key.get(plan.parent)
    account = sources.bank_accounts.get(plan.key, "")
    return Agency(since=sources.agencies["since"], parent=parent, bank_account=account, **plan.values)


def _make_divisions(plans: list[_Plan], offices: Offices) -> None:
    Division.objects.bulk_create(
        (
            Division(agency=offices.by_key[plan.key], key=row["key"], name=row["name"])
            for plan in plans
            for row in plan.divisions
        ),
        ignore_conflicts=True,
    )


def _make_counters(plans: list[_Plan], offices: Offices) -> None:
    """One counter for each hosting agency, and which agencies' dossiers are handed in there."""
    named = {plan.key: plan.counter_name for plan in plans if plan.counter_name}
    hosts = {counter.host_id: counter for counter in OneStopCounter.objects.all()}
    fresh = [
        OneStopCounter(host=host, name=name, address=host.address, phone=host.phone, email=host.email)
        for key, name in named.items()
        if (host := offices.by_key[key]).pk not in hosts
    ]
    hosts |= {counter.host_id: counter for counter in OneStopCounter.objects.bulk_create(fresh)}
    serves = OneStopCounter.serves.through
    links = []
    for plan in plans:
        if plan.host:
            counter = hosts[offices.by_key[plan.host].pk]
            offices.counters[plan.key] = counter
            links.append(serves(onestopcounter_id=counter.pk, agency_id=offices.by_key[plan.key].pk))
    serves.objects.bulk_create(links, ignore_conflicts=True)


# --- what there is to make


def _plans(sources: Sources) -> Iterator[_Plan]:
    number = _numbers(sources.phone_prefix)
    yield _province(sources, next(number))
    for body in sources.agencies["body"]:
        yield _body(body, sources, next(number))
    for place, district in enumerate(sources.districts, 1):
        yield _district(district, place, sources, next(number))
        yield _branch(district, place, sources, next(number))
    for above, communes in sources.communes.items():
        place = next((n for n, district in enumerate(sources.districts, 1) if district.code == above), 0)
        for index, commune in enumerate(communes, 1):
            yield _commune(commune, above, place, index, sources, next(number))


def _numbers(prefix: str) -> Iterator[str]:
    """Invented telephone numbers, one after the other."""
    for number in range(201, 9999):
        yield f"{prefix} {number:04d}"


def _province(sources: Sources, phone: str) -> _Plan:
    site = sources.site
    values = {
        "code": site["agency_code"],
        "name": site["authority_name"],
        "kind": AgencyKind.PEOPLES_COMMITTEE,
        "tier": Tier.PROVINCE,
        "unit_code": site["unit_code"],
        "address": site["address"],
        "phone": phone,
    }
    return _Plan("tinh", values, "", [])


def _body(body: dict[str, Any], sources: Sources, phone: str) -> _Plan:
    site = sources.site
    kind = AgencyKind(body["kind"])
    values = {
        "code": f"{site['agency_code']}.{body['code']}",
        "name": body["name"],
        "kind": kind,
        "tier": Tier.PROVINCE,
        "address": site["address"] if kind == AgencyKind.SERVICE_CENTER else f"Khu hành chính tỉnh, {site['seat']}",
        "phone": phone,
        "email": f"{body['key']}@mot-cua.example",
    }
    host = "trung-tam" if body.get("centre") else ""
    counter = ""
    if kind == AgencyKind.SERVICE_CENTER:
        values["name"] = counter = sources.offices.get("centre", body["name"])
    return _Plan(body["key"], values, body.get("parent", "tinh"), body.get("divisions", []), host, counter)


def _district(unit: Unit, place: int, sources: Sources, phone: str) -> _Plan:
    values = {
        "code": f"{sources.site['agency_code']}.{30 + place}",
        "name": f"Ủy ban nhân dân {_inside(unit.name)}",
        "kind": AgencyKind.PEOPLES_COMMITTEE,
        "tier": Tier.DISTRICT,
        "unit_code": unit.code,
        "address": f"Trung tâm hành chính {_inside(unit.name)}",
        "phone": phone,
        "email": f"don-vi-{unit.code}@mot-cua.example",
    }
    name = sources.offices["district_counter"].format(place=_inside(unit.name))
    return _Plan(unit.code, values, "tinh", sources.agencies["divisions"]["district"], unit.code, name)


def _branch(district: Unit, place: int, sources: Sources, phone: str) -> _Plan:
    branches = sources.agencies["land_branches"]
    above = next(body for body in sources.agencies["body"] if body["key"] == branches["parent"])
    values = {
        "code": f"{sources.site['agency_code']}.{above['code']}.{place:02d}",
        "name": branches["name"].format(place=_inside(district.name)),
        "kind": AgencyKind(branches["kind"]),
        "tier": Tier.PROVINCE,
        "address": f"Trung tâm hành chính {_inside(district.name)}",
        "phone": phone,
        "email": f"dat-dai-{district.code}@mot-cua.example",
    }
    divisions = sources.agencies["divisions"]["land_office"]
    return _Plan(f"dat-dai-{district.code}", values, branches["parent"], divisions, district.code)


def _commune(unit: Unit, above: str, place: int, index: int, sources: Sources, phone: str) -> _Plan:
    root = sources.site["agency_code"]
    district = next((one for one in sources.districts if one.code == above), None)
    values = {
        "code": f"{root}.{30 + place}.{index:02d}" if district else f"{root}.30.{index:03d}",
        "name": f"Ủy ban nhân dân {_inside(unit.name)}",
        "kind": AgencyKind.PEOPLES_COMMITTEE,
        "tier": Tier.COMMUNE,
        "unit_code": unit.code,
        "address": f"Trụ sở UBND {_inside(unit.name)}" + (f", {_inside(district.name)}" if district else ""),
        "phone": phone,
        "email": f"don-vi-{unit.code}@mot-cua.example",
    }
    name = sources.offices["commune_counter"].format(place=_inside(unit.name))
    divisions = sources.agencies["divisions"]["commune"]
    return _Plan(f"xa-{unit.code}", values, above if district else "tinh", divisions, f"xa-{unit.code}", name)


def _inside(name: str) -> str:
    """A unit's name within a sentence: "Xã A" becomes "xã A"."""
    return name[:1].lower() + name[1:]
