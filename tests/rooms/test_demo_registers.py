"""The twins of the state's databases know the demo's people as they declare themselves, and nobody without a twin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from motcua.accounts.models import Account
from motcua.console.demo import registers
from motcua.dossiers.models import Dossier
from motcua.gateways.sandbox_people import known_people
from tests.cast import Cast
from tests.faces.test_crosscheck import LAN, filed


def test_whoever_is_declared_or_has_an_account_is_known(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.SANDBOX, settings.SANDBOX_DIR = True, tmp_path
    dossier = filed(cast, so_dinh_danh="052190000777", ho_ten="Phạm Thị Cúc")
    Dossier.objects.update(is_demo=True)
    Account.objects.update(is_demo=True)
    registers.write(today=cast.at.date())
    people = known_people(tmp_path)["population"]
    assert people[LAN] == {"name": "Nguyễn Thị Lan", "birth_date": "1990-05-17", "gender": ""}
    assert people["052190000777"] == {"name": "Phạm Thị Cúc", "birth_date": "1990-05-17"}
    assert dossier.code not in str(people)

    settings.SANDBOX, settings.SANDBOX_DIR = False, tmp_path / "khac"
    registers.write(today=cast.at.date())
    assert not (tmp_path / "khac").exists()
