"""What a preset's journey finds in a running product: Lan's drafts, complete but for choosing and declaring.

Run inside the product by `Product.command`.
"""

from __future__ import annotations

import json
import random
from typing import Any

HIGH, LOW = "3.000333", "1.004873"
"""A level 4 service with papers, and a level 3 one."""


def main() -> None:
    """Print one line of JSON: the pages of each draft."""
    from motcua.console.demo.load import essentials
    from motcua.ui import clock

    at = clock.now()
    world = essentials(at=at)
    print(json.dumps({"high": _draft(world, HIGH, at), "low": _draft(world, LOW, at)}))


def _draft(world: Any, code: str, at: Any) -> dict[str, str]:
    from django.urls import reverse

    from motcua.console.demo.answers import scene
    from motcua.console.demo.applicants import citizen_of
    from motcua.console.demo.people import inventor
    from motcua.console.demo.plan import agencies_of
    from motcua.console.demo.walk import Walk
    from motcua.procedures.models import Offering
    from motcua.rules.acts import Channel

    definition, account = world.sources.procedures[code], world.people.accounts["lan@example.vn"]
    agency = world.offices.by_key[agencies_of(definition["demo"], world.offices, world.sources)[0]]
    offering = Offering.objects.select_related("agency", "counter", "procedure").get(
        procedure__code=code, agency=agency, until__isnull=True
    )
    lan, draw = citizen_of(account), random.Random(7)
    other = next(inventor(world.sources, seed=5))
    walk = Walk(
        offering,
        world.revisions[code],
        demo=definition["demo"],
        scene=scene(lan, other, commune=lan.unit, today=at.date(), draw=draw),
        people=world.people,
        account=account,
        channel=Channel.ONLINE,
        draw=draw,
    )
    walk.begin(at)
    key = walk.public_id
    pages = {name: reverse(f"portal:{name}", args=[key]) for name in ("papers", "receive", "review")}
    return {**pages, "agency": agency.name, "procedure": code}
