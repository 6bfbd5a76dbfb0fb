"""Every key of policy has words a citizen understands, and says where its default comes from."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import pytest

from motcua.rules.acts import Channel
from motcua.rules.policy import KEYS, Policy, PolicyError, typed_value
from motcua.rules.policy_words import KEY_WORDS, Theme, sentence_of
from motcua.rules.words import CHANNELS, FEE_CHANNELS, MODES

DEFAULTS = Policy()


def possible(key: str) -> list[Any]:
    """The values a key is tried with: all of a choice, a few of a number."""
    default = getattr(DEFAULTS, key)
    if isinstance(default, bool):
        return [True, False]
    if isinstance(default, tuple):
        return [default[:1], tuple(type(default[0]))]
    if isinstance(default, StrEnum):
        return list(type(default))
    return [value for value in (0, 1, 8, 100) if _is_possible(key, value)]


def _is_possible(key: str, value: int) -> bool:
    try:
        typed_value(key, value)
    except PolicyError:
        return False
    return True


def test_no_key_lacks_words_and_no_words_lack_a_key() -> None:
    assert tuple(sorted(KEY_WORDS)) == tuple(sorted(KEYS))


@pytest.mark.parametrize("key", KEYS)
def test_label_unit_sentence_and_basis_of_every_value_are_there(key: str) -> None:
    words = KEY_WORDS[key]
    default = getattr(DEFAULTS, key)
    assert words.label and len(words.basis) > 10 and isinstance(words.theme, Theme)
    assert bool(words.unit) == (isinstance(default, int) and not isinstance(default, bool))
    told = [sentence_of(key, value) for value in possible(key)]
    assert len(set(told)) == len(told), "two values read alike"
    for sentence in told:
        assert sentence[0].isupper() and sentence.endswith(".") and "{" not in sentence and "_" not in sentence


def test_a_number_stands_in_its_sentence() -> None:
    assert sentence_of("acceptance_within_hours", 1).startswith("Cơ quan trả lời trong 1 giờ làm việc kể từ khi nộp")
    assert "80%" in sentence_of("online_time_percent", 80)


def test_a_stored_value_reads_like_the_typed_one() -> None:
    key = "return_channels_level_3"
    assert sentence_of(key, ["counter"]) == sentence_of(key, (Channel.COUNTER,))
    assert sentence_of(key, ["counter"]).endswith("nhận: trực tiếp tại bộ phận một cửa.")


def test_every_choice_of_a_list_has_words() -> None:
    for key in KEYS:
        for item in getattr(DEFAULTS, key) if isinstance(getattr(DEFAULTS, key), tuple) else ():
            for other in type(item):
                assert other in CHANNELS or other in FEE_CHANNELS or other in MODES
                sentence_of(key, [other])


def test_an_unknown_key_has_no_sentence() -> None:
    with pytest.raises(PolicyError, match="no_such_key"):
        sentence_of("no_such_key", 1)
