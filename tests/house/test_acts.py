"""From one row of the table of acts everything follows: no act lacks its words, its paper, its message, its test."""

import pytest

from motcua.rules import words
from motcua.rules.acts import Act, Audience, Paper, State
from motcua.rules.lifecycle import TABLE
from tests.house.sources import PACKAGE, ROOT, files

_TESTS = "\n".join(path.read_text(encoding="utf-8") for path in files(".py", under=ROOT / "tests"))


@pytest.mark.parametrize("act", Act, ids=str)
def test_every_act_has_a_row_a_label_and_words_for_the_timeline(act):
    assert act in TABLE
    assert words.ACTS[act].strip()
    assert words.HAPPENED[act].strip()


@pytest.mark.parametrize("act", Act, ids=str)
def test_every_act_is_tested_by_name(act):
    verb = act.value
    assert f"Act.{act.name}" in _TESTS or f".{verb}(" in _TESTS or f'"{verb}"' in _TESTS


@pytest.mark.parametrize("state", State, ids=str)
def test_every_state_has_a_label_and_a_way_in(state):
    assert words.STATES[state].strip()


@pytest.mark.parametrize("paper", Paper, ids=str)
def test_every_paper_has_its_sheet(paper):
    assert (PACKAGE / "papers" / "templates" / f"{paper.value}.typ").exists()


def test_every_act_that_tells_somebody_has_its_message():
    folder = PACKAGE / "notifications" / "templates" / "notifications"
    names = "\n".join(str(path.relative_to(folder)) for path in folder.rglob("*"))
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "notifications").rglob("*.py"))
    silent = [
        act.value
        for act, passage in TABLE.items()
        if passage.tells is not Audience.NOBODY and act.value not in names and act.value not in sources
    ]
    assert not silent
