"""Verbs of the accounts room."""

from motcua.accounts.actions.attempts import forgive, throttle
from motcua.accounts.actions.codes import confirm_code, forget_stale, resend_code, send_code, take_code
from motcua.accounts.actions.consents import consents_now, end_consent, forget_answer, give_consent, keep_answers
from motcua.accounts.actions.national import create_identified, keep_identified, link_identified
from motcua.accounts.actions.profile import begin_contact_change, change_contact, update_profile
from motcua.accounts.actions.recovery import begin_recovery, reset_password, set_password
from motcua.accounts.actions.registration import Registration, activate, begin_registration, create_account
from motcua.accounts.actions.status import set_locked
from motcua.accounts.actions.tokens import issue_token, revoke_tokens, use_token

__all__ = [
    "Registration",
    "activate",
    "begin_contact_change",
    "begin_recovery",
    "begin_registration",
    "change_contact",
    "confirm_code",
    "consents_now",
    "create_account",
    "create_identified",
    "end_consent",
    "forget_answer",
    "forget_stale",
    "forgive",
    "give_consent",
    "issue_token",
    "keep_answers",
    "keep_identified",
    "link_identified",
    "resend_code",
    "reset_password",
    "revoke_tokens",
    "send_code",
    "set_locked",
    "set_password",
    "take_code",
    "throttle",
    "update_profile",
    "use_token",
]
