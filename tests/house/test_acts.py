"""From one row of the table of acts everything follows: no act lacks its words, its paper, its message, its test."""

import re

import pytest

from motcua.dossiers.actions.telling import KIND_OF_ACT
from motcua.notifications.facts import KINDS
from motcua.rules import words
from motcua.rules.acts import Act, Audience, Paper, State
from motcua.rules.lifecycle import TABLE
from tests.house.sources import PACKAGE, ROOT, files

_VERBS = files(".py", under=PACKAGE / "dossiers" / "actions")
_TESTS = "\n".join(path.read_text(encoding="utf-8") for path in files(".py", under=ROOT / "tests"))


@pytest.mark.parametrize("act", Act, ids=str)
def test_every_act_has_a_row_a_label_and_words_for_the_timeline(act):
    assert act in TABLE
    assert words.ACTS[act].strip()
    assert words.HAPPENED[act].strip()


@pytest.mark.parametrize("act", Act, ids=str)
def test_every_act_is_performed_by_one_verb(act):
    """The gate then holds the verb to the paper and the message of the act's row."""
    verbs = [
        path for path in _VERBS if re.search(rf"\bpassing\(\s*Act\.{act.name}\b", path.read_text(encoding="utf-8"))
    ]
    assert len(verbs) == 1


@pytest.mark.parametrize("act", Act, ids=str)
def test_every_act_is_tested_by_name(act):
    names = (f"Act.{act.name}", f".{act.value}(", f'"{act.value}"')
    assert any(name in _TESTS for name in names), "no test names this act"


@pytest.mark.parametrize("state", State, ids=str)
def test_every_state_has_a_label_and_a_way_in(state):
    assert words.STATES[state].strip()


@pytest.mark.parametrize("paper", Paper, ids=str)
def test_every_paper_has_its_sheet(paper):
    assert (PACKAGE / "papers" / "templates" / f"{paper.value}.typ").exists()


def test_every_act_that_tells_somebody_has_its_message():
    folder = PACKAGE / "notifications" / "templates" / "notifications"
    telling = {act for act, passage in TABLE.items() if passage.tells is not Audience.NOBODY}
    assert telling == set(KIND_OF_ACT)
    for kind in KIND_OF_ACT.values():
        assert kind in KINDS
        assert (folder / f"{kind}.body.txt").exists()
