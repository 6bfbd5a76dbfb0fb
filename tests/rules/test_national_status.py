"""The ten national codes: every filed state has one, and the given table says the same of each end."""

from __future__ import annotations

import csv
from pathlib import Path

from motcua.rules.acts import CLOSED_STATES, State
from motcua.rules.codes import NationalStatus
from motcua.rules.national_status import national_status, status_words

FILED = sorted(set(State) - {State.DRAFT})
PAUSED = {State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT}


def test_every_state_but_a_draft_has_a_national_code_and_every_code_a_state() -> None:
    assert national_status(State.DRAFT) is None
    assert {national_status(state) for state in FILED} == set(NationalStatus)


def test_a_few_by_name() -> None:
    assert national_status(State.SUBMITTED) == 1 and national_status(State.RESULT_READY) == 9
    assert status_words(NationalStatus.IN_PROGRESS) == "4 – Đang xử lý"


def test_ends_and_pauses_are_those_of_the_given_table(shared: Path) -> None:
    text = (shared / "codes" / "dossier_status.csv").read_text(encoding="utf-8")
    rows = {int(row["code"]): row for row in csv.DictReader(text.splitlines())}
    for state in FILED:
        row = rows[national_status(state) or 0]
        assert (row["terminal"] == "yes") == (state in CLOSED_STATES), state
        assert (row["clock"] == "paused") == (state in PAUSED), state
