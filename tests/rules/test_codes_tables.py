import csv
import os
from pathlib import Path

import pytest

from motcua.rules.codes import NationalStatus
from motcua.rules.codes.provinces import BIRTH_PROVINCES, UNIT_OF_PROVINCE

SHARED = Path(os.environ.get("MOTCUA_SHARED") or Path(__file__).parents[3] / "shared" / "data")


def rows(name: str) -> list[dict[str, str]]:
    path = SHARED / "codes" / name
    if not path.is_file():
        pytest.skip(f"the given data folder has no codes/{name}")
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_sixty_three_provinces_are_known() -> None:
    assert list(UNIT_OF_PROVINCE) == [f"H{number:02d}" for number in range(1, 64)]
    assert len(BIRTH_PROVINCES) == 63


def test_province_codes_are_those_of_the_given_table() -> None:
    given = {row["agency_code"]: row["legacy_unit_code"] for row in rows("agency_codes_provinces.csv")}
    assert given == UNIT_OF_PROVINCE


def test_birth_prefixes_are_those_of_the_given_table() -> None:
    given = {row["cccd_prefix"]: row["legacy_unit_code"] for row in rows("cccd_birth_province.csv")}
    assert given == {prefix: UNIT_OF_PROVINCE[code] for prefix, code in BIRTH_PROVINCES.items()}


def test_statuses_are_those_of_the_given_table() -> None:
    given = [(int(row["code"]), row["name_vi"], row["terminal"] == "yes") for row in rows("dossier_status.csv")]
    assert given == [(status.value, status.label, status.is_terminal) for status in NationalStatus]
