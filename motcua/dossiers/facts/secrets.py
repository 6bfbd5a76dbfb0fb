"""The secret printed on a receipt, with which a dossier can be looked up without logging in (promises §6)."""

from __future__ import annotations

import hmac

from motcua.base.digests import keyed_digest
from motcua.dossiers.models import Dossier

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs without 0, 1, I and O, which people misread on paper: 5 bits each."""

LENGTH = 8


def lookup_secret(dossier: Dossier) -> str:
    """Eight signs (40 bits), derived with a key outside the database, so that nothing is stored to be stolen."""
    bits = int(keyed_digest("lookup", str(dossier.public_id))[:10], 16)
    return "".join(ALPHABET[(bits >> (5 * position)) & 31] for position in range(LENGTH))


def secret_matches(dossier: Dossier, given: str) -> bool:
    """Whether ``given`` is the dossier's secret; compared in constant time, small letters and spaces forgiven."""
    cleaned = "".join(given.split()).upper().replace("-", "")
    return hmac.compare_digest(lookup_secret(dossier).encode(), cleaned.encode())
