"""The invented people as the sandbox twins of the state's databases know them (`motcua.gateways.sandbox_people`).

Most are known just as they declare themselves. Some are unknown and some were born on another day, so that every
outcome of a comparison can be seen; those with a part in the demo are always known rightly.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from motcua.accounts.models import Account, Kind
from motcua.dossiers.models import Dossier
from motcua.eforms.queries import definition
from motcua.gateways.sandbox_people import write_people
from motcua.rules.crosscheck import BIRTH_DATE, NAME, Register, questions_of

Known = dict[str, dict[str, dict[str, str]]]


def write(*, today: date) -> None:
    """Write down everybody there is; nothing where no twin runs."""
    if not settings.SANDBOX:
        return
    known: Known = {register.value: {} for register in Register}
    _with_accounts(known)
    _declared(known, today)
    write_people(Path(settings.SANDBOX_DIR), known)


def _declared(known: Known, today: date) -> None:
    """Whoever a demo dossier names, most of them just as it names them."""
    rows = Dossier.objects.filter(is_demo=True, code__isnull=False, revision__eform__isnull=False).order_by("pk")
    for form, answers in rows.values_list("revision__eform_id", "answers").iterator():
        for question in questions_of(definition(form), answers, today=today):
            said = {one.part: one.value for one in question.declared}
            draw = int("".join(filter(str.isdecimal, question.number))[-3:])
            if draw % 13 == 4 or not said.get(NAME):
                continue
            entry = {NAME: said[NAME]}
            if question.register is Register.POPULATION:
                entry[BIRTH_DATE] = _born(said.get(BIRTH_DATE, ""), question.number, differs=draw % 11 == 5)
            known[question.register.value].setdefault(question.number, entry)


def _born(declared: str, number: str, *, differs: bool) -> str:
    """The declared day, or one in the year the number tells; another one where the twin shall differ."""
    year = 1900 + 100 * (int(number[3]) // 2) + int(number[4:6])
    day = date.fromisoformat(declared) if len(declared) == 10 else date(year, 7, 1)
    return (day + timedelta(days=366 if differs else 0)).isoformat()


def _with_accounts(known: Known) -> None:
    """Those one can log in as, and those who file online; first, since the national twin shows the first dozen."""
    for account in Account.objects.filter(is_demo=True).exclude(kind=Kind.OFFICER).order_by("pk"):
        if account.identity_number and account.birth_date:
            known[Register.POPULATION.value][account.identity_number] = {
                NAME: account.full_name,
                BIRTH_DATE: account.birth_date.isoformat(),
                "gender": account.gender,
            }
        if account.tax_code:
            known[Register.ENTERPRISES.value][account.tax_code] = {NAME: account.organisation_name}
