from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.codes import (
    AgencyCode,
    BadCode,
    DossierCode,
    Grade,
    NationalStatus,
    ProcedureCode,
    check_agency_code,
    check_dossier_code,
    check_procedure_code,
    dossier_code,
)


@pytest.mark.parametrize(
    ("text", "agency", "day", "number"),
    [
        ("000.00.01.H05-180620-0001", "H05.01", date(2018, 6, 20), 1),
        ("H05.01.22-180620-0001", "H05.01.22", date(2018, 6, 20), 1),
        ("G09.20-20260609-0092637", "G09.20", date(2026, 6, 9), 92637),
        ("H05-261122-12345", "H05", date(2026, 11, 22), 12345),
        ("H05.01.22.123-261122-0001", "H05.01.22.123", date(2026, 11, 22), 1),
        ("000.12.34.H08-200101-0420", "H08.34.12", date(2020, 1, 1), 420),
    ],
)
def test_a_dossier_code_of_either_generation_is_read(text: str, agency: str, day: date, number: int) -> None:
    code = DossierCode.parse(text)
    assert (code.agency.modern, code.day, code.number, str(code)) == (agency, day, number, text)
    assert check_dossier_code(text) == []


@pytest.mark.parametrize("typed", [" h05.01.22-180620-0001 ", "H05.01.22–180620–0001", "H05.01.22 - 180620 - 0001"])
def test_a_code_copied_by_hand_is_forgiven(typed: str) -> None:
    assert str(DossierCode.parse(typed)) == "H05.01.22-180620-0001"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "dossier.shape"),
        ("H05.01.22-180620-001", "dossier.shape"),
        ("H05.01.22-180620-1234567890", "dossier.shape"),
        ("H05.01.22.33.44-180620-0001", "dossier.shape"),
        ("X05-180620-0001", "dossier.shape"),
        ("00.00.01.H05-180620-0001", "dossier.shape"),
        ("H05-1806201-0001", "dossier.shape"),
        ("H05-180620-0001\n' OR 1=1", "dossier.shape"),
        ("H٠5-180620-0001", "dossier.shape"),
        ("H05-180631-0001", "dossier.date"),
        ("H05-190229-0001", "dossier.date"),
        ("H05-20261301-0001", "dossier.date"),
    ],
)
def test_what_is_no_dossier_code_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(BadCode) as caught:
        DossierCode.parse(text)
    assert caught.value.reason == reason
    assert caught.value.message
    assert [finding.grade for finding in check_dossier_code(text)] == [Grade.ERROR]


@given(
    st.sampled_from(["H08", "H05.01.22", "000.00.01.H05", "G15.3.123.9"]),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.integers(1, 999_999_999),
)
def test_a_code_we_issue_can_be_read_back(agency: str, day: date, number: int) -> None:
    code = DossierCode.parse(dossier_code(agency, day, number))
    assert (code.agency.text, code.day, code.number) == (agency, day, number)


def test_the_running_number_has_four_digits_and_grows() -> None:
    day = date(2018, 6, 20)
    assert dossier_code("000.00.01.H05", day, 1) == "000.00.01.H05-180620-0001"
    assert dossier_code("H05.01.22", day, 9999) == "H05.01.22-180620-9999"
    assert dossier_code("H05.01.22", day, 10000) == "H05.01.22-180620-10000"


@pytest.mark.parametrize(("agency", "number"), [("H05", 0), ("H05", -1), ("H05", 10**9), ("bộ phận", 1), ("", 1)])
def test_no_code_is_issued_that_could_not_be_read(agency: str, number: int) -> None:
    with pytest.raises(BadCode):
        dossier_code(agency, date(2018, 6, 20), number)


@pytest.mark.parametrize(
    ("text", "base", "case", "agency"),
    [
        ("1.001193", "1.001193", None, None),
        ("1.001193.01", "1.001193", "01", None),
        ("1.012753.H19", "1.012753", None, "H19"),
        ("3.000181.000.00.00.H22", "3.000181", None, "000.00.00.H22"),
        (" 6.000001 ", "6.000001", None, None),
    ],
)
def test_a_procedure_code_is_read(text: str, base: str, case: str | None, agency: str | None) -> None:
    code = ProcedureCode.parse(text)
    assert (code.base, code.case, code.agency, code.is_local) == (base, case, agency, agency is not None)
    assert check_procedure_code(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1001193",
        "1.00119",
        "1.0133611",
        "2.009182739",
        "1.014955-Xoa",
        "0.001193",
        "1.001193.1",
        "1.٠01193",
    ],
)
def test_defective_procedure_codes_of_the_national_list_are_told(text: str) -> None:
    assert [finding.reason for finding in check_procedure_code(text)] == ["procedure.shape"]


@pytest.mark.parametrize(
    ("text", "modern", "is_old"),
    [
        ("H05", "H05", False),
        ("H05.01.22", "H05.01.22", False),
        ("h05.1.2.3", "H05.1.2.3", False),
        ("000.00.01.H05", "H05.01", True),
        ("000.00.00.H05", "H05", True),
        ("012.00.07.G15", "G15.07.00.012", True),
    ],
)
def test_an_agency_code_is_read_in_both_orders(text: str, modern: str, is_old: bool) -> None:
    code = AgencyCode.parse(text)
    assert (code.modern, code.is_old_style) == (modern, is_old)
    assert AgencyCode.parse(code.modern).levels == code.levels


def test_an_agency_stands_within_its_province() -> None:
    province, ward = AgencyCode.parse("H05"), AgencyCode.parse("H05.01.22")
    assert ward.is_within(province)
    assert not province.is_within(ward)
    assert not AgencyCode.parse("H06.01.22").is_within(province)


@pytest.mark.parametrize("text", ["", "05", "H5", "H05.", "H05.1234", "H05.1.2.3.4", "0000.00.01.H05", "Z05"])
def test_what_is_no_agency_code_is_refused(text: str) -> None:
    assert [finding.reason for finding in check_agency_code(text)] == ["agency.shape"]


def test_an_unknown_province_is_a_warning_only() -> None:
    assert check_agency_code("H63.01") == check_agency_code("G15") == []
    assert [(found.reason, found.grade) for found in check_agency_code("H64")] == [
        ("agency.unknown_province", Grade.WARNING)
    ]


def test_the_ten_national_statuses_have_names() -> None:
    assert [status.value for status in NationalStatus] == list(range(1, 11))
    assert NationalStatus(5).label == "Yêu cầu bổ sung giấy tờ"
    assert [s.value for s in NationalStatus if s.is_terminal] == [3, 7, 8, 10]
