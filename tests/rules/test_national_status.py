"""The ten national codes: every filed state has one, and the given table says the same of each."""

from __future__ import annotations

import csv
from pathlib import Path

from motcua.rules.acts import CLOSED_STATES, State
from motcua.rules.national_status import STATUSES, NationalClock, NationalStatus, national_status, status_words


def test_every_state_but_a_draft_has_a_national_code_and_every_code_a_state() -> None:
    found = {state: national_status(state) for state in State}
    assert found.pop(State.DRAFT) is None
    assert set(found.values()) == set(NationalStatus)


def test_what_is_closed_here_is_terminal_there_and_nothing_else() -> None:
    for state in set(State) - {State.DRAFT}:
        status = national_status(state)
        assert status is not None and STATUSES[status].terminal == (state in CLOSED_STATES)


def test_a_few_by_name() -> None:
    assert national_status(State.SUBMITTED) == 1 and national_status(State.RESULT_READY) == 9
    assert status_words(NationalStatus.IN_PROGRESS) == "4 – Đang xử lý"


def test_codes_names_ends_and_clocks_are_those_of_the_given_table(shared: Path) -> None:
    text = (shared / "codes" / "dossier_status.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    clocks = {
        "not started": NationalClock.NONE,
        "none": NationalClock.NONE,
        "running": NationalClock.RUNNING,
        "paused": NationalClock.PAUSED,
        "stopped": NationalClock.STOPPED,
    }
    assert [int(row["code"]) for row in rows] == list(NationalStatus)
    for row in rows:
        facts = STATUSES[NationalStatus(int(row["code"]))]
        assert facts.name == row["name_vi"]
        assert facts.terminal == (row["terminal"] == "yes")
        assert facts.clock == clocks[row["clock"]]
