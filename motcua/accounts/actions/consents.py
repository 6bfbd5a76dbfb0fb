"""Saying yes to keeping data, taking it back, and keeping what was said on forms (HY-12)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from motcua.accounts.actions.trace import owner
from motcua.accounts.models import Account, Consent, KeptAnswer
from motcua.audit.actions import record
from motcua.rules.consents import Purpose, current


@transaction.atomic
def give_consent(account: Account, purpose: Purpose, *, at: datetime, given_with: str = "") -> bool:
    """Keep the person's yes to the wording shown now; answers whether it is new. A yes already given stands."""
    words = current(purpose)
    values = {"wording": words.version, "given_at": at, "given_with": given_with}
    _, is_new = Consent.objects.get_or_create(
        account=account, purpose=purpose.value, withdrawn_at=None, defaults=values
    )
    if is_new:
        body = {"purpose": purpose.value, "wording": words.version, "with": given_with}
        record(subject=("account", str(account.pk)), verb="give_consent", by=owner(account), at=at, body=body)
    return is_new


def end_consent(account: Account, purpose: Purpose, *, at: datetime) -> bool:
    """Close the open consent and, for answers, delete what was kept; answers whether there was one.

    Inside the caller's transaction, which deletes what other rooms keep and writes the record. Whoever keeps something
    at this moment is waited for (`consents_now` locks the row), so nothing is kept afterwards.
    """
    open_rows = Consent.objects.filter(account=account, purpose=purpose.value, withdrawn_at=None)
    ended = list(open_rows.order_by("pk").select_for_update(of=("self",)))
    for row in ended:
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
    if purpose is Purpose.ANSWERS:
        KeptAnswer.objects.filter(account=account).delete()
    return bool(ended)


def consents_now(account_id: int | None, purpose: Purpose) -> bool:
    """Whether this person consents, held until the transaction ends: nobody takes the yes back while something is kept
    on it.
    """
    if account_id is None:
        return False
    rows = Consent.objects.filter(account_id=account_id, purpose=purpose.value, withdrawn_at=None).order_by("pk")
    return bool(rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True)[:1])


def keep_answers(answers: Iterable[KeptAnswer]) -> None:
    """Keep answers, the newest of each meaning in place of the last. Inside the transaction that asked for consent."""
    KeptAnswer.objects.bulk_create(
        answers,
        update_conflicts=True,
        unique_fields=["account", "meaning"],
        update_fields=["type", "label", "value", "words", "kept_at", "dossier_code"],
    )


def forget_answer(account: Account, answer_id: int) -> None:
    """Delete one kept answer of this person; nothing when it is not there."""
    KeptAnswer.objects.filter(account=account, pk=answer_id).delete()
