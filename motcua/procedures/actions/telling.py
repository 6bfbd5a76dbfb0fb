"""Messages about proposals of services: to who runs the portal, and back to who proposed."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from motcua.agencies.queries import people_with
from motcua.notifications.actions import tell
from motcua.notifications.facts import Recipient
from motcua.procedures.models import ServiceMode, ServiceProposal
from motcua.procedures.models.catalogue import Method
from motcua.rules.people import Actor, Role


def asked_in_words(proposal: ServiceProposal) -> str:
    """ "Bắt đầu cung cấp ở mức độ 3 (Một phần), nhận trực tiếp, trực tuyến, từ 01/12/2026"."""
    kind = ServiceProposal.Kind(proposal.kind).label
    if proposal.kind == ServiceProposal.Kind.STOP:
        return f"{kind} từ {proposal.since:%d/%m/%Y}"
    ways = ", ".join(str(Method.Way(channel).label).lower() for channel in proposal.channels)
    link = "" if proposal.kind == ServiceProposal.Kind.START else " cách cung cấp:"
    mode = ServiceMode(proposal.service_mode).label
    where = "ở mức độ" if not link else "mức độ"
    return f"{kind}{link} {where} {proposal.service_level} ({mode}), nhận {ways}, từ {proposal.since:%d/%m/%Y}"


def tell_proposed(proposal: ServiceProposal, title: str, *, by: Actor, at: datetime) -> None:
    """Leave a message with everybody who runs the portal, but the proposer himself."""
    for account_id, name in people_with(Role.OPERATOR, at=at).items():
        if account_id != by.account_id:
            _tell("service_proposed", account_id, name, proposal, title, at, by=by.name)


def tell_decided(proposal: ServiceProposal, title: str, *, at: datetime) -> None:
    """Tell the proposer what was decided, from which day, and why."""
    said = str(ServiceProposal.State(proposal.state).label)
    if proposal.effective is not None:
        said = f"{said}, áp dụng từ {proposal.effective:%d/%m/%Y}"
    to, name = proposal.proposed_by_id, proposal.proposed_by_name
    _tell("service_decided", to, name, proposal, title, at, decision=said, note=proposal.decision)


def _tell(
    kind: str, account_id: int, name: str, proposal: ServiceProposal, title: str, at: datetime, **said: str
) -> None:
    context = {
        "agency": proposal.agency.name,
        "procedure": f"{title} ({proposal.procedure.code})",
        "asked": asked_in_words(proposal),
        "link": f"{settings.BASE_URL}/mot-cua/dich-vu/{proposal.pk}/",
        **said,
    }
    tell(kind, recipient=Recipient(account_id=account_id, name=name), context=context, at=at)
