"""Codes and numbers: dossier, procedure, agency, identity, tax, telephone, e-mail, national status.

Each kind has a parser that gives the value in its kept form or raises `BadCode`, and a `check_…` that
answers graded findings for a form. Both speak Vietnamese.
"""

from motcua.rules.codes.agency import AgencyCode, check_agency_code
from motcua.rules.codes.card_qr import CardQr, parse_card_qr
from motcua.rules.codes.contact import (
    check_email,
    check_phone,
    format_phone,
    is_mobile,
    parse_email,
    parse_phone,
)
from motcua.rules.codes.dossier import DossierCode, check_dossier_code, dossier_code
from motcua.rules.codes.findings import BadCode, Finding, Grade, errors
from motcua.rules.codes.identity import (
    Cccd,
    Gender,
    IdentityKind,
    check_cccd,
    check_cmnd,
    format_cccd,
    gender_of,
    parse_cmnd,
    parse_identity,
    parse_passport,
)
from motcua.rules.codes.procedure import ProcedureCode, check_procedure_code
from motcua.rules.codes.status import NationalStatus
from motcua.rules.codes.tax import TaxCode, check_tax_code

__all__ = [
    "AgencyCode",
    "BadCode",
    "CardQr",
    "Cccd",
    "DossierCode",
    "Finding",
    "Gender",
    "Grade",
    "IdentityKind",
    "NationalStatus",
    "ProcedureCode",
    "TaxCode",
    "check_agency_code",
    "check_cccd",
    "check_cmnd",
    "check_dossier_code",
    "check_email",
    "check_phone",
    "check_procedure_code",
    "check_tax_code",
    "dossier_code",
    "errors",
    "format_cccd",
    "format_phone",
    "gender_of",
    "is_mobile",
    "parse_card_qr",
    "parse_cmnd",
    "parse_email",
    "parse_identity",
    "parse_passport",
    "parse_phone",
]
