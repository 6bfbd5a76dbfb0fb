"""Who stands at the counter: read from a card, a number or a paper's code; kept in the session until the intake begins.

Names and identity numbers never stand in addresses (ASVS 14.2.1).
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.accounts.models import identity_digest
from motcua.accounts.queries import by_identity
from motcua.base.errors import Refusal
from motcua.dossiers.queries import visible_to
from motcua.papers.queries import by_token
from motcua.rules.acts import State
from motcua.rules.codes import BadCode, DossierCode, parse_card_qr, parse_identity
from motcua.rules.people import Actor
from motcua.rules.text import clean_line

_KEPT = "counter_person"
_CHECK_PAGE = re.compile(r"/kiem-tra/([A-Za-z0-9_-]{10,22})/?$")
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of whoever stands here; ``has_account`` says that an account bears the number."""

    identity: str
    name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    has_account: bool = False


def read(text: str, actor: Actor) -> Person | str:
    """The person a scan or a number means, or the code of a dossier this officer sees. Raises `Refusal` (422)."""
    line = clean_line(text)
    if "|" in text:
        return _of_card(text, actor)
    token = _CHECK_PAGE.search(line)
    code = _dossier(by_token(token[1]).subject if token and by_token(token[1]) else line, actor)  # type: ignore[union-attr]
    if code:
        return code
    try:
        return _completed(Person(parse_identity(line)[1]), actor)
    except BadCode:
        words = _("Đây không phải mã QR của thẻ căn cước, mã hồ sơ hay số định danh. Hãy quét lại hoặc gõ tay.")
        raise Refusal(field_errors={"ai": [words]}) from None


def _of_card(text: str, actor: Actor) -> Person:
    try:
        card = parse_card_qr(text)
    except BadCode:
        words = _("Đây không phải mã QR của thẻ căn cước. Hãy quét lại mặt có mã, hoặc gõ số định danh.")
        raise Refusal(field_errors={"ai": [words]}) from None
    return _completed(Person(card.cccd.number, card.full_name, card.address), actor)


def _dossier(text: str, actor: Actor) -> str:
    try:
        code = DossierCode.parse("".join(text.split()).upper()).text
    except BadCode:
        return ""
    return code if visible_to(actor).filter(code=code).exists() else ""


def _completed(person: Person, actor: Actor) -> Person:
    """What the latest dossier of the same number here knows besides; the card's own words win."""
    latest = dossiers_of(person.identity, actor)[:1]
    has_account = by_identity(person.identity).exists()
    if not latest:
        return Person(person.identity, person.name, person.address, has_account=has_account)
    known = latest[0]
    return Person(
        person.identity,
        person.name or known.applicant_name,
        person.address or known.applicant_address,
        known.applicant_phone,
        known.applicant_email,
        has_account,
    )


def dossiers_of(identity: str, actor: Actor) -> Any:
    """Dossiers of this number that the officer sees: what waits to be collected first, then the latest."""
    found = visible_to(actor).filter(applicant_identity_hash=identity_digest(identity)).exclude(code=None)
    return found.select_related("revision").order_by("-submitted_at", "-pk")


def keep(request: HttpRequest, person: Person | None) -> None:
    """Remember the person, or forget."""
    request.session.pop(_KEPT, None)
    if person is not None:
        request.session[_KEPT] = asdict(person)


def kept(request: HttpRequest) -> Person | None:
    """The person remembered."""
    found = request.session.get(_KEPT)
    return Person(**found) if found else None


def waiting_for(person: Person, actor: Actor) -> list[Any]:
    """The person's dossiers here, results ready to be collected first."""
    rows = list(dossiers_of(person.identity, actor)[:20])
    rows.sort(key=lambda row: row.state != State.RESULT_READY.value)
    return rows[:MOST_SHOWN]
