"""`motcua preset`: a province's rules come into a deployment without a demo."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import pytest

from motcua.console.commands import preset
from motcua.policy.models import Clause, OfficeHours, SpecialDay

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def run() -> int:
    return preset.run(argparse.Namespace())


def test_the_preset_is_taken_in_once_however_often_it_is_loaded() -> None:
    assert run() == 0
    counts = Clause.objects.count(), OfficeHours.objects.count(), SpecialDay.objects.count()
    assert all(counts)
    assert run() == 0
    assert (Clause.objects.count(), OfficeHours.objects.count(), SpecialDay.objects.count()) == counts


def test_an_impossible_clause_keeps_nothing_and_names_itself(tmp_path: Path, settings: Any, capsys: Any) -> None:
    since = 'since = 2026-01-01\nbasis = "QĐ"\n'
    good = f'[[clause]]\nkey = "supplement_rounds"\nvalue = 2\n{since}'
    bad = f'[[clause]]\nkey = "supplement_rouns"\nvalue = 2\n{since}'
    (tmp_path / "thu.toml").write_text(good + bad, encoding="utf-8")
    settings.PROVINCES_DIR, settings.PROVINCE = tmp_path, "thu"
    assert run() == 1
    assert "supplement_rouns" in capsys.readouterr().err
    assert not Clause.objects.exists()
